/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-open-task-private.h"
#include "assay-store-accounts-private.h"

/* The tasks of an AssayStore: adding, counting, opening. Lists are in assay-store-query.c. */

/* A keystroke's draft may have to wait for one transaction of this size: some 20 ms. */
#define TASKS_PER_SLICE 100
/* More than one transaction ever adds. */
#define COUNTED_ROOM 1000

typedef struct
{
  gint64 project;
  GPtrArray *tasks; /* (owned) */
  guint n_done;
  guint n_new;
} NewTasks;

/* What the search is told of a task at the end: a statement that comes between two rows of the
 * index would have it write out what it gathered. */
typedef struct
{
  gint64 row;
  AssayTask *task; /* (owned) */
  gboolean is_new;
} Unindexed;

static const char *const state_names[ASSAY_N_TASK_STATES] = {
  [ASSAY_TASK_READY] = "ready",         [ASSAY_TASK_STARTED] = "started",
  [ASSAY_TASK_QUEUED] = "queued",       [ASSAY_TASK_SENT] = "sent",
  [ASSAY_TASK_RETURNED] = "returned",   [ASSAY_TASK_REFUSED] = "refused",
  [ASSAY_TASK_WITHDRAWN] = "withdrawn",
};

const char *
_assay_task_state_to_name (AssayTaskState state)
{
  g_assert (state < ASSAY_N_TASK_STATES);
  return state_names[state];
}

AssayTaskState
_assay_task_state_from_name (const char *name)
{
  for (guint i = 0; i < ASSAY_N_TASK_STATES; i++)
    if (g_strcmp0 (name, state_names[i]) == 0)
      return i;
  return ASSAY_TASK_READY;
}

static void
new_tasks_free (NewTasks *new_tasks)
{
  g_ptr_array_unref (new_tasks->tasks);
  g_free (new_tasks);
}

static gint64 *
row_new (gint64 row)
{
  return g_memdup2 (&row, sizeof row);
}

