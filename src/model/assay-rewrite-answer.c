/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rewrite-answer.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-question-private.h"

static guint
get_length (JsonArray *array)
{
  return array == NULL ? 0 : json_array_get_length (array);
}

static JsonArray *
get_list (JsonNode *answer, const char *member)
{
  JsonObject *object = assay_json_node_object (answer);

  return object == NULL ? NULL : assay_json_get_array (object, member);
}

static const char *
get_string (JsonNode *answer, const char *member)
{
  JsonObject *object = assay_json_node_object (answer);

  return object == NULL ? NULL : assay_json_get_string (object, member);
}

/* NULL for what is no change. */
static JsonObject *
get_change (JsonArray *changes, guint index)
{
  JsonObject *change = assay_json_node_object (json_array_get_element (changes, index));

  return change != NULL && assay_json_get_string (change, "id") != NULL ? change : NULL;
}

static JsonObject *
find_change (JsonArray *changes, const char *id)
{
  for (guint i = 0; i < get_length (changes); i++)
    {
      JsonObject *change = get_change (changes, i);

      if (change != NULL && g_str_equal (assay_json_get_string (change, "id"), id))
        return change;
    }
  return NULL;
}

/* An answer that may be changed. */
static JsonObject *
dup_answer (JsonNode *answer)
{
  return assay_answer_to_object (answer, "text");
}

/* Takes @object. */
static JsonNode *
close_answer (JsonObject *object)
{
  static const char *const lists[] = { "changes", "issues_fixed", "sources" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (get_length (assay_json_get_array (object, lists[i])) == 0)
      json_object_remove_member (object, lists[i]);
  if (json_object_get_size (object) == 0)
    {
      json_object_unref (object);
      return NULL;
    }
  return assay_json_object_node_new (object);
}

static JsonNode *
with_string (JsonNode *answer, const char *member, const char *value)
{
  JsonObject *object = dup_answer (answer);

  assay_answer_set_text (object, member, value);
  return close_answer (object);
}

static JsonNode *
with_flag (JsonObject *object, const char *member, gboolean flag)
{
  if (flag)
    json_object_set_boolean_member (object, member, TRUE);
  else
    json_object_remove_member (object, member);
  return close_answer (object);
}

void
assay_rewrite_change_free (AssayRewriteChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->category);
  g_free (self->note);
  g_free (self);
}

/* The text */

const char *
assay_rewrite_answer_get_text (JsonNode *answer)
{
  const char *bare = assay_json_node_string (answer);

  return bare != NULL ? bare : get_string (answer, "text");
}

JsonNode *
assay_rewrite_answer_with_text (JsonNode *answer, const char *text)
{
  JsonObject *object = dup_answer (answer);

  if (text == NULL)
    {
      json_object_remove_member (object, "text");
      json_object_remove_member (object, "changes");
      return close_answer (object);
    }
  json_object_set_string_member (object, "text", text);
  json_object_remove_member (object, "unchanged_ok");
  return close_answer (object);
}

/* Changes */

static void
read_range (JsonObject *change, const char *member, guint *start, guint *end)
{
  JsonObject *range = assay_json_get_object (change, member);
  gint64 first = range == NULL ? 0 : assay_json_get_int (range, "start", 0);
  gint64 last = range == NULL ? 0 : assay_json_get_int (range, "end", 0);

  *start = (guint) CLAMP (first, 0, G_MAXINT);
  *end = (guint) CLAMP (last, *start, G_MAXINT);
}

static void
write_range (JsonObject *change, const char *member, guint start, guint end)
{
  JsonObject *range = assay_json_get_object (change, member);

  if (range == NULL)
    {
      range = json_object_new ();
      json_object_set_object_member (change, member, range);
    }
  json_object_set_int_member (range, "start", start);
  json_object_set_int_member (range, "end", end);
}

GPtrArray *
assay_rewrite_answer_list_changes (JsonNode *answer)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
  JsonArray *changes = get_list (answer, "changes");

  for (guint i = 0; i < get_length (changes); i++)
    {
      JsonObject *object = get_change (changes, i);
      AssayRewriteChange *change;

      if (object == NULL)
        continue;
      change = g_new0 (AssayRewriteChange, 1);
      change->id = g_strdup (assay_json_get_string (object, "id"));
      read_range (object, "from", &change->from_start, &change->from_end);
      read_range (object, "to", &change->to_start, &change->to_end);
      change->category = g_strdup (assay_json_get_string (object, "category"));
      change->note = g_strdup (assay_json_get_string (object, "note"));
      g_ptr_array_add (list, change);
    }
  return list;
}

