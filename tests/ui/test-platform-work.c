/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person works for a platform: what came back, what changed, what is given back, and a day
 * without a network. The reference platform is a process beside the program. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-database.h"
#include "assay-driver-platform.h"
#include "assay-driver-script.h"
#include "assay-json.h"
#include "assay-migrations.h"
#include "cutting-proxy.h"
#include "own-network.h"
#include "store-fixture.h"

#define CRITERIA "Criterion by criterion…"
#define EVERYDAY "Everyday answers, side by side…"
#define FREE "Free for all…"

/* Days are long. */
#define N_CLAIMED 30
#define N_JUDGED 20
#define N_STARTED 5
/* A pull that takes away more than ten, and more than half, is asked about. */
#define N_DOUBTFUL 15
#define ASKS_MAX 5

static gboolean has_own_network;

/* Signed in, with the project's list shown. */
static void
begin (AssayDriver *driver, AssayDriverPlatform *platform, const char *project)
{
  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, project);
  assay_driver_choose_place (driver, project);
}

static void
open_row (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) list = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  list = assay_driver_find (driver, ATSPI_ROLE_LIST, "Tasks");
  row = assay_driver_find_in (driver, list, ATSPI_ROLE_LIST_ITEM, NULL);
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_wait_button (driver, "Submit");
}

/* Claims some and opens the first. */
static void
open_first (AssayDriver *driver, const char *button)
{
  assay_driver_press_button (driver, button);
  open_row (driver);
}

/* What the program wrote into its store; it does not run. */
static char *
query_text (AssayDriver *driver, const char *sql)
{
  g_autofree char *path = g_build_filename (assay_driver_get_profile (driver), "assay.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) database =
      assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);

  g_assert_no_error (error);
  return test_query_text (database, sql);
}

static gint64
query_int (AssayDriver *driver, const char *sql)
{
  g_autofree char *text = query_text (driver, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* The tasks with one choice. */
static void
judge_tone (AssayDriver *driver)
{
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Warm…");
  assay_driver_press (driver, "1");
  assay_driver_press (driver, "<Control>Return");
}

/* Work that came back opens with the comment beside the own answer, and goes out again under its
 * first name. */
static void
test_returned (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *submission = NULL;
  g_autofree char *arguments = NULL;

  assay_driver_set_undo_window (driver, 5);
  begin (driver, platform, FREE);
  open_first (driver, "Claim…");
  judge_tone (driver);
  assay_driver_wait_button (driver, "Undo");
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Sent, 1 task");
  assay_driver_quit (driver);

  submission = query_text (driver, "SELECT submission FROM outbox WHERE state = 'accepted'");
  arguments = g_strdup_printf ("{\"submission\":\"%s\",\"message\":\"Please look at the **tone** "
                               "again: it is cold.\"}",
                               submission);
  assay_driver_platform_control (platform, "return", arguments);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Returned, 1 task");
  assay_driver_choose_place (driver, "Returned, 1 task");
  open_row (driver);
  assay_driver_wait_text (driver, "Returned · Review");
  assay_driver_wait_text (driver, "Please look at the tone again: it is cold.");
  assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Cold…");
  /* Nobody else finished it. */
  g_assert_false (assay_driver_has_text (driver, "What you wrote is kept here."));
  assay_driver_press (driver, "3");
  assay_driver_press (driver, "<Control>Return");
  assay_driver_wait_button (driver, "Undo");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Sent, 1 task");
  assay_driver_quit (driver);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM outbox WHERE state = 'accepted'"), ==,
                   2);
  g_assert_cmpint (query_int (driver, "SELECT count(DISTINCT target) FROM outbox"), ==, 1);
}

/* Nothing can be claimed before the guideline is read; a new version shows what changed. */
static void
test_guideline (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  begin (driver, platform, EVERYDAY);
  assay_driver_press_button (driver, "Read Guideline…");
  assay_driver_wait_text (driver, "Name the place that decided.");
  assay_driver_press_button (driver, "Acknowledge");
  open_first (driver, "Claim…");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "@A is right.");
  assay_driver_wait_text (driver, "Saved");

  assay_driver_platform_control (
      platform, "publish-guideline",
      "{\"guideline\":\"everyday\",\"must_ack\":true,\"summary\":\"Dates count.\","
      "\"body\":\"# Everyday answers, side by side\\n\\nYou see one question.\\n\\n"
      "## Dates\\n\\nA wrong date is a wrong answer.\\n\"}");
  assay_driver_press (driver, "F5");
  assay_driver_wait_text (driver, "The guideline changed since this was begun: version 2, now 3.");
  assay_driver_press_button (driver, "Show Changes…");
  assay_driver_wait_text (driver, "Dates count.");
  assay_driver_wait_text (driver, "New: Dates");
  assay_driver_wait_text (driver, "A wrong date is a wrong answer.");
  /* The task itself was begun under the older one. */
  assay_driver_wait_text (driver, "They were begun under an older version.");
  assay_driver_press_button (driver, "Acknowledge");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Acknowledge");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Show Changes…");
  assay_driver_quit (driver);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM outbox WHERE state = 'accepted'"
                                      " AND kind = 'acknowledgement'"),
                   >=, 1);
}

