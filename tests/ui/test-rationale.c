/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gtksourceview/gtksource.h>

#include "assay-guideline-view.h"
#include "assay-issue-list.h"
#include "assay-json.h"
#include "assay-notes-view.h"
#include "assay-paste-guard.h"
#include "assay-rationale-editor.h"
#include "assay-rationale-view.h"
#include "assay-term-completion.h"
#include "assay-ways-out-dialog.h"
#include "assay-settings.h"
#include "pane-fixture.h"
#include "assay-paragraphs.h"
#include "assay-text-area.h"

typedef struct
{
  Pane *pane;
  AssayRationaleEditor *editor;
  GtkWidget *view;
  GtkTextBuffer *buffer;
  guint n_splices;
} Desk;

static void
count_splice_cb (Desk *self)
{
  self->n_splices++;
}

static void
open_desk (Desk *self, const char *task_id)
{
  AssayTask *task = pane_load_task (task_id);
  GtkWidget *editor = assay_rationale_editor_new ();
  g_autoptr (GPtrArray) views = NULL;

  self->pane = pane_open (task, pane_find_seed (task, "r1"));
  self->editor = ASSAY_RATIONALE_EDITOR (editor);
  self->n_splices = 0;
  assay_rationale_editor_set_spelling_enabled (self->editor, FALSE);
  assay_rationale_editor_set_judgement (self->editor, self->pane->judgement);
  gtk_box_append (GTK_BOX (self->pane->box), editor);
  views = pane_find_all (self->pane, GTK_SOURCE_TYPE_VIEW);
  g_assert_cmpuint (views->len, ==, 1);
  self->view = g_ptr_array_index (views, 0);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  g_signal_connect_swapped (self->pane->judgement, "rationale-spliced",
                            G_CALLBACK (count_splice_cb), self);
}

static void
close_desk (Desk *self)
{
  g_signal_handlers_disconnect_by_data (self->pane->judgement, self);
  pane_close (self->pane);
}

static void
assert_text (Desk *self, const char *text)
{
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  shown = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  g_assert_cmpstr (shown, ==, text);
  g_assert_cmpstr (assay_judgement_get_rationale (self->pane->judgement), ==, text);
}

static void
wait_until_said (Pane *pane, const char *text)
{
  while (!pane_says (pane, text))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_typing (void)
{
  Desk desk;
  GtkTextIter start, end;

  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "@A keeps — to it 😀.");
  assert_text (&desk, "@A keeps — to it 😀.");
  /* One splice for each change: what was typed does not come back. */
  g_assert_cmpuint (desk.n_splices, ==, 19);
  {
    g_autofree char *stored = assay_judgement_dup_stored_rationale (desk.pane->judgement);

    g_assert_cmpstr (stored, ==, "@{r1} keeps — to it 😀.");
  }

  gtk_text_buffer_get_iter_at_offset (desk.buffer, &start, 2);
  gtk_text_buffer_get_iter_at_offset (desk.buffer, &end, 8);
  gtk_text_buffer_delete (desk.buffer, &start, &end);
  assert_text (&desk, "@A — to it 😀.");
  close_desk (&desk);
}

static void
test_undo (void)
{
  Desk desk;

  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "One two three");
  assay_rationale_editor_set_cursor (desk.editor, 3);
  pane_type (desk.pane, " and");
  assert_text (&desk, "One and two three");
  g_assert_false (gtk_text_buffer_get_can_undo (desk.buffer));
  /* Word by word. */
  assay_judgement_undo (desk.pane->judgement);
  assert_text (&desk, "One  two three");
  assay_judgement_undo (desk.pane->judgement);
  assert_text (&desk, "One two three");
  g_assert_cmpuint (assay_rationale_editor_get_cursor (desk.editor), ==, 3);
  assay_judgement_redo (desk.pane->judgement);
  assay_judgement_redo (desk.pane->judgement);
  assert_text (&desk, "One and two three");
  while (assay_judgement_can_undo (desk.pane->judgement))
    assay_judgement_undo (desk.pane->judgement);
  assert_text (&desk, "");
  while (assay_judgement_can_redo (desk.pane->judgement))
    assay_judgement_redo (desk.pane->judgement);
  assert_text (&desk, "One and two three");

  /* Another writer. */
  assay_judgement_set_rationale (desk.pane->judgement, "Neither");
  assert_text (&desk, "Neither");
  assay_judgement_reset (desk.pane->judgement);
  assert_text (&desk, "");
  close_desk (&desk);
}

