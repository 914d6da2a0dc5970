/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-paragraphs.h"

#include <pango/pango.h>
#include <string.h>

static char *
repeat (const char *unit, guint n)
{
  GString *text = g_string_sized_new (strlen (unit) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  return g_string_free_and_steal (text);
}

/* Whatever the text, the pieces cover it, stay below the limit and end between characters. */
static GArray *
classify (const char *text)
{
  GArray *pieces = assay_paragraph_classify (text, strlen (text));
  gsize last = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      AssayParagraphPiece *piece = &g_array_index (pieces, AssayParagraphPiece, i);

      g_assert_cmpuint (piece->start, ==, last);
      g_assert_cmpuint (piece->start, <, piece->end);
      g_assert_cmpint (piece->continues, ==, i > 0);
      g_assert_cmpint (g_utf8_strlen (text + piece->start, piece->end - piece->start), <=,
                       ASSAY_PARAGRAPH_SPLIT_CHARACTERS);
      g_assert_true ((text[piece->end] & 0xC0) != 0x80);
      last = piece->end;
    }
  g_assert_cmpuint (last, ==, strlen (text));
  return pieces;
}

static gboolean
wraps_by_character (const char *text)
{
  g_autoptr (GArray) pieces = classify (text);

  g_assert_cmpuint (pieces->len, ==, 1);
  return g_array_index (pieces, AssayParagraphPiece, 0).wrap_by_character;
}

static void
test_empty (void)
{
  g_autoptr (GArray) pieces = classify ("");

  g_assert_cmpuint (pieces->len, ==, 0);
}

static void
test_ordinary (void)
{
  g_autofree char *words = repeat ("some ordinary words ", 100);
  g_autofree char *japanese = repeat ("日本語の文章です。", 100);
  g_autofree char *url = repeat ("https://example.org/a/b?c=d&e=f#g/", 40);

  g_assert_false (wraps_by_character ("short"));
  g_assert_false (wraps_by_character (words));
  g_assert_false (wraps_by_character (japanese));
  g_assert_false (wraps_by_character (url));
}

static void
test_limits (void)
{
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autofree char *stretch = g_strnfill (ASSAY_UNBREAKABLE_CHARACTERS + extra, 'x');
      g_autofree char *text = g_strdup_printf ("a %s b", stretch);
      g_autofree char *unbroken = g_strnfill (ASSAY_PARAGRAPH_SPLIT_CHARACTERS + extra, 'x');
      g_autoptr (GArray) pieces = classify (unbroken);

      /* The space that follows belongs to the stretch. */
      g_assert_cmpint (wraps_by_character (text), ==, extra >= 0);
      g_assert_cmpuint (pieces->len, ==, extra > 0 ? 2 : 1);
    }
}

/* Changes of script that ask for another font, not those of ordinary Japanese. */
static void
test_scripts (void)
{
  g_autofree char *japanese = repeat ("日本のカナひら", 100);
  g_autofree char *tibetan = repeat ("བོདསྐདཡིགགཟུགས", 20);
  g_autoptr (GArray) japanese_pieces = classify (japanese);
  g_autoptr (GArray) tibetan_pieces = classify (tibetan);

  g_assert_cmpuint (japanese_pieces->len, ==, 1);
  g_assert_false (g_array_index (japanese_pieces, AssayParagraphPiece, 0).is_slow);
  g_assert_true (g_array_index (tibetan_pieces, AssayParagraphPiece, 0).is_slow);
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autofree char *pairs = repeat ("αa б", (ASSAY_PARAGRAPH_SCRIPT_CHANGES + 1) / 2);
      g_autofree char *text = g_strconcat (pairs, extra == 0 ? "α" : extra > 0 ? "αб" : "", NULL);
      g_autoptr (GArray) pieces = classify (text);

      g_assert_cmpuint (pieces->len, ==, extra > 0 ? 2 : 1);
      g_assert_cmpint (g_array_index (pieces, AssayParagraphPiece, 0).is_slow, ==, extra > 0);
    }
}

static void
test_labels (void)
{
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autofree char *stretch = g_strnfill (ASSAY_UNBREAKABLE_CHARACTERS + extra, 'x');
      g_autofree char *text = g_strdup_printf ("a\n%s\nb", stretch);

      g_assert_cmpint (assay_paragraph_needs_character_wrap (text, strlen (text)), ==, extra >= 0);
    }
  g_assert_false (assay_paragraph_needs_character_wrap ("", 0));
}

static void
test_hostile (void)
{
  static const char *const units[] = {
    "x=1;",
    ".",
    "-",
    "snake_case_",
    "0f",
    " ",
    "\u00a0",
    "ພາສາລາວ",
    "ភាសាខ្មែរ",
    "မြန်မာဘာသာ",
    "བོད་",
    "བོད",
    "e\u0301\u0302\u0303",
    "👩‍👩‍👧‍👦",
    "\t",
    "\u200b",
    "\u202e",
    "ﷺ",
    "🇫🇷",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 20000);
      g_autoptr (GArray) pieces = classify (text);

      g_assert_cmpuint (pieces->len, >=, 5);
    }
}

static void
test_one_letter_with_many_marks (void)
{
  g_autofree char *marks = repeat ("\u0301", 10000);
  g_autofree char *text = g_strconcat ("a", marks, NULL);
  g_autoptr (GArray) pieces = classify (text);

  g_assert_cmpuint (pieces->len, ==, 3);
}

static void
test_graphemes_stay_whole (void)
{
  const char *family = "👩‍👩‍👧‍👦";
  g_autofree char *text = repeat (family, 2000);
  g_autoptr (GArray) pieces = classify (text);

  for (guint i = 0; i < pieces->len; i++)
    g_assert_cmpuint (g_array_index (pieces, AssayParagraphPiece, i).start % strlen (family), ==,
                      0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/paragraphs/empty", test_empty);
  g_test_add_func ("/text/paragraphs/ordinary", test_ordinary);
  g_test_add_func ("/text/paragraphs/limits", test_limits);
  g_test_add_func ("/text/paragraphs/scripts", test_scripts);
  g_test_add_func ("/text/paragraphs/labels", test_labels);
  g_test_add_func ("/text/paragraphs/hostile", test_hostile);
  g_test_add_func ("/text/paragraphs/many-marks", test_one_letter_with_many_marks);
  g_test_add_func ("/text/paragraphs/graphemes", test_graphemes_stay_whole);

  return g_test_run ();
}
