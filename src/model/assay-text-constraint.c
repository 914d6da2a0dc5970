/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-text-constraint.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"

void
assay_text_constraint_free (AssayTextConstraint *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->text);
  g_free (self->check);
  g_clear_pointer (&self->check_args, json_node_unref);
  g_free (self);
}

static gboolean
has_id (GPtrArray *constraints, const char *id)
{
  for (guint i = 0; i < constraints->len; i++)
    if (g_str_equal (((const AssayTextConstraint *) constraints->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
read_one (JsonArray *array, guint index, const char *place, GPtrArray *constraints, GError **error)
{
  g_autofree char *here = g_strdup_printf ("%s/%u", place, index);
  JsonObject *object = assay_json_require_element (array, index, place, error);
  const char *id = object == NULL ? NULL : assay_json_require_id (object, "id", here, error);
  const char *text = id == NULL ? NULL : assay_json_require_string (object, "text", here, error);
  const char *type = NULL;
  JsonObject *check = NULL;
  gboolean required = TRUE;
  AssayTextConstraint *constraint;

  if (text == NULL || !assay_json_read_boolean (object, "required", here, &required, error)
      || !assay_json_read_object (object, "check", here, &check, error)
      || (check != NULL && !assay_json_read_string (check, "type", here, &type, error)))
    return FALSE;
  if (has_id (constraints, id))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                   _ ("%s: the id “%s” is there twice."), place, id);
      return FALSE;
    }
  constraint = g_new0 (AssayTextConstraint, 1);
  constraint->id = g_strdup (id);
  constraint->text = g_strdup (text);
  constraint->required = required;
  constraint->check = g_strdup (type);
  if (type != NULL && assay_json_get_object (check, "args") != NULL)
    {
      constraint->check_args = assay_json_copy (json_object_get_member (check, "args"));
      json_node_seal (constraint->check_args);
    }
  g_ptr_array_add (constraints, constraint);
  return TRUE;
}

GPtrArray *
assay_text_constraints_read (JsonObject *settings,
                             const char *member,
                             const char *place,
                             GError **error)
{
  g_autoptr (GPtrArray) constraints =
      g_ptr_array_new_with_free_func ((GDestroyNotify) assay_text_constraint_free);
  g_autofree char *here = g_strdup_printf ("%s/%s", place, member);
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, member, place, &array, error))
    return NULL;
  if (array != NULL && json_array_get_length (array) > ASSAY_LIMIT_CHECKLIST_ITEMS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_CHECKLIST_ITEMS);
      return NULL;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_one (array, i, here, constraints, error))
      return NULL;
  return g_steal_pointer (&constraints);
}
