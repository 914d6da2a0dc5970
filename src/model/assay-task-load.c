/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-document-private.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-task-private.h"
#include "assay-tool-calls.h"

/* An AssayTask from its JSON. */

#define MAX_MINUTES 600
#define MAX_PRIORITY 9

/* A direction, a pay model or a policy that this version does not know. */
#define UNKNOWN_NAME (-1)

static int
find_name (const char *name, const char *const *names)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return UNKNOWN_NAME;
}

static gboolean
read_direction (JsonObject *object, const char *place, AssayDirection *direction, GError **error)
{
  static const char *const names[] = { "auto", "ltr", "rtl", NULL };
  const char *name = NULL;

  if (!assay_json_read_string (object, "direction", place, &name, error))
    return FALSE;
  if (name != NULL)
    {
      int found = find_name (name, names);

      *direction = found == UNKNOWN_NAME ? ASSAY_DIRECTION_AUTO : (AssayDirection) found;
    }
  return TRUE;
}

static gboolean
load_pay (AssayTask *self, JsonObject *task, GError **error)
{
  static const char *const models[] = { "none", "per_task", "hourly", NULL };
  JsonObject *pay = NULL;
  const char *model = NULL;

  if (!assay_json_read_object (task, "pay", "", &pay, error))
    return FALSE;
  if (pay == NULL)
    return TRUE;
  if (!assay_json_read_string (pay, "model", "/pay", &model, error)
      || !assay_json_read_int (pay, "amount_minor", "/pay", 0, G_MAXINT64, &self->pay_amount_minor,
                               error)
      || !assay_json_read_string (pay, "currency", "/pay", &self->pay_currency, error))
    return FALSE;
  if (model != NULL)
    {
      int found = find_name (model, models);

      self->pay_model = found == UNKNOWN_NAME ? ASSAY_PAY_NONE : (AssayPayModel) found;
    }
  return TRUE;
}

/* Where a policy says something that this version does not know, the strictest holds. */
static gboolean
read_policy (JsonObject *policy,
             const char *member,
             const char *const *names,
             int strictest,
             int *value,
             GError **error)
{
  const char *name = NULL;

  if (!assay_json_read_string (policy, member, "/policy", &name, error))
    return FALSE;
  if (name != NULL)
    {
      int found = find_name (name, names);

      *value = found == UNKNOWN_NAME ? strictest : found;
    }
  return TRUE;
}

static gboolean
load_policy (AssayTask *self, JsonObject *task, GError **error)
{
  static const char *const paste_names[] = { "allowed", "discouraged", "forbidden", NULL };
  static const char *const export_names[] = { "allowed", "own_words_only", "forbidden", NULL };
  static const char *const offline_names[] = { "forbidden", "allowed", NULL };
  static const char *const reveal_names[] = { "never", "after_submit", NULL };
  JsonObject *policy = NULL;
  int paste = ASSAY_PASTE_ALLOWED;
  int export = ASSAY_EXPORT_ALLOWED;
  int offline = TRUE;
  int reveal = FALSE;

  self->allow_skip = TRUE;
  if (!assay_json_read_object (task, "policy", "", &policy, error))
    return FALSE;
  if (policy != NULL
      && (!read_policy (policy, "paste", paste_names, ASSAY_PASTE_FORBIDDEN, &paste, error)
          || !read_policy (policy, "export", export_names, ASSAY_EXPORT_FORBIDDEN, &export, error)
          || !read_policy (policy, "offline", offline_names, FALSE, &offline, error)
          || !read_policy (policy, "reveal_models", reveal_names, FALSE, &reveal, error)
          || !assay_json_read_boolean (policy, "allow_skip", "/policy", &self->allow_skip, error)))
    return FALSE;
  self->paste = (AssayPastePolicy) paste;
  self->export = (AssayExportPolicy) export;
  self->offline_allowed = offline;
  self->reveal_models = reveal;
  return TRUE;
}

static gboolean
load_guideline (AssayTask *self, JsonObject *task, GError **error)
{
  JsonObject *guideline = NULL;

  if (!assay_json_read_object (task, "guideline", "", &guideline, error))
    return FALSE;
  if (guideline == NULL)
    return TRUE;
  if (!assay_json_read_id (guideline, "id", "/guideline", &self->guideline_id, error))
    return FALSE;
  if (assay_json_get_string (guideline, "version") != NULL)
    self->guideline_version =
        (int) CLAMP (g_ascii_strtoll (assay_json_get_string (guideline, "version"), NULL, 10), 0,
                     G_MAXINT);
  else
    {
      gint64 version = 0;

      if (!assay_json_read_int (guideline, "version", "/guideline", 0, G_MAXINT, &version, error))
        return FALSE;
      self->guideline_version = (int) version;
    }
  return TRUE;
}

