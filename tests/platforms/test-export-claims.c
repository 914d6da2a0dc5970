/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checked claims, in the rows that factual precision is reckoned from. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "export-fixture.h"

#define CLAIM(id, start, end, quote, text, verdict)                                                \
  "{\"id\": \"" id "\", \"span\": {\"doc\": \"response:r1\", \"start\": " #start                   \
  ", \"end\": " #end ", \"quote\": \"" quote "\"}, \"text\": \"" text "\"" verdict "}"
#define VERDICT(name) ", \"verdict\": \"" name "\""
#define CLAIMS                                                                                                             \
  "{\"q\": {\"r1\": {\"claims\": [" CLAIM (                                                                                \
      "c1", 0, 17, "🙂 It is a planet.", "It is a planet.",                                                                \
      VERDICT (                                                                                                            \
          "refuted") ", \"correction\": \"A moon.\"") ", " CLAIM ("c2", 18, 29, "It is round",                             \
                                                                  "It is round",                                           \
                                                                  VERDICT (                                                \
                                                                      "supported")) ", " CLAIM ("c3",                      \
                                                                                                18,                        \
                                                                                                40,                        \
                                                                                                "It is round and so nice", \
                                                                                                "It is nice",              \
                                                                                                VERDICT (                  \
                                                                                                    "not_checkable")) "]}}}"

static char *
run_format (ExportFixture *fixture,
            const char *format,
            const char *policy,
            const char *answers,
            const char *sentence)
{
  g_autofree char *task = g_strdup_printf (
      "{\"id\": \"t\", \"title\": \"Moon\", \"prompt\": \"What?\", \"policy\": {\"export\": "
      "\"%s\"}, \"responses\": [{\"id\": \"r1\", \"content\": \"🙂 It is a planet. It is round and "
      "so nice.\"}], \"form\": {\"questions\": [{\"id\": \"q\", \"type\": \"claims\", \"scope\": "
      "\"each-response\"}]}}",
      policy);

  return export_fixture_run_answers (fixture, format, task, answers, sentence);
}

static char *
run (ExportFixture *fixture, const char *policy, const char *answers, const char *sentence)
{
  return run_format (fixture, "factscore", policy, answers, sentence);
}

/* One row for each claim; where texts may not leave, none of their words do. */
static void
test_table (ExportFixture *fixture, gconstpointer user_data)
{
  static const char with_source[] =
      "{\"q\": {\"r1\": {\"claims\": [{\"id\": \"c1\", \"span\": {\"doc\": \"response:r1\", \"start\": "
      "18, \"end\": 29, \"quote\": \"It is round\"}, \"text\": \"It is round\", \"verdict\": "
      "\"full\", \"citation_ok\": \"wrong\", \"cited\": [\"s1\", \"s2\"], \"evidence\": [{\"quote\": "
      "\"Very round.\", \"source_id\": \"s1\"}]}]}}}";
  g_autofree char *open =
      run_format (fixture, "csv", "allowed", with_source, "The evidence, corrections");
  g_autofree char *closed =
      run_format (fixture, "csv", "own_words_only", with_source, "The evidence, corrections");

  g_assert_nonnull (strstr (open, ",q,It is round,r1,c1,full,18-29 wrong s1;s2,"));
  g_assert_nonnull (strstr (closed, ",q,,r1,c1,full,18-29 wrong s1;s2,"));
  g_assert_null (strstr (closed, "round"));
}

static void
test_rows (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *rows = run (fixture, "allowed", CLAIMS, "claims that cannot be checked");
  g_autofree char *lost = run (fixture, "allowed", CLAIMS, "The evidence, corrections and notes");
  g_autofree char *none = run (fixture, "allowed", "{}", "no claim was checked");

  g_assert_cmpstr (
      rows, ==,
      "{\"input\":\"What?\",\"topic\":\"Moon\",\"output\":\"🙂 It is a planet. It is round and so "
      "nice.\",\"annotations\":[{\"text\":\"🙂 It is a planet.\",\"is-relevant\":true,"
      "\"human-atomic-facts\":[{\"text\":\"It is a planet.\",\"label\":\"NS\"}]},{\"text\":\"It is "
      "round and so nice.\",\"is-relevant\":true,\"human-atomic-facts\":[{\"text\":\"It is "
      "round\",\"label\":\"S\"}]}]}\n");
  g_assert_cmpstr (lost, ==, rows);
  g_assert_cmpstr (none, ==, "");
}

/* The person's own words leave; those of the text do not. */
static void
test_redacted (ExportFixture *fixture, gconstpointer user_data)
{
  g_autofree char *rows = run (fixture, "own_words_only", CLAIMS, "claims that cannot be checked");

  g_assert_null (strstr (rows, "round"));
  g_assert_nonnull (strstr (rows, "\"text\":\"It is a planet.\""));
  g_assert_nonnull (strstr (rows, "sha256:"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  EXPORT_ADD ("/export-claims/rows", test_rows);
  EXPORT_ADD ("/export-claims/redacted", test_redacted);
  EXPORT_ADD ("/export-claims/table", test_table);

  return g_test_run ();
}
