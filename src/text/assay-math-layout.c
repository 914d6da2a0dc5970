/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-layout-private.h"

#include <string.h>

/* A formula that is longer may be broken, and what is between two breaks is not shorter. */
#define BREAK_EMS 9
#define PIECE_EMS 2.5

struct _AssayMathLayout
{
  AssayMathFont *font;
  GArray *glyphs;
  GArray *rules;
  GArray *pieces;
  double width;
};

/* One of a list's atoms, spaces among them. */
typedef struct
{
  const AssayMathNode *node;
  Box box;
  Style style;
  int atom; /* -1 for what is no atom */
  double x;
} Item;

G_DEFINE_BOXED_TYPE (AssayMathLayout,
                     assay_math_layout,
                     assay_math_layout_ref,
                     assay_math_layout_unref)

double
_assay_math_scale (Layout *self, Style style)
{
  return assay_math_font_get_scale (self->font, MAX (style.level - 1, 0));
}

double
_assay_math_constant (Layout *self, Style style, hb_ot_math_constant_t constant)
{
  return _assay_math_font_get_constant (self->font, constant) * _assay_math_scale (self, style);
}

double
_assay_math_axis (Layout *self, Style style)
{
  return _assay_math_constant (self, style, HB_OT_MATH_CONSTANT_AXIS_HEIGHT);
}

Style
_assay_math_sup_style (Style style)
{
  return (Style) { style.level <= ASSAY_MATH_STYLE_TEXT ? ASSAY_MATH_STYLE_SCRIPT
                                                        : ASSAY_MATH_STYLE_SCRIPT_SCRIPT,
                   style.cramped };
}

Style
_assay_math_cramp (Style style)
{
  return (Style) { style.level, TRUE };
}

Style
_assay_math_sub_style (Style style)
{
  return _assay_math_cramp (_assay_math_sup_style (style));
}

void
_assay_math_box_open (Layout *self, Box *box)
{
  *box = (Box) { .first_glyph = self->glyphs->len, .first_rule = self->rules->len };
}

void
_assay_math_box_close (Layout *self, Box *box)
{
  box->last_glyph = self->glyphs->len;
  box->last_rule = self->rules->len;
}

void
_assay_math_box_move (Layout *self, const Box *box, double dx, double dy)
{
  if (dx == 0 && dy == 0)
    return;
  for (guint i = box->first_glyph; i < box->last_glyph; i++)
    {
      g_array_index (self->glyphs, AssayMathGlyph, i).x += dx;
      g_array_index (self->glyphs, AssayMathGlyph, i).y += dy;
    }
  for (guint i = box->first_rule; i < box->last_rule; i++)
    {
      g_array_index (self->rules, AssayMathRule, i).x += dx;
      g_array_index (self->rules, AssayMathRule, i).y += dy;
    }
}

static void
check_size (Layout *self)
{
  if (self->error == NULL && self->glyphs->len + self->rules->len > ASSAY_MATH_LAYOUT_GLYPHS)
    self->error = g_error_new_literal (ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE, "");
}

void
_assay_math_add_glyph (Layout *self, guint glyph, guint size, double x, double y)
{
  AssayMathGlyph item = { .glyph = glyph, .size = size, .x = x, .y = y };

  g_array_append_val (self->glyphs, item);
  check_size (self);
}

void
_assay_math_add_rule (Layout *self,
                      AssayMathRuleKind kind,
                      double x,
                      double y,
                      double width,
                      double height)
{
  AssayMathRule item = { .kind = kind, .x = x, .y = y, .width = width, .height = height };

  g_array_append_val (self->rules, item);
  check_size (self);
}

void
_assay_math_fail_layout (Layout *self, gunichar character)
{
  char name[8] = "";

  if (self->error != NULL)
    return;
  g_unichar_to_utf8 (character, name);
  self->error = g_error_new_literal (ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_FONT, name);
}

