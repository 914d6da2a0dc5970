/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-splitter.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_ENCODING_UTF8,
  ASSAY_ENCODING_UTF16_LE,
  ASSAY_ENCODING_UTF16_BE,
} AssayImportEncoding;

/**
 * AssayImportFile:
 *
 * One file to read, and what was found out about its outer form.
 */
typedef struct
{
  GFile *file;
  char *name;   /* for people: relative to the folder that was opened, valid UTF-8 */
  char *folder; /* the part of the name before the last slash; "" for none */
  char *stem;   /* the last part of the name without its suffixes */
  guint64 size; /* as stored, in bytes */

  /* Set by assay_import_file_sniff (). */
  gboolean gzip;
  AssayImportEncoding encoding;
  gboolean byte_order_mark; /* of the text as it is read, in UTF-8 */
  AssaySplit split;
  char separator;
  /* Assay's own form says nothing twice. */
  gboolean refuse_duplicates;
  /* The header of a table, once it was read. */
  GStrv columns;

  /* The bytes around what was no text in what was read last (assay-hex-view.h); (nullable). */
  char *bytes_shown;

  /* For reading by offset; the spool holds the text of a file that is stored in another form. */
  GInputStream *seekable;
  GIOStream *spool;
} AssayImportFile;

void assay_import_file_free (AssayImportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportFile, assay_import_file_free)

/* What is to be read when @files (GFile) were opened: folders are walked, and in them only files
 * whose names say that they hold records are taken. In a stable order. (transfer full) GPtrArray of
 * AssayImportFile, never empty. */
GPtrArray *assay_import_file_list (GPtrArray *files, GCancellable *cancellable, GError **error);

/* Looks at the first bytes. Fails with UNREADABLE, or NOT_TASKS where the file is not text. */
gboolean assay_import_file_sniff (AssayImportFile *self, GCancellable *cancellable, GError **error);

/* The file's text from its first byte; decompressed, and in UTF-8 whatever it is stored in.
 * @position: the stream whose place tells how
 * much of the file was read; (transfer full). */
GInputStream *assay_import_file_open (AssayImportFile *self,
                                      GSeekable **position,
                                      GCancellable *cancellable,
                                      GError **error);

/* Reads @length bytes at @offset of the text. A compressed file, or one that is not in UTF-8, is
 * laid down in a temporary file first. (transfer full) */
char *assay_import_file_read_at (AssayImportFile *self,
                                 guint64 offset,
                                 gsize length,
                                 GCancellable *cancellable,
                                 GError **error);
/* Ends reading by offset for now. */
void assay_import_file_close (AssayImportFile *self);

G_END_DECLS
