/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-unsaved-dialog.h"

#include <glib/gi18n.h>

static void
show_failure (GtkWidget *parent, const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("The Copy Was Not Saved"), error->message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, parent);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    show_failure (parent, error);
}

typedef struct
{
  AssaySession *session; /* (owned) */
  GtkWidget *parent;     /* (owned) */
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->session);
  g_object_unref (copy->parent);
  g_free (copy);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    {
      /* What was typed while the file was chosen is in it, too. */
      char *lines = assay_session_dup_unsaved (copy->session);
      g_autoptr (GBytes) bytes = g_bytes_new_take (lines, strlen (lines));

      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                           written_cb, g_object_ref (copy->parent));
    }
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    {
      show_failure (copy->parent, error);
    }
  copy_free (copy);
}

static void
save_copy (Copy *copy)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save a Copy of the Unsaved Work"));
  gtk_file_dialog_set_initial_name (dialog, "unsaved.eval.jsonl");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (copy->parent)), NULL, chosen_cb,
                        copy);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "copy"))
    {
      save_copy (copy);
      return;
    }
  if (g_str_equal (response, "room"))
    {
      g_autoptr (GFile) folder = g_file_new_for_path (assay_session_get_folder (copy->session));
      g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (folder);

      gtk_file_launcher_open_containing_folder (launcher,
                                                GTK_WINDOW (gtk_widget_get_root (copy->parent)),
                                                NULL, NULL, NULL);
    }
  copy_free (copy);
}

void
assay_unsaved_dialog_present (AssaySession *session, GtkWidget *parent)
{
  const char *reason;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;
  Copy *copy;

  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  reason = assay_session_get_drafts_error (session);
  body = g_strdup_printf (
      /* Translators: %s is a sentence that says why. */
      _ ("%s\n\nYou can go on writing; saving is tried again and again. A copy in another place is "
         "safe even if the program ends before that."),
      reason != NULL ? reason : "");
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("The Last Changes Are Not Saved"), body));
  adw_alert_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_alert_dialog_add_response (dialog, "room",
                                 assay_session_get_disk_full (session) ? _ ("_Free Space…")
                                                                       : _ ("Open _Folder"));
  adw_alert_dialog_add_response (dialog, "copy", _ ("_Export…"));
  adw_alert_dialog_set_response_appearance (dialog, "copy", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "copy");
  adw_alert_dialog_set_close_response (dialog, "close");

  copy = g_new0 (Copy, 1);
  copy->session = g_object_ref (session);
  copy->parent = g_object_ref (parent);
  adw_alert_dialog_choose (dialog, parent, NULL, answered_cb, copy);
}
