/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Judgements that were made elsewhere. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "store-fixture.h"

/* A record as an export has it: submitted, unless @members say something else. */
static AssayNewJudgement *
make (const char *task, const char *rationale, const char *members)
{
  g_autofree char *text = g_strdup_printf (
      "{\"type\":\"judgement\",\"id\":\"j-%s\",\"task_id\":\"%s\",\"kind\":\"pairwise\","
      "\"schema_version\":1,\"revision\":2,\"outcome\":\"answered\",\"answers\":{},"
      "\"rationale\":\"%s\",\"effort\":{\"active_ms\":5000},%s\"later\":[1]}",
      task, task, rationale, members);
  AssayNewJudgement *judgement = g_new0 (AssayNewJudgement, 1);
  g_autoptr (GError) error = NULL;

  judgement->task_id = g_strdup (task);
  judgement->node = assay_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return judgement;
}

#define SUBMITTED "\"times\":{\"created\":1000,\"submitted\":2000},"

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) assay_new_judgement_free);
}

static void
add (TestStore *test, GPtrArray *judgements)
{
  test_await (
      assay_store_add_judgements (test->store, assay_project_get_id (test->project), judgements));
}

static AssayJudgementFate
add_one (TestStore *test, const char *task, const char *rationale, const char *members)
{
  g_autoptr (GPtrArray) list = new_list ();

  g_ptr_array_add (list, make (task, rationale, members));
  add (test, list);
  return ((AssayNewJudgement *) list->pdata[0])->fate;
}

static char *
dup_rationale (TestStore *test, gint64 row)
{
  g_autoptr (AssayOpenTask) open = test_store_load (test, row);

  return g_strdup (assay_judgement_get_rationale (assay_open_task_get_judgement (open)));
}

/* It is done here, is found and can be reopened; and nothing of it is in the outbox. */
static void
test_submitted (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayOpenTask) reopened = NULL;
  g_autoptr (AssayTaskQuery) query = assay_task_query_new ();
  g_autoptr (GArray) found = NULL;
  g_autoptr (JsonNode) record = NULL;
  AssayJudgement *judgement;
  gint64 row;

  test_store_add_many (test, 2);
  row = test_store_first_row (test);
  g_assert_cmpint (add_one (test, "t0", "Peculiar words.", SUBMITTED), ==, ASSAY_JUDGEMENT_ADDED);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_SENT);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT submitted_at FROM judgement"), ==, 2000000);

  open = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (open);
  g_assert_true (assay_judgement_get_final (judgement));
  g_assert_cmpint (assay_judgement_get_revision (judgement), ==, 2);
  record = assay_judgement_to_json (judgement, TRUE);
  g_assert_true (assay_json_has (assay_json_node_object (record), "later"));
  g_assert_false (assay_json_has (assay_json_node_object (record), "type"));

  g_set_str (&query->text, "peculiar");
  found = test_store_query (test, query);
  g_assert_cmpuint (found->len, ==, 1);

  test_await (assay_store_reopen (test->store, row));
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  reopened = test_store_load (test, row);
  judgement = assay_open_task_get_judgement (reopened);
  g_assert_false (assay_judgement_get_final (judgement));
  g_assert_cmpint (assay_judgement_get_revision (judgement), ==, 3);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, "Peculiar words.");
}

/* What was begun on a judgement that came here settled; what is older is left out. */
static void
test_revised (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) list = new_list ();
  g_autofree char *rationale = NULL;
  AssayNewJudgement *draft;
  JsonObject *object;
  gint64 row;

  test_store_add_many (test, 1);
  row = test_store_first_row (test);
  g_ptr_array_add (list, make ("t0", "Settled.", SUBMITTED));
  g_ptr_array_add (list, make ("t0", "The same again.", "\"draft\":true,"));
  draft = make ("t0", "Begun anew.", "\"draft\":true,");
  object = assay_json_node_object (draft->node);
  json_object_set_int_member (object, "revision", 3);
  g_ptr_array_add (list, draft);
  add (test, list);
  g_assert_cmpint (((AssayNewJudgement *) list->pdata[0])->fate, ==, ASSAY_JUDGEMENT_ADDED);
  g_assert_cmpint (((AssayNewJudgement *) list->pdata[1])->fate, ==, ASSAY_JUDGEMENT_LEFT_OUT);
  g_assert_cmpint (draft->fate, ==, ASSAY_JUDGEMENT_ADDED_AS_DRAFT);
  g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
  rationale = dup_rationale (test, row);
  g_assert_cmpstr (rationale, ==, "Begun anew.");
  g_assert_cmpint (test_store_query_int (test, "SELECT revision FROM judgement"), ==, 2);
}

