/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-store-accounts.h"
#include "assay-store-private.h"

/* What an AssayStore does about the texts of tasks that are done with: platforms and people may
 * want them gone. The judgements are the person's own, and stay. */

#define TASKS_PER_SLICE 100

typedef struct
{
  gint64 project;
  gint64 settled_before;
  guint n_forgotten;
} Forgetting;

/* Delivered and not come back, with nothing on its way and nothing begun anew. A task that the
 * platform sends again is whole again: its digest fits no text. */
#define SETTLED                                                                                    \
  "SELECT t.id, c.json FROM task t JOIN task_content c ON c.task = t.id"                           \
  " WHERE t.project = ?1 AND t.state = 'sent' AND t.digest <> ''"                                  \
  " AND NOT EXISTS (SELECT 1 FROM draft WHERE task = t.id AND active = 1)"                         \
  " AND NOT EXISTS (SELECT 1 FROM outbox WHERE task = CAST (t.id AS TEXT)"                         \
  "                 AND state NOT IN ('accepted', 'withdrawn'))"                                   \
  " AND (SELECT max (submitted_at) FROM judgement WHERE task = t.id) < ?2"                         \
  " ORDER BY t.id LIMIT ?3"

typedef struct
{
  gint64 row;
  char *json;
} Settled;

static void
settled_free (gpointer data)
{
  Settled *settled = data;

  g_free (settled->json);
  g_free (settled);
}

static GPtrArray *
list_settled (AssayDatabase *database, const Forgetting *forgetting, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (settled_free);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (database, SETTLED, error);

  if (statement == NULL)
    return NULL;
  assay_statement_bind_int (statement, 1, forgetting->project);
  assay_statement_bind_int (statement, 2, forgetting->settled_before);
  assay_statement_bind_int (statement, 3, TASKS_PER_SLICE);
  while (assay_statement_step (statement, &local_error))
    {
      Settled *settled = g_new0 (Settled, 1);

      settled->row = assay_statement_get_int (statement, 0);
      settled->json = assay_statement_dup_text (statement, 1);
      g_ptr_array_add (list, settled);
    }
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* What cannot be read holds nothing that is to be kept. */
static char *
make_stub (const char *json)
{
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, NULL);
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;
  g_autoptr (JsonNode) empty = NULL;

  if (object == NULL)
    {
      object = json_object_new ();
      empty = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
    }
  assay_task_forget_texts (object);
  /* As in what is whole; see assay-store-content.c. */
  json_object_set_null_member (object, "form");
  return assay_json_to_string (empty != NULL ? empty : node);
}

static gboolean
forget (AssayDatabase *database, const Settled *settled, GError **error)
{
  static const char *const statements[] = {
    "UPDATE task_content SET json = ?2 WHERE task = ?1",
    "UPDATE task SET title = task_id, digest = '' WHERE id = ?1",
    "DELETE FROM search_task WHERE rowid = ?1",
  };
  g_autofree char *stub = make_stub (settled->json);

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      AssayStatement *statement = assay_database_prepare (database, statements[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_int (statement, 1, settled->row);
      if (i == 0)
        assay_statement_bind_text (statement, 2, stub);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_forget_texts (AssayJob *job, AssayDatabase *database, GError **error)
{
  Forgetting *forgetting = job->data;
  g_autoptr (GPtrArray) list = NULL;

  /* What is gone is not to be found in the file's free places either. */
  if (!assay_database_execute (database, "PRAGMA secure_delete = ON", error))
    return FALSE;
  list = list_settled (database, forgetting, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!forget (database, list->pdata[i], error))
      g_clear_pointer (&list, g_ptr_array_unref);
  if (list == NULL)
    {
      assay_database_execute (database, "PRAGMA secure_delete = OFF", NULL);
      return FALSE;
    }
  if (!assay_database_execute (database, "PRAGMA secure_delete = OFF", error))
    return FALSE;

  forgetting->n_forgotten += list->len;
  job->changes.tasks = list->len > 0;
  job->changes.tasks_project = forgetting->project;
  job->again = list->len == TASKS_PER_SLICE;
  if (!job->again)
    {
      g_value_init (&job->result, G_TYPE_UINT);
      g_value_set_uint (&job->result, forgetting->n_forgotten);
    }
  return TRUE;
}

DexFuture *
assay_store_forget_texts (AssayStore *self, gint64 project, gint64 settled_before)
{
  const Forgetting forgetting = { .project = project, .settled_before = settled_before };

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (project > 0, NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_BULK, ASSAY_JOB_WRITE, run_forget_texts,
                                           g_memdup2 (&forgetting, sizeof forgetting), g_free));
}
