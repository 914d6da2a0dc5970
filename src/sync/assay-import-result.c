/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-result.h"

#include <glib/gi18n.h>

G_DEFINE_BOXED_TYPE (AssayImportResult,
                     assay_import_result,
                     assay_import_result_copy,
                     assay_import_result_free)

AssayImportResult *
assay_import_result_copy (const AssayImportResult *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
assay_import_result_free (AssayImportResult *self)
{
  g_free (self);
}

GStrv
assay_import_result_describe (const AssayImportResult *self)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_judgements > 0)
    g_strv_builder_take (
        sentences,
        g_strdup_printf (ngettext ("%u judgement came with its task. It counts as submitted and is "
                                   "not sent from here.",
                                   "%u judgements came with their tasks. They count as submitted "
                                   "and are not sent from here.",
                                   self->n_judgements),
                         self->n_judgements));
  if (self->n_drafts > 0)
    g_strv_builder_take (sentences, g_strdup_printf (ngettext ("%u draft came with its task.",
                                                               "%u drafts came with their tasks.",
                                                               self->n_drafts),
                                                     self->n_drafts));
  if (self->n_left_out > 0)
    g_strv_builder_take (
        sentences,
        g_strdup_printf (ngettext ("%u judgement was left out: there is a draft or a judgement of "
                                   "its task here, which stays.",
                                   "%u judgements were left out: there are drafts or judgements of "
                                   "their tasks here, which stay.",
                                   self->n_left_out),
                         self->n_left_out));
  return g_strv_builder_end (sentences);
}
