/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-context-item.h"
#include "assay-document-text.h"
#include "assay-documents-pane.h"
#include "assay-json.h"
#include "assay-response-column.h"

typedef struct
{
  GtkWidget *window;
  AssayDocumentsPane *pane;
  AssayTask *task;
  AssayPresentation *presentation;
  char *quoted_letter;
  char *quoted_text;
  GPtrArray *read;
} Fixture;

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GPtrArray *
find_all (Fixture *fixture, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (GTK_WIDGET (fixture->pane), type, found);
  return found;
}

static AssayResponseColumn *
get_column (Fixture *fixture, guint place)
{
  g_autoptr (GPtrArray) columns = find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);

  g_assert_cmpuint (place, <, columns->len);
  return g_ptr_array_index (columns, place);
}

static AssayDocumentText *
get_text (Fixture *fixture, guint place)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  collect (GTK_WIDGET (get_column (fixture, place)), ASSAY_TYPE_DOCUMENT_TEXT, texts);
  return g_ptr_array_index (texts, 0);
}

static gboolean
is_visible (Fixture *fixture, guint place)
{
  return gtk_widget_get_visible (GTK_WIDGET (get_column (fixture, place)));
}

/* Which responses are seen: "AC". */
static void
check_visible (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) columns = find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    if (gtk_widget_get_child_visible (g_ptr_array_index (columns, i)) && is_visible (fixture, i))
      g_string_append (letters, assay_response_column_get_letter (g_ptr_array_index (columns, i)));
  g_assert_cmpstr (letters->str, ==, expected);
}

static void
quote_requested_cb (AssayDocumentsPane *pane,
                    const char *letter,
                    const char *text,
                    Fixture *fixture)
{
  g_set_str (&fixture->quoted_letter, letter);
  g_set_str (&fixture->quoted_text, text);
}

static void
read_to_end_cb (AssayDocumentsPane *pane, const char *response, Fixture *fixture)
{
  g_ptr_array_add (fixture->read, g_strdup (response));
}

static AssayTask *
make_task (guint n_responses)
{
  g_autoptr (GString) json =
      g_string_new ("{\"id\": \"t1\", \"kind\": \"rank.n_way\","
                    " \"form\": {\"questions\": []},"
                    " \"system\": \"Be brief.\","
                    " \"prompt\": \"What is **needle** work?\","
                    " \"references\": [{\"id\": \"1\", \"content\": \"A needle.\"}],"
                    " \"responses\": [");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AssayTask *task;

  for (guint i = 0; i < n_responses; i++)
    g_string_append_printf (json,
                            "%s{\"id\": \"r%u\", \"model\": \"secret-model-%u\","
                            " \"content\": \"Answer **number %u** with a needle.\"}",
                            i > 0 ? ", " : "", i, i, i);
  g_string_append (json, "]}");
  node = assay_json_parse (json->str, -1, &error);
  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

static void
show_task (Fixture *fixture, guint n_responses)
{
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  fixture->task = make_task (n_responses);
  fixture->presentation = assay_presentation_new (fixture->task, 3);
  assay_documents_pane_set_task (fixture->pane, fixture->task, fixture->presentation);
}

static void
wait_until_filled (Fixture *fixture)
{
  for (;;)
    {
      g_autoptr (GPtrArray) columns = find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);
      gboolean filled = TRUE;

      for (guint i = 0; i < columns->len; i++)
        if (is_visible (fixture, i))
          filled = filled && assay_document_text_get_filled (get_text (fixture, i));
      if (filled)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
fixture_set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->read = g_ptr_array_new_with_free_func (g_free);
  fixture->window = gtk_window_new ();
  fixture->pane = ASSAY_DOCUMENTS_PANE (assay_documents_pane_new ());
  g_signal_connect (fixture->pane, "quote-requested", G_CALLBACK (quote_requested_cb), fixture);
  g_signal_connect (fixture->pane, "read-to-end", G_CALLBACK (read_to_end_cb), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  g_clear_pointer (&fixture->quoted_letter, g_free);
  g_clear_pointer (&fixture->quoted_text, g_free);
  g_clear_pointer (&fixture->read, g_ptr_array_unref);
}

static void
test_order (Fixture *fixture, gconstpointer user_data)
{
  static const char *const labels[] = { "Response A", "Response B", "Response C" };

  show_task (fixture, 3);
  wait_until_filled (fixture);
  check_visible (fixture, "ABC");
  for (guint i = 0; i < 3; i++)
    {
      AssayResponseColumn *column = get_column (fixture, i);
      AssayDocument *document =
          assay_document_view_get_document (assay_response_column_get_view (column));

      g_assert_cmpstr (assay_document_get_key (document), ==,
                       assay_presentation_get_response (fixture->presentation, i));
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_ROLE_GROUP);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           labels[i]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_text (fixture, i)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, labels[i]);
    }
}

