/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-questions.h"
#include "question-testing.h"

static void
test_common (void)
{
  g_autoptr (AssayQuestion) self =
      question ("{'id': 7, 'type': 'scale', 'min': 1, 'max': 5, 'label': 'Accuracy', 'help': '*h*',"
                " 'group': 'Quality', 'required': false, 'scope': 'each-response',"
                " 'when': {'question': 3, 'in': ['x', 1]}, 'future': {'a': [1, null]}}");
  g_autoptr (AssayQuestion) plain = question ("{'id': 'q', 'type': 'text'}");

  g_assert_cmpstr (assay_question_get_id (self), ==, "7");
  g_assert_cmpstr (assay_question_get_type_name (self), ==, "scale");
  g_assert_cmpstr (assay_question_get_label (self), ==, "Accuracy");
  g_assert_cmpstr (assay_question_get_help (self), ==, "*h*");
  g_assert_cmpstr (assay_question_get_group (self), ==, "Quality");
  g_assert_false (assay_question_get_required (self));
  g_assert_cmpint (assay_question_get_scope (self), ==, ASSAY_SCOPE_EACH_RESPONSE);
  g_assert_nonnull (assay_question_get_condition (self));
  assert_json (
      assay_question_to_json (self),
      "{'id': '7', 'type': 'scale', 'min': 1, 'max': 5, 'label': 'Accuracy', 'help': '*h*',"
      " 'group': 'Quality', 'required': false, 'scope': 'each-response',"
      " 'when': {'question': '3', 'in': ['x', 1]}, 'future': {'a': [1, null]}}");

  g_assert_cmpstr (assay_question_get_label (plain), ==, "q");
  g_assert_true (assay_question_get_required (plain));
  g_assert_cmpint (assay_question_get_scope (plain), ==, ASSAY_SCOPE_TASK);
  assert_described (plain, NULL, NULL, "—");
  assert_described (plain, NULL, "null", "—");

  assert_refused ("[]", ASSAY_MODEL_ERROR_TYPE, "/questions/0");
  assert_refused ("{'type': 'text'}", ASSAY_MODEL_ERROR_MISSING, "/questions/0/id");
  assert_refused ("{'id': '', 'type': 'text'}", ASSAY_MODEL_ERROR_RANGE, "/questions/0/id");
  assert_refused ("{'id': true, 'type': 'text'}", ASSAY_MODEL_ERROR_TYPE, "/questions/0/id");
  assert_refused ("{'id': 'q'}", ASSAY_MODEL_ERROR_MISSING, "/questions/0/type");
  assert_refused ("{'id': 'q', 'type': 1}", ASSAY_MODEL_ERROR_TYPE, "/questions/0/type");
  assert_refused ("{'id': 'q', 'type': 'text', 'label': 1}", ASSAY_MODEL_ERROR_TYPE,
                  "/questions/0/label");
  assert_refused ("{'id': 'q', 'type': 'text', 'required': 1}", ASSAY_MODEL_ERROR_TYPE,
                  "/questions/0/required");
  assert_refused ("{'id': 'q', 'type': 'text', 'when': {'question': 'a', 'in': 'b'}}",
                  ASSAY_MODEL_ERROR_TYPE, "/questions/0/when/in");
}

static void
test_id_limit (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *id = g_strnfill (ASSAY_LIMIT_NAME_BYTES + delta, 'x');
      g_autofree char *text = g_strdup_printf ("{'id': '%s', 'type': 'text'}", id);

      if (delta <= 0)
        g_object_unref (question (text));
      else
        assert_refused (text, ASSAY_MODEL_ERROR_TOO_LARGE, "/questions/0/id");
    }
}

