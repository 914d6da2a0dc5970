/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-faultpoint.h"
#include "assay-outbox-item-private.h"
#include "assay-spool.h"
#include "assay-store-accounts-private.h"
#include "assay-store-limits.h"

/* The outbox of an AssayStore, for what delivers it. Judgements come in with a submission
 * (assay-store-submit.c), everything else here. */

G_STATIC_ASSERT (ASSAY_STORE_LONGEST_WAIT_US == G_GINT64_CONSTANT (86400000000));
G_STATIC_ASSERT (ASSAY_STORE_CLOCK_TOLERANCE_US == G_GINT64_CONSTANT (60000000));

typedef struct
{
  char *account; /* (nullable) */
  gint64 now;
  gboolean with_unknown;
} OutboxQuery;

typedef struct
{
  gint64 id;
  AssayOutboxState state;
  char *result_class;
  int status;
  char *receipt; /* (nullable) */
  gint64 next_at;
} AttemptEnd;

/* Something that is no judgement. */
typedef struct
{
  char *account;
  char *task;        /* its subject, as in the column */
  AssayFrame *frame; /* (owned) */
  char *submission;

  AssayOutboxItem *item; /* (owned) */
  GPtrArray *replaced;   /* (owned): refused ones that this takes the place of */
} Message;

static void
message_free (Message *message)
{
  g_free (message->account);
  g_free (message->task);
  assay_frame_free (message->frame);
  g_free (message->submission);
  g_clear_object (&message->item);
  g_ptr_array_unref (message->replaced);
  g_free (message);
}

static void
outbox_query_free (OutboxQuery *query)
{
  g_free (query->account);
  g_free (query);
}

static void
attempt_end_free (AttemptEnd *end)
{
  g_free (end->result_class);
  g_free (end->receipt);
  g_free (end);
}

static OutboxQuery *
outbox_query_new (const char *account, gint64 now, gboolean with_unknown)
{
  OutboxQuery *query = g_new0 (OutboxQuery, 1);

  query->account = g_strdup (account);
  query->now = now;
  query->with_unknown = with_unknown;
  return query;
}

static gboolean
return_items (AssayJob *job, GPtrArray *items)
{
  if (items == NULL)
    return FALSE;
  g_value_init (&job->result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (&job->result, items);
  return TRUE;
}

static gboolean
run_list_outbox (AssayJob *job, AssayDatabase *database, GError **error)
{
  return return_items (job, assay_outbox_items_read (database, ASSAY_OUTBOX_ITEMS_UNSETTLED, NULL,
                                                     error));
}

AssayOutboxItem *
_assay_store_insert_outbox (AssayDatabase *database,
                            const AssayOutboxRecord *record,
                            GError **error)
{
  GBytes *body = record->frame->body;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) sha256 = NULL;
  g_autoptr (GPtrArray) items = NULL;
  AssayOutboxItemsArguments arguments = { 0, NULL };
  guint8 digest[32];
  gsize digest_size = sizeof digest;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO outbox (submission, account, task, kind, method, target, body, body_sha256, created_at,"
      " next_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?9)",
      error);

  if (statement == NULL)
    return NULL;
  g_checksum_update (checksum, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_checksum_get_digest (checksum, digest, &digest_size);
  sha256 = g_bytes_new (digest, digest_size);

  assay_statement_bind_text (statement, 1, record->submission);
  assay_statement_bind_text (statement, 2, record->account);
  assay_statement_bind_text (statement, 3, record->task);
  assay_statement_bind_text (statement, 4, record->frame->kind);
  assay_statement_bind_text (statement, 5, record->frame->method);
  assay_statement_bind_text (statement, 6, record->frame->target);
  assay_statement_bind_blob (statement, 7, body);
  assay_statement_bind_blob (statement, 8, sha256);
  assay_statement_bind_int (statement, 9, record->now);
  assay_statement_bind_int (statement, 10, record->due);
  if (!assay_statement_run (statement, error))
    return NULL;

  arguments.number = assay_database_get_last_row (database);
  items = assay_outbox_items_read (database, ASSAY_OUTBOX_ITEMS_ONE, &arguments, error);
  return items != NULL ? g_object_ref (items->pdata[0]) : NULL;
}

/* CONFLICT while one like it waits; NOT_FOUND where nobody would deliver it. */
static gboolean
check_queueable (AssayDatabase *database, const Message *message, GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE account = ?1 AND task = ?2 AND kind = ?3"
      " AND state IN ('queued', 'sending', 'unknown')) FROM account WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, message->account);
  assay_statement_bind_text (statement, 2, message->task);
  assay_statement_bind_text (statement, 3, message->frame->kind);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND,
                           _ ("There is no such account any more."));
      return FALSE;
    }
  found = assay_statement_get_int (statement, 0) != 0;
  assay_statement_reset (statement);
  if (found)
    g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                         _ ("The same already waits to be sent."));
  return !found;
}

