/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

#include <glib/gi18n.h>

#include "assay-document-render.h"

#define STACK_BYTES (512 * 1024)

/* A text that is being written, as it will be read. Each state of it has a column of its own, since
 * a text that had tables is not shown anew in the same view; it takes the place of the one before
 * when it can be painted. */

typedef struct
{
  GWeakRef pane;
  guint serial;
  AssayDocument *draft;
  AssayDocument *original;      /* (nullable) */
  AssayRewriteChanges *changes; /* (nullable) what became of it */
} Preparing;

static void
preparing_clear (gpointer data)
{
  Preparing *preparing = data;

  g_weak_ref_clear (&preparing->pane);
  g_object_unref (preparing->draft);
  g_clear_object (&preparing->original);
  g_clear_pointer (&preparing->changes, assay_rewrite_changes_unref);
}

static void
preparing_unref (gpointer preparing)
{
  g_atomic_rc_box_release_full (preparing, preparing_clear);
}

gboolean
_assay_documents_pane_is_draft (AssayDocumentsPane *self, guint place)
{
  return self->draft != NULL && place + 1 == self->columns->len;
}

/* The place of the response that the draft is compared with; FALSE if there is none. */
static gboolean
find_base (AssayDocumentsPane *self, guint *place)
{
  for (guint i = 0; self->draft_base != NULL && i < assay_presentation_get_n (self->presentation);
       i++)
    if (g_str_equal (assay_presentation_get_response (self->presentation, i), self->draft_base))
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
_assay_documents_pane_is_edit (AssayDocumentsPane *self, guint one, guint other)
{
  guint base;

  return self->draft_changes != NULL && find_base (self, &base)
         && _assay_documents_pane_is_draft (self, MAX (one, other)) && MIN (one, other) == base;
}

static void
drop_next (AssayDocumentsPane *self)
{
  if (self->draft_next != NULL)
    gtk_box_remove (GTK_BOX (self->columns_box), GTK_WIDGET (self->draft_next));
  self->draft_next = NULL;
  g_clear_pointer (&self->draft_changes_next, assay_rewrite_changes_unref);
}

/* The new state stands in the place of the old one, or behind the responses. */
static void
put_in_place (AssayDocumentsPane *self, AssayResponseColumn *column)
{
  guint last = self->columns->len - 1;

  if (self->draft == NULL)
    {
      self->before_draft[0] = self->current;
      self->before_draft[1] = self->pinned;
      self->before_draft[2] = self->beside;
      self->current = self->beside = self->columns->len;
      self->on_prompt_page = FALSE;
      g_ptr_array_add (self->columns, column);
      return;
    }
  gtk_box_remove (GTK_BOX (self->columns_box), self->columns->pdata[last]);
  self->columns->pdata[last] = column;
}

static void
forget_changes (AssayDocumentsPane *self)
{
  g_clear_pointer (&self->draft_changes, assay_rewrite_changes_unref);
  for (AssaySide side = ASSAY_SIDE_A; side <= ASSAY_SIDE_B; side++)
    g_clear_pointer (&self->draft_differences[side], assay_differences_unref);
  _assay_documents_pane_forget_comparisons_from (self, self->columns->len - 1);
}

static void
take_changes (AssayDocumentsPane *self, guint base)
{
  forget_changes (self);
  self->draft_changes = g_steal_pointer (&self->draft_changes_next);
  if (self->draft_changes == NULL)
    return;
  self->draft_differences[ASSAY_SIDE_A] = assay_differences_new_of_edit (
      self->draft_changes, ASSAY_SIDE_A,
      assay_document_get_text (_assay_documents_pane_get_response (self, base)));
  self->draft_differences[ASSAY_SIDE_B] =
      assay_differences_new_of_edit (self->draft_changes, ASSAY_SIDE_B,
                                     assay_document_get_text (self->draft));
}

static void
begun_cb (AssayDocumentsPane *self, AssayDocumentView *view)
{
  AssayResponseColumn *column = self->draft_next;
  guint base = 0;
  gboolean has_focus;

  if (column == NULL || assay_response_column_get_view (column) != view)
    return;
  self->draft_next = NULL;
  has_focus = self->draft != NULL
              && gtk_widget_get_focus_child (self->columns_box)
                     == self->columns->pdata[self->columns->len - 1];
  put_in_place (self, column);
  g_set_object (&self->draft, assay_document_view_get_document (view));
  if (find_base (self, &base))
    self->pinned = base;
  take_changes (self, base);
  _assay_documents_pane_update_layout (self);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (column));
  if (self->pattern != NULL)
    assay_document_view_search (view, self->pattern);
  g_object_notify (G_OBJECT (self), "draft");
}

