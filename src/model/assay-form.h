/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-question.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_RATIONALE_OFF,
  ASSAY_RATIONALE_OPTIONAL,
  ASSAY_RATIONALE_REQUIRED,
} AssayRationaleUse;

#define ASSAY_TYPE_FORM (assay_form_get_type ())
/**
 * AssayForm:
 *
 * The ordered questions of a task, and what holds for the judgement as a whole. Immutable.
 *
 * JSON: `{"id", "version", "title", "kind", "fixed_order", "require_full_read", "salvage",
 * "salvage_max_minutes", "ask_confidence", "rationale": {"use": "off"|"optional"|"required", "min":
 * 50, "max": 10000, "label", "help"}, "questions": […]}`. Unknown members survive a round trip.
 */
G_DECLARE_FINAL_TYPE (AssayForm, assay_form, ASSAY, FORM, GObject)

AssayForm *assay_form_new_from_json (JsonNode *node, const char *place, GError **error);
JsonNode *assay_form_to_json (AssayForm *self);
/* The JSON with sorted members: the same for equal forms. Any thread. */
const char *assay_form_get_canonical_text (AssayForm *self);

const char *assay_form_get_id (AssayForm *self);
int assay_form_get_version (AssayForm *self);
const char *assay_form_get_title (AssayForm *self);
/* The preset's name (task-kinds section 7), for example "pairwise.overall"; never NULL. */
const char *assay_form_get_kind (AssayForm *self);
gboolean assay_form_get_fixed_order (AssayForm *self);
gboolean assay_form_get_require_full_read (AssayForm *self);
gboolean assay_form_get_salvage (AssayForm *self);
/* How much active time is worth handing in unfinished; 0 where it is not said. */
guint assay_form_get_salvage_max_minutes (AssayForm *self);
gboolean assay_form_get_ask_confidence (AssayForm *self);

AssayRationaleUse assay_form_get_rationale_use (AssayForm *self);
/* Characters, counted in code points of the trimmed text. */
guint assay_form_get_rationale_min (AssayForm *self);
guint assay_form_get_rationale_max (AssayForm *self);
const char *assay_form_get_rationale_label (AssayForm *self);
const char *assay_form_get_rationale_help (AssayForm *self);

guint assay_form_get_n_questions (AssayForm *self);
AssayQuestion *assay_form_get_question (AssayForm *self, guint index);
AssayQuestion *assay_form_find_question (AssayForm *self, const char *id);

G_END_DECLS
