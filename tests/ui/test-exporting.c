/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The export sheet over a real store: what it offers, what it says afterwards, and what is left
 * where it was stopped. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "assay-export-dialog.h"
#include "assay-exporter.h"
#include "store-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  TestStore *test;
  GtkWindow *window;
  AssayExportDialog *dialog;
  GFile *file;
} Fixture;

static gboolean
shows_row (Fixture *fixture, const char *title)
{
  GtkWidget *row =
      widget_fixture_find (GTK_WIDGET (fixture->dialog), ADW_TYPE_PREFERENCES_ROW, "title", title);

  return row != NULL && gtk_widget_get_visible (row);
}

static gboolean
shows_label (Fixture *fixture, const char *text)
{
  GtkWidget *label =
      widget_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "label", text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static const char *
get_page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (widget_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_STACK, NULL, NULL)));
}

static void
choose_format (Fixture *fixture, const char *id)
{
  AdwComboRow *row = ADW_COMBO_ROW (
      widget_fixture_find (GTK_WIDGET (fixture->dialog), ADW_TYPE_COMBO_ROW, "title", "_Format"));

  for (guint i = 0; i < assay_export_format_get_n (); i++)
    if (g_str_equal (assay_export_format_get (i)->id, id))
      adw_combo_row_set_selected (row, i);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;

  fixture->test = test_store_new ();
  test_store_add_many (fixture->test, 3);
  item = test_store_submit (fixture->test, test_store_first_row (fixture->test), "Better.", 0);
  path = test_folder_file (fixture->test->folder, "out.jsonl");
  fixture->file = g_file_new_for_path (path);
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_set_default_size (fixture->window, 1000, 800);
  gtk_window_present (fixture->window);
  fixture->dialog =
      ASSAY_EXPORT_DIALOG (assay_export_dialog_new (fixture->test->store, fixture->test->project));
  adw_dialog_present (ADW_DIALOG (fixture->dialog), GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  test_drain ();
  g_object_unref (fixture->file);
  test_store_free (fixture->test);
}

/* Only what changes the file is asked. */
static void
test_choices (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *format;
    gboolean ties;
    gboolean strength;
    gboolean good;
  } cases[] = {
    { "assay", FALSE, FALSE, FALSE },
    { "trl-explicit", TRUE, TRUE, FALSE },
    { "trl-unpaired", FALSE, TRUE, TRUE },
    { "csv", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choose_format (fixture, cases[i].format);
      g_assert_true (shows_row (fixture, "Include _Drafts"));
      g_assert_cmpint (shows_row (fixture, "Write _Ties in Both Orders"), ==, cases[i].ties);
      g_assert_cmpint (shows_row (fixture, "Pairs from a _Ranking"), ==, cases[i].ties);
      g_assert_cmpint (shows_row (fixture, "_Least Strength"), ==, cases[i].strength);
      g_assert_cmpint (shows_row (fixture, "Good _From"), ==, cases[i].good);
    }
}

/* What was written, and where. */
static void
test_written (Fixture *fixture, gconstpointer data)
{
  assay_export_dialog_write (fixture->dialog, fixture->file);
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_true (g_file_query_exists (fixture->file, NULL));
  g_assert_true (shows_row (fixture, "out.jsonl"));
  WAIT_UNTIL (shows_label (fixture, "4 rows written"));
  g_assert_false (
      shows_label (fixture, "No task of the project has a judgement that fits this format."));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  choose_format (fixture, "trl-explicit");
  assay_export_dialog_write (fixture->dialog, fixture->file);
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  WAIT_UNTIL (
      shows_label (fixture, "No task of the project has a judgement that fits this format."));
}

/* The sentence names the file, and another can be chosen at once. */
static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = test_folder_file (fixture->test->folder, "none/out.jsonl");
  g_autoptr (GFile) nowhere = g_file_new_for_path (path);
  GtkWidget *status;
  const char *description;

  assay_export_dialog_write (fixture->dialog, nowhere);
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "failed") == 0);
  status = widget_fixture_find (GTK_WIDGET (fixture->dialog), ADW_TYPE_STATUS_PAGE, "title",
                                "Nothing Was Exported");
  description = adw_status_page_get_description (ADW_STATUS_PAGE (status));
  g_assert_nonnull (strstr (description, path));
  g_assert_nonnull (strstr (description, g_strerror (ENOENT)));
  g_assert_nonnull (widget_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_BUTTON, "label",
                                         "_Choose Another File…"));
  g_assert_nonnull (
      widget_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_BUTTON, "label", "_Close"));
  assay_export_dialog_write (fixture->dialog, fixture->file);
  g_assert_nonnull (
      widget_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_BUTTON, "label", "_Cancel"));
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
}

static void
finalized_cb (gpointer user_data, GObject *gone)
{
  *(gboolean *) user_data = TRUE;
}

/* Closing the sheet stops the export: the older file stays. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  gboolean finalized = FALSE;

  g_assert_true (g_file_replace_contents (fixture->file, "older", 5, NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  assay_export_dialog_write (fixture->dialog, fixture->file);
  g_object_weak_ref (G_OBJECT (fixture->dialog), finalized_cb, &finalized);
  adw_dialog_close (ADW_DIALOG (fixture->dialog));
  WAIT_UNTIL (finalized);
  g_assert_true (g_file_load_contents (fixture->file, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add ("/exporting/choices", Fixture, NULL, set_up, test_choices, tear_down);
  g_test_add ("/exporting/written", Fixture, NULL, set_up, test_written, tear_down);
  g_test_add ("/exporting/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/exporting/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/exporting/closed", Fixture, NULL, set_up, test_closed, tear_down);
  return g_test_run ();
}