JsonNode *
assay_rewrite_answer_with_changes (JsonNode *answer, GPtrArray *changes)
{
  JsonObject *object;
  JsonArray *before;
  JsonArray *list = json_array_new ();
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (changes != NULL, NULL);

  object = dup_answer (answer);
  before = assay_json_get_array (object, "changes");
  for (guint i = 0; i < get_length (before); i++)
    {
      JsonObject *one = get_change (before, i);

      if (one != NULL)
        g_hash_table_insert (by_id, (gpointer) assay_json_get_string (one, "id"), one);
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const AssayRewriteChange *change = changes->pdata[i];
      JsonObject *one = g_hash_table_lookup (by_id, change->id);

      one = one != NULL ? json_object_ref (one) : json_object_new ();
      json_object_set_string_member (one, "id", change->id);
      write_range (one, "from", change->from_start, change->from_end);
      write_range (one, "to", change->to_start, change->to_end);
      assay_answer_set_text (one, "category", change->category);
      assay_answer_set_text (one, "note", change->note);
      json_array_add_object_element (list, one);
    }
  json_object_set_array_member (object, "changes", list);
  return close_answer (object);
}

static JsonNode *
with_change_text (JsonNode *answer, const char *id, const char *member, const char *text)
{
  JsonObject *object = dup_answer (answer);
  JsonObject *change = find_change (assay_json_get_array (object, "changes"), id);

  if (change != NULL)
    assay_answer_set_text (change, member, text);
  return close_answer (object);
}

JsonNode *
assay_rewrite_answer_with_category (JsonNode *answer, const char *id, const char *category)
{
  g_return_val_if_fail (id != NULL, NULL);

  return with_change_text (answer, id, "category", category);
}

JsonNode *
assay_rewrite_answer_with_note (JsonNode *answer, const char *id, const char *note)
{
  g_return_val_if_fail (id != NULL, NULL);

  return with_change_text (answer, id, "note", note);
}

/* What is said of the whole */

gboolean
assay_rewrite_answer_get_unchanged_ok (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object != NULL && assay_json_get_boolean (object, "unchanged_ok", FALSE);
}

JsonNode *
assay_rewrite_answer_with_unchanged_ok (JsonNode *answer, gboolean unchanged_ok)
{
  JsonObject *object = dup_answer (answer);

  if (unchanged_ok)
    {
      json_object_remove_member (object, "text");
      json_object_remove_member (object, "changes");
    }
  return with_flag (object, "unchanged_ok", unchanged_ok);
}

GStrv
assay_rewrite_answer_dup_issues_fixed (JsonNode *answer)
{
  JsonArray *array = get_list (answer, "issues_fixed");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < get_length (array); i++)
    {
      g_autofree char *id = assay_json_node_dup_id (json_array_get_element (array, i));

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

JsonNode *
assay_rewrite_answer_with_issue_fixed (JsonNode *answer, const char *id, gboolean fixed)
{
  JsonObject *object;
  JsonArray *list = json_array_new ();
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  object = dup_answer (answer);
  ids = assay_rewrite_answer_dup_issues_fixed (answer);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], id))
      json_array_add_string_element (list, ids[i]);
  if (fixed)
    json_array_add_string_element (list, id);
  json_object_set_array_member (object, "issues_fixed", list);
  return close_answer (object);
}

const char *
assay_rewrite_answer_get_effort (JsonNode *answer)
{
  return get_string (answer, "effort_level");
}

JsonNode *
assay_rewrite_answer_with_effort (JsonNode *answer, const char *effort)
{
  return with_string (answer, "effort_level", effort);
}

const char *
assay_rewrite_answer_get_mode (JsonNode *answer)
{
  return get_string (answer, "mode");
}

JsonNode *
assay_rewrite_answer_with_mode (JsonNode *answer, const char *mode)
{
  return with_string (answer, "mode", mode);
}

const char *
assay_rewrite_answer_get_assumptions (JsonNode *answer)
{
  return get_string (answer, "assumptions");
}

