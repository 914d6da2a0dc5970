/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-platform.h"

G_BEGIN_DECLS

/* Answers what a test tells it to, once for each attempt, and keeps a ledger of what it took. */
#define MOCK_TYPE_PLATFORM (mock_platform_get_type ())
G_DECLARE_DERIVABLE_TYPE (MockPlatform, mock_platform, MOCK, PLATFORM, AssayPlatform)

struct _MockPlatformClass
{
  AssayPlatformClass parent_class;
};

/* @local: what is unknown may be sent again. */
MockPlatform *mock_platform_new (gboolean local);
/* The next attempts fail with this error, before (or after) the submission is in the ledger. */
void mock_platform_fail_next (MockPlatform *self, AssayPlatformError code, gboolean after_commit);
/* The next attempt is put off for so long. */
void mock_platform_ask_to_wait (MockPlatform *self, gint64 wait_us);
/* The next answer has no receipt. */
void mock_platform_forget_receipt (MockPlatform *self);
/* Answers nothing until it is released. */
void mock_platform_hold (MockPlatform *self);
void mock_platform_release (MockPlatform *self);
guint mock_platform_get_n_attempts (MockPlatform *self);
/* How many attempts run now, at most. */
guint mock_platform_get_most_at_once (MockPlatform *self);
/* The submissions in the ledger, in the order in which they came; each once. */
GPtrArray *mock_platform_get_ledger (MockPlatform *self);
/* The same submission came with other bytes. */
gboolean mock_platform_get_cheated (MockPlatform *self);

G_END_DECLS
