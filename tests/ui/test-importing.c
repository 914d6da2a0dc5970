/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import sheet over a real store: what a person sees of good files and bad ones. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <libdex.h>

#include "assay-import-dialog.h"
#include "assay-store.h"
#include "assay-task-sequence.h"
#include "widget-fixture.h"

typedef struct
{
  char *folder;
  AssayStore *store;
  GtkWindow *window;
  AdwDialog *dialog;
  gint64 imported;
} Fixture;

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

static GtkWidget *
find (Fixture *fixture, GType type, const char *label)
{
  return widget_fixture_find (GTK_WIDGET (fixture->dialog), type, label != NULL ? "label" : NULL,
                              label);
}

static void
imported_cb (Fixture *fixture, gint64 project)
{
  fixture->imported = project;
}

static void
open_dialog_full (Fixture *fixture, const char *content, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->folder, "answers.jsonl", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  g_ptr_array_add (files, g_file_new_for_path (path));
  fixture->dialog = assay_import_dialog_new (fixture->store, files);
  g_signal_connect_swapped (fixture->dialog, "imported", G_CALLBACK (imported_cb), fixture);
  adw_dialog_present (fixture->dialog, GTK_WIDGET (fixture->window));
}

static void
open_dialog (Fixture *fixture, const char *content)
{
  open_dialog_full (fixture, content, -1);
}

static const char *
get_page (Fixture *fixture)
{
  GtkWidget *stack = find (fixture, GTK_TYPE_STACK, NULL);

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
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  await (assay_store_close (fixture->store));
  g_object_unref (fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
test_good_and_bad (Fixture *fixture, gconstpointer data)
{
  GtkWidget *import;

  open_dialog (fixture,
               "{\"prompt\":\"<span size='x'>Which</span> & why?\",\"response_a\":\"One <i>x</i>\","
               "\"response_b\":\"Two\"}\n"
               "{\"prompt\":\"Second\",\"response_a\":\"Eins\",\"response_b\":\"Zwei\"}\n"
               "{broken\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "review");
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  g_assert_nonnull (import);
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  /* Text from a file is never markup. */
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "<span size='x'>Which</span> & why?"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "One x"));

  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_cmpint (fixture->imported, >, 0);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "2 tasks imported"));
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
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  combo = find (fixture, ADW_TYPE_COMBO_ROW, NULL);
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

/* The preview reads as the task will. */
static void
test_preview (Fixture *fixture, gconstpointer data)
{
  open_dialog (
      fixture,
      "{\"prompt\":\"# Why *two*?\",\"response_a\":\"First **bold**.\\n\\n- one\\n- `two`\","
      "\"response_b\":\"1\\n\\n2\\n\\n3\\n\\n4\\n\\n5\"}\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  WAIT_UNTIL (find (fixture, GTK_TYPE_LABEL, "Why two?") != NULL);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "First bold.\n\n• one\n• two"));
  /* Where there is more, that is shown. */
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "1\n\n2\n\n3\n\n4 …"));
  adw_dialog_force_close (fixture->dialog);
}

