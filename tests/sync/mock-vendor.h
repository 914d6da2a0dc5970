/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mock-platform.h"

G_BEGIN_DECLS

/* A platform with leases, whose every answer a test decides; one project, "p". What was asked is
 * written down, one line each: "pull CURSOR", "claim COUNT KEY", "renew LEASE KEY", "release
 * LEASE", "check". */
#define MOCK_TYPE_VENDOR (mock_vendor_get_type ())
G_DECLARE_FINAL_TYPE (MockVendor, mock_vendor, MOCK, VENDOR, MockPlatform)

MockVendor *mock_vendor_new (void);
/* What was to fail does so no more. */
void mock_vendor_forgive (MockVendor *self);
/* The next request of this kind ("pull" …) fails; @after: it is done all the same. */
void mock_vendor_fail (MockVendor *self, const char *verb, AssayPlatformError code, gboolean after);
/* As it is put off for so long. */
void mock_vendor_put_off (MockVendor *self, const char *verb, gint64 wait_us);
/* Requests of this kind are not answered until they are let go. */
void mock_vendor_hold (MockVendor *self, const char *verb);
void mock_vendor_let_go (MockVendor *self);
/* What the next pull brings. Without one there is nothing new. (transfer none) */
void mock_vendor_add_page (MockVendor *self, AssayPage *page);
/* A page with the project, with that many tasks to be held at most, and @cursor. (transfer full) */
AssayPage *mock_vendor_make_page (const char *cursor, guint max_held);
/* A lease that began then and ends then, from now. (transfer full) */
AssayLease *
mock_vendor_make_lease (const char *id, gint64 began_us, gint64 ends_us, guint renewals_left);
void mock_vendor_set_n_free (MockVendor *self, guint n_free);
/* What was asked, oldest first. Borrowed. */
GPtrArray *mock_vendor_get_log (MockVendor *self);
/* How many of its lines begin so. */
guint mock_vendor_count (MockVendor *self, const char *beginning);
/* The leases that were given and not given back. Borrowed. */
GPtrArray *mock_vendor_get_given (MockVendor *self);

G_END_DECLS
