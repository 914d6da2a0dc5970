/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-tool-calls.h"
#include "model-testing.h"

static void
assert_refused (const char *text, AssayModelError code, const char *place)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayTask *self = assay_task_new_from_json (node, &error);

  g_assert_null (self);
  g_assert_error (error, ASSAY_MODEL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, place));
}

static void
assert_form_refused (const char *text, AssayModelError code, const char *place)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayForm *self = assay_form_new_from_json (node, "/form", &error);

  g_assert_null (self);
  g_assert_error (error, ASSAY_MODEL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, place));
}

static const char everything[] =
    "{'id': 17, 'external_id': 4, 'kind': 'pairwise.overall', 'title': 'Dinner', 'language': 'ar',"
    " 'direction': 'rtl', 'priority': 3, 'deadline_at': 1767225600000,"
    " 'claim_expires_at': '2026-01-01T01:00:00+01:00', 'est_minutes': 7,"
    " 'pay': {'model': 'per_task', 'amount_minor': 250, 'currency': 'EUR', 'cap_seconds': 900},"
    " 'guideline': {'id': 9, 'version': 3, 'sha256': 'abc'},"
    " 'policy': {'paste': 'discouraged', 'export': 'own_words_only', 'offline': 'forbidden',"
    "            'reveal_models': 'after_submit', 'allow_skip': false, 'lookup': 'allowed', 'x': [1]},"
    " 'content_warning': ['vcr', 'hte'], 'system': 'Be kind.',"
    " 'turns': [{'role': 'user', 'content': 'Hi', 'y': 1}, {'role': 'assistant', 'content': null,"
    "            'tool_calls': [{}]}, {'role': 'user', 'content': 'What now?'}],"
    " 'sources': [{'id': 5, 'title': 'Book', 'content': 'Text', 'url': 'https://x.example'}, {'content': 'Two'}],"
    " 'references': [{'content': 'Ideal'}],"
    " 'responses': [{'id': 1, 'content': 'One', 'model': 'm-1', 'latency_ms': 3},"
    "               {'id': 'b', 'content': '', 'language': 'en', 'direction': 'ltr', 'z': {'deep': [null]}}],"
    " 'form': {'id': 8, 'version': 2, 'title': 'F', 'kind': 'custom', 'w': 0.1, 'rationale': {'use': 'off', 'r': 1},"
    "          'questions': [{'id': 1, 'type': 'hologram', 'rays': 7}]},"
    " 'gold': {'answers': {'q': 1}}, 'sections': ['a'], 'later': {'than': 'now'}}";

