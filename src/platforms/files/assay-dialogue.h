/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One turn of a conversation. @role: "user", "assistant", "system", "tool", another one in lower
 * case, or NULL. @extras: (nullable) an object of what a task keeps beside the text: `tool_calls`,
 * and of a tool's answer `name` and `tool_call_id`. */
typedef struct
{
  char *role;
  char *text;
  JsonNode *extras;
} AssayTurn;

void assay_turn_free (AssayTurn *self);
/* (transfer full) GPtrArray of AssayTurn, empty. */
GPtrArray *assay_dialogue_new (void);
void assay_dialogue_add (GPtrArray *dialogue, const char *role, const char *text);
void assay_dialogue_add_copy (GPtrArray *dialogue, const AssayTurn *turn);
/* With the calls of tools below it; (transfer full). */
char *assay_turn_to_text (const AssayTurn *self);
/* Adds the extras to @object, if there are any. */
void assay_turn_write_extras (const AssayTurn *self, JsonObject *object);
gboolean assay_turn_has_same_extras (const AssayTurn *a, const AssayTurn *b);

/* The turns of a value: a list of texts (without roles) or of messages in any of the usual shapes;
 * a single text is one turn. A text with "\n\nHuman:" and "\n\nAssistant:" marks is taken apart if
 * @marks. (transfer full) */
GPtrArray *assay_dialogue_from_node (JsonNode *node, gboolean marks);
/* A role as it is stored; (transfer full). */
char *assay_dialogue_normalize_role (const char *role);

/* How many turns all of @dialogues (GPtrArray of GPtrArray) begin with in common, leaving at least
 * one of each. */
guint assay_dialogue_count_common (GPtrArray *dialogues);

/* The turns from @from on as one text: a single one as it is, without its calls of tools; of
 * several, what is not the assistant's is quoted. @asked: (nullable) what was asked between turns
 * that are all the assistant's: the turn at i + 1 answers the one at i + 1 there. */
char *assay_dialogue_to_text (GPtrArray *turns, guint from, GPtrArray *asked);

G_END_DECLS
