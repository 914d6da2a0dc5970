/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayConstraintResult:
 * @ASSAY_CONSTRAINT_UNKNOWN: it cannot be decided: a text too short to tell its language, a count
 * that another way of counting would take across the limit, arguments that are missing
 *
 * What a text's check comes to.
 */
typedef enum
{
  ASSAY_CONSTRAINT_UNKNOWN,
  ASSAY_CONSTRAINT_PASS,
  ASSAY_CONSTRAINT_FAIL,
} AssayConstraintResult;

/* Whether @type is one of task-kinds, appendix A. */
gboolean assay_constraint_is_known (const char *type);
/* The names of appendix A, sorted; borrowed, NULL-terminated. */
const char *const *assay_constraint_list_types (void);
/* Whether @text keeps to a constraint: the tests of task-kinds, appendix A. Pure; any thread.
 * @args: (nullable).
 * @evidence: (out) (transfer full): what was found and what was asked for, "214 words; asked for:
 * at most 150", translated; it may hold words of the text. */
AssayConstraintResult
assay_constraint_check (const char *type, JsonObject *args, const char *text, char **evidence);
/* What a check of @type asks for, "Has fewer than 151 words", translated, with values of @args
 * (nullable) in it; NULL if the type is not known. (transfer full) */
char *assay_constraint_describe (const char *type, JsonObject *args);
/* "pass", "fail", "unknown", as in files. */
const char *assay_constraint_result_to_string (AssayConstraintResult result);

G_END_DECLS
