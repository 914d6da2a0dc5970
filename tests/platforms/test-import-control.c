/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "assay-importer.h"
#include "assay-json.h"
#include "assay-preset.h"
#include <glib/gstdio.h>

#include "import-support.h"

/* The mapping in a person's hands, and reading that takes its time. */

#define MANY 4000

static const char pairs[] =
    "{\"key\":\"k1\",\"q\":\"P1\",\"left_text\":\"A1\",\"right_text\":\"B1\",\"by\":\"m\"}\n"
    "{\"key\":\"k2\",\"q\":\"P2\",\"left_text\":\"A2\",\"right_text\":\"B2\",\"by\":\"m\"}\n";

static char *
get (AssayImportMapping *mapping, const char *property)
{
  char *value;

  g_object_get (mapping, property, &value, NULL);
  return value;
}

static void
write_many (ImportTrial *trial, const char *name, const char *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (
        text, "{\"id\":%u,\"prompt\":\"P%u\",\"response\":\"%s%u\",\"model\":\"%s\"}\n", i, i,
        model, i, model);
  import_trial_write (trial, name, text->str, (gssize) text->len);
}

/* Nothing of these names is known, so the person says what they are. */
static void
test_correct (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (ImportTrial) again = import_trial_new ();
  const char *responses[] = { "left_text", "right_text", NULL };
  const char *models[] = { "by", "by", NULL };
  g_autoptr (AssayImportMapping) mapping = assay_import_mapping_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (AssayImportMapping) stored = NULL;
  g_autofree char *prompt = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GError) error = NULL;

  /* The file is a task file with known names at first; the same mapping then learns the other
   * names. */
  import_trial_write (trial, "a.jsonl",
                      "{\"key\":\"k\",\"q\":\"Q\",\"question\":\"P\",\"left_text\":\"A\","
                      "\"right_text\":\"B\",\"output\":\"O\",\"by\":\"m\"}\n",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (assay_task_get_n_responses (import_trial_get (trial, 0)), ==, 1);
  g_object_set (trial->mapping, "prompt", "q", "response-paths", responses, "model-paths", models,
                "id", "key", NULL);
  prompt = get (trial->mapping, "prompt");
  g_assert_cmpstr (prompt, ==, "q");
  g_object_get (trial->mapping, "response-paths", &paths, NULL);
  g_assert_true (g_strv_equal ((const char *const *) paths, responses));

  node = assay_import_mapping_to_json (trial->mapping);
  stored = assay_import_mapping_new_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assay_import_mapping_get_signature (stored), ==,
                   assay_import_mapping_get_signature (trial->mapping));

  /* The stored one reads other files of the layout. */
  import_trial_write (again, "b.jsonl", pairs, -1);
  import_trial_open (again, "b.jsonl");
  again->tasks = import_support_read_all (again->importer, stored, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->tasks->len, ==, 2);
  g_assert_cmpstr (assay_task_get_id (import_trial_get (again, 1)), ==, "k2");
  g_assert_cmpstr (assay_task_get_prompt_text (import_trial_get (again, 1)), ==, "P2");
  g_assert_cmpstr (import_trial_get_response (again, 1, 1), ==, "B2");
  g_assert_cmpstr (
      assay_document_get_model (assay_task_get_response (import_trial_get (again, 0), 0)), ==, "m");
}

static void
test_stored_by_others (void)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{\"groups\":1}",
    "{\"groups\":[1,{\"responses\":[1,{}],\"keys\":[1],\"set\":-5}]}",
    "{\"version\":99,\"groups\":[]}",
    "{\"groups\":[],\"form\":{\"questions\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (texts[i], -1, &error);
      g_autoptr (AssayImportMapping) mapping = NULL;

      g_assert_no_error (error);
      mapping = assay_import_mapping_new_from_json (node, &error);
      g_assert_true ((mapping == NULL) == (error != NULL));
    }
}

