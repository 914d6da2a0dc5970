/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-database.h"
#include "assay-store-error.h"

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

G_END_DECLS
