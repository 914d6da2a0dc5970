/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-import-file.h"

G_BEGIN_DECLS

/**
 * AssayRecord:
 *
 * One record, parsed: a row of a table is an object of its cells.
 */
typedef struct
{
  JsonNode *node;
  char *key; /* of the member that it is or lies in; (nullable) */
  gboolean in_list;
  guint64 offset;
  gsize length;
  guint64 line;
  guint64 number;
} AssayRecord;

void assay_record_clear (AssayRecord *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AssayRecord, assay_record_clear)

/**
 * AssayRecordReader:
 *
 * Reads the records of a file one after the other, in bounded memory.
 */
typedef struct _AssayRecordReader AssayRecordReader;

/* @records: where they are (a path of an AssayImportGroup); NULL or "" for the root. @file must
 * outlive the reader. */
AssayRecordReader *assay_record_reader_new (AssayImportFile *file,
                                            const char *records,
                                            gsize record_limit,
                                            GCancellable *cancellable,
                                            GError **error);
void assay_record_reader_free (AssayRecordReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRecordReader, assay_record_reader_free)

/* Fills @record, whose earlier content is cleared. For PROBLEM, its line and number say where and
 * @sentence (transfer full) says what; reading goes on with the next call. For END, @error is set
 * if something ended the file early. */
AssayChunkStatus assay_record_reader_next (AssayRecordReader *self,
                                           AssayRecord *record,
                                           char **sentence,
                                           GError **error);
/* Goes to the end of the file without parsing the records. */
gboolean assay_record_reader_skip_all (AssayRecordReader *self, GError **error);
/* The small members beside the records, so far. */
JsonObject *assay_record_reader_get_beside (AssayRecordReader *self);
/* How many bytes of the file, as it is stored, were read. */
guint64 assay_record_reader_get_position (AssayRecordReader *self);

/* A record that was seen before, read again by its place. */
JsonNode *assay_record_read_at (AssayImportFile *file,
                                guint64 offset,
                                gsize length,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
