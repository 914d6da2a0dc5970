/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>

#include "assay-questions.h"
#include "model-testing.h"

/* The examples of data/platform-api are what the model reads and writes: "form--NAME.json",
 * "task--NAME.json" and "judgement--NAME.json" belong together. */

static char *
example_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  return g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "data", "platform-api", "examples", file,
                           NULL);
}

static JsonNode *
load_example (const char *name)
{
  g_autofree char *path = example_path (name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  node = assay_json_parse_full (text, (gssize) length, ASSAY_JSON_REFUSE_DUPLICATES, &error);
  g_assert_no_error (error);
  return node;
}

/* The names of what is there as "KIND--NAME.json". */
static GStrv
list_examples (const char *kind)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "data", "platform-api", "examples", NULL);
  g_autofree char *prefix = g_strconcat (kind, "--", NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json"))
      g_strv_builder_take (names, g_strndup (name, strlen (name) - strlen (".json")));
  return g_strv_builder_end (names);
}

static AssayForm *
load_form (const char *name)
{
  g_autoptr (JsonNode) node = load_example (name);
  g_autoptr (GError) error = NULL;
  AssayForm *form = assay_form_new_from_json (node, "", &error);

  g_assert_no_error (error);
  return form;
}

static void
test_forms (void)
{
  g_auto (GStrv) names = list_examples ("form");
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = load_example (names[i]);
      g_autoptr (AssayForm) form = load_form (names[i]);
      g_autoptr (JsonNode) written = assay_form_to_json (form);

      g_test_message ("%s", names[i]);
      assert_same_json (written, node);
      for (guint j = 0; j < assay_form_get_n_questions (form); j++)
        {
          AssayQuestion *question = assay_form_get_question (form, j);

          g_assert_false (ASSAY_IS_UNKNOWN_QUESTION (question));
          g_hash_table_add (types, g_strdup (assay_question_get_type_name (question)));
        }
    }
  /* One row for each in assay-question.c. */
  g_assert_cmpuint (g_hash_table_size (types), ==, 11);
}

static void
test_tasks (void)
{
  g_auto (GStrv) names = list_examples ("task");
  g_autoptr (AssayForm) form = load_form ("form--compare");

  g_assert_cmpuint (g_strv_length (names), >=, 5);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = load_example (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayTask) task = assay_task_new_with_form (node, form, &error);
      g_autoptr (JsonNode) written = NULL;

      g_test_message ("%s", names[i]);
      g_assert_no_error (error);
      written = assay_task_to_json (task);
      json_object_remove_member (assay_json_node_object (written), "form");
      assert_same_json (written, node);
    }
}

/* Which task and form a judgement is about, where it is not called like them. */
static const char *
get_subject (const char *name)
{
  static const char *const others[] = { "both-bad", "not-ratable", NULL };

  return g_strv_contains (others, name) ? "compare" : name;
}

static void
test_judgements (void)
{
  g_auto (GStrv) names = list_examples ("judgement");
  guint n_answers = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *subject = get_subject (names[i] + strlen ("judgement--"));
      g_autofree char *form_name = g_strconcat ("form--", subject, NULL);
      g_autofree char *task_name = g_strconcat ("task--", subject, NULL);
      g_autoptr (AssayForm) form = load_form (form_name);
      g_autoptr (JsonNode) task_node = load_example (task_name);
      g_autoptr (JsonNode) node = load_example (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayTask) task = assay_task_new_with_form (task_node, form, &error);
      g_autoptr (AssayJudgement) judgement = NULL;
      g_autoptr (JsonNode) written = NULL;
      g_autoptr (GPtrArray) issues = NULL;

      g_test_message ("%s", names[i]);
      g_assert_no_error (error);
      judgement = assay_judgement_new_from_json (task, node, &error);
      g_assert_no_error (error);
      written = assay_judgement_to_json (judgement, FALSE);
      assert_same_json (written, node);

      issues = assay_judgement_validate (judgement);
      for (guint j = 0; j < issues->len; j++)
        g_test_message ("%s", assay_issue_get_message (issues->pdata[j]));
      g_assert_cmpuint (issues->len, ==, 0);
      for (guint j = 0; j < assay_form_get_n_questions (form); j++)
        {
          const char *id = assay_question_get_id (assay_form_get_question (form, j));
          JsonObject *answers = assay_json_get_object (assay_json_node_object (node), "answers");

          if (answers != NULL && assay_json_has (answers, id))
            n_answers++;
        }
    }
  /* One of each type at least. */
  g_assert_cmpuint (n_answers, >=, 14);
}

/* What is sent holds the same records. */
static void
test_envelopes (void)
{
  g_autoptr (JsonNode) submission = load_example ("submission");
  g_autoptr (JsonNode) lease = load_example ("lease");
  g_autoptr (JsonNode) judgement = load_example ("judgement--compare");
  g_autoptr (JsonNode) task = load_example ("task--compare");

  assert_same_json (json_object_get_member (assay_json_node_object (submission), "judgement"),
                    judgement);
  assert_same_json (json_object_get_member (assay_json_node_object (lease), "task"), task);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/contract/forms", test_forms);
  g_test_add_func ("/model/contract/tasks", test_tasks);
  g_test_add_func ("/model/contract/judgements", test_judgements);
  g_test_add_func ("/model/contract/envelopes", test_envelopes);

  return g_test_run ();
}