/* Whatever is shown, said or popped up: never who wrote it. */
static void
test_blind (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) widgets = NULL;

  show_task (fixture, 3);
  wait_until_filled (fixture);
  widgets = find_all (fixture, GTK_TYPE_WIDGET);
  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);
      const char *tooltip = gtk_widget_get_tooltip_text (widget);

      g_assert_true (tooltip == NULL || strstr (tooltip, "secret") == NULL);
      if (GTK_IS_LABEL (widget))
        g_assert_null (strstr (gtk_label_get_text (GTK_LABEL (widget)), "secret"));
      if (GTK_IS_TEXT_VIEW (widget))
        {
          g_autofree char *text = NULL;

          g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "text", &text, NULL);
          g_assert_null (strstr (text, "secret"));
        }
    }
}

static void
test_filling_order (Fixture *fixture, gconstpointer user_data)
{
  show_task (fixture, 2);
  g_assert_nonnull (
      assay_document_view_get_document (assay_response_column_get_view (get_column (fixture, 0))));
  /* The second waits until the first can be seen. */
  g_assert_null (
      assay_document_view_get_document (assay_response_column_get_view (get_column (fixture, 1))));
  wait_until_filled (fixture);
  g_assert_nonnull (
      assay_document_view_get_document (assay_response_column_get_view (get_column (fixture, 1))));
}

static void
test_layouts (Fixture *fixture, gconstpointer user_data)
{
  show_task (fixture, 4);
  check_visible (fixture, "ABCD");
  assay_documents_pane_set_view_mode (fixture->pane, ASSAY_VIEW_MODE_ONE_AT_A_TIME);
  check_visible (fixture, "A");
  g_assert_true (assay_documents_pane_focus_response (fixture->pane, 2));
  check_visible (fixture, "C");
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 2);
  g_assert_false (assay_documents_pane_focus_response (fixture->pane, 4));
  check_visible (fixture, "C");
  assay_documents_pane_set_view_mode (fixture->pane, ASSAY_VIEW_MODE_SIDE_BY_SIDE);
  check_visible (fixture, "ABCD");
}

static void
test_many (Fixture *fixture, gconstpointer user_data)
{
  show_task (fixture, 7);
  check_visible (fixture, "AB");
  assay_documents_pane_focus_response (fixture->pane, 4);
  check_visible (fixture, "AE");
  assay_documents_pane_focus_response (fixture->pane, 0);
  check_visible (fixture, "AE");
  g_signal_emit_by_name (get_column (fixture, 4), "pin-requested");
  check_visible (fixture, "AE");
  assay_documents_pane_focus_response (fixture->pane, 6);
  check_visible (fixture, "EG");
  wait_until_filled (fixture);
}

static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;

  show_task (fixture, 2);
  items = find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  assay_documents_pane_set_narrow (fixture->pane, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gtk_widget_get_mapped (g_ptr_array_index (items, 0)));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_column (fixture, 0))));
  assay_documents_pane_focus_response (fixture->pane, 1);
  while (!gtk_widget_get_mapped (GTK_WIDGET (get_column (fixture, 1))))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_mapped (g_ptr_array_index (items, 0)));
  check_visible (fixture, "B");
  g_assert_true (assay_documents_pane_focus_prompt (fixture->pane));
  while (!gtk_widget_get_mapped (g_ptr_array_index (items, 0)))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_context (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;
  AssayContextItem *reference;

  show_task (fixture, 2);
  items = find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpstr (assay_context_item_get_title (g_ptr_array_index (items, 0)), ==,
                   "System Prompt");
  g_assert_cmpstr (assay_context_item_get_title (g_ptr_array_index (items, 1)), ==, "Prompt");
  g_assert_true (assay_context_item_get_expanded (g_ptr_array_index (items, 1)));
  reference = g_ptr_array_index (items, 2);
  g_assert_cmpstr (assay_context_item_get_title (reference), ==, "Reference Answer");
  g_assert_false (assay_context_item_get_expanded (reference));
  /* What is folded costs nothing. */
  g_assert_null (assay_document_view_get_document (assay_context_item_get_view (reference)));
  assay_context_item_set_expanded (reference, TRUE);
  g_assert_nonnull (assay_document_view_get_document (assay_context_item_get_view (reference)));
}

static void
select_all (AssayDocumentText *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
}

static void
test_quote (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *expected = NULL;
  g_autofree char *selection = NULL;
  AssayDocument *document = NULL;
  gsize start, end;

  show_task (fixture, 2);
  wait_until_filled (fixture);
  g_assert_false (assay_documents_pane_quote (fixture->pane));
  assay_documents_pane_focus_response (fixture->pane, 1);
  select_all (get_text (fixture, 1));
  expected = g_strdup_printf ("Answer **number %s** with a needle.",
                              assay_presentation_get_response (fixture->presentation, 1) + 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.quote", NULL));
  g_assert_cmpstr (fixture->quoted_letter, ==, "B");
  g_assert_cmpstr (fixture->quoted_text, ==, expected);

  selection = assay_documents_pane_dup_selection (fixture->pane, &document, &start, &end);
  g_assert_cmpstr (selection, ==, expected);
  g_assert_cmpstr (assay_document_get_key (document), ==,
                   assay_presentation_get_response (fixture->presentation, 1));
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, strlen (expected));
}