static void
test_length (void)
{
  Desk desk;
  g_autoptr (GPtrArray) issues = NULL;

  open_desk (&desk, "pair");
  g_assert_true (pane_says (desk.pane, "0 words · 50 more characters"));
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "Too short");
  wait_until_said (desk.pane, "2 words · 41 more characters");

  issues = assay_judgement_validate (desk.pane->judgement);
  assay_rationale_editor_set_issues (desk.editor, issues);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (desk.view), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  pane_type (desk.pane, ", until more is said about what decided between the two.");
  wait_until_said (desk.pane, "12 words");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (desk.view), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (desk.view), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                       TRUE);
  close_desk (&desk);
}

static void
test_quotation (void)
{
  Desk desk;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *composition;

  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "Over");
  assay_rationale_editor_insert_quotation (desk.editor, "B", "72 euros\n in  all");
  assert_text (&desk, "Over\n@B: “72 euros in all”\n");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk.pane->window)) == desk.view);
  node = assay_judgement_to_draft_json (desk.pane->judgement);
  composition = assay_json_get_object (assay_json_node_object (node), "composition");
  g_assert_cmpint (assay_json_get_int (composition, "typed_chars", -1), ==, 4);
  g_assert_cmpint (assay_json_get_int (composition, "inserted_snippet_chars", -1), ==, 23);

  /* One undo takes it back as a whole. */
  assay_judgement_undo (desk.pane->judgement);
  assert_text (&desk, "Over");
  close_desk (&desk);
}

static gboolean
has_tags (Desk *desk, int offset)
{
  g_autoptr (GSList) tags = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (desk->buffer, &iter, offset);
  tags = gtk_text_iter_get_tags (&iter);
  return tags != NULL;
}

static void
test_tokens (void)
{
  Desk desk;

  open_desk (&desk, "pair");
  assay_judgement_set_rationale (desk.pane->judgement, "@A, @Bee, @C and x@B");
  gtk_widget_grab_focus (desk.view);
  wait_until_said (desk.pane, "words");
  while (!has_tags (&desk, 1))
    g_main_context_iteration (NULL, TRUE);
  /* A name that goes on is another name, and so is a letter that no response has. */
  g_assert_false (has_tags (&desk, 5));
  g_assert_false (has_tags (&desk, 11));
  close_desk (&desk);
}

/* A long stretch without a place to break is wrapped by characters, when pasted and when typed. */
static void
test_long_stretch (void)
{
  Desk desk;
  g_autofree char *stretch = g_strnfill (400, '.');
  g_autofree char *text = g_strconcat ("Before\n", stretch, "\nAfter", NULL);
  GtkTextIter iter;
  GSList *tags;
  GtkWrapMode wrap = GTK_WRAP_NONE;

  open_desk (&desk, "pair");
  assay_judgement_set_rationale (desk.pane->judgement, text);
  gtk_text_buffer_get_iter_at_line (desk.buffer, &iter, 1);
  tags = gtk_text_iter_get_tags (&iter);
  g_assert_cmpuint (g_slist_length (tags), ==, 1);
  g_object_get (tags->data, "wrap-mode", &wrap, NULL);
  g_assert_cmpint (wrap, ==, GTK_WRAP_CHAR);
  g_slist_free (tags);
  gtk_text_buffer_get_iter_at_line (desk.buffer, &iter, 2);
  g_assert_null (gtk_text_iter_get_tags (&iter));
  close_desk (&desk);
}

static gboolean
wraps_by_character (GtkTextBuffer *buffer, int line)
{
  GtkTextIter iter;
  g_autoptr (GSList) tags = NULL;
  GtkWrapMode wrap = GTK_WRAP_NONE;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  tags = gtk_text_iter_get_tags (&iter);
  if (tags != NULL)
    g_object_get (tags->data, "wrap-mode", &wrap, NULL);
  return wrap == GTK_WRAP_CHAR;
}

