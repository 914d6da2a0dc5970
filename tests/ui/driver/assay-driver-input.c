/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does to the program: keys, the pointer, its window. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-private.h"

#include <string.h>
#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

/* Around a window that draws its own frame. */
#define MAX_FRAME 24

/* Keys */

static void
send_key (AssayDriver *self, KeyCode keycode, gboolean down)
{
  XTestFakeKeyEvent (self->display, keycode, down, CurrentTime);
}

/* Finds the key for a symbol, and whether it needs Shift; borrows the spare key where the keyboard
 * has none. */
static KeyCode
key_for_symbol (AssayDriver *self, KeySym symbol, gboolean *shift)
{
  KeyCode keycode = XKeysymToKeycode (self->display, symbol);

  *shift = FALSE;
  if (keycode != 0)
    {
      if (XkbKeycodeToKeysym (self->display, keycode, 0, 0) == symbol)
        return keycode;
      if (XkbKeycodeToKeysym (self->display, keycode, 0, 1) == symbol)
        {
          *shift = TRUE;
          return keycode;
        }
    }
  keycode = GPOINTER_TO_INT (g_hash_table_lookup (self->borrowed, GSIZE_TO_POINTER (symbol)));
  if (keycode == 0)
    {
      KeySym symbols[2] = { symbol, symbol };
      guint n = g_hash_table_size (self->borrowed);

      /* A key keeps its symbol: the program reads the mapping when it handles the key, which may be
       * later. */
      if (n >= self->spare_keycodes->len)
        g_error ("too many characters that the keyboard does not have");
      keycode = g_array_index (self->spare_keycodes, int, n);
      XChangeKeyboardMapping (self->display, keycode, 2, symbols, 1);
      XSync (self->display, False);
      g_hash_table_insert (self->borrowed, GSIZE_TO_POINTER (symbol), GINT_TO_POINTER (keycode));
    }
  return keycode;
}

static void
tap (AssayDriver *self, KeySym symbol, gboolean control, gboolean shift, gboolean alt)
{
  gboolean needs_shift;
  KeyCode keycode, control_key, shift_key, alt_key;

  /* The layout may have changed; what the display says about it has to be read first. */
  XSync (self->display, False);
  keycode = key_for_symbol (self, symbol, &needs_shift);
  control_key = XKeysymToKeycode (self->display, XK_Control_L);
  shift_key = XKeysymToKeycode (self->display, XK_Shift_L);
  alt_key = XKeysymToKeycode (self->display, XK_Alt_L);

  shift = shift || needs_shift;
  if (control)
    send_key (self, control_key, TRUE);
  if (alt)
    send_key (self, alt_key, TRUE);
  if (shift)
    send_key (self, shift_key, TRUE);
  send_key (self, keycode, TRUE);
  send_key (self, keycode, FALSE);
  if (shift)
    send_key (self, shift_key, FALSE);
  if (alt)
    send_key (self, alt_key, FALSE);
  if (control)
    send_key (self, control_key, FALSE);
  XSync (self->display, False);
}

void
assay_driver_press (AssayDriver *self, const char *accelerator)
{
  gboolean control = FALSE;
  gboolean shift = FALSE;
  gboolean alt = FALSE;
  const char *key = accelerator;
  KeySym symbol;

  while (key[0] == '<' && key[1] != '\0')
    {
      if (g_str_has_prefix (key, "<Control>"))
        control = TRUE;
      else if (g_str_has_prefix (key, "<Shift>"))
        shift = TRUE;
      else if (g_str_has_prefix (key, "<Alt>"))
        alt = TRUE;
      else
        g_error ("no such modifier: %s", accelerator);
      key = strchr (key, '>') + 1;
    }
  symbol = XStringToKeysym (key);
  if (symbol == NoSymbol)
    g_error ("no such key: %s", accelerator);
  self->focus_looked_at = g_get_monotonic_time ();
  tap (self, symbol, control, shift, alt);
}

void
assay_driver_press_times (AssayDriver *self, const char *accelerator, guint n)
{
  for (guint i = 0; i < n; i++)
    assay_driver_press (self, accelerator);
}

void
assay_driver_press_place (AssayDriver *self, guint keycode)
{
  send_key (self, keycode, TRUE);
  send_key (self, keycode, FALSE);
  XSync (self->display, False);
}

