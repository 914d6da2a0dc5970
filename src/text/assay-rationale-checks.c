/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rationale-checks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-pairwise-question.h"
#include "assay-rank-question.h"
#include "assay-response-checks.h"
#include "assay-words.h"

/* The rules and their numbers: task-kinds, section 4. */
#define RATIONALE_ID "rationale"
#define REUSE_SIMILARITY 0.60
#define REUSE_RATIONALES 50
#define EMPTY_PRAISE_WORDS 12
#define READING_WORDS_PER_MINUTE 500
#define QUOTE_CHARACTERS 200
/* Names of criteria shorter than this turn up by chance. */
#define CRITERION_MIN_CHARACTERS 4

/* What says that one response is better than the other. A bare name must be a capital: "a" is a
 * word. */
static const char comparison_pattern[] =
    "(?:\\b(?i:response|answer|output|option)\\s*@?|@|\\b)(?:(?<letter>[AB12])|(?<side>(?i:left|right)))\\b"
    "[^.!?]{0,40}\\b(?i:is|was|seems)\\s+"
    "(?:(?i:slightly|much|clearly|a bit|far)\\s+)?"
    "(?<word>(?i:better|stronger|preferable|superior|worse|weaker|inferior))\\b";
static const char negation_pattern[] = "\\b(?i:not|no|never)\\b|n['’]t\\b";
static const char quotation_pattern[] = "[“\"„«][^”\"“»]{2,}[”\"“»]";

static GRegex *
compile (const char *pattern)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, &error);

  g_assert_no_error (error);
  return regex;
}

static guint
count_matches (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = compile (pattern);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    n++;
  return n;
}

/* Whether the response shown as @letter is named: "@A", or a capital A as a word of its own after
 * "response" or its like. */
static gboolean
names_response (const char *text, const char *letter)
{
  g_autofree char *pattern =
      g_strdup_printf ("@%s\\b|\\b(?i:response|answer|output|option)\\s+%s\\b|\\b%s['’]s\\b",
                       letter, letter, letter);
  g_autoptr (GRegex) regex = compile (pattern);

  return g_regex_match (regex, text, 0, NULL);
}

static guint
count_responses (AssayJudgement *judgement, const char **only)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  const char *text = assay_judgement_get_rationale (judgement);
  guint n = 0;

  for (guint i = 0; i < assay_presentation_get_n (presentation); i++)
    {
      const char *letter =
          assay_presentation_get_letter (presentation,
                                         assay_presentation_get_response (presentation, i));

      if (names_response (text, letter))
        {
          *only = letter;
          n++;
        }
    }
  return n;
}

static guint
count_criteria (AssayJudgement *judgement)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (judgement));
  g_autofree char *text = g_utf8_casefold (assay_judgement_get_rationale (judgement), -1);
  guint n = 0;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      const char *label = assay_question_get_label (assay_form_get_question (form, i));
      g_autofree char *folded = g_utf8_casefold (label, -1);

      if (g_utf8_strlen (folded, -1) >= CRITERION_MIN_CHARACTERS && strstr (text, folded) != NULL)
        n++;
    }
  return n;
}

AssayRationaleFacts
assay_rationale_get_facts (AssayJudgement *judgement)
{
  AssayRationaleFacts facts = { 0 };
  const char *text;
  const char *only = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), facts);

  text = assay_judgement_get_rationale (judgement);
  facts.words = assay_words_count (text);
  facts.characters = assay_characters_count_trimmed (text);
  facts.responses_named = count_responses (judgement, &only);
  facts.criteria_named = count_criteria (judgement);
  facts.quotations = count_matches (quotation_pattern, text);
  return facts;
}

/* Takes @message. */
static void
take_issue (GPtrArray *issues,
            AssayIssueLevel level,
            const char *rule,
            const char *question,
            const char *response,
            char *message)
{
  g_ptr_array_add (issues, assay_issue_new (level, rule, question, response, NULL, message));
  g_free (message);
}

/* The comparison of the form, as in the model's rules: the one named so, else the last. */
static AssayQuestion *
find_comparison (AssayForm *form)
{
  AssayQuestion *found = NULL;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);

      if (!ASSAY_IS_PAIRWISE_QUESTION (question))
        continue;
      found = question;
      if (g_str_equal (id, "preference") || g_str_equal (id, "overall"))
        break;
    }
  return found;
}

/* Which of two shown places a matched sentence prefers: -1 the left, 1 the right, 0 neither. */
static int
read_comparison (GMatchInfo *match, GRegex *negation)
{
  g_autofree char *letter = g_match_info_fetch_named (match, "letter");
  g_autofree char *side = g_match_info_fetch_named (match, "side");
  g_autofree char *whole = g_match_info_fetch (match, 0);
  g_autofree char *word = g_match_info_fetch_named (match, "word");
  g_autofree char *folded = g_ascii_strdown (word, -1);
  gboolean left;
  int sign;

  if (g_regex_match (negation, whole, 0, NULL))
    return 0;
  if (letter != NULL && *letter != '\0')
    left = *letter == 'A' || *letter == '1';
  else
    left = g_ascii_strcasecmp (side, "left") == 0;
  sign = left ? -1 : 1;
  if (g_str_equal (folded, "worse") || g_str_equal (folded, "weaker")
      || g_str_equal (folded, "inferior"))
    sign = -sign;
  return sign;
}

