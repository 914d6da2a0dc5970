/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-json.h"
#include "assay-practice.h"
#include "assay-questions.h"

#define N_(text) text,
static const char *const listed_strings[] = {
#include "../../data/practice/practice-strings.h"
};
#undef N_

/* What the loader asks gettext for; stands in front of GLib's own. */
static GHashTable *asked_strings;

const char *
g_dgettext (const char *domain, const char *message)
{
  if (asked_strings != NULL)
    g_hash_table_add (asked_strings, g_strdup (message));
  return message;
}

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sets = assay_practice_load (&error);

  g_assert_no_error (error);
  return sets;
}

static AssayTask *
find_task (GPtrArray *sets, const char *id)
{
  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = sets->pdata[i];

      for (guint k = 0; k < set->tasks->len; k++)
        if (g_str_equal (assay_task_get_id (set->tasks->pdata[k]), id))
          return set->tasks->pdata[k];
    }
  g_assert_not_reached ();
}

/* A set is of use: it has a guideline of some length, and every gold says why. */
static void
test_sets (void)
{
  g_autoptr (GPtrArray) sets = load ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_tasks = 0;

  g_assert_cmpuint (sets->len, >=, 3);
  /* A learner begins with two answers and one question. */
  {
    AssayPracticeSet *first = sets->pdata[0];

    g_assert_cmpstr (assay_project_get_external_id (first->project), ==, "first-comparisons");
  }
  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = sets->pdata[i];
      const char *text = assay_guideline_get_text (set->guideline);

      g_assert_cmpstr (assay_project_get_account (set->project), ==, ASSAY_PRACTICE_ACCOUNT);
      g_assert_true (
          g_hash_table_add (ids, (gpointer) assay_project_get_external_id (set->project)));
      g_assert_cmpuint (strlen (text), >, 3000);
      g_assert_nonnull (strstr (text, "worked example"));
      for (guint k = 0; k < set->tasks->len; k++)
        {
          AssayTask *task = set->tasks->pdata[k];
          const char *explanation = assay_gold_get_explanation (task);

          g_test_message ("%s", assay_task_get_id (task));
          n_tasks++;
          g_assert_true (g_hash_table_add (ids, (gpointer) assay_task_get_id (task)));
          g_assert_cmpstr (assay_task_get_guideline_id (task), ==,
                           assay_guideline_get_id (set->guideline));
          g_assert_cmpuint (strlen (explanation), >, 300);
          /* The order on screen is random. */
          g_assert_null (strstr (explanation, "the first answer"));
          g_assert_null (strstr (explanation, "the second answer"));
          g_assert_null (strstr (explanation, "@A"));
          for (guint r = 0; r < assay_task_get_n_responses (task); r++)
            g_assert_cmpuint (assay_document_get_length_bytes (assay_task_get_response (task, r)),
                              >, 250);
        }
    }
  g_assert_cmpuint (n_tasks, >=, 27);
}

