/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-bench.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#if ASSAY_FIXTURES

/* How often the main loop is asked whether it turns. */
#define TURN_MS 2
/* From here on each turn is written down by itself. */
#define LONG_TURN_US 16000

/* What a person does with the pointer, done by the frame clock: the same steps each time. */
typedef enum
{
  MOTION_SCROLL,
  MOTION_PAGE,
  MOTION_DRAG,
  MOTION_RESIZE,
} Motion;

#define SCROLL_PX 60
#define RESIZE_PX 8
#define MOTION_FRAMES 100

static const struct
{
  guint key; /* with Control and Alt */
  const char *name;
} motions[] = {
  [MOTION_SCROLL] = { GDK_KEY_s, "scroll" },
  [MOTION_PAGE] = { GDK_KEY_p, "page" },
  [MOTION_DRAG] = { GDK_KEY_d, "drag" },
  [MOTION_RESIZE] = { GDK_KEY_r, "resize" },
};

typedef struct
{
  GtkWindow *window;
  GArray *frames; /* of gint64: microseconds of work in each frame */
  GArray *keys;   /* of gint64: microseconds from a key to its frame */
  gint64 frame_started;
  gint64 key_pressed;
  gint64 last_turn;
  gint64 last_turn_cpu;
  gint64 longest_turn;        /* since the first frame; what is before it is the start */
  gint64 longest_typing_turn; /* since the first letter was typed */
  /* The same of what this thread computed: other programs on a busy machine are not in it. */
  gint64 longest_turn_cpu;
  gint64 longest_typing_turn_cpu;
  gboolean has_typed;
  guint turn_source;
  Motion motion;
  guint motion_frame;
  guint motion_began; /* in frames */
} Watch;

/* Where the lines go; NULL if nobody measures. */
static FILE *
get_output (void)
{
  static gboolean asked;
  static FILE *output;

  if (!asked)
    {
      const char *path = g_getenv ("ASSAY_BENCH");

      asked = TRUE;
      output = path != NULL ? g_fopen (path, "a") : NULL;
      if (output != NULL)
        setvbuf (output, NULL, _IOLBF, 0);
    }
  return output;
}

static gboolean
is_wanted (void)
{
  return get_output () != NULL;
}

static void
print_mark (const char *name)
{
  fprintf (get_output (), "{\"mark\":\"%s\",\"us\":%" G_GINT64_FORMAT "}\n", name,
           g_get_monotonic_time ());
}

void
assay_bench_mark (const char *name)
{
  static GHashTable *seen;

  if (!is_wanted ())
    return;
  if (seen == NULL)
    seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_str_has_suffix (name, "*") || g_hash_table_add (seen, (gpointer) g_intern_string (name)))
    print_mark (name);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *first = a;
  const gint64 *second = b;

  return (*first > *second) - (*first < *second);
}

static void
print_distribution (const char *name, GArray *times)
{
  if (times->len == 0)
    return;
  g_array_sort (times, compare_times);
  fprintf (get_output (),
           "{\"times\":\"%s\",\"n\":%u,\"median_us\":%" G_GINT64_FORMAT
           ",\"p95_us\":%" G_GINT64_FORMAT ",\"max_us\":%" G_GINT64_FORMAT "}\n",
           name, times->len, g_array_index (times, gint64, times->len / 2),
           g_array_index (times, gint64, times->len * 95 / 100),
           g_array_index (times, gint64, times->len - 1));
}

static gint64
get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  print_distribution ("frames", watch->frames);
  print_distribution ("keys", watch->keys);
  fprintf (get_output (),
           "{\"longest_turn_us\":%" G_GINT64_FORMAT ",\"longest_typing_turn_us\":%" G_GINT64_FORMAT
           ",\"longest_turn_cpu_us\":%" G_GINT64_FORMAT
           ",\"longest_typing_turn_cpu_us\":%" G_GINT64_FORMAT "}\n",
           watch->longest_turn, watch->longest_typing_turn, watch->longest_turn_cpu,
           watch->longest_typing_turn_cpu);
  g_clear_handle_id (&watch->turn_source, g_source_remove);
  g_array_unref (watch->frames);
  g_array_unref (watch->keys);
  g_free (watch);
}

