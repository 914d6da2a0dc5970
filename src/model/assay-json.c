/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "assay-json.h"
#include "assay-json-scan.h"
#include "assay-limits.h"
#include "assay-model-error.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define LARGEST_EXACT_INTEGER 9007199254740992.0

typedef struct
{
  GString *text;
  gboolean pretty;
  gboolean sorted;
} Writer;

static void write_node (Writer *writer, JsonNode *node, guint depth);

G_DEFINE_BOXED_TYPE (AssayJsonNode, assay_json_node, json_node_ref, json_node_unref)

static void
write_escape (GString *text, guchar c)
{
  switch (c)
    {
    case '"':
      g_string_append (text, "\\\"");
      break;
    case '\\':
      g_string_append (text, "\\\\");
      break;
    case '\b':
      g_string_append (text, "\\b");
      break;
    case '\f':
      g_string_append (text, "\\f");
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", c);
      break;
    }
}

static gboolean
needs_escape (guchar c)
{
  return c < 0x20 || c == 0x7F || c == '"' || c == '\\';
}

static void
write_string (GString *text, const char *string)
{
  const char *plain = string;
  const char *p;

  g_string_append_c (text, '"');
  for (p = string; *p != '\0'; p++)
    if (needs_escape ((guchar) *p))
      {
        g_string_append_len (text, plain, p - plain);
        write_escape (text, (guchar) *p);
        plain = p + 1;
      }
  g_string_append_len (text, plain, p - plain);
  g_string_append_c (text, '"');
}

