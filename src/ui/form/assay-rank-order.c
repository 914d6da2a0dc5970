/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rank-order.h"

typedef struct
{
  char *response;
  gboolean tied; /* with the one above */
} AssayRankEntry;

struct _AssayRankOrder
{
  GArray *entries; /* AssayRankEntry */
  guint n_ranked;
  guint places; /* ranks to give */
};

static void
entry_clear (gpointer data)
{
  g_free (((AssayRankEntry *) data)->response);
}

static AssayRankEntry *
get_entry (AssayRankOrder *self, guint place)
{
  return &g_array_index (self->entries, AssayRankEntry, place);
}

static void
append (AssayRankOrder *self, const char *response, gboolean tied)
{
  AssayRankEntry entry = { g_strdup (response), tied };

  g_array_append_val (self->entries, entry);
}

static guint
group_start (AssayRankOrder *self, guint place)
{
  while (place > 0 && get_entry (self, place)->tied)
    place--;
  return place;
}

/* The place behind the last of the group. */
static guint
group_end (AssayRankOrder *self, guint place)
{
  do
    place++;
  while (place < self->n_ranked && get_entry (self, place)->tied);
  return place;
}

/* Both places are borders of groups, counted without the entry itself. */
static void
move_alone (AssayRankOrder *self, guint from, guint to)
{
  AssayRankEntry entry = *get_entry (self, from);

  /* Whoever followed the head of a tie is its head now. */
  if (!entry.tied && from + 1 < self->entries->len)
    get_entry (self, from + 1)->tied = FALSE;
  get_entry (self, from)->response = NULL;
  g_array_remove_index (self->entries, from);
  entry.tied = FALSE;
  g_array_insert_val (self->entries, to, entry);
}

/* Before anything moves, everything has a rank; where only the best are ranked, the moved one has.
 * Returns where it is. */
static guint
ensure_ranked (AssayRankOrder *self, guint place)
{
  if (place < self->n_ranked)
    return place;
  if (self->places >= self->entries->len)
    {
      self->n_ranked = self->entries->len;
      return place;
    }
  move_alone (self, place, self->n_ranked);
  return self->n_ranked++;
}

/* What has fallen behind the last rank to give has none. */
static void
trim (AssayRankOrder *self)
{
  while (self->n_ranked > 0 && group_start (self, self->n_ranked - 1) + 1 > self->places)
    {
      self->n_ranked--;
      get_entry (self, self->n_ranked)->tied = FALSE;
    }
}

AssayRankOrder *
assay_rank_order_new (const char *const *responses, GPtrArray *order, guint places)
{
  AssayRankOrder *self;

  g_return_val_if_fail (responses != NULL, NULL);

  self = g_new0 (AssayRankOrder, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (AssayRankEntry));
  g_array_set_clear_func (self->entries, entry_clear);
  for (guint i = 0; order != NULL && i < order->len; i++)
    {
      const char *const *group = g_ptr_array_index (order, i);
      gboolean first = TRUE;

      for (guint j = 0; group[j] != NULL; j++)
        {
          if (!g_strv_contains (responses, group[j]) || assay_rank_order_find (self, group[j]) >= 0)
            continue;
          append (self, group[j], !first);
          first = FALSE;
        }
    }
  self->n_ranked = self->entries->len;
  for (guint i = 0; responses[i] != NULL; i++)
    {
      if (assay_rank_order_find (self, responses[i]) < 0)
        append (self, responses[i], FALSE);
    }
  self->places = places > 0 ? MIN (places, self->entries->len) : self->entries->len;
  return self;
}

void
assay_rank_order_free (AssayRankOrder *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->entries);
  g_free (self);
}

guint
assay_rank_order_get_n (AssayRankOrder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

guint
assay_rank_order_get_n_ranked (AssayRankOrder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_ranked;
}

const char *
assay_rank_order_get_response (AssayRankOrder *self, guint place)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (place < self->entries->len, NULL);

  return get_entry (self, place)->response;
}

int
assay_rank_order_find (AssayRankOrder *self, const char *response)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (response != NULL, -1);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_str_equal (get_entry (self, i)->response, response))
        return i;
    }
  return -1;
}

