/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-window.h"

#include "assay-accounts-actions.h"
#include "assay-accounts-notice.h"
#include "assay-bench.h"
#include "assay-connect.h"
#include "assay-export-dialog.h"
#include "assay-file-opener.h"
#include "assay-guideline-reading.h"
#include "assay-inbox.h"
#include "assay-outbox-dialog.h"
#include "assay-project-removal.h"
#include "assay-settings.h"
#include "assay-shortcuts.h"
#include "assay-status-line.h"
#include "assay-store-notice.h"
#include "assay-text-area.h"
#include "assay-trouble-page.h"
#include "assay-troubleshooting-dialog.h"
#include "assay-typing.h"
#include "assay-unsaved-dialog.h"
#include "assay-visible-text.h"
#include "assay-welcome-page.h"
#include "assay-workbench-page.h"
#include "assay-workspace.h"

#define TITLE_CHARACTERS 80
#define QUIT_DATA "assay-quit"

struct _AssayWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *screens;
  AssayTroublePage *trouble;       /* (nullable): made where there is trouble */
  AssayWelcomePage *welcome;       /* (nullable): made where there are no tasks */
  AssayStatusLine *welcome_status; /* (nullable): with it */
  AdwNavigationView *navigation;
  AssayInbox *inbox;
  AssayWorkbenchPage
      *workbench; /* (owned) (nullable) made when the first task is opened, and kept */
  AssayStoreNotice *notice;
  AssayAccountsNotice *accounts_notice;
  AdwBanner *drafts_banner;

  GVariant *submission;    /* (owned) (nullable) the latest, as win.undo-submission takes it */
  AdwToast *message;       /* (nullable) the last that was shown; weak pointer */
  GSettings *settings;     /* (owned) */
  AssaySession *session;   /* (owned) */
  AssayFileOpener *opener; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayWindow, assay_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_error (AssayWindow *self, const GError *error)
{
  assay_window_show_message (self, error->message);
}

static void
retry_cb (AssayWindow *self)
{
  assay_session_open (self->session);
}

/* Whoever has no tasks is not told how many wait, as long as there are none. */
static void
waiting_changed_cb (AssayWindow *self)
{
  if (self->welcome_status == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->welcome_status),
                          assay_session_get_n_waiting (self->session) > 0
                              || assay_session_get_n_attention (self->session) > 0);
}

/* Most people never see these two. */
static void
ensure_trouble (AssayWindow *self)
{
  if (self->trouble != NULL)
    return;
  self->trouble = ASSAY_TROUBLE_PAGE (assay_trouble_page_new ());
  g_signal_connect_object (self->trouble, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->screens, GTK_WIDGET (self->trouble), "trouble");
}

static void
ensure_welcome (AssayWindow *self)
{
  GtkWidget *view;

  if (self->welcome != NULL)
    return;
  view = adw_toolbar_view_new ();
  self->welcome = ASSAY_WELCOME_PAGE (assay_welcome_page_new ());
  self->welcome_status = g_object_new (ASSAY_TYPE_STATUS_LINE, NULL);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->welcome));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->welcome_status));
  assay_welcome_page_set_session (self->welcome, self->session);
  assay_status_line_set_session (self->welcome_status, self->session);
  waiting_changed_cb (self);
  gtk_stack_add_named (self->screens, view, "welcome");
}

