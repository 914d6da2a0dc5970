/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-claims-question.h"
#include "assay-limits.h"
#include "assay-marking-question.h"
#include "question-testing.h"

#define TEXT "The moon 🌕 orbits the Earth. قمر means moon, and it is made of cheese."

static AssayTask *
task_with (const char *settings)
{
  g_autofree char *text = g_strconcat (
      "{'id': 't', 'prompt': 'What is the moon?', 'responses': [{'id': 'r1'}], 'form': "
      "{'questions': [{'id': 'q', 'type': 'claims', 'scope': 'each-response'",
      settings, "}]}}", NULL);
  g_autoptr (JsonNode) node = json (text);
  JsonArray *responses = json_object_get_array_member (json_node_get_object (node), "responses");
  g_autoptr (GError) error = NULL;
  AssayTask *task;

  json_object_set_string_member (json_array_get_object_element (responses, 0), "content", TEXT);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

static AssayClaimsQuestion *
get_question (AssayTask *task)
{
  return ASSAY_CLAIMS_QUESTION (assay_form_get_question (assay_task_get_form (task), 0));
}

/* A claim of code points of the text; takes @answer. */
static JsonNode *
add (JsonNode *answer, guint start, guint end)
{
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", TEXT, start, end);
  JsonNode *more = assay_claims_answer_add (answer, span, NULL, NULL);

  g_clear_pointer (&answer, json_node_unref);
  return more;
}

/* Takes @answer. */
static JsonNode *
with (JsonNode *answer, const char *id, const char *member, const char *text)
{
  JsonNode *changed = assay_claims_answer_with (answer, id, member, text);

  json_node_unref (answer);
  return changed;
}

static void
check_rules (AssayTask *task, JsonNode *answer, const char *expected)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) rules = g_string_new (NULL);

  assay_question_validate (ASSAY_QUESTION (get_question (task)), task, "r1", answer, issues);
  for (guint i = 0; i < issues->len; i++)
    g_string_append_printf (rules, "%s%s", i > 0 ? " " : "",
                            assay_issue_get_rule (issues->pdata[i]));
  g_assert_cmpstr (rules->str, ==, expected);
}

static void
test_answer (void)
{
  g_autoptr (AssayTask) task = task_with ("");
  g_autoptr (JsonNode) answer = add (add (NULL, 29, 43), 0, 28);
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  const AssayClaim *first = claims->pdata[0];
  const AssayClaim *second = claims->pdata[1];

  g_assert_cmpuint (claims->len, ==, 2);
  g_assert_cmpstr (first->id, ==, "c2");
  g_assert_cmpstr (first->text, ==, "The moon 🌕 orbits the Earth.");
  g_assert_cmpstr (second->id, ==, "c1");
  g_assert_true (first->checkworthy);
  check_rules (task, answer, "verdict verdict");
  check_rules (task, NULL, "req");
}

static void
test_validation (void)
{
  g_autoptr (AssayTask) task = task_with (", 'require_correction': true, 'min_sources': 2");
  g_autoptr (JsonNode) answer = with (add (NULL, 0, 28), "c1", "verdict", "refuted");
  const AssayEvidence evidence = { .url = (char *) "https://example.org",
                                   .stance = (char *) "refutes" };
  const AssayEvidence empty = { .stance = (char *) "refutes" };
  g_autoptr (JsonNode) one = NULL;
  g_autoptr (JsonNode) two = NULL;
  g_autoptr (JsonNode) three = NULL;
  g_autoptr (JsonNode) grave = NULL;
  g_autoptr (JsonNode) corrected = NULL;
  g_autoptr (JsonNode) idle = NULL;

  check_rules (task, answer, "evidence");
  one = assay_claims_answer_add_evidence (answer, "c1", &evidence);
  check_rules (task, one, "evidence");
  two = assay_claims_answer_add_evidence (one, "c1", &evidence);
  check_rules (task, two, "");
  three = assay_claims_answer_add_evidence (two, "c1", &empty);
  check_rules (task, three, "evidence.empty");
  grave = assay_claims_answer_with (two, "c1", "severity", "major");
  check_rules (task, grave, "correction");
  corrected = assay_claims_answer_with (grave, "c1", "correction", "It does not.");
  check_rules (task, corrected, "");

  g_clear_pointer (&one, json_node_unref);
  one = add (NULL, 0, 28);
  idle = assay_claims_answer_with_checkworthy (one, "c1", FALSE);
  check_rules (task, idle, "");
  g_clear_pointer (&two, json_node_unref);
  two = assay_claims_answer_with (one, "c1", "verdict", "maybe");
  check_rules (task, two, "option");
}

