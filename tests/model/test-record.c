/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-model-error.h"
#include "assay-outcome.h"
#include "assay-pairwise-question.h"
#include "assay-scale-question.h"
#include "assay-rank-question.h"
#include "model-testing.h"

static const char form[] =
    "'questions': [{'id': 'pref', 'type': 'pairwise'},"
    "{'id': 'kind', 'type': 'choice', 'options': [1, 2]},"
    "{'id': 'order', 'type': 'rank'},"
    "{'id': 'score', 'type': 'scale', 'min': 1, 'max': 5, 'scope': 'each-response'}]";

/* Canonical bytes of a record without what tells when and in which order. */
static char *
bytes_of (AssayJudgement *self)
{
  g_autoptr (JsonNode) node = assay_judgement_to_json (self, FALSE);
  JsonObject *object = assay_json_node_object (node);

  json_object_remove_member (object, "id");
  json_object_remove_member (object, "times");
  json_object_remove_member (object, "presentation");
  return assay_json_to_string (node);
}

static AssayJudgement *
load (AssayTask *task, const char *text)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayJudgement *self = assay_judgement_new_from_json (task, node, &error);

  g_assert_no_error (error);
  return self;
}

/* Everything that a record may hold comes back, and what is not known in every part. */
static void
test_round_trip (void)
{
  static const char text[] =
      "{'id': 'j1', 'task_id': 't1', 'kind': 'custom', 'schema_version': 1, 'revision': 3, 'outcome': 'answered',"
      " 'answers': {'pref': {'choice': 'r1', 'strength': 2, 'spans': [{'doc': 'x'}], 'both': null},"
      "             'score': {'r1': {'value': 4, 'later': 1}, 'r2': 5}, 'gone': {'x': [1]}},"
      " 'rationale': '@{r1} beats @{r2}; mail a@B, @{}{r1}', 'confidence': 2,"
      " 'flags': [{'code': 'pii', 'note': 'n', 'span': {'start': 1}}, {'code': 'edge_case'},"
      "           {'code': 'pii', 'note': 'again'}, {'odd': true}, {'code': 'low_confidence', 'automatic': true}],"
      " 'private_note': 'secret', 'presentation': {'order': ['r2', 'r1'], 'seed': 9, 'revealed_at': 5, 'p': 1},"
      " 'guideline_seen': {'version': 2, 'sha256': 'ab', 'acknowledged_at': 8, 'g': [2]},"
      " 'effort': {'active_ms': 1, 'idle_ms': 2, 'paused_ms': 3, 'lookup_ms': 4, 'first_opened_at': 5,"
      "            'submitted_at': 6, 'opens': 7, 'e': 'f'},"
      " 'read_to_end': ['r1'], 'composition': {'typed_chars': 1, 'pasted_chars': 2, 'inserted_snippet_chars': 3,"
      "                                        'deleted_chars': 4, 'c': 5},"
      " 'times': {'created': 1, 'updated': 2, 'submitted': 3, 'acknowledged': 4, 't': 5},"
      " 'checks': [{'id': 'x'}], 'mood': {'a': [null]}}";
  g_autoptr (AssayTask) task = task_with_form (2, form);
  g_autoptr (AssayJudgement) self = load (task, text);
  g_autoptr (JsonNode) record = NULL;

  assert_json (assay_judgement_to_json (self, TRUE), text);
  g_assert_true (assay_judgement_get_final (self));
  g_assert_cmpint (assay_judgement_get_revision (self), ==, 3);
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "@B beats @A; mail a@B, @{r1}");
  g_assert_cmpstr (assay_judgement_get_flag (self, "pii"), ==, "n");
  g_assert_cmpstr (assay_judgement_get_flag (self, "edge_case"), ==, "");
  g_assert_null (assay_judgement_get_flag (self, "low_confidence"));
  g_assert_cmpint (assay_judgement_get_effort (self)->opens, ==, 7);
  g_assert_cmpuint (assay_judgement_get_generation (self), ==, 0);

  /* What is private stays. */
  record = assay_judgement_to_json (self, FALSE);
  g_assert_false (assay_json_has (assay_json_node_object (record), "private_note"));
  g_assert_false (assay_json_has (assay_json_node_object (record), "composition"));
  g_assert_false (assay_json_has (assay_json_node_object (record), "draft"));
}

