/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A formula is a tree whose places are in its text, or is refused with what stands in the way. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <math.h>
#include <string.h>

#include "assay-math-layout.h"
#include "fuzz.h"

static void
check_node (const AssayMathNode *node, const char *text, guint depth)
{
  gsize length = strlen (text);
  guint n_children = 0;

  g_assert_cmpuint (depth, <=, 8 * ASSAY_MATH_DEPTH_LEVELS);
  g_assert_cmpuint (node->source_start, <=, node->source_end);
  if (node->text != NULL)
    fuzz_check_text (node->text);
  if (depth == 1)
    {
      fuzz_check_border (text, length, node->source_start);
      fuzz_check_border (text, length, node->source_end);
    }
  for (const AssayMathNode *child = node->first; child != NULL; child = child->next)
    {
      check_node (child, text, depth + 1);
      n_children++;
      g_assert_true (child->next != NULL || child == node->last);
    }
  switch (node->kind)
    {
    case ASSAY_MATH_SCRIPTS:
    case ASSAY_MATH_STACK:
      g_assert_cmpuint (n_children, ==, 3);
      break;
    case ASSAY_MATH_FRACTION:
    case ASSAY_MATH_ARROW:
      g_assert_cmpuint (n_children, ==, 2);
      break;
    case ASSAY_MATH_TABLE:
      g_assert_cmpuint (n_children, ==, node->table->n_rows * node->table->n_columns);
      break;
    case ASSAY_MATH_FENCED:
    case ASSAY_MATH_ACCENT:
    case ASSAY_MATH_LINE:
    case ASSAY_MATH_PHANTOM:
    case ASSAY_MATH_BOX:
      g_assert_cmpuint (n_children, ==, 1);
      break;
    default:
      break;
    }
}

/* Glyphs of the font, at places that are numbers, and pieces that cover the formula. */
static void
check_layout (AssayMathFormula *formula, const char *text, gboolean is_display)
{
  AssayMathFont *font = assay_math_font_get_default ();
  g_autoptr (AssayMathLayout) layout = NULL;
  g_autoptr (GError) error = NULL;
  const AssayMathGlyph *glyphs;
  const AssayMathRule *rules;
  const AssayMathPiece *pieces;
  guint n_glyphs, n_rules, n_pieces;
  guint source = 0;
  guint glyph = 0;

  if (font == NULL)
    return;
  layout = assay_math_layout_new (formula, font, is_display, &error);
  if (layout == NULL)
    {
      g_assert_nonnull (error);
      fuzz_check_text (error->message);
      return;
    }
  g_assert_no_error (error);
  glyphs = assay_math_layout_get_glyphs (layout, &n_glyphs);
  rules = assay_math_layout_get_rules (layout, &n_rules);
  pieces = assay_math_layout_get_pieces (layout, &n_pieces);
  g_assert_cmpuint (n_glyphs + n_rules, <=, ASSAY_MATH_LAYOUT_GLYPHS);
  for (guint i = 0; i < n_glyphs; i++)
    {
      g_assert_cmpuint (glyphs[i].glyph, <,
                        hb_face_get_glyph_count (assay_math_font_get_face (font)));
      g_assert_cmpuint (glyphs[i].size, <, 3);
      g_assert_true (isfinite (glyphs[i].x) && isfinite (glyphs[i].y));
    }
  for (guint i = 0; i < n_rules; i++)
    g_assert_true (isfinite (rules[i].x) && isfinite (rules[i].y) && isfinite (rules[i].width)
                   && isfinite (rules[i].height));
  g_assert_cmpuint (n_pieces, >, 0);
  for (guint i = 0; i < n_pieces; i++)
    {
      g_assert_cmpuint (pieces[i].source_start, ==, source);
      g_assert_cmpuint (pieces[i].source_end, >=, source);
      fuzz_check_border (text, strlen (text), pieces[i].source_end);
      g_assert_cmpuint (pieces[i].first_glyph, ==, glyph);
      source = pieces[i].source_end;
      glyph += pieces[i].n_glyphs;
    }
  g_assert_cmpuint (source, ==, strlen (text));
  g_assert_cmpuint (glyph, ==, n_glyphs);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, &error);
  g_autofree char *dump = NULL;
  AssayMathDelimiter delimiter;
  gsize start, end, whole;

  whole = assay_math_split (text, strlen (text), &delimiter, &start, &end);
  if (whole > 0)
    {
      g_assert_cmpuint (start, <=, end);
      g_assert_cmpuint (end, <, whole);
      fuzz_check_border (text, strlen (text), whole);
    }
  if (formula == NULL)
    {
      g_assert_nonnull (error);
      fuzz_check_text (error->message);
      return 0;
    }
  g_assert_no_error (error);
  check_node (assay_math_formula_get_root (formula), text, 0);
  dump = assay_math_formula_dump (formula);
  fuzz_check_text (dump);
  check_layout (formula, text, FALSE);
  check_layout (formula, text, TRUE);
  return 0;
}
