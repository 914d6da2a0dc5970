/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What changed since a cursor, whatever a platform's people do. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "open-fake.h"
#include "open-fixture.h"

static void
acknowledge (OpenFixture *fixture, const char *guideline, int version)
{
  g_autofree char *id = g_strconcat (OPEN_ACCOUNT, "/", guideline, NULL);
  g_autoptr (OpenOutgoing) outgoing =
      open_outgoing_new (assay_platform_frame_acknowledgement (fixture->platform, id, version),
                         NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt =
      open_fixture_wait_string (assay_platform_submit (fixture->platform, &outgoing->outgoing),
                                &error);

  g_assert_no_error (error);
  g_assert_nonnull (receipt);
}

/* Hands in the first task of @page; its id. (transfer full) */
static char *
hand_in (OpenFixture *fixture, AssayPage *page)
{
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (AssayJudgement) judgement = open_fixture_judge (task->task, "Because it is so.");
  g_autoptr (GError) error = NULL;
  g_autoptr (OpenOutgoing) outgoing =
      open_outgoing_new (assay_platform_frame (fixture->platform, task->task, task->lease,
                                               judgement, &error),
                         NULL, NULL);
  g_autofree char *receipt =
      open_fixture_wait_string (assay_platform_submit (fixture->platform, &outgoing->outgoing),
                                &error);

  g_assert_no_error (error);
  return g_strdup (outgoing->submission);
}

static void
control_submission (OpenFixture *fixture, const char *command, const char *submission)
{
  g_autofree char *arguments =
      g_strdup_printf ("{'submission': '%s', 'message': 'Look again.'}", submission);

  open_fixture_control (fixture, command, arguments);
}

static AssayPage *
pull_on (OpenFixture *fixture, char **cursor)
{
  AssayPage *page = open_fixture_pull (fixture->platform, *cursor);

  g_set_str (cursor, assay_page_get_cursor (page));
  return page;
}

static AssayProject *
find_project (AssayPage *page, const char *id)
{
  GPtrArray *projects = assay_page_get_projects (page);

  for (guint i = 0; i < projects->len; i++)
    if (g_str_equal (assay_project_get_external_id (projects->pdata[i]), id))
      return projects->pdata[i];
  return NULL;
}

/* Claimed elsewhere, given back, skipped, withdrawn, and over. */
static void
test_leases (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (AssayPage) claimed = open_fixture_claim (fixture, "open", 2);
  AssayPageTask *task = assay_page_get_tasks (claimed)->pdata[0];
  AssayPageTask *other = assay_page_get_tasks (claimed)->pdata[1];
  g_autofree char *withdrawal = g_strdup_printf ("{'task': '%s'}", assay_task_get_id (other->task));
  g_autoptr (AssayPage) held = pull_on (fixture, &cursor);
  g_autoptr (AssayPage) released = NULL;
  g_autoptr (AssayPage) withdrawn = NULL;
  g_autoptr (GError) error = NULL;
  const AssayLease *lease;

  g_assert_cmpuint (assay_page_get_tasks (held)->len, ==, 2);
  g_assert_nonnull (find_project (held, "open"));
  g_assert_false (assay_page_get_whole (held));

  g_assert_true (
      open_fixture_wait (assay_platform_release (fixture->platform, task->lease->id), &error));
  g_assert_no_error (error);
  released = pull_on (fixture, &cursor);
  g_assert_cmpuint (assay_page_get_tasks (released)->len, ==, 0);
  g_assert_cmpuint (assay_page_get_leases (released)->len, ==, 1);
  lease = assay_page_get_leases (released)->pdata[0];
  g_assert_cmpstr (lease->id, ==, task->lease->id);
  g_assert_cmpint (lease->state, ==, ASSAY_LEASE_RELEASED);

  open_fixture_control (fixture, "withdraw-task", withdrawal);
  withdrawn = pull_on (fixture, &cursor);
  g_assert_cmpuint (assay_page_get_leases (withdrawn)->len, ==, 1);
  lease = assay_page_get_leases (withdrawn)->pdata[0];
  g_assert_cmpint (lease->state, ==, ASSAY_LEASE_WITHDRAWN);
}

static void
test_submissions (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (AssayPage) claimed = open_fixture_claim (fixture, "open", 1);
  g_autofree char *submission = hand_in (fixture, claimed);
  g_autoptr (AssayPage) received = pull_on (fixture, &cursor);
  g_autoptr (AssayPage) returned = NULL;
  g_autoptr (AssayPage) rejected = NULL;
  const AssayPageSubmission *state;
  AssayFeedback *feedback;

  g_assert_cmpuint (assay_page_get_submissions (received)->len, ==, 1);
  state = assay_page_get_submissions (received)->pdata[0];
  g_assert_cmpstr (state->submission, ==, submission);
  g_assert_cmpstr (state->state, ==, "received");
  g_assert_cmpuint (assay_page_get_leases (received)->len, ==, 1);
  g_assert_cmpint (((AssayLease *) assay_page_get_leases (received)->pdata[0])->state, ==,
                   ASSAY_LEASE_SUBMITTED);

  control_submission (fixture, "return", submission);
  returned = pull_on (fixture, &cursor);
  state = assay_page_get_submissions (returned)->pdata[0];
  g_assert_cmpstr (state->state, ==, "returned");
  g_assert_cmpuint (assay_page_get_feedback (returned)->len, ==, 1);
  feedback = assay_page_get_feedback (returned)->pdata[0];
  g_assert_cmpint (assay_feedback_get_verdict (feedback), ==, ASSAY_VERDICT_RETURNED);
  g_assert_cmpstr (assay_feedback_get_message (feedback), ==, "Look again.");

  control_submission (fixture, "reject", submission);
  rejected = pull_on (fixture, &cursor);
  g_assert_cmpuint (assay_page_get_feedback (rejected)->len, ==, 1);
  feedback = assay_page_get_feedback (rejected)->pdata[0];
  g_assert_cmpint (assay_feedback_get_verdict (feedback), ==, ASSAY_VERDICT_REJECTED);
}

/* The new version comes with its project; the old one stays with what was agreed on. */
static void
test_guideline (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (AssayPage) published = NULL;
  g_autoptr (AssayPage) claimed = NULL;
  g_autoptr (AssayPage) old = NULL;
  g_autoptr (AssayPlatform) stranger = NULL;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  const AssayPageGuideline *current = NULL;
  guint n_without_project = 0;

  acknowledge (fixture, "criteria", 1);
  claimed = open_fixture_claim (fixture, "criteria", 1);
  g_assert_cmpuint (assay_page_get_guidelines (claimed)->len, ==, 0);

  open_fixture_control (fixture, "publish-guideline",
                        "{'guideline': 'criteria', 'body': 'New.', 'summary': 'Shorter.', "
                        "'must_ack': true}");
  published = pull_on (fixture, &cursor);
  g_assert_nonnull (find_project (published, "criteria"));
  for (guint i = 0; i < assay_page_get_guidelines (published)->len; i++)
    {
      const AssayPageGuideline *guideline = assay_page_get_guidelines (published)->pdata[i];

      if (g_strcmp0 (guideline->project, "criteria") == 0)
        current = guideline;
    }
  g_assert_nonnull (current);
  g_assert_cmpstr (assay_guideline_get_id (current->guideline), ==, OPEN_ACCOUNT "/criteria");
  g_assert_cmpint (assay_guideline_get_version (current->guideline), ==, 2);
  g_assert_cmpstr (assay_guideline_get_text (current->guideline), ==, "New.");
  g_assert_cmpstr (current->summary_of_changes, ==, "Shorter.");
  g_assert_true (current->must_acknowledge);
  g_assert_false (current->acknowledged);

  /* Who sees it for the first time gets both. */
  stranger = open_fixture_new_platform (fixture, NULL);
  g_free (open_fixture_pull_all (stranger, NULL, pages));
  for (guint i = 0; i < pages->len; i++)
    for (guint k = 0; k < assay_page_get_guidelines (pages->pdata[i])->len; k++)
      {
        const AssayPageGuideline *guideline = assay_page_get_guidelines (pages->pdata[i])->pdata[k];

        if (guideline->project == NULL)
          {
            g_assert_cmpint (assay_guideline_get_version (guideline->guideline), ==, 1);
            n_without_project++;
          }
      }
  g_assert_cmpuint (n_without_project, ==, 1);
}

static void
test_qualification (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (AssayPage) page = NULL;
  AssayProject *project;

  open_fixture_control (fixture, "grant", "{'qualification': 'medical'}");
  page = pull_on (fixture, &cursor);
  project = find_project (page, "medical");
  g_assert_nonnull (project);
  g_assert_cmpstr (json_object_get_string_member (assay_project_get_terms (project),
                                                  "qualification"),
                   ==, "granted");
}

/* Too old a cursor is no error. */
static void
test_too_old (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *end = NULL;
  g_autoptr (AssayPage) nothing = NULL;

  open_fixture_control (fixture, "grant", "{'qualification': 'medical'}");
  open_fixture_control (fixture, "forget-changes", "{}");
  end = open_fixture_pull_all (fixture->platform, cursor, pages);
  g_assert_cmpuint (pages->len, ==, 3);
  g_assert_true (assay_page_get_whole (pages->pdata[0]));
  g_assert_cmpuint (assay_page_get_projects (pages->pdata[0])->len, ==, 7);
  nothing = open_fixture_pull (fixture->platform, end);
  g_assert_true (assay_page_is_empty (nothing));
}

/* Many changes come in pages; each thing is there once on each. */
static void
test_pages (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (30);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayPage) claimed = open_fixture_claim (fixture, "open", 20);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < assay_page_get_tasks (claimed)->len; i++)
    {
      AssayPageTask *task = assay_page_get_tasks (claimed)->pdata[i];
      g_autoptr (GError) error = NULL;

      g_assert_true (
          open_fixture_wait (assay_platform_release (fixture->platform, task->lease->id), &error));
    }
  g_free (open_fixture_pull_all (fixture->platform, cursor, pages));
  g_assert_cmpuint (pages->len, >, 1);
  for (guint i = 0; i < pages->len; i++)
    for (guint k = 0; k < assay_page_get_leases (pages->pdata[i])->len; k++)
      {
        const AssayLease *lease = assay_page_get_leases (pages->pdata[i])->pdata[k];

        g_assert_cmpint (lease->state, ==, ASSAY_LEASE_RELEASED);
        g_hash_table_add (seen, lease->id);
      }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 20);
}

