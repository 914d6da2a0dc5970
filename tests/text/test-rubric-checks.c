/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-preset.h"
#include "assay-rubric-checks.h"

static AssayJudgement *
make_judgement (const char *preset, const char *items)
{
  g_autoptr (AssayForm) form = assay_preset_create_form (assay_preset_find (preset));
  g_autoptr (JsonNode) form_node = assay_form_to_json (form);
  g_autofree char *form_text = assay_json_to_string (form_node);
  g_autofree char *text =
      g_strdup_printf ("{\"id\":\"t\",\"prompt\":\"When?\",\"responses\":[],\"form\":%s}",
                       form_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (JsonNode) answer = json_node_init_string (json_node_alloc (), items);
  AssayJudgement *judgement;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  judgement = assay_judgement_new (task);
  assay_judgement_set_answer (judgement, "items", NULL, answer);
  return judgement;
}

/* The rules that speak, in order, each with the number of its point. */
static void
check (const char *items, const char *expected)
{
  g_autoptr (AssayJudgement) judgement = make_judgement ("rubric-author", items);
  g_autoptr (GPtrArray) issues = assay_rubric_check (judgement);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = g_ptr_array_index (issues, i);
      const char *item = assay_issue_get_item (issue);

      g_string_append_printf (said, "%s%s%s%s", i > 0 ? " " : "",
                              assay_issue_get_rule (issue) + strlen ("rubric."),
                              item != NULL ? ":" : "", item != NULL ? item : "");
    }
  g_assert_cmpstr (said->str, ==, expected);
}

#define FOUR                                                                                       \
  "+5 Names the year 1969.\n+2 Names the ship that landed.\n\n"                                    \
  "-3 Invents a source.\n+1 Stays under a hundred words.\n"

static void
test_rules (void)
{
  check (FOUR "+1 Is written in one paragraph.", "");
  check (FOUR, "count");
  check (FOUR "+1 Short.", "length:5");
  check (FOUR "+1 names the YEAR 1969!", "duplicate:5");
  check (FOUR "Is written in one paragraph.", "points:5");
  check (FOUR "+1 Names the crew and explains their part.", "compound:5");
  check (FOUR "+1 Names the crew; explains the flag.", "compound:5");
  check (FOUR "+1 Mentions Armstrong and Aldrin.", "");
  check (FOUR "+1 Has a good ending.", "subjective:5");
  check (FOUR "+1 Repeats the year as above.", "context:5");
  check ("-1 Invents a first source.\n-1 Leaves the date out.\n-1 Is longer than a page.\n"
         "-1 Quotes nobody at all.\n-1 Confuses the two pilots.",
         "positive");
}

static void
test_other_kinds (void)
{
  g_autoptr (AssayJudgement) judgement = make_judgement ("pairwise", "x");
  g_autoptr (GPtrArray) issues = assay_rubric_check (judgement);

  g_assert_cmpuint (issues->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rubric-checks/rules", test_rules);
  g_test_add_func ("/rubric-checks/other-kinds", test_other_kinds);
  return g_test_run ();
}
