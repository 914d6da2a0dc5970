/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a text's words, letters and length, and of its language. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-language-guess.h"
#include "assay-words.h"

/* Sentences and words are counted in more than one way. */
#define BLUR 1

/* Keywords */

static guint
count_occurrences (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);
  g_autofree char *wanted = g_utf8_strdown (needle, -1);
  guint n = 0;

  if (*wanted == '\0')
    return 0;
  for (const char *p = strstr (folded, wanted); p != NULL; p = strstr (p + strlen (wanted), wanted))
    n++;
  return n;
}

static gboolean
is_word_at (const char *text, const char *p)
{
  gunichar character;

  if (p < text || *p == '\0')
    return FALSE;
  character = g_utf8_get_char (p);
  return g_unichar_isalnum (character) || character == '_';
}

static gboolean
has_whole_word (const char *text, const char *word)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);
  g_autofree char *wanted = g_utf8_strdown (word, -1);
  gsize length = strlen (wanted);

  for (const char *p = strstr (folded, wanted); length > 0 && p != NULL; p = strstr (p + 1, wanted))
    if (!is_word_at (folded,
                     g_utf8_find_prev_char (folded, p) != NULL ? g_utf8_prev_char (p) : folded - 1)
        && !is_word_at (folded, p + length))
      return TRUE;
  return FALSE;
}

