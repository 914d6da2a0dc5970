/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-database.h"
#include "assay-store-private.h"

G_BEGIN_DECLS

/* A folder of its own for a test, removed with all that is in it at the end. */
typedef struct
{
  char *path;
} TestFolder;

TestFolder *test_folder_new (void);
void test_folder_free (TestFolder *self);
/* (transfer full) */
char *test_folder_file (TestFolder *self, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)
/* Damages @n bytes of a file. */
void test_file_overwrite (const char *path, gint64 offset, gsize n);

/* Runs the main loop until @future (transfer full) is settled. Each fails the test if it is
 * rejected. */
void test_await (DexFuture *future);
gpointer test_await_object (DexFuture *future);
gpointer test_await_boxed (DexFuture *future);
char *test_await_string (DexFuture *future);
gint64 test_await_int64 (DexFuture *future);
guint test_await_uint (DexFuture *future);
/* Fails the test unless it is rejected with that error of the store's. */
void test_await_error (DexFuture *future, AssayStoreError code);
/* Everything that is ready to run now. */
void test_drain (void);

/* The first column of the first row, which must be there. */
gint64 test_query_int (AssayDatabase *database, const char *sql);
char *test_query_text (AssayDatabase *database, const char *sql);
void test_execute (AssayDatabase *database, const char *sql);

/* A store in a folder of its own, with one project. */
typedef struct
{
  TestFolder *folder;
  AssayStore *store; /* (owned) (nullable) */
  AssayProject *project;
} TestStore;

TestStore *test_store_new (void);
/* Closes the store if it is open. */
void test_store_free (TestStore *self);
void test_store_close (TestStore *self);
/* As a crash ends it: nothing is finished, nothing is marked. */
void test_store_drop (TestStore *self);
void test_store_open (TestStore *self);
/* As if no copy had been made so far. */
void test_store_remove_copies (TestStore *self);
/* Lets upkeep come to its end: it holds the store until it is done. */
void test_store_wait_for_upkeep (TestStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestStore, test_store_free)

/* @id and texts must need no escaping in JSON. */
AssayTask *test_task_new (const char *id, const char *prompt, const char *a, const char *b);
/* With further members, as `"deadline_at":1,`. */
AssayTask *test_task_new_with (const char *id, const char *members);
/* Adds one task and gives its row. */
gint64 test_store_add (TestStore *self, AssayTask *task);
/* Adds tasks "t0" … */
void test_store_add_many (TestStore *self, guint n);
/* The rows that a query finds; all if it is NULL. (transfer full) */
GArray *test_store_query (TestStore *self, const AssayTaskQuery *query);
gint64 test_store_first_row (TestStore *self);
AssayOpenTask *test_store_load (TestStore *self, gint64 row);
AssayTaskState test_store_get_state (TestStore *self, gint64 row);
guint test_store_count (TestStore *self, AssayTaskState state);
GBytes *test_draft_bytes (AssayJudgement *judgement);
/* Saves what @judgement holds now as the draft of @row. */
void test_store_save (TestStore *self, gint64 row, AssayJudgement *judgement);
/* The draft of @row, with this rationale. */
void test_store_write (TestStore *self, gint64 row, const char *rationale);
/* A judgement of @row with this rationale, submitted. */
AssayOutboxItem *
test_store_submit (TestStore *self, gint64 row, const char *rationale, gint64 undo_window_us);
/* Through the outbox to the end. */
void test_store_deliver (TestStore *self, AssayOutboxItem *item, AssayOutboxState state);
/* One number from the database, read on the store's thread. */
gint64 test_store_query_int (TestStore *self, const char *sql);
void test_store_execute (TestStore *self, const char *sql);
/* Statements and commits are counted on the store's thread. */
guint64 test_store_count_statements (TestStore *self);
guint64 test_store_count_commits (TestStore *self);
gboolean test_store_has_spool (TestStore *self, const char *submission);

G_END_DECLS
