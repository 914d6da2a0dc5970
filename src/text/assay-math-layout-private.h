/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-math-font-private.h"
#include "assay-math-layout.h"

G_BEGIN_DECLS

/* TeX's styles; cramped ones raise superscripts less. */
typedef struct
{
  int level; /* ASSAY_MATH_STYLE_DISPLAY … */
  gboolean cramped;
} Style;

/* What a node became: a stretch of the layout's glyphs and rules, with its reference point at 0. */
typedef struct
{
  double width;
  double height;
  double depth;
  double italic; /* by which a slanted end leans over the width */
  guint first_glyph;
  guint last_glyph; /* behind the last */
  guint first_rule;
  guint last_rule;
  guint glyph; /* where it is a single one, else 0 */
  guint size;
  double accent; /* where an accent stands above it, where it is a single glyph */
} Box;

typedef struct
{
  AssayMathFont *font;
  GArray *glyphs; /* AssayMathGlyph */
  GArray *rules;  /* AssayMathRule */
  GArray *pieces; /* AssayMathPiece, of the outermost list */
  GArray *parts;  /* AssayMathPart, for one glyph at a time */
  const AssayMathNode *root;
  guint root_end; /* bytes of the formula */
  GError *error;
} Layout;

/* A constant of the font, in ems, at the size of a style. */
double _assay_math_constant (Layout *self, Style style, hb_ot_math_constant_t constant);
double _assay_math_scale (Layout *self, Style style);
double _assay_math_axis (Layout *self, Style style);
Style _assay_math_sup_style (Style style);
Style _assay_math_sub_style (Style style);
Style _assay_math_cramp (Style style);

/* A box that holds what is laid out until _assay_math_box_close (). */
void _assay_math_box_open (Layout *self, Box *box);
void _assay_math_box_close (Layout *self, Box *box);
void _assay_math_box_move (Layout *self, const Box *box, double dx, double dy);
void _assay_math_add_glyph (Layout *self, guint glyph, guint size, double x, double y);
void _assay_math_add_rule (Layout *self,
                           AssayMathRuleKind kind,
                           double x,
                           double y,
                           double width,
                           double height);
void _assay_math_fail_layout (Layout *self, gunichar character);

/* assay-math-layout.c */
void _assay_math_layout_list (Layout *self,
                              const AssayMathNode *list,
                              Style style,
                              gboolean follows_atom,
                              Box *box);
void _assay_math_layout_node (Layout *self, const AssayMathNode *node, Style style, Box *box);

/* assay-math-layout-glyphs.c */
void _assay_math_layout_symbol (Layout *self,
                                gunichar character,
                                gboolean is_operator,
                                Style style,
                                Box *box);
/* A delimiter at least so high, around the axis; nothing for 0. */
void _assay_math_layout_delimiter (Layout *self,
                                   gunichar character,
                                   double height,
                                   Style style,
                                   Box *box);
/* What a delimiter around something has to reach. */
double _assay_math_fence_height (Layout *self, double height, double depth, Style style);
/* A glyph as wide as @width. */
void _assay_math_layout_horizontal (Layout *self,
                                    gunichar character,
                                    gboolean below,
                                    double width,
                                    Style style,
                                    Box *box);
void _assay_math_layout_text (Layout *self, const char *text, Style style, Box *box);

/* assay-math-layout-atoms.c */
void _assay_math_layout_scripts (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_fraction (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_radical (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_fenced (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_accent (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_line (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_stack (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_arrow (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_phantom (Layout *self, const AssayMathNode *node, Style style, Box *box);
void _assay_math_layout_box (Layout *self, const AssayMathNode *node, Style style, Box *box);
/* assay-math-layout-table.c */
void _assay_math_layout_table (Layout *self, const AssayMathNode *node, Style style, Box *box);

G_END_DECLS
