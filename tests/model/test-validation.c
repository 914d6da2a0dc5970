/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "model-testing.h"

/* A judgement with @answers and further members. */
static AssayJudgement *
judgement (guint n_responses, const char *form, const char *members)
{
  g_autoptr (AssayTask) task = task_with_form (n_responses, form);
  g_autofree char *text =
      g_strdup_printf ("{'id': 'j', 'presentation': {'order': ['r2', 'r1']}, %s}", members);
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayJudgement *self = assay_judgement_new_from_json (task, node, &error);

  g_assert_no_error (error);
  return self;
}

/* "rule:question:response" for each issue, in order. Takes @self. */
static void
assert_issues (AssayJudgement *self, const char *expected)
{
  g_autoptr (GPtrArray) issues = assay_judgement_validate (self);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];

      g_string_append_printf (
          found, "%s%s:%s:%s", i == 0 ? "" : " ", assay_issue_get_rule (issue),
          assay_issue_get_question (issue) ? assay_issue_get_question (issue) : "",
          assay_issue_get_response (issue) ? assay_issue_get_response (issue) : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
  g_object_unref (self);
}

static void
assert_message (AssayJudgement *self, guint index, AssayIssueLevel level, const char *message)
{
  g_autoptr (GPtrArray) issues = assay_judgement_validate (self);

  g_assert_cmpuint (issues->len, >, index);
  g_assert_cmpint (assay_issue_get_level (issues->pdata[index]), ==, level);
  g_assert_cmpstr (assay_issue_get_message (issues->pdata[index]), ==, message);
  g_object_unref (self);
}

static void
test_required (void)
{
  const char *form =
      "'rationale': {'use': 'off'}, 'questions': ["
      "{'id': 'a', 'type': 'scale', 'label': 'Accuracy', 'min': 1, 'max': 5, 'scope': 'each-response'},"
      "{'id': 'b', 'type': 'text', 'required': false},"
      "{'id': 'c', 'type': 'choice', 'options': ['x']}]";
  guint answered;
  guint required;
  g_autoptr (AssayJudgement) half = judgement (2, form, "'answers': {'a': {'r1': 3}}");

  /* In the order shown: r2 is A. */
  assert_issues (judgement (2, form, "'answers': {}"), "req:a:r2 req:a:r1 req:c:");
  assert_issues (g_object_ref (half), "req:a:r2 req:c:");
  assert_message (g_object_ref (half), 0, ASSAY_ISSUE_ERROR,
                  "Response A: “Accuracy” needs a score.");
  assert_issues (judgement (2, form, "'answers': {'a': {'r1': 3, 'r2': 1}, 'c': 'x'}"), "");
  assay_judgement_get_progress (half, &answered, &required);
  g_assert_cmpuint (answered, ==, 1);
  g_assert_cmpuint (required, ==, 3);
}

static void
test_types (void)
{
  const char *form =
      "'rationale': {'use': 'off'}, 'questions': ["
      "{'id': 'a', 'type': 'scale', 'min': 1, 'max': 5, 'scope': 'each-response',"
      "                             'comment': 'required_below:3'},"
      "{'id': 'm', 'type': 'multi', 'options': ['x', 'y', {'id': 'n', 'exclusive': true}], 'max': 1},"
      "{'id': 'r', 'type': 'rank', 'allow_ties': false},"
      "{'id': 'u', 'type': 'hologram'}]";

  assert_issues (
      judgement (2, form,
                 "'answers': {'a': {'r1': 2, 'r2': 9}, 'm': ['x', 'n'], 'r': {'order': [['r1']]}}"),
      "grid:a:r2 comment:a:r1 exclusive:m: max:m: ranks:r: unknown:u:");
  assert_issues (
      judgement (2, form,
                 "'answers': {'a': {'r1': {'value': 2, 'comment': 'x'}, 'r2': 5}, 'm': ['x'],"
                 " 'r': {'order': [['r2'], ['r1']]}, 'u': {'v': 1}}"),
      "");
}