typedef struct
{
  AssayDriverPlatform *platform;
  const char *draft;
} Elsewhere;

static gboolean
is_written_elsewhere (AssayDriver *driver, gpointer user_data)
{
  Elsewhere *elsewhere = user_data;

  return assay_driver_platform_try_control (elsewhere->platform, "write-draft", elsewhere->draft);
}

/* Goes on at another device, then here, until both are known here. */
static void
write_twice (AssayDriver *driver, AssayDriverPlatform *platform, const char *there)
{
  g_autofree char *arguments =
      g_strdup_printf ("{\"device\":\"Laptop\",\"judgement\":{\"rationale\":\"%s\"}}", there);
  Elsewhere elsewhere = { platform, arguments };

  /* Carried once the task is left: from the text to the form, from there to the list. */
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_tasks (driver, NULL);
  assay_driver_wait (driver, "the draft at the platform", is_written_elsewhere, &elsewhere);
  assay_driver_press (driver, "F5");
  open_row (driver);
  assay_driver_wait_text (driver,
                          "This task was also worked on at another device. Both drafts are kept.");
}

/* Unfinished work from two devices: both are shown, and the person says which goes on. */
static void
test_two_drafts (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  begin (driver, platform, CRITERIA);
  open_first (driver, "Claim…");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "Written here.");
  assay_driver_wait_text (driver, "Saved");
  write_twice (driver, platform, "Written on the way.");

  assay_driver_press_button (driver, "Choose…");
  assay_driver_wait_text (driver, "This task was also worked on at “Laptop”");
  assay_driver_wait_text (driver, "Written on the way.");
  /* Not now. */
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Take the Other Device’s");
  assay_driver_press_button (driver, "Choose…");
  assay_driver_press_button (driver, "Take the Other Device’s");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Choose…");
  assay_driver_wait_text (driver, "Written on the way.");
  assay_driver_press (driver, "<Control>r");

  /* Still known after a crash; this time what is here stays. */
  write_twice (driver, platform, "Written elsewhere.");
  assay_driver_kill (driver);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_choose_place (driver, "Started, 1 task");
  open_row (driver);
  assay_driver_press_button (driver, "Choose…");
  assay_driver_press_button (driver, "Keep This Computer’s");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Choose…");
  assay_driver_wait_text (driver, "Written on the way.");
  assay_driver_quit (driver);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM draft WHERE json_extract(body,"
                                      " '$.rationale') = 'Written on the way.'"),
                   ==, 1);
  /* The others are kept. */
  g_assert_cmpint (query_int (driver, "SELECT count(DISTINCT json_extract(body, '$.rationale'))"
                                      " FROM draft_revision WHERE json_extract(body, '$.rationale')"
                                      " IN ('Written here.', 'Written elsewhere.')"),
                   ==, 2);
}

