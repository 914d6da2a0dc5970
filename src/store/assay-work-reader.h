/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-task.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_WORK_SUBMITTED,
  ASSAY_WORK_DRAFT,
  ASSAY_WORK_REVISION, /* an older state of a draft */
} AssayWorkKind;

/**
 * AssayWorkItem:
 *
 * One piece of a person's own work, as it lies in a profile.
 */
typedef struct
{
  AssayWorkKind kind;
  gint64 task_row;
  const char *task_id;    /* (nullable) where the task could not be read, as are the next */
  const char *title;      /* (nullable) */
  const char *project;    /* (nullable) its title */
  AssayTask *task;        /* (nullable) */
  const char *submission; /* (nullable) */
  gint64 time;            /* when it was submitted or written, UTC us */
  const char *body;       /* the judgement's JSON; never NULL, but perhaps not sound */
} AssayWorkItem;

/* FALSE ends the reading with @error. */
typedef gboolean (*AssayWorkFunc) (const AssayWorkItem *item, gpointer user_data, GError **error);

/* Calls @func for all own work in the profile @folder, each piece once: from the store, or from the
 * fresh @copy of it, past what cannot be read of it; from the newest copy where there is something
 * that cannot be read; and from the rescue copies of submissions. Nothing is changed, and nothing
 * needs to be sound. A store that another connection, of this process or another, has open may be
 * read. @n_unread: how many tables could not be read to their end. Blocks; any thread. */
gboolean assay_work_read (const char *folder,
                          const char *copy,
                          AssayWorkFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          guint *n_unread,
                          GError **error);

G_END_DECLS
