/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-constraint.h"

G_BEGIN_DECLS

/* One test. @evidence is set by all of them. */
typedef AssayConstraintResult (*AssayConstraintFunc) (const char *text,
                                                      JsonObject *args,
                                                      char **evidence);

typedef struct
{
  const char *type;
  AssayConstraintFunc check;
} AssayConstraintTest;

/* Sorted by type, up to one without. */
extern const AssayConstraintTest assay_constraint_word_tests[];
extern const AssayConstraintTest assay_constraint_layout_tests[];
extern const AssayConstraintTest assay_constraint_own_tests[];

/* How a number is to stand to its limit. */
typedef enum
{
  ASSAY_RELATION_EXACTLY,
  ASSAY_RELATION_AT_LEAST,
  ASSAY_RELATION_AT_MOST,
  ASSAY_RELATION_LESS_THAN,
} AssayRelation;

/* PASS or FAIL, by @passes. */
AssayConstraintResult assay_constraint_judge (gboolean passes);
/* UNKNOWN, because the check does not say what it needs. */
AssayConstraintResult assay_constraint_lacks (const char *argument, char **evidence);
/* FALSE: there is no such whole number, and @evidence says so. */
gboolean
assay_constraint_get_number (JsonObject *args, const char *member, guint *number, char **evidence);
/* NULL: there is no such text, and @evidence says so. Borrowed. */
const char *assay_constraint_get_text (JsonObject *args, const char *member, char **evidence);
/* The texts of a list; NULL if there is no such list, or nothing in it. (transfer full) */
GStrv assay_constraint_get_texts (JsonObject *args, const char *member, char **evidence);
/* As the public suite writes relations, and "exact". At least, where there is none. */
AssayRelation assay_constraint_get_relation (JsonObject *args, const char *member);
/* @found: "214 words", taken. With @blur, other ways of counting may come to as much more or less.
 */
AssayConstraintResult assay_constraint_compare (guint number,
                                                char *found,
                                                AssayRelation relation,
                                                guint limit,
                                                guint blur,
                                                char **evidence);
/* How often a pattern of ours is found. */
guint assay_constraint_count_matches (const char *pattern, const char *text);

G_END_DECLS
