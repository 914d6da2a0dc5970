/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-byte-window.h"
#include "assay-importer.h"

#define PIECE_BYTES ((gsize) 64 * 1024)

static void
let_go (AssayByteWindow *self)
{
  gsize from = self->marked ? self->mark : self->pos;

  if (from == 0)
    return;

  memmove (self->data, self->data + from, self->end - from);
  self->base += from;
  self->pos -= from;
  self->end -= from;
  self->mark = 0;
}

void
assay_byte_window_init (AssayByteWindow *self,
                        GInputStream *stream,
                        GCancellable *cancellable,
                        guint64 stream_limit)
{
  *self = (AssayByteWindow) { 0 };
  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->line = 1;
  self->stream_limit = stream_limit;
}

void
assay_byte_window_clear (AssayByteWindow *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->data, g_free);
}

gboolean
assay_byte_window_fill (AssayByteWindow *self)
{
  gssize n_read;

  if (self->pos < self->end)
    return TRUE;
  if (self->error != NULL)
    return FALSE;

  if (self->marked && self->pos - self->mark > self->keep_limit)
    {
      self->overflow = TRUE;
      self->marked = FALSE;
    }

  let_go (self);
  if (self->size - self->end < PIECE_BYTES)
    {
      self->size = MAX (self->size * 2, self->end + PIECE_BYTES);
      self->data = g_realloc (self->data, self->size);
    }
  else if (!self->marked && self->size > 4 * PIECE_BYTES)
    {
      self->size = self->end + PIECE_BYTES;
      self->data = g_realloc (self->data, self->size);
    }

  n_read = g_input_stream_read (self->stream, self->data + self->end, PIECE_BYTES,
                                self->cancellable, &self->error);
  if (n_read <= 0)
    return FALSE;

  if (self->base + self->end + (guint64) n_read > self->stream_limit)
    {
      g_autofree char *size = g_format_size (self->stream_limit);

      g_set_error (&self->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_TOO_LARGE,
                   _ ("The file holds more than %s. Split it into smaller files."), size);
      return FALSE;
    }

  self->end += (gsize) n_read;
  return TRUE;
}

void
assay_byte_window_mark (AssayByteWindow *self, gsize limit)
{
  self->mark = self->pos;
  self->marked = TRUE;
  self->overflow = FALSE;
  self->keep_limit = limit;
}

void
assay_byte_window_unmark (AssayByteWindow *self)
{
  self->marked = FALSE;
}
