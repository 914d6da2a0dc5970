/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the public suite does not ask. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-limits.h"
#include "assay-markdown.h"
#include "assay-words.h"

/* A pattern from outside may take as many steps as this, which is a few milliseconds (robustness,
 * U8). */
#define PATTERN_LIMITS "(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=1000)"
#define PATTERN_BYTES_MAX 1000

#define MONTHS                                                                                     \
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"               \
  "Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?"
#define DATES                                                                                                  \
  "\\b(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|\\d{1,2}(?:st|nd|rd|th)? " MONTHS \
  ",? \\d{4}|" MONTHS " \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})\\b"
#define NUMBERS "(?<![\\w.,])[-+]?\\d+(?:[.,'\u00A0\u202F ]\\d+)*%?(?![\\w])"

#define FIRST_PERSON "\\b(?:I|I['’](?:m|d|ll|ve)|me|my|mine|myself|we|us|our|ours|ourselves)\\b"
#define CONTRACTIONS                                                                                      \
  "\\b(?:\\w+n['’]t|(?:I|you|he|she|it|we|they|that|there|here|who|what|where|how)['’](?:m|re|ve|ll|d|s)" \
  "|let['’]s|['’]tis|y['’]all)\\b"

static AssayConstraintResult
compare_limit (guint n, char *found, JsonObject *args, char **evidence)
{
  g_autofree char *taken = found;
  guint limit;

  if (!assay_constraint_get_number (args, "n", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  return assay_constraint_compare (n, g_steal_pointer (&taken), ASSAY_RELATION_AT_MOST, limit, 0,
                                   evidence);
}

static AssayConstraintResult
check_characters (const char *text, JsonObject *args, char **evidence)
{
  guint n = assay_characters_count_trimmed (text);

  return compare_limit (n, g_strdup_printf (ngettext ("%u character", "%u characters", n), n), args,
                        evidence);
}

static AssayConstraintResult
check_words (const char *text, JsonObject *args, char **evidence)
{
  guint n = assay_words_count (text);

  return compare_limit (n, g_strdup_printf (ngettext ("%u word", "%u words", n), n), args,
                        evidence);
}

static AssayConstraintResult
check_lines (const char *text, JsonObject *args, char **evidence)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint n = *stripped != '\0';

  for (const char *p = stripped; *p != '\0'; p++)
    n += *p == '\n';
  return compare_limit (n, g_strdup_printf (ngettext ("%u line", "%u lines", n), n), args,
                        evidence);
}

/* Markdown */

/* Each list that is in no other, and how many items the last of them has. */
static guint
count_lists (AssayMarkdown *markdown, guint *n_items)
{
  gboolean inside = FALSE;
  guint n_lists = 0;
  gboolean ordered = FALSE;

  *n_items = 0;
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      GArray *marks = assay_markdown_get_block (markdown, i)->marks;
      const AssayListMark *mark =
          marks != NULL && marks->len > 0 ? &g_array_index (marks, AssayListMark, 0) : NULL;

      if (mark == NULL || mark->is_quote)
        {
          inside = FALSE;
          continue;
        }
      if (!inside || mark->is_ordered != ordered)
        {
          n_lists++;
          *n_items = 0;
        }
      inside = TRUE;
      ordered = mark->is_ordered;
      *n_items += mark->first;
    }
  return n_lists;
}

static AssayConstraintResult
check_items (const char *text, JsonObject *args, char **evidence)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
  guint n_items;
  guint n_lists = count_lists (markdown, &n_items);
  guint limit;

  if (!assay_constraint_get_number (args, "n", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  if (n_lists > 1)
    {
      *evidence =
          g_strdup_printf (ngettext ("There is %u list, so it is not clear which is meant.",
                                     "There are %u lists, so it is not clear which is meant.",
                                     n_lists),
                           n_lists);
      return ASSAY_CONSTRAINT_UNKNOWN;
    }
  return assay_constraint_compare (
      n_items, g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items),
      ASSAY_RELATION_EXACTLY, limit, 0, evidence);
}

