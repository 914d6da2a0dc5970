/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_TASK_READY,    /* nothing entered */
  ASSAY_TASK_STARTED,  /* a draft */
  ASSAY_TASK_QUEUED,   /* submitted, waiting to be sent (or within the undo window) */
  ASSAY_TASK_SENT,     /* accepted by its platform; for local workspaces: done */
  ASSAY_TASK_RETURNED, /* came back */
  ASSAY_TASK_REFUSED,  /* the platform refused it; the work is kept */
  ASSAY_TASK_WITHDRAWN,
} AssayTaskState;
#define ASSAY_N_TASK_STATES (ASSAY_TASK_WITHDRAWN + 1)

const char *assay_task_state_get_title (AssayTaskState state);

#define ASSAY_TYPE_TASK_SUMMARY (assay_task_summary_get_type ())
/**
 * AssayTaskSummary:
 *
 * One row of the inbox. It exists at once with its `row` id; the other properties are filled (and
 * notified once, by `loaded`) when the store has read them.
 */
G_DECLARE_FINAL_TYPE (AssayTaskSummary, assay_task_summary, ASSAY, TASK_SUMMARY, GObject)

/* What the store fills in; strings are copied. */
typedef struct
{
  const char *title;
  const char *kind;
  const char *language;
  const char *project_title;
  const char *account;
  gint64 project;
  AssayTaskState state;
  guint n_responses;
  guint est_minutes;
  gint64 pay_minor;
  const char *currency;
  gint64 deadline_ms;
  gint64 lease_expires_us; /* when the task is held no more, by this machine's clock; 0: never */
  gint64 changed_at_us;
} AssayTaskSummaryData;

AssayTaskSummary *assay_task_summary_new (gint64 row);
void assay_task_summary_fill (AssayTaskSummary *self, const AssayTaskSummaryData *data);
gint64 assay_task_summary_get_row (AssayTaskSummary *self);
gboolean assay_task_summary_get_loaded (AssayTaskSummary *self);
/* Borrowed; all NULL or 0 until loaded. */
const AssayTaskSummaryData *assay_task_summary_get_data (AssayTaskSummary *self);

G_END_DECLS
