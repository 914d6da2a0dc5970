/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-layout-private.h"

/* What TeX and its formats set, in ems. */
#define NULL_DELIMITER 0.12
#define FRAME_PADDING 0.3
#define FRAME_RULE 0.04
#define STROKE_REACH 0.1
#define ARROW_PADDING 0.55
#define ARROW_LENGTH 1.5

#define K(name) _assay_math_constant (self, style, HB_OT_MATH_CONSTANT_##name)

static gboolean
is_empty (const AssayMathNode *node)
{
  return node == NULL || (node->kind == ASSAY_MATH_GROUP && node->first == NULL);
}

/* Puts what is small above and below @base, each in the middle; @box is open. */
static void
add_limits (Layout *self,
            const AssayMathNode *below,
            const AssayMathNode *above,
            Style style,
            const Box *base,
            Box *box)
{
  Box lower = { 0 }, upper = { 0 };
  double width = base->width;

  box->height = base->height;
  box->depth = base->depth;
  if (!is_empty (above))
    {
      double rise;

      _assay_math_layout_node (self, above, _assay_math_sup_style (style), &upper);
      rise = base->height
             + MAX (K (UPPER_LIMIT_GAP_MIN) + upper.depth, K (UPPER_LIMIT_BASELINE_RISE_MIN));
      _assay_math_box_move (self, &upper, 0, -rise);
      box->height = rise + upper.height;
      width = MAX (width, upper.width);
    }
  if (!is_empty (below))
    {
      double drop;

      _assay_math_layout_node (self, below, _assay_math_sub_style (style), &lower);
      drop = base->depth
             + MAX (K (LOWER_LIMIT_GAP_MIN) + lower.height, K (LOWER_LIMIT_BASELINE_DROP_MIN));
      _assay_math_box_move (self, &lower, 0, drop);
      box->depth = drop + lower.depth;
      width = MAX (width, lower.width);
    }
  _assay_math_box_move (self, base, (width - base->width) / 2, 0);
  _assay_math_box_move (self, &upper, (width - upper.width) / 2 + base->italic / 2, 0);
  _assay_math_box_move (self, &lower, (width - lower.width) / 2 - base->italic / 2, 0);
  box->width = width;
}

static gboolean
has_limits (const AssayMathNode *node, Style style)
{
  return node->limits == ASSAY_MATH_LIMITS_ALWAYS
         || (node->limits == ASSAY_MATH_LIMITS_DISPLAY && style.level == ASSAY_MATH_STYLE_DISPLAY);
}

/* By how much a script moves toward or away from a letter whose side slopes. */
static double
get_kern (Layout *self,
          const Box *base,
          const Box *script,
          hb_ot_math_kern_t corner,
          hb_ot_math_kern_t opposite,
          double shift)
{
  double scale = assay_math_font_get_scale (self->font, base->size);
  double script_scale = assay_math_font_get_scale (self->font, script->size);
  gboolean above = corner == HB_OT_MATH_KERN_TOP_RIGHT;
  double heights[2];
  double kerns[2];

  if (base->glyph == 0)
    return 0;
  heights[0] = above ? shift - script->depth : script->height - shift;
  heights[1] = above ? base->height : -base->depth;
  for (guint i = 0; i < 2; i++)
    {
      kerns[i] =
          _assay_math_font_get_kern (self->font, base->glyph, corner, heights[i] / scale) * scale;
      if (script->glyph != 0)
        kerns[i] += _assay_math_font_get_kern (self->font, script->glyph, opposite,
                                               (above ? heights[i] - shift : heights[i] + shift)
                                                   / script_scale)
                    * script_scale;
    }
  return MAX (kerns[0], kerns[1]);
}

