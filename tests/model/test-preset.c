/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-limits.h"
#include "assay-preset.h"
#include "assay-questions.h"
#include "model-testing.h"

/* Each preset is a form that survives a round trip and asks something. */
static void
test_all (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const kinds[] = {
    "pairwise.overall", "pairwise.dimensions", "ranking.nway",    "rating.single",
    "rubric.scale",     "rubric.checklist",    "rubric.author",   "constraints.check",
    "label.classify",   "spans.errors",        "translation.mqm", "rewrite.edit",
    "reference.write"
  };

  for (guint i = 0; i < assay_preset_get_n (); i++)
    {
      const AssayPreset *preset = assay_preset_get (i);
      g_autoptr (AssayForm) form = assay_preset_create_form (preset);
      g_autoptr (JsonNode) saved = assay_form_to_json (form);
      g_autoptr (AssayForm) again = assay_form_new_from_json (saved, "", NULL);
      g_autoptr (JsonNode) saved_again = assay_form_to_json (again);

      g_assert_true (g_hash_table_add (ids, (gpointer) preset->id));
      g_assert_true (assay_preset_find (preset->id) == preset);
      g_assert_cmpuint (preset->min_responses, <=, preset->max_responses);
      g_assert_cmpint (strlen (assay_preset_get_title (preset)), >, 0);
      g_assert_cmpint (strlen (assay_preset_get_description (preset)), >, 0);
      g_assert_cmpstr (assay_form_get_id (form), ==, preset->id);
      g_assert_cmpstr (assay_form_get_kind (form), ==, preset->kind);
      g_assert_cmpuint (assay_form_get_n_questions (form), >, 0);
      assert_same_json (saved_again, saved);
      for (guint j = 0; j < assay_form_get_n_questions (form); j++)
        g_assert_false (ASSAY_IS_UNKNOWN_QUESTION (assay_form_get_question (form, j)));
    }
  /* Every kind of the first release has one, and a name. */
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < assay_preset_get_n (); j++)
        found |= g_str_equal (assay_preset_get (j)->kind, kinds[i]);
      g_assert_true (found);
      g_assert_cmpstr (assay_kind_get_title (kinds[i]), !=, kinds[i]);
    }
  g_assert_cmpstr (assay_kind_get_title ("arena.live"), ==, "arena.live");
  g_assert_null (assay_preset_find ("nothing"));
}

static void
assert_scale (const char *preset, guint n, double min, double max, const char *const *neutral)
{
  g_autoptr (AssayForm) form = assay_preset_create_form (assay_preset_find (preset));

  g_assert_cmpuint (assay_form_get_n_questions (form), ==, n);
  for (guint i = 0; i < n; i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      AssayScaleQuestion *scale = ASSAY_SCALE_QUESTION (question);
      gboolean is_neutral = g_strv_contains (neutral, assay_question_get_id (question));

      g_assert_cmpfloat (assay_scale_question_get_min (scale), ==, min);
      g_assert_cmpfloat (assay_scale_question_get_max (scale), ==, max);
      g_assert_cmpint (assay_scale_question_get_neutral (scale), ==, is_neutral);
      g_assert_cmpint (assay_question_get_scope (question), ==, ASSAY_SCOPE_EACH_RESPONSE);
      g_assert_nonnull (assay_question_get_help (question));
      g_assert_nonnull (assay_scale_question_get_anchor (scale, min));
      g_assert_nonnull (assay_scale_question_get_anchor (scale, max));
    }
}

static void
test_rubrics (void)
{
  static const char *const none[] = { NULL };
  static const char *const neutral[] = { "complexity", "verbosity", NULL };

  assert_scale ("five-attributes", 5, 0, 4, neutral);
  assert_scale ("seven-criteria", 7, 1, 5, none);
  assert_scale ("twelve-skills", 12, 1, 5, none);
}

static void
test_settings (void)
{
  g_autoptr (AssayForm) pairwise = assay_preset_create_form (assay_preset_find ("pairwise"));
  g_autoptr (AssayForm) constraints = assay_preset_create_form (assay_preset_find ("constraints"));
  g_autoptr (AssayForm) labels = assay_preset_create_form (assay_preset_find ("labels"));
  AssayChecklistQuestion *list =
      ASSAY_CHECKLIST_QUESTION (assay_form_get_question (constraints, 0));
  AssayMultiQuestion *multi = ASSAY_MULTI_QUESTION (assay_form_get_question (labels, 0));
  guint last = assay_multi_question_get_n_options (multi) - 1;

  g_assert_cmpint (assay_pairwise_question_get_points (
                       ASSAY_PAIRWISE_QUESTION (assay_form_get_question (pairwise, 0))),
                   ==, 7);
  g_assert_cmpint (assay_form_get_rationale_use (pairwise), ==, ASSAY_RATIONALE_REQUIRED);
  g_assert_cmpuint (assay_form_get_rationale_min (pairwise), ==, 50);
  g_assert_cmpstr (assay_checklist_question_get_label (list, 0, ASSAY_MET_YES), ==, "Followed");
  g_assert_true (assay_checklist_question_needs_comment (list, ASSAY_MET_NO));
  g_assert_true (assay_checklist_question_needs_comment (list, ASSAY_MET_PARTIAL));
  g_assert_false (assay_checklist_question_needs_comment (list, ASSAY_MET_YES));
  for (AssayMet met = ASSAY_MET_YES; met <= ASSAY_MET_UNSURE; met++)
    g_assert_true (assay_checklist_question_allows (list, met));
  g_assert_true (assay_multi_question_get_option (multi, last)->exclusive);
}

