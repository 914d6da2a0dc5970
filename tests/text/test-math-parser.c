/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <string.h>

#include "assay-math.h"

static char *
repeat (const char *unit, guint n)
{
  GString *text = g_string_sized_new (strlen (unit) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  return g_string_free_and_steal (text);
}

static void
check (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, &error);
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  dump = assay_math_formula_dump (formula);
  g_assert_cmpstr (dump, ==, expected);
}

static void
check_error (const char *text, AssayMathError code, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, &error);

  g_assert_null (formula);
  g_assert_error (error, ASSAY_MATH_ERROR, (int) code);
  if (what != NULL)
    g_assert_cmpstr (error->message, ==, what);
}

static void
test_symbols (void)
{
  check ("", "{}");
  check ("a+b", "{𝑎 bin:+ 𝑏}");
  check ("x-1", "{𝑥 bin:− 1}");
  check ("h\\alpha\\Gamma", "{ℎ 𝛼 Γ}");
  check ("\\epsilon\\varepsilon\\phi\\varphi", "{𝜖 𝜀 𝜙 𝜑}");
  check ("x \\le y", "{𝑥 rel:≤ 𝑦}");
  check ("x ≤ π", "{𝑥 rel:≤ 𝜋}");
  check ("f\\colon a:b", "{𝑓 punct:: 𝑎 rel:: 𝑏}");
  check ("\\{x\\}", "{open:{ 𝑥 close:}}");
  check ("\\not= \\not\\in", "{rel:≠ rel:∉}");
  check ("a\\implies b", "{𝑎 space0.28 rel:⟹ space0.28 𝑏}");
  check ("50\\% \\$3", "{5 0 % $ 3}");
  check ("a\\,b\\quad c", "{𝑎 space0.17 𝑏 space1.00 𝑐}");
  check ("1,\\dots,n", "{1 punct:, inner:… punct:, 𝑛}");
  check ("1+\\dots+n", "{1 bin:+ inner:⋯ bin:+ 𝑛}");
}

static void
test_scripts (void)
{
  check ("x^2", "{scripts{𝑥 {} {{2}}}}");
  check ("x_i^{10}", "{scripts{𝑥 {{𝑖}} {{1 0}}}}");
  check ("x^2_i", "{scripts{𝑥 {{𝑖}} {{2}}}}");
  check ("f''", "{scripts{𝑓 {} {′ ′}}}");
  check ("f'^2", "{scripts{𝑓 {} {′ {2}}}}");
  check ("f^\\prime", "{scripts{𝑓 {} {{′}}}}");
  check ("{}^2", "{scripts{{} {} {{2}}}}");
  check ("^2", "{scripts{{} {} {{2}}}}");
  check ("x^\\frac12", "{scripts{𝑥 {} {{fraction{{1} {2}}}}}}");
  check ("\\sum_{i=1}^n i", "{op:scripts{op:∑ {{𝑖 rel:= 1}} {{𝑛}}} 𝑖}");
  check ("\\lim_{x\\to0}", "{op:scripts{op:text“lim” {{𝑥 rel:→ 0}} {}}}");
  check_error ("x^2^3", ASSAY_MATH_ERROR_SYNTAX, "^");
  check_error ("x_2_3", ASSAY_MATH_ERROR_SYNTAX, "_");
  check_error ("x^", ASSAY_MATH_ERROR_SYNTAX, NULL);
}

