/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the classifier lets through is laid out quickly. The input is a unit that is repeated to a
 * paragraph of the largest size; how long it takes is measured in processor time, and only a build
 * for fuzzing fails over it. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <pango/pangocairo.h>
#include <string.h>
#include <time.h>

#include "assay-paragraphs.h"
#include "assay-visible-text.h"
#include "fuzz.h"

#define WIDTH_PX 520
/* The rules ask for 100 ms; machines differ, and the target's own code is slowed down. */
#define LONGEST_MS 400.0

static double
get_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000.0 + (double) now.tv_nsec / 1000000.0;
}

static double
measure (PangoContext *context, const char *text, gsize length, gboolean wrap_by_character)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  double before = get_ms ();
  int width, height;

  pango_layout_set_width (layout, WIDTH_PX * PANGO_SCALE);
  pango_layout_set_wrap (layout, wrap_by_character ? PANGO_WRAP_CHAR : PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, (int) length);
  pango_layout_get_pixel_size (layout, &width, &height);
  return get_ms () - before;
}

/* A line as a document shows it, with its marks. */
static char *
make_line (const char *unit)
{
  g_autoptr (GString) repeated = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GArray) pieces = NULL;

  for (guint n = 0; *unit != '\0' && n < ASSAY_PARAGRAPH_SPLIT_CHARACTERS;
       n += (guint) g_utf8_strlen (unit, -1))
    g_string_append (repeated, unit);
  pieces = assay_visible_text_split (repeated->str, repeated->len);
  for (guint i = 0; i < pieces->len; i++)
    {
      const AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);

      if (piece->label == NULL)
        g_string_append_len (line, repeated->str + piece->start,
                             (gssize) (piece->end - piece->start));
      else
        g_string_append_printf (line, "\u2068\u2009%s\u2009\u2069", piece->label);
    }
  return g_string_free_and_steal (g_steal_pointer (&line));
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  static PangoContext *context;
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) units = g_strsplit_set (text, "\r\n", 2);
  g_autofree char *line = NULL;
  g_autoptr (GArray) pieces = NULL;

  if (context == NULL)
    context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  if (units[0] == NULL)
    return 0;
  line = make_line (units[0]);
  pieces = assay_paragraph_classify (line, strlen (line));
  for (guint i = 0; i < pieces->len; i++)
    {
      const AssayParagraphPiece *piece = &g_array_index (pieces, AssayParagraphPiece, i);
      gsize length = piece->end - piece->start;
      double took = measure (context, line + piece->start, length, piece->wrap_by_character);

      /* The first time may have opened fonts. */
      for (guint again = 0; again < 2 && took > LONGEST_MS; again++)
        took = measure (context, line + piece->start, length, piece->wrap_by_character);
      if (took > LONGEST_MS)
        {
          /* It is to be found again, whatever the terminal shows. */
          g_autofree char *shown = g_strescape (units[0], NULL);

#ifdef FUZZ_FOR_REAL
          g_error ("%.0f ms for a paragraph of \"%s\"", took, shown);
#else
          g_printerr ("# %.0f ms for a paragraph of \"%s\"\n", took, shown);
#endif
        }
    }
  return 0;
}
