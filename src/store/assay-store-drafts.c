/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json.h"
#include "assay-store-limits.h"
#include "assay-store-private.h"

/* The drafts of an AssayStore, and which of their older revisions are kept. */

/* A loss of this many characters or answers at once is something that a person may want back. */
#define DESTRUCTIVE_CHARACTERS 200
#define DESTRUCTIVE_ANSWERS 2

typedef struct
{
  gint64 task_row;
  char *judgement;
  char *digest;
  GBytes *body; /* (owned) */
  gboolean is_empty;
  gboolean submitted; /* set when it comes too late */
} DraftSave;

/* What revisions are compared by. */
typedef struct
{
  guint paragraphs;
  guint characters;
  guint answers;
} Measure;

typedef struct
{
  gboolean exists;
  gboolean active;
  gboolean is_empty;
  gboolean same_judgement;
  Measure measure;
  gint64 started_at;
  gint64 changed_at;
} Previous;

static void
draft_save_free (DraftSave *save)
{
  g_free (save->judgement);
  g_free (save->digest);
  g_bytes_unref (save->body);
  g_free (save);
}

static void
measure_rationale (const char *rationale, Measure *measure)
{
  gboolean in_paragraph = FALSE;

  for (const char *p = rationale; *p != '\0'; p = g_utf8_next_char (p))
    {
      measure->characters++;
      if (*p == '\n')
        in_paragraph = FALSE;
      else if (!in_paragraph && !g_ascii_isspace (*p))
        {
          in_paragraph = TRUE;
          measure->paragraphs++;
        }
    }
}

/* SQLite finds two members of a large draft some twenty times as fast as json-glib makes a tree of
 * all. */
static gboolean
measure_body (AssayDatabase *database, GBytes *body, Measure *measure, GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT json_extract (?1, '$.rationale'), (SELECT count(*) FROM json_each (?1, '$.answers'))"
      " WHERE json_valid (?1)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_json (statement, 1, body);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  *measure = (Measure) { 0 };
  if (found)
    {
      const char *rationale = assay_statement_get_text (statement, 0);

      if (rationale != NULL)
        measure_rationale (rationale, measure);
      measure->answers = (guint) assay_statement_get_int (statement, 1);
    }
  assay_statement_reset (statement);
  return TRUE;
}

