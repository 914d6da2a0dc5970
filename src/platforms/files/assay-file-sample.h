/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-field-table.h"
#include "assay-record-reader.h"

G_BEGIN_DECLS

/**
 * AssayFileSample:
 *
 * The first records of a file: enough to see what they are.
 */
typedef struct
{
  AssayImportFile *file; /* borrowed */
  char *records;         /* where they are */
  GPtrArray *nodes;      /* JsonNode, objects only */
  GPtrArray *keys;       /* of each record, "" for none */
  GArray *numbers;       /* of each record: its place in the file, guint64 */
  JsonObject *beside;
  GStrv names;      /* of the members at the top that most records have, sorted */
  const char *hint; /* static; what the file's place says about it, "" for nothing */
  gboolean whole;   /* all records of the file are in the sample */
  gboolean unreadable;
  char *problem;        /* (nullable) why there are no records */
  guint64 problem_line; /* 0: the file as a whole */
} AssayFileSample;

void assay_file_sample_free (AssayFileSample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayFileSample, assay_file_sample_free)

/* Sniffs @file and reads at most @n_records, or about @n_bytes of them. A file that cannot be used
 * gives a sample without records and with a problem; NULL only when cancelled. */
AssayFileSample *assay_file_sample_new (AssayImportFile *file,
                                        guint n_records,
                                        gsize n_bytes,
                                        GCancellable *cancellable,
                                        GError **error);

/* Whether one of the records says that it is of this type, as those of Assay's own form do. */
gboolean assay_file_sample_has_type (AssayFileSample *self, const char *type);

/* A table of the fields of the records of several samples; (transfer full). @samples: GPtrArray of
 * AssayFileSample. */
AssayFieldTable *assay_file_sample_make_table (GPtrArray *samples);

G_END_DECLS
