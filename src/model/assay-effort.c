/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-effort.h"

#include "assay-json.h"

JsonNode *
assay_effort_to_json (const AssayEffort *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (object, "active_ms", self->active_ms);
  json_object_set_int_member (object, "idle_ms", self->idle_ms);
  json_object_set_int_member (object, "paused_ms", self->paused_ms);
  json_object_set_int_member (object, "lookup_ms", self->lookup_ms);
  json_object_set_int_member (object, "first_opened_at", self->first_opened_at);
  json_object_set_int_member (object, "submitted_at", self->submitted_at);
  json_object_set_int_member (object, "opens", self->opens);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

void
assay_effort_load_json (AssayEffort *self, JsonObject *object)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (object != NULL);

  self->active_ms = MAX (0, assay_json_get_int (object, "active_ms", 0));
  self->idle_ms = MAX (0, assay_json_get_int (object, "idle_ms", 0));
  self->paused_ms = MAX (0, assay_json_get_int (object, "paused_ms", 0));
  self->lookup_ms = MAX (0, assay_json_get_int (object, "lookup_ms", 0));
  self->first_opened_at = MAX (0, assay_json_get_int (object, "first_opened_at", 0));
  self->submitted_at = MAX (0, assay_json_get_int (object, "submitted_at", 0));
  self->opens = CLAMP (assay_json_get_int (object, "opens", 0), 0, G_MAXINT);
}
