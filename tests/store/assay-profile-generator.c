/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-profile-generator.h"

#include "assay-json.h"
#include "assay-preset.h"
#include "store-fixture.h"

#define TASKS_PER_PAGE 500
#define SEED 20261122

static const char *const words[] = {
  "answer",   "because", "budget",  "careful", "claim", "clear",   "dinner", "evidence",
  "exact",    "first",   "helpful", "house",   "idea",  "judge",   "lentil", "letter",
  "question", "reason",  "second",  "source",  "step",  "summary", "table",  "the",
  "to",       "of",      "and",     "with",    "while", "year",
};

static void
append_words (GString *text, GRand *rand, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      g_string_append (text, i % 60 == 59 ? "\n\n" : i % 12 == 11 ? ". " : " ");
    }
}

static void
set_words (JsonObject *object, const char *member, GRand *rand, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_words (text, rand, n);
  json_object_set_string_member (object, member, text->str);
}

static AssayTask *
make_task (AssayForm *form, GRand *rand, guint number, guint n_words)
{
  static const char *const ids[] = { "r1", "r2" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *id = g_strdup_printf ("task-%06u", number);
  JsonObject *object = json_object_new ();
  JsonArray *responses = json_array_new ();
  g_autoptr (GError) error = NULL;
  AssayTask *task;

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "language", number % 5 == 0 ? "de" : "en");
  json_object_set_int_member (object, "est_minutes", 5 + number % 20);
  set_words (object, "prompt", rand, 20);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      JsonObject *response = json_object_new ();

      json_object_set_string_member (response, "id", ids[i]);
      set_words (response, "content", rand, n_words);
      json_array_add_object_element (responses, response);
    }
  json_object_set_array_member (object, "responses", responses);
  json_node_take_object (node, object);

  task = assay_task_new_with_form (node, form, &error);
  g_assert_no_error (error);
  return task;
}

static void
add_tasks (AssayStore *store,
           gint64 project,
           AssayForm *form,
           const AssayProfileShape *shape,
           GRand *rand)
{
  guint number = 0;

  while (number < shape->n_tasks)
    {
      g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

      while (number < shape->n_tasks && page->len < TASKS_PER_PAGE)
        g_ptr_array_add (page, make_task (form, rand, number++, shape->n_words));
      test_await (assay_store_add_tasks (store, project, page));
    }
}

static void
judge (AssayStore *store, gint64 row, gboolean submit, GRand *rand)
{
  g_autoptr (AssayOpenTask) open = test_await_object (assay_store_load_task (store, row));
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  g_autoptr (GString) rationale = g_string_new (NULL);
  g_autoptr (GBytes) draft = NULL;

  append_words (rationale, rand, 80);
  assay_judgement_set_rationale (judgement, rationale->str);
  draft = test_draft_bytes (judgement);
  if (submit)
    {
      assay_judgement_finalize_submission (judgement, g_get_real_time () / 1000);
      test_await (assay_store_submit (store, row, judgement, draft, G_TIME_SPAN_DAY));
    }
  else
    test_await (assay_store_save_draft (store, row, assay_judgement_get_id (judgement),
                                        assay_task_get_digest (assay_open_task_get_task (open)),
                                        draft, FALSE));
}

void
assay_profile_generate (AssayStore *store, const AssayProfileShape *shape)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (AssayProject) project = assay_project_new ("files", "generated", "Generated tasks");
  g_autoptr (AssayForm) form = assay_preset_create_form (assay_preset_suggest (2));
  AssayTaskQuery all = { 0 };
  g_autoptr (GArray) rows = NULL;

  g_return_if_fail (ASSAY_IS_STORE (store));
  g_return_if_fail (shape != NULL);

  assay_project_set_form (project, form);
  test_await (assay_store_ensure_account (store, "files", "files", "Files"));
  test_await (assay_store_save_project (store, project));
  add_tasks (store, assay_project_get_id (project), form, shape, rand);

  /* Spread over the list. */
  rows = test_await_boxed (assay_store_query_tasks (store, &all));
  for (guint i = 0; i < MIN (shape->n_drafts + shape->n_outbox, rows->len); i++)
    {
      guint place = (guint64) i * rows->len / (shape->n_drafts + shape->n_outbox);

      judge (store, g_array_index (rows, gint64, place), i < shape->n_outbox, rand);
    }
}