void
_assay_math_layout_scripts (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  const AssayMathNode *base_node = node->first;
  const AssayMathNode *sub_node = base_node->next;
  const AssayMathNode *sup_node = sub_node->next;
  Box base, sub = { 0 }, sup = { 0 };
  double up, down;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, base_node, style, &base);
  if (has_limits (base_node, style))
    {
      add_limits (self, sub_node, sup_node, style, &base, box);
      _assay_math_box_close (self, box);
      return;
    }

  up =
      base.glyph != 0 && !base_node->is_large ? 0 : base.height - K (SUPERSCRIPT_BASELINE_DROP_MAX);
  down = base.glyph != 0 && !base_node->is_large ? 0 : base.depth + K (SUBSCRIPT_BASELINE_DROP_MIN);
  if (!is_empty (sup_node))
    {
      _assay_math_layout_node (self, sup_node, _assay_math_sup_style (style), &sup);
      up = MAX (up, style.cramped ? K (SUPERSCRIPT_SHIFT_UP_CRAMPED) : K (SUPERSCRIPT_SHIFT_UP));
      up = MAX (up, sup.depth + K (SUPERSCRIPT_BOTTOM_MIN));
    }
  if (!is_empty (sub_node))
    {
      _assay_math_layout_node (self, sub_node, _assay_math_sub_style (style), &sub);
      down = MAX (down, K (SUBSCRIPT_SHIFT_DOWN));
      if (is_empty (sup_node))
        down = MAX (down, sub.height - K (SUBSCRIPT_TOP_MAX));
    }
  if (!is_empty (sub_node) && !is_empty (sup_node))
    {
      double gap = (up - sup.depth) - (sub.height - down);
      double rise;

      if (gap < K (SUB_SUPERSCRIPT_GAP_MIN))
        {
          down += K (SUB_SUPERSCRIPT_GAP_MIN) - gap;
          rise = K (SUPERSCRIPT_BOTTOM_MAX_WITH_SUBSCRIPT) - (up - sup.depth);
          if (rise > 0)
            {
              up += rise;
              down -= rise;
            }
        }
    }

  box->width = base.width + (is_empty (sub_node) && is_empty (sup_node) ? base.italic : 0);
  box->height = base.height;
  box->depth = base.depth;
  if (!is_empty (sup_node))
    {
      double x = base.width + (base_node->is_large ? 0 : base.italic)
                 + get_kern (self, &base, &sup, HB_OT_MATH_KERN_TOP_RIGHT,
                             HB_OT_MATH_KERN_BOTTOM_LEFT, up);

      _assay_math_box_move (self, &sup, x, -up);
      box->width = MAX (box->width, x + sup.width + sup.italic + K (SPACE_AFTER_SCRIPT));
      box->height = MAX (box->height, up + sup.height);
    }
  if (!is_empty (sub_node))
    {
      /* Of an integral, which leans, the lower one stands further left. */
      double x = base.width - (base_node->is_large ? base.italic : 0)
                 + get_kern (self, &base, &sub, HB_OT_MATH_KERN_BOTTOM_RIGHT,
                             HB_OT_MATH_KERN_TOP_LEFT, down);

      _assay_math_box_move (self, &sub, x, down);
      box->width = MAX (box->width, x + sub.width + sub.italic + K (SPACE_AFTER_SCRIPT));
      box->depth = MAX (box->depth, down + sub.depth);
    }
  _assay_math_box_close (self, box);
}

static Style
numerator_style (Style style)
{
  if (style.level == ASSAY_MATH_STYLE_DISPLAY)
    return (Style) { ASSAY_MATH_STYLE_TEXT, style.cramped };
  return _assay_math_sup_style (style);
}

/* Takes what is laid out so far between two delimiters; @box is open and has its size. */
static void
add_delimiters (Layout *self,
                gunichar opening,
                gunichar closing,
                double height,
                Style style,
                Box *box)
{
  Box content = *box;
  Box open, close;

  _assay_math_box_close (self, &content);
  _assay_math_layout_delimiter (self, opening, height, style, &open);
  _assay_math_layout_delimiter (self, closing, height, style, &close);
  _assay_math_box_move (self, &content, open.width, 0);
  _assay_math_box_move (self, &close, open.width + content.width, 0);
  box->width = open.width + content.width + close.width;
  box->height = MAX (content.height, MAX (open.height, close.height));
  box->depth = MAX (content.depth, MAX (open.depth, close.depth));
}