/* The screen follows from the session and from what is in the workspace. */
static void
update_screen (AssayWindow *self)
{
  const char *before = gtk_stack_get_visible_child_name (self->screens);
  const char *screen = "opening";

  switch (assay_session_get_state (self->session))
    {
    case ASSAY_SESSION_FAILED:
      screen = "trouble";
      break;
    case ASSAY_SESSION_OPEN:
    case ASSAY_SESSION_CLOSED:
      if (assay_inbox_get_loaded (self->inbox))
        screen = assay_inbox_get_n_projects (self->inbox) > 0
                         || assay_inbox_get_n_accounts (self->inbox) > 0
                     ? "main"
                     : "welcome";
      break;
    case ASSAY_SESSION_OPENING:
    default:
      break;
    }
  if (g_strcmp0 (before, screen) == 0)
    return;

  if (g_str_equal (screen, "trouble"))
    ensure_trouble (self);
  else if (g_str_equal (screen, "welcome"))
    ensure_welcome (self);
  gtk_stack_set_visible_child_name (self->screens, screen);
  if (g_str_equal (screen, "trouble"))
    assay_trouble_page_set_error (self->trouble, assay_session_get_error (self->session),
                                  assay_session_get_folder (self->session));
  else if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return;
  else if (g_str_equal (screen, "welcome"))
    gtk_widget_grab_focus (GTK_WIDGET (self->welcome));
  else if (g_str_equal (screen, "main"))
    assay_inbox_focus (self->inbox);
}

static DexFuture *
practice_renewed_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Nobody asked for it, and the older sets are still good. */
  if (dex_future_get_value (future, &error) == NULL)
    g_message ("The practice sets could not be renewed: %s", error->message);
  return NULL;
}

static DexFuture *
engine_started_cb (DexFuture *future, gpointer user_data)
{
  assay_connect_from_environment (user_data);
  return NULL;
}

static void
first_painted_cb (AssayWindow *self, GdkFrameClock *clock)
{
  AssayStore *store = assay_session_get_store (self->session);

  g_signal_handlers_disconnect_by_func (clock, first_painted_cb, self);
  if (store == NULL)
    return;
  assay_text_area_prepare_soon ();
  dex_future_disown (
      dex_future_finally (assay_workspace_renew_practice (store), practice_renewed_cb, NULL, NULL));
  dex_future_disown (dex_future_finally (assay_session_start_engine (self->session),
                                         engine_started_cb, g_object_ref (self->session),
                                         g_object_unref));
}

/* What can wait comes after the first frame with tasks in it. */
static void
await_first_paint (AssayWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (first_painted_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
session_state_cb (AssayWindow *self)
{
  if (assay_session_get_state (self->session) == ASSAY_SESSION_OPEN)
    {
      assay_bench_mark ("store-open");
      assay_inbox_set_store (self->inbox, assay_session_get_store (self->session));
      await_first_paint (self);
    }
  update_screen (self);
}

static void
drafts_changed_cb (AssayWindow *self)
{
  const char *reason = assay_session_get_drafts_error (self->session);
  gboolean failed = assay_session_get_drafts_state (self->session) == ASSAY_DRAFT_FAILED;

  if (failed)
    {
      /* Translators: %s is a sentence that says why. */
      g_autofree char *title =
          g_strdup_printf (_ ("The last changes are not saved. %s"), reason != NULL ? reason : "");

      adw_banner_set_title (self->drafts_banner, title);
    }
  /* A banner that is not revealed is still read aloud. */
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_banner), failed);
  adw_banner_set_revealed (self->drafts_banner, failed);
}

/* An event that goes to a dialog never reaches the window, and with it the application's keys: what
 * must work everywhere is given to each dialog. */
static void
visible_dialog_cb (AssayWindow *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), QUIT_DATA) != NULL)
    return;
  g_object_set_data (G_OBJECT (dialog), QUIT_DATA, self);
  assay_shortcuts_add_to_widget (GTK_WIDGET (dialog), "app.quit", NULL);
}

static void
unsaved_clicked_cb (AssayWindow *self)
{
  assay_unsaved_dialog_present (self->session, GTK_WIDGET (self));
}

static gboolean
is_working (AssayWindow *self)
{
  return self->workbench != NULL
         && adw_navigation_view_get_visible_page (self->navigation)
                == ADW_NAVIGATION_PAGE (self->workbench);
}

/* (transfer floating) (nullable) */
static void
set_submission (AssayWindow *self, GVariant *submission)
{
  g_clear_pointer (&self->submission, g_variant_unref);
  if (submission != NULL)
    self->submission = g_variant_ref_sink (submission);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.take-back", submission != NULL);
}