/* json-glib writes 17 digits, so that 0.1 becomes 0.10000000000000001 in everybody's data. */
static void
write_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* JSON has no word for these, and no setter of ours lets one through. */
  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[] = "%.15g";

      format[3] = (char) ('0' + digits % 10);
      g_ascii_formatd (buffer, sizeof (buffer), format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static gboolean
is_exact_integer (double value)
{
  return isfinite (value) && value == trunc (value) && fabs (value) <= LARGEST_EXACT_INTEGER;
}

static void
write_value (Writer *writer, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      write_string (writer->text, json_node_get_string (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (writer->text, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_DOUBLE:
      if (writer->sorted && is_exact_integer (json_node_get_double (node)))
        g_string_append_printf (writer->text, "%" G_GINT64_FORMAT,
                                (gint64) json_node_get_double (node));
      else
        write_double (writer->text, json_node_get_double (node));
      break;
    case G_TYPE_INT64:
    default:
      g_string_append_printf (writer->text, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    }
}

static void
write_line (Writer *writer, guint depth)
{
  if (!writer->pretty)
    return;
  g_string_append_c (writer->text, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (writer->text, "  ");
}

static void
write_member (Writer *writer, const char *name, JsonNode *node, guint depth, gboolean *first)
{
  if (!*first)
    g_string_append_c (writer->text, ',');
  *first = FALSE;
  write_line (writer, depth + 1);
  write_string (writer->text, name);
  g_string_append (writer->text, writer->pretty ? ": " : ":");
  write_node (writer, node, depth + 1);
}

static void
write_object (Writer *writer, JsonObject *object, guint depth)
{
  gboolean first = TRUE;

  g_string_append_c (writer->text, '{');
  if (writer->sorted)
    {
      g_autoptr (GList) members = json_object_get_members (object);

      members = g_list_sort (members, (GCompareFunc) strcmp);
      for (GList *l = members; l != NULL; l = l->next)
        write_member (writer, l->data, json_object_get_member (object, l->data), depth, &first);
    }
  else
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *node;

      /* Their list would be a copy. */
      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        write_member (writer, name, node, depth, &first);
    }
  if (!first)
    write_line (writer, depth);
  g_string_append_c (writer->text, '}');
}

static void
write_array (Writer *writer, JsonArray *array, guint depth)
{
  guint length = json_array_get_length (array);

  g_string_append_c (writer->text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (writer->text, ',');
      write_line (writer, depth + 1);
      write_node (writer, json_array_get_element (array, i), depth + 1);
    }
  if (length > 0)
    write_line (writer, depth);
  g_string_append_c (writer->text, ']');
}

static void
write_node (Writer *writer, JsonNode *node, guint depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      write_object (writer, json_node_get_object (node), depth);
      break;
    case JSON_NODE_ARRAY:
      write_array (writer, json_node_get_array (node), depth);
      break;
    case JSON_NODE_VALUE:
      write_value (writer, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (writer->text, "null");
      break;
    }
}

static char *
to_string (JsonNode *node, gboolean pretty, gboolean sorted)
{
  Writer writer = { .text = g_string_new (NULL), .pretty = pretty, .sorted = sorted };

  write_node (&writer, node, 0);
  return g_string_free_and_steal (writer.text);
}

static JsonNode *
get_member (JsonObject *object, const char *member)
{
  return object == NULL ? NULL : json_object_get_member (object, member);
}

static gboolean
node_integer (JsonNode *node, gint64 *value)
{
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }
  if (!assay_json_node_number (node, &number) || !is_exact_integer (number))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

static JsonNode *
require_member (JsonObject *object, const char *member, const char *place, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      /* Translators: the %s make up a place in a file, like /responses/2/id. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING, _ ("%s/%s is missing."),
                   place, member);
      return NULL;
    }
  return node;
}

JsonNode *
assay_json_parse_full (const char *text, gssize length, AssayJsonFlags flags, GError **error)
{
  gsize size;
  const char *end;
  g_autoptr (JsonParser) parser = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (text == NULL)
    text = "";
  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > ASSAY_LIMIT_TASK_JSON_BYTES)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                           _ ("The data is larger than 16 MiB."));
      return NULL;
    }
  if (!g_utf8_validate_len (text, size, &end))
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_SYNTAX,
                   _ ("This is not text in UTF-8 (at byte %zu)."), (gsize) (end - text));
      return NULL;
    }
  if (size >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (!assay_json_scan (text, size, flags, error))
    return NULL;

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    {
      /* The scan is at least as strict, so this is a second pair of eyes. */
      if (error != NULL)
        {
          g_autoptr (GError) cause = g_steal_pointer (error);

          g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_SYNTAX, cause->message);
        }
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonNode *
assay_json_parse (const char *text, gssize length, GError **error)
{
  return assay_json_parse_full (text, length, ASSAY_JSON_DEFAULT, error);
}

JsonNode *
assay_json_parse_bytes (GBytes *bytes, GError **error)
{
  gsize size;
  const char *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size > ASSAY_LIMIT_TASK_JSON_BYTES)
    size = ASSAY_LIMIT_TASK_JSON_BYTES + 1;
  return assay_json_parse_full (data, (gssize) size, ASSAY_JSON_DEFAULT, error);
}

char *
assay_json_to_string (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return to_string (node, FALSE, FALSE);
}

char *
assay_json_to_pretty_string (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return to_string (node, TRUE, FALSE);
}

char *
assay_json_to_canonical_string (JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return to_string (node, FALSE, TRUE);
}

/* json_node_copy () would share objects and values, whose reference counts are not atomic. */
JsonNode *
assay_json_copy (JsonNode *node)
{
  JsonNode *copy;

  if (node == NULL)
    return NULL;

  copy = json_node_alloc ();
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      {
        JsonObject *object = json_object_new ();
        JsonObjectIter iter;
        const char *name;
        JsonNode *member;

        json_object_iter_init_ordered (&iter, json_node_get_object (node));
        while (json_object_iter_next_ordered (&iter, &name, &member))
          json_object_set_member (object, name, assay_json_copy (member));
        json_node_init_object (copy, object);
        json_object_unref (object);
        break;
      }
    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (node);
        guint length = json_array_get_length (array);
        JsonArray *elements = json_array_sized_new (length);

        for (guint i = 0; i < length; i++)
          json_array_add_element (elements, assay_json_copy (json_array_get_element (array, i)));
        json_node_init_array (copy, elements);
        json_array_unref (elements);
        break;
      }
    case JSON_NODE_VALUE:
      switch (json_node_get_value_type (node))
        {
        case G_TYPE_STRING:
          json_node_init_string (copy, json_node_get_string (node));
          break;
        case G_TYPE_BOOLEAN:
          json_node_init_boolean (copy, json_node_get_boolean (node));
          break;
        case G_TYPE_DOUBLE:
          json_node_init_double (copy, json_node_get_double (node));
          break;
        case G_TYPE_INT64:
        default:
          json_node_init_int (copy, json_node_get_int (node));
          break;
        }
      break;
    case JSON_NODE_NULL:
    default:
      json_node_init_null (copy);
      break;
    }
  return copy;
}

gboolean
assay_json_equal (JsonNode *a, JsonNode *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;

  switch (json_node_get_node_type (a))
    {
    case JSON_NODE_OBJECT:
      {
        JsonObject *object = json_node_get_object (a);
        JsonObject *other = json_node_get_object (b);
        JsonObjectIter iter;
        const char *name;
        JsonNode *member;

        if (json_object_get_size (object) != json_object_get_size (other))
          return FALSE;
        json_object_iter_init (&iter, object);
        while (json_object_iter_next (&iter, &name, &member))
          if (!json_object_has_member (other, name)
              || !assay_json_equal (member, json_object_get_member (other, name)))
            return FALSE;
        return TRUE;
      }
    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (a);
        JsonArray *other = json_node_get_array (b);
        guint length = json_array_get_length (array);

        if (length != json_array_get_length (other))
          return FALSE;
        for (guint i = 0; i < length; i++)
          if (!assay_json_equal (json_array_get_element (array, i),
                                 json_array_get_element (other, i)))
            return FALSE;
        return TRUE;
      }
    case JSON_NODE_VALUE:
      {
        GType type = json_node_get_value_type (a);

        if (type != json_node_get_value_type (b))
          {
            double left, right;

            return assay_json_node_number (a, &left) && assay_json_node_number (b, &right)
                   && left == right;
          }
        if (type == G_TYPE_STRING)
          return g_str_equal (json_node_get_string (a), json_node_get_string (b));
        if (type == G_TYPE_BOOLEAN)
          return json_node_get_boolean (a) == json_node_get_boolean (b);
        if (type == G_TYPE_DOUBLE)
          return json_node_get_double (a) == json_node_get_double (b);
        return json_node_get_int (a) == json_node_get_int (b);
      }
    case JSON_NODE_NULL:
    default:
      return TRUE;
    }
}