static AssayConstraintResult
check_existence (const char *text, JsonObject *args, char **evidence)
{
  g_auto (GStrv) keywords = assay_constraint_get_texts (args, "keywords", evidence);
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *words = NULL;

  if (keywords == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  for (gsize i = 0; keywords[i] != NULL; i++)
    if (count_occurrences (text, keywords[i]) == 0)
      g_strv_builder_add (missing, keywords[i]);
  list = g_strv_builder_end (missing);
  words = g_strjoinv (", ", *list != NULL ? list : keywords);
  /* Translators: %s are words, with commas between. */
  *evidence = g_strdup_printf (*list != NULL ? _ ("Missing: %s") : _ ("All there: %s"), words);
  return assay_constraint_judge (*list == NULL);
}

static AssayConstraintResult
check_forbidden (const char *text, JsonObject *args, char **evidence)
{
  g_auto (GStrv) words = assay_constraint_get_texts (args, "forbidden_words", evidence);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *joined = NULL;

  if (words == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  for (gsize i = 0; words[i] != NULL; i++)
    if (has_whole_word (text, words[i]))
      g_strv_builder_add (found, words[i]);
  list = g_strv_builder_end (found);
  joined = g_strjoinv (", ", *list != NULL ? list : words);
  /* Translators: %s are words, with commas between. */
  *evidence = g_strdup_printf (*list != NULL ? _ ("Found: %s") : _ ("None there of: %s"), joined);
  return assay_constraint_judge (*list == NULL);
}

static char *
describe_times (guint n)
{
  return g_strdup_printf (ngettext ("%u time", "%u times", n), n);
}

static AssayConstraintResult
check_frequency (const char *text, JsonObject *args, char **evidence)
{
  const char *keyword = assay_constraint_get_text (args, "keyword", evidence);
  guint limit;
  guint n;

  if (keyword == NULL || !assay_constraint_get_number (args, "frequency", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = count_occurrences (text, keyword);
  return assay_constraint_compare (
      n, describe_times (n),
      assay_constraint_get_relation (args, assay_json_has (args, "rel") ? "rel" : "relation"),
      limit, 0, evidence);
}

static AssayConstraintResult
check_letter (const char *text, JsonObject *args, char **evidence)
{
  const char *letter = assay_constraint_get_text (args, "letter", evidence);
  guint limit;
  guint n;

  if (letter == NULL || !assay_constraint_get_number (args, "let_frequency", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = count_occurrences (text, letter);
  return assay_constraint_compare (n, describe_times (n),
                                   assay_constraint_get_relation (args, "let_relation"), limit, 0,
                                   evidence);
}

/* Length */

static AssayConstraintResult
check_sentences (const char *text, JsonObject *args, char **evidence)
{
  g_autoptr (GArray) sentences = NULL;
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_sentences", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  sentences = assay_sentences_split (text);
  n = sentences->len / 2;
  return assay_constraint_compare (n,
                                   g_strdup_printf (ngettext ("%u sentence", "%u sentences", n), n),
                                   assay_constraint_get_relation (args, "relation"), limit, BLUR,
                                   evidence);
}

/* Runs of letters, digits and underscores, as the public suite counts. */
static guint
count_runs (const char *text)
{
  gboolean inside = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean is_word = is_word_at (text, p);

      n += is_word && !inside;
      inside = is_word;
    }
  return n;
}

static char *
describe_words (guint n)
{
  return g_strdup_printf (ngettext ("%u word", "%u words", n), n);
}

static AssayConstraintResult
check_words (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_words", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = count_runs (text);
  return assay_constraint_compare (n, describe_words (n),
                                   assay_constraint_get_relation (args, "relation"), limit, 0,
                                   evidence);
}

/* Capitals */

/* Words as a reader counts them whose letters are all capitals. */
static guint
count_capital_words (const char *text)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  guint n = 0;

  assay_tokens_append (text, strlen (text), 0, tokens);
  for (guint i = 0; i < tokens->len; i++)
    {
      const AssayToken *token = &g_array_index (tokens, AssayToken, i);
      gboolean has_upper = FALSE;
      gboolean has_lower = FALSE;

      for (const char *p = text + token->start; p < text + token->end; p = g_utf8_next_char (p))
        {
          has_upper |= g_unichar_isupper (g_utf8_get_char (p));
          has_lower |= g_unichar_islower (g_utf8_get_char (p));
        }
      n += token->is_word && has_upper && !has_lower;
    }
  return n;
}

static AssayConstraintResult
check_capital_words (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "capital_frequency", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = count_capital_words (text);
  return assay_constraint_compare (
      n, g_strdup_printf (ngettext ("%u word in capitals", "%u words in capitals", n), n),
      assay_constraint_get_relation (args, "capital_relation"), limit, BLUR, evidence);
}

/* Language */

/* UNKNOWN where @passes but nothing can be told. */
static AssayConstraintResult
judge_language (const char *text, const char *wanted, char **evidence)
{
  const char *found = assay_language_guess (text);

  if (found == NULL)
    {
      *evidence = g_strdup (_ ("The text does not show clearly enough which language it is in."));
      return ASSAY_CONSTRAINT_UNKNOWN;
    }
  /* Translators: codes of languages, such as "de". */
  *evidence = g_strdup_printf (_ ("Probably written in “%s”; asked for: “%s”"), found, wanted);
  return assay_constraint_judge (g_str_equal (found, wanted));
}

static AssayConstraintResult
check_language (const char *text, JsonObject *args, char **evidence)
{
  const char *wanted = assay_constraint_get_text (args, "language", evidence);

  return wanted != NULL ? judge_language (text, wanted, evidence) : ASSAY_CONSTRAINT_UNKNOWN;
}

/* The first word that has a letter of the wrong case. (transfer full) (nullable) */
static char *
find_wrong_case (const char *text, gboolean upper)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      const char *start = p;
      const char *end = p;

      if (upper ? !g_unichar_islower (character) : !g_unichar_isupper (character))
        continue;
      while (start > text && is_word_at (text, g_utf8_prev_char (start)))
        start = g_utf8_prev_char (start);
      while (is_word_at (text, end))
        end = g_utf8_next_char (end);
      return g_strndup (start, (gsize) (end - start));
    }
  return NULL;
}

static AssayConstraintResult
check_case (const char *text, gboolean upper, char **evidence)
{
  g_autofree char *wrong = find_wrong_case (text, upper);

  if (wrong == NULL)
    return judge_language (text, "en", evidence);
  *evidence =
      g_strdup_printf (upper ? _ ("Not all in capitals: “%s”") : _ ("Not all small letters: “%s”"),
                       wrong);
  return ASSAY_CONSTRAINT_FAIL;
}

static AssayConstraintResult
check_english_capital (const char *text, JsonObject *args, char **evidence)
{
  return check_case (text, TRUE, evidence);
}

static AssayConstraintResult
check_english_lowercase (const char *text, JsonObject *args, char **evidence)
{
  return check_case (text, FALSE, evidence);
}

static AssayConstraintResult
check_no_comma (const char *text, JsonObject *args, char **evidence)
{
  guint n = count_occurrences (text, ",");

  return assay_constraint_compare (n, g_strdup_printf (ngettext ("%u comma", "%u commas", n), n),
                                   ASSAY_RELATION_EXACTLY, 0, 0, evidence);
}

const AssayConstraintTest assay_constraint_word_tests[] = {
  { "change_case:capital_word_frequency", check_capital_words },
  { "change_case:english_capital", check_english_capital },
  { "change_case:english_lowercase", check_english_lowercase },
  { "keywords:existence", check_existence },
  { "keywords:forbidden_words", check_forbidden },
  { "keywords:frequency", check_frequency },
  { "keywords:letter_frequency", check_letter },
  { "language:response_language", check_language },
  { "length_constraints:number_sentences", check_sentences },
  { "length_constraints:number_words", check_words },
  { "punctuation:no_comma", check_no_comma },
  { NULL },
};