/* A record's own rubric is what the files suggest; another form that is chosen counts. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (import_with_form (fixture, 0), ==, "record-rubric");
  g_assert_cmpstr (import_with_form (fixture, 2), !=, "record-rubric");
}

static guint
find_longest_label (GtkWidget *widget, gboolean *hidden)
{
  guint longest = 0;

  if (GTK_IS_LABEL (widget))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));

      *hidden = *hidden || strstr (text, "\u202E") != NULL;
      longest = (guint) g_utf8_strlen (text, -1);
      if (longest > 400 && gtk_label_get_wrap (GTK_LABEL (widget)))
        g_assert_cmpint (gtk_label_get_wrap_mode (GTK_LABEL (widget)), ==, PANGO_WRAP_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      guint below = find_longest_label (child, hidden);

      longest = MAX (longest, below);
    }
  return longest;
}

/* Whatever the files say, what is shown of it is short, and hides nothing. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (5000, 'x');
  g_autofree char *content = g_strdup_printf (
      "{\"id\":\"a\",\"turns\":[{\"role\":\"\u202E%s\",\"content\":\"\u202E%s\"}],"
      "\"responses\":[{\"id\":\"1\",\"content\":\"\u202E%s\"},{\"id\":\"2\",\"content\":\"b\"}]}\n"
      "{\"id\":\"b\",\"prompt\":\"p\","
      "\"responses\":[{\"id\":\"\u202E%s\",\"content\":\"a\"},{\"id\":\"\u202E%s\",\"content\":\"b\"}]}\n",
      endless, endless, endless, endless + 1500, endless + 1500);
  GtkWidget *import;
  gboolean hidden = FALSE;

  open_dialog (fixture, content);
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "review");
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  g_assert_cmpuint (find_longest_label (GTK_WIDGET (fixture->dialog), &hidden), <, 610);
  g_assert_false (hidden);
  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_cmpuint (find_longest_label (GTK_WIDGET (fixture->dialog), &hidden), <, 610);
  g_assert_false (hidden);
  adw_dialog_force_close (fixture->dialog);
}

/* What is no text is said to be none, and its bytes can be looked at. */
static void
test_no_text (Fixture *fixture, gconstpointer data)
{
  static const char picture[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
  GtkWidget *import;

  open_dialog_full (fixture, picture, sizeof (picture) - 1);
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "failed");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL,
                          "00000000  89 50 4e 47 0d 0a 1a 0a  ·PNG····\n"
                          "00000008  00 00 00 0d 49 48 44 52  ····IHDR"));
  adw_dialog_force_close (fixture->dialog);

  open_dialog (fixture, "{\"prompt\":\"Which?\",\"response_a\":\"One\",\"response_b\":\"Two\"}\n"
                        "{\"prompt\":\"b\xFFg\",\"response_a\":\"One\",\"response_b\":\"Two\"}\n");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL,
                          "00000000  7b 22 70 72 6f 6d 70 74  {\"prompt\n"
                          "00000008  22 3a 22 62 ff 67 22 2c  \":\"b·g\",\n"
                          "00000010  22 72 65 73 70 6f 6e 73  \"respons\n"
                          "00000018  65 5f 61 22 3a 22 4f 6e  e_a\":\"On\n"
                          "00000020  65 22 2c 22 72 65 73 70  e\",\"resp\n"
                          "00000028  6f 6e 73 65 5f 62 22 3a  onse_b\":\n"
                          "00000030  22 54 77 6f 22 7d        \"Two\"}"));
  adw_dialog_force_close (fixture->dialog);
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

/* The combo row with this title. */
static AdwComboRow *
find_row (GtkWidget *widget, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found;

      if (ADW_IS_COMBO_ROW (child)
          && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
        return ADW_COMBO_ROW (child);
      found = find_row (child, title);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Chooses the entry that begins with @start, as a person finds it in the list. */
static void
choose (Fixture *fixture, const char *title, const char *start)
{
  AdwComboRow *row = find_row (GTK_WIDGET (fixture->dialog), title);
  GListModel *model;

  g_assert_nonnull (row);
  model = adw_combo_row_get_model (row);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_has_prefix (gtk_string_object_get_string (item), start))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("“%s” offers nothing that begins with “%s”", title, start);
}

static gboolean
shows_label (Fixture *fixture, const char *text)
{
  return find (fixture, GTK_TYPE_LABEL, text) != NULL;
}

static void
wait_for_review (Fixture *fixture)
{
  GtkWidget *import;

  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "looking") != 0);
  g_assert_cmpstr (get_page (fixture), ==, "review");
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
}