/* The toast's button is not the only way: a key, the outbox and the task itself offer it too. */
static void
submitted_cb (AssayWindow *self, gint64 row, const char *submission, AssayWorkbenchPage *page)
{
  AdwToast *toast = adw_toast_new (_ ("Submitted"));

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-submission");
  set_submission (self, g_variant_new ("(xs)", row, submission));
  adw_toast_set_action_target_value (toast, self->submission);
  adw_toast_set_timeout (toast, g_settings_get_uint (self->settings, "undo-window"));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
finished_cb (AssayWindow *self)
{
  adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->inbox));
  assay_window_show_message (self, _ ("No task of this list is left to do"));
}

static void
failed_cb (AssayWindow *self, const char *message)
{
  adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->inbox));
  assay_window_show_message (self, message);
}

/* Returns the page, over the inbox. */
static AssayWorkbenchPage *
bring_workbench (AssayWindow *self)
{
  if (self->workbench == NULL)
    {
      self->workbench = g_object_ref_sink (assay_workbench_page_new (self->session));
      g_signal_connect_object (self->workbench, "submitted", G_CALLBACK (submitted_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->workbench, "finished", G_CALLBACK (finished_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->workbench, "failed", G_CALLBACK (failed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->workbench, "message", G_CALLBACK (assay_window_show_message),
                               self, G_CONNECT_SWAPPED);
    }
  if (!is_working (self))
    adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->workbench));
  return self->workbench;
}

static void
task_activated_cb (AssayWindow *self, gint64 row)
{
  g_autoptr (AssayTaskSequence) sequence =
      assay_task_sequence_new (assay_inbox_get_list (self->inbox), row);

  assay_workbench_page_open (bring_workbench (self), sequence);
}

static void
page_popped_cb (AssayWindow *self, AdwNavigationPage *page)
{
  gint64 row;

  if (page != ADW_NAVIGATION_PAGE (self->workbench))
    return;
  row = assay_workbench_page_get_row (self->workbench);
  assay_workbench_page_leave (self->workbench);
  assay_inbox_return_to (self->inbox, row);
}

/* A submission that the person takes back. */
typedef struct
{
  AssayWindow *window; /* (owned) */
  gint64 row;
  GVariant *submission; /* (owned) */
} Withdrawal;

static void
withdrawal_free (gpointer data)
{
  Withdrawal *withdrawal = data;

  g_object_unref (withdrawal->window);
  g_variant_unref (withdrawal->submission);
  g_free (withdrawal);
}

static DexFuture *
withdrawn_cb (DexFuture *future, gpointer user_data)
{
  Withdrawal *withdrawal = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      show_error (withdrawal->window, error);
      /* What the disk refused can be tried again by the same key. */
      if (withdrawal->window->submission == NULL
          && !g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT)
          && !g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND))
        set_submission (withdrawal->window, withdrawal->submission);
    }
  else if (withdrawal->window->navigation != NULL)
    assay_workbench_page_open_row (bring_workbench (withdrawal->window), withdrawal->row);
  return NULL;
}

static void
undo_submission_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);
  AssayStore *store = assay_session_get_store (self->session);
  Withdrawal *withdrawal;
  const char *submission;
  gint64 row;

  if (store == NULL)
    return;
  g_variant_get (parameter, "(x&s)", &row, &submission);
  withdrawal = g_new0 (Withdrawal, 1);
  withdrawal->window = g_object_ref (self);
  withdrawal->row = row;
  withdrawal->submission = g_variant_ref (parameter);
  dex_future_disown (dex_future_finally (assay_store_withdraw (store, submission), withdrawn_cb,
                                         withdrawal, withdrawal_free));
}

static void
take_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);
  g_autoptr (GVariant) submission = g_variant_ref (self->submission);

  set_submission (self, NULL);
  gtk_widget_activate_action_variant (widget, "win.undo-submission", submission);
}

