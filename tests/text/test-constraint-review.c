/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-checklist-question.h"
#include "assay-constraint-review.h"
#include "assay-json.h"

#define TASK                                                                                       \
  "{'id': 't', 'prompt': 'Write two words without a comma.',"                                      \
  "'responses': [{'id': 'r1', 'content': 'Two words'}, {'id': 'r2', 'content': 'Three, words'}],"  \
  "'form': {'id': 'f', 'version': 1, 'kind': 'constraints.check', 'title': 'Instructions',"        \
  "'questions': [{'id': 'q', 'type': 'checklist', 'label': 'Instructions',"                        \
  "'scope': 'each-response', 'items': ["                                                           \
  "{'id': 'comma', 'text': 'Has no comma', 'check': {'type': 'punctuation:no_comma'}},"            \
  "{'id': 'words', 'text': 'Has two words',"                                                       \
  " 'check': {'type': 'x:max_words', 'args': {'n': 2}}},"                                          \
  "{'id': 'fault', 'text': 'Has a comma', 'points': -1,"                                           \
  " 'check': {'type': 'punctuation:no_comma'}},"                                                   \
  "{'id': 'odd', 'text': 'Is odd', 'check': {'type': 'no:such'}},"                                 \
  "{'id': 'tone', 'text': 'Is friendly'}]}]}}"

static AssayJudgement *
make_judgement (void)
{
  g_autofree char *text = g_strdelimit (g_strdup (TASK), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  g_autoptr (AssayTask) task = NULL;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return assay_judgement_new (task);
}

static void
answer (AssayJudgement *judgement, const char *response, const char *answers)
{
  g_autofree char *text = g_strdelimit (g_strdup (answers), "'", '"');
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);

  assay_judgement_set_answer (judgement, "q", response, node);
}

/* "r1/comma r2/words": where the two disagree. */
static void
check (AssayJudgement *judgement, const char *expected)
{
  g_autoptr (GPtrArray) issues = assay_constraint_review (judgement);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];

      g_assert_cmpint (assay_issue_get_level (issue), ==, ASSAY_ISSUE_WARNING);
      g_assert_cmpstr (assay_issue_get_rule (issue), ==, "constraint.disagreement");
      g_string_append_printf (found, "%s%s/%s", i > 0 ? " " : "", assay_issue_get_response (issue),
                              assay_issue_get_item (issue));
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_disagreement (void)
{
  g_autoptr (AssayJudgement) judgement = make_judgement ();

  check (judgement, "");
  answer (judgement, "r1",
          "{'comma': 'yes', 'words': 'no', 'fault': 'yes', 'odd': 'no', 'tone': 'no'}");
  answer (judgement, "r2", "{'comma': 'yes', 'words': 'yes', 'fault': 'no'}");
  check (judgement, "r2/comma r1/words");
  answer (judgement, "r2",
          "{'comma': {'met': 'yes', 'comment': 'It is no real comma.'}, 'words': 'partial'}");
  check (judgement, "r1/words");
  answer (judgement, "r1", "{'words': {'met': 'no', 'comment': '  '}}");
  check (judgement, "r1/words");
  answer (judgement, "r1", "{'words': 'na'}");
  check (judgement, "");
}

/* What a text fails, with a mark where it is an error. */
static void
check_written (AssayJudgement *judgement, const char *expected)
{
  g_autoptr (GPtrArray) issues = assay_constraint_review (judgement);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      g_assert_cmpstr (assay_issue_get_rule (issues->pdata[i]), ==, "constraint.failed");
      g_string_append_printf (found, "%s%s ", assay_issue_get_item (issues->pdata[i]),
                              assay_issue_get_level (issues->pdata[i]) == ASSAY_ISSUE_ERROR ? "!"
                                                                                            : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* A text that is written has to keep to what is required of it, unless it is not begun. */
static void
test_written (void)
{
  g_autofree char *text = g_strdelimit (
      g_strdup ("{'id': 't', 'prompt': 'Go.', 'responses': [{'id': 'r1', 'content': 'One, two.'}],"
                "'form': {'questions': [{'id': 'q', 'type': 'rewrite', 'constraints': ["
                "{'id': 'comma', 'text': 'Has no comma', 'check': {'type': "
                "'punctuation:no_comma'}},"
                "{'id': 'words', 'text': 'Short', 'required': false,"
                " 'check': {'type': 'x:max_words', 'args': {'n': 2}}},"
                "{'id': 'odd', 'text': 'Is odd', 'check': {'type': 'no:such'}},"
                "{'id': 'tone', 'text': 'Is friendly'}]}]}}"),
      "'", '"');
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);
  g_autoptr (AssayTask) task = assay_task_new_from_json (node, NULL);
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);

  check_written (judgement, "");
  answer (judgement, NULL, "{'text': 'One two.'}");
  check_written (judgement, "");
  answer (judgement, NULL, "{'text': 'One, two, three.'}");
  check_written (judgement, "comma! words ");
  answer (judgement, NULL, "{'unchanged_ok': true}");
  check_written (judgement, "comma! ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraint-review/disagreement", test_disagreement);
  g_test_add_func ("/constraint-review/written", test_written);
  return g_test_run ();
}
