/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After a whole run with everything logged: the token is nowhere, and neither what was to be judged
 * nor what was written is anywhere but in the store and its copies. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-platform-server.h"
#include "store-fixture.h"

#define N_JUDGEMENTS "12"

typedef struct
{
  AssayPlatformServer *server;
  TestFolder *folder;
  char *profile;
  char *log;    /* where messages go, and what the evaluator says of its own work */
  char *errors; /* where warnings go */
  gboolean ended;
} Run;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  run->ended = TRUE;
}

static void
judge (Run *run)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  g_subprocess_launcher_set_stdout_file_path (launcher, run->log);
  g_subprocess_launcher_set_stderr_file_path (launcher, run->errors);
  process =
      g_subprocess_launcher_spawn (launcher, &error, g_getenv ("ASSAY_EVALUATOR"), run->profile,
                                   assay_platform_server_get_address (run->server),
                                   assay_platform_server_get_token (run->server), N_JUDGEMENTS,
                                   NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, ended_cb, run);
  while (!run->ended)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text))
         != NULL;
}

/* What a person made and what was to be judged may be there. */
static gboolean
is_of_store (const char *path)
{
  return strstr (path, "/assay.db") != NULL || strstr (path, "/spool/") != NULL
         || strstr (path, "/backup/") != NULL;
}

static void
check_file (Run *run, const char *path, guint *n_with_texts)
{
  /* Of the demonstration's responses, and of what the evaluator writes. */
  static const char *const texts[] = { "warm the pipe from the tap", "Mix 50 g of rye flour",
                                       "says what was asked for" };
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  if (holds (bytes, assay_platform_server_get_token (run->server)))
    g_error ("The token is in %s", path);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (holds (bytes, texts[i]))
      {
        *n_with_texts += 1;
        if (!is_of_store (path) && !(g_str_equal (path, run->log) && i == G_N_ELEMENTS (texts) - 1))
          g_error ("“%s” is in %s", texts[i], path);
      }
}

static void
check_folder (Run *run, const char *folder, guint *n_files, guint *n_with_texts)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_folder (run, path, n_files, n_with_texts);
      else
        {
          *n_files += 1;
          check_file (run, path, n_with_texts);
        }
    }
}

static void
test_secrets_stay (void)
{
  Run run = { 0 };
  g_autofree char *logged = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files = 0;
  guint n_with_texts = 0;

  run.folder = test_folder_new ();
  run.profile = test_folder_file (run.folder, "profile");
  run.log = test_folder_file (run.folder, "log");
  run.errors = test_folder_file (run.folder, "errors");
  run.server = assay_platform_server_new (NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_true (assay_platform_server_start (run.server, 0, &error));
  judge (&run);

  /* Where nothing is logged nothing can be seen. */
  g_file_get_contents (run.log, &logged, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (logged, "/submissions/"));
  check_folder (&run, run.folder->path, &n_files, &n_with_texts);
  /* Nor would this show anything if the texts were none that are ever kept. */
  g_assert_cmpuint (n_with_texts, >=, 2);
  g_print ("# %u files, %" G_GSIZE_FORMAT " bytes of log\n", n_files, strlen (logged));

  g_object_unref (run.server);
  g_free (run.log);
  g_free (run.errors);
  g_free (run.profile);
  test_folder_free (run.folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_test_add_func ("/faults/secrets-stay", test_secrets_stay);
  return g_test_run ();
}
