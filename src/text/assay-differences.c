/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-differences.h"

struct _AssayDifferences
{
  GArray *places; /* AssayDifference */
  GArray *added;  /* AssayStretch */
  guint n_own_words;
  guint n_displaced_words;
};

G_DEFINE_BOXED_TYPE (AssayDifferences,
                     assay_differences,
                     assay_differences_ref,
                     assay_differences_unref)

static void
differences_clear (gpointer data)
{
  AssayDifferences *self = data;

  g_array_unref (self->places);
  g_array_unref (self->added);
}

static GArray *
copy (const AssayStretch *stretches, guint n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (AssayStretch), n);

  if (n > 0)
    g_array_append_vals (array, stretches, n);
  return array;
}

/* What is in both lists, which ascend. */
static GArray *
intersect (const GArray *array, const AssayStretch *others, guint n)
{
  GArray *common = g_array_new (FALSE, FALSE, sizeof (AssayStretch));

  for (guint i = 0, k = 0; i < array->len && k < n;)
    {
      const AssayStretch *one = &g_array_index (array, AssayStretch, i);
      AssayStretch both = { MAX (one->start, others[k].start), MIN (one->end, others[k].end) };

      if (both.start < both.end)
        g_array_append_val (common, both);
      if (one->end < others[k].end)
        i++;
      else
        k++;
    }
  return common;
}

static int
compare_stretches (gconstpointer a, gconstpointer b)
{
  const AssayStretch *one = a;
  const AssayStretch *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

/* Makes one stretch of those that overlap, in ascending order. */
static void
unite (GArray *stretches)
{
  guint n = 0;

  g_array_sort (stretches, compare_stretches);
  for (guint i = 0; i < stretches->len; i++)
    {
      AssayStretch stretch = g_array_index (stretches, AssayStretch, i);
      AssayStretch *last = n > 0 ? &g_array_index (stretches, AssayStretch, n - 1) : NULL;

      if (last != NULL && stretch.start < last->end)
        last->end = MAX (last->end, stretch.end);
      else
        g_array_index (stretches, AssayStretch, n++) = stretch;
    }
  g_array_set_size (stretches, n);
}

static void
narrow (GArray **array, const AssayStretch *stretches, guint n)
{
  GArray *both = *array != NULL ? intersect (*array, stretches, n) : copy (stretches, n);

  g_clear_pointer (array, g_array_unref);
  *array = both;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const AssayDifference *one = a;
  const AssayDifference *other = b;

  return one->stretch.start < other->stretch.start ? -1 : one->stretch.start > other->stretch.start;
}

/* Returns how many words they are. */
static guint
add_places (AssayDifferences *self,
            const GArray *stretches,
            gboolean displaced,
            AssayComparison *comparison,
            AssaySide side)
{
  guint n_words = 0;

  for (guint i = 0; i < stretches->len; i++)
    {
      AssayDifference place = { g_array_index (stretches, AssayStretch, i), displaced };

      g_array_append_val (self->places, place);
      n_words += assay_comparison_count_words (comparison, side, place.stretch);
    }
  return n_words;
}

AssayDifferences *
assay_differences_new (AssayComparison *const *comparisons,
                       const AssaySide *sides,
                       guint n_comparisons)
{
  AssayDifferences *self;
  /* What has no counterpart where it stands is its own or displaced. */
  g_autoptr (GArray) only = NULL;
  g_autoptr (GArray) own = NULL;
  g_autoptr (GArray) displaced = g_array_new (FALSE, FALSE, sizeof (AssayStretch));

  g_return_val_if_fail (comparisons != NULL && sides != NULL && n_comparisons > 0, NULL);

  self = g_atomic_rc_box_new0 (AssayDifferences);
  self->places = g_array_new (FALSE, FALSE, sizeof (AssayDifference));
  for (guint i = 0; i < n_comparisons; i++)
    {
      guint n;
      const AssayStretch *stretches = assay_comparison_get_only (comparisons[i], sides[i], &n);

      narrow (&only, stretches, n);
      stretches = assay_comparison_get_own (comparisons[i], sides[i], &n);
      narrow (&own, stretches, n);
      stretches = assay_comparison_get_added (comparisons[i], sides[i], &n);
      narrow (&self->added, stretches, n);
    }
  for (guint i = 0; i < n_comparisons; i++)
    {
      guint n;
      const AssayStretch *stretches = assay_comparison_get_displaced (comparisons[i], sides[i], &n);
      g_autoptr (GArray) both = intersect (only, stretches, n);

      g_array_append_vals (displaced, both->data, both->len);
    }
  unite (displaced);
  self->n_own_words = add_places (self, own, FALSE, comparisons[0], sides[0]);
  self->n_displaced_words = add_places (self, displaced, TRUE, comparisons[0], sides[0]);
  g_array_sort (self->places, compare_places);
  return self;
}

AssayDifferences *
assay_differences_new_of_edit (AssayRewriteChanges *changes, AssaySide side, const char *text)
{
  AssayDifferences *self;
  const char *at = text;
  guint characters = 0;

  g_return_val_if_fail (changes != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_atomic_rc_box_new0 (AssayDifferences);
  self->places = g_array_new (FALSE, FALSE, sizeof (AssayDifference));
  self->added = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
  self->n_own_words = side == ASSAY_SIDE_A ? changes->n_words_deleted : changes->n_words_inserted;
  for (guint i = 0; i < changes->regions->len; i++)
    {
      const AssayRewriteRegion *region = &g_array_index (changes->regions, AssayRewriteRegion, i);
      guint start = side == ASSAY_SIDE_A ? region->from_start : region->to_start;
      guint end = side == ASSAY_SIDE_A ? region->from_end : region->to_end;
      AssayDifference place = { 0 };

      if (start == end || region->is_space)
        continue;
      at = g_utf8_offset_to_pointer (at, start - characters);
      place.stretch.start = (gsize) (at - text);
      at = g_utf8_offset_to_pointer (at, end - start);
      place.stretch.end = (gsize) (at - text);
      characters = end;
      g_array_append_val (self->places, place);
    }
  return self;
}

AssayDifferences *
assay_differences_ref (AssayDifferences *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_differences_unref (AssayDifferences *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, differences_clear);
}

const AssayDifference *
assay_differences_get_places (AssayDifferences *self, guint *n_places)
{
  g_return_val_if_fail (self != NULL && n_places != NULL, NULL);

  *n_places = self->places->len;
  return (const AssayDifference *) self->places->data;
}

guint
assay_differences_get_n_own_words (AssayDifferences *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_own_words;
}

guint
assay_differences_get_n_displaced_words (AssayDifferences *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_displaced_words;
}

const AssayStretch *
assay_differences_get_added (AssayDifferences *self, guint *n_stretches)
{
  g_return_val_if_fail (self != NULL && n_stretches != NULL, NULL);

  *n_stretches = self->added->len;
  return (const AssayStretch *) self->added->data;
}
