/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-exporter.h"

G_BEGIN_DECLS

/* The rows of fixtures/export.json, and a folder to export them to. */

typedef struct
{
  AssayTask *task;
  AssayJudgement *judgement;
  gboolean is_draft;
} ExportRow;

void export_row_free (gpointer row);

typedef struct
{
  char *folder;
  AssayProject *project;
  GPtrArray *rows; /* (element-type ExportRow) */
} ExportFixture;

void export_fixture_set_up (ExportFixture *fixture, gconstpointer user_data);
void export_fixture_tear_down (ExportFixture *fixture, gconstpointer user_data);
/* The row of this task, which must be there. */
ExportRow *export_fixture_find_row (ExportFixture *fixture, const char *id);
/* An exporter that has begun, at a fixed time. (transfer full) */
AssayExporter *export_fixture_start (ExportFixture *fixture,
                                     const char *format,
                                     const char *path,
                                     const AssayExportOptions *options);
/* Exports all rows, or the one whose id is @only, and gives the text. @kept: (out) (optional) */
char *export_fixture_run (ExportFixture *fixture,
                          const char *format,
                          const AssayExportOptions *options,
                          const char *only,
                          AssayExporter **kept);
/* Exports one judgement with @answers to @task, both JSON, and gives the text; the report must say
 * @sentence, unless it is NULL. */
char *export_fixture_run_answers (ExportFixture *fixture,
                                  const char *format,
                                  const char *task,
                                  const char *answers,
                                  const char *sentence);
void export_add (AssayExporter *exporter, ExportRow *row);
gboolean export_report_has (AssayExporter *exporter, const char *part);

/* A file of this folder. (transfer full) */
char *export_get_source_path (const char *folder, const char *name);
/* (transfer full) (element-type utf8) */
GPtrArray *export_list_folder (const char *folder);
char *export_read_file (const char *path);
/* Fails the test unless it is an object. (transfer full) */
JsonObject *export_parse_line (const char *line);
GStrv export_split_lines (const char *text);

#define EXPORT_ADD(path, function)                                                                 \
  g_test_add (path, ExportFixture, NULL, export_fixture_set_up, function, export_fixture_tear_down)

G_END_DECLS
