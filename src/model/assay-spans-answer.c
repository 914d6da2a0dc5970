/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-spans-answer.h"

#include "assay-json-read.h"
#include "assay-span-list.h"

#define MEMBER "errors"
#define ID_PREFIX 'e'

static GStrv
dup_type_path (JsonObject *mark)
{
  JsonArray *array = assay_json_get_array (mark, "type_path");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < assay_span_list_get_length (array); i++)
    {
      g_autofree char *id = assay_json_node_dup_id (json_array_get_element (array, i));

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

static AssaySpanMark *
read_mark (JsonObject *object)
{
  AssaySpanMark *mark = g_new0 (AssaySpanMark, 1);

  mark->id = g_strdup (assay_json_get_string (object, "id"));
  mark->span = assay_span_list_dup_span (object);
  mark->type_path = dup_type_path (object);
  mark->severity = g_strdup (assay_json_get_string (object, "severity"));
  mark->comment = g_strdup (assay_json_get_string (object, "comment"));
  mark->suggestion = g_strdup (assay_json_get_string (object, "suggestion"));
  return mark;
}

void
assay_span_mark_free (AssaySpanMark *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_clear_pointer (&self->span, assay_span_free);
  g_strfreev (self->type_path);
  g_free (self->severity);
  g_free (self->comment);
  g_free (self->suggestion);
  g_free (self);
}

GPtrArray *
assay_spans_answer_list_range (JsonNode *answer, guint first, guint n)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_span_mark_free);
  JsonArray *marks = assay_span_list_get (answer, MEMBER);
  guint place = 0;

  for (guint i = 0; i < assay_span_list_get_length (marks) && list->len < n; i++)
    {
      JsonObject *mark = assay_span_list_get_at (marks, i);

      if (mark != NULL && place++ >= first)
        g_ptr_array_add (list, read_mark (mark));
    }
  return list;
}

GPtrArray *
assay_spans_answer_list (JsonNode *answer)
{
  return assay_spans_answer_list_range (answer, 0, G_MAXUINT);
}

guint
assay_spans_answer_get_n (JsonNode *answer)
{
  return assay_span_list_count (assay_span_list_get (answer, MEMBER));
}

AssaySpanMark *
assay_spans_answer_find (JsonNode *answer, const char *id)
{
  JsonObject *mark;

  g_return_val_if_fail (id != NULL, NULL);

  mark = assay_span_list_find (assay_span_list_get (answer, MEMBER), id);
  return mark == NULL ? NULL : read_mark (mark);
}

gboolean
assay_spans_answer_get_none_found (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object != NULL && assay_json_get_boolean (object, "none_found", FALSE);
}

JsonNode *
assay_spans_answer_add (JsonNode *answer, const AssaySpan *span, char **id)
{
  JsonObject *object;
  JsonObject *mark;

  g_return_val_if_fail (span != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  mark = assay_span_list_insert (object, MEMBER, ID_PREFIX, span);
  json_object_remove_member (object, "none_found");
  if (id != NULL)
    *id = g_strdup (assay_json_get_string (mark, "id"));
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_spans_answer_remove (JsonNode *answer, const char *id)
{
  return assay_span_list_remove (answer, MEMBER, id);
}

JsonNode *
assay_spans_answer_with_span (JsonNode *answer, const char *id, const AssaySpan *span)
{
  return assay_span_list_with_span (answer, MEMBER, id, span);
}

JsonNode *
assay_spans_answer_with_type (JsonNode *answer, const char *id, const char *const *type_path)
{
  JsonObject *object;
  JsonObject *mark;

  g_return_val_if_fail (id != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  mark = assay_span_list_find (assay_json_get_array (object, MEMBER), id);
  if (mark != NULL && (type_path == NULL || type_path[0] == NULL))
    json_object_remove_member (mark, "type_path");
  else if (mark != NULL)
    {
      JsonArray *path = json_array_new ();

      for (guint i = 0; type_path[i] != NULL; i++)
        json_array_add_string_element (path, type_path[i]);
      json_object_set_array_member (mark, "type_path", path);
    }
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_spans_answer_with_severity (JsonNode *answer, const char *id, const char *severity)
{
  return assay_span_list_with_text (answer, MEMBER, id, "severity", severity);
}

JsonNode *
assay_spans_answer_with_comment (JsonNode *answer, const char *id, const char *comment)
{
  return assay_span_list_with_text (answer, MEMBER, id, "comment", comment);
}

JsonNode *
assay_spans_answer_with_suggestion (JsonNode *answer, const char *id, const char *suggestion)
{
  return assay_span_list_with_text (answer, MEMBER, id, "suggestion", suggestion);
}

JsonNode *
assay_spans_answer_with_none_found (JsonNode *answer, gboolean none_found)
{
  JsonObject *object = assay_span_list_open (answer, MEMBER);

  if (none_found)
    json_object_set_boolean_member (object, "none_found", TRUE);
  else
    json_object_remove_member (object, "none_found");
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_spans_answer_follow (JsonNode *answer, AssayTask *task)
{
  return assay_span_list_follow (answer, MEMBER, task);
}

JsonNode *
assay_spans_answer_without_texts (JsonNode *answer)
{
  return assay_span_list_without_texts (answer, MEMBER);
}
