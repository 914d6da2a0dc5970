/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hb-ot.h>

#include "assay-math-font.h"

G_BEGIN_DECLS

/* Everything in ems of the font at the size of text. */

typedef struct
{
  double width;
  double height; /* above the baseline */
  double depth;  /* below it */
} AssayMathExtents;

typedef struct
{
  guint glyph;
  double offset; /* along the direction that is stretched, from its beginning */
} AssayMathPart;

/* 0 where the font lacks it. */
guint _assay_math_font_find_glyph (AssayMathFont *self, gunichar character);
/* The form of a glyph that is meant for scripts. */
guint _assay_math_font_get_script_glyph (AssayMathFont *self, guint glyph, guint size);
void _assay_math_font_get_extents (AssayMathFont *self, guint glyph, AssayMathExtents *extents);
double _assay_math_font_get_constant (AssayMathFont *self, hb_ot_math_constant_t constant);
double _assay_math_font_get_italic (AssayMathFont *self, guint glyph);
double _assay_math_font_get_top_accent (AssayMathFont *self, guint glyph);
double _assay_math_font_get_kern (AssayMathFont *self,
                                  guint glyph,
                                  hb_ot_math_kern_t corner,
                                  double height);
/* The smallest form of a glyph that is as long as @target, or the longest one that there is, in
 * parts: (element-type AssayMathPart). Returns how long it is. With @below, the largest form that
 * is not longer than @target. */
double _assay_math_font_stretch (AssayMathFont *self,
                                 guint glyph,
                                 gboolean is_vertical,
                                 gboolean below,
                                 double target,
                                 GArray *parts);
/* Glyphs of words, with their places: (element-type AssayMathPart). Returns their width, or -1
 * where a character is missing. */
double _assay_math_font_shape (AssayMathFont *self, const char *text, GArray *parts);

G_END_DECLS
