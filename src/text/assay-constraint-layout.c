/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a text's form: its parts, its marks, how it begins and ends. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"

#define HIGHLIGHT "\\*[^\\n*]*\\*"
#define STRONG_HIGHLIGHT "\\*\\*[^\\n*]*\\*\\*"
#define PARTS_MARK "***"
#define RESPONSES_MARK "******"

static const char *const fixed_answers[] = { "My answer is yes.", "My answer is no.",
                                             "My answer is maybe." };

static char *
dup_folded (const char *text)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);

  return g_strdup (g_strstrip (folded));
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n\f\v")] == '\0';
}

/* The parts between marks. An empty one in the middle is none. FALSE: there is such a one. */
static gboolean
count_parts (const char *text, const char *mark, guint *n)
{
  g_auto (GStrv) parts = g_strsplit (text, mark, -1);
  guint length = g_strv_length (parts);

  *n = 0;
  for (guint i = 0; i < length; i++)
    {
      if (!is_blank (parts[i]))
        *n += 1;
      else if (i > 0 && i + 1 < length)
        return FALSE;
    }
  return TRUE;
}

static char *
describe_paragraphs (guint n)
{
  return g_strdup_printf (ngettext ("%u paragraph", "%u paragraphs", n), n);
}

static AssayConstraintResult
check_paragraphs (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_paragraphs", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  if (!count_parts (text, PARTS_MARK, &n))
    {
      *evidence = g_strdup (_ ("There is an empty part between two marks."));
      return ASSAY_CONSTRAINT_FAIL;
    }
  return assay_constraint_compare (n, describe_paragraphs (n), ASSAY_RELATION_EXACTLY, limit, 0,
                                   evidence);
}

/* The letters that a paragraph begins with, without quotation marks before and punctuation behind.
 * (transfer full) */
static char *
dup_first_word (const char *paragraph)
{
  g_autofree char *folded = dup_folded (paragraph);
  const char *start = folded + strspn (folded, "'\"");

  return g_strndup (start, strcspn (start, " \t\r\n.,?!'\""));
}

static AssayConstraintResult
check_first_word (const char *text, JsonObject *args, char **evidence)
{
  const char *wanted = assay_constraint_get_text (args, "first_word", evidence);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  g_autofree char *folded = NULL;
  g_autofree char *found = NULL;
  guint n_wanted;
  guint nth;
  guint n = 0;

  if (wanted == NULL || !assay_constraint_get_number (args, "num_paragraphs", &n_wanted, evidence)
      || !assay_constraint_get_number (args, "nth_paragraph", &nth, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  for (gsize i = 0; paragraphs[i] != NULL; i++)
    {
      if (is_blank (paragraphs[i]))
        continue;
      n++;
      if (n == nth)
        found = dup_first_word (paragraphs[i]);
    }
  if (n != n_wanted || found == NULL)
    return assay_constraint_compare (n, describe_paragraphs (n), ASSAY_RELATION_EXACTLY, n_wanted,
                                     0, evidence);
  folded = dup_folded (wanted);
  /* Translators: two words. */
  *evidence =
      g_strdup_printf (_ ("The paragraph begins with “%s”; asked for: “%s”"), found, folded);
  return assay_constraint_judge (g_str_equal (found, folded));
}

static AssayConstraintResult
check_placeholders (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_placeholders", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = assay_constraint_count_matches ("\\[[^\\]]*\\]", text);
  return assay_constraint_compare (
      n, g_strdup_printf (ngettext ("%u placeholder", "%u placeholders", n), n),
      ASSAY_RELATION_AT_LEAST, limit, 0, evidence);
}

/* “P.S.” with spaces wherever they may be. (transfer full) */
static char *
make_marker_pattern (const char *marker)
{
  GString *pattern = g_string_new ("^[ \\t]*");

  for (const char *p = marker; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *character = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      g_autofree char *escaped = g_regex_escape_string (character, -1);

      if (!g_unichar_isspace (g_utf8_get_char (p)))
        g_string_append_printf (pattern, "%s[ \\t]*", escaped);
    }
  return g_string_free_and_steal (pattern);
}

static AssayConstraintResult
check_postscript (const char *text, JsonObject *args, char **evidence)
{
  const char *marker = assay_constraint_get_text (args, "postscript_marker", evidence);
  g_autofree char *folded = g_utf8_strdown (text, -1);
  g_autofree char *wanted = marker != NULL ? dup_folded (marker) : NULL;
  g_autofree char *pattern = wanted != NULL ? make_marker_pattern (wanted) : NULL;
  gboolean found;

  if (marker == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  found = assay_constraint_count_matches (pattern, folded) > 0;
  *evidence = g_strdup_printf (
      /* Translators: %s is a mark such as "P.S." */
      found ? _ ("A line begins with “%s”") : _ ("No line begins with “%s”"), marker);
  return assay_constraint_judge (found);
}

static AssayConstraintResult
check_bullets (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_bullets", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = assay_constraint_count_matches ("^\\s*(?:\\*[^*\\n]|-).*$", text);
  return assay_constraint_compare (
      n, g_strdup_printf (ngettext ("%u line with a bullet", "%u lines with a bullet", n), n),
      ASSAY_RELATION_EXACTLY, limit, 0, evidence);
}

static AssayConstraintResult
check_fixed_answer (const char *text, JsonObject *args, char **evidence)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed_answers); i++)
    if (strstr (text, fixed_answers[i]) != NULL)
      {
        *evidence = g_strdup_printf (_ ("Found: %s"), fixed_answers[i]);
        return ASSAY_CONSTRAINT_PASS;
      }
  *evidence = g_strdup (_ ("None of the fixed answers is there."));
  return ASSAY_CONSTRAINT_FAIL;
}

