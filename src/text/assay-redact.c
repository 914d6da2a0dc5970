/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-redact.h"

#include <string.h>

/* In this order: an address of the network is cut before what stands in it is looked at. */
static const struct
{
  const char *pattern;
  const char *replacement;
} rules[] = {
  { "\\b([a-z][a-z0-9+.-]*://)(?:[^\\s/@“”\"]*@)?([^\\s/?#“”\"]+)[^\\s“”\"]*", "\\1\\2/…" },
  { "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+", "…@…" },
  { "(?i)\\b((?:authorization|bearer|token|api[-_]?key|password|secret)\\b[:=]?\\s+(?:(?:bearer|token|basic)\\s+)?|"
    "(?:token|api[-_]?key|password|secret)[:=])\\S+",
    "\\1…" },
  /* Long enough for no word, and both letters and figures. Ids of tasks and submissions are no
   * secret, but tell one person from another. */
  { "(?<![\\w/.-])(?=[\\w+-]*\\d)(?=[\\w+-]*[A-Za-z])[\\w+-]{20,}={0,2}(?![\\w.])", "…" },
};

static GRegex *
get_regex (guint i)
{
  static GRegex *compiled[G_N_ELEMENTS (rules)];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        compiled[j] = g_regex_new (rules[j].pattern, G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  return compiled[i];
}

static char *
replace (char *text, const char *what, const char *by)
{
  g_autoptr (GString) string = NULL;

  if (what == NULL || strlen (what) < 2)
    return text;
  string = g_string_new_take (text);
  g_string_replace (string, what, by, 0);
  return g_string_free_and_steal (g_steal_pointer (&string));
}

char *
assay_redact_line (const char *line)
{
  g_autofree char *home = NULL;
  char *text;

  g_return_val_if_fail (line != NULL, NULL);

  text = g_utf8_make_valid (line, -1);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      char *replaced = g_regex_replace (get_regex (i), text, -1, 0, rules[i].replacement, 0, NULL);

      if (replaced == NULL)
        {
          /* Too much for the expression: better nothing than what must not be there. */
          g_free (text);
          return g_strdup ("…");
        }
      g_free (text);
      text = replaced;
    }

  text = replace (text, g_get_home_dir (), "~");
  home = g_strconcat ("/", g_get_user_name (), NULL);
  return replace (text, home, "/…");
}
