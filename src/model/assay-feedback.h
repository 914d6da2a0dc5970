/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_FEEDBACK_GOLD,
  ASSAY_FEEDBACK_REVIEW,
  ASSAY_FEEDBACK_AGREEMENT,
  ASSAY_FEEDBACK_COMMENT,
} AssayFeedbackKind;

typedef enum
{
  ASSAY_VERDICT_NONE,
  ASSAY_VERDICT_PASS,
  ASSAY_VERDICT_PARTIAL,
  ASSAY_VERDICT_FAIL,
  ASSAY_VERDICT_ACCEPTED,
  ASSAY_VERDICT_RETURNED,
  ASSAY_VERDICT_REJECTED,
} AssayVerdict;

/* What a person reads; translated. */
const char *assay_feedback_kind_get_title (AssayFeedbackKind kind);
const char *assay_verdict_get_title (AssayVerdict verdict);

#define ASSAY_TYPE_FEEDBACK (assay_feedback_get_type ())
/**
 * AssayFeedback:
 *
 * What a platform said about one submission: the "Feedback" of data/platform-api/openapi.yaml,
 * whose member names are used. Immutable; unknown members survive a round trip. Texts are
 * untrusted.
 */
G_DECLARE_FINAL_TYPE (AssayFeedback, assay_feedback, ASSAY, FEEDBACK, GObject)

/* Rejects with ASSAY_MODEL_ERROR, naming the member. */
AssayFeedback *assay_feedback_new_from_json (JsonNode *node, GError **error);
/* What it was read from. Borrowed, immutable. */
JsonNode *assay_feedback_get_json (AssayFeedback *self);
const char *assay_feedback_get_id (AssayFeedback *self);
const char *assay_feedback_get_submission (AssayFeedback *self);
AssayFeedbackKind assay_feedback_get_kind (AssayFeedback *self);
AssayVerdict assay_feedback_get_verdict (AssayFeedback *self);
/* FALSE if no score was given. */
gboolean assay_feedback_get_score (AssayFeedback *self, double *score, double *max_score);
/* Markdown; "" for none. */
const char *assay_feedback_get_message (AssayFeedback *self);
/* UTC microseconds, as the platform says; 0 for no dispute. */
gint64 assay_feedback_get_at (AssayFeedback *self);
gint64 assay_feedback_get_dispute_until (AssayFeedback *self);
/* The dispute's member as given: "text", "state" ("open", "accepted", "refused"), "reply"; NULL if
 * there is none. */
const char *assay_feedback_get_dispute (AssayFeedback *self, const char *member);

G_END_DECLS
