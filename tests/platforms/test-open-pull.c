/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that a person has at a platform, page by page, and platforms that tell it wrongly. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>
#include <time.h>

#include "open-fake.h"
#include "open-fixture.h"

/* Two frames of the screen. */
#define LONGEST_TURN_US 33000

typedef struct
{
  OpenFake *fake;          /* (owned) */
  AssayHttp *http;         /* (owned) */
  AssayPlatform *platform; /* (owned) */
} Stand;

static Stand *
stand_new (const char *without)
{
  Stand *self = g_new0 (Stand, 1);
  g_autofree char *secret = assay_open_secret_new_for_token ("token");

  self->fake = open_fake_new (without);
  self->http = assay_http_new ();
  self->platform = open_fake_new_platform (self->fake, self->http, secret);
  return self;
}

static void
stand_free (Stand *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->http);
  g_clear_pointer (&self->fake, open_fake_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stand, stand_free)

static GPtrArray *
new_pages (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static guint
sum (GPtrArray *pages, GPtrArray *(*get) (AssayPage *page))
{
  guint n = 0;

  for (guint i = 0; i < pages->len; i++)
    n += get (pages->pdata[i])->len;
  return n;
}

static AssayPageTask *
get_task (GPtrArray *pages, guint index)
{
  for (guint i = 0; i < pages->len; i++)
    {
      GPtrArray *tasks = assay_page_get_tasks (pages->pdata[i]);

      if (index < tasks->len)
        return tasks->pdata[index];
      index -= tasks->len;
    }
  g_assert_not_reached ();
}

static int
pull_error (AssayPlatform *platform, const char *cursor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPage) page =
      open_fixture_wait_object (assay_platform_pull (platform, cursor), &error);

  g_assert_null (page);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, ASSAY_PLATFORM_ERROR);
  g_test_message ("%s", error->message);
  return error->code;
}

static void
test_whole (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (GPtrArray) pages = new_pages ();
  g_autoptr (AssayPage) claimed = open_fixture_claim (fixture, "open", 2);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, pages);
  AssayPage *last = pages->pdata[pages->len - 1];
  AssayPageTask *task;

  g_assert_cmpuint (assay_page_get_tasks (claimed)->len, ==, 2);
  g_assert_null (assay_page_get_cursor (claimed));
  g_assert_cmpuint (pages->len, ==, 3);
  for (guint i = 0; i < pages->len; i++)
    g_assert_true (assay_page_get_whole (pages->pdata[i]));
  g_assert_false (assay_page_get_more (last));
  g_assert_cmpuint (sum (pages, assay_page_get_projects), ==, 7);
  g_assert_cmpuint (sum (pages, assay_page_get_guidelines), ==, 2);
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 2);

  task = get_task (pages, 0);
  g_assert_cmpstr (task->project, ==, "open");
  g_assert_cmpint (task->lease->state, ==, ASSAY_LEASE_HELD);
  g_assert_cmpint (task->lease->expires_at, ==, 0);
  g_assert_nonnull (task->lease->form);
  g_assert_true (assay_task_get_form (task->task)
                 == assay_task_get_form (get_task (pages, 1)->task));
}

/* Their guidelines, pay and times. */
static void
test_terms (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (OpenOutgoing) outgoing = NULL;
  g_autoptr (AssayPage) claimed = NULL;
  g_autoptr (AssayPage) again = NULL;
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autofree char *receipt = NULL;
  g_autoptr (GError) error = NULL;
  AssayPageTask *task;
  const char *currency = NULL;
  gint64 amount = 0;
  gint64 left;

  outgoing = open_outgoing_new (assay_platform_frame_acknowledgement (fixture->platform,
                                                                      OPEN_ACCOUNT "/criteria", 1),
                                NULL, NULL);
  receipt =
      open_fixture_wait_string (assay_platform_submit (fixture->platform, &outgoing->outgoing),
                                &error);
  g_assert_no_error (error);
  /* The server's clock is two years ahead; what is left of the lease is not. */
  open_fixture_control (fixture, "advance-clock", "{'milliseconds': 63072000000}");
  claimed = open_fixture_claim (fixture, "criteria", 1);
  task = assay_page_get_tasks (claimed)->pdata[0];
  g_assert_cmpint (assay_task_get_pay (task->task, &amount, &currency), ==, ASSAY_PAY_PER_TASK);
  g_assert_cmpint (amount, ==, 320);
  g_assert_cmpstr (currency, ==, "EUR");
  g_assert_cmpstr (assay_task_get_guideline_id (task->task), ==, OPEN_ACCOUNT "/criteria");
  g_assert_cmpint (assay_task_get_guideline_version (task->task), ==, 1);
  left = task->lease->expires_at - g_get_real_time ();
  g_assert_cmpint (left / G_USEC_PER_SEC, >, 7200 - 60);
  g_assert_cmpint (left / G_USEC_PER_SEC, <=, 7200 + 1);
  g_assert_cmpuint (task->lease->renewals_left, ==, 1);
}

