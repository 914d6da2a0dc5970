/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in an exported file, format by format, and in the report that goes with it. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-json.h"
#include "export-fixture.h"

static void
compare_with_golden (const char *name, const char *text)
{
  g_autofree char *path = export_get_source_path ("golden", name);
  g_autofree char *expected = NULL;

  if (g_getenv ("ASSAY_UPDATE_GOLDEN") != NULL)
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      g_test_message ("%s was written anew", name);
      return;
    }
  expected = export_read_file (path);
  if (!g_str_equal (expected, text))
    g_test_message ("%s differs; ASSAY_UPDATE_GOLDEN=1 writes it anew, for you to look at", name);
  g_assert_cmpstr (text, ==, expected);
}

/* Every format, and what its report says, as kept in the golden files. */
static void
test_golden (ExportFixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const AssayExportFormat *format = assay_export_format_get (i);
      g_autofree char *name = g_strconcat (format->id, format->suffix, NULL);
      g_autofree char *report_name = g_strconcat (format->id, ".report.json", NULL);
      g_autofree char *report_path = g_build_filename (fixture->folder, "out.report.json", NULL);
      g_autofree char *text = export_fixture_run (fixture, format->id, NULL, NULL, NULL);
      g_autofree char *report = export_read_file (report_path);

      compare_with_golden (name, text);
      compare_with_golden (report_name, report);
    }
}

static void
test_golden_options (ExportFixture *fixture, gconstpointer user_data)
{
  AssayExportOptions all = { .with_drafts = TRUE, .ties_both_orders = TRUE, .extra_columns = TRUE };
  AssayExportOptions strong = { .min_abs_strength = 3, .rank_pairs = ASSAY_RANK_PAIRS_ADJACENT };
  AssayExportOptions best = { .rank_pairs = ASSAY_RANK_PAIRS_BEST, .good_share = 0.25 };
  g_autofree char *one = export_fixture_run (fixture, "trl-explicit", &all, NULL, NULL);
  g_autofree char *two = export_fixture_run (fixture, "trl-conversational", &strong, NULL, NULL);
  g_autofree char *three = export_fixture_run (fixture, "trl-explicit", &best, NULL, NULL);
  g_autofree char *four = export_fixture_run (fixture, "trl-unpaired", &best, NULL, NULL);
  g_autofree char *five = export_fixture_run (fixture, "assay", &all, NULL, NULL);

  compare_with_golden ("trl-explicit-all.jsonl", one);
  compare_with_golden ("trl-conversational-strong.jsonl", two);
  compare_with_golden ("trl-explicit-best.jsonl", three);
  compare_with_golden ("trl-unpaired-quarter.jsonl", four);
  compare_with_golden ("assay-drafts.eval.jsonl", five);
}

/* The same data give the same bytes, whatever the order in which they were stored. */
static void
test_stable (ExportFixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const char *format = assay_export_format_get (i)->id;
      g_autofree char *forward = export_fixture_run (fixture, format, NULL, NULL, NULL);
      g_autofree char *path = g_build_filename (fixture->folder, "backward", NULL);
      g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, format, path, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *backward = NULL;

      for (guint r = fixture->rows->len; r > 0; r--)
        export_add (exporter, fixture->rows->pdata[r - 1]);
      assay_exporter_finish (exporter, &error);
      g_assert_no_error (error);
      backward = export_read_file (path);
      g_assert_cmpstr (forward, ==, backward);
    }
}

/* What a person saw on the left is not in the rows. Assay's own record says what was shown; it is
 * the only one. */
