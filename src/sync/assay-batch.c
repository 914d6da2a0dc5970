/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-batch.h"

#include <glib/gi18n.h>

#include "assay-batch-check.h"
#include "assay-importer.h"
#include "assay-store-error.h"
#include "assay-workspace.h"

typedef struct
{
  const AssayBatch *command;
  AssayStore *store; /* (owned) (nullable) */
  AssayBatchOutput *output;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->store);
  g_free (job);
}

/* A terminal obeys control characters, and titles and file names come from outside. */
static void
append_plain (GString *target, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c))
        g_string_append_printf (target, "\\u%04x", c);
      else
        g_string_append_unichar (target, c);
    }
}

void
assay_batch_append_line (GString *target, const char *text)
{
  g_return_if_fail (target != NULL);
  g_return_if_fail (text != NULL);

  append_plain (target, text);
  g_string_append_c (target, '\n');
}

static void G_GNUC_PRINTF (2, 3) append_format (GString *target, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  assay_batch_append_line (target, text);
}

static AssayExit
fail (Job *job, const GError *error)
{
  return assay_batch_explain (error, job->output);
}

static AssayExit
list_formats (AssayBatchOutput *output)
{
  for (guint i = 0; i < assay_export_format_get_n (); i++)
    {
      const AssayExportFormat *format = assay_export_format_get (i);

      append_format (output->out, "%-28s %s", format->id, assay_export_format_get_title (format));
      append_format (output->out, "%-28s %s", "", assay_export_format_get_description (format));
    }
  return ASSAY_EXIT_OK;
}

static AssayExit
list_presets (AssayBatchOutput *output)
{
  for (guint i = 0; i < assay_preset_get_n (); i++)
    {
      const AssayPreset *preset = assay_preset_get (i);

      append_format (output->out, "%-28s %s", preset->id, assay_preset_get_title (preset));
      append_format (output->out, "%-28s %s", "", assay_preset_get_description (preset));
    }
  return ASSAY_EXIT_OK;
}

/* One line each: account, title and number of tasks, with tabs between. */
static AssayExit
list_projects (Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = dex_await_boxed (assay_store_list_projects (job->store), &error);
  GString *out = job->output->out;

  if (projects == NULL)
    return fail (job, error);
  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *project = projects->pdata[i];

      append_plain (out, assay_project_get_account (project));
      g_string_append_c (out, '\t');
      append_plain (out, assay_project_get_title (project));
      g_string_append_printf (out, "\t%u\n", assay_project_get_n_tasks (project));
    }
  return ASSAY_EXIT_OK;
}

static void
list_problems (Job *job, AssayImporter *importer)
{
  GPtrArray *problems = assay_importer_get_problems (importer);
  guint64 n = assay_importer_get_n_problems (importer);
  GString *err = job->output->err;

  for (guint i = 0; i < problems->len; i++)
    {
      const AssayImportProblem *problem = problems->pdata[i];

      append_plain (err, problem->file);
      if (problem->line > 0)
        g_string_append_printf (err, ":%" G_GUINT64_FORMAT, problem->line);
      g_string_append (err, ": ");
      if (problem->field != NULL)
        {
          append_plain (err, problem->field);
          g_string_append (err, ": ");
        }
      assay_batch_append_line (err, problem->message);
    }
  if (n > problems->len)
    append_format (err,
                   ngettext ("… and %lu more problem.", "… and %lu more problems.",
                             (gulong) (n - problems->len)),
                   (gulong) (n - problems->len));
}

static AssayExit
import (Job *job)
{
  const AssayBatch *command = job->command;
  g_autoptr (AssayImporter) importer = assay_importer_new (command->files);
  g_autoptr (AssayImportMapping) detected = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (AssayImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) sentences = NULL;
  gulong n_tasks, n_problems;

  detected = dex_await_object (assay_importer_detect (importer), &error);
  if (detected != NULL)
    mapping = dex_await_object (assay_workspace_recall_mapping (job->store, detected), &error);
  if (mapping == NULL)
    {
      list_problems (job, importer);
      return fail (job, error);
    }
  if (command->preset != NULL)
    {
      g_autoptr (AssayForm) form = assay_preset_create_form (command->preset);

      assay_import_mapping_set_form (mapping, form);
    }
  if (command->project != NULL)
    assay_import_mapping_set_project_title (mapping, command->project);

  result = dex_await_boxed (assay_workspace_import (job->store, importer, mapping, NULL), &error);
  list_problems (job, importer);
  if (result == NULL)
    return fail (job, error);

  n_tasks = (gulong) assay_importer_get_n_tasks (importer);
  n_problems = (gulong) assay_importer_get_n_problems (importer);
  append_format (job->output->out,
                 /* Translators: a number and the name of a project. */
                 ngettext ("Imported %1$lu task into “%2$s”.", "Imported %1$lu tasks into “%2$s”.",
                           n_tasks),
                 n_tasks, assay_import_mapping_get_project_title (mapping));
  sentences = assay_import_result_describe (result);
  for (guint i = 0; sentences[i] != NULL; i++)
    assay_batch_append_line (job->output->out, sentences[i]);
  if (n_problems == 0)
    return ASSAY_EXIT_OK;
  append_format (job->output->err,
                 ngettext ("%lu record could not be read.", "%lu records could not be read.",
                           n_problems),
                 n_problems);
  return ASSAY_EXIT_PARTLY;
}

static gboolean
has_name (AssayProject *project, const char *name)
{
  g_autofree char *full = g_strconcat (assay_project_get_account (project), "/",
                                       assay_project_get_title (project), NULL);

  return g_strcmp0 (assay_project_get_title (project), name) == 0 || g_str_equal (full, name);
}