static DexFuture *
practice_installed_cb (DexFuture *future, gpointer user_data)
{
  AssayWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    show_error (self, error);
  else if (gtk_widget_get_root (GTK_WIDGET (self->inbox)) != NULL)
    assay_inbox_show_practice (self->inbox);
  return NULL;
}

static void
practice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL)
    return;
  adw_navigation_view_pop_to_tag (self->navigation, "inbox");
  dex_future_disown (dex_future_finally (assay_workspace_install_practice (store),
                                         practice_installed_cb, g_object_ref (self),
                                         g_object_unref));
}

static void
imported_cb (AssayWindow *self, gint64 project)
{
  adw_navigation_view_pop_to_page (self->navigation, ADW_NAVIGATION_PAGE (self->inbox));
  assay_inbox_show_project (self->inbox, project);
}

static void
open_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  assay_file_opener_choose (ASSAY_WINDOW (widget)->opener);
}

static void
export_project_cb (AssayWindow *self, gint64 id)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayProject *project = assay_inbox_find_project (self->inbox, id);

  if (store != NULL && project != NULL)
    adw_dialog_present (assay_export_dialog_new (store, project), GTK_WIDGET (self));
}

/* A project that the person asked to remove. */
typedef struct
{
  AssayWindow *window; /* (owned) */
  char *title;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->window);
  g_free (removal->title);
  g_free (removal);
}

static DexFuture *
removed_cb (DexFuture *future, gpointer user_data)
{
  Removal *removal = user_data;
  const GValue *value;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  value = dex_future_get_value (future, &error);
  if (value == NULL)
    show_error (removal->window, error);
  else if (g_value_get_boolean (value))
    {
      message = g_strdup_printf (_ ("“%s” removed"), removal->title);
      assay_window_show_message (removal->window, message);
    }
  return NULL;
}

static void
remove_project_cb (AssayWindow *self, gint64 id)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayProject *project = assay_inbox_find_project (self->inbox, id);
  Removal *removal;

  if (store == NULL || project == NULL)
    return;
  removal = g_new0 (Removal, 1);
  removal->window = g_object_ref (self);
  removal->title = assay_visible_line (assay_project_get_title (project), TITLE_CHARACTERS);
  dex_future_disown (
      dex_future_finally (assay_project_removal_ask (store, project, GTK_WIDGET (self)), removed_cb,
                          removal, removal_free));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->screens), "main") != 0)
    return;
  if (page == ADW_NAVIGATION_PAGE (self->inbox))
    assay_inbox_search (self->inbox);
  else if (is_working (self))
    gtk_widget_activate_action (GTK_WIDGET (self->workbench), "workbench.find", NULL);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayEngine *engine = assay_session_get_engine (ASSAY_WINDOW (widget)->session);

  if (engine != NULL)
    assay_engine_run (engine);
}

/* F1 is for what the person is doing: the guideline over a task, the help elsewhere. */
static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);

  if (is_working (self))
    gtk_widget_activate_action (GTK_WIDGET (self->workbench), "workbench.guideline", NULL);
  else
    gtk_widget_activate_action (widget, "app.help", NULL);
}

static void
read_guideline_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AssayWindow *self = ASSAY_WINDOW (widget);

  assay_guideline_reading_begin (self->session, g_variant_get_int64 (parameter), widget);
}

static void
outbox_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = assay_outbox_dialog_new (ASSAY_WINDOW (widget)->session);

  g_signal_connect_object (dialog, "task-activated", G_CALLBACK (task_activated_cb), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
troubleshooting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (assay_troubleshooting_dialog_new (ASSAY_WINDOW (widget)->session), widget);
}

static void
assay_window_dispose (GObject *object)
{
  AssayWindow *self = ASSAY_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_WINDOW);
  g_clear_weak_pointer (&self->message);
  g_clear_pointer (&self->submission, g_variant_unref);
  g_clear_object (&self->opener);
  g_clear_object (&self->workbench);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (assay_window_parent_class)->dispose (object);
}

