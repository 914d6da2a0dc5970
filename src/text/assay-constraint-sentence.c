/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a check asks for, in words. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-constraint.h"
#include "assay-json-read.h"

typedef struct
{
  const char *type;
  const char *sentence;
} Sentence;

/* Translators: names in braces are replaced by what a check asks for and stay as they are;
 * {relation} and those that end with it become "at least" or "fewer than". */
static const Sentence sentences[] = {
  { "change_case:capital_word_frequency",
    N_ ("Has {capital_relation} {capital_frequency} words all in capitals") },
  { "change_case:english_capital", N_ ("Is in English, and all in capitals") },
  { "change_case:english_lowercase", N_ ("Is in English, without a capital letter") },
  { "combination:repeat_prompt", N_ ("First repeats, without a change: {prompt_to_repeat}") },
  { "combination:two_responses", N_ ("Gives two different responses, with ****** between them") },
  { "detectable_content:number_placeholders",
    N_ ("Has at least {num_placeholders} placeholders in square brackets") },
  { "detectable_content:postscript", N_ ("Has a postscript that begins with {postscript_marker}") },
  { "detectable_format:constrained_response",
    N_ ("Answers with “My answer is yes.”, “My answer is no.” or “My answer is maybe.”") },
  { "detectable_format:json_format", N_ ("Is JSON as a whole") },
  { "detectable_format:multiple_sections",
    N_ ("Has at least {num_sections} sections marked “{section_spliter} 1” and so on") },
  { "detectable_format:number_bullet_lists", N_ ("Has exactly {num_bullets} bullet points") },
  { "detectable_format:number_highlighted_sections",
    N_ ("Highlights at least {num_highlights} passages with asterisks") },
  { "detectable_format:title", N_ ("Has a title in double angle brackets: <<title>>") },
  { "keywords:existence", N_ ("Uses the words: {keywords}") },
  { "keywords:forbidden_words", N_ ("Does not use the words: {forbidden_words}") },
  { "keywords:frequency", N_ ("Uses “{keyword}” {relation} {frequency} times") },
  { "keywords:letter_frequency",
    N_ ("Has the letter “{letter}” {let_relation} {let_frequency} times") },
  { "language:response_language", N_ ("Is in the language “{language}”, and no other") },
  { "length_constraints:nth_paragraph_first_word",
    N_ ("Has {num_paragraphs} paragraphs, of which number {nth_paragraph} begins with “{first_word}”") },
  { "length_constraints:number_paragraphs",
    N_ ("Has {num_paragraphs} paragraphs, with *** between them") },
  { "length_constraints:number_sentences", N_ ("Has {relation} {num_sentences} sentences") },
  { "length_constraints:number_words", N_ ("Has {relation} {num_words} words") },
  { "punctuation:no_comma", N_ ("Has no comma") },
  { "startend:end_checker", N_ ("Ends with: {end_phrase}") },
  { "startend:quotation", N_ ("Stands in double quotation marks as a whole") },
  { "x:date_format", N_ ("Writes each date in the form {pattern}") },
  { "x:exact_items", N_ ("Has a list of {n} items") },
  { "x:heading_levels", N_ ("Has headings of these levels only: {allowed}") },
  { "x:max_chars", N_ ("Has at most {n} characters") },
  { "x:max_lines", N_ ("Has at most {n} lines") },
  { "x:max_words", N_ ("Has at most {n} words") },
  { "x:no_contractions", N_ ("Has no contractions") },
  { "x:no_emoji", N_ ("Has no emoji") },
  { "x:no_first_person", N_ ("Does not speak in the first person") },
  { "x:number_format", N_ ("Writes each number in the form {pattern}") },
  { "x:regex", N_ ("Agrees with the pattern {pattern}") },
  { "x:table_columns", N_ ("Has a table of {n} columns") },
};

static const char *
find_sentence (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].type, type))
      return _ (sentences[i].sentence);
  return NULL;
}

static void
append_value (GString *text, JsonNode *node)
{
  JsonArray *array = node != NULL ? assay_json_node_array (node) : NULL;
  g_autofree char *own = array == NULL && node != NULL ? assay_json_node_dup_id (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_value (text, json_array_get_element (array, i));
    }
  if (array != NULL)
    return;
  if (g_strcmp0 (own, "less than") == 0)
    g_string_append (text, C_ ("constraint", "fewer than"));
  else if (g_strcmp0 (own, "at least") == 0)
    g_string_append (text, C_ ("constraint", "at least"));
  else if (g_strcmp0 (own, "exact") == 0)
    g_string_append (text, C_ ("constraint", "exactly"));
  else
    g_string_append (text, own != NULL ? own : "…");
}

char *
assay_constraint_describe (const char *type, JsonObject *args)
{
  const char *sentence;
  GString *text;

  g_return_val_if_fail (type != NULL, NULL);

  sentence = find_sentence (type);
  if (sentence == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (const char *p = sentence; *p != '\0'; p++)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;

      if (end != NULL)
        {
          g_autofree char *member = g_strndup (p + 1, (gsize) (end - p - 1));

          append_value (text, args != NULL ? json_object_get_member (args, member) : NULL);
          p = end;
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free_and_steal (text);
}