void
_assay_math_layout_fraction (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  gboolean display;
  Style inner;
  Box top, bottom;
  double up, down, width;
  double axis, rule;

  if (node->level >= 0)
    style.level = node->level;
  display = style.level == ASSAY_MATH_STYLE_DISPLAY;
  inner = numerator_style (style);
  axis = _assay_math_axis (self, style);
  rule = K (FRACTION_RULE_THICKNESS);
  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, inner, &top);
  _assay_math_layout_node (self, node->first->next, _assay_math_cramp (inner), &bottom);
  top.width += top.italic;
  bottom.width += bottom.italic;
  width = MAX (top.width, bottom.width);

  if (node->no_rule)
    {
      double gap = display ? K (STACK_DISPLAY_STYLE_GAP_MIN) : K (STACK_GAP_MIN);
      double between;

      up = display ? K (STACK_TOP_DISPLAY_STYLE_SHIFT_UP) : K (STACK_TOP_SHIFT_UP);
      down = display ? K (STACK_BOTTOM_DISPLAY_STYLE_SHIFT_DOWN) : K (STACK_BOTTOM_SHIFT_DOWN);
      between = (up - top.depth) - (bottom.height - down);
      if (between < gap)
        {
          up += (gap - between) / 2;
          down += (gap - between) / 2;
        }
    }
  else
    {
      double above =
          display ? K (FRACTION_NUM_DISPLAY_STYLE_GAP_MIN) : K (FRACTION_NUMERATOR_GAP_MIN);
      double below =
          display ? K (FRACTION_DENOM_DISPLAY_STYLE_GAP_MIN) : K (FRACTION_DENOMINATOR_GAP_MIN);

      up =
          display ? K (FRACTION_NUMERATOR_DISPLAY_STYLE_SHIFT_UP) : K (FRACTION_NUMERATOR_SHIFT_UP);
      down = display ? K (FRACTION_DENOMINATOR_DISPLAY_STYLE_SHIFT_DOWN)
                     : K (FRACTION_DENOMINATOR_SHIFT_DOWN);
      up = MAX (up, top.depth + above + axis + rule / 2);
      down = MAX (down, bottom.height + below - (axis - rule / 2));
      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, -axis - rule / 2, width, rule);
    }
  _assay_math_box_move (self, &top, (width - top.width) / 2, -up);
  _assay_math_box_move (self, &bottom, (width - bottom.width) / 2, down);
  box->width = width;
  box->height = up + top.height;
  box->depth = down + bottom.depth;

  if (node->character == 0 && node->closing == 0)
    {
      double space = NULL_DELIMITER * _assay_math_scale (self, style);
      Box content = *box;

      _assay_math_box_close (self, &content);
      _assay_math_box_move (self, &content, space, 0);
      box->width += 2 * space;
    }
  else
    {
      add_delimiters (self, node->character, node->closing,
                      _assay_math_fence_height (self, box->height, box->depth, style), style, box);
    }
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_radical (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  const AssayMathNode *degree_node = node->first->next;
  gboolean display = style.level == ASSAY_MATH_STYLE_DISPLAY;
  double gap = display ? K (RADICAL_DISPLAY_STYLE_VERTICAL_GAP) : K (RADICAL_VERTICAL_GAP);
  double rule = K (RADICAL_RULE_THICKNESS);
  double before = 0;
  double top, sign_height, reach;
  Box body, sign;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, _assay_math_cramp (style), &body);
  body.width += body.italic;
  reach = body.height + body.depth + gap + rule;
  _assay_math_layout_delimiter (self, 0x221A, reach, style, &sign);
  sign_height = sign.height + sign.depth;
  if (sign_height > reach)
    gap += (sign_height - reach) / 2;
  top = body.height + gap + rule;
  /* The sign's upper edge is the rule's. */
  _assay_math_box_move (self, &sign, 0, sign.height - top);
  sign.depth = sign_height - top;

  if (!is_empty (degree_node))
    {
      Style small = { ASSAY_MATH_STYLE_SCRIPT_SCRIPT, style.cramped };
      double raise =
          _assay_math_font_get_constant (self->font,
                                         HB_OT_MATH_CONSTANT_RADICAL_DEGREE_BOTTOM_RAISE_PERCENT)
          * sign_height;
      double kern = K (RADICAL_KERN_BEFORE_DEGREE);
      Box degree;

      _assay_math_layout_node (self, degree_node, small, &degree);
      raise -= sign.depth;
      _assay_math_box_move (self, &degree, kern, -raise - degree.depth);
      before = MAX (0, kern + degree.width + K (RADICAL_KERN_AFTER_DEGREE));
      box->height = raise + degree.depth + degree.height;
    }
  _assay_math_box_move (self, &sign, before, 0);
  _assay_math_box_move (self, &body, before + sign.width, 0);
  _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, before + sign.width, -top, body.width, rule);
  box->width = before + sign.width + body.width;
  box->height = MAX (box->height, top + K (RADICAL_EXTRA_ASCENDER));
  box->depth = MAX (body.depth, sign.depth);
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_fenced (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  Box content;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, style, &content);
  box->width = content.width + content.italic;
  box->height = content.height;
  box->depth = content.depth;
  add_delimiters (self, node->character, node->closing,
                  _assay_math_fence_height (self, content.height, content.depth, style), style,
                  box);
  _assay_math_box_close (self, box);
}