static gboolean
load_terms (AssayTask *self, JsonObject *task, GError **error)
{
  gint64 priority = 0;
  gint64 minutes = 0;
  JsonArray *warnings = NULL;

  if (!assay_json_read_int (task, "priority", "", 0, MAX_PRIORITY, &priority, error)
      || !assay_json_read_int (task, "est_minutes", "", 1, MAX_MINUTES, &minutes, error)
      || !assay_json_read_time (task, "deadline_at", "", &self->deadline_ms, error)
      || !assay_json_read_time (task, "claim_expires_at", "", &self->claim_expires_ms, error)
      || !assay_json_read_array (task, "content_warning", "", &warnings, error)
      || !load_pay (self, task, error) || !load_policy (self, task, error)
      || !load_guideline (self, task, error)
      || !assay_json_read_object (task, "gold", "", &self->gold, error))
    return FALSE;
  self->priority = (int) priority;
  self->est_minutes = (guint) minutes;

  if (warnings != NULL && json_array_get_length (warnings) > 0)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint i = 0; i < json_array_get_length (warnings); i++)
        {
          const char *code = assay_json_node_string (json_array_get_element (warnings, i));

          if (code == NULL)
            {
              g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                           _ ("%s/%u is not a text."), "/content_warning", i);
              return FALSE;
            }
          g_strv_builder_add (builder, code);
        }
      self->content_warning = g_strv_builder_end (builder);
    }
  return TRUE;
}

static gboolean
add_document (AssayTask *self,
              AssayDocumentRole role,
              const char *key,
              JsonObject *object,
              const char *member,
              const char *place,
              GError **error)
{
  const char *text = "";
  g_autofree char *with_calls = NULL;
  const char *title = NULL;
  const char *speaker = NULL;
  const char *model = NULL;
  const char *language = self->language;
  AssayDirection direction = self->direction;
  AssayDocument *document;

  if (!assay_json_read_string (object, member, place, &text, error))
    return FALSE;
  /* A task itself is no message. */
  if (key != NULL && assay_tool_calls_exist (object))
    text = with_calls = assay_tool_calls_to_text (object, text);
  if (strlen (text) > ASSAY_LIMIT_DOCUMENT_BYTES)
    {
      /* Translators: the two %s make up a place in a file. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s/%s is longer than 8 MiB."), place, member);
      return FALSE;
    }
  if (key != NULL)
    {
      if (!assay_json_read_string (object, "title", place, &title, error)
          || !assay_json_read_string (object, "language", place, &language, error)
          || !read_direction (object, place, &direction, error))
        return FALSE;
      if (role == ASSAY_DOCUMENT_TURN
          && !assay_json_read_string (object, "role", place, &speaker, error))
        return FALSE;
      if (role == ASSAY_DOCUMENT_RESPONSE
          && !assay_json_read_string (object, "model", place, &model, error))
        return FALSE;
    }

  document = assay_document_new (role, key, text, title, speaker, model);
  assay_document_set_language (document, language, direction);
  g_ptr_array_add (self->documents, document);
  if (role == ASSAY_DOCUMENT_RESPONSE)
    g_ptr_array_add (self->responses, g_object_ref (document));
  return TRUE;
}

/* A list of texts; @role says how they are numbered. */
static gboolean
load_list (AssayTask *self,
           JsonObject *task,
           const char *member,
           AssayDocumentRole role,
           GError **error)
{
  g_autofree char *place = g_strconcat ("/", member, NULL);
  JsonArray *array = NULL;
  guint length;

  if (!assay_json_read_array (task, member, "", &array, error))
    return FALSE;
  length = array == NULL ? 0 : json_array_get_length (array);
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *here = g_strdup_printf ("%s/%u", place, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      const char *key = number;
      JsonObject *object = assay_json_require_element (array, i, place, error);
      JsonNode *content;

      if (object == NULL)
        return FALSE;
      if (role == ASSAY_DOCUMENT_RESPONSE)
        {
          key = assay_json_require_id (object, "id", here, error);
          if (key == NULL)
            return FALSE;
          if (assay_task_find_response (self, key) != NULL)
            {
              g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                           _ ("%s: the id “%s” is there twice."), place, key);
              return FALSE;
            }
        }
      else if (role != ASSAY_DOCUMENT_TURN && !assay_json_read_id (object, "id", here, &key, error))
        return FALSE;

      /* A turn that only calls a tool has no text; everything else has one. */
      content = json_object_get_member (object, "content");
      if (role != ASSAY_DOCUMENT_TURN && (content == NULL || JSON_NODE_HOLDS_NULL (content)))
        {
          g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING, _ ("%s/%s is missing."),
                       here, "content");
          return FALSE;
        }
      if (!add_document (self, role, key, object, "content", here, error))
        return FALSE;
    }
  return TRUE;
}