static void
assert_mqm_weight (AssaySpansQuestion *self, const char *path, const char *severity, double weight)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", "Hallo", 0, 5);
  g_autoptr (JsonNode) empty = assay_spans_answer_add (NULL, span, NULL);
  g_autoptr (JsonNode) typed =
      assay_spans_answer_with_type (empty, "e1", (const char *const *) parts);
  g_autoptr (JsonNode) answer = assay_spans_answer_with_severity (typed, "e1", severity);

  g_assert_nonnull (assay_spans_question_find_type (self, (const char *const *) parts));
  g_assert_cmpfloat_with_epsilon (assay_spans_question_get_penalty (self, answer), weight, 1e-9);
}

static void
test_spans (void)
{
  g_autoptr (AssayForm) mqm = assay_preset_create_form (assay_preset_find ("mqm"));
  g_autoptr (AssayForm) errors = assay_preset_create_form (assay_preset_find ("text-errors"));
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (assay_form_get_question (mqm, 0));
  AssaySpansQuestion *plain = ASSAY_SPANS_QUESTION (assay_form_get_question (errors, 0));
  static const char *const strength[] = { "strength", NULL };
  static const char *const non_translation[] = { "non-translation", NULL };

  assert_mqm_weight (self, "accuracy/omission", "major", 5);
  assert_mqm_weight (self, "locale/date", "minor", 1);
  assert_mqm_weight (self, "fluency/punctuation", "minor", 0.1);
  assert_mqm_weight (self, "fluency/punctuation", "major", 5);
  assert_mqm_weight (self, "style/awkward", "neutral", 0);
  assert_mqm_weight (self, "non-translation", "major", 25);
  g_assert_true (assay_spans_question_find_type (self, non_translation)->is_exclusive);
  g_assert_cmpuint (assay_spans_question_get_max_per_document (self), ==, 5);
  g_assert_true (assay_spans_question_find_type (plain, strength)->is_positive);
  g_assert_cmpuint (assay_spans_question_get_n_severities (plain), ==, 3);
}

static void
test_suggest (void)
{
  g_assert_cmpstr (assay_preset_suggest (1)->kind, ==, "rubric.scale");
  g_assert_cmpstr (assay_preset_suggest (2)->kind, ==, "pairwise.overall");
  for (guint n = 3; n <= ASSAY_LIMIT_RESPONSES; n++)
    g_assert_cmpstr (assay_preset_suggest (n)->kind, ==, "ranking.nway");
  for (guint n = 0; n <= ASSAY_LIMIT_RESPONSES; n++)
    {
      g_assert_cmpuint (assay_preset_suggest (n)->min_responses, <=, n);
      g_assert_cmpuint (assay_preset_suggest (n)->max_responses, >=, n);
    }
}

static void
test_own_rubric (void)
{
  g_autoptr (AssayForm) form = assay_preset_create_rubric (
      "Accuracy: no errors: none\r\n\n - Appropriate uncertainty \n* Tone:\n  Tone  \n: nothing\n語調：\n--\n",
      1, 5);
  static const char *const expected[][3] = {
    { "accuracy", "Accuracy", "no errors: none" },
    { "appropriate-uncertainty", "Appropriate uncertainty", NULL },
    { "tone", "Tone", NULL },
    { "tone-4", "Tone", NULL },
    { "criterion-5", "語調：", NULL },
  };
  g_autoptr (AssayForm) empty = assay_preset_create_rubric ("\n \n", 0, 1);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (AssayForm) full = NULL;

  g_assert_cmpuint (assay_form_get_n_questions (form), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      g_assert_cmpstr (assay_question_get_id (question), ==, expected[i][0]);
      g_assert_cmpstr (assay_question_get_label (question), ==, expected[i][1]);
      g_assert_cmpstr (assay_question_get_help (question), ==, expected[i][2]);
    }
  g_assert_cmpuint (assay_form_get_n_questions (empty), ==, 0);

  /* What is too much is left out; it never fails. */
  for (guint i = 0; i <= ASSAY_LIMIT_QUESTIONS; i++)
    g_string_append (many, "Same\n");
  full = assay_preset_create_rubric (many->str, 1, 1001);
  g_assert_cmpuint (assay_form_get_n_questions (full), ==, ASSAY_LIMIT_QUESTIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/preset/all", test_all);
  g_test_add_func ("/preset/rubrics", test_rubrics);
  g_test_add_func ("/preset/settings", test_settings);
  g_test_add_func ("/preset/spans", test_spans);
  g_test_add_func ("/preset/suggest", test_suggest);
  g_test_add_func ("/preset/own-rubric", test_own_rubric);

  return g_test_run ();
}
