/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-span-list.h"

#include "assay-json-read.h"
#include "assay-question-private.h"

JsonArray *
assay_span_list_get (JsonNode *answer, const char *member)
{
  JsonObject *object = assay_json_node_object (answer);

  return object == NULL ? NULL : assay_json_get_array (object, member);
}

guint
assay_span_list_get_length (JsonArray *list)
{
  return list == NULL ? 0 : json_array_get_length (list);
}

JsonObject *
assay_span_list_get_at (JsonArray *list, guint index)
{
  JsonObject *object = assay_json_node_object (json_array_get_element (list, index));

  return object != NULL && assay_json_get_string (object, "id") != NULL ? object : NULL;
}

guint
assay_span_list_count (JsonArray *list)
{
  guint n = 0;

  for (guint i = 0; i < assay_span_list_get_length (list); i++)
    n += assay_span_list_get_at (list, i) != NULL;
  return n;
}

JsonObject *
assay_span_list_find (JsonArray *list, const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < assay_span_list_get_length (list); i++)
    {
      JsonObject *object = assay_span_list_get_at (list, i);

      if (object != NULL && g_str_equal (assay_json_get_string (object, "id"), id))
        return object;
    }
  return NULL;
}

AssaySpan *
assay_span_list_dup_span (JsonObject *object)
{
  JsonNode *span = json_object_get_member (object, "span");

  return span == NULL ? NULL : assay_span_new_from_json (span);
}

void
assay_span_list_set_span (JsonObject *object, const AssaySpan *span)
{
  JsonObject *target = assay_json_get_object (object, "span");

  if (target == NULL)
    {
      target = json_object_new ();
      json_object_set_object_member (object, "span", target);
    }
  assay_span_write_json (span, target);
}

JsonObject *
assay_span_list_open (JsonNode *answer, const char *member)
{
  return assay_answer_to_object (answer, member);
}

JsonNode *
assay_span_list_close (JsonObject *object, const char *member)
{
  if (assay_span_list_get_length (assay_json_get_array (object, member)) == 0)
    json_object_remove_member (object, member);
  if (json_object_get_size (object) == 0)
    {
      json_object_unref (object);
      return NULL;
    }
  return assay_json_object_node_new (object);
}

static gboolean
begins_before (const AssaySpan *a, const AssaySpan *b)
{
  return a->start < b->start || (a->start == b->start && a->end < b->end);
}

/* The index of the first object in the same document that begins after @span; the end if none does.
 */
static guint
find_place (JsonArray *list, const AssaySpan *span)
{
  guint length = assay_span_list_get_length (list);

  for (guint i = 0; i < length; i++)
    {
      JsonObject *object = assay_span_list_get_at (list, i);
      g_autoptr (AssaySpan) other = object == NULL ? NULL : assay_span_list_dup_span (object);

      if (other != NULL && g_str_equal (other->document, span->document)
          && begins_before (span, other))
        return i;
    }
  return length;
}

/* One more than the greatest there is, so that what was removed and comes back keeps its own. */
static char *
make_id (JsonArray *list, char prefix)
{
  guint64 greatest = 0;

  for (guint i = 0; i < assay_span_list_get_length (list); i++)
    {
      JsonObject *object = assay_span_list_get_at (list, i);
      const char *id = object == NULL ? NULL : assay_json_get_string (object, "id");
      guint64 number = 0;

      if (id != NULL && id[0] == prefix
          && g_ascii_string_to_unsigned (id + 1, 10, 0, G_MAXUINT32, &number, NULL))
        greatest = MAX (greatest, number);
    }
  return g_strdup_printf ("%c%" G_GUINT64_FORMAT, prefix, greatest + 1);
}

