/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-import-problem.h"

G_DEFINE_QUARK (assay - import - error - quark, assay_import_error)

AssayImportProblem *
assay_import_problem_new (const char *file,
                          guint64 line,
                          guint64 record,
                          const char *field,
                          const char *message)
{
  AssayImportProblem *self = g_new0 (AssayImportProblem, 1);

  self->file = g_strdup (file);
  self->line = line;
  self->record = record;
  self->field = g_strdup (field);
  self->message = g_strdup (message);
  return self;
}

void
assay_import_problem_free (AssayImportProblem *self)
{
  g_free (self->file);
  g_free (self->field);
  g_free (self->message);
  g_free (self->bytes_shown);
  g_free (self);
}

char *
assay_import_problem_describe_place (const AssayImportProblem *self)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->record > 0 && self->line > 0)
    /* Translators: A place in a file: the name of the file, then the number of the record in its
     * list, then the line. */
    place = g_strdup_printf (_ ("%s, record %" G_GUINT64_FORMAT " (line %" G_GUINT64_FORMAT ")"),
                             self->file, self->record, self->line);
  else if (self->line > 0)
    /* Translators: A place in a file: the name of the file and the line. */
    place = g_strdup_printf (_ ("%s, line %" G_GUINT64_FORMAT), self->file, self->line);
  else
    place = g_strdup (self->file);
  if (self->field == NULL)
    return g_steal_pointer (&place);
  /* Translators: A place in a file, and the name of the field there. */
  return g_strdup_printf (_ ("%s, field “%s”"), place, self->field);
}
