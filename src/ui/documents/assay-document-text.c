/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-bench.h"
#include "assay-document-drawing.h"
#include "assay-document-text-private.h"
#include "assay-limits.h"
#include "assay-link.h"
#include "assay-turn.h"
#include "assay-typing.h"

/* What is inserted before the first frame, about as much as a column holds, and what of it is
 * inserted whatever time it takes. */
#define FIRST_CHARACTERS 3000
#define FIRST_SLICE_CHARACTERS 600
/* What is inserted at once before the clock is looked at again. */
#define SLICE_CHARACTERS 4000
#define SLICE_LINES 64
/* Of those that take long to lay out; after them, a turn ends. */
#define SLICE_SLOW_LINES 2
/* Of a main-loop turn, which all texts that are filled in it share; the frame after it lays out
 * what came in. Less where a letter may come between. */
#define TURN_USEC (8 * G_TIME_SPAN_MILLISECOND)
#define TYPING_TURN_USEC (3 * G_TIME_SPAN_MILLISECOND)

#define VERTICAL_MARGIN 14
#define WIDTH_MIN 120
/* What is to be seen of a table that gets the focus, and at which share of the height it begins. */
#define TABLE_HEAD_HEIGHT 40
#define TABLE_PLACE 0.1

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayDocumentText,
                               assay_document_text,
                               GTK_TYPE_TEXT_VIEW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT,
                                                      _assay_document_text_init_accessible))

enum
{
  BEGUN,
  FILLED,
  SEARCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (AssayDocumentText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static int
get_own_width (AssayDocumentText *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  return width > 0 ? width : self->expected_width;
}

gboolean
_assay_document_text_knows_width (AssayDocumentText *self)
{
  return get_own_width (self) > 0;
}

int
_assay_document_text_get_width (AssayDocumentText *self, const AssayLine *line)
{
  const AssayDocumentMetrics *metrics = assay_document_styles_get_metrics (self->styles);
  int width =
      get_own_width (self) - 2 * metrics->page_margin - line->margin_levels * metrics->level_width;

  return MAX (width, WIDTH_MIN);
}

static void
update_table_widths (AssayDocumentText *self)
{
  if (!_assay_document_text_knows_width (self))
    return;
  for (guint i = 0; i < self->tables->len; i++)
    {
      Table *table = &g_array_index (self->tables, Table, i);

      assay_document_table_set_width (
          table->widget,
          _assay_document_text_get_width (self,
                                          assay_rendition_get_line (self->rendition, table->line)));
    }
}

static void
apply_line_tags (AssayDocumentText *self, guint first, guint end)
{
  GtkTextTag *tag = NULL;
  guint tag_start = 0;
  guint n_inserted = gtk_text_buffer_get_char_count (get_buffer (self));

  for (guint l = first; l < end; l++)
    {
      const AssayLine *line = assay_rendition_get_line (self->rendition, l);
      GtkTextTag *line_tag = assay_document_styles_get_line_tag (self->styles, self->rendition, l);

      /* Neighbours that look alike share one stretch. */
      if (line_tag != tag)
        {
          if (tag != NULL)
            _assay_document_text_apply_tag (self, tag, tag_start, line->start);
          tag = line_tag;
          tag_start = line->start;
        }
      for (guint p = line->first_part; p < line->first_part + line->n_parts; p++)
        {
          const AssayPart *part = assay_rendition_get_part (self->rendition, p);
          GtkTextTag *part_tag =
              assay_document_styles_get_part_tag (self->styles, part, line->is_code);

          if (part_tag != NULL)
            _assay_document_text_apply_tag (self, part_tag, part->start,
                                            part->start + part->n_characters);
        }
    }
  if (tag != NULL)
    {
      guint stop = end < assay_rendition_get_n_lines (self->rendition)
                       ? assay_rendition_get_line (self->rendition, end)->start
                       : n_inserted;

      _assay_document_text_apply_tag (self, tag, tag_start, MIN (stop, n_inserted));
    }
}

static void
insert_plain (AssayDocumentText *self, gsize end)
{
  const char *text = assay_rendition_get_text (self->rendition);
  GtkTextIter iter;

  if (end <= self->next_byte)
    return;
  gtk_text_buffer_get_end_iter (get_buffer (self), &iter);
  gtk_text_buffer_insert (get_buffer (self), &iter, text + self->next_byte, end - self->next_byte);
  self->next_byte = end;
}

static void
insert_text (AssayDocumentText *self, gsize end)
{
  while (self->formulas->len < assay_rendition_get_n_formulas (self->rendition))
    {
      const AssayFormulaPlace *place =
          assay_rendition_get_formula (self->rendition, self->formulas->len);

      if (place->text_start >= end)
        break;
      insert_plain (self, place->text_start);
      _assay_document_text_insert_formula (self);
    }
  insert_plain (self, end);
}

static void
insert_table (AssayDocumentText *self, guint index)
{
  const AssayLine *line = assay_rendition_get_line (self->rendition, index);
  GtkTextChildAnchor *anchor;
  GtkTextIter iter;
  Table table = { .line = index };

  /* An invisible mark of the direction may stand before what the table is shown in place of. */
  insert_text (self, line->text_end - strlen ("\uFFFC"));
  gtk_text_buffer_get_end_iter (get_buffer (self), &iter);
  anchor = gtk_text_buffer_create_child_anchor (get_buffer (self), &iter);
  self->next_byte = line->text_end;

  table.widget =
      ASSAY_DOCUMENT_TABLE (assay_document_table_new (self->rendition, self->tables->len));
  assay_document_table_set_menu (table.widget, gtk_text_view_get_extra_menu (GTK_TEXT_VIEW (self)));
  assay_document_table_set_text_scale (table.widget, self->styles, self->text_scale);
  _assay_document_text_draw_marks_in_table (self, table.widget);
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), GTK_WIDGET (table.widget), anchor);
  if (_assay_document_text_knows_width (self))
    assay_document_table_set_width (table.widget, _assay_document_text_get_width (self, line));
  g_array_append_val (self->tables, table);
}

