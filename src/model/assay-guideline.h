/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_GUIDELINE (assay_guideline_get_type ())
/**
 * AssayGuideline:
 *
 * One version of the document that defines quality for a project. Markdown. Immutable.
 */
G_DECLARE_FINAL_TYPE (AssayGuideline, assay_guideline, ASSAY, GUIDELINE, GObject)

AssayGuideline *
assay_guideline_new (const char *id, int version, const char *title, const char *text);
const char *assay_guideline_get_id (AssayGuideline *self);
int assay_guideline_get_version (AssayGuideline *self);
const char *assay_guideline_get_title (AssayGuideline *self);
const char *assay_guideline_get_text (AssayGuideline *self);
/* Hex, of the text. */
const char *assay_guideline_get_sha256 (AssayGuideline *self);

/* "ACCOUNT/ID": what a platform calls @id, unique in the profile. (transfer full) */
char *assay_guideline_make_id (const char *account, const char *id);
/* The platform's part of @guideline. */
const char *assay_guideline_strip_id (const char *account, const char *guideline);

G_END_DECLS
