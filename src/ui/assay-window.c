/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-window.h"

#include "assay-bench.h"
#include "assay-inbox.h"
#include "assay-settings.h"
#include "assay-trouble-page.h"
#include "assay-visible-text.h"
#include "assay-welcome-page.h"
#include "assay-workspace.h"

#define TITLE_CHARACTERS 80

struct _AssayWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *screens;
  AssayTroublePage *trouble;
  AssayWelcomePage *welcome;
  AdwNavigationView *navigation;
  AssayInbox *inbox;
  AdwBanner *drafts_banner;

  GSettings *settings;   /* (owned) */
  AssaySession *session; /* (owned) */
  GPtrArray *files;      /* (owned) (nullable) GFile: to be imported once the workspace is open */
};

G_DEFINE_FINAL_TYPE (AssayWindow, assay_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_error (AssayWindow *self, const GError *error)
{
  assay_window_show_message (self, error->message);
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
        screen = assay_inbox_get_n_projects (self->inbox) > 0 ? "main" : "welcome";
      break;
    case ASSAY_SESSION_OPENING:
    default:
      break;
    }
  if (g_strcmp0 (before, screen) == 0)
    return;

  gtk_stack_set_visible_child_name (self->screens, screen);
  if (g_str_equal (screen, "trouble"))
    assay_trouble_page_set_error (self->trouble, assay_session_get_error (self->session),
                                  assay_session_get_folder (self->session));
  else if (g_str_equal (screen, "welcome"))
    gtk_widget_grab_focus (GTK_WIDGET (self->welcome));
  else if (g_str_equal (screen, "main"))
    assay_inbox_focus (self->inbox);
}

static void
start_open_session (AssayWindow *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  assay_bench_mark ("store-open");
  assay_inbox_set_store (self->inbox, store);
}

static void
session_state_cb (AssayWindow *self)
{
  if (assay_session_get_state (self->session) == ASSAY_SESSION_OPEN)
    start_open_session (self);
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
  adw_banner_set_revealed (self->drafts_banner, failed);
}

static void
retry_cb (AssayWindow *self)
{
  assay_session_open (self->session);
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

/* A project that the person asked to remove. */
typedef struct
{
  AssayWindow *window;   /* (owned) */
  AssayProject *project; /* (owned) */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->window);
  g_object_unref (removal->project);
  g_free (removal);
}

static void
removal_closure_free (gpointer data, GClosure *closure)
{
  removal_free (data);
}

static DexFuture *
removed_cb (DexFuture *future, gpointer user_data)
{
  Removal *removal = user_data;
  g_autofree char *title =
      assay_visible_line (assay_project_get_title (removal->project), TITLE_CHARACTERS);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      show_error (removal->window, error);
      return NULL;
    }
  message = g_strdup_printf (_ ("“%s” removed"), title);
  assay_window_show_message (removal->window, message);
  return NULL;
}

static void
removal_response_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Removal *removal = user_data;
  AssayStore *store = assay_session_get_store (removal->window->session);

  if (!g_str_equal (response, "remove") || store == NULL)
    return;
  g_object_ref (removal->window);
  g_object_ref (removal->project);
  dex_future_disown (dex_future_finally (
      assay_store_remove_project (store, assay_project_get_id (removal->project)), removed_cb,
      g_memdup2 (removal, sizeof *removal), removal_free));
}

/* There is no way back from this one, so it asks, and says what goes. */
static DexFuture *
counted_for_removal_cb (DexFuture *future, gpointer user_data)
{
  Removal *removal = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *title =
      assay_visible_line (assay_project_get_title (removal->project), TITLE_CHARACTERS);
  g_autofree char *tasks = NULL;
  g_autofree char *judged = NULL;
  AdwDialog *dialog;
  guint n_tasks = 0;
  guint n_judged = 0;

  if (value != NULL)
    {
      const GArray *counts = g_value_get_boxed (value);

      for (guint i = 0; i < counts->len; i++)
        {
          n_tasks += g_array_index (counts, guint, i);
          if (i != ASSAY_TASK_READY)
            n_judged += g_array_index (counts, guint, i);
        }
    }

  tasks = g_strdup_printf (ngettext ("%u task is removed from this computer.",
                                     "%u tasks are removed from this computer.", n_tasks),
                           n_tasks);
  judged = g_strdup_printf (
      ngettext (
          "With it goes %u judgement or draft; export it first if it is still needed.",
          "With them go %u judgements and drafts; export them first if they are still needed.",
          n_judged),
      n_judged);
  dialog = adw_alert_dialog_new (NULL, NULL);
  adw_alert_dialog_format_heading (ADW_ALERT_DIALOG (dialog), _ ("Remove “%s”?"), title);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), n_judged > 0 ? "%s %s" : "%s", tasks,
                                judged);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                  _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_ref (removal->window);
  g_object_ref (removal->project);
  g_signal_connect_data (dialog, "response", G_CALLBACK (removal_response_cb),
                         g_memdup2 (removal, sizeof *removal), removal_closure_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (removal->window));
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
  removal->project = g_object_ref (project);
  dex_future_disown (dex_future_finally (assay_store_count_tasks (store, id),
                                         counted_for_removal_cb, removal, removal_free));
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
}

/* F1 is for what the person is doing: the guideline over a task, the help elsewhere. */
static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "app.help", NULL);
}

static void
assay_window_dispose (GObject *object)
{
  AssayWindow *self = ASSAY_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_WINDOW);
  g_clear_pointer (&self->files, g_ptr_array_unref);
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

  g_type_ensure (ASSAY_TYPE_INBOX);
  g_type_ensure (ASSAY_TYPE_TROUBLE_PAGE);
  g_type_ensure (ASSAY_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ASSAY_RESOURCE_PREFIX "/shell/assay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, screens);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, inbox);
  gtk_widget_class_bind_template_child (widget_class, AssayWindow, drafts_banner);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_screen);

  gtk_widget_class_install_action (widget_class, "win.practice", NULL, practice_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_action);
}

static void
assay_window_init (AssayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

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
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  g_signal_connect_swapped (session, "notify::drafts-state", G_CALLBACK (drafts_changed_cb), self);
  g_signal_connect_swapped (session, "notify::drafts-error", G_CALLBACK (drafts_changed_cb), self);
  session_state_cb (self);
  assay_bench_watch_window (GTK_WINDOW (self));
  return self;
}

void
assay_window_open_files (AssayWindow *self, GPtrArray *files)
{
  g_return_if_fail (ASSAY_IS_WINDOW (self));
  g_return_if_fail (files != NULL);
}

void
assay_window_keep_place (AssayWindow *self)
{
  g_return_if_fail (ASSAY_IS_WINDOW (self));
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
  adw_toast_overlay_add_toast (self->toasts, toast);
}
