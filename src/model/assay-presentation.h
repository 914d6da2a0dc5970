/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PRESENTATION (assay_presentation_get_type ())
/**
 * AssayPresentation:
 *
 * In which order the responses of a task are shown, and since when their models are known.
 * Immutable, and always stored: a reopened draft keeps its order.
 */
G_DECLARE_FINAL_TYPE (AssayPresentation, assay_presentation, ASSAY, PRESENTATION, GObject)

/* A permutation from @seed, or the task's own order where the form fixes it. The same seed gives
 * the same order. */
AssayPresentation *assay_presentation_new (AssayTask *task, guint32 seed);
AssayPresentation *assay_presentation_new_from_json (JsonObject *object, AssayTask *task);
JsonNode *assay_presentation_to_json (AssayPresentation *self);

guint assay_presentation_get_n (AssayPresentation *self);
/* UTC milliseconds since when the models are known; 0 for not yet. */
gint64 assay_presentation_get_revealed_at (AssayPresentation *self);
/* The response id at a place as shown, 0 for the leftmost. */
const char *assay_presentation_get_response (AssayPresentation *self, guint place);
/* -1 if there is no such response. */
int assay_presentation_get_place (AssayPresentation *self, const char *response_id);
/* "A" for place 0; static. "?" if there is no such response. */
const char *assay_presentation_get_letter (AssayPresentation *self, const char *response_id);

/* The rationale's tokens: `@A` as a person types it ⇄ `@{response id}` as it is stored, where the
 * characters `%@{}` of an id are written as %25, %40, %7B, %7D. `@{}` is stored for an at sign that
 * a person wrote before what would read as a token. (transfer full) */
char *assay_presentation_tokens_to_stored (AssayPresentation *self, const char *shown);
char *assay_presentation_tokens_to_shown (AssayPresentation *self, const char *stored);
/* Stored text written out with the names that a target uses. @format: "%d" stands for the number,
 * "%c" for the letter, of the response in the task's own order: "Response %d" gives "Response 1".
 */
char *assay_presentation_tokens_written (AssayTask *task, const char *stored, const char *format);

G_END_DECLS
