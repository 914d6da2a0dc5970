/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "assay-application.h"

#include "assay-batch-service.h"
#include "assay-bench.h"
#include "assay-notifier.h"
#include "assay-preferences-dialog.h"
#include "assay-session.h"
#include "assay-settings.h"
#include "assay-shortcuts.h"
#include "assay-sleep-guard.h"
#include "assay-window.h"

struct _AssayApplication
{
  AdwApplication parent_instance;

  AssaySession *session;        /* (owned) (nullable) */
  AssayBatchService *batches;   /* (owned) (nullable) there is a bus */
  AssaySleepGuard *sleep_guard; /* (owned) (nullable) */
  AssayNotifier *notifier;      /* (owned) (nullable) */
  AssayWindow *window;          /* (nullable) the application owns it as a GtkWindow */
  guint signal_sources[3];
  guint logout_cookie;
  gboolean closing;
  gboolean forced; /* end even if a draft cannot be written: nobody is there to answer */
};

G_DEFINE_FINAL_TYPE (AssayApplication, assay_application, ADW_TYPE_APPLICATION)

static void begin_closing (AssayApplication *self, gboolean forced);
static void present_window (AssayApplication *self);

static DexFuture *
flush_drafts (gpointer user_data)
{
  AssayApplication *self = user_data;

  if (self->window != NULL)
    assay_window_keep_place (self->window);
  return assay_session_flush (self->session);
}

static void
end (AssayApplication *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

static void
unsaved_response_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  AssayApplication *self = user_data;

  if (g_str_equal (response, "quit"))
    begin_closing (self, TRUE);
}

/* The only question at the end, and only where the disk refused what was typed. */
static void
ask_about_unsaved (AssayApplication *self, const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("The Last Changes Are Not Saved"), NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->window), TRUE);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                /* Translators: %s is a sentence that says why. */
                                _ ("%s If Assay quits now, these changes are lost."),
                                error->message);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Keep Open"), "quit",
                                  _ ("_Quit Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "quit",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (unsaved_response_cb), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static DexFuture *
closed_cb (DexFuture *future, gpointer user_data)
{
  AssayApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      g_printerr ("%s: %s\n", g_get_application_name (), error->message);
      if (!self->forced && self->window != NULL
          && assay_session_get_state (self->session) == ASSAY_SESSION_OPEN)
        {
          self->closing = FALSE;
          g_application_release (G_APPLICATION (self));
          ask_about_unsaved (self, error);
          return NULL;
        }
    }
  end (self);
  return NULL;
}

/* Writes what is not yet written, closes the store, and only then ends. */
static void
begin_closing (AssayApplication *self, gboolean forced)
{
  self->forced |= forced;
  if (self->closing)
    return;
  self->closing = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (self->window != NULL)
    {
      assay_window_keep_place (self->window);
      gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
    }
  dex_future_disown (dex_future_finally (assay_session_close (self->session), closed_cb,
                                         g_object_ref (self), g_object_unref));
}

static gboolean
signal_cb (gpointer user_data)
{
  begin_closing (user_data, TRUE);
  return G_SOURCE_CONTINUE;
}

static gboolean
close_request_cb (AssayApplication *self, AssayWindow *window)
{
  begin_closing (self, FALSE);
  return TRUE;
}

static DexFuture *
flushed_for_logout_cb (DexFuture *future, gpointer user_data)
{
  AssayApplication *self = user_data;

  if (self->logout_cookie != 0)
    gtk_application_uninhibit (GTK_APPLICATION (self), self->logout_cookie);
  self->logout_cookie = 0;
  return NULL;
}

static void
query_end_cb (AssayApplication *self)
{
  if (self->logout_cookie != 0 || self->window == NULL)
    return;
  self->logout_cookie =
      gtk_application_inhibit (GTK_APPLICATION (self), GTK_WINDOW (self->window),
                               GTK_APPLICATION_INHIBIT_LOGOUT, _ ("Saving drafts"));
  dex_future_disown (dex_future_finally (flush_drafts (self), flushed_for_logout_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;

  adw_dialog_present (assay_preferences_dialog_new (), GTK_WIDGET (self->window));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;

  if (self->window != NULL)
    assay_shortcuts_present (GTK_WINDOW (self->window));
}

static void
help_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
      && self->window != NULL)
    {
      g_message ("The help could not be opened: %s", error->message);
      assay_window_show_message (self->window, _ ("No help viewer is installed"));
    }
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new ("help:" GETTEXT_PACKAGE);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (self->window), NULL, help_shown_cb,
                           g_object_ref (self));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (
      dialog, "application-name", g_get_application_name (), "application-icon", ASSAY_APP_ID,
      "version", PACKAGE_VERSION, "developer-name", _ ("The Assay contributors"), "comments",
      _ ("Judge and compare what AI models write, and say why."), "license-type",
      GTK_LICENSE_GPL_3_0,
      /* Translators: put your names here, one a line; they are shown in the About dialog. */
      "translator-credits", _ ("translator-credits"), NULL);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

/* From a notification. */
static void
account_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;

  present_window (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (self->window), "accounts.show-account",
                                      parameter);
}

