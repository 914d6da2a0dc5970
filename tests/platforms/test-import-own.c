/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Assay's own form: what files have beside their tasks. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "import-support.h"

#define HEAD "{\"format\":\"eval-judgements\",\"version\":1,\"tasks\":true,\"drafts\":true}\n"

static char *
make_task (const char *id, const char *prompt)
{
  return g_strdup_printf (
      "{\"type\":\"task\",\"id\":\"%s\",\"prompt\":\"%s\",\"responses\":[{\"id\":\"r1\",\"content\":\"a\"},"
      "{\"id\":\"r2\",\"content\":\"b\"}]}\n",
      id, prompt);
}

static char *
make_judgement (const char *task, const char *rationale)
{
  return g_strdup_printf (
      "{\"type\":\"judgement\",\"id\":\"j\",\"task_id\":\"%s\",\"rationale\":\"%s\"}\n", task,
      rationale);
}

/* Writes a file of lines; each argument is freed. */
static void
write_lines (ImportTrial *trial, const char *name, ...)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  va_list args;
  char *line;

  va_start (args, name);
  while ((line = va_arg (args, char *)) != NULL)
    {
      g_string_append (text, line);
      g_free (line);
    }
  va_end (args);
  import_trial_write (trial, name, text->str, -1);
}

/* All of them, in pages of one. */
static GPtrArray *
read_companions (ImportTrial *trial)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_import_companion_free);
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      const GValue *value =
          import_support_wait (assay_importer_read_companions (trial->importer, 1, NULL), &error);
      GPtrArray *page;

      g_assert_no_error (error);
      page = g_value_get_boxed (value);
      if (page->len == 0)
        return all;
      g_assert_cmpuint (page->len, ==, 1);
      g_ptr_array_extend (all, page, NULL, NULL);
      g_ptr_array_set_free_func (page, NULL);
    }
}

static void
assert_judgement (GPtrArray *companions, guint index, const char *task, const char *rationale)
{
  AssayImportCompanion *companion = g_ptr_array_index (companions, index);

  g_assert_cmpint (companion->kind, ==, ASSAY_COMPANION_JUDGEMENT);
  g_assert_cmpstr (companion->task_id, ==, task);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (companion->node), "rationale"),
                   ==, rationale);
}

/* Wherever they stand; they come in the order of the file, with their lines. */
static void
test_order (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) companions = NULL;
  g_autofree char *found = NULL;

  write_lines (trial, "a.eval.jsonl", make_judgement ("2", "before"), make_task ("1", "One?"),
               g_strdup ("{\"type\":\"guideline\",\"id\":\"g\",\"version\":1,\"text\":\"T\"}\n"),
               make_task ("2", "Two?"), make_judgement ("1", "after"), NULL);
  import_trial_open (trial, "a.eval.jsonl");
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpfloat (assay_importer_get_fraction (trial->importer), <, 1);
  companions = read_companions (trial);
  g_assert_cmpuint (companions->len, ==, 3);
  assert_judgement (companions, 0, "2", "before");
  assert_judgement (companions, 2, "1", "after");
  g_assert_cmpint (((AssayImportCompanion *) companions->pdata[1])->kind, ==,
                   ASSAY_COMPANION_GUIDELINE);
  g_assert_cmpuint (((AssayImportCompanion *) companions->pdata[2])->line, ==, 6);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 0);
  g_assert_cmpfloat (assay_importer_get_fraction (trial->importer), ==, 1);
  found = assay_importer_describe (trial->importer, trial->mapping);
  g_assert_nonnull (strstr (found, "Assay Tasks and Judgements"));
  g_assert_cmpstr (assay_import_mapping_get_project_title (trial->mapping), ==, "a");
}

/* Two files with the same ids: each judgement stays with the task of its file. */
static void
test_files (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) companions = NULL;

  write_lines (trial, "a.eval.jsonl", make_task ("1", "One?"), make_judgement ("1", "of a"), NULL);
  write_lines (trial, "b.eval.jsonl", make_task ("1", "Uno?"), make_judgement ("1", "of b"), NULL);
  import_trial_open (trial, NULL);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  companions = read_companions (trial);
  g_assert_cmpuint (companions->len, ==, 2);
  assert_judgement (companions, 0, assay_task_get_id (trial->tasks->pdata[0]), "of a");
  assert_judgement (companions, 1, assay_task_get_id (trial->tasks->pdata[1]), "of b");
  g_assert_cmpstr (assay_task_get_id (trial->tasks->pdata[0]), !=,
                   assay_task_get_id (trial->tasks->pdata[1]));
}

/* Each is named by its line; the good ones come all the same. */
static void
test_problems (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) companions = NULL;
  static const struct
  {
    guint line;
    const char *words;
  } expected[] = { { 6, "review" },
                   { 8, "is not in the file" },
                   { 9, "is not in the file" },
                   { 10, "several tasks" } };

  write_lines (trial, "a.eval.jsonl", make_task ("1", "One?"), make_task ("2", "Two?"),
               make_judgement ("1", "good"), make_task ("2", "Other?"),
               g_strdup ("{\"type\":\"review\",\"id\":\"x\"}\n"), make_task ("3", "Three?"),
               make_judgement ("missing", ""), g_strdup ("{\"type\":\"judgement\",\"id\":\"j\"}\n"),
               make_judgement ("2", "whose?"), NULL);
  import_trial_open (trial, "a.eval.jsonl");
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 4);
  companions = read_companions (trial);
  g_assert_cmpuint (companions->len, ==, 1);
  assert_judgement (companions, 0, "1", "good");
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      AssayImportProblem *problem = import_trial_get_problem (trial, i);

      g_assert_cmpuint (problem->line, ==, expected[i].line);
      g_assert_nonnull (strstr (problem->message, expected[i].words));
    }
}

/* Where only the person's own words were exported, a task has no texts: it cannot be a task again,
 * and each line says so. */
static void
test_redacted (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GPtrArray) companions = NULL;

  write_lines (trial, "a.eval.jsonl", make_task ("1", "One?"),
               g_strdup ("{\"type\":\"task\",\"id\":\"2\",\"kind\":\"pairwise\",\"documents\":"
                         "[{\"id\":\"prompt\",\"sha256\":\"00\"}]}\n"),
               make_judgement ("2", "whose?"), NULL);
  import_trial_open (trial, "a.eval.jsonl");
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 1);
  companions = read_companions (trial);
  g_assert_cmpuint (companions->len, ==, 0);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 2);
  g_assert_nonnull (
      strstr (import_trial_get_problem (trial, 0)->message, "its texts are not in the file"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/import-own/order", test_order);
  g_test_add_func ("/import-own/files", test_files);
  g_test_add_func ("/import-own/problems", test_problems);
  g_test_add_func ("/import-own/redacted", test_redacted);
  return g_test_run ();
}
