/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import sheet over a real store: what a person sees of good files and bad ones. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <libdex.h>

#include "assay-import-dialog.h"
#include "assay-store.h"

typedef struct
{
  char *folder;
  AssayStore *store;
  GtkWindow *window;
  AdwDialog *dialog;
  gint64 imported;
} Fixture;

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition holds; the test runner ends a test that hangs. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint tick_source = g_timeout_add (20, tick_cb, NULL);                                         \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (tick_source);                                                                 \
  }                                                                                                \
  G_STMT_END

static gpointer
await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;
  gpointer object = NULL;

  WAIT_UNTIL (dex_future_get_status (future) != DEX_FUTURE_STATUS_PENDING);
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  if (G_VALUE_HOLDS_OBJECT (value))
    object = g_value_dup_object (value);
  dex_unref (future);
  return object;
}

/* The first widget below @widget of @type whose property @name is @value. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type))
        {
          g_autofree char *text = NULL;

          if (label == NULL)
            return child;
          g_object_get (child, "label", &text, NULL);
          if (g_strcmp0 (text, label) == 0)
            return child;
        }
      found = find_widget (child, type, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
imported_cb (Fixture *fixture, gint64 project)
{
  fixture->imported = project;
}

static void
open_dialog (Fixture *fixture, const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, "answers.jsonl", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, g_file_new_for_path (path));
  fixture->dialog = assay_import_dialog_new (fixture->store, files);
  g_signal_connect_swapped (fixture->dialog, "imported", G_CALLBACK (imported_cb), fixture);
  adw_dialog_present (fixture->dialog, GTK_WIDGET (fixture->window));
}

static const char *
get_page (Fixture *fixture)
{
  GtkWidget *stack = find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_STACK, NULL);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *profile = NULL;

  fixture->folder = g_dir_make_tmp ("assay-importing-XXXXXX", NULL);
  profile = g_build_filename (fixture->folder, "profile", NULL);
  fixture->store = await (assay_store_open (profile));
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), gtk_label_new (NULL));
  gtk_window_set_default_size (fixture->window, 1000, 800);
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  await (assay_store_close (fixture->store));
  g_object_unref (fixture->store);
  g_free (fixture->folder);
}

static void
test_good_and_bad (Fixture *fixture, gconstpointer data)
{
  GtkWidget *import;

  open_dialog (fixture, "{\"prompt\":\"<b>Which</b> & why?\",\"response_a\":\"One <i>x</i>\","
                        "\"response_b\":\"Two\"}\n"
                        "{\"prompt\":\"Second\",\"response_a\":\"Eins\",\"response_b\":\"Zwei\"}\n"
                        "{broken\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "review");
  import = find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_BUTTON, "_Import");
  g_assert_nonnull (import);
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  /* Text from a file is never markup. */
  g_assert_nonnull (
      find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "<b>Which</b> & why?"));
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "One <i>x</i>"));

  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_cmpint (fixture->imported, >, 0);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "2 tasks imported"));
  adw_dialog_force_close (fixture->dialog);
}

#define RUBRIC                                                                                      \
  "{\"criteria\":\"Is it right?\",\"score1_description\":\"No\",\"score2_description\":\"Hardly\"," \
  "\"score3_description\":\"Half\",\"score4_description\":\"Nearly\",\"score5_description\":\"Yes\"}"

/* The kind of the form of the project's only task. */
static const char *
import_with_form (Fixture *fixture, guint entry)
{
  GtkWidget *import;
  GtkWidget *combo;
  g_autoptr (AssayOpenTask) open = NULL;

  fixture->imported = 0;
  open_dialog (fixture, "{\"prompt\":\"How much is 2 and 2?\",\"response\":\"Four, as always.\","
                        "\"score_rubric\":" RUBRIC "}\n"
                        "{\"prompt\":\"How much is 3 and 3?\",\"response\":\"Six, I believe.\","
                        "\"score_rubric\":" RUBRIC "}\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "review");
  import = find_widget (GTK_WIDGET (fixture->dialog), GTK_TYPE_BUTTON, "_Import");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  combo = find_widget (GTK_WIDGET (fixture->dialog), ADW_TYPE_COMBO_ROW, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), entry);
  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (fixture->imported > 0);
  {
    g_autoptr (GArray) rows = NULL;
    AssayTaskQuery query = { .project = fixture->imported };
    DexFuture *future = assay_store_query_tasks (fixture->store, &query);

    WAIT_UNTIL (dex_future_get_status (future) != DEX_FUTURE_STATUS_PENDING);
    rows = g_array_ref (g_value_get_boxed (dex_future_get_value (future, NULL)));
    dex_unref (future);
    g_assert_cmpuint (rows->len, >, 0);
    open =
        await (assay_store_load_task (fixture->store, g_array_index (rows, gint64, rows->len - 1)));
  }
  return g_intern_string (
      assay_form_get_id (assay_task_get_form (assay_open_task_get_task (open))));
}

/* A record's own rubric is what the files suggest; another form that is chosen counts. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (import_with_form (fixture, 0), ==, "record-rubric");
  g_assert_cmpstr (import_with_form (fixture, 2), !=, "record-rubric");
}

static void
test_no_tasks (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "[1, 2, 3]\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "failed");
  g_assert_cmpint (fixture->imported, ==, 0);
  adw_dialog_force_close (fixture->dialog);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add ("/importing/good-and-bad", Fixture, NULL, set_up, test_good_and_bad, tear_down);
  g_test_add ("/importing/form", Fixture, NULL, set_up, test_form, tear_down);
  g_test_add ("/importing/no-tasks", Fixture, NULL, set_up, test_no_tasks, tear_down);

  return g_test_run ();
}