static void
fill_next (AssayDocumentsPane *self, AssayDocument *draft, AssayRewriteChanges *changes)
{
  AssayResponseColumn *column;
  AssayDocumentView *view;

  drop_next (self);
  column = _assay_documents_pane_make_column (self);
  view = assay_response_column_get_view (column);
  /* Translators: the text that the person writes, beside the responses A, B … */
  assay_response_column_set_name (column, _ ("Your Text"));
  assay_document_view_set_show_source (view, self->show_source);
  if (self->draft != NULL)
    {
      AssayDocumentView *before =
          assay_response_column_get_view (self->columns->pdata[self->columns->len - 1]);
      gsize place = assay_document_view_get_reading_place (before);

      assay_document_view_set_show_source (view, assay_document_view_get_show_source (before));
      if (place > 0)
        assay_document_view_show_place (view, MIN (place, assay_document_get_length_bytes (draft)),
                                        0);
    }
  self->draft_next = column;
  if (changes != NULL)
    self->draft_changes_next = assay_rewrite_changes_ref (changes);
  g_signal_connect_object (view, "begun", G_CALLBACK (begun_cb), self, G_CONNECT_SWAPPED);
  assay_response_column_set_document (column, draft);
}

static DexFuture *
prepare_fiber (gpointer user_data)
{
  Preparing *preparing = user_data;

  if (preparing->original != NULL)
    preparing->changes = assay_rewrite_changes_new (assay_document_get_text (preparing->original),
                                                    assay_document_get_text (preparing->draft));
  return dex_future_new_true ();
}

static DexFuture *
prepared_cb (DexFuture *future, gpointer user_data)
{
  Preparing *preparing = user_data;
  g_autoptr (AssayDocumentsPane) self = g_weak_ref_get (&preparing->pane);

  if (self != NULL && self->draft_serial == preparing->serial)
    fill_next (self, preparing->draft, preparing->changes);
  return NULL;
}

void
_assay_documents_pane_forget_draft (AssayDocumentsPane *self)
{
  self->draft_serial++;
  drop_next (self);
  g_clear_pointer (&self->draft_base, g_free);
  if (self->draft == NULL)
    return;
  forget_changes (self);
  gtk_box_remove (GTK_BOX (self->columns_box), self->columns->pdata[self->columns->len - 1]);
  g_ptr_array_set_size (self->columns, (int) self->columns->len - 1);
  g_clear_object (&self->draft);
  if (self->current >= self->columns->len)
    self->current = self->before_draft[0];
  self->pinned = self->before_draft[1];
  self->beside = self->before_draft[2];
  if (self->find_view >= (int) _assay_documents_pane_get_n_views (self))
    self->find_view = self->find_match = -1;
}

static void
remove_draft (AssayDocumentsPane *self)
{
  gboolean was_shown = self->draft != NULL;

  _assay_documents_pane_forget_draft (self);
  if (!was_shown)
    return;
  _assay_documents_pane_update_layout (self);
  _assay_documents_pane_find_update (self);
  g_object_notify (G_OBJECT (self), "draft");
}

void
assay_documents_pane_set_draft (AssayDocumentsPane *self,
                                AssayDocument *draft,
                                const char *response)
{
  Preparing *preparing;
  guint base = 0;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));
  g_return_if_fail (draft == NULL || (ASSAY_IS_DOCUMENT (draft) && self->task != NULL));

  if (draft == NULL)
    {
      remove_draft (self);
      return;
    }
  g_set_str (&self->draft_base, response);
  preparing = g_atomic_rc_box_new0 (Preparing);
  g_weak_ref_init (&preparing->pane, self);
  preparing->serial = ++self->draft_serial;
  preparing->draft = g_object_ref (draft);
  if (find_base (self, &base))
    preparing->original = g_object_ref (_assay_documents_pane_get_response (self, base));
  dex_unref (assay_document_render (draft, FALSE));
  dex_future_disown (dex_future_then (
      dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES, prepare_fiber,
                           g_atomic_rc_box_acquire (preparing), preparing_unref),
      prepared_cb, preparing, preparing_unref));
}

AssayDocument *
assay_documents_pane_get_draft (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), NULL);

  return self->draft;
}

gboolean
assay_documents_pane_focus_draft (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->draft != NULL && assay_documents_pane_focus_response (self, self->columns->len - 1);
}
