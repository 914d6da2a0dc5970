/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-pattern.h"

#include <string.h>

#define MATCHES_MAX 100

static char *
find (const char *pattern, AssayPatternFlags flags, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPattern) compiled = assay_pattern_new (pattern, flags, &error);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (AssayPatternMatch));
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (assay_pattern_find (compiled, text, strlen (text), MATCHES_MAX, matches));
  for (guint i = 0; i < matches->len; i++)
    {
      const AssayPatternMatch *match = &g_array_index (matches, AssayPatternMatch, i);

      g_string_append_printf (found, "%s%.*s", i > 0 ? "|" : "", (int) (match->end - match->start),
                              text + match->start);
    }
  return g_string_free_and_steal (g_steal_pointer (&found));
}

static void
check (const char *pattern, AssayPatternFlags flags, const char *text, const char *expected)
{
  g_autofree char *found = find (pattern, flags, text);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_plain (void)
{
  check ("fox", ASSAY_PATTERN_PLAIN, "Fox, FOX and foxes", "Fox|FOX|fox");
  check ("ß", ASSAY_PATTERN_PLAIN, "Straße, STRASSE, ẞ", "ß|ẞ");
  check ("é", ASSAY_PATTERN_PLAIN, "É é e", "É|é");
  check ("a.c*", ASSAY_PATTERN_PLAIN, "a.c* abc", "a.c*");
  check ("\\E(", ASSAY_PATTERN_PLAIN, "x\\E(y", "\\E(");
  check ("猫", ASSAY_PATTERN_PLAIN, "一只猫，猫", "猫|猫");
  check ("none", ASSAY_PATTERN_PLAIN, "", "");
}

static void
test_whole_words (void)
{
  check ("cat", ASSAY_PATTERN_WHOLE_WORDS, "cat, cats, concat, Cat-like", "cat|Cat");
  check ("naïve", ASSAY_PATTERN_WHOLE_WORDS, "naïve naïvely", "naïve");
  check ("ve", ASSAY_PATTERN_WHOLE_WORDS, "naïve", "");
  check ("C++", ASSAY_PATTERN_WHOLE_WORDS, "C++ and C++11", "C++");
  /* Where no spaces are written, a word begins anywhere. */
  check ("猫", ASSAY_PATTERN_WHOLE_WORDS, "一只猫坐", "猫");
  check ("cat|category", ASSAY_PATTERN_WHOLE_WORDS | ASSAY_PATTERN_EXPRESSION, "category cat",
         "category|cat");
}

static void
test_expressions (void)
{
  check ("\\d+ ?euros?", ASSAY_PATTERN_EXPRESSION, "60 euros, 1 Euro", "60 euros|1 Euro");
  check ("^the", ASSAY_PATTERN_EXPRESSION, "The end of the day", "The");
  check ("\\w+", ASSAY_PATTERN_EXPRESSION, "über straße", "über|straße");
  /* What has no length is nowhere to be seen. */
  check ("x*", ASSAY_PATTERN_EXPRESSION, "axxb", "xx");
  check ("(?=a)", ASSAY_PATTERN_EXPRESSION, "aaa", "");
}

static void
check_refused (const char *pattern, AssayPatternFlags flags, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPattern) compiled =
      assay_pattern_new (pattern, ASSAY_PATTERN_EXPRESSION | flags, &error);

  g_assert_null (compiled);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_errors (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'a');

  check_refused ("(", 0, "The parentheses of the expression do not match.");
  check_refused ("a)(b", ASSAY_PATTERN_WHOLE_WORDS,
                 "The parentheses of the expression do not match.");
  check_refused ("[a", 0, "A square bracket of the expression is not closed.");
  check_refused ("*", 0,
                 "Nothing stands before a *, + or ? of the expression that could be repeated.");
  check_refused ("a\\", 0, "The expression ends with a backslash.");
  check_refused ("[z-a]", 0, "A range of the expression ends before it begins.");
  check_refused ("a{3,2}", 0, "A range of the expression ends before it begins.");
  check_refused ("(?P<", 0, "This is not a regular expression.");
  check_refused (long_text, 0, "This is too long to be looked for.");
}

static void
test_endless (void)
{
  static const char *const patterns[] = { "(a+)+$", "(a|a)*b", "(a*)*c", "(?:(?:a+)+)+d",
                                          "(*LIMIT_MATCH=4000000000)(a+)+$" };
  g_autofree char *letters = g_strnfill (3000, 'a');
  g_autofree char *text = g_strconcat (letters, "! bcd!", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (AssayPattern) pattern =
          assay_pattern_new (patterns[i], ASSAY_PATTERN_EXPRESSION, NULL);
      g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (AssayPatternMatch));

      g_assert_nonnull (pattern);
      g_test_message ("%s", patterns[i]);
      g_assert_false (assay_pattern_find (pattern, text, strlen (text), MATCHES_MAX, matches));
    }
}

static void
test_limit (void)
{
  g_autoptr (AssayPattern) pattern = assay_pattern_new ("a", ASSAY_PATTERN_PLAIN, NULL);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (AssayPatternMatch));
  g_autofree char *text = g_strnfill (3000, 'a');

  g_assert_true (assay_pattern_find (pattern, text, strlen (text), MATCHES_MAX, matches));
  g_assert_cmpuint (matches->len, ==, MATCHES_MAX);
  g_assert_true (assay_pattern_find (pattern, text, strlen (text), MATCHES_MAX, matches));
  g_assert_cmpuint (matches->len, ==, MATCHES_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/pattern/plain", test_plain);
  g_test_add_func ("/text/pattern/whole-words", test_whole_words);
  g_test_add_func ("/text/pattern/expressions", test_expressions);
  g_test_add_func ("/text/pattern/errors", test_errors);
  g_test_add_func ("/text/pattern/endless", test_endless);
  g_test_add_func ("/text/pattern/limit", test_limit);

  return g_test_run ();
}
