/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-task-sequence.h"

struct _AssayTaskSequence
{
  GObject parent_instance;

  GArray *rows;        /* (owned) gint64 */
  GHashTable *settled; /* (owned) gint64 */
  GHashTable *known;   /* (owned) gint64: those in `rows`; made when the list changes */
  guint position;
};

enum
{
  GROWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AssayTaskSequence, assay_task_sequence, G_TYPE_OBJECT)

static void
assay_task_sequence_finalize (GObject *object)
{
  AssayTaskSequence *self = ASSAY_TASK_SEQUENCE (object);

  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->settled, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);

  G_OBJECT_CLASS (assay_task_sequence_parent_class)->finalize (object);
}

static void
assay_task_sequence_class_init (AssayTaskSequenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = assay_task_sequence_finalize;

  signals[GROWN] = g_signal_new ("grown", ASSAY_TYPE_TASK_SEQUENCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_task_sequence_init (AssayTaskSequence *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->settled = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static gboolean
note_known (AssayTaskSequence *self, gint64 row)
{
  return g_hash_table_add (self->known, g_memdup2 (&row, sizeof row));
}

/* A list that is still being filled when its first task is opened is not the whole of it. */
static void
items_changed_cb (AssayTaskList *list,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  AssayTaskSequence *self)
{
  guint n_before = self->rows->len;

  if (self->known == NULL)
    {
      self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      for (guint i = 0; i < n_before; i++)
        note_known (self, g_array_index (self->rows, gint64, i));
    }
  for (guint i = position; i < position + n_added; i++)
    {
      gint64 row = assay_task_list_get_row_id (list, i);

      if (note_known (self, row))
        g_array_append_val (self->rows, row);
    }
  if (self->rows->len > n_before)
    g_signal_emit (self, signals[GROWN], 0);
}

AssayTaskSequence *
assay_task_sequence_new (AssayTaskList *list, gint64 row)
{
  AssayTaskSequence *self = g_object_new (ASSAY_TYPE_TASK_SEQUENCE, NULL);
  guint n = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;
  guint found = list != NULL ? assay_task_list_find (list, row) : G_MAXUINT;

  if (found >= n)
    {
      g_array_append_val (self->rows, row);
      return self;
    }
  g_array_set_size (self->rows, n);
  for (guint i = 0; i < n; i++)
    g_array_index (self->rows, gint64, i) = assay_task_list_get_row_id (list, i);
  self->position = found;
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  return self;
}

guint
assay_task_sequence_get_n_tasks (AssayTaskSequence *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), 0);

  return self->rows->len;
}

guint
assay_task_sequence_get_position (AssayTaskSequence *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), 0);

  return self->position;
}

gint64
assay_task_sequence_get_row (AssayTaskSequence *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), 0);

  return g_array_index (self->rows, gint64, self->position);
}

gint64
assay_task_sequence_peek (AssayTaskSequence *self, int offset)
{
  gint64 position;

  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), 0);

  position = (gint64) self->position + offset;
  if (position < 0 || position >= self->rows->len)
    return 0;
  return g_array_index (self->rows, gint64, (guint) position);
}

gboolean
assay_task_sequence_move (AssayTaskSequence *self, int offset)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), FALSE);

  if (assay_task_sequence_peek (self, offset) == 0)
    return FALSE;
  self->position = (guint) ((gint64) self->position + offset);
  return TRUE;
}

void
assay_task_sequence_move_to (AssayTaskSequence *self, gint64 row)
{
  g_return_if_fail (ASSAY_IS_TASK_SEQUENCE (self));

  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, gint64, i) == row)
      {
        self->position = i;
        return;
      }
  self->position++;
  g_array_insert_val (self->rows, self->position, row);
  if (self->known != NULL)
    note_known (self, row);
}

void
assay_task_sequence_set_settled (AssayTaskSequence *self, gint64 row, gboolean settled)
{
  g_return_if_fail (ASSAY_IS_TASK_SEQUENCE (self));

  if (settled)
    g_hash_table_add (self->settled, g_memdup2 (&row, sizeof row));
  else
    g_hash_table_remove (self->settled, &row);
}

gint64
assay_task_sequence_find_open (AssayTaskSequence *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK_SEQUENCE (self), 0);

  for (guint i = 1; i < self->rows->len; i++)
    {
      gint64 row = g_array_index (self->rows, gint64, (self->position + i) % self->rows->len);

      if (!g_hash_table_contains (self->settled, &row))
        return row;
    }
  return 0;
}