/* What the reference server does not do */

typedef struct
{
  OpenFake *fake;          /* (owned) */
  AssayHttp *http;         /* (owned) */
  AssayPlatform *platform; /* (owned) */
  char *cursor;
} Stand;

static Stand *
stand_new (void)
{
  Stand *self = g_new0 (Stand, 1);
  g_autofree char *secret = assay_open_secret_new_for_token ("token");

  self->fake = open_fake_new (NULL);
  self->http = assay_http_new ();
  self->platform = open_fake_new_platform (self->fake, self->http, secret);
  open_fake_furnish (self->fake);
  self->cursor = open_fixture_pull_all (self->platform, NULL, NULL);
  open_fake_forget (self->fake, "GET", "/changes");
  open_fake_clear_requests (self->fake);
  return self;
}

static void
stand_free (Stand *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->http);
  g_clear_pointer (&self->fake, open_fake_free);
  g_free (self->cursor);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stand, stand_free)

static void
test_unknown (void)
{
  g_autoptr (Stand) stand = stand_new ();
  g_autoptr (AssayPage) page = NULL;

  open_fake_say (stand->fake, "GET", "/changes", 200,
                 "{'items':[{'type':'weather','id':'w','at':'2026-01-01T00:00:00Z'},7,{},"
                 "{'type':'earnings','id':'e','at':'2026-01-01T00:00:00Z'},"
                 "{'type':'lease','id':'','at':'2026-01-01T00:00:00Z'}],"
                 "'next':'c1','more':false}",
                 NULL);
  page = open_fixture_pull (stand->platform, stand->cursor);
  g_assert_true (assay_page_is_empty (page));
  g_assert_cmpuint (open_fake_get_requests (stand->fake)->len, ==, 1);
  g_assert_cmpstr (assay_page_get_cursor (page), !=, stand->cursor);
}