/* A draft goes on as one, also where its record claims more; what names no time of submission was
 * never submitted. */
static void
test_drafts (void)
{
  static const char *const members[] = { "\"draft\":true,", "\"draft\":true," SUBMITTED, "" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (TestStore) test = test_store_new ();
      g_autoptr (AssayOpenTask) open = NULL;
      g_autoptr (AssayOutboxItem) item = NULL;
      gint64 row;

      test_store_add_many (test, 1);
      row = test_store_first_row (test);
      g_assert_cmpint (add_one (test, "t0", "Not yet.", members[i]), ==,
                       ASSAY_JUDGEMENT_ADDED_AS_DRAFT);
      g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_STARTED);
      open = test_store_load (test, row);
      g_assert_false (assay_judgement_get_final (assay_open_task_get_judgement (open)));
      g_assert_cmpstr (assay_judgement_get_rationale (assay_open_task_get_judgement (open)), ==,
                       "Not yet.");
      item = test_store_submit (test, row, "Now.", 0);
      g_assert_cmpint (test_store_get_state (test, row), ==, ASSAY_TASK_QUEUED);
    }
}

/* What somebody did here stays: a draft, also an empty one, a submission that waits, one that is
 * done. */
static void
test_left_out (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayOutboxItem) waiting = NULL;
  g_autoptr (AssayOutboxItem) done = NULL;
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (AssayOpenTask) looked_at = NULL;
  g_autoptr (GPtrArray) list = new_list ();
  g_autoptr (GBytes) empty = NULL;
  gint64 row;
  static const char *const rationales[] = { "Draft here.", "Waits.", "Done here.", "",
                                            "Imported." };

  test_store_add_many (test, 5);
  row = test_store_first_row (test);
  open = test_store_load (test, row);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Draft here.");
  test_store_save (test, row, assay_open_task_get_judgement (open));
  waiting = test_store_submit (test, row + 1, "Waits.", ASSAY_UNDO_WINDOW_US);
  done = test_store_submit (test, row + 2, "Done here.", 0);
  test_store_deliver (test, done, ASSAY_OUTBOX_ACCEPTED);
  looked_at = test_store_load (test, row + 3);
  empty = test_draft_bytes (assay_open_task_get_judgement (looked_at));
  test_await (assay_store_save_draft (
      test->store, row + 3, assay_judgement_get_id (assay_open_task_get_judgement (looked_at)),
      assay_task_get_digest (assay_open_task_get_task (looked_at)), empty, TRUE));

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *task = g_strdup_printf ("t%u", i);

      g_ptr_array_add (list, make (task, "Imported.", SUBMITTED));
    }
  add (test, list);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *rationale = dup_rationale (test, row + i);

      g_assert_cmpint (((AssayNewJudgement *) list->pdata[i])->fate, ==,
                       i < 4 ? ASSAY_JUDGEMENT_LEFT_OUT : ASSAY_JUDGEMENT_ADDED);
      g_assert_cmpstr (rationale, ==, rationales[i]);
    }
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM draft_revision"
                                               " WHERE reason = 'conflict'"),
                   ==, 0);
}

