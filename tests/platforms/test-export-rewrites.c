/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that were edited or written, in rows to learn from. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "export-fixture.h"

#define FORM                                                                                       \
  "\"form\": {\"questions\": [{\"id\": \"q\", \"type\": \"rewrite\", \"scope\": "                  \
  "\"each-response\", \"change_log\": \"per_region\"}, {\"id\": \"w\", \"type\": \"rewrite\", "    \
  "\"mode\": \"write\"}]}"
#define EDITED                                                                                      \
  "{\"text\": \"🙂 The moon is round.\", \"changes\": [{\"id\": \"c1\", \"from\": {\"start\": 14, " \
  "\"end\": 20}, \"to\": {\"start\": 14, \"end\": 19}, \"category\": \"factual\", \"note\": "       \
  "\"why\"}]}"
#define WRITTEN                                                                                    \
  "{\"text\": \"It is a ball.\", \"mode\": \"answer\", \"sources\": [{\"title\": \"Atlas\"}]}"

static ExportRow
make_row (const char *policy, const char *answers)
{
  g_autofree char *task = g_strdup_printf (
      "{\"id\": \"t\", \"prompt\": \"What shape?\", \"policy\": {\"export\": \"%s\"}, "
      "\"responses\": [{\"id\": \"r1\", \"content\": \"🙂 The moon is square.\"}, {\"id\": \"r2\", "
      "\"content\": \"Fine.\"}], " FORM "}",
      policy);
  g_autofree char *record =
      g_strdup_printf ("{\"id\": \"j\", \"answers\": %s, \"times\": {\"submitted\": 1000}}",
                       answers);
  g_autoptr (JsonNode) task_node = assay_json_parse (task, -1, NULL);
  g_autoptr (JsonNode) record_node = assay_json_parse (record, -1, NULL);
  ExportRow row = { 0 };
  g_autoptr (GError) error = NULL;

  row.task = assay_task_new_from_json (task_node, &error);
  g_assert_no_error (error);
  row.judgement = assay_judgement_new_from_json (row.task, record_node, &error);
  g_assert_no_error (error);
  return row;
}

/* @sentence: a part of the report; NULL for none that speaks of texts. */
static char *
run (ExportFixture *fixture,
     const char *format,
     const char *policy,
     const char *answers,
     const char *sentence)
{
  g_autofree char *path = g_build_filename (fixture->folder, "rewrites", NULL);
  g_autoptr (AssayExporter) exporter = export_fixture_start (fixture, format, path, NULL);
  ExportRow row = make_row (policy, answers);
  g_autoptr (GError) error = NULL;

  export_add (exporter, &row);
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  if (sentence != NULL)
    g_assert_true (export_report_has (exporter, sentence));
  else
    g_assert_false (export_report_has (exporter, "What was said of the text"));
  g_object_unref (row.judgement);
  g_object_unref (row.task);
  return export_read_file (path);
}

#define ALL "{\"q\": {\"r1\": " EDITED ", \"r2\": {\"unchanged_ok\": true}}, \"w\": " WRITTEN "}"
#define LOST "What was said of the text written in 1 judgement"

static void
test_supervised (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *messages = run (fixture, "sft-messages", "allowed", ALL, LOST);
  g_autofree char *rows = run (fixture, "sft-completion", "allowed", ALL, LOST);
  g_autofree char *none =
      run (fixture, "sft-completion", "allowed", "{}", "no text was edited or written");

  g_assert_cmpstr (rows, ==,
                   "{\"prompt\":\"What shape?\",\"completion\":\"🙂 The moon is round.\"}\n"
                   "{\"prompt\":\"What shape?\",\"completion\":\"Fine.\"}\n"
                   "{\"prompt\":\"What shape?\",\"completion\":\"It is a ball.\"}\n");
  g_assert_true (g_str_has_prefix (
      messages, "{\"messages\":[{\"role\":\"user\",\"content\":\"What shape?\"},{\"role\":"
                "\"assistant\",\"content\":\"🙂 The moon is round.\"}]}\n"));
  g_assert_cmpstr (none, ==, "");
}

/* The edited text over its original; what was left as it is, or written, is better than nothing. */
static void
test_pairs (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *rows = run (fixture, "trl-explicit", "allowed", ALL, LOST);
  g_autofree char *messages = run (fixture, "trl-conversational-implicit", "allowed", ALL, LOST);
  g_autofree char *dialogue = run (fixture, "hh", "allowed", ALL, LOST);
  g_autofree char *none =
      run (fixture, "trl-explicit", "allowed", "{\"q\": {\"r1\": {\"unchanged_ok\": true}}}",
           "which response is better");

  g_assert_cmpstr (rows, ==,
                   "{\"prompt\":\"What shape?\",\"chosen\":\"🙂 The moon is round.\",\"rejected\":"
                   "\"🙂 The moon is square.\"}\n");
  g_assert_nonnull (
      strstr (messages, "{\"role\":\"assistant\",\"content\":\"🙂 The moon is round.\""));
  g_assert_nonnull (
      strstr (messages, "{\"role\":\"assistant\",\"content\":\"🙂 The moon is square."));
  g_assert_nonnull (strstr (dialogue, "Assistant: 🙂 The moon is round.\""));
  g_assert_cmpstr (none, ==, "");
}

/* Our own record holds all; where the task's words may not leave, the person's own do. */
static void
test_own (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *own = run (fixture, "assay", "allowed", ALL, NULL);
  g_autofree char *redacted = run (fixture, "assay", "own_words_only", ALL, NULL);
  g_autofree char *hashed = run (fixture, "sft-completion", "own_words_only", ALL, LOST);

  g_assert_nonnull (strstr (own, "\"text\":\"🙂 The moon is round.\""));
  g_assert_nonnull (strstr (own, "\"title\":\"Atlas\""));
  g_assert_null (strstr (redacted, "moon"));
  g_assert_nonnull (strstr (redacted, "\"inserted\":\"round\""));
  g_assert_nonnull (strstr (redacted, "\"text_sha256\""));
  g_assert_nonnull (strstr (redacted, "It is a ball."));
  g_assert_null (strstr (hashed, "moon"));
  g_assert_nonnull (strstr (hashed, "\"completion\":\"It is a ball.\""));
}

static void
test_table (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *csv = run (fixture, "csv", "allowed", ALL, NULL);
  g_autofree char *redacted = run (fixture, "csv", "own_words_only", ALL, NULL);

  g_assert_nonnull (strstr (csv, ",q,q,r1,,🙂 The moon is round.,,\r\n"));
  g_assert_nonnull (strstr (csv, ",q,square,r1,c1,factual,14-20 14-19,why\r\n"));
  g_assert_nonnull (strstr (csv, ",q,,r1,hter,0.25,,\r\n"));
  g_assert_nonnull (strstr (csv, ",q,q,r2,,unchanged,,\r\n"));
  g_assert_nonnull (strstr (csv, ",w,w,,,It is a ball.,answer,\r\n"));
  g_assert_nonnull (strstr (csv, ",w,,,sources,Atlas,,\r\n"));
  g_assert_null (strstr (redacted, "moon"));
  g_assert_null (strstr (redacted, "square"));
  g_assert_nonnull (strstr (redacted, "It is a ball."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  EXPORT_ADD ("/export-rewrites/supervised", test_supervised);
  EXPORT_ADD ("/export-rewrites/pairs", test_pairs);
  EXPORT_ADD ("/export-rewrites/own", test_own);
  EXPORT_ADD ("/export-rewrites/table", test_table);

  return g_test_run ();
}