static void
test_unknown (void)
{
  const char *text = "{'id': 'q', 'type': 'hologram', 'label': 'Depth', 'rays': [{'id': 1}]}";
  g_autoptr (AssayQuestion) self = question (text);
  g_autoptr (AssayQuestion) optional =
      question ("{'id': 'q', 'type': 'hologram', 'required': false}");
  g_autoptr (AssayQuestion) scope = question ("{'id': 'q', 'type': 'text', 'scope': 'each-turn'}");

  g_assert_true (ASSAY_IS_UNKNOWN_QUESTION (self));
  g_assert_cmpstr (assay_question_get_type_name (self), ==, "hologram");
  assert_json (assay_question_to_json (self), text);
  assert_rules (self, NULL, NULL, "unknown");
  assert_rules (self, NULL, "{'rays': 3}", "");
  assert_rules (optional, NULL, NULL, "");
  g_assert_true (ASSAY_IS_UNKNOWN_QUESTION (scope));
  g_assert_cmpstr (assay_question_get_type_name (scope), ==, "text");
}

static void
test_scale (void)
{
  g_autoptr (AssayQuestion) self =
      question ("{'id': 'q', 'type': 'scale', 'min': 0, 'max': 1, 'step': 0.1,"
                " 'anchors': {'0': 'none', '0.30': 'some', '7': 'off', '': 'x'}}");
  g_autoptr (AssayQuestion) na =
      question ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'allow_na': true, 'weight': 2,"
                " 'neutral': true, 'comment': 'required_below:3'}");
  AssayScaleQuestion *scale = ASSAY_SCALE_QUESTION (self);
  double below = 0;

  g_assert_cmpuint (assay_scale_question_get_n_points (scale), ==, 11);
  for (guint i = 0; i < 11; i++)
    {
      double point = assay_scale_question_get_point (scale, i);
      g_autoptr (JsonNode) node = assay_scale_answer_new (point);
      g_autofree char *expected = i == 0    ? g_strdup ("0")
                                  : i == 10 ? g_strdup ("1")
                                            : g_strdup_printf ("0.%u", i);

      g_assert_true (assay_scale_question_is_on_grid (scale, point));
      assert_string (assay_json_to_string (node), expected);
    }
  g_assert_false (assay_scale_question_is_on_grid (scale, 0.05));
  g_assert_false (assay_scale_question_is_on_grid (scale, 1.1));
  g_assert_false (assay_scale_question_is_on_grid (scale, -0.1));
  g_assert_cmpstr (assay_scale_question_get_anchor (scale, 0), ==, "none");
  g_assert_cmpstr (assay_scale_question_get_anchor (scale, 0.3), ==, "some");
  g_assert_null (assay_scale_question_get_anchor (scale, 0.5));
  g_assert_null (assay_scale_question_get_anchor (scale, 7));
  g_assert_true (assay_scale_question_has_anchors (scale));

  assert_rules (self, NULL, NULL, "req");
  assert_rules (self, NULL, "0", "");
  assert_rules (self, NULL, "{'value': 0.7, 'comment': 'c'}", "");
  assert_rules (self, NULL, "0.75", "grid");
  assert_rules (self, NULL, "2", "grid");
  assert_rules (self, NULL, "{'na': true}", "na");
  assert_rules (self, NULL, "{'comment': 'only'}", "req");
  assert_rules (self, NULL, "'0.5'", "req");
  assert_rules (self, NULL, "[]", "req");

  g_assert_cmpint (assay_scale_question_get_comment_rule (ASSAY_SCALE_QUESTION (na), &below), ==,
                   ASSAY_COMMENT_REQUIRED_BELOW);
  g_assert_cmpfloat (below, ==, 3);
  g_assert_true (assay_scale_question_get_neutral (ASSAY_SCALE_QUESTION (na)));
  g_assert_cmpfloat (assay_scale_question_get_weight (ASSAY_SCALE_QUESTION (na)), ==, 2);
  assert_rules (na, NULL, "{'na': true}", "");
  assert_rules (na, NULL, "{'na': true, 'value': 3}", "na");
  assert_rules (na, NULL, "2", "comment");
  assert_rules (na, NULL, "{'value': 2, 'comment': '  '}", "comment");
  assert_rules (na, NULL, "{'value': 2, 'comment': 'x'}", "");
  assert_rules (na, NULL, "3", "");
  assert_short (na, "{'na': true}", "'na'");
  assert_short (na, "{'value': 4, 'comment': 'x'}", "4");
  assert_described (na, NULL, "{'value': 4, 'comment': 'x'}", "4");
  assert_described (na, NULL, "{'na': true}", "Not applicable");

  assert_refused ("{'id': 'q', 'type': 'scale', 'max': 5}", ASSAY_MODEL_ERROR_MISSING,
                  "/questions/0/min");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1}", ASSAY_MODEL_ERROR_MISSING,
                  "/questions/0/max");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 5, 'max': 1}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 1}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'step': 0}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'step': -1}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/step");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 0, 'max': 1, 'step': 1e-9}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': '5'}", ASSAY_MODEL_ERROR_TYPE,
                  "/questions/0/max");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'comment': 'maybe'}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/comment");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'comment': 'required_below:'}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/comment");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'anchors': {'1': 2}}",
                  ASSAY_MODEL_ERROR_TYPE, "/questions/0/anchors");
  assert_refused ("{'id': 'q', 'type': 'scale', 'min': 1, 'max': 5, 'weight': -1}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/weight");
}

