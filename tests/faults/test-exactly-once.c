/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exactly once: judgements are submitted through a network that cuts connections before and after
 * the server took them, while the evaluator is killed at random moments. In the end the server has
 * each judgement that was acknowledged once, with the content that was submitted; the store is
 * sound after each kill; what was called saved is there.
 *
 *   test-exactly-once [--seed N] [--judgements N] [--kills N]
 *
 * ASSAY_TEST_LONG=1 in the environment makes it 2000 judgements and 300 kills. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-database.h"
#include "assay-json.h"
#include "assay-migrations.h"
#include "assay-platform-server.h"
#include "assay-server-control.h"
#include "cutting-proxy.h"
#include "store-fixture.h"

#define N_JUDGEMENTS 60
#define N_KILLS 10
#define N_JUDGEMENTS_LONG 2000
#define N_KILLS_LONG 300
#define CUT 0.2
#define LONGEST_LIFE_MS 2500

static int option_seed = -1;
static int option_judgements = 0;
static int option_kills = 0;

typedef struct
{
  AssayPlatformServer *server;
  CuttingProxy *proxy;
  TestFolder *folder;
  char *profile;
  char *address;
  GRand *random;
  guint n_judgements;
  GHashTable *submitted; /* (owned) ids that were acknowledged */
  GHashTable *drafts;    /* (owned) row → rationale that was called saved */
  gboolean done;
} Run;

/* One life of the evaluator. */
typedef struct
{
  Run *run;
  GSubprocess *process;
  GDataInputStream *lines;
  guint kill_source;
  gboolean killed;
  gboolean ended;
} Life;

static void
take_line (Run *run, const char *line)
{
  if (g_str_has_prefix (line, "submitted "))
    g_hash_table_add (run->submitted, g_strdup (line + strlen ("submitted ")));
  else if (g_str_has_prefix (line, "draft "))
    {
      char *end;
      gint64 row = g_ascii_strtoll (line + strlen ("draft "), &end, 10);

      g_hash_table_insert (run->drafts, g_memdup2 (&row, sizeof row), g_strdup (end + 1));
    }
  else if (g_str_equal (line, "done"))
    run->done = TRUE;
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Life *life = user_data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      life->ended = TRUE;
      return;
    }
  take_line (life->run, line);
  g_data_input_stream_read_line_async (life->lines, G_PRIORITY_DEFAULT, NULL, line_cb, life);
}

static gboolean
kill_cb (gpointer user_data)
{
  Life *life = user_data;

  life->kill_source = 0;
  life->killed = TRUE;
  g_subprocess_force_exit (life->process);
  return G_SOURCE_REMOVE;
}

/* @life_ms: 0 for as long as it takes. */
static void
live (Run *run, guint life_ms)
{
  Life life = { .run = run };
  g_autoptr (GError) error = NULL;
  g_autofree char *n = g_strdup_printf ("%u", run->n_judgements);

  life.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                   g_getenv ("ASSAY_EVALUATOR"), run->profile, run->address,
                                   assay_platform_server_get_token (run->server), n, NULL);
  g_assert_no_error (error);
  life.lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (life.process));
  g_data_input_stream_read_line_async (life.lines, G_PRIORITY_DEFAULT, NULL, line_cb, &life);
  if (life_ms > 0)
    life.kill_source = g_timeout_add (life_ms, kill_cb, &life);
  while (!life.ended)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&life.kill_source, g_source_remove);
  g_subprocess_wait (life.process, NULL, NULL);
  if (!life.killed)
    g_assert_true (g_subprocess_get_successful (life.process));
  g_object_unref (life.lines);
  g_object_unref (life.process);
}

static AssayDatabase *
open_store (Run *run)
{
  g_autofree char *path = g_build_filename (run->profile, "assay.db", NULL);
  g_autoptr (GError) error = NULL;
  AssayDatabase *database =
      assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);

  g_assert_no_error (error);
  return database;
}

/* After a kill. The store may not have been made yet. */
static void
check_store (Run *run)
{
  g_autofree char *path = g_build_filename (run->profile, "assay.db", NULL);
  g_autoptr (AssayDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  GHashTableIter iter;
  gpointer row, rationale;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  database = open_store (run);
  if (assay_database_get_version (database) == 0)
    return;
  found = assay_database_check (database, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "ok");

  g_hash_table_iter_init (&iter, run->drafts);
  while (g_hash_table_iter_next (&iter, &row, &rationale))
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM draft WHERE task = %" G_GINT64_FORMAT
                           " AND json_extract (body, '$.rationale') = '%s')"
                           " OR EXISTS (SELECT 1 FROM judgement WHERE task = %" G_GINT64_FORMAT
                           " AND rationale = '%s')",
                           *(gint64 *) row, (char *) rationale, *(gint64 *) row,
                           (char *) rationale);

      if (test_query_int (database, sql) == 0)
        g_error ("The draft of task %" G_GINT64_FORMAT " is not there", *(gint64 *) row);
    }
}

