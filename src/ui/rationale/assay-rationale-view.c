/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rationale-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-wrap-guard.h"

#define PROMPT_ALPHA 0.55f

struct _AssayRationaleView
{
  GtkSourceView parent_instance;

  GPtrArray *prompts;    /* (owned) of Prompt */
  GMenu *menu;           /* (owned) */
  GtkTextTag *token_tag; /* (not owned) (nullable): of the buffer */
};

G_DEFINE_FINAL_TYPE (AssayRationaleView, assay_rationale_view, GTK_SOURCE_TYPE_VIEW)

enum
{
  UNDO_BORDER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The parts of a rationale, in the order in which one reads them. */
static const struct
{
  const char *name;   /* in the menu */
  const char *prompt; /* on the empty line */
} parts[] = {
  { NC_ ("rationale frame", "_Verdict"), N_ ("The verdict, in one sentence") },
  { NC_ ("rationale frame", "_Evidence"), N_ ("The evidence: words from the response") },
  { NC_ ("rationale frame", "_Criterion"), N_ ("The criterion that it bears on") },
  { NC_ ("rationale frame", "_Other Response"), N_ ("What the other response does") },
  { NC_ ("rationale frame", "_Trade-Off"), N_ ("Why the trade-off falls this way") },
  { NC_ ("rationale frame", "_Remaining Doubt"), N_ ("What doubt remains") },
};

/* A line of the frame. */
typedef struct
{
  GtkTextMark *mark; /* (owned): at its begin */
  PangoLayout *layout;
  guint part;
} Prompt;

static void
prompt_free (gpointer data)
{
  Prompt *prompt = data;
  GtkTextBuffer *buffer = gtk_text_mark_get_buffer (prompt->mark);

  if (buffer != NULL)
    gtk_text_buffer_delete_mark (buffer, prompt->mark);
  g_object_unref (prompt->mark);
  g_object_unref (prompt->layout);
  g_free (prompt);
}

static gboolean
get_empty_line (Prompt *prompt, GtkTextIter *iter)
{
  GtkTextBuffer *buffer = gtk_text_mark_get_buffer (prompt->mark);

  if (buffer == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, iter, prompt->mark);
  return gtk_text_iter_starts_line (iter) && gtk_text_iter_ends_line (iter);
}

/* What an undo brought together on one line is shown once. */
static gboolean
is_first_on_line (AssayRationaleView *self, guint index, const GtkTextIter *iter)
{
  for (guint i = 0; i < index; i++)
    {
      GtkTextIter other;

      if (get_empty_line (g_ptr_array_index (self->prompts, i), &other)
          && gtk_text_iter_equal (&other, iter))
        return FALSE;
    }
  return TRUE;
}

static void
assay_rationale_view_snapshot_layer (GtkTextView *view,
                                     GtkTextViewLayer layer,
                                     GtkSnapshot *snapshot)
{
  AssayRationaleView *self = ASSAY_RATIONALE_VIEW (view);
  GdkRGBA color;

  GTK_TEXT_VIEW_CLASS (assay_rationale_view_parent_class)->snapshot_layer (view, layer, snapshot);
  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= PROMPT_ALPHA;
  for (guint i = 0; i < self->prompts->len; i++)
    {
      Prompt *prompt = g_ptr_array_index (self->prompts, i);
      GdkRectangle place;
      GtkTextIter iter;
      gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
      int width;

      if (!get_empty_line (prompt, &iter) || !is_first_on_line (self, i, &iter))
        continue;
      gtk_text_view_get_iter_location (view, &iter, &place);
      pango_layout_get_pixel_size (prompt->layout, &width, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (rtl ? place.x - width : place.x, place.y));
      gtk_snapshot_append_layout (snapshot, prompt->layout, &color);
      gtk_snapshot_restore (snapshot);
    }
}

/* Whoever does not see the prompt hears it on its line. */
static void
cursor_moved_cb (AssayRationaleView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const char *text = NULL;
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  for (guint i = 0; i < self->prompts->len && text == NULL; i++)
    {
      Prompt *prompt = g_ptr_array_index (self->prompts, i);
      GtkTextIter iter;

      if (get_empty_line (prompt, &iter) && gtk_text_iter_equal (&iter, &cursor))
        text = _ (parts[prompt->part].prompt);
    }
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                    text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER);
}

static void
add_prompt (AssayRationaleView *self, const GtkTextIter *iter, guint part)
{
  Prompt *prompt = g_new0 (Prompt, 1);

  prompt->mark =
      g_object_ref (gtk_text_buffer_create_mark (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)),
                                                 NULL, iter, TRUE));
  prompt->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), _ (parts[part].prompt));
  prompt->part = part;
  g_ptr_array_add (self->prompts, prompt);
}

