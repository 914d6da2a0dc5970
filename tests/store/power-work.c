/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "page-fixture.h"
#include "power-disk.h"
#include "power-work.h"

#define N_STEPS 36
/* Three turns of the store's thread, so that drafts come between. */
#define N_IMPORTED 250

typedef struct
{
  const char *role;
  const char *folder;
  AssayStore *store;
  gint64 project;
  GRand *dice;
  guint number;
  DexFuture *import; /* (nullable) that is on its way */
  guint n_tasks;
  guint n_pages;
  char *submission; /* (nullable) the newest to a platform */
} Worker;

static gboolean
is_role (Worker *self, const char *role)
{
  return g_str_equal (self->role, role);
}

static gboolean
run_sql (AssayJob *job, AssayDatabase *database, GError **error)
{
  return assay_database_execute (database, job->data, error);
}

/* Whether it was let. */
static gboolean
execute (Worker *self, const char *sql)
{
  g_autoptr (DexFuture) future =
      _assay_store_push (self->store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_sql,
                                                     g_strdup (sql), g_free));

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_is_resolved (future);
}

static void
open_store (Worker *self)
{
  self->store = test_await_object (assay_store_open (self->folder));
  if (is_role (self, POWER_WORK_WEAK_TRIGGERS))
    g_assert_true (execute (self, "DROP TRIGGER IF EXISTS outbox_keep"));
}

static void
finish_import (Worker *self)
{
  if (self->import == NULL)
    return;
  self->n_tasks += test_await_uint (g_steal_pointer (&self->import));
  power_victim_say ("imported %u", self->n_tasks);
}

static void
begin_import (Worker *self, guint n)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  finish_import (self);
  for (guint i = self->n_tasks; i < self->n_tasks + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%u", i);

      g_ptr_array_add (tasks, test_task_new (id, "Which?", "One.", "Two."));
    }
  self->import = assay_store_add_tasks (self->store, self->project, tasks);
}

static gboolean
is_leased (gint64 row)
{
  return row > POWER_WORK_TASKS - POWER_WORK_LEASED;
}

/* Each page has as many of everything as there were pages before it. */
static void
pull (Worker *self)
{
  TestStore test = { .store = self->store };
  g_autoptr (TestPage) page = test_page_new (&test, "open");
  g_autofree char *number = g_strdup_printf ("%u", ++self->n_pages);
  g_autoptr (GPtrArray) feedback = NULL;

  test_page_add_project (page, "q");
  for (guint i = 0; i < POWER_WORK_LEASED; i++)
    {
      g_autofree char *id = g_strdup_printf ("leased%u", i);

      test_page_add_task (page, "q", id, id, ASSAY_LEASE_HELD)->expires_at = self->n_pages;
    }
  feedback = test_await_boxed (assay_store_list_feedback (self->store, 0));
  /* What was handed in comes back, when it was accepted meanwhile. */
  for (guint i = 0; i < feedback->len; i++)
    {
      AssayTaskFeedback *before = feedback->pdata[i];

      assay_page_add_submission (page->page, assay_feedback_get_submission (before->feedback),
                                 i % 2 == 0 ? "returned" : "received");
    }
  test_page_add_feedback (page, number, self->submission != NULL ? self->submission : "none",
                          "returned");
  assay_page_set_cursor (page->page, number);
  test_page_apply (page);
  power_victim_say ("paged %u", self->n_pages);
}

static void
acknowledge (Worker *self, guint number)
{
  g_autofree char *subject = g_strdup_printf ("%u", number);
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  g_autoptr (AssayFrame) frame =
      assay_frame_new (ASSAY_FRAME_KIND_ACKNOWLEDGEMENT, "PUT", "ack", body);
  g_autoptr (AssayOutboxItem) item =
      test_await_object (assay_store_queue (self->store, "open", subject, frame));

  power_victim_say ("queued %s", assay_outbox_item_get_submission (item));
}

static void
submit (Worker *self, gint64 row, AssayJudgement *judgement)
{
  g_autoptr (GBytes) draft = test_draft_bytes (judgement);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (AssayFrame) frame = assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT",
                                                  "submissions/" ASSAY_FRAME_SUBMISSION, body);
  g_autoptr (AssayOutboxItem) item = NULL;

  assay_judgement_finalize_submission (judgement, 1);
  item = test_await_object (assay_store_submit_framed (self->store, row, judgement, draft,
                                                       is_leased (row) ? frame : NULL, 0));
  if (is_leased (row))
    g_set_str (&self->submission, assay_outbox_item_get_submission (item));
  power_victim_say ("submitted %" G_GINT64_FORMAT " %u %s", row, self->number,
                    assay_outbox_item_get_submission (item));
}

