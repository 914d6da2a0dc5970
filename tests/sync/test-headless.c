/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>

#include "assay-batch-service.h"
#include "assay-batch.h"
#include "assay-json.h"
#include "assay-questions.h"
#include "assay-workspace.h"
#include "headless-fixture.h"

/* Waits for a future on the main context. (transfer full) the value of an object. */
static gpointer
await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer object = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  if (G_VALUE_HOLDS_OBJECT (value))
    object = g_value_dup_object (value);
  else if (G_VALUE_HOLDS_BOXED (value))
    object = g_value_dup_boxed (value);
  dex_unref (future);
  return object;
}

static void
await_done (DexFuture *future)
{
  gpointer object = await_object (future);

  g_assert_null (object);
}

static const char three_tasks[] =
    "{\"id\": \"a\", \"prompt\": \"One?\", \"responses\": [{\"id\": \"r1\", \"content\": \"yes\", "
    "\"model\": \"m1\"}, {\"id\": \"r2\", \"content\": \"no\", \"model\": \"m2\"}]}\n"
    "{\"id\": \"b\", \"prompt\": \"Two?\", \"responses\": [{\"id\": \"r1\", \"content\": \"ja\"}, "
    "{\"id\": \"r2\", \"content\": \"nein\"}]}\n"
    "{\"id\": \"c\", \"prompt\": \"Three?\", \"responses\": [{\"id\": \"r1\", \"content\": "
    "\"oui\"}, {\"id\": \"r2\", \"content\": \"non\"}]}\n";

static void
import_three (Fixture *fixture, const char *project)
{
  g_autofree char *path = headless_write_file (fixture, "tasks.jsonl", three_tasks);
  g_auto (Result) result = { 0 };

  result = headless_run (fixture, "--import", "--preset", "pairwise", "--project", project,
                         "tasks.jsonl", NULL);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_OK);
  assert_has (result.out, "3");
  assert_has (result.out, project);
  g_assert_cmpstr (result.err, ==, "");
}

/* What a person does in the window: judges every task of the profile and submits. */
static void
judge_all (Fixture *fixture)
{
  g_autoptr (AssayStore) store = await_object (assay_store_open (fixture->profile));
  g_autoptr (AssayTaskQuery) query = assay_task_query_new ();
  g_autoptr (GArray) rows = await_object (assay_store_query_tasks (store, query));

  g_assert_cmpuint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr (AssayOpenTask) open = await_object (assay_store_load_task (store, row));
      AssayJudgement *judgement = assay_open_task_get_judgement (open);
      g_autoptr (JsonNode) answer = assay_pairwise_answer_new ("r2", 2, ASSAY_BOTH_UNSET);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GBytes) draft = NULL;
      g_autoptr (AssayOutboxItem) item = NULL;

      assay_judgement_set_answer (judgement, "preference", NULL, answer);
      assay_judgement_set_rationale (judgement, "Shorter, and in the language of the question.");
      node = assay_judgement_to_draft_json (judgement);
      text = assay_json_to_string (node);
      draft = g_bytes_new (text, strlen (text));
      assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
      item = await_object (assay_store_submit (store, row, judgement, draft, 0));
    }
  await_done (assay_store_close (store));
}

static void
test_no_profile_needed (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) help = headless_run (fixture, "--help", NULL);
  g_auto (Result) version = headless_run (fixture, "--version", NULL);
  g_auto (Result) formats = headless_run (fixture, "--list-formats", NULL);
  g_auto (Result) presets = headless_run (fixture, "--list-presets", NULL);

  g_assert_cmpint (help.status, ==, ASSAY_EXIT_OK);
  assert_has (help.out, "--import");
  assert_has (help.out, "Exit status:");
  for (char *line = strtok (help.out, "\n"); line != NULL; line = strtok (NULL, "\n"))
    g_assert_cmpint (g_utf8_strlen (line, -1), <=, 80);
  g_assert_cmpint (version.status, ==, ASSAY_EXIT_OK);
  g_assert_cmpstr (version.out, ==, "Assay " PACKAGE_VERSION "\n");
  g_assert_cmpint (formats.status, ==, ASSAY_EXIT_OK);
  assert_has (formats.out, "helpsteer2-preference");
  g_assert_cmpint (presets.status, ==, ASSAY_EXIT_OK);
  assert_has (presets.out, "pairwise");
  g_assert_false (headless_exists (fixture, "profile"));
}

