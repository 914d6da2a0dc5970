/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-tool-calls.h"

#define SHORTEST_FENCE 3

gboolean
assay_tool_calls_exist (JsonObject *message)
{
  JsonArray *calls = message != NULL ? assay_json_get_array (message, "tool_calls") : NULL;

  return calls != NULL && json_array_get_length (calls) > 0;
}

JsonObject *
assay_tool_call_get_function (JsonObject *call)
{
  JsonObject *function;

  g_return_val_if_fail (call != NULL, NULL);

  function = assay_json_get_object (call, "function");
  return function != NULL ? function : call;
}

/* "name (arguments)"; the JSON of what is something else. (transfer full) */
static char *
describe (JsonNode *call)
{
  JsonObject *object = assay_json_node_object (call);
  JsonObject *function = object != NULL ? assay_tool_call_get_function (object) : NULL;
  const char *name;
  JsonNode *arguments;
  g_autofree char *text = NULL;

  name = function != NULL ? assay_json_get_string (function, "name") : NULL;
  if (name == NULL || *name == '\0')
    return assay_json_to_pretty_string (call);
  arguments = json_object_get_member (function, "arguments");
  if (arguments == NULL || JSON_NODE_HOLDS_NULL (arguments))
    text = g_strdup ("");
  else if (assay_json_node_string (arguments) != NULL)
    text = g_strdup (assay_json_node_string (arguments));
  else
    text = assay_json_to_pretty_string (arguments);
  return g_strdup_printf ("%s (%s)", name, g_strstrip (text));
}

/* Longer than every run of marks in @text, so that none of them ends the block. */
static guint
get_fence (const char *text)
{
  guint longest = SHORTEST_FENCE - 1;
  guint run = 0;

  for (const char *place = text; *place != '\0'; place++)
    {
      run = *place == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest + 1;
}

char *
assay_tool_calls_to_text (JsonObject *message, const char *content)
{
  g_autoptr (GString) text = NULL;
  JsonArray *calls;

  g_return_val_if_fail (content != NULL, NULL);

  text = g_string_new (content);
  if (!assay_tool_calls_exist (message))
    return g_string_free_and_steal (g_steal_pointer (&text));
  calls = assay_json_get_array (message, "tool_calls");
  for (guint i = 0; i < json_array_get_length (calls); i++)
    {
      g_autofree char *call = describe (json_array_get_element (calls, i));
      g_autofree char *fence = g_strnfill (get_fence (call), '`');

      g_string_append_printf (text, "%s%s\n%s\n%s", text->len > 0 ? "\n\n" : "", fence, call,
                              fence);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}
