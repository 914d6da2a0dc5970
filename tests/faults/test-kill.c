/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kill loop: the real program is killed at random moments while a script types and submits as a
 * person would. Whatever the interface called saved or submitted is there afterwards, once.
 *
 * A moment is a number of steps of the script and a part of one more, whose length is that of the
 * step before it: a program that a sanitizer makes ten times slower lives ten times longer.
 *
 *   test-kill [--seed N] [--rounds N]
 *
 * ASSAY_TEST_LONG=1 in the environment makes it 1000 rounds, by four programs at once: each life is
 * mostly waiting. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "assay-driver.h"
#include "assay-json.h"
#include "assay-store.h"
#include "store-fixture.h"

#define N_ROUNDS 25
#define N_ROUNDS_LONG 1000
#define N_AT_ONCE 4
#define ROUNDS_PER_LINE 50
#define MAX_STEPS 8
#define SUBMIT_PERCENT 35

/* What the script did to one task, and what the interface said of it. */
typedef struct
{
  GString *typed;    /* what the rationale would be had nothing been lost */
  gsize saved_bytes; /* of it, what the interface has called saved */
  gboolean submit_tried;
  gboolean submit_said; /* the interface said that it is submitted */
} Work;

typedef struct
{
  AssayDriver *driver;
  GRand *random;      /* of the round: how much of it is used depends on when the program dies */
  GHashTable *works;  /* (owned) task title → Work */
  const char *folder; /* of the task file and the export */
  guint n_tasks;
  int steps_left;     /* until the kill is due */
  double fraction;    /* of one more step */
  gint64 step_began;  /* monotonic */
  gint64 step_length; /* of the last one that was done; 0 if none was */
  guint kill_source;
  guint n_saved;
  guint n_submitted;
} Script;

static int option_seed = -1;
static int option_rounds = 0;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_string_free (work->typed, TRUE);
  g_free (work);
}

static Work *
get_work (Script *script, const char *title)
{
  Work *work = g_hash_table_lookup (script->works, title);

  if (work == NULL)
    {
      work = g_new0 (Work, 1);
      work->typed = g_string_new (NULL);
      g_hash_table_insert (script->works, g_strdup (title), work);
    }
  return work;
}

/* Enough tasks that the script never reaches the end. */
static char *
write_tasks (Script *script)
{
  char *file = g_build_filename (script->folder, "kill-tasks.jsonl", NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= script->n_tasks; i++)
    g_string_append_printf (
        lines,
        "{\"type\":\"task\",\"id\":\"kill-%04u\",\"title\":\"Kill task %04u\","
        "\"kind\":\"pairwise.overall\",\"prompt\":\"Which of the two is shorter?\","
        "\"responses\":[{\"id\":\"r1\",\"content\":\"One word.\"},"
        "{\"id\":\"r2\",\"content\":\"A few more words than that.\"}],"
        "\"form\":{\"id\":\"kill\",\"version\":1,\"kind\":\"pairwise.overall\","
        "\"title\":\"Preference\",\"rationale\":{\"use\":\"optional\"},"
        "\"questions\":[{\"id\":\"overall\",\"type\":\"pairwise\",\"label\":\"Overall\","
        "\"required\":true,\"points\":7,\"ask_both\":false}]}}\n",
        i, i);
  g_file_set_contents (file, lines->str, lines->len, &error);
  g_assert_no_error (error);
  return file;
}

/* The script */

typedef struct
{
  const char *title;       /* of the task that must be gone, or NULL */
  const char *text;        /* that the rationale must have, or NULL */
  char *found;             /* (owned) (nullable) the task that is open */
  AtspiAccessible *editor; /* (owned) (nullable) */
} Glance;

static void
glance_clear (Glance *glance)
{
  g_clear_pointer (&glance->found, g_free);
  g_clear_object (&glance->editor);
}

/* A task is open, another one than @title, and its rationale can be written. */
static gboolean
sees_task (AssayDriver *driver, gpointer user_data)
{
  Glance *glance = user_data;
  g_autoptr (AtspiAccessible) title = NULL;

  glance_clear (glance);
  /* The page of a task is named by it. */
  title = assay_driver_peek (driver, ATSPI_ROLE_GROUPING, "Kill task …");
  if (title == NULL)
    return FALSE;
  glance->editor = assay_driver_peek (driver, ATSPI_ROLE_TEXT, "Rationale");
  glance->found = assay_driver_get_name (title);
  return glance->editor != NULL && glance->found != NULL
         && g_strcmp0 (glance->found, glance->title) != 0;
}