void
assay_driver_type (AssayDriver *self, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      KeySym symbol;

      if (c == '\n')
        symbol = XK_Return;
      else if (c == '\t')
        symbol = XK_Tab;
      else if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
        symbol = c;
      else
        symbol = 0x01000000 | c;
      tap (self, symbol, FALSE, FALSE, FALSE);
    }
}

void
assay_driver_click (AssayDriver *self, AtspiAccessible *accessible)
{
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (accessible);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (action);
  atspi_action_do_action (action, 0, &error);
  g_assert_no_error (error);
}

/* Our program's window: the one that carries its process id and a title. */
static Window
find_window (AssayDriver *self, Window parent, GPid pid)
{
  Atom pid_atom = XInternAtom (self->display, "_NET_WM_PID", False);
  Window root;
  Window up;
  Window *children = NULL;
  unsigned int n = 0;
  Window found = None;

  if (XQueryTree (self->display, parent, &root, &up, &children, &n) == 0)
    return None;
  for (unsigned int i = n; i > 0 && found == None; i--)
    {
      XWindowAttributes attributes;
      Atom type;
      int format;
      unsigned long n_items;
      unsigned long rest;
      unsigned char *data = NULL;

      if (XGetWindowAttributes (self->display, children[i - 1], &attributes) == 0)
        continue;
      if (attributes.map_state == IsViewable && attributes.class == InputOutput
          && XGetWindowProperty (self->display, children[i - 1], pid_atom, 0, 1, False, XA_CARDINAL,
                                 &type, &format, &n_items, &rest, &data)
                 == Success
          && n_items == 1 && *(long *) (gpointer) data == pid)
        found = children[i - 1];
      g_clear_pointer (&data, XFree);
      if (found == None)
        found = find_window (self, children[i - 1], pid);
    }
  g_clear_pointer (&children, XFree);
  return found;
}

static Window
get_window (AssayDriver *self)
{
  Window window;

  g_assert_nonnull (self->process);
  window = find_window (self, DefaultRootWindow (self->display), assay_driver_get_pid (self));
  if (window == None)
    g_error ("the program has no window");
  return window;
}

static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

void
assay_driver_ask_for_focus (AssayDriver *self)
{
  /* Windows go while they are looked at. */
  XErrorHandler handler = XSetErrorHandler (ignore_error);
  Window window =
      find_window (self, DefaultRootWindow (self->display), assay_driver_get_pid (self));
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.window = window;
  event.xclient.message_type = XInternAtom (self->display, "_NET_ACTIVE_WINDOW", False);
  event.xclient.format = 32;
  /* A pager asks: the window manager does not weigh who was active last. */
  event.xclient.data.l[0] = 2;
  if (window != None)
    XSendEvent (self->display, DefaultRootWindow (self->display), False,
                SubstructureNotifyMask | SubstructureRedirectMask, &event);
  XSync (self->display, False);
  XSetErrorHandler (handler);
}

typedef struct
{
  Window window;
  int width;
  int height;
} SizeWait;

/* The window manager gave it the size, and the program has laid itself out anew. */
static gboolean
has_size (AssayDriver *self, gpointer user_data)
{
  SizeWait *wanted = user_data;
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (self);
  g_autoptr (AtspiComponent) component =
      window != NULL ? atspi_accessible_get_component_iface (window) : NULL;
  g_autofree AtspiRect *extents =
      component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;
  XWindowAttributes attributes;

  return XGetWindowAttributes (self->display, wanted->window, &attributes) != 0
         && attributes.width == wanted->width && attributes.height == wanted->height
         && extents != NULL && ABS (extents->width - wanted->width) <= MAX_FRAME
         && ABS (extents->height - wanted->height) <= MAX_FRAME;
}

void
assay_driver_resize (AssayDriver *self, int width, int height)
{
  SizeWait wanted = { get_window (self), width, height };

  XResizeWindow (self->display, wanted.window, width, height);
  XSync (self->display, False);
  assay_driver_wait (self, "another size", has_size, &wanted);
}

static void
import_window (const char *window, const char *file)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "import", "-window", window, file, NULL };
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

void
assay_driver_screenshot (AssayDriver *self, const char *file)
{
  import_window ("root", file);
}

void
assay_driver_screenshot_window (AssayDriver *self, const char *file)
{
  g_autofree char *window = g_strdup_printf ("0x%lx", get_window (self));

  import_window (window, file);
}
