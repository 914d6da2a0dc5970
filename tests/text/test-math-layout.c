/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <math.h>
#include <string.h>

#include "assay-math-layout.h"

#define EPSILON 1e-3

typedef struct
{
  AssayMathLayout *layout;
  const AssayMathGlyph *glyphs;
  guint n_glyphs;
  const AssayMathRule *rules;
  guint n_rules;
  const AssayMathPiece *pieces;
  guint n_pieces;
} Shown;

static void
shown_clear (Shown *shown)
{
  g_clear_pointer (&shown->layout, assay_math_layout_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shown, shown_clear)

static gboolean
skip_without_font (void)
{
  if (assay_math_font_get_default () != NULL)
    return FALSE;
  g_test_skip ("no font with a MATH table is installed");
  return TRUE;
}

static Shown
show (const char *text, gboolean is_display)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, &error);
  Shown shown = { 0 };

  g_assert_no_error (error);
  shown.layout =
      assay_math_layout_new (formula, assay_math_font_get_default (), is_display, &error);
  g_assert_no_error (error);
  shown.glyphs = assay_math_layout_get_glyphs (shown.layout, &shown.n_glyphs);
  shown.rules = assay_math_layout_get_rules (shown.layout, &shown.n_rules);
  shown.pieces = assay_math_layout_get_pieces (shown.layout, &shown.n_pieces);
  return shown;
}

static double
get_height (const char *text, gboolean is_display)
{
  g_auto (Shown) shown = show (text, is_display);

  return shown.pieces[0].height + shown.pieces[0].depth;
}

static double
get_width (const char *text)
{
  g_auto (Shown) shown = show (text, FALSE);

  return assay_math_layout_get_width (shown.layout);
}

static void
test_row (void)
{
  g_auto (Shown) shown = { 0 };

  if (skip_without_font ())
    return;
  shown = show ("a=b", FALSE);
  g_assert_cmpuint (shown.n_glyphs, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (shown.glyphs[i].size, ==, 0);
      g_assert_cmpfloat (fabs (shown.glyphs[i].y), <, EPSILON);
      g_assert_true (i == 0 || shown.glyphs[i].x > shown.glyphs[i - 1].x);
    }
  /* Relations have room, letters have none; signs have less, or none. */
  g_assert_cmpfloat_with_epsilon (get_width ("=="), 2 * get_width ("="), EPSILON);
  g_assert_cmpfloat (get_width ("2=2"), >, 2 * get_width ("2") + get_width ("=") + 0.5);
  g_assert_cmpfloat (get_width ("2+2"), >, 2 * get_width ("2") + get_width ("+") + 0.4);
  g_assert_cmpfloat_with_epsilon (get_width ("+2"), get_width ("2") + get_width ("+"), EPSILON);
  /* A fraction is a letter to its neighbours. */
  g_assert_cmpfloat_with_epsilon (get_width ("\\frac12("), get_width ("\\frac12") + get_width ("("),
                                  EPSILON);
  g_assert_cmpfloat_with_epsilon (get_width ("2\\frac12"), get_width ("2") + get_width ("\\frac12"),
                                  EPSILON);
  g_assert_cmpfloat_with_epsilon (get_width ("2\\quad 2"), 2 * get_width ("2") + 1, EPSILON);
  g_assert_cmpfloat_with_epsilon (get_width ("(2)"), get_width ("(") + get_width ("2)"), EPSILON);
}

static void
test_scripts (void)
{
  g_auto (Shown) sup = { 0 };
  g_auto (Shown) sub = { 0 };
  g_auto (Shown) both = { 0 };
  g_auto (Shown) nested = { 0 };

  if (skip_without_font ())
    return;
  sup = show ("x^2", FALSE);
  sub = show ("x_2", FALSE);
  both = show ("x_1^2", FALSE);
  nested = show ("x^{2^{2^2}}", FALSE);

  g_assert_cmpuint (sup.n_glyphs, ==, 2);
  g_assert_cmpuint (sup.glyphs[1].size, ==, 1);
  g_assert_cmpfloat (sup.glyphs[1].y, <, -0.2);
  g_assert_cmpfloat (sub.glyphs[1].y, >, 0.1);
  /* The lower one comes first; the two do not touch. */
  g_assert_cmpfloat (both.pieces[0].height + both.pieces[0].depth, >, 1);
  g_assert_cmpuint (nested.glyphs[2].size, ==, 2);
  g_assert_cmpuint (nested.glyphs[3].size, ==, 2);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpfloat (nested.glyphs[i].y, <, nested.glyphs[i - 1].y);
}

