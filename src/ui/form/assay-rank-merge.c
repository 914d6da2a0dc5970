/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rank-merge.h"

#include "assay-json.h"

/* Groups of equal responses, best first; each is a GPtrArray of borrowed ids. */
typedef GPtrArray Run;

typedef struct
{
  JsonArray *comparisons;
  const char *first; /* what is missing */
  const char *second;
} Merge;

static Run *
run_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

/* FALSE if nobody has compared the two. */
static gboolean
compare (Merge *self, const char *first, const char *second, int *sign)
{
  guint n = self->comparisons != NULL ? json_array_get_length (self->comparisons) : 0;

  /* What was said last counts. */
  for (guint i = n; i > 0; i--)
    {
      JsonNode *node = json_array_get_element (self->comparisons, i - 1);
      JsonArray *one = assay_json_node_array (node);
      const char *a;
      const char *b;
      double said;

      if (one == NULL || json_array_get_length (one) != 3)
        continue;
      a = assay_json_node_string (json_array_get_element (one, 0));
      b = assay_json_node_string (json_array_get_element (one, 1));
      if (!assay_json_node_number (json_array_get_element (one, 2), &said))
        continue;
      *sign = (said > 0) - (said < 0);
      if (g_strcmp0 (a, first) == 0 && g_strcmp0 (b, second) == 0)
        return TRUE;
      *sign = -*sign;
      if (g_strcmp0 (a, second) == 0 && g_strcmp0 (b, first) == 0)
        return TRUE;
    }
  self->first = first;
  self->second = second;
  return FALSE;
}

static void
take_group (Run *to, Run *from, guint *place)
{
  g_ptr_array_add (to, g_ptr_array_ref (g_ptr_array_index (from, *place)));
  ++*place;
}

/* NULL while a comparison is missing. */
static Run *
merge_runs (Merge *self, Run *left, Run *right)
{
  g_autoptr (GPtrArray) merged = run_new ();
  guint i = 0;
  guint j = 0;

  while (i < left->len && j < right->len)
    {
      GPtrArray *a = g_ptr_array_index (left, i);
      GPtrArray *b = g_ptr_array_index (right, j);
      int sign;

      if (!compare (self, g_ptr_array_index (a, 0), g_ptr_array_index (b, 0), &sign))
        return NULL;
      if (sign < 0)
        take_group (merged, left, &i);
      else if (sign > 0)
        take_group (merged, right, &j);
      else
        {
          for (guint k = 0; k < b->len; k++)
            g_ptr_array_add (a, g_ptr_array_index (b, k));
          take_group (merged, left, &i);
          j++;
        }
    }
  while (i < left->len)
    take_group (merged, left, &i);
  while (j < right->len)
    take_group (merged, right, &j);
  return g_steal_pointer (&merged);
}

static Run *
sort (Merge *self, const char *const *responses, guint n)
{
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) right = NULL;

  if (n <= 1)
    {
      Run *run = run_new ();

      if (n == 1)
        {
          GPtrArray *group = g_ptr_array_new ();

          g_ptr_array_add (group, (gpointer) responses[0]);
          g_ptr_array_add (run, group);
        }
      return run;
    }
  left = sort (self, responses, n / 2);
  if (left == NULL)
    return NULL;
  right = sort (self, responses + n / 2, n - n / 2);
  if (right == NULL)
    return NULL;
  return merge_runs (self, left, right);
}

GPtrArray *
assay_rank_merge (const char *const *responses,
                  JsonArray *comparisons,
                  const char **first,
                  const char **second)
{
  Merge self = { comparisons, NULL, NULL };
  g_autoptr (GPtrArray) run = NULL;
  GPtrArray *order;

  g_return_val_if_fail (responses != NULL, NULL);
  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  run = sort (&self, responses, g_strv_length ((char **) responses));
  *first = self.first;
  *second = self.second;
  if (run == NULL)
    return NULL;
  order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < run->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (run, i);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint j = 0; j < group->len; j++)
        g_strv_builder_add (builder, g_ptr_array_index (group, j));
      g_ptr_array_add (order, g_strv_builder_end (builder));
    }
  return order;
}

guint
assay_rank_merge_get_max (guint n)
{
  if (n <= 1)
    return 0;
  return assay_rank_merge_get_max (n / 2) + assay_rank_merge_get_max (n - n / 2) + n - 1;
}
