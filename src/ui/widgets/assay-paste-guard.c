/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-paste-guard.h"

/* Without so many letters a text says too little to be looked for. */
#define SHORT_TEXT_LETTERS 4

struct _AssayPasteGuard
{
  GObject parent_instance;

  GtkWidget *field; /* (not owned): weak */
  AssayJudgement *judgement;
  GtkGesture *middle_click;
  GtkDropTarget *drop_target;
  GCancellable *cancellable;
  gboolean inserting;
};

G_DEFINE_FINAL_TYPE (AssayPasteGuard, assay_paste_guard, G_TYPE_OBJECT)

enum
{
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GQuark
own_text_quark (void)
{
  return g_quark_from_static_string ("assay-own-text");
}

/* Letters and digits alone: a copy of rendered text has lost the marks and line breaks of its
 * source. */
static char *
letters_of (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString *letters = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (letters, c);
    }
  return g_string_free (letters, FALSE);
}

static gboolean
has_letters (const char *text, const char *letters)
{
  g_autofree char *where = NULL;

  if (text == NULL || *text == '\0')
    return FALSE;
  where = letters_of (text);
  return strstr (where, letters) != NULL;
}

gboolean
assay_paste_guard_permits (AssayJudgement *judgement, const char *text)
{
  g_autofree char *letters = NULL;
  AssayTask *task;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  task = assay_judgement_get_task (judgement);
  if (assay_judgement_get_paste_policy (judgement) != ASSAY_PASTE_FORBIDDEN)
    return TRUE;

  letters = letters_of (text);
  if (g_utf8_strlen (letters, -1) < SHORT_TEXT_LETTERS)
    return TRUE;
  if (has_letters (g_object_get_qdata (G_OBJECT (judgement), own_text_quark ()), letters)
      || has_letters (assay_judgement_get_rationale (judgement), letters))
    return TRUE;
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      if (has_letters (assay_document_get_text (assay_task_get_document (task, i)), letters))
        return TRUE;
    }
  return FALSE;
}

static void
assay_paste_guard_insert (AssayPasteGuard *self, const char *text)
{
  if (self->judgement != NULL)
    {
      if (!assay_paste_guard_permits (self->judgement, text))
        {
          g_signal_emit (self, signals[REFUSED], 0,
                         _ ("This project accepts no text from outside the task. "
                            "Passages of the task can be quoted."));
          return;
        }
      assay_judgement_count_composition (self->judgement, 0, g_utf8_strlen (text, -1), 0, 0);
      assay_judgement_break_undo_group (self->judgement);
    }

  self->inserting = TRUE;
  if (GTK_IS_TEXT_VIEW (self->field))
    {
      GtkTextView *view = GTK_TEXT_VIEW (self->field);
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (view));
      gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1,
                                                    gtk_text_view_get_editable (view));
      gtk_text_buffer_end_user_action (buffer);
      gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
    }
  else if (gtk_editable_get_editable (GTK_EDITABLE (self->field)))
    {
      g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n", ' ');
      int position;

      gtk_editable_delete_selection (GTK_EDITABLE (self->field));
      position = gtk_editable_get_position (GTK_EDITABLE (self->field));
      gtk_editable_insert_text (GTK_EDITABLE (self->field), line, -1, &position);
      gtk_editable_set_position (GTK_EDITABLE (self->field), position);
    }
  self->inserting = FALSE;
  if (self->judgement != NULL)
    assay_judgement_break_undo_group (self->judgement);
}

static void
clipboard_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssayPasteGuard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Nothing to paste: %s", error != NULL ? error->message : "no text");
      return;
    }
  if (self->field != NULL && *text != '\0')
    assay_paste_guard_insert (self, text);
}

static void
assay_paste_guard_read (AssayPasteGuard *self, GdkClipboard *clipboard)
{
  gdk_clipboard_read_text_async (clipboard, self->cancellable, clipboard_read_cb,
                                 g_object_ref (self));
}

static void
paste_clipboard_cb (AssayPasteGuard *self)
{
  g_signal_stop_emission_by_name (self->field, "paste-clipboard");
  assay_paste_guard_read (self, gtk_widget_get_clipboard (self->field));
}