const char *
assay_json_get_string (JsonObject *object, const char *member)
{
  return assay_json_node_string (get_member (object, member));
}

const char *
assay_json_get_string_or (JsonObject *object, const char *member, const char *fallback)
{
  const char *string = assay_json_get_string (object, member);

  return string == NULL ? fallback : string;
}

gint64
assay_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  gint64 value;

  return node_integer (get_member (object, member), &value) ? value : fallback;
}

double
assay_json_get_double (JsonObject *object, const char *member, double fallback)
{
  double value;

  return assay_json_node_number (get_member (object, member), &value) ? value : fallback;
}

gboolean
assay_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

JsonObject *
assay_json_get_object (JsonObject *object, const char *member)
{
  return assay_json_node_object (get_member (object, member));
}

JsonArray *
assay_json_get_array (JsonObject *object, const char *member)
{
  return assay_json_node_array (get_member (object, member));
}

gboolean
assay_json_has (JsonObject *object, const char *member)
{
  return get_member (object, member) != NULL;
}

const char *
assay_json_node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

gboolean
assay_json_node_number (JsonNode *node, double *value)
{
  GType type;
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_INT64)
    number = (double) json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE)
    number = json_node_get_double (node);
  else
    return FALSE;
  if (!isfinite (number))
    return FALSE;
  if (value != NULL)
    *value = number;
  return TRUE;
}

JsonObject *
assay_json_node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
assay_json_node_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

char *
assay_json_node_dup_id (JsonNode *node)
{
  const char *string = assay_json_node_string (node);
  gint64 integer;
  double number;

  if (string != NULL)
    return g_strdup (string);
  if (node_integer (node, &integer))
    return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
  if (assay_json_node_number (node, &number))
    {
      GString *text = g_string_new (NULL);

      write_double (text, number);
      return g_string_free_and_steal (text);
    }
  return NULL;
}

const char *
assay_json_require_string (JsonObject *object,
                           const char *member,
                           const char *place,
                           GError **error)
{
  JsonNode *node = require_member (object, member, place, error);

  if (node != NULL && assay_json_node_string (node) == NULL)
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%s is not a text."),
                 place, member);
  return assay_json_node_string (node);
}

JsonArray *
assay_json_require_array (JsonObject *object, const char *member, const char *place, GError **error)
{
  JsonNode *node = require_member (object, member, place, error);

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%s is not a list."),
                 place, member);
  return assay_json_node_array (node);
}

JsonObject *
assay_json_require_object (JsonObject *object,
                           const char *member,
                           const char *place,
                           GError **error)
{
  JsonNode *node = require_member (object, member, place, error);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%s is not an object."),
                 place, member);
  return assay_json_node_object (node);
}

void
assay_json_copy_unknown (JsonObject *source, const char *const *known, JsonObject *target)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_if_fail (source != NULL);
  g_return_if_fail (known != NULL);
  g_return_if_fail (target != NULL);

  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!g_strv_contains (known, name))
      json_object_set_member (target, name, assay_json_copy (member));
}
