/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-bench.h"
#include "assay-limits.h"

/* Filling: the first response that is seen comes first, and the next one when that has been
 * painted. */

static void fill_next (AssayDocumentsPane *self);

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  AssayDocumentsPane *self = ASSAY_DOCUMENTS_PANE (widget);

  /* The first tick comes before the frame that shows what was filled last. */
  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  fill_next (self);
  return G_SOURCE_REMOVE;
}

void
_assay_documents_pane_stop_waiting (AssayDocumentsPane *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

void
_assay_documents_pane_begun (AssayDocumentsPane *self)
{
  if (self->tick != 0)
    return;
  self->n_frames = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
fill_next (AssayDocumentsPane *self)
{
  if (!self->fill_begun && self->task != NULL)
    {
      self->fill_begun = TRUE;
      assay_bench_mark_painted (GTK_WIDGET (self), "task-painted*");
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayDocumentView *view =
          assay_response_column_get_view (_assay_documents_pane_get_column (self, i));

      if (!gtk_widget_get_visible (GTK_WIDGET (_assay_documents_pane_get_column (self, i)))
          || assay_document_view_get_document (view) != NULL)
        continue;
      assay_response_column_set_document (_assay_documents_pane_get_column (self, i),
                                          _assay_documents_pane_get_response (self, i));
      return;
    }
}

/* What is shown follows from the state; this is the only place that decides it. */

static gboolean
shows_one (AssayDocumentsPane *self)
{
  return self->narrow || self->paged || self->view_mode == ASSAY_VIEW_MODE_ONE_AT_A_TIME;
}

gboolean
_assay_documents_pane_shows_pair (AssayDocumentsPane *self)
{
  return self->columns->len > ASSAY_LIMIT_RESPONSES_SIDE_BY_SIDE
         || (self->draft != NULL && self->columns->len > 2)
         || (self->view_mode == ASSAY_VIEW_MODE_DIFFERENCES && self->columns->len > 2
             && !self->against_all);
}

static gboolean
is_visible (AssayDocumentsPane *self, guint place)
{
  if (shows_one (self))
    return place == self->current;
  if (!_assay_documents_pane_shows_pair (self))
    return TRUE;
  return place == self->pinned || place == self->beside;
}

static gboolean
has_toggles (AdwToggleGroup *group, GPtrArray *labels)
{
  if (adw_toggle_group_get_n_toggles (group) != labels->len)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    if (g_strcmp0 (adw_toggle_get_label (adw_toggle_group_get_toggle (group, i)),
                   g_ptr_array_index (labels, i))
        != 0)
      return FALSE;
  return TRUE;
}

/* Most tasks need neither of the groups, and two tasks with as many responses need the same. */
static void
show_toggles (AssayDocumentsPane *self, AdwToggleGroup *group, gboolean with_prompt, guint active)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  if (with_prompt)
    g_ptr_array_add (labels, (gpointer) _ ("Prompt"));
  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (labels, (gpointer) assay_response_column_get_letter (
                                 _assay_documents_pane_get_column (self, i)));
  if (!has_toggles (group, labels))
    {
      adw_toggle_group_remove_all (group);
      for (guint i = 0; i < labels->len; i++)
        {
          AdwToggle *toggle = adw_toggle_new ();

          adw_toggle_set_label (toggle, g_ptr_array_index (labels, i));
          adw_toggle_group_add (group, toggle);
        }
    }
  adw_toggle_group_set_active (group, active);
}

static void
update_toggles (AssayDocumentsPane *self)
{
  gboolean with_prompt = self->items->len > 0;
  gboolean all_seen = !shows_one (self) && !_assay_documents_pane_shows_pair (self);
  gboolean pages = self->narrow && self->columns->len + with_prompt > 1;
  gboolean letters = !self->narrow && self->columns->len > 1 && !all_seen;

  gtk_widget_set_visible (self->pages_bar, pages);
  gtk_widget_set_visible (self->letters_bar, letters);
  if (pages)
    show_toggles (self, self->pages, with_prompt,
                  self->on_prompt_page ? 0 : self->current + with_prompt);
  if (letters)
    show_toggles (self, self->letters, FALSE, self->current);
}

void
_assay_documents_pane_update_layout (AssayDocumentsPane *self)
{
  gboolean against_all = self->view_mode == ASSAY_VIEW_MODE_DIFFERENCES && self->against_all
                         && self->columns->len > 2 && self->draft == NULL;
  gboolean can_pin = !shows_one (self) && (_assay_documents_pane_shows_pair (self) || against_all);
  gboolean first = TRUE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      AssayResponseColumn *column = _assay_documents_pane_get_column (self, i);
      gboolean visible = is_visible (self, i);

      gtk_widget_set_visible (GTK_WIDGET (column), visible);
      assay_response_column_set_can_pin (column, can_pin);
      assay_response_column_set_pinned (column, can_pin && i == self->pinned);
      if (visible && first)
        gtk_widget_add_css_class (GTK_WIDGET (column), "first");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (column), "first");
      first = first && !visible;
    }
  gtk_widget_set_visible (self->upper,
                          self->items->len > 0 && (!self->narrow || self->on_prompt_page));
  gtk_widget_set_visible (self->lower,
                          self->columns->len > 0 && (!self->narrow || !self->on_prompt_page));
  update_toggles (self);
  if (self->tick == 0)
    fill_next (self);
  _assay_documents_pane_compare (self);
}

void
_assay_documents_pane_show_responses (AssayDocumentsPane *self, gboolean made_anew)
{
  self->fill_begun = FALSE;
  if (made_anew && self->columns->len > 0)
    _assay_documents_pane_begun (self);
  _assay_documents_pane_update_layout (self);
}

void
_assay_documents_pane_choose_response (AssayDocumentsPane *self, guint place)
{
  gboolean changed = self->current != place;

  self->current = place;
  self->on_prompt_page = FALSE;
  self->at_response = TRUE;
  if (place != self->pinned)
    self->beside = place;
  _assay_documents_pane_update_layout (self);
  if (changed)
    g_object_notify (G_OBJECT (self), "current-response");
}
