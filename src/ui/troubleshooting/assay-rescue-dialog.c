/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rescue-dialog.h"

#include "assay-widget.h"

struct _AssayRescueDialog
{
  AdwAlertDialog parent_instance;

  /* Template widgets */
  AdwActionRow *kept_row;
  AdwActionRow *lost_row;
  AdwActionRow *doubt_row;
  AdwActionRow *folder_row;

  AssayRescueReport *report; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayRescueDialog, assay_rescue_dialog, ADW_TYPE_ALERT_DIALOG)

static void
show_text (AdwActionRow *row, const char *text)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, text);
}

static void
show_files (AssayRescueDialog *self)
{
  g_autofree char *path =
      g_build_filename (assay_rescue_report_get_folder (self->report), "assay.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher,
                                            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                            NULL, NULL, NULL);
}

static void
assay_rescue_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  AssayRescueDialog *self = ASSAY_RESCUE_DIALOG (dialog);

  if (g_str_equal (response, "files"))
    show_files (self);
  else if (g_str_equal (response, "troubleshooting"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.troubleshooting", NULL);
}

static void
assay_rescue_dialog_dispose (GObject *object)
{
  AssayRescueDialog *self = ASSAY_RESCUE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_RESCUE_DIALOG);
  g_clear_object (&self->report);

  G_OBJECT_CLASS (assay_rescue_dialog_parent_class)->dispose (object);
}

static void
assay_rescue_dialog_class_init (AssayRescueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_rescue_dialog_dispose;
  ADW_ALERT_DIALOG_CLASS (klass)->response = assay_rescue_dialog_response;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/troubleshooting/assay-rescue-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayRescueDialog, kept_row);
  gtk_widget_class_bind_template_child (widget_class, AssayRescueDialog, lost_row);
  gtk_widget_class_bind_template_child (widget_class, AssayRescueDialog, doubt_row);
  gtk_widget_class_bind_template_child (widget_class, AssayRescueDialog, folder_row);
}

static void
assay_rescue_dialog_init (AssayRescueDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
assay_rescue_dialog_new (AssayRescueReport *report)
{
  AssayRescueDialog *self;
  g_autofree char *found = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *doubt = NULL;

  g_return_val_if_fail (ASSAY_IS_RESCUE_REPORT (report), NULL);

  self = g_object_new (ASSAY_TYPE_RESCUE_DIALOG, NULL);
  self->report = g_object_ref (report);
  found = assay_rescue_report_dup_found (report);
  kept = assay_rescue_report_dup_kept (report);
  lost = assay_rescue_report_dup_lost (report);
  doubt = assay_rescue_report_dup_doubt (report);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), found);
  show_text (self->kept_row, kept);
  show_text (self->lost_row, lost);
  show_text (self->doubt_row, doubt != NULL ? doubt : "");
  gtk_widget_set_visible (GTK_WIDGET (self->doubt_row), doubt != NULL);
  show_text (self->folder_row, assay_rescue_report_get_folder (report));
  assay_widget_keep_words (GTK_WIDGET (self->folder_row));
  return ADW_DIALOG (self);
}
