/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-pairwise-question.h"
#include "assay-rationale-checks.h"

static AssayJudgement *
make_judgement (const char *first, const char *second, const char *prefers)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"t\",\"prompt\":\"Which?\",\"responses\":[{\"id\":\"r1\",\"content\":\"%s\"},"
      "{\"id\":\"r2\",\"content\":\"%s\"}],\"form\":{\"kind\":\"pairwise.overall\",\"fixed_order\":true,"
      "\"questions\":[{\"id\":\"preference\",\"type\":\"pairwise\",\"label\":\"Helpfulness\"}]}}",
      first, second);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (JsonNode) answer = assay_pairwise_answer_new (prefers, 2, ASSAY_BOTH_UNSET);
  AssayJudgement *judgement;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  judgement = assay_judgement_new (task);
  assay_judgement_set_answer (judgement, "preference", NULL, answer);
  return judgement;
}

static gboolean
has_rule (AssayJudgement *judgement, const char *const *earlier, const char *rule)
{
  g_autoptr (GPtrArray) issues = assay_rationale_check (judgement, earlier);

  for (guint i = 0; i < issues->len; i++)
    {
      if (g_str_equal (assay_issue_get_rule (issues->pdata[i]), rule))
        return TRUE;
    }
  return FALSE;
}

static void
test_contradiction (void)
{
  static const struct
  {
    const char *text;
    gboolean contradicts;
  } cases[] = {
    { "Response A is much better because it is short.", FALSE },
    { "Response B is much better because it is short.", TRUE },
    { "@B seems clearly superior.", TRUE },
    { "@A was weaker.", TRUE },
    { "The right answer is better.", TRUE },
    { "B is not better.", FALSE },
    { "It was never a case where B, in my view, isn't worse.", FALSE },
    { "A is better in tone. B is better in facts.", FALSE },
    { "There is a point where this is better.", FALSE },
    { "B says that. The text is better.", FALSE },
  };
  g_autoptr (AssayJudgement) judgement = make_judgement ("One.", "Two.", "r1");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      assay_judgement_set_rationale (judgement, cases[i].text);
      g_assert_cmpint (has_rule (judgement, NULL, "rat.contradiction"), ==, cases[i].contradicts);
    }
}

static void
test_content (void)
{
  g_autoptr (AssayJudgement) judgement = make_judgement ("One.", "Two.", "r1");
  static const char *const earlier[] = {
    "the first answer keeps to the budget and names every dish of the week", NULL
  };
  AssayRationaleFacts facts;

  g_assert_false (has_rule (judgement, NULL, "rat.empty_praise"));
  assay_judgement_set_rationale (judgement, "Nice and good.");
  g_assert_true (has_rule (judgement, NULL, "rat.empty_praise"));
  g_assert_false (has_rule (judgement, NULL, "rat.one_sided"));
  assay_judgement_set_rationale (judgement, "@A shows helpfulness: “One.”");
  g_assert_false (has_rule (judgement, NULL, "rat.empty_praise"));
  g_assert_true (has_rule (judgement, NULL, "rat.one_sided"));
  facts = assay_rationale_get_facts (judgement);
  g_assert_cmpuint (facts.responses_named, ==, 1);
  g_assert_cmpuint (facts.criteria_named, ==, 1);
  g_assert_cmpuint (facts.quotations, ==, 1);
  assay_judgement_set_rationale (judgement, "@A beats @B.");
  g_assert_false (has_rule (judgement, NULL, "rat.one_sided"));

  assay_judgement_set_rationale (
      judgement, "The first answer keeps to the budget and names every dish of the week!");
  g_assert_true (has_rule (judgement, earlier, "rat.reuse"));
  assay_judgement_set_rationale (judgement,
                                 "Something else altogether about quite another matter.");
  g_assert_false (has_rule (judgement, earlier, "rat.reuse"));
}

static void
test_responses (void)
{
  g_autoptr (AssayJudgement) same = make_judgement ("One  two.", " One two.\\n", "r1");
  g_autoptr (AssayJudgement) cut = make_judgement ("```c\\nint x;", "", "r1");

  g_autoptr (AssayJudgement) scripts =
      make_judgement ("The tide comes twice a day.", "Прилив бывает два раза в сутки.", "r1");
  /* Kana and Han are one language; a quotation is not another. */
  g_autoptr (AssayJudgement) mixed =
      make_judgement ("潮の満ち引きは一日に二回あります。月の引力のせいです。",
                      "みちひきはいちにちににかいあるのですよ。「tide」という。", "r1");

  g_assert_true (has_rule (same, NULL, "doc.identical"));
  g_assert_true (has_rule (cut, NULL, "doc.truncated"));
  g_assert_true (has_rule (cut, NULL, "doc.empty"));
  g_assert_false (has_rule (cut, NULL, "doc.identical"));
  g_assert_false (has_rule (cut, NULL, "doc.script"));
  g_assert_true (has_rule (scripts, NULL, "doc.script"));
  g_assert_false (has_rule (mixed, NULL, "doc.script"));
}

static void
test_quote (void)
{
  g_autofree char *quoted = assay_rationale_quote ("A", "  two\n words ");
  g_autofree char *plain = assay_rationale_quote (NULL, "x");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shortened = NULL;

  g_assert_cmpstr (quoted, ==, "@A: “two words”");
  g_assert_cmpstr (plain, ==, "“x”");
  for (guint i = 0; i < 300; i++)
    g_string_append (text, "é");
  shortened = assay_rationale_quote (NULL, text->str);
  g_assert_true (g_utf8_validate (shortened, -1, NULL));
  /* The two marks and at most 200 characters. */
  g_assert_cmpint (g_utf8_strlen (shortened, -1), <=, 202);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rationale/contradiction", test_contradiction);
  g_test_add_func ("/rationale/content", test_content);
  g_test_add_func ("/rationale/responses", test_responses);
  g_test_add_func ("/rationale/quote", test_quote);

  return g_test_run ();
}