static void
test_usage (Fixture *fixture, gconstpointer user_data)
{
  static const char *const lines[][8] = {
    { "--import" },
    { "--import", "--nonsense", "a.jsonl" },
    { "--import", "--preset", "nonsense", "a.jsonl" },
    { "--import", "--list-formats", "a.jsonl" },
    { "--import", "-o", "b.jsonl", "a.jsonl" },
    { "--export", "csv" },
    { "--export", "csv", "--project", "P" },
    { "--export", "nonsense", "--project", "P", "-o", "x" },
    { "--export", "csv", "--project", "P", "-o", "x", "more" },
    { "--export", "hh", "--project", "P", "-o", "x", "--min-strength=9" },
    { "--export", "hh", "--project", "P", "-o", "x", "--min-strength=0" },
    { "--export", "hh", "--project", "P", "-o", "x", "--min-strength=-1" },
    { "--export", "trl-unpaired", "--project", "P", "-o", "x", "--good-from=0" },
    { "--export", "csv", "--project", "P", "-o", "x", "--min-strength=2" },
    { "--export", "hh", "--project", "P", "-o", "x", "--good-from=50" },
    { "--export", "trl-unpaired", "--project", "P", "-o", "x", "--rank-pairs=all" },
    { "--export", "assay", "--project", "P", "-o", "x", "--ties-both-orders" },
    { "--export", "helpsteer2", "--project", "P", "-o", "x", "--extra-columns" },
    { "--import", "--min-strength=0", "a.jsonl" },
    { "--list-formats", "--good-from=0" },
    { "--export", "hh", "--project", "P", "-o", "x", "--rank-pairs=some" },
    { "--export", "trl-unpaired", "--project", "P", "-o", "x", "--good-from=101" },
    { "--project", "P" },
    { "--list-projects", "a.jsonl" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Result) result =
          headless_run (fixture, lines[i][0], lines[i][1], lines[i][2], lines[i][3], lines[i][4],
                        lines[i][5], lines[i][6], lines[i][7], NULL);

      g_assert_cmpint (result.status, ==, ASSAY_EXIT_USAGE);
      g_assert_true (g_str_has_prefix (result.err, "assay: "));
      assert_has (result.err, "--help");
      g_assert_cmpstr (result.out, ==, "");
    }
  g_assert_false (headless_exists (fixture, "profile"));
}