/* TeX's table: 1 thin, 2 medium, 3 thick; negative ones not in scripts. */
static double
get_space (int before, int after, Style style)
{
  static const gint8 spaces[8][8] = {
    /* Ord  Op  Bin  Rel Open Close Punct Inner */
    { 0, 1, -2, -3, 0, 0, 0, -1 },     /* Ord */
    { 1, 1, 0, -3, 0, 0, 0, -1 },      /* Op */
    { -2, -2, 0, 0, -2, 0, 0, -2 },    /* Bin */
    { -3, -3, 0, 0, -3, 0, 0, -3 },    /* Rel */
    { 0, 0, 0, 0, 0, 0, 0, 0 },        /* Open */
    { 0, 1, -2, -3, 0, 0, 0, -1 },     /* Close */
    { -1, -1, 0, -1, -1, -1, -1, -1 }, /* Punct */
    { -1, 1, -2, -3, -1, 0, -1, -1 },  /* Inner */
  };
  static const double ems[] = { 0, 3 / 18.0, 4 / 18.0, 5 / 18.0 };
  int space = before >= 0 && after >= 0 ? spaces[before][after] : 0;

  if (space < 0)
    space = style.level <= ASSAY_MATH_STYLE_TEXT ? -space : 0;
  return ems[space];
}

/* An operator with nothing to operate on is a letter: "-1", "(+)". */
static void
settle_operators (GArray *items, gboolean follows_atom)
{
  int before = follows_atom ? ASSAY_MATH_ORD : -1;
  Item *last = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (item->atom < 0)
        continue;
      if (item->atom == ASSAY_MATH_BIN
          && (before < 0 || before == ASSAY_MATH_BIN || before == ASSAY_MATH_OP
              || before == ASSAY_MATH_REL || before == ASSAY_MATH_OPEN
              || before == ASSAY_MATH_PUNCT))
        item->atom = ASSAY_MATH_ORD;
      else if ((item->atom == ASSAY_MATH_REL || item->atom == ASSAY_MATH_CLOSE
                || item->atom == ASSAY_MATH_PUNCT)
               && last != NULL && last->atom == ASSAY_MATH_BIN)
        last->atom = ASSAY_MATH_ORD;
      before = item->atom;
      last = item;
    }
  if (last != NULL && last->atom == ASSAY_MATH_BIN)
    last->atom = ASSAY_MATH_ORD;
}

static gboolean
is_slanted (const AssayMathNode *node)
{
  return node->kind == ASSAY_MATH_SYMBOL
         && ((node->character >= 0x1D434 && node->character <= 0x1D467)
             || (node->character >= 0x1D6FC && node->character <= 0x1D71B)
             || node->character == 0x210E);
}

static void
add_items (Layout *self, const AssayMathNode *list, Style style, GArray *items)
{
  for (const AssayMathNode *node = list->first; node != NULL && self->error == NULL;
       node = node->next)
    {
      Item item = { .node = node, .style = style, .atom = node->atom };

      if (node->kind == ASSAY_MATH_STYLE)
        {
          style.level = node->level;
          continue;
        }
      if (node->kind == ASSAY_MATH_SPACE)
        {
          item.atom = -1;
          _assay_math_box_open (self, &item.box);
          item.box.width = node->amount * _assay_math_scale (self, style);
          _assay_math_box_close (self, &item.box);
        }
      else if (node->kind == ASSAY_MATH_MIDDLE)
        {
          _assay_math_box_open (self, &item.box);
          _assay_math_box_close (self, &item.box);
        }
      else
        {
          _assay_math_layout_node (self, node, style, &item.box);
        }
      g_array_append_val (items, item);
    }
}

/* Where a line may be broken behind an item. */
static gboolean
can_break (GArray *items, guint i)
{
  Item *item = &g_array_index (items, Item, i);

  return i + 1 < items->len && (item->atom == ASSAY_MATH_REL || item->atom == ASSAY_MATH_BIN);
}

static void
add_piece (Layout *self, GArray *items, guint first, guint end, double total)
{
  Item *start = &g_array_index (items, Item, first);
  double right = end < items->len ? g_array_index (items, Item, end).x : total;
  AssayMathPiece piece = { .x = start->x, .width = right - start->x };

  piece.source_start = first == 0 ? 0 : start->node->source_start;
  piece.source_end =
      end < items->len ? g_array_index (items, Item, end).node->source_start : self->root_end;
  piece.first_glyph = start->box.first_glyph;
  piece.first_rule = start->box.first_rule;
  for (guint i = first; i < end; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      piece.height = MAX (piece.height, item->box.height);
      piece.depth = MAX (piece.depth, item->box.depth);
      piece.n_glyphs = item->box.last_glyph - piece.first_glyph;
      piece.n_rules = item->box.last_rule - piece.first_rule;
    }
  g_array_append_val (self->pieces, piece);
}

