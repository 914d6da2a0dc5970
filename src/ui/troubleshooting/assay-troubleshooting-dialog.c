/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-troubleshooting-dialog.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-format.h"
#include "assay-own-work.h"
#include "assay-report-page.h"
#include "assay-rescue-dialog.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define TITLE_CHARACTERS 120
/* The outbox itself shows all of them. */
#define MAX_WAITING_ROWS 50

struct _AssayTroubleshootingDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwNavigationView *navigation;
  AdwActionRow *closed_row;
  AdwActionRow *size_row;
  AdwActionRow *folder_row;
  GtkWidget *folder_button;
  AdwActionRow *check_row;
  GtkWidget *check_spinner;
  GtkWidget *check_button;
  AdwActionRow *backup_row;
  GtkWidget *backup_spinner;
  GtkWidget *backup_button;
  AdwActionRow *rescue_row;
  AdwActionRow *drafts_row;
  AdwExpanderRow *waiting_row;
  AdwActionRow *export_row;
  GtkWidget *export_spinner;
  GtkWidget *export_button;

  AssaySession *session;     /* (owned) */
  AssayStoreHealth *health;  /* (owned) (nullable) */
  GListStore *waiting;       /* (owned) AssayOutboxItem */
  GPtrArray *waiting_rows;   /* borrowed from the expander */
  GCancellable *cancellable; /* (owned) of the export */
  gboolean checked;          /* the row says what came of it */
  gboolean backed_up;
};

G_DEFINE_FINAL_TYPE (AssayTroubleshootingDialog, assay_troubleshooting_dialog, ADW_TYPE_DIALOG)

static void refresh (AssayTroubleshootingDialog *self);

/* What is going on, or came of it, in the row that it was asked for in. */
static void
set_working (AdwActionRow *row, GtkWidget *spinner, GtkWidget *button, const char *text)
{
  gboolean working = text != NULL;

  gtk_widget_set_visible (spinner, working);
  gtk_widget_set_sensitive (button, !working);
  if (working)
    adw_action_row_set_subtitle (row, text);
}

static void
tell (AssayTroubleshootingDialog *self, AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text);
  assay_announce (GTK_WIDGET (self), text);
}

static void
show_health (AssayTroubleshootingDialog *self)
{
  g_autofree char *size = g_format_size (self->health->n_bytes);
  g_autofree char *copies_size = g_format_size (self->health->n_backup_bytes);
  g_autofree char *copies =
      g_strdup_printf (ngettext ("%u backup", "%u backups", self->health->n_backups),
                       self->health->n_backups);
  g_autofree char *text =
      self->health->n_backups > 0
          /* Translators: the size of the workspace; "3 backups", and their size. */
          ? g_strdup_printf (_ ("%1$s, and %2$s of %3$s"), size, copies, copies_size)
          : g_strdup (size);
  g_autofree char *checked = assay_format_time (self->health->checked_at);
  g_autofree char *backed_up = assay_format_time (self->health->backed_up_at);

  adw_action_row_set_subtitle (self->size_row, text);
  /* What was asked for here is answered here. */
  if (!self->checked)
    adw_action_row_set_subtitle (self->check_row, checked);
  if (!self->backed_up)
    adw_action_row_set_subtitle (self->backup_row, backed_up);
  gtk_widget_set_visible (GTK_WIDGET (self->rescue_row), self->health->rescue != NULL);
  if (self->health->rescue != NULL)
    {
      g_autofree char *time =
          assay_format_time (assay_rescue_report_get_time (self->health->rescue));

      adw_action_row_set_subtitle (self->rescue_row, time);
    }
}

static DexFuture *
health_cb (DexFuture *future, gpointer user_data)
{
  AssayTroubleshootingDialog *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value == NULL || self->waiting == NULL)
    return NULL;
  g_clear_pointer (&self->health, assay_store_health_free);
  self->health = g_value_dup_boxed (value);
  show_health (self);
  return NULL;
}

static GtkWidget *
create_waiting_row (AssayOutboxItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  const char *last = assay_outbox_class_get_sentence (assay_outbox_item_get_last_class (item));
  AssayOutboxState state = assay_outbox_item_get_state (item);
  g_autofree char *title =
      assay_format_task_title (assay_outbox_item_get_task_title (item), TITLE_CHARACTERS);
  g_autoptr (GString) text = g_string_new (assay_outbox_state_get_title (state));

  if (state == ASSAY_OUTBOX_QUEUED || state == ASSAY_OUTBOX_UNKNOWN)
    {
      gint64 next_at = assay_outbox_item_get_next_at (item);

      g_string_append (text, " · ");
      if (next_at <= g_get_real_time ())
        g_string_append (text, C_ ("when a submission is sent", "next attempt now"));
      else
        {
          g_autofree char *time = assay_format_time (next_at);

          /* Translators: %s is a date and a time. */
          g_string_append_printf (text, _ ("next attempt %s"), time);
        }
    }
  if (last != NULL)
    g_string_append_printf (text, "\n%s", last);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text->str);
  assay_widget_keep_words (row);
  return row;
}