static void
test_import_export (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) projects = { 0 };
  g_auto (Result) empty = { 0 };
  g_auto (Result) pairs = { 0 };
  g_auto (Result) own = { 0 };
  g_auto (Result) again = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *report = NULL;

  import_three (fixture, "Week 12");
  projects = headless_run (fixture, "--list-projects", NULL);
  g_assert_cmpint (projects.status, ==, ASSAY_EXIT_OK);
  assert_has (projects.out, "files\tWeek 12\t3\n");

  empty = headless_run (fixture, "--export", "trl-explicit", "--project", "Week 12", "-o",
                        "empty.jsonl", NULL);
  g_assert_cmpint (empty.status, ==, ASSAY_EXIT_PARTLY);

  judge_all (fixture);
  pairs = headless_run (fixture, "--export=trl-explicit", "--project=files/Week 12", "-o",
                        "pairs.jsonl", NULL);
  g_assert_cmpint (pairs.status, ==, ASSAY_EXIT_OK);
  assert_has (pairs.out, "3");
  assert_has (pairs.err, "rationale");
  text = headless_read_file (fixture, "pairs.jsonl");
  g_assert_cmpstr (text, ==,
                   "{\"prompt\":\"One?\",\"chosen\":\"no\",\"rejected\":\"yes\"}\n"
                   "{\"prompt\":\"Two?\",\"chosen\":\"nein\",\"rejected\":\"ja\"}\n"
                   "{\"prompt\":\"Three?\",\"chosen\":\"non\",\"rejected\":\"oui\"}\n");
  report = headless_read_file (fixture, "pairs.jsonl.report.json");
  assert_has (report, "\"rows\": 3");

  /* The same data, the same bytes (but for the line that says when). */
  own = headless_run (fixture, "--export", "csv", "--project", "Week 12", "-o", "one.csv", NULL);
  again = headless_run (fixture, "--export", "csv", "--project", "Week 12", "-o", "two.csv", NULL);
  g_assert_cmpint (own.status, ==, ASSAY_EXIT_OK);
  g_assert_cmpint (again.status, ==, ASSAY_EXIT_OK);
  first = headless_read_file (fixture, "one.csv");
  second = headless_read_file (fixture, "two.csv");
  g_assert_cmpstr (first, ==, second);
  assert_has (first, "Shorter, and in the language of the question.");
}

static void
write_guideline_line (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *content = g_strdup_printf (
      "{\"format\":\"eval-judgements\",\"version\":1}\n"
      "{\"type\":\"guideline\",\"id\":\"g\",\"version\":1,\"sha256\":\"%s\",\"title\":\"T\","
      "\"text\":\"%s\"}\n"
      "{\"type\":\"task\",\"id\":\"a\",\"prompt\":\"One?\",\"guideline\":{\"id\":\"g\",\"version\":1},"
      "\"responses\":[{\"id\":\"r1\",\"content\":\"yes\"}]}\n",
      digest, text);

  g_free (headless_write_file (fixture, name, content));
}

/* A guideline comes along with its tasks, and never over one that is here. */
static void
test_guideline_comes_back (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) first = { 0 };
  g_auto (Result) other = { 0 };
  g_auto (Result) broken = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *wrong = NULL;

  write_guideline_line (fixture, "first.jsonl", "Be kind.");
  write_guideline_line (fixture, "other.jsonl", "Be quick.");
  first = headless_run (fixture, "--import", "first.jsonl", NULL);
  g_assert_cmpint (first.status, ==, ASSAY_EXIT_OK);
  other = headless_run (fixture, "--import", "other.jsonl", NULL);
  g_assert_cmpint (other.status, ==, ASSAY_EXIT_PARTLY);
  assert_has (other.err, "other.jsonl:2: ");
  assert_has (other.err, "which stays");
  {
    g_autoptr (AssayStore) store = await_object (assay_store_open (fixture->profile));
    g_autoptr (AssayGuideline) guideline =
        await_object (assay_store_load_guideline (store, "g", 1));

    g_assert_cmpstr (assay_guideline_get_text (guideline), ==, "Be kind.");
    await_done (assay_store_close (store));
  }

  text = headless_read_file (fixture, "first.jsonl");
  wrong = g_strdup (text);
  strstr (wrong, "kind")[0] = 'm';
  g_free (headless_write_file (fixture, "wrong.jsonl", wrong));
  broken = headless_run (fixture, "--import", "wrong.jsonl", NULL);
  g_assert_cmpint (broken.status, ==, ASSAY_EXIT_PARTLY);
  assert_has (broken.err, "SHA-256");
}