/* What the platform refuses stays here, with the platform's words. */
static void
test_refused (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *task = NULL;
  g_autofree char *arguments = NULL;

  /* Time to withdraw it after it was submitted. */
  assay_driver_set_undo_window (driver, 60);
  begin (driver, platform, FREE);
  open_first (driver, "Claim…");
  judge_tone (driver);
  assay_driver_wait_button (driver, "Undo");
  task = query_text (driver, "SELECT task_id FROM task WHERE state = 'queued'");
  arguments = g_strdup_printf ("{\"task\":\"%s\"}", task);
  assay_driver_platform_control (platform, "withdraw-task", arguments);
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_tasks (driver, NULL);
  assay_driver_press_button (driver, "Online · All drafts saved · 1 waiting to be sent");
  assay_driver_press_button (driver, "Send Now");
  assay_driver_wait_text (driver, "Refused");
  assay_driver_wait_text (driver, "The platform has withdrawn this task.");
  assay_driver_wait_text (driver, "Work that was begun is paid in full.");
  assay_driver_wait_button (driver, "Take Back: I failed my exam.");
  assay_driver_kill (driver);
}

/* A row of the outbox says how an attempt ended, and the focus stays where it is. */
static void
test_outbox_stays (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AtspiAccessible) button = NULL;
  g_autoptr (AtspiAccessible) focused = NULL;

  assay_driver_set_undo_window (driver, 15);
  begin (driver, platform, FREE);
  open_first (driver, "Claim…");
  assay_driver_platform_stop (platform);
  judge_tone (driver);
  assay_driver_wait_button (driver, "Undo");
  assay_driver_press (driver, "<Alt>Left");
  assay_driver_wait_tasks (driver, NULL);
  /* Whether it waits or has been tried in vain already depends on how fast the machine is. */
  assay_driver_press_button (driver, "…All drafts saved · 1…");
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Take Back: I failed my exam.");
  assay_driver_tab_to (driver, button);
  assay_driver_wait_text (driver, "The platform cannot be reached.");
  focused = assay_driver_get_focused (driver);
  g_assert_true (focused == button);
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_GROUPING, "Nothing Waits");
  assay_driver_kill (driver);
}

/* A task is given back: it is gone here, what was written is kept, and the platform has it again.
 */
static void
test_give_back (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  begin (driver, platform, CRITERIA);
  open_first (driver, "Claim 5");
  assay_driver_wait_text (driver, "yours for");
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "Not for me.");
  assay_driver_wait_text (driver, "Saved");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TOGGLE_BUTTON, "Task Menu");
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_MENU_ITEM, "Give Back the Task");
  assay_driver_press (driver, "g");
  assay_driver_wait_text (driver, "Give This Task Back?");
  assay_driver_press_button (driver, "Give Back");
  assay_driver_wait_announced (driver, "The task was given back");
  assay_driver_quit (driver);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM lease WHERE state = 'held'"), ==, 4);
}

/* The account, as a person adds it, with the secret in a keyring that outlives the program. */
static void
add_account (AssayDriver *driver, const char *address, const char *token)
{
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_press_button (driver, "Connect a Platform…");
  assay_driver_wait_for (driver, ATSPI_ROLE_DIALOG, "Accounts");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_type (driver, address);
  assay_driver_press (driver, "Return");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_type (driver, token);
  assay_driver_press (driver, "Return");
  assay_driver_wait_button (driver, "Test Connection");
  /* By way of the list. */
  assay_driver_press (driver, "Escape");
  assay_driver_wait_for (driver, ATSPI_ROLE_BUTTON, "Add Account…");
  assay_driver_close_dialog (driver);
}

