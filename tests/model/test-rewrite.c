/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "question-testing.h"

#define ORIGINAL "🙂 The moon is square. It orbits Mars."
#define QUESTION(settings) "{'id': 'q', 'type': 'rewrite'" settings "}"

static AssayQuestion *
make (const char *settings)
{
  g_autofree char *text = g_strdup_printf ("{'id': 'q', 'type': 'rewrite'%s}", settings);

  return question (text);
}

static AssayTask *
make_task (const char *settings)
{
  g_autofree char *text =
      g_strdup_printf ("{'id': 't', 'prompt': 'Go.', 'responses': [{'id': 'r1', 'content': "
                       "'" ORIGINAL "'}], 'form': {'questions': [{'id': 'q', 'type': 'rewrite'%s}],"
                       " 'rationale': {'use': 'optional'}}}",
                       settings);

  return task (text);
}

static void
test_settings (void)
{
  g_autoptr (AssayQuestion) edit = make ("");
  g_autoptr (AssayQuestion) write = make (", 'mode': 'write'");
  g_autoptr (AssayQuestion) own =
      make (", 'change_log': 'per_region', 'categories': ['a', {'id': 'b', 'label': 'Bee'}],"
            " 'must_keep': ['x', ' '], 'answer_modes': ['refuse'], 'effort': true,"
            " 'sources_required': true, 'min': 2, 'max': 3, 'min_words': 4, 'max_words': 5,"
            " 'constraints': [{'id': 'w', 'text': 'Short', 'check': {'type': 'x:max_words', 'args':"
            " {'n': 2}}}, {'id': 't', 'text': 'Friendly', 'required': false}],"
            " 'more': 1");
  AssayRewriteQuestion *self = ASSAY_REWRITE_QUESTION (edit);

  g_assert_cmpint (assay_rewrite_question_get_mode (self), ==, ASSAY_REWRITE_EDIT);
  g_assert_cmpint (assay_rewrite_question_get_change_log (self), ==, ASSAY_CHANGE_LOG_OFF);
  g_assert_cmpuint (assay_rewrite_question_get_n_categories (self), ==, 10);
  g_assert_cmpstr (assay_rewrite_question_get_category_id (self, 9), ==, "concision");
  g_assert_cmpstr (assay_rewrite_question_get_category_label (self, 9), ==, "Concision");
  g_assert_cmpuint (assay_rewrite_question_get_max_chars (self), ==, 0);
  g_assert_null (assay_rewrite_question_get_answer_modes (self)[0]);
  self = ASSAY_REWRITE_QUESTION (write);
  g_assert_cmpint (assay_rewrite_question_get_mode (self), ==, ASSAY_REWRITE_WRITE);
  g_assert_cmpuint (assay_rewrite_question_get_max_chars (self), ==, 50000);
  g_assert_cmpuint (g_strv_length ((GStrv) assay_rewrite_question_get_answer_modes (self)), ==, 4);
  self = ASSAY_REWRITE_QUESTION (own);
  g_assert_cmpint (assay_rewrite_question_get_change_log (self), ==, ASSAY_CHANGE_LOG_PER_REGION);
  g_assert_cmpint (assay_rewrite_question_find_category (self, "b"), ==, 1);
  g_assert_cmpint (assay_rewrite_question_find_category (self, "c"), ==, -1);
  g_assert_cmpstr (assay_rewrite_question_get_category_label (self, 1), ==, "Bee");
  g_assert_cmpuint (g_strv_length ((GStrv) assay_rewrite_question_get_must_keep (self)), ==, 1);
  g_assert_cmpuint (assay_rewrite_question_get_n_constraints (self), ==, 2);
  g_assert_true (assay_rewrite_question_get_constraint (self, 0)->required);
  g_assert_cmpstr (assay_rewrite_question_get_constraint (self, 0)->check, ==, "x:max_words");
  g_assert_nonnull (assay_rewrite_question_get_constraint (self, 0)->check_args);
  g_assert_false (assay_rewrite_question_get_constraint (self, 1)->required);
  g_assert_null (assay_rewrite_question_get_constraint (self, 1)->check);
  g_assert_true (assay_rewrite_question_get_sources_required (self));
  g_assert_true (assay_rewrite_question_get_asks_effort (self));

  assert_refused (QUESTION (", 'mode': 'burn'"), ASSAY_MODEL_ERROR_RANGE, "/questions/0/mode");
  assert_refused (QUESTION (", 'change_log': 1"), ASSAY_MODEL_ERROR_TYPE,
                  "/questions/0/change_log");
  assert_refused (QUESTION (", 'answer_modes': ['x']"), ASSAY_MODEL_ERROR_RANGE, "answer_modes");
  assert_refused (QUESTION (", 'must_keep': [1]"), ASSAY_MODEL_ERROR_TYPE, "must_keep/0");
  assert_refused (QUESTION (", 'min': 5, 'max': 3"), ASSAY_MODEL_ERROR_RANGE, "/questions/0");
}

