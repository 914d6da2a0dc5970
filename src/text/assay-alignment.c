/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-alignment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words that more units have do not lead to candidates; they only weigh in. */
#define POSTINGS_MAX 48
#define CANDIDATES_MAX 12
/* From here on two units are versions of one another. */
#define SIMILARITY_MIN 0.34
/* Out of order, units must agree in more, and in enough words for it to be no chance. */
#define MOVED_SIMILARITY_MIN 0.6
#define MOVED_WORDS_MIN 4

/* The different words of each unit, ascending. */
typedef struct
{
  GArray *ids;   /* guint */
  guint *starts; /* one more than there are units */
  double *weights;
} WordSets;

typedef struct
{
  guint a;
  guint b;
  double similarity;
  double score;
  double best;
  guint previous;
} Candidate;

typedef struct
{
  const AssayUnits *a;
  const AssayUnits *b;
  WordSets sets_a;
  WordSets sets_b;
  double *id_weights;
  GArray *candidates; /* Candidate */
} Aligner;

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const guint *one = a;
  const guint *other = b;

  return *one < *other ? -1 : *one > *other;
}

static void
word_sets_init (WordSets *self, const AssayUnits *units, const gboolean *is_word)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->starts = g_new (guint, units->n_units + 1);
  self->weights = g_new0 (double, units->n_units + 1);
  for (guint u = 0; u < units->n_units; u++)
    {
      guint start = self->ids->len;
      guint n = start;
      guint *ids;

      self->starts[u] = start;
      for (guint t = units->starts[u]; t < units->starts[u + 1]; t++)
        if (is_word[units->ids[t]])
          g_array_append_val (self->ids, units->ids[t]);
      ids = (guint *) self->ids->data;
      if (self->ids->len > start)
        qsort (ids + start, self->ids->len - start, sizeof *ids, compare_ids);
      for (guint i = start; i < self->ids->len; i++)
        if (i == start || ids[i] != ids[i - 1])
          ids[n++] = ids[i];
      g_array_set_size (self->ids, n);
    }
  self->starts[units->n_units] = self->ids->len;
}

static void
word_sets_clear (WordSets *self)
{
  g_array_unref (self->ids);
  g_free (self->starts);
  g_free (self->weights);
}

static void
count_units (const WordSets *self, guint *n_units)
{
  for (guint i = 0; i < self->ids->len; i++)
    n_units[g_array_index (self->ids, guint, i)]++;
}

static void
weigh (WordSets *self, guint n_units, const double *id_weights)
{
  for (guint u = 0; u < n_units; u++)
    for (guint i = self->starts[u]; i < self->starts[u + 1]; i++)
      self->weights[u] += id_weights[g_array_index (self->ids, guint, i)];
}

/* A word is worth the more the fewer units have it. */
static void
weigh_words (Aligner *self, guint n_ids)
{
  g_autofree guint *n_units = g_new0 (guint, n_ids);
  double n = self->a->n_units + self->b->n_units;

  self->id_weights = g_new (double, n_ids);
  count_units (&self->sets_a, n_units);
  count_units (&self->sets_b, n_units);
  for (guint i = 0; i < n_ids; i++)
    self->id_weights[i] = log (1 + n / MAX (n_units[i], 1));
  weigh (&self->sets_a, self->a->n_units, self->id_weights);
  weigh (&self->sets_b, self->b->n_units, self->id_weights);
}

/* The smaller set is looked up in the larger one, so that one huge unit costs no more than a small
 * one. */
static double
get_similarity (Aligner *self, guint a, guint b)
{
  const guint *ids_a = (const guint *) self->sets_a.ids->data;
  const guint *ids_b = (const guint *) self->sets_b.ids->data;
  const guint *small = ids_a + self->sets_a.starts[a];
  const guint *large = ids_b + self->sets_b.starts[b];
  guint n_small = self->sets_a.starts[a + 1] - self->sets_a.starts[a];
  guint n_large = self->sets_b.starts[b + 1] - self->sets_b.starts[b];
  double total = self->sets_a.weights[a] + self->sets_b.weights[b];
  double common = 0;

  if (n_small > n_large)
    {
      const guint *ids = small;
      guint n = n_small;

      small = large;
      n_small = n_large;
      large = ids;
      n_large = n;
    }
  for (guint i = 0; i < n_small; i++)
    if (bsearch (small + i, large, n_large, sizeof *large, compare_ids) != NULL)
      common += self->id_weights[small[i]];
  return total > 0 ? 2 * common / total : 0;
}

static void
add_candidate (Aligner *self, guint a, guint b, double similarity)
{
  Candidate candidate = { .a = a, .b = b, .similarity = similarity };
  double weight = self->sets_a.weights[a] + self->sets_b.weights[b];

  /* A unit without words, such as a rule or a bracket, still has its place. */
  candidate.score = similarity * similarity * (weight + 0.1);
  g_array_append_val (self->candidates, candidate);
}

