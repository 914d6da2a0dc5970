/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-field-words.h"

typedef struct
{
  const char *name; /* words with spaces between them */
  guint score;
} Name;

/* Whole names; the higher, the surer. */
static const Name prompt_names[] = {
  { "prompt", 12 },       { "question", 12 },
  { "user prompt", 11 },  { "instruction", 10 },
  { "user query", 10 },   { "user input", 10 },
  { "query", 9 },         { "prompt text", 9 },
  { "question text", 9 }, { "input prompt", 9 },
  { "problem", 8 },       { "problem statement", 8 },
  { "user message", 8 },  { "question body", 8 },
  { "goal", 7 },          { "request", 6 },
  { "input", 7 },         { "input text", 6 },
  { "task prompt", 6 },   { "user", 4 },
  { "post", 4 },          { "article", 4 },
  { "text", 2 },          { "content", 2 },
  { "message", 2 },       { NULL, 0 },
};

static const Name response_names[] = {
  { "response", 12 },
  { "model response", 12 },
  { "model output", 12 },
  { "completion", 11 },
  { "answer", 10 },
  { "model answer", 12 },
  { "output", 10 },
  { "prediction", 11 },
  { "generation", 11 },
  { "generated text", 11 },
  { "generated", 9 },
  { "model completion", 11 },
  { "reply", 10 },
  { "candidate", 9 },
  { "solution", 7 },
  { "hypothesis", 8 },
  { "generated answer", 11 },
  { "model prediction", 11 },
  { "assistant", 5 },
  { "summary", 5 },
  { "response text", 11 },
  { "answer text", 10 },
  { "output text", 10 },
  { "pred", 8 },
  { "text", 2 },
  { "content", 2 },
  { NULL, 0 },
};

static const Name reference_names[] = {
  { "reference answer", 12 },
  { "reference", 11 },
  { "ideal answer", 11 },
  { "gold answer", 11 },
  { "ground truth", 11 },
  { "gold", 10 },
  { "gold response", 11 },
  { "target", 9 },
  { "expected output", 10 },
  { "expected answer", 10 },
  { "expected", 9 },
  { "correct answer", 10 },
  { "reference output", 11 },
  { "reference response", 11 },
  { "references", 9 },
  { "ideal", 8 },
  { "canonical solution", 9 },
  { "best answer", 9 },
  { "ground truth answer", 11 },
  { "answer", 5 },
  { "reference solution", 10 },
  { NULL, 0 },
};

static const Name system_names[] = {
  { "system prompt", 10 },
  { "system", 8 },
  { "system message", 9 },
  { NULL, 0 },
};

static const Name model_names[] = {
  { "model", 12 },
  { "model name", 12 },
  { "model id", 11 },
  { "response model", 12 },
  { "response model name", 12 },
  { "generator", 9 },
  { "llm", 8 },
  { "engine", 6 },
  { "model type", 3 },
  { "system name", 6 },
  { "author model", 8 },
  { "name", 2 },
  { NULL, 0 },
};

static const Name id_names[] = {
  { "question id", 20 }, { "id", 18 },
  { "uid", 18 },         { "uuid", 18 },
  { "pair id", 19 },     { "prompt id", 19 },
  { "qid", 18 },         { "sample id", 18 },
  { "example id", 18 },  { "instance id", 17 },
  { "task id", 17 },     { "item id", 17 },
  { "record id", 17 },   { "conversation id", 16 },
  { "tree id", 10 },     { "message tree id", 14 },
  { "idx", 12 },         { "index", 11 },
  { "key", 10 },         { "original id", 6 },
  { "number", 4 },       { "answer id", 2 },
  { "ans id", 2 },       { "response id", 2 },
  { "message id", 3 },   { NULL, 0 },
};

static const Name source_names[] = {
  { "passages", 10 }, { "documents", 9 },          { "contexts", 9 }, { "context", 8 },
  { "sources", 8 },   { "retrieved contexts", 9 }, { "docs", 8 },     { "reference documents", 8 },
  { NULL, 0 },
};

static const char *const response_words[] = {
  "response",   "responses",   "answer",     "answers",     "output",     "outputs",
  "completion", "completions", "prediction", "predictions", "generation", "generations",
  "reply",      "replies",     "candidate",  "candidates",  "solution",   "solutions",
  "hypothesis", "hypotheses",  "choices",    "results",     "samples",    "conversation",
  "summary",    "summaries",   NULL
};

static const char *const conversation_words[] = { "messages", "conversation", "conversations",
                                                  "dialog",   "dialogue",     "turns",
                                                  "chat",     "history",      NULL };

static const char *const verdict_words[] = {
  "score",     "scores",      "rating",     "ratings",     "label",       "labels",
  "verdict",   "winner",      "preference", "preferences", "rank",        "ranks",
  "ranking",   "feedback",    "annotator",  "annotators",  "annotation",  "annotations",
  "correct",   "correctness", "factuality", "evaluation",  "evaluations", "grade",
  "grades",    "decision",    "reward",     "rewards",     "vote",        "votes",
  "critique",  "critiques",   "metric",     "metrics",     "judge",       "judgment",
  "judgments", "judgement",   "judgements", "review",      "reviews",     "reviewer",
  "gpt",       "claims",      "human",      "explanation", "rationale",   "error",
  "errors",    "helpfulness", "quality",    "toxicity",    NULL
};