static void
test_flags (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, form);
  g_autoptr (AssayJudgement) self = load (
      task,
      "{'id': 'j', 'flags': [{'code': 'pii', 'note': 'n', 'span': {'start': 1}}, {'code': 'sensitive'}]}");
  g_autoptr (JsonNode) record = NULL;

  assay_judgement_set_flag (self, "pii", "other");
  assay_judgement_set_flag (self, "sensitive", NULL);
  assay_judgement_set_flag (self, "edge_case", "");
  assay_judgement_set_confidence (self, 2);
  record = assay_judgement_to_json (self, FALSE);
  assert_json (assay_json_copy (json_object_get_member (assay_json_node_object (record), "flags")),
               "[{'code': 'pii', 'note': 'other', 'span': {'start': 1}}, {'code': 'edge_case'},"
               " {'code': 'low_confidence', 'automatic': true}]");
  assay_judgement_set_confidence (self, 3);
  g_clear_pointer (&record, json_node_unref);
  record = assay_judgement_to_json (self, FALSE);
  assert_json (assay_json_copy (json_object_get_member (assay_json_node_object (record), "flags")),
               "[{'code': 'pii', 'note': 'other', 'span': {'start': 1}}, {'code': 'edge_case'}]");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    AssayModelError code;
    const char *place;
  } cases[] = {
    { "[]", ASSAY_MODEL_ERROR_TYPE, "/" },
    { "{}", ASSAY_MODEL_ERROR_MISSING, "/id" },
    { "{'id': 'j', 'schema_version': 2}", ASSAY_MODEL_ERROR_VERSION, "newer" },
    { "{'id': 'j', 'schema_version': 'x'}", ASSAY_MODEL_ERROR_TYPE, "/schema_version" },
    { "{'id': 'j', 'answers': []}", ASSAY_MODEL_ERROR_TYPE, "/answers" },
    { "{'id': 'j', 'rationale': 3}", ASSAY_MODEL_ERROR_TYPE, "/rationale" },
    { "{'id': 'j', 'confidence': 6}", ASSAY_MODEL_ERROR_RANGE, "/confidence" },
    { "{'id': 'j', 'flags': {}}", ASSAY_MODEL_ERROR_TYPE, "/flags" },
    { "{'id': 'j', 'outcome': 'won'}", ASSAY_MODEL_ERROR_RANGE, "/outcome" },
    { "{'id': 'j', 'revision': 0}", ASSAY_MODEL_ERROR_RANGE, "/revision" },
    { "{'id': 'j', 'presentation': []}", ASSAY_MODEL_ERROR_TYPE, "/presentation" },
    { "{'id': 'j', 'times': {'created': 'now'}}", ASSAY_MODEL_ERROR_TYPE, "/times/created" },
    { "{'id': 'j', 'guideline_seen': {'version': -1}}", ASSAY_MODEL_ERROR_RANGE,
      "/guideline_seen/version" },
    { "{'id': 'j', 'composition': {'typed_chars': -1}}", ASSAY_MODEL_ERROR_RANGE,
      "/composition/typed_chars" },
    { "{'id': 'j', 'read_to_end': 1}", ASSAY_MODEL_ERROR_TYPE, "/read_to_end" },
  };
  g_autoptr (AssayTask) task = task_with_form (2, form);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (assay_judgement_new_from_json (task, node, &error));
      g_assert_error (error, ASSAY_MODEL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

/* Ids that came as numbers are texts here as in the form. */
static void
test_numeric_ids (void)
{
  g_autoptr (AssayTask) two = task (
      "{'id': 1, 'responses': [{'id': 1, 'content': ''}, {'id': 2, 'content': ''}], 'form': {'questions': ["
      "{'id': 10, 'type': 'pairwise'}, {'id': 11, 'type': 'choice', 'options': [{'id': 5}, {'id': 6}]},"
      "{'id': 12, 'type': 'multi', 'options': [{'id': 5}, {'id': 6}]}, {'id': 13, 'type': 'rank'},"
      "{'id': 14, 'type': 'scale', 'min': 1, 'max': 5, 'scope': 'each-response'}]}}");
  g_autoptr (AssayJudgement) self = load (
      two,
      "{'id': 77, 'presentation': {'order': [2, 1]}, 'answers': {'10': {'choice': 2, 'strength': 3}, '11': 6,"
      " '12': [5, 6], '13': {'order': [[2], [1]]}, '14': {'1': 4, '2': 5}}}");
  g_autoptr (GPtrArray) issues = assay_judgement_validate (self);
  g_autoptr (JsonNode) record = assay_judgement_to_json (self, FALSE);

  g_assert_cmpuint (issues->len, ==, 0);
  g_assert_cmpstr (assay_judgement_get_id (self), ==, "77");
  g_assert_cmpstr (assay_presentation_get_letter (assay_judgement_get_presentation (self), "2"), ==,
                   "A");
  assert_json (
      assay_json_copy (json_object_get_member (assay_json_node_object (record), "answers")),
      "{'10': {'choice': '2', 'strength': 3}, '11': '6', '12': ['5', '6'], '13': {'order': [['2'], ['1']]},"
      " '14': {'1': 4, '2': 5}}");
}

static void
test_outcome (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, form);
  g_autoptr (AssayJudgement) self = assay_judgement_new_with_seed (task, 1);
  g_autoptr (JsonNode) score = assay_scale_answer_new (3);
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (JsonNode) draft = NULL;
  JsonObject *object;

  assay_judgement_set_answer (self, "score", "r1", score);
  assay_judgement_set_rationale (self, "Half a");
  assay_judgement_set_confidence (self, 4);
  assay_judgement_set_outcome (self, ASSAY_OUTCOME_NOT_RATABLE, "wrong_language",
                               "It is all in Latin.");
  record = assay_judgement_to_json (self, TRUE);
  object = assay_json_node_object (record);
  g_assert_cmpstr (assay_json_get_string (object, "outcome"), ==, "not_ratable");
  g_assert_cmpstr (assay_json_get_string (object, "outcome_reason"), ==, "wrong_language");
  g_assert_cmpstr (assay_json_get_string (object, "outcome_note"), ==, "It is all in Latin.");
  g_assert_false (assay_json_has (object, "answers"));
  g_assert_false (assay_json_has (object, "rationale"));
  g_assert_false (assay_json_has (object, "confidence"));
  /* None of the ways out throws away what was typed. */
  draft = assay_judgement_to_draft_json (self);
  g_assert_true (assay_json_has (assay_json_node_object (draft), "answers"));
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (draft), "rationale"), ==,
                   "Half a");
}