static void
test_scale_answers (void)
{
  g_autoptr (JsonNode) four = assay_scale_answer_new (4);
  g_autoptr (JsonNode) noted = assay_scale_answer_with_comment (four, "why");
  g_autoptr (JsonNode) foreign = json ("{'value': 2, 'spans': [1]}");

  assert_json (assay_json_copy (noted), "{'value': 4, 'comment': 'why'}");
  assert_json (assay_scale_answer_with_value (noted, 2.5), "{'value': 2.5, 'comment': 'why'}");
  assert_json (assay_scale_answer_with_na (noted), "{'na': true, 'comment': 'why'}");
  assert_json (assay_scale_answer_with_comment (noted, ""), "4");
  assert_json (assay_scale_answer_with_comment (NULL, "first"), "{'comment': 'first'}");
  assert_json (assay_scale_answer_with_comment (NULL, NULL), NULL);
  assert_json (assay_scale_answer_with_value (NULL, 3), "3");
  assert_json (assay_scale_answer_new_na (), "{'na': true}");
  assert_json (assay_scale_answer_with_value (foreign, 5), "{'value': 5, 'spans': [1]}");
  g_assert_cmpstr (assay_scale_answer_get_comment (noted), ==, "why");
  g_assert_null (assay_scale_answer_get_comment (four));
}

static void
test_choice (void)
{
  g_autoptr (AssayQuestion) self = question (
      "{'id': 'q', 'type': 'choice', 'options': [{'id': 1, 'label': 'One', 'help': 'h', 'x': 0}, 'b', 3]}");
  g_autoptr (AssayQuestion) open =
      question ("{'id': 'q', 'type': 'choice', 'options': ['a'], 'other': true}");
  AssayChoiceQuestion *choice = ASSAY_CHOICE_QUESTION (self);

  g_assert_cmpuint (assay_choice_question_get_n_options (choice), ==, 3);
  g_assert_cmpstr (assay_choice_question_get_option (choice, 0)->id, ==, "1");
  g_assert_cmpstr (assay_choice_question_get_option (choice, 0)->label, ==, "One");
  g_assert_cmpstr (assay_choice_question_get_option (choice, 0)->help, ==, "h");
  g_assert_cmpstr (assay_choice_question_get_option (choice, 2)->label, ==, "3");
  assert_json (
      assay_question_to_json (self),
      "{'id': 'q', 'type': 'choice', 'options': [{'id': '1', 'label': 'One', 'help': 'h', 'x': 0}, 'b', 3]}");

  assert_rules (self, NULL, NULL, "req");
  assert_rules (self, NULL, "'1'", "");
  assert_rules (self, NULL, "'gone'", "option");
  assert_rules (self, NULL, "{'choice': 'b', 'other': 'x'}", "option");
  assert_rules (open, NULL, "{'other': 'mine'}", "");
  assert_rules (open, NULL, "{'choice': 'other', 'other': 'mine'}", "");
  assert_rules (open, NULL, "'other'", "req");
  assert_rules (open, NULL, "{'other': ' '}", "req");
  assert_described (self, NULL, "'1'", "One");
  assert_described (open, NULL, "{'other': 'mine'}", "mine");
  assert_short (open, "{'other': 'mine'}", "'other'");
  assert_short (self, "'b'", "'b'");
  assert_json (assay_choice_answer_new ("a", NULL), "'a'");
  assert_json (assay_choice_answer_new (NULL, "mine"), "{'other': 'mine'}");
  assert_json (assay_choice_answer_new ("a", "mine"), "{'choice': 'a', 'other': 'mine'}");
  assert_json (assay_choice_answer_new (NULL, ""), NULL);

  assert_refused ("{'id': 'q', 'type': 'choice'}", ASSAY_MODEL_ERROR_MISSING,
                  "/questions/0/options");
  assert_refused ("{'id': 'q', 'type': 'choice', 'options': []}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/options");
  assert_refused ("{'id': 'q', 'type': 'choice', 'options': ['a', {'id': 'a'}]}",
                  ASSAY_MODEL_ERROR_DUPLICATE, "/questions/0/options");
  assert_refused ("{'id': 'q', 'type': 'choice', 'options': ['a', {'label': 'B'}]}",
                  ASSAY_MODEL_ERROR_MISSING, "/questions/0/options/1/id");
  assert_refused ("{'id': 'q', 'type': 'choice', 'options': [null]}", ASSAY_MODEL_ERROR_TYPE,
                  "/questions/0/options/0");
}