/* Paths of several groups name them. */
static void
test_qualified (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autofree char *prompt = NULL;
  g_autofree char *id = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_auto (GStrv) responses = NULL;
  g_autoptr (GError) error = NULL;
  AssayImportJoin join;

  import_trial_write (trial, "q.jsonl",
                      "{\"qid\":1,\"prompt\":\"P1\",\"extra\":\"E1\"}\n"
                      "{\"qid\":2,\"prompt\":\"P2\",\"extra\":\"E2\"}\n",
                      -1);
  import_trial_write (trial, "a.jsonl",
                      "{\"qid\":1,\"response\":\"R1\",\"model\":\"m\"}\n"
                      "{\"qid\":2,\"response\":\"R2\",\"model\":\"m\"}\n",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  prompt = get (trial->mapping, "prompt");
  g_assert_cmpstr (prompt, ==, "q.jsonl:prompt");
  id = get (trial->mapping, "id");
  g_assert_cmpstr (id, ==, "qid");
  g_object_get (trial->mapping, "response-paths", &responses, "join", &join, NULL);
  g_assert_cmpstr (responses[0], ==, "a.jsonl:response");
  g_assert_cmpint (join, ==, ASSAY_JOIN_ID);

  g_object_set (trial->mapping, "prompt", "q.jsonl:prompt + q.jsonl:extra", "join", ASSAY_JOIN_LINE,
                NULL);
  changed = get (trial->mapping, "prompt");
  g_assert_cmpstr (changed, ==, "q.jsonl:prompt + q.jsonl:extra");
  tasks = import_support_preview (trial->importer, trial->mapping, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 2);
  g_assert_cmpstr (assay_task_get_prompt_text (g_ptr_array_index (tasks, 1)), ==, "P2\n\nE2");
}

/* A path that names no group holds for those that have such a place. */
static void
test_unqualified (void)
{
  static const char *const paths[] = { "response", NULL };
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_auto (GStrv) responses = NULL;

  import_trial_write (trial, "q.jsonl",
                      "{\"qid\":1,\"prompt\":\"P1\"}\n{\"qid\":2,\"prompt\":\"P2\"}\n", -1);
  import_trial_write (trial, "a.jsonl",
                      "{\"qid\":1,\"response\":\"R1\",\"output\":\"O1\"}\n"
                      "{\"qid\":2,\"response\":\"R2\",\"output\":\"O2\"}\n",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_object_set (trial->mapping, "response-paths", NULL, NULL);
  g_object_set (trial->mapping, "response-paths", paths, NULL);
  g_object_get (trial->mapping, "response-paths", &responses, NULL);
  g_assert_cmpuint (g_strv_length (responses), ==, 1);
  g_assert_cmpstr (responses[0], ==, "a.jsonl:response");
}

/* Who asks for another join and takes it back has what was detected. */
static void
test_join_taken_back (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (AssayImportMapping) stored = NULL;
  g_autoptr (GError) error = NULL;

  /* Two files that have nothing to do with one another. */
  import_trial_write (trial, "a.jsonl",
                      "{\"prompt\":\"P1\",\"response\":\"R1\"}\n"
                      "{\"prompt\":\"P2\",\"response\":\"R2\"}\n",
                      -1);
  import_trial_write (trial, "b.jsonl",
                      "{\"question\":\"Q1\",\"answer_a\":\"A1\",\"answer_b\":\"B1\"}\n"
                      "{\"question\":\"Q2\",\"answer_a\":\"A2\",\"answer_b\":\"B2\"}\n",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 4);

  g_object_set (trial->mapping, "join", ASSAY_JOIN_LINE, NULL);
  node = assay_import_mapping_to_json (trial->mapping);
  stored = assay_import_mapping_new_from_json (node, &error);
  g_assert_no_error (error);
  g_object_set (stored, "join", ASSAY_JOIN_NONE, NULL);
  tasks = import_support_preview (trial->importer, stored, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 4);
}

/* Several files are named after the folder that holds all of them. */
static void
test_title (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autofree char *below = g_build_filename (trial->folder, "model_answer", NULL);
  g_autofree char *name = g_path_get_basename (trial->folder);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  import_trial_write (trial, "model_answer/m.jsonl", "{\"qid\":1,\"response\":\"R1\"}\n", -1);
  import_trial_write (trial, "q.jsonl", "{\"qid\":1,\"prompt\":\"P1\"}\n", -1);
  g_ptr_array_add (files, g_file_new_build_filename (below, "m.jsonl", NULL));
  g_ptr_array_add (files, g_file_new_build_filename (trial->folder, "q.jsonl", NULL));
  importer = assay_importer_new (files);
  mapping = import_support_detect (importer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assay_import_mapping_get_project_title (mapping), ==, name);
}

static void
test_fields (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  const GValue *value;
  GPtrArray *rows;
  gboolean found = FALSE;
  g_autoptr (GError) error = NULL;

  import_trial_write (trial, "a.json",
                      "[{\"prompt\":\"P\",\"a.b\":\"dotted\",\"outputs\":[\"X\",\"Y\"]}]", -1);
  import_trial_open (trial, "a.json");
  value = import_support_wait (assay_importer_list_fields (trial->importer), &error);
  g_assert_no_error (error);
  rows = g_value_get_boxed (value);
  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 0; i < rows->len; i++)
    {
      GStrv row = g_ptr_array_index (rows, i);

      g_assert_cmpuint (g_strv_length (row), ==, 2);
      if (g_str_equal (row[0], "a\\.b"))
        {
          g_assert_cmpstr (row[1], ==, "dotted");
          found = TRUE;
        }
    }
  g_assert_true (found);

  /* Such a name works as a path. */
  import_trial_run (trial);
  g_object_set (trial->mapping, "prompt", "a\\.b", NULL);
  {
    g_autoptr (GPtrArray) tasks =
        import_support_preview (trial->importer, trial->mapping, 1, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (assay_task_get_prompt_text (g_ptr_array_index (tasks, 0)), ==, "dotted");
  }
}

static void
test_preview_is_short (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  write_many (trial, "a.jsonl", "m");
  import_trial_open (trial, "a.jsonl");
  trial->mapping = import_support_detect (trial->importer, &error);
  g_assert_no_error (error);
  tasks = import_support_preview (trial->importer, trial->mapping, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 3);
  /* A look is not a reading. */
  g_assert_cmpuint (assay_importer_get_n_tasks (trial->importer), ==, 0);
  g_assert_cmpstr (assay_import_mapping_get_project_title (trial->mapping), ==, "a");
}

/* The form is what was chosen; where it cannot take the responses, the usual one. */
static void
test_form (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (AssayForm) form = assay_preset_create_form (assay_preset_find ("pairwise"));
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  import_trial_write (trial, "a.json",
                      "[{\"prompt\":\"P\",\"outputs\":[\"X\",\"Y\"]},"
                      "{\"prompt\":\"Q\",\"outputs\":[\"X\",\"Y\",\"Z\"]},"
                      "{\"prompt\":\"R\",\"outputs\":[\"X\",\"Y\",\"Z\"]}]",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (assay_task_get_kind (import_trial_get (trial, i)), ==, "ranking.nway");

  assay_import_mapping_set_form (trial->mapping, form);
  tasks = import_support_preview (trial->importer, trial->mapping, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assay_task_get_kind (g_ptr_array_index (tasks, 0)), ==, "pairwise.overall");
  g_assert_cmpstr (assay_task_get_kind (g_ptr_array_index (tasks, 1)), ==, "ranking.nway");
}

/* Somebody who takes the responses out of the mapping wants the prompts alone. */
static void
test_prompts_alone (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  const char *none[] = { NULL };
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  import_trial_write (trial, "a.json", "[{\"prompt\":\"P\",\"response\":\"X\"}]", -1);
  import_trial_run (trial);
  g_object_set (trial->mapping, "response-paths", none, NULL);
  tasks = import_support_preview (trial->importer, trial->mapping, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  g_assert_cmpuint (assay_task_get_n_responses (g_ptr_array_index (tasks, 0)), ==, 0);
}

static void
count_cb (AssayImporter *importer, GParamSpec *pspec, guint *n)
{
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_assert_cmpfloat (assay_importer_get_fraction (importer), >=, 0);
  g_assert_cmpfloat (assay_importer_get_fraction (importer), <=, 1);
  (*n)++;
}

static void
test_progress (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  guint n_tasks = 0;
  guint n_fraction = 0;

  write_many (trial, "a.jsonl", "m");
  write_many (trial, "b.jsonl", "n");
  import_trial_open (trial, NULL);
  g_signal_connect (trial->importer, "notify::n-tasks", G_CALLBACK (count_cb), &n_tasks);
  g_signal_connect (trial->importer, "notify::fraction", G_CALLBACK (count_cb), &n_fraction);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, MANY);
  g_assert_cmpuint (assay_task_get_n_responses (import_trial_get (trial, MANY - 1)), ==, 2);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_tasks, >, 1);
  g_assert_cmpuint (n_fraction, >, 1);
  g_assert_cmpuint (assay_importer_get_n_tasks (trial->importer), ==, MANY);
}

static void
test_cancel (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const GValue *value;

  write_many (trial, "a.jsonl", "m");
  import_trial_open (trial, "a.jsonl");
  trial->mapping = import_support_detect (trial->importer, &error);
  g_assert_no_error (error);
  value = import_support_wait (
      assay_importer_read_page (trial->importer, trial->mapping, 10, cancellable), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((GPtrArray *) g_value_get_boxed (value))->len, ==, 10);

  g_cancellable_cancel (cancellable);
  value = import_support_wait (
      assay_importer_read_page (trial->importer, trial->mapping, MANY, cancellable), &error);
  g_assert_null (value);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Who changes their mind begins anew. */
  trial->tasks = import_support_read_all (trial->importer, trial->mapping, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trial->tasks->len, ==, MANY);
  g_assert_cmpuint (assay_importer_get_n_tasks (trial->importer), ==, MANY);
}

/* A page whose future nobody waits for any more is not read to its end: the next job would have to
 * wait for it. */
static void
test_drop (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GError) error = NULL;
  const GValue *value;

  write_many (trial, "a.jsonl", "m");
  import_trial_open (trial, "a.jsonl");
  trial->mapping = import_support_detect (trial->importer, &error);
  g_assert_no_error (error);
  dex_unref (assay_importer_read_page (trial->importer, trial->mapping, MANY, NULL));
  value = import_support_wait (assay_importer_read_page (trial->importer, trial->mapping, 5, NULL),
                               &error);
  g_assert_no_error (error);
  /* The one that was dropped was cancelled, so that this is the first page. */
  g_assert_cmpstr (
      assay_task_get_id (g_ptr_array_index ((GPtrArray *) g_value_get_boxed (value), 0)), ==, "0");
}

static gint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10) * 1024 : 0;
}

