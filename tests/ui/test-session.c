/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a session keeps of the tasks that were opened, over its end. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>

#include "assay-rescue-dialog.h"
#include "assay-session.h"
#include "assay-store-notice.h"
#include "assay-store-private.h"
#include "assay-workspace.h"

static const GValue *
settle (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  while (dex_future_get_status (future) == DEX_FUTURE_STATUS_PENDING)
    g_main_context_iteration (NULL, TRUE);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

static AssaySession *
open_session (const char *folder)
{
  AssaySession *session = assay_session_new (folder);

  assay_session_open (session);
  while (assay_session_get_state (session) == ASSAY_SESSION_OPENING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (assay_session_get_state (session), ==, ASSAY_SESSION_OPEN);
  return session;
}

/* What had asked something gets its answer before the end. */
static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
close_session (AssaySession *session)
{
  g_autoptr (DexFuture) closed = assay_session_close (session);

  settle (closed);
  drain ();
}

/* A task in which nothing was answered has no draft, and yet a place where reading stopped. */
static void
test_place_without_answer (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "profile", NULL);
  gint64 row = 0;

  for (int round = 0; round < 3; round++)
    {
      g_autoptr (AssaySession) session = open_session (folder);
      AssayStore *store = assay_session_get_store (session);
      g_autoptr (DexFuture) loaded = NULL;
      AssayOpenTask *task;
      AssayJudgement *judgement;

      if (row == 0)
        {
          AssayTaskQuery query = { 0 };
          g_autoptr (DexFuture) installed = assay_workspace_install_practice (store);
          g_autoptr (DexFuture) rows = NULL;

          settle (installed);
          rows = assay_store_query_tasks (store, &query);
          row = g_array_index ((GArray *) g_value_get_boxed (settle (rows)), gint64, 0);
        }
      loaded = assay_session_load_task (session, row);
      task = g_value_get_object (settle (loaded));
      judgement = assay_open_task_get_judgement (task);
      g_assert_true (assay_judgement_is_empty (judgement));
      if (round == 0)
        {
          g_autoptr (JsonObject) cursor = json_object_new ();

          json_object_set_int_member (cursor, "scroll", 7);
          assay_session_keep_draft (session, task);
          assay_judgement_set_cursor (judgement, cursor);
          assay_session_leave_task (session, row);
        }
      else
        {
          JsonObject *cursor = assay_judgement_get_cursor (judgement);

          g_assert_cmpint (json_object_get_int_member_with_default (cursor, "scroll", 0), ==,
                           round == 1 ? 7 : 8);
          /* The second time the program ends with the task open. */
          if (round == 1)
            {
              g_autoptr (JsonObject) moved = json_object_new ();

              json_object_set_int_member (moved, "scroll", 8);
              assay_session_keep_draft (session, task);
              assay_judgement_set_cursor (judgement, moved);
            }
        }
      close_session (session);
    }
}

static gboolean
run_lose_drafts (AssayJob *job, AssayDatabase *database, GError **error)
{
  if (!assay_database_execute (database, "DELETE FROM draft; DELETE FROM draft_revision", error))
    return FALSE;
  assay_database_set_damaged (database);
  return TRUE;
}

static void
note_cb (gboolean *noted)
{
  *noted = TRUE;
}

/* The rescue brings back less than what is on the screen: that is written again, and is not taken
 * for saved before. */
static void
test_damage_under_a_draft (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "damaged", NULL);
  g_autoptr (AssaySession) session = open_session (folder);
  AssayStore *store = assay_session_get_store (session);
  AssayTaskQuery query = { 0 };
  g_autoptr (DexFuture) installed = assay_workspace_install_practice (store);
  g_autoptr (DexFuture) rows = NULL;
  g_autoptr (DexFuture) loaded = NULL;
  g_autoptr (DexFuture) again = NULL;
  g_autoptr (DexFuture) lost = NULL;
  AssayOpenTask *task;
  gboolean found = FALSE;
  gint64 row;

  settle (installed);
  rows = assay_store_query_tasks (store, &query);
  row = g_array_index ((GArray *) g_value_get_boxed (settle (rows)), gint64, 0);
  loaded = assay_session_load_task (session, row);
  task = g_value_get_object (settle (loaded));
  assay_session_keep_draft (session, task);
  assay_judgement_set_rationale (assay_open_task_get_judgement (task), "On the screen.");
  while (assay_session_get_drafts_state (session) != ASSAY_DRAFT_SAVED)
    g_main_context_iteration (NULL, TRUE);

  g_signal_connect_swapped (store, "damage-found", G_CALLBACK (note_cb), &found);
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  lost = _assay_store_push (store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_lose_drafts,
                                                  NULL, NULL));
  while (!found)
    g_main_context_iteration (NULL, TRUE);
  g_test_assert_expected_messages ();
  g_assert_cmpint (assay_session_get_drafts_state (session), ==, ASSAY_DRAFT_DIRTY);
  settle (lost);
  while (assay_session_get_drafts_state (session) != ASSAY_DRAFT_SAVED)
    g_main_context_iteration (NULL, TRUE);

  again = assay_store_load_task (store, row);
  g_assert_cmpstr (assay_judgement_get_rationale (
                       assay_open_task_get_judgement (g_value_get_object (settle (again)))),
                   ==, "On the screen.");
  close_session (session);
}

static gboolean
run_damage (AssayJob *job, AssayDatabase *database, GError **error)
{
  assay_database_set_damaged (database);
  return TRUE;
}

/* Damage while somebody is at work is told without a dialog, and in full on request. */
static void
test_damage_is_told (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "told", NULL);
  g_autoptr (AssaySession) session = open_session (folder);
  AssayStore *store = assay_session_get_store (session);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AssayStoreNotice *notice = g_object_new (ASSAY_TYPE_STORE_NOTICE, NULL);
  AdwBanner *banner = ADW_BANNER (adw_bin_get_child (ADW_BIN (notice)));
  g_autoptr (DexFuture) damaged = NULL;

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (notice));
  assay_store_notice_set_session (notice, session);
  gtk_window_present (window);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));

  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*opened again*");
  g_test_expect_message ("Assay", G_LOG_LEVEL_WARNING, "*put together again*");
  damaged = _assay_store_push (store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_PLAIN, run_damage,
                                                     NULL, NULL));
  settle (damaged);
  g_test_assert_expected_messages ();
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (notice)));
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_nonnull (strstr (adw_banner_get_title (banner), "damaged"));
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (window)));
  g_assert_nonnull (assay_store_get_rescue_report (store));

  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_true (ASSAY_IS_RESCUE_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (window))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));
  g_assert_null (assay_store_get_rescue_report (store));
  close_session (session);
  gtk_window_destroy (window);
  drain ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();
  g_test_add_func ("/session/place-without-answer", test_place_without_answer);
  g_test_add_func ("/session/damage-under-a-draft", test_damage_under_a_draft);
  g_test_add_func ("/session/damage-is-told", test_damage_is_told);
  return g_test_run ();
}
