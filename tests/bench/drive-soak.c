/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Works in the program for a long time as a person would, by keyboard: opens tasks, scrolls, finds,
 * looks at differences, answers, writes, takes notes, submits, takes back. Prints a JSON line now
 * and then with what the program holds, and at the end one with how fast that grows.
 *
 *   drive-soak PROGRAM MINUTES SEED
 *
 * The profile (ASSAY_PROFILE in the environment) has many tasks called "Reading task …". What is
 * held in the first sixth of the time is not counted as growth. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assay-driver.h"
#include "process-memory.h"

#define SAMPLE_US (5 * G_USEC_PER_SEC)
#define WARM_UP_SHARE 6
#define MAX_SCROLLS 6

typedef struct
{
  double minutes;
  double opened;
  double pss_mb;
  double private_mb;
  double descriptors;
  double threads;
  double wal_mb;
} Sample;

typedef struct
{
  AssayDriver *driver;
  GRand *dice;
  int process;
  gint64 began;
  gint64 length;
  gint64 next_sample;
  GArray *samples; /* of Sample */
  guint n_steps;
  guint n_opened;
  guint n_submitted;
  guint n_taken_back;
} Soak;

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
take_sample (Soak *self)
{
  g_autofree char *descriptors = g_strdup_printf ("/proc/%d/fd", self->process);
  g_autofree char *threads = g_strdup_printf ("/proc/%d/task", self->process);
  g_autofree char *wal =
      g_build_filename (assay_driver_get_profile (self->driver), "assay.db-wal", NULL);
  GStatBuf info;
  Sample sample = { 0 };

  if (!assay_driver_is_running (self->driver))
    g_error ("the program is gone");
  sample.minutes = (double) (g_get_monotonic_time () - self->began) / 60e6;
  sample.opened = self->n_opened;
  sample.pss_mb = process_read_memory_mb (self->process, "Pss");
  sample.private_mb = process_read_memory_mb (self->process, "Private_Dirty");
  sample.descriptors = count_entries (descriptors);
  sample.threads = count_entries (threads);
  sample.wal_mb = g_stat (wal, &info) == 0 ? (double) info.st_size / 1048576.0 : 0;
  g_array_append_val (self->samples, sample);
  g_print ("{\"minutes\":%.2f,\"steps\":%u,\"opened\":%u,\"submitted\":%u,\"pss_mb\":%.1f,"
           "\"private_mb\":%.1f,\"descriptors\":%.0f,\"threads\":%.0f,\"wal_mb\":%.2f}\n",
           sample.minutes, self->n_steps, self->n_opened, self->n_submitted, sample.pss_mb,
           sample.private_mb, sample.descriptors, sample.threads, sample.wal_mb);
}

typedef struct
{
  char *name; /* (owned) (nullable) */
  char *before;
} Title;

static gboolean
sees_task (AssayDriver *driver, gpointer user_data)
{
  Title *title = user_data;
  g_autoptr (AtspiAccessible) page =
      assay_driver_peek (driver, ATSPI_ROLE_GROUPING, "Reading task …");

  g_clear_pointer (&title->name, g_free);
  if (page != NULL)
    title->name = assay_driver_get_name (page);
  return title->name != NULL && g_strcmp0 (title->name, title->before) != 0;
}

static gboolean
sees_task_or_list (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) list = assay_driver_peek (driver, ATSPI_ROLE_LIST, "Tasks");

  return sees_task (driver, user_data) || list != NULL;
}

/* One key that leads to another task, or to the end of the list. */
static void
go (Soak *self, const char *key)
{
  Title title = { NULL, NULL };

  sees_task (self->driver, &title);
  title.before = g_steal_pointer (&title.name);
  assay_driver_press (self->driver, key);
  if (!assay_driver_try_wait (self->driver, sees_task_or_list, &title))
    g_error ("%s leads nowhere from %s", key, title.before);
  self->n_opened++;
  g_free (title.name);
  g_free (title.before);
}

/* The program has done what the keys before asked for when it answers. */
static void
settle (Soak *self)
{
  g_autoptr (AtspiAccessible) window = assay_driver_get_window (self->driver);
}

static void
press (Soak *self, const char *key, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      assay_driver_press (self->driver, key);
      settle (self);
    }
}