/* After everything, a pull with nothing new is one request. */
static void
test_nothing_new (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *cursor = NULL;
  g_autoptr (AssayPage) page = NULL;

  open_fake_furnish (stand->fake);
  cursor = open_fixture_pull_all (stand->platform, NULL, NULL);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/guidelines"), ==, 1);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/forms"), ==, 1);
  open_fake_clear_requests (stand->fake);
  page = open_fixture_pull (stand->platform, cursor);
  g_assert_cmpuint (open_fake_get_requests (stand->fake)->len, ==, 1);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/changes?limit=200&since=c0"), ==, 1);
  g_assert_true (assay_page_is_empty (page));
  g_assert_false (assay_page_get_whole (page));
  g_assert_false (assay_page_get_more (page));
  g_assert_cmpstr (assay_page_get_cursor (page), ==, cursor);
}

/* Another process has the cursor and not what was found before. */
static void
test_new_process (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autofree char *cursor = open_fixture_pull_all (fixture->platform, NULL, NULL);
  g_autoptr (AssayPlatform) platform = open_fixture_new_platform (fixture, NULL);
  g_autoptr (AssayPage) page = open_fixture_pull (platform, cursor);
  g_autoptr (AssayPage) first = NULL;
  g_autoptr (AssayPage) other = NULL;
  g_autoptr (AssayPlatform) third = NULL;

  g_assert_true (assay_page_is_empty (page));
  g_assert_false (assay_page_get_whole (page));

  /* A listing that was not finished is begun anew: what the other saw is not known. */
  first = open_fixture_pull (platform, NULL);
  g_assert_true (assay_page_get_more (first));
  third = open_fixture_new_platform (fixture, NULL);
  other = open_fixture_pull (third, assay_page_get_cursor (first));
  g_assert_cmpuint (assay_page_get_projects (other)->len, ==, 7);
  g_assert_true (assay_page_get_whole (other));
}

static void
test_foreign_cursor (void)
{
  static const char *const cursors[] = {
    "", "nonsense", "{}", "{\"stage\":\"changes\"}", "{\"stage\":7}", "[1]"
  };
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr (AssayPage) page = open_fixture_pull (fixture->platform, cursors[i]);

      g_assert_true (assay_page_get_whole (page));
      g_assert_cmpuint (assay_page_get_projects (page)->len, ==, 7);
    }
}

/* Without the level "sync" everything is listed, unless its validators say that it is the same. */
static void
test_without_changes (void)
{
  g_autoptr (Stand) stand = stand_new ("sync");
  g_autofree char *cursor = NULL;
  g_autofree char *lease = open_fake_make_lease ("1", "");
  g_autofree char *leases = g_strdup_printf ("{'items':[%s],'next':null}", lease);
  g_autoptr (AssayPage) same = NULL;
  g_autoptr (AssayPage) other = NULL;
  g_autoptr (GPtrArray) pages = new_pages ();

  open_fake_furnish (stand->fake);
  g_free (open_fixture_pull_all (stand->platform, NULL, NULL));
  cursor = open_fixture_pull_all (stand->platform, NULL, NULL);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/changes"), ==, 0);
  open_fake_clear_requests (stand->fake);
  same = open_fixture_pull (stand->platform, cursor);
  g_assert_true (assay_page_is_empty (same));
  g_assert_false (assay_page_get_whole (same));
  g_assert_false (assay_page_get_more (same));
  /* Projects, leases, feedback. */
  g_assert_cmpuint (open_fake_get_requests (stand->fake)->len, ==, 3);

  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases", 200, leases, "ETag", "\"leases-2\"", NULL);
  other = open_fixture_pull (stand->platform, assay_page_get_cursor (same));
  g_assert_true (assay_page_get_whole (other));
  g_free (open_fixture_pull_all (stand->platform, assay_page_get_cursor (other), pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 1);
}

