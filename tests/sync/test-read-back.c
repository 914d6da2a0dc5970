/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is exported in Assay's own form and imported into a fresh profile is exported from there to
 * the same bytes. */

#include "config.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>

#include "assay-json.h"
#include "assay-questions.h"
#include "assay-workspace.h"
#include "store-fixture.h"

#define SEED 20260131
/* 2026-01-31T12:00:00Z */
#define CREATED_AT_MS G_GINT64_CONSTANT (1769860800000)

/* Answers @question as a person might, or leaves it. */
static JsonNode *
make_answer (GRand *random, AssayTask *task, AssayQuestion *question)
{
  guint n = assay_task_get_n_responses (task);

  if (ASSAY_IS_PAIRWISE_QUESTION (question) && n == 2)
    {
      int strength = g_rand_int_range (random, 0, 3);
      AssayDocument *chosen = assay_task_get_response (task, g_rand_int_range (random, 0, 2));

      return assay_pairwise_answer_new (strength > 0 ? assay_document_get_key (chosen) : NULL,
                                        strength,
                                        strength > 0              ? ASSAY_BOTH_UNSET
                                        : g_rand_boolean (random) ? ASSAY_BOTH_GOOD
                                                                  : ASSAY_BOTH_BAD);
    }
  if (ASSAY_IS_SCALE_QUESTION (question))
    return assay_scale_answer_new (assay_scale_question_get_min (ASSAY_SCALE_QUESTION (question)));
  if (ASSAY_IS_TEXT_QUESTION (question))
    return assay_text_answer_new ("A text with \"quotes\",\ttab and \xE2\x80\xA8 separator");
  return NULL;
}

static void
judge (GRand *random, AssayJudgement *judgement)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      gboolean each = assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE;

      for (guint r = 0; r < (each ? assay_task_get_n_responses (task) : 1); r++)
        {
          g_autoptr (JsonNode) answer = make_answer (random, task, question);

          if (answer != NULL)
            assay_judgement_set_answer (
                judgement, assay_question_get_id (question),
                each ? assay_document_get_key (assay_task_get_response (task, r)) : NULL, answer);
        }
    }
  assay_judgement_set_rationale (judgement,
                                 "@A says it; \xF0\x9F\x98\x80 e\xCC\x81, and \xD7\xA9.");
}

static GBytes *
make_draft (AssayJudgement *judgement)
{
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (judgement);
  char *text = assay_json_to_string (node);

  return g_bytes_new_take (text, strlen (text));
}

/* As if a later version had written it, with what this one does not know. */
static AssayJudgement *
add_unknown (AssayJudgement *judgement)
{
  static const char members[] =
      "{\"checks\":[{\"id\":\"z\",\"result\":\"pass\"}],\"a_later\":{\"n\":"
      "1.50,\"text\":\"\\u2028\"}}";
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (judgement);
  g_autoptr (JsonNode) more = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = assay_json_node_object (node);
  AssayJudgement *again;

  more = assay_json_parse (members, -1, &error);
  g_assert_no_error (error);
  json_object_set_member (object, "checks",
                          json_node_copy (
                              json_object_get_member (assay_json_node_object (more), "checks")));
  json_object_set_member (object, "a_later",
                          json_node_copy (
                              json_object_get_member (assay_json_node_object (more), "a_later")));
  json_object_set_int_member (assay_json_get_object (object, "effort"), "later_ms", 7);
  json_object_set_int_member (assay_json_get_object (object, "times"), "later", 8);
  again = assay_judgement_new_from_json (assay_judgement_get_task (judgement), node, &error);
  g_assert_no_error (error);
  return again;
}