static void
before_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Watch *watch = user_data;

  watch->frame_started = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = now - watch->frame_started;

  assay_bench_mark ("first-frame");
  if (watch->frames->len == 0)
    watch->last_turn = 0;
  g_array_append_val (watch->frames, work);
  if (watch->key_pressed != 0)
    {
      gint64 latency = now - watch->key_pressed;

      g_array_append_val (watch->keys, latency);
      watch->key_pressed = 0;
    }
}

static GtkAdjustment *
find_adjustment (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *scrolled =
      focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW) : NULL;

  return scrolled != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))
                          : NULL;
}

/* The outermost divider between what stands side by side. */
static GtkPaned *
find_divider (GtkWindow *window)
{
  GtkPaned *found = NULL;

  for (GtkWidget *widget = gtk_window_get_focus (window); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    if (GTK_IS_PANED (widget)
        && gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)) == GTK_ORIENTATION_HORIZONTAL)
      found = GTK_PANED (widget);
  return found;
}

/* There and back. */
static int
get_sign (guint frame)
{
  return frame < MOTION_FRAMES / 2 ? 1 : -1;
}

static void
scroll (GtkAdjustment *adjustment, Motion motion, guint frame)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double range = gtk_adjustment_get_upper (adjustment) - page;
  double value = gtk_adjustment_get_value (adjustment);

  if (motion == MOTION_DRAG)
    value = range * ((frame * 37) % MOTION_FRAMES) / MOTION_FRAMES;
  else
    value += get_sign (frame) * (motion == MOTION_PAGE ? page : SCROLL_PX);
  gtk_adjustment_set_value (adjustment, value);
}

static gboolean
move_cb (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  Watch *watch = user_data;
  GtkAdjustment *adjustment = find_adjustment (watch->window);
  GtkPaned *divider = find_divider (watch->window);

  if (watch->motion_frame == MOTION_FRAMES)
    {
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_vals (times, &g_array_index (watch->frames, gint64, watch->motion_began),
                           watch->frames->len - watch->motion_began);
      print_distribution (motions[watch->motion].name, times);
      assay_bench_mark ("moved*");
      return G_SOURCE_REMOVE;
    }
  if (watch->motion == MOTION_RESIZE && divider != NULL)
    gtk_paned_set_position (divider, gtk_paned_get_position (divider)
                                         - get_sign (watch->motion_frame) * RESIZE_PX);
  else if (watch->motion != MOTION_RESIZE && adjustment != NULL)
    scroll (adjustment, watch->motion, watch->motion_frame);
  watch->motion_frame++;
  return G_SOURCE_CONTINUE;
}

static gboolean
begins_motion (Watch *watch, guint keyval)
{
  for (guint i = 0; i < G_N_ELEMENTS (motions); i++)
    if (motions[i].key == keyval)
      {
        watch->motion = (Motion) i;
        watch->motion_frame = 0;
        watch->motion_began = watch->frames->len;
        gtk_widget_add_tick_callback (GTK_WIDGET (watch->window), move_cb, watch, NULL);
        return TRUE;
      }
  return FALSE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  Watch *watch = user_data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == (GDK_CONTROL_MASK | GDK_ALT_MASK) && begins_motion (watch, keyval))
    return GDK_EVENT_STOP;
  if (watch->key_pressed == 0)
    watch->key_pressed = g_get_monotonic_time ();
  if (modifiers == 0 && g_unichar_isgraph (gdk_keyval_to_unicode (keyval)))
    watch->has_typed = TRUE;
  return GDK_EVENT_PROPAGATE;
}

