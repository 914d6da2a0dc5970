/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-guideline.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_GUIDELINE_VIEW (assay_guideline_view_get_type ())
/**
 * AssayGuidelineView:
 *
 * A guideline beside the form: search entry, outline, and a slot for the widget that shows the
 * text. The view finds places; whoever fills the slot scrolls to them. Places are byte offsets into
 * the guideline's source.
 *
 * Properties: `guideline`, `child` (the widget that shows the text), `n-matches` (read only).
 *
 * Signals: `place-activated (start, length)` (guint64 each, bytes; length 0 for a heading) when the
 * text should be scrolled to a heading or a search match.
 */
G_DECLARE_FINAL_TYPE (AssayGuidelineView, assay_guideline_view, ASSAY, GUIDELINE_VIEW, GtkWidget)

GtkWidget *assay_guideline_view_new (void);
AssayGuideline *assay_guideline_view_get_guideline (AssayGuidelineView *self);
void assay_guideline_view_set_guideline (AssayGuidelineView *self, AssayGuideline *guideline);
GtkWidget *assay_guideline_view_get_child (AssayGuidelineView *self);
void assay_guideline_view_set_child (AssayGuidelineView *self, GtkWidget *child);

void assay_guideline_view_focus_search (AssayGuidelineView *self);
guint assay_guideline_view_get_n_matches (AssayGuidelineView *self);
/* Goes to the heading that names @label (F1 on a criterion), else to its first mention. FALSE if
 * there is neither. */
gboolean assay_guideline_view_show_place_of (AssayGuidelineView *self, const char *label);
/* The titles of its parts. (transfer full) */
GStrv assay_guideline_view_dup_headings (AssayGuidelineView *self);

G_END_DECLS