static void
wait_for_count (AssayDriver *driver, const char *place, guint n)
{
  g_autofree char *name = g_strdup_printf ("%s, %u tasks", place, n);

  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, name);
}

static gboolean
is_all_sent (AssayDriver *driver, gpointer user_data)
{
  /* What failed often needs attention, and is not called waiting any more. */
  return !assay_driver_has_text (driver, "waiting to be sent")
         && !assay_driver_has_text (driver, "needs attention")
         && !assay_driver_has_text (driver, "need attention");
}

/* The next task, when the one before has gone. */
static void
wait_for_position (AssayDriver *driver, guint position)
{
  g_autofree char *text = g_strdup_printf ("%u of %u", position, N_CLAIMED);

  assay_driver_wait_text (driver, text);
}

static void
check_ledger (AssayDriverPlatform *platform)
{
  g_autofree char *text = assay_driver_platform_dup_ledger (platform);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  g_autoptr (GHashTable) tasks = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *entries;

  g_assert_no_error (error);
  entries = assay_json_get_array (assay_json_node_object (node), "submissions");
  g_assert_cmpuint (json_array_get_length (entries), ==, N_JUDGED);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    g_hash_table_add (tasks,
                      (char *) assay_json_get_string (
                          assay_json_node_object (json_array_get_element (entries, i)), "task"));
  g_assert_cmpuint (g_hash_table_size (tasks), ==, N_JUDGED);
}

/* Where the whole network cannot be taken away, the platform alone goes. */
static void
set_network (CuttingProxy *proxy, gboolean up)
{
  if (has_own_network)
    own_network_set_up (up);
  else
    cutting_proxy_set_odds (proxy, up ? 0 : 1, 0);
}

/* Claims before the journey, judges on the way without a network, is cut off in the middle, and
 * comes back to a bad one. */
static void
test_offline_day (void)
{
  g_autoptr (CuttingProxy) proxy = cutting_proxy_new (0, 0, 0, (guint32) g_test_rand_int ());
  g_autofree char *address =
      g_strdup_printf ("http://127.0.0.1:%u/eval/v1", cutting_proxy_get_port (proxy));
  g_autofree char *options = g_strdup_printf ("--copies=3 --public-address=%s", address);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (options);
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autofree char *keyring =
      g_build_filename (assay_driver_get_profile (driver), "test-keyring", NULL);

  cutting_proxy_set_upstream (
      proxy,
      (guint16) g_ascii_strtoull (strrchr (assay_driver_platform_get_host (platform), ':') + 1,
                                  NULL, 10));
  assay_driver_platform_control (
      platform, "set-lease",
      "{\"project\":\"quick\",\"seconds\":14400,\"max_held\":40,\"renewals\":2}");
  assay_driver_setenv (driver, "SECRET_BACKEND", "file");
  assay_driver_setenv (driver, "SECRET_FILE_TEST_PATH", keyring);
  assay_driver_setenv (driver, "SECRET_FILE_TEST_PASSWORD", "test");
  assay_driver_set_undo_window (driver, 5);

  /* At home. */
  add_account (driver, address, assay_driver_platform_get_token (platform));
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Quick looks…");
  assay_driver_choose_place (driver, "Quick looks…");
  for (guint n = 5; n <= N_CLAIMED; n += 5)
    {
      assay_driver_press_button (driver, "Claim 5");
      wait_for_count (driver, "Quick looks", n);
    }

  /* On the way: nothing is reached. */
  set_network (proxy, FALSE);
  g_test_message ("%s", has_own_network ? "no route to anything" : "the platform is not reached");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "I failed my exam.…");
  assay_driver_press (driver, "Home");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  for (guint i = 1; i <= N_JUDGED; i++)
    {
      wait_for_position (driver, i);
      judge_tone (driver);
    }
  for (guint i = 1; i <= N_STARTED; i++)
    {
      wait_for_position (driver, N_JUDGED + i);
      assay_driver_wait_for (driver, ATSPI_ROLE_RADIO_BUTTON, "Plain…");
      assay_driver_press (driver, "2");
      assay_driver_wait_text (driver, "Saved");
      assay_driver_press (driver, "<Control>Page_Down");
    }
  wait_for_position (driver, N_JUDGED + N_STARTED + 1);
  assay_driver_kill (driver);

  assay_driver_launch (driver, NULL, NULL);
  wait_for_count (driver, "To Send", N_JUDGED);
  wait_for_count (driver, "Started", N_STARTED);
  wait_for_count (driver, "Ready", N_CLAIMED - N_JUDGED - N_STARTED);

  set_network (proxy, TRUE);
  /* Back, where every tenth connection breaks. */
  cutting_proxy_set_odds (proxy, 0.05, 0.05);
  /* What broke off waits the longer the more often it was tried without a network; whoever does not
   * want to wait asks again. */
  for (guint i = 0; i < ASKS_MAX; i++)
    {
      assay_driver_press (driver, "F5");
      if (assay_driver_try_wait (driver, is_all_sent, NULL))
        break;
    }
  wait_for_count (driver, "Sent", N_JUDGED);
  wait_for_count (driver, "Started", N_STARTED);
  assay_driver_quit (driver);
  check_ledger (platform);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM outbox WHERE state <> 'accepted'"), ==,
                   0);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM lease WHERE state = 'held'"), ==,
                   N_CLAIMED - N_JUDGED);
}

