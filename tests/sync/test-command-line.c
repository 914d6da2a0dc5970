/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What scripts do to the command line: wrong words, wrong files, full outputs. Each has its status,
 * and one sentence that names what is wrong; standard output holds results and nothing else. */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "assay-batch.h"
#include "headless-fixture.h"

static const char one_task[] =
    "{\"id\": \"a\", \"prompt\": \"One?\", \"responses\": [{\"id\": \"r1\", \"content\": \"yes\"}, "
    "{\"id\": \"r2\", \"content\": \"no\"}]}\n";

/* @parts: what the sentence names */
static void
check_failed (const Result *result, AssayExit status, const char *part)
{
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->out, ==, "");
  assert_has (result->err, "assay: ");
  assert_has (result->err, part);
  g_assert_true (g_str_has_suffix (result->err, "\n"));
  g_assert_null (strstr (result->err, "CRITICAL"));
  g_assert_null (strstr (result->err, "WARNING"));
}

static void
import_one (Fixture *fixture, const char *project)
{
  g_autofree char *path = headless_write_file (fixture, "tasks.jsonl", one_task);
  g_auto (Result) result =
      headless_run (fixture, "--import", "--project", project, "tasks.jsonl", NULL);

  g_assert_cmpint (result.status, ==, ASSAY_EXIT_OK);
}

/* Whatever looks like an option and is none is refused before a display is looked for. */
static void
test_unknown_options (Fixture *fixture, gconstpointer user_data)
{
  static const char *const lines[][4] = {
    { "--nonsense" },
    { "-x" },
    { "--important", "tasks.jsonl" },
    { "--import", "--nonsense", "tasks.jsonl" },
    { "tasks.jsonl", "--nonsense" },
    { "--export" },
    { "--min-strength=many", "--export=csv" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Result) result =
          headless_run (fixture, lines[i][0], lines[i][1], lines[i][2], lines[i][3], NULL);

      check_failed (&result, ASSAY_EXIT_USAGE, "assay --help");
    }
  g_assert_false (headless_exists (fixture, "profile"));
}

/* An option that would do nothing was meant to do something. */
static void
test_idle_options (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *line[6];
    const char *option;
  } cases[] = {
    { { "--import", "a.jsonl", "--min-strength=2" }, "--min-strength" },
    { { "--import", "a.jsonl", "--ties-both-orders" }, "--ties-both-orders" },
    { { "--import", "a.jsonl", "--rank-pairs=all" }, "--rank-pairs" },
    { { "--import", "a.jsonl", "--extra-columns" }, "--extra-columns" },
    { { "--import", "a.jsonl", "--good-from=50" }, "--good-from" },
    { { "--list-formats", "--project=P" }, "--project" },
    { { "--list-presets", "--preset=pairwise" }, "--preset" },
    { { "--list-projects", "-o", "x" }, "--output" },
    { { "--export=csv", "--project=P", "-o", "x", "--preset=pairwise" }, "--preset" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *line = cases[i].line;
      g_auto (Result) result =
          headless_run (fixture, line[0], line[1], line[2], line[3], line[4], line[5], NULL);

      check_failed (&result, ASSAY_EXIT_USAGE, cases[i].option);
    }
}

static void
test_import_files (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *empty = headless_write_file (fixture, "empty.jsonl", "");
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *inside = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  {
    g_auto (Result) missing = headless_run (fixture, "--import", "none.jsonl", NULL);
    g_auto (Result) nothing = headless_run (fixture, "--import", "empty.jsonl", NULL);
    g_auto (Result) hollow = headless_run (fixture, "--import", "folder", NULL);
    /* A file that even root cannot read. */
    g_auto (Result) unreadable = headless_run (fixture, "--import", "/proc/self/mem", NULL);
    g_auto (Result) device = headless_run (fixture, "--import", "/dev/null", NULL);

    check_failed (&missing, ASSAY_EXIT_FILE, "none.jsonl");
    check_failed (&nothing, ASSAY_EXIT_FILE, "empty.jsonl");
    check_failed (&hollow, ASSAY_EXIT_FILE, "folder");
    check_failed (&unreadable, ASSAY_EXIT_FILE, "mem");
    check_failed (&device, ASSAY_EXIT_FILE, "null");
  }

  inside = headless_write_file (fixture, "folder/tasks.jsonl", one_task);
  {
    g_auto (Result) read = headless_run (fixture, "--import", "--project", "F", "folder", NULL);

    g_assert_cmpint (read.status, ==, ASSAY_EXIT_OK);
    g_assert_cmpstr (read.err, ==, "");
    assert_has (read.out, "1");
  }
}