static void
check_text_length (AssayTask *task, guint length, const char *expected)
{
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr (JsonNode) answer =
      with (with (add (NULL, 0, 28), "c1", "verdict", "disputed"), "c1", "text", text);

  check_rules (task, answer, expected);
}

static void
check_quote_length (AssayTask *task, guint length, const char *expected)
{
  g_autofree char *text = g_strnfill (length, 'x');
  const AssayEvidence evidence = { .quote = text };
  g_autoptr (JsonNode) answer = with (add (NULL, 0, 28), "c1", "verdict", "disputed");
  g_autoptr (JsonNode) more = assay_claims_answer_add_evidence (answer, "c1", &evidence);

  check_rules (task, more, expected);
}

static void
test_limits (void)
{
  g_autoptr (AssayTask) task = task_with ("");

  check_text_length (task, ASSAY_LIMIT_CLAIM_MIN_CHARACTERS - 1, "text.min");
  check_text_length (task, ASSAY_LIMIT_CLAIM_MIN_CHARACTERS, "");
  check_text_length (task, ASSAY_LIMIT_CLAIM_CHARACTERS, "");
  check_text_length (task, ASSAY_LIMIT_CLAIM_CHARACTERS + 1, "text.max");
  check_quote_length (task, ASSAY_LIMIT_EVIDENCE_CHARACTERS, "");
  check_quote_length (task, ASSAY_LIMIT_EVIDENCE_CHARACTERS + 1, "evidence.max");
}

static void
test_evidence (void)
{
  const AssayEvidence evidence = { .title = (char *) "An atlas",
                                   .quote = (char *) "It orbits.",
                                   .stance = (char *) "supports" };
  g_autoptr (JsonNode) answer = add (NULL, 0, 28);
  g_autoptr (JsonNode) one = assay_claims_answer_add_evidence (answer, "c1", &evidence);
  g_autoptr (JsonNode) changed =
      assay_claims_answer_with_evidence (one, "c1", 0, "url", "https://example.org/a");
  g_autoptr (JsonNode) beyond = assay_claims_answer_with_evidence (one, "c1", 1, "url", "x");
  g_autoptr (AssayClaim) claim = assay_claims_answer_find (changed, "c1");
  g_autoptr (JsonNode) removed = assay_claims_answer_remove_evidence (changed, "c1", 0);
  const AssayEvidence *read = claim->evidence->pdata[0];

  g_assert_cmpuint (claim->evidence->len, ==, 1);
  g_assert_cmpstr (read->url, ==, "https://example.org/a");
  g_assert_cmpstr (read->title, ==, "An atlas");
  g_assert_cmpstr (read->stance, ==, "supports");
  g_assert_true (assay_json_equal (one, beyond));
  g_assert_true (assay_json_equal (removed, answer));
}

static void
test_split_and_join (void)
{
  g_autoptr (AssayTask) task = task_with ("");
  g_autoptr (JsonNode) answer = with (add (NULL, 29, 71), "c1", "verdict", "refuted");
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) split = assay_claims_answer_split (answer, "c1", 15, task, &id);
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (split);
  const AssayClaim *first = claims->pdata[0];
  const AssayClaim *second = claims->pdata[1];
  g_autoptr (JsonNode) joined = assay_claims_answer_join (split, "c1", task);
  g_autoptr (AssayClaim) again = assay_claims_answer_find (joined, "c1");

  g_assert_cmpstr (first->text, ==, "قمر means moon,");
  g_assert_cmpstr (first->verdict, ==, "refuted");
  g_assert_cmpstr (second->id, ==, id);
  g_assert_cmpstr (second->text, ==, "and it is made of cheese.");
  g_assert_null (second->verdict);
  g_assert_cmpuint (first->span->start, ==, 29);
  g_assert_cmpuint (first->span->end, ==, 44);
  g_assert_cmpuint (second->span->start, ==, 45);
  g_assert_cmpuint (second->span->end, ==, 70);

  g_assert_cmpuint (assay_claims_answer_get_n (joined), ==, 1);
  g_assert_cmpstr (again->text, ==, "قمر means moon, and it is made of cheese.");
  g_assert_null (again->verdict);
  g_assert_cmpuint (again->span->end, ==, 70);

  /* Nothing on one of the sides, no next one. */
  g_assert_null (assay_claims_answer_split (answer, "c1", 0, task, NULL));
  g_assert_null (assay_claims_answer_split (answer, "c1", 1000, task, NULL));
  g_assert_null (assay_claims_answer_join (answer, "c1", task));
}

