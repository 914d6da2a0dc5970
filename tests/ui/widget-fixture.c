/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "widget-fixture.h"

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

guint
widget_fixture_tick (void)
{
  return g_timeout_add (20, tick_cb, NULL);
}

GtkWidget *
widget_fixture_find (GtkWidget *widget, GType type, const char *name, const char *value)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type))
        {
          g_autofree char *text = NULL;

          if (name != NULL)
            g_object_get (child, name, &text, NULL);
          if (name == NULL || g_strcmp0 (text, value) == 0)
            return child;
        }
      found = widget_fixture_find (child, type, name, value);
      if (found != NULL)
        return found;
    }
  return NULL;
}
