/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"
#include "assay-turn.h"

/* A text that was unfolded for its match has its height after so many frames. */
#define SETTLING_FRAMES 3
/* Of a main-loop turn, looked at after so many places. */
#define TURN_USEC (8 * G_TIME_SPAN_MILLISECOND)
#define SLICE_PLACES 100

static GtkTextBuffer *
get_buffer (AssayDocumentText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static const AssayFoundPlace *
get_places (AssayDocumentText *self, guint *n_places)
{
  *n_places = 0;
  return self->findings != NULL ? assay_findings_get_places (self->findings, n_places) : NULL;
}

static void
update_table_matches (AssayDocumentText *self)
{
  guint n_places;
  const AssayFoundPlace *places = get_places (self, &n_places);
  guint next = 0;

  for (guint t = 0; t < self->tables->len; t++)
    {
      guint first;
      int current = -1;

      while (next < n_places && places[next].table < (int) t)
        next++;
      for (first = next; next < n_places && places[next].table == (int) t; next++)
        if ((int) next == self->current_match)
          current = (int) (next - first);
      assay_document_table_show_matches (g_array_index (self->tables, Table, t).widget,
                                         self->styles, n_places > 0 ? places + first : NULL,
                                         next - first, current);
    }
}

static void
remove_tag (AssayDocumentText *self, gboolean current)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self),
                              assay_document_styles_get_match_tag (self->styles, current), &start,
                              &end);
}

void
_assay_document_text_forget_findings (AssayDocumentText *self)
{
  g_clear_handle_id (&self->match_source, g_source_remove);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->findings, assay_findings_unref);
  self->current_match = -1;
}

static gboolean
mark_cb (gpointer user_data)
{
  AssayDocumentText *self = user_data;
  guint n_places;
  const AssayFoundPlace *places = get_places (self, &n_places);
  GtkTextTag *tag = assay_document_styles_get_match_tag (self->styles, FALSE);

  if (assay_turn_is_spent (TURN_USEC))
    return G_SOURCE_CONTINUE;
  for (guint i = 1; self->next_place < n_places; self->next_place++, i++)
    {
      const AssayFoundPlace *place = &places[self->next_place];

      if (i % SLICE_PLACES == 0 && assay_turn_is_spent (TURN_USEC))
        return G_SOURCE_CONTINUE;
      if (place->table < 0)
        _assay_document_text_apply_tag (self, tag, place->start, place->end);
    }
  update_table_matches (self);
  self->match_source = 0;
  g_signal_emit_by_name (self, "searched");
  return G_SOURCE_REMOVE;
}

typedef struct
{
  GWeakRef text;
  GCancellable *finding;
} Finding;

static void
finding_free (gpointer data)
{
  Finding *finding = data;

  g_weak_ref_clear (&finding->text);
  g_object_unref (finding->finding);
  g_free (finding);
}

static DexFuture *
found_cb (DexFuture *future, gpointer user_data)
{
  Finding *finding = user_data;
  g_autoptr (AssayDocumentText) self = g_weak_ref_get (&finding->text);
  const GValue *value = dex_future_get_value (future, NULL);

  /* What was cancelled may have been found all the same. */
  if (self != NULL && value != NULL && self->finding == finding->finding)
    {
      g_clear_object (&self->finding);
      self->findings = g_value_dup_boxed (value);
      self->next_place = 0;
      self->match_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, mark_cb, self, NULL);
    }
  return dex_future_new_true ();
}

void
_assay_document_text_queue_search (AssayDocumentText *self)
{
  Finding *finding;

  _assay_document_text_forget_findings (self);
  if (self->pattern == NULL)
    return;
  if (!assay_document_text_get_filled (self))
    {
      assay_document_text_fill (self);
      return;
    }
  self->finding = g_cancellable_new ();
  finding = g_new0 (Finding, 1);
  g_weak_ref_init (&finding->text, self);
  finding->finding = g_object_ref (self->finding);
  dex_future_disown (dex_future_finally (assay_find (self->rendition, self->pattern, self->finding),
                                         found_cb, finding, finding_free));
}

void
assay_document_text_search (AssayDocumentText *self, AssayPattern *pattern)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->pattern == NULL && pattern == NULL)
    return;
  if (pattern != NULL)
    assay_pattern_ref (pattern);
  g_clear_pointer (&self->pattern, assay_pattern_unref);
  self->pattern = pattern;
  remove_tag (self, FALSE);
  remove_tag (self, TRUE);
  _assay_document_text_queue_search (self);
  update_table_matches (self);
}

AssayFindings *
assay_document_text_get_findings (AssayDocumentText *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), NULL);

  return self->match_source == 0 ? self->findings : NULL;
}

void
assay_document_text_leave_match (AssayDocumentText *self)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->current_match < 0)
    return;
  self->current_match = -1;
  remove_tag (self, TRUE);
  update_table_matches (self);
}

/* A view that is as high as its text does not scroll itself; what holds it does, once the match has
 * its place. */
static gboolean
scroll_around_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  GdkRectangle place;
  GtkTextIter iter;
  graphene_point_t point;
  int x, y;

  if (viewport == NULL)
    return G_SOURCE_REMOVE;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  if (!gtk_widget_compute_point (widget, gtk_viewport_get_child (GTK_VIEWPORT (viewport)),
                                 &GRAPHENE_POINT_INIT (x, y), &point))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  gtk_adjustment_clamp_page (adjustment, point.y - place.height, point.y + 2 * place.height);
  return ++*n_frames < SETTLING_FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
assay_document_text_show_match (AssayDocumentText *self, guint index)
{
  const AssayFoundPlace *match;
  GtkTextIter iter;
  guint n_places;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  match = get_places (self, &n_places);
  g_return_if_fail (index < n_places);

  match += index;
  assay_document_text_leave_match (self);
  self->current_match = (int) index;
  if (match->table < 0)
    _assay_document_text_apply_tag (self, assay_document_styles_get_match_tag (self->styles, TRUE),
                                    match->start, match->end);
  else
    update_table_matches (self);

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &iter, (int) match->start);
  gtk_text_buffer_place_cursor (get_buffer (self), &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self),
                                gtk_text_buffer_get_insert (get_buffer (self)), 0.1, FALSE, 0, 0);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_around_cb, g_new0 (guint, 1), g_free);
}

void
assay_document_text_show_place (AssayDocumentText *self, guint start, guint end)
{
  GtkTextBuffer *buffer;
  GtkTextIter first;
  GtkTextIter last;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_iter_at_offset (buffer, &first, (int) start);
  gtk_text_buffer_get_iter_at_offset (buffer, &last, (int) MAX (start, end));
  /* What follows the place may be in the next line; the end of this one is no part of it. */
  while (gtk_text_iter_starts_line (&last) && gtk_text_iter_compare (&last, &first) > 0)
    gtk_text_iter_backward_char (&last);
  gtk_text_buffer_select_range (buffer, &first, &last);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer), 0, TRUE,
                                0, 0.05);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_around_cb, g_new0 (guint, 1), g_free);
}
