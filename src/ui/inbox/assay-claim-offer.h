/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-project.h"
#include "assay-session.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CLAIM_OFFER (assay_claim_offer_get_type ())
/**
 * AssayClaimOffer:
 *
 * What a platform has for the person in one project: how many tasks can be claimed now, or why none
 * can and what to do about it. Follows the account, the project's terms and what is here of it.
 *
 * Signals: `changed ()`; `message (text)` for what came of a claim where that is not seen by
 * itself.
 */
G_DECLARE_FINAL_TYPE (AssayClaimOffer, assay_claim_offer, ASSAY, CLAIM_OFFER, GObject)

AssayClaimOffer *assay_claim_offer_new (void);
/* Once. */
void assay_claim_offer_set_session (AssayClaimOffer *self, AssaySession *session);
/* NULL, or a project of this computer: there is no offer. */
void assay_claim_offer_set_project (AssayClaimOffer *self, AssayProject *project);

/* The project is a platform's. */
gboolean assay_claim_offer_get_exists (AssayClaimOffer *self);
/* "41 Tasks Are Available". */
const char *assay_claim_offer_get_title (AssayClaimOffer *self);
/* A sentence: the terms, or why none can be claimed. */
const char *assay_claim_offer_get_description (AssayClaimOffer *self);
/* How many a claim would bring; 0 where none can be claimed. */
guint assay_claim_offer_get_count (AssayClaimOffer *self);
/* What is to be done, as the label of a button with a mnemonic, and the action behind it, which is
 * `tasks.claim` for a claim; NULL where nothing is. (transfer none) */
const char *assay_claim_offer_get_label (AssayClaimOffer *self);
const char *assay_claim_offer_get_action (AssayClaimOffer *self);
GVariant *assay_claim_offer_get_target (AssayClaimOffer *self);

/* Nothing happens while another claim is under way. */
void assay_claim_offer_claim (AssayClaimOffer *self);

G_END_DECLS
