/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-removal-queue.h"

#include "assay-turn.h"

/* A turn in which other work took longer takes nothing down. */
#define TURN_USEC (2 * G_TIME_SPAN_MILLISECOND)

struct _AssayRemovalQueue
{
  GPtrArray *widgets; /* (owned) of GtkWidget */
  guint source;
};

AssayRemovalQueue *
assay_removal_queue_new (void)
{
  AssayRemovalQueue *self = g_new0 (AssayRemovalQueue, 1);

  self->widgets = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
assay_removal_queue_free (AssayRemovalQueue *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->widgets);
  g_free (self);
}

static gboolean
idle_cb (gpointer user_data)
{
  AssayRemovalQueue *self = user_data;

  if (assay_turn_is_spent (TURN_USEC))
    return G_SOURCE_CONTINUE;
  g_ptr_array_set_size (self->widgets, (int) self->widgets->len - 1);
  if (self->widgets->len > 0)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

void
assay_removal_queue_push (AssayRemovalQueue *self, GtkWidget *widget)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_ptr_array_add (self->widgets, g_object_ref (widget));
  if (self->source == 0)
    self->source = g_idle_add (idle_cb, self);
}