static void
test_option_limit (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new ("{'id': 'q', 'type': 'choice', 'options': [0");

      for (int i = 1; i < ASSAY_LIMIT_OPTIONS + delta; i++)
        g_string_append_printf (text, ",%d", i);
      g_string_append (text, "]}");
      if (delta <= 0)
        g_object_unref (question (text->str));
      else
        assert_refused (text->str, ASSAY_MODEL_ERROR_TOO_LARGE, "/questions/0/options");
    }
}

static void
test_multi (void)
{
  g_autoptr (AssayQuestion) self =
      question ("{'id': 'q', 'type': 'multi', 'min': 1, 'max': 2, 'other': true, 'options':"
                " ['a', 'b', 'c', {'id': 'none', 'label': 'None', 'exclusive': true}]}");
  g_autoptr (AssayQuestion) any =
      question ("{'id': 'q', 'type': 'multi', 'required': false, 'min': 2, 'options': ['a', 'b']}");
  AssayMultiQuestion *multi = ASSAY_MULTI_QUESTION (self);
  g_autoptr (JsonNode) c = assay_multi_answer_toggle (multi, NULL, "c");
  g_autoptr (JsonNode) ac = assay_multi_answer_toggle (multi, c, "a");
  g_autoptr (JsonNode) none = assay_multi_answer_toggle (multi, ac, "none");
  g_autoptr (JsonNode) b = assay_multi_answer_toggle (multi, none, "b");
  g_autoptr (JsonNode) foreign = json ("{'choices': ['gone', 'b'], 'other': 'mine'}");

  assert_json (assay_json_copy (c), "['c']");
  assert_json (assay_json_copy (ac), "['a', 'c']");
  assert_json (assay_json_copy (none), "['none']");
  assert_json (assay_json_copy (b), "['b']");
  assert_json (assay_multi_answer_toggle (multi, b, "b"), NULL);
  assert_json (assay_multi_answer_toggle (multi, foreign, "a"),
               "{'choices': ['a', 'b', 'gone'], 'other': 'mine'}");
  assert_json (assay_multi_answer_toggle (multi, foreign, "gone"),
               "{'choices': ['b'], 'other': 'mine'}");
  assert_json (assay_multi_answer_toggle (multi, foreign, "none"), "['none', 'gone']");
  g_assert_true (assay_multi_answer_has (ac, "c"));
  g_assert_false (assay_multi_answer_has (ac, "b"));
  g_assert_false (assay_multi_answer_has (NULL, "b"));
  g_assert_cmpstr (assay_multi_answer_get_other (foreign), ==, "mine");

  assert_rules (self, NULL, NULL, "min");
  assert_rules (self, NULL, "['a']", "");
  assert_rules (self, NULL, "['a', 'b']", "");
  assert_rules (self, NULL, "['a', 'b', 'c']", "max");
  assert_rules (self, NULL, "{'choices': ['a', 'b'], 'other': 'x'}", "max");
  assert_rules (self, NULL, "['a', 'none']", "exclusive");
  assert_rules (self, NULL, "['a', 'a']", "option");
  assert_rules (self, NULL, "['gone']", "option");
  assert_rules (any, NULL, NULL, "");
  assert_rules (any, NULL, "['a']", "min");
  assert_rules (any, NULL, "{'choices': ['a', 'b'], 'other': 'x'}", "option");
  assert_described (self, NULL, "['a', 'none']", "a, None");
  assert_short (self, "{'choices': ['a'], 'other': 'x'}", "['a', 'other']");

  assert_refused ("{'id': 'q', 'type': 'multi', 'min': 3, 'max': 2, 'options': ['a', 'b', 'c']}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/min");
  assert_refused ("{'id': 'q', 'type': 'multi', 'min': 3, 'options': ['a', 'b']}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/min");
  assert_refused ("{'id': 'q', 'type': 'multi', 'min': -1, 'options': ['a', 'b']}",
                  ASSAY_MODEL_ERROR_RANGE, "/questions/0/min");
  assert_refused ("{'id': 'q', 'type': 'multi', 'max': 1.5, 'options': ['a', 'b']}",
                  ASSAY_MODEL_ERROR_TYPE, "/questions/0/max");
}

