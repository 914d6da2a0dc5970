/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-spool.h"
#include "assay-store-accounts-private.h"

/* The accounts of an AssayStore, and what goes with one that is forgotten. */

/* An account is a record that its owner may go on changing: this is what it was when it was saved.
 */
typedef struct
{
  char *id;
  char *kind;
  char *title;
  char *address;  /* (nullable) */
  char *settings; /* (nullable) */
} AccountRecord;

typedef struct
{
  char *account;
  gboolean with_unsent;
  GPtrArray *submissions; /* (owned): spool files that go with it */
} Forgetting;

G_DEFINE_BOXED_TYPE (AssayAccountStock, assay_account_stock, assay_account_stock_copy, g_free)

AssayAccountStock *
assay_account_stock_copy (const AssayAccountStock *self)
{
  return g_memdup2 (self, sizeof *self);
}

static void
account_record_free (AccountRecord *record)
{
  g_free (record->id);
  g_free (record->kind);
  g_free (record->title);
  g_free (record->address);
  g_free (record->settings);
  g_free (record);
}

static void
forgetting_free (Forgetting *forgetting)
{
  g_free (forgetting->account);
  g_ptr_array_unref (forgetting->submissions);
  g_free (forgetting);
}

static AssayAccount *
read_account (AssayStatement *statement)
{
  AssayAccount *account = assay_account_new (assay_statement_get_text (statement, 0),
                                             assay_statement_get_text (statement, 1),
                                             assay_statement_get_text (statement, 2),
                                             assay_statement_get_text (statement, 3));
  /* Settings that cannot be read any more must not hide the account. */
  g_autoptr (JsonObject) settings =
      _assay_json_object_from_string (assay_statement_get_text (statement, 4));

  if (settings != NULL)
    assay_account_set_settings (account, settings);
  assay_account_set_cursor (account, assay_statement_get_text (statement, 5));
  return account;
}

static gboolean
run_list (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT id, kind, title, address, settings, cursor FROM account"
                              " ORDER BY title COLLATE NOCASE, id",
                              error);

  if (statement == NULL)
    return FALSE;
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (accounts, read_account (statement));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&accounts));
  return TRUE;
}

static gboolean
run_save (AssayJob *job, AssayDatabase *database, GError **error)
{
  const AccountRecord *record = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO account (id, kind, title, address, settings, created_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (id) DO UPDATE SET kind = ?2, title = ?3, address = ?4, settings = ?5"
      " WHERE (kind, title, address, settings) IS NOT (?2, ?3, ?4, ?5)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, record->id);
  assay_statement_bind_text (statement, 2, record->kind);
  assay_statement_bind_text (statement, 3, record->title);
  assay_statement_bind_text (statement, 4, record->address);
  assay_statement_bind_text (statement, 5, record->settings);
  assay_statement_bind_int (statement, 6, g_get_real_time ());
  if (!assay_statement_run (statement, error))
    return FALSE;
  job->changes.projects = assay_database_get_n_changes (database) > 0;
  return TRUE;
}

static gboolean
read_stock (AssayDatabase *database, const char *account, AssayAccountStock *stock, GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "WITH owned AS (SELECT t.id FROM task t JOIN project p ON p.id = t.project"
      "  WHERE p.account = ?1)"
      " SELECT (SELECT count(*) FROM project WHERE account = ?1),"
      " (SELECT count(*) FROM owned),"
      " (SELECT count(*) FROM draft WHERE active = 1 AND is_empty = 0"
      "  AND task IN (SELECT id FROM owned)),"
      " (SELECT count(*) FROM judgement j WHERE j.task IN (SELECT id FROM owned)"
      "  AND " ASSAY_STORE_SQL_IS_ACCEPTED (
          "j") "),"
               " (SELECT count(*) FROM outbox WHERE account = ?1 AND state IN ('queued', 'refused')),"
               " (SELECT count(*) FROM outbox WHERE account = ?1 AND state IN ('sending', 'unknown'))"
               " FROM account WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("There is no such account any more."));
      return FALSE;
    }
  *stock = (AssayAccountStock) {
    .n_projects = (guint) assay_statement_get_int (statement, 0),
    .n_tasks = (guint) assay_statement_get_int (statement, 1),
    .n_drafts = (guint) assay_statement_get_int (statement, 2),
    .n_judgements = (guint) assay_statement_get_int (statement, 3),
    .n_unsent = (guint) assay_statement_get_int (statement, 4),
    .n_doubtful = (guint) assay_statement_get_int (statement, 5),
  };
  assay_statement_reset (statement);
  return TRUE;
}

