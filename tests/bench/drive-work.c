/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Works in a program as a person would and prints, as one JSON line, what the program measured of
 * itself meanwhile.
 *
 *   drive-work open-20k|type PROGRAM [ARGUMENT…]
 *
 * The program is Assay with a profile (ASSAY_PROFILE in the environment) whose first task is opened
 * with Return, or the reference program. Both go to the next task with Ctrl+Page Down and to the
 * field to type into with Ctrl+R. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "assay-driver.h"

#define N_OPENED 10
#define N_TYPED 240
#define KEYS_PER_SECOND 12

typedef struct
{
  const char *file;
  const char *mark;
  guint n;
} Marks;

static guint
count_marks (const char *file, const char *mark, GArray *times)
{
  g_autofree char *content = NULL;
  g_autofree char *prefix = g_strdup_printf ("{\"mark\":\"%s\",\"us\":", mark);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    return 0;
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], prefix))
        {
          gint64 time = g_ascii_strtoll (lines[i] + strlen (prefix), NULL, 10);

          n++;
          if (times != NULL)
            g_array_append_val (times, time);
        }
    }
  return n;
}

static gboolean
has_marks (AssayDriver *driver, gpointer user_data)
{
  Marks *marks = user_data;

  return count_marks (marks->file, marks->mark, NULL) >= marks->n;
}

static void
wait_for_marks (AssayDriver *driver, const char *file, const char *mark, guint n)
{
  Marks marks = { file, mark, n };

  assay_driver_wait (driver, mark, has_marks, &marks);
}

static void
print_opened (const char *file)
{
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) painted = g_array_new (FALSE, FALSE, sizeof (gint64));

  count_marks (file, "task-open*", opened);
  count_marks (file, "task-painted*", painted);
  g_print ("{\"painted_ms\":[");
  /* The first opening builds the page itself. */
  for (guint i = 1; i < MIN (opened->len, painted->len); i++)
    g_print ("%s%.2f", i > 1 ? "," : "",
             (g_array_index (painted, gint64, i) - g_array_index (opened, gint64, i)) / 1000.0);
  g_print ("]}\n");
}

static void
print_times (const char *file)
{
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  long long keys_p95 = 0;
  long long keys_median = 0;
  long long frames_p95 = 0;
  long long turn = 0;
  long long typing_turn = 0;

  if (!g_file_get_contents (file, &content, NULL, NULL))
    g_error ("the program measured nothing");
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      long long median;
      long long p95;

      if (sscanf (lines[i], "{\"times\":\"keys\",\"n\":%*u,\"median_us\":%lld,\"p95_us\":%lld",
                  &median, &p95)
          == 2)
        {
          keys_median = median;
          keys_p95 = p95;
        }
      else if (sscanf (lines[i],
                       "{\"times\":\"frames\",\"n\":%*u,\"median_us\":%*d,\"p95_us\":%lld", &p95)
               == 1)
        frames_p95 = p95;
      else
        sscanf (lines[i], "{\"longest_turn_us\":%lld,\"longest_typing_turn_us\":%lld", &turn,
                &typing_turn);
    }
  g_print ("{\"key_ms\":[%.2f],\"key_p95_ms\":[%.2f],\"frame_p95_ms\":[%.2f],"
           "\"longest_turn_ms\":[%.2f],\"longest_typing_turn_ms\":[%.2f]}\n",
           keys_median / 1000.0, keys_p95 / 1000.0, frames_p95 / 1000.0, turn / 1000.0,
           typing_turn / 1000.0);
}

/* At a person's pace: the next key is due by the clock, not after the last one was shown. */
static gboolean
type_cb (gpointer user_data)
{
  static const char text[] = "the first answer keeps to the budget and the second one does not. ";
  static guint n;
  char key[2] = { text[n % (sizeof text - 1)], '\0' };

  assay_driver_type (user_data, key);
  return ++n < N_TYPED;
}

static gboolean
is_typed (AssayDriver *driver, gpointer user_data)
{
  return g_main_context_find_source_by_id (NULL, *(guint *) user_data) == NULL;
}

int
main (int argc, char *argv[])
{
  g_autoptr (AssayDriver) driver = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "marks.jsonl", NULL);
  gboolean types;

  if (argc < 3)
    {
      g_printerr ("usage: drive-work open-20k|type PROGRAM [ARGUMENT…]\n");
      return 2;
    }
  types = g_str_equal (argv[1], "type");
  driver = assay_driver_new (argv[2], g_getenv ("ASSAY_PROFILE"));
  assay_driver_setenv (driver, "ASSAY_BENCH", file);
  assay_driver_spawn (driver, (const char *const *) argv + 3);
  wait_for_marks (driver, file, "first-frame", 1);

  if (g_getenv ("ASSAY_PROFILE") != NULL)
    {
      g_autoptr (AtspiAccessible) row = NULL;

      row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Reading task …");
      assay_driver_tab_to (driver, row);
      assay_driver_press (driver, "Return");
      wait_for_marks (driver, file, "task-painted*", 1);
    }
  for (guint i = 2; i <= (types ? 2 : N_OPENED + 1); i++)
    {
      assay_driver_press (driver, "<Control>Page_Down");
      wait_for_marks (driver, file, "task-painted*", i - (g_getenv ("ASSAY_PROFILE") == NULL));
    }
  if (types)
    {
      guint source;

      assay_driver_press (driver, "<Control>r");
      source = g_timeout_add (1000 / KEYS_PER_SECOND, type_cb, driver);
      while (!is_typed (driver, &source))
        g_main_context_iteration (NULL, TRUE);
    }
  assay_driver_quit (driver);
  if (types)
    print_times (file);
  else
    print_opened (file);
  g_unlink (file);
  g_rmdir (folder);
  return 0;
}
