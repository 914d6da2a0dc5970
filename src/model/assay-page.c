/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-page.h"

struct _AssayPage
{
  GObject parent_instance;

  GPtrArray *projects;
  GPtrArray *guidelines;
  GPtrArray *tasks;
  GPtrArray *leases;
  GPtrArray *submissions;
  GPtrArray *feedback;
  char *cursor; /* (nullable) */
  gboolean more;
  gboolean whole;
  guint n_unreadable;
};

G_DEFINE_FINAL_TYPE (AssayPage, assay_page, G_TYPE_OBJECT)

static void
page_task_free (gpointer data)
{
  AssayPageTask *task = data;

  g_free (task->project);
  g_clear_object (&task->task);
  assay_lease_free (task->lease);
  g_free (task);
}

static void
page_guideline_free (gpointer data)
{
  AssayPageGuideline *guideline = data;

  g_free (guideline->project);
  g_clear_object (&guideline->guideline);
  g_free (guideline->summary_of_changes);
  g_free (guideline);
}

static void
page_submission_free (gpointer data)
{
  AssayPageSubmission *submission = data;

  g_free (submission->submission);
  g_free (submission->state);
  g_free (submission);
}

static void
lease_free (gpointer data)
{
  assay_lease_free (data);
}

static void
assay_page_finalize (GObject *object)
{
  AssayPage *self = ASSAY_PAGE (object);

  g_ptr_array_unref (self->projects);
  g_ptr_array_unref (self->guidelines);
  g_ptr_array_unref (self->tasks);
  g_ptr_array_unref (self->leases);
  g_ptr_array_unref (self->submissions);
  g_ptr_array_unref (self->feedback);
  g_free (self->cursor);

  G_OBJECT_CLASS (assay_page_parent_class)->finalize (object);
}

static void
assay_page_class_init (AssayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_page_finalize;
}

static void
assay_page_init (AssayPage *self)
{
  self->projects = g_ptr_array_new_with_free_func (g_object_unref);
  self->guidelines = g_ptr_array_new_with_free_func (page_guideline_free);
  self->tasks = g_ptr_array_new_with_free_func (page_task_free);
  self->leases = g_ptr_array_new_with_free_func (lease_free);
  self->submissions = g_ptr_array_new_with_free_func (page_submission_free);
  self->feedback = g_ptr_array_new_with_free_func (g_object_unref);
}

AssayPage *
assay_page_new (void)
{
  return g_object_new (ASSAY_TYPE_PAGE, NULL);
}

GPtrArray *
assay_page_get_projects (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->projects;
}

GPtrArray *
assay_page_get_guidelines (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->guidelines;
}

GPtrArray *
assay_page_get_tasks (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->tasks;
}

GPtrArray *
assay_page_get_leases (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->leases;
}

GPtrArray *
assay_page_get_submissions (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->submissions;
}

GPtrArray *
assay_page_get_feedback (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->feedback;
}

void
assay_page_add_task (AssayPage *self, const char *project, AssayTask *task, AssayLease *lease)
{
  AssayPageTask *entry;

  g_return_if_fail (ASSAY_IS_PAGE (self));
  g_return_if_fail (project != NULL);
  g_return_if_fail (ASSAY_IS_TASK (task));

  entry = g_new0 (AssayPageTask, 1);
  entry->project = g_strdup (project);
  entry->task = g_object_ref (task);
  entry->lease = lease != NULL ? assay_lease_copy (lease) : NULL;
  g_ptr_array_add (self->tasks, entry);
}

AssayPageGuideline *
assay_page_add_guideline (AssayPage *self, const char *project, AssayGuideline *guideline)
{
  AssayPageGuideline *entry;

  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);
  g_return_val_if_fail (ASSAY_IS_GUIDELINE (guideline), NULL);

  entry = g_new0 (AssayPageGuideline, 1);
  entry->project = g_strdup (project);
  entry->guideline = g_object_ref (guideline);
  g_ptr_array_add (self->guidelines, entry);
  return entry;
}

void
assay_page_add_submission (AssayPage *self, const char *submission, const char *state)
{
  AssayPageSubmission *entry;

  g_return_if_fail (ASSAY_IS_PAGE (self));
  g_return_if_fail (submission != NULL);
  g_return_if_fail (state != NULL);

  entry = g_new0 (AssayPageSubmission, 1);
  entry->submission = g_strdup (submission);
  entry->state = g_strdup (state);
  g_ptr_array_add (self->submissions, entry);
}

const char *
assay_page_get_cursor (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), NULL);

  return self->cursor;
}

void
assay_page_set_cursor (AssayPage *self, const char *cursor)
{
  g_return_if_fail (ASSAY_IS_PAGE (self));

  g_set_str (&self->cursor, cursor);
}

gboolean
assay_page_get_more (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), FALSE);

  return self->more;
}

void
assay_page_set_more (AssayPage *self, gboolean more)
{
  g_return_if_fail (ASSAY_IS_PAGE (self));

  self->more = more;
}

gboolean
assay_page_get_whole (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), FALSE);

  return self->whole;
}

void
assay_page_set_whole (AssayPage *self, gboolean whole)
{
  g_return_if_fail (ASSAY_IS_PAGE (self));

  self->whole = whole;
}

guint
assay_page_get_n_unreadable (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), 0);

  return self->n_unreadable;
}

void
assay_page_set_n_unreadable (AssayPage *self, guint n_unreadable)
{
  g_return_if_fail (ASSAY_IS_PAGE (self));

  self->n_unreadable = n_unreadable;
}

gboolean
assay_page_is_empty (AssayPage *self)
{
  g_return_val_if_fail (ASSAY_IS_PAGE (self), TRUE);

  return self->projects->len == 0 && self->guidelines->len == 0 && self->tasks->len == 0
         && self->leases->len == 0 && self->submissions->len == 0 && self->feedback->len == 0;
}