/* One that cannot be read does not keep the others away. */
static void
test_unreadable (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *good = open_fake_make_lease ("good", "");
  g_autofree char *form = open_fake_make_lease ("form", ",'form':{'id':'none','version':1}");
  g_autofree char *task = open_fake_make_lease ("task", ",'task':{'prompt':'Without an id'}");
  g_autofree char *state = open_fake_make_lease ("state", ",'state':'dancing'");
  g_autofree char *leases =
      g_strdup_printf ("{'items':[%s,7,null,{},%s,%s,%s],'next':null}", form, task, state, good);
  g_autoptr (GPtrArray) pages = new_pages ();
  AssayPage *page;

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases", 200, leases, NULL);
  g_free (open_fixture_pull_all (stand->platform, NULL, pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 1);
  page = pages->pdata[1];
  g_assert_cmpuint (assay_page_get_n_unreadable (page), ==, 6);
  g_assert_cmpstr (assay_task_get_id (get_task (pages, 0)->task), ==, "t-good");
}

/* A known answer that is told by mistake is not known here. */
static void
test_gold (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = NULL;
  AssayPageTask *task;

  open_fixture_control (fixture, "set-defect", "{'name': 'gold-shows'}");
  page = open_fixture_claim (fixture, "quick", 2);
  task = assay_page_get_tasks (page)->pdata[0];
  g_assert_null (assay_task_get_gold (task->task));
}

/* Lists that have no end */

static void
assert_endless (Stand *stand, const char *cursor)
{
  g_autofree char *place = g_strdup (cursor);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayPage) page =
          open_fixture_wait_object (assay_platform_pull (stand->platform, place), &error);

      if (page == NULL)
        {
          g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL);
          return;
        }
      g_assert_true (assay_page_get_more (page));
      g_set_str (&place, assay_page_get_cursor (page));
    }
  g_assert_not_reached ();
}

static char *
make_list (const char *id, const char *next)
{
  g_autofree char *lease = id != NULL ? open_fake_make_lease (id, "") : g_strdup ("");

  return g_strdup_printf ("{'items':[%s],'next':'%s'}", lease, next);
}

static void
test_endless (gconstpointer data)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  const char *sort = data;

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  if (g_str_equal (sort, "repeated"))
    {
      g_autofree char *first = make_list ("1", "A");

      open_fake_say (stand->fake, "GET", "/leases", 200, first, NULL);
    }
  else if (g_str_equal (sort, "circle"))
    {
      g_autofree char *first = make_list ("1", "A");
      g_autofree char *second = make_list ("2", "B");

      for (guint i = 0; i < 20; i++)
        {
          open_fake_say (stand->fake, "GET", "/leases", 200, first, NULL);
          open_fake_say (stand->fake, "GET", "/leases", 200, second, NULL);
        }
    }
  else if (g_str_equal (sort, "empty"))
    {
      for (guint i = 0; i < 40; i++)
        {
          g_autofree char *next = g_strdup_printf ("A%u", i);
          g_autofree char *page = make_list (NULL, next);

          open_fake_say (stand->fake, "GET", "/leases", 200, page, NULL);
        }
    }
  else if (g_str_equal (sort, "elsewhere"))
    {
      g_autofree char *first = make_list ("1", "A");

      open_fake_say (stand->fake, "GET", "/leases", 200, first, "Link",
                     "<https://elsewhere.example.org/leases?cursor=A>; rel=\"next\"", NULL);
    }
  assert_endless (stand, NULL);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/leases"), <, 20);

  /* And the next time it is begun anew. */
  open_fake_clear_requests (stand->fake);
  assert_endless (stand, NULL);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/projects"), ==, 1);
}

