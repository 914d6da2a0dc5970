/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-search-text.h"
#include "assay-store-private.h"

/* The lists of an AssayStore: which rows in which order, and what a list shows of them. */

/* One row as it was read, until the main thread takes it. */
typedef struct
{
  gint64 row;
  AssayTaskSummaryData data; /* its strings are owned */
} Reading;

typedef struct
{
  GPtrArray *summaries; /* (owned): only the main thread touches them */
  char *rows;           /* a JSON list of their ids */
  GArray *readings;     /* (owned) (nullable): of Reading */
} Filling;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_free ((char *) reading->data.title);
  g_free ((char *) reading->data.kind);
  g_free ((char *) reading->data.language);
  g_free ((char *) reading->data.project_title);
  g_free ((char *) reading->data.account);
  g_free ((char *) reading->data.currency);
}

static void
filling_free (Filling *filling)
{
  g_ptr_array_unref (filling->summaries);
  g_clear_pointer (&filling->readings, g_array_unref);
  g_free (filling->rows);
  g_free (filling);
}

/* A JSON list, for json_each(): the number of states must not make statements of its own. */
static char *
make_states (guint states)
{
  g_autoptr (GString) list = g_string_new ("[");

  for (guint i = 0; i < ASSAY_N_TASK_STATES; i++)
    if ((states & (1u << i)) != 0)
      {
        if (list->len > 1)
          g_string_append_c (list, ',');
        g_string_append_printf (list, "\"%s\"", _assay_task_state_to_name (i));
      }
  g_string_append_c (list, ']');
  return g_string_free_and_steal (g_steal_pointer (&list));
}

static const char *
order_for_sort (AssayTaskSort sort)
{
  switch (sort)
    {
    case ASSAY_SORT_DEADLINE:
      return " ORDER BY t.deadline_ms IS NULL, t.deadline_ms, t.project, t.position";
    case ASSAY_SORT_PAY:
      return " ORDER BY t.pay_per_hour IS NULL, t.pay_per_hour DESC, t.pay_minor DESC, t.project, t.position";
    case ASSAY_SORT_NEWEST:
      return " ORDER BY t.id DESC";
    case ASSAY_SORT_PROJECT_ORDER:
    default:
      return " ORDER BY t.project, t.position";
    }
}

/* Made of fixed pieces only; every value is bound, at a place of its own. */
static char *
make_sql (const AssayTaskQuery *query, gboolean one_state, gboolean search)
{
  GString *sql = g_string_new ("SELECT t.id FROM task t");

  g_string_append (sql, " WHERE 1");
  if (query->project != 0)
    g_string_append (sql, " AND t.project = ?1");
  if (query->account != NULL)
    g_string_append (sql, " AND t.project IN (SELECT id FROM project WHERE account = ?2)");
  if (query->states != 0)
    g_string_append (sql, one_state ? " AND t.state = ?3"
                                    : " AND t.state IN (SELECT value FROM json_each (?3))");
  if (query->kind != NULL)
    g_string_append (sql, " AND t.kind = ?4");
  if (query->language != NULL)
    g_string_append (sql, " AND t.language = ?5");
  if (search)
    g_string_append (sql,
                     " AND t.id IN (SELECT rowid FROM search_task WHERE search_task MATCH ?6"
                     " UNION SELECT rowid FROM search_rationale WHERE search_rationale MATCH ?6)");
  g_string_append (sql, order_for_sort (query->sort));
  return g_string_free_and_steal (sql);
}

static void
bind_query (AssayStatement *statement,
            const AssayTaskQuery *query,
            gboolean one_state,
            const char *match)
{
  g_autofree char *states = NULL;

  if (query->project != 0)
    assay_statement_bind_int (statement, 1, query->project);
  if (query->account != NULL)
    assay_statement_bind_text (statement, 2, query->account);
  if (query->states != 0 && one_state)
    {
      assay_statement_bind_text (statement, 3,
                                 _assay_task_state_to_name (g_bit_nth_lsf (query->states, -1)));
    }
  else if (query->states != 0)
    {
      states = make_states (query->states);
      assay_statement_bind_text (statement, 3, states);
    }
  if (query->kind != NULL)
    assay_statement_bind_text (statement, 4, query->kind);
  if (query->language != NULL)
    assay_statement_bind_text (statement, 5, query->language);
  if (match != NULL)
    assay_statement_bind_text (statement, 6, match);
}

static gboolean
run_query (AssayJob *job, AssayDatabase *database, GError **error)
{
  const AssayTaskQuery *query = job->data;
  gboolean one_state = query->states != 0 && (query->states & (query->states - 1)) == 0;
  g_autofree char *match = assay_search_text_make_query (query->text);
  g_autofree char *sql = make_sql (query, one_state, match != NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement;

  if (match != NULL && !_assay_store_index_rationales (database, error))
    return FALSE;

  statement = assay_database_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_query (statement, query, one_state, match);
  while (assay_statement_step (statement, &local_error))
    {
      gint64 row = assay_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&rows));
  return TRUE;
}

