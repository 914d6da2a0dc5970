/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-claims-question.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_EVIDENCE_CARD (assay_evidence_card_get_type ())
/**
 * AssayEvidenceCard:
 *
 * One piece of evidence on a claim: what it does to the claim, its source, its address, what is
 * quoted from it, and when it was looked up. The address is text; nothing opens it.
 *
 * Signals: `edited (member, text)`, the member of AssayEvidence that the person changed; `removed`.
 */
G_DECLARE_FINAL_TYPE (AssayEvidenceCard, assay_evidence_card, ASSAY, EVIDENCE_CARD, GtkWidget)

GtkWidget *assay_evidence_card_new (AssayJudgement *judgement);
/* @number: from 1, as it is read out. */
void
assay_evidence_card_show (AssayEvidenceCard *self, const AssayEvidence *evidence, guint number);
void assay_evidence_card_focus (AssayEvidenceCard *self);

G_END_DECLS