static gboolean
sees_list_or_task (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) list = NULL;

  if (sees_task (driver, user_data))
    return TRUE;
  list = assay_driver_peek (driver, ATSPI_ROLE_LIST, "Tasks");
  return list != NULL && assay_driver_has_text (driver, "Kill task");
}

static gboolean
has_typed_text (AssayDriver *driver, gpointer user_data)
{
  Glance *glance = user_data;
  g_autofree char *text = assay_driver_get_text (glance->editor);

  return g_strcmp0 (text, glance->text) == 0;
}

static gboolean
says_saved (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) dot = assay_driver_peek (driver, ATSPI_ROLE_LABEL, "Saved");

  return dot != NULL;
}

/* It goes on to another task, together with the words, which may still be those of the one before.
 */
static gboolean
says_submitted (AssayDriver *driver, gpointer user_data)
{
  const char *title = user_data;
  g_autoptr (AtspiAccessible) page = assay_driver_peek (driver, ATSPI_ROLE_GROUPING, "Kill task …");
  g_autofree char *name = page != NULL ? assay_driver_get_name (page) : NULL;

  return name != NULL && !g_str_equal (name, title);
}

static gboolean
is_editor_focused (AssayDriver *driver, gpointer user_data)
{
  return assay_driver_has_state (((Glance *) user_data)->editor, ATSPI_STATE_FOCUSED);
}