/* Inserts one slice: lines up to a number of characters, or up to a table and with it. FALSE if it
 * takes long to lay out, which counts only after it. */
static gboolean
insert_slice (AssayDocumentText *self, guint max_characters)
{
  guint n_lines = assay_rendition_get_n_lines (self->rendition);
  guint first = self->next_line;
  guint first_character = assay_rendition_get_line (self->rendition, first)->start;
  guint end = first;
  guint n_slow = 0;
  gboolean table = FALSE;

  while (end < n_lines && end - first < SLICE_LINES && n_slow < SLICE_SLOW_LINES)
    {
      const AssayLine *line = assay_rendition_get_line (self->rendition, end);

      if (end > first && line->start - first_character > max_characters)
        break;
      table = assay_rendition_line_is_table (self->rendition, line);
      n_slow += line->is_slow;
      end++;
      if (table)
        break;
    }

  if (table)
    insert_table (self, end - 1);
  else
    insert_text (self, end < n_lines ? assay_rendition_get_line (self->rendition, end)->text_start
                                     : strlen (assay_rendition_get_text (self->rendition)));
  self->next_line = end;
  apply_line_tags (self, first, end);
  _assay_document_text_draw_marks (self, first, end);
  return n_slow < SLICE_SLOW_LINES;
}