static void
test_fraction (void)
{
  g_auto (Shown) fraction = { 0 };
  g_auto (Shown) inline_one = { 0 };

  if (skip_without_font ())
    return;
  fraction = show ("\\frac{1}{22}", TRUE);
  inline_one = show ("\\frac{1}{22}", FALSE);

  g_assert_cmpuint (fraction.n_rules, ==, 1);
  g_assert_cmpuint (fraction.n_glyphs, ==, 3);
  /* The numerator ends above the bar, the denominator begins below it; the narrower is in the
   * middle. */
  g_assert_cmpfloat (fraction.glyphs[0].y, <, fraction.rules[0].y);
  g_assert_cmpfloat (fraction.glyphs[1].y, >, fraction.rules[0].y + fraction.rules[0].height + 0.5);
  g_assert_cmpfloat (fraction.glyphs[0].x, >, fraction.glyphs[1].x);
  g_assert_cmpfloat (fraction.glyphs[0].x, <, fraction.glyphs[2].x);
  g_assert_cmpfloat (fraction.rules[0].y, <, -0.1);
  g_assert_cmpuint (fraction.glyphs[0].size, ==, 0);
  g_assert_cmpuint (inline_one.glyphs[0].size, ==, 1);
  g_assert_cmpfloat (get_height ("\\dfrac12", FALSE), >, get_height ("\\frac12", FALSE));
  g_assert_cmpfloat_with_epsilon (get_height ("\\tfrac12", TRUE), get_height ("\\frac12", FALSE),
                                  EPSILON);
}

static void
test_radical (void)
{
  g_auto (Shown) root = { 0 };

  if (skip_without_font ())
    return;
  root = show ("\\sqrt{x}", FALSE);
  g_assert_cmpuint (root.n_rules, ==, 1);
  /* The rule is as wide as what is below it, and begins where the sign ends. */
  g_assert_cmpfloat_with_epsilon (root.rules[0].x + root.rules[0].width,
                                  assay_math_layout_get_width (root.layout), EPSILON);
  g_assert_cmpfloat_with_epsilon (root.rules[0].x, root.glyphs[0].x, EPSILON);
  g_assert_cmpfloat (root.rules[0].x, >, root.glyphs[1].x + 0.3);
  g_assert_cmpfloat (root.rules[0].y + root.rules[0].height, <, -0.4);
  g_assert_cmpfloat (get_height ("\\sqrt{\\frac{a}{\\frac{b}{c}}}", TRUE), >,
                     get_height ("\\frac{a}{\\frac{b}{c}}", TRUE));
  g_assert_cmpfloat (get_width ("\\sqrt[3]{x}"), >=, get_width ("\\sqrt{x}"));
}

static void
test_operators (void)
{
  g_auto (Shown) display = { 0 };
  g_auto (Shown) text = { 0 };

  if (skip_without_font ())
    return;
  display = show ("\\sum_{i}^{n}", TRUE);
  text = show ("\\sum_{i}^{n}", FALSE);
  g_assert_cmpuint (display.n_glyphs, ==, 3);
  /* The sign, what is above, what is below; beside it where room is short. */
  g_assert_cmpfloat (display.glyphs[1].y, <, display.glyphs[0].y - 0.8);
  g_assert_cmpfloat (display.glyphs[2].y, >, display.glyphs[0].y + 0.5);
  g_assert_cmpfloat (fabs (display.glyphs[1].x - display.glyphs[2].x), <, 0.5);
  g_assert_cmpfloat (display.glyphs[1].x, <, assay_math_layout_get_width (display.layout) / 2);
  g_assert_cmpfloat (text.glyphs[1].x, >, 0.5);
  g_assert_cmpfloat (get_height ("\\sum", TRUE), >, get_height ("\\sum", FALSE) * 1.2);
  g_assert_cmpfloat (get_height ("\\sum\\limits_i^n", FALSE), >,
                     get_height ("\\sum_i^n", FALSE) * 1.1);
  g_assert_cmpfloat (get_height ("\\lim_{x}", TRUE), >, get_height ("\\lim_{x}", FALSE));
}

static void
test_delimiters (void)
{
  double last = 0;

  if (skip_without_font ())
    return;
  /* They grow with what they hold, without end. */
  for (guint n = 1; n <= 12; n++)
    {
      GString *text = g_string_new ("\\left(\\begin{matrix}1");
      g_autofree char *formula = NULL;
      g_auto (Shown) shown = { 0 };
      double height;

      for (guint i = 1; i < n; i++)
        g_string_append (text, "\\\\1");
      g_string_append (text, "\\end{matrix}\\right)");
      formula = g_string_free_and_steal (text);
      shown = show (formula, TRUE);
      height = shown.pieces[0].height + shown.pieces[0].depth;
      g_assert_cmpfloat (height, >, last);
      g_assert_cmpfloat (height, >=, n * 1.0);
      last = height;
    }
  g_assert_cmpfloat (get_height ("\\Bigg(", FALSE), >, get_height ("\\bigg(", FALSE));
  g_assert_cmpfloat (get_height ("\\bigg(", FALSE), >, get_height ("\\Big(", FALSE));
  g_assert_cmpfloat (get_height ("\\Big(", FALSE), >, get_height ("(", FALSE));
}