/* What is not understood survives every change. */
static void
test_answers (void)
{
  g_autoptr (JsonNode) answer =
      json ("{'text': 'b', 'extra': [1], 'changes': [{'id': 'c1', 'from': {'start': 0, 'end': 1, "
            "'x': 1}, 'to': {'start': 0, 'end': 1}, 'own': true}]}");
  g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (answer);
  g_autoptr (JsonNode) typed = assay_rewrite_answer_with_category (answer, "c1", "tone");
  g_autoptr (JsonNode) noted = assay_rewrite_answer_with_note (typed, "c1", "why");
  g_autoptr (JsonNode) missing = assay_rewrite_answer_with_note (noted, "c9", "why");
  g_autoptr (JsonNode) moved = NULL;
  g_autoptr (JsonNode) fixed = assay_rewrite_answer_with_issue_fixed (answer, "tone", TRUE);
  g_autoptr (JsonNode) unfixed = assay_rewrite_answer_with_issue_fixed (fixed, "tone", FALSE);
  g_autoptr (JsonNode) good = assay_rewrite_answer_with_unchanged_ok (answer, TRUE);
  AssayRewriteChange *change = changes->pdata[0];

  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpuint (change->from_end, ==, 1);
  assert_json (json_node_ref (missing),
               "{'text': 'b', 'extra': [1], 'changes': [{'id': 'c1', 'from': {'start': 0, 'end': "
               "1, 'x': 1}, 'to': {'start': 0, 'end': 1}, 'own': true, 'category': 'tone', 'note': "
               "'why'}]}");
  change->to_end = 7;
  moved = assay_rewrite_answer_with_changes (answer, changes);
  assert_json (json_node_ref (moved),
               "{'text': 'b', 'extra': [1], 'changes': [{'id': 'c1', 'from': {'start': 0, 'end': "
               "1, 'x': 1}, 'to': {'start': 0, 'end': 7}, 'own': true}]}");
  g_assert_true (assay_json_equal (unfixed, answer));
  assert_json (json_node_ref (good), "{'extra': [1], 'unchanged_ok': true}");
  g_assert_null (assay_rewrite_answer_with_text (NULL, NULL));
  assert_json (assay_rewrite_answer_with_text (good, "n"), "{'extra': [1], 'text': 'n'}");
  assert_json (assay_rewrite_answer_with_mode (NULL, "refuse"), "{'mode': 'refuse'}");
  g_assert_cmpstr (assay_rewrite_answer_get_text (answer), ==, "b");
}

static void
test_sources (void)
{
  g_autoptr (JsonNode) answer =
      json ("{'sources': [{'title': 'Atlas of the Moon', 'quote': 'kept', 'accessed_at': 5}]}");
  g_autoptr (JsonNode) more = assay_rewrite_answer_with_source_lines (
      answer, "Atlas of the Moon\n\n Big list https://example.org/a \nhttps://example.org/b\n", 9);
  g_autofree char *lines = assay_rewrite_answer_dup_source_lines (more);

  assert_json (json_node_ref (more),
               "{'sources': [{'title': 'Atlas of the Moon', 'quote': 'kept', 'accessed_at': 5}, "
               "{'title': 'Big list', 'url': 'https://example.org/a', 'accessed_at': 9}, "
               "{'url': 'https://example.org/b', 'accessed_at': 9}]}");
  g_assert_cmpuint (assay_rewrite_answer_get_n_sources (more), ==, 3);
  g_assert_cmpstr (lines, ==,
                   "Atlas of the Moon\nBig list https://example.org/a\nhttps://example.org/b");
  g_assert_null (assay_rewrite_answer_with_source_lines (more, " \n", 9));
}

