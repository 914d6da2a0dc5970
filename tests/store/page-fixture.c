/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "page-fixture.h"

TestPage *
test_page_new (TestStore *store, const char *account)
{
  TestPage *self = g_new0 (TestPage, 1);

  self->store = store;
  self->account = g_strdup (account);
  self->page = assay_page_new ();
  return self;
}

void
test_page_free (TestPage *self)
{
  g_free (self->account);
  g_clear_object (&self->page);
  g_free (self);
}

void
test_page_clear (TestPage *self)
{
  g_clear_object (&self->page);
  self->page = assay_page_new ();
}

AssayProject *
test_page_add_project (TestPage *self, const char *id)
{
  g_autofree char *title = g_strconcat ("Project ", id, NULL);
  AssayProject *project = assay_project_new (self->account, id, title);
  g_autoptr (JsonObject) terms = json_object_new ();

  json_object_set_int_member (terms, "available", 12);
  assay_project_set_terms (project, terms);
  g_ptr_array_add (assay_page_get_projects (self->page), project);
  return project;
}

AssayPageGuideline *
test_page_add_guideline (TestPage *self, const char *project, int version)
{
  g_autofree char *id = g_strconcat (self->account, "/g", NULL);
  g_autofree char *text = g_strdup_printf ("# Rules, version %d", version);
  g_autoptr (AssayGuideline) guideline = assay_guideline_new (id, version, "Rules", text);
  AssayPageGuideline *entry = assay_page_add_guideline (self->page, project, guideline);

  entry->must_acknowledge = TRUE;
  return entry;
}

static AssayLease *
lease_new (const char *id, AssayLeaseState state)
{
  AssayLease *lease = assay_lease_new (id);

  lease->state = state;
  lease->granted_at = 1000000;
  lease->renewals_left = 2;
  lease->form = g_strdup ("form");
  lease->form_version = 1;
  return lease;
}

AssayLease *
test_page_add_task (TestPage *self,
                    const char *project,
                    const char *id,
                    const char *lease_id,
                    AssayLeaseState state)
{
  g_autoptr (AssayTask) task = test_task_new (id, "Which?", "One.", "Two.");
  g_autoptr (AssayLease) lease = lease_id != NULL ? lease_new (lease_id, state) : NULL;
  GPtrArray *tasks = assay_page_get_tasks (self->page);
  AssayPageTask *entry;

  assay_page_add_task (self->page, project, task, lease);
  entry = tasks->pdata[tasks->len - 1];
  return entry->lease;
}

AssayLease *
test_page_add_lease (TestPage *self, const char *id, AssayLeaseState state)
{
  AssayLease *lease = lease_new (id, state);

  g_ptr_array_add (assay_page_get_leases (self->page), lease);
  return lease;
}

void
test_page_add_feedback (TestPage *self, const char *id, const char *submission, const char *verdict)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"submission_id\":\"%s\",\"kind\":\"review\",\"verdict\":\"%s\","
      "\"message\":\"About it.\",\"at\":\"2026-06-30T10:00:00Z\"}",
      id, submission, verdict);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  AssayFeedback *feedback;

  g_assert_no_error (error);
  feedback = assay_feedback_new_from_json (node, &error);
  g_assert_no_error (error);
  g_ptr_array_add (assay_page_get_feedback (self->page), feedback);
}

guint
test_page_apply (TestPage *self)
{
  return test_await_uint (assay_store_apply_page (self->store->store, self->account, self->page));
}

void
test_store_add_account (TestStore *self, const char *id)
{
  g_autoptr (AssayAccount) account =
      assay_account_new (id, ASSAY_ACCOUNT_KIND_OPEN, "Platform", "https://platform.example");
  g_autoptr (TestPage) page = test_page_new (self, id);

  test_await (assay_store_save_account (self->store, account));
  test_page_add_project (page, "q");
  assay_page_set_cursor (page->page, "first");
  test_page_apply (page);
}

gint64
test_store_claim (TestStore *self, const char *account, const char *id)
{
  g_autoptr (TestPage) page = test_page_new (self, account);
  g_autofree char *lease = g_strconcat ("l-", id, NULL);

  test_page_add_task (page, "q", id, lease, ASSAY_LEASE_HELD);
  test_page_apply (page);
  return test_store_find (self, id);
}

gint64
test_store_find (TestStore *self, const char *task_id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT ifnull (max (id), 0) FROM task WHERE task_id = '%s'", task_id);

  return test_store_query_int (self, sql);
}

AssayOutboxItem *
test_store_submit_framed (TestStore *self, gint64 row, const char *rationale, gint64 undo_window_us)
{
  g_autoptr (AssayOpenTask) open = test_store_load (self, row);
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"framed\":true}", strlen ("{\"framed\":true}"));
  g_autoptr (AssayFrame) frame = assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT",
                                                  "submissions/" ASSAY_FRAME_SUBMISSION, body);

  assay_judgement_set_rationale (judgement, rationale);
  draft = test_draft_bytes (judgement);
  assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
  return test_await_object (
      assay_store_submit_framed (self->store, row, judgement, draft, frame, undo_window_us));
}

static gboolean
run_describe (AssayJob *job, AssayDatabase *database, GError **error)
{
  static const char *const tables[] = {
    "SELECT json_group_array (json_array (id, kind, title, address, settings, cursor)) FROM account",
    "SELECT json_group_array (json_array (id, title, form, settings, terms, guideline,"
    " guideline_version, changed_at)) FROM project",
    "SELECT json_group_array (json_array (id, version, text, must_acknowledge, acknowledged_at,"
    " summary_of_changes, saved_at)) FROM guideline",
    "SELECT json_group_array (json_array (id, task_id, state, position, digest, added_at)) FROM task",
    "SELECT json_group_array (json_array (task, form, json)) FROM task_content",
    "SELECT json_group_array (json_array (task, id, state, granted_at, expires_at, renewals,"
    " training, form, form_version, submission)) FROM lease",
    "SELECT json_group_array (json_array (task, judgement, active, revision, changed_at, body))"
    " FROM draft",
    "SELECT json_group_array (json_array (task, reason, body)) FROM draft_revision",
    "SELECT json_group_array (json_array (task, revision, submission, lease, fate, fate_at, body))"
    " FROM judgement",
    "SELECT json_group_array (json_array (account, id, seen_at, json)) FROM feedback",
    "SELECT json_group_array (json_array (submission, task, state, target)) FROM outbox",
  };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *rows = test_query_text (database, tables[i]);

      g_string_append_printf (all, "%s\n", rows);
    }
  g_value_init (&job->result, G_TYPE_STRING);
  g_value_take_string (&job->result, g_string_free_and_steal (g_steal_pointer (&all)));
  return TRUE;
}

char *
test_store_describe (TestStore *self)
{
  return test_await_string (_assay_store_push (
      self->store, assay_job_new (ASSAY_JOB_READ, ASSAY_JOB_PLAIN, run_describe, NULL, NULL)));
}