static int
compare_units (const AssayUnits *a, guint one, const AssayUnits *b, guint other)
{
  guint n_one = a->starts[one + 1] - a->starts[one];
  guint n_other = b->starts[other + 1] - b->starts[other];

  if (n_one != n_other)
    return n_one < n_other ? -1 : 1;
  return n_one > 0
             ? memcmp (a->ids + a->starts[one], b->ids + b->starts[other], n_one * sizeof (guint))
             : 0;
}

static int
compare_in_units (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const guint *one = a;
  const guint *other = b;
  int order = compare_units (user_data, *one, user_data, *other);

  return order != 0 ? order : *one < *other ? -1 : *one > *other;
}

static guint *
sort_units (const AssayUnits *units)
{
  guint *order = g_new (guint, units->n_units + 1);

  for (guint i = 0; i < units->n_units; i++)
    order[i] = i;
  g_sort_array (order, units->n_units, sizeof *order, compare_in_units, (gpointer) units);
  return order;
}

static guint
count_equal (const AssayUnits *units, const guint *order, guint start)
{
  guint end = start + 1;

  while (end < units->n_units && compare_units (units, order[start], units, order[end]) == 0)
    end++;
  return end - start;
}

/* Units that are the same, however often they occur: the first with the first and so on, and
 * likewise from the end. */
static void
add_equal_units (Aligner *self)
{
  g_autofree guint *order_a = sort_units (self->a);
  g_autofree guint *order_b = sort_units (self->b);

  for (guint i = 0, j = 0; i < self->a->n_units && j < self->b->n_units;)
    {
      int order = compare_units (self->a, order_a[i], self->b, order_b[j]);
      guint n_a = order <= 0 ? count_equal (self->a, order_a, i) : 0;
      guint n_b = order >= 0 ? count_equal (self->b, order_b, j) : 0;

      for (guint k = 0; k < MIN (n_a, n_b); k++)
        {
          add_candidate (self, order_a[i + k], order_b[j + k], 1);
          if (n_a != n_b)
            add_candidate (self, order_a[i + n_a - 1 - k], order_b[j + n_b - 1 - k], 1);
        }
      i += n_a;
      j += n_b;
    }
}

/* For each word, the units of b that have it. */
static void
make_postings (Aligner *self, guint n_ids, guint **starts, guint **postings)
{
  const guint *ids = (const guint *) self->sets_b.ids->data;
  guint *next = g_new0 (guint, n_ids + 1);

  *starts = g_new0 (guint, n_ids + 1);
  *postings = g_new (guint, self->sets_b.ids->len + 1);
  for (guint i = 0; i < self->sets_b.ids->len; i++)
    (*starts)[ids[i] + 1]++;
  for (guint i = 0; i < n_ids; i++)
    (*starts)[i + 1] += (*starts)[i];
  memcpy (next, *starts, (n_ids + 1) * sizeof *next);
  for (guint u = 0; u < self->b->n_units; u++)
    for (guint i = self->sets_b.starts[u]; i < self->sets_b.starts[u + 1]; i++)
      (*postings)[next[ids[i]]++] = u;
  g_free (next);
}

static void
add_best (Aligner *self, guint a, const double *common, GArray *touched)
{
  for (guint n = 0; n < CANDIDATES_MAX && touched->len > 0; n++)
    {
      guint best = 0;
      guint b;
      double similarity;

      for (guint i = 1; i < touched->len; i++)
        if (common[g_array_index (touched, guint, i)]
            > common[g_array_index (touched, guint, best)])
          best = i;
      b = g_array_index (touched, guint, best);
      g_array_remove_index_fast (touched, best);
      similarity = get_similarity (self, a, b);
      if (similarity >= SIMILARITY_MIN)
        add_candidate (self, a, b, similarity);
    }
}

static void
add_similar_units (Aligner *self, guint n_ids)
{
  g_autofree guint *starts = NULL;
  g_autofree guint *postings = NULL;
  g_autofree double *common = g_new0 (double, self->b->n_units + 1);
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint *ids = (const guint *) self->sets_a.ids->data;

  make_postings (self, n_ids, &starts, &postings);
  for (guint a = 0; a < self->a->n_units; a++)
    {
      g_array_set_size (touched, 0);
      for (guint i = self->sets_a.starts[a]; i < self->sets_a.starts[a + 1]; i++)
        {
          guint id = ids[i];

          if (starts[id + 1] - starts[id] > POSTINGS_MAX)
            continue;
          for (guint p = starts[id]; p < starts[id + 1]; p++)
            {
              if (common[postings[p]] == 0)
                g_array_append_val (touched, postings[p]);
              common[postings[p]] += self->id_weights[id];
            }
        }
      g_array_set_size (left, 0);
      g_array_append_vals (left, touched->data, touched->len);
      add_best (self, a, common, left);
      for (guint i = 0; i < touched->len; i++)
        common[g_array_index (touched, guint, i)] = 0;
    }
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->a != other->a)
    return one->a < other->a ? -1 : 1;
  /* Descending, so that none of one unit's candidates comes before another of them in a chain. */
  if (one->b != other->b)
    return one->b > other->b ? -1 : 1;
  return one->score > other->score ? -1 : one->score < other->score;
}