static void
test_shown_order (ExportFixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const char *format = assay_export_format_get (i)->id;
      g_autofree char *before = export_fixture_run (fixture, format, NULL, NULL, NULL);
      g_autoptr (GPtrArray) rows = g_steal_pointer (&fixture->rows);
      g_autofree char *after = NULL;

      fixture->rows = g_ptr_array_new_with_free_func (export_row_free);
      for (guint r = 0; r < rows->len; r++)
        {
          ExportRow *row = rows->pdata[r];
          ExportRow *other = g_new0 (ExportRow, 1);

          other->task = g_object_ref (row->task);
          other->is_draft = row->is_draft;
          if (row->judgement != NULL)
            {
              g_autoptr (JsonNode) node = assay_judgement_to_json (row->judgement, TRUE);
              g_autoptr (JsonObject) presentation = json_object_new ();
              g_autoptr (JsonArray) order = json_array_new ();
              g_autoptr (GError) error = NULL;

              for (guint k = 0; k < assay_task_get_n_responses (row->task); k++)
                json_array_add_string_element (order, assay_document_get_key (
                                                          assay_task_get_response (row->task, k)));
              json_object_set_array_member (presentation, "order", json_array_ref (order));
              json_object_set_object_member (assay_json_node_object (node), "presentation",
                                             json_object_ref (presentation));
              other->judgement = assay_judgement_new_from_json (row->task, node, &error);
              g_assert_no_error (error);
            }
          g_ptr_array_add (fixture->rows, other);
        }
      after = export_fixture_run (fixture, format, NULL, NULL, NULL);
      if (g_str_equal (format, "assay"))
        g_assert_cmpstr (before, !=, after);
      else
        g_assert_cmpstr (before, ==, after);
    }
}

/* Emoji, combining marks, both directions, tab, CR LF and Unicode's own line ends. */
static void
test_hostile_text (ExportFixture *fixture, gconstpointer user_data)
{
  ExportRow *row = export_fixture_find_row (fixture, "t-17");
  const char *second = assay_document_get_text (assay_task_get_response (row->task, 1));
  const char *prompt = assay_task_get_prompt_text (row->task);

  g_assert_nonnull (strstr (second, "\xE2\x80\xA8"));
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const AssayExportFormat *format = assay_export_format_get (i);
      g_autoptr (AssayExporter) exporter = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (g_str_equal (format->id, "csv")
          || g_str_equal (format->id, "helpsteer2")
          /* test-export-claims.c, test-export-mqm.c */
          || g_str_equal (format->id, "factscore") || g_str_equal (format->id, "mqm"))
        continue;
      text =
          export_fixture_run (fixture, format->id, NULL,
                              g_str_has_prefix (format->id, "sft-") ? "t-31" : "t-17", &exporter);
      g_assert_null (strstr (text, "\xE2\x80\xA8"));
      g_assert_null (strstr (text, "\xE2\x80\xA9"));
      g_assert_null (strstr (text, "\xC2\x85"));
      lines = export_split_lines (text);
      for (guint k = 0; lines[k] != NULL; k++)
        json_object_unref (export_parse_line (lines[k]));
      if (g_str_equal (format->id, "trl-explicit"))
        {
          g_autoptr (JsonObject) object = export_parse_line (lines[0]);

          g_assert_cmpstr (assay_json_get_string (object, "chosen"), ==, second);
          g_assert_cmpstr (assay_json_get_string (object, "prompt"), ==, prompt);
          g_assert_cmpuint (assay_exporter_get_n_rows (exporter), ==, 1);
        }
    }
}

static gboolean
is_open_judgement (ExportRow *row)
{
  return row->judgement != NULL && !row->is_draft
         && assay_judgement_get_outcome (row->judgement) == ASSAY_OUTCOME_ANSWERED
         && assay_task_get_export_policy (row->task) == ASSAY_EXPORT_ALLOWED;
}

/* A judgement that is being revised: our own format holds both, others what was settled. What came
 * before that is told of. */