/* Everything that the program can ask is practised. */
static void
test_coverage (void)
{
  static const char *const wanted[] = {
    "pairwise.overall",
    "pairwise.dimensions",
    "ranking.nway",
    "rating.single",
    "rubric.scale",
    "rubric.checklist",
    "rubric.author",
    "constraints.check",
    "label.classify",
    "spans.errors",
    "factcheck.claims",
    "grounding.review",
    "rewrite.edit",
    "reference.write",
    "type spans",
    "type claims",
    "type rewrite",
    "type pairwise",
    "type rank",
    "type scale",
    "type choice",
    "type multi",
    "type checklist",
    "type number",
    "type text",
    "rank full",
    "rank best",
    "five attributes",
    "seven criteria",
    "negative points",
    "right to left",
    "language de",
    "system text",
    "several turns",
    "sources",
    "outcome not_ratable",
    "outcome answered",
    "tie",
    "code",
    "table",
  };
  g_autoptr (GPtrArray) sets = load ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

#define SAW(...) g_hash_table_add (seen, g_strdup_printf (__VA_ARGS__))
  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = sets->pdata[i];

      for (guint k = 0; k < set->tasks->len; k++)
        {
          AssayTask *task = set->tasks->pdata[k];
          AssayForm *form = assay_task_get_form (task);
          JsonObject *gold = assay_task_get_gold (task);
          guint n_scales = 0;

          SAW ("%s", assay_task_get_kind (task));
          SAW ("language %s", assay_task_get_language (task));
          SAW ("outcome %s", assay_json_get_string (gold, "outcome"));
          if (assay_task_get_direction (task) == ASSAY_DIRECTION_RTL)
            SAW ("right to left");
          for (guint d = 0; d < assay_task_get_n_documents (task); d++)
            {
              AssayDocument *document = assay_task_get_document (task, d);
              const char *text = assay_document_get_text (document);

              if (assay_document_get_role (document) == ASSAY_DOCUMENT_SYSTEM)
                SAW ("system text");
              if (assay_document_get_role (document) == ASSAY_DOCUMENT_TURN)
                SAW ("several turns");
              if (assay_document_get_role (document) == ASSAY_DOCUMENT_SOURCE)
                SAW ("sources");
              if (strstr (text, "```") != NULL)
                SAW ("code");
              if (strstr (text, "|---|") != NULL)
                SAW ("table");
            }
          for (guint q = 0; q < assay_form_get_n_questions (form); q++)
            {
              AssayQuestion *question = assay_form_get_question (form, q);

              SAW ("type %s", assay_question_get_type_name (question));
              if (ASSAY_IS_SCALE_QUESTION (question))
                n_scales++;
              if (ASSAY_IS_RANK_QUESTION (question))
                SAW ("rank %s", assay_rank_question_get_mode (ASSAY_RANK_QUESTION (question))
                                        == ASSAY_RANK_FULL
                                    ? "full"
                                    : "best");
              if (ASSAY_IS_CHECKLIST_QUESTION (question))
                {
                  AssayChecklistQuestion *checklist = ASSAY_CHECKLIST_QUESTION (question);

                  for (guint n = 0; n < assay_checklist_question_get_n_items (checklist); n++)
                    if (assay_checklist_question_get_item (checklist, n)->points < 0)
                      SAW ("negative points");
                }
              if (ASSAY_IS_PAIRWISE_QUESTION (question)
                  && g_str_equal (assay_json_get_string (gold, "outcome"), "answered"))
                {
                  g_autoptr (AssayJudgement) judgement = assay_gold_create_judgement (task, NULL);
                  int strength = 1;

                  if (assay_pairwise_answer_get_signed (
                          assay_judgement_get_answer (judgement, assay_question_get_id (question),
                                                      NULL),
                          task, &strength)
                      && strength == 0)
                    SAW ("tie");
                }
            }
          if (n_scales == 5)
            SAW ("five attributes");
          if (n_scales == 7)
            SAW ("seven criteria");
        }
    }
#undef SAW
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i]);
      g_assert_true (g_hash_table_contains (seen, wanted[i]));
    }
}

static guint
count_errors (AssayJudgement *judgement)
{
  g_autoptr (GPtrArray) issues = assay_judgement_validate (judgement);
  guint n_errors = 0;

  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];

      if (assay_issue_get_level (issue) != ASSAY_ISSUE_ERROR)
        continue;
      g_test_message ("%s: %s", assay_issue_get_rule (issue), assay_issue_get_message (issue));
      n_errors++;
    }
  return n_errors;
}

/* The gold could be submitted as it stands, and agrees with itself whatever the order shown. */
static void
test_gold_is_valid (void)
{
  g_autoptr (GPtrArray) sets = load ();

  for (guint i = 0; i < sets->len; i++)
    {
      AssayPracticeSet *set = sets->pdata[i];

      for (guint k = 0; k < set->tasks->len; k++)
        {
          AssayTask *task = set->tasks->pdata[k];

          g_test_message ("%s", assay_task_get_id (task));
          for (guint32 seed = 1; seed < 6; seed++)
            {
              g_autoptr (AssayJudgement) shown = assay_judgement_new_with_seed (task, seed);
              g_autoptr (AssayJudgement) gold = assay_gold_create_judgement (task, shown);
              g_autoptr (GPtrArray) lines = NULL;

              g_assert_nonnull (gold);
              g_assert_cmpuint (count_errors (gold), ==, 0);
              lines = assay_gold_compare (task, gold);
              g_assert_cmpuint (lines->len, >, 0);
              for (guint n = 0; n < lines->len; n++)
                {
                  AssayAnswerComparison *line = lines->pdata[n];

                  g_assert_true (line->agrees);
                  g_assert_cmpstr (line->own, ==, line->other);
                  g_assert_cmpfloat (line->distance, ==, 0);
                  g_assert_cmpstr (line->own, !=, "—");
                }
            }
        }
    }
}