JsonObject *
assay_span_list_insert (JsonObject *object, const char *member, char prefix, const AssaySpan *span)
{
  JsonArray *list;
  g_autoptr (JsonArray) ordered = json_array_new ();
  JsonObject *added = json_object_new ();
  g_autofree char *id = NULL;
  guint place;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (span != NULL, NULL);

  list = assay_json_get_array (object, member);
  id = make_id (list, prefix);
  json_object_set_string_member (added, "id", id);
  assay_span_list_set_span (added, span);
  place = find_place (list, span);
  for (guint i = 0; i < place; i++)
    json_array_add_element (ordered, json_array_dup_element (list, i));
  json_array_add_object_element (ordered, added);
  for (guint i = place; i < assay_span_list_get_length (list); i++)
    json_array_add_element (ordered, json_array_dup_element (list, i));
  json_object_set_array_member (object, member, g_steal_pointer (&ordered));
  return added;
}

JsonNode *
assay_span_list_remove (JsonNode *answer, const char *member, const char *id)
{
  JsonObject *object;
  JsonArray *list;

  g_return_val_if_fail (id != NULL, NULL);

  object = assay_span_list_open (answer, member);
  list = assay_json_get_array (object, member);
  for (guint i = assay_span_list_get_length (list); i > 0; i--)
    {
      JsonObject *one = assay_span_list_get_at (list, i - 1);

      if (one != NULL && g_str_equal (assay_json_get_string (one, "id"), id))
        json_array_remove_element (list, i - 1);
    }
  return assay_span_list_close (object, member);
}

JsonNode *
assay_span_list_with_text (JsonNode *answer,
                           const char *member,
                           const char *id,
                           const char *name,
                           const char *text)
{
  JsonObject *object;
  JsonObject *one;

  g_return_val_if_fail (id != NULL, NULL);

  object = assay_span_list_open (answer, member);
  one = assay_span_list_find (assay_json_get_array (object, member), id);
  if (one != NULL)
    assay_answer_set_text (one, name, text);
  return assay_span_list_close (object, member);
}

JsonNode *
assay_span_list_with_span (JsonNode *answer,
                           const char *member,
                           const char *id,
                           const AssaySpan *span)
{
  JsonObject *object;
  JsonObject *one;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (span != NULL, NULL);

  object = assay_span_list_open (answer, member);
  one = assay_span_list_find (assay_json_get_array (object, member), id);
  if (one != NULL)
    assay_span_list_set_span (one, span);
  return assay_span_list_close (object, member);
}

JsonNode *
assay_span_list_follow (JsonNode *answer, const char *member, AssayTask *task)
{
  JsonObject *object;
  JsonArray *list;
  AssayTaskSpanFinder finder = { task };
  gboolean has_moved = FALSE;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  if (assay_span_list_get_length (assay_span_list_get (answer, member)) == 0)
    return NULL;
  object = assay_span_list_open (answer, member);
  list = assay_json_get_array (object, member);
  for (guint i = 0; i < assay_span_list_get_length (list); i++)
    {
      JsonObject *one = assay_span_list_get_at (list, i);
      g_autoptr (AssaySpan) span = one == NULL ? NULL : assay_span_list_dup_span (one);
      g_autoptr (AssaySpan) now = NULL;
      guint start;
      guint end;

      if (span == NULL
          || assay_task_span_finder_find (&finder, span, &start, &end) != ASSAY_SPAN_MOVED)
        continue;
      now = assay_span_new (span->document, assay_document_get_text (finder.document), start, end);
      assay_span_list_set_span (one, now);
      has_moved = TRUE;
    }
  if (has_moved)
    return assay_span_list_close (object, member);
  json_object_unref (object);
  return NULL;
}

JsonNode *
assay_span_list_without_texts (JsonNode *answer, const char *member)
{
  JsonObject *object = assay_span_list_open (answer, member);
  JsonArray *list = assay_json_get_array (object, member);

  for (guint i = 0; i < assay_span_list_get_length (list); i++)
    {
      JsonObject *one = assay_json_node_object (json_array_get_element (list, i));
      JsonObject *span = one == NULL ? NULL : assay_json_get_object (one, "span");

      if (span == NULL)
        continue;
      json_object_remove_member (span, "quote");
      json_object_remove_member (span, "prefix");
      json_object_remove_member (span, "suffix");
    }
  return assay_span_list_close (object, member);
}
