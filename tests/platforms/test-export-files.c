/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an export leaves on the disk: what it must not say, what stays where it is stopped or cannot
 * write, and how much it keeps in memory. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay-json.h"
#include "export-fixture.h"

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS_FREED_MEMORY TRUE
#else
#define KEEPS_FREED_MEMORY FALSE
#endif

static void
assert_refused (ExportFixture *fixture,
                const char *format,
                const char *only,
                int code,
                const char *part)
{
  g_autofree char *path = g_build_filename (fixture->folder, "refused", NULL);
  g_autofree char *report = g_strconcat (path, ".report.json", NULL);
  g_autoptr (AssayExporter) exporter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  exporter = export_fixture_start (fixture, format, path, NULL);
  export_add (exporter, export_fixture_find_row (fixture, only));
  g_assert_false (assay_exporter_finish (exporter, &error));
  g_assert_error (error, ASSAY_EXPORT_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
  kept = export_read_file (path);
  g_assert_cmpstr (kept, ==, "older");
  g_assert_false (g_file_test (report, G_FILE_TEST_EXISTS));
}

static void
test_refused (ExportFixture *fixture, gconstpointer user_data)
{
  assert_refused (fixture, "assay", "t-16", ASSAY_EXPORT_ERROR_FORBIDDEN, "forbid");
  assert_refused (fixture, "helpsteer2", "t-10", ASSAY_EXPORT_ERROR_UNFIT, "helpfulness");
  assert_refused (fixture, "helpsteer2", "t-01", ASSAY_EXPORT_ERROR_UNFIT, "t-01");
  assert_refused (fixture, "helpsteer2-preference", "t-23", ASSAY_EXPORT_ERROR_UNFIT, "2");
  assert_refused (fixture, "helpsteer2-preference", "t-05", ASSAY_EXPORT_ERROR_UNFIT, "t-05");
}

/* Not one word of a task whose terms keep its texts leaves in any format. */
static void
test_permission (ExportFixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      g_autofree char *text =
          export_fixture_run (fixture, assay_export_format_get (i)->id, NULL, NULL, NULL);

      g_assert_null (strstr (text, "secret"));
      g_assert_null (strstr (text, "forbidden"));
    }
}

static void
test_abort (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "aborted", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, "assay", path, NULL);
  g_autoptr (GPtrArray) during = NULL;
  g_autoptr (GPtrArray) after = NULL;

  for (guint i = 0; i < fixture->rows->len; i++)
    export_add (exporter, fixture->rows->pdata[i]);
  /* A process that is killed now leaves nothing either. */
  during = export_list_folder (fixture->folder);
  g_assert_cmpuint (during->len, ==, 0);
  assay_exporter_abort (exporter);
  after = export_list_folder (fixture->folder);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
assert_unwritable (ExportFixture *fixture, const char *path, const char *part)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  AssayExportOptions options = { 0 };
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find ("csv"), file, fixture->project, &options);
  g_autoptr (GError) error = NULL;

  g_assert_false (assay_exporter_begin (exporter, &error));
  g_assert_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_unwritable (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "none", "out.csv", NULL);
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.org/out.csv");
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find ("csv"), remote, fixture->project, NULL);
  g_autoptr (GError) error = NULL;

  assert_unwritable (fixture, missing, "none");
  assert_unwritable (fixture, fixture->folder, fixture->folder);
  /* A device would be replaced by a file, if its folder let us. */
  assert_unwritable (fixture, "/dev/null", "/dev/null");
  g_assert_false (assay_exporter_begin (exporter, &error));
  g_assert_error (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_WRITE);
}

/* The rows are written even where the report cannot be. */
static void
test_report_unwritable (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autofree char *report = g_strconcat (path, ".report.json", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, "csv", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (report, 0700), ==, 0);
  export_add (exporter, export_fixture_find_row (fixture, "t-01"));
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (export_report_has (exporter, "could not be saved"));
  g_assert_cmpint (g_rmdir (report), ==, 0);
}

static void
test_replaces (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "old.csv", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link.csv", NULL);
  g_autoptr (AssayExporter) exporter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("old.csv", link), ==, 0);
  exporter = export_fixture_start (fixture, "csv", link, NULL);
  export_add (exporter, export_fixture_find_row (fixture, "t-01"));
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  text = export_read_file (path);
  g_assert_true (g_str_has_prefix (text, "task_id,"));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
}

static gsize
get_resident_kib (void)
{
  g_autofree char *status = export_read_file ("/proc/self/status");
  const char *line = strstr (status, "VmRSS:");

  g_assert_nonnull (line);
  return (gsize) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10);
}

/* The rows wait on disk, only their places in memory. */
static void
test_many (ExportFixture *fixture, gconstpointer user_data)
{
  gboolean whole = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0;
  guint n = whole ? 100000 : KEEPS_FREED_MEMORY ? 500 : 10000;
  g_autofree char *path = g_build_filename (fixture->folder, "many.jsonl", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, "trl-explicit", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strnfill (4000, 'w');
  gsize before = get_resident_kib ();
  gsize after;
  GStatBuf info;

  for (guint i = 0; i < n; i++)
    {
      ExportRow *row = export_fixture_find_row (fixture, "t-01");
      g_autoptr (JsonNode) node = assay_task_to_json (row->task);
      g_autoptr (JsonNode) record = assay_judgement_to_json (row->judgement, FALSE);
      g_autofree char *id = g_strdup_printf ("task-%06u", (i * 7919) % n);
      g_autoptr (AssayTask) task = NULL;
      g_autoptr (AssayJudgement) judgement = NULL;

      json_object_set_string_member (assay_json_node_object (node), "id", id);
      json_object_set_string_member (assay_json_node_object (node), "prompt", words);
      task = assay_task_new_from_json (node, &error);
      g_assert_no_error (error);
      judgement = assay_judgement_new_from_json (task, record, &error);
      g_assert_no_error (error);
      assay_exporter_add (exporter, task, judgement, FALSE, &error);
      g_assert_no_error (error);
    }
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  after = get_resident_kib ();
  g_assert_cmpuint (assay_exporter_get_n_rows (exporter), ==, n);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, (gint64) n * 4000);
  g_test_message ("%u judgements, %zu KiB more", n, after > before ? after - before : 0);
  if (KEEPS_FREED_MEMORY)
    g_test_message ("The sanitizer keeps what was freed: memory is not compared");
  else
    g_assert_cmpuint (after, <, before + 64 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  EXPORT_ADD ("/export/refused", test_refused);
  EXPORT_ADD ("/export/permission", test_permission);
  EXPORT_ADD ("/export/abort", test_abort);
  EXPORT_ADD ("/export/unwritable", test_unwritable);
  EXPORT_ADD ("/export/report-unwritable", test_report_unwritable);
  EXPORT_ADD ("/export/replaces", test_replaces);
  EXPORT_ADD ("/export/many", test_many);

  return g_test_run ();
}
