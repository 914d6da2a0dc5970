/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-pattern.h"
#include "assay-rendition.h"

G_BEGIN_DECLS

/* A place in the shown text, in code points. Of a match within a table: where the table stands,
 * and the bytes of the cell's text. */
typedef struct
{
  guint start;
  guint end;
  int table; /* the index of the table, or -1 */
  guint cell;
  guint cell_start;
  guint cell_end;
} AssayFoundPlace;

/**
 * AssayFindings:
 *
 * All places of a shown text where a pattern matches, in reading order: within its lines, within
 * the cells of its tables, and in the source of its formulas, which stand for themselves as a
 * whole. A match never goes over the end of a line. Immutable, reference counted.
 */
typedef struct _AssayFindings AssayFindings;
#define ASSAY_TYPE_FINDINGS (assay_findings_get_type ())
GType assay_findings_get_type (void);

/* On any thread. NULL once @cancellable is cancelled. */
AssayFindings *
assay_findings_new (AssayRendition *rendition, AssayPattern *pattern, GCancellable *cancellable);
AssayFindings *assay_findings_ref (AssayFindings *self);
void assay_findings_unref (AssayFindings *self);
/* (transfer none) */
const AssayFoundPlace *assay_findings_get_places (AssayFindings *self, guint *n_places);
/* There are more than ASSAY_LIMIT_FIND_MATCHES; the others are not known. */
gboolean assay_findings_get_cut (AssayFindings *self);
/* The expression took too long; there may be more places. */
gboolean assay_findings_get_gave_up (AssayFindings *self);

/* The same on a worker thread: a future that resolves to an ASSAY_TYPE_FINDINGS, or is rejected
 * once @cancellable is cancelled. (transfer full) */
DexFuture *assay_find (AssayRendition *rendition, AssayPattern *pattern, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayFindings, assay_findings_unref)

G_END_DECLS