static gboolean
turn_cb (gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 cpu = get_thread_time ();

  if (watch->last_turn != 0 && watch->frames->len > 0)
    {
      gint64 turn = now - watch->last_turn;
      gint64 turn_cpu = cpu - watch->last_turn_cpu;

      watch->longest_turn = MAX (watch->longest_turn, turn);
      watch->longest_turn_cpu = MAX (watch->longest_turn_cpu, turn_cpu);
      if (turn > LONG_TURN_US)
        fprintf (get_output (),
                 "{\"turn_us\":%" G_GINT64_FORMAT ",\"us\":%" G_GINT64_FORMAT
                 ",\"cpu_us\":%" G_GINT64_FORMAT ",\"typing\":%s}\n",
                 turn, now, turn_cpu, watch->has_typed ? "true" : "false");
      if (watch->has_typed)
        {
          watch->longest_typing_turn = MAX (watch->longest_typing_turn, turn);
          watch->longest_typing_turn_cpu = MAX (watch->longest_typing_turn_cpu, turn_cpu);
        }
    }
  watch->last_turn_cpu = cpu;
  watch->last_turn = now;
  return G_SOURCE_CONTINUE;
}

/* Nobody waits for a window that is gone from the screen. */
static void
unmap_cb (GtkWidget *window, gpointer user_data)
{
  Watch *watch = user_data;

  g_clear_handle_id (&watch->turn_source, g_source_remove);
}

static void
realize_cb (GtkWidget *window, gpointer user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), user_data);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), user_data);
}

void
assay_bench_watch_window (GtkWindow *window)
{
  GtkEventController *controller;
  Watch *watch;

  if (!is_wanted ())
    return;
  watch = g_new0 (Watch, 1);
  watch->window = window;
  watch->frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch->turn_source = g_timeout_add_full (G_PRIORITY_HIGH, TURN_MS, turn_cb, watch, NULL);
  g_object_set_data_full (G_OBJECT (window), "assay-bench", watch, watch_free);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), watch);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), watch);
  g_signal_connect (window, "unmap", G_CALLBACK (unmap_cb), watch);
}

/* Of one kind, NULL for all. */
static guint
count_widgets (GtkWidget *top, const char *css_name)
{
  guint n = css_name == NULL || g_str_equal (gtk_widget_get_css_name (top), css_name);

  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child, css_name);
  return n;
}

typedef struct
{
  char *name;
  GtkWidget *window;    /* (owned) */
  GdkFrameClock *clock; /* (owned) */
  gulong handler;
} Painted;

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  Painted *painted = user_data;
  Watch *watch = g_object_get_data (G_OBJECT (painted->window), "assay-bench");
  gint64 began = g_get_monotonic_time ();
  gint64 began_cpu = get_thread_time ();

  assay_bench_mark (painted->name);
  fprintf (get_output (), "{\"widgets\":%u,\"rows\":%u}\n", count_widgets (painted->window, NULL),
           count_widgets (painted->window, "task-row"));
  /* What measuring takes is not the program's. */
  if (watch != NULL && watch->last_turn != 0)
    {
      watch->last_turn += g_get_monotonic_time () - began;
      watch->last_turn_cpu += get_thread_time () - began_cpu;
    }
  g_signal_handler_disconnect (clock, painted->handler);
  g_object_unref (painted->window);
  g_object_unref (painted->clock);
  g_free (painted->name);
  g_free (painted);
}

void
assay_bench_mark_painted (GtkWidget *widget, const char *name)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Painted *painted;

  if (!is_wanted () || clock == NULL)
    return;
  painted = g_new0 (Painted, 1);
  painted->name = g_strdup (name);
  painted->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (widget)));
  painted->clock = g_object_ref (clock);
  painted->handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), painted);
  gtk_widget_queue_draw (widget);
}

#else

void
assay_bench_mark (const char *name)
{
}

void
assay_bench_watch_window (GtkWindow *window)
{
}

void
assay_bench_mark_painted (GtkWidget *widget, const char *name)
{
}

#endif