static void
test_texts (void)
{
  AssayRewriteChange change = { .from_start = 14, .from_end = 20, .to_start = 14, .to_end = 19 };
  g_autofree char *restored =
      assay_rewrite_change_restore (&change, ORIGINAL, "🙂 The moon is round. It orbits Mars.");

  g_assert_false (assay_rewrite_differs ("a b\nc", " a  bc "));
  g_assert_true (assay_rewrite_differs ("a b", "a c"));
  g_assert_true (assay_rewrite_differs ("a", "a."));
  g_assert_cmpstr (restored, ==, ORIGINAL);
}

static void
test_validate_edit (void)
{
  g_autoptr (AssayTask) task = make_task (", 'change_log': 'per_region', 'must_keep': ['orbits']");
  AssayQuestion *self = assay_form_get_question (assay_task_get_form (task), 0);
  const char *round = "{'text': '🙂 The moon is round. It orbits Mars.', 'changes': [{'id': 'c1', "
                      "'from': {'start': 14, 'end': 20}, 'to': {'start': 14, 'end': 19}%s}]}";
  g_autofree char *untyped = g_strdup_printf (round, "");
  g_autofree char *typed = g_strdup_printf (round, ", 'category': 'factual'");
  g_autofree char *strange = g_strdup_printf (round, ", 'category': 'x'");

  assert_rules (self, task, NULL, "req");
  assert_rules (self, task, "{'unchanged_ok': true}", "");
  assert_rules (self, task, "{'text': ' '}", "blank");
  assert_rules (self, task, "{'text': '🙂 The  moon is square.\\nIt orbits Mars. '}", "unchanged");
  assert_rules (self, task, "{'text': '🙂 The moon is round. It orbits Mars.'}", "changes");
  assert_rules (self, task, untyped, "category");
  assert_rules (self, task, strange, "option");
  assert_rules (self, task, typed, "");
  assert_rules (self, task,
                "{'text': 'No.', 'changes': [{'id': 'c1', 'from': {'start': 0, 'end': 99}, 'to': "
                "{'start': 0, 'end': 3}, 'category': 'tone'}]}",
                "changes must_keep");
  assert_short (self, typed, "'changed'");
  assert_short (self, "{'unchanged_ok': true}", "'unchanged'");
  assert_described (self, NULL, "{'unchanged_ok': true}", "No change needed");
  assert_described (self, NULL, "{'text': 'New'}", "New");
}

static void
test_validate_summary (void)
{
  g_autoptr (AssayTask) task = make_task (", 'change_log': 'summary', 'max_words': 2");
  AssayQuestion *self = assay_form_get_question (assay_task_get_form (task), 0);

  assert_rules (self, task, "{'text': 'One two three.'}", "issues max");
  assert_rules (self, task, "{'text': 'One two.', 'issues_fixed': ['tone']}", "");
  assert_rules (self, task, "{'text': 'One two.', 'issues_fixed': ['x']}", "option");
}

/* A refusal is a full answer: it needs no sources, and may be short. */
static void
test_validate_write (void)
{
  g_autoptr (AssayTask) task =
      make_task (", 'mode': 'write', 'sources_required': true, 'min_words': 3");
  AssayQuestion *self = assay_form_get_question (assay_task_get_form (task), 0);

  assert_rules (self, task, "{'mode': 'answer'}", "req");
  assert_rules (self, task, "{'text': 'One.'}", "mode min sources");
  assert_rules (self, task, "{'text': 'No.', 'mode': 'refuse'}", "");
  assert_rules (self, task,
                "{'text': 'One two three.', 'mode': 'answer', 'sources': [{'title': 's'}]}", "");
  assert_rules (self, task, "{'text': 'Which one?', 'mode': 'x'}", "option min sources");
  assert_short (self, "{'text': 'No.', 'mode': 'refuse'}", "'refuse'");
  assert_described (self, NULL, "{'text': 'No.', 'mode': 'refuse'}", "Refusal: No.");
}