/* The same holds of every other field for several lines, and of lines that become one. */
static void
test_long_stretch_in_fields (void)
{
  g_autofree char *half = g_strnfill (ASSAY_UNBREAKABLE_CHARACTERS - 20, 'x');
  g_autofree char *text = g_strconcat (half, "\n", half, "\nAfter", NULL);
  g_autoptr (GtkWidget) area = g_object_ref_sink (assay_text_area_new ());
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (assay_text_area_get_text_view (ASSAY_TEXT_AREA (area))));
  GtkTextIter start;
  GtkTextIter end;

  assay_text_area_show_text (ASSAY_TEXT_AREA (area), text);
  g_assert_false (wraps_by_character (buffer, 0));

  gtk_text_buffer_get_iter_at_line (buffer, &end, 1);
  start = end;
  gtk_text_iter_backward_char (&start);
  gtk_text_buffer_delete (buffer, &start, &end);
  g_assert_true (wraps_by_character (buffer, 0));
  g_assert_false (wraps_by_character (buffer, 1));

  gtk_text_buffer_insert (buffer, &start, " ", -1);
  g_assert_false (wraps_by_character (buffer, 0));
}

static void
paste (Desk *desk, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (desk->view), text);
  g_signal_emit_by_name (desk->view, "paste-clipboard");
}

static void
test_paste (void)
{
  Desk desk;

  /* This task forbids text from elsewhere. */
  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  paste (&desk, "Words that another program wrote");
  wait_until_said (desk.pane, "accepts no text from outside the task");
  assert_text (&desk, "");

  /* Passages of the task pass, also as they look without their marks; so does one's own text. */
  paste (&desk, "Monday Lentil soup");
  while (gtk_text_buffer_get_char_count (desk.buffer) == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_text (&desk, "Monday Lentil soup");
  g_assert_true (assay_paste_guard_permits (desk.pane->judgement, "salmon on Friday"));
  g_assert_true (assay_paste_guard_permits (desk.pane->judgement, "!?"));
  g_assert_false (assay_paste_guard_permits (desk.pane->judgement, "salmon on Saturday"));
  close_desk (&desk);

  /* Here it is allowed, and counted. */
  open_desk (&desk, "rubric");
  gtk_widget_grab_focus (desk.view);
  paste (&desk, "Eleven more");
  while (gtk_text_buffer_get_char_count (desk.buffer) == 0)
    g_main_context_iteration (NULL, TRUE);
  {
    g_autoptr (JsonNode) node = assay_judgement_to_draft_json (desk.pane->judgement);
    JsonObject *composition = assay_json_get_object (assay_json_node_object (node), "composition");

    g_assert_cmpint (assay_json_get_int (composition, "pasted_chars", -1), ==, 11);
    g_assert_cmpint (assay_json_get_int (composition, "typed_chars", -1), ==, 0);
  }

  /* Whoever wants it stricter has it so. */
  assay_judgement_set_refuses_paste (desk.pane->judgement, TRUE);
  paste (&desk, "Words that another program wrote");
  wait_until_said (desk.pane, "accepts no text from outside the task");
  assert_text (&desk, "Eleven more");
  close_desk (&desk);
}

/* Without a rationale there is no editor; once submitted, nothing changes. */
static void
test_use (void)
{
  Desk desk;

  open_desk (&desk, "labels");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (desk.editor)));
  close_desk (&desk);

  open_desk (&desk, "pair");
  assay_judgement_set_rationale (desk.pane->judgement, "Done");
  assay_judgement_finalize_submission (desk.pane->judgement, 1);
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (desk.view)));
  assay_rationale_editor_insert_quotation (desk.editor, "A", "more");
  assert_text (&desk, "Done");
  close_desk (&desk);
}

