/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-math-font.h"
#include "assay-math.h"

G_BEGIN_DECLS

/* Everything in ems of the text around it; x from the formula's left, y down from its baseline. */

typedef struct
{
  guint32 glyph;
  guint32 size; /* 0 text, 1 script, 2 script of script */
  float x;
  float y;
} AssayMathGlyph;

/* A filled rectangle, or a stroke from one corner to the other. */
typedef enum
{
  ASSAY_MATH_RULE_FILL,
  ASSAY_MATH_RULE_RISING,
  ASSAY_MATH_RULE_FALLING,
} AssayMathRuleKind;

typedef struct
{
  AssayMathRuleKind kind;
  float x;
  float y; /* of the upper edge */
  float width;
  float height;
} AssayMathRule;

/**
 * AssayMathPiece:
 *
 * What a line is not broken within: a whole formula, or a long one's stretches between relations
 * and operators. @source_start and @source_end are bytes of the formula's text; the pieces cover
 * it.
 */
typedef struct
{
  guint first_glyph;
  guint n_glyphs;
  guint first_rule;
  guint n_rules;
  float x;
  float width;
  float height; /* above the baseline */
  float depth;  /* below it */
  guint source_start;
  guint source_end;
} AssayMathPiece;

/**
 * AssayMathLayout:
 *
 * A formula as glyphs of a font and rules, in one size that can be scaled. Immutable, reference
 * counted; safe to make on any thread.
 */
typedef struct _AssayMathLayout AssayMathLayout;
#define ASSAY_TYPE_MATH_LAYOUT (assay_math_layout_get_type ())
GType assay_math_layout_get_type (void);

/* A layout has no more glyphs and rules, and is not wider or higher. */
#define ASSAY_MATH_LAYOUT_GLYPHS 20000
#define ASSAY_MATH_LAYOUT_EMS 400

/**
 * assay_math_layout_new:
 * @formula: what is laid out
 * @font: with what
 * @is_display: as on a line of its own
 *
 * Returns: (transfer full): the layout, or NULL with an error that names the character that the
 *   font lacks
 */
AssayMathLayout *assay_math_layout_new (AssayMathFormula *formula,
                                        AssayMathFont *font,
                                        gboolean is_display,
                                        GError **error);
AssayMathLayout *assay_math_layout_ref (AssayMathLayout *self);
void assay_math_layout_unref (AssayMathLayout *self);
AssayMathFont *assay_math_layout_get_font (AssayMathLayout *self);
const AssayMathGlyph *assay_math_layout_get_glyphs (AssayMathLayout *self, guint *n_glyphs);
const AssayMathRule *assay_math_layout_get_rules (AssayMathLayout *self, guint *n_rules);
/* At least one. */
const AssayMathPiece *assay_math_layout_get_pieces (AssayMathLayout *self, guint *n_pieces);
double assay_math_layout_get_width (AssayMathLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMathLayout, assay_math_layout_unref)

G_END_DECLS
