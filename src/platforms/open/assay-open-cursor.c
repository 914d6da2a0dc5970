/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-cursor.h"

#include "assay-json-read.h"

static const char *const stage_names[] = { "projects", "leases", "feedback", "changes", "again" };
G_STATIC_ASSERT (G_N_ELEMENTS (stage_names) == ASSAY_OPEN_AGAIN + 1);

void
assay_open_cursor_free (AssayOpenCursor *self)
{
  if (self == NULL)
    return;
  g_free (self->run);
  g_free (self->at);
  g_free (self->at_url);
  g_free (self->changes);
  g_free (self->feedback);
  g_free (self);
}

static gboolean
find_stage (const char *name, AssayOpenStage *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (stage_names); i++)
    if (g_strcmp0 (name, stage_names[i]) == 0)
      {
        *stage = (AssayOpenStage) i;
        return TRUE;
      }
  return FALSE;
}

AssayOpenCursor *
assay_open_cursor_parse (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (AssayOpenCursor) self = NULL;
  JsonObject *object;

  g_return_val_if_fail (text != NULL, NULL);

  node = assay_json_parse (text, -1, NULL);
  object = node != NULL ? assay_json_node_object (node) : NULL;
  if (object == NULL)
    return NULL;
  self = g_new0 (AssayOpenCursor, 1);
  if (!find_stage (assay_json_get_string (object, "stage"), &self->stage))
    return NULL;
  self->run = g_strdup (assay_json_get_string (object, "run"));
  self->at = g_strdup (assay_json_get_string (object, "at"));
  self->at_url = g_strdup (assay_json_get_string (object, "at_url"));
  self->changes = g_strdup (assay_json_get_string (object, "changes"));
  self->feedback = g_strdup (assay_json_get_string (object, "feedback"));
  self->feedback_waits = assay_json_get_boolean (object, "feedback_waits", FALSE);
  self->changes_wait = assay_json_get_boolean (object, "changes_wait", FALSE);
  if (self->stage == ASSAY_OPEN_CHANGES && self->changes == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

char *
assay_open_cursor_to_string (const AssayOpenCursor *self)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  node = assay_json_object_node_new (object);
  set_string (object, "stage", stage_names[self->stage]);
  set_string (object, "run", self->run);
  set_string (object, "at", self->at);
  set_string (object, "at_url", self->at_url);
  set_string (object, "changes", self->changes);
  set_string (object, "feedback", self->feedback);
  if (self->feedback_waits)
    json_object_set_boolean_member (object, "feedback_waits", TRUE);
  if (self->changes_wait)
    json_object_set_boolean_member (object, "changes_wait", TRUE);
  return assay_json_to_string (node);
}

gboolean
assay_open_cursor_is_in_listing (const AssayOpenCursor *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->stage < ASSAY_OPEN_CHANGES;
}

void
assay_open_cursor_enter (AssayOpenCursor *self, AssayOpenStage stage)
{
  g_return_if_fail (self != NULL);

  self->stage = stage;
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->at_url, g_free);
}