static gboolean
is_allowed (JsonArray *allowed, guint level)
{
  for (guint i = 0; i < json_array_get_length (allowed); i++)
    {
      double number;

      if (assay_json_node_number (json_array_get_element (allowed, i), &number)
          && (guint) CLAMP (number, 0, 6) == level)
        return TRUE;
    }
  return FALSE;
}

static AssayConstraintResult
check_headings (const char *text, JsonObject *args, char **evidence)
{
  JsonArray *allowed = assay_json_get_array (args, "allowed");
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
  guint n = 0;

  if (allowed == NULL)
    return assay_constraint_lacks ("allowed", evidence);
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);

      if (block->kind != ASSAY_BLOCK_HEADING)
        continue;
      n++;
      if (!is_allowed (allowed, block->level))
        {
          *evidence = g_strdup_printf (_ ("There is a heading of level %u."), block->level);
          return ASSAY_CONSTRAINT_FAIL;
        }
    }
  *evidence = g_strdup_printf (ngettext ("%u heading, of the levels that are allowed",
                                         "%u headings, all of the levels that are allowed", n),
                               n);
  return ASSAY_CONSTRAINT_PASS;
}

static AssayConstraintResult
check_table (const char *text, JsonObject *args, char **evidence)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
  guint n_tables = 0;
  guint wanted;

  if (!assay_constraint_get_number (args, "n", &wanted, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);
      guint n;

      if (block->kind != ASSAY_BLOCK_TABLE || block->rows->len == 0)
        continue;
      n_tables++;
      /* GFM gives each row as many cells as the head has. */
      n = ((GPtrArray *) block->rows->pdata[0])->len;
      if (n != wanted)
        return assay_constraint_compare (
            n, g_strdup_printf (ngettext ("%u column", "%u columns", n), n), ASSAY_RELATION_EXACTLY,
            wanted, 0, evidence);
    }
  if (n_tables == 0)
    *evidence = g_strdup (_ ("There is no table."));
  else
    *evidence = g_strdup_printf (ngettext ("%u column", "%u columns", wanted), wanted);
  return assay_constraint_judge (n_tables > 0);
}

/* Words */

/* What is found first is the evidence. */
static AssayConstraintResult
check_absent (const char *text, const char *pattern, GRegexCompileFlags flags, char **evidence)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, flags, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    {
      *evidence = g_strdup (_ ("None found"));
      return ASSAY_CONSTRAINT_PASS;
    }
  found = g_match_info_fetch (match, 0);
  *evidence = g_strdup_printf (_ ("Found: %s"), found);
  return ASSAY_CONSTRAINT_FAIL;
}

static AssayConstraintResult
check_first_person (const char *text, JsonObject *args, char **evidence)
{
  /* “us” is a word, and “US” a country; "I" is one in capitals alone. */
  return check_absent (text,
                       "(?:" FIRST_PERSON ")|\\b(?:Me|My|Mine|Myself|We|Our|Ours|Ourselves)\\b", 0,
                       evidence);
}

static AssayConstraintResult
check_contractions (const char *text, JsonObject *args, char **evidence)
{
  return check_absent (text, CONTRACTIONS, G_REGEX_CASELESS, evidence);
}

/* Pictures by themselves, and characters that a variation selector makes pictures of. */
static AssayConstraintResult
check_emoji (const char *text, JsonObject *args, char **evidence)
{
  return check_absent (text,
                       "[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{26FF}\\x{2705}\\x{270A}-\\x{270D}"
                       "\\x{2728}\\x{274C}\\x{2753}-\\x{2757}\\x{2B50}\\x{2B55}]|.\\x{FE0F}",
                       0, evidence);
}

/* Patterns */

