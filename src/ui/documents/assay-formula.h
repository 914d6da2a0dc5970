/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-math-layout.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FORMULA (assay_formula_get_type ())
/**
 * AssayFormula:
 *
 * A piece of a typeset formula as a paintable, in whole pixels, so that a text view can hold it.
 */
G_DECLARE_FINAL_TYPE (AssayFormula, assay_formula, ASSAY, FORMULA, GObject)

AssayFormula *assay_formula_new (AssayMathLayout *layout, guint piece);
/* @context: what finds the font. @em: pixels. @max_width: pixels; what is wider is made smaller. */
void assay_formula_set_style (AssayFormula *self,
                              PangoContext *context,
                              double em,
                              double max_width,
                              const GdkRGBA *color);
/* Below the baseline, in pixels. */
int assay_formula_get_depth (AssayFormula *self);

G_END_DECLS
