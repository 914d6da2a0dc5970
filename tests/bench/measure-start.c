/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts a program and says, as one JSON line: milliseconds until its window was mapped and until
 * it had content, processor time until then, and the memory (PSS) of its processes after two quiet
 * seconds. Content is there when the window has at least twelve colours (performance rules,
 * section 2). With ASSAY_MEASURE_IDLE=SECONDS it then leaves the program alone for so long and adds
 * how often its threads were switched to and how many writes they made meanwhile. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include "process-memory.h"

#define COLOURS 12
#define QUIET_US (2 * G_USEC_PER_SEC)
#define DEADLINE_US (60 * G_USEC_PER_SEC)

static int
ignore_error (Display *display, XErrorEvent *event)
{
  /* A window may go while it is looked at. */
  return 0;
}

static Window
find_window (Display *display)
{
  Window root;
  Window parent;
  Window *children = NULL;
  Window found = None;
  unsigned int n = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n))
    return None;
  for (unsigned int i = 0; i < n && found == None; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (display, children[i], &attributes)
          && attributes.map_state == IsViewable && attributes.width > 200
          && attributes.height > 200)
        found = children[i];
    }
  if (children != NULL)
    XFree (children);
  return found;
}

/* Every pixel counts: the one line of text in an empty window falls through any grid. */
static gboolean
has_content (Display *display, Window window)
{
  Window root = DefaultRootWindow (display);
  XWindowAttributes attributes;
  XWindowAttributes screen;
  int left, top, width, height;
  unsigned long colours[COLOURS];
  guint n_colours = 0;
  XImage *image;

  /* What is off the screen has no picture, and asking for it gives none of the rest either. */
  if (!XGetWindowAttributes (display, window, &attributes)
      || !XGetWindowAttributes (display, root, &screen))
    return FALSE;
  left = MAX (attributes.x, 0);
  top = MAX (attributes.y, 0);
  width = MIN (attributes.x + attributes.width, screen.width) - left;
  height = MIN (attributes.y + attributes.height, screen.height) - top;
  if (width <= 0 || height <= 0)
    return FALSE;
  image = XGetImage (display, root, left, top, width, height, AllPlanes, ZPixmap);
  if (image == NULL)
    return FALSE;
  for (int y = 0; y < height && n_colours < COLOURS; y++)
    {
      unsigned long previous = ~0UL;

      for (int x = 0; x < width && n_colours < COLOURS; x++)
        {
          unsigned long colour = XGetPixel (image, x, y);
          guint i;

          if (colour == previous)
            continue;
          previous = colour;
          for (i = 0; i < n_colours && colours[i] != colour; i++)
            ;
          if (i == n_colours)
            colours[n_colours++] = colour;
        }
    }
  XDestroyImage (image);
  return n_colours == COLOURS;
}

/* The process and its descendants. */
static void
list_tree (GPid root, GArray *pids)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;

  g_array_append_val (pids, root);
  while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
      g_autofree char *content = NULL;
      GPid pid = atoi (name);
      const char *after;

      if (pid <= 0 || !g_file_get_contents (path, &content, NULL, NULL))
        continue;
      after = strrchr (content, ')');
      if (after != NULL && atoi (after + 4) == root)
        list_tree (pid, pids);
    }
}

static double
cpu_ms (GArray *pids)
{
  double ticks = 0;

  for (guint i = 0; i < pids->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/stat", g_array_index (pids, GPid, i));
      g_autofree char *content = NULL;
      g_auto (GStrv) fields = NULL;

      if (!g_file_get_contents (path, &content, NULL, NULL))
        continue;
      fields = g_strsplit (strrchr (content, ')') + 2, " ", -1);
      /* Fields 14 and 15 of proc(5), counted from the state, which is field 3. */
      ticks += g_ascii_strtod (fields[11], NULL) + g_ascii_strtod (fields[12], NULL);
    }
  return ticks * 1000 / sysconf (_SC_CLK_TCK);
}

static double
pss_mb (GArray *pids)
{
  double megabytes = 0;

  for (guint i = 0; i < pids->len; i++)
    megabytes += process_read_memory_mb (g_array_index (pids, GPid, i), "Pss");
  return megabytes;
}

