/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-presentation.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_NAME_POPOVER (assay_name_popover_get_type ())
/**
 * AssayNamePopover:
 *
 * The letters of the responses, which may follow a typed "@": to be typed on, or clicked. It never
 * takes the focus.
 *
 * Signals: `chosen (letter)`.
 */
G_DECLARE_FINAL_TYPE (AssayNamePopover, assay_name_popover, ASSAY, NAME_POPOVER, GtkPopover)

/* At the cursor of @view, which is within the parent of the popover. Without responses there is
 * nothing to offer. */
void assay_name_popover_offer (AssayNamePopover *self,
                               AssayPresentation *presentation,
                               GtkTextView *view);

G_END_DECLS
