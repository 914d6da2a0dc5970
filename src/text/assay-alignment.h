/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "assay-common-tokens.h"

G_BEGIN_DECLS

/* A text as ids of its tokens, in units such as sentences: unit i holds the tokens from
 * @starts[i] up to @starts[i + 1]. */
typedef struct
{
  const guint *ids;
  const guint *starts;
  guint n_units;
} AssayUnits;

/* Which units of two texts say the same or nearly so, in ascending order on both sides: the chain
 * of pairs that agree most, where rare words count for more. @is_word: for each id below @n_ids.
 * The result does not depend on which text is the first as long as the caller gives them in a fixed
 * order. @moved: (out): pairs that say the same in another order, ascending by the place in a; none
 * of their units is in a pair of the result. Both (transfer full) GArray of AssayPlacePair. */
GArray *assay_units_align (const AssayUnits *a,
                           const AssayUnits *b,
                           guint n_ids,
                           const gboolean *is_word,
                           GArray **moved);

G_END_DECLS
