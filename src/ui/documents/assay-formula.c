/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-formula.h"

#include <math.h>

/* Beside a formula, so that slanted letters at its ends are not cut off. */
#define SIDE_EMS 0.04
#define STROKE_EMS 0.05

struct _AssayFormula
{
  GObject parent_instance;

  AssayMathLayout *layout;
  guint piece;
  PangoContext *context;
  double em;
  GdkRGBA color;

  int width;
  int height;
  int depth;
  GskRenderNode *node; /* made when it is first drawn */
};

static void paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayFormula,
                               assay_formula,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_init))

static const AssayMathPiece *
get_piece (AssayFormula *self)
{
  guint n_pieces;

  return &assay_math_layout_get_pieces (self->layout, &n_pieces)[self->piece];
}

/* The font that the formula was measured with, at one of its sizes; NULL where the desktop gives
 * another one. */
static PangoFont *
load_font (AssayFormula *self, guint size)
{
  AssayMathFont *font = assay_math_layout_get_font (self->layout);
  hb_face_t *face = assay_math_font_get_face (font);
  g_autoptr (PangoFontDescription) description = pango_font_description_new ();
  g_autoptr (PangoFont) loaded = NULL;
  hb_face_t *loaded_face;

  pango_font_description_set_family (description, assay_math_font_get_family (font));
  pango_font_description_set_absolute_size (
      description, self->em * assay_math_font_get_scale (font, size) * PANGO_SCALE);
  loaded = pango_context_load_font (self->context, description);
  if (loaded == NULL)
    return NULL;
  loaded_face = hb_font_get_face (pango_font_get_hb_font (loaded));
  if (hb_face_get_glyph_count (loaded_face) != hb_face_get_glyph_count (face)
      || hb_face_get_upem (loaded_face) != hb_face_get_upem (face))
    return NULL;
  return g_steal_pointer (&loaded);
}

static int
to_pango (double pixels)
{
  return (int) lround (pixels * PANGO_SCALE);
}

/* All glyphs of one size are one node. */
static void
append_glyphs (AssayFormula *self, guint size, double x, double y, GtkSnapshot *snapshot)
{
  const AssayMathPiece *piece = get_piece (self);
  PangoGlyphString *glyphs;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (PangoFont) font = NULL;
  const AssayMathGlyph *all;
  guint n_all;
  int n = 0;

  all = assay_math_layout_get_glyphs (self->layout, &n_all);
  for (guint i = piece->first_glyph; i < piece->first_glyph + piece->n_glyphs; i++)
    n += all[i].size == size;
  if (n == 0)
    return;
  font = load_font (self, size);
  if (font == NULL)
    return;
  glyphs = pango_glyph_string_new ();
  pango_glyph_string_set_size (glyphs, n);
  n = 0;
  for (guint i = piece->first_glyph; i < piece->first_glyph + piece->n_glyphs; i++)
    if (all[i].size == size)
      {
        glyphs->glyphs[n].glyph = all[i].glyph;
        glyphs->glyphs[n].geometry.width = 0;
        glyphs->glyphs[n].geometry.x_offset = to_pango ((all[i].x - piece->x) * self->em);
        glyphs->glyphs[n].geometry.y_offset = to_pango (all[i].y * self->em);
        n++;
      }
  node = gsk_text_node_new (font, glyphs, &self->color, &GRAPHENE_POINT_INIT (x, y));
  pango_glyph_string_free (glyphs);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
}

static void
append_stroke (AssayFormula *self,
               const AssayMathRule *rule,
               double x,
               double y,
               GtkSnapshot *snapshot)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (MAX (1, STROKE_EMS * self->em));
  double height = rule->height * self->em;
  gboolean rises = rule->kind == ASSAY_MATH_RULE_RISING;

  gsk_path_builder_move_to (builder, x, rises ? y + height : y);
  gsk_path_builder_line_to (builder, x + rule->width * self->em, rises ? y : y + height);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_stroke (snapshot, path, stroke, &self->color);
}