/* What was written to stand alone is cut by itself: the span keeps all of the original. */
static void
test_split_written (void)
{
  g_autoptr (AssayTask) task = task_with ("");
  g_autoptr (JsonNode) answer =
      with (add (NULL, 45, 70), "c1", "text", "The moon exists. The moon is of cheese.");
  g_autoptr (JsonNode) split = assay_claims_answer_split (answer, "c1", 16, task, NULL);
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (split);
  const AssayClaim *second = claims->pdata[1];

  g_assert_cmpstr (((AssayClaim *) claims->pdata[0])->text, ==, "The moon exists.");
  g_assert_cmpstr (second->text, ==, "The moon is of cheese.");
  g_assert_cmpuint (second->span->start, ==, 45);
  g_assert_cmpuint (second->span->end, ==, 70);
}

static void
test_derived (void)
{
  g_autoptr (AssayTask) task = task_with ("");
  g_autoptr (JsonNode) answer = add (add (add (NULL, 0, 8), 11, 17), 29, 43);
  double precision;
  g_autofree char *text = NULL;

  g_assert_false (assay_claims_answer_get_precision (answer, &precision));
  answer = with (with (with (g_steal_pointer (&answer), "c1", "verdict", "supported"), "c2",
                       "verdict", "refuted"),
                 "c3", "verdict", "not_checkable");
  g_assert_true (assay_claims_answer_get_precision (answer, &precision));
  g_assert_cmpfloat (precision, ==, 0.5);
  text = assay_question_describe_answer (ASSAY_QUESTION (get_question (task)), NULL, answer);
  g_assert_nonnull (strstr (text, "3 claims ("));
  g_assert_nonnull (strstr (text, "precision 50 %"));
}

static void
test_given (void)
{
  g_autoptr (AssayTask) task = task_with (
      ", 'given': {'r1': [{'start': 0, 'end': 28}, {'start': 45, 'end': 70, 'text': 'The "
      "moon is made of cheese.'}, {'start': 9, 'end': 3}, 7]}");
  g_autoptr (JsonNode) answer =
      assay_claims_question_begin_with_given (get_question (task), task, "r1");
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);

  g_assert_cmpint (assay_claims_question_get_segmentation (get_question (task)), ==,
                   ASSAY_SEGMENTATION_GIVEN);
  g_assert_cmpuint (claims->len, ==, 2);
  g_assert_cmpstr (((AssayClaim *) claims->pdata[1])->text, ==, "The moon is made of cheese.");
  g_assert_cmpstr (((AssayClaim *) claims->pdata[1])->span->quote, ==, "and it is made of cheese.");
}

#define SOURCES ", 'basis': 'sources', 'citations': true"

static JsonNode *
attach (JsonNode *answer, const char *source)
{
  const AssayEvidence evidence = { .title = (char *) "A book",
                                   .quote = (char *) "It orbits.",
                                   .source_id = (char *) source };
  JsonNode *more = assay_claims_answer_add_evidence (answer, "c1", &evidence);

  json_node_unref (answer);
  return more;
}

/* Only the sources of the task say anything; and each statement is asked what it cites. */
static void
test_sources (void)
{
  g_autoptr (AssayTask) task = task_with (SOURCES);
  AssayClaimsQuestion *question = get_question (task);
  g_autoptr (JsonNode) answer = with (add (NULL, 0, 8), "c1", "verdict", "full");

  g_assert_cmpuint (assay_claims_question_get_n_verdicts (question), ==, 5);
  g_assert_true (assay_claims_question_needs_evidence (question, "contradicted"));
  g_assert_false (assay_claims_question_needs_evidence (question, "none"));
  check_rules (task, answer, "citation evidence");
  answer = with (g_steal_pointer (&answer), "c1", "citation_ok", "correct");
  answer = attach (g_steal_pointer (&answer), NULL);
  check_rules (task, answer, "evidence");
  answer = attach (g_steal_pointer (&answer), "s1");
  check_rules (task, answer, "");
  answer = with (g_steal_pointer (&answer), "c1", "citation_ok", "perhaps");
  check_rules (task, answer, "option");
}

