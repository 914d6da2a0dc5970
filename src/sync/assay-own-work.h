/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-store.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OWN_WORK (assay_own_work_get_type ())
/**
 * AssayOwnWork:
 *
 * Everything that a person wrote, out of a profile and into two files: one record a line, and text
 * to be read. It asks for nothing but the profile's folder: not for a sound store, a network or an
 * account.
 */
typedef struct
{
  GFile *lines; /* (owned): JSON Lines */
  GFile *text;  /* (owned): Markdown */
  guint n_submitted;
  guint n_drafts; /* those that were not saved included */
  guint n_revisions;
  guint n_unread; /* tables that could not be read to their end */
} AssayOwnWork;

GType assay_own_work_get_type (void);
AssayOwnWork *assay_own_work_copy (const AssayOwnWork *self);
void assay_own_work_free (AssayOwnWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayOwnWork, assay_own_work_free)

/* Writes the own work of the profile @profile into new files in @target. @store: the profile's, if
 * it is open. @unsaved: JSON Lines of judgements that are not in the store, or NULL. Resolves to an
 * AssayOwnWork (boxed); on error nothing is left. */
DexFuture *assay_own_work_export (const char *profile,
                                  AssayStore *store,
                                  GFile *target,
                                  const char *unsaved,
                                  GCancellable *cancellable);
/* In a translated sentence. (transfer full) */
char *assay_own_work_describe (const AssayOwnWork *self);

G_END_DECLS