static void
decorate (AssayJudgement *judgement, guint i)
{
  AssayEffort *effort = assay_judgement_get_effort (judgement);
  AssayTask *task = assay_judgement_get_task (judgement);

  effort->active_ms = 61000 + i;
  effort->idle_ms = 10 + i;
  effort->opens = 2;
  effort->first_opened_at = CREATED_AT_MS - 90000;
  assay_judgement_set_confidence (judgement, 1 + (int) (i % 5));
  assay_judgement_set_flag (judgement, "guideline_gap", "Nothing on \"quotes\".");
  assay_judgement_set_flag (judgement, "of_a_later_version", "");
  assay_judgement_set_private_note (judgement, "Stays here.");
  assay_judgement_count_composition (judgement, 40, 3, 2, 1);
  if (assay_task_get_n_responses (task) > 0)
    assay_judgement_set_read_to_end (judgement,
                                     assay_document_get_key (assay_task_get_response (task, 0)));
  if (i % 3 == 0)
    assay_judgement_set_guideline_seen (judgement, 3, "abcdef", CREATED_AT_MS - 80000);
  if (i % 4 == 0)
    assay_judgement_set_revealed_at (judgement, CREATED_AT_MS - 1000);
  if (i % 7 == 0)
    assay_judgement_set_salvage (judgement, "The time that was allowed is over.");
}

/* What there can be of a task: it was judged, or left by one of the ways out, or begun, also with
 * nothing but a private note, or not looked at. Of large projects only the beginning is judged. */
static void
judge_all (AssayStore *store, AssayProject *project)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) rows = test_await_boxed (
      assay_store_list_export_rows (store, assay_project_get_id (project), 0, 100, FALSE));

  g_assert_cmpuint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      AssayExportRow *row = rows->pdata[i];
      g_autoptr (AssayOpenTask) open = NULL;
      g_autoptr (AssayJudgement) judgement = NULL;
      g_autoptr (GBytes) draft = NULL;

      if (i % 6 == 5)
        continue;
      open = test_await_object (assay_store_load_task (store, row->row));
      judgement = g_object_ref (assay_open_task_get_judgement (open));
      if (i % 6 != 4)
        {
          judge (random, judgement);
          decorate (judgement, i);
        }
      else
        assay_judgement_set_private_note (judgement, "Only a note.");
      if (i % 6 == 1)
        {
          AssayJudgement *again = add_unknown (judgement);

          g_object_unref (judgement);
          judgement = again;
        }
      if (i % 6 == 2)
        assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_OUT_OF_EXPERTISE, NULL,
                                     "Marine biology");
      draft = make_draft (judgement);
      if (i % 6 == 3 || i % 6 == 4)
        {
          test_await (assay_store_save_draft (store, row->row, assay_judgement_get_id (judgement),
                                              assay_task_get_digest (row->task), draft, FALSE));
          continue;
        }
      assay_judgement_finalize_submission (judgement, CREATED_AT_MS + i);
      g_object_unref (
          test_await_object (assay_store_submit (store, row->row, judgement, draft, 0)));
    }
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
export_all (AssayStore *store, TestFolder *folder, AssayProject *project, const char *name)
{
  g_autofree char *path = test_folder_file (folder, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const AssayExportOptions options = { .with_drafts = TRUE, .created_at_ms = CREATED_AT_MS };
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find ("assay"), file, project, &options);

  test_await (assay_workspace_export (store, project, exporter, TRUE, NULL));
  return read_text (path);
}

static AssayImportResult *
import_all (AssayStore *store, TestFolder *folder, const char *name)
{
  g_autofree char *path = test_folder_file (folder, name);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  AssayImportResult *result;

  g_ptr_array_add (files, g_file_new_for_path (path));
  importer = assay_importer_new (files);
  mapping = test_await_object (assay_importer_detect (importer));
  result = test_await_boxed (assay_workspace_import (store, importer, mapping, NULL));
  g_assert_cmpuint (assay_importer_get_n_problems (importer), ==, 0);
  g_assert_cmpfloat (assay_importer_get_fraction (importer), ==, 1);
  return result;
}

static AssayProject *
find_project (AssayStore *store, gint64 id)
{
  g_autoptr (GPtrArray) projects = test_await_boxed (assay_store_list_projects (store));

  for (guint i = 0; i < projects->len; i++)
    if (assay_project_get_id (projects->pdata[i]) == id)
      return g_object_ref (projects->pdata[i]);
  g_assert_not_reached ();
}