static void
add_waiting_row (AssayTroubleshootingDialog *self, GtkWidget *row)
{
  adw_expander_row_add_row (self->waiting_row, row);
  g_ptr_array_add (self->waiting_rows, row);
}

static void
show_waiting (AssayTroubleshootingDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));
  g_autofree char *text = n > 0
                              ? g_strdup_printf (ngettext ("%u submission", "%u submissions", n), n)
                              : g_strdup (_ ("Nothing"));

  for (guint i = 0; i < self->waiting_rows->len; i++)
    adw_expander_row_remove (self->waiting_row, self->waiting_rows->pdata[i]);
  g_ptr_array_set_size (self->waiting_rows, 0);

  adw_expander_row_set_subtitle (self->waiting_row, text);
  adw_expander_row_set_enable_expansion (self->waiting_row, n > 0);
  for (guint i = 0; i < MIN (n, MAX_WAITING_ROWS); i++)
    {
      g_autoptr (AssayOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (self->waiting), i);

      add_waiting_row (self, create_waiting_row (item));
    }
  if (n > MAX_WAITING_ROWS)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *more =
          g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_WAITING_ROWS),
                           n - MAX_WAITING_ROWS);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      add_waiting_row (self, row);
    }
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  AssayTroubleshootingDialog *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  GPtrArray *items;

  if (value == NULL || self->waiting == NULL)
    return NULL;
  items = g_value_get_boxed (value);
  g_list_store_splice (self->waiting, 0, g_list_model_get_n_items (G_LIST_MODEL (self->waiting)),
                       items->pdata, items->len);
  show_waiting (self);
  return NULL;
}

static void
show_drafts (AssayTroubleshootingDialog *self)
{
  const char *reason = assay_session_get_drafts_error (self->session);

  switch (assay_session_get_drafts_state (self->session))
    {
    case ASSAY_DRAFT_DIRTY:
      adw_action_row_set_subtitle (self->drafts_row, _ ("Being saved…"));
      break;
    case ASSAY_DRAFT_FAILED:
      {
        /* Translators: %s is a sentence that says why. */
        g_autofree char *text = g_strdup_printf (_ ("The last changes are not saved. %s"),
                                                 reason != NULL ? reason : "");

        adw_action_row_set_subtitle (self->drafts_row, text);
        break;
      }
    case ASSAY_DRAFT_SAVED:
    default:
      adw_action_row_set_subtitle (self->drafts_row, _ ("All saved"));
      break;
    }
}

static void
refresh (AssayTroubleshootingDialog *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL)
    return;
  dex_future_disown (dex_future_finally (assay_store_get_health (store), health_cb,
                                         g_object_ref (self), g_object_unref));
  dex_future_disown (dex_future_finally (assay_store_list_outbox (store), listed_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
show_session (AssayTroubleshootingDialog *self)
{
  const GError *error = assay_session_get_error (self->session);
  gboolean open = assay_session_get_store (self->session) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->closed_row), error != NULL);
  if (error != NULL)
    adw_action_row_set_subtitle (self->closed_row, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->size_row), open);
  gtk_widget_set_visible (GTK_WIDGET (self->check_row), open);
  gtk_widget_set_visible (GTK_WIDGET (self->backup_row), open);
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_row), open);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_row), open);
  show_drafts (self);
  refresh (self);
}

static void
folder_clicked_cb (AssayTroubleshootingDialog *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (assay_session_get_folder (self->session));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (folder);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                            NULL, NULL);
}

static DexFuture *
checked_cb (DexFuture *future, gpointer user_data)
{
  AssayTroubleshootingDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->waiting == NULL)
    return NULL;
  if (value == NULL)
    tell (self, self->check_row, error->message);
  else if (g_str_equal (g_value_get_string (value), "ok"))
    tell (self, self->check_row, _ ("Checked just now: no damage was found."));
  else
    tell (self, self->check_row, _ ("Damage was found, and the workspace was put together again."));
  set_working (self->check_row, self->check_spinner, self->check_button, NULL);
  refresh (self);
  return NULL;
}

static void
check_clicked_cb (AssayTroubleshootingDialog *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL)
    return;
  self->checked = TRUE;
  set_working (self->check_row, self->check_spinner, self->check_button, _ ("Checking…"));
  dex_future_disown (dex_future_finally (assay_store_check (store), checked_cb, g_object_ref (self),
                                         g_object_unref));
}