/* Acceptance check 4: the shown order never changes the stored values. */
static void
test_order_never_enters (void)
{
  g_autoptr (AssayTask) task = task_with_form (4, form);
  guint32 n_seeds = 500;

  for (guint32 content = 0; content < 20; content++)
    {
      g_autofree char *expected = NULL;

      for (guint32 seed = 0; seed < n_seeds / 20; seed++)
        {
          g_autoptr (GRand) rand = g_rand_new_with_seed (content);
          g_autoptr (AssayJudgement) self =
              assay_judgement_new_with_seed (task, seed * 7919 + content);
          AssayPresentation *presentation = assay_judgement_get_presentation (self);
          g_autofree char *winner = g_strdup_printf ("r%d", g_rand_int_range (rand, 1, 5));
          g_autofree char *loser = g_strdup_printf ("r%d", g_rand_int_range (rand, 1, 5));
          g_autoptr (JsonNode) preference =
              assay_pairwise_answer_new (winner, g_rand_int_range (rand, 1, 4), ASSAY_BOTH_UNSET);
          g_autoptr (JsonNode) order = assay_rank_answer_new_best_worst (winner, loser);
          int scores[4];
          g_autofree char *bytes = NULL;

          for (guint i = 0; i < 4; i++)
            scores[i] = g_rand_int_range (rand, 1, 6);
          assay_judgement_set_answer (self, "pref", NULL, preference);
          assay_judgement_set_answer (self, "order", NULL, order);
          /* As a person goes: from left to right as shown. */
          for (guint place = 0; place < 4; place++)
            {
              const char *response = assay_presentation_get_response (presentation, place);
              g_autoptr (JsonNode) score = assay_scale_answer_new (scores[response[1] - '1']);

              assay_judgement_set_answer (self, "score", response, score);
              assay_judgement_set_read_to_end (self, response);
            }
          {
            g_autofree char *shown =
                g_strdup_printf ("@%s over @%s, clearly.",
                                 assay_presentation_get_letter (presentation, winner),
                                 assay_presentation_get_letter (presentation, loser));

            assay_judgement_set_rationale (self, shown);
          }
          bytes = bytes_of (self);
          if (expected == NULL)
            expected = g_steal_pointer (&bytes);
          else
            g_assert_cmpstr (bytes, ==, expected);
        }
    }
}

