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
make_task_of (const char *const *texts)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  AssayTask *task;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, "t1");
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, "rank.n_way");
  json_builder_set_member_name (builder, "form");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "responses");
  json_builder_begin_array (builder);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, id);
      json_builder_set_member_name (builder, "content");
      json_builder_add_string_value (builder, texts[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
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
show_texts (Fixture *fixture, const char *const *texts)
{
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  fixture->task = make_task_of (texts);
  fixture->presentation = assay_presentation_new (fixture->task, 3);
  assay_documents_pane_set_task (fixture->pane, fixture->task, fixture->presentation);
  wait_until_filled (fixture);
}

static GtkWidget *
find_with_tooltip (Fixture *fixture, GType type, const char *tooltip)
{
  g_autoptr (GPtrArray) found = find_all (fixture, type);

  for (guint i = 0; i < found->len; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (g_ptr_array_index (found, i)), tooltip) == 0)
      return g_ptr_array_index (found, i);
  g_assert_not_reached ();
}

static GtkWidget *
wait_for_result (Fixture *fixture, const char *expected)
{
  for (;;)
    {
      g_autoptr (GPtrArray) labels = find_all (fixture, GTK_TYPE_LABEL);

      for (guint i = 0; i < labels->len; i++)
        if (gtk_widget_has_css_class (g_ptr_array_index (labels, i), "assay-find-result")
            && g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)), expected))
          return g_ptr_array_index (labels, i);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
check_read (GtkWidget *result, const char *expected)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (result), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       expected);
}

/* Each response has its count, for the eye and in words; what cannot be looked for is told. */
static void
test_find_counts (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *whole_words, *expression, *result;
  GtkEditable *entry;

  show_task (fixture, 2);
  wait_until_filled (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.find", NULL);
  entries = find_all (fixture, GTK_TYPE_SEARCH_ENTRY);
  entry = GTK_EDITABLE (g_ptr_array_index (entries, 0));
  whole_words = find_with_tooltip (fixture, GTK_TYPE_TOGGLE_BUTTON, "Whole Words");
  expression = find_with_tooltip (fixture, GTK_TYPE_TOGGLE_BUTTON, "Regular Expression");

  gtk_editable_set_text (entry, "number");
  result = wait_for_result (fixture, "2 matches — Prompt 0 · A 1 · B 1");
  check_read (result, "2 matches. Prompt: none, Response A: 1 match, Response B: 1 match");
  assay_documents_pane_find_again (fixture->pane, 1);
  wait_for_result (fixture, "1 of 2, in A — Prompt 0 · A 1 · B 1");
  check_read (result, "1 of 2, in A");

  gtk_editable_set_text (entry, "num");
  wait_for_result (fixture, "2 matches — Prompt 0 · A 1 · B 1");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (whole_words), TRUE);
  wait_for_result (fixture, "No matches — Prompt 0 · A 0 · B 0");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (whole_words), FALSE);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (expression), TRUE);
  gtk_editable_set_text (entry, "need[a-z]+|brief");
  wait_for_result (fixture,
                   "5 matches — System Prompt 1 · Prompt 1 · Reference Answer 1 · A 1 · B 1");
  gtk_editable_set_text (entry, "number [0-9](");
  result = wait_for_result (fixture, "The parentheses of the expression do not match.");
  g_assert_true (gtk_widget_has_css_class (result, "error"));
  g_assert_false (
      gtk_widget_get_sensitive (find_with_tooltip (fixture, GTK_TYPE_BUTTON, "Next Match")));
  assay_documents_pane_find_again (fixture->pane, 1);
  gtk_editable_set_text (entry, "number [0-9]");
  result = wait_for_result (fixture, "2 matches — Prompt 0 · A 1 · B 1");
  g_assert_false (gtk_widget_has_css_class (result, "error"));
}

static void
test_length (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "One *two*. Three?", "é", NULL };

  show_texts (fixture, texts);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (
          find_with_tooltip (fixture, GTK_TYPE_MENU_BUTTON, "3 words, 2 sentences, 15 characters")),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "3 words, 2 sentences, 15 characters");
  find_with_tooltip (fixture, GTK_TYPE_MENU_BUTTON, "1 word, 1 sentence, 1 character");
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