gboolean
_assay_store_update_state (AssayDatabase *database,
                           gint64 task_row,
                           AssayStoreChanges *changes,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "WITH next (state) AS (SELECT CASE"
      " WHEN EXISTS (SELECT 1 FROM outbox WHERE task = CAST(?1 AS TEXT)"
      "  AND state IN ('queued', 'sending', 'unknown')) THEN 'queued'"
      " WHEN EXISTS (SELECT 1 FROM draft WHERE task = ?1 AND active = 1)"
      "  AND (SELECT j.fate FROM judgement j WHERE j.task = ?1"
      "   AND j.lease IS (SELECT id FROM lease WHERE task = ?1)"
      "   AND " ASSAY_STORE_SQL_IS_ACCEPTED (
          "j") "   ORDER BY j.revision DESC LIMIT 1) = 'returned' THEN 'returned'"
               " WHEN EXISTS (SELECT 1 FROM draft WHERE task = ?1 AND active = 1 AND (is_empty = 0"
               "  OR EXISTS (SELECT 1 FROM judgement WHERE task = ?1))) THEN 'started'"
               " WHEN EXISTS (SELECT 1 FROM outbox WHERE task = CAST(?1 AS TEXT)"
               "  AND state = 'refused') THEN 'refused'"
               " WHEN EXISTS (SELECT 1 FROM judgement WHERE task = ?1) THEN 'sent'"
               " ELSE 'ready' END)"
               " UPDATE task SET state = next.state FROM next"
               " WHERE id = ?1 AND task.state <> next.state AND task.state NOT IN ('withdrawn')"
               " RETURNING project",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, task_row);
  if (assay_statement_step (statement, &local_error))
    {
      changes->tasks = TRUE;
      changes->tasks_project = assay_statement_get_int (statement, 0);
      changes->task_row = task_row;
      /* To its end: what it returns is only then written. */
      return assay_statement_run (statement, error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* What an hour of the work pays in minor units; 0 if that is not known. */
static gint64
pay_per_hour (AssayPayModel model, gint64 amount_minor, guint est_minutes)
{
  switch (model)
    {
    case ASSAY_PAY_HOURLY:
      return amount_minor;
    case ASSAY_PAY_PER_TASK:
      return est_minutes > 0 ? amount_minor * 60 / est_minutes : 0;
    case ASSAY_PAY_NONE:
    default:
      return 0;
    }
}

static void
bind_task (AssayStatement *statement, AssayTask *task)
{
  gint64 amount = 0;
  const char *currency = NULL;
  AssayPayModel model = assay_task_get_pay (task, &amount, &currency);
  guint est_minutes = assay_task_get_est_minutes (task);

  assay_statement_bind_text (statement, 2, assay_task_get_id (task));
  assay_statement_bind_text (statement, 3, assay_task_get_external_id (task));
  assay_statement_bind_text (statement, 4, assay_task_get_title (task));
  assay_statement_bind_text (statement, 5, assay_task_get_kind (task));
  assay_statement_bind_text (statement, 6, assay_task_get_language (task));
  assay_statement_bind_int (statement, 7, assay_task_get_n_responses (task));
  assay_statement_bind_int (statement, 8, est_minutes);
  assay_statement_bind_int (statement, 9, model != ASSAY_PAY_NONE ? amount : 0);
  assay_statement_bind_number (statement, 10, pay_per_hour (model, amount, est_minutes));
  assay_statement_bind_text (statement, 11, model != ASSAY_PAY_NONE ? currency : NULL);
  assay_statement_bind_number (statement, 12, assay_task_get_deadline_ms (task));
  assay_statement_bind_text (statement, 13, assay_task_get_guideline_id (task));
  assay_statement_bind_number (statement, 14, assay_task_get_guideline_version (task));
  assay_statement_bind_text (statement, 15, assay_task_get_digest (task));
}

/* Sets @row; 0 for none. @fresh: nothing of a person's refers to its text. */
static gboolean
find_task (AssayDatabase *database,
           gint64 project,
           AssayTask *task,
           gint64 *row,
           gboolean *fresh,
           gboolean *same,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, t.digest, t.state = 'ready' AND NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id)"
      " AND NOT EXISTS (SELECT 1 FROM judgement WHERE task = t.id)"
      /* Its texts were forgotten, and are here again. */
      " OR t.digest = ''"
      " FROM task t WHERE t.project = ?1 AND t.task_id = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  *row = 0;
  *fresh = FALSE;
  *same = FALSE;
  assay_statement_bind_int (statement, 1, project);
  assay_statement_bind_text (statement, 2, assay_task_get_id (task));
  if (assay_statement_step (statement, &local_error))
    {
      *row = assay_statement_get_int (statement, 0);
      *same =
          g_strcmp0 (assay_statement_get_text (statement, 1), assay_task_get_digest (task)) == 0;
      *fresh = assay_statement_get_int (statement, 2) != 0;
      assay_statement_reset (statement);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static void
unindexed_clear (gpointer data)
{
  Unindexed *unindexed = data;

  g_object_unref (unindexed->task);
}

static void
index_later (AssayTaskWriter *self, gint64 row, AssayTask *task, gboolean is_new)
{
  Unindexed unindexed = { row, g_object_ref (task), is_new };

  g_array_append_val (self->unindexed, unindexed);
}

static gboolean
insert_task (AssayTaskWriter *self,
             AssayDatabase *database,
             gint64 project,
             AssayTask *task,
             gint64 *row,
             GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO task (project, task_id, external_id, title, kind, language, n_responses, est_minutes,"
      " pay_minor, pay_per_hour, currency, deadline_ms, guideline, guideline_version, digest, position,"
      " added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  bind_task (statement, task);
  assay_statement_bind_int (statement, 16, self->position++);
  assay_statement_bind_int (statement, 17, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;

  *row = assay_database_get_last_row (database);
  index_later (self, *row, task, TRUE);
  return _assay_store_write_content (database, *row, task, self->forms, error);
}

static gboolean
replace_task (AssayTaskWriter *self,
              AssayDatabase *database,
              gint64 row,
              AssayTask *task,
              gboolean same,
              gboolean *changed,
              GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE task SET task_id = ?2, external_id = ?3, title = ?4, kind = ?5, language = ?6,"
      " n_responses = ?7, est_minutes = ?8, pay_minor = ?9, pay_per_hour = ?10, currency = ?11,"
      " deadline_ms = ?12, guideline = ?13, guideline_version = ?14, digest = ?15 WHERE id = ?1"
      /* A platform lists everything again and again; nothing is written for that. */
      " AND (task_id, external_id, title, kind, language, n_responses, est_minutes, pay_minor,"
      "  pay_per_hour, currency, deadline_ms, guideline, guideline_version, digest)"
      " IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, row);
  bind_task (statement, task);
  if (!assay_statement_run (statement, error))
    return FALSE;
  *changed = assay_database_get_n_changes (database) > 0;
  if (!_assay_store_write_content (database, row, task, self->forms, error))
    return FALSE;
  *changed |= assay_database_get_n_changes (database) > 0;
  if (!same)
    index_later (self, row, task, FALSE);
  return TRUE;
}

static gboolean
find_next_position (AssayDatabase *database, gint64 project, gint64 *position, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database, "SELECT COALESCE (max (position) + 1, 0) FROM task WHERE project = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, project);
  if (assay_statement_step (statement, &local_error))
    {
      *position = assay_statement_get_int (statement, 0);
      assay_statement_reset (statement);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
_assay_store_count_room (AssayDatabase *database, gint64 limit, guint *room, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement;

  /* Numbers are not used twice, so that there are never more tasks than the last one's number; to
   * count them takes longer. */
  statement =
      assay_database_prepare (database,
                              "SELECT ?1 - CASE WHEN COALESCE (max (id), 0) <= ?1 - ?2"
                              " THEN max (id) ELSE (SELECT count(*) FROM task) END FROM task",
                              error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, limit);
  assay_statement_bind_int (statement, 2, COUNTED_ROOM);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *room = assay_statement_is_null (statement, 0)
              ? (guint) limit
              : (guint) MAX (assay_statement_get_int (statement, 0), 0);
  assay_statement_reset (statement);
  return TRUE;
}

gboolean
_assay_store_task_writer_init (AssayTaskWriter *self, AssayDatabase *database, GError **error)
{
  *self = (AssayTaskWriter) {
    .forms = _assay_store_forms_written (),
    .unindexed = g_array_new (FALSE, FALSE, sizeof (Unindexed)),
  };
  g_array_set_clear_func (self->unindexed, unindexed_clear);
  return _assay_store_count_room (database, ASSAY_LIMIT_INBOX_TASKS, &self->room, error);
}

void
_assay_store_task_writer_clear (AssayTaskWriter *self)
{
  g_clear_pointer (&self->forms, g_hash_table_unref);
  g_clear_pointer (&self->unindexed, g_array_unref);
}

gboolean
_assay_store_task_writer_finish (AssayTaskWriter *self, AssayDatabase *database, GError **error)
{
  for (guint i = 0; i < self->unindexed->len; i++)
    {
      const Unindexed *unindexed = &g_array_index (self->unindexed, Unindexed, i);

      if (!_assay_store_index_task (database, unindexed->row, unindexed->task, unindexed->is_new,
                                    error))
        return FALSE;
    }
  g_array_set_size (self->unindexed, 0);
  return TRUE;
}

gboolean
_assay_store_put_task (AssayTaskWriter *self,
                       AssayDatabase *database,
                       gint64 project,
                       AssayTask *task,
                       gint64 *row,
                       gboolean *changed,
                       GError **error)
{
  gboolean fresh, same;

  *changed = FALSE;
  if (!find_task (database, project, task, row, &fresh, &same, error))
    return FALSE;
  if (*row != 0)
    return !fresh || replace_task (self, database, *row, task, same, changed, error);
  if (self->room == 0)
    {
      g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_LIMIT,
                   _ ("There are %d tasks already, as many as can be kept. Remove a project that "
                      "is done with."),
                   ASSAY_LIMIT_INBOX_TASKS);
      return FALSE;
    }
  if (self->project != project)
    {
      if (!find_next_position (database, project, &self->position, error))
        return FALSE;
      self->project = project;
    }

  self->room--;
  self->n_new++;
  *changed = TRUE;
  return insert_task (self, database, project, task, row, error);
}

static gboolean
run_add_tasks (AssayJob *job, AssayDatabase *database, GError **error)
{
  NewTasks *new_tasks = job->data;
  guint end = MIN (new_tasks->n_done + TASKS_PER_SLICE, new_tasks->tasks->len);
  g_auto (AssayTaskWriter) writer = { 0 };

  if (!_assay_store_task_writer_init (&writer, database, error))
    return FALSE;
  for (; new_tasks->n_done < end; new_tasks->n_done++)
    {
      gint64 row;
      gboolean changed;

      if (!_assay_store_put_task (&writer, database, new_tasks->project,
                                  new_tasks->tasks->pdata[new_tasks->n_done], &row, &changed,
                                  error))
        return FALSE;
    }
  if (!_assay_store_task_writer_finish (&writer, database, error))
    return FALSE;

  new_tasks->n_new += writer.n_new;
  job->changes.tasks = new_tasks->tasks->len > 0;
  job->changes.tasks_project = new_tasks->project;
  job->again = end < new_tasks->tasks->len;
  if (!job->again)
    {
      g_value_init (&job->result, G_TYPE_UINT);
      g_value_set_uint (&job->result, new_tasks->n_new);
    }
  return TRUE;
}

static gboolean
run_count_tasks (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *project = job->data;
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), ASSAY_N_TASK_STATES);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      *project != 0 ? "SELECT state, count(*) FROM task WHERE project = ?1 GROUP BY state"
                    : "SELECT state, count(*) FROM task GROUP BY state",
      error);

  if (statement == NULL)
    return FALSE;
  g_array_set_size (counts, ASSAY_N_TASK_STATES);
  if (*project != 0)
    assay_statement_bind_int (statement, 1, *project);
  while (assay_statement_step (statement, &local_error))
    g_array_index (counts, guint,
                   _assay_task_state_from_name (assay_statement_get_text (statement, 0))) =
        assay_statement_get_int (statement, 1);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&counts));
  return TRUE;
}

/* Reads the task and its project, and what it says of the guideline. */
static gboolean
read_task (AssayDatabase *database, gint64 row, AssayOpenTask *open, GError **error)
{
  enum
  {
    TASK = 3,
    PROJECT = TASK + ASSAY_STORE_N_TASK_COLUMNS,
    LEASE = PROJECT + ASSAY_STORE_N_PROJECT_COLUMNS,
    PROJECT_GUIDELINE = LEASE - 2,
  };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) forms = _assay_store_forms_read ();
  g_autofree char *guideline = NULL;
  int version, guideline_column;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.state, t.guideline, t.guideline_version, " ASSAY_STORE_TASK_COLUMNS
      ", " ASSAY_STORE_PROJECT_COLUMNS ", " ASSAY_STORE_LEASE_COLUMNS
      " FROM task t JOIN task_content c ON c.task = t.id JOIN form f ON f.id = c.form"
      " JOIN project p ON p.id = t.project LEFT JOIN lease l ON l.task = t.id WHERE t.id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, row);
  if (!assay_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        g_set_error_literal (&local_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                             _ ("There is no such task any more."));
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  open->row = row;
  open->state = _assay_task_state_from_name (assay_statement_get_text (statement, 0));
  open->project = _assay_store_read_project (statement, PROJECT);
  open->lease = _assay_store_read_lease (statement, LEASE);
  open->n_bytes = strlen (assay_statement_get_text (statement, TASK + 1))
                  + strlen (assay_statement_get_text (statement, TASK + 2));
  open->task = _assay_store_read_task (statement, TASK, forms, error);
  if (open->task == NULL)
    return FALSE;

  /* The version that the task names, or else the one in force. */
  guideline_column = assay_statement_is_null (statement, 1) ? PROJECT_GUIDELINE : 1;
  guideline = assay_statement_dup_text (statement, guideline_column);
  version = assay_statement_get_int (statement, guideline_column + 1);
  assay_statement_reset (statement);

  /* Work goes on without it. */
  if (guideline != NULL)
    open->guideline = _assay_store_load_guideline (database, guideline, version, NULL);
  return TRUE;
}

/* The draft if there is one, else what was settled last, else nothing. */
static gboolean
read_judgement (AssayDatabase *database, AssayOpenTask *open, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT COALESCE ((SELECT body FROM draft WHERE task = ?1 AND active = 1),"
      " (SELECT body FROM judgement WHERE task = ?1 ORDER BY revision DESC LIMIT 1))",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, open->row);
  if (assay_statement_step (statement, &local_error))
    text = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (text != NULL)
    {
      open->judgement = _assay_store_parse_judgement (open->task, text, &local_error);
      /* The text that cannot be read stays: the first save of the new one keeps it as a revision.
       */
      if (open->judgement == NULL)
        g_warning ("The judgement of task %" G_GINT64_FORMAT " cannot be read: %s", open->row,
                   local_error->message);
    }
  if (open->judgement == NULL)
    open->judgement = assay_judgement_new (open->task);
  return TRUE;
}

static gboolean
run_load_task (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *row = job->data;
  g_autoptr (AssayOpenTask) open = g_object_new (ASSAY_TYPE_OPEN_TASK, NULL);

  if (!read_task (database, *row, open, error) || !read_judgement (database, open, error))
    return FALSE;
  g_value_init (&job->result, ASSAY_TYPE_OPEN_TASK);
  g_value_take_object (&job->result, g_steal_pointer (&open));
  return TRUE;
}

DexFuture *
assay_store_add_tasks (AssayStore *self, gint64 project, GPtrArray *tasks)
{
  NewTasks *new_tasks;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);
  g_return_val_if_fail (tasks != NULL, NULL);

  new_tasks = g_new0 (NewTasks, 1);
  new_tasks->project = project;
  new_tasks->tasks = g_ptr_array_ref (tasks);
  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_BULK, ASSAY_JOB_WRITE_BULK, run_add_tasks,
                                           new_tasks, (GDestroyNotify) new_tasks_free));
}

DexFuture *
assay_store_count_tasks (AssayStore *self, gint64 project)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_count_tasks,
                                                 row_new (project), g_free));
}

DexFuture *
assay_store_load_task (AssayStore *self, gint64 row)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_load_task,
                                                 row_new (row), g_free));
}