/* Colours come last: the text can be read without them. */
static void
queue_colors (AssayDocumentText *self)
{
  AdwStyleManager *manager =
      adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  guint n_lines;
  guint first = 0;

  assay_code_colors_reset (self->colors, adw_style_manager_get_dark (manager));
  if (self->rendition == NULL || self->fill_source != 0)
    return;

  n_lines = assay_rendition_get_n_lines (self->rendition);
  for (guint l = 0; l < self->next_line; l++)
    {
      const AssayLine *line = assay_rendition_get_line (self->rendition, l);
      guint end;

      if (line->is_first)
        first = l;
      if (!line->is_last || !assay_rendition_code_has_colors (self->rendition, first, l))
        continue;
      end = l + 1 < n_lines ? assay_rendition_get_line (self->rendition, l + 1)->start - 1
                            : assay_rendition_get_n_characters (self->rendition);
      assay_code_colors_add (self->colors, get_buffer (self),
                             assay_rendition_get_line (self->rendition, first)->start, end,
                             assay_rendition_get_block (self->rendition, line)->language);
    }
  assay_code_colors_start (self->colors, GTK_WIDGET (self));
}

static void
finish_filling (AssayDocumentText *self)
{
  self->fill_source = 0;
  assay_bench_mark_painted (GTK_WIDGET (self), "document-filled*");
  queue_colors (self);
  _assay_document_text_queue_differences (self);
  _assay_document_text_queue_search (self);
  g_signal_emit (self, signals[FILLED], 0);
}

/* A very long text stands still after its beginning, until somebody wants more of it. */
static gboolean
is_enough (AssayDocumentText *self)
{
  return !self->whole_wanted && self->next_byte >= ASSAY_LIMIT_DOCUMENT_SOFT_BYTES;
}

static gboolean
fill_cb (gpointer user_data)
{
  AssayDocumentText *self = user_data;
  gint64 turn = assay_typing_get_wait (GTK_WIDGET (self)) > 0 ? TYPING_TURN_USEC : TURN_USEC;

  if (assay_turn_is_spent (turn))
    return G_SOURCE_CONTINUE;
  do
    {
      if (self->next_line >= assay_rendition_get_n_lines (self->rendition))
        {
          finish_filling (self);
          return G_SOURCE_REMOVE;
        }
      if (is_enough (self))
        {
          self->fill_source = 0;
          queue_colors (self);
          return G_SOURCE_REMOVE;
        }
    }
  while (insert_slice (self, SLICE_CHARACTERS) && !assay_turn_is_spent (turn));
  return G_SOURCE_CONTINUE;
}

/* What a column shows before the first frame. */
static void
begin (AssayDocumentText *self)
{
  gint64 deadline = g_get_monotonic_time () + TURN_USEC;
  GtkTextIter start;

  while (self->next_line < assay_rendition_get_n_lines (self->rendition)
         && gtk_text_buffer_get_char_count (get_buffer (self)) < FIRST_CHARACTERS
         && (self->next_line == 0 || g_get_monotonic_time () < deadline)
         && insert_slice (self, FIRST_SLICE_CHARACTERS))
    ;
  /* What is inserted pushes the cursor before it; who selects by keyboard begins at the top. */
  gtk_text_buffer_get_start_iter (get_buffer (self), &start);
  gtk_text_buffer_place_cursor (get_buffer (self), &start);
  self->fill_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_cb, self, NULL);
  g_signal_emit (self, signals[BEGUN], 0);
  assay_bench_mark_painted (GTK_WIDGET (self), "document-shown*");
}

static gboolean
begin_cb (gpointer user_data)
{
  begin (user_data);
  return G_SOURCE_REMOVE;
}

/* To open the fonts of many scripts, or to shape a long line, is a turn of its own, before the
 * frame that paints it. */
static gboolean
starts_slow (AssayRendition *rendition)
{
  return assay_rendition_get_n_lines (rendition) > 0
         && assay_rendition_get_line (rendition, 0)->is_slow;
}

static void
set_new_buffer (AssayDocumentText *self)
{
  g_autoptr (GtkTextBuffer) buffer =
      gtk_text_buffer_new (assay_document_styles_get_table (self->styles));

  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), buffer);
}

