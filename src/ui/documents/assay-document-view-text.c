/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-view-private.h"

/* What an AssayDocumentView has its text do: of the class, in a file of its own. */

void
assay_document_view_search (AssayDocumentView *self, AssayPattern *pattern)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  assay_document_text_search (self->text, pattern);
}

AssayFindings *
assay_document_view_get_findings (AssayDocumentView *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), NULL);

  return assay_document_text_get_findings (self->text);
}

guint
assay_document_view_get_n_matches (AssayDocumentView *self)
{
  AssayFindings *findings;
  guint n = 0;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_VIEW (self), 0);

  findings = assay_document_text_get_findings (self->text);
  if (findings != NULL)
    assay_findings_get_places (findings, &n);
  return n;
}

void
assay_document_view_set_marks (AssayDocumentView *self, const AssayDocumentMark *marks, guint n)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  assay_document_text_set_marks (self->text, marks, n);
}

void
assay_document_view_set_differences (AssayDocumentView *self,
                                     AssayDifferences *differences,
                                     AssayDifferenceLook own_look,
                                     const char *description)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  assay_document_text_set_differences (self->text, differences, own_look);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

void
assay_document_view_set_marking (AssayDocumentView *self, gboolean marking)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_VIEW (self));

  assay_document_text_set_snaps (self->text, marking);
}
