/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json.h"
#include "assay-model-error.h"
#include "assay-task-private.h"

#define TITLE_CHARACTERS 80

G_DEFINE_FINAL_TYPE (AssayTask, assay_task, G_TYPE_OBJECT)

static void
assay_task_finalize (GObject *object)
{
  AssayTask *self = ASSAY_TASK (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->content_warning, g_strfreev);
  g_clear_object (&self->form);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->source, json_node_unref);

  G_OBJECT_CLASS (assay_task_parent_class)->finalize (object);
}

static void
assay_task_class_init (AssayTaskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_task_finalize;
}

static void
assay_task_init (AssayTask *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->responses = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Takes @node. */
static AssayTask *
new_task (JsonNode *node, AssayForm *form, GError **error)
{
  g_autoptr (AssayTask) self = g_object_new (ASSAY_TYPE_TASK, NULL);
  JsonObject *object;

  g_set_object (&self->form, form);
  self->source = node;
  object = assay_json_node_object (self->source);
  if (object == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s is not an object."),
                   "/");
      return NULL;
    }
  if (!_assay_task_load (self, object, error))
    return NULL;
  json_node_seal (self->source);
  return g_steal_pointer (&self);
}

AssayTask *
assay_task_new_from_json (JsonNode *node, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);

  return new_task (assay_json_copy (node), NULL, error);
}

AssayTask *
assay_task_new_with_form (JsonNode *node, AssayForm *form, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_FORM (form), NULL);

  return new_task (assay_json_copy (node), form, error);
}

AssayTask *
assay_task_new_take_json (JsonNode *node, AssayForm *form, GError **error)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_FORM (form), NULL);

  return new_task (node, form, error);
}

JsonNode *
assay_task_to_json (AssayTask *self)
{
  JsonNode *node;

  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  node = assay_json_copy (self->source);
  json_object_set_member (assay_json_node_object (node), "form", assay_form_to_json (self->form));
  return node;
}

char *
assay_task_to_string_without_form (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return assay_json_to_string (self->source);
}

JsonObject *
assay_task_get_source (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return assay_json_node_object (self->source);
}

const char *
assay_task_get_id (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->id;
}

const char *
assay_task_get_external_id (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->external_id;
}

const char *
assay_task_get_kind (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->kind;
}

const char *
assay_task_get_title (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->title;
}

const char *
assay_task_get_language (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->language;
}

AssayDirection
assay_task_get_direction (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), ASSAY_DIRECTION_AUTO);

  return self->direction;
}

int
assay_task_get_priority (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->priority;
}

gint64
assay_task_get_deadline_ms (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->deadline_ms;
}

gint64
assay_task_get_claim_expires_ms (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->claim_expires_ms;
}

guint
assay_task_get_est_minutes (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->est_minutes;
}

AssayPayModel
assay_task_get_pay (AssayTask *self, gint64 *amount_minor, const char **currency)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), ASSAY_PAY_NONE);

  if (amount_minor != NULL)
    *amount_minor = self->pay_amount_minor;
  if (currency != NULL)
    *currency = self->pay_currency;
  return self->pay_model;
}

const char *
assay_task_get_guideline_id (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->guideline_id;
}

int
assay_task_get_guideline_version (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->guideline_version;
}

AssayPastePolicy
assay_task_get_paste_policy (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), ASSAY_PASTE_FORBIDDEN);

  return self->paste;
}

AssayExportPolicy
assay_task_get_export_policy (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), ASSAY_EXPORT_FORBIDDEN);

  return self->export;
}

gboolean
assay_task_get_offline_allowed (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), FALSE);

  return self->offline_allowed;
}

gboolean
assay_task_get_reveal_models (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), FALSE);

  return self->reveal_models;
}

gboolean
assay_task_get_allow_skip (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), TRUE);

  return self->allow_skip;
}

const char *const *
assay_task_get_content_warning (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return (const char *const *) self->content_warning;
}

AssayForm *
assay_task_get_form (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->form;
}