static gboolean
replace_refused (AssayDatabase *database, Message *message, gint64 now, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = 'withdrawn', changed_at = ?4 WHERE account = ?1 AND task = ?2"
      " AND kind = ?3 AND state = 'refused' RETURNING submission",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, message->account);
  assay_statement_bind_text (statement, 2, message->task);
  assay_statement_bind_text (statement, 3, message->frame->kind);
  assay_statement_bind_int (statement, 4, now);
  while (assay_statement_step (statement, &local_error))
    g_ptr_array_add (message->replaced, assay_statement_dup_text (statement, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_queue (AssayJob *job, AssayDatabase *database, GError **error)
{
  Message *message = job->data;
  gint64 now = g_get_real_time ();

  if (!check_queueable (database, message, error)
      || !replace_refused (database, message, now, error))
    return FALSE;
  message->item = _assay_store_insert_outbox (database,
                                              &(AssayOutboxRecord) {
                                                  .submission = message->submission,
                                                  .account = message->account,
                                                  .task = message->task,
                                                  .frame = message->frame,
                                                  .now = now,
                                                  .due = now,
                                              },
                                              error);
  if (message->item == NULL)
    return FALSE;
  job->changes.outbox = TRUE;
  g_value_init (&job->result, ASSAY_TYPE_OUTBOX_ITEM);
  g_value_set_object (&job->result, message->item);
  ASSAY_FAULTPOINT ("queue:before-commit");
  return TRUE;
}

/* As after a submission: upkeep tries again. */
static void
after_queue (AssayJob *job, AssayStoreThread *thread)
{
  Message *message = job->data;
  AssayProfileFolder *folder = assay_store_thread_get_folder (thread);
  g_autoptr (GError) error = NULL;

  ASSAY_FAULTPOINT ("queue:after-commit");
  if (!assay_spool_write (folder->spool, message->item, NULL, &error))
    g_warning ("The rescue copy of a submission could not be written: %s", error->message);
  ASSAY_FAULTPOINT ("queue:after-spool");
  for (guint i = 0; i < message->replaced->len; i++)
    assay_spool_remove (folder->spool, message->replaced->pdata[i]);
}

static gboolean
move_times (AssayDatabase *database, gint64 jump, GError **error)
{
  static const char *const steps[] = {
    "UPDATE outbox SET next_at = iif (next_at > 0, max (1, next_at + ?1), 0),"
    " changed_at = max (1, changed_at + ?1) WHERE state IN ('queued', 'unknown')",
    /* By this machine's clock, as it was when the platform said how long. */
    "UPDATE lease SET granted_at = granted_at + ?1, expires_at = max (1, expires_at + ?1)"
    " WHERE state = 'held'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AssayStatement *statement = assay_database_prepare (database, steps[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_int (statement, 1, jump);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Undo windows, waits and leases last as long as was said: when the clock is set, what is scheduled
 * by it moves along. */
static gboolean
follow_clock (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayClockWatch *watch =
      assay_store_thread_get_clock_watch (_assay_store_get_thread (ASSAY_STORE (job->owner)));
  gint64 jump = assay_clock_watch_get_jump (watch);

  if (jump == 0)
    return TRUE;
  if (!assay_database_begin (database, ASSAY_DURABILITY_PERSON, error))
    return FALSE;
  if (!move_times (database, jump, error))
    {
      assay_database_rollback (database);
      return FALSE;
    }
  if (!assay_database_commit (database, error))
    return FALSE;
  assay_clock_watch_settle (watch, jump);
  return TRUE;
}

static gboolean
run_list_due (AssayJob *job, AssayDatabase *database, GError **error)
{
  const OutboxQuery *query = job->data;
  const AssayOutboxItemsArguments arguments = { query->now, query->account };

  if (!follow_clock (job, database, error))
    return FALSE;
  return return_items (job, assay_outbox_items_read (database, ASSAY_OUTBOX_ITEMS_DUE, &arguments,
                                                     error));
}

static gboolean
run_next_due (AssayJob *job, AssayDatabase *database, GError **error)
{
  const OutboxQuery *query = job->data;
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement;

  if (!follow_clock (job, database, error))
    return FALSE;
  statement =
      assay_database_prepare (database,
                              "SELECT min (" ASSAY_STORE_SQL_DUE_AT
                              ") FROM outbox o WHERE o.state IN ('queued', 'unknown')"
                              " AND (?2 IS NULL OR o.account = ?2) AND (?3 OR o.state = 'queued')",
                              error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, query->now);
  assay_statement_bind_text (statement, 2, query->account);
  assay_statement_bind_int (statement, 3, query->with_unknown);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_value_init (&job->result, G_TYPE_INT64);
  g_value_set_int64 (&job->result, assay_statement_is_null (statement, 0)
                                       ? -1
                                       : assay_statement_get_int (statement, 0));
  return TRUE;
}

static gboolean
run_make_due (AssayJob *job, AssayDatabase *database, GError **error)
{
  const OutboxQuery *query = job->data;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET next_at = 0 WHERE state IN ('queued', 'unknown') AND (?1 IS NULL OR account = ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, query->account);
  if (!assay_statement_run (statement, error))
    return FALSE;
  job->changes.outbox = assay_database_get_n_changes (database) > 0;
  return TRUE;
}

static gboolean
run_make_oldest_due (AssayJob *job, AssayDatabase *database, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET next_at = 0 WHERE next_at <> 0 AND id IN (SELECT min (id) FROM outbox"
      " WHERE state IN ('queued', 'unknown') AND attempts > 0"
      " AND last_class IS NOT '" ASSAY_OUTBOX_CLASS_NOT_PROCESSED "' GROUP BY account)",
      error);

  if (statement == NULL || !assay_statement_run (statement, error))
    return FALSE;
  job->changes.outbox = assay_database_get_n_changes (database) > 0;
  return TRUE;
}

static gboolean
run_count_outbox (AssayJob *job, AssayDatabase *database, GError **error)
{
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), 2);
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT count(*) FILTER (WHERE state <> 'refused'),"
                              " count(*) FILTER (WHERE state = 'refused' OR attempts >= ?1)"
                              " FROM outbox WHERE state NOT IN ('accepted', 'withdrawn')",
                              error);

  if (statement == NULL)
    return FALSE;
  g_array_set_size (counts, 2);
  assay_statement_bind_int (statement, 1, ASSAY_STORE_ATTENTION_ATTEMPTS);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_array_index (counts, guint, 0) = assay_statement_get_int (statement, 0);
  g_array_index (counts, guint, 1) = assay_statement_get_int (statement, 1);
  g_value_init (&job->result, G_TYPE_ARRAY);
  g_value_take_boxed (&job->result, g_steal_pointer (&counts));
  return TRUE;
}

static gboolean
fail_step (GError **error)
{
  g_set_error_literal (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                       _ ("This submission was withdrawn or sent meanwhile."));
  return FALSE;
}

static gboolean
run_begin (AssayJob *job, AssayDatabase *database, GError **error)
{
  const gint64 *id = job->data;
  gint64 now = g_get_real_time ();
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = ?2"
      " WHERE id = ?1 AND state IN ('queued', 'unknown')",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, *id);
  assay_statement_bind_int (statement, 2, now);
  if (!assay_statement_run (statement, error))
    return FALSE;
  if (assay_database_get_n_changes (database) == 0)
    return fail_step (error);

  statement = assay_database_prepare (
      database,
      "INSERT INTO attempt (outbox, n, started_at) SELECT id, attempts, ?2 FROM outbox WHERE id = ?1",
      error);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, *id);
  assay_statement_bind_int (statement, 2, now);
  job->changes.outbox = TRUE;
  ASSAY_FAULTPOINT ("outbox-begin:before-commit");
  return assay_statement_run (statement, error);
}