/* What is there no more, and what is somebody else's: an id may hold anything. */
static void
test_gone (void)
{
  g_autoptr (Stand) stand = stand_new ();
  g_autoptr (AssayPage) page = NULL;
  const AssayLease *lease;

  open_fake_say (stand->fake, "GET", "/changes", 200,
                 "{'items':[{'type':'lease','id':'a/b?c#d%20é','at':'2026-01-01T00:00:00Z'},"
                 "{'type':'submission','id':'s','at':'2026-01-01T00:00:00Z'}],"
                 "'next':'c1','more':false}",
                 NULL);
  page = open_fixture_pull (stand->platform, stand->cursor);
  g_assert_cmpuint (assay_page_get_leases (page)->len, ==, 1);
  lease = assay_page_get_leases (page)->pdata[0];
  g_assert_cmpstr (lease->id, ==, "a/b?c#d%20é");
  g_assert_cmpint (lease->state, ==, ASSAY_LEASE_RELEASED);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/leases/a%2Fb%3Fc%23d%2520%C3%A9"), ==,
                    1);
  g_assert_cmpuint (assay_page_get_submissions (page)->len, ==, 0);
}

/* That a project is gone is seen in a whole listing. */
static void
test_project_gone (void)
{
  static const char *const items[] = {
    "{'type':'project','id':'p','at':'2026-01-01T00:00:00Z','deleted':true}",
    "{'type':'project','id':'not-there','at':'2026-01-01T00:00:00Z'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (Stand) stand = stand_new ();
      g_autofree char *changes =
          g_strdup_printf ("{'items':[%s],'next':'c1','more':false}", items[i]);
      g_autoptr (AssayPage) page = NULL;

      open_fake_say (stand->fake, "GET", "/changes", 200, changes, NULL);
      page = open_fixture_pull (stand->platform, stand->cursor);
      g_assert_true (assay_page_get_whole (page));
      g_assert_cmpuint (assay_page_get_projects (page)->len, ==, 1);
    }
}

