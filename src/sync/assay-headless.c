/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-headless.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "assay-command.h"
#include "assay-store-error.h"

/* Asks the bus itself: short, or the bus is not well. */
#define BUS_TIMEOUT_MS 5000

typedef struct
{
  AssayCommand *command;      /* (owned) */
  AssayCommandOutput *output; /* (owned) */
  GMainLoop *loop;            /* (owned) (nullable) */
  AssayExit status;
  gboolean busy;
  /* Of another process that asked. */
  GApplication *application;             /* (owned) (nullable) */
  GApplicationCommandLine *command_line; /* (owned) (nullable) */
} Run;

static Run *
run_new (AssayCommand *command)
{
  Run *run = g_new0 (Run, 1);

  run->command = command;
  run->output = assay_command_output_new ();
  run->status = ASSAY_EXIT_FILE;
  return run;
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->command, assay_command_free);
  g_clear_pointer (&run->output, assay_command_output_free);
  g_clear_pointer (&run->loop, g_main_loop_unref);
  g_clear_object (&run->application);
  g_clear_object (&run->command_line);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

/* The bytes as they are: g_print () would turn into question marks what the locale has no letters
 * for, and scripts often run without a locale. */
static void
print (const AssayCommandOutput *output)
{
  fputs (output->err->str, stderr);
  fputs (output->out->str, stdout);
  fflush (stdout);
}

static int
complain_and_leave (const char *message)
{
  g_autoptr (AssayCommandOutput) output = assay_command_output_new ();

  assay_command_output_complain (output, message);
  g_string_append (output->err, _ ("“assay --help” says more.\n"));
  print (output);
  return ASSAY_EXIT_USAGE;
}

/* Here */

static DexFuture *
run_fiber (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (assay_command_needs_store (run->command))
    {
      g_autofree char *folder = assay_store_dup_default_folder ();

      store = dex_await_object (assay_store_open (folder), &error);
      if (store == NULL)
        {
          run->busy = g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_BUSY);
          run->status = assay_command_explain (error, run->output);
          return dex_future_new_true ();
        }
    }
  run->status = dex_await_int (assay_command_run (run->command, store, run->output), NULL);
  if (store != NULL && !dex_await (assay_store_close (store), &error))
    {
      AssayExit status = assay_command_explain (error, run->output);

      if (run->status == ASSAY_EXIT_OK)
        run->status = status;
    }
  return dex_future_new_true ();
}

static DexFuture *
quit_cb (DexFuture *future, gpointer user_data)
{
  Run *run = user_data;

  g_main_loop_quit (run->loop);
  return NULL;
}

/* In the window's process */

/* A bus may activate the program for a name that nobody has, and that would be a second window on a
 * profile that is in use. */
static gboolean
is_on_bus (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", ASSAY_APP_ID), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS, NULL, NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* FALSE if nobody can be asked. What it prints there comes out here. */
static gboolean
forward (int argc, char **argv, int *status)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GApplication) application = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autofree char *folder = assay_store_dup_default_folder ();
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *profile = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL || !is_on_bus (bus))
    return FALSE;

  /* The window may stand on another profile than the one that is busy. */
  profile = g_strconcat ("--for-profile=", whole, NULL);
  g_strv_builder_add (builder, argv[0]);
  g_strv_builder_add (builder, profile);
  for (int i = 1; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  arguments = g_strv_builder_end (builder);

  application = g_application_new (ASSAY_APP_ID,
                                   G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_IS_LAUNCHER);
  if (!g_application_register (application, NULL, NULL))
    return FALSE;
  *status = g_application_run (application, (int) g_strv_length (arguments), arguments);
  return TRUE;
}

static gboolean
is_for_store (const AssayCommand *command, AssayStore *store)
{
  g_autofree char *folder = g_canonicalize_filename (assay_store_get_folder (store), NULL);

  return g_strcmp0 (command->profile, folder) == 0;
}

static void
answer (Run *run)
{
  if (run->output->err->len > 0)
    g_application_command_line_printerr_literal (run->command_line, run->output->err->str);
  if (run->output->out->len > 0)
    g_application_command_line_print_literal (run->command_line, run->output->out->str);
  g_application_command_line_set_exit_status (run->command_line, run->status);
  g_application_command_line_done (run->command_line);
  g_application_release (run->application);
}

static DexFuture *
answer_cb (DexFuture *future, gpointer user_data)
{
  Run *run = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL && G_VALUE_HOLDS_INT (value))
    run->status = g_value_get_int (value);
  answer (run);
  return NULL;
}

gboolean
assay_headless_is_meant (int argc, char **argv)
{
  return argc > 1 && assay_command_is_meant ((const char *const *) argv);
}

int
assay_headless_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  AssayCommand *command = assay_command_parse ((const char *const *) argv, NULL, &error);
  g_autoptr (Run) run = NULL;
  int status;

  if (command == NULL)
    return complain_and_leave (error->message);

  run = run_new (command);
  run->loop = g_main_loop_new (NULL, FALSE);
  dex_future_disown (
      dex_future_finally (dex_scheduler_spawn (NULL, 0, run_fiber, run, NULL), quit_cb, run, NULL));
  g_main_loop_run (run->loop);

  if (run->busy && forward (argc, argv, &status))
    return status;
  if (run->busy)
    g_string_append (
        run->output->err,
        _ ("Close the window and try again, or set ASSAY_PROFILE to another folder.\n"));
  print (run->output);
  return run->status;
}

void
assay_headless_answer (GApplication *application,
                       GApplicationCommandLine *command_line,
                       AssayStore *store)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  AssayCommand *command;
  Run *run;

  g_return_if_fail (G_IS_APPLICATION (application));
  g_return_if_fail (G_IS_APPLICATION_COMMAND_LINE (command_line));

  arguments = g_application_command_line_get_arguments (command_line, NULL);
  command = assay_command_parse ((const char *const *) arguments,
                                 g_application_command_line_get_cwd (command_line), &error);
  run = run_new (command);
  run->application = g_object_ref (application);
  run->command_line = g_object_ref (command_line);
  g_application_hold (application);

  if (command == NULL)
    {
      run->status = assay_command_explain (error, run->output);
    }
  else if (assay_command_needs_store (command) && (store == NULL || !is_for_store (command, store)))
    {
      run->status = ASSAY_EXIT_BUSY;
      assay_command_output_complain (run->output,
                                     store == NULL
                                         ? _ ("The window has no profile open at the moment.")
                                         : _ ("Another process holds the profile."));
    }
  else
    {
      dex_future_disown (dex_future_finally (assay_command_run (command, store, run->output),
                                             answer_cb, run, run_free));
      return;
    }
  answer (run);
  run_free (run);
}
