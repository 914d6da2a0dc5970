/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A formula is a tree whose places are in its text, or is refused with what stands in the way. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-math.h"
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
  return 0;
}
