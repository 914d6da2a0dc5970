/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-text-change.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_COMMAND_ANSWER, /* @key: the question, @response: or NULL */
  ASSAY_COMMAND_TEXT,   /* a splice of the rationale */
  ASSAY_COMMAND_FIELD,  /* @key: what else a judgement holds */
  ASSAY_COMMAND_GROUP,  /* @parts, undone together */
} AssayCommandKind;

/**
 * AssayCommand:
 *
 * One change that can be undone: what was there before, and after. Plain data, so that the stack
 * can be kept.
 */
typedef struct
{
  AssayCommandKind kind;
  char *key;
  char *response;
  JsonNode *before;
  JsonNode *after;
  /* The splice of the rationale; or how the one text within a value changed that @path names. */
  AssayTextChange change;
  char *path; /* (nullable) */
  /* That text is long: it is not in the two values, and the splice alone tells it. */
  gboolean is_spliced;
  guint length_after; /* of the text, in characters */
  GPtrArray *parts;   /* of AssayCommand */
  gsize bytes;        /* about what it takes in the draft */
} AssayCommand;

/* @is_text: a bare string among the values is what a person writes, so that typing coalesces. */
AssayCommand *assay_command_new_answer (const char *question,
                                        const char *response,
                                        JsonNode *before,
                                        JsonNode *after,
                                        gboolean is_text);
AssayCommand *assay_command_new_text (guint start, const char *removed, const char *inserted);
AssayCommand *assay_command_new_field (const char *field, JsonNode *before, JsonNode *after);
AssayCommand *assay_command_new_group (void);
/* Takes @part. */
void assay_command_add_part (AssayCommand *self, AssayCommand *part);
void assay_command_free (AssayCommand *self);
/* Whether the answer is as the command left it, or, going @forward, found it. @answer: (nullable).
 */
gboolean assay_command_fits_answer (const AssayCommand *self, JsonNode *answer, gboolean forward);
/* What the command, or taking it back, makes of an answer that it fits. (transfer full) (nullable),
 * sealed. */
JsonNode *
assay_command_change_answer (const AssayCommand *self, JsonNode *answer, gboolean forward);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayCommand, assay_command_free)

/**
 * AssayCommandStack:
 *
 * What was done, oldest first, and how much of it stands. Bounded: the oldest commands go first.
 */
typedef struct _AssayCommandStack AssayCommandStack;

AssayCommandStack *assay_command_stack_new (void);
void assay_command_stack_free (AssayCommandStack *self);
/* Takes @command; what was undone before is gone. Typing goes on in the command before it until a
 * word begins or the group is broken. */
void assay_command_stack_push (AssayCommandStack *self, AssayCommand *command);
/* The answer became @answer without a command: where it was left by one, and where one takes it up,
 * the stack says so. */
void assay_command_stack_amend_answer (AssayCommandStack *self,
                                       const char *question,
                                       const char *response,
                                       JsonNode *answer);
void assay_command_stack_break_group (AssayCommandStack *self);
void assay_command_stack_clear (AssayCommandStack *self);
gboolean assay_command_stack_can_undo (AssayCommandStack *self);
gboolean assay_command_stack_can_redo (AssayCommandStack *self);
/* The command to undo or redo, and the position moved past it; borrowed. */
const AssayCommand *assay_command_stack_step_back (AssayCommandStack *self);
const AssayCommand *assay_command_stack_step_forward (AssayCommandStack *self);

JsonNode *assay_command_stack_to_json (AssayCommandStack *self);
/* What cannot be read ends the stack: undo is a convenience and never keeps a draft from opening.
 */
void assay_command_stack_load_json (AssayCommandStack *self, JsonObject *object);

G_END_DECLS