/* Our own export is a task file like any other, and brings the judgements along. */
static void
test_own_file_comes_back (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) written = { 0 };
  g_auto (Result) read = { 0 };
  g_auto (Result) again = { 0 };
  g_auto (Result) projects = { 0 };

  import_three (fixture, "Source");
  judge_all (fixture);
  written = headless_run (fixture, "--export", "assay", "--project", "Source", "-o",
                          "back.eval.jsonl", NULL);
  g_assert_cmpint (written.status, ==, ASSAY_EXIT_OK);
  read = headless_run (fixture, "--import", "--project", "Copy", "back.eval.jsonl", NULL);
  g_assert_cmpint (read.status, ==, ASSAY_EXIT_OK);
  assert_has (read.out, "3 judgements came with their tasks.");
  again = headless_run (fixture, "--import", "--project", "Copy", "back.eval.jsonl", NULL);
  g_assert_cmpint (again.status, ==, ASSAY_EXIT_OK);
  assert_has (again.out, "3 judgements were left out");
  projects = headless_run (fixture, "--list-projects", NULL);
  assert_has (projects.out, "files\tCopy\t3\n");
}

/* The guideline that the tasks were judged by goes with them, once. */
static void
test_guideline_goes_along (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) written = { 0 };
  g_autofree char *text = NULL;
  const char *first;

  {
    g_autoptr (AssayStore) store = await_object (assay_store_open (fixture->profile));

    await_done (assay_workspace_install_practice (store));
    await_done (assay_store_close (store));
  }
  written = headless_run (fixture, "--export", "assay", "--project", "First comparisons", "-o",
                          "practice.eval.jsonl", NULL);
  g_assert_cmpint (written.status, ==, ASSAY_EXIT_OK);
  text = headless_read_file (fixture, "practice.eval.jsonl");
  first = strstr (text, "{\"type\":\"guideline\",\"id\":\"practice-first-comparisons\"");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "{\"type\":\"guideline\""));
  assert_has (text, "# Comparing two answers");
  assert_has (text, "\"type\":\"task\",\"id\":\"leap-1900\"");
}

static void
test_bad_records (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = g_strconcat (three_tasks, "{\"id\": \"d\", \"prompt\": \n", NULL);
  g_autofree char *path = headless_write_file (fixture, "bad.jsonl", text);
  g_auto (Result) result = { 0 };
  g_auto (Result) projects = { 0 };

  result = headless_run (fixture, "--import", "--project", "Bad", "bad.jsonl", NULL);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_PARTLY);
  assert_has (result.err, "bad.jsonl:4: ");
  assert_has (result.out, "3");
  projects = headless_run (fixture, "--list-projects", NULL);
  assert_has (projects.out, "files\tBad\t3\n");
}

static void
test_bad_files (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path =
      headless_write_file (fixture, "prose.jsonl", "This is no record.\nNor is this.\n");
  g_auto (Result) missing = headless_run (fixture, "--import", "none.jsonl", NULL);
  g_auto (Result) prose = headless_run (fixture, "--import", "prose.jsonl", NULL);
  g_auto (Result) projects = { 0 };

  g_assert_cmpint (missing.status, ==, ASSAY_EXIT_FILE);
  assert_has (missing.err, "none.jsonl");
  g_assert_cmpint (prose.status, ==, ASSAY_EXIT_FILE);
  assert_has (prose.err, "prose.jsonl");
  projects = headless_run (fixture, "--list-projects", NULL);
  g_assert_cmpstr (projects.out, ==, "");
}

static void
test_export_errors (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) unknown = { 0 };
  g_auto (Result) folder = { 0 };
  g_auto (Result) unfit = { 0 };

  import_three (fixture, "P");
  judge_all (fixture);
  unknown = headless_run (fixture, "--export", "csv", "--project", "Q", "-o", "x.csv", NULL);
  g_assert_cmpint (unknown.status, ==, ASSAY_EXIT_NOT_FOUND);
  assert_has (unknown.err, "Q");
  folder = headless_run (fixture, "--export", "csv", "--project", "P", "-o", "no/such/x.csv", NULL);
  g_assert_cmpint (folder.status, ==, ASSAY_EXIT_FILE);
  assert_has (folder.err, "no/such/x.csv");
  unfit = headless_run (fixture, "--export", "helpsteer2", "--project", "P", "-o", "x.jsonl", NULL);
  g_assert_cmpint (unfit.status, ==, ASSAY_EXIT_REFUSED);
  assert_has (unfit.err, "helpfulness");
  g_assert_false (headless_exists (fixture, "x.csv"));
  g_assert_false (headless_exists (fixture, "x.jsonl"));
}

