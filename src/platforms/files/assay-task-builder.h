/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-group.h"
#include "assay-record-path.h"
#include "assay-task.h"

G_BEGIN_DECLS

/**
 * AssayTaskPart:
 *
 * A record and the group that says how to read it. Several make a task where files are joined.
 */
typedef struct
{
  AssayImportGroup *group;
  AssayRecordContext context;
} AssayTaskPart;

/* One answer to a conversation, for assay_task_builder_add_thread (). Borrowed texts. */
typedef struct
{
  const char *text;
  const char *id;    /* (nullable) the source's */
  const char *model; /* (nullable) */
} AssayThreadAnswer;

/**
 * AssayTaskBuilder:
 *
 * Makes tasks out of records. What the source says about which response is better stays behind.
 */
typedef struct _AssayTaskBuilder AssayTaskBuilder;

/* @form: for tasks that have none of their own; where it cannot take the number of responses, the
 * usual one for that number is used. */
AssayTaskBuilder *assay_task_builder_new (AssayForm *form);
void assay_task_builder_free (AssayTaskBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayTaskBuilder, assay_task_builder_free)

/* A task from plain records; (transfer full). @needs_responses: a prompt alone is no task. On
 * error, @field (transfer full) (nullable) is the path that led to nothing; @warning (transfer
 * full) (nullable) is set where something was left out. */
AssayTask *assay_task_builder_build (AssayTaskBuilder *self,
                                     const char *id,
                                     GArray *parts,
                                     gboolean needs_responses,
                                     char **field,
                                     char **warning,
                                     GError **error);
/* A task in Assay's own form. @number names a task that has no id. */
AssayTask *assay_task_builder_build_own (AssayTaskBuilder *self,
                                         JsonNode *record,
                                         guint64 number,
                                         GError **error);
/* A task from the turns of a conversation (GPtrArray of AssayTurn) and several answers to its last
 * (GArray of AssayThreadAnswer), whose order is taken to say which is better. */
AssayTask *assay_task_builder_build_thread (AssayTaskBuilder *self,
                                            const char *id,
                                            GPtrArray *turns,
                                            GArray *answers,
                                            const char *language,
                                            char **warning,
                                            GError **error);

/* What records are joined by; (transfer full) (nullable). */
char *assay_task_part_dup_id (const AssayTaskPart *self);
char *assay_task_part_dup_prompt (const AssayTaskPart *self);

G_END_DECLS