static void
type_words (Soak *self)
{
  static const char *const words[] = { "clear ",  "shorter ", "what ", "was ",
                                       "asked. ", "the ",     "@A ",   "wanders " };
  guint n = g_rand_int_range (self->dice, 1, 8);

  for (guint i = 0; i < n; i++)
    assay_driver_type (self->driver, words[g_rand_int_range (self->dice, 0, G_N_ELEMENTS (words))]);
  settle (self);
}

static void
scroll (Soak *self)
{
  assay_driver_press (self->driver, g_rand_boolean (self->dice) ? "<Control>1" : "<Control>2");
  press (self, g_rand_int_range (self->dice, 0, 4) > 0 ? "Page_Down" : "Page_Up",
         g_rand_int_range (self->dice, 1, MAX_SCROLLS));
}

static void
find (Soak *self)
{
  assay_driver_press (self->driver, "<Control>f");
  type_words (self);
  press (self, "<Control>g", g_rand_int_range (self->dice, 1, 4));
  press (self, "Escape", 1);
}

static void
compare (Soak *self)
{
  press (self, "<Control>d", 1);
  assay_driver_press (self->driver, "F6");
  press (self, "Page_Down", g_rand_int_range (self->dice, 1, 3));
  press (self, "<Control>d", 1);
}

/* From the rationale to the form, wherever the focus was. */
static void
go_to_form (Soak *self)
{
  assay_driver_press (self->driver, "<Control>r");
  press (self, "Escape", 1);
}

static void
answer (Soak *self)
{
  g_autofree char *key = g_strdup_printf ("%d", g_rand_int_range (self->dice, 1, 8));

  go_to_form (self);
  press (self, key, 1);
}

static void
write_rationale (Soak *self)
{
  assay_driver_press (self->driver, "<Control>r");
  assay_driver_press (self->driver, "<Control>End");
  type_words (self);
  if (g_rand_int_range (self->dice, 0, 3) == 0)
    press (self, "<Control>z", g_rand_int_range (self->dice, 1, 4));
}

static void
take_note (Soak *self)
{
  g_autoptr (AtspiAccessible) note = NULL;

  go_to_form (self);
  press (self, "f", 1);
  /* Space in the flags beside it would switch them. */
  note = assay_driver_peek (self->driver, ATSPI_ROLE_TEXT, "Private Note…");
  /* What was taken back may have opened another page meanwhile. */
  if (note == NULL)
    return;
  assay_driver_tab_to (self->driver, note);
  type_words (self);
  assay_driver_press (self->driver, "<Control>r");
  settle (self);
}

static gboolean
sees_answer_to_submit (AssayDriver *driver, gpointer user_data)
{
  g_autoptr (AtspiAccessible) problems = assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Hide");

  return sees_task_or_list (driver, user_data) || problems != NULL;
}

static void
submit (Soak *self)
{
  Title title = { NULL, NULL };
  gboolean is_submitted = TRUE;

  sees_task (self->driver, &title);
  title.before = g_steal_pointer (&title.name);
  assay_driver_press (self->driver, "<Control>r");
  assay_driver_press (self->driver, "<Control>End");
  /* As long as a rationale must be. */
  assay_driver_type (self->driver, " It says what was asked, in fewer words, with an example.");
  /* One in the middle would ask for more. */
  go_to_form (self);
  press (self, "2", 1);
  press (self, "<Control>Return", 1);
  assay_driver_wait (self->driver, "what a submission leads to", sees_answer_to_submit, &title);
  if (g_strcmp0 (title.name, title.before) == 0)
    {
      /* There is something to be looked at again; the second time it goes through. */
      press (self, "<Control>Return", 1);
      is_submitted = assay_driver_try_wait (self->driver, sees_task_or_list, &title);
    }
  self->n_opened += is_submitted;
  self->n_submitted += is_submitted;
  if (is_submitted && g_rand_boolean (self->dice))
    {
      press (self, "<Control>u", 1);
      self->n_taken_back++;
    }
  g_free (title.name);
  g_free (title.before);
}

/* But not from the first task of the list. */
static void
go_back (Soak *self)
{
  g_autoptr (AtspiAccessible) first = assay_driver_peek (self->driver, ATSPI_ROLE_LABEL, "1 of …");

  go (self, first == NULL ? "<Control>Page_Up" : "<Control>Page_Down");
}

