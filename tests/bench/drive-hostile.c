/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens one text in the program and prints, as one JSON line: milliseconds until it was shown, the
 * longest turn of the main loop until the program was quiet again, and by how much its memory (PSS)
 * grew.
 *
 *   drive-hostile PROGRAM
 *
 * The profile (ASSAY_PROFILE in the environment) has two tasks with the same number of texts, both
 * called "Reading task …"; the text is in the second. A figure of -1: not within a minute. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assay-driver.h"
#include "process-memory.h"

#define QUIET_SAMPLES 10
#define SAMPLE_US 100000
#define QUIET_MAX_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

typedef struct
{
  guint n_shown;
  gint64 last_shown_us;
  guint n_opened;
  gint64 last_opened_us;
} Marks;

typedef struct
{
  const char *file;
  guint n_shown;
} Wanted;

static Marks
read_marks (const char *file)
{
  Marks marks = { 0 };
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    return marks;
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      long long us;

      if (sscanf (lines[i], "{\"mark\":\"document-shown*\",\"us\":%lld}", &us) == 1)
        {
          marks.n_shown++;
          marks.last_shown_us = us;
        }
      else if (sscanf (lines[i], "{\"mark\":\"task-open*\",\"us\":%lld}", &us) == 1)
        {
          marks.n_opened++;
          marks.last_opened_us = us;
        }
    }
  return marks;
}

static gint64
read_longest_turn (const char *file, gint64 since_us)
{
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 longest = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    return 0;
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      long long turn, us;

      if (sscanf (lines[i], "{\"turn_us\":%lld,\"us\":%lld}", &turn, &us) == 2 && us > since_us)
        longest = MAX (longest, turn);
    }
  return longest;
}

static gboolean
is_shown (AssayDriver *driver, gpointer user_data)
{
  Wanted *wanted = user_data;

  return read_marks (wanted->file).n_shown >= wanted->n_shown;
}

static gint64
read_ticks (int process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", process);
  g_autofree char *content = NULL;
  const char *after;
  long long user = 0, system = 0;

  if (!g_file_get_contents (path, &content, NULL, NULL) || (after = strrchr (content, ')')) == NULL)
    return 0;
  sscanf (after, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld", &user, &system);
  return user + system;
}

/* Until the program has done nothing for a second. FALSE if it never stops. */
static gboolean
wait_for_quiet (int process)
{
  gint64 deadline = g_get_monotonic_time () + QUIET_MAX_US;
  gint64 last = -1;
  guint n_quiet = 0;

  while (n_quiet < QUIET_SAMPLES && g_get_monotonic_time () < deadline)
    {
      gint64 ticks = read_ticks (process);

      n_quiet = ticks - last <= 1 ? n_quiet + 1 : 0;
      last = ticks;
      g_usleep (SAMPLE_US);
    }
  return n_quiet >= QUIET_SAMPLES;
}

int
main (int argc, char *argv[])
{
  g_autoptr (AssayDriver) driver = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "marks.jsonl", NULL);
  g_autoptr (AtspiAccessible) row = NULL;
  Wanted wanted = { file, 1 };
  Marks marks;
  gboolean shown, quiet;
  gint64 turn;
  double before;
  int process;

  if (argc != 2)
    {
      g_printerr ("usage: drive-hostile PROGRAM\n");
      return 2;
    }
  driver = assay_driver_new (argv[1], g_getenv ("ASSAY_PROFILE"));
  assay_driver_setenv (driver, "ASSAY_BENCH", file);
  assay_driver_launch (driver, NULL, NULL);
  process = assay_driver_get_pid (driver);

  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Reading task …");
  assay_driver_tab_to (driver, row);
  assay_driver_press (driver, "Return");
  assay_driver_wait (driver, "the first text", is_shown, &wanted);
  wait_for_quiet (process);
  before = process_read_memory_mb (process, "Pss");

  wanted.n_shown = 2 * read_marks (file).n_shown;
  assay_driver_press (driver, "<Control>Page_Down");
  shown = assay_driver_try_wait (driver, is_shown, &wanted);
  quiet = shown && wait_for_quiet (process);
  marks = read_marks (file);
  turn = read_longest_turn (file, marks.last_opened_us);
  g_print ("{\"shown_ms\":[%.0f],\"turn_ms\":[%.0f],\"growth_mb\":[%.1f]}\n",
           shown ? (double) (marks.last_shown_us - marks.last_opened_us) / 1000.0 : -1.0,
           quiet ? (double) turn / 1000.0 : -1.0, process_read_memory_mb (process, "Pss") - before);

  assay_driver_kill (driver);
  g_unlink (file);
  g_rmdir (folder);
  return 0;
}
