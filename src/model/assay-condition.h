/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayCondition:
 *
 * When a question applies: `{"question": id, "in": [values]}`, or `{"all": […]}`, `{"any": […]}`,
 * `{"not": …}` of such. Immutable, reference counted. What it does not understand it keeps, and
 * holds for true.
 */
typedef struct _AssayCondition AssayCondition;
#define ASSAY_TYPE_CONDITION (assay_condition_get_type ())
GType assay_condition_get_type (void);

AssayCondition *assay_condition_new_from_json (JsonNode *node, const char *place, GError **error);
JsonNode *assay_condition_to_json (AssayCondition *self);
AssayCondition *assay_condition_ref (AssayCondition *self);
void assay_condition_unref (AssayCondition *self);

/* Answers "what is the short value of question @id"; NULL for unanswered. The node is borrowed. */
typedef JsonNode *(*AssayConditionLookup) (const char *question_id, gpointer user_data);
gboolean
assay_condition_holds (AssayCondition *self, AssayConditionLookup lookup, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayCondition, assay_condition_unref)

G_END_DECLS
