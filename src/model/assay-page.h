/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-feedback.h"
#include "assay-guideline.h"
#include "assay-lease.h"
#include "assay-project.h"
#include "assay-task.h"

G_BEGIN_DECLS

/**
 * AssayPageTask:
 * @project: the external id of its project, which is on this page or an earlier one
 * @lease: (nullable): where the platform has leases
 */
typedef struct
{
  char *project;
  AssayTask *task;
  AssayLease *lease;
} AssayPageTask;

/**
 * AssayPageGuideline:
 * @project: the external id of the project whose guideline it is now; NULL for one that only tasks
 *   were agreed on with
 */
typedef struct
{
  char *project;
  AssayGuideline *guideline;
  gboolean must_acknowledge;
  gboolean acknowledged;
  char *summary_of_changes; /* (nullable) */
} AssayPageGuideline;

/* What became of a submission that was accepted: "received", "accepted", "returned", "rejected". */
typedef struct
{
  char *submission;
  char *state;
} AssayPageSubmission;

#define ASSAY_TYPE_PAGE (assay_page_get_type ())
/**
 * AssayPage:
 *
 * Some of what a platform has for an account, in one piece: it is stored in one transaction
 * together with the cursor behind it. Filled by the platform's adapter, then only read.
 */
G_DECLARE_FINAL_TYPE (AssayPage, assay_page, ASSAY, PAGE, GObject)

AssayPage *assay_page_new (void);

/* Each list is never NULL, borrowed, and added to by who makes the page. */
GPtrArray *assay_page_get_projects (AssayPage *self);   /* AssayProject; terms are set */
GPtrArray *assay_page_get_guidelines (AssayPage *self); /* AssayPageGuideline */
GPtrArray *assay_page_get_tasks (AssayPage *self);      /* AssayPageTask */
GPtrArray *assay_page_get_leases (AssayPage *self); /* AssayLease: terms of tasks that are here */
GPtrArray *assay_page_get_submissions (AssayPage *self); /* AssayPageSubmission */
GPtrArray *assay_page_get_feedback (AssayPage *self);    /* AssayFeedback */

void assay_page_add_task (AssayPage *self, const char *project, AssayTask *task, AssayLease *lease);
/* @guideline: (transfer none). Gives the new entry, for its other members. */
AssayPageGuideline *
assay_page_add_guideline (AssayPage *self, const char *project, AssayGuideline *guideline);
void assay_page_add_submission (AssayPage *self, const char *submission, const char *state);

/* The cursor behind this page; NULL: none, the next pull begins anew. */
const char *assay_page_get_cursor (AssayPage *self);
void assay_page_set_cursor (AssayPage *self, const char *cursor);
/* Another page follows at once. */
gboolean assay_page_get_more (AssayPage *self);
void assay_page_set_more (AssayPage *self, gboolean more);
/* It is part of a listing of everything that the person has there: what no page of it had is gone
 * when its last page (`more` is FALSE) was stored. */
gboolean assay_page_get_whole (AssayPage *self);
void assay_page_set_whole (AssayPage *self, gboolean whole);
/* Tasks that were there and could not be read; they are on no list. */
guint assay_page_get_n_unreadable (AssayPage *self);
void assay_page_set_n_unreadable (AssayPage *self, guint n_unreadable);
gboolean assay_page_is_empty (AssayPage *self);

G_END_DECLS