static void
test_structures (void)
{
  check ("\\frac{a}{b}", "{fraction{{𝑎} {𝑏}}}");
  check ("\\frac ab", "{fraction{{𝑎} {𝑏}}}");
  check ("a \\over b+1", "{fraction{{𝑎} {𝑏 bin:+ 1}}}");
  check ("{n \\choose k}", "{{fraction(){{𝑛} {𝑘}}}}");
  check ("\\binom nk", "{fraction(){{𝑛} {𝑘}}}");
  check ("\\sqrt2\\sqrt[3]{x}", "{root{{2}} root{{𝑥} {3}}}");
  check ("\\left(x\\middle|y\\right]", "{fenced(]{{𝑥 open:middle| 𝑦}}}");
  check ("\\left.x\\right\\}", "{fenced.}{{𝑥}}}");
  check ("\\bigl(x\\Bigr)", "{open:big1( 𝑥 close:big2)}");
  check ("\\hat x", "{accent\u0302{{𝑥}}}");
  check ("\\overbrace{x}^n", "{scripts{accent⏞{{𝑥}} {} {{𝑛}}}}");
  check ("\\overset{a}{=}", "{rel:stack{{rel:=} {𝑎} {}}}");
  check ("\\xrightarrow[b]{a}", "{rel:arrow→{{𝑎} {𝑏}}}");
  check ("\\text{if $x$ is  odd}", "{{text“if ” {𝑥} text“ is odd”}}");
  check ("\\mathrm{d}x\\,\\mathbb{R}\\mathbf{v}", "{{d} 𝑥 space0.17 {ℝ} {𝐯}}");
  check ("\\operatorname{lcm}", "{op:{l c m}}");
  check ("a\\equiv b\\pmod n", "{𝑎 rel:≡ 𝑏 space0.60 open:( text“mod” space0.33 {𝑛} close:)}");
  check ("\\color{red}x", "{𝑥}");
  check ("\\boxed{42}", "{box0{{4 2}}}");
}

static void
test_tables (void)
{
  check ("\\begin{pmatrix}a&b\\\\c\\end{pmatrix}", "{fenced(){table2x2[cc]{{𝑎} {𝑏} {𝑐} {}}}}");
  check ("\\begin{cases}1&x\\\\2&y\\\\\\end{cases}", "{fenced{.{table2x2[ll]{{1} {𝑥} {2} {𝑦}}}}");
  check ("\\begin{array}{l|r}a&b\\\\[2pt]\\hline c&d\\end{array}",
         "{table2x2[lr]{{𝑎} {𝑏} {𝑐} {𝑑}}}");
  check ("\\begin{aligned}a&=b\\\\&=c\\end{aligned}", "{table2x2[rl]{{𝑎} {rel:= 𝑏} {} {rel:= 𝑐}}}");
  check ("a\\\\b\\\\c", "{table3x1[c]{{𝑎} {𝑏} {𝑐}}}");
  check ("\\sum_{\\substack{i\\\\j}}", "{op:scripts{op:∑ {{{table2x1[c]{{𝑖} {𝑗}}}}} {}}}");
  check_error ("\\begin{tikzpicture}\\end{tikzpicture}", ASSAY_MATH_ERROR_UNKNOWN,
               "\\begin{tikzpicture}");
  check_error ("\\begin{matrix}a\\end{pmatrix}", ASSAY_MATH_ERROR_SYNTAX, "\\end");
  check_error ("a&b", ASSAY_MATH_ERROR_SYNTAX, "&");
}

static void
test_errors (void)
{
  check_error ("\\foo", ASSAY_MATH_ERROR_UNKNOWN, "\\foo");
  check_error ("\\frac{a}", ASSAY_MATH_ERROR_SYNTAX, NULL);
  check_error ("{a", ASSAY_MATH_ERROR_SYNTAX, "{");
  check_error ("a}", ASSAY_MATH_ERROR_SYNTAX, "}");
  check_error ("\\left(a", ASSAY_MATH_ERROR_SYNTAX, "\\left");
  check_error ("a\\middle|b", ASSAY_MATH_ERROR_SYNTAX, "\\middle");
  check_error ("\\left({a\\middle|b}\\right)", ASSAY_MATH_ERROR_SYNTAX, "\\middle");
  check_error ("\\", ASSAY_MATH_ERROR_UNKNOWN, NULL);
  check_error ("\\begin", ASSAY_MATH_ERROR_SYNTAX, NULL);
  check_error ("\\text", ASSAY_MATH_ERROR_SYNTAX, NULL);
}

