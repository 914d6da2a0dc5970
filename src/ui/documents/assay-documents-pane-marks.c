/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

/* The place of a document's view in reading order; FALSE if none shows it. */
static gboolean
find_view (AssayDocumentsPane *self, const char *document, guint *index)
{
  guint n_before = 0;

  for (guint i = 0; self->task != NULL && i < assay_task_get_n_documents (self->task); i++)
    {
      AssayDocument *one = assay_task_get_document (self->task, i);
      gboolean is_response = assay_document_get_role (one) == ASSAY_DOCUMENT_RESPONSE;

      if (!g_str_equal (assay_document_get_id (one), document))
        {
          n_before += !is_response;
          continue;
        }
      *index = n_before;
      for (guint place = 0; is_response && place < self->columns->len; place++)
        if (_assay_documents_pane_get_response (self, place) == one)
          *index = self->items->len + place;
      return TRUE;
    }
  return FALSE;
}

void
assay_documents_pane_set_marks (AssayDocumentsPane *self,
                                const char *document,
                                const AssayDocumentMark *marks,
                                guint n)
{
  guint index;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));
  g_return_if_fail (document != NULL);

  if (find_view (self, document, &index))
    assay_document_view_set_marks (_assay_documents_pane_get_view (self, index), marks, n);
}

gboolean
assay_documents_pane_show_place (AssayDocumentsPane *self,
                                 const char *document,
                                 gsize start,
                                 gsize length)
{
  guint index;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);
  g_return_val_if_fail (document != NULL, FALSE);

  if (!find_view (self, document, &index))
    return FALSE;
  _assay_documents_pane_reveal (self, index);
  assay_document_view_show_place (_assay_documents_pane_get_view (self, index), start, length);
  return TRUE;
}

void
assay_documents_pane_set_marking (AssayDocumentsPane *self, gboolean marking)
{
  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  self->marking = !!marking;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "documents.mark", self->marking);
  for (guint i = 0; i < _assay_documents_pane_get_n_views (self); i++)
    assay_document_view_set_marking (_assay_documents_pane_get_view (self, i), self->marking);
}

gboolean
assay_documents_pane_take_selection (AssayDocumentsPane *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  return self->marking ? assay_documents_pane_mark (self) : assay_documents_pane_quote (self);
}

gboolean
assay_documents_pane_mark (AssayDocumentsPane *self)
{
  AssayDocument *document = NULL;
  g_autofree char *selection = NULL;
  gsize start;
  gsize end;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), FALSE);

  selection = assay_documents_pane_dup_selection (self, &document, &start, &end);
  if (selection == NULL || document == self->draft)
    return FALSE;
  _assay_documents_pane_request_mark (self, document, (guint) start, (guint) end);
  return TRUE;
}