/* Empty lines for the parts from @first to @last, and the cursor on the first of them. */
static void
insert_parts (AssayRationaleView *self, guint first, guint last)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;
  int line;

  if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return;
  g_signal_emit (self, signals[UNDO_BORDER], 0);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (!gtk_text_iter_ends_line (&cursor))
    gtk_text_iter_forward_to_line_end (&cursor);
  if (!gtk_text_iter_starts_line (&cursor))
    gtk_text_buffer_insert (buffer, &cursor, "\n", 1);
  line = gtk_text_iter_get_line (&cursor);
  for (guint i = first; i < last; i++)
    gtk_text_buffer_insert (buffer, &cursor, "\n", 1);
  for (guint i = first; i <= last; i++)
    {
      gtk_text_buffer_get_iter_at_line (buffer, &cursor, line + (int) (i - first));
      add_prompt (self, &cursor, i);
    }
  gtk_text_buffer_get_iter_at_line (buffer, &cursor, line);
  gtk_text_buffer_place_cursor (buffer, &cursor);
  gtk_text_buffer_end_user_action (buffer);
  g_signal_emit (self, signals[UNDO_BORDER], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
  cursor_moved_cb (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_accent (AssayRationaleView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GdkRGBA color;

  if (self->token_tag == NULL)
    return;
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &color);
  g_object_set (self->token_tag, "foreground-rgba", &color, NULL);
}

static void
buffer_changed_cb (AssayRationaleView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  g_ptr_array_set_size (self->prompts, 0);
  if (buffer == NULL)
    return;
  assay_wrap_guard_attach (buffer);
  self->token_tag =
      gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_SEMIBOLD, NULL);
  show_accent (self);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
assay_rationale_view_dispose (GObject *object)
{
  AssayRationaleView *self = ASSAY_RATIONALE_VIEW (object);

  g_ptr_array_set_size (self->prompts, 0);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (assay_rationale_view_parent_class)->dispose (object);
}

static void
assay_rationale_view_finalize (GObject *object)
{
  g_ptr_array_unref (ASSAY_RATIONALE_VIEW (object)->prompts);

  G_OBJECT_CLASS (assay_rationale_view_parent_class)->finalize (object);
}

static void
assay_rationale_view_class_init (AssayRationaleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_rationale_view_dispose;
  object_class->finalize = assay_rationale_view_finalize;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = assay_rationale_view_snapshot_layer;

  signals[UNDO_BORDER] = g_signal_new ("undo-border", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_rationale_view_init (AssayRationaleView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (GMenu) single = g_menu_new ();
  g_autoptr (GMenu) whole = g_menu_new ();

  self->prompts = g_ptr_array_new_with_free_func (prompt_free);
  self->menu = g_menu_new ();
  g_menu_append (whole, _ ("_Whole Frame"), "rationale.insert-frame");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *action = g_strdup_printf ("rationale.insert-part(%u)", i);

      g_menu_append (single, g_dpgettext2 (NULL, "rationale frame", parts[i].name), action);
    }
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (whole));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (single));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (show_accent), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (show_accent), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::buffer", G_CALLBACK (buffer_changed_cb), NULL);
}

GMenuModel *
assay_rationale_view_get_frame_menu (AssayRationaleView *self)
{
  g_return_val_if_fail (ASSAY_IS_RATIONALE_VIEW (self), NULL);

  return G_MENU_MODEL (self->menu);
}

void
assay_rationale_view_insert_frame (AssayRationaleView *self)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_VIEW (self));

  insert_parts (self, 0, G_N_ELEMENTS (parts) - 1);
}

void
assay_rationale_view_insert_part (AssayRationaleView *self, int part)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_VIEW (self));

  if (part >= 0 && part < (int) G_N_ELEMENTS (parts))
    insert_parts (self, (guint) part, (guint) part);
}

void
assay_rationale_view_clear_frame (AssayRationaleView *self)
{
  g_return_if_fail (ASSAY_IS_RATIONALE_VIEW (self));

  g_ptr_array_set_size (self->prompts, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
assay_rationale_view_mark_tokens (AssayRationaleView *self, AssayPresentation *presentation)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;

  g_return_if_fail (ASSAY_IS_RATIONALE_VIEW (self));
  g_return_if_fail (ASSAY_IS_PRESENTATION (presentation));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->token_tag, &start, &end);
  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      g_autofree char *token =
          g_strconcat ("@",
                       assay_presentation_get_letter (
                           presentation, assay_presentation_get_response (presentation, i)),
                       NULL);
      GtkTextIter from;
      GtkTextIter to;

      gtk_text_buffer_get_start_iter (buffer, &start);
      while (
          gtk_text_iter_forward_search (&start, token, GTK_TEXT_SEARCH_TEXT_ONLY, &from, &to, NULL))
        {
          if (gtk_text_iter_is_end (&to) || !g_unichar_isalnum (gtk_text_iter_get_char (&to)))
            gtk_text_buffer_apply_tag (buffer, self->token_tag, &from, &to);
          start = to;
        }
    }
}
