/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-claim-offer.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CLAIM_BAR (assay_claim_bar_get_type ())
/**
 * AssayClaimBar:
 *
 * Under the tasks of a platform's project: that there are more, and the button that claims them.
 * Shown only while some can be claimed.
 */
G_DECLARE_FINAL_TYPE (AssayClaimBar, assay_claim_bar, ASSAY, CLAIM_BAR, GtkWidget)

/* Once. */
void assay_claim_bar_set_offer (AssayClaimBar *self, AssayClaimOffer *offer);
/* Whether the list is one that it belongs to. */
void assay_claim_bar_set_wanted (AssayClaimBar *self, gboolean wanted);

G_END_DECLS
