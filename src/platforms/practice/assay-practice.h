/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-guideline.h"
#include "assay-answer-comparison.h"
#include "assay-project.h"
#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_PRACTICE_ACCOUNT "practice"

/**
 * AssayPracticeSet:
 *
 * The built-in workspace: tasks with gold answers, explanations and a guideline, read from ordinary
 * data files (data/practice/README.md) and translated through gettext where translations exist.
 * Prompts and responses stay as they are: they are what is judged. Immutable.
 */
typedef struct
{
  AssayProject *project;
  AssayGuideline *guideline;
  GPtrArray *tasks; /* AssayTask */
  int place;        /* among the sets, in the order in which one learns */
} AssayPracticeSet;

void assay_practice_set_free (AssayPracticeSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayPracticeSet, assay_practice_set_free)

/* The folder named by ASSAY_PRACTICE_DIR in the environment, else the installed one. Reads all sets
 * (one JSON file each), by their place, then by file name; blocking, a few files. (transfer full)
 * GPtrArray of AssayPracticeSet. */
GPtrArray *assay_practice_load (GError **error);
/* One set; what it refers to lies beside it. */
AssayPracticeSet *assay_practice_load_file (const char *path, GError **error);

/* One's own answer beside the gold; they agree within the tolerance that the gold allows. (transfer
 * full) GPtrArray of AssayAnswerComparison; NULL if the task has no gold. @judgement's letters name
 * the responses. */
GPtrArray *assay_gold_compare (AssayTask *task, AssayJudgement *judgement);
/* The gold as a judgement, with the letters of @judgement where that is not NULL. (transfer full);
 * NULL if there is none. */
AssayJudgement *assay_gold_create_judgement (AssayTask *task, AssayJudgement *judgement);
/* Markdown, or NULL. */
const char *assay_gold_get_explanation (AssayTask *task);
/* As stored, with `@{response id}` tokens, or NULL; assay_presentation_tokens_to_shown () gives the
 * letters. */
const char *assay_gold_get_rationale (AssayTask *task);

G_END_DECLS
