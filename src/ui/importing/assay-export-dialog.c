/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-export-dialog.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-exporter.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"
#include "assay-workspace.h"

struct _AssayExportDialog
{
  AdwDialog parent_instance;

  /* Template widgets. */
  GtkButton *cancel;
  GtkButton *confirm;
  GtkStack *stack;
  AdwActionRow *project_row;
  AdwComboRow *format;
  AdwPreferencesGroup *options;
  AdwSwitchRow *drafts;
  AdwSwitchRow *ties;
  AdwSpinRow *strength;
  AdwComboRow *rank_pairs;
  AdwSwitchRow *extra_columns;
  AdwSpinRow *good_share;
  AdwStatusPage *failure;
  GtkWidget *retry;
  GtkLabel *result;
  GtkWidget *nothing;
  AdwActionRow *written_row;
  GtkWidget *losses;
  GtkListBox *report;

  AssayStore *store;         /* (owned) */
  AssayProject *project;     /* (owned) */
  AssayExporter *exporter;   /* (owned) (nullable) */
  GFile *written;            /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayExportDialog, assay_export_dialog, ADW_TYPE_DIALOG)

static const AssayExportFormat *
get_format (AssayExportDialog *self)
{
  return assay_export_format_get (adw_combo_row_get_selected (self->format));
}

static void
show_page (AssayExportDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  /* What came of it may be a line. */
  if (g_str_equal (name, "done"))
    adw_dialog_set_content_height (ADW_DIALOG (self), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm), g_str_equal (name, "options"));
  gtk_button_set_label (self->cancel, g_str_equal (name, "done") || g_str_equal (name, "failed")
                                          ? _ ("_Close")
                                          : _ ("_Cancel"));
  /* What had the focus is not there any more. */
  if (!g_str_equal (name, "options"))
    gtk_widget_grab_focus (g_str_equal (name, "failed") ? self->retry : GTK_WIDGET (self->cancel));
}

static void
show_written (AssayExportDialog *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->written);
  g_autofree char *name = g_file_get_basename (self->written);
  g_autofree char *readable = g_filename_display_name (name);
  g_autofree char *shown = assay_visible_line (readable, ASSAY_LIMIT_LABEL_CHARACTERS);
  g_autofree char *place = folder != NULL ? g_file_get_parse_name (folder) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->written_row), shown);
  adw_action_row_set_subtitle (self->written_row, place != NULL ? place : "");
  assay_widget_keep_words (GTK_WIDGET (self->written_row));
}

static void
show_result (AssayExportDialog *self)
{
  g_auto (GStrv) report = assay_exporter_dup_report (self->exporter);
  guint n = (guint) MIN (assay_exporter_get_n_rows (self->exporter), G_MAXUINT);
  g_autofree char *text = g_strdup_printf (ngettext ("%u row written", "%u rows written", n), n);

  gtk_label_set_text (self->result, text);
  gtk_widget_set_visible (self->nothing, n == 0);
  show_written (self);
  gtk_list_box_remove_all (self->report);
  for (gsize i = 0; report != NULL && report[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), report[i]);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      assay_widget_keep_words (row);
      gtk_list_box_append (self->report, row);
    }
  gtk_widget_set_visible (self->losses, report != NULL && report[0] != NULL);
  show_page (self, "done");
  assay_announce (GTK_WIDGET (self), text);
}

static DexFuture *
exported_cb (DexFuture *future, gpointer user_data)
{
  AssayExportDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  /* Whoever closed the sheet wants no answer. */
  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return dex_future_new_true ();
  if (dex_future_get_value (future, &error) != NULL)
    show_result (self);
  else
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      /* The description of a status page is markup. */
      adw_status_page_set_description (self->failure, text);
      show_page (self, "failed");
      assay_announce (GTK_WIDGET (self), error->message);
    }
  return dex_future_new_true ();
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayExportDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    assay_export_dialog_write (self, file);
}