static void
test_no_claim (void)
{
  g_autoptr (AssayTask) task = task_with (SOURCES);
  g_autoptr (JsonNode) answer = with (add (NULL, 0, 8), "c1", "verdict", "no_claim");

  check_rules (task, answer, "");
}

static void
test_citations (void)
{
  static const char *const statements[][2] = {
    { "full", "correct" }, { "full", "wrong" },  { "none", "missing" },    { "partial", "correct" },
    { "full", "correct" }, { "no_claim", NULL }, { "none", "not_needed" },
  };
  static const char *const cited[] = { "s1", "s2", NULL };
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) naming = NULL;
  g_autoptr (AssayClaim) claim = NULL;
  double share;

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i + 1);

      answer = add (g_steal_pointer (&answer), 2 * i, 2 * i + 1);
      answer = with (g_steal_pointer (&answer), id, "verdict", statements[i][0]);
      answer = with (g_steal_pointer (&answer), id, "citation_ok", statements[i][1]);
    }
  g_assert_true (assay_claims_answer_get_citation_precision (answer, &share));
  g_assert_cmpfloat (share, ==, 0.75);
  g_assert_true (assay_claims_answer_get_citation_recall (answer, &share));
  g_assert_cmpfloat (share, ==, 0.4);

  naming = assay_claims_answer_with_cited (answer, "c2", cited);
  claim = assay_claims_answer_find (naming, "c2");
  g_assert_true (g_strv_equal ((const char *const *) claim->cited, cited));
}

static void
test_unknown_members (void)
{
  g_autoptr (JsonNode) answer = json (
      "{'claims': [{'id': 'c1', 'span': {'doc': 'response:r1', 'start': 0, 'end': 8, 'quote': "
      "'The moon', 'unit': 7}, 'text': 'The moon', 'mood': 'calm', 'evidence': [{'url': 'u', "
      "'rank': 1}]}, 'what'], 'tool': {'x': 1}}");
  g_autoptr (JsonNode) changed = assay_claims_answer_with (answer, "c1", "verdict", "disputed");
  g_autoptr (JsonNode) back = assay_claims_answer_with (changed, "c1", "verdict", NULL);

  g_assert_false (assay_json_equal (changed, answer));
  g_assert_true (assay_json_equal (back, answer));
}

static void
test_without_texts (void)
{
  g_autoptr (JsonNode) quoted = add (NULL, 0, 8);
  g_autoptr (JsonNode) written = with (add (NULL, 0, 8), "c1", "text", "My own words");
  g_autoptr (JsonNode) stripped = assay_claims_answer_without_texts (quoted);
  g_autoptr (JsonNode) kept = assay_claims_answer_without_texts (written);
  g_autofree char *a = assay_json_to_string (stripped);
  g_autofree char *b = assay_json_to_string (kept);

  g_assert_null (strstr (a, "moon"));
  g_assert_null (strstr (b, "moon"));
  g_assert_nonnull (strstr (b, "My own words"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claims/answer", test_answer);
  g_test_add_func ("/claims/validation", test_validation);
  g_test_add_func ("/claims/limits", test_limits);
  g_test_add_func ("/claims/evidence", test_evidence);
  g_test_add_func ("/claims/split-and-join", test_split_and_join);
  g_test_add_func ("/claims/split-written", test_split_written);
  g_test_add_func ("/claims/derived", test_derived);
  g_test_add_func ("/claims/given", test_given);
  g_test_add_func ("/claims/sources", test_sources);
  g_test_add_func ("/claims/no-claim", test_no_claim);
  g_test_add_func ("/claims/citations", test_citations);
  g_test_add_func ("/claims/unknown-members", test_unknown_members);
  g_test_add_func ("/claims/without-texts", test_without_texts);
  return g_test_run ();
}
