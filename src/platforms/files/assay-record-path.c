/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "assay-record-path.h"

#define TEXT_DEPTH_MAX 6
#define MATCHES_MAX 10000

typedef enum
{
  PART_NAME,
  PART_STAR,
  PART_DOLLAR,
  PART_CUT,
} PartType;

typedef struct
{
  PartType type;
  char *name; /* without escapes; of a cut, the separator */
  guint index;
} Part;

typedef struct
{
  GPtrArray *parts; /* Part */
  GPtrArray *matches;
  GPtrArray *stars; /* borrowed names of the stars on the way here */
  const char *column;
  const char *const *fixed; /* (nullable) what the stars stand for */
} Search;

static void
part_free (Part *self)
{
  g_free (self->name);
  g_free (self);
}

void
assay_record_match_free (AssayRecordMatch *self)
{
  json_node_unref (self->node);
  g_strfreev (self->stars);
  g_free (self->column);
  g_free (self);
}

/* `split(_,1)`: from the character behind the bracket. */
static Part *
parse_cut (const char **place)
{
  const char *comma;
  const char *close = strchr (*place, ')');
  Part *part;
  char *number_end;
  guint64 index;

  if (close == NULL)
    return NULL;
  comma = g_strrstr_len (*place, close - *place, ",");
  if (comma == NULL || comma == *place)
    return NULL;
  index = g_ascii_strtoull (comma + 1, &number_end, 10);
  if (number_end != close || number_end == comma + 1 || index > 100)
    return NULL;

  part = g_new0 (Part, 1);
  part->type = PART_CUT;
  part->name = g_strndup (*place, (gsize) (comma - *place));
  part->index = (guint) index;
  *place = close + 1;
  return part;
}

static GPtrArray *
parse_path (const char *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  const char *p = path;

  while (*p != '\0')
    {
      g_autoptr (GString) name = NULL;
      Part *part = NULL;
      gboolean plain = TRUE;

      if (g_str_has_prefix (p, "split("))
        {
          const char *place = p + strlen ("split(");

          part = parse_cut (&place);
          if (part != NULL)
            {
              g_ptr_array_add (parts, part);
              p = *place == '.' ? place + 1 : place;
              continue;
            }
        }

      name = g_string_new (NULL);
      while (*p != '\0' && *p != '.')
        {
          if (*p == '\\' && p[1] != '\0')
            {
              plain = FALSE;
              p++;
            }
          g_string_append_c (name, *p++);
        }
      if (*p == '.')
        p++;

      part = g_new0 (Part, 1);
      part->type = PART_NAME;
      if (plain && g_str_equal (name->str, "*"))
        part->type = PART_STAR;
      else if (plain && name->str[0] == '$' && parts->len == 0)
        part->type = PART_DOLLAR;
      part->name = g_string_free (g_steal_pointer (&name), FALSE);
      g_ptr_array_add (parts, part);
    }
  return parts;
}

GStrv
assay_record_path_split (const char *path)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (path != NULL, NULL);

  parts = parse_path (path);
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = g_ptr_array_index (parts, i);

      g_strv_builder_add (names, part->name);
    }
  return g_strv_builder_end (names);
}

char *
assay_record_path_escape (const char *name)
{
  GString *escaped = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_equal (name, "*") || *name == '$')
    g_string_append_c (escaped, '\\');
  for (const char *p = name; *p != '\0'; p++)
    {
      if (strchr (".\\+:", *p) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *p);
    }
  return g_string_free (escaped, FALSE);
}

GStrv
assay_record_path_split_sum (const char *paths)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *begin = paths;

  g_return_val_if_fail (paths != NULL, NULL);

  for (const char *p = paths;; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
        }
      else if (*p == '\0' || *p == '+')
        {
          char *part = g_strstrip (g_strndup (begin, (gsize) (p - begin)));

          if (*part != '\0')
            g_strv_builder_take (builder, part);
          else
            g_free (part);
          if (*p == '\0')
            break;
          begin = p + 1;
        }
    }
  return g_strv_builder_end (builder);
}