static void
test_revisions (ExportFixture *fixture, gconstpointer user_data)
{
  static const char *const formats[] = { "assay", "csv" };
  AssayExportOptions options = { .with_drafts = TRUE };
  ExportRow *row = NULL;

  for (guint i = 0; row == NULL && i < fixture->rows->len; i++)
    if (is_open_judgement (fixture->rows->pdata[i]))
      row = fixture->rows->pdata[i];
  g_assert_nonnull (row);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, formats[i], NULL);
      g_autoptr (AssayExporter) exporter =
          export_fixture_start (fixture, formats[i], path, &options);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      assay_exporter_add_earlier (exporter, 2);
      assay_exporter_add (exporter, row->task, row->judgement, FALSE, &error);
      g_assert_no_error (error);
      assay_exporter_add (exporter, row->task, row->judgement, TRUE, &error);
      g_assert_no_error (error);
      assay_exporter_finish (exporter, &error);
      g_assert_no_error (error);
      g_assert_true (export_report_has (exporter, "2 earlier revisions were left out"));
      g_assert_cmpint (export_report_has (exporter, "1 draft was left out"), ==, i == 1);
      if (i == 0)
        {
          g_auto (GStrv) lines = NULL;

          text = export_read_file (path);
          lines = export_split_lines (text);
          /* Head, task, judgement, draft. */
          g_assert_cmpuint (g_strv_length (lines), ==, 4);
          g_assert_null (strstr (lines[2], "\"draft\":true"));
          g_assert_nonnull (strstr (lines[3], "\"draft\":true"));
          g_assert_cmpuint (assay_exporter_get_n_rows (exporter), ==, 3);
        }
    }
}

/* Our own file, read back and written again, is the same to the byte. */
static void
test_round_trip (ExportFixture *fixture, gconstpointer user_data)
{
  AssayExportOptions options = { .with_drafts = TRUE };
  g_autofree char *first = export_fixture_run (fixture, "assay", &options, NULL, NULL);
  g_auto (GStrv) lines = export_split_lines (first);
  g_autofree char *path = g_build_filename (fixture->folder, "again", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, "assay", path, &options);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = assay_json_parse (lines[i], -1, &error);
      JsonObject *object = assay_json_node_object (node);
      const char *type;

      g_assert_no_error (error);
      type = assay_json_get_string (object, "type");
      if (g_str_equal (type, "task"))
        {
          /* A task whose texts may not leave cannot come back; its judgement can, from the store.
           */
          gboolean redacted = assay_json_has (object, "documents");

          g_clear_object (&task);
          if (redacted)
            {
              ExportRow *row =
                  export_fixture_find_row (fixture, assay_json_get_string (object, "id"));

              task = g_object_ref (row->task);
            }
          else
            {
              task = assay_task_new_from_json (node, &error);
              g_assert_no_error (error);
            }
          assay_exporter_add (exporter, task, NULL, FALSE, &error);
        }
      else
        {
          g_autoptr (AssayJudgement) judgement = NULL;

          g_assert_cmpstr (type, ==, "judgement");
          judgement = assay_judgement_new_from_json (task, node, &error);
          g_assert_no_error (error);
          assay_exporter_add (exporter, task, judgement,
                              assay_json_get_boolean (object, "draft", FALSE), &error);
        }
      g_assert_no_error (error);
    }
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  second = export_read_file (path);
  g_assert_cmpstr (second, ==, first);
}

/* A reader that knows quotation marks, as spreadsheets do. */
static GPtrArray *
parse_csv (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (quoted)
        {
          if (*p != '"')
            g_string_append_c (cell, *p);
          else if (p[1] == '"')
            g_string_append_c (cell, *p++);
          else
            quoted = FALSE;
        }
      else if (*p == '"')
        {
          quoted = TRUE;
        }
      else if (*p == ',' || g_str_has_prefix (p, "\r\n"))
        {
          g_ptr_array_add (row, g_strdup (cell->str));
          g_string_truncate (cell, 0);
          if (*p == '\r')
            {
              g_ptr_array_add (rows, row);
              row = g_ptr_array_new_with_free_func (g_free);
              p++;
            }
        }
      else
        {
          g_string_append_c (cell, *p);
        }
    }
  g_assert_false (quoted);
  g_assert_cmpuint (row->len, ==, 0);
  g_ptr_array_unref (row);
  return rows;
}