/* Each place can be picked; the last row for responses is always free, and what is set to none
 * goes. The preview that was asked for last is the one that is shown. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "{\"prompt\":\"P\",\"response\":\"R\",\"more\":\"M\",\"other\":\"O\"}\n");
  wait_for_review (fixture);
  g_assert_true (shows_label (fixture, "R"));
  g_assert_null (find_row (GTK_WIDGET (fixture->dialog), "Response 3"));
  choose (fixture, "Response 2", "more");
  choose (fixture, "Response 3", "other");
  choose (fixture, "Response 1", "None");
  WAIT_UNTIL (shows_label (fixture, "M") && shows_label (fixture, "O")
              && !shows_label (fixture, "R"));
  g_assert_nonnull (find_row (GTK_WIDGET (fixture->dialog), "Response 4"));
  choose (fixture, "Prompt", "response");
  WAIT_UNTIL (shows_label (fixture, "R"));
  /* Nothing belongs together in a single file. */
  g_assert_null (
      find_row (GTK_WIDGET (fixture->dialog), "Records of several files belong together"));
  adw_dialog_force_close (fixture->dialog);
}

/* Without a name or without tasks there is nothing to import. */
static void
test_confirm (Fixture *fixture, gconstpointer data)
{
  GtkWidget *import;
  GtkWidget *name;

  open_dialog (fixture, "{\"prompt\":\"P\",\"response\":\"R\"}\n");
  wait_for_review (fixture);
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  name = find (fixture, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (name), "");
  g_assert_false (gtk_widget_get_sensitive (import));
  gtk_editable_set_text (GTK_EDITABLE (name), "Mine");
  g_assert_true (gtk_widget_get_sensitive (import));
  choose (fixture, "Prompt", "None");
  choose (fixture, "Response 1", "None");
  WAIT_UNTIL (!gtk_widget_get_sensitive (import));
  gtk_editable_set_text (GTK_EDITABLE (name), "Other");
  g_assert_false (gtk_widget_get_sensitive (import));
  choose (fixture, "Prompt", "prompt");
  choose (fixture, "Response 1", "response");
  WAIT_UNTIL (gtk_widget_get_sensitive (import));
  adw_dialog_force_close (fixture->dialog);
}

/* What was corrected is known the next time. */
static void
test_recalled (Fixture *fixture, gconstpointer data)
{
  static const char records[] =
      "{\"prompt\":\"P\",\"response_a\":\"A\",\"response_b\":\"B\",\"note\":\"N\"}\n";
  AdwComboRow *form;
  GtkWidget *import;
  g_autofree char *chosen = NULL;

  open_dialog (fixture, records);
  wait_for_review (fixture);
  choose (fixture, "_Form", "Ranking");
  choose (fixture, "System prompt", "note");
  WAIT_UNTIL (shows_label (fixture, "N"));
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  g_signal_emit_by_name (import, "clicked");
  WAIT_UNTIL (fixture->imported > 0);

  open_dialog (fixture, records);
  wait_for_review (fixture);
  WAIT_UNTIL (shows_label (fixture, "N"));
  form = find_row (GTK_WIDGET (fixture->dialog), "_Form");
  g_object_get (adw_combo_row_get_selected_item (form), "string", &chosen, NULL);
  g_assert_cmpstr (chosen, ==, "Ranking (as last time)");
  adw_dialog_force_close (fixture->dialog);
}

/* What is stopped halfway says what there is and how to go on; and going on makes nothing double.
 */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) records = g_string_new (NULL);
  GtkWidget *import;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (records,
                            "{\"id\":\"t%u\",\"prompt\":\"P%u\",\"response_a\":\"A\","
                            "\"response_b\":\"B\"}\n",
                            i, i);
  open_dialog (fixture, records->str);
  wait_for_review (fixture);
  import = find (fixture, GTK_TYPE_BUTTON, "_Import");
  g_signal_emit_by_name (import, "clicked");
  g_assert_cmpstr (get_page (fixture), ==, "importing");
  /* As Esc does: the sheet stays to say how far it came. */
  g_assert_false (adw_dialog_close (fixture->dialog));
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_true (shows_label (fixture, "To go on, import the same files again under the same name. "
                                       "The tasks that are here stay, with their judgements."));
  adw_dialog_force_close (fixture->dialog);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) rows = NULL;
      AssayTaskQuery query = { 0 };
      DexFuture *future;

      fixture->imported = 0;
      open_dialog (fixture, records->str);
      wait_for_review (fixture);
      import = find (fixture, GTK_TYPE_BUTTON, "_Import");
      g_signal_emit_by_name (import, "clicked");
      WAIT_UNTIL (fixture->imported > 0);
      query.project = fixture->imported;
      future = assay_store_query_tasks (fixture->store, &query);
      WAIT_UNTIL (dex_future_get_status (future) != DEX_FUTURE_STATUS_PENDING);
      rows = g_array_ref (g_value_get_boxed (dex_future_get_value (future, NULL)));
      dex_unref (future);
      g_assert_cmpuint (rows->len, ==, 20000);
    }
}

