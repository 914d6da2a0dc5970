/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a record of the public suite calls the names of its instructions, and what each needs. */
#define ASSAY_CONSTRAINT_READER_TYPES "instruction_id_list"
#define ASSAY_CONSTRAINT_READER_ARGS "kwargs"

/* The form for a record of the public suite of checkable instructions: a checklist of them, each
 * with its test.
 * @types: the list of their names. @args: (nullable): a list as long, of what each needs. NULL if
 * @types is no list of names or an empty one. (transfer full) */
JsonNode *assay_constraint_reader_make_form (JsonNode *types, JsonNode *args);

G_END_DECLS