static void
test_csv (ExportFixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayExporter) exporter = NULL;
  g_autofree char *text = export_fixture_run (fixture, "csv", NULL, NULL, &exporter);
  g_autoptr (GPtrArray) rows = parse_csv (text);
  GPtrArray *head = rows->pdata[0];
  guint n_quoted = 0;
  gboolean has_other = FALSE;

  g_assert_cmpuint (rows->len, ==, assay_exporter_get_n_rows (exporter) + 1);
  for (guint i = 1; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];

      g_assert_cmpuint (row->len, ==, head->len);
      for (guint c = 0; c < row->len; c++)
        {
          const char *cell = row->pdata[c];
          char *end = NULL;

          if (cell[0] == '\'')
            n_quoted++;
          /* What begins like a formula is a number. */
          if (cell[0] == '\0' || strchr ("=+-@", cell[0]) == NULL)
            continue;
          g_ascii_strtod (cell, &end);
          g_assert_cmpstr (end, ==, "");
        }
      has_other = has_other || g_str_equal (row->pdata[13], "'+1 sport, or \"games\"");
    }
  g_assert_cmpuint (n_quoted, >=, 4);
  g_assert_true (has_other);
  g_assert_true (export_report_has (exporter, "formula"));
}

/* Canonical order, both directions. */
static void
test_pairs (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = export_fixture_run (fixture, "trl-explicit", NULL, "t-01", NULL);
  g_autofree char *other = export_fixture_run (fixture, "trl-explicit", NULL, "t-02", NULL);
  g_autofree char *five = export_fixture_run (fixture, "trl-explicit", NULL, "t-05", NULL);
  g_autofree char *ends = export_fixture_run (fixture, "trl-explicit", NULL, "t-06", NULL);
  g_auto (GStrv) lines = export_split_lines (text);
  g_auto (GStrv) ranked = export_split_lines (five);
  g_auto (GStrv) extremes = export_split_lines (ends);
  g_autoptr (JsonObject) row = export_parse_line (lines[0]);

  g_assert_cmpstr (assay_json_get_string (row, "chosen"), ==, "The second answer.");
  g_assert_cmpstr (assay_json_get_string (row, "rejected"), ==, "The first answer.");
  g_assert_cmpstr (other, ==, "");
  /* 4 × 3 ÷ 2 pairs, one of them tied. */
  g_assert_cmpuint (g_strv_length (ranked), ==, 5);
  /* The best over three, two over the worst. */
  g_assert_cmpuint (g_strv_length (extremes), ==, 5);
}

static JsonObject *
get_message (JsonObject *row, const char *list, guint index)
{
  return assay_json_node_object (json_array_get_element (assay_json_get_array (row, list), index));
}

static JsonObject *
get_call (JsonObject *message)
{
  JsonArray *calls = assay_json_get_array (message, "tool_calls");

  g_assert_nonnull (calls);
  g_assert_cmpuint (json_array_get_length (calls), ==, 1);
  return assay_json_get_object (assay_json_node_object (json_array_get_element (calls, 0)),
                                "function");
}

static const char *
get_city (JsonObject *call)
{
  return assay_json_get_string (assay_json_get_object (call, "arguments"), "city");
}

/* Calls stand in the one shape, whatever the task had; a tool's answer is named, if need be after
 * the call that it answers. Nothing of them leaves where only the person's own words may. */
