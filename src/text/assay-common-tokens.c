/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-common-tokens.h"

#include <stdlib.h>

/* Up to this many pairs of places, all are looked at. */
#define TABLE_CELLS_MAX (512 * 512)
/* What has nothing unique in common is compared in stretches of this length. */
#define STRETCH_TOKENS 256
#define DEPTH_MAX 16

typedef struct
{
  const guint *a;
  const guint *b;
  const guint8 *weights;
  GArray *pairs;
  guint32 *scores; /* two rows */
  guint8 *trace;
} Finder;

typedef struct
{
  guint id;
  guint place;
} Occurrence;

enum
{
  FROM_BOTH,
  FROM_A,
  FROM_B,
};

static void find (Finder *self, guint a, guint a_end, guint b, guint b_end, guint depth);

static void
add_pair (Finder *self, guint a, guint b)
{
  AssayPlacePair pair = { a, b };

  g_array_append_val (self->pairs, pair);
}

/* The heaviest common subsequence, by the table of all prefixes. */
static void
find_by_table (Finder *self, guint a, guint a_end, guint b, guint b_end)
{
  guint n = a_end - a;
  guint m = b_end - b;
  guint32 *above;
  guint32 *row;
  guint first = self->pairs->len;

  self->scores = g_renew (guint32, self->scores, 2 * ((gsize) m + 1));
  self->trace = g_renew (guint8, self->trace, (gsize) n * m);
  above = self->scores;
  row = self->scores + m + 1;
  for (guint j = 0; j <= m; j++)
    above[j] = 0;
  for (guint i = 0; i < n; i++)
    {
      guint8 *trace = self->trace + (gsize) i * m;
      guint32 *last;

      row[0] = 0;
      for (guint j = 0; j < m; j++)
        if (self->a[a + i] == self->b[b + j])
          {
            row[j + 1] = above[j] + self->weights[self->a[a + i]];
            trace[j] = FROM_BOTH;
          }
        else
          {
            row[j + 1] = MAX (above[j + 1], row[j]);
            trace[j] = above[j + 1] >= row[j] ? FROM_A : FROM_B;
          }
      last = above;
      above = row;
      row = last;
    }

  for (guint i = n, j = m; i > 0 && j > 0;)
    switch (self->trace[(gsize) (i - 1) * m + j - 1])
      {
      case FROM_BOTH:
        add_pair (self, a + --i, b + --j);
        break;
      case FROM_A:
        i--;
        break;
      default:
        j--;
        break;
      }
  for (guint low = first, high = self->pairs->len; low + 1 < high; low++, high--)
    {
      AssayPlacePair *pairs = (AssayPlacePair *) self->pairs->data;
      AssayPlacePair pair = pairs[low];

      pairs[low] = pairs[high - 1];
      pairs[high - 1] = pair;
    }
}

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const Occurrence *one = a;
  const Occurrence *other = b;

  if (one->id != other->id)
    return one->id < other->id ? -1 : 1;
  return one->place < other->place ? -1 : one->place > other->place;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const AssayPlacePair *one = a;
  const AssayPlacePair *other = b;

  return one->a < other->a ? -1 : one->a > other->a;
}

static Occurrence *
sort_occurrences (const guint *ids, guint start, guint end)
{
  Occurrence *occurrences = g_new (Occurrence, end - start);

  for (guint i = start; i < end; i++)
    occurrences[i - start] = (Occurrence) { ids[i], i };
  qsort (occurrences, end - start, sizeof *occurrences, compare_occurrences);
  return occurrences;
}

static gboolean
is_unique (const Occurrence *occurrences, guint n, guint i)
{
  return (i == 0 || occurrences[i - 1].id != occurrences[i].id)
         && (i + 1 == n || occurrences[i + 1].id != occurrences[i].id);
}

/* The longest chain that ascends on both sides, by piles as in the game of patience. */
static void
keep_ascending (GArray *pairs)
{
  AssayPlacePair *p = (AssayPlacePair *) pairs->data;
  g_autofree guint *piles = g_new (guint, pairs->len);
  g_autofree guint *previous = g_new (guint, pairs->len);
  g_autoptr (GArray) chain = NULL;
  guint n_piles = 0;

  if (pairs->len == 0)
    return;
  for (guint i = 0; i < pairs->len; i++)
    {
      guint low = 0;
      guint high = n_piles;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (p[piles[middle]].b < p[i].b)
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? piles[low - 1] : G_MAXUINT;
      piles[low] = i;
      n_piles = MAX (n_piles, low + 1);
    }

  chain = g_array_sized_new (FALSE, FALSE, sizeof (AssayPlacePair), n_piles);
  g_array_set_size (chain, n_piles);
  for (guint i = piles[n_piles - 1], pile = n_piles; pile > 0; i = previous[i])
    g_array_index (chain, AssayPlacePair, --pile) = p[i];
  g_array_set_size (pairs, 0);
  g_array_append_vals (pairs, chain->data, chain->len);
}