static void
divide (Layout *self, GArray *items, double total)
{
  guint first = 0;

  if (items->len == 0)
    {
      AssayMathPiece empty = { .source_end = self->root_end };

      g_array_append_val (self->pieces, empty);
      return;
    }
  for (guint i = 0; total > BREAK_EMS && i < items->len; i++)
    {
      double x, start;

      if (!can_break (items, i))
        continue;
      x = g_array_index (items, Item, i + 1).x;
      start = g_array_index (items, Item, first).x;
      if (x - start < PIECE_EMS || total - x < PIECE_EMS)
        continue;
      add_piece (self, items, first, i + 1, total);
      first = i + 1;
    }
  add_piece (self, items, first, items->len, total);
}

void
_assay_math_layout_list (Layout *self,
                         const AssayMathNode *list,
                         Style style,
                         gboolean follows_atom,
                         Box *box)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  int before = follows_atom ? ASSAY_MATH_ORD : -1;
  double x = 0;

  _assay_math_box_open (self, box);
  add_items (self, list, style, items);
  settle_operators (items, follows_atom);
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      box->height = MAX (box->height, item->box.height);
      box->depth = MAX (box->depth, item->box.depth);
    }

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);
      Item *next = i + 1 < items->len ? &g_array_index (items, Item, i + 1) : NULL;

      if (item->node->kind == ASSAY_MATH_MIDDLE)
        _assay_math_layout_delimiter (
            self, item->node->character,
            _assay_math_fence_height (self, box->height, box->depth, style), style, &item->box);
      if (item->atom >= 0)
        {
          x += get_space (before, item->atom, item->style) * _assay_math_scale (self, item->style);
          before = item->atom;
        }
      _assay_math_box_move (self, &item->box, x, 0);
      item->x = x;
      x += item->box.width;
      /* A slanted letter leans over what follows, unless that leans as well. */
      if (next == NULL)
        box->italic = item->box.italic;
      else if (!(is_slanted (item->node) && is_slanted (next->node)))
        x += item->box.italic;
    }
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      box->height = MAX (box->height, item->box.height);
      box->depth = MAX (box->depth, item->box.depth);
    }
  box->width = x;
  if (items->len == 1)
    {
      Item *item = &g_array_index (items, Item, 0);

      box->glyph = item->box.glyph;
      box->size = item->box.size;
      box->accent = item->box.accent;
    }
  else if (list != self->root)
    {
      box->width += box->italic;
      box->italic = 0;
    }
  _assay_math_box_close (self, box);
  if (list == self->root && self->error == NULL)
    divide (self, items, x + box->italic);
}