static void
step (Soak *self)
{
  static const struct
  {
    int weight;
    void (*act) (Soak *self);
    const char *key;
  } steps[] = {
    { 25, NULL, "<Control>Page_Down" },
    { 10, go_back, NULL },
    { 20, scroll, NULL },
    { 8, find, NULL },
    { 8, compare, NULL },
    { 10, answer, NULL },
    { 10, write_rationale, NULL },
    { 5, take_note, NULL },
    { 4, submit, NULL },
  };
  int number = g_rand_int_range (self->dice, 0, 100);
  Title title = { NULL, NULL };

  /* Between two pages neither is there. */
  assay_driver_wait (self->driver, "a task or the list", sees_task_or_list, &title);
  self->n_steps++;
  /* The list is still there for a moment when a task has come. */
  if (title.name == NULL && !sees_task (self->driver, &title))
    {
      go (self, "Return");
      return;
    }
  g_clear_pointer (&title.name, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      number -= steps[i].weight;
      if (number >= 0)
        continue;
      if (steps[i].act != NULL)
        steps[i].act (self);
      else
        go (self, steps[i].key);
      return;
    }
}

/* Of a figure over another one, by least squares after warming up. */
static double
get_slope (Soak *self, gsize x_offset, gsize y_offset)
{
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;

  for (guint i = 0; i < self->samples->len; i++)
    {
      const Sample *sample = &g_array_index (self->samples, Sample, i);
      double x = G_STRUCT_MEMBER (double, sample, x_offset);
      double y = G_STRUCT_MEMBER (double, sample, y_offset);

      if (sample->minutes * 60e6 * WARM_UP_SHARE < (double) self->length)
        continue;
      n++;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
  return n * sxx - sx * sx > 0 ? (n * sxy - sx * sy) / (n * sxx - sx * sx) : 0;
}

#define SLOPE(self, x, y) get_slope (self, G_STRUCT_OFFSET (Sample, x), G_STRUCT_OFFSET (Sample, y))

int
main (int argc, char *argv[])
{
  g_autoptr (AtspiAccessible) row = NULL;
  Soak self = { 0 };

  if (argc != 4)
    {
      g_printerr ("usage: drive-soak PROGRAM MINUTES SEED\n");
      return 2;
    }
  self.driver = assay_driver_new (argv[1], g_getenv ("ASSAY_PROFILE"));
  self.dice = g_rand_new_with_seed (strtoul (argv[3], NULL, 10));
  self.samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  self.length = (gint64) (g_ascii_strtod (argv[2], NULL) * 60e6);

  assay_driver_launch (self.driver, NULL, NULL);
  self.process = assay_driver_get_pid (self.driver);
  row = assay_driver_find (self.driver, ATSPI_ROLE_LIST_ITEM, "Reading task …");
  assay_driver_tab_to (self.driver, row);
  self.began = g_get_monotonic_time ();
  while (g_get_monotonic_time () < self.began + self.length)
    {
      step (&self);
      if (g_get_monotonic_time () >= self.next_sample)
        {
          take_sample (&self);
          self.next_sample = g_get_monotonic_time () + SAMPLE_US;
        }
    }
  g_print ("{\"steps\":%u,\"opened\":%u,\"submitted\":%u,\"taken_back\":%u,"
           "\"pss_mb_per_hour\":%.2f,\"private_mb_per_hour\":%.2f,\"private_kb_per_task\":%.2f,"
           "\"descriptors_per_hour\":%.2f,\"threads_per_hour\":%.2f,\"wal_mb_per_hour\":%.2f}\n",
           self.n_steps, self.n_opened, self.n_submitted, self.n_taken_back,
           60 * SLOPE (&self, minutes, pss_mb), 60 * SLOPE (&self, minutes, private_mb),
           1024 * SLOPE (&self, opened, private_mb), 60 * SLOPE (&self, minutes, descriptors),
           60 * SLOPE (&self, minutes, threads), 60 * SLOPE (&self, minutes, wal_mb));

  assay_driver_quit (self.driver);
  g_array_unref (self.samples);
  g_rand_free (self.dice);
  assay_driver_free (self.driver);
  return 0;
}
