/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-span.h"

G_BEGIN_DECLS

/* What answers have in common that hold a list of objects with an `id` and a `span` each: marks and
 * claims. @member names the list. Functions that give an answer give a new one, (transfer full),
 * and NULL where nothing is left; an answer may be NULL. Of an object that is not there they change
 * nothing, and what is not understood stays. */

/* NULL if there is none; borrowed. */
JsonArray *assay_span_list_get (JsonNode *answer, const char *member);
/* 0 for NULL. */
guint assay_span_list_get_length (JsonArray *list);
/* NULL for what has no id. */
JsonObject *assay_span_list_get_at (JsonArray *list, guint index);
guint assay_span_list_count (JsonArray *list);
JsonObject *assay_span_list_find (JsonArray *list, const char *id);
/* (transfer full); NULL for what is no span. */
AssaySpan *assay_span_list_dup_span (JsonObject *object);
void assay_span_list_set_span (JsonObject *object, const AssaySpan *span);

/* A copy of the answer that may be changed, and the answer that it then is. Takes @object. */
JsonObject *assay_span_list_open (JsonNode *answer, const char *member);
JsonNode *assay_span_list_close (JsonObject *object, const char *member);

/* Adds an object with @span in the order of the text to an answer that was opened; borrowed. Its id
 * is @prefix and a number that is new in the list. */
JsonObject *
assay_span_list_insert (JsonObject *object, const char *member, char prefix, const AssaySpan *span);
JsonNode *assay_span_list_remove (JsonNode *answer, const char *member, const char *id);
/* Sets or, for a blank @text, removes a text of the object. */
JsonNode *assay_span_list_with_text (JsonNode *answer,
                                     const char *member,
                                     const char *id,
                                     const char *name,
                                     const char *text);
JsonNode *assay_span_list_with_span (JsonNode *answer,
                                     const char *member,
                                     const char *id,
                                     const AssaySpan *span);
/* With every span that has moved where it stands now, and its new surroundings; NULL if none has.
 * Detached ones stay as they are. */
JsonNode *assay_span_list_follow (JsonNode *answer, const char *member, AssayTask *task);
/* Without a word of the documents: places alone, for where their text may not go. */
JsonNode *assay_span_list_without_texts (JsonNode *answer, const char *member);

G_END_DECLS
