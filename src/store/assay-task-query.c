/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-task-query.h"

G_DEFINE_BOXED_TYPE (AssayTaskQuery, assay_task_query, assay_task_query_copy, assay_task_query_free)

AssayTaskQuery *
assay_task_query_new (void)
{
  return g_new0 (AssayTaskQuery, 1);
}

AssayTaskQuery *
assay_task_query_copy (const AssayTaskQuery *self)
{
  AssayTaskQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->account = g_strdup (self->account);
  copy->kind = g_strdup (self->kind);
  copy->language = g_strdup (self->language);
  copy->text = g_strdup (self->text);
  return copy;
}

void
assay_task_query_free (AssayTaskQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->kind);
  g_free (self->language);
  g_free (self->text);
  g_free (self);
}

gboolean
assay_task_query_equal (const AssayTaskQuery *a, const AssayTaskQuery *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->project == b->project && a->states == b->states && a->sort == b->sort
         && g_strcmp0 (a->account, b->account) == 0 && g_strcmp0 (a->kind, b->kind) == 0
         && g_strcmp0 (a->language, b->language) == 0
         /* No text and an empty one are the same. */
         && g_strcmp0 (a->text != NULL ? a->text : "", b->text != NULL ? b->text : "") == 0;
}