static void
after_begin (AssayJob *job, AssayStoreThread *thread)
{
  ASSAY_FAULTPOINT ("outbox-begin:after-commit");
}

/* What an attempt was about. */
typedef struct
{
  gint64 task_row; /* 0: no task */
  char *submission;
  char *kind;
} Delivered;

static void
delivered_clear (Delivered *delivered)
{
  g_free (delivered->submission);
  g_free (delivered->kind);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Delivered, delivered_clear)

static gboolean
end_row (AssayDatabase *database,
         const AttemptEnd *end,
         gint64 now,
         Delivered *delivered,
         GError **error)
{
  gboolean found;
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = ?2, last_class = ?3, last_status = ?4, receipt = COALESCE (?5, receipt),"
      " next_at = ?6, changed_at = ?7 WHERE id = ?1 AND state = 'sending'"
      " RETURNING CAST(task AS INTEGER), submission, kind",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, end->id);
  assay_statement_bind_text (statement, 2, assay_outbox_state_to_string (end->state));
  assay_statement_bind_text (statement, 3, end->result_class);
  if (end->status != 0)
    assay_statement_bind_int (statement, 4, end->status);
  assay_statement_bind_text (statement, 5, end->receipt);
  assay_statement_bind_int (statement, 6, end->next_at);
  assay_statement_bind_int (statement, 7, now);
  if (!assay_statement_fetch (statement, &found, error))
    return FALSE;
  if (!found)
    return fail_step (error);
  delivered->task_row = assay_statement_get_int (statement, 0);
  delivered->submission = assay_statement_dup_text (statement, 1);
  delivered->kind = assay_statement_dup_text (statement, 2);
  return assay_statement_run (statement, error);
}

