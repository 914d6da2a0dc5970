/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For targets whose input is JSON of a known shape: changes values within the tree, so that most of
 * what libFuzzer tries gets past the parser. Only where libFuzzer is linked. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "fuzz.h"

#define CHANGES_MAX 4

size_t LLVMFuzzerMutate (unsigned char *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator (unsigned char *data, size_t size, size_t max_size, unsigned seed);

static const char *const scalars[] = {
  "null",
  "true",
  "false",
  "0",
  "1",
  "-1",
  "2",
  "3",
  "5",
  "7",
  "100",
  "1e3",
  "0.5",
  "-0.0",
  "9223372036854775807",
  "-9223372036854775808",
  "1e308",
  "4096",
  "5000",
  "200000",
  "{}",
  "[]",
  "\"\"",
  "\"a\"",
  "\"b\"",
  "\"r1\"",
  "\"r2\"",
  "\" \"",
  "\"\\u202e\"",
  "\"@A\"",
  "\"@{a}\"",
  "\"%40{\"",
  "[null]",
  "[[]]",
  "[{}]",
  "{\"\":null}",
  "{\"id\":\"a\"}",
};

static void
collect (JsonNode *node, GPtrArray *nodes)
{
  g_ptr_array_add (nodes, node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));

      for (GList *l = members; l != NULL; l = l->next)
        collect (json_object_get_member (json_node_get_object (node), l->data), nodes);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect (json_array_get_element (array, i), nodes);
    }
}

static JsonNode *
make_value (GRand *rand, GPtrArray *nodes, JsonNode *old)
{
  const char *text = assay_json_node_string (old);

  if (text != NULL && g_rand_boolean (rand))
    {
      gsize length = strlen (text);
      g_autofree guint8 *bytes = g_malloc0 (2 * length + 64);
      g_autofree char *changed = NULL;
      JsonNode *node = json_node_new (JSON_NODE_VALUE);

      memcpy (bytes, text, length);
      length = LLVMFuzzerMutate (bytes, length, 2 * length + 64);
      changed = fuzz_dup_text (bytes, length);
      json_node_set_string (node, changed);
      return node;
    }
  if (g_rand_boolean (rand))
    return assay_json_copy (nodes->pdata[g_rand_int_range (rand, 0, (gint32) nodes->len)]);
  return assay_json_parse (scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))], -1, NULL);
}

static void
change_object (GRand *rand, GPtrArray *nodes, JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);
  guint n = g_list_length (members);
  g_autofree char *name = NULL;
  JsonNode *value;

  if (n == 0)
    return;
  name = g_strdup (g_list_nth_data (members, (guint) g_rand_int_range (rand, 0, (gint32) n)));
  value = json_object_get_member (object, name);
  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      json_object_remove_member (object, name);
      break;
    case 1:
      {
        /* A member under the name of another one somewhere. */
        JsonNode *other = nodes->pdata[g_rand_int_range (rand, 0, (gint32) nodes->len)];
        g_autoptr (GList) names = NULL;

        if (!JSON_NODE_HOLDS_OBJECT (other))
          break;
        names = json_object_get_members (json_node_get_object (other));
        if (names == NULL)
          break;
        json_object_set_member (
            object,
            g_list_nth_data (names,
                             (guint) g_rand_int_range (rand, 0, (gint32) g_list_length (names))),
            make_value (rand, nodes, value));
        break;
      }
    default:
      json_object_set_member (object, name, make_value (rand, nodes, value));
      break;
    }
}

/* json-glib has no function for it. Takes @value. */
static void
replace_element (JsonArray *array, guint index, JsonNode *value)
{
  guint n = json_array_get_length (array);
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (elements, i == index ? value : json_array_dup_element (array, i));
  while (json_array_get_length (array) > 0)
    json_array_remove_element (array, 0);
  for (guint i = 0; i < n; i++)
    json_array_add_element (array, elements->pdata[i]);
}

static void
change_array (GRand *rand, GPtrArray *nodes, JsonArray *array)
{
  guint n = json_array_get_length (array);
  guint index;

  if (n == 0 || g_rand_int_range (rand, 0, 3) == 0)
    {
      json_array_add_element (array, make_value (rand, nodes,
                                                 n > 0 ? json_array_get_element (array, 0) : NULL));
      return;
    }
  index = (guint) g_rand_int_range (rand, 0, (gint32) n);
  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      json_array_remove_element (array, index);
      return;
    }
  replace_element (array, index, make_value (rand, nodes, json_array_get_element (array, index)));
}

size_t
LLVMFuzzerCustomMutator (unsigned char *data, size_t size, size_t max_size, unsigned seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (JsonNode) root = assay_json_parse ((const char *) data, (gssize) size, NULL);
  g_autofree char *text = NULL;
  gsize length;
  int n_changes;

  if (root == NULL || g_rand_int_range (rand, 0, 10) == 0)
    return LLVMFuzzerMutate (data, size, max_size);

  n_changes = g_rand_int_range (rand, 1, CHANGES_MAX + 1);
  for (int i = 0; i < n_changes; i++)
    {
      /* A change frees nodes, so that each one looks anew. */
      g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
      JsonNode *chosen;

      collect (root, nodes);
      chosen = nodes->pdata[g_rand_int_range (rand, 0, (gint32) nodes->len)];
      for (guint try = 0; try < 8 && JSON_NODE_HOLDS_VALUE (chosen); try++)
        chosen = nodes->pdata[g_rand_int_range (rand, 0, (gint32) nodes->len)];
      if (JSON_NODE_HOLDS_OBJECT (chosen))
        change_object (rand, nodes, json_node_get_object (chosen));
      else if (JSON_NODE_HOLDS_ARRAY (chosen))
        change_array (rand, nodes, json_node_get_array (chosen));
    }
  text = assay_json_to_string (root);
  length = strlen (text);
  if (length > max_size)
    return LLVMFuzzerMutate (data, size, max_size);
  memcpy (data, text, length);
  return length;
}