static void
test_everything (void)
{
  g_autoptr (AssayTask) self = task (everything);
  g_autoptr (JsonNode) saved = assay_task_to_json (self);
  g_autoptr (JsonNode) again_saved = NULL;
  g_autoptr (AssayTask) again = assay_task_new_from_json (saved, NULL);
  g_autofree char *expected = g_strdup (everything);
  AssayDocument *document;
  gint64 amount;
  const char *currency;

  g_assert_cmpstr (assay_task_get_id (self), ==, "17");
  g_assert_cmpstr (assay_task_get_external_id (self), ==, "4");
  g_assert_cmpstr (assay_task_get_kind (self), ==, "pairwise.overall");
  g_assert_cmpstr (assay_task_get_title (self), ==, "Dinner");
  g_assert_cmpstr (assay_task_get_language (self), ==, "ar");
  g_assert_cmpint (assay_task_get_direction (self), ==, ASSAY_DIRECTION_RTL);
  g_assert_cmpint (assay_task_get_priority (self), ==, 3);
  g_assert_cmpint (assay_task_get_deadline_ms (self), ==, G_GINT64_CONSTANT (1767225600000));
  g_assert_cmpint (assay_task_get_claim_expires_ms (self), ==, G_GINT64_CONSTANT (1767225600000));
  g_assert_cmpuint (assay_task_get_est_minutes (self), ==, 7);
  g_assert_cmpint (assay_task_get_pay (self, &amount, &currency), ==, ASSAY_PAY_PER_TASK);
  g_assert_cmpint (amount, ==, 250);
  g_assert_cmpstr (currency, ==, "EUR");
  g_assert_cmpstr (assay_task_get_guideline_id (self), ==, "9");
  g_assert_cmpint (assay_task_get_guideline_version (self), ==, 3);
  g_assert_cmpint (assay_task_get_paste_policy (self), ==, ASSAY_PASTE_DISCOURAGED);
  g_assert_cmpint (assay_task_get_export_policy (self), ==, ASSAY_EXPORT_OWN_WORDS_ONLY);
  g_assert_false (assay_task_get_offline_allowed (self));
  g_assert_true (assay_task_get_reveal_models (self));
  g_assert_false (assay_task_get_allow_skip (self));
  g_assert_cmpstr (assay_task_get_content_warning (self)[1], ==, "hte");
  g_assert_null (assay_task_get_content_warning (self)[2]);
  g_assert_cmpstr (assay_task_get_prompt_text (self), ==, "What now?");
  g_assert_cmpstr (assay_form_get_id (assay_task_get_form (self)), ==, "8");
  g_assert_cmpint (assay_form_get_version (assay_task_get_form (self)), ==, 2);
  g_assert_cmpint (
      assay_json_get_int (assay_json_get_object (assay_task_get_gold (self), "answers"), "q", 0),
      ==, 1);

  static const char *const ids[] = { "system",      "turn:1",     "turn:2",
                                     "turn:3",      "source:5",   "source:2",
                                     "reference:1", "response:1", "response:b" };

  g_assert_cmpuint (assay_task_get_n_documents (self), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      document = assay_task_get_document (self, i);
      g_assert_cmpstr (assay_document_get_id (document), ==, ids[i]);
      g_assert_true (assay_task_find_document (self, ids[i]) == document);
    }
  g_assert_null (assay_task_find_document (self, "prompt"));
  g_assert_cmpuint (assay_task_get_n_responses (self), ==, 2);
  document = assay_task_find_response (self, "1");
  g_assert_cmpstr (assay_document_get_model (document), ==, "m-1");
  g_assert_cmpstr (assay_document_get_language (document), ==, "ar");
  g_assert_cmpint (assay_document_get_direction (document), ==, ASSAY_DIRECTION_RTL);
  g_assert_cmpuint (assay_document_get_length_bytes (document), ==, 3);
  document = assay_task_find_response (self, "b");
  g_assert_cmpstr (assay_document_get_text (document), ==, "");
  g_assert_cmpstr (assay_document_get_language (document), ==, "en");
  g_assert_cmpint (assay_document_get_direction (document), ==, ASSAY_DIRECTION_LTR);
  g_assert_cmpstr (assay_document_get_speaker (assay_task_find_document (self, "turn:2")), ==,
                   "assistant");
  g_assert_cmpstr (assay_document_get_title (assay_task_find_document (self, "source:5")), ==,
                   "Book");

  /* All that comes back changed is that ids are texts. */
  static const char *const edits[][2] = {
    { "'id': 17", "'id': '17'" },
    { "'external_id': 4", "'external_id': '4'" },
    { "'id': 9", "'id': '9'" },
    { "'id': 5", "'id': '5'" },
    { "{'id': 1, 'content'", "{'id': '1', 'content'" },
    { "'id': 8", "'id': '8'" },
    { "{'id': 1, 'type'", "{'id': '1', 'type'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_auto (GStrv) parts = g_strsplit (expected, edits[i][0], 2);

      g_free (expected);
      expected = g_strjoinv (edits[i][1], parts);
    }
  assert_json (assay_json_copy (saved), expected);
  again_saved = assay_task_to_json (again);
  assert_same_json (again_saved, saved);
  g_assert_cmpstr (assay_task_get_digest (again), ==, assay_task_get_digest (self));
}

static const char *const odd_values[] = {
  "null",     "true",         "false",       "0",  "-1", "1e300",  "3.5",  "9223372036854775807",
  "''",       "'x'",          "'r1'",        "[]", "{}", "[null]", "[[]]", "{'id': 1}",
  "{'': ''}", "[1, 'a', {}]", "'2026-01-01'"
};

static guint32
n_seeds (void)
{
  return g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? 10000 : 400;
}

/* Puts something else in the place of a random member or element. */
static void
mutate (JsonNode *node, GRand *rand)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);
  JsonNode *other = json (odd_values[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd_values))]);
  gboolean go_on = g_rand_int_range (rand, 0, 4) > 0;

  if (object != NULL && json_object_get_size (object) > 0)
    {
      g_autoptr (GList) names = json_object_get_members (object);
      const char *name =
          g_list_nth_data (names,
                           (guint) g_rand_int_range (rand, 0, (gint32) g_list_length (names)));
      JsonNode *member = json_object_get_member (object, name);

      if (go_on && (JSON_NODE_HOLDS_OBJECT (member) || JSON_NODE_HOLDS_ARRAY (member)))
        mutate (member, rand);
      else if (g_rand_int_range (rand, 0, 5) == 0)
        json_object_remove_member (object, name);
      else
        json_object_set_member (object, name, g_steal_pointer (&other));
    }
  else if (array != NULL && json_array_get_length (array) > 0)
    {
      guint index = (guint) g_rand_int_range (rand, 0, (gint32) json_array_get_length (array));
      JsonNode *element = json_array_get_element (array, index);

      if (go_on && (JSON_NODE_HOLDS_OBJECT (element) || JSON_NODE_HOLDS_ARRAY (element)))
        mutate (element, rand);
      else
        {
          json_array_remove_element (array, index);
          json_array_add_element (array, g_steal_pointer (&other));
        }
    }
  g_clear_pointer (&other, json_node_unref);
}