/* The last thing that the user said: the prompt where there is one, else a turn. */
static const char *
find_prompt (AssayTask *self)
{
  AssayDocument *prompt = assay_task_find_document (self, "prompt");

  if (prompt != NULL)
    return assay_document_get_text (prompt);
  for (guint i = self->documents->len; i > 0; i--)
    {
      AssayDocument *document = self->documents->pdata[i - 1];

      if (assay_document_get_role (document) == ASSAY_DOCUMENT_TURN
          && g_strcmp0 (assay_document_get_speaker (document), "user") == 0)
        return assay_document_get_text (document);
    }
  return "";
}

static gboolean
load_documents (AssayTask *self, JsonObject *task, GError **error)
{
  JsonArray *responses = NULL;

  if (!assay_json_read_array (task, "responses", "", &responses, error))
    return FALSE;
  if (responses != NULL && json_array_get_length (responses) > ASSAY_LIMIT_RESPONSES)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), "/responses", ASSAY_LIMIT_RESPONSES);
      return FALSE;
    }

  if (assay_json_has (task, "system")
      && !add_document (self, ASSAY_DOCUMENT_SYSTEM, NULL, task, "system", "", error))
    return FALSE;
  if (!load_list (self, task, "turns", ASSAY_DOCUMENT_TURN, error))
    return FALSE;
  /* A producer that gives both mostly repeats the last turn. */
  if (assay_json_has (task, "prompt")
      && g_strcmp0 (assay_json_get_string (task, "prompt"), find_prompt (self)) != 0
      && !add_document (self, ASSAY_DOCUMENT_PROMPT, NULL, task, "prompt", "", error))
    return FALSE;
  if (!load_list (self, task, "sources", ASSAY_DOCUMENT_SOURCE, error)
      || !load_list (self, task, "references", ASSAY_DOCUMENT_REFERENCE, error)
      || !load_list (self, task, "responses", ASSAY_DOCUMENT_RESPONSE, error))
    return FALSE;
  self->prompt = find_prompt (self);
  return TRUE;
}

static gboolean
load_form (AssayTask *self, JsonObject *task, GError **error)
{
  if (self->form == NULL)
    {
      if (assay_json_require_object (task, "form", "", error) == NULL)
        return FALSE;
      self->form = assay_form_new_from_json (json_object_get_member (task, "form"), "/form", error);
      if (self->form == NULL)
        return FALSE;
    }
  /* The form knows its own JSON; a second tree of it in each task would be the larger part of it.
   */
  json_object_set_null_member (task, "form");
  return TRUE;
}

static void
checksum_text (GChecksum *checksum, const char *text)
{
  /* With the terminating NUL, so that two texts cannot pass for one. */
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
}

static char *
make_digest (AssayTask *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->documents->len; i++)
    {
      AssayDocument *document = self->documents->pdata[i];

      checksum_text (checksum, assay_document_get_id (document));
      checksum_text (checksum, assay_document_get_speaker (document) == NULL
                                   ? ""
                                   : assay_document_get_speaker (document));
      checksum_text (checksum, assay_document_get_text (document));
    }
  checksum_text (checksum, assay_form_get_canonical_text (self->form));
  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
_assay_task_load (AssayTask *self, JsonObject *task, GError **error)
{
  const char *title = NULL;

  self->id = assay_json_require_id (task, "id", "", error);
  if (self->id == NULL || !assay_json_read_id (task, "external_id", "", &self->external_id, error)
      || !assay_json_read_string (task, "kind", "", &self->kind, error)
      || !assay_json_read_string (task, "title", "", &title, error)
      || !assay_json_read_string (task, "language", "", &self->language, error)
      || !assay_json_read_boolean (task, ASSAY_TASK_MEMBER_FORGOTTEN, "", &self->forgotten, error)
      || !read_direction (task, "", &self->direction, error) || !load_form (self, task, error)
      || !load_terms (self, task, error) || !load_documents (self, task, error))
    return FALSE;

  if (self->kind == NULL)
    self->kind = assay_form_get_kind (self->form);
  self->title = title != NULL ? assay_json_dup_label (title) : assay_task_make_title (self->prompt);
  if (*self->title == '\0')
    g_set_str (&self->title, self->id);
  self->digest = make_digest (self);
  return TRUE;
}
