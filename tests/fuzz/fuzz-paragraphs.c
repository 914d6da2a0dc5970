/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classifier: its pieces cover the paragraph, end between characters, and none of them has what
 * makes layout slow. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <pango/pango.h>
#include <string.h>

#include "assay-paragraphs.h"
#include "fuzz.h"

/* Short inputs are repeated up to here, so that the limits are met. */
#define REPEATED_BYTES 14000

static guint
find_longest_stretch (const char *text, gsize length, guint n_characters)
{
  g_autofree PangoLogAttr *attributes = g_new (PangoLogAttr, n_characters + 1);
  guint longest = 0;
  guint last = 0;

  pango_get_log_attrs (text, (int) length, -1, pango_language_from_string ("en"), attributes,
                       (int) n_characters + 1);
  for (guint i = 1; i <= n_characters; i++)
    if (i == n_characters || attributes[i].is_line_break)
      {
        longest = MAX (longest, i - last);
        last = i;
      }
  return longest;
}

static void
check (const char *text, gsize length)
{
  g_autoptr (GArray) pieces = assay_paragraph_classify (text, length);
  gsize last = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const AssayParagraphPiece *piece = &g_array_index (pieces, AssayParagraphPiece, i);
      gsize size = piece->end - piece->start;
      guint n_characters;

      g_assert_cmpuint (piece->start, ==, last);
      g_assert_cmpuint (piece->end, >, piece->start);
      g_assert_cmpint (piece->continues, ==, i > 0);
      fuzz_check_border (text, length, piece->end);
      n_characters = (guint) g_utf8_strlen (text + piece->start, (gssize) size);
      g_assert_cmpuint (n_characters, <=, ASSAY_PARAGRAPH_SPLIT_CHARACTERS);
      if (!piece->wrap_by_character)
        g_assert_cmpuint (find_longest_stretch (text + piece->start, size, n_characters), <=,
                          ASSAY_UNBREAKABLE_CHARACTERS);
      last = piece->end;
    }
  g_assert_cmpuint (last, ==, length);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  g_autoptr (GString) repeated = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    check (lines[i], strlen (lines[i]));
  while (lines[0] != NULL && *lines[0] != '\0' && repeated->len < REPEATED_BYTES)
    g_string_append (repeated, lines[0]);
  check (repeated->str, repeated->len);
  return 0;
}
