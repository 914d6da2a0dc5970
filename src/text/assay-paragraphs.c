/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-paragraphs.h"

#include <pango/pango.h>

/* What follows a border decides whether it is one; so much is looked at beyond it. */
#define LOOKAHEAD_CHARACTERS 32
/* A piece ends at a place where a line may break, if there is one so near to its largest size. */
#define BREAK_SEARCH_CHARACTERS 400

/* What most fonts have is of no script; what one font is likely to have counts as one. */
static gboolean
is_other_script (gunichar c, GUnicodeScript *last)
{
  GUnicodeScript script = g_unichar_get_script (c);
  gboolean is_other;

  switch (script)
    {
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_UNKNOWN:
      return FALSE;
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_HANGUL:
      script = G_UNICODE_SCRIPT_HAN;
      break;
    default:
      break;
    }
  is_other = *last != G_UNICODE_SCRIPT_COMMON && script != *last;
  *last = script;
  return is_other;
}

/* How many of the characters may be laid out at once. */
static gsize
find_limit (const char *text, gsize n_characters)
{
  GUnicodeScript last = G_UNICODE_SCRIPT_COMMON;
  guint n_changes = 0;

  for (gsize i = 0; i < n_characters; i++, text = g_utf8_next_char (text))
    {
      if ((guchar) *text >= 0x80 && is_other_script (g_utf8_get_char (text), &last)
          && ++n_changes > ASSAY_PARAGRAPH_SCRIPT_CHANGES)
        return i;
    }
  return ASSAY_PARAGRAPH_SPLIT_CHARACTERS;
}

static gsize
find_piece_end (const PangoLogAttr *attributes, gsize n_characters, gsize limit)
{
  if (n_characters <= limit)
    return n_characters;
  for (gsize i = limit; i > limit - MIN (limit / 2, BREAK_SEARCH_CHARACTERS); i--)
    if (attributes[i].is_line_break)
      return i;
  for (gsize i = limit; i > limit / 2; i--)
    if (attributes[i].is_cursor_position)
      return i;
  /* One base letter with thousands of marks: nothing is gained by keeping them together. */
  return limit;
}

static gsize
find_longest_stretch (const PangoLogAttr *attributes, gsize n_characters)
{
  gsize longest = 0;
  gsize last_break = 0;

  for (gsize i = 1; i <= n_characters; i++)
    if (i == n_characters || attributes[i].is_line_break)
      {
        longest = MAX (longest, i - last_break);
        last_break = i;
      }
  return longest;
}

GArray *
assay_paragraph_classify (const char *text, gsize length_bytes)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (AssayParagraphPiece));
  g_autofree PangoLogAttr *attributes = NULL;
  const char *end = text + length_bytes;
  const char *p = text;

  g_return_val_if_fail (text != NULL, pieces);

  /* Short enough that no stretch in it can be too long: the common case. */
  if (length_bytes <= ASSAY_UNBREAKABLE_CHARACTERS || !assay_paragraph_is_guarded ())
    {
      AssayParagraphPiece piece = { .start = 0, .end = length_bytes };

      if (length_bytes > 0)
        g_array_append_val (pieces, piece);
      return pieces;
    }

  attributes = g_new (PangoLogAttr, ASSAY_PARAGRAPH_SPLIT_CHARACTERS + LOOKAHEAD_CHARACTERS + 1);
  while (p < end)
    {
      AssayParagraphPiece piece = { .start = p - text, .continues = p > text };
      const char *window_end = p;
      gsize n_characters = 0;
      gsize limit, n_piece;

      while (window_end < end
             && n_characters < ASSAY_PARAGRAPH_SPLIT_CHARACTERS + LOOKAHEAD_CHARACTERS)
        {
          window_end = g_utf8_next_char (window_end);
          n_characters++;
        }
      pango_get_log_attrs (p, window_end - p, -1, pango_language_from_string ("en"), attributes,
                           n_characters + 1);
      limit = find_limit (p, n_characters);
      n_piece = find_piece_end (attributes, n_characters, limit);
      piece.wrap_by_character =
          find_longest_stretch (attributes, n_piece) > ASSAY_UNBREAKABLE_CHARACTERS;
      p = g_utf8_offset_to_pointer (p, n_piece);
      piece.end = p - text;
      /* Of the scripts with three bytes for a letter those have no places to break that are also
       * slow to shape. */
      piece.is_slow = limit < ASSAY_PARAGRAPH_SPLIT_CHARACTERS
                      || (piece.wrap_by_character && piece.end - piece.start > 2 * n_piece);
      g_array_append_val (pieces, piece);
    }
  return pieces;
}

gboolean
assay_paragraph_needs_character_wrap (const char *text, gsize length_bytes)
{
  g_autoptr (GArray) pieces = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  /* A line break ends a stretch like any other place to break. */
  pieces = assay_paragraph_classify (text, length_bytes);
  for (guint i = 0; i < pieces->len; i++)
    if (g_array_index (pieces, AssayParagraphPiece, i).wrap_by_character)
      return TRUE;
  return FALSE;
}

gboolean
assay_paragraph_is_guarded (void)
{
#if ASSAY_FIXTURES
  static gsize answer;

  if (g_once_init_enter (&answer))
    g_once_init_leave (&answer, g_getenv ("ASSAY_BENCH_UNGUARDED") != NULL ? 1 : 2);
  return answer == 2;
#else
  return TRUE;
#endif
}
