/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-spans-answer.h"

#include "assay-json-read.h"
#include "assay-question-private.h"

static JsonArray *
get_marks (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object == NULL ? NULL : assay_json_get_array (object, "errors");
}

static guint
get_length (JsonArray *marks)
{
  return marks == NULL ? 0 : json_array_get_length (marks);
}

/* NULL for what is no mark. */
static JsonObject *
get_mark (JsonArray *marks, guint index)
{
  JsonObject *mark = assay_json_node_object (json_array_get_element (marks, index));

  return mark != NULL && assay_json_get_string (mark, "id") != NULL ? mark : NULL;
}

static JsonObject *
find_mark (JsonArray *marks, const char *id)
{
  for (guint i = 0; i < get_length (marks); i++)
    {
      JsonObject *mark = get_mark (marks, i);

      if (mark != NULL && g_str_equal (assay_json_get_string (mark, "id"), id))
        return mark;
    }
  return NULL;
}

static GStrv
dup_type_path (JsonObject *mark)
{
  JsonArray *array = assay_json_get_array (mark, "type_path");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < get_length (array); i++)
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
  JsonNode *span = json_object_get_member (object, "span");

  mark->id = g_strdup (assay_json_get_string (object, "id"));
  mark->span = span == NULL ? NULL : assay_span_new_from_json (span);
  mark->type_path = dup_type_path (object);
  mark->severity = g_strdup (assay_json_get_string (object, "severity"));
  mark->comment = g_strdup (assay_json_get_string (object, "comment"));
  mark->suggestion = g_strdup (assay_json_get_string (object, "suggestion"));
  return mark;
}

/* An answer that may be changed. */
static JsonObject *
dup_answer (JsonNode *answer)
{
  return assay_answer_to_object (answer, "errors");
}

/* Takes @object. */
static JsonNode *
close_answer (JsonObject *object)
{
  if (get_length (assay_json_get_array (object, "errors")) == 0)
    json_object_remove_member (object, "errors");
  if (json_object_get_size (object) == 0)
    {
      json_object_unref (object);
      return NULL;
    }
  return assay_json_object_node_new (object);
}

static void
write_span (JsonObject *mark, const AssaySpan *span)
{
  JsonObject *object = assay_json_get_object (mark, "span");

  if (object == NULL)
    {
      object = json_object_new ();
      json_object_set_object_member (mark, "span", object);
    }
  assay_span_write_json (span, object);
}

static gboolean
begins_before (const AssaySpan *a, const AssaySpan *b)
{
  return a->start < b->start || (a->start == b->start && a->end < b->end);
}

/* The index of the first mark in the same document that begins after @span; the end if none does.
 */
static guint
find_place (JsonArray *marks, const AssaySpan *span)
{
  guint length = get_length (marks);

  for (guint i = 0; i < length; i++)
    {
      JsonObject *mark = get_mark (marks, i);
      JsonNode *node = mark == NULL ? NULL : json_object_get_member (mark, "span");
      g_autoptr (AssaySpan) other = node == NULL ? NULL : assay_span_new_from_json (node);

      if (other != NULL && g_str_equal (other->document, span->document)
          && begins_before (span, other))
        return i;
    }
  return length;
}

/* One more than the greatest there is, so that what was removed and comes back keeps its own. */
static char *
make_id (JsonArray *marks)
{
  guint64 greatest = 0;

  for (guint i = 0; i < get_length (marks); i++)
    {
      JsonObject *mark = get_mark (marks, i);
      const char *id = mark == NULL ? NULL : assay_json_get_string (mark, "id");
      guint64 number = 0;

      if (id != NULL && id[0] == 'e'
          && g_ascii_string_to_unsigned (id + 1, 10, 0, G_MAXUINT32, &number, NULL))
        greatest = MAX (greatest, number);
    }
  return g_strdup_printf ("e%" G_GUINT64_FORMAT, greatest + 1);
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
assay_spans_answer_list (JsonNode *answer)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_span_mark_free);
  JsonArray *marks = get_marks (answer);

  for (guint i = 0; i < get_length (marks); i++)
    {
      JsonObject *mark = get_mark (marks, i);

      if (mark != NULL)
        g_ptr_array_add (list, read_mark (mark));
    }
  return list;
}

guint
assay_spans_answer_get_n (JsonNode *answer)
{
  JsonArray *marks = get_marks (answer);
  guint n = 0;

  for (guint i = 0; i < get_length (marks); i++)
    n += get_mark (marks, i) != NULL;
  return n;
}

AssaySpanMark *
assay_spans_answer_find (JsonNode *answer, const char *id)
{
  JsonObject *mark;

  g_return_val_if_fail (id != NULL, NULL);

  mark = find_mark (get_marks (answer), id);
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
  JsonArray *marks;
  g_autoptr (JsonArray) ordered = json_array_new ();
  JsonObject *mark = json_object_new ();
  g_autofree char *own_id = NULL;
  guint place;

  g_return_val_if_fail (span != NULL, NULL);

  object = dup_answer (answer);
  marks = assay_json_get_array (object, "errors");
  own_id = make_id (marks);
  json_object_set_string_member (mark, "id", own_id);
  write_span (mark, span);
  place = find_place (marks, span);
  for (guint i = 0; i < place; i++)
    json_array_add_element (ordered, json_array_dup_element (marks, i));
  json_array_add_object_element (ordered, mark);
  for (guint i = place; i < get_length (marks); i++)
    json_array_add_element (ordered, json_array_dup_element (marks, i));
  json_object_set_array_member (object, "errors", g_steal_pointer (&ordered));
  json_object_remove_member (object, "none_found");
  if (id != NULL)
    *id = g_steal_pointer (&own_id);
  return close_answer (object);
}

