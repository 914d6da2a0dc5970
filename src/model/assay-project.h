/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PROJECT (assay_project_get_type ())
/**
 * AssayProject:
 *
 * A stream of tasks with one guideline, one form and one set of terms. A plain record; `id` is 0
 * until the store gave one.
 *
 * Settings hold what the person chose for this project (spelling, paste, split position …).
 */
G_DECLARE_FINAL_TYPE (AssayProject, assay_project, ASSAY, PROJECT, GObject)

AssayProject *assay_project_new (const char *account, const char *external_id, const char *title);
gint64 assay_project_get_id (AssayProject *self);
void assay_project_set_id (AssayProject *self, gint64 id);
const char *assay_project_get_account (AssayProject *self);
const char *assay_project_get_external_id (AssayProject *self);
const char *assay_project_get_title (AssayProject *self);
AssayForm *assay_project_get_form (AssayProject *self);
void assay_project_set_form (AssayProject *self, AssayForm *form);
JsonObject *assay_project_get_settings (AssayProject *self);
/* Whether spelling may be checked in what is written for it: the settings' `spelling`, TRUE where
 * it is not said. */
gboolean assay_project_get_spelling_allowed (AssayProject *self);
/* Whether no text from outside a task is taken, even where the task allows it: the settings'
 * `refuse_paste`, FALSE where it is not said. */
gboolean assay_project_get_refuses_paste (AssayProject *self);
void assay_project_set_settings (AssayProject *self, JsonObject *settings);
/* What the platform says of it, renewed with each pull: the members of "Project" in
 * data/platform-api/openapi.yaml (`available`, `pay`, `lease`, `deadline_at`, `qualification` …).
 * NULL where there is no platform. Borrowed. */
JsonObject *assay_project_get_terms (AssayProject *self);
void assay_project_set_terms (AssayProject *self, JsonObject *terms);
/* The id and the version of the guideline that the terms name; NULL where they name none. Ids of a
 * platform are unique in the profile only with the account before them. (transfer full) */
char *assay_project_dup_guideline_id (AssayProject *self, int *version);
guint assay_project_get_n_tasks (AssayProject *self);
void assay_project_set_n_tasks (AssayProject *self, guint n_tasks);

G_END_DECLS