static void
test_checklist (void)
{
  g_autoptr (AssayQuestion) self = question (
      "{'id': 'q', 'type': 'checklist', 'allow_partial': true, 'allow_na': true, 'words': 'followed',"
      " 'comment_required': ['no', 'partial'], 'items': ["
      "{'id': 1, 'text': 'Names the source', 'points': 5},"
      "{'id': 'b', 'text': 'Gives a date', 'points': 3, 'critical': true, 'category': 'Facts'},"
      "{'id': 'c', 'text': 'Invents a citation', 'points': -4, 'critical': true}]}");
  AssayChecklistQuestion *list = ASSAY_CHECKLIST_QUESTION (self);
  g_autoptr (JsonNode) one = assay_checklist_answer_with (NULL, "1", ASSAY_MET_YES);
  g_autoptr (JsonNode) two = assay_checklist_answer_with (one, "b", ASSAY_MET_PARTIAL);
  g_autoptr (JsonNode) three = assay_checklist_answer_with_comment (two, "b", "month only");
  g_autoptr (JsonNode) all = assay_checklist_answer_with (three, "c", ASSAY_MET_NO);
  AssayChecklistScore score;

  assert_json (assay_json_copy (all),
               "{'1': 'yes', 'b': {'met': 'partial', 'comment': 'month only'}, 'c': 'no'}");
  assert_json (assay_checklist_answer_with_comment (three, "b", NULL),
               "{'1': 'yes', 'b': 'partial'}");
  assert_json (assay_checklist_answer_with (one, "1", ASSAY_MET_UNSET), NULL);
  assert_json (assay_checklist_answer_with (three, "b", ASSAY_MET_UNSET),
               "{'1': 'yes', 'b': {'comment': 'month only'}}");
  g_assert_cmpint (assay_checklist_answer_get (all, "b"), ==, ASSAY_MET_PARTIAL);
  g_assert_cmpint (assay_checklist_answer_get (all, "x"), ==, ASSAY_MET_UNSET);
  g_assert_cmpstr (assay_checklist_answer_get_comment (all, "b"), ==, "month only");

  score = assay_checklist_question_score (list, all);
  g_assert_cmpfloat (score.points, ==, 6.5);
  g_assert_cmpfloat (score.max, ==, 8);
  g_assert_cmpfloat (score.fraction, ==, 6.5 / 8);
  g_assert_false (score.failed);
  g_assert_cmpuint (score.answered, ==, 3);
  {
    g_autoptr (JsonNode) bad = json ("{'1': 'na', 'b': 'no', 'c': 'yes'}");

    score = assay_checklist_question_score (list, bad);
    g_assert_cmpfloat (score.points, ==, -4);
    g_assert_cmpfloat (score.max, ==, 3);
    g_assert_cmpfloat (score.fraction, ==, 0);
    g_assert_true (score.failed);
  }

  g_assert_cmpstr (assay_checklist_question_get_label (list, 0, ASSAY_MET_YES), ==, "Followed");
  g_assert_cmpstr (assay_checklist_question_get_label (list, 0, ASSAY_MET_NO), ==, "Not followed");
  g_assert_cmpstr (assay_checklist_question_get_label (list, 2, ASSAY_MET_YES), ==,
                   "Fault present");
  g_assert_true (assay_checklist_question_allows (list, ASSAY_MET_NA));
  g_assert_false (assay_checklist_question_allows (list, ASSAY_MET_UNSURE));
  g_assert_true (assay_checklist_question_needs_comment (list, ASSAY_MET_NO));
  g_assert_false (assay_checklist_question_needs_comment (list, ASSAY_MET_YES));

  assert_rules (self, NULL, NULL, "req req req");
  assert_rules (self, NULL, "{'1': 'yes'}", "req req");
  assert_rules (self, NULL, "{'1': 'yes', 'b': 'partial', 'c': 'no'}", "comment comment");
  assert_rules (self, NULL, "{'1': 'yes', 'b': 'unsure', 'c': 'yes'}", "option");
  assert_rules (self, NULL, "{'1': 'yes', 'b': 'perhaps', 'c': 'yes'}", "req");
  assert_rules (self, NULL, "{'1': 'yes', 'b': 'na', 'c': 'yes'}", "");
  g_assert_false (is_answered (self, "{'1': 'yes'}"));
  g_assert_true (is_answered (self, "{'1': 'yes', 'b': 'na', 'c': 'yes'}"));
  assert_described (self, NULL, "{'1': 'yes', 'b': 'partial', 'c': 'no'}", "6.5 of 8 points");
  assert_described (self, NULL, "{'1': 'yes', 'b': 'no', 'c': 'no'}", "5 of 8 points, failed");

  assert_refused ("{'id': 'q', 'type': 'checklist', 'items': []}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/items");
  assert_refused (
      "{'id': 'q', 'type': 'checklist', 'items': [{'id': 'a', 'text': 't', 'points': 0}]}",
      ASSAY_MODEL_ERROR_RANGE, "/questions/0/items/0");
  assert_refused (
      "{'id': 'q', 'type': 'checklist', 'items': [{'id': 'a', 'text': 't', 'points': 101}]}",
      ASSAY_MODEL_ERROR_RANGE, "/questions/0/items/0/points");
  assert_refused ("{'id': 'q', 'type': 'checklist', 'items': [{'id': 'a'}]}",
                  ASSAY_MODEL_ERROR_MISSING, "/questions/0/items/0/text");
  assert_refused (
      "{'id': 'q', 'type': 'checklist', 'items': [{'id': 'a', 'text': 't'}, {'id': 'a', 'text': 'u'}]}",
      ASSAY_MODEL_ERROR_DUPLICATE, "/questions/0/items");
  assert_refused (
      "{'id': 'q', 'type': 'checklist', 'words': 'done', 'items': [{'id': 'a', 'text': 't'}]}",
      ASSAY_MODEL_ERROR_RANGE, "/questions/0/words");
  assert_refused (
      "{'id': 'q', 'type': 'checklist', 'comment_required': ['never'], 'items': [{'id': 'a', 'text': 't'}]}",
      ASSAY_MODEL_ERROR_RANGE, "/questions/0/comment_required");
}

