/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store-thread.h"
#include "assay-store.h"

G_BEGIN_DECLS

/* The store is one class in several files: assay-store.c opens, closes and keeps; -projects,
 * -tasks, -query, -drafts, -outbox and -export hold the calls of those names; -accounts, -pull,
 * -leases, -feedback and -guidelines those of assay-store-accounts.h. Each call packs its arguments
 * into a job for the store's thread. */

/* Tests open stores with steps that no release has. */
DexFuture *_assay_store_open_with (const char *folder, const AssayMigrations *migrations);

/* Takes @job and runs it; its changes become signals before its future resolves. */
DexFuture *_assay_store_push (AssayStore *self, AssayJob *job);
/* For a job with a deliver function of its own, which ends with this. */
void _assay_store_emit (AssayJob *job);
/* Work came to rest: a submission, or a draft whose task was left. On a day without a copy it is
 * copied at once and not only at the next round of upkeep, hours later: whoever begins today has no
 * copy at all until then. A draft that is being written does not count, or the copy of the day
 * would have its first word. */
void _assay_store_note_work (AssayStore *self);
AssayStoreThread *_assay_store_get_thread (AssayStore *self);

/* All on the store's thread: */

const char *_assay_task_state_to_name (AssayTaskState state);
AssayTaskState _assay_task_state_from_name (const char *name);
/* Works out the state of a task from its draft, judgement and outbox; notes in @changes what became
 * different. */
gboolean _assay_store_update_state (AssayDatabase *database,
                                    gint64 task_row,
                                    AssayStoreChanges *changes,
                                    GError **error);
/* The next search reads the rationale of this task anew. */
gboolean _assay_store_mark_stale (AssayDatabase *database, gint64 task_row, GError **error);
gboolean _assay_store_index_task (AssayDatabase *database,
                                  gint64 task_row,
                                  AssayTask *task,
                                  gboolean is_new,
                                  GError **error);
gboolean _assay_store_index_rationales (AssayDatabase *database, GError **error);

/* How many tasks more there may be, at least where it is less than one slice of an import. */
gboolean
_assay_store_count_room (AssayDatabase *database, gint64 limit, guint *room, GError **error);

/**
 * AssayTaskWriter:
 *
 * Adds tasks, or replaces those that nobody worked on, in one transaction.
 */
typedef struct
{
  GHashTable *forms; /* (owned): those that were written already */
  guint room;        /* for more tasks */
  gint64 project;    /* whose next position this is */
  gint64 position;
  guint n_new;
  GArray *unindexed; /* (owned): those that the search does not know as they are now */
} AssayTaskWriter;

gboolean
_assay_store_task_writer_init (AssayTaskWriter *self, AssayDatabase *database, GError **error);
void _assay_store_task_writer_clear (AssayTaskWriter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AssayTaskWriter, _assay_store_task_writer_clear)
/* Writes what is left, before the transaction ends. */
gboolean
_assay_store_task_writer_finish (AssayTaskWriter *self, AssayDatabase *database, GError **error);
/* Sets @row, and @changed to whether there is anything new in it. */
gboolean _assay_store_put_task (AssayTaskWriter *self,
                                AssayDatabase *database,
                                gint64 project,
                                AssayTask *task,
                                gint64 *row,
                                gboolean *changed,
                                GError **error);

/* Tables of the forms that one job has already written or read. */
GHashTable *_assay_store_forms_written (void);
GHashTable *_assay_store_forms_read (void);
gboolean _assay_store_write_content (AssayDatabase *database,
                                     gint64 task_row,
                                     AssayTask *task,
                                     GHashTable *forms,
                                     GError **error);
/* From the columns ASSAY_STORE_TASK_COLUMNS of `task_content c` and `form f`. */
AssayTask *_assay_store_read_task (AssayStatement *statement,
                                   int first_column,
                                   GHashTable *forms,
                                   GError **error);
#define ASSAY_STORE_TASK_COLUMNS "f.id, f.json, c.json"
#define ASSAY_STORE_N_TASK_COLUMNS 3
AssayJudgement *_assay_store_parse_judgement (AssayTask *task, const char *text, GError **error);

/* Keeps what would be overwritten, if the rules ask for it. */
typedef struct
{
  const char *judgement;
  const char *digest;
  GBytes *body;
  gboolean is_empty;
} AssayDraftRecord;
gboolean _assay_store_write_draft (AssayDatabase *database,
                                   gint64 task_row,
                                   const AssayDraftRecord *draft,
                                   gboolean active,
                                   GError **error);

/* In the outbox's column `task`, in front of what is no task's row; a number is none then. */
#define ASSAY_STORE_SUBJECT_PREFIX ":"
/* Of a row of `judgement` under the name @j: nothing that waits or was refused. */
#define ASSAY_STORE_SQL_IS_ACCEPTED(j)                                                             \
  "NOT EXISTS (SELECT 1 FROM outbox WHERE submission = " j ".submission AND state <> 'accepted')"

/* A judgement that is done, as a row. */
typedef struct
{
  gint64 task_row;
  int revision;
  const char *id;
  const char *submission;
  const char *digest; /* of the task */
  const char *outcome;
  const char *rationale;
  gint64 submitted_at; /* UTC us */
  const char *body;
} AssayJudgementRecord;

gboolean _assay_store_insert_judgement (AssayDatabase *database,
                                        const AssayJudgementRecord *record,
                                        GError **error);
/* A submission was accepted: its draft becomes a revision, which a later reopening begins with. */
gboolean _assay_store_settle_draft (AssayDatabase *database, gint64 task_row, GError **error);

/* What the store says about itself, in `meta`. */
#define ASSAY_STORE_META_RESCUE "rescue" /* an AssayRescueReport */
#define ASSAY_STORE_META_RESCUE_TOLD "rescue_told"
gboolean
_assay_store_set_meta (AssayDatabase *database, const char *key, const char *value, GError **error);
/* (transfer full), NULL if it is not there. */
char *_assay_store_dup_meta (AssayDatabase *database, const char *key);

/* An object of the store's own JSON texts. */
char *_assay_json_object_to_string (JsonObject *object);
/* (transfer full), NULL if it is none. */
JsonObject *_assay_json_object_from_string (const char *text);
AssayProject *_assay_store_read_project (AssayStatement *statement, int first_column);
/* The columns that it reads, of `project p`. */
#define ASSAY_STORE_PROJECT_COLUMNS                                                                \
  "p.id, p.account, p.external_id, p.title, p.form, p.settings, p.terms, p.guideline,"             \
  " p.guideline_version"
#define ASSAY_STORE_N_PROJECT_COLUMNS 9
/* The version 0: the newest. (transfer full) */
AssayGuideline *
_assay_store_load_guideline (AssayDatabase *database, const char *id, int version, GError **error);

G_END_DECLS
