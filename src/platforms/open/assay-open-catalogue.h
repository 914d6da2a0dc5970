/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-open-client.h"
#include "assay-page.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OPEN_CATALOGUE (assay_open_catalogue_get_type ())
/**
 * AssayOpenCatalogue:
 *
 * The forms and guidelines of one platform, each version asked for once: a version never changes.
 */
G_DECLARE_FINAL_TYPE (AssayOpenCatalogue, assay_open_catalogue, ASSAY, OPEN_CATALOGUE, GObject)

/* @account: before the ids of guidelines. */
AssayOpenCatalogue *assay_open_catalogue_new (AssayOpenClient *client, const char *account);
/* What could not be read is asked for again. */
void assay_open_catalogue_forgive (AssayOpenCatalogue *self);

/* On a fiber. FALSE and @error if it cannot be known now; TRUE with NULL in @form where the
 * platform has none that can be read. @form: (out) (transfer none). */
gboolean assay_open_catalogue_load_form (AssayOpenCatalogue *self,
                                         const char *id,
                                         int version,
                                         AssayForm **form,
                                         GError **error);
/* What was loaded; NULL for what was not. (transfer full): "id/version" → AssayForm */
GHashTable *assay_open_catalogue_dup_forms (AssayOpenCatalogue *self);
/* The key of the above. (transfer full) */
char *assay_open_catalogue_make_key (const char *id, int version);

/* Puts the guideline on @page, for @project or, where that is NULL, unless it was on one before.
 * @acknowledged: as the project says. What cannot be read is left out. On a fiber; FALSE and @error
 * if it cannot be known now. */
gboolean assay_open_catalogue_add_guideline (AssayOpenCatalogue *self,
                                             AssayPage *page,
                                             const char *project,
                                             const char *id,
                                             int version,
                                             gboolean acknowledged,
                                             GError **error);

G_END_DECLS