static gboolean
read_previous (AssayDatabase *database,
               gint64 task_row,
               const char *judgement,
               Previous *previous,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT active, is_empty, judgement, paragraphs, characters, answers, started_at, changed_at"
      " FROM draft WHERE task = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  *previous = (Previous) { 0 };
  assay_statement_bind_int (statement, 1, task_row);
  if (assay_statement_step (statement, &local_error))
    {
      previous->exists = TRUE;
      previous->active = assay_statement_get_int (statement, 0) != 0;
      previous->is_empty = assay_statement_get_int (statement, 1) != 0;
      previous->same_judgement =
          g_strcmp0 (assay_statement_get_text (statement, 2), judgement) == 0;
      previous->measure.paragraphs = assay_statement_get_int (statement, 3);
      previous->measure.characters = assay_statement_get_int (statement, 4);
      previous->measure.answers = assay_statement_get_int (statement, 5);
      previous->started_at = assay_statement_get_int (statement, 6);
      previous->changed_at = assay_statement_get_int (statement, 7);
      assay_statement_reset (statement);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* The newest kept revision, or what the draft began as. */
static gboolean
read_newest_revision (AssayDatabase *database,
                      gint64 task_row,
                      guint *paragraphs,
                      gint64 *written_at,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT paragraphs, written_at FROM draft_revision WHERE task = ?1 ORDER BY id DESC LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (assay_statement_step (statement, &local_error))
    {
      *paragraphs = assay_statement_get_int (statement, 0);
      *written_at = assay_statement_get_int (statement, 1);
      assay_statement_reset (statement);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_destructive (const Measure *before, const Measure *after, gboolean emptied)
{
  return emptied || after->answers + DESTRUCTIVE_ANSWERS <= before->answers
         || after->characters + DESTRUCTIVE_CHARACTERS <= before->characters
         || (before->paragraphs > 1 && after->paragraphs < before->paragraphs);
}

/* Sets @reason to why @previous must be kept, or to NULL. */
static gboolean
find_reason (AssayDatabase *database,
             gint64 task_row,
             const Previous *previous,
             const Measure *measure,
             gboolean is_empty,
             const char **reason,
             GError **error)
{
  guint paragraphs = 0;
  gint64 written_at = previous->started_at;

  *reason = NULL;
  if (!previous->exists || previous->is_empty)
    return TRUE;
  if (!previous->same_judgement)
    {
      *reason = "conflict";
      return TRUE;
    }
  if (is_destructive (&previous->measure, measure, is_empty))
    {
      *reason = "destructive";
      return TRUE;
    }

  if (!read_newest_revision (database, task_row, &paragraphs, &written_at, error))
    return FALSE;
  /* Where nothing is kept yet, a first paragraph that is being typed is no difference. */
  if (previous->measure.paragraphs != MAX (paragraphs, 1) && previous->measure.paragraphs > 0)
    *reason = "paragraph";
  /* Also where the clock was set back since. */
  else if (previous->changed_at < written_at
           || previous->changed_at - written_at >= ASSAY_STORE_REVISION_INTERVAL_US)
    *reason = "time";
  return TRUE;
}

static gboolean
trim_revisions (AssayDatabase *database, gint64 task_row, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      /* What a person may want back is not pushed out by what was written since. */
      "DELETE FROM draft_revision WHERE task = ?1 AND id NOT IN"
      " (SELECT id FROM draft_revision WHERE task = ?1 AND reason IN ('paragraph', 'time')"
      "  ORDER BY id DESC LIMIT ?2)"
      " AND id NOT IN (SELECT id FROM draft_revision WHERE task = ?1"
      "  AND reason NOT IN ('paragraph', 'time') ORDER BY id DESC LIMIT ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_int (statement, 2, ASSAY_STORE_DRAFT_REVISIONS);
  return assay_statement_run (statement, error);
}

static gboolean
keep_previous (AssayDatabase *database, gint64 task_row, const char *reason, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO draft_revision (task, judgement, digest, reason, paragraphs, written_at, body)"
      " SELECT task, judgement, digest, ?2, paragraphs, changed_at, body FROM draft WHERE task = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, reason);
  return assay_statement_run (statement, error) && trim_revisions (database, task_row, error);
}

static gboolean
write_row (AssayDatabase *database,
           gint64 task_row,
           const AssayDraftRecord *draft,
           const Measure *measure,
           gboolean active,
           GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO draft (task, judgement, digest, active, is_empty, paragraphs, characters, answers,"
      " started_at, changed_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)"
      " ON CONFLICT (task) DO UPDATE SET judgement = ?2, digest = ?3, active = ?4, is_empty = ?5,"
      " paragraphs = ?6, characters = ?7, answers = ?8, changed_at = ?9, body = ?10,"
      " revision = revision + 1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  assay_statement_bind_text (statement, 2, draft->judgement);
  assay_statement_bind_text (statement, 3, draft->digest);
  assay_statement_bind_int (statement, 4, active);
  assay_statement_bind_int (statement, 5, draft->is_empty);
  assay_statement_bind_int (statement, 6, measure->paragraphs);
  assay_statement_bind_int (statement, 7, measure->characters);
  assay_statement_bind_int (statement, 8, measure->answers);
  assay_statement_bind_int (statement, 9, g_get_real_time ());
  assay_statement_bind_json (statement, 10, draft->body);
  return assay_statement_run (statement, error)
         && _assay_store_mark_stale (database, task_row, error);
}

gboolean
_assay_store_write_draft (AssayDatabase *database,
                          gint64 task_row,
                          const AssayDraftRecord *draft,
                          gboolean active,
                          GError **error)
{
  Measure measure;
  Previous previous;
  const char *reason;

  return measure_body (database, draft->body, &measure, error)
         && read_previous (database, task_row, draft->judgement, &previous, error)
         && find_reason (database, task_row, &previous, &measure, draft->is_empty, &reason, error)
         && (reason == NULL || keep_previous (database, task_row, reason, error))
         && write_row (database, task_row, draft, &measure, active, error);
}

gboolean
_assay_store_settle_draft (AssayDatabase *database, gint64 task_row, GError **error)
{
  AssayStatement *statement;

  /* The record that was sent leaves out what a condition hid, and everything if the task was
   * skipped; here it is all still there. */
  if (!keep_previous (database, task_row, "submitted", error))
    return FALSE;
  statement =
      assay_database_prepare (database, "DELETE FROM draft WHERE task = ?1 AND active = 0", error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  return assay_statement_run (statement, error);
}

/* A draft that arrives after its judgement was submitted does not replace anything, and is not lost
 * either. */
static gboolean
keep_late (AssayDatabase *database, DraftSave *save, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO draft_revision (task, judgement, digest, reason, paragraphs, written_at, body)"
      " SELECT ?1, ?2, ?3, 'conflict', 0, ?4, ?5"
      " WHERE NOT EXISTS (SELECT 1 FROM draft WHERE task = ?1 AND body = ?5)"
      " AND NOT EXISTS (SELECT 1 FROM draft_revision WHERE task = ?1 AND body = ?5)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, save->task_row);
  assay_statement_bind_text (statement, 2, save->judgement);
  assay_statement_bind_text (statement, 3, save->digest);
  assay_statement_bind_int (statement, 4, g_get_real_time ());
  assay_statement_bind_json (statement, 5, save->body);
  return assay_statement_run (statement, error) && trim_revisions (database, save->task_row, error);
}

static gboolean
find_submitted (AssayDatabase *database, gint64 task_row, gboolean *submitted, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT state IN ('queued', 'sent', 'refused')"
      " AND NOT EXISTS (SELECT 1 FROM draft WHERE task = ?1 AND active = 1) FROM task WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (assay_statement_step (statement, &local_error))
    {
      *submitted = assay_statement_get_int (statement, 0) != 0;
      assay_statement_reset (statement);
      return TRUE;
    }
  if (local_error == NULL)
    g_set_error_literal (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                         _ ("There is no such task any more."));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_save_draft (AssayJob *job, AssayDatabase *database, GError **error)
{
  DraftSave *save = job->data;
  const AssayDraftRecord draft = { save->judgement, save->digest, save->body, save->is_empty };

  if (!find_submitted (database, save->task_row, &save->submitted, error))
    return FALSE;
  if (save->submitted)
    return keep_late (database, save, error);
  return _assay_store_write_draft (database, save->task_row, &draft, TRUE, error)
         && _assay_store_update_state (database, save->task_row, &job->changes, error);
}

static gboolean
run_offer_draft (AssayJob *job, AssayDatabase *database, GError **error)
{
  DraftSave *save = job->data;
  const AssayDraftRecord draft = { save->judgement, save->digest, save->body, save->is_empty };
  Previous previous;
  gboolean wanted;

  if (!find_submitted (database, save->task_row, &save->submitted, error)
      || !read_previous (database, save->task_row, save->judgement, &previous, error))
    return FALSE;
  wanted = !save->submitted && (!previous.exists || (previous.active && previous.is_empty));
  g_value_init (&job->result, G_TYPE_BOOLEAN);
  g_value_set_boolean (&job->result, wanted);
  if (!wanted)
    return keep_late (database, save, error);
  return _assay_store_write_draft (database, save->task_row, &draft, TRUE, error)
         && _assay_store_update_state (database, save->task_row, &job->changes, error);
}

static gboolean
run_replace_draft (AssayJob *job, AssayDatabase *database, GError **error)
{
  DraftSave *save = job->data;
  const AssayDraftRecord draft = { save->judgement, save->digest, save->body, save->is_empty };
  Measure measure;
  Previous previous;

  if (!find_submitted (database, save->task_row, &save->submitted, error)
      || !read_previous (database, save->task_row, save->judgement, &previous, error))
    return FALSE;
  if (save->submitted)
    return keep_late (database, save, error);
  /* However little it differs: nobody typed the one into the other. */
  if (previous.exists && !previous.is_empty
      && !keep_previous (database, save->task_row, "conflict", error))
    return FALSE;
  return measure_body (database, save->body, &measure, error)
         && write_row (database, save->task_row, &draft, &measure, TRUE, error)
         && _assay_store_update_state (database, save->task_row, &job->changes, error);
}

static void
after_save_draft (AssayJob *job, AssayStoreThread *thread)
{
  DraftSave *save = job->data;

  if (save->submitted)
    g_set_error_literal (&job->error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                         _ ("This task was submitted meanwhile. The text was kept as a revision."));
}

static gboolean
run_list_revisions (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *row = job->data;
  g_autoptr (GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT body FROM draft_revision WHERE task = ?1 ORDER BY id DESC", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, *row);
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (revisions, assay_statement_dup_bytes (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&revisions));
  return TRUE;
}

static DraftSave *
draft_save_new (gint64 task_row,
                const char *judgement_id,
                const char *digest,
                GBytes *draft,
                gboolean is_empty)
{
  DraftSave *save = g_new0 (DraftSave, 1);

  save->task_row = task_row;
  save->judgement = g_strdup (judgement_id);
  save->digest = g_strdup (digest);
  save->body = g_bytes_ref (draft);
  save->is_empty = is_empty;
  return save;
}

DexFuture *
assay_store_offer_draft (AssayStore *self,
                         gint64 task_row,
                         const char *judgement_id,
                         const char *digest,
                         GBytes *draft)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (judgement_id != NULL, NULL);
  g_return_val_if_fail (digest != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_offer_draft,
                                                 draft_save_new (task_row, judgement_id, digest,
                                                                 draft, FALSE),
                                                 (GDestroyNotify) draft_save_free));
}

static DexFuture *
push_draft (AssayStore *self, AssayJobFunc run, DraftSave *save)
{
  AssayJob *job =
      assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run, save, (GDestroyNotify) draft_save_free);

  job->after = after_save_draft;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_replace_draft (AssayStore *self,
                           gint64 task_row,
                           const char *judgement_id,
                           const char *digest,
                           GBytes *draft)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (judgement_id != NULL, NULL);
  g_return_val_if_fail (digest != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  return push_draft (self, run_replace_draft,
                     draft_save_new (task_row, judgement_id, digest, draft, FALSE));
}

DexFuture *
assay_store_save_draft (AssayStore *self,
                        gint64 task_row,
                        const char *judgement_id,
                        const char *digest,
                        GBytes *draft,
                        gboolean is_empty)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (judgement_id != NULL, NULL);
  g_return_val_if_fail (digest != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  return push_draft (self, run_save_draft,
                     draft_save_new (task_row, judgement_id, digest, draft, is_empty));
}

DexFuture *
assay_store_list_draft_revisions (AssayStore *self, gint64 task_row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_list_revisions,
                                           g_memdup2 (&task_row, sizeof task_row), g_free));
}