static void
settle (Worker *self, gint64 row)
{
  g_autoptr (GPtrArray) items = test_await_boxed (assay_store_list_outbox (self->store));

  for (guint i = 0; i < items->len; i++)
    {
      AssayOutboxItem *item = items->pdata[i];
      gint64 id = assay_outbox_item_get_id (item);

      if (assay_outbox_item_get_task_row (item) != row)
        continue;
      if (g_rand_boolean (self->dice))
        {
          power_victim_say ("withdraw %s", assay_outbox_item_get_submission (item));
          test_await (assay_store_withdraw (self->store, assay_outbox_item_get_submission (item)));
          continue;
        }
      test_await (assay_store_outbox_begin (self->store, id));
      test_await (assay_store_outbox_end (self->store, id, ASSAY_OUTBOX_ACCEPTED, "accepted", 0,
                                          "receipt", 0));
      power_victim_say ("accepted %s", assay_outbox_item_get_submission (item));
    }
}

static void
work (Worker *self, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_await_object (assay_store_load_task (self->store, row));
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  AssayTaskState state = assay_open_task_get_state (open);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) draft = NULL;

  if (state == ASSAY_TASK_QUEUED)
    {
      settle (self, row);
      return;
    }
  if (state == ASSAY_TASK_SENT)
    {
      test_await (assay_store_reopen (self->store, row));
      return;
    }

  /* Of different lengths, so that pages are made and freed. */
  self->number++;
  text =
      g_strdup_printf ("number %u %*s", self->number, g_rand_int_range (self->dice, 1, 3000), "");
  assay_judgement_set_rationale (judgement, text);
  power_victim_say ("try %" G_GINT64_FORMAT " %u", row, self->number);
  if (g_rand_int_range (self->dice, 0, 3) == 0)
    {
      submit (self, row, judgement);
      return;
    }
  draft = test_draft_bytes (judgement);
  test_await (assay_store_save_draft (self->store, row, assay_judgement_get_id (judgement),
                                      assay_task_get_digest (assay_open_task_get_task (open)),
                                      draft, FALSE));
  power_victim_say ("saved %" G_GINT64_FORMAT " %u", row, self->number);
}

static void
close_store (Worker *self)
{
  finish_import (self);
  test_await (assay_store_close (self->store));
  while (G_OBJECT (self->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->store);
}

void
power_work_run (const PowerVictim *victim)
{
  g_autoptr (AssayProject) project = assay_project_new ("files", "p", "Project");
  g_autoptr (AssayAccount) account = assay_account_new ("open", "open", "Platform", "https://x");
  g_autoptr (GRand) dice = g_rand_new_with_seed (victim->seed);
  Worker self = { .role = victim->role, .folder = victim->folder, .dice = dice };

  power_victim_begin (victim);
  if (is_role (&self, POWER_WORK_WEAK_SPOOL))
    power_disk_ignore_syncs ("spool");

  open_store (&self);
  test_await (assay_store_ensure_account (self.store, "files", "files", "Files"));
  test_await (assay_store_save_project (self.store, project));
  self.project = assay_project_get_id (project);
  if (is_role (&self, POWER_WORK_FIRST))
    power_disk_end ();
  begin_import (&self, POWER_WORK_TASKS - POWER_WORK_LEASED);
  finish_import (&self);
  test_await (assay_store_save_account (self.store, account));
  pull (&self);

  for (guint i = 1; i <= N_STEPS; i++)
    {
      /* Upkeep sets it back, and so would an import. */
      if (is_role (&self, POWER_WORK_WEAK_SYNC))
        g_assert_true (execute (&self, "PRAGMA synchronous = NORMAL"));
      else if (i % 8 == 0)
        begin_import (&self, N_IMPORTED);

      /* Row ids are given in order. */
      work (&self, g_rand_int_range (dice, 1, POWER_WORK_TASKS + 1));

      if (i % 9 == 0)
        {
          g_autofree char *copy = test_await_string (assay_store_back_up (self.store));
          g_autofree char *name = g_path_get_basename (copy);

          power_victim_say ("copied %s", name);
        }
      /* A judgement whose row of the outbox is gone would look as if it had been accepted. */
      if (i % 7 == 0 && !is_role (&self, POWER_WORK_WEAK_TRIGGERS))
        pull (&self);
      if (i % 10 == 0)
        acknowledge (&self, i);
      /* It must not be let. */
      if (i % 5 == 0)
        execute (&self, "DELETE FROM outbox WHERE state = 'queued'");
      if (i % 12 == 0)
        {
          close_store (&self);
          open_store (&self);
        }
    }
  finish_import (&self);
  power_disk_end ();
}
