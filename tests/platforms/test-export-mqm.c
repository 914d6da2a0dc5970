/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marked errors, in the lines that translation is judged by. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "export-fixture.h"

#define HEAD                                                                                       \
  "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n"
#define N_COLUMNS 10

/* An emoji and an Arabic word before the marks: places count characters. */
#define SOURCE "🙂 مرحبا Police\\tarrest 15."
#define TARGET "🙂 Die Polizei\\nnimmt 15 fest."
#define MARK(id, doc, start, end, quote, path, more)                                               \
  "{\"id\": \"" id "\", \"span\": {\"doc\": \"" doc "\", \"start\": " #start ", \"end\": " #end    \
  ", \"quote\": \"" quote "\"}, \"type_path\": [" path "]" more "}"
#define ANSWERS                                                                                    \
  "{\"q\": {\"r1\": {\"errors\": [" MARK (                                                         \
      "e1", "response:r1", 14, 19, "nimmt", "\"accuracy\", \"mistranslation\"",                    \
      ", \"severity\": \"major\", \"comment\": \"Not so.\"") ", " MARK ("e2", "source:s1", 22, 24, \
                                                                        "15",                      \
                                                                        "\"locale\", \"date\"",    \
                                                                        ", \"severity\": \"minor\"") "]}, \"r2\": {\"none_found\": true}}}"

static char *
run (ExportFixture *fixture, const char *policy, const char *answers, const char *sentence)
{
  g_autofree char *task = g_strdup_printf (
      "{\"id\": \"t\", \"prompt\": \"Translate.\", \"kind\": \"translation.mqm\", \"policy\": "
      "{\"export\": \"%s\"}, \"sources\": [{\"id\": \"s1\", \"content\": \"" SOURCE "\", "
      "\"language\": \"en\"}], \"responses\": [{\"id\": \"r1\", \"content\": \"" TARGET "\", "
      "\"model\": \"one\", \"language\": \"de\"}, {\"id\": \"r2\", \"content\": \"Gut.\"}], "
      "\"form\": {\"questions\": [{\"id\": \"q\", \"type\": \"spans\", \"scope\": \"each-response\", "
      "\"documents\": [\"response\", \"source\"], \"types\": [{\"id\": \"accuracy\", \"label\": "
      "\"A\", \"children\": [{\"id\": \"mistranslation\", \"label\": \"M\"}]}, {\"id\": \"locale\", "
      "\"label\": \"L\", \"children\": [{\"id\": \"date\", \"label\": \"D\"}]}]}, {\"id\": \"c\", "
      "\"type\": \"rewrite\", \"scope\": \"each-response\", \"required\": false}]}}",
      policy);

  return export_fixture_run_answers (fixture, "mqm", task, answers, sentence);
}

static GStrv
split_cells (const char *line)
{
  GStrv cells = g_strsplit (line, "\t", -1);

  g_assert_cmpuint (g_strv_length (cells), ==, N_COLUMNS);
  return cells;
}

static void
assert_pair (JsonObject *metadata, const char *member, int first, int last)
{
  JsonArray *spans = assay_json_get_array (metadata, member);
  JsonArray *pair;

  g_assert_nonnull (spans);
  pair = json_array_get_array_element (spans, 0);
  g_assert_cmpint (json_array_get_int_element (pair, 0), ==, first);
  g_assert_cmpint (json_array_get_int_element (pair, 1), ==, last);
}

static void
test_lines (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = run (fixture, "allowed", ANSWERS, "became spaces");
  g_auto (GStrv) lines = export_split_lines (text);
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  g_auto (GStrv) third = NULL;
  g_autoptr (JsonObject) metadata = NULL;
  g_autoptr (JsonObject) on_source = NULL;

  g_assert_true (g_str_has_prefix (text, HEAD));
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  first = split_cells (lines[1]);
  g_assert_cmpstr (first[0], ==, "one");
  g_assert_cmpstr (first[1], ==, "t");
  g_assert_cmpstr (first[5], ==, "🙂 مرحبا Police arrest 15.");
  g_assert_cmpstr (first[6], ==, "🙂 Die Polizei <v>nimmt</v> 15 fest.");
  g_assert_cmpstr (first[7], ==, "Accuracy/Mistranslation");
  g_assert_cmpstr (first[8], ==, "Major");
  metadata = export_parse_line (first[9]);
  g_assert_cmpstr (assay_json_get_string (metadata, "note"), ==, "Not so.");
  g_assert_cmpstr (assay_json_get_string (metadata, "marked_text"), ==, "nimmt");
  /* The emoji, a space, Die, a space, Polizei, the break. */
  assert_pair (metadata, "target_spans", 6, 6);
  g_assert_cmpstr (assay_json_get_string (assay_json_get_object (metadata, "evaluation"),
                                          "source_language"),
                   ==, "en");

  second = split_cells (lines[2]);
  g_assert_cmpstr (second[5], ==, "🙂 مرحبا Police arrest <v>15</v>.");
  g_assert_cmpstr (second[6], ==, "🙂 Die Polizei nimmt 15 fest.");
  g_assert_cmpstr (second[7], ==, "Locale convention/Date format");
  on_source = export_parse_line (second[9]);
  assert_pair (on_source, "source_spans", 8, 8);
  g_assert_false (json_object_has_member (on_source, "target_spans"));

  third = split_cells (lines[3]);
  g_assert_cmpstr (third[0], ==, "r2");
  g_assert_cmpstr (third[7], ==, "No-error");
  g_assert_cmpstr (third[8], ==, "No-error");
}

/* What the person made of the text goes with its first line. */
static void
test_corrected (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *text =
      run (fixture, "allowed",
           "{\"q\": {\"r2\": {\"none_found\": true}}, \"c\": {\"r2\": {\"text\": \"Sehr gut.\"}}}",
           NULL);
  g_autofree char *none = run (fixture, "allowed", "{}", "nothing was said of errors");
  g_auto (GStrv) lines = export_split_lines (text);
  g_auto (GStrv) cells = NULL;
  g_autoptr (JsonObject) metadata = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  cells = split_cells (lines[1]);
  metadata = export_parse_line (cells[9]);
  g_assert_cmpstr (assay_json_get_string (metadata, "corrected_translation"), ==, "Sehr gut.");
  g_assert_cmpstr (none, ==, HEAD);
}

/* No word of the texts leaves; what the person wrote does. */
static void
test_redacted (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = run (fixture, "own_words_only", ANSWERS, NULL);

  g_assert_null (strstr (text, "nimmt"));
  g_assert_null (strstr (text, "Police"));
  g_assert_null (strstr (text, "<v>"));
  g_assert_nonnull (strstr (text, "\"note\":\"Not so.\""));
  g_assert_nonnull (strstr (text, "sha256:"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  EXPORT_ADD ("/export-mqm/lines", test_lines);
  EXPORT_ADD ("/export-mqm/corrected", test_corrected);
  EXPORT_ADD ("/export-mqm/redacted", test_redacted);

  return g_test_run ();
}
