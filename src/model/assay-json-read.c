/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"

/* NULL where the member is absent or null. */
static JsonNode *
peek (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
fail_type (const char *format, const char *place, const char *member, GError **error)
{
  g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, format, place, member);
  return FALSE;
}

gboolean
assay_json_read_string (JsonObject *object,
                        const char *member,
                        const char *place,
                        const char **value,
                        GError **error)
{
  JsonNode *node = peek (object, member);

  if (node == NULL)
    return TRUE;
  if (assay_json_node_string (node) == NULL)
    return fail_type (_ ("%s/%s is not a text."), place, member, error);
  *value = assay_json_node_string (node);
  return TRUE;
}

gboolean
assay_json_read_boolean (JsonObject *object,
                         const char *member,
                         const char *place,
                         gboolean *value,
                         GError **error)
{
  JsonNode *node = peek (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail_type (_ ("%s/%s is neither true nor false."), place, member, error);
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
assay_json_read_int (JsonObject *object,
                     const char *member,
                     const char *place,
                     gint64 min,
                     gint64 max,
                     gint64 *value,
                     GError **error)
{
  JsonNode *node = peek (object, member);
  double number;
  gint64 integer;

  if (node == NULL)
    return TRUE;
  if (!assay_json_node_number (node, &number) || number != trunc (number))
    return fail_type (_ ("%s/%s is not a whole number."), place, member, error);

  /* An integer node is read as such: a double would round it. */
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    integer = json_node_get_int (node);
  else
    integer = number >= -0x1p62 && number <= 0x1p62 ? (gint64) number
                                                    : (number < 0 ? G_MININT64 : G_MAXINT64);
  if (integer < min || integer > max)
    {
      /* Translators: the first two %s make up a place in a file, like /responses/2/id. */
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s/%s is not between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT "."), place,
                   member, min, max);
      return FALSE;
    }
  *value = integer;
  return TRUE;
}

gboolean
assay_json_read_double (JsonObject *object,
                        const char *member,
                        const char *place,
                        double min,
                        double max,
                        double *value,
                        GError **error)
{
  JsonNode *node = peek (object, member);
  double number;

  if (node == NULL)
    return TRUE;
  if (!assay_json_node_number (node, &number))
    return fail_type (_ ("%s/%s is not a number."), place, member, error);
  if (number < min || number > max)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s/%s is not between %g and %g."), place, member, min, max);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
assay_json_read_enum (JsonObject *object,
                      const char *member,
                      const char *place,
                      const char *const *names,
                      int *value,
                      GError **error)
{
  const char *name = NULL;

  if (!assay_json_read_string (object, member, place, &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        *value = i;
        return TRUE;
      }
  {
    g_autofree char *list = g_strjoinv (", ", (char **) names);

    /* Translators: the last %s is a list of words. */
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s/%s is none of: %s."),
                 place, member, list);
  }
  return FALSE;
}

gboolean
assay_json_read_time (JsonObject *object,
                      const char *member,
                      const char *place,
                      gint64 *time,
                      GError **error)
{
  const char *text = assay_json_get_string (object, member);
  g_autoptr (GDateTime) moment = NULL;

  if (text == NULL)
    return assay_json_read_int (object, member, place, 0, G_MAXINT64 / 1000, time, error);
  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment == NULL)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE,
                   _ ("%s/%s is not a time with its zone."), place, member);
      return FALSE;
    }
  *time = g_date_time_to_unix_usec (moment) / 1000;
  return TRUE;
}

gboolean
assay_json_read_array (JsonObject *object,
                       const char *member,
                       const char *place,
                       JsonArray **value,
                       GError **error)
{
  JsonNode *node = peek (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_type (_ ("%s/%s is not a list."), place, member, error);
  *value = json_node_get_array (node);
  return TRUE;
}

gboolean
assay_json_read_object (JsonObject *object,
                        const char *member,
                        const char *place,
                        JsonObject **value,
                        GError **error)
{
  JsonNode *node = peek (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_type (_ ("%s/%s is not an object."), place, member, error);
  *value = json_node_get_object (node);
  return TRUE;
}

gboolean
assay_json_read_id (JsonObject *object,
                    const char *member,
                    const char *place,
                    const char **value,
                    GError **error)
{
  JsonNode *node = peek (object, member);
  g_autofree char *id = NULL;

  if (node == NULL)
    return TRUE;
  id = assay_json_node_dup_id (node);
  if (id == NULL)
    return fail_type (_ ("%s/%s is neither a text nor a number."), place, member, error);
  if (*id == '\0')
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s/%s is empty."), place,
                   member);
      return FALSE;
    }
  if (strlen (id) > ASSAY_LIMIT_NAME_BYTES)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s/%s is longer than 4096 bytes."), place, member);
      return FALSE;
    }
  if (assay_json_node_string (node) == NULL)
    json_object_set_string_member (object, member, id);
  *value = json_object_get_string_member (object, member);
  return TRUE;
}

const char *
assay_json_require_id (JsonObject *object, const char *member, const char *place, GError **error)
{
  const char *id = NULL;

  if (!assay_json_read_id (object, member, place, &id, error))
    return NULL;
  if (id == NULL)
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING, _ ("%s/%s is missing."),
                 place, member);
  return id;
}

JsonObject *
assay_json_require_element (JsonArray *array, guint index, const char *place, GError **error)
{
  JsonObject *object = assay_json_node_object (json_array_get_element (array, index));

  if (object == NULL)
    g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE, _ ("%s/%u is not an object."),
                 place, index);
  return object;
}

char *
assay_json_dup_label (const char *text)
{
  g_autofree char *start = NULL;

  if (text == NULL)
    return NULL;
  if (g_utf8_strlen (text, -1) <= ASSAY_LIMIT_LABEL_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, ASSAY_LIMIT_LABEL_CHARACTERS - 1);
  return g_strconcat (start, "…", NULL);
}

JsonNode *
assay_json_number_new (double value)
{
  JsonNode *node = json_node_alloc ();

  if (value == trunc (value) && fabs (value) < 0x1p53)
    return json_node_init_int (node, (gint64) value);
  return json_node_init_double (node, value);
}

JsonNode *
assay_json_string_new (const char *value)
{
  return json_node_init_string (json_node_alloc (), value);
}

JsonNode *
assay_json_object_node_new (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return node;
}

JsonNode *
assay_json_array_node_new (JsonArray *array)
{
  JsonNode *node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  return node;
}

char *
assay_json_format_number (double number)
{
  g_autoptr (JsonNode) node = assay_json_number_new (number);

  return assay_json_to_string (node);
}