static void
clear (AssayDocumentText *self)
{
  g_clear_handle_id (&self->fill_source, g_source_remove);
  assay_code_colors_stop (self->colors);
  g_clear_handle_id (&self->difference_source, g_source_remove);
  g_array_set_size (self->tables, 0);
  g_array_set_size (self->formulas, 0);
  _assay_document_text_forget_findings (self);
  self->next_line = 0;
  self->next_byte = 0;
  self->began = FALSE;
  self->whole_wanted = FALSE;
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->image_text, g_free);
  self->menu_code = -1;
  _assay_document_text_hide_code_bar (self);
  g_clear_pointer (&self->rendition, assay_rendition_unref);

  if (gtk_text_buffer_get_char_count (get_buffer (self)) == 0)
    return;
  /* A new buffer is quicker than emptying the old one. */
  set_new_buffer (self);
}

static void
update_styles (AssayDocumentText *self)
{
  if (self->styles == NULL
      || !assay_document_styles_update (self->styles, GTK_WIDGET (self), self->text_scale))
    return;
  for (guint i = 0; i < self->tables->len; i++)
    assay_document_table_set_text_scale (g_array_index (self->tables, Table, i).widget,
                                         self->styles, self->text_scale);
  update_table_widths (self);
  _assay_document_text_update_formulas (self, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
style_changed_cb (AssayDocumentText *self)
{
  update_styles (self);
  queue_colors (self);
}

static gboolean
get_selected_characters (AssayDocumentText *self, guint *start, guint *end)
{
  GtkTextIter from, to;

  if (self->rendition == NULL
      || !gtk_text_buffer_get_selection_bounds (get_buffer (self), &from, &to))
    return FALSE;
  *start = gtk_text_iter_get_offset (&from);
  *end = gtk_text_iter_get_offset (&to);
  return TRUE;
}

static void
select_all_cb (AssayDocumentText *self, gboolean select)
{
  /* All is more than what was shown so far. */
  if (!select || self->rendition == NULL || assay_document_text_get_filled (self))
    return;
  g_clear_handle_id (&self->fill_source, g_source_remove);
  if (self->next_line == 0)
    {
      begin (self);
      g_clear_handle_id (&self->fill_source, g_source_remove);
    }
  while (!assay_document_text_get_filled (self))
    insert_slice (self, SLICE_CHARACTERS);
  finish_filling (self);
}

static void
assay_document_text_copy_clipboard (GtkTextView *view)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (view);
  g_autofree char *text = NULL;
  guint start, end;

  if (!get_selected_characters (self, &start, &end))
    return;
  text = assay_rendition_dup_text (self->rendition, start, end);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
assay_document_text_snapshot_layer (GtkTextView *view,
                                    GtkTextViewLayer layer,
                                    GtkSnapshot *snapshot)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (view);

  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT && self->rendition != NULL)
    assay_document_drawing_snapshot (view, self->rendition, self->styles, snapshot);
}

/* Tables ask for the width that they were given; that must not keep the view from becoming
 * narrower. */
static void
assay_document_text_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GTK_WIDGET_CLASS (assay_document_text_parent_class)
      ->measure (widget, orientation, for_size, minimum, natural, minimum_baseline,
                 natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, WIDTH_MIN);
}

static void
assay_document_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);

  update_table_widths (self);
  _assay_document_text_update_formulas (self, FALSE);
  GTK_WIDGET_CLASS (assay_document_text_parent_class)
      ->size_allocate (widget, width, height, baseline);
}

static void
assay_document_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (assay_document_text_parent_class)->css_changed (widget, change);
  update_styles (ASSAY_DOCUMENT_TEXT (widget));
}

/* A table that was never seen has no place yet that could be scrolled to; its line has one as soon
 * as the lines before it are laid out. */
static void
scroll_to_table (AssayDocumentText *self, const Table *table)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle seen;
  GdkRectangle place;
  GtkTextMark *mark;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (
      get_buffer (self), &iter,
      (int) assay_rendition_get_line (self->rendition, table->line)->start);
  gtk_text_view_get_visible_rect (view, &seen);
  gtk_text_view_get_iter_location (view, &iter, &place);
  if (place.y >= seen.y && place.y + TABLE_HEAD_HEIGHT <= seen.y + seen.height)
    return;
  mark = gtk_text_buffer_create_mark (get_buffer (self), "assay-table", &iter, TRUE);
  gtk_text_view_scroll_to_mark (view, mark, 0, TRUE, 0, TABLE_PLACE);
}

