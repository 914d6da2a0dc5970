/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-exporter.h"
#include "assay-preset.h"
#include "assay-store.h"

G_BEGIN_DECLS

/* What the program ends with when it runs without a window. Scripts rely on the numbers. */
typedef enum
{
  ASSAY_EXIT_OK = 0,
  ASSAY_EXIT_PARTLY = 1,    /* some records could not be read, there was nothing to write, or a
                             * platform failed a check */
  ASSAY_EXIT_USAGE = 2,     /* wrong options, no such format or preset */
  ASSAY_EXIT_FILE = 3,      /* a file or the profile cannot be read or written */
  ASSAY_EXIT_BUSY = 4,      /* another process holds the profile and cannot be asked */
  ASSAY_EXIT_NOT_FOUND = 5, /* no such project, or several of that name */
  ASSAY_EXIT_REFUSED = 6,   /* the tasks forbid export, or nothing fits the format */
} AssayExit;

typedef enum
{
  ASSAY_BATCH_HELP,
  ASSAY_BATCH_VERSION,
  ASSAY_BATCH_LIST_FORMATS,
  ASSAY_BATCH_LIST_PRESETS,
  ASSAY_BATCH_LIST_PROJECTS,
  ASSAY_BATCH_IMPORT,
  ASSAY_BATCH_EXPORT,
  ASSAY_BATCH_CHECK_PLATFORM,
} AssayBatchKind;

/**
 * AssayBatch:
 *
 * One command line that needs no window, read and checked.
 */
typedef struct
{
  AssayBatchKind kind;
  GPtrArray *files;                /* GFile */
  char *project;                   /* (nullable) */
  const AssayPreset *preset;       /* (nullable) */
  const AssayExportFormat *format; /* (nullable) */
  GFile *output;                   /* (nullable) */
  char *address;                   /* (nullable): of a platform */
  GFile *token_file;               /* (nullable) */
  AssayExportOptions options;
} AssayBatch;

/* Whether the arguments ask for something that needs no window. */
gboolean assay_batch_is_meant (const char *const *argv);
/* @argv: with the program's name. Relative files are meant from @folder, NULL for where the process
 * is. Errors are of G_OPTION_ERROR, with a sentence. */
AssayBatch *assay_batch_parse (const char *const *argv, const char *folder, GError **error);
void assay_batch_free (AssayBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayBatch, assay_batch_free)

/* Whether it can be done without a profile. */
gboolean assay_batch_needs_store (const AssayBatch *self);

/**
 * AssayBatchOutput:
 *
 * What a command says: results in @out, problems and remarks in @err. UTF-8, without control
 * characters from files.
 */
typedef struct
{
  GString *out;
  GString *err;
} AssayBatchOutput;

AssayBatchOutput *assay_batch_output_new (void);
void assay_batch_output_free (AssayBatchOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayBatchOutput, assay_batch_output_free)
/* A line without the control characters of @text, which a terminal would obey. */
void assay_batch_append_line (GString *target, const char *text);
/* `assay: ` and a sentence. */
void assay_batch_output_complain (AssayBatchOutput *self, const char *message);

/* Does it. @store is NULL for commands that need none. @command and @output must outlive the
 * future. Resolves to int, an AssayExit; never rejects. */
DexFuture *assay_batch_run (const AssayBatch *self, AssayStore *store, AssayBatchOutput *output);
/* The exit status and the sentence for an error in opening a store. */
AssayExit assay_batch_explain (const GError *error, AssayBatchOutput *output);

char *assay_batch_make_help (void);

G_END_DECLS