static const char all_types[] =
    "{'id': 't', 'responses': [{'id': 'r1', 'content': 'One'}, {'id': 'r2', 'content': 'Two'}], 'form': {'questions': ["
    "{'id': 'p', 'type': 'pairwise', 'points': 5, 'labels': ['a', 'b', 'c', 'd', 'e'], 'reasons': [{'id': 1}], 'comment': 'optional'},"
    "{'id': 'r', 'type': 'rank', 'mode': 'top_k', 'k': 2, 'buckets': [{'id': 'x', 'label': 'X'}]},"
    "{'id': 's', 'type': 'scale', 'min': 1, 'max': 5, 'step': 0.5, 'anchors': {'1': 'low'}, 'scope': 'each-response',"
    " 'comment': 'required_below:3', 'when': {'any': [{'question': 'p', 'in': ['r1']}, {'not': {'question': 'c', 'in': [1]}}]}},"
    "{'id': 'c', 'type': 'choice', 'options': [{'id': 1, 'label': 'L', 'help': 'H'}, 'b'], 'other': true},"
    "{'id': 'm', 'type': 'multi', 'options': [{'id': 'a', 'exclusive': true}, 'b'], 'min': 1, 'max': 2},"
    "{'id': 'k', 'type': 'checklist', 'items': [{'id': 1, 'text': 'T', 'points': -3, 'critical': true}], 'words': 'met',"
    " 'comment_required': ['no'], 'scope': 'each-response'},"
    "{'id': 'n', 'type': 'number', 'min': 0, 'max': 9, 'step': 1, 'unit': 'u', 'integer': true},"
    "{'id': 't', 'type': 'text', 'min': 1, 'max': 9, 'min_words': 1, 'max_words': 3, 'multiline': false}]}}";

static const char all_answers[] =
    "{'id': 'j', 'answers': {'p': {'choice': 'r1', 'strength': 2, 'reasons': ['1'], 'comment': 'c'},"
    " 'r': {'order': [['r1'], ['r2']], 'quality': {'r1': 'acceptable'}, 'buckets': {'x': ['r1']}},"
    " 's': {'r1': 3, 'r2': {'value': 2, 'comment': 'c'}}, 'c': {'choice': '1', 'other': 'o'}, 'm': {'choices': ['a'], 'other': 'o'},"
    " 'k': {'r1': {'1': {'met': 'no', 'comment': 'c'}}}, 'n': 4, 't': 'text'}, 'rationale': '@{r1} is better',"
    " 'confidence': 3, 'flags': [{'code': 'pii', 'note': 'n'}], 'outcome': 'answered', 'private_note': 'p',"
    " 'presentation': {'order': ['r2', 'r1'], 'seed': 3}, 'effort': {'active_ms': 4}, 'read_to_end': ['r1'],"
    " 'guideline_seen': {'version': 1}, 'times': {'created': 1}, 'composition': {'typed_chars': 3},"
    " 'draft': {'undo': {'commands': [{'kind': 'text', 'start': 0, 'removed': '', 'inserted': '@B'},"
    " {'kind': 'answer', 'key': 'n', 'after': 4}, {'kind': 'group', 'parts': [{'kind': 'field', 'key': 'confidence'}]}],"
    " 'position': 2}, 'cursor': {'x': 1}}}";

