/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rescue-report.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_STORE_HEALTH (assay_store_health_get_type ())
/**
 * AssayStoreHealth:
 *
 * How a store is, for the person who looks after it. Times are UTC microseconds, 0 for never.
 */
typedef struct
{
  guint64 n_bytes; /* of the database with its log */
  guint64 n_backup_bytes;
  guint n_backups;
  gint64 backed_up_at;       /* when the newest copy was made */
  gint64 checked_at;         /* when a check last found it sound */
  gboolean network;          /* the folder is on a network file system */
  AssayRescueReport *rescue; /* (owned) (nullable) the last there was */
} AssayStoreHealth;

GType assay_store_health_get_type (void);
AssayStoreHealth *assay_store_health_copy (const AssayStoreHealth *self);
void assay_store_health_free (AssayStoreHealth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayStoreHealth, assay_store_health_free)

G_END_DECLS