static void
test_tables (void)
{
  g_auto (Shown) shown = { 0 };

  if (skip_without_font ())
    return;
  shown = show ("\\begin{aligned}1&=2\\\\11&=22\\end{aligned}", TRUE);
  /* 1 = 2 1 1 = 2 2: relations below each other, rows apart. */
  g_assert_cmpuint (shown.n_glyphs, ==, 8);
  g_assert_cmpfloat_with_epsilon (shown.glyphs[1].x, shown.glyphs[5].x, EPSILON);
  g_assert_cmpfloat_with_epsilon (shown.glyphs[0].x, shown.glyphs[4].x, EPSILON);
  g_assert_cmpfloat (shown.glyphs[5].y, >, shown.glyphs[1].y + 1);
  shown_clear (&shown);

  shown = show ("\\begin{array}{c|c}1&2\\\\\\hline 3&4\\end{array}", TRUE);
  g_assert_cmpuint (shown.n_rules, ==, 2);
  g_assert_cmpfloat (shown.rules[0].height, >, 1);
  g_assert_cmpfloat (shown.rules[1].width, >, 1);
  g_assert_cmpfloat (shown.rules[1].y, >, shown.glyphs[0].y);
  g_assert_cmpfloat (shown.rules[1].y, <, shown.glyphs[3].y);
}

static void
test_pieces (void)
{
  const char *text = "a+b = c+d = e+f = g+h = i+j = k+l";
  g_auto (Shown) shown = { 0 };
  guint end = 0;
  guint glyph = 0;
  double x = 0;

  if (skip_without_font ())
    return;
  shown = show (text, FALSE);
  g_assert_cmpuint (shown.n_pieces, >, 2);
  /* They cover the formula and its source. */
  for (guint i = 0; i < shown.n_pieces; i++)
    {
      g_assert_cmpuint (shown.pieces[i].source_start, ==, end);
      g_assert_cmpuint (shown.pieces[i].first_glyph, ==, glyph);
      g_assert_cmpfloat_with_epsilon (shown.pieces[i].x, x, EPSILON);
      end = shown.pieces[i].source_end;
      glyph += shown.pieces[i].n_glyphs;
      x += shown.pieces[i].width;
    }
  g_assert_cmpuint (end, ==, strlen (text));
  g_assert_cmpuint (glyph, ==, shown.n_glyphs);
  g_assert_cmpfloat_with_epsilon (x, assay_math_layout_get_width (shown.layout), EPSILON);
  shown_clear (&shown);

  shown = show ("a+b=c", FALSE);
  g_assert_cmpuint (shown.n_pieces, ==, 1);
  shown_clear (&shown);
  shown = show ("", FALSE);
  g_assert_cmpuint (shown.n_pieces, ==, 1);
  g_assert_cmpuint (shown.n_glyphs, ==, 0);
}

static void
check_refused (const char *text, AssayMathError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, NULL);
  g_autoptr (AssayMathLayout) layout = NULL;

  g_assert_nonnull (formula);
  layout = assay_math_layout_new (formula, assay_math_font_get_default (), TRUE, &error);
  g_assert_null (layout);
  g_assert_error (error, ASSAY_MATH_ERROR, (int) code);
}

static void
test_limits (void)
{
  if (skip_without_font ())
    return;
  /* A quad is one em. */
  for (int d = -1; d <= 1; d++)
    {
      GString *text = g_string_new (NULL);
      g_autofree char *formula = NULL;

      for (int i = 0; i < ASSAY_MATH_LAYOUT_EMS + d; i++)
        g_string_append (text, "\\quad ");
      formula = g_string_free_and_steal (text);
      if (d <= 0)
        g_assert_cmpfloat_with_epsilon (get_width (formula), ASSAY_MATH_LAYOUT_EMS + d, EPSILON);
      else
        check_refused (formula, ASSAY_MATH_ERROR_TOO_LARGE);
    }
  check_refused ("\U0001F600", ASSAY_MATH_ERROR_FONT);
  check_refused ("\\text{\U0001F600}", ASSAY_MATH_ERROR_FONT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/math-layout/row", test_row);
  g_test_add_func ("/text/math-layout/scripts", test_scripts);
  g_test_add_func ("/text/math-layout/fraction", test_fraction);
  g_test_add_func ("/text/math-layout/radical", test_radical);
  g_test_add_func ("/text/math-layout/operators", test_operators);
  g_test_add_func ("/text/math-layout/delimiters", test_delimiters);
  g_test_add_func ("/text/math-layout/tables", test_tables);
  g_test_add_func ("/text/math-layout/pieces", test_pieces);
  g_test_add_func ("/text/math-layout/limits", test_limits);

  return g_test_run ();
}