/* What the files of all threads say, by their names; @file is below /proc/PID/task/TID. */
static GHashTable *
read_threads (GArray *pids, const char *file, const char *const *names)
{
  GHashTable *sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < pids->len; i++)
    {
      g_autofree char *folder = g_strdup_printf ("/proc/%d/task", g_array_index (pids, GPid, i));
      g_autoptr (GDir) threads = g_dir_open (folder, 0, NULL);
      const char *thread;

      while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL)
        {
          char *path = g_build_filename (folder, thread, file, NULL);
          g_autofree char *content = NULL;
          double *sum = g_new0 (double, 1);

          g_hash_table_insert (sums, path, sum);
          if (!g_file_get_contents (path, &content, NULL, NULL))
            continue;
          for (guint n = 0; names[n] != NULL; n++)
            {
              const char *line = strstr (content, names[n]);

              if (line != NULL)
                *sum += g_ascii_strtod (line + strlen (names[n]), NULL);
            }
        }
    }
  return sums;
}

/* Of the threads that are there at the end: one that ended had nothing to do before that. */
static double
sum_growth (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer path, value;
  double growth = 0;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const double *start = g_hash_table_lookup (before, path);

      growth += *(double *) value - (start != NULL ? *start : 0);
    }
  return growth;
}

static void
print_idle (GArray *pids, gint64 seconds)
{
  static const char *const switches[] = { "\nvoluntary_ctxt_switches:",
                                          "\nnonvoluntary_ctxt_switches:", NULL };
  static const char *const writes[] = { "\nwrite_bytes:", NULL };
  g_autoptr (GHashTable) switched = read_threads (pids, "status", switches);
  g_autoptr (GHashTable) written = read_threads (pids, "io", writes);
  g_autoptr (GHashTable) switched_then = NULL;
  g_autoptr (GHashTable) written_then = NULL;

  g_usleep (seconds * G_USEC_PER_SEC);
  switched_then = read_threads (pids, "status", switches);
  written_then = read_threads (pids, "io", writes);
  g_print (",\"switches\":%.0f,\"written_bytes\":%.0f", sum_growth (switched, switched_then),
           sum_growth (written, written_then));
}

int
main (int argc, char *argv[])
{
  const char *idle = g_getenv ("ASSAY_MEASURE_IDLE");
  Display *display = XOpenDisplay (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (GPid));
  Window window = None;
  gint64 started;
  gint64 mapped = 0;
  gint64 content = 0;
  double cpu;
  GPid pid;

  if (argc < 2 || display == NULL)
    {
      g_printerr ("usage: measure-start PROGRAM [ARGUMENT…], with a display\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);

  started = g_get_monotonic_time ();
  process =
      g_subprocess_newv ((const char *const *) argv + 1, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  if (process == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  pid = atoi (g_subprocess_get_identifier (process));

  while (content == 0 && g_get_monotonic_time () - started < DEADLINE_US)
    {
      /* Looked for anew each time: the window manager may have put a frame around it. */
      window = find_window (display);
      if (window != None && mapped == 0)
        mapped = g_get_monotonic_time ();
      if (window != None && has_content (display, window))
        content = g_get_monotonic_time ();
      else
        g_usleep (1000);
    }
  if (content == 0)
    {
      g_printerr ("%s showed nothing\n", argv[1]);
      g_subprocess_force_exit (process);
      return 1;
    }
  list_tree (pid, pids);
  cpu = cpu_ms (pids);
  g_usleep (QUIET_US);
  g_array_set_size (pids, 0);
  list_tree (pid, pids);
  g_print ("{\"mapped_ms\":%.1f,\"content_ms\":%.1f,\"cpu_ms\":%.0f,\"pss_mb\":%.1f",
           (mapped - started) / 1000.0, (content - started) / 1000.0, cpu, pss_mb (pids));
  if (idle != NULL)
    print_idle (pids, g_ascii_strtoll (idle, NULL, 10));
  g_print ("}\n");
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  return 0;
}
