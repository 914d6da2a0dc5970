/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-headless.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "assay-batch-service.h"
#include "assay-batch.h"
#include "assay-store-error.h"

typedef struct
{
  const AssayBatch *batch;
  const char *profile;
  AssayBatchOutput *output;
  GMainLoop *loop;
  AssayExit status;
  gboolean busy;
} Run;

/* The bytes as they are: g_print () would turn into question marks what the locale has no letters
 * for, and scripts often run without a locale. */
static AssayExit
print (const AssayBatchOutput *output, AssayExit status)
{
  fputs (output->err->str, stderr);
  if (fputs (output->out->str, stdout) >= 0 && fflush (stdout) == 0)
    return status;
  /* What was asked for never arrived. */
  fprintf (stderr, _ ("assay: The result cannot be written to standard output: %s\n"),
           g_strerror (errno));
  return status == ASSAY_EXIT_OK ? ASSAY_EXIT_FILE : status;
}

static DexFuture *
run_fiber (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (assay_batch_needs_store (run->batch))
    {
      store = dex_await_object (assay_store_open (run->profile), &error);
      if (store == NULL)
        {
          run->busy = g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_BUSY);
          /* Whoever has the profile open may yet do it. */
          run->status = run->busy ? ASSAY_EXIT_BUSY : assay_batch_explain (error, run->output);
          return dex_future_new_true ();
        }
    }
  run->status = dex_await_int (assay_batch_run (run->batch, store, run->output), NULL);
  if (store != NULL && !dex_await (assay_store_close (store), &error))
    {
      AssayExit status = assay_batch_explain (error, run->output);

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

static void
hand_on (Run *run, char **argv)
{
  g_autofree char *message = NULL;
  int status;

  if (assay_batch_service_call ((const char *const *) argv, run->profile, run->output, &status))
    {
      run->status = status;
      return;
    }
  message = g_strdup_printf (
      /* Translators: the name of a folder. */
      _ ("Another Assay uses the profile “%s” and cannot be asked to do this."), run->profile);
  assay_batch_output_complain (run->output, message);
  g_string_append (run->output->err, _ ("Close it and try again, or set ASSAY_PROFILE to another "
                                        "folder.\n"));
}

gboolean
assay_headless_is_meant (int argc, char **argv)
{
  return argc > 1 && assay_batch_is_meant ((const char *const *) argv);
}

int
assay_headless_run (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (AssayBatchOutput) output = assay_batch_output_new ();
  g_autofree char *profile = assay_store_dup_default_folder ();
  g_autoptr (AssayBatch) batch = NULL;
  g_autoptr (GError) error = NULL;
  Run run = { .profile = profile, .output = output, .loop = loop, .status = ASSAY_EXIT_FILE };

  batch = assay_batch_parse ((const char *const *) argv, NULL, &error);
  if (batch == NULL)
    {
      run.status = assay_batch_explain (error, output);
      g_string_append (output->err, _ ("“assay --help” says more.\n"));
      return print (output, run.status);
    }

  run.batch = batch;
  dex_future_disown (dex_future_finally (dex_scheduler_spawn (NULL, 0, run_fiber, &run, NULL),
                                         quit_cb, &run, NULL));
  g_main_loop_run (loop);
  if (run.busy)
    hand_on (&run, argv);
  return print (output, run.status);
}