static void
export_cb (AssayExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *title = g_strdup (assay_project_get_title (self->project));
  g_autofree char *name = NULL;

  /* A title may be anything; a file name may not. */
  g_strdelimit (title, "/\\:*?\"<>|\n\r\t", '-');
  name = g_strconcat (title, get_format (self)->suffix, NULL);
  gtk_file_dialog_set_title (dialog, _ ("Export Judgements"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        self->cancellable, chosen_cb, g_object_ref (self));
}

static void
show_file_cb (AssayExportDialog *self)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (self->written);

  gtk_file_launcher_open_containing_folder (launcher,
                                            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                            NULL, NULL, NULL);
}

static void
cancel_cb (AssayExportDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
format_changed_cb (AssayExportDialog *self)
{
  const AssayExportFormat *format;
  g_autofree char *description = NULL;
  const struct
  {
    GtkWidget *row;
    AssayExportChoices choice;
  } rows[] = {
    { GTK_WIDGET (self->ties), ASSAY_EXPORT_CHOICE_TIES },
    { GTK_WIDGET (self->strength), ASSAY_EXPORT_CHOICE_STRENGTH },
    { GTK_WIDGET (self->rank_pairs), ASSAY_EXPORT_CHOICE_RANK_PAIRS },
    { GTK_WIDGET (self->extra_columns), ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS },
    { GTK_WIDGET (self->good_share), ASSAY_EXPORT_CHOICE_GOOD_SHARE },
  };

  if (adw_combo_row_get_selected (self->format) == GTK_INVALID_LIST_POSITION)
    return;
  format = get_format (self);
  /* The description of a group is markup. */
  description = g_markup_escape_text (assay_export_format_get_description (format), -1);
  adw_preferences_group_set_description (self->options, description);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i].row, (format->choices & rows[i].choice) != 0);
}

/* Also by Escape: what is half written leaves nothing behind. */
static void
assay_export_dialog_closed (AdwDialog *dialog)
{
  AssayExportDialog *self = ASSAY_EXPORT_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
}

static void
assay_export_dialog_dispose (GObject *object)
{
  AssayExportDialog *self = ASSAY_EXPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->exporter);
  g_clear_object (&self->written);
  g_clear_object (&self->project);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (assay_export_dialog_parent_class)->dispose (object);
}

static void
assay_export_dialog_class_init (AssayExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_export_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = assay_export_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/importing/assay-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, project_row);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, drafts);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, ties);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, strength);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, rank_pairs);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, extra_columns);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, good_share);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, options);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, retry);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, result);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, nothing);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, written_row);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, losses);
  gtk_widget_class_bind_template_child (widget_class, AssayExportDialog, report);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_file_cb);
}

static void
assay_export_dialog_init (AssayExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    gtk_string_list_append (names, assay_export_format_get_title (assay_export_format_get (i)));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
  assay_widget_keep_words (GTK_WIDGET (self->project_row));
  adw_spin_row_set_value (self->good_share, ASSAY_EXPORT_GOOD_SHARE * 100);
  format_changed_cb (self);
}

AdwDialog *
assay_export_dialog_new (AssayStore *store, AssayProject *project)
{
  AssayExportDialog *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);

  self = g_object_new (ASSAY_TYPE_EXPORT_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->project = g_object_ref (project);
  adw_action_row_set_subtitle (self->project_row, assay_project_get_title (project));
  return ADW_DIALOG (self);
}

void
assay_export_dialog_write (AssayExportDialog *self, GFile *file)
{
  AssayExportOptions options = { 0 };

  g_return_if_fail (ASSAY_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  options.with_drafts = adw_switch_row_get_active (self->drafts);
  options.min_abs_strength = (int) adw_spin_row_get_value (self->strength);
  options.ties_both_orders = adw_switch_row_get_active (self->ties);
  options.rank_pairs = (AssayRankPairs) adw_combo_row_get_selected (self->rank_pairs);
  options.extra_columns = adw_switch_row_get_active (self->extra_columns);
  options.good_share = adw_spin_row_get_value (self->good_share) / 100;

  g_clear_object (&self->exporter);
  g_set_object (&self->written, file);
  self->exporter = assay_exporter_new (get_format (self), file, self->project, &options);
  show_page (self, "working");
  dex_future_disown (
      dex_future_finally (assay_workspace_export (self->store, self->project, self->exporter,
                                                  options.with_drafts, self->cancellable),
                          exported_cb, g_object_ref (self), g_object_unref));
}
