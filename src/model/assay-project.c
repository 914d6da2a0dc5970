/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline.h"
#include "assay-json.h"
#include "assay-project.h"

struct _AssayProject
{
  GObject parent_instance;

  gint64 id;
  char *account;
  char *external_id;
  char *title;
  AssayForm *form;      /* (owned) (nullable) */
  JsonObject *settings; /* (owned) */
  JsonObject *terms;    /* (owned) (nullable) */
  guint n_tasks;
};

G_DEFINE_FINAL_TYPE (AssayProject, assay_project, G_TYPE_OBJECT)

static void
assay_project_finalize (GObject *object)
{
  AssayProject *self = ASSAY_PROJECT (object);

  g_clear_object (&self->form);
  g_clear_pointer (&self->settings, json_object_unref);
  g_clear_pointer (&self->terms, json_object_unref);
  g_free (self->account);
  g_free (self->external_id);
  g_free (self->title);

  G_OBJECT_CLASS (assay_project_parent_class)->finalize (object);
}

static void
assay_project_class_init (AssayProjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_project_finalize;
}

static void
assay_project_init (AssayProject *self)
{
  self->settings = json_object_new ();
}

AssayProject *
assay_project_new (const char *account, const char *external_id, const char *title)
{
  AssayProject *self;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (external_id != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_PROJECT, NULL);
  self->account = g_strdup (account);
  self->external_id = g_strdup (external_id);
  self->title = g_strdup (title);
  return self;
}

gint64
assay_project_get_id (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), 0);

  return self->id;
}

void
assay_project_set_id (AssayProject *self, gint64 id)
{
  g_return_if_fail (ASSAY_IS_PROJECT (self));

  self->id = id;
}

const char *
assay_project_get_account (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->account;
}

const char *
assay_project_get_external_id (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->external_id;
}

const char *
assay_project_get_title (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->title;
}

AssayForm *
assay_project_get_form (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->form;
}

void
assay_project_set_form (AssayProject *self, AssayForm *form)
{
  g_return_if_fail (ASSAY_IS_PROJECT (self));
  g_return_if_fail (form == NULL || ASSAY_IS_FORM (form));

  g_set_object (&self->form, form);
}

JsonObject *
assay_project_get_settings (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->settings;
}

void
assay_project_set_settings (AssayProject *self, JsonObject *settings)
{
  g_return_if_fail (ASSAY_IS_PROJECT (self));
  g_return_if_fail (settings != NULL);

  json_object_ref (settings);
  json_object_unref (self->settings);
  self->settings = settings;
}

JsonObject *
assay_project_get_terms (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);

  return self->terms;
}

void
assay_project_set_terms (AssayProject *self, JsonObject *terms)
{
  g_return_if_fail (ASSAY_IS_PROJECT (self));

  if (terms != NULL)
    json_object_ref (terms);
  g_clear_pointer (&self->terms, json_object_unref);
  self->terms = terms;
}

char *
assay_project_dup_guideline_id (AssayProject *self, int *version)
{
  JsonObject *guideline;
  const char *id;

  g_return_val_if_fail (ASSAY_IS_PROJECT (self), NULL);
  g_return_val_if_fail (version != NULL, NULL);

  guideline = assay_json_get_object (self->terms, "guideline");
  id = assay_json_get_string (guideline, "id");
  *version = (int) assay_json_get_int (guideline, "version", 0);
  return id != NULL ? assay_guideline_make_id (self->account, id) : NULL;
}

guint
assay_project_get_n_tasks (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), 0);

  return self->n_tasks;
}

void
assay_project_set_n_tasks (AssayProject *self, guint n_tasks)
{
  g_return_if_fail (ASSAY_IS_PROJECT (self));

  self->n_tasks = n_tasks;
}

gboolean
assay_project_get_spelling_allowed (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), TRUE);

  return self->settings == NULL || assay_json_get_boolean (self->settings, "spelling", TRUE);
}

gboolean
assay_project_get_refuses_paste (AssayProject *self)
{
  g_return_val_if_fail (ASSAY_IS_PROJECT (self), FALSE);

  return self->settings != NULL && assay_json_get_boolean (self->settings, "refuse_paste", FALSE);
}
