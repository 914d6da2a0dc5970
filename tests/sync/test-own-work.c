/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All own work comes out of a profile, in whatever state that is. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "assay-json.h"
#include "assay-own-work.h"
#include "assay-scale-question.h"
#include "store-fixture.h"

typedef struct
{
  AssayOwnWork *work;
  char *lines;
  char *text;
} Exported;

static void
exported_clear (Exported *exported)
{
  g_clear_pointer (&exported->work, assay_own_work_free);
  g_free (exported->lines);
  g_free (exported->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exported, exported_clear)

/* A draft, an accepted and a waiting submission, one that was taken back, and older revisions. */
static void
fill (TestStore *test)
{
  g_autoptr (AssayOutboxItem) accepted = NULL;
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) withdrawn = NULL;

  test_store_add_many (test, 6);
  test_store_write (test, 1, "First paragraph.\n\nSecond paragraph.");
  test_store_write (test, 1, "# A draft with <b>marks</b>");
  accepted = test_store_submit (test, 2, "Accepted reason.", 0);
  test_store_deliver (test, accepted, ASSAY_OUTBOX_ACCEPTED);
  waiting = test_store_submit (test, 3, "Waiting reason.", 0);
  withdrawn = test_store_submit (test, 4, "Reason taken back.", 0);
  test_await (assay_store_withdraw (test->store, assay_outbox_item_get_submission (withdrawn)));
}

static void
export_work (TestStore *test, const char *unsaved, Exported *exported)
{
  g_autofree char *target = test_folder_file (test->folder, "out");
  g_autoptr (GFile) folder = g_file_new_for_path (target);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (target, 0700), ==, 0);
  exported->work = test_await_boxed (
      assay_own_work_export (test->folder->path, test->store, folder, unsaved, NULL));
  g_file_load_contents (exported->work->lines, NULL, &exported->lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_load_contents (exported->work->text, NULL, &exported->text, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* How often a rationale is there in each state. */
static guint
count_lines (Exported *exported, const char *state, const char *rationale)
{
  g_auto (GStrv) lines = g_strsplit (exported->lines, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;
      JsonObject *object;

      if (*lines[i] == '\0')
        continue;
      node = assay_json_parse (lines[i], -1, &error);
      g_assert_no_error (error);
      object = assay_json_node_object (node);
      g_assert_cmpstr (assay_json_get_string (object, "type"), ==, "judgement");
      g_assert_false (assay_json_has (object, "draft"));
      n += g_str_equal (assay_json_get_string_or (assay_json_get_object (object, "work"), "state",
                                                  ""),
                        state)
           && strstr (assay_json_get_string_or (object, "rationale", ""), rationale) != NULL;
    }
  return n;
}

static void
assert_submissions (Exported *exported)
{
  g_assert_cmpuint (exported->work->n_submitted, ==, 2);
  g_assert_cmpuint (count_lines (exported, "submitted", "Accepted reason."), ==, 1);
  g_assert_cmpuint (count_lines (exported, "submitted", "Waiting reason."), ==, 1);
  g_assert_cmpuint (count_lines (exported, "submitted", "Reason taken back."), ==, 0);
  g_assert_nonnull (strstr (exported->text, "> Accepted reason."));
  g_assert_nonnull (strstr (exported->text, "> Waiting reason."));
}

static void
assert_drafts (Exported *exported)
{
  g_assert_cmpuint (exported->work->n_drafts, ==, 2);
  g_assert_cmpuint (count_lines (exported, "draft", "A draft with"), ==, 1);
  g_assert_cmpuint (count_lines (exported, "draft", "Reason taken back."), ==, 1);
  g_assert_cmpuint (count_lines (exported, "draft", "Waiting reason."), ==, 0);
  g_assert_cmpuint (count_lines (exported, "revision", "Second paragraph."), ==, 1);
  g_assert_nonnull (strstr (exported->text, "> # A draft with <b>marks</b>"));
}

static void
test_open (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Exported) exported = { 0 };
  g_autofree char *said = NULL;

  fill (test);
  export_work (test,
               "{\"type\":\"judgement\",\"task_id\":\"t5\",\"rationale\":\"Only in memory.\"}\n",
               &exported);
  assert_submissions (&exported);
  g_assert_cmpuint (exported.work->n_drafts, ==, 3);
  g_assert_cmpuint (count_lines (&exported, "draft", "Only in memory."), ==, 1);
  g_assert_cmpuint (exported.work->n_unread, ==, 0);
  g_assert_nonnull (strstr (exported.text, "## "));
  said = assay_own_work_describe (exported.work);
  g_assert_cmpstr (said, ==, "2 submitted judgements and 3 drafts were exported.");
}

/* What was said of each response is there, by the letters that the person saw. */
static void
test_each_response (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Exported) exported = { 0 };
  g_autoptr (JsonNode) node =
      json_from_string ("{\"id\": \"each\", \"prompt\": \"p\", \"responses\": [{\"id\": \"m1\", "
                        "\"content\": \"One\"}], \"form\": {\"questions\": [{\"id\": \"clarity\", "
                        "\"type\": \"scale\", \"label\": \"Clarity\", \"scope\": "
                        "\"each-response\", \"min\": 1, \"max\": 5}]}}",
                        NULL);
  g_autoptr (AssayTask) task = assay_task_new_from_json (node, NULL);
  g_autoptr (JsonNode) answer = assay_scale_answer_with_value (NULL, 4);
  g_autoptr (AssayOpenTask) open = NULL;

  test_store_add (test, task);
  open = test_store_load (test, 1);
  assay_judgement_set_answer (assay_open_task_get_judgement (open), "clarity", "m1", answer);
  test_store_save (test, 1, assay_open_task_get_judgement (open));
  export_work (test, NULL, &exported);
  g_assert_nonnull (strstr (exported.text, "- Clarity (A): 4"));
}