/* What was cut or copied here may come back, also into another field of the same judgement. */
static void
remember_selection_cb (AssayPasteGuard *self)
{
  g_autofree char *text = NULL;

  if (self->judgement == NULL)
    return;
  if (GTK_IS_TEXT_VIEW (self->field))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->field));
      GtkTextIter start, end;

      if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
        text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  else
    {
      int start, end;

      if (gtk_editable_get_selection_bounds (GTK_EDITABLE (self->field), &start, &end))
        text = gtk_editable_get_chars (GTK_EDITABLE (self->field), start, end);
    }
  if (text != NULL)
    g_object_set_qdata_full (G_OBJECT (self->judgement), own_text_quark (), g_steal_pointer (&text),
                             g_free);
}

static void
place_cursor (AssayPasteGuard *self, double x, double y)
{
  GtkTextView *view;
  GtkTextIter iter;
  int buffer_x, buffer_y;

  if (!GTK_IS_TEXT_VIEW (self->field))
    return;
  view = GTK_TEXT_VIEW (self->field);
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (view), &iter);
}

static void
middle_pressed_cb (AssayPasteGuard *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gboolean enabled;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_object_get (gtk_widget_get_settings (self->field), "gtk-enable-primary-paste", &enabled, NULL);
  if (!enabled)
    return;
  gtk_widget_grab_focus (self->field);
  place_cursor (self, x, y);
  assay_paste_guard_read (self, gtk_widget_get_primary_clipboard (self->field));
}

static gboolean
drop_cb (AssayPasteGuard *self, const GValue *value, double x, double y)
{
  const char *text = g_value_get_string (value);

  if (text == NULL || *text == '\0')
    return FALSE;
  place_cursor (self, x, y);
  assay_paste_guard_insert (self, text);
  return TRUE;
}

static void
field_gone_cb (gpointer data, GObject *where_the_object_was)
{
  AssayPasteGuard *self = data;

  self->field = NULL;
  self->middle_click = NULL;
  self->drop_target = NULL;
}

static void
assay_paste_guard_dispose (GObject *object)
{
  AssayPasteGuard *self = ASSAY_PASTE_GUARD (object);

  g_cancellable_cancel (self->cancellable);
  if (self->field != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->field), field_gone_cb, self);
      gtk_widget_remove_controller (self->field, GTK_EVENT_CONTROLLER (self->middle_click));
      gtk_widget_remove_controller (self->field, GTK_EVENT_CONTROLLER (self->drop_target));
      self->field = NULL;
    }
  g_clear_object (&self->judgement);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (assay_paste_guard_parent_class)->dispose (object);
}

static void
assay_paste_guard_class_init (AssayPasteGuardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_paste_guard_dispose;

  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
assay_paste_guard_init (AssayPasteGuard *self)
{
  self->cancellable = g_cancellable_new ();
}

AssayPasteGuard *
assay_paste_guard_new (GtkWidget *field)
{
  AssayPasteGuard *self;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (field) || GTK_IS_TEXT (field), NULL);

  self = g_object_new (ASSAY_TYPE_PASTE_GUARD, NULL);
  self->field = field;
  g_object_weak_ref (G_OBJECT (field), field_gone_cb, self);
  g_signal_connect_object (field, "paste-clipboard", G_CALLBACK (paste_clipboard_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "cut-clipboard", G_CALLBACK (remember_selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "copy-clipboard", G_CALLBACK (remember_selection_cb), self,
                           G_CONNECT_SWAPPED);

  self->middle_click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->middle_click), GDK_BUTTON_MIDDLE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->middle_click),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->middle_click, "pressed", G_CALLBACK (middle_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (field, GTK_EVENT_CONTROLLER (self->middle_click));

  self->drop_target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->drop_target),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->drop_target, "drop", G_CALLBACK (drop_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (field, GTK_EVENT_CONTROLLER (self->drop_target));
  return self;
}

void
assay_paste_guard_set_judgement (AssayPasteGuard *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_PASTE_GUARD (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  g_set_object (&self->judgement, judgement);
}

gboolean
assay_paste_guard_get_inserting (AssayPasteGuard *self)
{
  g_return_val_if_fail (ASSAY_IS_PASTE_GUARD (self), FALSE);

  return self->inserting;
}
