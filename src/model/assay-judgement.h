/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "assay-effort.h"
#include "assay-issue.h"
#include "assay-outcome.h"
#include "assay-presentation.h"
#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_JUDGEMENT (assay_judgement_get_type ())
/**
 * AssayJudgement:
 *
 * All answers of one evaluator to one task: a draft, then final (task-kinds section 2).
 *
 * Every change goes through one stack of commands, so that any change can be undone, not only text,
 * and the stack is part of the draft: undo outlives the process. Typing coalesces into words.
 * Widgets show what the object holds and call the setters; they never write to one another.
 *
 * Properties: `can-undo`, `can-redo`, `rationale`, `confidence`, `private-note`, `outcome`, `final`
 * (submitted: setters do nothing), `generation`.
 *
 * Signals: `changed (question_id, response_id)` after an answer changed, with the changed place or
 * NULLs for everything and for flags, confidence and outcome; `rationale-spliced (start,
 * removed_chars, inserted)` for a change of the rationale, with positions in code points of the
 * shown text, so that an editor can follow an undo without losing its cursor.
 */
G_DECLARE_FINAL_TYPE (AssayJudgement, assay_judgement, ASSAY, JUDGEMENT, GObject)

/* A new draft with a new UUID and a random order. */
AssayJudgement *assay_judgement_new (AssayTask *task);
AssayJudgement *assay_judgement_new_with_seed (AssayTask *task, guint32 seed);
/* Reads a draft or a final judgement. Answers to questions that the form no longer has are kept and
 * written back. */
AssayJudgement *assay_judgement_new_from_json (AssayTask *task, JsonNode *node, GError **error);
/* The record as it is sent and exported. The private note is in it only if @with_private. */
JsonNode *assay_judgement_to_json (AssayJudgement *self, gboolean with_private);
/* The record with the private note, the undo stack and the cursor: what the store keeps of a draft.
 */
JsonNode *assay_judgement_to_draft_json (AssayJudgement *self);

AssayTask *assay_judgement_get_task (AssayJudgement *self);
const char *assay_judgement_get_id (AssayJudgement *self);
int assay_judgement_get_revision (AssayJudgement *self);
/* Grows by one with each change, undo included; never stored. */
guint64 assay_judgement_get_generation (AssayJudgement *self);
AssayPresentation *assay_judgement_get_presentation (AssayJudgement *self);

/* @response is NULL for questions of scope task. The node is sealed and borrowed; NULL for not
 * answered. */
JsonNode *
assay_judgement_get_answer (AssayJudgement *self, const char *question, const char *response);
/* Adds to an answer what follows from it by itself, such as where its text was changed: nothing
 * that a person did, so that undo takes it back together with what it follows from. */
void assay_judgement_complete_answer (AssayJudgement *self,
                                      const char *question,
                                      const char *response,
                                      JsonNode *answer);
/* @answer: (transfer none), NULL to clear. Does nothing if equal to what is there. */
void assay_judgement_set_answer (AssayJudgement *self,
                                 const char *question,
                                 const char *response,
                                 JsonNode *answer);
/* Whether the question's condition holds now (for @response where it is of that scope). */
gboolean assay_judgement_question_applies (AssayJudgement *self,
                                           AssayQuestion *question,
                                           const char *response);

/* The rationale as shown: tokens are @A, @B. Never NULL. */
const char *assay_judgement_get_rationale (AssayJudgement *self);
/* The rationale as stored: tokens are @{response id}. (transfer full) */
char *assay_judgement_dup_stored_rationale (AssayJudgement *self);
/* Positions and lengths in code points of the shown text. What would be more than
 * ASSAY_LIMIT_RATIONALE_CHARACTERS is cut off. */
void assay_judgement_splice_rationale (AssayJudgement *self,
                                       guint start,
                                       guint removed_chars,
                                       const char *inserted);
void assay_judgement_set_rationale (AssayJudgement *self, const char *shown);

int assay_judgement_get_confidence (AssayJudgement *self); /* 1…5; 0 for none */
void assay_judgement_set_confidence (AssayJudgement *self, int confidence);
const char *assay_judgement_get_private_note (AssayJudgement *self);
void assay_judgement_set_private_note (AssayJudgement *self, const char *note);
/* A flag's note, or NULL if it is not set; "" for a flag without a note (task-kinds 3.3).
 * `low_confidence` sets itself in the record, from the confidence. */