static void
test_checklist_limit (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new ("{'id': 'q', 'type': 'checklist', 'items': [");

      for (int i = 0; i < ASSAY_LIMIT_CHECKLIST_ITEMS + delta; i++)
        g_string_append_printf (text, "%s{'id': %d, 'text': 't'}", i == 0 ? "" : ",", i);
      g_string_append (text, "]}");
      if (delta <= 0)
        g_object_unref (question (text->str));
      else
        assert_refused (text->str, ASSAY_MODEL_ERROR_TOO_LARGE, "/questions/0/items");
    }
}

static void
test_number (void)
{
  g_autoptr (AssayQuestion) self =
      question ("{'id': 'q', 'type': 'number', 'min': 1, 'max': 10, 'step': 0.5, 'unit': 'km'}");
  g_autoptr (AssayQuestion) whole = question ("{'id': 'q', 'type': 'number', 'integer': true}");
  double bound;

  assert_rules (self, NULL, NULL, "req");
  assert_rules (self, NULL, "'3'", "req");
  assert_rules (self, NULL, "1", "");
  assert_rules (self, NULL, "0.5", "min");
  assert_rules (self, NULL, "10.5", "max");
  assert_rules (self, NULL, "2.25", "grid");
  assert_rules (whole, NULL, "-3", "");
  assert_rules (whole, NULL, "2.5", "grid");
  g_assert_true (assay_number_question_get_min (ASSAY_NUMBER_QUESTION (self), &bound));
  g_assert_cmpfloat (bound, ==, 1);
  g_assert_false (assay_number_question_get_min (ASSAY_NUMBER_QUESTION (whole), NULL));
  g_assert_true (assay_number_question_get_integer (ASSAY_NUMBER_QUESTION (whole)));
  assert_described (self, NULL, "2.5", "2.5 km");
  assert_refused ("{'id': 'q', 'type': 'number', 'min': 2, 'max': 1}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0");
}

