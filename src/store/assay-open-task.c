/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-task-private.h"

G_DEFINE_FINAL_TYPE (AssayOpenTask, assay_open_task, G_TYPE_OBJECT)

static void
assay_open_task_dispose (GObject *object)
{
  AssayOpenTask *self = ASSAY_OPEN_TASK (object);

  g_clear_object (&self->judgement);
  g_clear_object (&self->guideline);
  g_clear_object (&self->project);
  g_clear_object (&self->task);
  g_clear_pointer (&self->lease, assay_lease_free);

  G_OBJECT_CLASS (assay_open_task_parent_class)->dispose (object);
}

static void
assay_open_task_class_init (AssayOpenTaskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_open_task_dispose;
}

static void
assay_open_task_init (AssayOpenTask *self)
{
}

gint64
assay_open_task_get_row (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), 0);
  return self->row;
}

AssayTask *
assay_open_task_get_task (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), NULL);
  return self->task;
}

AssayProject *
assay_open_task_get_project (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), NULL);
  return self->project;
}

AssayJudgement *
assay_open_task_get_judgement (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), NULL);
  return self->judgement;
}

AssayGuideline *
assay_open_task_get_guideline (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), NULL);
  return self->guideline;
}

gsize
assay_open_task_get_n_bytes (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), 0);
  return self->n_bytes;
}

AssayTaskState
assay_open_task_get_state (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), ASSAY_TASK_READY);
  return self->state;
}

const AssayLease *
assay_open_task_get_lease (AssayOpenTask *self)
{
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (self), NULL);
  return self->lease;
}
