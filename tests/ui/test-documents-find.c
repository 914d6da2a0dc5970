/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>

#include "assay-context-item.h"
#include "documents-fixture.h"

static void
test_find (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) views = NULL;
  guint n_matches = 0;

  documents_show_task (fixture, 7);
  documents_wait_until_filled (fixture);
  items = documents_find_all (fixture, ASSAY_TYPE_CONTEXT_ITEM);
  views = documents_find_all (fixture, ASSAY_TYPE_DOCUMENT_VIEW);
  entries = documents_find_all (fixture, GTK_TYPE_SEARCH_ENTRY);
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
  g_assert_true (documents_is_visible (fixture, 6));
  /* Around the end, and back. */
  assay_documents_pane_find_again (fixture->pane, 1);
  assay_documents_pane_find_again (fixture->pane, -1);
  g_assert_cmpuint (assay_documents_pane_get_current_response (fixture->pane), ==, 6);

  g_object_set (fixture->pane, "finding", FALSE, NULL);
  for (guint i = 0; i < views->len; i++)
    g_assert_cmpuint (assay_document_view_get_n_matches (g_ptr_array_index (views, i)), ==, 0);
}

static GtkWidget *
find_with_tooltip (DocumentsFixture *fixture, GType type, const char *tooltip)
{
  g_autoptr (GPtrArray) found = documents_find_all (fixture, type);

  for (guint i = 0; i < found->len; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (g_ptr_array_index (found, i)), tooltip) == 0)
      return g_ptr_array_index (found, i);
  g_assert_not_reached ();
}

static GtkWidget *
wait_for_result (DocumentsFixture *fixture, const char *expected)
{
  for (;;)
    {
      g_autoptr (GPtrArray) labels = documents_find_all (fixture, GTK_TYPE_LABEL);

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
test_find_counts (DocumentsFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *whole_words, *expression, *result;
  GtkEditable *entry;

  documents_show_task (fixture, 2);
  documents_wait_until_filled (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->pane), "documents.find", NULL);
  entries = documents_find_all (fixture, GTK_TYPE_SEARCH_ENTRY);
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

/* Of the buttons that say how long a text is, the one that says @length, to whoever sees it and to
 * whoever does not. */
static void
assert_says_length (DocumentsFixture *fixture, const char *length)
{
  g_autoptr (GPtrArray) buttons = documents_find_all (fixture, GTK_TYPE_MENU_BUTTON);
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  guint n = 0;

  for (guint i = 0; i < buttons->len; i++)
    {
      g_autofree char *other =
          gtk_test_accessible_check_property (buttons->pdata[i], GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              length);
      gboolean has_tooltip = FALSE;

      if (other != NULL)
        continue;
      n++;
      g_assert_true (gtk_widget_get_has_tooltip (buttons->pdata[i]));
      g_signal_emit_by_name (buttons->pdata[i], "query-tooltip", 0, 0, TRUE, tooltip, &has_tooltip);
      g_assert_true (has_tooltip);
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_length (DocumentsFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = { "One *two*. Three?", "é", NULL };

  documents_show_texts (fixture, texts);
  assert_says_length (fixture, "3 words, 2 sentences, 15 characters");
  assert_says_length (fixture, "1 word, 1 sentence, 1 character");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

#define ADD(path, function)                                                                        \
  g_test_add (path, DocumentsFixture, NULL, documents_set_up, function, documents_tear_down)
  ADD ("/ui/documents-find/all", test_find);
  ADD ("/ui/documents-find/counts", test_find_counts);
  ADD ("/ui/documents-find/length", test_length);
#undef ADD

  return g_test_run ();
}
