/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is exported in Assay's own form is the same when it is read again: the tasks through the
 * importer, the judgements from their lines, and both written once more to the same bytes. */

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

/* One task in four stays as it is; of large projects only the beginning is judged. */
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
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GBytes) draft = NULL;
      AssayJudgement *judgement;
      char *text;

      if (i % 4 == 3)
        continue;
      open = test_await_object (assay_store_load_task (store, row->row));
      judgement = assay_open_task_get_judgement (open);
      judge (random, judgement);
      node = assay_judgement_to_draft_json (judgement);
      text = assay_json_to_string (node);
      draft = g_bytes_new_take (text, strlen (text));
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

static AssayExporter *
new_exporter (AssayProject *project, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const AssayExportOptions options = { .with_drafts = TRUE, .created_at_ms = CREATED_AT_MS };

  return assay_exporter_new (assay_export_format_find ("assay"), file, project, &options);
}

/* The task as the store has it, without what only says where it came from. */
static void
assert_same_task (AssayTask *task, AssayTask *again)
{
  g_autoptr (JsonNode) one = assay_task_to_json (task);
  g_autoptr (JsonNode) two = assay_task_to_json (again);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  json_object_remove_member (assay_json_node_object (one), "type");
  json_object_remove_member (assay_json_node_object (two), "type");
  before = assay_json_to_string (one);
  after = assay_json_to_string (two);
  g_assert_cmpstr (after, ==, before);
}

/* Returns how many judgements the store has. */
static guint
compare_tasks (AssayStore *store, AssayProject *project, GHashTable *tasks)
{
  gint64 after = 0;
  guint n_tasks = 0;
  guint n_judgements = 0;

  /* A page is limited in bytes too. */
  for (;;)
    {
      g_autoptr (GPtrArray) rows = test_await_boxed (
          assay_store_list_export_rows (store, assay_project_get_id (project), after, 100, TRUE));

      if (rows->len == 0)
        break;
      for (guint i = 0; i < rows->len; i++)
        {
          AssayExportRow *row = rows->pdata[i];
          AssayTask *task = g_hash_table_lookup (tasks, row->task_id);

          g_assert_nonnull (task);
          assert_same_task (row->task, task);
          n_judgements += row->judgement != NULL ? 1 : 0;
          after = row->row;
        }
      n_tasks += rows->len;
    }
  g_assert_cmpuint (g_hash_table_size (tasks), ==, n_tasks);
  return n_judgements;
}

static void
check_project (AssayStore *store, TestFolder *folder, AssayProject *project)
{
  g_autofree char *first = test_folder_file (folder, "first.eval.jsonl");
  g_autofree char *second = test_folder_file (folder, "second.eval.jsonl");
  g_autoptr (AssayExporter) exporter = new_exporter (project, first);
  g_autoptr (AssayExporter) again = new_exporter (project, second);
  g_autoptr (GHashTable) tasks =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_judgements = 0;
  guint n_stored = 0;

  g_test_message ("%s", assay_project_get_title (project));
  test_await (assay_workspace_export (store, project, exporter, TRUE, NULL));
  g_ptr_array_add (files, g_file_new_for_path (first));
  importer = assay_importer_new (files);
  mapping = test_await_object (assay_importer_detect (importer));
  for (;;)
    {
      g_autoptr (GPtrArray) page =
          test_await_boxed (assay_importer_read_page (importer, mapping, 50, NULL));

      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++)
        g_hash_table_insert (tasks, (gpointer) assay_task_get_id (page->pdata[i]),
                             g_object_ref (page->pdata[i]));
    }
  g_assert_cmpuint (assay_importer_get_n_problems (importer), ==, 0);

  n_stored = compare_tasks (store, project, tasks);
  text = read_text (first);
  lines = g_strsplit (text, "\n", -1);
  assay_exporter_begin (again, &error);
  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (AssayJudgement) judgement = NULL;
      JsonObject *object;
      const char *type;

      if (*lines[i] == '\0')
        continue;
      node = assay_json_parse (lines[i], -1, &error);
      g_assert_no_error (error);
      object = assay_json_node_object (node);
      type = assay_json_get_string (object, "type");
      if (g_strcmp0 (type, "guideline") == 0)
        {
          g_autoptr (AssayGuideline) guideline = test_await_object (
              assay_store_load_guideline (store, assay_json_get_string (object, "id"),
                                          (int) assay_json_get_int (object, "version", 0)));

          assay_exporter_add_guideline (again, guideline);
        }
      else if (g_strcmp0 (type, "task") == 0)
        {
          AssayTask *task = g_hash_table_lookup (tasks, assay_json_get_string (object, "id"));

          g_assert_nonnull (task);
          assay_exporter_add (again, task, NULL, FALSE, &error);
        }
      else if (g_strcmp0 (type, "judgement") == 0)
        {
          AssayTask *task = g_hash_table_lookup (tasks, assay_json_get_string (object, "task_id"));

          g_assert_nonnull (task);
          judgement = assay_judgement_new_from_json (task, node, &error);
          g_assert_no_error (error);
          assay_exporter_add (again, task, judgement,
                              assay_json_get_boolean (object, "draft", FALSE), &error);
          n_judgements++;
        }
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_judgements, ==, n_stored);
  g_assert_cmpuint (n_judgements, >, 0);
  assay_exporter_finish (again, &error);
  g_assert_no_error (error);
  text_again = read_text (second);
  g_assert_cmpstr (text_again, ==, text);
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
  g_assert_cmpint (test_await_int64 (assay_workspace_import (store, importer, mapping, NULL)), >=,
                   0);
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