static void
assay_window_class_init (AssayWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_window_dispose;

  g_type_ensure (ASSAY_TYPE_ACCOUNTS_NOTICE);
  g_type_ensure (ASSAY_TYPE_INBOX);
  g_type_ensure (ASSAY_TYPE_STORE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/shell/assay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, screens);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, inbox);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, accounts_notice);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, drafts_banner);
  gtk_widget_class_bind_template_callback (widget_class, unsaved_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, task_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_screen);
  gtk_widget_class_bind_template_callback (widget_class, assay_window_show_message);

  gtk_widget_class_install_action (widget_class, "win.undo-submission", "(xs)",
                                   undo_submission_action);
  gtk_widget_class_install_action (widget_class, "win.take-back", NULL, take_back_action);
  gtk_widget_class_install_action (widget_class, "win.open-files", NULL, open_files_action);
  gtk_widget_class_install_action (widget_class, "win.practice", NULL, practice_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.read-guideline", "x", read_guideline_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "win.outbox", NULL, outbox_action);
  gtk_widget_class_install_action (widget_class, "win.troubleshooting", NULL,
                                   troubleshooting_action);
}

static void
assay_window_init (AssayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_submission (self, NULL);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (visible_dialog_cb), NULL);

#if ASSAY_DEVELOPMENT
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
  gtk_window_set_icon_name (GTK_WINDOW (self), ASSAY_APP_ID);

  self->settings = assay_settings_new ();
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

AssayWindow *
assay_window_new (AssayApplication *application, AssaySession *session)
{
  AssayWindow *self;

  g_return_val_if_fail (ASSAY_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  assay_inbox_set_session (self->inbox, session);
  g_signal_connect_swapped (session, "notify::n-waiting", G_CALLBACK (waiting_changed_cb), self);
  g_signal_connect_swapped (session, "notify::n-attention", G_CALLBACK (waiting_changed_cb), self);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  g_signal_connect_swapped (session, "notify::drafts-state", G_CALLBACK (drafts_changed_cb), self);
  g_signal_connect_swapped (session, "notify::drafts-error", G_CALLBACK (drafts_changed_cb), self);
  assay_store_notice_set_session (self->notice, session);
  assay_accounts_notice_set_session (self->accounts_notice, session);
  assay_accounts_add_actions (GTK_WIDGET (self), session);
  session_state_cb (self);
  self->opener = assay_file_opener_new (GTK_WINDOW (self), session);
  g_signal_connect_object (self->opener, "imported", G_CALLBACK (imported_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opener, "failed", G_CALLBACK (assay_window_show_message), self,
                           G_CONNECT_SWAPPED);
  assay_typing_watch (GTK_WINDOW (self));
  assay_bench_watch_window (GTK_WINDOW (self));
  return self;
}

void
assay_window_open_files (AssayWindow *self, GPtrArray *files)
{
  g_return_if_fail (ASSAY_IS_WINDOW (self));
  g_return_if_fail (files != NULL);

  assay_file_opener_open (self->opener, files);
}

void
assay_window_open_task (AssayWindow *self, gint64 row)
{
  g_return_if_fail (ASSAY_IS_WINDOW (self));

  if (assay_session_get_store (self->session) != NULL)
    assay_workbench_page_open_row (bring_workbench (self), row);
}

void
assay_window_keep_place (AssayWindow *self)
{
  g_return_if_fail (ASSAY_IS_WINDOW (self));

  if (self->workbench != NULL)
    assay_workbench_page_keep_place (self->workbench);
}

void
assay_window_show_message (AssayWindow *self, const char *message)
{
  AdwToast *toast;

  g_return_if_fail (ASSAY_IS_WINDOW (self));
  g_return_if_fail (message != NULL);

  toast = adw_toast_new (message);
  /* Messages may hold names from outside. */
  adw_toast_set_use_markup (toast, FALSE);
  /* An answer to a key press that comes after the time to undo is none; what it covers comes back.
   */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (self->message != NULL)
    adw_toast_dismiss (self->message);
  g_set_weak_pointer (&self->message, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