static void
check_depth (const char *open, const char *close, guint depth, gboolean expected)
{
  g_autofree char *before = repeat (open, depth);
  g_autofree char *after = repeat (close, depth);
  g_autofree char *text = g_strconcat (before, "x", after, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = assay_math_parse (text, -1, &error);

  if (expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE);
}

/* One level is the formula itself. */
static void
test_limits (void)
{
  for (int d = -1; d <= 1; d++)
    {
      g_autofree char *bytes = repeat ("x", ASSAY_MATH_BYTES + d);
      g_autofree char *rows = repeat ("x\\\\", ASSAY_MATH_CELLS - 1 + d);
      g_autofree char *table = g_strconcat (rows, "x", NULL);
      g_autofree char *columns = repeat ("&", ASSAY_MATH_COLUMNS_MAX - 1 + d);
      g_autofree char *matrix = g_strconcat ("\\begin{matrix}", columns, "\\end{matrix}", NULL);
      const char *const texts[] = { bytes, table, matrix };

      check_depth ("{", "}", ASSAY_MATH_DEPTH_LEVELS - 1 + d, d <= 0);
      check_depth ("\\sqrt{", "}", ASSAY_MATH_DEPTH_LEVELS - 1 + d, d <= 0);
      check_depth ("\\text{$", "$}", (ASSAY_MATH_DEPTH_LEVELS - 1) / 2 + MAX (d, 0), d <= 0);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (AssayMathFormula) formula = assay_math_parse (texts[i], -1, &error);

          if (d <= 0)
            g_assert_no_error (error);
          else
            g_assert_error (error, ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_TOO_LARGE);
        }
    }
  check_depth ("{", "}", 4000, FALSE);
  check_depth ("\\sqrt", "", 1500, FALSE);
}

static void
test_source (void)
{
  g_autoptr (AssayMathFormula) formula = assay_math_parse ("a^2 + \\frac12 = b", -1, NULL);
  const AssayMathNode *node = assay_math_formula_get_root (formula)->first;
  static const guint places[][2] = { { 0, 3 }, { 4, 5 }, { 6, 13 }, { 14, 15 }, { 16, 17 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++, node = node->next)
    {
      g_assert_cmpuint (node->source_start, ==, places[i][0]);
      g_assert_cmpuint (node->source_end, ==, places[i][1]);
    }
  g_assert_null (node);
}

static void
check_split (const char *text, gsize expected, AssayMathDelimiter kind, const char *content)
{
  AssayMathDelimiter delimiter;
  gsize start, end;

  g_assert_cmpuint (assay_math_split (text, strlen (text), &delimiter, &start, &end), ==, expected);
  if (expected == 0)
    return;
  g_assert_cmpint (delimiter, ==, kind);
  g_assert_cmpmem (text + start, end - start, content, strlen (content));
}

static void
test_split (void)
{
  check_split ("$x$ y", 3, ASSAY_MATH_DOLLAR, "x");
  check_split ("$5\\$$", 5, ASSAY_MATH_DOLLAR, "5\\$");
  check_split ("$$x$$", 5, ASSAY_MATH_DOUBLE_DOLLAR, "x");
  check_split ("\\(x\\)\\(y\\)", 5, ASSAY_MATH_PARENTHESIS, "x");
  check_split ("\\[x\\\\[2pt] \\]", 13, ASSAY_MATH_BRACKET, "x\\\\[2pt] ");
  check_split ("$x", 0, 0, NULL);
  check_split ("$$x$", 0, 0, NULL);
  check_split ("x$", 0, 0, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/math-parser/symbols", test_symbols);
  g_test_add_func ("/text/math-parser/scripts", test_scripts);
  g_test_add_func ("/text/math-parser/structures", test_structures);
  g_test_add_func ("/text/math-parser/tables", test_tables);
  g_test_add_func ("/text/math-parser/errors", test_errors);
  g_test_add_func ("/text/math-parser/limits", test_limits);
  g_test_add_func ("/text/math-parser/source", test_source);
  g_test_add_func ("/text/math-parser/split", test_split);

  return g_test_run ();
}