/* Nobody else may open a store on a network: a copy of it is read. */
static void
test_network (void)
{
  g_autoptr (TestStore) test = NULL;
  g_auto (Exported) exported = { 0 };

  g_setenv ("ASSAY_FILE_SYSTEM", "6969", TRUE);
  test = test_store_new ();
  fill (test);
  export_work (test, NULL, &exported);
  assert_submissions (&exported);
  assert_drafts (&exported);
  g_assert_cmpuint (exported.work->n_unread, ==, 0);
  g_unsetenv ("ASSAY_FILE_SYSTEM");
}

/* Nobody needs to open it. */
static void
test_closed (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Exported) exported = { 0 };

  fill (test);
  test_store_close (test);
  export_work (test, NULL, &exported);
  assert_submissions (&exported);
  assert_drafts (&exported);
}

/* Nothing of the file can be read: the copy has the drafts, the spool what came after it. */
static void
test_damaged (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Exported) exported = { 0 };
  g_autoptr (AssayOutboxItem) later = NULL;
  g_autofree char *path = test_folder_file (test->folder, "assay.db");
  g_autofree char *said = NULL;

  fill (test);
  g_free (test_await_string (assay_store_back_up (test->store)));
  later = test_store_submit (test, 5, "After the copy.", 0);
  test_store_close (test);
  test_file_overwrite (path, 0, 4096);

  export_work (test, NULL, &exported);
  g_assert_cmpuint (exported.work->n_submitted, ==, 3);
  g_assert_cmpuint (count_lines (&exported, "submitted", "Accepted reason."), ==, 1);
  g_assert_cmpuint (count_lines (&exported, "submitted", "After the copy."), ==, 1);
  assert_drafts (&exported);
  g_assert_cmpuint (exported.work->n_unread, >, 0);
  said = assay_own_work_describe (exported.work);
  g_assert_nonnull (strstr (said, "could not be read"));
}

/* Neither is there: what was submitted still comes out. */
static void
test_spool_alone (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_auto (Exported) exported = { 0 };
  g_autofree char *path = test_folder_file (test->folder, "assay.db");

  fill (test);
  test_store_close (test);
  test_store_remove_copies (test);
  g_assert_cmpint (g_unlink (path), ==, 0);
  export_work (test, NULL, &exported);
  assert_submissions (&exported);
  g_assert_nonnull (strstr (exported.text, "Task that could not be read"));
  g_assert_cmpint (g_access (path, F_OK), !=, 0);
}

static void
test_cannot_write (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/proc/no/such/folder");
  DexFuture *future = assay_own_work_export (test->folder->path, test->store, nowhere, NULL, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (dex_future_get_status (future), ==, DEX_FUTURE_STATUS_REJECTED);
  dex_unref (future);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/own-work/open", test_open);
  g_test_add_func ("/own-work/each-response", test_each_response);
  g_test_add_func ("/own-work/network", test_network);
  g_test_add_func ("/own-work/closed", test_closed);
  g_test_add_func ("/own-work/damaged", test_damaged);
  g_test_add_func ("/own-work/spool-alone", test_spool_alone);
  g_test_add_func ("/own-work/cannot-write", test_cannot_write);

  return g_test_run ();
}
