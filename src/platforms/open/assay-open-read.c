/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-read.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"

#define MAX_RENEWALS 1000000

static JsonObject *
require_node (JsonNode *node, GError **error)
{
  JsonObject *object = assay_json_node_object (node);

  if (object == NULL)
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."), "/");
  return object;
}

/* An id as the contract has it: a text, and not without end. */
static const char *
require_id (JsonObject *object, const char *member, GError **error)
{
  const char *id = assay_json_require_string (object, member, "", error);

  if (id == NULL)
    return NULL;
  if (*id == '\0' || strlen (id) > ASSAY_LIMIT_NAME_BYTES)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("/%s is empty or too long."), member);
      return NULL;
    }
  return id;
}

gboolean
assay_open_read_ref (JsonObject *object, const char *member, const char **id, int *version)
{
  JsonObject *ref;
  gint64 number;

  g_return_val_if_fail (object != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);
  g_return_val_if_fail (id != NULL && version != NULL, FALSE);

  ref = assay_json_get_object (object, member);
  *id = ref != NULL ? assay_json_get_string (ref, "id") : NULL;
  if (*id == NULL || **id == '\0' || strlen (*id) > ASSAY_LIMIT_NAME_BYTES)
    return FALSE;
  number = assay_json_get_int (ref, "version", 0);
  if (number < 1 || number > G_MAXINT)
    return FALSE;
  *version = (int) number;
  return TRUE;
}

/* A moment by the platform's clock as one by ours, in microseconds; 0 stays what it is. */
static gint64
shift (gint64 milliseconds, gint64 skew_us)
{
  if (milliseconds == 0)
    return 0;
  milliseconds = CLAMP (milliseconds, -G_MAXINT64 / 4000, G_MAXINT64 / 4000);
  return MAX (milliseconds * 1000 - CLAMP (skew_us, -G_MAXINT64 / 4, G_MAXINT64 / 4), 1);
}

AssayLease *
assay_open_read_lease (JsonNode *node, gint64 skew_us, GError **error)
{
  g_autoptr (AssayLease) self = NULL;
  JsonObject *object = require_node (node, error);
  const char *id = object != NULL ? require_id (object, "id", error) : NULL;
  const char *state = id != NULL ? assay_json_require_string (object, "state", "", error) : NULL;
  const char *form;
  gint64 granted = 0;
  gint64 expires = 0;
  gint64 renewals = 0;

  if (state == NULL)
    return NULL;
  self = assay_lease_new (id);
  if (!assay_lease_state_from_string (state, &self->state))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("/%s is not one that is known."), "state");
      return NULL;
    }
  if (!assay_json_read_time (object, "granted_at", "", &granted, error)
      || !assay_json_read_time (object, "expires_at", "", &expires, error)
      || !assay_json_read_int (object, "renewals_left", "", 0, MAX_RENEWALS, &renewals, error))
    return NULL;
  self->granted_at = shift (granted, skew_us);
  self->expires_at = shift (expires, skew_us);
  self->renewals_left = (guint) renewals;
  self->training = g_strcmp0 (assay_json_get_string (object, "kind"), "training") == 0;
  if (assay_open_read_ref (object, "form", &form, &self->form_version))
    self->form = g_strdup (form);
  self->submission = g_strdup (assay_json_get_string (object, "submission_id"));
  return g_steal_pointer (&self);
}

/* What the lease says of the task's terms holds, whatever the task says itself. */
static void
add_terms (JsonObject *task, JsonObject *lease, const char *account)
{
  JsonNode *pay = json_object_get_member (lease, "pay");
  const char *id;
  int version;

  /* A known answer would spoil the judgement, and it is never ours to know beforehand. */
  json_object_remove_member (task, "gold");
  if (pay != NULL && assay_json_node_object (pay) != NULL)
    json_object_set_member (task, "pay", assay_json_copy (pay));
  if (!assay_json_has (task, "deadline_at") && assay_json_has (lease, "deadline_at"))
    json_object_set_member (task, "deadline_at",
                            assay_json_copy (json_object_get_member (lease, "deadline_at")));
  json_object_remove_member (task, "guideline");
  if (assay_open_read_ref (lease, "guideline", &id, &version))
    {
      g_autoptr (JsonNode) ref = assay_json_copy (json_object_get_member (lease, "guideline"));
      g_autofree char *own_id = assay_guideline_make_id (account, id);

      json_object_set_string_member (assay_json_node_object (ref), "id", own_id);
      json_object_set_member (task, "guideline", g_steal_pointer (&ref));
    }
}

