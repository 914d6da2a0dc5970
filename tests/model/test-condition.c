/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "assay-model-error.h"
#include "assay-questions.h"
#include "model-testing.h"

static JsonNode *
lookup (const char *id, gpointer user_data)
{
  JsonObject *values = user_data;

  return json_object_get_member (values, id);
}

static void
test_condition (void)
{
  static const struct
  {
    const char *condition;
    gboolean holds;
  } cases[] = {
    { "{'question': 'a', 'in': ['x', 'y']}", TRUE },
    { "{'question': 'a', 'in': ['y']}", FALSE },
    { "{'question': 'a', 'in': []}", FALSE },
    { "{'question': 'gone', 'in': ['x']}", FALSE },
    { "{'question': 'n', 'in': [3]}", TRUE },
    { "{'question': 'n', 'in': ['3']}", TRUE },
    { "{'question': 'n', 'in': [3.0]}", TRUE },
    { "{'question': 'n', 'in': [4]}", FALSE },
    { "{'question': 'm', 'in': ['q', 'p']}", TRUE },
    { "{'question': 'm', 'in': ['r']}", FALSE },
    { "{'all': []}", TRUE },
    { "{'any': []}", FALSE },
    { "{'all': [{'question': 'a', 'in': ['x']}, {'question': 'n', 'in': [3]}]}", TRUE },
    { "{'all': [{'question': 'a', 'in': ['x']}, {'question': 'n', 'in': [4]}]}", FALSE },
    { "{'any': [{'question': 'a', 'in': ['y']}, {'question': 'n', 'in': [3]}]}", TRUE },
    { "{'not': {'question': 'a', 'in': ['x']}}", FALSE },
    { "{'not': {'not': {'question': 'a', 'in': ['x']}}}", TRUE },
    { "{}", TRUE },
    { "{'since': 'version 9'}", TRUE },
    { "{'not': {'since': 'version 9'}}", TRUE },
    { "{'all': [{'since': 'version 9'}, {'question': 'a', 'in': ['y']}]}", FALSE },
  };
  g_autoptr (JsonNode) values = json ("{'a': 'x', 'n': 3, 'm': ['o', 'p']}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json (cases[i].condition);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayCondition) condition = assay_condition_new_from_json (node, "/when", &error);

      g_assert_no_error (error);
      g_assert_cmpint (assay_condition_holds (condition, lookup, assay_json_node_object (values)),
                       ==, cases[i].holds);
      assert_json (assay_condition_to_json (condition), cases[i].condition);
    }
}

static void
test_condition_refused (void)
{
  static const struct
  {
    const char *condition;
    AssayModelError code;
    const char *place;
  } cases[] = {
    { "[]", ASSAY_MODEL_ERROR_TYPE, "/when" },
    { "{'question': 'a', 'in': null}", ASSAY_MODEL_ERROR_MISSING, "/when/in" },
    { "{'question': [], 'in': []}", ASSAY_MODEL_ERROR_TYPE, "/when/question" },
    { "{'all': {}}", ASSAY_MODEL_ERROR_TYPE, "/when/all" },
    { "{'any': [{}, 3]}", ASSAY_MODEL_ERROR_TYPE, "/when/any/1" },
    { "{'not': {'not': 'x'}}", ASSAY_MODEL_ERROR_TYPE, "/when/not/not" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json (cases[i].condition);
      g_autoptr (GError) error = NULL;

      g_assert_null (assay_condition_new_from_json (node, "/when", &error));
      g_assert_error (error, ASSAY_MODEL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/condition/holds", test_condition);
  g_test_add_func ("/condition/refused", test_condition_refused);

  return g_test_run ();
}
