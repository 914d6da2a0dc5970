/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in each of two sequences. */
typedef struct
{
  guint a;
  guint b;
} AssayPlacePair;

/* Appends to @pairs (AssayPlacePair) places that hold the same id in both sequences, in ascending
 * order on both sides: a longest common subsequence where the sequences are short or have enough in
 * common that is unique, and a good one otherwise. Of ids that compete, those with a larger weight
 * win. @weights: for each id, 1 to 255. Pairs in runs of fewer than @min_run are left out.
 *
 * Time and memory are bounded: at most some hundred steps for each token, whatever they are. */
void assay_common_tokens_find (const guint *a,
                               guint n_a,
                               const guint *b,
                               guint n_b,
                               const guint8 *weights,
                               guint min_run,
                               GArray *pairs);

G_END_DECLS
