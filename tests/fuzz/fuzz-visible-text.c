/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing that cannot be seen is drawn as it is, and nothing else is taken away. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-visible-text.h"
#include "fuzz.h"

#define REPEATED_SPACES 200
#define REPEATED_MARKS 30
#define LINE_CHARACTERS 40

/* What must never reach a text layout, wherever it stands. */
static gboolean
is_never_drawn (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0x61C
         || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E)
         || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || (c >= 0xE000 && c <= 0xF8FF)
         || c >= 0xF0000;
}

/* Letters of scripts without spaces; an invisible one between two of them parts words. */
static gboolean
needs_word_spaces (gunichar c)
{
  /* Two vowels of Khmer are never drawn. */
  if (c == 0x17B4 || c == 0x17B5)
    return FALSE;
  return (c >= 0x0E00 && c <= 0x109F) || (c >= 0x1780 && c <= 0x1AAF)
         || (c >= 0xA980 && c <= 0xAADF);
}

/* @origin and @end: of the whole text, in which @space stands. */
static gboolean
parts_words (const char *space, const char *origin, const char *end)
{
  const char *next = g_utf8_next_char (space);

  return g_utf8_get_char (space) == 0x200B && space > origin && next < end
         && needs_word_spaces (g_utf8_get_char (g_utf8_prev_char (space)))
         && needs_word_spaces (g_utf8_get_char (next));
}

/* The bytes @from … @to of @text. */
static void
check_drawn (const char *text, gsize from, gsize to)
{
  const char *end = text + strlen (text);
  gunichar last = 0;
  guint n_spaces = 0;
  guint n_marks = 0;

  for (const char *p = text + from; p < text + to; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_space = c != '\n' && c != '\r' && g_unichar_isspace (c);

      g_assert_false (is_never_drawn (c) && !parts_words (p, text, end));
      n_spaces = is_space && c == last ? n_spaces + 1 : is_space;
      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      g_assert_cmpuint (n_spaces, <=, REPEATED_SPACES);
      g_assert_cmpuint (n_marks, <=, REPEATED_MARKS);
      last = c;
    }
}

static void
check_line (const char *text)
{
  g_autofree char *line = assay_visible_line (text, LINE_CHARACTERS);
  gunichar last = 0;
  guint n_bases = 0;

  fuzz_check_text (line);
  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_bases += !g_unichar_ismark (c);
      g_assert_true (c != '\n' && c != '\r' && c != '\t');
      /* The mark before the whole and the isolate around it; and what parts words, though the next
       * may be left out. */
      if (!(c == 0x200E && p == line) && c != 0x2068 && c != 0x2069
          && !(c == 0x200B && needs_word_spaces (last)))
        g_assert_false (is_never_drawn (c));
      last = c;
    }
  g_assert_cmpuint (n_bases, <=, LINE_CHARACTERS + 4);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  gsize length = strlen (text);
  g_autoptr (GArray) pieces = assay_visible_text_split (text, length);
  guint counts[ASSAY_MARK_REPEAT + 1];
  gboolean has_marks = FALSE;
  guint n_counted = 0;
  gsize last = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);

      g_assert_cmpuint (piece->start, ==, last);
      g_assert_cmpuint (piece->start, <, piece->end);
      fuzz_check_border (text, length, piece->end);
      last = piece->end;
      if (piece->label == NULL)
        {
          check_drawn (text, piece->start, piece->end);
          continue;
        }
      has_marks = TRUE;
      fuzz_check_text (piece->label);
      check_drawn (piece->label, 0, strlen (piece->label));
    }
  g_assert_cmpuint (last, ==, length);

  assay_visible_text_count (text, length, counts);
  for (guint kind = 0; kind <= ASSAY_MARK_REPEAT; kind++)
    n_counted += counts[kind];
  g_assert_cmpint (n_counted > 0, ==, has_marks);

  check_line (text);
  g_assert_cmpint (ABS (assay_text_direction (text, -1)), <=, 1);
  return 0;
}