static void
test_endless (gconstpointer data)
{
  g_autoptr (Stand) stand = stand_new ();
  g_autofree char *place = g_strdup (stand->cursor);
  const char *what = data;

  if (g_str_equal (what, "changes"))
    for (guint i = 0; i < 20; i++)
      {
        open_fake_say (stand->fake, "GET", "/changes", 200, "{'items':[],'next':'c1','more':true}",
                       NULL);
        open_fake_say (stand->fake, "GET", "/changes", 200, "{'items':[],'next':'c0','more':true}",
                       NULL);
      }
  else
    {
      open_fake_say (stand->fake, "GET", "/changes", 200,
                     "{'items':[{'type':'feedback','id':'f','at':'2026-01-01T00:00:00Z'}],"
                     "'next':'c1','more':false}",
                     NULL);
      open_fake_forget (stand->fake, "GET", "/feedback");
      open_fake_say (stand->fake, "GET", "/feedback", 200, "{'items':[],'next':'f0','more':true}",
                     NULL);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayPage) page =
          open_fixture_wait_object (assay_platform_pull (stand->platform, place), &error);

      if (page == NULL)
        {
          g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL);
          g_assert_cmpuint (i, >, 0);
          return;
        }
      g_set_str (&place, assay_page_get_cursor (page));
    }
  g_assert_not_reached ();
}

