/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-visible-text.h"

#include <string.h>

/* The text with its marks in brackets. */
static char *
draw (const char *text)
{
  g_autoptr (GArray) pieces = assay_visible_text_split (text, strlen (text));
  GString *drawn = g_string_new (NULL);
  gsize last = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);

      g_assert_cmpuint (piece->start, ==, last);
      g_assert_cmpuint (piece->start, <, piece->end);
      last = piece->end;
      if (piece->label != NULL)
        g_string_append_printf (drawn, "[%s]", piece->label);
      else
        g_string_append_len (drawn, text + piece->start, piece->end - piece->start);
    }
  g_assert_cmpuint (last, ==, strlen (text));
  return g_string_free_and_steal (drawn);
}

static void
check (const char *text, const char *expected)
{
  g_autofree char *drawn = draw (text);

  g_assert_cmpstr (drawn, ==, expected);
}

static void
check_unchanged (const char *text)
{
  check (text, text);
}

static void
test_marks (void)
{
  check ("", "");
  check ("a\u202Eb", "a[U+202E RLO]b");
  check ("\u2066a\u2069", "[U+2066 LRI]a[U+2069 PDI]");
  check ("pass\u200Bword", "pass[U+200B ZWSP]word");
  check ("\uFEFFa", "[U+FEFF BOM]a");
  check ("so\u00ADft", "so[U+00AD SHY]ft");
  check ("a\x1b[31m\x07", "a[U+001B ESC][31m[U+0007 BEL]");
  check ("\u2028\u2029\xC2\x85", "[U+2028 LS][U+2029 PS][U+0085 NEL]");
  check ("\uE000", "[U+E000]");
  /* Not drawn either, though nobody gave them a meaning yet. */
  check ("a\u2065b\uFFF0c\U000E0FFFd\u17B4", "a[U+2065]b[U+FFF0]c[U+E0FFF]d[U+17B4]");
  check ("a\u180Bb", "a[U+180B]b");
  check ("a\u200D\u200Db", "a[U+200D ZWJ ×2]b");
  check ("x\u3164y", "x[U+3164]y");
}

static void
test_what_needs_joiners (void)
{
  check_unchanged ("می‌خواهم");
  check_unchanged ("क्‍ष");
  check_unchanged ("👩‍👩‍👧‍👦 ❤️ 1️⃣ ☎︎");
  check_unchanged ("🏴󠁧󠁢󠁥󠁮󠁧󠁿");
  check_unchanged ("葛\U000E0100");
  check_unchanged ("ភាសា\u200Bខ្មែរ ภาษา\u200Bไทย");
  check ("ភា\u200B", "ភា[U+200B ZWSP]");
  check ("ភា\u200Ba", "ភា[U+200B ZWSP]a");
  check ("ភា\u200B\u200Bខ", "ភា[U+200B ZWSP ×2]ខ");
  check_unchanged ("ᠠ\u180B");
  check ("a\uFE0Fb", "a[U+FE0F]b");
  check ("👩\u200Da", "👩[U+200D ZWJ]a");
}

static void
test_ordinary_space (void)
{
  check_unchanged ("a\tb\nc\r\nd\u00a0e\u3000f");
}

static void
test_hidden_text (void)
{
  /* A sentence in tag characters, invisible to a reader. */
  check ("ok\U000E0049\U000E0067\U000E006E\U000E006F\U000E0072\U000E0065\U000E0020\U000E0061"
         "\U000E006C",
         "ok[9 hidden characters]");
  /* Bytes in variation selectors behind an emoji: the first belongs to it. */
  check ("😀\uFE0F\U000E0150\U000E0151", "😀\uFE0F[U+E0150][U+E0151]");
}

static void
test_repeats (void)
{
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autofree char *tabs = g_strnfill (200 + extra, '\t');
      g_autofree char *text = g_strdup_printf ("a%sb", tabs);
      g_autofree char *drawn = draw (text);

      g_assert_cmpstr (drawn, ==, extra > 0 ? "a[×201 tabs]b" : text);
    }
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autoptr (GString) text = g_string_new ("a");
      g_autofree char *drawn = NULL;

      for (int i = 0; i < 30 + extra; i++)
        g_string_append (text, "\u0301");
      drawn = draw (text->str);
      g_assert_cmpint (g_str_has_suffix (drawn, "[×1 accent]"), ==, extra > 0);
    }
}