AssayTask *
assay_open_read_task (JsonNode *lease, const char *account, AssayForm *form, GError **error)
{
  JsonObject *object = require_node (lease, error);
  g_autoptr (JsonNode) task = NULL;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_FORM (form), NULL);

  if (object == NULL || assay_json_require_object (object, "task", "", error) == NULL)
    return NULL;
  task = assay_json_copy (json_object_get_member (object, "task"));
  add_terms (assay_json_node_object (task), object, account);
  return assay_task_new_take_json (g_steal_pointer (&task), form, error);
}

AssayProject *
assay_open_read_project (JsonNode *node, const char *account, GError **error)
{
  JsonObject *object = require_node (node, error);
  const char *id = object != NULL ? require_id (object, "id", error) : NULL;
  g_autofree char *title = NULL;
  g_autoptr (JsonNode) terms = NULL;
  AssayProject *self;

  g_return_val_if_fail (account != NULL, NULL);

  if (id == NULL)
    return NULL;
  title = assay_json_dup_label (assay_json_get_string (object, "title"));
  self = assay_project_new (account, id, title != NULL && *title != '\0' ? title : id);
  terms = assay_json_copy (node);
  assay_project_set_terms (self, assay_json_node_object (terms));
  return self;
}

AssayGuideline *
assay_open_read_guideline (JsonNode *node, const char *account, const char *body, GError **error)
{
  JsonObject *object = require_node (node, error);
  const char *id = object != NULL ? require_id (object, "id", error) : NULL;
  g_autofree char *own_id = NULL;
  g_autofree char *title = NULL;
  gint64 version = 0;

  g_return_val_if_fail (account != NULL, NULL);

  if (id == NULL || !assay_json_read_int (object, "version", "", 1, G_MAXINT, &version, error))
    return NULL;
  if (body == NULL)
    body = assay_json_require_string (object, "body", "", error);
  if (body == NULL)
    return NULL;
  if (version == 0 || strlen (body) > ASSAY_LIMIT_DOCUMENT_BYTES)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("/%s is empty or too long."), version == 0 ? "version" : "body");
      return NULL;
    }
  own_id = assay_guideline_make_id (account, id);
  title = assay_json_dup_label (assay_json_get_string (object, "title"));
  return assay_guideline_new (own_id, (int) version, title != NULL ? title : id, body);
}

gboolean
assay_open_read_list (JsonNode *node, AssayOpenList *list)
{
  JsonObject *object = node != NULL ? assay_json_node_object (node) : NULL;

  g_return_val_if_fail (list != NULL, FALSE);

  *list = (AssayOpenList) { 0 };
  if (object == NULL)
    return FALSE;
  list->items = assay_json_get_array (object, "items");
  list->next = assay_json_get_string (object, "next");
  if (list->next != NULL && (*list->next == '\0' || strlen (list->next) > ASSAY_LIMIT_NAME_BYTES))
    return FALSE;
  list->more = assay_json_get_boolean (object, "more", FALSE);
  return list->items != NULL;
}

gboolean
assay_open_read_change (JsonNode *node, AssayOpenChange *change)
{
  JsonObject *object = assay_json_node_object (node);

  g_return_val_if_fail (change != NULL, FALSE);

  *change = (AssayOpenChange) { 0 };
  if (object == NULL)
    return FALSE;
  change->type = assay_json_get_string (object, "type");
  change->id = assay_json_get_string (object, "id");
  change->deleted = assay_json_get_boolean (object, "deleted", FALSE);
  return change->type != NULL && change->id != NULL && *change->id != '\0'
         && strlen (change->id) <= ASSAY_LIMIT_NAME_BYTES;
}
