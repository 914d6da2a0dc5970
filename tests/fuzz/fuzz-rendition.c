/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document as it is shown, and the way from each shown character to its place in the source and
 * back. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-paragraphs.h"
#include "assay-rendition.h"
#include "fuzz.h"

#define SAMPLES 64
/* The mark of a split, and a direction mark. */
#define LINE_CHARACTERS_MAX (ASSAY_PARAGRAPH_SPLIT_CHARACTERS + 8)

static void
check_parts (AssayRendition *rendition, const char *source, gsize length)
{
  const char *text = assay_rendition_get_text (rendition);
  guint n_characters = assay_rendition_get_n_characters (rendition);
  guint last = 0;
  gsize last_source = 0;

  fuzz_check_text (text);
  g_assert_cmpuint (g_utf8_strlen (text, -1), ==, n_characters);
  for (guint i = 0; i < assay_rendition_get_n_parts (rendition); i++)
    {
      const AssayPart *part = assay_rendition_get_part (rendition, i);

      /* Between two parts there is at most the break of a line. */
      g_assert_cmpuint (part->start, >=, last);
      last = part->start + part->n_characters;
      g_assert_cmpuint (last, <=, n_characters);
      if (part->kind > ASSAY_PART_MARK)
        continue;
      g_assert_cmpuint (part->source_start, <=, part->source_end);
      if (part->kind == ASSAY_PART_EXACT)
        g_assert_cmpuint (part->source_start, >=, last_source);
      fuzz_check_border (source, length, part->source_start);
      fuzz_check_border (source, length, part->source_end);
      if (part->kind == ASSAY_PART_EXACT)
        {
          g_assert_cmpuint (g_utf8_strlen (source + part->source_start,
                                           (gssize) (part->source_end - part->source_start)),
                            ==, part->n_characters);
          last_source = part->source_end;
        }
    }
}

static void
check_lines (AssayRendition *rendition)
{
  const char *text = assay_rendition_get_text (rendition);
  gsize length = strlen (text);
  gsize last = 0;

  for (guint i = 0; i < assay_rendition_get_n_lines (rendition); i++)
    {
      const AssayLine *line = assay_rendition_get_line (rendition, i);

      g_assert_cmpuint (line->text_start, ==, i == 0 ? 0 : last + 1);
      g_assert_cmpuint (line->text_start, <=, line->text_end);
      fuzz_check_border (text, length, line->text_start);
      fuzz_check_border (text, length, line->text_end);
      g_assert_true (line->direction == 1 || line->direction == -1);
      g_assert_cmpuint (g_utf8_strlen (text + line->text_start,
                                       (gssize) (line->text_end - line->text_start)),
                        <=, LINE_CHARACTERS_MAX);
      last = line->text_end;
    }
}

static void
check_maps (AssayRendition *rendition, const char *source, gsize length)
{
  guint n = assay_rendition_get_n_characters (rendition);
  guint last = 0;

  for (guint start = 0; start < n; start += 1 + n / SAMPLES)
    {
      gsize source_start, source_end;

      if (assay_rendition_map_to_source (rendition, start, MIN (start + 3, n), &source_start,
                                         &source_end))
        {
          g_assert_cmpuint (source_start, <=, source_end);
          fuzz_check_border (source, length, source_start);
          fuzz_check_border (source, length, source_end);
        }
    }
  for (gsize offset = 0; offset <= length; offset += 1 + length / SAMPLES)
    {
      guint shown;

      while (offset < length && (source[offset] & 0xC0) == 0x80)
        offset++;
      shown = assay_rendition_map_to_shown (rendition, offset);
      g_assert_cmpuint (shown, <=, n);
      g_assert_cmpuint (shown, >=, last);
      last = shown;
    }
}

static void
check (AssayMarkdown *markdown, int direction)
{
  const char *source = assay_markdown_get_source (markdown);
  gsize length = strlen (source);
  g_autoptr (AssayRendition) rendition = assay_rendition_new (markdown, direction);
  g_autofree char *notice = assay_rendition_dup_notice (rendition);
  g_autofree char *copied =
      assay_rendition_dup_text (rendition, 0, assay_rendition_get_n_characters (rendition));

  check_parts (rendition, source, length);
  check_lines (rendition);
  check_maps (rendition, source, length);
  fuzz_check_text (copied);
  if (notice != NULL)
    fuzz_check_text (notice);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
  g_autoptr (AssayMarkdown) plain = assay_markdown_plain (text, -1);

  check (markdown, 0);
  check (plain, -1);
  return 0;
}