static char *
random_words (GRand *random)
{
  static const char *const words[] = { "clear", "shorter", "the",   "answer", "keeps",   "to",
                                       "what",  "was",     "asked", "@A",     "wanders", "(42)" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (random, 1, 6);

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%s ", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

/* One stretch of typing into the open task; FALSE when the program is gone. */
static gboolean
type_some (Script *script, Glance *glance, Work *work)
{
  g_autofree char *words = random_words (script->random);
  g_autofree char *whole = NULL;

  assay_driver_press (script->driver, "<Control>r");
  if (!assay_driver_try_wait (script->driver, is_editor_focused, glance))
    return FALSE;
  assay_driver_press (script->driver, "<Control>End");
  /* Before the keys go out: whatever of it arrives was typed. */
  g_string_append (work->typed, words);
  assay_driver_type (script->driver, words);

  whole = g_strdup (work->typed->str);
  glance->text = whole;
  if (!assay_driver_try_wait (script->driver, has_typed_text, glance))
    return FALSE;
  /* The text stands in the editor, and after that the interface says that all is saved. */
  if (!assay_driver_try_wait (script->driver, says_saved, glance))
    return FALSE;
  work->saved_bytes = work->typed->len;
  script->n_saved++;
  return TRUE;
}

static gboolean
submit (Script *script, Glance *glance, Work *work)
{
  g_autofree char *key = g_strdup_printf ("%d", g_rand_int_range (script->random, 1, 8));

  assay_driver_press (script->driver, "Escape");
  assay_driver_press (script->driver, key);
  work->submit_tried = TRUE;
  assay_driver_press (script->driver, "<Control>Return");
  if (!assay_driver_try_wait (script->driver, says_submitted, glance->found))
    return FALSE;
  work->submit_said = TRUE;
  script->n_submitted++;
  return TRUE;
}

static gboolean
kill_cb (gpointer user_data)
{
  Script *script = user_data;

  script->kill_source = 0;
  assay_driver_signal (script->driver, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* The source outlives no round. */
static void
begin_step (Script *script)
{
  script->step_began = g_get_monotonic_time ();
  if (script->steps_left == 0 && script->kill_source == 0)
    script->kill_source =
        g_timeout_add ((guint) ((double) script->step_length / 1000 * script->fraction), kill_cb,
                       script);
}

static void
end_step (Script *script)
{
  script->step_length = g_get_monotonic_time () - script->step_began;
  script->steps_left--;
}

static void
work_until_killed (Script *script)
{
  Glance glance = { NULL };
  g_autofree char *before = NULL;

  /* The first program lives long enough to show how long a step takes. */
  script->steps_left =
      g_rand_int_range (script->random, script->step_length > 0 ? 0 : 1, MAX_STEPS);
  script->fraction = g_rand_double (script->random);
  assay_driver_spawn (script->driver, NULL);
  assay_driver_wait (script->driver, "the list or a task", sees_list_or_task, &glance);
  begin_step (script);
  if (glance.found == NULL)
    assay_driver_press (script->driver, "Return");

  while (assay_driver_is_running (script->driver))
    {
      Work *work;

      glance.title = before;
      if (!assay_driver_try_wait (script->driver, sees_task, &glance))
        break;
      work = get_work (script, glance.found);
      if (!type_some (script, &glance, work))
        break;
      end_step (script);
      begin_step (script);
      if (g_rand_int_range (script->random, 0, 100) < SUBMIT_PERCENT)
        {
          if (!submit (script, &glance, work))
            break;
          end_step (script);
          begin_step (script);
          g_free (before);
          before = g_strdup (glance.found);
        }
    }
  glance_clear (&glance);
  assay_driver_kill (script->driver);
  g_clear_handle_id (&script->kill_source, g_source_remove);
}

/* What is there afterwards */

static void
check_text (const char *title, Work *work, const char *text)
{
  gsize length = strlen (text);

  if (length < work->saved_bytes || strncmp (text, work->typed->str, length) != 0)
    g_error ("%s: “%s” is in the store, “%.*s” was called saved, “%s” was typed", title, text,
             (int) work->saved_bytes, work->typed->str, work->typed->str);
  /* The next life begins with what this one left. */
  g_string_assign (work->typed, text);
  work->saved_bytes = length;
}

/* The place goes with each text: the script writes at the end, and so that is where it goes on. */
static void
check_place (const char *title, AssayJudgement *judgement)
{
  JsonObject *cursor = assay_judgement_get_cursor (judgement);
  glong length = g_utf8_strlen (assay_judgement_get_rationale (judgement), -1);

  if (length > 0 && assay_json_get_int (cursor, "rationale", -1) != length)
    g_error ("%s: the cursor is at %" G_GINT64_FORMAT " of %ld characters", title,
             assay_json_get_int (cursor, "rationale", -1), length);
}

static void
check_task (Script *script, AssayStore *store, gint64 row)
{
  g_autoptr (AssayOpenTask) task = test_await_object (assay_store_load_task (store, row));
  const char *title = assay_task_get_title (assay_open_task_get_task (task));
  AssayJudgement *judgement = assay_open_task_get_judgement (task);
  Work *work = g_hash_table_lookup (script->works, title);
  AssayTaskState state = assay_open_task_get_state (task);

  if (work == NULL)
    {
      g_assert_cmpint (state, ==, ASSAY_TASK_READY);
      return;
    }
  check_text (title, work, assay_judgement_get_rationale (judgement));
  switch (state)
    {
    case ASSAY_TASK_READY:
    case ASSAY_TASK_STARTED:
      if (work->submit_said)
        g_error ("%s: called submitted, but not in the store", title);
      check_place (title, judgement);
      /* Undo outlives the process: one step leads away from the text, after the one that takes back
       * the answer where the script was about to submit. */
      if (work->saved_bytes > 0)
        {
          g_autofree char *text = g_strdup (assay_judgement_get_rationale (judgement));

          g_assert_true (assay_judgement_can_undo (judgement));
          assay_judgement_undo (judgement);
          if (work->submit_tried && g_str_equal (assay_judgement_get_rationale (judgement), text))
            {
              g_assert_true (assay_judgement_can_undo (judgement));
              assay_judgement_undo (judgement);
            }
          g_assert_cmpstr (assay_judgement_get_rationale (judgement), !=, text);
        }
      break;
    case ASSAY_TASK_QUEUED:
    case ASSAY_TASK_SENT:
      g_assert_true (work->submit_tried);
      break;
    default:
      g_error ("%s: is %s", title, assay_task_state_get_title (state));
    }
}

/* What the attempts of each row say happened must lead to the state that it has. A row is sent only
 * after the attempt was written, so that there is no accepted row without one; what a kill cut off
 * was ended as interrupted when the store was opened. */
static void
check_steps (TestStore *test)
{
  static const char *const wrong[] = {
    "SELECT count(*) FROM outbox WHERE state = 'sending'",
    "SELECT count(*) FROM outbox o WHERE attempts"
    " <> (SELECT count(*) FROM attempt WHERE outbox = o.id)",
    "SELECT count(*) FROM outbox o WHERE attempts"
    " <> (SELECT ifnull (max (n), 0) FROM attempt WHERE outbox = o.id)",
    "SELECT count(*) FROM attempt WHERE ended_at IS NULL OR class IS NULL OR ended_at < started_at",
    "SELECT count(*) FROM outbox WHERE state IN ('accepted', 'refused', 'unknown') AND attempts = 0",
    "SELECT count(*) FROM outbox o JOIN attempt a ON a.outbox = o.id AND a.n = o.attempts"
    " WHERE state = 'accepted' AND class = 'interrupted'",
    /* Nothing follows an attempt that was accepted. */
    "SELECT count(*) FROM outbox o JOIN attempt a ON a.outbox = o.id AND a.n < o.attempts"
    " WHERE class = 'accepted'",
    "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state NOT IN ('withdrawn', 'refused')"
    " GROUP BY account, task, kind HAVING count(*) > 1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (test_store_query_int (test, wrong[i]) != 0)
      g_error ("steps that cannot be: %s", wrong[i]);
}

/* Once upkeep went over it, the folder of rescue copies holds what the outbox still needs. */
static void
check_spool (Script *script, TestStore *test)
{
  g_autofree char *path =
      g_build_filename (assay_driver_get_profile (script->driver), "spool", NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  items = test_await_boxed (assay_store_list_outbox (test->store));
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *file =
          g_strconcat (path, G_DIR_SEPARATOR_S, assay_outbox_item_get_submission (items->pdata[i]),
                       ".json", NULL);

      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        g_error ("a submission that waits has no rescue copy");
    }
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *submission =
          g_strndup (name, MAX (strlen (name), strlen (".json")) - strlen (".json"));
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM outbox WHERE submission = '%s'"
                                              " AND state <> 'withdrawn'",
                                              submission);

      if (!g_uuid_string_is_valid (submission) || test_store_query_int (test, sql) != 1)
        g_error ("“%s” in the spool belongs to nothing", name);
    }
}

static void
check_outbox (AssayStore *store)
{
  g_autoptr (GPtrArray) items = test_await_boxed (assay_store_list_outbox (store));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    if (!g_hash_table_add (seen, (gpointer) assay_outbox_item_get_submission (items->pdata[i])))
      g_error ("one submission is in the outbox twice");
}

static void
check_store (Script *script)
{
  g_autoptr (AssayStore) store =
      test_await_object (assay_store_open (assay_driver_get_profile (script->driver)));
  TestStore test = { NULL, store, NULL };
  g_autofree char *integrity = NULL;
  g_autoptr (AssayTaskQuery) query = assay_task_query_new ();
  g_autoptr (GArray) rows = NULL;

  /* Requests would make it give way. */
  test_store_wait_for_upkeep (&test);
  integrity = test_await_string (assay_store_check (store));
  g_assert_cmpstr (integrity, ==, "ok");
  rows = test_await_boxed (assay_store_query_tasks (store, query));
  g_assert_cmpuint (rows->len, ==, script->n_tasks);
  for (guint i = 0; i < rows->len; i++)
    check_task (script, store, g_array_index (rows, gint64, i));
  check_outbox (store);
  check_steps (&test);
  check_spool (script, &test);
  test_await (assay_store_close (store));
}

/* Each submission is in the export once, with the text that was shown. */
static void
check_export (Script *script)
{
  g_autofree char *file = g_build_filename (script->folder, "kill.eval.jsonl", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer title;
  gpointer value;
  g_autoptr (GError) error = NULL;

  g_free (assay_driver_run (script->driver, "--export", "assay", "--project", "kill-tasks", "-o",
                            file, NULL));
  g_file_get_contents (file, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;
      JsonObject *object;
      const char *id;

      if (*lines[i] == '\0')
        continue;
      node = assay_json_parse (lines[i], -1, &error);
      g_assert_no_error (error);
      object = assay_json_node_object (node);
      if (g_strcmp0 (assay_json_get_string (object, "type"), "judgement") != 0)
        continue;
      id = assay_json_get_string (object, "task_id");
      g_assert_nonnull (id);
      if (!g_hash_table_add (seen, g_strdup (id)))
        g_error ("%s is exported twice", id);
    }

  g_hash_table_iter_init (&iter, script->works);
  while (g_hash_table_iter_next (&iter, &title, &value))
    {
      Work *work = value;
      g_autofree char *id = g_strdup_printf ("kill-%s", (char *) title + strlen ("Kill task "));

      if (work->submit_said && !g_hash_table_contains (seen, id))
        g_error ("%s was called submitted, but is not exported", id);
      if (!work->submit_tried && g_hash_table_contains (seen, id))
        g_error ("%s is exported, but was never submitted", id);
    }
}

/* Each with a display of its own, and what it prints told apart from this test's. */
static GSubprocess *
start_part (const char *program, guint32 seed)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *session =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "build-aux", "with-session", NULL);
  g_autofree char *seed_option = g_strdup_printf ("%u", seed);
  g_autofree char *rounds_option = g_strdup_printf ("%d", N_ROUNDS_LONG / N_AT_ONCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *part;

  g_subprocess_launcher_take_stdout_fd (launcher, dup (STDERR_FILENO));
  part = g_subprocess_launcher_spawn (launcher, &error, session, program, "--seed", seed_option,
                                      "--rounds", rounds_option, NULL);
  g_assert_no_error (error);
  return part;
}

static void
test_long (guint32 seed)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  GSubprocess *parts[N_AT_ONCE];

  for (guint i = 0; i < N_AT_ONCE; i++)
    parts[i] = start_part (program, seed + i);
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;

      g_subprocess_wait_check (parts[i], NULL, &error);
      g_assert_no_error (error);
      g_object_unref (parts[i]);
    }
  g_print ("# %d kills, by %d programs at once\n", N_ROUNDS_LONG, N_AT_ONCE);
}

static void
test_kill (void)
{
  gboolean is_long = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0;
  int rounds = option_rounds > 0 ? option_rounds : N_ROUNDS;
  guint32 seed = option_seed >= 0 ? (guint32) option_seed : g_random_int () & G_MAXINT32;
  g_autoptr (GRand) random = NULL;
  g_autoptr (AssayDriver) driver = NULL;
  g_autoptr (TestFolder) folder = NULL;
  g_autofree char *tasks = NULL;
  Script script = { .n_tasks = 40 + (guint) rounds * 4 };

  if (is_long && option_rounds == 0)
    {
      test_long (seed);
      return;
    }
  g_print ("# seed %u: “test-kill --seed %u --rounds %d” repeats this run\n", seed, seed, rounds);
  random = g_rand_new_with_seed (seed);
  script.driver = driver = assay_driver_new (NULL, NULL);
  folder = test_folder_new ();
  script.works = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, work_free);
  script.folder = folder->path;
  tasks = write_tasks (&script);
  g_free (assay_driver_run (driver, "--import", tasks, NULL));

  for (int round = 1; round <= rounds; round++)
    {
      guint32 round_seed = g_rand_int (random);

      script.random = g_rand_new_with_seed (round_seed);
      work_until_killed (&script);
      g_clear_pointer (&script.random, g_rand_free);
      check_store (&script);
      if (round % ROUNDS_PER_LINE == 0)
        g_print ("# %d rounds\n", round);
    }
  check_export (&script);
  g_print ("# %d kills; %u texts were called saved, %u submissions were called submitted\n", rounds,
           script.n_saved, script.n_submitted);
  /* A loop in which nothing was acknowledged would show nothing. */
  g_assert_cmpuint (script.n_saved, >, 0);
  g_assert_cmpuint (script.n_submitted, >, 0);

  g_hash_table_unref (script.works);
}

int
main (int argc, char *argv[])
{
  static const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &option_seed, "Repeat the run of this seed", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &option_rounds, "How many kills", "N" },
    { NULL },
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
  g_test_add_func ("/faults/kill", test_kill);
  return g_test_run ();
}
