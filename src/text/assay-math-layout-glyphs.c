/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-layout-private.h"

/* TeX's \delimiterfactor and \delimitershortfall: a delimiter need not reach quite as far as what
 * it holds. */
#define FENCE_FACTOR 0.901
#define FENCE_SHORTFALL 0.5

static guint
get_size (Style style)
{
  return MAX (style.level - 1, 0);
}

static guint
find_glyph (Layout *self, gunichar character)
{
  static const struct
  {
    gunichar character;
    gunichar instead;
  } replacements[] = {
    /* What few fonts have, beside what looks alike. */
    { 0x1D6A4, 0x0131 }, { 0x1D6A5, 0x0237 }, { 0x27C2, 0x22A5 }, { 0x22A5, 0x27C2 },
    { 0x2A7D, 0x2264 },  { 0x2A7E, 0x2265 },  { 0x2223, '|' },    { 0x25B3, 0x2206 },
    { 0x2216, '\\' },    { 0x22EF, 0x2026 },  { 0x23DE, 0x23B4 }, { 0x23DF, 0x23B5 },
    { 0x20D7, 0x2192 },  { 0x0304, 0x00AF },  { 0x0302, '^' },    { 0x0303, '~' },
    { 0x0307, 0x02D9 },  { 0x0308, 0x00A8 },  { 0x25A1, 0x25FB }, { 0x25A0, 0x25FC },
    { 0x210F, 0x0127 },  { 0x2236, ':' },     { 0x2003, ' ' },
  };
  guint glyph = _assay_math_font_find_glyph (self->font, character);

  for (guint i = 0; glyph == 0 && i < G_N_ELEMENTS (replacements); i++)
    if (replacements[i].character == character)
      glyph = _assay_math_font_find_glyph (self->font, replacements[i].instead);
  if (glyph == 0)
    _assay_math_fail_layout (self, character);
  return glyph;
}