static void
check_contradiction (AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  AssayQuestion *question = find_comparison (assay_task_get_form (task));
  g_autoptr (GRegex) comparison = NULL;
  g_autoptr (GRegex) negation = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  const char *choice = NULL;
  JsonNode *answer;
  int said = 0;
  int chosen;

  if (question == NULL || assay_presentation_get_n (presentation) != 2)
    return;
  answer = assay_judgement_get_answer (judgement, assay_question_get_id (question), NULL);
  if (answer == NULL || !assay_pairwise_answer_get (answer, &choice, NULL, NULL) || choice == NULL)
    return;
  chosen = assay_presentation_get_place (presentation, choice) == 0 ? -1 : 1;

  comparison = compile (comparison_pattern);
  negation = compile (negation_pattern);
  for (g_regex_match (comparison, assay_judgement_get_rationale (judgement), 0, &match);
       g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int sign = read_comparison (match, negation);

      if (sign == 0)
        continue;
      /* Sentences that disagree with one another say nothing. */
      if (said != 0 && said != sign)
        return;
      said = sign;
    }
  if (said != 0 && said != chosen)
    {
      const char *named = assay_presentation_get_letter (
          presentation, assay_presentation_get_response (presentation, said < 0 ? 0 : 1));

      take_issue (issues, ASSAY_ISSUE_WARNING, "rat.contradiction", RATIONALE_ID, NULL,
                  /* Translators: the letter of a response. */
                  g_strdup_printf (_ ("The rationale says that %s is better; the preference says "
                                      "the opposite."),
                                   named));
    }
}

static void
check_reuse (AssayJudgement *judgement, const char *const *earlier, GPtrArray *issues)
{
  const char *text = assay_judgement_get_rationale (judgement);

  for (guint i = 0; earlier != NULL && earlier[i] != NULL && i < REUSE_RATIONALES; i++)
    {
      if (assay_words_similarity (text, earlier[i]) >= REUSE_SIMILARITY)
        {
          take_issue (issues, ASSAY_ISSUE_WARNING, "rat.reuse", RATIONALE_ID, NULL,
                      g_strdup (_ ("Much of this stands in one of your earlier rationales.")));
          return;
        }
    }
}

static gboolean
compares (AssayForm *form)
{
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (ASSAY_IS_PAIRWISE_QUESTION (question) || ASSAY_IS_RANK_QUESTION (question))
        return TRUE;
    }
  return FALSE;
}

static void
check_content (AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayRationaleFacts facts = assay_rationale_get_facts (judgement);
  const char *only = NULL;

  if (facts.words == 0)
    return;
  if (facts.quotations == 0 && facts.criteria_named == 0 && facts.words < EMPTY_PRAISE_WORDS)
    take_issue (issues, ASSAY_ISSUE_HINT, "rat.empty_praise", RATIONALE_ID, NULL,
                g_strdup (_ ("Nothing is quoted and no criterion is named yet.")));
  if (compares (assay_task_get_form (task)) && assay_task_get_n_responses (task) > 1
      && count_responses (judgement, &only) == 1)
    take_issue (issues, ASSAY_ISSUE_HINT, "rat.one_sided", RATIONALE_ID, NULL,
                /* Translators: the letter of a response. */
                g_strdup_printf (_ ("Only response %s is named."), only));
}

static void
check_time (AssayJudgement *judgement, GPtrArray *issues)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  gint64 active_ms = assay_judgement_get_effort (judgement)->active_ms;
  gint64 words = 0;

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    words += assay_words_count (assay_document_get_text (assay_task_get_document (task, i)));
  if (active_ms < words * 60 * 1000 / READING_WORDS_PER_MINUTE)
    take_issue (issues, ASSAY_ISSUE_HINT, "time.floor", NULL, NULL,
                g_strdup (_ ("This was quicker than the texts can be read.")));
}

GPtrArray *
assay_rationale_check_text (AssayJudgement *judgement, const char *const *earlier)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), issues);

  if (assay_judgement_get_outcome (judgement) != ASSAY_OUTCOME_ANSWERED)
    return issues;
  check_contradiction (judgement, issues);
  check_reuse (judgement, earlier, issues);
  check_content (judgement, issues);
  return issues;
}

GPtrArray *
assay_rationale_check (AssayJudgement *judgement, const char *const *earlier)
{
  g_autoptr (GPtrArray) about_texts = NULL;
  GPtrArray *issues;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  issues = assay_rationale_check_text (judgement, earlier);
  if (assay_judgement_get_outcome (judgement) == ASSAY_OUTCOME_ANSWERED)
    {
      about_texts = assay_response_check (judgement);
      g_ptr_array_extend_and_steal (issues, g_steal_pointer (&about_texts));
      check_time (judgement, issues);
    }
  return issues;
}

char *
assay_rationale_quote (const char *letter, const char *selection)
{
  g_autofree char *line = NULL;
  g_autofree char *shortened = NULL;
  glong length;

  g_return_val_if_fail (selection != NULL, NULL);

  line = assay_words_fold_space (selection);
  length = g_utf8_strlen (line, -1);
  if (length > QUOTE_CHARACTERS)
    {
      /* The ends say where the passage is; the middle can be read there. */
      glong half = (QUOTE_CHARACTERS - 1) / 2;
      g_autofree char *head = g_utf8_substring (line, 0, half);
      g_autofree char *tail = g_utf8_substring (line, length - half, length);

      shortened = g_strconcat (head, "…", tail, NULL);
    }
  else
    shortened = g_steal_pointer (&line);
  if (letter == NULL)
    return g_strdup_printf ("“%s”", shortened);
  return g_strdup_printf ("@%s: “%s”", letter, shortened);
}