static DexFuture *
backed_up_cb (DexFuture *future, gpointer user_data)
{
  AssayTroubleshootingDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->waiting == NULL)
    return NULL;
  if (value == NULL)
    tell (self, self->backup_row, error->message);
  else
    {
      g_autofree char *name = g_path_get_basename (g_value_get_string (value));
      /* Translators: %s is the name of a file. */
      g_autofree char *text = g_strdup_printf (_ ("Backed up just now, and verified: “%s”"), name);

      tell (self, self->backup_row, text);
    }
  set_working (self->backup_row, self->backup_spinner, self->backup_button, NULL);
  refresh (self);
  return NULL;
}

static void
backup_clicked_cb (AssayTroubleshootingDialog *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  if (store == NULL)
    return;
  self->backed_up = TRUE;
  set_working (self->backup_row, self->backup_spinner, self->backup_button, _ ("Backing up…"));
  dex_future_disown (dex_future_finally (assay_store_back_up (store), backed_up_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
rescue_activated_cb (AssayTroubleshootingDialog *self)
{
  if (self->health != NULL && self->health->rescue != NULL)
    adw_dialog_present (assay_rescue_dialog_new (self->health->rescue), GTK_WIDGET (self));
}

static DexFuture *
exported_cb (DexFuture *future, gpointer user_data)
{
  AssayTroubleshootingDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->waiting == NULL)
    return NULL;
  set_working (self->export_row, self->export_spinner, self->export_button, NULL);
  if (value == NULL)
    tell (self, self->export_row, error->message);
  else
    {
      g_autofree char *text = assay_own_work_describe (g_value_get_boxed (value));

      tell (self, self->export_row, text);
    }
  return NULL;
}

void
assay_troubleshooting_dialog_export_to (AssayTroubleshootingDialog *self, GFile *folder)
{
  g_autofree char *unsaved = NULL;

  g_return_if_fail (ASSAY_IS_TROUBLESHOOTING_DIALOG (self));
  g_return_if_fail (G_IS_FILE (folder));

  unsaved = assay_session_dup_unsaved (self->session);
  set_working (self->export_row, self->export_spinner, self->export_button, _ ("Exporting…"));
  dex_future_disown (
      dex_future_finally (assay_own_work_export (assay_session_get_folder (self->session),
                                                 assay_session_get_store (self->session), folder,
                                                 unsaved, self->cancellable),
                          exported_cb, g_object_ref (self), g_object_unref));
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayTroubleshootingDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder != NULL)
    assay_troubleshooting_dialog_export_to (self, folder);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    tell (self, self->export_row, error->message);
}

static void
export_clicked_cb (AssayTroubleshootingDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Export All My Work to a Folder"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 self->cancellable, folder_chosen_cb, g_object_ref (self));
}

static void
report_activated_cb (AssayTroubleshootingDialog *self)
{
  adw_navigation_view_push (self->navigation, assay_report_page_new (self->session, self->health,
                                                                     G_LIST_MODEL (self->waiting)));
}

static void
assay_troubleshooting_dialog_dispose (GObject *object)
{
  AssayTroubleshootingDialog *self = ASSAY_TROUBLESHOOTING_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_TROUBLESHOOTING_DIALOG);
  g_clear_pointer (&self->health, assay_store_health_free);
  g_clear_pointer (&self->waiting_rows, g_ptr_array_unref);
  g_clear_object (&self->waiting);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (assay_troubleshooting_dialog_parent_class)->dispose (object);
}

static void
assay_troubleshooting_dialog_class_init (AssayTroubleshootingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_troubleshooting_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/troubleshooting/assay-troubleshooting-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, closed_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, folder_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, check_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, check_spinner);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, backup_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, backup_spinner);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, backup_button);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, rescue_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, drafts_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, waiting_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, export_row);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, export_spinner);
  gtk_widget_class_bind_template_child (widget_class, AssayTroubleshootingDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, rescue_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, report_activated_cb);
}

static void
assay_troubleshooting_dialog_init (AssayTroubleshootingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->waiting = g_list_store_new (ASSAY_TYPE_OUTBOX_ITEM);
  self->waiting_rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

AdwDialog *
assay_troubleshooting_dialog_new (AssaySession *session)
{
  AssayTroubleshootingDialog *self;
  AssayStore *store;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_TROUBLESHOOTING_DIALOG, NULL);
  self->session = g_object_ref (session);
  adw_action_row_set_subtitle (self->folder_row, assay_session_get_folder (session));
  assay_widget_keep_words (GTK_WIDGET (self->folder_row));
  gtk_widget_set_visible (self->folder_button,
                          g_file_test (assay_session_get_folder (session), G_FILE_TEST_IS_DIR));
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (show_session), self);
  g_signal_connect_swapped (session, "notify::drafts-state", G_CALLBACK (show_drafts), self);
  g_signal_connect_swapped (session, "notify::drafts-error", G_CALLBACK (show_drafts), self);
  store = assay_session_get_store (session);
  if (store != NULL)
    g_signal_connect_object (store, "outbox-changed", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
  show_session (self);
  return ADW_DIALOG (self);
}
