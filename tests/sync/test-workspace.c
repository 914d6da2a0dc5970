/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-workspace.h"
#include "store-fixture.h"

static gboolean
is_exported (const char *text, const char *task_id)
{
  g_autofree char *member = g_strdup_printf ("\"task_id\":\"%s\"", task_id);

  return strstr (text, member) != NULL;
}

/* What cannot be read costs only itself, and is named. */
static void
test_export_around_damage (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  g_autoptr (AssayExporter) exporter = NULL;
  g_autoptr (GFile) target = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autofree char *path = test_folder_file (test->folder, "out.jsonl");
  g_autofree char *report_path = g_strconcat (path, ".report.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *report_text = NULL;
  g_auto (GStrv) report = NULL;
  const AssayExportOptions options = { 0 };
  g_autoptr (GError) error = NULL;

  test_store_add_many (test, 4);
  rows = test_store_query (test, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_object_unref (test_store_submit (test, g_array_index (rows, gint64, i), "Why.", 0));
  test_store_execute (test, "UPDATE judgement SET body = '{\"answers\":7' WHERE task ="
                            " (SELECT id FROM task WHERE task_id = 't1')");
  test_store_execute (test, "UPDATE task_content SET json = '[]' WHERE task ="
                            " (SELECT id FROM task WHERE task_id = 't2')");

  target = g_file_new_for_path (path);
  exporter =
      assay_exporter_new (assay_export_format_find ("assay"), target, test->project, &options);
  test_await (assay_workspace_export (test->store, test->project, exporter, FALSE, NULL));

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_exported (text, "t0"));
  g_assert_false (is_exported (text, "t1"));
  g_assert_false (is_exported (text, "t2"));
  g_assert_true (is_exported (text, "t3"));

  report = assay_exporter_dup_report (exporter);
  g_assert_cmpuint (g_strv_length (report), >=, 2);
  g_assert_nonnull (strstr (report[0], "t1"));
  g_assert_nonnull (strstr (report[1], "t2"));
  g_assert_cmpuint (assay_exporter_get_n_dropped (exporter), ==, 2);
  g_file_get_contents (report_path, &report_text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report_text, "\"unread\": 2"));
}

/* As an older version of the program left it. */
static void
test_renew_practice (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  guint n;

  /* Who does not practise is not made to. */
  g_assert_cmpuint (test_await_uint (assay_workspace_renew_practice (test->store)), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, 0);

  n = test_await_uint (assay_workspace_install_practice (test->store));
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (test_await_uint (assay_workspace_renew_practice (test->store)), ==, 0);

  test_store_execute (test, "DELETE FROM task WHERE id = (SELECT max (id) FROM task)");
  g_assert_cmpuint (test_await_uint (assay_workspace_renew_practice (test->store)), ==, 0);
  test_await (assay_store_set_value (test->store, "practice-digest", "\"older\""));
  g_assert_cmpuint (test_await_uint (assay_workspace_renew_practice (test->store)), ==, 1);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, n);

  /* What was removed stays away. */
  test_await (assay_store_remove_project (
      test->store,
      test_store_query_int (test, "SELECT max (id) FROM project WHERE account = 'practice'")));
  n = (guint) test_store_query_int (test, "SELECT count(*) FROM task");
  test_await (assay_store_set_value (test->store, "practice-digest", "\"older\""));
  g_assert_cmpuint (test_await_uint (assay_workspace_renew_practice (test->store)), ==, 0);
  g_assert_cmpint (test_store_query_int (test, "SELECT count(*) FROM task"), ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_test_add_func ("/workspace/export-around-damage", test_export_around_damage);
  g_test_add_func ("/workspace/renew-practice", test_renew_practice);
  return g_test_run ();
}