static void
test_counts (void)
{
  const char *text = "a\u202Eb\u202Cc\u200Bd\x01\uE000\uE001";
  guint counts[ASSAY_MARK_REPEAT + 1];

  assay_visible_text_count (text, strlen (text), counts);
  g_assert_cmpuint (counts[ASSAY_MARK_DIRECTION], ==, 2);
  g_assert_cmpuint (counts[ASSAY_MARK_INVISIBLE], ==, 1);
  g_assert_cmpuint (counts[ASSAY_MARK_CONTROL], ==, 1);
  g_assert_cmpuint (counts[ASSAY_MARK_PRIVATE], ==, 2);
  g_assert_cmpuint (counts[ASSAY_MARK_REPEAT], ==, 0);
}

static void
check_line (const char *text, guint max_characters, const char *expected)
{
  g_autofree char *line = assay_visible_line (text, max_characters);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_line (void)
{
  check_line ("", 10, "");
  check_line ("  a\n\n b\t", 10, "a b");
  check_line ("abcdef", 6, "abcdef");
  check_line ("abcdefg", 6, "abcdef…");
  check_line ("gpj\u202Eexe", 20, "gpj\uFFFDexe");
  check_line ("שלום", 20, "\u200E\u2068שלום\u2069");
  check_line ("a שלום b", 5, "\u200E\u2068a שלו…\u2069");
  /* What a name brings along does not end its isolate. */
  /* Where nothing is drawn for a neighbour, nothing is parted. */
  check_line ("ភ\u200B\u17B4\u200Bខ", 20, "ភ\uFFFD\uFFFD\uFFFDខ");
  check_line ("\u200E\u2068a\u2069", 20, "\uFFFD\uFFFDa\uFFFD");
  check_line ("a & <b>", 20, "a & <b>");
}

static void
check_sentence (const char *text, guint max_characters, const char *expected)
{
  g_autofree char *sentence = assay_visible_sentence (text, max_characters);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentence (void)
{
  check_sentence ("“a” needs\nan answer.", 40, "“a” needs an answer.");
  check_sentence ("“\u200E\u2068שלום 1\u2069” needs an answer.", 40,
                  "“\u200E\u2068שלום 1\u2069” needs an answer.");
  check_sentence ("\u200F\u2068a\u2069, \u200F\u2068b\u2069", 40,
                  "\u200F\u2068a\u2069, \u200F\u2068b\u2069");
  /* One that is cut ends its isolate, one that would begin behind the end does not begin. */
  check_sentence ("“\u200E\u2068שלום\u2069”", 3, "“\u200E\u2068של…\u2069");
  check_sentence ("abc\u200E\u2068שלום\u2069", 3, "abc…");
  check_sentence ("ab  \u200E\u2068\n ש \u2069 c", 9, "ab \u200E\u2068 ש\u2069 c");
  /* What is no isolate of the program stays visible. */
  check_sentence ("a\u2068b\u2069", 40, "a\uFFFDb\uFFFD");
  check_sentence ("a\u200E\u2068b", 40, "a\uFFFD\uFFFDb");
  check_sentence ("a\u200E\u2068b\u202Ec\u2069", 40, "a\uFFFD\uFFFDb\uFFFDc\uFFFD");
}

static void
test_direction (void)
{
  g_assert_cmpint (assay_text_direction ("", -1), ==, 0);
  g_assert_cmpint (assay_text_direction ("123 – !", -1), ==, 0);
  g_assert_cmpint (assay_text_direction ("1. hello שלום", -1), ==, 1);
  g_assert_cmpint (assay_text_direction ("«سلام» hello", -1), ==, -1);
  g_assert_cmpint (assay_text_direction ("日本", -1), ==, 1);
  g_assert_cmpint (assay_text_direction ("…\u200Fa", -1), ==, -1);
  g_assert_cmpint (assay_text_direction ("aשלום", 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/visible-text/marks", test_marks);
  g_test_add_func ("/text/visible-text/joiners", test_what_needs_joiners);
  g_test_add_func ("/text/visible-text/space", test_ordinary_space);
  g_test_add_func ("/text/visible-text/hidden-text", test_hidden_text);
  g_test_add_func ("/text/visible-text/repeats", test_repeats);
  g_test_add_func ("/text/visible-text/counts", test_counts);
  g_test_add_func ("/text/visible-text/line", test_line);
  g_test_add_func ("/text/visible-text/sentence", test_sentence);
  g_test_add_func ("/text/visible-text/direction", test_direction);

  return g_test_run ();
}