static void
test_unwritable_profile (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = headless_write_file (fixture, "file", "not a folder");
  g_auto (Result) result = { 0 };

  g_free (fixture->profile);
  fixture->profile = g_build_filename (path, "profile", NULL);
  result = headless_run (fixture, "--list-projects", NULL);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_FILE);
  assert_has (result.err, "profile");
}

/* A title cannot talk to the terminal. */
static void
test_control_characters (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Result) projects = { 0 };

  import_three (fixture, "Plain");
  {
    g_autoptr (AssayStore) store = await_object (assay_store_open (fixture->profile));
    g_autoptr (AssayProject) project =
        assay_project_new (ASSAY_FILES_ACCOUNT, "evil", "evil\x1b]0;title\a\nmore");

    await_done (assay_store_save_project (store, project));
    await_done (assay_store_close (store));
  }
  projects = headless_run (fixture, "--list-projects", NULL);
  g_assert_cmpint (projects.status, ==, ASSAY_EXIT_OK);
  g_assert_null (strchr (projects.out, '\x1b'));
  assert_has (projects.out, "evil\\u001b]0;title\\u0007\\u000amore");
}

static void
test_busy (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayStore) store = NULL;
  g_auto (Result) result = { 0 };
  g_auto (Result) formats = { 0 };

  import_three (fixture, "P");
  store = await_object (assay_store_open (fixture->profile));
  result = headless_run (fixture, "--list-projects", NULL);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_BUSY);
  assert_has (result.err, "ASSAY_PROFILE");
  g_assert_cmpstr (result.out, ==, "");
  /* What needs no profile does not ask for it. */
  formats = headless_run (fixture, "--list-formats", NULL);
  g_assert_cmpint (formats.status, ==, ASSAY_EXIT_OK);
  await_done (assay_store_close (store));
}

static void
name_acquired_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  gboolean *owned = user_data;

  *owned = TRUE;
}

typedef struct
{
  AssayBatchService *service;
  AssayStore *store;
} Opened;

static gboolean
opened_cb (gpointer user_data)
{
  Opened *opened = user_data;

  assay_batch_service_set_store (opened->service, opened->store);
  return G_SOURCE_REMOVE;
}