static void
import_one (Fixture *fixture, const char *record)
{
  fixture->imported = 0;
  open_dialog (fixture, record);
  wait_for_review (fixture);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "_Import"), "clicked");
  WAIT_UNTIL (fixture->imported > 0);
}

/* What came along is told before the sheet closes. */
static void
test_judgements (Fixture *fixture, gconstpointer data)
{
  open_dialog (
      fixture,
      "{\"format\":\"eval-judgements\",\"version\":1}\n"
      "{\"type\":\"task\",\"id\":\"1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"r1\","
      "\"content\":\"R\"}]}\n"
      "{\"type\":\"judgement\",\"id\":\"j\",\"task_id\":\"1\",\"outcome\":\"skipped\",\"times\":"
      "{\"submitted\":5}}\n");
  wait_for_review (fixture);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "_Import"), "clicked");
  WAIT_UNTIL (g_strcmp0 (get_page (fixture), "done") == 0);
  g_assert_cmpint (fixture->imported, >, 0);
  g_assert_true (shows_label (fixture, "1 task imported"));
  g_assert_true (shows_label (fixture, "1 judgement came with its task. It counts as submitted and "
                                       "is not sent from here."));
}

static void
grown_cb (guint *n_times)
{
  *n_times += 1;
}

/* Who opened the first task before the others were there goes through them as well. */
static void
test_sequence_grows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AssayTaskList) list = NULL;
  g_autoptr (AssayTaskSequence) sequence = NULL;
  guint n_times = 0;

  import_one (fixture, "{\"id\":\"1\",\"prompt\":\"P\",\"response\":\"R\"}\n");
  list = assay_task_list_new (fixture->store);
  WAIT_UNTIL (!assay_task_list_get_loading (list));
  sequence = assay_task_sequence_new (list, assay_task_list_get_row_id (list, 0));
  g_signal_connect_swapped (sequence, "grown", G_CALLBACK (grown_cb), &n_times);
  g_assert_cmpuint (assay_task_sequence_get_n_tasks (sequence), ==, 1);
  import_one (fixture, "{\"id\":\"2\",\"prompt\":\"P\",\"response\":\"R\"}\n");
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2);
  g_assert_cmpuint (assay_task_sequence_get_n_tasks (sequence), ==, 2);
  g_assert_cmpuint (assay_task_sequence_get_position (sequence), ==, 0);
  g_assert_cmpuint (n_times, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add ("/importing/good-and-bad", Fixture, NULL, set_up, test_good_and_bad, tear_down);
  g_test_add ("/importing/preview", Fixture, NULL, set_up, test_preview, tear_down);
  g_test_add ("/importing/form", Fixture, NULL, set_up, test_form, tear_down);
  g_test_add ("/importing/places", Fixture, NULL, set_up, test_places, tear_down);
  g_test_add ("/importing/confirm", Fixture, NULL, set_up, test_confirm, tear_down);
  g_test_add ("/importing/recalled", Fixture, NULL, set_up, test_recalled, tear_down);
  g_test_add ("/importing/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/importing/judgements", Fixture, NULL, set_up, test_judgements, tear_down);
  g_test_add ("/importing/sequence-grows", Fixture, NULL, set_up, test_sequence_grows, tear_down);
  g_test_add ("/importing/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/importing/no-text", Fixture, NULL, set_up, test_no_text, tear_down);
  g_test_add ("/importing/no-tasks", Fixture, NULL, set_up, test_no_tasks, tear_down);

  return g_test_run ();
}
