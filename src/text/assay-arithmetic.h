/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A statement says at most so many digits in a number and so many operations; what is longer is not
 * looked at. */
#define ASSAY_ARITHMETIC_DIGITS 15
#define ASSAY_ARITHMETIC_OPERATIONS 20

typedef enum
{
  ASSAY_SUM_RIGHT,
  ASSAY_SUM_ROUNDED, /* right to the digits that are given */
  ASSAY_SUM_WRONG,
} AssaySumVerdict;

/* @start and @end: bytes of the text. @result: what it is; to six digits where it goes on. */
typedef struct
{
  gsize start;
  gsize end;
  AssaySumVerdict verdict;
  char *result;
} AssaySum;

void assay_sum_free (AssaySum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssaySum, assay_sum_free)

/* Plain statements of arithmetic, as "12 + 7 × 2 = 26" or "17% of 300 is 51", in the order of the
 * text. They are reckoned exactly; what has a bracket, a power or a unit is not looked at, nor what
 * only looks like a sum, as a date or a version. (transfer full) (element-type AssaySum) */
GPtrArray *assay_arithmetic_find (const char *text);
/* What is to be said of these in a line each; NULL where there are none. (transfer full) */
char *assay_arithmetic_describe (const char *text);

G_END_DECLS