/* Ids as texts, wherever they stand. */
static void
unify_ids (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    unify_ids (json_array_get_element (array, i));
  if (object != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *l = names; l != NULL; l = l->next)
        {
          JsonNode *member = json_object_get_member (object, l->data);
          g_autofree char *id = assay_json_node_dup_id (member);

          if (id != NULL
              && (g_str_equal (l->data, "id") || g_str_equal (l->data, "external_id")
                  || g_str_equal (l->data, "question")))
            json_object_set_string_member (object, l->data, id);
          else
            unify_ids (member);
        }
    }
}

/* Whatever stands in whatever place: it is refused with a sentence, or it comes back as it was
 * read. */
static void
test_mutations (void)
{
  guint n_accepted = 0;
  guint n_refused = 0;

  for (guint32 seed = 0; seed < n_seeds (); seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (JsonNode) node = json (seed % 2 == 0 ? everything : all_types);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayTask) self = NULL;
      g_autoptr (AssayTask) again = NULL;
      g_autoptr (JsonNode) saved = NULL;
      g_autoptr (JsonNode) saved_again = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        mutate (node, rand);
      self = assay_task_new_from_json (node, &error);
      if (self == NULL)
        {
          n_refused++;
          g_assert_nonnull (error);
          g_assert_cmpint (strlen (error->message), >, 0);
          continue;
        }
      n_accepted++;
      g_assert_no_error (error);
      saved = assay_task_to_json (self);
      again = assay_task_new_from_json (saved, &error);
      g_assert_no_error (error);
      saved_again = assay_task_to_json (again);
      assert_same_json (saved_again, saved);
      g_assert_cmpstr (assay_task_get_digest (again), ==, assay_task_get_digest (self));
      unify_ids (node);
      unify_ids (saved);
      assert_same_json (saved, node);
    }
  g_assert_cmpuint (n_accepted, >, n_seeds () / 8);
  g_assert_cmpuint (n_refused, >, n_seeds () / 8);
}

static void
test_answer_mutations (void)
{
  g_autoptr (AssayTask) whole = task (all_types);
  AssayForm *form = assay_task_get_form (whole);
  guint n_accepted = 0;

  for (guint32 seed = 0; seed < n_seeds (); seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (JsonNode) node = json (all_answers);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayJudgement) self = NULL;
      g_autoptr (AssayJudgement) again = NULL;
      g_autoptr (GPtrArray) issues = NULL;
      g_autoptr (JsonNode) saved = NULL;
      g_autoptr (JsonNode) saved_again = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        mutate (node, rand);
      self = assay_judgement_new_from_json (whole, node, &error);
      if (self == NULL)
        {
          g_assert_nonnull (error);
          continue;
        }
      n_accepted++;
      issues = assay_judgement_validate (self);
      assay_judgement_get_progress (self, NULL, NULL);
      for (guint i = 0; i < assay_form_get_n_questions (form); i++)
        {
          AssayQuestion *asked = assay_form_get_question (form, i);

          for (guint j = 0; j < 2; j++)
            {
              JsonNode *answer = assay_judgement_get_answer (self, assay_question_get_id (asked),
                                                             j == 0 ? NULL : "r1");

              g_free (assay_question_describe_answer (
                  asked, assay_judgement_get_presentation (self), answer));
            }
        }
      saved = assay_judgement_to_draft_json (self);
      again = assay_judgement_new_from_json (whole, saved, &error);
      g_assert_no_error (error);
      saved_again = assay_judgement_to_draft_json (again);
      assert_same_json (saved_again, saved);
      while (assay_judgement_can_undo (again))
        assay_judgement_undo (again);
      while (assay_judgement_can_redo (again))
        assay_judgement_redo (again);
    }
  g_assert_cmpuint (n_accepted, >, n_seeds () / 8);
}