/* What was read before it went wrong is there, and a page may be asked for twice. */
static void
test_kept_and_repeated (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *first = make_list ("1", "A");
  g_autofree char *second = make_list ("2", "A");
  g_autoptr (AssayPage) projects = NULL;
  g_autoptr (AssayPage) one = NULL;
  g_autoptr (AssayPage) one_again = NULL;
  g_autoptr (AssayPage) two = NULL;

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases?limit=200", 200, first, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=200&cursor=A", 200, second, NULL);
  projects = open_fixture_pull (stand->platform, NULL);
  one = open_fixture_pull (stand->platform, assay_page_get_cursor (projects));
  one_again = open_fixture_pull (stand->platform, assay_page_get_cursor (projects));
  g_assert_cmpuint (assay_page_get_tasks (one_again)->len, ==, 1);
  g_assert_cmpstr (assay_page_get_cursor (one), ==, assay_page_get_cursor (one_again));
  two = open_fixture_pull (stand->platform, assay_page_get_cursor (one));
  g_assert_cmpuint (assay_page_get_tasks (two)->len, ==, 1);
  g_assert_cmpint (pull_error (stand->platform, assay_page_get_cursor (two)), ==,
                   ASSAY_PLATFORM_ERROR_PROTOCOL);
}

/* Some say it by a Link alone. */
static void
test_link_alone (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *lease = open_fake_make_lease ("1", "");
  g_autofree char *other = open_fake_make_lease ("2", "");
  g_autofree char *first = g_strdup_printf ("{'items':[%s]}", lease);
  g_autofree char *second = g_strdup_printf ("{'items':[%s]}", other);
  g_autoptr (GPtrArray) pages = new_pages ();

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases?limit=200", 200, first, "Link",
                 "<leases?page=2>; rel=\"next\"", NULL);
  open_fake_say (stand->fake, "GET", "/leases?page=2", 200, second, NULL);
  g_free (open_fixture_pull_all (stand->platform, NULL, pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 2);
}

/* Fewer tasks are asked for where a page of them is too much. */
static void
test_large_tasks (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *text = g_strnfill (5 * 1024 * 1024, 'x');
  g_autofree char *task = g_strdup_printf (
      ",'task':{'id':'t','prompt':'What?','responses':[{'id':'a','content':'%s'}]}", text);
  g_autofree char *lease = open_fake_make_lease ("1", task);
  g_autofree char *many = g_strdup_printf ("{'items':[%s,%s],'next':null}", lease, lease);
  g_autofree char *one = g_strdup_printf ("{'items':[%s],'next':null}", lease);
  g_autoptr (GPtrArray) pages = new_pages ();

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases?limit=200", 200, many, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=20", 200, one, NULL);
  g_free (open_fixture_pull_all (stand->platform, NULL, pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 1);
}

/* A task that is larger than a task may be, in bytes or in one of its texts. (transfer full) */
static char *
make_too_large (gboolean in_bytes)
{
  g_autofree char *text = g_strnfill ((in_bytes ? 6 : 9) * 1024 * 1024, 'x');
  g_autoptr (GString) responses = g_string_new (NULL);
  g_autofree char *task = NULL;

  for (guint i = 0; i < (in_bytes ? 3 : 1); i++)
    g_string_append_printf (responses, "%s{'id':'r%u','content':'%s'}", i > 0 ? "," : "", i, text);
  task = g_strdup_printf (",'task':{'id':'t-large','prompt':'What?','responses':[%s]}",
                          responses->str);
  return open_fake_make_lease ("large", task);
}

