/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <X11/Xlib.h>

#include "assay-driver.h"

G_BEGIN_DECLS

/* Deeper than any page is nested. */
#define ASSAY_DRIVER_MAX_DEPTH 60

struct _AssayDriver
{
  char *binary;
  char *profile;
  gboolean own_profile;
  GStrv environment;

  GSubprocess *process; /* (owned) (nullable) */
  gboolean ended;
  GMainContext *context;
  AtspiEventListener *listener;
  AtspiAccessible *focused; /* (owned) (nullable) the last that said it has the focus */
  gint64 focus_looked_at;   /* in µs; when a key was pressed, or the page searched for it, last */
  GPtrArray *announcements; /* (owned) of char *: what a screen reader would have said */
  Display *display;
  GArray *spare_keycodes; /* (owned) of int: keys without a symbol */
  GHashTable *borrowed;   /* (owned) symbol → keycode */
};

/* The accessible application of our process, as it is now; (transfer full) (nullable). */
AtspiAccessible *assay_driver_peek_application (AssayDriver *self);
/* Asks the window manager to give the program's window, if it is there, the focus. */
void assay_driver_ask_for_focus (AssayDriver *self);
/* A folder and all below it. */
void assay_driver_remove_tree (const char *path);

G_END_DECLS