static AssayAnswerComparison *
find_line (GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    {
      AssayAnswerComparison *line = lines->pdata[i];

      if (g_str_equal (line->label, label))
        return line;
    }
  g_test_message ("There is no line “%s”", label);
  g_assert_not_reached ();
}

static void
assert_preference (AssayTask *task,
                   const char *choice,
                   int strength,
                   AssayBoth both,
                   gboolean agrees)
{
  g_autoptr (AssayJudgement) own = assay_judgement_new_with_seed (task, 7);
  g_autoptr (JsonNode) answer = assay_pairwise_answer_new (choice, strength, both);
  g_autoptr (GPtrArray) lines = NULL;

  assay_judgement_set_answer (own, "preference", NULL, answer);
  lines = assay_gold_compare (task, own);
  g_assert_cmpint (((AssayAnswerComparison *) lines->pdata[0])->agrees, ==, agrees);
}

static void
test_compare_preference (void)
{
  g_autoptr (GPtrArray) sets = load ();
  AssayTask *clear = find_task (sets, "leap-1900");      /* r2, 3, tolerance 1 */
  AssayTask *slight = find_task (sets, "largest-files"); /* r1, 1, tolerance 1 */
  AssayTask *bad = find_task (sets, "soup-for-ten");     /* both bad, tolerance 1 */

  assert_preference (clear, "r2", 3, ASSAY_BOTH_UNSET, TRUE);
  assert_preference (clear, "r2", 2, ASSAY_BOTH_UNSET, TRUE);
  assert_preference (clear, "r2", 1, ASSAY_BOTH_UNSET, FALSE);
  assert_preference (clear, "r1", 3, ASSAY_BOTH_UNSET, FALSE);
  assert_preference (slight, NULL, 0, ASSAY_BOTH_GOOD, TRUE);
  assert_preference (slight, "r2", 1, ASSAY_BOTH_UNSET, FALSE);
  assert_preference (slight, "r1", 3, ASSAY_BOTH_UNSET, FALSE);
  assert_preference (bad, NULL, 0, ASSAY_BOTH_BAD, TRUE);
  assert_preference (bad, NULL, 0, ASSAY_BOTH_GOOD, FALSE);
  assert_preference (bad, "r1", 1, ASSAY_BOTH_UNSET, TRUE);
  assert_preference (bad, "r1", 2, ASSAY_BOTH_UNSET, FALSE);
}

static void
test_compare_outcome (void)
{
  g_autoptr (GPtrArray) sets = load ();
  AssayTask *task = find_task (sets, "missing-chart");
  g_autoptr (AssayJudgement) own = assay_judgement_new (task);
  g_autoptr (GPtrArray) wrong = NULL;
  g_autoptr (GPtrArray) right = NULL;
  g_autoptr (GPtrArray) other = NULL;

  wrong = assay_gold_compare (task, own);
  g_assert_cmpuint (wrong->len, ==, 1);
  g_assert_false (((AssayAnswerComparison *) wrong->pdata[0])->agrees);

  assay_judgement_set_outcome (own, ASSAY_OUTCOME_NOT_RATABLE, "needs_missing_attachment",
                               "The chart is missing.");
  right = assay_gold_compare (task, own);
  g_assert_cmpuint (right->len, ==, 2);
  g_assert_true (((AssayAnswerComparison *) right->pdata[0])->agrees);
  g_assert_true (((AssayAnswerComparison *) right->pdata[1])->agrees);

  assay_judgement_set_outcome (own, ASSAY_OUTCOME_NOT_RATABLE, "other", "The chart is missing.");
  other = assay_gold_compare (task, own);
  g_assert_true (((AssayAnswerComparison *) other->pdata[0])->agrees);
  g_assert_false (((AssayAnswerComparison *) other->pdata[1])->agrees);
}