static void
test_notes (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, 1);
  GtkWidget *notes = assay_notes_view_new ();
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (JsonNode) sent = NULL;

  assay_notes_view_set_judgement (ASSAY_NOTES_VIEW (notes), pane->judgement);
  gtk_box_append (GTK_BOX (pane->box), notes);
  views = pane_find_all (pane, GTK_TYPE_TEXT_VIEW);
  g_assert_cmpuint (views->len, ==, 1);
  gtk_widget_grab_focus (g_ptr_array_index (views, 0));
  pane_type (pane, "Ask about prices");
  g_assert_cmpstr (assay_judgement_get_private_note (pane->judgement), ==, "Ask about prices");
  sent = assay_judgement_to_json (pane->judgement, FALSE);
  g_assert_false (assay_json_has (assay_json_node_object (sent), "private_note"));
  assay_judgement_undo (pane->judgement);
  {
    g_autofree char *shown = NULL;

    g_object_get (gtk_text_view_get_buffer (g_ptr_array_index (views, 0)), "text", &shown, NULL);
    g_assert_cmpstr (shown, ==, assay_judgement_get_private_note (pane->judgement));
  }
  g_assert_true (pane_says (pane, "Confidence"));
  pane_close (pane);
}

/* Where the project does not ask, the evaluator may want to say it all the same. */
static void
test_confidence (void)
{
  g_autoptr (GSettings) settings = assay_settings_new ();
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);
  GtkWidget *notes = assay_notes_view_new ();

  assay_notes_view_set_judgement (ASSAY_NOTES_VIEW (notes), pane->judgement);
  gtk_box_append (GTK_BOX (pane->box), notes);
  g_assert_false (pane_says (pane, "Confidence"));
  g_settings_set_boolean (settings, "ask-confidence", TRUE);
  g_assert_true (pane_says (pane, "Confidence"));
  g_settings_reset (settings, "ask-confidence");
  g_assert_false (pane_says (pane, "Confidence"));
  pane_close (pane);
}

static void
applied_cb (guint *n_applied)
{
  (*n_applied)++;
}

static GtkCheckButton *
find_radio (Pane *pane, const char *title)
{
  g_autoptr (GPtrArray) radios = pane_find_all (pane, GTK_TYPE_CHECK_BUTTON);

  for (guint i = 0; i < radios->len; i++)
    {
      g_autofree char *wrong =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (g_ptr_array_index (radios, i)),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, title);

      if (wrong == NULL)
        return g_ptr_array_index (radios, i);
    }
  return NULL;
}

static GtkWidget *
find_suggested (Pane *pane)
{
  g_autoptr (GPtrArray) buttons = pane_find_all (pane, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      if (gtk_widget_has_css_class (g_ptr_array_index (buttons, i), "suggested-action"))
        return g_ptr_array_index (buttons, i);
    }
  g_assert_not_reached ();
}

static void
test_ways_out (void)
{
  AssayTask *task = pane_load_task ("labels");
  Pane *pane = pane_open (task, 1);
  AdwDialog *dialog = assay_ways_out_dialog_new (pane->judgement);
  guint n_applied = 0;
  GtkWidget *confirm;
  GtkCheckButton *radio;
  g_autoptr (GPtrArray) views = NULL;

  g_signal_connect_swapped (dialog, "applied", G_CALLBACK (applied_cb), &n_applied);
  adw_dialog_present (dialog, pane->window);
  confirm = find_suggested (pane);
  g_assert_false (gtk_widget_get_sensitive (confirm));
  g_assert_null (find_radio (pane, "Hand In Unfinished"));

  /* Nobody has to say why they decline. */
  radio = find_radio (pane, assay_outcome_get_title (ASSAY_OUTCOME_DECLINED_CONTENT));
  g_assert_nonnull (radio);
  g_assert_false (gtk_check_button_get_active (radio));
  gtk_check_button_set_active (radio, TRUE);
  g_assert_true (gtk_widget_get_sensitive (confirm));

  radio = find_radio (pane, assay_outcome_get_title (ASSAY_OUTCOME_OUT_OF_EXPERTISE));
  gtk_check_button_set_active (radio, TRUE);
  g_assert_false (gtk_widget_get_sensitive (confirm));
  views = pane_find_all (pane, GTK_TYPE_TEXT_VIEW);
  for (guint i = 0; i < views->len; i++)
    {
      if (gtk_widget_is_ancestor (g_ptr_array_index (views, i), GTK_WIDGET (dialog)))
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (g_ptr_array_index (views, i)),
                                  "Tax law of Peru", -1);
    }
  g_assert_true (gtk_widget_get_sensitive (confirm));
  g_signal_emit_by_name (confirm, "clicked");
  g_assert_cmpuint (n_applied, ==, 1);
  g_assert_cmpint (assay_judgement_get_outcome (pane->judgement), ==,
                   ASSAY_OUTCOME_OUT_OF_EXPERTISE);
  g_assert_cmpstr (assay_judgement_get_outcome_note (pane->judgement), ==, "Tax law of Peru");
  assay_judgement_undo (pane->judgement);
  g_assert_cmpint (assay_judgement_get_outcome (pane->judgement), ==, ASSAY_OUTCOME_ANSWERED);
  pane_close (pane);
}