static void
write_large (const char *path, const char *model, guint64 size)
{
  g_autofree char *padding = g_strnfill (2000, 'x');
  FILE *file = fopen (path, "w");
  guint64 n = 0;

  g_assert_nonnull (file);
  for (guint i = 0; n < size; i++)
    n += (guint64) fprintf (
        file, "{\"id\":\"%u\",\"prompt\":\"P%u\",\"response\":\"%s %s\",\"model\":\"%s\"}\n", i, i,
        model, padding, model);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* However large the file, memory holds a page; joined files add an index. */
static void
test_memory (gconstpointer data)
{
  gboolean joined = GPOINTER_TO_INT (data);
  guint64 size = G_GUINT64_CONSTANT (200) * 1024 * 1024;
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autofree char *first = g_build_filename (trial->folder, "a.jsonl", NULL);
  g_autofree char *second = g_build_filename (trial->folder, "b.jsonl", NULL);
  g_autoptr (GError) error = NULL;
  gint64 before;
  gint64 most = 0;
  guint64 n = 0;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer keeps what was freed, and so memory shows nothing.");
  return;
#endif
  write_large (first, "m", size);
  if (joined)
    write_large (second, "n", size);
  import_trial_open (trial, NULL);
  trial->mapping = import_support_detect (trial->importer, &error);
  g_assert_no_error (error);
  before = resident_bytes ();
  for (;;)
    {
      const GValue *value = import_support_wait (
          assay_importer_read_page (trial->importer, trial->mapping, 500, NULL), &error);

      g_assert_no_error (error);
      if (((GPtrArray *) g_value_get_boxed (value))->len == 0)
        break;
      n += ((GPtrArray *) g_value_get_boxed (value))->len;
      most = MAX (most, resident_bytes () - before);
    }
  g_test_message ("%" G_GUINT64_FORMAT " tasks, at most %" G_GINT64_FORMAT " KiB more", n,
                  most / 1024);
  g_assert_cmpuint (n, >, 90000);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 0);
  g_assert_cmpint (most, <, 64 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/control/correct", test_correct);
  g_test_add_func ("/import/control/stored-by-others", test_stored_by_others);
  g_test_add_func ("/import/control/qualified", test_qualified);
  g_test_add_func ("/import/control/unqualified", test_unqualified);
  g_test_add_func ("/import/control/join-taken-back", test_join_taken_back);
  g_test_add_func ("/import/control/title", test_title);
  g_test_add_func ("/import/control/fields", test_fields);
  g_test_add_func ("/import/control/preview-is-short", test_preview_is_short);
  g_test_add_func ("/import/control/form", test_form);
  g_test_add_func ("/import/control/prompts-alone", test_prompts_alone);
  g_test_add_func ("/import/control/progress", test_progress);
  g_test_add_func ("/import/control/cancel", test_cancel);
  g_test_add_func ("/import/control/drop", test_drop);
  g_test_add_data_func ("/import/control/memory", GINT_TO_POINTER (FALSE), test_memory);
  g_test_add_data_func ("/import/control/memory-joined", GINT_TO_POINTER (TRUE), test_memory);
  return g_test_run ();
}
