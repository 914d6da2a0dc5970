/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "assay-document.h"
#include "assay-form.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_PASTE_ALLOWED,
  ASSAY_PASTE_DISCOURAGED,
  ASSAY_PASTE_FORBIDDEN,
} AssayPastePolicy;

typedef enum
{
  ASSAY_EXPORT_ALLOWED,
  ASSAY_EXPORT_OWN_WORDS_ONLY,
  ASSAY_EXPORT_FORBIDDEN,
} AssayExportPolicy;

typedef enum
{
  ASSAY_PAY_NONE,
  ASSAY_PAY_PER_TASK,
  ASSAY_PAY_HOURLY,
} AssayPayModel;

#define ASSAY_TYPE_TASK (assay_task_get_type ())
/**
 * AssayTask:
 *
 * One thing to judge: documents, a form and terms (task-kinds section 1, whose field names are the
 * JSON's). Immutable. Unknown members survive a round trip.
 */
G_DECLARE_FINAL_TYPE (AssayTask, assay_task, ASSAY, TASK, GObject)

AssayTask *assay_task_new_from_json (JsonNode *node, GError **error);
/* The same, with a form that many tasks share instead of one of their own in @node. */
AssayTask *assay_task_new_with_form (JsonNode *node, AssayForm *form, GError **error);
/* The same. @node: (transfer full): nothing else may hold any part of it. */
AssayTask *assay_task_new_take_json (JsonNode *node, AssayForm *form, GError **error);
JsonNode *assay_task_to_json (AssayTask *self);
/* For where the form is kept by itself; see assay_task_new_take_json (). (transfer full) */
char *assay_task_to_string_without_form (AssayTask *self);
/* What the task was read from, without its form: for members that the model does not know.
 * Borrowed, never changed. */
JsonObject *assay_task_get_source (AssayTask *self);

/* Unique within its project. */
const char *assay_task_get_id (AssayTask *self);
const char *assay_task_get_external_id (AssayTask *self);
/* task-kinds section 7; falls back to the form's. */
const char *assay_task_get_kind (AssayTask *self);
/* As given, else the first line of the prompt, shortened; never NULL. */
const char *assay_task_get_title (AssayTask *self);
const char *assay_task_get_language (AssayTask *self);
AssayDirection assay_task_get_direction (AssayTask *self);
int assay_task_get_priority (AssayTask *self);
/* UTC milliseconds; 0 for none. */
gint64 assay_task_get_deadline_ms (AssayTask *self);
gint64 assay_task_get_claim_expires_ms (AssayTask *self);
guint assay_task_get_est_minutes (AssayTask *self);
AssayPayModel assay_task_get_pay (AssayTask *self, gint64 *amount_minor, const char **currency);
const char *assay_task_get_guideline_id (AssayTask *self);
int assay_task_get_guideline_version (AssayTask *self);

AssayPastePolicy assay_task_get_paste_policy (AssayTask *self);
AssayExportPolicy assay_task_get_export_policy (AssayTask *self);
gboolean assay_task_get_offline_allowed (AssayTask *self);
gboolean assay_task_get_reveal_models (AssayTask *self);
gboolean assay_task_get_allow_skip (AssayTask *self);
/* Hazard codes, NULL-terminated, or NULL: a veil is shown before the content. */
const char *const *assay_task_get_content_warning (AssayTask *self);
/* Its texts were removed here after the judgement was settled: see assay_task_forget_texts(). */
gboolean assay_task_get_forgotten (AssayTask *self);
/* The JSON of a task without its texts, in place: what identifies the task and its responses stays,
 * and numbers. Says in it that they were removed. */
void assay_task_forget_texts (JsonObject *task);

AssayForm *assay_task_get_form (AssayTask *self);

/* All documents in reading order: system, turns or prompt, sources, references, responses. */
guint assay_task_get_n_documents (AssayTask *self);
AssayDocument *assay_task_get_document (AssayTask *self, guint index);
AssayDocument *assay_task_find_document (AssayTask *self, const char *id);
/* The responses in the task's own (canonical) order. */
guint assay_task_get_n_responses (AssayTask *self);
AssayDocument *assay_task_get_response (AssayTask *self, guint index);
AssayDocument *assay_task_find_response (AssayTask *self, const char *response_id);
/* The prompt's text, or the last user turn's; "" if there is none. */
const char *assay_task_get_prompt_text (AssayTask *self);

/* The known good judgement (`gold`: {"answers", "rationale", "outcome", "explanation"}) of practice
 * and training, or NULL. */
JsonObject *assay_task_get_gold (AssayTask *self);

/* Hex SHA-256 of what the evaluator judges (documents and form): a draft says which text it was
 * written for. */
const char *assay_task_get_digest (AssayTask *self);

/* The shortened first line of @text, as used for titles; (transfer full). */
char *assay_task_make_title (const char *text);

G_END_DECLS