/* The heaviest chain that ascends on both sides. @tree: for each stretch of b, the candidate with
 * the heaviest chain that ends in it, plus one; 0 for none (a binary indexed tree). */
static GArray *
find_chain (Aligner *self)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (AssayPlacePair));
  g_autofree guint *tree = g_new0 (guint, self->b->n_units + 1);
  Candidate *candidates = (Candidate *) self->candidates->data;
  guint last = G_MAXUINT;
  guint n_pairs = 0;

  for (guint c = 0; c < self->candidates->len; c++)
    {
      Candidate *candidate = &candidates[c];

      candidate->previous = G_MAXUINT;
      candidate->best = candidate->score;
      for (guint i = candidate->b; i > 0; i -= i & -i)
        if (tree[i] > 0 && candidates[tree[i] - 1].best + candidate->score > candidate->best)
          {
            candidate->best = candidates[tree[i] - 1].best + candidate->score;
            candidate->previous = tree[i] - 1;
          }
      for (guint i = candidate->b + 1; i <= self->b->n_units; i += i & -i)
        if (tree[i] == 0 || candidates[tree[i] - 1].best < candidate->best)
          tree[i] = c + 1;
      if (last == G_MAXUINT || candidate->best > candidates[last].best)
        last = c;
    }

  for (guint c = last; c != G_MAXUINT; c = candidates[c].previous)
    n_pairs++;
  g_array_set_size (pairs, n_pairs);
  for (guint c = last; c != G_MAXUINT; c = candidates[c].previous)
    g_array_index (pairs, AssayPlacePair, --n_pairs) =
        (AssayPlacePair) { candidates[c].a, candidates[c].b };
  return pairs;
}

static guint
count_words (const WordSets *self, guint unit)
{
  return self->starts[unit + 1] - self->starts[unit];
}

static gboolean
may_have_moved (Aligner *self, const Candidate *candidate)
{
  return candidate->similarity >= MOVED_SIMILARITY_MIN
         && count_words (&self->sets_a, candidate->a) >= MOVED_WORDS_MIN
         && count_words (&self->sets_b, candidate->b) >= MOVED_WORDS_MIN;
}

static int
compare_moved (gconstpointer a, gconstpointer b)
{
  const Candidate *one = *(const Candidate *const *) a;
  const Candidate *other = *(const Candidate *const *) b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return compare_candidates (one, other);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const AssayPlacePair *one = a;
  const AssayPlacePair *other = b;

  return one->a < other->a ? -1 : one->a > other->a;
}

/* Of what the chain left, the pairs that agree most, each unit in one of them. */
static GArray *
find_moved (Aligner *self, GArray *chain)
{
  g_autofree gboolean *used_a = g_new0 (gboolean, self->a->n_units + 1);
  g_autofree gboolean *used_b = g_new0 (gboolean, self->b->n_units + 1);
  g_autoptr (GPtrArray) possible = g_ptr_array_new ();
  GArray *moved = g_array_new (FALSE, FALSE, sizeof (AssayPlacePair));

  for (guint i = 0; i < chain->len; i++)
    {
      used_a[g_array_index (chain, AssayPlacePair, i).a] = TRUE;
      used_b[g_array_index (chain, AssayPlacePair, i).b] = TRUE;
    }
  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (self->candidates, Candidate, i);

      if (may_have_moved (self, candidate))
        g_ptr_array_add (possible, candidate);
    }
  g_ptr_array_sort (possible, compare_moved);
  for (guint i = 0; i < possible->len; i++)
    {
      const Candidate *candidate = possible->pdata[i];
      AssayPlacePair pair = { candidate->a, candidate->b };

      if (used_a[pair.a] || used_b[pair.b])
        continue;
      used_a[pair.a] = used_b[pair.b] = TRUE;
      g_array_append_val (moved, pair);
    }
  g_array_sort (moved, compare_pairs);
  return moved;
}

GArray *
assay_units_align (const AssayUnits *a,
                   const AssayUnits *b,
                   guint n_ids,
                   const gboolean *is_word,
                   GArray **moved)
{
  Aligner self = { .a = a, .b = b };
  GArray *pairs;

  g_return_val_if_fail (a != NULL && b != NULL && moved != NULL, NULL);

  self.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  word_sets_init (&self.sets_a, a, is_word);
  word_sets_init (&self.sets_b, b, is_word);
  weigh_words (&self, n_ids);
  add_equal_units (&self);
  add_similar_units (&self, n_ids);
  g_array_sort (self.candidates, compare_candidates);
  pairs = find_chain (&self);
  *moved = find_moved (&self, pairs);

  word_sets_clear (&self.sets_a);
  word_sets_clear (&self.sets_b);
  g_free (self.id_weights);
  g_array_unref (self.candidates);
  return pairs;
}