/* Those with something between the marks. */
static guint
count_filled (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);

      n += found[strspn (found, "* \t")] != '\0';
      g_match_info_next (match, NULL);
    }
  return n;
}

static AssayConstraintResult
check_highlights (const char *text, JsonObject *args, char **evidence)
{
  guint limit;
  guint n;

  if (!assay_constraint_get_number (args, "num_highlights", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  n = count_filled (HIGHLIGHT, text) + count_filled (STRONG_HIGHLIGHT, text);
  return assay_constraint_compare (
      n, g_strdup_printf (ngettext ("%u highlighted passage", "%u highlighted passages", n), n),
      ASSAY_RELATION_AT_LEAST, limit, 0, evidence);
}

static AssayConstraintResult
check_sections (const char *text, JsonObject *args, char **evidence)
{
  const char *splitter = assay_constraint_get_text (args, "section_spliter", evidence);
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;
  guint limit;
  guint n;

  if (splitter == NULL || !assay_constraint_get_number (args, "num_sections", &limit, evidence))
    return ASSAY_CONSTRAINT_UNKNOWN;
  escaped = g_regex_escape_string (splitter, -1);
  pattern = g_strconcat (escaped, "\\s?\\d+", NULL);
  n = assay_constraint_count_matches (pattern, text);
  return assay_constraint_compare (n,
                                   g_strdup_printf (ngettext ("%u section", "%u sections", n), n),
                                   ASSAY_RELATION_AT_LEAST, limit, 0, evidence);
}

/* Without one code fence around it. (transfer full) */
static char *
dup_unfenced (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *start = stripped;

  if (g_str_has_prefix (start, "```"))
    {
      start += strlen ("```");
      if (g_ascii_strncasecmp (start, "json", strlen ("json")) == 0)
        start += strlen ("json");
    }
  if (g_str_has_suffix (start, "```"))
    stripped[strlen (stripped) - strlen ("```")] = '\0';
  return g_strdup (start);
}

static AssayConstraintResult
check_json (const char *text, JsonObject *args, char **evidence)
{
  g_autofree char *bare = dup_unfenced (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (bare, -1, &error);

  *evidence = g_strdup (node != NULL ? _ ("It is JSON.") : error->message);
  return assay_constraint_judge (node != NULL);
}

static AssayConstraintResult
check_title (const char *text, JsonObject *args, char **evidence)
{
  g_autoptr (GRegex) regex = g_regex_new ("<<([^\\n]+?)>>", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *title = g_match_info_fetch (match, 1);

      if (title[strspn (title, "<> \t")] != '\0')
        {
          *evidence = g_strdup_printf (_ ("Found: %s"), title);
          return ASSAY_CONSTRAINT_PASS;
        }
      g_match_info_next (match, NULL);
    }
  *evidence = g_strdup (_ ("There is no title in double angle brackets."));
  return ASSAY_CONSTRAINT_FAIL;
}

static AssayConstraintResult
check_two_responses (const char *text, JsonObject *args, char **evidence)
{
  g_auto (GStrv) parts = g_strsplit (text, RESPONSES_MARK, -1);
  g_autoptr (GPtrArray) filled = g_ptr_array_new ();
  guint n;

  if (!count_parts (text, RESPONSES_MARK, &n))
    {
      *evidence = g_strdup (_ ("There is an empty part between two marks."));
      return ASSAY_CONSTRAINT_FAIL;
    }
  for (gsize i = 0; parts[i] != NULL; i++)
    if (!is_blank (parts[i]))
      g_ptr_array_add (filled, g_strstrip (parts[i]));
  if (n == 2 && g_str_equal (filled->pdata[0], filled->pdata[1]))
    {
      *evidence = g_strdup (_ ("Both parts are the same."));
      return ASSAY_CONSTRAINT_FAIL;
    }
  return assay_constraint_compare (n, g_strdup_printf (ngettext ("%u part", "%u parts", n), n),
                                   ASSAY_RELATION_EXACTLY, 2, 0, evidence);
}

static AssayConstraintResult
check_repeats (const char *text, JsonObject *args, char **evidence)
{
  const char *prompt = assay_constraint_get_text (args, "prompt_to_repeat", evidence);
  g_autofree char *folded = dup_folded (text);
  g_autofree char *wanted = prompt != NULL ? dup_folded (prompt) : NULL;
  gboolean repeats;

  if (prompt == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  repeats = g_str_has_prefix (folded, wanted);
  *evidence = g_strdup (repeats ? _ ("It begins with the text that was to be repeated.")
                                : _ ("It does not begin with the text that was to be repeated."));
  return assay_constraint_judge (repeats);
}

static AssayConstraintResult
check_end (const char *text, JsonObject *args, char **evidence)
{
  const char *phrase = assay_constraint_get_text (args, "end_phrase", evidence);
  g_autofree char *folded = dup_folded (text);
  g_autofree char *wanted = phrase != NULL ? dup_folded (phrase) : NULL;
  gsize length = strlen (folded);
  gboolean ends;

  if (phrase == NULL)
    return ASSAY_CONSTRAINT_UNKNOWN;
  while (length > 0 && folded[length - 1] == '"')
    folded[--length] = '\0';
  ends = g_str_has_suffix (folded, wanted);
  *evidence =
      g_strdup_printf (ends ? _ ("It ends with “%s”") : _ ("It does not end with “%s”"), phrase);
  return assay_constraint_judge (ends);
}

static AssayConstraintResult
check_quotation (const char *text, JsonObject *args, char **evidence)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize length = strlen (stripped);
  gboolean quoted = length > 1 && stripped[0] == '"' && stripped[length - 1] == '"';

  *evidence = g_strdup (quoted ? _ ("It stands in double quotation marks.")
                               : _ ("It does not stand in double quotation marks."));
  return assay_constraint_judge (quoted);
}

const AssayConstraintTest assay_constraint_layout_tests[] = {
  { "combination:repeat_prompt", check_repeats },
  { "combination:two_responses", check_two_responses },
  { "detectable_content:number_placeholders", check_placeholders },
  { "detectable_content:postscript", check_postscript },
  { "detectable_format:constrained_response", check_fixed_answer },
  { "detectable_format:json_format", check_json },
  { "detectable_format:multiple_sections", check_sections },
  { "detectable_format:number_bullet_lists", check_bullets },
  { "detectable_format:number_highlighted_sections", check_highlights },
  { "detectable_format:title", check_title },
  { "length_constraints:nth_paragraph_first_word", check_first_word },
  { "length_constraints:number_paragraphs", check_paragraphs },
  { "startend:end_checker", check_end },
  { "startend:quotation", check_quotation },
  { NULL },
};