JsonNode *
assay_spans_answer_remove (JsonNode *answer, const char *id)
{
  JsonObject *object;
  JsonArray *marks;

  g_return_val_if_fail (id != NULL, NULL);

  object = dup_answer (answer);
  marks = assay_json_get_array (object, "errors");
  for (guint i = get_length (marks); i > 0; i--)
    {
      JsonObject *mark = get_mark (marks, i - 1);

      if (mark != NULL && g_str_equal (assay_json_get_string (mark, "id"), id))
        json_array_remove_element (marks, i - 1);
    }
  return close_answer (object);
}

JsonNode *
assay_spans_answer_with_span (JsonNode *answer, const char *id, const AssaySpan *span)
{
  JsonObject *object;
  JsonObject *mark;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (span != NULL, NULL);

  object = dup_answer (answer);
  mark = find_mark (assay_json_get_array (object, "errors"), id);
  if (mark != NULL)
    write_span (mark, span);
  return close_answer (object);
}

JsonNode *
assay_spans_answer_with_type (JsonNode *answer, const char *id, const char *const *type_path)
{
  JsonObject *object;
  JsonObject *mark;

  g_return_val_if_fail (id != NULL, NULL);

  object = dup_answer (answer);
  mark = find_mark (assay_json_get_array (object, "errors"), id);
  if (mark != NULL && (type_path == NULL || type_path[0] == NULL))
    json_object_remove_member (mark, "type_path");
  else if (mark != NULL)
    {
      JsonArray *path = json_array_new ();

      for (guint i = 0; type_path[i] != NULL; i++)
        json_array_add_string_element (path, type_path[i]);
      json_object_set_array_member (mark, "type_path", path);
    }
  return close_answer (object);
}

static JsonNode *
with_text (JsonNode *answer, const char *id, const char *member, const char *text)
{
  JsonObject *object = dup_answer (answer);
  JsonObject *mark = find_mark (assay_json_get_array (object, "errors"), id);

  if (mark != NULL)
    assay_answer_set_text (mark, member, text);
  return close_answer (object);
}

JsonNode *
assay_spans_answer_with_severity (JsonNode *answer, const char *id, const char *severity)
{
  g_return_val_if_fail (id != NULL, NULL);

  return with_text (answer, id, "severity", severity);
}

JsonNode *
assay_spans_answer_with_comment (JsonNode *answer, const char *id, const char *comment)
{
  g_return_val_if_fail (id != NULL, NULL);

  return with_text (answer, id, "comment", comment);
}

JsonNode *
assay_spans_answer_with_suggestion (JsonNode *answer, const char *id, const char *suggestion)
{
  g_return_val_if_fail (id != NULL, NULL);

  return with_text (answer, id, "suggestion", suggestion);
}

JsonNode *
assay_spans_answer_with_none_found (JsonNode *answer, gboolean none_found)
{
  JsonObject *object = dup_answer (answer);

  if (none_found)
    json_object_set_boolean_member (object, "none_found", TRUE);
  else
    json_object_remove_member (object, "none_found");
  return close_answer (object);
}

JsonNode *
assay_spans_answer_follow (JsonNode *answer, AssayTask *task)
{
  JsonObject *object;
  JsonArray *marks;
  gboolean has_moved = FALSE;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  if (get_length (get_marks (answer)) == 0)
    return NULL;
  object = dup_answer (answer);
  marks = assay_json_get_array (object, "errors");
  for (guint i = 0; i < get_length (marks); i++)
    {
      JsonObject *mark = get_mark (marks, i);
      JsonNode *node = mark == NULL ? NULL : json_object_get_member (mark, "span");
      g_autoptr (AssaySpan) span = node == NULL ? NULL : assay_span_new_from_json (node);
      g_autoptr (AssaySpan) now = NULL;
      AssayDocument *document;
      guint start;
      guint end;

      if (span == NULL || assay_span_find (span, task, &start, &end) != ASSAY_SPAN_MOVED)
        continue;
      document = assay_task_find_document (task, span->document);
      now = assay_span_new (span->document, assay_document_get_text (document), start, end);
      write_span (mark, now);
      has_moved = TRUE;
    }
  if (has_moved)
    return close_answer (object);
  json_object_unref (object);
  return NULL;
}

JsonNode *
assay_spans_answer_without_texts (JsonNode *answer)
{
  JsonObject *object = dup_answer (answer);
  JsonArray *marks = assay_json_get_array (object, "errors");

  for (guint i = 0; i < get_length (marks); i++)
    {
      JsonObject *mark = assay_json_node_object (json_array_get_element (marks, i));
      JsonObject *span = mark == NULL ? NULL : assay_json_get_object (mark, "span");

      if (span == NULL)
        continue;
      json_object_remove_member (span, "quote");
      json_object_remove_member (span, "prefix");
      json_object_remove_member (span, "suffix");
    }
  return close_answer (object);
}
