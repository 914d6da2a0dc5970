/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "assay-import-mapping.h"
#include "assay-task.h"

G_BEGIN_DECLS

/**
 * AssayImportError:
 * @ASSAY_IMPORT_ERROR_UNREADABLE: a file cannot be opened or read
 * @ASSAY_IMPORT_ERROR_NOT_TASKS: nothing in it looks like prompts and responses
 * @ASSAY_IMPORT_ERROR_TOO_LARGE: over a limit
 * @ASSAY_IMPORT_ERROR_RECORD: one record is bad (in the report only)
 */
typedef enum
{
  ASSAY_IMPORT_ERROR_UNREADABLE,
  ASSAY_IMPORT_ERROR_NOT_TASKS,
  ASSAY_IMPORT_ERROR_TOO_LARGE,
  ASSAY_IMPORT_ERROR_RECORD,
} AssayImportError;

#define ASSAY_IMPORT_ERROR (assay_import_error_quark ())
GQuark assay_import_error_quark (void);

/**
 * AssayImportProblem:
 *
 * A record that could not be read: which file, which line, which field, and why. In a JSON list,
 * @record is the number of the record; it is 0 elsewhere. @line is 0 where the file as a whole is
 * meant.
 */
typedef struct
{
  char *file;
  guint64 line;
  char *field; /* (nullable) */
  char *message;
  guint64 record;
  char *bytes_shown; /* in hexadecimal, where it is no text; (nullable) */
} AssayImportProblem;

typedef enum
{
  ASSAY_COMPANION_JUDGEMENT,
  ASSAY_COMPANION_GUIDELINE,
} AssayCompanionKind;

/**
 * AssayImportCompanion:
 *
 * What a file in Assay's own form has beside its tasks. @task_id: of a judgement, the id that its
 * task got in this import; NULL for guidelines.
 */
typedef struct
{
  AssayCompanionKind kind;
  char *file;
  guint64 line;
  char *task_id; /* (nullable) */
  JsonNode *node;
} AssayImportCompanion;

void assay_import_companion_free (AssayImportCompanion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportCompanion, assay_import_companion_free)

/* File, record or line, and field in words, translated; the message says the rest. (transfer full)
 */
char *assay_import_problem_describe_place (const AssayImportProblem *self);

#define ASSAY_TYPE_IMPORTER (assay_importer_get_type ())
/**
 * AssayImporter:
 *
 * Reads task files: JSON, JSON Lines, CSV, TSV (also gzip-compressed; UTF-8, or UTF-16 that begins
 * with a byte-order mark); folders and several
 * files at once where the answers of different models lie in separate files; Assay's own form and
 * foreign layouts. Streams: memory stays bounded by a page of tasks (and, for joins, an index of
 * ids). Works on threads of its own; no GTK, no store.
 *
 * Properties: `n-tasks`, `n-problems`, `fraction` (0…1), notified on the main context while
 * reading.
 */
G_DECLARE_FINAL_TYPE (AssayImporter, assay_importer, ASSAY, IMPORTER, GObject)

/* @files: GPtrArray of GFile; folders are read recursively. */
AssayImporter *assay_importer_new (GPtrArray *files);
/* Looks at the beginning of each file. Resolves to the AssayImportMapping that fits (with a
 * suggested form and title), or rejects with NOT_TASKS or UNREADABLE. */
DexFuture *assay_importer_detect (AssayImporter *self);
/* The first tasks as they will look: a GPtrArray of AssayTask, at most @limit. */
DexFuture *assay_importer_preview (AssayImporter *self, AssayImportMapping *mapping, guint limit);
/* The places in the records (dotted paths) with an example of each, for correcting the mapping by
 * hand: a GPtrArray of GStrv {path, example}. */
DexFuture *assay_importer_list_fields (AssayImporter *self);
/* What was detected, in words: the layout, how many responses a prompt has, what joins the files.
 * After detect () has resolved. (transfer full) */
char *assay_importer_describe (AssayImporter *self, AssayImportMapping *mapping);
/* How many files hold something of the tasks. After detect () has resolved. */
guint assay_importer_get_n_files (AssayImporter *self, AssayImportMapping *mapping);

/* Reads on: resolves to a GPtrArray of at most @page AssayTask, empty at the end. Call again after
 * the page was stored. The mapping must not change between pages. Dropping the future, or
 * @cancellable, stops reading. A page is shorter than @page where its texts are very long. */
DexFuture *assay_importer_read_page (AssayImporter *self,
                                     AssayImportMapping *mapping,
                                     guint page,
                                     GCancellable *cancellable);
/* After the last page of tasks: what Assay's own form has beside them. Resolves to a GPtrArray of
 * at most @page AssayImportCompanion, empty at the end; a page is shorter where they are very long.
 */
DexFuture *
assay_importer_read_companions (AssayImporter *self, guint page, GCancellable *cancellable);
/* Adds a problem that was found when something was stored. */
void assay_importer_add_problem (AssayImporter *self,
                                 const char *file,
                                 guint64 line,
                                 const char *message);
guint64 assay_importer_get_n_tasks (AssayImporter *self);
double assay_importer_get_fraction (AssayImporter *self);
/* The bytes in hexadecimal around what is no text, in the file that was looked at; NULL where all
 * is text. After detection. */
const char *assay_importer_get_bytes_shown (AssayImporter *self);
/* What went wrong so far; GPtrArray of AssayImportProblem, borrowed; at most 1000 are kept, all are
 * counted. */
GPtrArray *assay_importer_get_problems (AssayImporter *self);
guint64 assay_importer_get_n_problems (AssayImporter *self);

G_END_DECLS
