/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-words.h"

#include <string.h>

static void
test_count (void)
{
  g_assert_cmpuint (assay_words_count (""), ==, 0);
  g_assert_cmpuint (assay_words_count (" … — !? "), ==, 0);
  g_assert_cmpuint (assay_words_count ("one"), ==, 1);
  g_assert_cmpuint (assay_words_count ("Don't stop, it's 3.5 km."), ==, 5);
  g_assert_cmpuint (assay_words_count ("один два\nтри"), ==, 3);
  g_assert_cmpuint (assay_words_count ("سلام دنیا"), ==, 2);
  g_assert_cmpuint (assay_words_count ("日本"), ==, 2);
}

static void
test_split (void)
{
  g_auto (GStrv) words = assay_words_split ("The ANSWER, in “short”: 42!");
  const char *expected[] = { "the", "answer", "in", "short", "42", NULL };

  g_assert_cmpstrv (words, expected);
}

static void
test_stretches (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *unbroken = NULL;

  /* Longer than what is looked at at once: no word is counted twice or cut. */
  for (guint i = 0; i < 50000; i++)
    g_string_append (text, i % 17 == 0 ? "wörd\n" : "wörd ");
  g_assert_cmpuint (assay_words_count (text->str), ==, 50000);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "é");
  unbroken = g_strdup (text->str);
  g_assert_cmpuint (assay_words_count (unbroken), >=, 1);
  g_assert_cmpuint (assay_words_count (unbroken), <=, 5);
}

static void
test_characters (void)
{
  g_assert_cmpuint (assay_characters_count_trimmed (""), ==, 0);
  g_assert_cmpuint (assay_characters_count_trimmed (" \n\t\u3000 "), ==, 0);
  g_assert_cmpuint (assay_characters_count_trimmed ("  naïve 😀 \n"), ==, 7);
}

static void
test_similarity (void)
{
  const char *a = "Response A follows the instruction and cites two sources";
  const char *b = "response a FOLLOWS the instruction and cites two sources!";
  const char *c = "The second answer is wrong about the date of the treaty";

  g_assert_cmpfloat (assay_words_similarity (a, a), ==, 1);
  g_assert_cmpfloat (assay_words_similarity (a, b), ==, 1);
  g_assert_cmpfloat (assay_words_similarity (a, c), ==, 0);
  g_assert_cmpfloat (assay_words_similarity ("four words are few", a), ==, 0);
  /* Four shingles each, three in common. */
  g_assert_cmpfloat_with_epsilon (
      assay_words_similarity ("a1 b2 c3 d4 e5 f6 g7 h8", "a1 b2 c3 d4 e5 f6 g7 x9"), 3 / 5.0, 1e-9);
}

static void
check_sentences (const char *text, const char *const *expected)
{
  g_autoptr (GArray) pairs = assay_sentences_split (text);
  guint n = g_strv_length ((char **) expected);

  g_assert_cmpuint (pairs->len, ==, 2 * n);
  for (guint i = 0; i < n; i++)
    {
      gsize start = g_array_index (pairs, gsize, 2 * i);
      gsize end = g_array_index (pairs, gsize, 2 * i + 1);

      g_assert_cmpmem (text + start, end - start, expected[i], strlen (expected[i]));
    }
}

static void
test_sentences (void)
{
  check_sentences ("", (const char *[]) { NULL });
  check_sentences ("One. Two?  Three\nFour 3.5 five!",
                   (const char *[]) { "One.", "Two?", "Three", "Four 3.5 five!", NULL });
  check_sentences ("これは文です。次も文です。",
                   (const char *[]) { "これは文です。", "次も文です。", NULL });
}

static void
check_widen (const char *text, guint start, guint end, const char *expected)
{
  g_autofree char *widened = NULL;

  assay_words_widen (text, &start, &end);
  widened = g_utf8_substring (text, start, end);
  g_assert_cmpstr (widened, ==, expected);
}

static void
test_widen (void)
{
  check_widen ("the quick fox", 5, 7, "quick");
  check_widen ("the quick fox", 5, 11, "quick fox");
  /* What is whole stays, also at both ends of the text. */
  check_widen ("the quick fox", 0, 13, "the quick fox");
  check_widen ("the quick fox", 4, 9, "quick");
  check_widen ("the quick fox", 3, 10, "quick");
  check_widen ("a   b", 2, 3, " ");
  check_widen ("😀 don’t مرحبا!", 4, 6, "don’t");
  check_widen ("😀 don’t مرحبا!", 9, 10, "مرحبا");
  check_widen ("so **bold**, yes", 6, 8, "bold");
  check_widen ("one\ntwo", 1, 2, "one");
  check_widen ("one\ntwo", 1, 6, "one\ntwo");
  check_widen ("我们去北京", 2, 3, "去");
  check_widen ("empty", 2, 2, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/words/count", test_count);
  g_test_add_func ("/text/words/split", test_split);
  g_test_add_func ("/text/words/stretches", test_stretches);
  g_test_add_func ("/text/words/characters", test_characters);
  g_test_add_func ("/text/words/similarity", test_similarity);
  g_test_add_func ("/text/words/sentences", test_sentences);
  g_test_add_func ("/text/words/widen", test_widen);

  return g_test_run ();
}