/* The points of a self-check that is required are all ticked; those that are not known stay. */
static void
test_self_check (void)
{
  g_autoptr (AssayTask) task =
      make_task (", 'mode': 'write', 'answer_modes': [], 'self_check': ['facts', {'id': 'tone', "
                 "'label': 'Is friendly'}], 'self_check_required': true");
  g_autoptr (AssayTask) free_task =
      make_task (", 'mode': 'write', 'answer_modes': [], 'self_check': ['facts']");
  AssayQuestion *self = assay_form_get_question (assay_task_get_form (task), 0);
  AssayQuestion *optional = assay_form_get_question (assay_task_get_form (free_task), 0);
  g_autoptr (JsonNode) before = json ("{'text': 'One.', 'self_check': {'old': true, 'no': false}}");
  g_autoptr (JsonNode) ticked = assay_rewrite_answer_with_self_check (before, "facts", TRUE);
  g_autoptr (JsonNode) again = assay_rewrite_answer_with_self_check (ticked, "facts", FALSE);
  g_autoptr (JsonNode) alone = assay_rewrite_answer_with_self_check (NULL, "facts", TRUE);
  g_autoptr (JsonNode) none = assay_rewrite_answer_with_self_check (alone, "facts", FALSE);
  g_auto (GStrv) ids = assay_rewrite_answer_dup_self_checks (ticked);

  g_assert_cmpuint (assay_rewrite_question_get_n_self_checks (ASSAY_REWRITE_QUESTION (self)), ==,
                    2);
  g_assert_cmpstr (assay_rewrite_question_get_self_check_label (ASSAY_REWRITE_QUESTION (self), 1),
                   ==, "Is friendly");
  assert_rules (self, task, "{'text': 'One.'}", "self_check self_check");
  assert_rules (self, task, "{'text': 'One.', 'self_check': {'facts': true, 'tone': false}}",
                "self_check");
  assert_rules (self, task, "{'text': 'One.', 'self_check': {'facts': true, 'tone': true}}", "");
  assert_rules (optional, free_task, "{'text': 'One.'}", "");
  g_assert_true (assay_rewrite_answer_get_self_check (ticked, "facts"));
  g_assert_true (assay_json_equal (again, before));
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, "old");
  g_assert_null (none);
}

/* That nothing needs a change is said with a reason. */
static void
test_reason (void)
{
  g_autoptr (AssayTask) task = make_task ("");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (JsonNode) answer = assay_rewrite_answer_with_unchanged_ok (NULL, TRUE);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) none = NULL;

  assay_judgement_set_answer (judgement, "q", NULL, answer);
  issues = assay_judgement_validate (judgement);
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpstr (assay_issue_get_question (issues->pdata[0]), ==, "rationale");
  assay_judgement_set_rationale (judgement, "It is right.");
  none = assay_judgement_validate (judgement);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Undo takes back what follows from a text together with it, and so does redo. */
static void
test_complete (void)
{
  g_autoptr (AssayTask) task = make_task (", 'change_log': 'per_region'");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (JsonNode) one = json ("{'text': 'ax'}");
  g_autoptr (JsonNode) complete =
      json ("{'text': 'ax', 'changes': [{'id': 'c1', 'from': {}, 'to': {}}]}");
  g_autoptr (JsonNode) two = assay_rewrite_answer_with_text (complete, "axy");
  g_autoptr (JsonNode) other = json ("{'text': 'axy', 'changes': []}");

  assay_judgement_set_answer (judgement, "q", NULL, one);
  assay_judgement_complete_answer (judgement, "q", NULL, complete);
  assay_judgement_break_undo_group (judgement);
  assay_judgement_set_answer (judgement, "q", NULL, two);
  assay_judgement_undo (judgement);
  g_assert_true (assay_json_equal (assay_judgement_get_answer (judgement, "q", NULL), complete));
  assay_judgement_complete_answer (judgement, "q", NULL, one);
  assay_judgement_redo (judgement);
  g_assert_true (assay_json_equal (assay_judgement_get_answer (judgement, "q", NULL), two));
  assay_judgement_complete_answer (judgement, "q", NULL, other);
  assay_judgement_undo (judgement);
  g_assert_true (assay_json_equal (assay_judgement_get_answer (judgement, "q", NULL), one));
  assay_judgement_undo (judgement);
  g_assert_null (assay_judgement_get_answer (judgement, "q", NULL));
  g_assert_false (assay_judgement_can_undo (judgement));
}