static void
test_find (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) views = NULL;
  guint n_matches = 0;

  show_task (fixture, 7);
  wait_until_filled (fixture);
  items = find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  views = find_all (fixture, ASSAY_TYPE_DOCUMENT_VIEW);
  entries = find_all (fixture, GTK_TYPE_SEARCH_ENTRY);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.find", NULL);
  gtk_editable_set_text (GTK_EDITABLE (g_ptr_array_index (entries, 0)), "NEEDLE");

  /* Prompt, reference and seven responses, those that are not seen included. */
  while (n_matches < 9)
    {
      g_main_context_iteration (NULL, TRUE);
      n_matches = 0;
      for (guint i = 0; i < views->len; i++)
        n_matches += assay_document_view_get_n_matches (g_ptr_array_index (views, i));
    }
  g_assert_cmpuint (n_matches, ==, 9);

  assay_documents_pane_find_again (fixture->pane, 1);
  assay_documents_pane_find_again (fixture->pane, 1);
  g_assert_true (assay_context_item_get_expanded (g_ptr_array_index (items, 2)));
  for (guint i = 0; i < 7; i++)
    assay_documents_pane_find_again (fixture->pane, 1);
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 6);
  g_assert_true (is_visible (fixture, 6));
  /* Around the end, and back. */
  assay_documents_pane_find_again (fixture->pane, 1);
  assay_documents_pane_find_again (fixture->pane, -1);
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 6);

  g_object_set (fixture->pane, "finding", FALSE, NULL);
  for (guint i = 0; i < views->len; i++)
    g_assert_cmpuint (assay_document_view_get_n_matches (g_ptr_array_index (views, i)), ==, 0);
}

static void
test_ways_of_showing (Fixture *fixture, gconstpointer user_data)
{
  AssayDocumentView *view;

  show_task (fixture, 2);
  wait_until_filled (fixture);
  view = assay_response_column_get_view (get_column (fixture, 1));
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.larger-text", NULL);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), >, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.normal-text", NULL);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), ==, 1);
  for (guint i = 0; i < 100; i++)
    assay_documents_pane_zoom (fixture->pane, -1);
  g_assert_cmpfloat (assay_document_view_get_text_scale (view), >=, 0.5);

  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.show-source", NULL);
  g_assert_true (assay_document_view_get_show_source (view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.view-mode", "s",
                              "one-at-a-time");
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_ONE_AT_A_TIME);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.focus-response", "i", 2);
  check_visible (fixture, "B");
}

static void
test_read_to_end (Fixture *fixture, gconstpointer user_data)
{
  show_task (fixture, 2);
  while (fixture->read->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_ptr_array_find_with_equal_func (fixture->read, "r0", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (fixture->read, "r1", g_str_equal, NULL));
}

static void
test_lifetime (void)
{
  GtkWidget *pane = g_object_ref_sink (assay_documents_pane_new ());

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (AssayTask) task = make_task (2 + i % 6);
      g_autoptr (AssayPresentation) presentation = assay_presentation_new (task, i);

      assay_documents_pane_prepare (task);
      assay_documents_pane_set_task (ASSAY_DOCUMENTS_PANE (pane), task, presentation);
      if (i % 3 == 0)
        while (g_main_context_iteration (NULL, FALSE))
          ;
    }
  assay_documents_pane_set_task (ASSAY_DOCUMENTS_PANE (pane), NULL, NULL);
  g_assert_null (assay_documents_pane_get_task (ASSAY_DOCUMENTS_PANE (pane)));
  g_assert_finalize_object (pane);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/ui/documents-pane/order", test_order);
  ADD ("/ui/documents-pane/blind", test_blind);
  ADD ("/ui/documents-pane/filling-order", test_filling_order);
  ADD ("/ui/documents-pane/layouts", test_layouts);
  ADD ("/ui/documents-pane/many", test_many);
  ADD ("/ui/documents-pane/narrow", test_narrow);
  ADD ("/ui/documents-pane/context", test_context);
  ADD ("/ui/documents-pane/quote", test_quote);
  ADD ("/ui/documents-pane/find", test_find);
  ADD ("/ui/documents-pane/ways-of-showing", test_ways_of_showing);
  ADD ("/ui/documents-pane/read-to-end", test_read_to_end);
#undef ADD
  g_test_add_func ("/ui/documents-pane/lifetime", test_lifetime);

  return g_test_run ();
}