static void
test_final (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, form);
  g_autoptr (AssayJudgement) self = assay_judgement_new (task);
  g_autoptr (JsonNode) score = assay_scale_answer_new (3);
  g_autofree char *before = NULL;
  const char *id = assay_judgement_get_id (self);

  g_assert_true (g_uuid_string_is_valid (id));
  assay_judgement_set_rationale (self, "a");
  assay_judgement_finalize_submission (self, 1234);
  before = bytes_of (self);
  g_assert_true (assay_judgement_get_final (self));
  g_assert_false (assay_judgement_can_undo (self));
  assay_judgement_set_answer (self, "score", "r1", score);
  assay_judgement_set_rationale (self, "b");
  assay_judgement_splice_rationale (self, 0, 0, "c");
  assay_judgement_set_confidence (self, 3);
  assay_judgement_set_private_note (self, "n");
  assay_judgement_set_flag (self, "pii", "");
  assay_judgement_set_outcome (self, ASSAY_OUTCOME_SKIPPED, "other", NULL);
  assay_judgement_set_salvage (self, "why");
  assay_judgement_set_read_to_end (self, "r1");
  assay_judgement_set_guideline_seen (self, 3, "x", 1);
  assay_judgement_reset (self);
  assay_judgement_undo (self);
  assert_string (bytes_of (self), before);

  assay_judgement_reopen (self);
  g_assert_false (assay_judgement_get_final (self));
  g_assert_cmpint (assay_judgement_get_revision (self), ==, 2);
  g_assert_cmpstr (assay_judgement_get_id (self), ==, id);
  /* Undo goes back behind the submission. */
  assay_judgement_undo (self);
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "");
}

/* The draft brings back where the person was, and counts what was pasted. */
static void
test_draft (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, form);
  g_autoptr (AssayJudgement) self = assay_judgement_new (task);
  g_autoptr (JsonNode) cursor = json ("{'question': 'pref', 'scroll': [1, 2]}");
  g_autoptr (JsonNode) draft = NULL;
  g_autoptr (AssayJudgement) again = NULL;
  g_autoptr (JsonNode) again_draft = NULL;

  assay_judgement_set_cursor (self, assay_json_node_object (cursor));
  assay_judgement_count_composition (self, 10, 20, 30, 40);
  assay_judgement_count_composition (self, 1, 2, 3, 4);
  assay_judgement_set_guideline_seen (self, 7, "abc", 99);
  assay_judgement_set_revealed_at (self, 55);
  assay_judgement_set_salvage (self, "It broke off.");
  draft = assay_judgement_to_draft_json (self);
  again = assay_judgement_new_from_json (task, draft, NULL);
  again_draft = assay_judgement_to_draft_json (again);
  assert_same_json (again_draft, draft);
  g_assert_cmpstr (assay_json_get_string (assay_judgement_get_cursor (again), "question"), ==,
                   "pref");
  g_assert_cmpstr (assay_judgement_get_salvage (again), ==, "It broke off.");
  g_assert_cmpint (assay_json_get_int (assay_json_get_object (assay_json_node_object (draft),
                                                              "composition"),
                                       "pasted_chars", 0),
                   ==, 22);
}

static void
test_outcome_names (void)
{
  for (int i = 0; i < ASSAY_N_OUTCOMES; i++)
    {
      AssayOutcome outcome = ASSAY_N_OUTCOMES;
      const char *const *reasons = assay_outcome_get_reasons ((AssayOutcome) i);

      g_assert_true (
          assay_outcome_from_string (assay_outcome_to_string ((AssayOutcome) i), &outcome));
      g_assert_cmpint (outcome, ==, i);
      g_assert_cmpint (strlen (assay_outcome_get_title ((AssayOutcome) i)), >, 0);
      g_assert_cmpint (strlen (assay_outcome_get_description ((AssayOutcome) i)), >, 0);
      /* Each reason has words of its own. */
      for (guint j = 0; reasons[j] != NULL; j++)
        g_assert_cmpstr (assay_outcome_get_reason_title ((AssayOutcome) i, reasons[j]), !=,
                         reasons[j]);
    }
  g_assert_cmpstr (assay_outcome_get_reason_title (ASSAY_OUTCOME_SKIPPED, "new"), ==, "new");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/record/round-trip", test_round_trip);
  g_test_add_func ("/record/flags", test_flags);
  g_test_add_func ("/record/refused", test_refused);
  g_test_add_func ("/record/numeric-ids", test_numeric_ids);
  g_test_add_func ("/record/outcome", test_outcome);
  g_test_add_func ("/record/order-never-enters", test_order_never_enters);
  g_test_add_func ("/record/final", test_final);
  g_test_add_func ("/record/draft", test_draft);
  g_test_add_func ("/outcome/names", test_outcome_names);

  return g_test_run ();
}