guint
assay_task_get_n_documents (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->documents->len;
}

AssayDocument *
assay_task_get_document (AssayTask *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);
  g_return_val_if_fail (index < self->documents->len, NULL);

  return self->documents->pdata[index];
}

AssayDocument *
assay_task_find_document (AssayTask *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->documents->len; i++)
    if (g_str_equal (assay_document_get_id (self->documents->pdata[i]), id))
      return self->documents->pdata[i];
  return NULL;
}

guint
assay_task_get_n_responses (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), 0);

  return self->responses->len;
}

AssayDocument *
assay_task_get_response (AssayTask *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);
  g_return_val_if_fail (index < self->responses->len, NULL);

  return self->responses->pdata[index];
}

AssayDocument *
assay_task_find_response (AssayTask *self, const char *response_id)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);
  g_return_val_if_fail (response_id != NULL, NULL);

  for (guint i = 0; i < self->responses->len; i++)
    if (g_str_equal (assay_document_get_key (self->responses->pdata[i]), response_id))
      return self->responses->pdata[i];
  return NULL;
}

const char *
assay_task_get_prompt_text (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), "");

  return self->prompt;
}

JsonObject *
assay_task_get_gold (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->gold;
}

const char *
assay_task_get_digest (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);

  return self->digest;
}

char *
assay_task_make_title (const char *text)
{
  g_autoptr (GString) title = g_string_new (NULL);
  guint length = 0;
  gboolean space = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  /* The marks of a heading or a quotation say nothing. */
  while (*text != '\0'
         && (g_unichar_isspace (g_utf8_get_char (text)) || *text == '#' || *text == '>'))
    text = g_utf8_next_char (text);

  for (const char *p = text; *p != '\0' && *p != '\n' && *p != '\r' && length <= TITLE_CHARACTERS;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = length > 0;
          continue;
        }
      if (space)
        g_string_append_c (title, ' ');
      g_string_append_unichar (title, c);
      length += space ? 2 : 1;
      space = FALSE;
    }
  if (length > TITLE_CHARACTERS)
    {
      const char *end = g_utf8_offset_to_pointer (title->str, TITLE_CHARACTERS - 1);
      const char *earliest = g_utf8_offset_to_pointer (title->str, TITLE_CHARACTERS * 3 / 4);
      const char *gap = g_strrstr_len (title->str, end - title->str, " ");

      g_string_truncate (title, (gsize) ((gap != NULL && gap > earliest ? gap : end) - title->str));
      g_string_append (title, "…");
    }
  return g_string_free_and_steal (g_steal_pointer (&title));
}

gboolean
assay_task_get_forgotten (AssayTask *self)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), FALSE);

  return self->forgotten;
}

/* Names and places of things, and no text of a person or a model. */
static gboolean
is_kept (const char *name, JsonNode *node)
{
  static const char *const names[] = { "id",    "external_id", "kind",      "language",
                                       "model", "currency",    "guideline", NULL };

  return g_strv_contains (names, name)
         || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING);
}

static void
keep_names (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!is_kept (l->data, json_object_get_member (object, l->data)))
      json_object_remove_member (object, l->data);
}

void
assay_task_forget_texts (JsonObject *task)
{
  g_autoptr (JsonNode) responses = NULL;
  JsonArray *array;

  g_return_if_fail (task != NULL);

  if (json_object_has_member (task, "responses"))
    responses = assay_json_copy (json_object_get_member (task, "responses"));
  keep_names (task);
  array = responses != NULL ? assay_json_node_array (responses) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *response = assay_json_node_object (json_array_get_element (array, i));

      if (response == NULL)
        continue;
      keep_names (response);
      json_object_set_string_member (response, "content", "");
    }
  if (array != NULL)
    json_object_set_member (task, "responses", g_steal_pointer (&responses));
  json_object_set_string_member (task, "prompt", "");
  json_object_set_boolean_member (task, ASSAY_TASK_MEMBER_FORGOTTEN, TRUE);
}
