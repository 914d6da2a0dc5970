/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-view.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CONTEXT_ITEM (assay_context_item_get_type ())
/**
 * AssayContextItem:
 *
 * One text that the responses answer or rest on (prompt, turn, source …) under a heading that folds
 * it away. A folded text costs nothing until it is unfolded or searched.
 *
 * Properties: `title`, `expanded`.
 */
G_DECLARE_FINAL_TYPE (AssayContextItem, assay_context_item, ASSAY, CONTEXT_ITEM, GtkWidget)

GtkWidget *assay_context_item_new (void);
void assay_context_item_show (AssayContextItem *self,
                              AssayDocument *document,
                              const char *title,
                              gboolean expanded);
const char *assay_context_item_get_title (AssayContextItem *self);
gboolean assay_context_item_get_expanded (AssayContextItem *self);
void assay_context_item_set_expanded (AssayContextItem *self, gboolean expanded);
AssayDocumentView *assay_context_item_get_view (AssayContextItem *self);
/* Gives the view its document even while it is folded. */
void assay_context_item_load (AssayContextItem *self);

G_END_DECLS