static void
test_least (void)
{
  g_autoptr (AssayTask) self = task ("{'id': 't', 'form': {}}");

  g_assert_cmpstr (assay_task_get_title (self), ==, "t");
  g_assert_cmpstr (assay_task_get_kind (self), ==, "custom");
  g_assert_cmpstr (assay_task_get_prompt_text (self), ==, "");
  g_assert_cmpuint (assay_task_get_n_documents (self), ==, 0);
  g_assert_cmpint (assay_task_get_paste_policy (self), ==, ASSAY_PASTE_ALLOWED);
  g_assert_cmpint (assay_task_get_export_policy (self), ==, ASSAY_EXPORT_ALLOWED);
  g_assert_true (assay_task_get_offline_allowed (self));
  g_assert_false (assay_task_get_reveal_models (self));
  g_assert_true (assay_task_get_allow_skip (self));
  g_assert_null (assay_task_get_content_warning (self));
  g_assert_null (assay_task_get_gold (self));
  g_assert_cmpint (assay_task_get_pay (self, NULL, NULL), ==, ASSAY_PAY_NONE);
  g_assert_cmpint (assay_form_get_rationale_use (assay_task_get_form (self)), ==,
                   ASSAY_RATIONALE_OPTIONAL);
  g_assert_cmpuint (assay_form_get_rationale_max (assay_task_get_form (self)), ==, 10000);
}

static void
test_prompt (void)
{
  g_autoptr (AssayTask) prompt = task ("{'id': 't', 'prompt': 'P', 'form': {}}");
  g_autoptr (AssayTask) same =
      task ("{'id': 't', 'prompt': 'P', 'turns': [{'role': 'user', 'content': 'P'}], 'form': {}}");
  g_autoptr (AssayTask) both =
      task ("{'id': 't', 'prompt': 'Q', 'turns': [{'role': 'user', 'content': 'P'}], 'form': {}}");

  g_assert_cmpstr (assay_document_get_id (assay_task_get_document (prompt, 0)), ==, "prompt");
  g_assert_cmpuint (assay_task_get_n_documents (same), ==, 1);
  g_assert_cmpuint (assay_task_get_n_documents (both), ==, 2);
  g_assert_cmpstr (assay_task_get_prompt_text (both), ==, "Q");
}

static void
test_refused (void)
{
  assert_refused ("[]", ASSAY_MODEL_ERROR_TYPE, "/");
  assert_refused ("{'form': {}}", ASSAY_MODEL_ERROR_MISSING, "/id");
  assert_refused ("{'id': 't'}", ASSAY_MODEL_ERROR_MISSING, "/form");
  assert_refused ("{'id': 't', 'form': []}", ASSAY_MODEL_ERROR_TYPE, "/form");
  assert_refused ("{'id': 't', 'form': {}, 'responses': {}}", ASSAY_MODEL_ERROR_TYPE, "/responses");
  assert_refused ("{'id': 't', 'form': {}, 'responses': ['x']}", ASSAY_MODEL_ERROR_TYPE,
                  "/responses/0");
  assert_refused ("{'id': 't', 'form': {}, 'responses': [{'content': ''}]}",
                  ASSAY_MODEL_ERROR_MISSING, "/responses/0/id");
  assert_refused ("{'id': 't', 'form': {}, 'responses': [{'id': 'a'}]}", ASSAY_MODEL_ERROR_MISSING,
                  "/responses/0/content");
  assert_refused ("{'id': 't', 'form': {}, 'responses': [{'id': 'a', 'content': 7}]}",
                  ASSAY_MODEL_ERROR_TYPE, "/responses/0/content");
  assert_refused (
      "{'id': 't', 'form': {}, 'responses': [{'id': 1, 'content': ''}, {'id': '1', 'content': ''}]}",
      ASSAY_MODEL_ERROR_DUPLICATE, "/responses");
  assert_refused ("{'id': 't', 'form': {}, 'turns': [3]}", ASSAY_MODEL_ERROR_TYPE, "/turns/0");
  assert_refused ("{'id': 't', 'form': {}, 'prompt': []}", ASSAY_MODEL_ERROR_TYPE, "/prompt");
  assert_refused ("{'id': 't', 'form': {}, 'priority': 10}", ASSAY_MODEL_ERROR_RANGE, "/priority");
  assert_refused ("{'id': 't', 'form': {}, 'priority': 'high'}", ASSAY_MODEL_ERROR_TYPE,
                  "/priority");
  assert_refused ("{'id': 't', 'form': {}, 'est_minutes': 601}", ASSAY_MODEL_ERROR_RANGE,
                  "/est_minutes");
  assert_refused ("{'id': 't', 'form': {}, 'deadline_at': 'soon'}", ASSAY_MODEL_ERROR_RANGE,
                  "/deadline_at");
  assert_refused ("{'id': 't', 'form': {}, 'deadline_at': -1}", ASSAY_MODEL_ERROR_RANGE,
                  "/deadline_at");
  assert_refused ("{'id': 't', 'form': {}, 'pay': {'amount_minor': 1.5}}", ASSAY_MODEL_ERROR_TYPE,
                  "/pay/amount_minor");
  assert_refused ("{'id': 't', 'form': {}, 'policy': {'paste': 1}}", ASSAY_MODEL_ERROR_TYPE,
                  "/policy/paste");
  assert_refused ("{'id': 't', 'form': {}, 'content_warning': [1]}", ASSAY_MODEL_ERROR_TYPE,
                  "/content_warning/0");
}

