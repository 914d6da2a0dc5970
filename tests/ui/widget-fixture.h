/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Runs the main loop until @condition holds; the test runner ends a test that hangs. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint tick_source = widget_fixture_tick ();                                                    \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (tick_source);                                                                 \
  }                                                                                                \
  G_STMT_END

/* Lets conditions be looked at again though nothing wakes the main loop. A source's id. */
guint widget_fixture_tick (void);
/* The first widget below @widget of @type whose property @name is @value; any of @type if @name is
 * NULL. (nullable) */
GtkWidget *widget_fixture_find (GtkWidget *widget, GType type, const char *name, const char *value);

G_END_DECLS