static gboolean
end_attempt (AssayDatabase *database, const AttemptEnd *end, gint64 now, GError **error)
{
  AssayStatement *statement = assay_database_prepare (
      database,
      "UPDATE attempt SET ended_at = ?2, class = ?3, status = ?4"
      " WHERE outbox = ?1 AND n = (SELECT attempts FROM outbox WHERE id = ?1)",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, end->id);
  assay_statement_bind_int (statement, 2, now);
  assay_statement_bind_text (statement, 3, end->result_class);
  if (end->status != 0)
    assay_statement_bind_int (statement, 4, end->status);
  return assay_statement_run (statement, error);
}

static gboolean
run_end (AssayJob *job, AssayDatabase *database, GError **error)
{
  const AttemptEnd *end = job->data;
  g_auto (Delivered) delivered = { 0 };
  gint64 now = g_get_real_time ();

  if (!end_row (database, end, now, &delivered, error) || !end_attempt (database, end, now, error))
    return FALSE;
  job->changes.outbox = TRUE;
  if (delivered.task_row == 0)
    return TRUE;

  if (end->state == ASSAY_OUTBOX_ACCEPTED
      && (!_assay_store_settle_draft (database, delivered.task_row, error)
          || !_assay_store_end_lease (database, delivered.task_row, delivered.submission,
                                      delivered.kind, error)))
    return FALSE;
  return _assay_store_update_state (database, delivered.task_row, &job->changes, error);
}

static void
after_end (AssayJob *job, AssayStoreThread *thread)
{
  ASSAY_FAULTPOINT ("outbox-end:after-commit");
}

DexFuture *
assay_store_list_outbox (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list_outbox,
                                                 NULL, NULL));
}

DexFuture *
assay_store_list_due (AssayStore *self, const char *account, gint64 now_us)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_list_due,
                                                 outbox_query_new (account, now_us, TRUE),
                                                 (GDestroyNotify) outbox_query_free));
}

DexFuture *
assay_store_next_due (AssayStore *self, const char *account, gboolean with_unknown)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_next_due,
                                                 outbox_query_new (account, g_get_real_time (),
                                                                   with_unknown),
                                                 (GDestroyNotify) outbox_query_free));
}

DexFuture *
assay_store_make_due (AssayStore *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_make_due,
                                                 outbox_query_new (account, 0, TRUE),
                                                 (GDestroyNotify) outbox_query_free));
}

DexFuture *
assay_store_make_oldest_due (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE,
                                                 run_make_oldest_due, NULL, NULL));
}

DexFuture *
assay_store_count_outbox (AssayStore *self)
{
  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  return _assay_store_push (self, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_count_outbox,
                                                 NULL, NULL));
}

DexFuture *
assay_store_outbox_begin (AssayStore *self, gint64 id)
{
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);

  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_begin, g_memdup2 (&id, sizeof id),
                       g_free);
  job->after = after_begin;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_outbox_end (AssayStore *self,
                        gint64 id,
                        AssayOutboxState state,
                        const char *result_class,
                        int status,
                        const char *receipt,
                        gint64 next_at_us)
{
  AttemptEnd *end;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (result_class != NULL, NULL);
  g_return_val_if_fail (state != ASSAY_OUTBOX_ACCEPTED || receipt != NULL, NULL);

  end = g_new0 (AttemptEnd, 1);
  end->id = id;
  end->state = state;
  end->result_class = g_strdup (result_class);
  end->status = status;
  end->receipt = g_strdup (receipt);
  end->next_at = next_at_us;
  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_end, end,
                       (GDestroyNotify) attempt_end_free);
  job->after = after_end;
  return _assay_store_push (self, job);
}

DexFuture *
assay_store_queue (AssayStore *self,
                   const char *account,
                   const char *subject,
                   const AssayFrame *frame)
{
  Message *message;
  AssayJob *job;

  g_return_val_if_fail (ASSAY_IS_STORE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);
  g_return_val_if_fail (frame != NULL, NULL);

  message = g_new0 (Message, 1);
  message->account = g_strdup (account);
  message->task = g_strconcat (ASSAY_STORE_SUBJECT_PREFIX, subject, NULL);
  message->frame = assay_frame_copy (frame);
  message->submission = g_uuid_string_random ();
  message->replaced = g_ptr_array_new_with_free_func (g_free);
  job = assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_queue, message,
                       (GDestroyNotify) message_free);
  job->after = after_queue;
  return _assay_store_push (self, job);
}