/* One that is too large even by itself keeps the others of the list not away. */
static void
test_too_large (gconstpointer data)
{
  gboolean is_last = g_str_equal (data, "last");
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *large = make_too_large (!g_str_equal (data, "text"));
  g_autofree char *good = open_fake_make_lease ("good", "");
  g_autofree char *other = open_fake_make_lease ("other", "");
  g_autofree char *many = g_strdup_printf ("{'items':[%s,%s,%s],'next':null}", good, large, other);
  g_autofree char *first = g_strdup_printf ("{'items':[%s],'next':'A'}", good);
  g_autofree char *second =
      g_strdup_printf ("{'items':[%s],'next':%s}", large, is_last ? "null" : "'B'");
  g_autofree char *third = g_strdup_printf ("{'items':[%s],'next':null}", other);
  g_autoptr (GPtrArray) pages = new_pages ();
  guint n_unreadable = 0;

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases?limit=200", 200, many, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=20", 200, many, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=2", 200, many, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=1", 200, first, NULL);
  if (is_last)
    open_fake_say (stand->fake, "GET", "/leases?limit=1&cursor=A", 200, second, NULL);
  else
    open_fake_say (stand->fake, "GET", "/leases?limit=1&cursor=A", 200, second, "Link",
                   "<leases?limit=1&cursor=B>; rel=\"next\"", NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=1&cursor=B", 200, third, NULL);
  g_free (open_fixture_pull_all (stand->platform, NULL, pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, is_last ? 1 : 2);
  g_assert_cmpstr (assay_task_get_id (get_task (pages, 0)->task), ==, "t-good");
  for (guint i = 0; i < pages->len; i++)
    n_unreadable += assay_page_get_n_unreadable (pages->pdata[i]);
  g_assert_cmpuint (n_unreadable, ==, 1);
  /* Without a word on what follows, nothing is known to be gone. */
  g_assert_true (assay_page_get_whole (pages->pdata[0]));
  g_assert_cmpint (assay_page_get_whole (pages->pdata[pages->len - 1]), ==, !is_last);
  if (!is_last)
    g_assert_cmpstr (assay_task_get_id (get_task (pages, 1)->task), ==, "t-other");
}

/* A platform that cannot be reached in the middle is gone on with where it was. */
static void
test_interrupted (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autofree char *first = make_list ("1", "A");
  g_autofree char *lease = open_fake_make_lease ("2", "");
  g_autofree char *last = g_strdup_printf ("{'items':[%s],'next':null}", lease);
  g_autoptr (AssayPage) projects = NULL;
  g_autoptr (AssayPage) one = NULL;
  g_autoptr (GPtrArray) pages = new_pages ();
  static const char *const wrong[] = { "{'items':7}", "[]", "7", "{}", "'text'" };

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  open_fake_say (stand->fake, "GET", "/leases?limit=200", 200, first, NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=200&cursor=A", 500, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    open_fake_say (stand->fake, "GET", "/leases?limit=200&cursor=A", 200, wrong[i], NULL);
  open_fake_say (stand->fake, "GET", "/leases?limit=200&cursor=A", 200, last, NULL);
  projects = open_fixture_pull (stand->platform, NULL);
  one = open_fixture_pull (stand->platform, assay_page_get_cursor (projects));
  g_assert_cmpint (pull_error (stand->platform, assay_page_get_cursor (one)), ==,
                   ASSAY_PLATFORM_ERROR_SERVER_FAULT);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (pull_error (stand->platform, assay_page_get_cursor (one)), ==,
                     ASSAY_PLATFORM_ERROR_PROTOCOL);
  g_free (open_fixture_pull_all (stand->platform, assay_page_get_cursor (one), pages));
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, 1);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/projects"), ==, 1);
}

/* What may not be seen is not there; what is not there is not asked for. */
static void
test_without_feedback (void)
{
  g_autoptr (Stand) stand = stand_new ("feedback");
  g_autoptr (Stand) other = stand_new (NULL);
  g_autoptr (GPtrArray) pages = new_pages ();

  open_fake_furnish (stand->fake);
  g_free (open_fixture_pull_all (stand->platform, NULL, pages));
  g_assert_cmpuint (pages->len, ==, 2);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/feedback"), ==, 0);

  open_fake_furnish (other->fake);
  open_fake_forget (other->fake, "GET", "/feedback");
  open_fake_say (other->fake, "GET", "/feedback", 403,
                 "{'type':'/problems/scope-missing','title':'No','status':403}", NULL);
  g_free (open_fixture_pull_all (other->platform, NULL, NULL));
}

/* What this thread itself has worked, in microseconds: the machine may be busy with other things.
 */
static gint64
get_own_time (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Thousands of tasks, while the main context goes on. */
static void
test_many (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GPtrArray) pages = new_pages ();
  const guint n_pages = 50;
  gint64 worst = 0;
  g_autofree char *place = NULL;
  gboolean more = TRUE;

  open_fake_furnish (stand->fake);
  open_fake_forget (stand->fake, "GET", "/leases");
  for (guint i = 0; i < n_pages; i++)
    {
      g_autoptr (GString) list = g_string_new ("{'items':[");

      for (guint k = 0; k < 200; k++)
        {
          g_autofree char *id = g_strdup_printf ("%u-%u", i, k);
          g_autofree char *lease = open_fake_make_lease (id, "");

          g_string_append_printf (list, "%s%s", k > 0 ? "," : "", lease);
        }
      if (i + 1 < n_pages)
        g_string_append_printf (list, "],'next':'%u'}", i + 1);
      else
        g_string_append (list, "],'next':null}");
      open_fake_say (stand->fake, "GET", "/leases", 200, list->str, NULL);
    }
  while (more)
    {
      g_autoptr (DexFuture) future = assay_platform_pull (stand->platform, place);
      const GValue *value;

      while (dex_future_is_pending (future))
        {
          gint64 begin = get_own_time ();

          g_main_context_iteration (NULL, FALSE);
          worst = MAX (worst, get_own_time () - begin);
        }
      value = dex_future_get_value (future, NULL);
      g_assert_nonnull (value);
      g_ptr_array_add (pages, g_value_dup_object (value));
      more = assay_page_get_more (pages->pdata[pages->len - 1]);
      g_set_str (&place, assay_page_get_cursor (pages->pdata[pages->len - 1]));
    }
  g_test_message ("The longest turn of the main context took %" G_GINT64_FORMAT " us", worst);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (worst, <, LONGEST_TURN_US);
#endif
  g_assert_cmpuint (sum (pages, assay_page_get_tasks), ==, n_pages * 200);
  g_assert_cmpuint (open_fake_count (stand->fake, "GET", "/forms"), ==, 1);
  g_assert_cmpuint (sum (pages, assay_page_get_guidelines), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  /* What a platform says wrongly is warned of. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  g_test_add_func ("/platforms/open/pull/whole", test_whole);
  g_test_add_func ("/platforms/open/pull/terms", test_terms);
  g_test_add_func ("/platforms/open/pull/nothing-new", test_nothing_new);
  g_test_add_func ("/platforms/open/pull/new-process", test_new_process);
  g_test_add_func ("/platforms/open/pull/foreign-cursor", test_foreign_cursor);
  g_test_add_func ("/platforms/open/pull/without-changes", test_without_changes);
  g_test_add_func ("/platforms/open/pull/unreadable", test_unreadable);
  g_test_add_func ("/platforms/open/pull/gold", test_gold);
  g_test_add_data_func ("/platforms/open/pull/endless/repeated", "repeated", test_endless);
  g_test_add_data_func ("/platforms/open/pull/endless/circle", "circle", test_endless);
  g_test_add_data_func ("/platforms/open/pull/endless/empty", "empty", test_endless);
  g_test_add_data_func ("/platforms/open/pull/endless/elsewhere", "elsewhere", test_endless);
  g_test_add_func ("/platforms/open/pull/kept-and-repeated", test_kept_and_repeated);
  g_test_add_func ("/platforms/open/pull/link-alone", test_link_alone);
  g_test_add_func ("/platforms/open/pull/large-tasks", test_large_tasks);
  g_test_add_data_func ("/platforms/open/pull/too-large/bytes", "bytes", test_too_large);
  g_test_add_data_func ("/platforms/open/pull/too-large/text", "text", test_too_large);
  g_test_add_data_func ("/platforms/open/pull/too-large/last", "last", test_too_large);
  g_test_add_func ("/platforms/open/pull/interrupted", test_interrupted);
  g_test_add_func ("/platforms/open/pull/without-feedback", test_without_feedback);
  g_test_add_func ("/platforms/open/pull/many", test_many);

  return g_test_run ();
}