static void
set_single (Layout *self, guint glyph, Style style, Box *box)
{
  double scale = _assay_math_scale (self, style);
  AssayMathExtents extents;

  _assay_math_font_get_extents (self->font, glyph, &extents);
  _assay_math_box_open (self, box);
  _assay_math_add_glyph (self, glyph, get_size (style), 0, 0);
  box->width = extents.width * scale;
  box->height = extents.height * scale;
  box->depth = extents.depth * scale;
  box->italic = _assay_math_font_get_italic (self->font, glyph) * scale;
  box->accent = _assay_math_font_get_top_accent (self->font, glyph) * scale;
  box->glyph = glyph;
  box->size = get_size (style);
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_symbol (Layout *self,
                           gunichar character,
                           gboolean is_operator,
                           Style style,
                           Box *box)
{
  guint glyph = find_glyph (self, character);

  if (is_operator && style.level == ASSAY_MATH_STYLE_DISPLAY)
    {
      _assay_math_font_stretch (self->font, glyph, TRUE, FALSE,
                                _assay_math_font_get_constant (
                                    self->font, HB_OT_MATH_CONSTANT_DISPLAY_OPERATOR_MIN_HEIGHT),
                                self->parts);
      if (self->parts->len == 1)
        glyph = g_array_index (self->parts, AssayMathPart, 0).glyph;
    }
  else
    {
      glyph = _assay_math_font_get_script_glyph (self->font, glyph, get_size (style));
    }
  set_single (self, glyph, style, box);
  if (is_operator)
    {
      double shift = (box->height - box->depth) / 2 - _assay_math_axis (self, style);

      _assay_math_box_move (self, box, 0, shift);
      box->height -= shift;
      box->depth += shift;
    }
}

double
_assay_math_fence_height (Layout *self, double height, double depth, Style style)
{
  double axis = _assay_math_axis (self, style);
  double reach = 2 * MAX (height - axis, depth + axis);

  return MAX (reach * FENCE_FACTOR, reach - FENCE_SHORTFALL);
}

/* The parts of an upright glyph, from below; its lower end on the baseline. */
static void
add_vertical (Layout *self, double total, Style style, Box *box)
{
  double scale = _assay_math_scale (self, style);

  _assay_math_box_open (self, box);
  for (guint i = 0; i < self->parts->len; i++)
    {
      AssayMathPart *part = &g_array_index (self->parts, AssayMathPart, i);
      AssayMathExtents extents;

      _assay_math_font_get_extents (self->font, part->glyph, &extents);
      _assay_math_add_glyph (self, part->glyph, get_size (style), 0,
                             -(part->offset + extents.depth) * scale);
      box->width = MAX (box->width, extents.width * scale);
    }
  box->height = total * scale;
  _assay_math_box_close (self, box);
}

void
_assay_math_layout_delimiter (Layout *self,
                              gunichar character,
                              double height,
                              Style style,
                              Box *box)
{
  double scale = _assay_math_scale (self, style);
  double axis = _assay_math_axis (self, style);
  guint glyph;
  double total, shift;

  _assay_math_box_open (self, box);
  _assay_math_box_close (self, box);
  if (character == 0)
    {
      /* \nulldelimiterspace */
      box->width = 0.12 * scale;
      return;
    }
  glyph = find_glyph (self, character);
  total = _assay_math_font_stretch (self->font, glyph, TRUE, FALSE, height / scale, self->parts);
  add_vertical (self, total, style, box);
  shift = box->height / 2 - axis;
  _assay_math_box_move (self, box, 0, shift);
  box->height -= shift;
  box->depth += shift;
}

void
_assay_math_layout_horizontal (Layout *self,
                               gunichar character,
                               gboolean below,
                               double width,
                               Style style,
                               Box *box)
{
  double scale = _assay_math_scale (self, style);
  guint glyph = find_glyph (self, character);
  double total =
      _assay_math_font_stretch (self->font, glyph, FALSE, below, width / scale, self->parts);

  _assay_math_box_open (self, box);
  box->height = box->depth = -G_MAXINT;
  for (guint i = 0; i < self->parts->len; i++)
    {
      AssayMathPart *part = &g_array_index (self->parts, AssayMathPart, i);
      AssayMathExtents extents;

      _assay_math_font_get_extents (self->font, part->glyph, &extents);
      _assay_math_add_glyph (self, part->glyph, get_size (style), part->offset * scale, 0);
      box->height = MAX (box->height, extents.height * scale);
      box->depth = MAX (box->depth, extents.depth * scale);
      box->glyph = part->glyph;
    }
  if (self->parts->len != 1)
    box->glyph = 0;
  else
    box->accent = _assay_math_font_get_top_accent (self->font, box->glyph) * scale;
  box->width = total * scale;
  _assay_math_box_close (self, box);
}

static void
fail_for_text (Layout *self, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (_assay_math_font_find_glyph (self->font, g_utf8_get_char (p)) == 0)
      {
        _assay_math_fail_layout (self, g_utf8_get_char (p));
        return;
      }
  _assay_math_fail_layout (self, g_utf8_get_char (text));
}

void
_assay_math_layout_text (Layout *self, const char *text, Style style, Box *box)
{
  double scale = _assay_math_scale (self, style);
  double width = _assay_math_font_shape (self->font, text, self->parts);

  _assay_math_box_open (self, box);
  if (width < 0)
    {
      fail_for_text (self, text);
      width = 0;
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      AssayMathPart *part = &g_array_index (self->parts, AssayMathPart, i);
      AssayMathExtents extents;

      _assay_math_font_get_extents (self->font, part->glyph, &extents);
      _assay_math_add_glyph (self, part->glyph, get_size (style), part->offset * scale, 0);
      box->height = MAX (box->height, extents.height * scale);
      box->depth = MAX (box->depth, extents.depth * scale);
    }
  box->width = width * scale;
  _assay_math_box_close (self, box);
}