static JsonNode *
new_text (const char *text)
{
  JsonNode *node;

  if (text == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return node;
}

static JsonNode *
cut (JsonNode *node, const Part *part)
{
  const char *text = assay_json_node_string (node);
  g_auto (GStrv) pieces = NULL;

  if (text == NULL)
    return NULL;
  pieces = g_strsplit (text, part->name, -1);
  return part->index < g_strv_length (pieces) ? new_text (pieces[part->index]) : NULL;
}

static gboolean
parse_index (const char *name, guint length, guint *index)
{
  char *number_end;
  gint64 number = g_ascii_strtoll (name, &number_end, 10);

  if (number_end == name || *number_end != '\0')
    return FALSE;
  if (number < 0)
    number += length;
  if (number < 0 || number >= length)
    return FALSE;
  *index = (guint) number;
  return TRUE;
}

static void search (Search *self, JsonNode *node, guint level);

static void
search_star (Search *self, JsonNode *node, const char *name, guint level, gboolean is_member)
{
  const char *column = self->column;

  g_ptr_array_add (self->stars, (gpointer) name);
  if (is_member)
    self->column = name;
  search (self, node, level + 1);
  self->column = column;
  g_ptr_array_set_size (self->stars, (int) self->stars->len - 1);
}

static void
search_all (Search *self, JsonNode *node, guint level)
{
  JsonArray *array = assay_json_node_array (node);
  JsonObject *object = assay_json_node_object (node);

  if (array != NULL)
    {
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          char name[16];

          g_snprintf (name, sizeof (name), "%u", i);
          search_star (self, json_array_get_element (array, i), name, level, FALSE);
        }
    }
  else if (object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        search_star (self, json_object_get_member (object, l->data), l->data, level, TRUE);
    }
}

static void
search_name (Search *self, JsonNode *node, const char *name, guint level, gboolean is_star)
{
  JsonArray *array = assay_json_node_array (node);
  JsonObject *object = assay_json_node_object (node);
  JsonNode *next = NULL;
  guint index;

  if (object != NULL)
    next = json_object_get_member (object, name);
  else if (array != NULL && parse_index (name, json_array_get_length (array), &index))
    next = json_array_get_element (array, index);
  if (next == NULL)
    return;

  if (is_star)
    {
      search_star (self, next, name, level, object != NULL);
    }
  else
    {
      const char *column = self->column;

      if (self->column == NULL && object != NULL)
        self->column = name;
      search (self, next, level + 1);
      self->column = column;
    }
}

static void
search (Search *self, JsonNode *node, guint level)
{
  Part *part;

  if (self->matches->len >= MATCHES_MAX)
    return;
  if (level == self->parts->len)
    {
      AssayRecordMatch *match = g_new0 (AssayRecordMatch, 1);

      match->node = json_node_ref (node);
      match->column = g_strdup (self->column);
      match->stars = g_new0 (char *, self->stars->len + 1);
      for (guint i = 0; i < self->stars->len; i++)
        match->stars[i] = g_strdup (g_ptr_array_index (self->stars, i));
      g_ptr_array_add (self->matches, match);
      return;
    }

  part = g_ptr_array_index (self->parts, level);
  switch (part->type)
    {
    case PART_STAR:
      if (self->fixed != NULL && *self->fixed != NULL)
        search_name (self, node, *self->fixed++, level, TRUE);
      else
        search_all (self, node, level);
      break;

    case PART_CUT:
      {
        g_autoptr (JsonNode) piece = cut (node, part);

        if (piece != NULL)
          search (self, piece, level + 1);
        break;
      }

    case PART_NAME:
    case PART_DOLLAR:
    default:
      search_name (self, node, part->name, level, FALSE);
      break;
    }
}

