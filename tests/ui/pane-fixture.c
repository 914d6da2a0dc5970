/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "pane-fixture.h"

#include "assay-json.h"

AssayTask *
pane_load_task (const char *id)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "ui", "data", "form-tasks.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *tasks;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  root = assay_json_parse (content, -1, &error);
  g_assert_no_error (error);
  tasks = assay_json_node_array (root);
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      AssayTask *task = assay_task_new_from_json (json_array_get_element (tasks, i), &error);

      g_assert_no_error (error);
      if (g_str_equal (assay_task_get_id (task), id))
        return task;
      g_object_unref (task);
    }
  g_assert_not_reached ();
}

AssayTask *
pane_make_task (const char *questions, guint n_responses)
{
  g_autoptr (GString) json =
      g_string_new ("{\"id\": \"made\", \"prompt\": \"?\", \"responses\": [");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  AssayTask *task;

  for (guint i = 0; i < n_responses; i++)
    g_string_append_printf (json, "%s{\"id\": \"r%u\", \"content\": \"Text %u\"}", i > 0 ? "," : "",
                            i + 1, i + 1);
  g_string_append_printf (json,
                          "], \"form\": {\"id\": \"f\", \"version\": 1, \"title\": \"F\", "
                          "\"kind\": \"rubric.scale\", \"questions\": %s}}",
                          questions);
  root = assay_json_parse (json->str, -1, &error);
  g_assert_no_error (error);
  task = assay_task_new_from_json (root, &error);
  g_assert_no_error (error);
  return task;
}

guint32
pane_find_seed (AssayTask *task, const char *response)
{
  for (guint32 seed = 0;; seed++)
    {
      g_autoptr (AssayPresentation) presentation = assay_presentation_new (task, seed);

      if (g_str_equal (assay_presentation_get_response (presentation, 0), response))
        return seed;
    }
}

Pane *
pane_open (AssayTask *task, guint32 seed)
{
  Pane *self = g_new0 (Pane, 1);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  /* GTK complains of a window that is destroyed while it scrolls. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->task = task;
  self->judgement = assay_judgement_new_with_seed (task, seed);
  self->window = adw_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->form_view = assay_form_view_new ();
  assay_form_view_set_judgement (ASSAY_FORM_VIEW (self->form_view), self->judgement);
  gtk_box_append (GTK_BOX (self->box), self->form_view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  adw_window_set_content (ADW_WINDOW (self->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  while (!gtk_widget_get_mapped (self->form_view) || gtk_widget_get_width (self->form_view) == 0)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

void
pane_close (Pane *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->judgement);
  g_assert_finalize_object (self->task);
  g_free (self);
}

GtkWidget *
pane_get_focus (Pane *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static gboolean
press_at (GtkWidget *widget,
          GtkPropagationPhase phase,
          guint keyval,
          guint keycode,
          GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean used = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller)
          || gtk_event_controller_get_propagation_phase (controller) != phase)
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, keycode, state, &used);
      if (used)
        return TRUE;
    }
  return FALSE;
}

/* GTK 4 makes no events of its own; the controllers are asked in the order in which an event would
 * reach them. */
gboolean
pane_press_full (Pane *self, guint keyval, guint keycode, GdkModifierType state)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  GtkWidget *focus = pane_get_focus (self);

  for (GtkWidget *widget = focus != NULL ? focus : self->window; widget != NULL;
       widget = gtk_widget_get_parent (widget))
    g_ptr_array_add (chain, widget);
  for (guint i = chain->len; i > 0; i--)
    {
      if (press_at (g_ptr_array_index (chain, i - 1), GTK_PHASE_CAPTURE, keyval, keycode, state))
        return TRUE;
    }
  for (guint i = 0; i < chain->len; i++)
    {
      if (press_at (g_ptr_array_index (chain, i), GTK_PHASE_BUBBLE, keyval, keycode, state))
        return TRUE;
    }
  return FALSE;
}

gboolean
pane_press (Pane *self, char key)
{
  static const struct
  {
    guint first;
    const char *keys;
  } rows[] = {
    { 10, "1234567890-=" },
    { 24, "qwertyuiop" },
    { 38, "asdfghjkl" },
    { 52, "zxcvbnm" },
  };

  if (key == '?')
    return pane_press_full (self, GDK_KEY_question, 61, GDK_SHIFT_MASK);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *found = strchr (rows[i].keys, key);

      if (found != NULL)
        return pane_press_full (self, gdk_unicode_to_keyval (key),
                                rows[i].first + (guint) (found - rows[i].keys), 0);
    }
  g_assert_not_reached ();
}

gboolean
pane_press_symbol (Pane *self, guint keyval)
{
  return pane_press_full (self, keyval, 0, 0);
}

void
pane_type (Pane *self, const char *text)
{
  GtkWidget *focus = pane_get_focus (self);

  if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));

      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        {
          gtk_text_buffer_begin_user_action (buffer);
          gtk_text_buffer_insert_interactive_at_cursor (buffer, p, g_utf8_next_char (p) - p, TRUE);
          gtk_text_buffer_end_user_action (buffer);
        }
    }
  else
    {
      int position;

      g_assert_true (GTK_IS_EDITABLE (focus));
      position = gtk_editable_get_position (GTK_EDITABLE (focus));
      gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
      gtk_editable_set_position (GTK_EDITABLE (focus), position);
    }
}

void
pane_assert_answer_at (const char *place,
                       Pane *self,
                       const char *question,
                       const char *response,
                       const char *json)
{
  JsonNode *answer = assay_judgement_get_answer (self->judgement, question, response);
  g_autofree char *text = answer != NULL ? assay_json_to_string (answer) : g_strdup ("null");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) found = assay_json_parse (text, -1, &error);
  g_autoptr (JsonNode) expected = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  if (!assay_json_equal (found, expected))
    g_error ("%s: the answer to %s is %s, not %s", place, question, text, json);
}

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

GPtrArray *
pane_find_all (Pane *self, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (self->window, type, found);
  return found;
}

gboolean
pane_says (Pane *self, const char *text)
{
  g_autoptr (GPtrArray) labels = pane_find_all (self, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    {
      if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
          && strstr (gtk_label_get_text (g_ptr_array_index (labels, i)), text) != NULL)
        return TRUE;
    }
  return FALSE;
}

guint
pane_count_widgets (GtkWidget *top)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += pane_count_widgets (child);
  return n;
}

void
pane_focus (Pane *self, const char *question, const char *response)
{
  g_assert_true (
      assay_form_view_focus_question (ASSAY_FORM_VIEW (self->form_view), question, response));
}

void
pane_assert_focused (Pane *self, const char *question, const char *response)
{
  g_assert_cmpstr (assay_form_view_get_focused_question (ASSAY_FORM_VIEW (self->form_view)), ==,
                   question);
  g_assert_cmpstr (assay_form_view_get_focused_response (ASSAY_FORM_VIEW (self->form_view)), ==,
                   response);
}

AssayPointBar *
pane_get_bar (Pane *self)
{
  GtkWidget *widget = pane_get_focus (self);

  g_assert_true (ASSAY_IS_POINT_BAR (widget));
  return ASSAY_POINT_BAR (widget);
}