static void
test_tools (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = export_fixture_run (fixture, "trl-conversational", NULL, "t-26", NULL);
  g_autofree char *implicit =
      export_fixture_run (fixture, "trl-conversational-implicit", NULL, "t-26", NULL);
  g_autofree char *unpaired = export_fixture_run (fixture, "trl-unpaired", NULL, "t-26", NULL);
  g_autofree char *own_words =
      export_fixture_run (fixture, "trl-conversational", NULL, "t-27", NULL);
  g_autofree char *broken = export_fixture_run (fixture, "trl-conversational", NULL, "t-28", NULL);
  g_autoptr (JsonObject) row = export_parse_line (text);
  g_autoptr (JsonObject) whole = export_parse_line (implicit);
  g_auto (GStrv) lines = export_split_lines (unpaired);
  g_autoptr (JsonObject) single = export_parse_line (lines[0]);

  g_assert_cmpstr (assay_json_get_string (get_call (get_message (row, "prompt", 1)), "name"), ==,
                   "get_weather");
  g_assert_cmpstr (get_city (get_call (get_message (row, "prompt", 1))), ==, "Oslo");
  g_assert_cmpstr (assay_json_get_string (get_message (row, "prompt", 2), "name"), ==,
                   "get_weather");
  g_assert_cmpstr (assay_json_get_string (get_message (row, "prompt", 3), "name"), ==, "clock");
  g_assert_false (assay_json_has (get_message (row, "prompt", 4), "name"));
  g_assert_cmpstr (get_city (get_call (get_message (row, "chosen", 0))), ==, "Rome");
  g_assert_false (assay_json_has (get_message (row, "rejected", 0), "tool_calls"));
  g_assert_cmpuint (json_array_get_length (assay_json_get_array (row, "tools")), ==, 1);
  g_assert_cmpstr (get_city (get_call (get_message (whole, "chosen", 5))), ==, "Rome");
  g_assert_cmpstr (get_city (get_call (get_message (single, "completion", 0))), ==, "Rome");
  g_assert_true (assay_json_has (single, "tools"));
  g_assert_null (strstr (own_words, "tool_calls"));
  g_assert_null (strstr (own_words, "\"tools\""));
  g_assert_null (strstr (broken, "tool_calls"));
}

/* Two rows are lost with a comparison that is too weak, and each is counted. */
static void
test_weak (ExportFixture *fixture, gconstpointer user_data)
{
  AssayExportOptions options = { .min_abs_strength = 2 };
  g_autoptr (AssayExporter) labels = NULL;
  g_autoptr (AssayExporter) pairs = NULL;
  g_autofree char *one = export_fixture_run (fixture, "trl-unpaired", &options, "t-29", &labels);
  g_autofree char *two = export_fixture_run (fixture, "trl-explicit", &options, "t-29", &pairs);

  g_assert_cmpstr (one, ==, "");
  g_assert_cmpuint (assay_exporter_get_n_dropped (labels), ==, 2);
  g_assert_true (
      export_report_has (labels, "2 responses were left out: the preferences are weaker"));
  g_assert_cmpuint (assay_exporter_get_n_dropped (pairs), ==, 1);
  g_assert_true (export_report_has (pairs, "1 pair was left out: its preference is weaker"));
}

static char *
export_split (ExportFixture *fixture, guint number, const char *policy)
{
  ExportRow *row = export_fixture_find_row (fixture, "t-29");
  g_autofree char *path = g_build_filename (fixture->folder, "split", NULL);
  g_autoptr (AssayExporter) exporter =
      export_fixture_start (fixture, "helpsteer2-preference", path, NULL);
  g_autoptr (JsonNode) node = assay_task_to_json (row->task);
  g_autoptr (JsonNode) record = assay_judgement_to_json (row->judgement, FALSE);
  g_autofree char *prompt = g_strdup_printf ("Prompt %u", number);
  JsonObject *policies = json_object_new ();
  ExportRow other = { 0 };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  json_object_set_string_member (policies, "export", policy);
  json_object_set_object_member (assay_json_node_object (node), "policy", policies);
  json_object_set_string_member (assay_json_node_object (node), "prompt", prompt);
  other.task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  other.judgement = assay_judgement_new_from_json (other.task, record, &error);
  g_assert_no_error (error);
  export_add (exporter, &other);
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  g_object_unref (other.judgement);
  g_object_unref (other.task);
  text = export_read_file (path);
  object = export_parse_line (text);
  return g_strdup (assay_json_get_string (object, "split"));
}