static GRegex *
make_regex (const char *pattern, char **evidence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *limited = NULL;
  GRegex *regex = NULL;

  if (strlen (pattern) <= PATTERN_BYTES_MAX)
    {
      limited = g_strconcat (PATTERN_LIMITS, pattern, NULL);
      regex = g_regex_new (limited, G_REGEX_MULTILINE, 0, &error);
    }
  if (regex == NULL)
    *evidence = g_strdup (_ ("The check's pattern cannot be used."));
  return regex;
}

/* UNKNOWN where it takes too long. */
static AssayConstraintResult
match_whole (GRegex *regex, const char *text, char **evidence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  gboolean found = g_regex_match_full (regex, text, -1, 0, 0, &match, &error);

  if (error != NULL)
    {
      *evidence = g_strdup (_ ("The check's pattern takes too long for this text."));
      return ASSAY_CONSTRAINT_UNKNOWN;
    }
  return assay_constraint_judge (found);
}

/* Every one of what @kinds finds must match the pattern of the arguments as a whole. */
static AssayConstraintResult
check_each (const char *text, JsonObject *args, const char *kinds, char **evidence)
{
  const char *pattern = assay_constraint_get_text (args, "pattern", evidence);
  g_autofree char *whole = g_strconcat ("^(?:", pattern, ")$", NULL);
  g_autoptr (GRegex) regex = pattern != NULL ? make_regex (whole, evidence) : NULL;
  g_autoptr (GRegex) finder = g_regex_new (kinds, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  if (regex == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  g_regex_match (finder, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);
      AssayConstraintResult result = match_whole (regex, found, evidence);

      n++;
      if (result == ASSAY_CONSTRAINT_FAIL)
        *evidence = g_strdup_printf (_ ("In another form: %s"), found);
      if (result != ASSAY_CONSTRAINT_PASS)
        return result;
      g_match_info_next (match, NULL);
    }
  if (n == 0)
    {
      *evidence = g_strdup (_ ("None found"));
      return ASSAY_CONSTRAINT_UNKNOWN;
    }
  *evidence =
      g_strdup_printf (ngettext ("%u found, in this form", "%u found, all in this form", n), n);
  return ASSAY_CONSTRAINT_PASS;
}

static AssayConstraintResult
check_dates (const char *text, JsonObject *args, char **evidence)
{
  return check_each (text, args, DATES, evidence);
}

static AssayConstraintResult
check_numbers (const char *text, JsonObject *args, char **evidence)
{
  return check_each (text, args, NUMBERS, evidence);
}

static AssayConstraintResult
check_regex (const char *text, JsonObject *args, char **evidence)
{
  const char *pattern = assay_constraint_get_text (args, "pattern", evidence);
  gboolean must = assay_json_get_boolean (args, "must", TRUE);
  g_autoptr (GRegex) regex = pattern != NULL ? make_regex (pattern, evidence) : NULL;
  AssayConstraintResult result;

  if (regex == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  result = match_whole (regex, text, evidence);
  if (result == ASSAY_CONSTRAINT_UNKNOWN)
    return result;
  *evidence = g_strdup (result == ASSAY_CONSTRAINT_PASS ? _ ("The pattern is found.")
                                                        : _ ("The pattern is not found."));
  return assay_constraint_judge ((result == ASSAY_CONSTRAINT_PASS) == must);
}

const AssayConstraintTest assay_constraint_own_tests[] = {
  { "x:date_format", check_dates },
  { "x:exact_items", check_items },
  { "x:heading_levels", check_headings },
  { "x:max_chars", check_characters },
  { "x:max_lines", check_lines },
  { "x:max_words", check_words },
  { "x:no_contractions", check_contractions },
  { "x:no_emoji", check_emoji },
  { "x:no_first_person", check_first_person },
  { "x:number_format", check_numbers },
  { "x:regex", check_regex },
  { "x:table_columns", check_table },
  { NULL },
};