JsonNode *
assay_rewrite_answer_with_assumptions (JsonNode *answer, const char *assumptions)
{
  return with_string (answer, "assumptions", assumptions);
}

JsonNode *
assay_rewrite_answer_without_original (JsonNode *answer)
{
  JsonObject *object = dup_answer (answer);
  const char *text = assay_json_get_string (object, "text");
  JsonArray *changes = assay_json_get_array (object, "changes");
  g_autofree char *digest = NULL;
  glong length;

  if (text == NULL)
    return close_answer (object);
  length = g_utf8_strlen (text, -1);
  for (guint i = 0; i < get_length (changes); i++)
    {
      JsonObject *change = get_change (changes, i);
      g_autofree char *inserted = NULL;
      guint start;
      guint end;

      if (change == NULL)
        continue;
      read_range (change, "to", &start, &end);
      inserted = g_utf8_substring (text, MIN (start, length), MIN (end, length));
      json_object_set_string_member (change, "inserted", inserted);
    }
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  json_object_set_string_member (object, "text_sha256", digest);
  json_object_remove_member (object, "text");
  return close_answer (object);
}

/* Sources */

static char *
make_line (JsonObject *source)
{
  const char *title = assay_json_get_string (source, "title");
  const char *url = assay_json_get_string (source, "url");
  char *line;

  if (title != NULL && url != NULL)
    line = g_strdup_printf ("%s %s", title, url);
  else
    line = g_strdup (title != NULL ? title : url != NULL ? url : "");
  return g_strdelimit (line, "\n\r", ' ');
}

/* The address is the last word, if it looks like one. */
static void
read_line (JsonObject *source, const char *line)
{
  const char *space = strrchr (line, ' ');
  const char *last = space != NULL ? space + 1 : line;
  g_autofree char *scheme = g_uri_parse_scheme (last);
  g_autofree char *title = NULL;

  if (scheme == NULL || strchr (last, '/') == NULL)
    {
      json_object_set_string_member (source, "title", line);
      return;
    }
  title = g_strstrip (g_strndup (line, (gsize) (last - line)));
  if (*title != '\0')
    json_object_set_string_member (source, "title", title);
  json_object_set_string_member (source, "url", last);
}

static JsonObject *
get_self_check (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object == NULL ? NULL : assay_json_get_object (object, "self_check");
}

gboolean
assay_rewrite_answer_get_self_check (JsonNode *answer, const char *id)
{
  JsonObject *points = get_self_check (answer);

  g_return_val_if_fail (id != NULL, FALSE);

  return points != NULL && assay_json_get_boolean (points, id, FALSE);
}

JsonNode *
assay_rewrite_answer_with_self_check (JsonNode *answer, const char *id, gboolean checked)
{
  JsonObject *object;
  JsonObject *points;

  g_return_val_if_fail (id != NULL, NULL);

  object = dup_answer (answer);
  points = assay_json_get_object (object, "self_check");
  if (points == NULL)
    {
      points = json_object_new ();
      json_object_set_object_member (object, "self_check", points);
    }
  if (checked)
    json_object_set_boolean_member (points, id, TRUE);
  else
    json_object_remove_member (points, id);
  if (json_object_get_size (points) == 0)
    json_object_remove_member (object, "self_check");
  return close_answer (object);
}

GStrv
assay_rewrite_answer_dup_self_checks (JsonNode *answer)
{
  JsonObject *points = get_self_check (answer);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) ids = points == NULL ? NULL : json_object_get_members (points);

  for (GList *l = ids; l != NULL; l = l->next)
    if (assay_rewrite_answer_get_self_check (answer, l->data))
      g_strv_builder_add (builder, l->data);
  return g_strv_builder_end (builder);
}

guint
assay_rewrite_answer_get_n_sources (JsonNode *answer)
{
  JsonArray *sources = get_list (answer, "sources");
  guint n = 0;

  for (guint i = 0; i < get_length (sources); i++)
    {
      JsonObject *source = assay_json_node_object (json_array_get_element (sources, i));
      g_autofree char *line = source == NULL ? NULL : make_line (source);

      n += line != NULL && !assay_text_is_blank (line);
    }
  return n;
}