static void
test_unknown_policy_is_strict (void)
{
  g_autoptr (AssayTask) self = task (
      "{'id': 't', 'form': {}, 'direction': 'up', 'pay': {'model': 'barter'},"
      " 'policy': {'paste': 'new', 'export': 'new', 'offline': 'new', 'reveal_models': 'new'}}");

  g_assert_cmpint (assay_task_get_paste_policy (self), ==, ASSAY_PASTE_FORBIDDEN);
  g_assert_cmpint (assay_task_get_export_policy (self), ==, ASSAY_EXPORT_FORBIDDEN);
  g_assert_false (assay_task_get_offline_allowed (self));
  g_assert_false (assay_task_get_reveal_models (self));
  g_assert_cmpint (assay_task_get_direction (self), ==, ASSAY_DIRECTION_AUTO);
  g_assert_cmpint (assay_task_get_pay (self, NULL, NULL), ==, ASSAY_PAY_NONE);
}

static void
test_digest (void)
{
  static const char *const others[] = {
    "{'id': 't', 'prompt': 'P', 'responses': [{'id': 'a', 'content': 'y'}], 'form': {}}",
    "{'id': 't', 'prompt': 'Q', 'responses': [{'id': 'a', 'content': 'x'}], 'form': {}}",
    "{'id': 't', 'prompt': 'P', 'responses': [{'id': 'b', 'content': 'x'}], 'form': {}}",
    "{'id': 't', 'prompt': 'P', 'responses': [{'id': 'a', 'content': 'x'}], 'form': {'version': 2}}",
    "{'id': 't', 'system': 'P', 'responses': [{'id': 'a', 'content': 'x'}], 'form': {}}",
  };
  g_autoptr (AssayTask) self =
      task ("{'id': 't', 'prompt': 'P', 'responses': [{'id': 'a', 'content': 'x'}], 'form': {}}");
  /* What is not judged does not matter. */
  g_autoptr (AssayTask) same = task (
      "{'form': {}, 'responses': [{'content': 'x', 'id': 'a', 'model': 'm'}], 'prompt': 'P', 'id': 'u', 'priority': 3}");

  g_assert_cmpint (strlen (assay_task_get_digest (self)), ==, 64);
  g_assert_cmpstr (assay_task_get_digest (self), ==, assay_task_get_digest (same));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (AssayTask) other = task (others[i]);

      g_assert_cmpstr (assay_task_get_digest (self), !=, assay_task_get_digest (other));
    }
}

