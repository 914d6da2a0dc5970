/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "page-fixture.h"

/* Far enough from now in both directions. */
#define LATER (g_get_real_time () + G_TIME_SPAN_DAY)
#define EARLIER (g_get_real_time () - G_TIME_SPAN_DAY)
#define TYPED "What the person wrote about it."

static gint64
get_project (TestStore *test, gint64 row)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT project FROM task WHERE id = %" G_GINT64_FORMAT, row);

  return test_store_query_int (test, sql);
}

static guint
forget (TestStore *test, gint64 row, gint64 before)
{
  return test_await_uint (assay_store_forget_texts (test->store, get_project (test, row), before));
}

/* Whether the task's texts are there. */
static gboolean
has_text (TestStore *test, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);
  AssayTask *task = assay_judgement_get_task (assay_open_task_get_judgement (open));

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    if (*assay_document_get_text (assay_task_get_document (task, i)) != '\0')
      return TRUE;
  return FALSE;
}

static void
test_settled (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  AssayTask *task;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  g_assert_true (has_text (test, row));
  item = test_store_submit (test, row, TYPED, 0);

  /* Not before it was delivered. */
  g_assert_cmpuint (forget (test, row, LATER), ==, 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpuint (forget (test, row, EARLIER), ==, 0);
  g_assert_true (has_text (test, row));
  g_assert_cmpuint (forget (test, row, LATER), ==, 1);
  g_assert_false (has_text (test, row));
  /* Once. */
  g_assert_cmpuint (forget (test, row, LATER), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 0);

  /* It opens, and says what the person said of it. */
  open = test_store_load (test, row);
  task = assay_judgement_get_task (assay_open_task_get_judgement (open));
  g_assert_true (assay_task_get_forgotten (task));
  g_assert_cmpstr (assay_task_get_title (task), ==, "t0");
  g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==, TYPED);
  g_assert_cmpint (assay_open_task_get_state (open), ==, ASSAY_TASK_SENT);
}

/* Sent once more, because the work came back, it is whole. */
static void
test_sent_again (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) item = NULL;
  gint64 row;

  test_store_add_account (test, "open");
  row = test_store_claim (test, "open", "t0");
  item = test_store_submit (test, row, TYPED, 0);
  test_store_deliver (test, item, ASSAY_OUTBOX_ACCEPTED);
  g_assert_cmpuint (forget (test, row, LATER), ==, 1);
  g_assert_cmpint (test_store_claim (test, "open", "t0"), ==, row);
  g_assert_true (has_text (test, row));
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM search_task"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_test_add_func ("/retention/settled", test_settled);
  g_test_add_func ("/retention/sent-again", test_sent_again);
  return g_test_run ();
}