/* A brace or an arrow over the whole of what it belongs to. */
static void
layout_over (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  double gap = K (OVERBAR_VERTICAL_GAP) * (node->is_below ? 1 : 0.7);
  Box base, over;
  double width;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, node->is_below ? style : _assay_math_cramp (style),
                           &base);
  base.width += base.italic;
  _assay_math_layout_horizontal (self, node->character, FALSE, base.width, style, &over);
  width = MAX (base.width, over.width);
  _assay_math_box_move (self, &base, (width - base.width) / 2, 0);
  box->height = base.height;
  box->depth = base.depth;
  if (node->is_below)
    {
      double drop = base.depth + gap + over.height;

      _assay_math_box_move (self, &over, (width - over.width) / 2, drop);
      box->depth = drop + over.depth;
    }
  else
    {
      double rise = base.height + gap + over.depth;

      _assay_math_box_move (self, &over, (width - over.width) / 2, -rise);
      box->height = rise + over.height;
    }
  box->width = width;
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_accent (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  Box base, accent;
  double rise, center;

  if (node->is_stretchy && !g_unichar_ismark (node->character))
    {
      layout_over (self, node, style, box);
      return;
    }
  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, _assay_math_cramp (style), &base);
  _assay_math_layout_horizontal (self, node->character, TRUE, node->is_stretchy ? base.width : 0,
                                 style, &accent);
  rise = base.height - MIN (base.height, K (ACCENT_BASE_HEIGHT));
  center = base.glyph != 0 ? base.accent : (base.width + base.italic) / 2;
  _assay_math_box_move (self, &accent, center - accent.accent, -rise);
  box->width = base.width;
  box->italic = base.italic;
  box->height = MAX (base.height, rise + accent.height);
  box->depth = base.depth;
  /* Scripts of a letter with an accent stand as those of a letter. */
  box->glyph = base.glyph;
  box->size = base.size;
  box->accent = base.accent;
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_line (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  Box base;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, node->is_below ? style : _assay_math_cramp (style),
                           &base);
  box->width = base.width + base.italic;
  box->height = base.height;
  box->depth = base.depth;
  if (node->is_below)
    {
      double rule = K (UNDERBAR_RULE_THICKNESS);
      double y = base.depth + K (UNDERBAR_VERTICAL_GAP);

      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, y, box->width, rule);
      box->depth = y + rule + K (UNDERBAR_EXTRA_DESCENDER);
    }
  else
    {
      double rule = K (OVERBAR_RULE_THICKNESS);
      double y = base.height + K (OVERBAR_VERTICAL_GAP) + rule;

      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, -y, box->width, rule);
      box->height = y + K (OVERBAR_EXTRA_ASCENDER);
    }
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_stack (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  const AssayMathNode *above = node->first->next;
  Box base;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, style, &base);
  base.width += base.italic;
  base.italic = 0;
  add_limits (self, above->next, above, style, &base, box);
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_arrow (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  double scale = _assay_math_scale (self, style);
  double gap = 0.11 * scale;
  Box above, below, arrow;
  double width;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, _assay_math_sup_style (style), &above);
  _assay_math_layout_node (self, node->first->next, _assay_math_sub_style (style), &below);
  width = MAX (MAX (above.width, below.width) + 2 * ARROW_PADDING * scale, ARROW_LENGTH * scale);
  _assay_math_layout_horizontal (self, node->character, FALSE, width, style, &arrow);
  width = MAX (width, arrow.width);
  _assay_math_box_move (self, &arrow, (width - arrow.width) / 2, 0);
  box->height = arrow.height;
  box->depth = MAX (arrow.depth, 0);
  if (!is_empty (node->first))
    {
      double rise = arrow.height + gap + above.depth;

      _assay_math_box_move (self, &above, (width - above.width) / 2, -rise);
      box->height = rise + above.height;
    }
  if (!is_empty (node->first->next))
    {
      double drop = arrow.depth + gap + below.height;

      _assay_math_box_move (self, &below, (width - below.width) / 2, drop);
      box->depth = drop + below.depth;
    }
  box->width = width;
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_phantom (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  guint n_glyphs = self->glyphs->len;
  guint n_rules = self->rules->len;
  Box child;

  _assay_math_box_open (self, box);
  _assay_math_layout_node (self, node->first, style, &child);
  if (!(node->axes & ASSAY_MATH_AXIS_DRAWN))
    {
      g_array_set_size (self->glyphs, n_glyphs);
      g_array_set_size (self->rules, n_rules);
    }
  else if (!(node->axes & ASSAY_MATH_AXIS_WIDTH))
    {
      if (node->axes & ASSAY_MATH_AXIS_LAP_LEFT)
        _assay_math_box_move (self, &child, -child.width, 0);
      else if (node->axes & ASSAY_MATH_AXIS_LAP_CENTER)
        _assay_math_box_move (self, &child, -child.width / 2, 0);
    }
  box->width = node->axes & ASSAY_MATH_AXIS_WIDTH ? child.width + child.italic : 0;
  box->height = node->axes & ASSAY_MATH_AXIS_HEIGHT ? child.height : 0;
  box->depth = node->axes & ASSAY_MATH_AXIS_DEPTH ? child.depth : 0;
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_box (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  double padding = node->level == ASSAY_MATH_BOX_FRAME ? FRAME_PADDING : 0;
  Box child;
  double width, height, y;

  _assay_math_box_open (self, box);
  /* A frame holds a formula as a line of its own would. */
  if (node->level == ASSAY_MATH_BOX_FRAME && style.level == ASSAY_MATH_STYLE_TEXT)
    style.level = ASSAY_MATH_STYLE_DISPLAY;
  _assay_math_layout_node (self, node->first, style, &child);
  child.width += child.italic;
  _assay_math_box_move (self, &child, padding, 0);
  width = child.width + 2 * padding;
  height = child.height + child.depth + 2 * padding;
  y = -child.height - padding;
  if (node->level == ASSAY_MATH_BOX_FRAME)
    {
      const double t = FRAME_RULE;

      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, y, width, t);
      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, y + height - t, width, t);
      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, y, t, height);
      _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, width - t, y, t, height);
    }
  if (node->level == ASSAY_MATH_BOX_CANCEL || node->level == ASSAY_MATH_BOX_XCANCEL)
    _assay_math_add_rule (self, ASSAY_MATH_RULE_RISING, -STROKE_REACH, y - STROKE_REACH,
                          width + 2 * STROKE_REACH, height + 2 * STROKE_REACH);
  if (node->level == ASSAY_MATH_BOX_BCANCEL || node->level == ASSAY_MATH_BOX_XCANCEL)
    _assay_math_add_rule (self, ASSAY_MATH_RULE_FALLING, -STROKE_REACH, y - STROKE_REACH,
                          width + 2 * STROKE_REACH, height + 2 * STROKE_REACH);
  box->width = width;
  box->height = child.height + padding;
  box->depth = child.depth + padding;
  _assay_math_box_close (self, box);
}
