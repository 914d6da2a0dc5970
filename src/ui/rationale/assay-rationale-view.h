/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "assay-presentation.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RATIONALE_VIEW (assay_rationale_view_get_type ())
/**
 * AssayRationaleView:
 *
 * The text view of a rationale, with a frame to write along (task-kinds, appendix B): empty lines
 * that show what may stand there. What they show is no part of the text, and goes once something is
 * written.
 *
 * Signals: `undo-border` before and after a frame is inserted: what is typed around it is undone by
 * itself.
 */
G_DECLARE_FINAL_TYPE (AssayRationaleView,
                      assay_rationale_view,
                      ASSAY,
                      RATIONALE_VIEW,
                      GtkSourceView)

/* The whole frame by the action `rationale.insert-frame`, and each part by `rationale.insert-part`
 * with its number; both are for the widget around to have. */
GMenuModel *assay_rationale_view_get_frame_menu (AssayRationaleView *self);
/* On lines of its own behind the line of the cursor. */
void assay_rationale_view_insert_frame (AssayRationaleView *self);
void assay_rationale_view_insert_part (AssayRationaleView *self, int part);
/* Another text takes the place of the one that was framed. */
void assay_rationale_view_clear_frame (AssayRationaleView *self);
/* Makes the names of the responses, as in "@A", stand out. */
void assay_rationale_view_mark_tokens (AssayRationaleView *self, AssayPresentation *presentation);

G_END_DECLS