static void
set_json (AssayJudgement *judgement, const char *question, const char *response, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  assay_judgement_set_answer (judgement, question, response, node);
}

static void
test_compare_others (void)
{
  g_autoptr (GPtrArray) sets = load ();
  AssayTask *ranking = find_task (sets, "duplicate-emails");
  AssayTask *extremes = find_task (sets, "lab-internship");
  AssayTask *labels = find_task (sets, "office-party");
  AssayTask *checklist = find_task (sets, "torn-atlas");
  AssayTask *count = find_task (sets, "museum-text");
  AssayTask *scores = find_task (sets, "chunks");
  g_autoptr (AssayJudgement) one = assay_judgement_new (ranking);
  g_autoptr (AssayJudgement) two = assay_judgement_new (extremes);
  g_autoptr (AssayJudgement) three = assay_judgement_new (labels);
  g_autoptr (AssayJudgement) four = assay_judgement_new (checklist);
  g_autoptr (AssayJudgement) five = assay_judgement_new (count);
  g_autoptr (AssayJudgement) six = assay_judgement_new_with_seed (scores, 3);
  g_autoptr (GPtrArray) a = NULL;
  g_autoptr (GPtrArray) b = NULL;
  g_autoptr (GPtrArray) c = NULL;
  g_autoptr (GPtrArray) d = NULL;
  g_autoptr (GPtrArray) e = NULL;
  g_autoptr (GPtrArray) f = NULL;
  g_autofree char *label = NULL;
  AssayAnswerComparison *line;

  /* The tie is broken: one pair stands otherwise, and one is allowed. */
  set_json (one, "ranking", NULL,
            "{\"order\": [[\"r5\"], [\"r1\"], [\"r2\"], [\"r3\"], [\"r4\"]]}");
  a = assay_gold_compare (ranking, one);
  line = a->pdata[0];
  g_assert_cmpfloat (line->distance, ==, 1);
  g_assert_true (line->agrees);

  set_json (two, "ranking", NULL, "{\"best\": \"r1\", \"worst\": \"r3\"}");
  b = assay_gold_compare (extremes, two);
  line = b->pdata[0];
  g_assert_cmpfloat (line->distance, ==, 1);
  g_assert_false (line->agrees);

  set_json (three, "faults", NULL, "[\"arithmetic\", \"fact\"]");
  c = assay_gold_compare (labels, three);
  line = c->pdata[0];
  g_assert_cmpfloat (line->distance, ==, 2);
  g_assert_false (line->agrees);

  set_json (four, "items", "r1", "{\"regret\": \"yes\", \"promise\": \"no\"}");
  d = assay_gold_compare (checklist, four);
  g_assert_cmpuint (d->len, ==, 7);
  g_assert_true (find_line (d, "Says that it is sorry about the torn cover.")->agrees);
  g_assert_false (find_line (d, "Promises an amount or a day of payment.")->agrees);
  g_assert_cmpstr (find_line (d, "Asks for the order number.")->own, ==, "—");
  g_assert_false (find_line (d, "Asks for the order number.")->agrees);

  set_json (five, "false", NULL, "5");
  set_json (five, "first", NULL, "\"of larch\"");
  e = assay_gold_compare (count, five);
  line = e->pdata[0];
  g_assert_true (line->comparable);
  g_assert_true (line->agrees);
  g_assert_cmpfloat (line->distance, ==, 1);
  line = e->pdata[1];
  g_assert_false (line->comparable);

  set_json (six, "correctness", "r1", "4");
  f = assay_gold_compare (scores, six);
  label = g_strdup_printf ("Correctness · %s",
                           assay_presentation_get_letter (assay_judgement_get_presentation (six),
                                                          "r1"));
  line = find_line (f, label);
  g_assert_false (line->agrees);
  g_assert_cmpfloat (line->distance, ==, 3);
}

