/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_MET_UNSET,
  ASSAY_MET_YES,
  ASSAY_MET_NO,
  ASSAY_MET_PARTIAL,
  ASSAY_MET_NA,
  ASSAY_MET_UNSURE,
} AssayMet;

/**
 * AssayChecklistItem:
 *
 * @points: negative for a fault ("invents a citation"): yes is bad there.
 * @check: (nullable): the test of task-kinds, appendix A, that can propose a verdict
 * @check_args: (nullable): an object: what the test needs
 */
typedef struct
{
  char *id;
  char *text;
  char *category;
  int points;
  gboolean critical;
  char *check;
  JsonNode *check_args;
} AssayChecklistItem;

#define ASSAY_TYPE_CHECKLIST_QUESTION (assay_checklist_question_get_type ())
/**
 * AssayChecklistQuestion:
 *
 * Met or not met, for each item (kinds 7.6 and 7.8).
 *
 * Settings: `items` (list of {id, text, points (1), category, critical, check: {type, args}}),
 * `allow_partial`, `allow_na`, `allow_unsure` (all false), `words` ("met", "followed", "present"),
 * `comment_required` (list of "yes", "no", "partial", "na", "unsure"). Answer: `{item id: "yes" |
 * {"met": "yes", "comment": …}}` with "yes", "no", "partial", "na", "unsure".
 */
G_DECLARE_FINAL_TYPE (AssayChecklistQuestion,
                      assay_checklist_question,
                      ASSAY,
                      CHECKLIST_QUESTION,
                      AssayQuestion)

guint assay_checklist_question_get_n_items (AssayChecklistQuestion *self);
const AssayChecklistItem *
assay_checklist_question_get_item (AssayChecklistQuestion *self, guint index);
/* NULL if there is none with @id. */
const AssayChecklistItem *
assay_checklist_question_find_item (AssayChecklistQuestion *self, const char *id);
gboolean assay_checklist_question_allows (AssayChecklistQuestion *self, AssayMet met);
/* The label of one verdict on one item ("Met", "Followed", "Fault present" …), translated;
 * borrowed. */
const char *
assay_checklist_question_get_label (AssayChecklistQuestion *self, guint item, AssayMet met);
gboolean assay_checklist_question_needs_comment (AssayChecklistQuestion *self, AssayMet met);

AssayMet assay_checklist_answer_get (JsonNode *answer, const char *item);
const char *assay_checklist_answer_get_comment (JsonNode *answer, const char *item);
/* @answer may be NULL. UNSET removes the verdict. NULL is returned when nothing is left. */
JsonNode *assay_checklist_answer_with (JsonNode *answer, const char *item, AssayMet met);
JsonNode *
assay_checklist_answer_with_comment (JsonNode *answer, const char *item, const char *comment);

/**
 * AssayChecklistScore:
 *
 * Derived (task-kinds 7.6): points reached, the greatest possible, their ratio within 0…1, and
 * whether a critical item fails the whole. What does not apply or cannot be told counts in neither.
 */
typedef struct
{
  double points;
  double max;
  double fraction;
  gboolean failed;
  guint answered;
} AssayChecklistScore;

AssayChecklistScore assay_checklist_question_score (AssayChecklistQuestion *self, JsonNode *answer);

G_END_DECLS
