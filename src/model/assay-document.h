/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_DOCUMENT_SYSTEM,
  ASSAY_DOCUMENT_PROMPT,
  ASSAY_DOCUMENT_TURN,
  ASSAY_DOCUMENT_RESPONSE,
  ASSAY_DOCUMENT_SOURCE,
  ASSAY_DOCUMENT_REFERENCE,
  ASSAY_DOCUMENT_GUIDELINE, /* of the project: never among the documents of a task */
} AssayDocumentRole;

typedef enum
{
  ASSAY_DIRECTION_AUTO,
  ASSAY_DIRECTION_LTR,
  ASSAY_DIRECTION_RTL,
} AssayDirection;

#define ASSAY_TYPE_DOCUMENT (assay_document_get_type ())
/**
 * AssayDocument:
 *
 * One text of a task. Immutable. Its id is stable: `system`, `prompt`, `turn:<n>`, `response:<id>`,
 * `source:<id>`, `reference:<id>`.
 */
G_DECLARE_FINAL_TYPE (AssayDocument, assay_document, ASSAY, DOCUMENT, GObject)

/* @key: the response, source or reference id, or the turn's number as text; NULL for system and
 * prompt.
 * @speaker: who speaks in a turn ("user", "assistant", "tool" …), or NULL.
 * @model: who wrote a response; never shown before the policy permits. */
AssayDocument *assay_document_new (AssayDocumentRole role,
                                   const char *key,
                                   const char *text,
                                   const char *title,
                                   const char *speaker,
                                   const char *model);

const char *assay_document_get_id (AssayDocument *self);
AssayDocumentRole assay_document_get_role (AssayDocument *self);
const char *assay_document_get_key (AssayDocument *self);
const char *assay_document_get_text (AssayDocument *self);
gsize assay_document_get_length_bytes (AssayDocument *self);
const char *assay_document_get_title (AssayDocument *self);
const char *assay_document_get_speaker (AssayDocument *self);
const char *assay_document_get_model (AssayDocument *self);
const char *assay_document_get_language (AssayDocument *self);
AssayDirection assay_document_get_direction (AssayDocument *self);

G_END_DECLS