/* The place that shows a response. */
static guint
find_place (Fixture *fixture, const char *response)
{
  for (guint i = 0; i < assay_presentation_get_n (fixture->presentation); i++)
    if (g_str_equal (assay_presentation_get_response (fixture->presentation, i), response))
      return i;
  g_assert_not_reached ();
}

static void
wait_for_comparison (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) labels = find_all (fixture, GTK_TYPE_LABEL);

  for (;;)
    {
      for (guint i = 0; i < labels->len; i++)
        if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
            && strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), expected) != NULL)
          {
            while (g_main_context_iteration (NULL, FALSE))
              ;
            return;
          }
      g_main_context_iteration (NULL, TRUE);
    }
}

/* What is marked as only here: underlined, so that it does not depend on colour. */
static char *
dup_underlined (AssayDocumentText *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  g_autoptr (GString) marked = g_string_new (NULL);
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
      gboolean underlined = FALSE;

      for (GSList *l = tags; l != NULL; l = l->next)
        {
          gboolean is_set;

          g_object_get (l->data, "underline-set", &is_set, NULL);
          underlined = underlined || is_set;
        }
      if (underlined)
        g_string_append_unichar (marked, gtk_text_iter_get_char (&iter));
    }
  while (gtk_text_iter_forward_char (&iter));
  return g_string_free_and_steal (g_steal_pointer (&marked));
}

static void
check_underlined (Fixture *fixture, const char *response, const char *expected)
{
  g_autofree char *marked = dup_underlined (get_text (fixture, find_place (fixture, response)));

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_differences (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "The **red** fox ran home.", "The grey fox ran home.",
                                       NULL };
  static const char *const same[] = { "One *two*.", "One two.", NULL };
  static const char *const identical[] = { "One two.", "One two.", NULL };

  show_texts (fixture, texts);
  check_underlined (fixture, "r0", "");
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_DIFFERENCES);
  wait_for_comparison (fixture, "1 word of A and 1 word of B have no counterpart");
  check_underlined (fixture, "r0", "red");
  check_underlined (fixture, "r1", "grey");

  /* The source has the same marks. */
  assay_documents_pane_set_show_source (fixture->pane, TRUE);
  wait_until_filled (fixture);
  check_underlined (fixture, "r0", "red");
  assay_documents_pane_set_show_source (fixture->pane, FALSE);
  wait_until_filled (fixture);

  assay_documents_pane_set_differences (fixture->pane, FALSE);
  g_assert_cmpint (assay_documents_pane_get_view_mode (fixture->pane), ==,
                   ASSAY_VIEW_MODE_SIDE_BY_SIDE);
  check_underlined (fixture, "r0", "");

  assay_documents_pane_set_differences (fixture->pane, TRUE);
  show_texts (fixture, same);
  wait_for_comparison (fixture, "A and B say the same; only the formatting differs");
  show_texts (fixture, identical);
  wait_for_comparison (fixture, "A and B are identical");
}

static void
test_differences_of_many (Fixture *fixture, gconstpointer user_data)
{
  show_task (fixture, 4);
  assay_documents_pane_set_differences (fixture->pane, TRUE);
  check_visible (fixture, "AB");
  wait_for_comparison (fixture, "A and B:");
  assay_documents_pane_focus_response (fixture->pane, 3);
  check_visible (fixture, "AD");
  wait_for_comparison (fixture, "A and D:");
  /* On a page of its own, it is still compared with the pinned one. */
  assay_documents_pane_set_paged (fixture->pane, TRUE);
  check_visible (fixture, "D");
  wait_for_comparison (fixture, "A and D:");
  assay_documents_pane_set_differences (fixture->pane, FALSE);
  assay_documents_pane_set_paged (fixture->pane, FALSE);
  check_visible (fixture, "ABCD");
}

static GtkAdjustment *
get_adjustment (Fixture *fixture, guint place)
{
  return assay_document_view_get_adjustment (
      assay_response_column_get_view (get_column (fixture, place)));
}