/* The text itself, then its tables, each a stop. */
static gboolean
assay_document_text_focus (GtkWidget *widget, GtkDirectionType direction)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  int step = direction == GTK_DIR_TAB_BACKWARD ? -1 : 1;
  int n = (int) self->tables->len;
  int table = step > 0 ? -1 : n;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_is_focus (widget) || child != NULL ? FALSE : gtk_widget_grab_focus (widget);
  if (gtk_widget_is_focus (widget))
    {
      if (step < 0)
        return FALSE;
    }
  else if (child != NULL)
    {
      for (int i = 0; i < n; i++)
        if (GTK_WIDGET (g_array_index (self->tables, Table, i).widget) == child
            || gtk_widget_is_ancestor (child,
                                       GTK_WIDGET (g_array_index (self->tables, Table, i).widget))
            || gtk_widget_is_ancestor (GTK_WIDGET (g_array_index (self->tables, Table, i).widget),
                                       child))
          table = i;
    }
  else if (step > 0)
    {
      return gtk_widget_grab_focus (widget);
    }
  for (table += step; table >= 0 && table < n; table += step)
    {
      const Table *next = &g_array_index (self->tables, Table, table);

      if (!gtk_widget_child_focus (GTK_WIDGET (next->widget), direction))
        continue;
      scroll_to_table (self, next);
      return TRUE;
    }
  return step < 0 && gtk_widget_grab_focus (widget);
}

static void
assay_document_text_dispose (GObject *object)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_handle_id (&self->difference_source, g_source_remove);
  g_clear_pointer (&self->differences, assay_differences_unref);
  _assay_document_text_forget_findings (self);
  g_clear_object (&self->colors);
  g_clear_pointer (&self->rendition, assay_rendition_unref);

  G_OBJECT_CLASS (assay_document_text_parent_class)->dispose (object);

  g_clear_object (&self->styles);
}

static void
assay_document_text_finalize (GObject *object)
{
  AssayDocumentText *self = ASSAY_DOCUMENT_TEXT (object);

  g_clear_pointer (&self->tables, g_array_unref);
  g_clear_pointer (&self->formulas, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  for (guint look = 0; look < N_MARK_LOOKS; look++)
    g_clear_pointer (&self->covered[look], g_array_unref);
  g_clear_pointer (&self->pattern, assay_pattern_unref);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->image_text, g_free);

  G_OBJECT_CLASS (assay_document_text_parent_class)->finalize (object);
}

static void
assay_document_text_class_init (AssayDocumentTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = assay_document_text_dispose;
  object_class->finalize = assay_document_text_finalize;
  widget_class->query_tooltip = _assay_document_text_query_tooltip;
  widget_class->focus = assay_document_text_focus;
  widget_class->measure = assay_document_text_measure;
  widget_class->size_allocate = assay_document_text_size_allocate;
  widget_class->css_changed = assay_document_text_css_changed;
  view_class->copy_clipboard = assay_document_text_copy_clipboard;
  view_class->snapshot_layer = assay_document_text_snapshot_layer;

  signals[BEGUN] = g_signal_new ("begun", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED] = g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  signals[SEARCHED] = g_signal_new ("searched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  _assay_document_text_install_menu_actions (widget_class);
  _assay_document_text_install_selection (widget_class);
}

static void
assay_document_text_init (AssayDocumentText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  AdwStyleManager *manager;

  self->text_scale = 1;
  self->current_match = -1;
  self->tables = g_array_new (FALSE, FALSE, sizeof (Table));
  self->formulas = g_array_new (FALSE, TRUE, sizeof (Formula));
  self->marks = g_array_new (FALSE, FALSE, sizeof (AssayDocumentMark));
  for (guint look = 0; look < N_MARK_LOOKS; look++)
    self->covered[look] = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
  self->styles = assay_document_styles_new ();
  self->colors = assay_code_colors_new (assay_document_styles_get_table (self->styles));

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_bottom_margin (view, VERTICAL_MARGIN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "assay-document");

  manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect (self, "select-all", G_CALLBACK (select_all_cb), NULL);
  _assay_document_text_watch_code (self);
  _assay_document_text_watch_selection (self);
  set_new_buffer (self);
  self->menu_code = -1;
  update_styles (self);
  _assay_document_text_add_menu (self);
}

void
_assay_document_text_apply_tag (AssayDocumentText *self, GtkTextTag *tag, guint start, guint end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, start);
  to = from;
  gtk_text_iter_forward_chars (&to, end - start);
  gtk_text_buffer_apply_tag (get_buffer (self), tag, &from, &to);
}

