/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AssayByteWindow:
 *
 * The part of a stream that a scanner looks at. Bytes from a mark on are kept, so that a record can
 * be handed out in one piece; without a mark, or over the limit, nothing but the present piece is
 * in memory.
 */
typedef struct
{
  GInputStream *stream;
  GCancellable *cancellable; /* (nullable) */
  GError *error;             /* what ended the stream, unless it was its end */
  guint8 *data;
  gsize size;
  gsize mark; /* the first byte to keep, while `marked` */
  gsize pos;
  gsize end;
  guint64 base; /* the place of data[0] in the stream */
  guint64 line; /* of the byte at pos, from 1 */
  gsize keep_limit;
  guint64 stream_limit;
  gboolean marked;
  gboolean overflow; /* the marked bytes became too many and were let go */
} AssayByteWindow;

/* @stream_limit: how many bytes the stream may have. */
void assay_byte_window_init (AssayByteWindow *self,
                             GInputStream *stream,
                             GCancellable *cancellable,
                             guint64 stream_limit);
void assay_byte_window_clear (AssayByteWindow *self);

/* Makes at least one byte available at `pos`; FALSE at the end of the stream and on error (then
 * `error` is set). */
gboolean assay_byte_window_fill (AssayByteWindow *self);

/* Keeps bytes from the present place on, about @limit of them. */
void assay_byte_window_mark (AssayByteWindow *self, gsize limit);
void assay_byte_window_unmark (AssayByteWindow *self);

/* The bytes since the mark. */
static inline gsize
assay_byte_window_kept (AssayByteWindow *self)
{
  return self->marked ? self->pos - self->mark : 0;
}

static inline guint64
assay_byte_window_offset (AssayByteWindow *self)
{
  return self->base + self->pos;
}

/* The byte at the present place, or -1. */
static inline int
assay_byte_window_peek (AssayByteWindow *self)
{
  if (self->pos == self->end && !assay_byte_window_fill (self))
    return -1;
  return self->data[self->pos];
}

/* Goes over the byte that was peeked. */
static inline void
assay_byte_window_skip (AssayByteWindow *self)
{
  if (self->data[self->pos] == '\n')
    self->line++;
  self->pos++;
}

G_END_DECLS