guint
assay_rank_order_get_rank (AssayRankOrder *self, guint place)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (place < self->entries->len, 0);

  return place < self->n_ranked ? group_start (self, place) + 1 : 0;
}

gboolean
assay_rank_order_is_tied (AssayRankOrder *self, guint place)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (place < self->entries->len, FALSE);

  return place < self->n_ranked && group_end (self, place) - group_start (self, place) > 1;
}

void
assay_rank_order_confirm (AssayRankOrder *self)
{
  g_return_if_fail (self != NULL);

  self->n_ranked = self->entries->len;
  trim (self);
}

void
assay_rank_order_move_up (AssayRankOrder *self, guint place)
{
  guint start;

  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->entries->len);

  /* The step from the unranked into the last rank is one by itself. */
  if (place >= self->n_ranked && self->places < self->entries->len && self->n_ranked < self->places)
    {
      ensure_ranked (self, place);
      return;
    }
  place = ensure_ranked (self, place);
  start = group_start (self, place);
  if (group_end (self, place) - start > 1)
    {
      move_alone (self, place, start);
      get_entry (self, start + 1)->tied = FALSE;
    }
  else if (start > 0)
    {
      move_alone (self, place, group_start (self, start - 1));
    }
  trim (self);
}

void
assay_rank_order_move_down (AssayRankOrder *self, guint place)
{
  guint start, end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->entries->len);

  if (place >= self->n_ranked && self->places < self->entries->len)
    return;
  place = ensure_ranked (self, place);
  start = group_start (self, place);
  end = group_end (self, place);
  if (end - start > 1)
    move_alone (self, place, end - 1);
  else if (end < self->n_ranked)
    move_alone (self, place, group_end (self, end) - 1);
  else if (self->places < self->entries->len)
    self->n_ranked--;
  trim (self);
}

void
assay_rank_order_move_before (AssayRankOrder *self, guint place, guint before)
{
  guint moved;

  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->entries->len);

  /* In a list of the best, below the last rank there is none. */
  if (before > self->n_ranked && self->places < self->entries->len)
    {
      if (place < self->n_ranked)
        {
          move_alone (self, place, self->n_ranked - 1);
          self->n_ranked--;
        }
      return;
    }
  moved = ensure_ranked (self, place);
  before = MIN (before, self->n_ranked);
  if (before > moved)
    before--;
  if (before == moved && !assay_rank_order_is_tied (self, moved))
    {
      trim (self);
      return;
    }
  /* Into the middle of a tie means before it. */
  {
    AssayRankEntry *entry = get_entry (self, moved);
    g_autofree char *response = g_strdup (entry->response);

    move_alone (self, moved, self->n_ranked - 1);
    before = MIN (before, self->n_ranked - 1);
    if (before < self->n_ranked - 1)
      before = group_start (self, before);
    move_alone (self, assay_rank_order_find (self, response), before);
  }
  trim (self);
}

void
assay_rank_order_set_rank (AssayRankOrder *self, guint place, guint rank)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->entries->len);

  if (rank == 0 || rank > self->places)
    return;
  place = ensure_ranked (self, place);
  rank = MIN (rank, self->n_ranked);
  assay_rank_order_move_before (self, place, rank - 1 < place ? rank - 1 : rank);
}

void
assay_rank_order_toggle_tie (AssayRankOrder *self, guint place)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (place < self->entries->len);

  place = ensure_ranked (self, place);
  if (place > 0 && !get_entry (self, place)->tied)
    {
      get_entry (self, place)->tied = TRUE;
      if (place + 1 < self->entries->len)
        get_entry (self, place + 1)->tied = FALSE;
    }
  else if (place > 0)
    {
      move_alone (self, place, group_end (self, place) - 1);
    }
  trim (self);
}

GPtrArray *
assay_rank_order_to_answer (AssayRankOrder *self)
{
  GPtrArray *order;

  g_return_val_if_fail (self != NULL, NULL);

  order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < self->n_ranked;)
    {
      guint end = group_end (self, i);
      g_autoptr (GStrvBuilder) group = g_strv_builder_new ();

      for (; i < end; i++)
        g_strv_builder_add (group, get_entry (self, i)->response);
      g_ptr_array_add (order, g_strv_builder_end (group));
    }
  return order;
}