void
_assay_math_layout_node (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  switch (node->kind)
    {
    case ASSAY_MATH_SYMBOL:
      _assay_math_layout_symbol (self, node->character, node->is_large, style, box);
      break;
    case ASSAY_MATH_GROUP:
      _assay_math_layout_list (self, node, style, FALSE, box);
      break;
    case ASSAY_MATH_SCRIPTS:
      _assay_math_layout_scripts (self, node, style, box);
      break;
    case ASSAY_MATH_FRACTION:
      _assay_math_layout_fraction (self, node, style, box);
      break;
    case ASSAY_MATH_RADICAL:
      _assay_math_layout_radical (self, node, style, box);
      break;
    case ASSAY_MATH_FENCED:
      _assay_math_layout_fenced (self, node, style, box);
      break;
    case ASSAY_MATH_DELIMITER:
      {
        static const double heights[] = { 0, 1.2, 1.8, 2.4, 3.0 };

        _assay_math_layout_delimiter (self, node->character, heights[CLAMP (node->level, 0, 4)],
                                      style, box);
        break;
      }
    case ASSAY_MATH_TEXT:
      _assay_math_layout_text (self, node->text, style, box);
      break;
    case ASSAY_MATH_ACCENT:
      _assay_math_layout_accent (self, node, style, box);
      break;
    case ASSAY_MATH_LINE:
      _assay_math_layout_line (self, node, style, box);
      break;
    case ASSAY_MATH_STACK:
      _assay_math_layout_stack (self, node, style, box);
      break;
    case ASSAY_MATH_ARROW:
      _assay_math_layout_arrow (self, node, style, box);
      break;
    case ASSAY_MATH_TABLE:
      _assay_math_layout_table (self, node, style, box);
      break;
    case ASSAY_MATH_PHANTOM:
      _assay_math_layout_phantom (self, node, style, box);
      break;
    case ASSAY_MATH_BOX:
      _assay_math_layout_box (self, node, style, box);
      break;
    case ASSAY_MATH_MIDDLE:
    case ASSAY_MATH_SPACE:
    case ASSAY_MATH_STYLE:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_too_large (Layout *self, const Box *box)
{
  return box->width > ASSAY_MATH_LAYOUT_EMS || box->height + box->depth > ASSAY_MATH_LAYOUT_EMS;
}

static void
layout_clear (gpointer data)
{
  AssayMathLayout *self = data;

  g_clear_pointer (&self->font, assay_math_font_unref);
  g_clear_pointer (&self->glyphs, g_array_unref);
  g_clear_pointer (&self->rules, g_array_unref);
  g_clear_pointer (&self->pieces, g_array_unref);
}

AssayMathLayout *
assay_math_layout_new (AssayMathFormula *formula,
                       AssayMathFont *font,
                       gboolean is_display,
                       GError **error)
{
  g_autoptr (AssayMathLayout) result = NULL;
  Layout self = { .font = font };
  Style style = { is_display ? ASSAY_MATH_STYLE_DISPLAY : ASSAY_MATH_STYLE_TEXT, FALSE };
  Box box;

  g_return_val_if_fail (formula != NULL && font != NULL, NULL);

  result = g_atomic_rc_box_new0 (AssayMathLayout);
  result->font = assay_math_font_ref (font);
  result->glyphs = self.glyphs = g_array_new (FALSE, FALSE, sizeof (AssayMathGlyph));
  result->rules = self.rules = g_array_new (FALSE, FALSE, sizeof (AssayMathRule));
  result->pieces = self.pieces = g_array_new (FALSE, FALSE, sizeof (AssayMathPiece));
  self.parts = g_array_new (FALSE, FALSE, sizeof (AssayMathPart));
  self.root = assay_math_formula_get_root (formula);
  self.root_end = assay_math_formula_get_length (formula);
  _assay_math_layout_list (&self, self.root, style, FALSE, &box);
  g_array_unref (self.parts);
  if (self.error == NULL && is_too_large (&self, &box))
    self.error = g_error_new_literal (ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE, "");
  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }
  result->width = box.width + box.italic;
  return g_steal_pointer (&result);
}

AssayMathLayout *
assay_math_layout_ref (AssayMathLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_math_layout_unref (AssayMathLayout *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, layout_clear);
}

AssayMathFont *
assay_math_layout_get_font (AssayMathLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->font;
}

const AssayMathGlyph *
assay_math_layout_get_glyphs (AssayMathLayout *self, guint *n_glyphs)
{
  g_return_val_if_fail (self != NULL && n_glyphs != NULL, NULL);

  *n_glyphs = self->glyphs->len;
  return (const AssayMathGlyph *) self->glyphs->data;
}

const AssayMathRule *
assay_math_layout_get_rules (AssayMathLayout *self, guint *n_rules)
{
  g_return_val_if_fail (self != NULL && n_rules != NULL, NULL);

  *n_rules = self->rules->len;
  return (const AssayMathRule *) self->rules->data;
}

const AssayMathPiece *
assay_math_layout_get_pieces (AssayMathLayout *self, guint *n_pieces)
{
  g_return_val_if_fail (self != NULL && n_pieces != NULL, NULL);

  *n_pieces = self->pieces->len;
  return (const AssayMathPiece *) self->pieces->data;
}

double
assay_math_layout_get_width (AssayMathLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}
