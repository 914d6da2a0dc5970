/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-documents-pane-private.h"

/* How far each response was read. */

guint
assay_documents_pane_get_reading_place (AssayDocumentsPane *self, guint place)
{
  AssayDocument *document;
  AssayDocumentView *view;

  g_return_val_if_fail (ASSAY_IS_DOCUMENTS_PANE (self), 0);

  if (place >= self->columns->len)
    return 0;
  document = _assay_documents_pane_get_response (self, place);
  view = assay_response_column_get_view (_assay_documents_pane_get_column (self, place));
  return g_utf8_strlen (assay_document_get_text (document),
                        assay_document_view_get_reading_place (view));
}

void
assay_documents_pane_set_reading_place (AssayDocumentsPane *self, guint place, guint character)
{
  const char *text;

  g_return_if_fail (ASSAY_IS_DOCUMENTS_PANE (self));

  if (place >= self->columns->len || character == 0)
    return;
  text = assay_document_get_text (_assay_documents_pane_get_response (self, place));
  character = MIN (character, g_utf8_strlen (text, -1));
  assay_document_view_show_place (assay_response_column_get_view (
                                      _assay_documents_pane_get_column (self, place)),
                                  g_utf8_offset_to_pointer (text, character) - text, 0);
}
