/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayTextConstraint:
 *
 * What a text that is written has to keep to.
 *
 * @required: a text that fails is not finished
 * @check: (nullable): the test of task-kinds, appendix A, that says whether it does
 * @check_args: (nullable): an object: what the test needs; sealed
 */
typedef struct
{
  char *id;
  char *text;
  gboolean required;
  char *check;
  JsonNode *check_args;
} AssayTextConstraint;

void assay_text_constraint_free (AssayTextConstraint *self);
/* A list of {id, text, required (true), check: {type, args}}; empty where it is absent. (transfer
 * full) GPtrArray of AssayTextConstraint, or NULL with @error. */
GPtrArray *assay_text_constraints_read (JsonObject *settings,
                                        const char *member,
                                        const char *place,
                                        GError **error);

G_END_DECLS