static gboolean
run_fill (AssayJob *job, AssayDatabase *database, GError **error)
{
  Filling *filling = job->data;
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT t.id, t.title, t.kind, t.language, p.title, p.account, t.project, t.state, t.n_responses,"
      " t.est_minutes, t.pay_minor, t.currency, t.deadline_ms,"
      " (SELECT expires_at FROM lease WHERE task = t.id AND state = 'held'),"
      " COALESCE ((SELECT changed_at FROM draft WHERE task = t.id AND active = 1),"
      "  (SELECT max (submitted_at) FROM judgement WHERE task = t.id), t.added_at)"
      " FROM json_each (?1) j CROSS JOIN task t ON t.id = j.value JOIN project p ON p.id = t.project",
      error);

  if (statement == NULL)
    return FALSE;
  /* It may have been stopped half way before. */
  g_clear_pointer (&filling->readings, g_array_unref);
  filling->readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  g_array_set_clear_func (filling->readings, reading_clear);

  assay_statement_bind_text (statement, 1, filling->rows);
  while (assay_statement_step (statement, &local_error))
    {
      Reading reading = {
        .row = assay_statement_get_int (statement, 0),
        .data = {
          .title = assay_statement_dup_text (statement, 1),
          .kind = assay_statement_dup_text (statement, 2),
          .language = assay_statement_dup_text (statement, 3),
          .project_title = assay_statement_dup_text (statement, 4),
          .account = assay_statement_dup_text (statement, 5),
          .project = assay_statement_get_int (statement, 6),
          .state = _assay_task_state_from_name (assay_statement_get_text (statement, 7)),
          .n_responses = assay_statement_get_int (statement, 8),
          .est_minutes = assay_statement_get_int (statement, 9),
          .pay_minor = assay_statement_get_int (statement, 10),
          .currency = assay_statement_dup_text (statement, 11),
          .deadline_ms = assay_statement_get_int (statement, 12),
          .lease_expires_us = assay_statement_get_int (statement, 13),
          .changed_at_us = assay_statement_get_int (statement, 14),
        },
      };

      g_array_append_val (filling->readings, reading);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* The rows come in the order that they were asked for; those that are gone are left out. */
static void
deliver_fill (AssayJob *job)
{
  Filling *filling = job->data;
  guint next = 0;

  if (job->error != NULL)
    return;
  for (guint i = 0; i < filling->summaries->len && next < filling->readings->len; i++)
    {
      AssayTaskSummary *summary = filling->summaries->pdata[i];
      const Reading *reading = &g_array_index (filling->readings, Reading, next);

      if (assay_task_summary_get_row (summary) != reading->row)
        continue;
      assay_task_summary_fill (summary, &reading->data);
      next++;
    }
}

DexFuture *
assay_store_query_tasks (AssayStore *self, const AssayTaskQuery *query)
{
  AssayTaskQuery *copy;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (query->states < (1u << ASSAY_N_TASK_STATES), NULL);

  copy = assay_task_query_copy (query);
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_query, copy,
                                                 (GDestroyNotify) assay_task_query_free));
}

DexFuture *
assay_store_fill_summaries (AssayStore *self, GPtrArray *summaries)
{
  g_autoptr (GString) rows = NULL;
  Filling *filling;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (summaries != NULL, NULL);

  rows = g_string_new ("[");
  filling = g_new0 (Filling, 1);
  filling->summaries = g_ptr_array_new_full (summaries->len, g_object_unref);
  for (guint i = 0; i < summaries->len; i++)
    {
      AssayTaskSummary *summary = summaries->pdata[i];

      g_ptr_array_add (filling->summaries, g_object_ref (summary));
      g_string_append_printf (rows, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                              assay_task_summary_get_row (summary));
    }
  g_string_append_c (rows, ']');
  filling->rows = g_string_free_and_steal (g_steal_pointer (&rows));

  job = assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_fill, filling,
                       (GDestroyNotify) filling_free);
  job->deliver = deliver_fill;
  return _assay_store_push (self, job);
}

static gboolean
list_values (AssayJob *job, AssayDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    g_strv_builder_take (values, assay_statement_dup_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_STRV);
  g_value_take_boxed (&job->result, g_strv_builder_end (values));
  return TRUE;
}

static gboolean
run_list_kinds (AssayJob *job, AssayDatabase *database, GError **error)
{
  return list_values (job, database, "SELECT DISTINCT kind FROM task ORDER BY kind", error);
}

static gboolean
run_list_languages (AssayJob *job, AssayDatabase *database, GError **error)
{
  return list_values (
      job, database,
      "SELECT DISTINCT language FROM task WHERE language IS NOT NULL ORDER BY language", error);
}

DexFuture *
assay_store_list_kinds (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list_kinds,
                                                 NULL, NULL));
}

DexFuture *
assay_store_list_languages (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN,
                                                 run_list_languages, NULL, NULL));
}
