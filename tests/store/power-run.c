/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault-vfs.h"
#include "power-disk.h"
#include "power-run.h"

#define VICTIM "--victim"

/* Above every version that there is. */
#define ANY_VERSION 1000

gboolean
power_victim_parse (PowerVictim *self, int argc, char *argv[])
{
  power_disk_skip_real_syncs ();
  if (argc != 7 || !g_str_equal (argv[1], VICTIM))
    return FALSE;
  self->role = argv[2];
  self->folder = argv[3];
  self->cuts = argv[4];
  self->seed = strtoul (argv[5], NULL, 10);
  self->gap = strtoul (argv[6], NULL, 10);
  dex_init ();
  return TRUE;
}

void
power_victim_begin (const PowerVictim *self)
{
  fault_vfs_install ();
  fault_vfs_set_watch (power_disk_operation);
  power_disk_start (self->folder, self->cuts, self->seed, self->gap);
}

void
power_victim_say (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (text, "\n", NULL);
  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize) strlen (line));
}

PowerRun *
power_run_new (guint32 seed)
{
  PowerRun *self = g_new0 (PowerRun, 1);

  self->folder = test_folder_new ();
  self->profile = test_folder_file (self->folder, "profile");
  self->cuts = test_folder_file (self->folder, "cuts");
  g_assert_no_errno (g_mkdir (self->profile, 0700));
  g_assert_no_errno (g_mkdir (self->cuts, 0700));
  self->seed = seed;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
power_run_free (PowerRun *self)
{
  if (self == NULL)
    return;
  test_folder_free (self->folder);
  g_free (self->profile);
  g_free (self->cuts);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
power_run_start (PowerRun *self, const char *role, guint gap)
{
  g_autofree char *seed_text = g_strdup_printf ("%u", self->seed);
  g_autofree char *gap_text = g_strdup_printf ("%u", gap);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) victim =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", VICTIM, role,
                        self->profile, self->cuts, seed_text, gap_text, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (victim));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &error)) != NULL)
    g_ptr_array_add (self->lines, line);
  g_assert_no_error (error);
  g_subprocess_wait_check (victim, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
check_cut (PowerRun *self, const char *path, guint n_said, PowerCheck check, gpointer user_data)
{
  PowerCut cut = { { (char *) path }, (const char *const *) self->lines->pdata, n_said };
  gboolean lost;

  cut.losses = g_string_new (NULL);
  check (&cut, user_data);
  lost = cut.losses->len > 0;
  if (lost)
    {
      g_autofree char *name = g_path_get_basename (path);
      const char *keep = g_getenv ("ASSAY_KEEP_CUTS");

      g_printerr ("# seed %u, %s:\n%s", self->seed, name, cut.losses->str);
      if (keep != NULL)
        {
          g_autofree char *target = g_strdup_printf ("%s/%u-%s", keep, self->seed, name);

          g_rename (path, target);
        }
    }
  g_string_free (cut.losses, TRUE);
  return lost;
}

guint
power_run_check (PowerRun *self, PowerCheck check, gpointer user_data, guint *n_lost)
{
  guint n_cuts = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = self->lines->pdata[i];
      g_autofree char *path = NULL;

      if (!g_str_has_prefix (line, "cut "))
        continue;
      path = g_build_filename (self->cuts, line + strlen ("cut "), NULL);
      *n_lost += check_cut (self, path, i, check, user_data);
      n_cuts++;
    }
  *n_lost += check_cut (self, self->profile, self->lines->len, check, user_data);
  return n_cuts;
}

void
power_cut_lose (PowerCut *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->losses, format, arguments);
  va_end (arguments);
  g_string_append_c (self->losses, '\n');
}

void
power_cut_check_sound (PowerCut *self)
{
  g_autofree char *path = test_folder_file (&self->folder, "assay.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayDatabase) database = NULL;
  g_autofree char *found = NULL;

  database = assay_database_open (path, FALSE, ANY_VERSION, &error);
  if (database != NULL)
    found = assay_database_check (database, TRUE, &error);
  if (g_strcmp0 (found, "ok") != 0)
    power_cut_lose (self, "the file is damaged: %s", found != NULL ? found : error->message);
}

TestStore *
power_cut_open (PowerCut *self, const AssayMigrations *migrations)
{
  TestStore *store = g_new0 (TestStore, 1);

  store->folder = &self->folder;
  store->store = test_await_object (_assay_store_open_with (
      self->folder.path, migrations != NULL ? migrations : assay_migrations_get_own ()));
  /* Requests would make it give way. */
  test_store_wait_for_upkeep (store);
  return store;
}

void
power_cut_close (TestStore *store)
{
  test_store_close (store);
  g_free (store);
}

gint64
power_cut_count (TestStore *store, const char *from, const char *format, ...)
{
  va_list arguments;
  g_autofree char *condition = NULL;
  g_autofree char *sql = NULL;

  va_start (arguments, format);
  condition = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", from, condition);
  return test_store_query_int (store, sql);
}
