/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-guideline.h"
#include "assay-project.h"
#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_PRACTICE_ACCOUNT "practice"

/**
 * AssayPracticeSet:
 *
 * The built-in workspace: tasks with gold answers, explanations and a guideline, read from ordinary
 * data files and translated through gettext where translations exist. Immutable.
 */
typedef struct
{
  AssayProject *project;
  AssayGuideline *guideline;
  GPtrArray *tasks; /* AssayTask */
} AssayPracticeSet;

void assay_practice_set_free (AssayPracticeSet *self);

/* The folder named by ASSAY_PRACTICE_DIR in the environment, else the installed one. Reads all sets
 * (one JSON file each); blocking, a few files. (transfer full) GPtrArray of AssayPracticeSet. */
GPtrArray *assay_practice_load (GError **error);

/**
 * AssayGoldComparison:
 *
 * One line of "your answer beside the gold": the question, both answers in words, and whether they
 * agree. For numbers,
 * @distance is how far apart they are on the scale, else 0.
 */
typedef struct
{
  char *label;
  char *own;
  char *gold;
  gboolean agrees;
  double distance;
} AssayGoldComparison;

void assay_gold_comparison_free (AssayGoldComparison *self);
/* (transfer full) GPtrArray of AssayGoldComparison; NULL if the task has no gold. @shown letters
 * name the responses. */
GPtrArray *assay_gold_compare (AssayTask *task, AssayJudgement *judgement);
/* Markdown, or NULL. */
const char *assay_gold_get_explanation (AssayTask *task);
const char *assay_gold_get_rationale (AssayTask *task);

G_END_DECLS