const char *assay_judgement_get_flag (AssayJudgement *self, const char *code);
void assay_judgement_set_flag (AssayJudgement *self, const char *code, const char *note);
/* Whether there is any flag that a person set. */
gboolean assay_judgement_has_flags (AssayJudgement *self);

AssayOutcome assay_judgement_get_outcome (AssayJudgement *self);
const char *assay_judgement_get_outcome_reason (AssayJudgement *self);
const char *assay_judgement_get_outcome_note (AssayJudgement *self);
/* Undoable like everything else; what was answered stays in the draft. */
void assay_judgement_set_outcome (AssayJudgement *self,
                                  AssayOutcome outcome,
                                  const char *reason,
                                  const char *note);

#define ASSAY_SALVAGE_MIN_CHARACTERS 20u
#define ASSAY_SALVAGE_MAX_CHARACTERS 2000u
/* "Hand in unfinished" (task-kinds 3.2): the reason, NULL for a judgement that is whole. Validation
 * then asks for a reason of 20…2000 characters and for nothing else that is missing. Offered where
 * the form's `salvage` is set. */
const char *assay_judgement_get_salvage (AssayJudgement *self);
void assay_judgement_set_salvage (AssayJudgement *self, const char *reason);

/* Where the person was: free-form, kept with the draft, no command on the stack. */
JsonObject *assay_judgement_get_cursor (AssayJudgement *self);
void assay_judgement_set_cursor (AssayJudgement *self, JsonObject *cursor);
AssayEffort *assay_judgement_get_effort (AssayJudgement *self);
void assay_judgement_set_guideline_seen (AssayJudgement *self,
                                         int version,
                                         const char *sha256,
                                         gint64 acknowledged_at);
/* The version and digest of the guideline that was seen: 0 and NULL for none. */
int assay_judgement_get_guideline_version (AssayJudgement *self);
const char *assay_judgement_get_guideline_sha256 (AssayJudgement *self);
/* Scroll reached the last line of a response. */
void assay_judgement_set_read_to_end (AssayJudgement *self, const char *response);
gboolean assay_judgement_get_read_to_end (AssayJudgement *self, const char *response);
void assay_judgement_count_composition (AssayJudgement *self,
                                        guint typed,
                                        guint pasted,
                                        guint snippet,
                                        guint deleted);

/* What holds for text from outside the task: the task's policy, or a stricter one that the person
 * chose for the project. */
AssayPastePolicy assay_judgement_get_paste_policy (AssayJudgement *self);
void assay_judgement_set_refuses_paste (AssayJudgement *self, gboolean refuses_paste);

gboolean assay_judgement_can_undo (AssayJudgement *self);
gboolean assay_judgement_can_redo (AssayJudgement *self);
void assay_judgement_undo (AssayJudgement *self);
void assay_judgement_redo (AssayJudgement *self);
/* Typing until now is one command; the next is another. */
void assay_judgement_break_undo_group (AssayJudgement *self);
/* Clears all answers and the rationale: one command. */
void assay_judgement_reset (AssayJudgement *self);

/* Whether anything has been entered at all. */
gboolean assay_judgement_is_empty (AssayJudgement *self);
/* Questions that apply and are answered, of those that apply and are required. */
void assay_judgement_get_progress (AssayJudgement *self, guint *answered, guint *required);
/* Everything that model rules say: req, rat.min, rat.max, rub.contradiction, the types' own. What
 * needs text analysis is in text/assay-rationale-checks.h. (transfer full) GPtrArray of AssayIssue,
 * errors first, in the form's order. */
GPtrArray *assay_judgement_validate (AssayJudgement *self);
/* Weighted mean of the scale questions for one response (task-kinds 7.5); FALSE if nothing is
 * scored. */
gboolean
assay_judgement_get_weighted_mean (AssayJudgement *self, const char *response, double *mean);

/* Makes it final with @submitted_at (UTC ms); setters do nothing afterwards. */
void assay_judgement_finalize_submission (AssayJudgement *self, gint64 submitted_at);
gboolean assay_judgement_get_final (AssayJudgement *self);
/* A final judgement as a draft of the next revision. */
void assay_judgement_reopen (AssayJudgement *self);
void assay_judgement_set_revealed_at (AssayJudgement *self, gint64 time_ms);

G_END_DECLS