/* More than half of a project is gone at once: the person is asked, and what was begun stays. */
static void
test_removals (void)
{
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new ("--copies=2");
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);

  assay_driver_platform_control (platform, "set-lease",
                                 "{\"project\":\"quick\",\"seconds\":3600,\"max_held\":20}");
  begin (driver, platform, "Quick looks…");
  for (guint n = 5; n <= N_DOUBTFUL; n += 5)
    {
      assay_driver_press_button (driver, "Claim 5");
      wait_for_count (driver, "Quick looks", n);
    }
  assay_driver_tab_to_named (driver, ATSPI_ROLE_LIST_ITEM, "I failed my exam.…");
  assay_driver_press (driver, "Home");
  assay_driver_press (driver, "Return");
  assay_driver_wait_task (driver);
  assay_driver_press (driver, "<Control>r");
  assay_driver_type (driver, "Begun.");
  assay_driver_wait_text (driver, "Saved");

  assay_driver_platform_control (platform, "set-defect", "{\"name\":\"hides-leases\"}");
  assay_driver_platform_control (platform, "forget-changes", "{}");
  assay_driver_press (driver, "F5");
  assay_driver_wait_text (driver, "Remove Tasks That Are Gone?");
  assay_driver_press_button (driver, "Ask Later");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Ask Later");
  /* More has changed than is remembered: all is listed anew. */
  assay_driver_platform_control (platform, "forget-changes", "{}");
  assay_driver_platform_control (platform, "forget-changes", "{}");
  assay_driver_press (driver, "F5");
  assay_driver_press_button (driver, "Remove Them");
  assay_driver_press (driver, "Escape");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_tasks (driver, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Quick looks, 1 task");
  assay_driver_quit (driver);
  g_assert_cmpint (query_int (driver, "SELECT count(*) FROM draft"), ==, 1);
}

int
main (int argc, char *argv[])
{
  has_own_network = own_network_enter ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platform-work/returned", test_returned);
  g_test_add_func ("/platform-work/guideline", test_guideline);
  g_test_add_func ("/platform-work/two-drafts", test_two_drafts);
  g_test_add_func ("/platform-work/refused", test_refused);
  g_test_add_func ("/platform-work/outbox-stays", test_outbox_stays);
  g_test_add_func ("/platform-work/give-back", test_give_back);
  g_test_add_func ("/platform-work/removals", test_removals);
  g_test_add_func ("/platform-work/offline-day", test_offline_day);

  return g_test_run ();
}
