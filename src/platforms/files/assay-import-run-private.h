/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-file-sample.h"
#include "assay-import-run.h"
#include "assay-join-index.h"
#include "assay-message-forest.h"
#include "assay-task-builder.h"

G_BEGIN_DECLS

/* Building an index is half of reading a file twice. */
#define ASSAY_IMPORT_INDEX_SHARE 0.5

/* What is read at present. */
typedef enum
{
  ASSAY_STAGE_NEXT, /* look for the next thing to read */
  ASSAY_STAGE_STREAM,
  ASSAY_STAGE_JOIN,
  ASSAY_STAGE_FOREST,
  ASSAY_STAGE_END,
} AssayImportStage;

typedef struct
{
  AssayFileSample *sample;
  AssayImportGroup *group; /* (nullable) */
  char *label;             /* the name of the file without what all files of its group have */
  JsonObject *beside;      /* (nullable) */
  gboolean done;
  double share; /* the part of reading the file that its tasks are */
} AssayImportSource;

/* Where something in Assay's own form lies that is read once the tasks are in. */
typedef struct
{
  guint64 offset;
  gsize length;
  guint64 line;
  guint source;
  AssayCompanionKind kind;
} AssayCompanionPlace;

struct _AssayImportRun
{
  AssayImportMapping *mapping; /* a copy of the person's */
  AssayTaskBuilder *builder;
  GPtrArray *sources; /* AssayImportSource, beside the samples */
  gsize record_limit;
  guint64 index_limit;
  guint task_limit;
  guint n_stage_tasks; /* made of what is read at present */
  gboolean truncated;  /* the index does not hold all records */

  AssayImportProblemFunc problem_func;
  AssayImportProgressFunc progress_func;
  gpointer user_data;

  AssayImportStage stage;
  gboolean begun;
  guint set;
  guint source;
  AssayRecordReader *reader;
  AssayJoinIndex *index;
  GHashTable *names; /* of records known by the name of their member, by place in the index */
  gboolean needs_responses;
  AssayMessageForest *forest;
  guint place;
  guint n_places;

  GArray *companions; /* AssayCompanionPlace */
  guint companion;    /* the next to be read */
  AssayKeySet *own_ids;
  GHashTable *own_names; /* of own tasks that could not keep their id */

  GQueue tasks; /* AssayTask that are ready */
  AssayKeySet *ids;
  guint64 total_bytes;
  guint64 done_bytes;
};

/* Functions that return a gboolean are FALSE, with an error, only when cancelled: whatever is wrong
 * with a file or a record is reported and reading goes on. */

void assay_import_run_report (AssayImportRun *self,
                              AssayImportSource *source,
                              guint64 line,
                              guint64 record,
                              const char *field,
                              const char *message);
/* @share: the part of reading the open file that this pass is. */
void assay_import_run_report_progress (AssayImportRun *self, double share);

/* Opens the file of @source; `reader` stays NULL if that cannot be done. */
gboolean assay_import_run_open (AssayImportRun *self,
                                AssayImportSource *source,
                                GCancellable *cancellable,
                                GError **error);
void assay_import_run_close (AssayImportRun *self, AssayImportSource *source, double share);
/* The next good record of the open file. @ended is set at its end. */
gboolean assay_import_run_read_record (AssayImportRun *self,
                                       AssayImportSource *source,
                                       AssayRecord *record,
                                       gboolean *ended,
                                       GCancellable *cancellable,
                                       GError **error);
/* A record by its place; @node is NULL if it cannot be read. */
gboolean assay_import_run_read_again (AssayImportRun *self,
                                      guint file,
                                      guint64 offset,
                                      gsize length,
                                      JsonNode **node,
                                      GCancellable *cancellable,
                                      GError **error);

AssayTaskPart assay_import_run_make_part (AssayImportSource *source,
                                          JsonNode *node,
                                          const char *key,
                                          guint64 number);
/* Takes @task (nullable) into the queue. */
void assay_import_run_take (AssayImportRun *self, AssayTask *task);
gboolean assay_import_run_is_enough (AssayImportRun *self);
/* Takes @id; (transfer full) one that no task of this run has. */
char *assay_import_run_make_unique (AssayImportRun *self, AssayImportSource *source, char *id);
/* A task that brings its id along; where that was there before, it gets another one. @task:
 * (transfer full) */
AssayTask *
assay_import_run_ensure_unique (AssayImportRun *self, AssayImportSource *source, AssayTask *task);
/* The id of a record that has none: its place. */
char *
assay_import_run_make_place_id (AssayImportRun *self, AssayImportSource *source, guint64 number);

/* assay-import-run-join.c */
gboolean assay_import_run_build_index (AssayImportRun *self,
                                       AssayImportJoin join,
                                       GCancellable *cancellable,
                                       GError **error);
gboolean assay_import_run_join_on (AssayImportRun *self, GCancellable *cancellable, GError **error);

/* assay-import-run-own.c */
/* Whether @source has more than tasks, by its first records. */
gboolean assay_import_run_expects_companions (AssayImportSource *source);
void
assay_import_run_take_own (AssayImportRun *self, AssayImportSource *source, AssayRecord *record);

/* assay-import-run-forest.c */
gboolean assay_import_run_plant_forest (AssayImportRun *self,
                                        AssayImportSource *source,
                                        GCancellable *cancellable,
                                        GError **error);
gboolean
assay_import_run_forest_on (AssayImportRun *self, GCancellable *cancellable, GError **error);

G_END_DECLS