static char *
export_marks (ExportFixture *fixture, const char *format, const char *policy)
{
  g_autofree char *path = g_build_filename (fixture->folder, "marks", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, format, path, NULL);
  g_autofree char *task =
      g_strdup_printf ("{\"id\": \"t\", \"prompt\": \"Go.\", \"policy\": {\"export\": \"%s\"},"
                       " \"responses\": [{\"id\": \"r1\", \"content\": \"🙂 The moon is square.\"},"
                       " {\"id\": \"r2\", \"content\": \"Fine.\"}],"
                       " \"form\": {\"questions\": [{\"id\": \"q\", \"type\": \"spans\","
                       " \"scope\": \"each-response\", \"types\": [{\"id\": \"a\", \"children\":"
                       " [{\"id\": \"b\"}]}]}]}}",
                       policy);
  const char *record =
      "{\"id\": \"j\", \"answers\": {\"q\": {\"r1\": {\"errors\": [{\"id\": \"e1\","
      " \"span\": {\"doc\": \"response:r1\", \"start\": 6, \"end\": 10, \"quote\": \"moon\"},"
      " \"type_path\": [\"a\", \"b\"], \"severity\": \"major\", \"comment\": \"why\"}]},"
      " \"r2\": {\"none_found\": true}}}, \"times\": {\"submitted\": 1000}}";
  g_autoptr (JsonNode) task_node = assay_json_parse (task, -1, NULL);
  g_autoptr (JsonNode) record_node = assay_json_parse (record, -1, NULL);
  ExportRow row = { 0 };
  g_autoptr (GError) error = NULL;

  row.task = assay_task_new_from_json (task_node, &error);
  g_assert_no_error (error);
  row.judgement = assay_judgement_new_from_json (row.task, record_node, &error);
  g_assert_no_error (error);
  export_add (exporter, &row);
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  g_object_unref (row.judgement);
  g_object_unref (row.task);
  return export_read_file (path);
}

/* A mark quotes the text; where the text may not go, its place alone does. */
static void
test_marks (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *csv = export_marks (fixture, "csv", "allowed");
  g_autofree char *places = export_marks (fixture, "csv", "own_words_only");
  g_autofree char *own = export_marks (fixture, "assay", "allowed");
  g_autofree char *redacted = export_marks (fixture, "assay", "own_words_only");

  g_assert_nonnull (strstr (csv, ",q,moon,r1,e1,a/b,major 6-10,why"));
  g_assert_nonnull (strstr (csv, ",q,q,r1,penalty,5,,"));
  g_assert_nonnull (strstr (csv, ",q,q,r2,,none,,"));
  g_assert_nonnull (strstr (places, ",q,,r1,e1,a/b,major 6-10,why"));
  g_assert_null (strstr (places, "moon"));
  g_assert_nonnull (strstr (own, "\"quote\":\"moon\""));
  g_assert_null (strstr (redacted, "moon"));
  g_assert_nonnull (strstr (redacted, "\"start\":6"));
}

/* One prompt is on one side, also where its words are not in the file. */
static void
test_split (ExportFixture *fixture, gconstpointer user_data)
{
  /* By their SHA-256 the second is in the smaller part. */
  static const guint prompts[] = { 1, 49 };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autofree char *open = export_split (fixture, prompts[i], "allowed");
      g_autofree char *redacted = export_split (fixture, prompts[i], "own_words_only");

      g_assert_cmpstr (open, ==, i == 0 ? "train" : "validation");
      g_assert_cmpstr (redacted, ==, open);
    }
}

/* The options that rows depend on are all in the report. */
static void
test_report_options (ExportFixture *fixture, gconstpointer user_data)
{
  AssayExportOptions options = { .extra_columns = TRUE };
  g_autofree char *path = g_build_filename (fixture->folder, "out.report.json", NULL);
  g_autofree char *text = export_fixture_run (fixture, "trl-explicit", &options, "t-28", NULL);
  g_autofree char *unpaired = NULL;
  g_autofree char *report = export_read_file (path);
  g_autoptr (JsonNode) node = assay_json_parse (report, -1, NULL);

  g_assert_true (assay_json_get_boolean (
      assay_json_get_object (assay_json_node_object (node), "options"), "extra_columns", FALSE));
  /* The version that was seen, not the one that the task names by now. */
  unpaired = export_fixture_run (fixture, "trl-unpaired", NULL, "t-28", NULL);
  g_free (report);
  report = export_read_file (path);
  g_assert_nonnull (strstr (report, "\"g 5\""));
  g_assert_null (strstr (report, "\"g 2\""));
}

