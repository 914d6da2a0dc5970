/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-byte-window.h"

G_BEGIN_DECLS

/* How the records lie in a file. */
typedef enum
{
  ASSAY_SPLIT_LINES,  /* one JSON value on each line */
  ASSAY_SPLIT_VALUES, /* JSON values in a row, lists of them, or objects that hold them */
  ASSAY_SPLIT_TABLE,  /* a header and rows of cells (RFC 4180, or separated by tabs) */
} AssaySplit;

typedef enum
{
  ASSAY_CHUNK_END, /* or an error of the stream, which is then in the window */
  ASSAY_CHUNK_RECORD,
  ASSAY_CHUNK_PROBLEM, /* something is wrong here; what follows can still be read */
} AssayChunkStatus;

/**
 * AssayChunk:
 *
 * The bytes of one record, not parsed yet. All pointers are the splitter's, until the next call.
 */
typedef struct
{
  const char *data;
  gsize length;
  guint64 offset;  /* of the first byte in the stream */
  guint64 line;    /* of the first byte, from 1 */
  guint64 number;  /* of the record, from 1 */
  const char *key; /* of the member that it is or lies in; (nullable) */
  gboolean in_list;
  const char *problem; /* a translated sentence */
} AssayChunk;

/**
 * AssaySplitter:
 *
 * Cuts a stream into records in bounded memory, whatever the size of the file.
 */
typedef struct _AssaySplitter AssaySplitter;

/* @records: for VALUES, where the records are: names of members from the root, "*" for all; a list
 * that is found there is taken apart. @separator: of a table. */
AssaySplitter *assay_splitter_new (GInputStream *stream,
                                   AssaySplit split,
                                   const char *const *records,
                                   char separator,
                                   gsize record_limit,
                                   guint64 stream_limit,
                                   GCancellable *cancellable);
void assay_splitter_free (AssaySplitter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssaySplitter, assay_splitter_free)

/* How many cells a row of a table has, once its header was read: tables with tabs need it to tell a
 * quoted line break from a quotation mark that was only written. */
void assay_splitter_set_n_columns (AssaySplitter *self, guint n_columns);

AssayChunkStatus assay_splitter_next (AssaySplitter *self, AssayChunk *chunk);
/* What ended the stream early, or NULL. */
const GError *assay_splitter_get_error (AssaySplitter *self);
/* The small members beside the records, gathered so far. */
JsonObject *assay_splitter_get_beside (AssaySplitter *self);

G_END_DECLS