/* Marks agree where they meet and say the same. */
static void
test_compare_marks (void)
{
  g_autoptr (JsonNode) node = assay_json_parse (
      "{\"id\": \"t\", \"prompt\": \"p\", \"responses\": [{\"id\": \"r\", \"content\":"
      " \"one two three\"}], \"form\": {\"questions\": [{\"id\": \"q\", \"type\": \"spans\","
      " \"scope\": \"each-response\", \"types\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}]},"
      " \"gold\": {\"answers\": {\"q\": {\"r\": {\"errors\": [{\"id\": \"e1\", \"span\":"
      " {\"doc\": \"response:r\", \"start\": 4, \"end\": 7, \"quote\": \"two\"}, \"type_path\":"
      " [\"a\"], \"severity\": \"minor\"}]}}}}}",
      -1, NULL);
  g_autoptr (AssayTask) task = assay_task_new_from_json (node, NULL);
  g_autoptr (AssayJudgement) own = assay_judgement_new (task);
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) other = NULL;
  AssayAnswerComparison *line;

  set_json (own, "q", "r",
            "{\"errors\": [{\"id\": \"e1\", \"span\": {\"doc\": \"response:r\", \"start\": 5,"
            " \"end\": 10, \"quote\": \"wo th\"}, \"type_path\": [\"a\"]}]}");
  same = assay_gold_compare (task, own);
  line = same->pdata[0];
  g_assert_true (line->agrees);
  set_json (own, "q", "r",
            "{\"errors\": [{\"id\": \"e1\", \"span\": {\"doc\": \"response:r\", \"start\": 5,"
            " \"end\": 10, \"quote\": \"wo th\"}, \"type_path\": [\"b\"]}]}");
  other = assay_gold_compare (task, own);
  line = other->pdata[0];
  g_assert_cmpfloat (line->distance, ==, 2);
  g_assert_false (line->agrees);
}

static void
test_no_gold (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (
      "{\"id\": \"t\", \"prompt\": \"p\", \"responses\": [], \"form\": {\"id\": \"f\", "
      "\"questions\": [{\"id\": \"q\", \"type\": \"text\", \"label\": \"Q\"}]}}",
      -1, &error);
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayJudgement) own = NULL;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  own = assay_judgement_new (task);
  g_assert_null (assay_gold_compare (task, own));
  g_assert_null (assay_gold_create_judgement (task, own));
  g_assert_null (assay_gold_get_explanation (task));
  g_assert_null (assay_gold_get_rationale (task));
}

/* A translator gets exactly the strings that the loader asks for. */
static void
test_strings (void)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) sets = NULL;
  GHashTableIter iter;
  gpointer message;
  guint n_missing = 0;

  asked_strings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sets = load ();
  for (guint i = 0; i < G_N_ELEMENTS (listed_strings); i++)
    {
      g_hash_table_add (listed, (gpointer) listed_strings[i]);
      if (!g_hash_table_contains (asked_strings, listed_strings[i]))
        {
          g_test_message ("listed, but never asked for: %s", listed_strings[i]);
          n_missing++;
        }
    }
  g_hash_table_iter_init (&iter, asked_strings);
  while (g_hash_table_iter_next (&iter, &message, NULL))
    if (!g_hash_table_contains (listed, message))
      {
        g_test_message ("asked for, but not listed: %s", (char *) message);
        n_missing++;
      }
  g_clear_pointer (&asked_strings, g_hash_table_unref);
  g_assert_cmpuint (n_missing, ==, 0);
  g_assert_cmpuint (g_hash_table_size (listed), >, 300);
}

static void
assert_bad (const char *json, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-practice-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "set.json", NULL);
  g_autofree char *guideline = g_build_filename (folder, "g.md", NULL);

  g_assert_no_error (error);
  g_file_set_contents (path, json, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (guideline, "# Guideline\n", -1, &error);
  g_assert_no_error (error);
  g_assert_null (assay_practice_load_file (path, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "set.json"));
  g_assert_nonnull (strstr (error->message, part));
  g_unlink (guideline);
  g_unlink (path);
  g_rmdir (folder);
}

