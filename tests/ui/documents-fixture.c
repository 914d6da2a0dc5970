/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "documents-fixture.h"

#include "assay-json.h"

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

GPtrArray *
documents_find_all (DocumentsFixture *fixture, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (GTK_WIDGET (fixture->pane), type, found);
  return found;
}

AssayResponseColumn *
documents_get_column (DocumentsFixture *fixture, guint place)
{
  g_autoptr (GPtrArray) columns = documents_find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);

  g_assert_cmpuint (place, <, columns->len);
  return g_ptr_array_index (columns, place);
}

AssayDocumentText *
documents_get_text (DocumentsFixture *fixture, guint place)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  collect (GTK_WIDGET (documents_get_column (fixture, place)), ASSAY_TYPE_DOCUMENT_TEXT, texts);
  return g_ptr_array_index (texts, 0);
}

gboolean
documents_is_visible (DocumentsFixture *fixture, guint place)
{
  return gtk_widget_get_visible (GTK_WIDGET (documents_get_column (fixture, place)));
}

/* Which responses are seen: "AC". */
void
documents_check_visible (DocumentsFixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) columns = documents_find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    if (gtk_widget_get_child_visible (g_ptr_array_index (columns, i))
        && documents_is_visible (fixture, i))
      g_string_append (letters, assay_response_column_get_letter (g_ptr_array_index (columns, i)));
  g_assert_cmpstr (letters->str, ==, expected);
}

static void
quote_requested_cb (AssayDocumentsPane *pane,
                    const char *letter,
                    const char *text,
                    DocumentsFixture *fixture)
{
  g_set_str (&fixture->quoted_letter, letter);
  g_set_str (&fixture->quoted_text, text);
}

static void
read_to_end_cb (AssayDocumentsPane *pane, const char *response, DocumentsFixture *fixture)
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

AssayTask *
documents_make_task (guint n_responses)
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

void
documents_show_task (DocumentsFixture *fixture, guint n_responses)
{
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  fixture->task = documents_make_task (n_responses);
  fixture->presentation = assay_presentation_new (fixture->task, 3);
  assay_documents_pane_set_task (fixture->pane, fixture->task, fixture->presentation);
}

void
documents_wait_until_filled (DocumentsFixture *fixture)
{
  for (;;)
    {
      g_autoptr (GPtrArray) columns = documents_find_all (fixture, ASSAY_TYPE_RESPONSE_COLUMN);
      gboolean filled = TRUE;

      for (guint i = 0; i < columns->len; i++)
        if (documents_is_visible (fixture, i))
          filled = filled && assay_document_text_get_filled (documents_get_text (fixture, i));
      if (filled)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
documents_set_up (DocumentsFixture *fixture, gconstpointer user_data)
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

void
documents_tear_down (DocumentsFixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  g_clear_pointer (&fixture->quoted_letter, g_free);
  g_clear_pointer (&fixture->quoted_text, g_free);
  g_clear_pointer (&fixture->read, g_ptr_array_unref);
}

void
documents_set_texts (DocumentsFixture *fixture, const char *const *texts)
{
  g_clear_object (&fixture->task);
  g_clear_object (&fixture->presentation);
  fixture->task = make_task_of (texts);
  fixture->presentation = assay_presentation_new (fixture->task, 3);
  assay_documents_pane_set_task (fixture->pane, fixture->task, fixture->presentation);
}

void
documents_show_texts (DocumentsFixture *fixture, const char *const *texts)
{
  documents_set_texts (fixture, texts);
  documents_wait_until_filled (fixture);
}
