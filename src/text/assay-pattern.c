/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-pattern.h"

#include <glib/gi18n.h>
#include <string.h>

/* Steps from one place of the text on, and memory; letters are those of all scripts. */
#define PATTERN_LIMITS "(*LIMIT_MATCH=20000)(*LIMIT_HEAP=20000)(*UCP)"
#define PATTERN_BYTES_MAX 1000

/* A letter, digit or underscore beside which a word does not end. Scripts that are written without
 * spaces have words that no letter tells apart. */
#define WORD_LETTER                                                                                \
  "[^\\W\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}\\p{Lao}\\p{Khmer}\\p{Myanmar}]"
#define WORD_START "(?<!" WORD_LETTER ")(?:"
#define WORD_END ")(?!" WORD_LETTER ")"

struct _AssayPattern
{
  GRegex *regex;
};

static void
pattern_clear (gpointer data)
{
  AssayPattern *self = data;

  g_regex_unref (self->regex);
}

static const char *
describe_error (const GError *error)
{
  switch (error->code)
    {
    case G_REGEX_ERROR_STRAY_BACKSLASH:
      return _ ("The expression ends with a backslash.");
    case G_REGEX_ERROR_UNTERMINATED_CHARACTER_CLASS:
      return _ ("A square bracket of the expression is not closed.");
    case G_REGEX_ERROR_UNMATCHED_PARENTHESIS:
      return _ ("The parentheses of the expression do not match.");
    case G_REGEX_ERROR_NOTHING_TO_REPEAT:
      return _ ("Nothing stands before a *, + or ? of the expression that could be repeated.");
    case G_REGEX_ERROR_RANGE_OUT_OF_ORDER:
    case G_REGEX_ERROR_QUANTIFIERS_OUT_OF_ORDER:
      return _ ("A range of the expression ends before it begins.");
    case G_REGEX_ERROR_VARIABLE_LENGTH_LOOKBEHIND:
      return _ ("What the expression looks back for must have a fixed length.");
    default:
      return _ ("This is not a regular expression.");
    }
}

static GRegex *
compile (const char *before, const char *pattern, const char *after, GError **error)
{
  g_autofree char *limited = g_strconcat (PATTERN_LIMITS, before, pattern, after, NULL);
  g_autoptr (GError) failure = NULL;
  GRegex *regex = g_regex_new (limited, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, &failure);

  if (regex == NULL)
    g_set_error_literal (error, failure->domain, failure->code, describe_error (failure));
  return regex;
}

AssayPattern *
assay_pattern_new (const char *text, AssayPatternFlags flags, GError **error)
{
  g_autofree char *escaped = NULL;
  g_autoptr (GRegex) regex = NULL;
  AssayPattern *self;

  g_return_val_if_fail (text != NULL && *text != '\0', NULL);

  if (strlen (text) > PATTERN_BYTES_MAX)
    {
      g_set_error_literal (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE,
                           _ ("This is too long to be looked for."));
      return NULL;
    }
  if (!(flags & ASSAY_PATTERN_EXPRESSION))
    text = escaped = g_regex_escape_string (text, -1);
  /* By itself first: parentheses around it could make up for those that it lacks. */
  regex = compile ("", text, "", error);
  if (regex != NULL && flags & ASSAY_PATTERN_WHOLE_WORDS)
    {
      g_clear_pointer (&regex, g_regex_unref);
      regex = compile (WORD_START, text, WORD_END, error);
    }
  if (regex == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (AssayPattern);
  self->regex = g_steal_pointer (&regex);
  return self;
}

AssayPattern *
assay_pattern_ref (AssayPattern *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_pattern_unref (AssayPattern *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, pattern_clear);
}

gboolean
assay_pattern_find (AssayPattern *self,
                    const char *line,
                    gsize length_bytes,
                    guint max,
                    GArray *matches)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL && line != NULL && matches != NULL, FALSE);

  g_regex_match_full (self->regex, line, (gssize) length_bytes, 0, 0, &info, &error);
  while (error == NULL && g_match_info_matches (info) && matches->len < max)
    {
      int start, end;

      if (g_match_info_fetch_pos (info, 0, &start, &end) && start < end)
        {
          AssayPatternMatch match = { start, end };

          g_array_append_val (matches, match);
        }
      g_match_info_next (info, &error);
    }
  return error == NULL;
}
