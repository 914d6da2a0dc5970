/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-places.h"
#include "assay-session.h"
#include "assay-task-list.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_INBOX (assay_inbox_get_type ())
/**
 * AssayInbox:
 *
 * Where a person chooses what to do: the places on one side, the tasks of one of them on the other;
 * one at a time where there is no room for both.
 *
 * Properties: `loaded` (the sidebar was read once), `n-projects`, `n-accounts` (with a
 * platform).
 *
 * Signals: `task-activated (row)`, `export-project (project)`, `remove-project (project)` (gint64
 * each); `message (text)` for what is to be told in passing.
 */
G_DECLARE_FINAL_TYPE (AssayInbox, assay_inbox, ASSAY, INBOX, AdwNavigationPage)

void assay_inbox_set_session (AssayInbox *self, AssaySession *session);
/* Once the session is open. */
void assay_inbox_set_store (AssayInbox *self, AssayStore *store);
gboolean assay_inbox_get_loaded (AssayInbox *self);
guint assay_inbox_get_n_projects (AssayInbox *self);
guint assay_inbox_get_n_accounts (AssayInbox *self);
/* The tasks that are shown, in their order. */
AssayTaskList *assay_inbox_get_list (AssayInbox *self);
/* The project of the selected place, or NULL. */
AssayProject *assay_inbox_get_project (AssayInbox *self);
AssayProject *assay_inbox_find_project (AssayInbox *self, gint64 project);

void assay_inbox_search (AssayInbox *self);
/* Shows the tasks of a project as soon as the sidebar knows it. */
void assay_inbox_show_project (AssayInbox *self, gint64 project);
void assay_inbox_show_practice (AssayInbox *self);
void assay_inbox_return_to (AssayInbox *self, gint64 row);
void assay_inbox_focus (AssayInbox *self);

G_END_DECLS