/* What stands once on each side, as far as it is in the same order. */
static GArray *
find_anchors (Finder *self, guint a, guint a_end, guint b, guint b_end)
{
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (AssayPlacePair));
  g_autofree Occurrence *in_a = sort_occurrences (self->a, a, a_end);
  g_autofree Occurrence *in_b = sort_occurrences (self->b, b, b_end);
  guint n_a = a_end - a;
  guint n_b = b_end - b;

  for (guint i = 0, j = 0; i < n_a && j < n_b;)
    if (in_a[i].id < in_b[j].id)
      {
        i++;
      }
    else if (in_a[i].id > in_b[j].id)
      {
        j++;
      }
    else
      {
        AssayPlacePair pair = { in_a[i].place, in_b[j].place };

        if (is_unique (in_a, n_a, i) && is_unique (in_b, n_b, j))
          g_array_append_val (anchors, pair);
        /* Whatever is left of the same id is passed over by the two branches above. */
        i++;
        j++;
      }
  g_array_sort (anchors, compare_pairs);
  keep_ascending (anchors);
  return anchors;
}

static void
find_by_stretches (Finder *self, guint a, guint a_end, guint b, guint b_end)
{
  guint n = a_end - a;
  guint m = b_end - b;
  guint n_stretches = (MAX (n, m) + STRETCH_TOKENS - 1) / STRETCH_TOKENS;

  for (guint i = 0; i < n_stretches; i++)
    find_by_table (self, a + (guint64) n * i / n_stretches, a + (guint64) n * (i + 1) / n_stretches,
                   b + (guint64) m * i / n_stretches, b + (guint64) m * (i + 1) / n_stretches);
}

static void
find_in_middle (Finder *self, guint a, guint a_end, guint b, guint b_end, guint depth)
{
  g_autoptr (GArray) anchors = NULL;

  if (a == a_end || b == b_end)
    return;
  if ((guint64) (a_end - a) * (b_end - b) <= TABLE_CELLS_MAX)
    {
      find_by_table (self, a, a_end, b, b_end);
      return;
    }
  if (depth < DEPTH_MAX)
    anchors = find_anchors (self, a, a_end, b, b_end);
  if (anchors == NULL || anchors->len == 0)
    {
      find_by_stretches (self, a, a_end, b, b_end);
      return;
    }
  for (guint i = 0; i < anchors->len; i++)
    {
      AssayPlacePair anchor = g_array_index (anchors, AssayPlacePair, i);

      find (self, a, anchor.a, b, anchor.b, depth + 1);
      add_pair (self, anchor.a, anchor.b);
      a = anchor.a + 1;
      b = anchor.b + 1;
    }
  find (self, a, a_end, b, b_end, depth + 1);
}

static void
find (Finder *self, guint a, guint a_end, guint b, guint b_end, guint depth)
{
  guint n_end = 0;

  for (; a < a_end && b < b_end && self->a[a] == self->b[b]; a++, b++)
    add_pair (self, a, b);
  for (; a < a_end && b < b_end && self->a[a_end - 1] == self->b[b_end - 1]; a_end--, b_end--)
    n_end++;
  find_in_middle (self, a, a_end, b, b_end, depth);
  for (guint i = 0; i < n_end; i++)
    add_pair (self, a_end + i, b_end + i);
}

static void
drop_short_runs (GArray *pairs, guint first, guint min_run)
{
  guint kept = first;

  for (guint start = first, end; start < pairs->len; start = end)
    {
      const AssayPlacePair *p = (const AssayPlacePair *) pairs->data;

      end = start + 1;
      while (end < pairs->len && p[end].a == p[end - 1].a + 1 && p[end].b == p[end - 1].b + 1)
        end++;
      if (end - start < min_run)
        continue;
      for (guint i = start; i < end; i++)
        g_array_index (pairs, AssayPlacePair, kept++) = p[i];
    }
  g_array_set_size (pairs, kept);
}

void
assay_common_tokens_find (const guint *a,
                          guint n_a,
                          const guint *b,
                          guint n_b,
                          const guint8 *weights,
                          guint min_run,
                          GArray *pairs)
{
  Finder finder = { .a = a, .b = b, .weights = weights, .pairs = pairs };
  guint first;

  g_return_if_fail (pairs != NULL);

  first = pairs->len;
  find (&finder, 0, n_a, 0, n_b, 0);
  if (min_run > 1)
    drop_short_runs (pairs, first, min_run);
  g_free (finder.scores);
  g_free (finder.trace);
}