static gboolean
run_take_stock (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayAccountStock stock;

  if (!read_stock (database, job->data, &stock, error))
    return FALSE;
  g_value_init (&job->result, ASSAY_TYPE_ACCOUNT_STOCK);
  g_value_set_boxed (&job->result, &stock);
  return TRUE;
}

static gboolean
check_forgettable (AssayDatabase *database, const Forgetting *forgetting, GError **error)
{
  AssayAccountStock stock;

  if (!read_stock (database, forgetting->account, &stock, error))
    return FALSE;
  if (stock.n_doubtful > 0)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                           _ ("Something of this account may be on its way. Wait until it is known "
                              "whether it arrived."));
      return FALSE;
    }
  if (stock.n_unsent > 0 && !forgetting->with_unsent)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                           _ ("Something of this account still waits to be sent."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
run_steps (AssayDatabase *database,
           const char *const *steps,
           guint n_steps,
           const char *account,
           GError **error)
{
  for (guint i = 0; i < n_steps; i++)
    {
      AssayStatement *statement = assay_database_prepare (database, steps[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_text (statement, 1, account);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
list_submissions (AssayDatabase *database, Forgetting *forgetting, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT submission FROM outbox WHERE account = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, forgetting->account);
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (forgetting->submissions, assay_statement_dup_text (statement, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
delete_projects (AssayDatabase *database, const char *account, GError **error)
{
  g_autoptr (GArray) projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  gboolean found;
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT id FROM project WHERE account = ?1", error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, account);
  while (assay_statement_step (statement, &local_error))
    {
      gint64 project = assay_statement_get_int (statement, 0);

      g_array_append_val (projects, project);
    }
  for (guint i = 0; local_error == NULL && i < projects->len; i++)
    _assay_store_delete_project (database, g_array_index (projects, gint64, i), &found,
                                 &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_forget (AssayJob *job, AssayDatabase *database, GError **error)
{
  /* Unsent work is never deleted: it is taken back first. */
  static const char *const before[] = {
    "UPDATE outbox SET state = 'withdrawn' WHERE account = ?1 AND state IN ('queued', 'refused')",
  };
  static const char *const after[] = {
    "DELETE FROM attempt WHERE outbox IN (SELECT id FROM outbox WHERE account = ?1)",
    "DELETE FROM outbox WHERE account = ?1",
    "DELETE FROM feedback WHERE account = ?1",
    "DELETE FROM account WHERE id = ?1",
  };
  Forgetting *forgetting = job->data;

  if (!check_forgettable (database, forgetting, error)
      || !list_submissions (database, forgetting, error)
      || !run_steps (database, before, G_N_ELEMENTS (before), forgetting->account, error)
      || !delete_projects (database, forgetting->account, error)
      || !run_steps (database, after, G_N_ELEMENTS (after), forgetting->account, error)
      || !_assay_store_delete_leftovers (database, error))
    return FALSE;
  job->changes.projects = TRUE;
  job->changes.tasks = TRUE;
  job->changes.outbox = TRUE;
  return TRUE;
}

static void
after_forget (AssayJob *job, AssayStoreThread *thread)
{
  Forgetting *forgetting = job->data;
  AssayProfileFolder *folder = assay_store_thread_get_folder (thread);

  for (guint i = 0; i < forgetting->submissions->len; i++)
    assay_spool_remove (folder->spool, forgetting->submissions->pdata[i]);
}

DexFuture *
assay_store_list_accounts (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self,
                            assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list, NULL, NULL));
}

DexFuture *
assay_store_save_account (AssayStore *self, AssayAccount *account)
{
  AccountRecord *record;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);

  record = g_new0 (AccountRecord, 1);
  record->id = g_strdup (assay_account_get_id (account));
  record->kind = g_strdup (assay_account_get_kind (account));
  record->title = g_strdup (assay_account_get_title (account));
  record->address = g_strdup (assay_account_get_address (account));
  record->settings = _assay_json_object_to_string (assay_account_get_settings (account));
  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_save, record,
                                                 (GDestroyNotify) account_record_free));
}

DexFuture *
assay_store_take_stock (AssayStore *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_OPEN, ASSAY_JOB_PLAIN, run_take_stock,
                                                 g_strdup (account), g_free));
}

DexFuture *
assay_store_forget_account (AssayStore *self, const char *account, gboolean with_unsent)
{
  Forgetting *forgetting;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  forgetting = g_new0 (Forgetting, 1);
  forgetting->account = g_strdup (account);
  forgetting->with_unsent = with_unsent;
  forgetting->submissions = g_ptr_array_new_with_free_func (g_free);
  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_forget, forgetting,
                       (GDestroyNotify) forgetting_free);
  job->after = after_forget;
  return _assay_store_push (self, job);
}