/* What cannot be read now is not passed over. */
static void
test_interrupted (void)
{
  g_autoptr (Stand) stand = stand_new ();
  g_autofree char *lease = open_fake_make_lease ("1", "");
  g_autoptr (AssayPage) page = NULL;
  g_autoptr (GError) error = NULL;

  open_fake_say (stand->fake, "GET", "/changes?limit=200&since=c0", 200,
                 "{'items':[{'type':'lease','id':'1','at':'2026-01-01T00:00:00Z'}],"
                 "'next':'c1','more':false}",
                 NULL);
  open_fake_say (stand->fake, "GET", "/leases/1", 503,
                 "{'type':'/problems/maintenance','title':'Closed','status':503}", "Retry-After",
                 "30", NULL);
  open_fake_say (stand->fake, "GET", "/leases/1", 200, lease, NULL);
  g_assert_null (
      open_fixture_wait_object (assay_platform_pull (stand->platform, stand->cursor), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_RATE_LIMITED);
  g_assert_cmpint (assay_platform_error_get_wait_us (error), ==, 30 * G_USEC_PER_SEC);
  page = open_fixture_pull (stand->platform, stand->cursor);
  g_assert_cmpuint (assay_page_get_tasks (page)->len, ==, 1);
}

/* A task that is larger than a task may be keeps what else changed not away. */
static void
test_too_large (void)
{
  g_autoptr (Stand) stand = stand_new ();
  g_autofree char *text = g_strnfill (9 * 1024 * 1024, 'x');
  g_autofree char *task = g_strdup_printf (
      ",'task':{'id':'t','prompt':'What?','responses':[{'id':'a','content':'%s'}]}", text);
  g_autofree char *large = open_fake_make_lease ("1", task);
  g_autofree char *good = open_fake_make_lease ("2", "");
  g_autoptr (AssayPage) page = NULL;

  open_fake_say (stand->fake, "GET", "/changes?limit=200&since=c0", 200,
                 "{'items':[{'type':'lease','id':'1','at':'2026-01-01T00:00:00Z'},"
                 "{'type':'lease','id':'2','at':'2026-01-01T00:00:00Z'}],"
                 "'next':'c1','more':false}",
                 NULL);
  open_fake_say (stand->fake, "GET", "/leases/1", 200, large, NULL);
  open_fake_say (stand->fake, "GET", "/leases/2", 200, good, NULL);
  page = open_fixture_pull (stand->platform, stand->cursor);
  g_assert_cmpuint (assay_page_get_tasks (page)->len, ==, 1);
  g_assert_cmpuint (assay_page_get_n_unreadable (page), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  /* What a platform says wrongly is warned of. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  g_test_add_func ("/platforms/open/changes/leases", test_leases);
  g_test_add_func ("/platforms/open/changes/submissions", test_submissions);
  g_test_add_func ("/platforms/open/changes/guideline", test_guideline);
  g_test_add_func ("/platforms/open/changes/qualification", test_qualification);
  g_test_add_func ("/platforms/open/changes/too-old", test_too_old);
  g_test_add_func ("/platforms/open/changes/pages", test_pages);
  g_test_add_func ("/platforms/open/changes/unknown", test_unknown);
  g_test_add_func ("/platforms/open/changes/gone", test_gone);
  g_test_add_func ("/platforms/open/changes/project-gone", test_project_gone);
  g_test_add_data_func ("/platforms/open/changes/endless/changes", "changes", test_endless);
  g_test_add_data_func ("/platforms/open/changes/endless/feedback", "feedback", test_endless);
  g_test_add_func ("/platforms/open/changes/too-large", test_too_large);
  g_test_add_func ("/platforms/open/changes/interrupted", test_interrupted);

  return g_test_run ();
}