static void
open_task_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AssayApplication *self = user_data;

  present_window (self);
  assay_window_open_task (self->window, g_variant_get_int64 (parameter));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  begin_closing (user_data, FALSE);
}

static const GActionEntry action_entries[] = {
  { .name = "preferences", .activate = preferences_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "help", .activate = help_action },
  { .name = "about", .activate = about_action },
  { .name = "account", .activate = account_action, .parameter_type = "s" },
  { .name = "open-task", .activate = open_task_action, .parameter_type = "x" },
  { .name = "quit", .activate = quit_action },
};

static void
window_active_cb (AssayApplication *self)
{
  assay_notifier_set_watched (
      self->notifier, self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window)));
}

static void
present_window (AssayApplication *self)
{
  if (self->window == NULL)
    {
      self->window = assay_window_new (self, self->session);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_request_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (window_active_cb),
                               self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
assay_application_activate (GApplication *application)
{
  present_window (ASSAY_APPLICATION (application));
}

static void
assay_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  AssayApplication *self = ASSAY_APPLICATION (application);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (list, g_object_ref (files[i]));
  present_window (self);
  assay_window_open_files (self->window, list);
}

static void
session_state_cb (AssayApplication *self)
{
  if (self->batches != NULL && assay_session_get_state (self->session) != ASSAY_SESSION_OPENING)
    assay_batch_service_set_store (self->batches, assay_session_get_store (self->session));
}

/* Commands from processes without a window come here: the profile has one owner. */
static gboolean
assay_application_dbus_register (GApplication *application,
                                 GDBusConnection *bus,
                                 const char *path,
                                 GError **error)
{
  AssayApplication *self = ASSAY_APPLICATION (application);

  if (!G_APPLICATION_CLASS (assay_application_parent_class)
           ->dbus_register (application, bus, path, error))
    return FALSE;
  self->batches = assay_batch_service_new ();
  return assay_batch_service_export (self->batches, bus, error);
}

static void
assay_application_dbus_unregister (GApplication *application,
                                   GDBusConnection *bus,
                                   const char *path)
{
  AssayApplication *self = ASSAY_APPLICATION (application);

  if (self->batches != NULL)
    assay_batch_service_unexport (self->batches);
  g_clear_object (&self->batches);

  G_APPLICATION_CLASS (assay_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
assay_application_startup (GApplication *application)
{
  AssayApplication *self = ASSAY_APPLICATION (application);
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
  g_autofree char *folder = NULL;

  /* GTK's own words for this would not tell what to do. */
  if (!gtk_init_check ())
    {
      g_printerr (
          _ ("%s: no display was found. Start it in a graphical session, or set DISPLAY or "
             "WAYLAND_DISPLAY. To import and export without a display, see “assay --help”.\n"),
          g_get_application_name ());
      exit (EXIT_FAILURE);
    }
  if (!assay_settings_exist ())
    {
      g_printerr (
          _ ("%s: it is not completely installed: its settings schema is missing. In a build "
             "folder, set GSETTINGS_SCHEMA_DIR to the folder “data” there.\n"),
          g_get_application_name ());
      exit (EXIT_FAILURE);
    }

  assay_bench_mark ("startup");
  G_APPLICATION_CLASS (assay_application_parent_class)->startup (application);

  if (g_application_get_dbus_connection (application) == NULL)
    g_printerr (_ ("%s: no session bus was found. It goes on without: files cannot be opened from "
                   "other programs, and assistive technology may not reach it.\n"),
                g_get_application_name ());

#if ASSAY_FIXTURES
  if (g_strcmp0 (g_getenv ("ASSAY_RTL"), "1") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
#endif

  /* Opening takes a thread of its own; the window is made meanwhile. */
  folder = assay_store_dup_default_folder ();
  self->session = assay_session_new (folder);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  self->notifier = assay_notifier_new (application, self->session);
  assay_session_open (self->session);

  assay_shortcuts_install (GTK_APPLICATION (self));
  g_signal_connect (self, "query-end", G_CALLBACK (query_end_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    self->signal_sources[i] = g_unix_signal_add (signals[i], signal_cb, self);
  self->sleep_guard = assay_sleep_guard_new (flush_drafts, self);
}

static void
assay_application_shutdown (GApplication *application)
{
  AssayApplication *self = ASSAY_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  if (self->sleep_guard != NULL)
    g_object_run_dispose (G_OBJECT (self->sleep_guard));
  g_clear_object (&self->sleep_guard);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);

  G_APPLICATION_CLASS (assay_application_parent_class)->shutdown (application);
}

static void
assay_application_class_init (AssayApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->dbus_register = assay_application_dbus_register;
  application_class->dbus_unregister = assay_application_dbus_unregister;
  application_class->startup = assay_application_startup;
  application_class->shutdown = assay_application_shutdown;
  application_class->activate = assay_application_activate;
  application_class->open = assay_application_open;
}

static void
assay_application_init (AssayApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
}

AssayApplication *
assay_application_new (void)
{
  g_set_application_name (_ ("Assay"));
  return g_object_new (ASSAY_TYPE_APPLICATION, "application-id", ASSAY_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "register-session", TRUE, "resource-base-path",
                       ASSAY_RESOURCE_PREFIX, "version", PACKAGE_VERSION, NULL);
}