/* Calls stand below what was said, in blocks of code that nothing in them ends. */
static void
test_tool_calls (void)
{
  static const struct
  {
    const char *message;
    const char *content;
    const char *text;
  } cases[] = {
    { "{}", "Said.", "Said." },
    { "{'tool_calls': []}", "Said.", "Said." },
    { "{'tool_calls': [{'name': 'f', 'arguments': {}}]}", "", "```\nf ({})\n```" },
    { "{'tool_calls': [{'function': {'name': 'f', 'arguments': ' {} '}}, {'name': 'g'}]}", "Said.",
      "Said.\n\n```\nf ({})\n```\n\n```\ng ()\n```" },
    { "{'tool_calls': [{'name': 'f', 'arguments': 'a ```` b'}]}", "",
      "`````\nf (a ```` b)\n`````" },
    { "{'tool_calls': [7, {'odd': true}]}", "", "```\n7\n```\n\n```\n{\n  \"odd\": true\n}\n```" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) message = json (cases[i].message);
      g_autofree char *text =
          assay_tool_calls_to_text (json_node_get_object (message), cases[i].content);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_title (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { " \n\n", "" },
    { "Hello\nWorld", "Hello" },
    { "\n\n# Heading  here\t!\n", "Heading here !" },
    { "> quoted\r\nx", "quoted" },
    { "a\x01\x02"
      "b",
      "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_string (assay_task_make_title (cases[i][0]), cases[i][1]);
  for (guint n = 79; n <= 81; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *title = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (text, "ü");
      title = assay_task_make_title (text->str);
      g_assert_cmpint (g_utf8_strlen (title, -1), ==, MIN (n, 80));
      g_assert_cmpint (g_str_has_suffix (title, "…"), ==, n > 80);
    }
  assert_string (
      assay_task_make_title (
          "Plan a week of dinners for two people on sixty euros, without fish, and with a list of everything to buy"),
      "Plan a week of dinners for two people on sixty euros, without fish, and with a…");
}

static void
test_limit_responses (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new ("{'id': 't', 'form': {}, 'responses': [");

      for (int i = 0; i < ASSAY_LIMIT_RESPONSES + delta; i++)
        g_string_append_printf (text, "%s{'id': %d, 'content': ''}", i == 0 ? "" : ",", i);
      g_string_append (text, "]}");
      if (delta <= 0)
        g_object_unref (task (text->str));
      else
        assert_refused (text->str, ASSAY_MODEL_ERROR_TOO_LARGE, "/responses");
    }
}

static void
test_limit_document (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *content = g_strnfill ((gsize) (ASSAY_LIMIT_DOCUMENT_BYTES + delta), 'x');
      g_autoptr (JsonNode) node = json ("{'id': 't', 'form': {}}");
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayTask) self = NULL;

      json_object_set_string_member (assay_json_node_object (node), "prompt", content);
      self = assay_task_new_from_json (node, &error);
      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
}

static void
test_form (void)
{
  g_autoptr (JsonNode) node = json (
      "{'id': 'f', 'version': 4, 'title': 'T', 'kind': 'k', 'fixed_order': true, 'require_full_read': true,"
      " 'salvage': true, 'ask_confidence': true, 'rationale': {'use': 'required', 'min': 50, 'max': 500,"
      " 'label': 'Why', 'help': 'h'}, 'questions': [{'id': 'a', 'type': 'text'},"
      " {'id': 'b', 'type': 'text', 'when': {'question': 'a', 'in': ['x']}}]}");
  g_autoptr (AssayForm) self = assay_form_new_from_json (node, "", NULL);

  g_assert_cmpint (assay_form_get_version (self), ==, 4);
  g_assert_cmpstr (assay_form_get_title (self), ==, "T");
  g_assert_cmpstr (assay_form_get_kind (self), ==, "k");
  g_assert_true (assay_form_get_fixed_order (self));
  g_assert_true (assay_form_get_require_full_read (self));
  g_assert_true (assay_form_get_salvage (self));
  g_assert_true (assay_form_get_ask_confidence (self));
  g_assert_cmpint (assay_form_get_rationale_use (self), ==, ASSAY_RATIONALE_REQUIRED);
  g_assert_cmpuint (assay_form_get_rationale_min (self), ==, 50);
  g_assert_cmpuint (assay_form_get_rationale_max (self), ==, 500);
  g_assert_cmpstr (assay_form_get_rationale_label (self), ==, "Why");
  g_assert_cmpstr (assay_form_get_rationale_help (self), ==, "h");
  g_assert_cmpuint (assay_form_get_n_questions (self), ==, 2);
  g_assert_true (assay_form_find_question (self, "b") == assay_form_get_question (self, 1));
  g_assert_null (assay_form_find_question (self, "c"));

  assert_form_refused ("3", ASSAY_MODEL_ERROR_TYPE, "/form");
  assert_form_refused ("{'questions': [{'id': 1, 'type': 'text'}, {'id': '1', 'type': 'text'}]}",
                       ASSAY_MODEL_ERROR_DUPLICATE, "/form/questions");
  assert_form_refused ("{'questions': [{'id': 'a', 'type': 'scale'}]}", ASSAY_MODEL_ERROR_MISSING,
                       "/form/questions/0/min");
  assert_form_refused ("{'rationale': {'use': 'perhaps'}}", ASSAY_MODEL_ERROR_RANGE,
                       "/form/rationale/use");
  assert_form_refused ("{'rationale': {'min': 9, 'max': 8}}", ASSAY_MODEL_ERROR_RANGE,
                       "/form/rationale/max");
  assert_form_refused ("{'rationale': {'max': 200001}}", ASSAY_MODEL_ERROR_RANGE,
                       "/form/rationale/max");
  assert_form_refused (
      "{'questions': [{'id': 'a', 'type': 'text', 'when': {'question': 'z', 'in': []}}]}",
      ASSAY_MODEL_ERROR_RANGE, "/form/questions/0");
  assert_form_refused (
      "{'questions': [{'id': 'a', 'type': 'text', 'when': {'not': {'question': 'a', 'in': []}}}]}",
      ASSAY_MODEL_ERROR_RANGE, "/form/questions");
  assert_form_refused (
      "{'questions': [{'id': 'a', 'type': 'text', 'when': {'question': 'b', 'in': []}}, {'id': 'b', 'type': 'text', 'when': {'question': 'a', 'in': []}}]}",
      ASSAY_MODEL_ERROR_RANGE, "/form/questions");
}

/* Each question depends on the two before it: a walk without a memory would never come back. */
static void
test_form_diamonds (void)
{
  g_autoptr (GString) text =
      g_string_new ("{'questions': [{'id': 0, 'type': 'text'}, {'id': 1, 'type': 'text'}");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (AssayForm) form = NULL;

  for (int i = 2; i < ASSAY_LIMIT_QUESTIONS; i++)
    g_string_append_printf (text,
                            ", {'id': %d, 'type': 'text', 'when': {'all': ["
                            "{'question': %d, 'in': ['x']}, {'question': %d, 'in': ['x']}]}}",
                            i, i - 1, i - 2);
  g_string_append (text, "]}");
  node = json (text->str);
  form = assay_form_new_from_json (node, "", NULL);
  g_assert_nonnull (form);
}

static void
test_limit_questions (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new ("{'questions': [");
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (AssayForm) form = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = 0; i < ASSAY_LIMIT_QUESTIONS + delta; i++)
        g_string_append_printf (text, "%s{'id': %d, 'type': 'text'}", i == 0 ? "" : ",", i);
      g_string_append (text, "]}");
      node = json (text->str);
      form = assay_form_new_from_json (node, "", &error);
      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/task/everything", test_everything);
  g_test_add_func ("/task/mutations", test_mutations);
  g_test_add_func ("/task/answer-mutations", test_answer_mutations);
  g_test_add_func ("/task/least", test_least);
  g_test_add_func ("/task/prompt", test_prompt);
  g_test_add_func ("/task/refused", test_refused);
  g_test_add_func ("/task/unknown-policy-is-strict", test_unknown_policy_is_strict);
  g_test_add_func ("/task/digest", test_digest);
  g_test_add_func ("/task/tool-calls", test_tool_calls);
  g_test_add_func ("/task/title", test_title);
  g_test_add_func ("/task/limit/responses", test_limit_responses);
  g_test_add_func ("/task/limit/document", test_limit_document);
  g_test_add_func ("/form/all", test_form);
  g_test_add_func ("/form/diamonds", test_form_diamonds);
  g_test_add_func ("/form/limit/questions", test_limit_questions);

  return g_test_run ();
}