static void
test_rationale (void)
{
  static const struct
  {
    const char *settings;
    const char *text;
    const char *issues;
  } cases[] = {
    { "'use': 'required', 'min': 5, 'max': 8", "", "req:rationale:" },
    { "'use': 'required', 'min': 5, 'max': 8", "  ", "req:rationale:" },
    { "'use': 'required', 'min': 5, 'max': 8", "äöüä", "rat.min:rationale:" },
    { "'use': 'required', 'min': 5, 'max': 8", " äöüäö ", "" },
    { "'use': 'required', 'min': 5, 'max': 8", "12345678", "" },
    { "'use': 'required', 'min': 5, 'max': 8", "123456789", "rat.max:rationale:" },
    { "'use': 'required'", "", "req:rationale:" },
    { "'use': 'required'", "x", "" },
    { "'use': 'optional', 'min': 5", "", "" },
    { "'use': 'optional', 'min': 5", "1234", "rat.min:rationale:" },
    { "'use': 'off', 'min': 5", "1234", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *form = g_strdup_printf ("'rationale': {%s}", cases[i].settings);
      g_autofree char *members = g_strdup_printf ("'rationale': '%s'", cases[i].text);

      assert_issues (judgement (2, form, members), cases[i].issues);
    }
  assert_message (judgement (2, "'rationale': {'use': 'required', 'min': 50}",
                             "'rationale': '1234567890'"),
                  0, ASSAY_ISSUE_ERROR, "The rationale needs 40 more characters.");
}

static void
test_conditions (void)
{
  const char *form =
      "'rationale': {'use': 'off'}, 'questions': ["
      "{'id': 'pref', 'type': 'pairwise'},"
      "{'id': 'tie', 'type': 'text', 'when': {'question': 'pref', 'in': ['tie', 'both-good', 'both-bad']}},"
      "{'id': 'more', 'type': 'text', 'when': {'question': 'tie', 'in': ['x']}},"
      "{'id': 'safe', 'type': 'scale', 'min': 0, 'max': 1, 'scope': 'each-response'},"
      "{'id': 'why', 'type': 'text', 'scope': 'each-response', 'when': {'question': 'safe', 'in': [0]}},"
      "{'id': 'any', 'type': 'text', 'when': {'question': 'safe', 'in': [0]}},"
      "{'id': 'none', 'type': 'text', 'when': {'not': {'question': 'safe', 'in': [0]}}}]";
  g_autoptr (AssayJudgement) hidden = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (JsonNode) draft = NULL;
  const char *answers =
      "'answers': {'pref': {'choice': 'r2', 'strength': 1}, 'tie': 'x', 'more': 'y',"
      " 'safe': {'r1': {'value': 0, 'comment': 'c'}, 'r2': 1},"
      " 'why': {'r1': 'a', 'r2': 'b'}, 'any': 'd', 'none': 'e'}";

  assert_issues (judgement (2, form, "'answers': {}"),
                 "req:pref: req:safe:r2 req:safe:r1 req:none:");
  assert_issues (
      judgement (2, form,
                 "'answers': {'pref': {'choice': 'both-bad'}, 'safe': {'r1': 0, 'r2': 1}}"),
      "req:tie: req:why:r1 req:any:");
  assert_issues (
      judgement (
          2, form,
          "'answers': {'pref': {'choice': 'both-bad'}, 'tie': 'x', 'safe': {'r1': 1, 'r2': 1},"
          " 'none': 'e'}"),
      "req:more:");

  hidden = judgement (2, form, answers);
  assert_issues (g_object_ref (hidden), "");
  record = assay_judgement_to_json (hidden, TRUE);
  /* What hangs on a hidden answer is hidden with it. */
  assert_json (
      assay_json_copy (json_object_get_member (assay_json_node_object (record), "answers")),
      "{'pref': {'choice': 'r2', 'strength': 1}, 'safe': {'r1': {'value': 0, 'comment': 'c'}, 'r2': 1},"
      " 'why': {'r1': 'a'}, 'any': 'd'}");
  /* A draft keeps all, and the parent's return brings it back. */
  draft = assay_judgement_to_draft_json (hidden);
  assert_json (assay_json_copy (json_object_get_member (assay_json_node_object (draft), "answers")),
               "{'pref': {'choice': 'r2', 'strength': 1}, 'tie': 'x', 'more': 'y',"
               " 'safe': {'r1': {'value': 0, 'comment': 'c'}, 'r2': 1},"
               " 'why': {'r1': 'a', 'r2': 'b'}, 'any': 'd', 'none': 'e'}");
}

static void
test_condition_diamonds (void)
{
  g_autoptr (GString) form = g_string_new ("'rationale': {'use': 'off'}, 'questions': ["
                                           "{'id': 0, 'type': 'text'}, {'id': 1, 'type': 'text'}");
  g_autoptr (GString) answers = g_string_new ("'answers': {'0': 'x', '1': 'x'");

  for (int i = 2; i < 200; i++)
    {
      g_string_append_printf (form,
                              ", {'id': %d, 'type': 'text', 'when': {'all': ["
                              "{'question': %d, 'in': ['x']}, {'question': %d, 'in': ['x']}]}}",
                              i, i - 1, i - 2);
      g_string_append_printf (answers, ", '%d': 'x'", i);
    }
  g_string_append (form, "]");
  g_string_append (answers, "}");
  assert_issues (judgement (2, form->str, answers->str), "");
}

static const char rubric[] =
    "'rationale': {'use': 'off'}, 'questions': ["
    "{'id': 'preference', 'type': 'pairwise'},"
    "{'id': 'a', 'type': 'scale', 'min': 0, 'max': 10, 'step': 0.25, 'weight': 3, 'scope': 'each-response'},"
    "{'id': 'b', 'type': 'scale', 'min': 0, 'max': 10, 'allow_na': true, 'scope': 'each-response'},"
    "{'id': 'long', 'type': 'scale', 'min': 0, 'max': 10, 'neutral': true, 'scope': 'each-response'}]";

static AssayJudgement *
scored (const char *preference, const char *a1, const char *b1, const char *a2, const char *b2)
{
  g_autofree char *members = g_strdup_printf (
      "'answers': {'preference': {%s}, 'a': {'r1': %s, 'r2': %s}, 'b': {'r1': %s, 'r2': %s},"
      " 'long': {'r1': 10, 'r2': 0}}",
      preference, a1, a2, b1, b2);

  return judgement (2, rubric, members);
}

static void
test_means (void)
{
  const char *first = "'choice': 'r1', 'strength': 2";
  const char *second = "'choice': 'r2', 'strength': 1";
  g_autoptr (AssayJudgement) self = scored (first, "4", "8", "5", "{'na': true}");
  double mean;

  g_assert_true (assay_judgement_get_weighted_mean (self, "r1", &mean));
  g_assert_cmpfloat (mean, ==, 5);
  g_assert_true (assay_judgement_get_weighted_mean (self, "r2", &mean));
  g_assert_cmpfloat (mean, ==, 5);
  assert_issues (g_steal_pointer (&self), "");

  /* Exactly one point, and just under it. */
  assert_issues (scored (first, "4", "4", "5", "5"), "rub.contradiction:preference:");
  assert_issues (scored (first, "4.25", "4", "5", "5"), "");
  assert_issues (scored (second, "4", "4", "5", "5"), "");
  assert_issues (scored (second, "5", "5", "4", "4"), "rub.contradiction:preference:");
  assert_issues (scored ("'choice': 'both-good', 'strength': 0", "4", "4", "9", "9"), "");
  /* r2 is shown as A. */
  assert_message (scored (first, "4", "4", "5", "5"), 0, ASSAY_ISSUE_WARNING,
                  "The scores favour response A, the preference the other one.");

  self = judgement (2, rubric, "'answers': {'long': {'r1': 3}}");
  g_assert_false (assay_judgement_get_weighted_mean (self, "r1", &mean));
}

static void
test_ranking_against_scores (void)
{
  const char *form = "'rationale': {'use': 'off'}, 'questions': [{'id': 'order', 'type': 'rank'},"
                     "{'id': 'a', 'type': 'scale', 'min': 0, 'max': 10, 'scope': 'each-response'}]";

  assert_issues (
      judgement (
          3, form,
          "'answers': {'order': {'order': [['r1'], ['r2'], ['r3']]}, 'a': {'r1': 5, 'r2': 5, 'r3': 4}}"),
      "");
  assert_issues (
      judgement (
          3, form,
          "'answers': {'order': {'order': [['r1'], ['r2'], ['r3']]}, 'a': {'r1': 5, 'r2': 4, 'r3': 6}}"),
      "rub.contradiction:order:");
  assert_issues (
      judgement (
          3, form,
          "'answers': {'order': {'order': [['r1', 'r2', 'r3']]}, 'a': {'r1': 5, 'r2': 4, 'r3': 6}}"),
      "");
}

static void
test_dimensions (void)
{
  const char *form =
      "'rationale': {'use': 'off'}, 'questions': ["
      "{'id': 'd1', 'type': 'pairwise', 'points': 5, 'allow_na': true, 'ask_both': false},"
      "{'id': 'd2', 'type': 'pairwise', 'points': 5, 'allow_na': true, 'ask_both': false},"
      "{'id': 'overall', 'type': 'pairwise'}]";
  static const struct
  {
    const char *first;
    const char *second;
    const char *overall;
    const char *issues;
  } cases[] = {
    { "'choice': 'r1', 'strength': 1", "'choice': 'r2', 'strength': 1",
      "'choice': 'r1', 'strength': 1", "" },
    { "'choice': 'r2', 'strength': 1", "'choice': 'r2', 'strength': 2",
      "'choice': 'r1', 'strength': 1", "rub.contradiction:overall:" },
    { "'choice': 'r2', 'strength': 1", "'choice': 'tie', 'strength': 0",
      "'choice': 'r1', 'strength': 1", "rub.contradiction:overall:" },
    { "'choice': 'r2', 'strength': 1", "'na': true", "'choice': 'r1', 'strength': 1",
      "rub.contradiction:overall:" },
    { "'na': true", "'na': true", "'choice': 'r1', 'strength': 1", "rub.contradiction:overall:" },
    { "'na': true", "'na': true", "'choice': 'both-good', 'strength': 0", "" },
    { "'na': true", "'choice': 'tie', 'strength': 0", "'choice': 'r1', 'strength': 1", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members =
          g_strdup_printf ("'answers': {'d1': {%s}, 'd2': {%s}, 'overall': {%s}}", cases[i].first,
                           cases[i].second, cases[i].overall);

      assert_issues (judgement (2, form, members), cases[i].issues);
    }
  /* Dimensions alone have nothing to contradict. */
  assert_issues (
      judgement (
          2,
          "'rationale': {'use': 'off'}, 'questions': [{'id': 'd1', 'type': 'pairwise'}, {'id': 'd2', 'type': 'pairwise'}]",
          "'answers': {'d1': {'choice': 'r1', 'strength': 1}, 'd2': {'choice': 'r2', 'strength': 1}}"),
      "");
}

static void
test_reading (void)
{
  const char *form = "'rationale': {'use': 'off'}, 'require_full_read': true";
  g_autoptr (AssayJudgement) self = judgement (2, form, "'read_to_end': ['r1']");

  assert_issues (g_object_ref (self), "read::r2");
  assert_message (g_object_ref (self), 0, ASSAY_ISSUE_ERROR,
                  "Response A has not been read to its end.");
  assay_judgement_set_read_to_end (self, "r2");
  assert_issues (g_steal_pointer (&self), "");
}

static void
test_outcomes (void)
{
  const char *form = "'questions': [{'id': 'a', 'type': 'text'}]";
  static const struct
  {
    const char *members;
    const char *issues;
  } cases[] = {
    { "'outcome': 'declined_content'", "" },
    { "'outcome': 'not_ratable'", "out.reason:: out.note::" },
    { "'outcome': 'not_ratable', 'outcome_reason': 'other', 'outcome_note': '123456789'",
      "out.note::" },
    { "'outcome': 'not_ratable', 'outcome_reason': 'other', 'outcome_note': '1234567890'", "" },
    { "'outcome': 'not_ratable', 'outcome_reason': 'seen_before', 'outcome_note': '1234567890'",
      "out.reason::" },
    { "'outcome': 'out_of_expertise', 'outcome_note': 'ab'", "out.note::" },
    { "'outcome': 'out_of_expertise', 'outcome_note': 'abc'", "" },
    { "'outcome': 'broken_task'", "out.reason::" },
    { "'outcome': 'broken_task', 'outcome_reason': 'render_wrong'", "" },
    { "'outcome': 'skipped', 'outcome_reason': 'seen_before'", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_issues (judgement (2, form, cases[i].members), cases[i].issues);
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *note = g_strnfill ((gsize) (200 + delta), 'x');
      g_autofree char *members =
          g_strdup_printf ("'outcome': 'out_of_expertise', 'outcome_note': '%s'", note);

      assert_issues (judgement (2, form, members), delta <= 0 ? "" : "out.note::");
    }
  {
    g_autoptr (AssayTask) bound = task ("{'id': 't', 'form': {}, 'policy': {'allow_skip': false}}");
    AssayJudgement *self = assay_judgement_new (bound);

    assay_judgement_set_outcome (self, ASSAY_OUTCOME_SKIPPED, "other", NULL);
    assert_issues (self, "out.skip::");
  }
}

static void
test_flags_and_pasting (void)
{
  const char *form = "'rationale': {'use': 'off'}, 'questions': []";
  g_autoptr (AssayTask) discouraged =
      task ("{'id': 't', 'form': {}, 'policy': {'paste': 'discouraged'}}");
  AssayJudgement *self = assay_judgement_new (discouraged);

  assert_issues (judgement (2, form, "'flags': [{'code': 'guideline_gap'}]"), "flag.note:flags:");
  assert_issues (judgement (2, form, "'flags': [{'code': 'guideline_gap', 'note': 'Ties.'}]"), "");
  assert_issues (judgement (2, form, "'flags': [{'code': 'edge_case'}]"), "");

  assay_judgement_count_composition (self, 10, 0, 0, 0);
  assert_issues (g_object_ref (self), "");
  assay_judgement_count_composition (self, 0, 4, 0, 0);
  assert_message (g_object_ref (self), 0, ASSAY_ISSUE_WARNING,
                  "4 characters were pasted; this project asks for your own words.");
  assert_issues (self, "paste::");
}

static void
test_salvage (void)
{
  const char *form =
      "'salvage': true, 'rationale': {'use': 'required'}, 'questions': ["
      "{'id': 'a', 'type': 'scale', 'min': 1, 'max': 5}, {'id': 'b', 'type': 'text'}]";

  assert_issues (
      judgement (2, form, "'salvage': true, 'salvage_reason': 'The model stopped answering.'"), "");
  assert_issues (judgement (2, form, "'salvage': true, 'salvage_reason': '1234567890123456789'"),
                 "salvage::");
  assert_issues (judgement (2, form, "'salvage': true"), "salvage::");
  assert_issues (
      judgement (2, form,
                 "'salvage': true, 'salvage_reason': '12345678901234567890', 'answers': {'a': 9}"),
      "grid:a:");
  assert_issues (judgement (2, "'rationale': {'use': 'off'}",
                            "'salvage': true, 'salvage_reason': '12345678901234567890'"),
                 "salvage::");
}

/* Errors come first, whatever the order of the form. */
static void
test_order (void)
{
  const char *form = "'rationale': {'use': 'off'}, 'questions': ["
                     "{'id': 'preference', 'type': 'pairwise'},"
                     "{'id': 'a', 'type': 'scale', 'min': 0, 'max': 10, 'scope': 'each-response'},"
                     "{'id': 'z', 'type': 'text'}]";

  assert_issues (
      judgement (
          2, form,
          "'answers': {'preference': {'choice': 'r1', 'strength': 1}, 'a': {'r1': 1, 'r2': 9}}"),
      "req:z: rub.contradiction:preference:");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/validation/required", test_required);
  g_test_add_func ("/validation/types", test_types);
  g_test_add_func ("/validation/rationale", test_rationale);
  g_test_add_func ("/validation/conditions", test_conditions);
  g_test_add_func ("/validation/condition-diamonds", test_condition_diamonds);
  g_test_add_func ("/validation/means", test_means);
  g_test_add_func ("/validation/ranking", test_ranking_against_scores);
  g_test_add_func ("/validation/dimensions", test_dimensions);
  g_test_add_func ("/validation/reading", test_reading);
  g_test_add_func ("/validation/outcomes", test_outcomes);
  g_test_add_func ("/validation/salvage", test_salvage);
  g_test_add_func ("/validation/flags-and-pasting", test_flags_and_pasting);
  g_test_add_func ("/validation/order", test_order);

  return g_test_run ();
}