static void
test_refused (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) list = new_list ();

  test_store_add_many (test, 3);
  g_ptr_array_add (list, make ("t0", "", SUBMITTED "\"confidence\":9,"));
  g_ptr_array_add (list, make ("nowhere", "", SUBMITTED));
  g_ptr_array_add (list, make ("t2", "Good.", SUBMITTED));
  add (test, list);
  for (guint i = 0; i < 2; i++)
    {
      AssayNewJudgement *judgement = list->pdata[i];

      g_assert_cmpint (judgement->fate, ==, ASSAY_JUDGEMENT_REFUSED);
      g_assert_nonnull (judgement->message);
    }
  g_assert_nonnull (strstr (((AssayNewJudgement *) list->pdata[0])->message, "/confidence"));
  g_assert_cmpint (((AssayNewJudgement *) list->pdata[2])->fate, ==, ASSAY_JUDGEMENT_ADDED);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_SENT), ==, 1);
}

static void
changed_cb (AssayStore *store, gint64 project, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* More than one turn: a draft that somebody types meanwhile does not wait for all of them. */
static void
test_many (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (GPtrArray) list = new_list ();
  g_autoptr (AssayOpenTask) open = NULL;
  g_autoptr (GBytes) body = NULL;
  DexFuture *adding;
  guint n_changes = 0;
  gint64 row;

  test_store_add_many (test, 400);
  row = test_store_first_row (test);
  open = test_store_load (test, row + 399);
  assay_judgement_set_rationale (assay_open_task_get_judgement (open), "Typed meanwhile.");
  body = test_draft_bytes (assay_open_task_get_judgement (open));
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *task = g_strdup_printf ("t%u", i);

      g_ptr_array_add (list, make (task, "Imported.", SUBMITTED));
    }
  g_signal_connect (test->store, "tasks-changed", G_CALLBACK (changed_cb), &n_changes);
  adding = assay_store_add_judgements (test->store, assay_project_get_id (test->project), list);
  test_await (assay_store_save_draft (test->store, row + 399,
                                      assay_judgement_get_id (assay_open_task_get_judgement (open)),
                                      assay_task_get_digest (assay_open_task_get_task (open)), body,
                                      FALSE));
  g_assert_true (dex_future_is_pending (adding));
  test_await (adding);
  g_assert_cmpuint (test_store_count (test, ASSAY_TASK_SENT), ==, 399);
  g_assert_cmpint (((AssayNewJudgement *) list->pdata[399])->fate, ==, ASSAY_JUDGEMENT_LEFT_OUT);
  g_assert_cmpuint (n_changes, >, 0);
}

/* A guideline that came along never takes the place of one that is here. */
static void
test_guideline (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayGuideline) here = assay_guideline_new ("g", 1, "Here", "One text");
  g_autoptr (AssayGuideline) same = assay_guideline_new ("g", 1, "There", "One text");
  g_autoptr (AssayGuideline) other = assay_guideline_new ("g", 1, "There", "Another text");
  g_autoptr (AssayGuideline) loaded = NULL;
  const struct
  {
    AssayGuideline *guideline;
    gboolean expected;
  } steps[] = { { here, TRUE }, { same, TRUE }, { other, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      DexFuture *future = assay_store_add_guideline (test->store, steps[i].guideline);
      g_autoptr (GError) error = NULL;

      while (dex_future_is_pending (future))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_value_get_boolean (dex_future_get_value (future, &error)), ==,
                       steps[i].expected);
      g_assert_no_error (error);
      dex_unref (future);
    }
  loaded = test_await_object (assay_store_load_guideline (test->store, "g", 1));
  g_assert_cmpstr (assay_guideline_get_title (loaded), ==, "Here");
  g_assert_cmpstr (assay_guideline_get_text (loaded), ==, "One text");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/judgements/submitted", test_submitted);
  g_test_add_func ("/judgements/drafts", test_drafts);
  g_test_add_func ("/judgements/revised", test_revised);
  g_test_add_func ("/judgements/left-out", test_left_out);
  g_test_add_func ("/judgements/refused", test_refused);
  g_test_add_func ("/judgements/many", test_many);
  g_test_add_func ("/judgements/guideline", test_guideline);
  return g_test_run ();
}