static AssayExit
find_project (Job *job, AssayProject **found)
{
  const char *name = job->command->project;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = dex_await_boxed (assay_store_list_projects (job->store), &error);
  g_autoptr (GPtrArray) matches = g_ptr_array_new ();

  if (projects == NULL)
    return fail (job, error);
  for (guint i = 0; i < projects->len; i++)
    if (has_name (projects->pdata[i], name))
      g_ptr_array_add (matches, projects->pdata[i]);

  if (matches->len == 1)
    {
      *found = g_object_ref (matches->pdata[0]);
      return ASSAY_EXIT_OK;
    }
  if (matches->len == 0)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("There is no project “%s”; --list-projects names them."), name);

      assay_batch_output_complain (job->output, message);
      return ASSAY_EXIT_NOT_FOUND;
    }
  {
    g_autofree char *message =
        g_strdup_printf (_ ("Several projects are called “%s”. Say which one:"), name);

    assay_batch_output_complain (job->output, message);
  }
  for (guint i = 0; i < matches->len; i++)
    append_format (job->output->err, "  %s/%s", assay_project_get_account (matches->pdata[i]),
                   assay_project_get_title (matches->pdata[i]));
  return ASSAY_EXIT_NOT_FOUND;
}

static AssayExit export (Job *job)
{
  const AssayBatch *command = job->command;
  g_autoptr (AssayProject) project = NULL;
  g_autoptr (AssayExporter) exporter = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) report = NULL;
  g_autofree char *name = NULL;
  AssayExit status = find_project (job, &project);
  gulong n_rows;

  if (status != ASSAY_EXIT_OK)
    return status;
  exporter = assay_exporter_new (command->format, command->output, project, &command->options);
  if (!dex_await (assay_workspace_export (job->store, project, exporter,
                                          command->options.with_drafts, NULL),
                  &error))
    return fail (job, error);

  report = assay_exporter_dup_report (exporter);
  for (guint i = 0; report[i] != NULL; i++)
    assay_batch_append_line (job->output->err, report[i]);
  name = g_file_get_parse_name (command->output);
  n_rows = (gulong) assay_exporter_get_n_rows (exporter);
  append_format (job->output->out,
                 /* Translators: a number and a file name. */
                 ngettext ("Wrote %1$lu row to “%2$s”.", "Wrote %1$lu rows to “%2$s”.", n_rows),
                 n_rows, name);
  if (n_rows > 0)
    return ASSAY_EXIT_OK;
  assay_batch_append_line (job->output->err,
                           _ ("No task of the project has a final judgement for this format."));
  return ASSAY_EXIT_PARTLY;
}

static AssayExit
run (Job *job)
{
  AssayBatchOutput *output = job->output;

  switch (job->command->kind)
    {
    case ASSAY_BATCH_HELP:
      {
        g_autofree char *help = assay_batch_make_help ();

        g_string_append (output->out, help);
        return ASSAY_EXIT_OK;
      }
    case ASSAY_BATCH_VERSION:
      g_string_append (output->out, "Assay " PACKAGE_VERSION "\n");
      return ASSAY_EXIT_OK;
    case ASSAY_BATCH_LIST_FORMATS:
      return list_formats (output);
    case ASSAY_BATCH_LIST_PRESETS:
      return list_presets (output);
    case ASSAY_BATCH_LIST_PROJECTS:
      return list_projects (job);
    case ASSAY_BATCH_IMPORT:
      return import (job);
    case ASSAY_BATCH_EXPORT:
      return export (job);
    case ASSAY_BATCH_CHECK_PLATFORM:
      return assay_batch_check_platform (job->command, output);
    default:
      g_assert_not_reached ();
    }
}

static DexFuture *
run_fiber (gpointer user_data)
{
  return dex_future_new_for_int (run (user_data));
}

AssayBatchOutput *
assay_batch_output_new (void)
{
  AssayBatchOutput *self = g_new0 (AssayBatchOutput, 1);

  self->out = g_string_new (NULL);
  self->err = g_string_new (NULL);
  return self;
}

void
assay_batch_output_free (AssayBatchOutput *self)
{
  g_string_free (self->out, TRUE);
  g_string_free (self->err, TRUE);
  g_free (self);
}

void
assay_batch_output_complain (AssayBatchOutput *self, const char *message)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL);

  g_string_append (self->err, "assay: ");
  assay_batch_append_line (self->err, message);
}

AssayExit
assay_batch_explain (const GError *error, AssayBatchOutput *output)
{
  g_return_val_if_fail (error != NULL, ASSAY_EXIT_FILE);
  g_return_val_if_fail (output != NULL, ASSAY_EXIT_FILE);

  assay_batch_output_complain (output, error->message);
  if (error->domain == G_OPTION_ERROR)
    return ASSAY_EXIT_USAGE;
  if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_BUSY))
    return ASSAY_EXIT_BUSY;
  if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND))
    return ASSAY_EXIT_NOT_FOUND;
  if (g_error_matches (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_FORBIDDEN)
      || g_error_matches (error, ASSAY_EXPORT_ERROR, ASSAY_EXPORT_ERROR_UNFIT))
    return ASSAY_EXIT_REFUSED;
  return ASSAY_EXIT_FILE;
}

DexFuture *
assay_batch_run (const AssayBatch *self, AssayStore *store, AssayBatchOutput *output)
{
  Job *job;

  dex_return_error_if_fail (self != NULL);
  dex_return_error_if_fail (output != NULL);
  dex_return_error_if_fail (store != NULL || !assay_batch_needs_store (self));

  job = g_new0 (Job, 1);
  job->command = self;
  job->output = output;
  g_set_object (&job->store, store);
  return dex_scheduler_spawn (NULL, 0, run_fiber, job, job_free);
}
