/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A judgement with its task (`{"task": …, "judgement": …}`) in every export format: rows that their
 * readers can read, and in our own format the same task and judgement again. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-export-sink.h"
#include "assay-json.h"
#include "assay-splitter.h"
#include "assay-table-row.h"
#include "fuzz.h"

#define RECORD_LIMIT_BYTES (4 * 1024 * 1024)

static void
check_cell (const char *cell)
{
  char *end;

  fuzz_check_text (cell);
  /* A number of ours may begin with a minus sign. */
  if (*cell == '\0' || strchr ("=+-@\t\r", *cell) == NULL)
    return;
  g_ascii_strtod (cell, &end);
  g_assert_true (*cell == '-' && *end == '\0');
}

static void
check_table (const char *text, gsize length)
{
  static const char *const root[] = { NULL };
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  g_autoptr (AssaySplitter) splitter =
      assay_splitter_new (stream, ASSAY_SPLIT_TABLE, root, ',', RECORD_LIMIT_BYTES,
                          RECORD_LIMIT_BYTES, NULL);
  AssayChunk chunk;
  AssayChunkStatus status;
  guint n_columns = 0;

  while ((status = assay_splitter_next (splitter, &chunk)) != ASSAY_CHUNK_END)
    {
      g_auto (GStrv) cells = NULL;

      g_assert_cmpint (status, ==, ASSAY_CHUNK_RECORD);
      cells = assay_table_row_split (chunk.data, chunk.length, ',', 0);
      if (n_columns == 0)
        n_columns = g_strv_length (cells);
      g_assert_cmpuint (g_strv_length (cells), ==, n_columns);
      for (guint i = 0; i < n_columns; i++)
        check_cell (cells[i]);
    }
}

/* Nothing in a text makes a line or a cell of it. */
static void
check_tabs (char **lines)
{
  g_auto (GStrv) head = g_strsplit (lines[0], "\t", -1);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (head));
    }
}

static JsonNode *
read_line (const char *line, JsonObject **object)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse_full (line, -1, ASSAY_JSON_REFUSE_DUPLICATES, &error);

  g_assert_no_error (error);
  *object = assay_json_node_object (node);
  g_assert_nonnull (*object);
  return node;
}

/* What is exported in our own form can be read again, by us. */
static void
check_own (AssayTask *task, AssayJudgement *judgement, char **lines)
{
  g_autoptr (JsonNode) task_json = assay_task_to_json (task);
  g_autoptr (JsonNode) judgement_json = assay_judgement_to_json (judgement, FALSE);
  guint n_found = 0;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      JsonObject *object;
      g_autoptr (JsonNode) node = read_line (lines[i], &object);
      g_autoptr (JsonNode) again = NULL;
      g_autoptr (GError) error = NULL;
      const char *type = assay_json_get_string (object, "type");

      if (g_strcmp0 (type, "task") == 0
          && assay_task_get_export_policy (task) == ASSAY_EXPORT_ALLOWED)
        {
          g_autoptr (AssayTask) read = NULL;

          json_object_remove_member (object, "type");
          json_object_remove_member (json_node_get_object (task_json), "type");
          read = assay_task_new_from_json (node, &error);
          g_assert_no_error (error);
          again = assay_task_to_json (read);
          fuzz_check_equal (task_json, again);
          n_found++;
        }
      else if (g_strcmp0 (type, "judgement") == 0)
        {
          g_autoptr (AssayJudgement) read = NULL;

          json_object_remove_member (object, "type");
          json_object_remove_member (json_node_get_object (judgement_json), "type");
          json_object_remove_member (json_node_get_object (judgement_json), "draft");
          read = assay_judgement_new_from_json (task, node, &error);
          g_assert_no_error (error);
          again = assay_judgement_to_json (read, FALSE);
          fuzz_check_equal (judgement_json, again);
          n_found++;
        }
    }
  g_assert_cmpuint (n_found, >=, 1);
}

static void
check_format (const AssayExportFormat *format, AssayTask *task, AssayJudgement *judgement)
{
  const AssayExportKind *kind = assay_export_kind_get (format);
  const AssayExportOptions options = { .extra_columns = TRUE,
                                       .ties_both_orders = TRUE,
                                       .created_at_ms = 1 };
  g_autoptr (AssayExportSink) sink = assay_export_sink_new (&options, kind->holds);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;
  g_auto (GStrv) lines = NULL;

  if (kind->write_head != NULL)
    kind->write_head (sink);
  if (kind->write_task != NULL)
    kind->write_task (sink, task);
  kind->write (sink, task, judgement, FALSE);
  assay_export_sink_count_losses (sink, task, judgement);

  fuzz_check_text (sink->chunk->str);
  g_assert_cmpuint (strlen (sink->chunk->str), ==, sink->chunk->len);
  lines = g_strsplit (sink->chunk->str, "\n", -1);
  if (g_str_equal (format->suffix, ".csv"))
    check_table (sink->chunk->str, sink->chunk->len);
  else if (g_str_equal (format->suffix, ".tsv"))
    check_tabs (lines);
  else
    {
      for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
        {
          JsonObject *object;
          g_autoptr (JsonNode) node = read_line (lines[i], &object);

          g_assert_nonnull (node);
        }
      if (g_str_equal (format->id, "assay"))
        check_own (task, judgement, lines);
    }

  assay_export_sink_describe (sink, builder);
  sentences = g_strv_builder_end (builder);
  for (guint i = 0; sentences[i] != NULL; i++)
    fuzz_check_text (sentences[i]);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (JsonNode) root = fuzz_parse_object (data, size);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayJudgement) judgement = NULL;
  JsonObject *object;

  if (root == NULL)
    return 0;
  object = json_node_get_object (root);
  if (!assay_json_has (object, "task") || !assay_json_has (object, "judgement"))
    return 0;
  task = assay_task_new_from_json (json_object_get_member (object, "task"), NULL);
  if (task == NULL)
    return 0;
  judgement =
      assay_judgement_new_from_json (task, json_object_get_member (object, "judgement"), NULL);
  if (judgement == NULL)
    return 0;
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    check_format (assay_export_format_get (i), task, judgement);
  return 0;
}
