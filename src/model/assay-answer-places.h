/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* Where a question is answered: once for the task, or once for each response or source. A place is
 * named by the id of the response or source; the task as a whole is the place NULL. */

/* (element-type utf8) (transfer container): in the task's own order; the names belong to the task.
 */
GPtrArray *assay_task_list_places (AssayTask *self, AssayQuestion *question);
gboolean assay_task_has_place (AssayTask *self, AssayQuestion *question, const char *place);
/* The same in the order in which the evaluator sees them. */
GPtrArray *assay_judgement_list_places (AssayJudgement *self, AssayQuestion *question);

/* "A" for a response as shown, "2" for the second source; NULL for the task. (transfer full) */
char *
assay_judgement_dup_place_mark (AssayJudgement *self, AssayQuestion *question, const char *place);
/* @name with the response or source that it is about: "Clarity, response A". (transfer full) */
char *assay_judgement_dup_place_name (AssayJudgement *self,
                                      AssayQuestion *question,
                                      const char *place,
                                      const char *name);

/* (element-type AssayDocument) (transfer container): in the task's order. */
GPtrArray *assay_task_list_sources (AssayTask *self);
/* -1 if there is none; @id may be NULL. */
int assay_task_find_source (AssayTask *self, const char *id);

G_END_DECLS