/* What a path with a dollar sign begins with. */
static JsonNode *
dup_dollar (const char *name, const AssayRecordContext *context)
{
  JsonNode *node = NULL;

  if (g_str_equal (name, "$key"))
    return new_text (context->key);
  if (g_str_equal (name, "$file"))
    return new_text (context->file);
  if (g_str_equal (name, "$column"))
    return new_text (context->column);
  if (g_str_equal (name, "$line"))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, context->number);

      return new_text (number);
    }
  if (g_str_equal (name, "$beside") && context->beside != NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, context->beside);
    }
  return node;
}

static GPtrArray *
find (const char *path, const AssayRecordContext *context, const char *const *stars)
{
  g_autoptr (GPtrArray) parts = parse_path (path);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Search state = { .parts = parts, .stars = names, .fixed = stars };
  Part *first = parts->len > 0 ? g_ptr_array_index (parts, 0) : NULL;

  state.matches = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_record_match_free);
  if (first == NULL || context->node == NULL)
    return state.matches;

  if (first->type == PART_DOLLAR)
    {
      g_autoptr (JsonNode) node = dup_dollar (first->name, context);

      if (node != NULL)
        search (&state, node, 1);
    }
  else
    {
      search (&state, context->node, 0);
    }
  return state.matches;
}

GPtrArray *
assay_record_path_find_all (const char *path, const AssayRecordContext *context)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  return find (path, context, NULL);
}

JsonNode *
assay_record_path_find (const char *path,
                        const AssayRecordContext *context,
                        const char *const *stars)
{
  g_autoptr (GPtrArray) matches = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  matches = find (path, context, stars);
  if (matches->len == 0)
    return NULL;
  return json_node_ref (((AssayRecordMatch *) g_ptr_array_index (matches, 0))->node);
}

static char *value_text (JsonNode *node, gboolean numbered, guint depth);

static char *
list_text (JsonArray *array, gboolean numbered, guint depth)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = value_text (json_array_get_element (array, i), FALSE, depth + 1);

      if (item == NULL)
        continue;
      if (any)
        g_string_append (text, numbered ? "\n" : "\n\n");
      if (numbered)
        g_string_append_printf (text, "%u. ", i + 1);
      g_string_append (text, item);
      any = TRUE;
    }
  return any ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static char *
value_text (JsonNode *node, gboolean numbered, guint depth)
{
  static const char *const names[] = { "answer",   "text",     "content",    "value",   "output",
                                       "response", "solution", "completion", "message", "parts" };
  JsonArray *array;
  JsonObject *object;
  const char *string;

  if (node == NULL || depth > TEXT_DEPTH_MAX)
    return NULL;

  string = assay_json_node_string (node);
  if (string != NULL)
    return g_strdup (string);
  array = assay_json_node_array (node);
  if (array != NULL)
    return list_text (array, numbered, depth);
  object = assay_json_node_object (node);
  if (object != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          JsonNode *member = json_object_get_member (object, names[i]);
          char *text = member != NULL ? value_text (member, numbered, depth + 1) : NULL;

          if (text != NULL)
            return text;
        }
      return NULL;
    }
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return assay_json_to_string (node);
  return assay_json_node_dup_id (node);
}

char *
assay_record_value_text (JsonNode *node, gboolean numbered)
{
  return value_text (node, numbered, 0);
}

char *
assay_record_path_text (const char *paths, const AssayRecordContext *context)
{
  g_auto (GStrv) sum = NULL;
  g_autoptr (GString) text = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (paths != NULL, NULL);

  sum = assay_record_path_split_sum (paths);
  text = g_string_new (NULL);
  for (guint i = 0; sum[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = assay_record_path_find (sum[i], context, NULL);
      g_autofree char *part = assay_record_value_text (node, TRUE);

      if (part == NULL || (*part == '\0' && any))
        continue;
      if (any && text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, part);
      any = TRUE;
    }
  return any ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
