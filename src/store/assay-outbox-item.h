/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_OUTBOX_QUEUED,
  ASSAY_OUTBOX_SENDING,
  ASSAY_OUTBOX_UNKNOWN,
  ASSAY_OUTBOX_ACCEPTED,
  ASSAY_OUTBOX_REFUSED,
  ASSAY_OUTBOX_WITHDRAWN,
} AssayOutboxState;

const char *assay_outbox_state_to_string (AssayOutboxState state);
const char *assay_outbox_state_get_title (AssayOutboxState state);

/* What became of an attempt, as it is stored. */
#define ASSAY_OUTBOX_CLASS_ACCEPTED "accepted"
#define ASSAY_OUTBOX_CLASS_NOT_SENT "not-sent"
#define ASSAY_OUTBOX_CLASS_NOT_PROCESSED "not-processed"
#define ASSAY_OUTBOX_CLASS_SIGNED_OUT "signed-out"
#define ASSAY_OUTBOX_CLASS_UNKNOWN "unknown"
#define ASSAY_OUTBOX_CLASS_INTERRUPTED "interrupted"
#define ASSAY_OUTBOX_CLASS_REFUSED "refused"

/* A sentence about a class, or NULL for one that needs none or is not known. */
const char *assay_outbox_class_get_sentence (const char *result_class);

#define ASSAY_TYPE_OUTBOX_ITEM (assay_outbox_item_get_type ())
/**
 * AssayOutboxItem:
 *
 * One row of the outbox as it was read: a value, never updated. The body is frozen from the moment
 * of submission.
 */
G_DECLARE_FINAL_TYPE (AssayOutboxItem, assay_outbox_item, ASSAY, OUTBOX_ITEM, GObject)

gint64 assay_outbox_item_get_id (AssayOutboxItem *self);
const char *assay_outbox_item_get_submission (AssayOutboxItem *self);
const char *assay_outbox_item_get_account (AssayOutboxItem *self);
/* 0 where it is about something else. */
gint64 assay_outbox_item_get_task_row (AssayOutboxItem *self);
/* What it is about, where that is no task; else NULL. */
const char *assay_outbox_item_get_subject (AssayOutboxItem *self);
/* (nullable): the task may be gone, as after a rescue. */
const char *assay_outbox_item_get_task_title (AssayOutboxItem *self);
const char *assay_outbox_item_get_kind (AssayOutboxItem *self);
const char *assay_outbox_item_get_method (AssayOutboxItem *self);
const char *assay_outbox_item_get_target (AssayOutboxItem *self);
GBytes *assay_outbox_item_get_body (AssayOutboxItem *self);
AssayOutboxState assay_outbox_item_get_state (AssayOutboxItem *self);
guint assay_outbox_item_get_attempts (AssayOutboxItem *self);
/* UTC microseconds. */
gint64 assay_outbox_item_get_created_at (AssayOutboxItem *self);
gint64 assay_outbox_item_get_next_at (AssayOutboxItem *self);
/* The class of the last attempt, or NULL before it. */
const char *assay_outbox_item_get_last_class (AssayOutboxItem *self);
const char *assay_outbox_item_get_receipt (AssayOutboxItem *self);

G_END_DECLS
