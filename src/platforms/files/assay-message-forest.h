/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-task-builder.h"

G_BEGIN_DECLS

/* Trees of messages: each place where several assistants answered the same turn is a task. */

/* Appends the tasks of one tree to @tasks (a queue of AssayTask, owned). @number names a place
 * without an id. FALSE with
 * @error if the record is no tree; what is wrong with a single place is appended to @sentences. */
gboolean assay_message_tree_add_tasks (AssayTaskBuilder *builder,
                                       AssayImportGroup *group,
                                       JsonNode *record,
                                       guint64 number,
                                       GQueue *tasks,
                                       GPtrArray *sentences,
                                       GError **error);

/**
 * AssayMessageForest:
 *
 * The same, of messages that lie flat in a file and name their parents. Holds places, ids and who
 * spoke, no texts.
 */
typedef struct _AssayMessageForest AssayMessageForest;

AssayMessageForest *assay_message_forest_new (AssayImportGroup *group);
void assay_message_forest_free (AssayMessageForest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMessageForest, assay_message_forest_free)

/* Notes a message; FALSE with @error if it is none. */
gboolean assay_message_forest_add (AssayMessageForest *self,
                                   JsonNode *record,
                                   guint file,
                                   guint64 offset,
                                   gsize length,
                                   GError **error);
/* How many places are tasks. */
guint assay_message_forest_prepare (AssayMessageForest *self);
/* The messages of the task at @place, as indexes of messages: the way there, and the answers.
 * (transfer full) GArray of guint */
void assay_message_forest_get_task (AssayMessageForest *self,
                                    guint place,
                                    GArray **way,
                                    GArray **answers);
const char *assay_message_forest_get_id (AssayMessageForest *self, guint message);
void assay_message_forest_locate (AssayMessageForest *self,
                                  guint message,
                                  guint *file,
                                  guint64 *offset,
                                  gsize *length);

G_END_DECLS
