/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has the focus, and how Tab takes it elsewhere. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-private.h"

/* More than any page has. */
#define MAX_TABS 80
/* After a key an event says where the focus went, sooner than a search of a large page would;
 * without one for so long, the page is searched. */
#define SEARCH_AFTER_US G_USEC_PER_SEC

static AtspiAccessible *
search_focused (AtspiAccessible *parent, int depth)
{
  int n = atspi_accessible_get_child_count (parent, NULL);

  if (depth > ASSAY_DRIVER_MAX_DEPTH)
    return NULL;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (parent, i, NULL);
      AtspiAccessible *found;

      if (child == NULL || !assay_driver_has_state (child, ATSPI_STATE_SHOWING))
        continue;
      found = search_focused (child, depth + 1);
      if (found != NULL)
        return found;
      if (assay_driver_has_state (child, ATSPI_STATE_FOCUSED))
        return g_steal_pointer (&child);
    }
  return NULL;
}

/* What last said that it has the focus, if it still has it. */
static AtspiAccessible *
peek_told (AssayDriver *self)
{
  if (self->focused != NULL && assay_driver_has_state (self->focused, ATSPI_STATE_FOCUSED)
      && assay_driver_has_state (self->focused, ATSPI_STATE_SHOWING))
    return g_object_ref (self->focused);
  return NULL;
}

AtspiAccessible *
assay_driver_get_focused (AssayDriver *self)
{
  AtspiAccessible *told = peek_told (self);
  g_autoptr (AtspiAccessible) application = NULL;

  if (told != NULL)
    return told;
  application = assay_driver_peek_application (self);
  return application != NULL ? search_focused (application, 0) : NULL;
}

AtspiAccessible *
assay_driver_peek_focused (AssayDriver *self)
{
  AtspiAccessible *focused = peek_told (self);
  gint64 now = g_get_monotonic_time ();

  if (focused == NULL && now - self->focus_looked_at >= SEARCH_AFTER_US)
    {
      focused = assay_driver_get_focused (self);
      self->focus_looked_at = g_get_monotonic_time ();
    }
  return focused;
}

static gboolean
is_focused (AssayDriver *self, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_FOCUSED);
}

void
assay_driver_wait_focused (AssayDriver *self, AtspiAccessible *accessible)
{
  assay_driver_wait (self, "the focus", is_focused, accessible);
}

typedef struct
{
  AtspiAccessible *before; /* (nullable) */
  AtspiAccessible *now;    /* (owned) (nullable) */
} FocusMove;

/* libatspi gives one object the same pointer for as long as it is held. */
static gboolean
focus_moved (AssayDriver *self, gpointer user_data)
{
  FocusMove *move = user_data;

  g_clear_object (&move->now);
  move->now = assay_driver_peek_focused (self);
  return move->now != NULL && move->now != move->before;
}

AtspiAccessible *
assay_driver_wait_focus_from (AssayDriver *self, AtspiAccessible *before)
{
  FocusMove move = { before, NULL };

  assay_driver_wait (self, "the focus to move", focus_moved, &move);
  return move.now;
}

AtspiAccessible *
assay_driver_try_focus_from (AssayDriver *self, AtspiAccessible *before)
{
  FocusMove move = { before, NULL };

  if (!assay_driver_try_wait (self, focus_moved, &move))
    g_clear_object (&move.now);
  return move.now;
}

void
assay_driver_tab_to (AssayDriver *self, AtspiAccessible *accessible)
{
  g_autoptr (AtspiAccessible) focused = assay_driver_get_focused (self);

  for (guint i = 0; i < MAX_TABS; i++)
    {
      g_autoptr (AtspiAccessible) before = g_steal_pointer (&focused);

      if (assay_driver_has_state (accessible, ATSPI_STATE_FOCUSED))
        return;
      assay_driver_press (self, "Tab");
      focused = assay_driver_wait_focus_from (self, before);
    }
  assay_driver_dump (self);
  g_error ("Tab never leads to what was looked for");
}
