/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-account.h"
#include "assay-project.h"
#include "assay-task-query.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_PLACE_READY,
  ASSAY_PLACE_STARTED,
  ASSAY_PLACE_TO_SEND,
  ASSAY_PLACE_SENT,
  ASSAY_PLACE_RETURNED,
  ASSAY_PLACE_PROJECT,
  ASSAY_PLACE_PRACTICE,
  ASSAY_PLACE_ACCOUNT, /* the head of its projects */
} AssayPlaceKind;

#define ASSAY_TYPE_PLACE (assay_place_get_type ())
/**
 * AssayPlace:
 *
 * A row of the sidebar: some of the tasks, under a name. That of an account holds none itself.
 *
 * Properties: `title`, `count`, `project` (of a project's place), `account` (of an account's place
 * and of its projects').
 */
G_DECLARE_FINAL_TYPE (AssayPlace, assay_place, ASSAY, PLACE, GObject)

AssayPlace *assay_place_new (AssayPlaceKind kind);
AssayPlace *assay_place_new_for_project (AssayProject *project);
AssayPlace *assay_place_new_for_account (AssayAccount *account);
AssayPlaceKind assay_place_get_kind (AssayPlace *self);
const char *assay_place_get_title (AssayPlace *self);
const char *assay_place_get_icon_name (AssayPlace *self);
guint assay_place_get_count (AssayPlace *self);
void assay_place_set_count (AssayPlace *self, guint count);
/* NULL unless the place is a project. */
AssayProject *assay_place_get_project (AssayPlace *self);
void assay_place_set_project (AssayPlace *self, AssayProject *project);
/* The account with a platform that the place belongs to; NULL for what is on this computer alone.
 */
AssayAccount *assay_place_get_account (AssayPlace *self);
void assay_place_set_account (AssayPlace *self, AssayAccount *account);
/* The states of tasks that the place counts, as in AssayTaskQuery. */
guint assay_place_get_states (AssayPlace *self);
/* (transfer full) */
AssayTaskQuery *assay_place_create_query (AssayPlace *self);

G_END_DECLS