static void
test_reports (ExportFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *format;
    const char *task;
    const char *part;
  } cases[] = {
    { "trl-explicit", "t-01", "rationale" },
    { "trl-explicit", "t-01", "names of the models" },
    { "trl-explicit", "t-01", "how strong" },
    { "trl-explicit", "t-01", "confidence" },
    { "trl-explicit", "t-01", "comments" },
    { "trl-conversational", "t-02", "flags" },
    { "trl-explicit", "t-02", "system text" },
    { "trl-explicit", "t-03", "tied" },
    { "trl-explicit", "t-04", "several turns" },
    { "trl-explicit", "t-07", "weighted mean" },
    { "trl-explicit", "t-11", "checklist points" },
    { "trl-explicit", "t-12", "which response is better" },
    { "trl-explicit", "t-14", "could not be answered" },
    { "trl-explicit", "t-15", "own words" },
    { "trl-explicit", "t-18", "further questions" },
    { "trl-explicit", "t-19", "not applicable" },
    { "trl-explicit", "t-23", "sources" },
    { "trl-explicit", "t-25", "draft" },
    { "trl-unpaired", "t-06", "ranked best or worst" },
    { "trl-unpaired", "t-07", "75 %" },
    { "trl-unpaired", "t-12", "neither good nor bad" },
    { "hh", "t-02", "system text" },
    { "hh", "t-21", "dialogue marks" },
    { "hh", "t-22", "a tool speaks" },
    { "helpsteer2", "t-08", "comments" },
    { "helpsteer2-preference", "t-21", "dialogue marks" },
    { "csv", "t-17", "formula" },
    { "csv", "t-30", "labels of its form" },
    { "trl-explicit", "t-30", "own words" },
    { "hh", "t-28", "a tool speaks or is called" },
    { "trl-conversational", "t-28", "calls of tools" },
    { "trl-conversational", "t-27", "calls of tools" },
    { "trl-unpaired", "t-28", "handed in unfinished" },
    { "trl-unpaired", "t-28", "flags" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AssayExporter) exporter = NULL;
      g_autofree char *text =
          export_fixture_run (fixture, cases[i].format, NULL, cases[i].task, &exporter);

      g_test_message ("%s, %s: %s", cases[i].format, cases[i].task, cases[i].part);
      g_assert_true (export_report_has (exporter, cases[i].part));
    }
}

static void
test_table (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const AssayExportFormat *format = assay_export_format_get (i);

      g_assert_true (g_hash_table_add (ids, (gpointer) format->id));
      g_assert_true (assay_export_format_find (format->id) == format);
      g_assert_cmpuint (strlen (assay_export_format_get_title (format)), >, 2);
      g_assert_cmpuint (strlen (assay_export_format_get_description (format)), >, 20);
      g_assert_true (format->suffix[0] == '.');
    }
  g_assert_null (assay_export_format_find ("nonsense"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/export/table", test_table);
  EXPORT_ADD ("/export/golden", test_golden);
  EXPORT_ADD ("/export/golden-options", test_golden_options);
  EXPORT_ADD ("/export/stable", test_stable);
  EXPORT_ADD ("/export/shown-order", test_shown_order);
  EXPORT_ADD ("/export/hostile-text", test_hostile_text);
  EXPORT_ADD ("/export/revisions", test_revisions);
  EXPORT_ADD ("/export/round-trip", test_round_trip);
  EXPORT_ADD ("/export/csv", test_csv);
  EXPORT_ADD ("/export/pairs", test_pairs);
  EXPORT_ADD ("/export/tools", test_tools);
  EXPORT_ADD ("/export/weak", test_weak);
  EXPORT_ADD ("/export/marks", test_marks);
  EXPORT_ADD ("/export/split", test_split);
  EXPORT_ADD ("/export/report-options", test_report_options);
  EXPORT_ADD ("/export/reports", test_reports);

  return g_test_run ();
}