/* The window holds the profile and does the work; status and words come back. */
static void
test_forwarded (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (AssayBatchService) service = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  Opened opened;
  gboolean owned = FALSE;
  guint name;
  g_autofree char *text = NULL;

  import_three (fixture, "P");
  judge_all (fixture);

  g_test_dbus_up (bus);
  fixture->bus = g_test_dbus_get_bus_address (bus);
  store = await_object (assay_store_open (fixture->profile));

  /* A bus without the window: nobody to ask. */
  {
    g_auto (Result) result = headless_run (fixture, "--list-projects", NULL);

    g_assert_cmpint (result.status, ==, ASSAY_EXIT_BUSY);
  }

  connection =
      g_dbus_connection_new_for_address_sync (fixture->bus,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  service = assay_batch_service_new ();
  assay_batch_service_export (service, connection, &error);
  g_assert_no_error (error);
  name = g_bus_own_name_on_connection (connection, ASSAY_APP_ID, G_BUS_NAME_OWNER_FLAGS_NONE,
                                       name_acquired_cb, NULL, &owned, NULL);
  while (!owned)
    g_main_context_iteration (NULL, TRUE);

  /* The window has nothing open yet: it is worth waiting for. */
  opened.service = service;
  opened.store = store;
  g_timeout_add (20, opened_cb, &opened);
  {
    g_auto (Result) result = headless_run (fixture, "--list-projects", NULL);

    g_assert_cmpint (result.status, ==, ASSAY_EXIT_OK);
  }
  /* The window could not open anything. */
  assay_batch_service_set_store (service, NULL);
  {
    g_auto (Result) result = headless_run (fixture, "--list-projects", NULL);

    g_assert_cmpint (result.status, ==, ASSAY_EXIT_BUSY);
  }
  assay_batch_service_set_store (service, store);

  {
    g_auto (Result) projects = headless_run (fixture, "--list-projects", NULL);
    g_auto (Result) written =
        headless_run (fixture, "--export", "csv", "--project", "P", "-o", "x.csv", NULL);
    g_auto (Result) unknown =
        headless_run (fixture, "--export", "csv", "--project", "Q", "-o", "y.csv", NULL);
    g_auto (Result) imported = { 0 };

    g_assert_cmpint (projects.status, ==, ASSAY_EXIT_OK);
    assert_has (projects.out, "files\tP\t3\n");
    g_assert_cmpint (written.status, ==, ASSAY_EXIT_OK);
    /* Relative to where the command was given. */
    text = headless_read_file (fixture, "x.csv");
    assert_has (text, "preference");
    g_assert_cmpint (unknown.status, ==, ASSAY_EXIT_NOT_FOUND);
    assert_has (unknown.err, "Q");

    path = headless_write_file (fixture, "more.jsonl", three_tasks);
    imported = headless_run (fixture, "--import", "--project", "R", "more.jsonl", NULL);
    g_assert_cmpint (imported.status, ==, ASSAY_EXIT_OK);
    assert_has (imported.out, "R");
  }

  /* The window stands on another profile than the one that is busy. */
  {
    g_autofree char *kept = g_steal_pointer (&fixture->profile);
    g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
    g_autoptr (AssayStore) second = await_object (assay_store_open (other));
    g_auto (Result) result = { 0 };

    fixture->profile = g_strdup (other);
    result = headless_run (fixture, "--list-projects", NULL);
    g_assert_cmpint (result.status, ==, ASSAY_EXIT_BUSY);
    await_done (assay_store_close (second));
    g_free (fixture->profile);
    fixture->profile = g_steal_pointer (&kept);
  }

  g_bus_unown_name (name);
  assay_batch_service_unexport (service);
  g_clear_object (&service);
  await_done (assay_store_close (store));
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_down (bus);
}

static void
test_meant (void)
{
  static const struct
  {
    const char *argv[6];
    gboolean meant;
  } cases[] = {
    { { "assay" }, FALSE },
    { { "assay", "file.jsonl" }, FALSE },
    { { "assay", "--gapplication-service" }, FALSE },
    { { "assay", "--", "--import" }, FALSE },
    { { "assay", "--important" }, TRUE },
    { { "assay", "-" }, FALSE },
    { { "assay", "--help-all" }, FALSE },
    { { "assay", "-h" }, TRUE },
    { { "assay", "--help" }, TRUE },
    { { "assay", "--import", "x" }, TRUE },
    { { "assay", "x", "--import" }, TRUE },
    { { "assay", "--export=csv" }, TRUE },
    { { "assay", "-ofile" }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (assay_batch_is_meant (cases[i].argv), ==, cases[i].meant);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/headless/meant", test_meant);
  ADD ("/headless/no-profile-needed", test_no_profile_needed);
  ADD ("/headless/usage", test_usage);
  ADD ("/headless/import-export", test_import_export);
  ADD ("/headless/own-file-comes-back", test_own_file_comes_back);
  ADD ("/headless/guideline-goes-along", test_guideline_goes_along);
  ADD ("/headless/guideline-comes-back", test_guideline_comes_back);
  ADD ("/headless/bad-records", test_bad_records);
  ADD ("/headless/bad-files", test_bad_files);
  ADD ("/headless/export-errors", test_export_errors);
  ADD ("/headless/unwritable-profile", test_unwritable_profile);
  ADD ("/headless/control-characters", test_control_characters);
  ADD ("/headless/busy", test_busy);
  ADD ("/headless/forwarded", test_forwarded);

  return g_test_run ();
}
