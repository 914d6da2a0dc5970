/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-hex-view.h"

#include <string.h>

#define BYTES_PER_LINE 8
/* What is shown of a text: so much before its fault, and so much altogether. */
#define BEFORE_BYTES 32
#define SHOWN_BYTES 64

char *
assay_hex_view (const void *bytes, gsize length, guint64 offset)
{
  const guchar *data = bytes;
  g_autoptr (GString) view = g_string_new (NULL);

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  for (gsize line = 0; line < length; line += BYTES_PER_LINE)
    {
      if (line > 0)
        g_string_append_c (view, '\n');
      g_string_append_printf (view, "%08" G_GINT64_MODIFIER "x ", offset + line);
      for (gsize i = line; i < line + BYTES_PER_LINE; i++)
        if (i < length)
          g_string_append_printf (view, " %02x", data[i]);
        else
          g_string_append (view, "   ");
      g_string_append (view, "  ");
      for (gsize i = line; i < MIN (line + BYTES_PER_LINE, length); i++)
        if (g_ascii_isprint (data[i]))
          g_string_append_c (view, (char) data[i]);
        else
          g_string_append (view, "·");
    }
  return g_string_free_and_steal (g_steal_pointer (&view));
}

char *
assay_hex_view_of_fault (const char *text, gsize length)
{
  const char *fault;
  gsize place, start;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  /* NUL is not valid here either. */
  if (g_utf8_validate_len (text, length, &fault))
    return NULL;
  place = fault - text;
  start = place > BEFORE_BYTES ? (place - BEFORE_BYTES) / BYTES_PER_LINE * BYTES_PER_LINE : 0;
  return assay_hex_view (text + start, MIN (SHOWN_BYTES, length - start), start);
}