/* Typing in a text that is part of an answer is undone by word. */
static void
test_typing (void)
{
  static const char *const typed[] = { "One", "One ", "One t", "One tw", "One two" };
  g_autoptr (AssayTask) task = make_task (", 'mode': 'write'");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (JsonNode) answer =
          assay_rewrite_answer_with_text (assay_judgement_get_answer (judgement, "q", NULL),
                                          typed[i]);

      assay_judgement_set_answer (judgement, "q", NULL, answer);
    }
  assay_judgement_undo (judgement);
  g_assert_cmpstr (assay_rewrite_answer_get_text (
                       assay_judgement_get_answer (judgement, "q", NULL)),
                   ==, "One ");
  assay_judgement_undo (judgement);
  g_assert_null (assay_judgement_get_answer (judgement, "q", NULL));
}

#define N_LONG_STEPS 100

/* A long text can be typed in and undone as far as a short one, also in a draft that was stored,
 * and what was found in it meanwhile comes and goes with it. */
static void
test_long_undo (void)
{
  g_autoptr (AssayTask) task = make_task (", 'change_log': 'per_region'");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  g_autoptr (AssayJudgement) again = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append (text, "🙂 word ");
  for (guint i = 0; i < N_LONG_STEPS; i++)
    {
      g_autofree char *found = g_strdup_printf (
          "{'changes': [{'id': 'c1', 'from': {'start': 0, 'end': 1}, 'to': {'start': %u, 'end': "
          "%u}}]}",
          i, i + 1);
      g_autoptr (JsonNode) node = json (found);
      g_autoptr (GPtrArray) changes = assay_rewrite_answer_list_changes (node);
      g_autoptr (JsonNode) typed = NULL;
      g_autoptr (JsonNode) complete = NULL;

      g_string_insert (text, (gssize) i * 3, "ab ");
      typed = assay_rewrite_answer_with_text (assay_judgement_get_answer (judgement, "q", NULL),
                                              text->str);
      assay_judgement_set_answer (judgement, "q", NULL, typed);
      complete = assay_rewrite_answer_with_changes (typed, changes);
      assay_judgement_complete_answer (judgement, "q", NULL, complete);
      g_ptr_array_add (states, g_steal_pointer (&complete));
    }

  record = assay_judgement_to_draft_json (judgement);
  again = assay_judgement_new_from_json (task, record, &error);
  g_assert_no_error (error);
  for (guint i = N_LONG_STEPS - 1; i > 0; i--)
    {
      assay_judgement_undo (again);
      g_assert_true (
          assay_json_equal (assay_judgement_get_answer (again, "q", NULL), states->pdata[i - 1]));
    }
  assay_judgement_undo (again);
  g_assert_null (assay_judgement_get_answer (again, "q", NULL));
  for (guint i = 0; i < N_LONG_STEPS; i++)
    {
      assay_judgement_redo (again);
      g_assert_true (
          assay_json_equal (assay_judgement_get_answer (again, "q", NULL), states->pdata[i]));
    }
  g_assert_false (assay_judgement_can_redo (again));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rewrite/settings", test_settings);
  g_test_add_func ("/rewrite/answers", test_answers);
  g_test_add_func ("/rewrite/sources", test_sources);
  g_test_add_func ("/rewrite/texts", test_texts);
  g_test_add_func ("/rewrite/edit", test_validate_edit);
  g_test_add_func ("/rewrite/summary", test_validate_summary);
  g_test_add_func ("/rewrite/write", test_validate_write);
  g_test_add_func ("/rewrite/self-check", test_self_check);
  g_test_add_func ("/rewrite/reason", test_reason);
  g_test_add_func ("/rewrite/complete", test_complete);
  g_test_add_func ("/rewrite/typing", test_typing);
  g_test_add_func ("/rewrite/long-undo", test_long_undo);
  return g_test_run ();
}