static AssayTask *
make_salvage_task (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (
      "{\"id\": \"t\", \"prompt\": \"?\", \"responses\": [{\"id\": \"r1\", \"content\": \"Yes\"}],"
      "\"form\": {\"id\": \"f\", \"kind\": \"rating.single\", \"salvage\": true,"
      "\"salvage_max_minutes\": 30, \"questions\": [{\"id\": \"q\", \"type\": \"scale\","
      "\"label\": \"Score\", \"min\": 1, \"max\": 5, \"required\": true}]}}",
      -1, &error);
  AssayTask *task;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

static void
test_unfinished (void)
{
  AssayTask *task = make_salvage_task ();
  Pane *pane = pane_open (task, 1);
  AdwDialog *dialog;
  GtkWidget *confirm;
  GtkCheckButton *radio;
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GPtrArray) issues = NULL;

  assay_judgement_get_effort (pane->judgement)->active_ms = 252000;
  dialog = assay_ways_out_dialog_new (pane->judgement);
  adw_dialog_present (dialog, pane->window);
  wait_until_said (pane, "Active time so far: 04:12 of at most 30 minutes");
  confirm = find_suggested (pane);
  radio = find_radio (pane, "Hand In Unfinished");
  g_assert_nonnull (radio);
  gtk_check_button_set_active (radio, TRUE);
  /* The reason is needed, and nothing else. */
  g_assert_false (gtk_widget_get_sensitive (confirm));
  wait_until_said (pane, "20 more characters are needed");
  views = pane_find_all (pane, GTK_TYPE_TEXT_VIEW);
  for (guint i = 0; i < views->len; i++)
    {
      if (gtk_widget_is_ancestor (g_ptr_array_index (views, i), GTK_WIDGET (dialog)))
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (g_ptr_array_index (views, i)),
                                  "  No failure was found in half an hour. ", -1);
    }
  g_assert_true (gtk_widget_get_sensitive (confirm));
  g_signal_emit_by_name (confirm, "clicked");
  g_assert_cmpint (assay_judgement_get_outcome (pane->judgement), ==, ASSAY_OUTCOME_ANSWERED);
  g_assert_cmpstr (assay_judgement_get_salvage (pane->judgement), ==,
                   "No failure was found in half an hour.");
  issues = assay_judgement_validate (pane->judgement);
  g_assert_cmpuint (issues->len, ==, 0);
  pane_close (pane);
}

/* The frame is empty lines: what they show is no part of the text. */
static void
test_frame (void)
{
  Desk desk;

  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "Well.");
  gtk_widget_activate_action (desk.view, "rationale.insert-frame", NULL);
  assert_text (&desk, "Well.\n\n\n\n\n\n");
  pane_type (desk.pane, "@A is better.");
  assert_text (&desk, "Well.\n@A is better.\n\n\n\n\n");
  gtk_widget_activate_action (desk.view, "rationale.insert-part", "i", 5);
  assert_text (&desk, "Well.\n@A is better.\n\n\n\n\n\n");
  /* One undo for each frame. */
  assay_judgement_undo (desk.pane->judgement);
  assert_text (&desk, "Well.\n@A is better.\n\n\n\n\n");
  close_desk (&desk);
}

static void
test_facts (void)
{
  Desk desk;

  open_desk (&desk, "pair");
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "@A says “yes, it is”, @B does not.");
  wait_until_said (desk.pane, "34 characters · 2 responses named · 1 quotation");
  close_desk (&desk);
}

