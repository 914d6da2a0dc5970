/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>

#include "headless-fixture.h"

void
headless_result_clear (Result *result)
{
  g_free (result->out);
  g_free (result->err);
}

void
headless_set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("assay-headless-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->profile = g_build_filename (fixture->folder, "profile", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
headless_tear_down (Fixture *fixture, gconstpointer user_data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->profile);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **finished = user_data;

  *finished = g_object_ref (result);
}

/* AddressSanitizer remarks on fibers, once for each process. */
static void
drop_remark (char *err)
{
  char *remark = strstr (err, "WARNING: ASan doesn't fully support makecontext");
  char *end;

  if (remark == NULL)
    return;
  end = strchr (remark, '\n');
  while (remark > err && remark[-1] != '\n')
    remark--;
  memmove (remark, end + 1, strlen (end + 1) + 1);
}

/* Runs the program in the fixture's folder, while this process goes on answering. */
Result
headless_run (Fixture *fixture, const char *first, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDERR_PIPE | (fixture->out == NULL ? G_SUBPROCESS_FLAGS_STDOUT_PIPE : 0));
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Result result = { 0 };
  g_autoptr (GAsyncResult) finished = NULL;
  va_list args;

  g_ptr_array_add (arguments,
                   g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "src", "assay", NULL));
  va_start (args, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (args, const char *))
    g_ptr_array_add (arguments, g_strdup (argument));
  va_end (args);
  g_ptr_array_add (arguments, NULL);

  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "ASSAY_PROFILE", fixture->profile, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS",
                                fixture->bus != NULL ? fixture->bus : "disabled:", TRUE);
  if (fixture->locale != NULL)
    g_subprocess_launcher_setenv (launcher, "LC_ALL", fixture->locale, TRUE);
  if (fixture->out != NULL)
    g_subprocess_launcher_take_stdout_fd (launcher, g_open (fixture->out, O_WRONLY | O_CLOEXEC));
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);

  g_subprocess_communicate_utf8_async (process, NULL, NULL, finished_cb, &finished);
  while (finished == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_communicate_utf8_finish (process, finished, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);
  drop_remark (result.err);
  g_test_message ("status %d", result.status);
  if (*result.err != '\0')
    g_test_message ("%s", result.err);
  return result;
}

char *
headless_write_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

char *
headless_read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

gboolean
headless_exists (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}