static char *
make_long_text (guint n_more)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 120; i++)
    {
      g_string_append_printf (text, "Paragraph number w%u is about thing x%u.\n\n", i, i);
      if (i == 10)
        for (guint j = 0; j < n_more; j++)
          g_string_append_printf (text, "Something else y%u entirely z%u.\n\n", j, j);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
has_range (Fixture *fixture, guint place)
{
  GtkAdjustment *adjustment = get_adjustment (fixture, place);

  return gtk_adjustment_get_upper (adjustment) > 3 * gtk_adjustment_get_page_size (adjustment);
}

static void
test_linked_scrolling (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = make_long_text (0);
  g_autofree char *b = make_long_text (60);
  const char *const texts[] = { a, b, NULL };
  const char *const sources[] = { a, b };
  guint places[2];
  gsize offsets[2];
  double within;
  GtkAdjustment *adjustment;

  show_texts (fixture, texts);
  places[0] = find_place (fixture, "r0");
  places[1] = find_place (fixture, "r1");
  assay_documents_pane_set_linked_scrolling (fixture->pane, TRUE);
  assay_documents_pane_focus_response (fixture->pane, places[0]);
  while (!has_range (fixture, 0) || !has_range (fixture, 1))
    g_main_context_iteration (NULL, TRUE);

  adjustment = get_adjustment (fixture, places[0]);
  /* The comparison is made on another thread: the first step that finds it is followed. */
  for (double value = 1; gtk_adjustment_get_value (get_adjustment (fixture, places[1])) == 0;
       value = value < 500 ? value + 1 : 1)
    {
      gtk_adjustment_set_value (adjustment, value);
      g_main_context_iteration (NULL, FALSE);
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  for (guint i = 0; i < 2; i++)
    {
      double height =
          gtk_adjustment_get_value (adjustment)
          / (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));

      g_assert_true (assay_document_view_get_place_at (assay_response_column_get_view (
                                                           get_column (fixture, places[i])),
                                                       height, &offsets[i], &within));
    }
  /* The same passage, though the other text is longer by far before it. */
  g_assert_cmpuint (ABS ((int) (strlen (sources[0]) - offsets[0])
                         - (int) (strlen (sources[1]) - offsets[1])),
                    <=, 60);

  assay_documents_pane_set_linked_scrolling (fixture->pane, FALSE);
  within = gtk_adjustment_get_value (get_adjustment (fixture, places[1]));
  gtk_adjustment_set_value (adjustment, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_adjustment (fixture, places[1])), ==, within);
}

static void
test_reading_place (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *a = make_long_text (0);
  const char *const texts[] = { a, "Short.", NULL };
  guint place, character;
  gsize offset;
  double within;
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayPresentation) presentation = NULL;

  show_texts (fixture, texts);
  place = find_place (fixture, "r0");
  g_assert_cmpuint (assay_documents_pane_get_reading_place (fixture->pane, place), ==, 0);
  while (!has_range (fixture, place))
    g_main_context_iteration (NULL, TRUE);
  gtk_adjustment_set_value (get_adjustment (fixture, place), 900);
  character = assay_documents_pane_get_reading_place (fixture->pane, place);
  g_assert_cmpuint (character, >, 100);

  task = g_object_ref (fixture->task);
  presentation = g_object_ref (fixture->presentation);
  assay_documents_pane_set_task (fixture->pane, NULL, NULL);
  assay_documents_pane_set_task (fixture->pane, task, presentation);
  assay_documents_pane_set_reading_place (fixture->pane, place, character);
  /* Left before it was shown, it is kept as well. */
  g_assert_cmpuint (assay_documents_pane_get_reading_place (fixture->pane, place), ==, character);
  wait_until_filled (fixture);
  /* Heights are guessed at first, and scrolling follows them. */
  do
    g_main_context_iteration (NULL, TRUE);
  while (!assay_document_view_get_place_at (
             assay_response_column_get_view (get_column (fixture, place)), 0.05, &offset, &within)
         || offset != character);
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
  ADD ("/ui/documents-pane/find-counts", test_find_counts);
  ADD ("/ui/documents-pane/length", test_length);
  ADD ("/ui/documents-pane/ways-of-showing", test_ways_of_showing);
  ADD ("/ui/documents-pane/read-to-end", test_read_to_end);
  ADD ("/ui/documents-pane/differences", test_differences);
  ADD ("/ui/documents-pane/differences-of-many", test_differences_of_many);
  ADD ("/ui/documents-pane/linked-scrolling", test_linked_scrolling);
  ADD ("/ui/documents-pane/reading-place", test_reading_place);
#undef ADD
  g_test_add_func ("/ui/documents-pane/lifetime", test_lifetime);

  return g_test_run ();
}