static void
assert_found (AssayTermCompletion *completion, const char *word, const char *expected)
{
  g_auto (GStrv) found = assay_term_completion_find (completion, word);
  g_autofree char *joined = g_strjoinv ("|", found);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_terms (void)
{
  static const char *const terms[] = {
    "Accuracy",       "Following the Request",    "Tone", "accuracy", "",
    "Öffentlichkeit", "\u200E\u2068דיוק 1\u2069", NULL
  };
  g_autoptr (AssayTermCompletion) completion = assay_term_completion_new ();

  assert_found (completion, "a", "");
  assay_term_completion_set_terms (completion, terms);
  assert_found (completion, "AC", "Accuracy");
  assert_found (completion, "re", "Following the Request");
  assert_found (completion, "öf", "Öffentlichkeit");
  /* Shown with an isolate, and written without. */
  assert_found (completion, "דיוק", "דיוק 1");
  assert_found (completion, "quest", "");
  assert_found (completion, "", "Accuracy|Following the Request|Tone|Öffentlichkeit|דיוק 1");
}

/* Ctrl+Space completes, and goes on to the next name when it is pressed again. */
static void
test_completion (void)
{
  static const char *const headings[] = { "Traps", "Traces of Haste", NULL };
  Desk desk;

  open_desk (&desk, "pair");
  assay_rationale_editor_set_headings (desk.editor, headings);
  gtk_widget_grab_focus (desk.view);
  pane_type (desk.pane, "One of the tra");
  g_signal_emit_by_name (desk.view, "show-completion");
  assert_text (&desk, "One of the Traps");
  g_signal_emit_by_name (desk.view, "show-completion");
  assert_text (&desk, "One of the Traces of Haste");
  g_signal_emit_by_name (desk.view, "show-completion");
  assert_text (&desk, "One of the Traps");
  pane_type (desk.pane, " zz");
  g_signal_emit_by_name (desk.view, "show-completion");
  assert_text (&desk, "One of the Traps zz");
  g_assert_true (
      pane_says (desk.pane, "No criterion and no part of the guideline begins with “zz”."));
  close_desk (&desk);
}

/* A language without a dictionary is said, and a project may not want any of it. */
static void
test_spelling_language (void)
{
  Desk desk;

  open_desk (&desk, "pair");
  g_object_set (desk.editor, "spelling-enabled", TRUE, NULL);
  g_object_set (desk.editor, "spelling-language", "tlh", NULL);
  wait_until_said (desk.pane, "Spelling is not checked: no dictionary");
  assay_rationale_editor_set_spelling_allowed (desk.editor, FALSE);
  wait_until_said (desk.pane, "This project does not want spelling checked.");
  assay_rationale_editor_set_spelling_allowed (desk.editor, TRUE);
  g_object_set (desk.editor, "spelling-language", "", NULL);
  g_assert_false (pane_says (desk.pane, "no dictionary for"));
  close_desk (&desk);
}

/* Views are made and thrown away without a trace. */
static void
test_dispose (void)
{
  GType types[] = { ASSAY_TYPE_RATIONALE_EDITOR, ASSAY_TYPE_NOTES_VIEW, ASSAY_TYPE_GUIDELINE_VIEW };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_finalize_object (widget);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  gtk_source_init ();

  g_test_add_func ("/rationale/typing", test_typing);
  g_test_add_func ("/rationale/undo", test_undo);
  g_test_add_func ("/rationale/length", test_length);
  g_test_add_func ("/rationale/quotation", test_quotation);
  g_test_add_func ("/rationale/tokens", test_tokens);
  g_test_add_func ("/rationale/long-stretch", test_long_stretch);
  g_test_add_func ("/rationale/long-stretch-in-fields", test_long_stretch_in_fields);
  g_test_add_func ("/rationale/paste", test_paste);
  g_test_add_func ("/rationale/use", test_use);
  g_test_add_func ("/rationale/notes", test_notes);
  g_test_add_func ("/rationale/confidence", test_confidence);
  g_test_add_func ("/rationale/ways-out", test_ways_out);
  g_test_add_func ("/rationale/unfinished", test_unfinished);
  g_test_add_func ("/rationale/frame", test_frame);
  g_test_add_func ("/rationale/facts", test_facts);
  g_test_add_func ("/rationale/terms", test_terms);
  g_test_add_func ("/rationale/completion", test_completion);
  g_test_add_func ("/rationale/spelling-language", test_spelling_language);
  g_test_add_func ("/rationale/dispose", test_dispose);
  return g_test_run ();
}