static const char *const judge_words[] = { "judge",     "judges",     "judgment", "judgments",
                                           "judgement", "judgements", "review",   "reviewer",
                                           "reviews",   "grader",     NULL };

static const char *const language_names[] = { "language", "lang", "locale", NULL };

static const char *const place_words[] = { "a", "b", "c", "d", "e", "f", "g", "h", NULL };
static const char *const counted_words[] = { "one", "two", "three", "four", "five", "six", NULL };
static const char *const side_words[] = { "left", "right", NULL };
static const char *const ordinal_words[] = { "first", "second", "third", "fourth", NULL };

static const char *const better_words[] = { "chosen",  "preferred", "accepted", "win",
                                            "winning", "better",    "positive", NULL };
static const char *const worse_words[] = { "rejected", "dispreferred", "unpreferred", "lose",
                                           "losing",   "worse",        "negative",    NULL };

static gboolean
any_of (GStrv words, const char *const *list)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strv_contains (list, words[i]))
        return TRUE;
    }
  return FALSE;
}

static guint
look_up (const Name *names, GStrv words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  for (guint i = 0; names[i].name != NULL; i++)
    {
      if (g_str_equal (names[i].name, joined))
        return names[i].score;
    }
  return 0;
}

static const char *
last (GStrv words)
{
  guint n = g_strv_length (words);

  return n > 0 ? words[n - 1] : "";
}

guint
assay_field_words_prompt_score (GStrv words)
{
  static const char *const not_prompts[] = { "template", "system",   "id", "type",
                                             "judge",    "category", NULL };
  static const char *const last_words[] = { "prompt", "question", "instruction", "query", NULL };
  guint score = look_up (prompt_names, words);

  if (score > 0)
    return score;
  if (any_of (words, not_prompts) || any_of (words, response_words))
    return 0;
  return g_strv_contains (last_words, last (words)) ? 5 : 0;
}

guint
assay_field_words_response_score (GStrv words)
{
  static const char *const not_responses[] = {
    "id",    "type",  "model", "name", "length",   "count",   "tokens", "format",    "time",
    "level", "index", "key",   "gold", "expected", "correct", "ideal",  "reference", NULL
  };
  guint score = look_up (response_names, words);

  if (score > 0)
    return score;
  if (any_of (words, not_responses))
    return 0;
  return any_of (words, response_words) ? 6 : 0;
}

guint
assay_field_words_reference_score (GStrv words)
{
  return look_up (reference_names, words);
}

guint
assay_field_words_system_score (GStrv words)
{
  return look_up (system_names, words);
}

guint
assay_field_words_model_score (GStrv words)
{
  return look_up (model_names, words);
}

guint
assay_field_words_id_score (GStrv words)
{
  guint score = look_up (id_names, words);

  if (score > 0)
    return score;
  return g_str_equal (last (words), "id") && g_strv_length (words) == 2 ? 5 : 0;
}

guint
assay_field_words_source_score (GStrv words)
{
  return look_up (source_names, words);
}

gboolean
assay_field_words_are_conversation (GStrv words)
{
  return any_of (words, conversation_words);
}

gboolean
assay_field_words_are_language (GStrv words)
{
  return g_strv_length (words) == 1 && g_strv_contains (language_names, words[0]);
}

gboolean
assay_field_words_are_verdict (GStrv words)
{
  return any_of (words, verdict_words);
}

gboolean
assay_field_words_are_judge (GStrv words)
{
  return any_of (words, judge_words);
}

static gboolean
find_in (const char *const *list, const char *word, guint *index)
{
  for (guint i = 0; list[i] != NULL; i++)
    {
      if (g_str_equal (list[i], word))
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_place (const char *word, guint *place)
{
  if (find_in (place_words, word, place) || find_in (counted_words, word, place)
      || find_in (side_words, word, place) || find_in (ordinal_words, word, place))
    return TRUE;
  if (g_ascii_isdigit (word[0]) && strlen (word) <= 2)
    {
      *place = (guint) g_ascii_strtoull (word, NULL, 10);
      return TRUE;
    }
  return FALSE;
}

static char *
join_without (GStrv words, guint without)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i != without)
        g_strv_builder_add (builder, words[i]);
    }
  rest = g_strv_builder_end (builder);
  return g_strjoinv (" ", rest);
}

char *
assay_field_words_split_place (GStrv words, guint *place)
{
  guint n = g_strv_length (words);

  if (n < 2)
    return NULL;
  if (is_place (words[n - 1], place))
    return join_without (words, n - 1);
  for (guint i = 0; i + 1 < n; i++)
    {
      if (is_place (words[i], place))
        return join_without (words, i);
    }
  return NULL;
}

guint
assay_field_words_split_verdict (GStrv words, char **base)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint skip = i;
      guint side = 0;

      if (g_strv_contains (better_words, words[i]))
        side = i > 0 && g_str_equal (words[i - 1], "non") ? 2 : 1;
      else if (g_strv_contains (worse_words, words[i]))
        side = 2;
      if (side == 0)
        continue;

      *base = join_without (words, skip);
      if (g_str_has_prefix (*base, "non "))
        {
          g_autofree char *old = *base;

          *base = g_strdup (old + strlen ("non "));
        }
      return side;
    }
  return 0;
}