/* Rules are whole pixels, and at least one: half a pixel is grey. */
static void
append_rule (AssayFormula *self,
             const AssayMathRule *rule,
             double x,
             double y,
             GtkSnapshot *snapshot)
{
  double left = x + (rule->x - get_piece (self)->x) * self->em;
  double top = y + rule->y * self->em;
  double width = rule->width * self->em;
  double height = rule->height * self->em;

  if (rule->kind != ASSAY_MATH_RULE_FILL)
    {
      append_stroke (self, rule, left, top, snapshot);
      return;
    }
  if (width > height)
    {
      double middle = top + height / 2;

      height = MAX (1, round (height));
      top = round (middle - height / 2);
    }
  else
    {
      double middle = left + width / 2;

      width = MAX (1, round (width));
      left = round (middle - width / 2);
    }
  gtk_snapshot_append_color (snapshot, &self->color,
                             &GRAPHENE_RECT_INIT (left, top, width, height));
}

static GskRenderNode *
make_node (AssayFormula *self)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  const AssayMathPiece *piece = get_piece (self);
  double x = SIDE_EMS * self->em;
  double y = self->height - self->depth;
  const AssayMathRule *rules;
  guint n_rules;

  for (guint size = 0; size < 3; size++)
    append_glyphs (self, size, x, y, snapshot);
  rules = assay_math_layout_get_rules (self->layout, &n_rules);
  for (guint i = piece->first_rule; i < piece->first_rule + piece->n_rules; i++)
    append_rule (self, &rules[i], x, y, snapshot);
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
assay_formula_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  AssayFormula *self = ASSAY_FORMULA (paintable);

  if (self->context == NULL)
    return;
  if (self->node == NULL)
    self->node = make_node (self);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
}

static int
assay_formula_get_intrinsic_width (GdkPaintable *paintable)
{
  return ASSAY_FORMULA (paintable)->width;
}

static int
assay_formula_get_intrinsic_height (GdkPaintable *paintable)
{
  return ASSAY_FORMULA (paintable)->height;
}

static void
paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = assay_formula_snapshot;
  iface->get_intrinsic_width = assay_formula_get_intrinsic_width;
  iface->get_intrinsic_height = assay_formula_get_intrinsic_height;
}

static void
assay_formula_finalize (GObject *object)
{
  AssayFormula *self = ASSAY_FORMULA (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->layout, assay_math_layout_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (assay_formula_parent_class)->finalize (object);
}

static void
assay_formula_class_init (AssayFormulaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_formula_finalize;
}

static void
assay_formula_init (AssayFormula *self)
{
}

AssayFormula *
assay_formula_new (AssayMathLayout *layout, guint piece)
{
  AssayFormula *self;

  g_return_val_if_fail (layout != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_FORMULA, NULL);
  self->layout = assay_math_layout_ref (layout);
  self->piece = piece;
  return self;
}

void
assay_formula_set_style (AssayFormula *self,
                         PangoContext *context,
                         double em,
                         double max_width,
                         const GdkRGBA *color)
{
  const AssayMathPiece *piece;
  double ems;

  g_return_if_fail (ASSAY_IS_FORMULA (self));
  g_return_if_fail (PANGO_IS_CONTEXT (context) && color != NULL);

  piece = get_piece (self);
  ems = piece->width + 2 * SIDE_EMS;
  if (ems * em > max_width)
    em = max_width / ems;
  if (self->context == context && self->em == em && gdk_rgba_equal (&self->color, color))
    return;
  g_set_object (&self->context, context);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->em = em;
  self->color = *color;
  self->width = (int) ceil (ems * em);
  self->depth = (int) ceil (MAX (piece->depth, 0) * em);
  self->height = (int) ceil (MAX (piece->height, 0.1) * em) + self->depth;
}

int
assay_formula_get_depth (AssayFormula *self)
{
  g_return_val_if_fail (ASSAY_IS_FORMULA (self), 0);

  return self->depth;
}