static void
test_export_targets (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *older = headless_write_file (fixture, "older.csv", "older\n");
  g_autofree char *text = NULL;
  g_autofree char *long_name = g_strnfill (300, 'n');

  import_one (fixture, "P");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  {
    g_auto (Result) to_folder =
        headless_run (fixture, "--export=csv", "--project=P", "-o", "folder", NULL);
    g_auto (Result) to_device =
        headless_run (fixture, "--export=csv", "--project=P", "-o", "/dev/stdout", NULL);
    g_auto (Result) to_output =
        headless_run (fixture, "--export=csv", "--project=P", "-o", "-", NULL);
    g_auto (Result) to_long =
        headless_run (fixture, "--export=csv", "--project=P", "-o", long_name, NULL);

    check_failed (&to_folder, ASSAY_EXIT_FILE, "folder");
    check_failed (&to_device, ASSAY_EXIT_FILE, "not an ordinary file");
    check_failed (&to_output, ASSAY_EXIT_USAGE, "standard output");
    check_failed (&to_long, ASSAY_EXIT_FILE, long_name);
    g_assert_false (headless_exists (fixture, "-"));
  }
  {
    g_auto (Result) replaced =
        headless_run (fixture, "--export=assay", "--project=P", "-o", "older.csv", NULL);

    g_assert_cmpint (replaced.status, ==, ASSAY_EXIT_OK);
    text = headless_read_file (fixture, "older.csv");
    g_assert_true (g_str_has_prefix (text, "{\"format\":\"eval-judgements\""));
  }
}

/* A script without a locale names things in UTF-8 all the same. */
static void
test_no_locale (Fixture *fixture, gconstpointer user_data)
{
  fixture->locale = "C";
  import_one (fixture, "Wörter 言葉");
  {
    g_auto (Result) projects = headless_run (fixture, "--list-projects", NULL);
    g_auto (Result) written =
        headless_run (fixture, "--export=assay", "--project=Wörter 言葉", "-o", "ö.jsonl", NULL);
    g_auto (Result) invalid =
        headless_run (fixture, "--export=assay", "--project=\xff", "-o", "x.jsonl", NULL);

    assert_has (projects.out, "files\tWörter 言葉\t1\n");
    g_assert_cmpint (written.status, ==, ASSAY_EXIT_OK);
    g_assert_true (headless_exists (fixture, "ö.jsonl"));
    check_failed (&invalid, ASSAY_EXIT_USAGE, "--project");
  }
}

/* A list that nobody got was not given. */
static void
test_full_output (Fixture *fixture, gconstpointer user_data)
{
  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  fixture->out = "/dev/full";
  {
    g_auto (Result) help = headless_run (fixture, "--help", NULL);
    g_auto (Result) formats = headless_run (fixture, "--list-formats", NULL);

    g_assert_cmpint (help.status, ==, ASSAY_EXIT_FILE);
    assert_has (help.err, "standard output");
    g_assert_cmpint (formats.status, ==, ASSAY_EXIT_FILE);
  }
}

/* The sentences about records go to standard error with file, line and field. */
static void
test_bad_table (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path =
      headless_write_file (fixture, "bad.csv",
                           "id,prompt,answer1,answer2\r\n1,One?,yes,no\r\n2,Two?,a,b,c\r\n"
                           "3,\"Three\r\n?\",oui,non\r\n4,\"Four?,d,e\r\n");
  g_auto (Result) result = headless_run (fixture, "--import", "--project=B", "bad.csv", NULL);

  g_assert_cmpint (result.status, ==, ASSAY_EXIT_PARTLY);
  assert_has (result.out, "2");
  assert_has (result.err, "bad.csv:3: ");
  assert_has (result.err, "5 cells");
  assert_has (result.err, "bad.csv:6: ");
  assert_has (result.err, "never closed");
  g_assert_null (strstr (result.out, "bad.csv"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/command-line/unknown-options", test_unknown_options);
  ADD ("/command-line/idle-options", test_idle_options);
  ADD ("/command-line/import-files", test_import_files);
  ADD ("/command-line/export-targets", test_export_targets);
  ADD ("/command-line/no-locale", test_no_locale);
  ADD ("/command-line/full-output", test_full_output);
  ADD ("/command-line/bad-table", test_bad_table);

  return g_test_run ();
}
