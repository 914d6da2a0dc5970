/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-place.h"
#include "assay-session.h"
#include "assay-task-list.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TASK_LIST_PAGE (assay_task_list_page_get_type ())
/**
 * AssayTaskListPage:
 *
 * The tasks of a place: searched, filtered and sorted in the store, opened by a click or Enter. An
 * empty list says why it is empty, and offers the next step; in a project of a platform tasks can
 * be claimed.
 *
 * Property: `place`.
 *
 * Signals: `task-activated (row)` (gint64); `message (text)` for what is to be told in passing.
 */
G_DECLARE_FINAL_TYPE (AssayTaskListPage,
                      assay_task_list_page,
                      ASSAY,
                      TASK_LIST_PAGE,
                      AdwNavigationPage)

/* Once. */
void assay_task_list_page_set_session (AssayTaskListPage *self, AssaySession *session);
void assay_task_list_page_set_store (AssayTaskListPage *self, AssayStore *store);
void assay_task_list_page_set_place (AssayTaskListPage *self, AssayPlace *place);
/* NULL until there is a store. */
AssayTaskList *assay_task_list_page_get_list (AssayTaskListPage *self);
/* Opens the search entry, or returns to it. */
void assay_task_list_page_search (AssayTaskListPage *self);
/* Puts selection and focus on a task, or, where it is no longer in the list, on what stands in its
 * place now. */
void assay_task_list_page_return_to (AssayTaskListPage *self, gint64 row);
/* Selects the first task if none is, and gives the list the focus. */
void assay_task_list_page_focus_list (AssayTaskListPage *self);

G_END_DECLS
