/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-text-private.h"
#include "assay-find.h"

#define MATCHES_MAX 10000
/* A text that was unfolded for its match has its height after so many frames. */
#define SETTLING_FRAMES 3

static void
clear_matches (AssayDocumentText *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &start, &end);
  for (guint current = 0; current < 2; current++)
    gtk_text_buffer_remove_tag (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)),
                                assay_document_styles_get_match_tag (self->styles, current), &start,
                                &end);
  g_array_set_size (self->matches, 0);
  self->current_match = -1;
}

static void
add_table_matches (AssayDocumentText *self, guint table, guint place)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (AssayTableMatch));

  assay_document_table_search (g_array_index (self->tables, Table, table).widget, self->needle,
                               found);
  for (guint i = 0; i < found->len; i++)
    {
      Match match = { .start = place,
                      .end = place + 1,
                      .table = table,
                      .in_table = g_array_index (found, AssayTableMatch, i) };

      g_array_append_val (self->matches, match);
    }
}

/* A formula is found by its source, and marked as a whole. */
static void
add_formula_matches (AssayDocumentText *self, guint formula)
{
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (self->rendition));
  const AssayPart *part =
      assay_rendition_get_part (self->rendition,
                                assay_rendition_get_formula (self->rendition, formula)->part);
  g_autofree char *text =
      g_strndup (source + part->source_start, part->source_end - part->source_start);
  Match match = { .start = part->start, .end = part->start + part->n_characters, .table = -1 };
  gsize start = 0;
  gsize end = 0;

  while (self->matches->len < MATCHES_MAX
         && assay_find_next (text, end, self->needle, &start, &end))
    {
      g_array_append_val (self->matches, match);
      _assay_document_text_apply_tag (self,
                                      assay_document_styles_get_match_tag (self->styles, FALSE),
                                      match.start, match.end);
    }
}

static void
update_table_matches (AssayDocumentText *self)
{
  for (guint t = 0; t < self->tables->len; t++)
    {
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (AssayTableMatch));
      int current = -1;

      for (guint i = 0; i < self->matches->len; i++)
        {
          Match *match = &g_array_index (self->matches, Match, i);

          if (match->table != (int) t)
            continue;
          if ((int) i == self->current_match)
            current = found->len;
          g_array_append_val (found, match->in_table);
        }
      assay_document_table_show_matches (g_array_index (self->tables, Table, t).widget,
                                         self->styles, (const AssayTableMatch *) found->data,
                                         found->len, current);
    }
}

static guint
get_formula_start (AssayDocumentText *self, guint formula)
{
  return assay_rendition_get_part (self->rendition,
                                   assay_rendition_get_formula (self->rendition, formula)->part)
      ->start;
}

static guint
get_table_start (AssayDocumentText *self, guint table)
{
  return assay_rendition_get_line (self->rendition, g_array_index (self->tables, Table, table).line)
      ->start;
}

guint
assay_document_text_search (AssayDocumentText *self, const char *needle)
{
  const char *text;
  gsize start = 0;
  gsize end = 0;
  gsize counted_bytes = 0;
  guint counted = 0;
  guint next_table = 0;
  guint next_formula = 0;
  gboolean had_matches;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), 0);

  had_matches = self->matches->len > 0;
  clear_matches (self);
  g_set_str (&self->needle, needle && *needle ? needle : NULL);
  if (self->needle == NULL || self->rendition == NULL || !assay_document_text_get_filled (self))
    {
      if (self->needle != NULL)
        assay_document_text_fill (self);
      if (had_matches)
        update_table_matches (self);
      return 0;
    }

  text = assay_rendition_get_text (self->rendition);
  for (;;)
    {
      gboolean found = self->matches->len < MATCHES_MAX
                       && assay_find_next (text, end, self->needle, &start, &end);
      Match match = { .table = -1 };

      if (found)
        {
          counted += g_utf8_strlen (text + counted_bytes, start - counted_bytes);
          match.start = counted;
          counted += g_utf8_strlen (text + start, end - start);
          match.end = counted;
          counted_bytes = end;
        }
      /* Formulas and tables stand in the order of the text. */
      for (;;)
        {
          guint formula = next_formula < self->formulas->len
                              ? get_formula_start (self, next_formula)
                              : G_MAXUINT;
          guint table =
              next_table < self->tables->len ? get_table_start (self, next_table) : G_MAXUINT;

          if (MIN (formula, table) == G_MAXUINT || (found && MIN (formula, table) >= match.start))
            break;
          if (formula < table)
            add_formula_matches (self, next_formula++);
          else
            add_table_matches (self, next_table++, table);
        }
      if (!found)
        break;
      g_array_append_val (self->matches, match);
      _assay_document_text_apply_tag (self,
                                      assay_document_styles_get_match_tag (self->styles, FALSE),
                                      match.start, match.end);
    }
  update_table_matches (self);
  return self->matches->len;
}

guint
assay_document_text_get_n_matches (AssayDocumentText *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_TEXT (self), 0);

  return self->matches->len;
}

void
assay_document_text_leave_match (AssayDocumentText *self)
{
  GtkTextIter start, end;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));

  if (self->current_match < 0)
    return;
  self->current_match = -1;
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &start, &end);
  gtk_text_buffer_remove_tag (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)),
                              assay_document_styles_get_match_tag (self->styles, TRUE), &start,
                              &end);
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
  Match *match;
  GtkTextIter iter;

  g_return_if_fail (ASSAY_IS_DOCUMENT_TEXT (self));
  g_return_if_fail (index < self->matches->len);

  assay_document_text_leave_match (self);
  self->current_match = index;
  match = &g_array_index (self->matches, Match, index);
  if (match->table < 0)
    _assay_document_text_apply_tag (self, assay_document_styles_get_match_tag (self->styles, TRUE),
                                    match->start, match->end);
  else
    update_table_matches (self);

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &iter,
                                      match->start);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self),
                                gtk_text_buffer_get_insert (
                                    gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))),
                                0.1, FALSE, 0, 0);
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
  gtk_text_buffer_select_range (buffer, &first, &last);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer), 0, TRUE,
                                0, 0.05);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_around_cb, g_new0 (guint, 1), g_free);
}
