/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-place.h"

#include "assay-practice.h"

struct _AssayPlace
{
  GObject parent_instance;

  AssayPlaceKind kind;
  AssayProject *project; /* (owned) (nullable) */
  AssayAccount *account; /* (owned) (nullable) */
  guint count;
};

G_DEFINE_FINAL_TYPE (AssayPlace, assay_place, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_COUNT,
  PROP_PROJECT,
  PROP_ACCOUNT,
} AssayPlaceProperty;

static GParamSpec *properties[PROP_ACCOUNT + 1];

static const struct
{
  const char *title;
  const char *icon_name;
  guint states;
} kinds[] = {
  [ASSAY_PLACE_READY] = { NC_ ("tasks", "Ready"), "assay-ready-symbolic", 1 << ASSAY_TASK_READY },
  [ASSAY_PLACE_STARTED] = { NC_ ("tasks", "Started"), "assay-started-symbolic",
                            1 << ASSAY_TASK_STARTED },
  [ASSAY_PLACE_TO_SEND] = { NC_ ("tasks", "To Send"), "assay-to-send-symbolic",
                            1 << ASSAY_TASK_QUEUED },
  [ASSAY_PLACE_SENT] = { NC_ ("tasks", "Sent"), "assay-sent-symbolic", 1 << ASSAY_TASK_SENT },
  [ASSAY_PLACE_RETURNED] = { NC_ ("tasks", "Returned"), "assay-returned-symbolic",
                             1 << ASSAY_TASK_RETURNED | 1 << ASSAY_TASK_REFUSED },
  [ASSAY_PLACE_PROJECT] = { NULL, "folder-symbolic", 0 },
  [ASSAY_PLACE_PRACTICE] = { N_ ("Practice"), "applications-science-symbolic", 0 },
  [ASSAY_PLACE_ACCOUNT] = { NULL, "network-server-symbolic", 0 },
};

static void
assay_place_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayPlace *self = ASSAY_PLACE (object);

  switch ((AssayPlaceProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, assay_place_get_title (self));
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_place_finalize (GObject *object)
{
  AssayPlace *self = ASSAY_PLACE (object);

  g_clear_object (&self->project);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (assay_place_parent_class)->finalize (object);
}

static void
assay_place_class_init (AssayPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_place_get_property;
  object_class->finalize = assay_place_finalize;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROJECT] = g_param_spec_object ("project", NULL, NULL, ASSAY_TYPE_PROJECT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, ASSAY_TYPE_ACCOUNT,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_place_init (AssayPlace *self)
{
}

AssayPlace *
assay_place_new (AssayPlaceKind kind)
{
  AssayPlace *self = g_object_new (ASSAY_TYPE_PLACE, NULL);

  self->kind = kind;
  return self;
}

AssayPlace *
assay_place_new_for_project (AssayProject *project)
{
  AssayPlace *self;

  g_return_val_if_fail (ASSAY_IS_PROJECT (project), NULL);

  self = assay_place_new (ASSAY_PLACE_PROJECT);
  self->project = g_object_ref (project);
  self->count = assay_project_get_n_tasks (project);
  return self;
}

AssayPlace *
assay_place_new_for_account (AssayAccount *account)
{
  AssayPlace *self;

  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);

  self = assay_place_new (ASSAY_PLACE_ACCOUNT);
  self->account = g_object_ref (account);
  return self;
}

AssayPlaceKind
assay_place_get_kind (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), ASSAY_PLACE_READY);

  return self->kind;
}

const char *
assay_place_get_title (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), NULL);

  if (self->project != NULL)
    return assay_project_get_title (self->project);
  if (self->kind == ASSAY_PLACE_ACCOUNT)
    return assay_account_get_title (self->account);
  if (self->kind == ASSAY_PLACE_PRACTICE)
    return _ (kinds[self->kind].title);
  return g_dpgettext2 (GETTEXT_PACKAGE, "tasks", kinds[self->kind].title);
}

const char *
assay_place_get_icon_name (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), NULL);

  return kinds[self->kind].icon_name;
}

guint
assay_place_get_count (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), 0);

  return self->count;
}

void
assay_place_set_count (AssayPlace *self, guint count)
{
  g_return_if_fail (ASSAY_IS_PLACE (self));

  if (self->count == count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

AssayProject *
assay_place_get_project (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), NULL);

  return self->project;
}

void
assay_place_set_project (AssayPlace *self, AssayProject *project)
{
  g_return_if_fail (ASSAY_IS_PLACE (self));
  g_return_if_fail (self->kind == ASSAY_PLACE_PROJECT);

  if (!g_set_object (&self->project, project))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

AssayAccount *
assay_place_get_account (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), NULL);

  return self->account;
}

void
assay_place_set_account (AssayPlace *self, AssayAccount *account)
{
  g_return_if_fail (ASSAY_IS_PLACE (self));
  g_return_if_fail (self->kind != ASSAY_PLACE_ACCOUNT || account != NULL);

  if (!g_set_object (&self->account, account))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
  if (self->kind == ASSAY_PLACE_ACCOUNT)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

guint
assay_place_get_states (AssayPlace *self)
{
  g_return_val_if_fail (ASSAY_IS_PLACE (self), 0);

  return kinds[self->kind].states;
}

AssayTaskQuery *
assay_place_create_query (AssayPlace *self)
{
  AssayTaskQuery *query;

  g_return_val_if_fail (ASSAY_IS_PLACE (self), NULL);

  query = assay_task_query_new ();
  query->states = kinds[self->kind].states;
  if (self->project != NULL)
    query->project = assay_project_get_id (self->project);
  else if (self->kind == ASSAY_PLACE_PRACTICE)
    query->account = g_strdup (ASSAY_PRACTICE_ACCOUNT);
  return query;
}
