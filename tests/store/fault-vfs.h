/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_NONE,
  FAULT_SYNC,
  FAULT_WRITE,
  FAULT_READ,
  FAULT_OPEN,
  FAULT_TRUNCATE,
} FaultKind;

typedef void (*FaultWatch) (void);

/* A layer over the system's file access of SQLite, as the default of this process, that fails once
 * when told to. */
void fault_vfs_install (void);
/* The @nth operation of this kind from now on fails (1: the next); the others work. */
void fault_vfs_arm (FaultKind kind, int nth);
/* With this errno; @for_good: so do all of the kind after it, until it is armed anew. */
void fault_vfs_arm_full (FaultKind kind, int nth, int number, gboolean for_good);
gboolean fault_vfs_struck (void);
/* Called after each write and truncation. Set before any store is open. */
void fault_vfs_set_watch (FaultWatch function);
/* Syncs since the start. */
guint fault_vfs_get_n_syncs (void);
/* Bytes written since the start, to whichever file. */
guint64 fault_vfs_get_n_bytes (void);

G_END_DECLS
