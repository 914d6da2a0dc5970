/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-response-checks.h"

#include <glib/gi18n.h>

#include "assay-words.h"

/* Fewer letters say nothing of a text's language. */
#define SCRIPT_MIN_LETTERS 20
/* The begin of a text is enough to see its script. */
#define SCRIPT_MAX_CHARACTERS 4000

/* Takes @message. */
static void
take_issue (GPtrArray *issues,
            const char *rule,
            const char *response,
            const char *item,
            char *message)
{
  g_ptr_array_add (issues, assay_issue_new (ASSAY_ISSUE_HINT, rule, NULL, response, item, message));
  g_free (message);
}

/* A code fence that is not closed. */
static gboolean
has_open_fence (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean open = FALSE;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "```") || g_str_has_prefix (lines[i], "~~~"))
        open = !open;
    }
  return open;
}

/* Japanese is written in three, Korean now and then in two. */
static GUnicodeScript
unify_script (GUnicodeScript script)
{
  switch (script)
    {
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return G_UNICODE_SCRIPT_HAN;
    default:
      return script;
    }
}

/* The script of most letters; COMMON where there are too few. */
static GUnicodeScript
find_script (const char *text)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GUnicodeScript found = G_UNICODE_SCRIPT_COMMON;
  guint most = 0;
  guint letters = 0;
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < SCRIPT_MAX_CHARACTERS; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script;
      guint count;

      if (!g_unichar_isalpha (c))
        continue;
      letters++;
      script = unify_script (g_unichar_get_script (c));
      count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER (script))) + 1;
      g_hash_table_insert (counts, GINT_TO_POINTER (script), GUINT_TO_POINTER (count));
      if (count > most)
        {
          most = count;
          found = script;
        }
    }
  return letters >= SCRIPT_MIN_LETTERS ? found : G_UNICODE_SCRIPT_COMMON;
}

/* One hint, about the first that differs from the first with a script. */
static void
check_scripts (AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  GUnicodeScript first = G_UNICODE_SCRIPT_COMMON;
  const char *first_id = NULL;

  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *id = assay_presentation_get_response (presentation, i);
      GUnicodeScript script =
          find_script (assay_document_get_text (assay_task_find_response (task, id)));

      if (script == G_UNICODE_SCRIPT_COMMON)
        continue;
      if (first_id == NULL)
        {
          first = script;
          first_id = id;
        }
      else if (script != first)
        {
          take_issue (issues, "doc.script", id, first_id,
                      /* Translators: the letters of two responses. */
                      g_strdup_printf (_ ("Responses %s and %s are written in different scripts."),
                                       assay_presentation_get_letter (presentation, first_id),
                                       assay_presentation_get_letter (presentation, id)));
          return;
        }
    }
}

GPtrArray *
assay_response_check (AssayJudgement *judgement)
{
  AssayTask *task;
  AssayPresentation *presentation;
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), issues);

  task = assay_judgement_get_task (judgement);
  presentation = assay_judgement_get_presentation (judgement);
  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *id = assay_presentation_get_response (presentation, i);
      const char *letter = assay_presentation_get_letter (presentation, id);
      const char *text = assay_document_get_text (assay_task_find_response (task, id));
      char *own = assay_words_fold_space (text);

      if (*own == '\0')
        take_issue (issues, "doc.empty", id, NULL,
                    g_strdup_printf (_ ("Response %s is empty."), letter));
      else if (has_open_fence (text))
        take_issue (issues, "doc.truncated", id, NULL,
                    g_strdup_printf (_ ("Response %s seems to be cut off."), letter));
      for (guint j = 0; j < folded->len && *own != '\0'; j++)
        {
          const char *other = assay_presentation_get_response (presentation, j);

          if (g_str_equal (own, folded->pdata[j]))
            take_issue (issues, "doc.identical", id, other,
                        /* Translators: the letters of two responses. */
                        g_strdup_printf (_ ("Responses %s and %s are the same."),
                                         assay_presentation_get_letter (presentation, other),
                                         letter));
        }
      g_ptr_array_add (folded, own);
    }
  check_scripts (judgement, issues);
  return issues;
}
