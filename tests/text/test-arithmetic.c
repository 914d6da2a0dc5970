/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-arithmetic.h"

#include <string.h>

static void
check (const char *text, const char *expected)
{
  g_autofree char *said = assay_arithmetic_describe (text);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_right (void)
{
  check ("It holds that 3 × 4 = 12.", "3 × 4 = 12: right");
  check ("12 + 7 * 2 = 26", "12 + 7 * 2 = 26: right");
  check ("12 + 7 − 2 is 17", "12 + 7 − 2 is 17: right");
  check ("17% of 300 is 51", "17% of 300 is 51: right");
  check ("17 percent of 300 equals 51", "17 percent of 300 equals 51: right");
  check ("1,250 + 750 = 2,000 people", "1,250 + 750 = 2,000: right");
  check ("It costs $3.50 + $1.25 = $4.75.", "$3.50 + $1.25 = $4.75: right");
  check ("6 : 2 = 3", "6 : 2 = 3: right");
  check ("7-2=5", "7-2=5: right");
  check ("0.1 + 0.2 = 0.3", "0.1 + 0.2 = 0.3: right");
  check ("2 - 5 = -3", "2 - 5 = -3: right");
  check ("1 / 3 = 0.33", "1 / 3 = 0.33: right when rounded");
  check ("2 x 3 = 6", "2 x 3 = 6: right");
  check ("١ and 2 + 2 = 4, قمر", "2 + 2 = 4: right");
}

static void
test_wrong (void)
{
  check ("3 × 4 = 13", "3 × 4 = 13: it is 12");
  check ("17% of 300 is 50", "17% of 300 is 50: it is 51");
  check ("1 / 3 = 0.34", "1 / 3 = 0.34: it is ≈ 0.333333");
  check ("1 - 4 = 3", "1 - 4 = 3: it is −3");
  check ("2 + 2 = 5 and 2 + 3 = 5", "2 + 2 = 5: it is 4\n2 + 3 = 5: right");
  check ("7 / 2 = 3", "7 / 2 = 3: it is 3.5");
}

/* What is none, or more than this looks at. */
static void
test_nothing (void)
{
  static const char *const texts[] = {
    "",
    "In 2024 there were 12.",
    "On 2024-05-01 = release",
    "Version 1.2.3 + 4 = 5",
    "v1 + 2 = 3",
    "(2 + 3) × 4 + 1 = 21",
    "2 + 2 = 4 + 0",
    "2^3 + 1 = 9",
    "3 kg + 4 kg = 7 kg",
    "1 / 0 = 5",
    "5 = 5",
    "x + 2 = 3",
    "10:30 is the time",
    "A ratio of 3:4 is 5 to some",
    "Pages 10-12 is 3 pages",
    "1 + 1 = 2%",
    "99999999999999999999 + 1 = 2",
    "999999999999999 × 999999999999999 × 9 = 1",
    "2 +",
    "2 + 2 =",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], NULL);
}

static char *
repeat (const char *unit, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  return g_string_free_and_steal (text);
}

static void
check_operations (guint n, gboolean found)
{
  g_autofree char *sum = repeat (" + 1", n);
  g_autofree char *text = g_strdup_printf ("1%s = %u", sum, n + 1);
  g_autoptr (GPtrArray) sums = assay_arithmetic_find (text);

  g_assert_cmpuint (sums->len, ==, found);
}

static void
check_digits (guint n, gboolean found)
{
  g_autofree char *digits = g_strnfill (n, '1');
  g_autofree char *text = g_strdup_printf ("0 + %s = %s", digits, digits);
  g_autoptr (GPtrArray) sums = assay_arithmetic_find (text);

  g_assert_cmpuint (sums->len, ==, found);
}

static void
test_limits (void)
{
  check_operations (ASSAY_ARITHMETIC_OPERATIONS - 1, TRUE);
  check_operations (ASSAY_ARITHMETIC_OPERATIONS, TRUE);
  check_operations (ASSAY_ARITHMETIC_OPERATIONS + 1, FALSE);
  check_digits (9, TRUE);
  check_digits (ASSAY_ARITHMETIC_DIGITS + 1, FALSE);
}

/* Made to be slow, or of nothing but signs: it ends, and within the text. */
static void
test_hostile (void)
{
  static const char *const units[] = { "1",     "1+", "1 ", "=",  "1=1",    "1 + 1 = ",
                                       "1,111", "9.", "١",  "-1", "1\u2009" };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i], 20000);
      g_autoptr (GPtrArray) sums = assay_arithmetic_find (text);

      for (guint s = 0; s < sums->len; s++)
        g_assert_cmpuint (((AssaySum *) sums->pdata[s])->end, <=, strlen (text));
    }
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *said = NULL;

      for (guint i = 0; i < 12; i++)
        g_string_append (text, units[g_rand_int_range (random, 0, G_N_ELEMENTS (units))]);
      said = assay_arithmetic_describe (text->str);
      g_assert_true (said == NULL || g_utf8_validate (said, -1, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/arithmetic/right", test_right);
  g_test_add_func ("/text/arithmetic/wrong", test_wrong);
  g_test_add_func ("/text/arithmetic/nothing", test_nothing);
  g_test_add_func ("/text/arithmetic/limits", test_limits);
  g_test_add_func ("/text/arithmetic/hostile", test_hostile);

  return g_test_run ();
}
