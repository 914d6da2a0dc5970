/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-file-opener.h"

#include "assay-import-dialog.h"

struct _AssayFileOpener
{
  GObject parent_instance;

  GtkWindow *window;     /* (nullable): weak pointer */
  AssaySession *session; /* (owned) */
  GPtrArray *files;      /* (owned): GFile, to be imported once the workspace is open */
};

G_DEFINE_FINAL_TYPE (AssayFileOpener, assay_file_opener, G_TYPE_OBJECT)

enum
{
  IMPORTED,
  FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
imported_cb (AssayFileOpener *self, gint64 project)
{
  g_signal_emit (self, signals[IMPORTED], 0, project);
}

static void
import_waiting (AssayFileOpener *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  g_autoptr (GPtrArray) files = NULL;
  AdwDialog *dialog;

  if (store == NULL || self->files->len == 0 || self->window == NULL)
    return;
  files = g_steal_pointer (&self->files);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  dialog = assay_import_dialog_new (store, files);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayFileOpener) self = user_data;
  g_autoptr (GListModel) chosen = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  chosen = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);
  if (chosen == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
          && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  assay_file_opener_open (self, files);
}

static gboolean
dropped_cb (AssayFileOpener *self, const GValue *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  if (files->len == 0)
    return FALSE;
  assay_file_opener_open (self, files);
  return TRUE;
}

static void
assay_file_opener_dispose (GObject *object)
{
  AssayFileOpener *self = ASSAY_FILE_OPENER (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  g_clear_pointer (&self->files, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_file_opener_parent_class)->dispose (object);
}

static void
assay_file_opener_class_init (AssayFileOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_file_opener_dispose;

  signals[IMPORTED] = g_signal_new ("imported", ASSAY_TYPE_FILE_OPENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", ASSAY_TYPE_FILE_OPENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
assay_file_opener_init (AssayFileOpener *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
}

AssayFileOpener *
assay_file_opener_new (GtkWindow *window, AssaySession *session)
{
  GtkDropTarget *drop;
  AssayFileOpener *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_FILE_OPENER, NULL);
  g_set_weak_pointer (&self->window, window);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (import_waiting), self,
                           G_CONNECT_SWAPPED);
  drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (drop, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (drop));
  return self;
}

void
assay_file_opener_choose (AssayFileOpener *self)
{
  static const char *const suffixes[] = { "json", "jsonl",   "ndjson",   "csv",
                                          "tsv",  "json.gz", "jsonl.gz", NULL };
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tasks = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  g_return_if_fail (ASSAY_IS_FILE_OPENER (self));

  gtk_file_filter_set_name (tasks, _ ("Task Files"));
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (tasks, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tasks);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Open Task Files"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, self->window, NULL, chosen_cb, g_object_ref (self));
}

void
assay_file_opener_open (AssayFileOpener *self, GPtrArray *files)
{
  g_return_if_fail (ASSAY_IS_FILE_OPENER (self));
  g_return_if_fail (files != NULL);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->files, g_object_ref (g_ptr_array_index (files, i)));
  import_waiting (self);
}
