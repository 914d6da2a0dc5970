/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayStoreError:
 * @ASSAY_STORE_ERROR_FULL: the disk is full; what was acknowledged is intact
 * @ASSAY_STORE_ERROR_READ_ONLY: the folder or file cannot be written
 * @ASSAY_STORE_ERROR_IO: the disk failed; the connection is reopened before anything else is tried
 * @ASSAY_STORE_ERROR_BUSY: another process holds the store
 * @ASSAY_STORE_ERROR_NEWER: written by a newer version; left untouched
 * @ASSAY_STORE_ERROR_DAMAGED: the file is not a sound database
 * @ASSAY_STORE_ERROR_NOT_FOUND: no such row
 * @ASSAY_STORE_ERROR_CONFLICT: the step is not allowed now (a submission already waits, an illegal
 * outbox step)
 * @ASSAY_STORE_ERROR_LIMIT: there is as much of it as may be
 * @ASSAY_STORE_ERROR_CLOSED: the store was closed
 * @ASSAY_STORE_ERROR_INTERNAL: SQLite refused a statement of ours
 */
typedef enum
{
  ASSAY_STORE_ERROR_FULL,
  ASSAY_STORE_ERROR_READ_ONLY,
  ASSAY_STORE_ERROR_IO,
  ASSAY_STORE_ERROR_BUSY,
  ASSAY_STORE_ERROR_NEWER,
  ASSAY_STORE_ERROR_DAMAGED,
  ASSAY_STORE_ERROR_NOT_FOUND,
  ASSAY_STORE_ERROR_CONFLICT,
  ASSAY_STORE_ERROR_LIMIT,
  ASSAY_STORE_ERROR_CLOSED,
  ASSAY_STORE_ERROR_INTERNAL,
} AssayStoreError;

#define ASSAY_STORE_ERROR (assay_store_error_quark ())
GQuark assay_store_error_quark (void);

G_END_DECLS