#define SET_HEAD                                                                                   \
  "{\"id\": \"s\", \"title\": \"S\", \"guideline\": {\"title\": \"G\", \"file\": \"g.md\"}, "      \
  "\"forms\": {\"f\": {\"id\": \"f\", \"questions\": [{\"id\": \"q\", \"type\": \"text\", "        \
  "\"label\": \"Q\"}]}}, \"tasks\": ["
#define GOOD_TASK                                                                                  \
  "{\"id\": \"t\", \"form\": \"f\", \"prompt\": [\"a\", \"b\"], \"responses\": [], \"gold\": "     \
  "{\"answers\": {\"q\": [\"x\", \"y\"]}}}"

static void
test_bad_sets (void)
{
  assert_bad ("", "set.json");
  assert_bad ("[]", "object");
  assert_bad ("{\"id\": \"s\"}", "title");
  assert_bad ("{\"id\": \"s\", \"title\": \"S\"}", "guideline");
  assert_bad ("{\"id\": \"s\", \"title\": \"S\", \"guideline\": {\"title\": \"G\", \"file\": "
              "\"../g.md\"}}",
              "/guideline/file");
  assert_bad ("{\"id\": \"s\", \"title\": \"S\", \"guideline\": {\"title\": \"G\", \"file\": "
              "\"none.md\"}}",
              "none.md");
  assert_bad (SET_HEAD "7]}", "/tasks/0");
  assert_bad (SET_HEAD GOOD_TASK "," GOOD_TASK "]}", "/tasks/1");
  assert_bad (SET_HEAD "{\"id\": \"t\", \"form\": \"none\", \"gold\": {}}]}", "none");
  assert_bad (SET_HEAD "{\"id\": \"t\", \"form\": \"f\"}]}", "gold");
  assert_bad (SET_HEAD "{\"form\": \"f\", \"gold\": {}}]}", "/tasks/0");
}

/* Lists of lines are texts. */
static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("assay-practice-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "set.json", NULL);
  g_autofree char *guideline = g_build_filename (folder, "g.md", NULL);
  g_autoptr (AssayPracticeSet) set = NULL;
  g_autoptr (AssayJudgement) gold = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, SET_HEAD GOOD_TASK "]}", -1, NULL));
  g_assert_true (g_file_set_contents (guideline, "# A\n\nb\n\n```\nc\n\nd\n```\n", -1, NULL));
  set = assay_practice_load_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (assay_task_get_prompt_text (set->tasks->pdata[0]), ==, "a\nb");
  gold = assay_gold_create_judgement (set->tasks->pdata[0], NULL);
  g_assert_cmpstr (assay_text_answer_get (assay_judgement_get_answer (gold, "q", NULL)), ==,
                   "x\ny");
  g_assert_cmpstr (assay_guideline_get_text (set->guideline), ==, "# A\n\nb\n\n```\nc\n\nd\n```\n");
  g_unlink (guideline);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_strdup (g_getenv ("ASSAY_PRACTICE_DIR"));

  g_setenv ("ASSAY_PRACTICE_DIR", "/nonexistent/practice", TRUE);
  g_assert_null (assay_practice_load (&error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_setenv ("ASSAY_PRACTICE_DIR", kept, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/practice/sets", test_sets);
  g_test_add_func ("/practice/coverage", test_coverage);
  g_test_add_func ("/practice/gold-is-valid", test_gold_is_valid);
  g_test_add_func ("/practice/compare-preference", test_compare_preference);
  g_test_add_func ("/practice/compare-outcome", test_compare_outcome);
  g_test_add_func ("/practice/compare-others", test_compare_others);
  g_test_add_func ("/practice/compare-marks", test_compare_marks);
  g_test_add_func ("/practice/no-gold", test_no_gold);
  g_test_add_func ("/practice/strings", test_strings);
  g_test_add_func ("/practice/bad-sets", test_bad_sets);
  g_test_add_func ("/practice/lines", test_lines);
  g_test_add_func ("/practice/no-folder", test_no_folder);

  return g_test_run ();
}