/* As the server's ledger makes it: the members that must be the same. */
static char *
digest_body (const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (body, -1, &error);
  JsonObject *object;
  JsonObject *content = json_object_new ();
  g_autoptr (JsonNode) content_node = json_node_init_object (json_node_alloc (), content);
  g_autofree char *text = NULL;
  static const char *const members[] = { "lease_id", "form", "judgement" };

  json_object_unref (content);
  g_assert_no_error (error);
  object = assay_json_node_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_member (content, members[i],
                            json_node_copy (json_object_get_member (object, members[i])));
  text = assay_json_to_canonical_string (content_node);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
check_ledger (Run *run)
{
  g_autoptr (JsonNode) node =
      assay_server_make_ledger (assay_platform_server_get_state (run->server));
  JsonArray *entries = assay_json_get_array (assay_json_node_object (node), "submissions");
  g_autoptr (GHashTable) tasks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) digests = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (AssayDatabase) database = open_store (run);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = assay_json_node_object (json_array_get_element (entries, i));

      /* No task twice, under whatever id. */
      g_assert_true (g_hash_table_add (tasks, (char *) assay_json_get_string (entry, "task")));
      g_assert_true (
          g_hash_table_insert (digests, (char *) assay_json_get_string (entry, "id"),
                               (char *) assay_json_get_string (entry, "content_sha256")));
    }

  g_hash_table_iter_init (&iter, run->submitted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT CAST (body AS TEXT) FROM outbox WHERE submission = '%s' AND state = 'accepted'",
          (char *) id);
      g_autofree char *body = test_query_text (database, sql);
      g_autofree char *digest = NULL;

      g_assert_nonnull (body);
      digest = digest_body (body);
      g_assert_cmpstr (g_hash_table_lookup (digests, id), ==, digest);
    }
  /* Nothing that the evaluator did not submit. */
  g_assert_cmpint (test_query_int (database, "SELECT count(*) FROM outbox WHERE kind = 'judgement'"
                                             " AND state = 'accepted'"),
                   ==, json_array_get_length (entries));
  g_assert_cmpuint (json_array_get_length (entries), >=, run->n_judgements);
}

static void
set_leases (Run *run)
{
  static const char *const projects[] = { "everyday", "criteria" };

  for (guint i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      g_autoptr (JsonObject) arguments = json_object_new ();
      g_autoptr (GError) error = NULL;

      json_object_set_string_member (arguments, "project", projects[i]);
      json_object_set_int_member (arguments, "seconds", 14 * 24 * 3600);
      json_object_set_int_member (arguments, "max_held", 50);
      json_object_set_int_member (arguments, "renewals", 2);
      assay_server_control (assay_platform_server_get_state (run->server), "set-lease", arguments,
                            &error);
      g_assert_no_error (error);
    }
}

static void
test_exactly_once (void)
{
  gboolean is_long = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0;
  guint32 seed = option_seed >= 0 ? (guint32) option_seed : (guint32) g_test_rand_int ();
  guint n_kills = option_kills > 0 ? (guint) option_kills : is_long ? N_KILLS_LONG : N_KILLS;
  Run run = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  run.n_judgements = option_judgements > 0 ? (guint) option_judgements
                     : is_long             ? N_JUDGEMENTS_LONG
                                           : N_JUDGEMENTS;
  g_print ("# seed %u\n", seed);
  run.random = g_rand_new_with_seed (seed);
  run.folder = test_folder_new ();
  run.profile = test_folder_file (run.folder, "profile");
  run.submitted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run.drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  run.server = assay_platform_server_new (NULL, run.n_judgements / 3 + 10, &error);
  g_assert_no_error (error);
  g_assert_true (assay_platform_server_start (run.server, 0, &error));
  set_leases (&run);
  uri = g_uri_parse (assay_platform_server_get_address (run.server), G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  run.proxy = cutting_proxy_new ((guint16) g_uri_get_port (uri), CUT, CUT, seed);
  run.address = g_strdup_printf ("http://127.0.0.1:%u%s", cutting_proxy_get_port (run.proxy),
                                 g_uri_get_path (uri));
  assay_platform_server_set_public_address (run.server, run.address);

  for (guint i = 0; i < n_kills && !run.done; i++)
    {
      live (&run, (guint) g_rand_int_range (run.random, 20, LONGEST_LIFE_MS));
      check_store (&run);
    }
  /* The network is good again. */
  cutting_proxy_set_odds (run.proxy, 0, 0);
  while (!run.done)
    live (&run, 0);
  check_store (&run);
  check_ledger (&run);
  g_print ("# %u kills; %u submissions and %u drafts were acknowledged; %u requests passed, %u were"
           " cut before and %u after the server took them\n",
           n_kills, g_hash_table_size (run.submitted), g_hash_table_size (run.drafts),
           cutting_proxy_get_n_passed (run.proxy), cutting_proxy_get_n_cut_before (run.proxy),
           cutting_proxy_get_n_cut_after (run.proxy));
  /* A run in which nothing was cut would show nothing. */
  g_assert_cmpuint (cutting_proxy_get_n_cut_before (run.proxy), >, 0);
  g_assert_cmpuint (cutting_proxy_get_n_cut_after (run.proxy), >, 0);

  cutting_proxy_free (run.proxy);
  g_object_unref (run.server);
  g_hash_table_unref (run.submitted);
  g_hash_table_unref (run.drafts);
  g_rand_free (run.random);
  g_free (run.address);
  g_free (run.profile);
  test_folder_free (run.folder);
}

int
main (int argc, char *argv[])
{
  static const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &option_seed, "Repeat the run of this seed", "N" },
    { "judgements", 0, 0, G_OPTION_ARG_INT, &option_judgements, "How many judgements", "N" },
    { "kills", 0, 0, G_OPTION_ARG_INT, &option_kills, "How many kills", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  /* Before GLib takes "--seed" for its own. */
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/faults/exactly-once", test_exactly_once);
  return g_test_run ();
}
