/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rationale-counts.h"

#include <glib/gi18n.h>

#include "assay-limits.h"

char *
assay_rationale_describe_length (const AssayRationaleFacts *facts, AssayForm *form)
{
  guint min = assay_form_get_rationale_min (form);
  guint max = assay_form_get_rationale_max (form);
  g_autofree char *words = NULL;
  g_autofree char *rest = NULL;

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_FORM (form), NULL);

  words = g_strdup_printf (ngettext ("%u word", "%u words", facts->words), facts->words);
  if (facts->characters < min)
    {
      guint missing = min - facts->characters;

      rest =
          g_strdup_printf (ngettext ("%u more character", "%u more characters", missing), missing);
    }
  else if (max > 0 && facts->characters > max)
    {
      guint excess = facts->characters - max;

      rest = g_strdup_printf (ngettext ("%u character too many", "%u characters too many", excess),
                              excess);
    }
  else if (facts->characters > ASSAY_LIMIT_RATIONALE_SOFT_CHARACTERS)
    {
      /* Translators: of a rationale beside its number of words: “4000 words · unusually long” */
      rest = g_strdup (_ ("unusually long"));
    }
  if (rest == NULL)
    return g_steal_pointer (&words);
  /* Translators: how long a text is, and how much more is needed: “3 words · 30 more characters”.
   */
  return g_strdup_printf (_ ("%s · %s"), words, rest);
}

static void
append_fact (GString *line, const char *format, guint n)
{
  if (n == 0)
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append_printf (line, format, n);
}

char *
assay_rationale_describe_facts (const AssayRationaleFacts *facts)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_return_val_if_fail (facts != NULL, NULL);

  append_fact (line, ngettext ("%u character", "%u characters", facts->characters),
               facts->characters);
  append_fact (line, ngettext ("%u response named", "%u responses named", facts->responses_named),
               facts->responses_named);
  append_fact (line, ngettext ("%u criterion named", "%u criteria named", facts->criteria_named),
               facts->criteria_named);
  append_fact (line, ngettext ("%u quotation", "%u quotations", facts->quotations),
               facts->quotations);
  return g_string_free_and_steal (g_steal_pointer (&line));
}