/* Lines that have the text @mark. */
static guint
count_lines (const char *text, const char *mark)
{
  guint n = 0;

  for (const char *p = strstr (text, mark); p != NULL; p = strstr (p + 1, mark))
    n++;
  return n;
}

static void
check_project (AssayStore *store, TestFolder *folder, AssayProject *project)
{
  g_autofree char *name =
      g_strdup_printf ("profile-%" G_GINT64_FORMAT, assay_project_get_id (project));
  g_autofree char *profile = test_folder_file (folder, name);
  g_autoptr (AssayStore) fresh = test_await_object (assay_store_open (profile));
  g_autoptr (AssayProject) again = NULL;
  g_autoptr (AssayImportResult) result = NULL;
  g_autoptr (AssayImportResult) repeated = NULL;
  g_autoptr (GArray) waiting = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  guint n_judgements, n_drafts;

  g_test_message ("%s", assay_project_get_title (project));
  first = export_all (store, folder, project, "first.eval.jsonl");
  n_drafts = count_lines (first, "\"draft\":true");
  n_judgements = count_lines (first, "{\"type\":\"judgement\"") - n_drafts;
  g_assert_cmpuint (n_judgements, >, 0);
  g_assert_null (strstr (first, "Stays here."));

  result = import_all (fresh, folder, "first.eval.jsonl");
  g_assert_cmpuint (result->n_judgements, ==, n_judgements);
  g_assert_cmpuint (result->n_drafts, ==, n_drafts);
  g_assert_cmpuint (result->n_left_out, ==, 0);
  again = find_project (fresh, result->project);
  second = export_all (fresh, folder, again, "second.eval.jsonl");
  g_assert_cmpstr (second, ==, first);

  /* Nothing of it is sent, and a second time changes nothing. */
  waiting = test_await_boxed (assay_store_count_outbox (fresh));
  g_assert_cmpuint (g_array_index (waiting, guint, 0), ==, 0);
  repeated = import_all (fresh, folder, "first.eval.jsonl");
  g_assert_cmpint (repeated->project, ==, result->project);
  g_assert_cmpuint (repeated->n_judgements, ==, 0);
  g_assert_cmpuint (repeated->n_drafts, ==, 0);
  g_assert_cmpuint (repeated->n_left_out, ==, n_judgements + n_drafts);
  third = export_all (fresh, folder, again, "third.eval.jsonl");
  g_assert_cmpstr (third, ==, first);
  test_await (assay_store_close (fresh));
}

static void
check_all (AssayStore *store, TestFolder *folder)
{
  g_autoptr (GPtrArray) projects = test_await_boxed (assay_store_list_projects (store));

  g_assert_cmpuint (projects->len, >, 0);
  for (guint i = 0; i < projects->len; i++)
    {
      judge_all (store, projects->pdata[i]);
      check_project (store, folder, projects->pdata[i]);
    }
}

static void
test_practice (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *profile = test_folder_file (folder, "profile");
  g_autoptr (AssayStore) store = test_await_object (assay_store_open (profile));

  test_await (assay_workspace_install_practice (store));
  check_all (store, folder);
  test_await (assay_store_close (store));
}

/* Real sets, each in a layout of its own. */
static void
test_data (gconstpointer data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *profile = test_folder_file (folder, "profile");
  g_autofree char *path = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data",
                                            (const char *) data, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip_printf ("“%s” is not there", path);
      return;
    }
  store = test_await_object (assay_store_open (profile));
  g_ptr_array_add (files, g_file_new_for_path (path));
  importer = assay_importer_new (files);
  mapping = test_await_object (assay_importer_detect (importer));
  assay_import_result_free (
      test_await_boxed (assay_workspace_import (store, importer, mapping, NULL)));
  check_all (store, folder);
  test_await (assay_store_close (store));
}

int
main (int argc, char *argv[])
{
  static const char *const sets[] = { "judgebench", "pandalm-testset", "llmbar" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_test_add_func ("/read-back/practice", test_practice);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *path = g_strconcat ("/read-back/", sets[i], NULL);

      g_test_add_data_func (path, sets[i], test_data);
    }
  return g_test_run ();
}