char *
assay_rewrite_answer_dup_source_lines (JsonNode *answer)
{
  JsonArray *sources = get_list (answer, "sources");
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < get_length (sources); i++)
    {
      JsonObject *source = assay_json_node_object (json_array_get_element (sources, i));
      g_autofree char *line = source == NULL ? NULL : make_line (source);

      if (line == NULL)
        continue;
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line);
    }
  return g_string_free_and_steal (g_steal_pointer (&lines));
}

JsonNode *
assay_rewrite_answer_with_source_lines (JsonNode *answer, const char *lines, gint64 now)
{
  JsonObject *object = dup_answer (answer);
  JsonArray *before = assay_json_get_array (object, "sources");
  JsonArray *sources = json_array_new ();
  g_auto (GStrv) split = g_strsplit (lines != NULL ? lines : "", "\n", -1);

  for (guint i = 0; split[i] != NULL; i++)
    {
      const char *line = g_strstrip (split[i]);
      JsonObject *source = NULL;

      if (*line == '\0')
        continue;
      for (guint k = 0; k < get_length (before) && source == NULL; k++)
        {
          JsonObject *one = assay_json_node_object (json_array_get_element (before, k));
          g_autofree char *own = one == NULL ? NULL : make_line (one);

          if (own != NULL && g_str_equal (g_strstrip (own), line))
            source = json_object_ref (one);
        }
      if (source == NULL)
        {
          source = json_object_new ();
          read_line (source, line);
          json_object_set_int_member (source, "accessed_at", now);
        }
      json_array_add_object_element (sources, source);
    }
  json_object_set_array_member (object, "sources", sources);
  return close_answer (object);
}

/* Texts */

static const char *
skip_space (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

gboolean
assay_rewrite_differs (const char *one, const char *other)
{
  g_return_val_if_fail (one != NULL && other != NULL, FALSE);

  for (;;)
    {
      one = skip_space (one);
      other = skip_space (other);
      if (*one == '\0' || *other == '\0')
        return *one != *other;
      if (g_utf8_get_char (one) != g_utf8_get_char (other))
        return TRUE;
      one = g_utf8_next_char (one);
      other = g_utf8_next_char (other);
    }
}

/* @n characters on; NULL if the text ends before. */
static const char *
advance (const char *text, guint n)
{
  for (; n > 0 && *text != '\0'; n--)
    text = g_utf8_next_char (text);
  return n > 0 ? NULL : text;
}

gboolean
assay_rewrite_changes_explain (GPtrArray *changes, const char *original, const char *text)
{
  g_autoptr (GString) made = g_string_new (NULL);
  const char *from = original;
  const char *to = text;
  guint from_place = 0;
  guint to_place = 0;

  g_return_val_if_fail (changes != NULL && original != NULL && text != NULL, FALSE);

  for (guint i = 0; i < changes->len; i++)
    {
      const AssayRewriteChange *change = changes->pdata[i];
      const char *start = NULL;
      const char *to_end;

      if (change->from_start >= from_place && change->to_start >= to_place)
        start = advance (from, change->from_start - from_place);
      to = start == NULL ? NULL : advance (to, change->to_start - to_place);
      to_end = to == NULL ? NULL : advance (to, change->to_end - change->to_start);
      if (to_end == NULL)
        return FALSE;
      g_string_append_len (made, from, start - from);
      g_string_append_len (made, to, to_end - to);
      from = advance (start, change->from_end - change->from_start);
      if (from == NULL)
        return FALSE;
      to = to_end;
      from_place = change->from_end;
      to_place = change->to_end;
    }
  g_string_append (made, from);
  return !assay_rewrite_differs (made->str, text);
}

char *
assay_rewrite_change_restore (const AssayRewriteChange *change,
                              const char *original,
                              const char *text)
{
  const char *from;
  const char *from_end;
  const char *to;
  const char *to_end;
  GString *restored;

  g_return_val_if_fail (change != NULL && original != NULL && text != NULL, NULL);

  from = advance (original, change->from_start);
  from_end = from == NULL ? NULL : advance (from, change->from_end - change->from_start);
  to = advance (text, change->to_start);
  to_end = to == NULL ? NULL : advance (to, change->to_end - change->to_start);
  if (from_end == NULL || to_end == NULL)
    return g_strdup (text);
  restored = g_string_new_len (text, to - text);
  g_string_append_len (restored, from, from_end - from);
  g_string_append (restored, to_end);
  return g_string_free_and_steal (restored);
}