static void
test_text (void)
{
  g_autoptr (AssayQuestion) self = question ("{'id': 'q', 'type': 'text', 'min': 3, 'max': 5}");
  g_autoptr (AssayQuestion) words = question (
      "{'id': 'q', 'type': 'text', 'min_words': 2, 'max_words': 3, 'multiline': false, 'placeholder': 'p'}");

  assert_rules (self, NULL, NULL, "req");
  assert_rules (self, NULL, "'  '", "req");
  assert_rules (self, NULL, "' äö '", "min");
  assert_rules (self, NULL, "' äöü '", "");
  assert_rules (self, NULL, "'äöüäö'", "");
  assert_rules (self, NULL, "'äöüäöü'", "max");
  assert_rules (words, NULL, "'one'", "min");
  assert_rules (words, NULL, "'three point 3.5'", "");
  assert_rules (words, NULL, "'one two three four'", "max");
  assert_rules (words, NULL, "'日本語'", "");
  g_assert_false (assay_text_question_get_multiline (ASSAY_TEXT_QUESTION (words)));
  g_assert_cmpstr (assay_text_question_get_placeholder (ASSAY_TEXT_QUESTION (words)), ==, "p");
  assert_json (assay_text_answer_new (""), NULL);
  assert_json (assay_text_answer_new ("x"), "'x'");
  assert_refused ("{'id': 'q', 'type': 'text', 'min': 6, 'max': 5}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0");
  assert_refused ("{'id': 'q', 'type': 'text', 'min': -1}", ASSAY_MODEL_ERROR_RANGE,
                  "/questions/0/min");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/question/common", test_common);
  g_test_add_func ("/question/limit/id", test_id_limit);
  g_test_add_func ("/question/unknown", test_unknown);
  g_test_add_func ("/question/scale", test_scale);
  g_test_add_func ("/question/scale/answers", test_scale_answers);
  g_test_add_func ("/question/choice", test_choice);
  g_test_add_func ("/question/limit/options", test_option_limit);
  g_test_add_func ("/question/multi", test_multi);
  g_test_add_func ("/question/checklist", test_checklist);
  g_test_add_func ("/question/limit/checklist", test_checklist_limit);
  g_test_add_func ("/question/number", test_number);
  g_test_add_func ("/question/text", test_text);

  return g_test_run ();
}
