/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "export-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-json.h"

/* 2026-01-31T12:00:00Z */
#define CREATED_AT_MS G_GINT64_CONSTANT (1769860800000)

void
export_row_free (gpointer data)
{
  ExportRow *row = data;

  g_clear_object (&row->task);
  g_clear_object (&row->judgement);
  g_free (row);
}

char *
export_get_source_path (const char *first, const char *second)
{
  return g_test_build_filename (G_TEST_DIST, "platforms", first, second, NULL);
}

static ExportRow *
row_new (JsonObject *object)
{
  ExportRow *row = g_new0 (ExportRow, 1);
  g_autoptr (GError) error = NULL;

  row->task = assay_task_new_from_json (json_object_get_member (object, "task"), &error);
  g_assert_no_error (error);
  if (assay_json_has (object, "judgement"))
    {
      row->judgement =
          assay_judgement_new_from_json (row->task, json_object_get_member (object, "judgement"),
                                         &error);
      g_assert_no_error (error);
    }
  row->is_draft = assay_json_get_boolean (object, "draft", FALSE);
  return row;
}

void
export_fixture_set_up (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = export_get_source_path ("fixtures", "export.json");
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  fixture->folder = g_dir_make_tmp ("assay-export-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->project = assay_project_new ("files", "fixture", "Fixture");
  fixture->rows = g_ptr_array_new_with_free_func (export_row_free);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = assay_json_parse (text, -1, &error);
  g_assert_no_error (error);
  array = assay_json_get_array (assay_json_node_object (node), "rows");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (fixture->rows,
                     row_new (assay_json_node_object (json_array_get_element (array, i))));
  g_assert_cmpuint (fixture->rows->len, >, 20);
}

GPtrArray *
export_list_folder (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

void
export_fixture_tear_down (ExportFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) names = export_list_folder (fixture->folder);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names->pdata[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->project);
  g_clear_pointer (&fixture->rows, g_ptr_array_unref);
}

ExportRow *
export_fixture_find_row (ExportFixture *fixture, const char *id)
{
  for (guint i = 0; i < fixture->rows->len; i++)
    {
      ExportRow *row = fixture->rows->pdata[i];

      if (g_str_equal (assay_task_get_id (row->task), id))
        return row;
    }
  g_assert_not_reached ();
}

AssayExporter *
export_fixture_start (ExportFixture *fixture,
                      const char *format,
                      const char *path,
                      const AssayExportOptions *options)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  AssayExportOptions fixed = { 0 };
  AssayExporter *exporter;

  if (options != NULL)
    fixed = *options;
  fixed.created_at_ms = CREATED_AT_MS;
  exporter = assay_exporter_new (assay_export_format_find (format), file, fixture->project, &fixed);
  assay_exporter_begin (exporter, &error);
  g_assert_no_error (error);
  return exporter;
}

char *
export_fixture_run_answers (ExportFixture *fixture,
                            const char *format,
                            const char *task,
                            const char *answers,
                            const char *sentence)
{
  g_autofree char *path = g_build_filename (fixture->folder, "answers", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, format, path, NULL);
  g_autofree char *record =
      g_strdup_printf ("{\"id\": \"j\", \"answers\": %s, \"times\": {\"submitted\": 1000}}",
                       answers);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) task_node = assay_json_parse (task, -1, &error);
  g_autoptr (JsonNode) record_node = NULL;
  g_autoptr (AssayTask) loaded = NULL;
  g_autoptr (AssayJudgement) judgement = NULL;

  g_assert_no_error (error);
  record_node = assay_json_parse (record, -1, &error);
  g_assert_no_error (error);
  loaded = assay_task_new_from_json (task_node, &error);
  g_assert_no_error (error);
  judgement = assay_judgement_new_from_json (loaded, record_node, &error);
  g_assert_no_error (error);
  export_add (exporter, &(ExportRow) { .task = loaded, .judgement = judgement });
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  g_assert_true (sentence == NULL || export_report_has (exporter, sentence));
  return export_read_file (path);
}

void
export_add (AssayExporter *exporter, ExportRow *row)
{
  g_autoptr (GError) error = NULL;

  assay_exporter_add (exporter, row->task, row->judgement, row->is_draft, &error);
  g_assert_no_error (error);
}

char *
export_read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
export_fixture_run (ExportFixture *fixture,
                    const char *format,
                    const AssayExportOptions *options,
                    const char *only,
                    AssayExporter **kept)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, format, path, options);
  g_autoptr (GError) error = NULL;

  if (only != NULL)
    export_add (exporter, export_fixture_find_row (fixture, only));
  for (guint i = 0; only == NULL && i < fixture->rows->len; i++)
    export_add (exporter, fixture->rows->pdata[i]);
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  if (kept != NULL)
    *kept = g_object_ref (exporter);
  return export_read_file (path);
}

JsonObject *
export_parse_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (line, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (assay_json_node_object (node));
  return json_object_ref (assay_json_node_object (node));
}

GStrv
export_split_lines (const char *text)
{
  g_autofree char *body = g_strdup (text);
  gsize length = strlen (body);

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpint (body[length - 1], ==, '\n');
  body[length - 1] = '\0';
  return g_strsplit (body, "\n", -1);
}

gboolean
export_report_has (AssayExporter *exporter, const char *part)
{
  g_auto (GStrv) sentences = assay_exporter_dup_report (exporter);

  for (guint i = 0; sentences[i] != NULL; i++)
    if (strstr (sentences[i], part) != NULL)
      return TRUE;
  return FALSE;
}