GtkWidget *
assay_document_text_new (void)
{
  return g_object_new (ASSAY_TYPE_DOCUMENT_TEXT, NULL);
}

GtkWidget *
assay_document_text_new_like (AssayDocumentText *other)
{
  GtkWidget *self;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (other), NULL);

  self = assay_document_text_new ();
  /* What is laid out for another width first is laid out twice. */
  ASSAY_DOCUMENT_TEXT (self)->expected_width = get_own_width (other);
  assay_document_text_set_text_scale (ASSAY_DOCUMENT_TEXT (self), other->text_scale);
  assay_document_text_set_snaps (ASSAY_DOCUMENT_TEXT (self), other->snaps);
  assay_document_text_search (ASSAY_DOCUMENT_TEXT (self), other->pattern);
  return self;
}

void
assay_document_text_set_rendition (AssayDocumentText *self, AssayRendition *rendition)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->rendition == rendition)
    return;
  if (rendition != NULL)
    assay_rendition_ref (rendition);
  clear (self);
  self->rendition = rendition;
  if (rendition == NULL)
    return;
  self->whole_wanted = self->pattern != NULL || self->differences != NULL;

  gtk_widget_set_direction (GTK_WIDGET (self), assay_rendition_get_direction (rendition) < 0
                                                   ? GTK_TEXT_DIR_RTL
                                                   : GTK_TEXT_DIR_LTR);
  if (starts_slow (rendition))
    self->fill_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, begin_cb, self, NULL);
  else
    begin (self);
}

AssayRendition *
assay_document_text_get_rendition (AssayDocumentText *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), NULL);

  return self->rendition;
}

void
assay_document_text_set_wrap_code (AssayDocumentText *self, gboolean wrap_code)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  assay_document_styles_set_wrap_code (self->styles, wrap_code);
}

void
assay_document_text_set_text_scale (AssayDocumentText *self, double text_scale)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->text_scale == text_scale)
    return;
  self->text_scale = text_scale;
  update_styles (self);
}

gboolean
assay_document_text_get_filled (AssayDocumentText *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), FALSE);

  return self->rendition != NULL
         && self->next_line >= assay_rendition_get_n_lines (self->rendition);
}

void
assay_document_text_fill (AssayDocumentText *self)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  self->whole_wanted = TRUE;
  if (self->rendition != NULL && self->fill_source == 0 && !assay_document_text_get_filled (self))
    self->fill_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_cb, self, NULL);
}

gboolean
assay_document_text_get_selection (AssayDocumentText *self, gsize *start, gsize *end)
{
  guint first, last;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), FALSE);
  g_return_val_if_fail (start != NULL && end != NULL, FALSE);

  for (guint i = 0; i < self->tables->len; i++)
    if (assay_document_table_get_selection (g_array_index (self->tables, Table, i).widget, start,
                                            end))
      return TRUE;
  return get_selected_characters (self, &first, &last)
         && assay_rendition_map_to_source (self->rendition, first, last, start, end);
}
