/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store-accounts.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* A page as a platform's adapter fills it, for tests. */
typedef struct
{
  TestStore *store; /* borrowed */
  char *account;
  AssayPage *page; /* (owned) */
} TestPage;

TestPage *test_page_new (TestStore *store, const char *account);
void test_page_free (TestPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPage, test_page_free)
/* Begins another one. */
void test_page_clear (TestPage *self);

AssayProject *test_page_add_project (TestPage *self, const char *id);
/* "ACCOUNT/g", which must be acknowledged. */
AssayPageGuideline *test_page_add_guideline (TestPage *self, const char *project, int version);
/* Gives the lease, for its other members; @lease NULL: none. */
AssayLease *test_page_add_task (TestPage *self,
                                const char *project,
                                const char *id,
                                const char *lease,
                                AssayLeaseState state);
AssayLease *test_page_add_lease (TestPage *self, const char *id, AssayLeaseState state);
void test_page_add_feedback (TestPage *self,
                             const char *id,
                             const char *submission,
                             const char *verdict);
/* How many tasks were new. */
guint test_page_apply (TestPage *self);

/* An account "open" with the project "q". */
void test_store_add_account (TestStore *self, const char *id);
/* Held under the lease "l-ID". Gives its row. */
gint64 test_store_claim (TestStore *self, const char *account, const char *id);
/* The row of a task of whatever project; 0 for none. */
gint64 test_store_find (TestStore *self, const char *task_id);
/* As test_store_submit (), with a frame whose target holds ASSAY_FRAME_SUBMISSION. */
AssayOutboxItem *test_store_submit_framed (TestStore *self,
                                           gint64 row,
                                           const char *rationale,
                                           gint64 undo_window_us);
/* Whatever a second look at the store must find the same: all rows that a page can touch. */
char *test_store_describe (TestStore *self);

G_END_DECLS
