/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-field-table.h"
#include "assay-import-group.h"

G_BEGIN_DECLS

/* The ways in which one record can hold its responses. Each function adds the paths to @group and
 * returns TRUE, or leaves it as it is. @model: the path of a model's name that holds for all
 * responses, or NULL. */

/* `chosen` and `rejected`. */
gboolean assay_response_columns_find_verdicts (AssayImportGroup *group,
                                               AssayFieldTable *table,
                                               const char *model);
/* `response_a` and `response_b`, `output 1` to `output 4`. */
gboolean assay_response_columns_find_family (AssayImportGroup *group,
                                             AssayFieldTable *table,
                                             const char *model);
/* Objects of the same shape under the names of models. */
gboolean assay_response_columns_find_objects (AssayImportGroup *group, AssayFieldTable *table);
/* A list of responses, or of objects that hold one or several each, or an object of them by model.
 */
gboolean assay_response_columns_find_list (AssayImportGroup *group,
                                           AssayFieldTable *table,
                                           const char *model);

/* Whether the items of the list at @path are messages with a role. */
gboolean assay_response_columns_are_messages (AssayFieldTable *table, const char *path);
/* Whether the field can hold a text: a text, or an object with one in it. */
gboolean assay_response_columns_can_be_text (AssayFieldTable *table, const AssayField *field);

G_END_DECLS
