/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"

G_BEGIN_DECLS

/**
 * PageAudit:
 *
 * Looks at pages of the driven program as assistive technology does, and collects what is wrong
 * with them, so that one run tells of all pages.
 */
typedef struct _PageAudit PageAudit;

PageAudit *page_audit_new (AssayDriver *driver);
void page_audit_free (PageAudit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageAudit, page_audit_free)

/* Every control of the active window has a name and a role, no two are told of alike, and nothing
 * that cannot be seen is told of. @page: for the message. */
void page_audit_look (PageAudit *self, const char *page);
/* The same, and Tab goes through all controls and comes round, with each in sight. */
void page_audit_walk (PageAudit *self, const char *page);
/* Remembers what has the focus before a dialog, a bar or a menu is opened. */
void page_audit_enter (PageAudit *self);
/* Escape closes it, and the focus is where it was. */
void page_audit_leave (PageAudit *self, const char *page);
/* Fails the test if anything was wrong. */
void page_audit_finish (PageAudit *self);

G_END_DECLS
