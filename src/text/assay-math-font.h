/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <hb.h>

G_BEGIN_DECLS

/**
 * AssayMathFont:
 *
 * A font with a MATH table, measured in its own units. Immutable, reference counted; usable on any
 * thread.
 */
typedef struct _AssayMathFont AssayMathFont;
#define ASSAY_TYPE_MATH_FONT (assay_math_font_get_type ())
GType assay_math_font_get_type (void);

/* NULL where the face has no MATH table. @family: what the desktop calls it. */
AssayMathFont *assay_math_font_new (hb_face_t *face, const char *family);
/* The best one that fontconfig knows, looked for once; NULL where there is none. (transfer none) */
AssayMathFont *assay_math_font_get_default (void);
AssayMathFont *assay_math_font_ref (AssayMathFont *self);
void assay_math_font_unref (AssayMathFont *self);
const char *assay_math_font_get_family (AssayMathFont *self);
hb_face_t *assay_math_font_get_face (AssayMathFont *self);
/* How large script (1) and script of script (2) are beside the text (0). */
double assay_math_font_get_scale (AssayMathFont *self, guint size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMathFont, assay_math_font_unref)

G_END_DECLS
