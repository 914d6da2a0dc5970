/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-importer.h"
#include "assay-json.h"
#include "import-support.h"

/* Public evaluation sets in their publishers' own layouts, as a person opens them: nothing is
 * corrected. The counts are those that each set's own notes give. */

typedef struct
{
  const char *name;
  const char *paths[8]; /* below the folder of the sets */
  const char *layout;
  AssayImportJoin join;
  guint n_tasks;
  guint min_responses;
  guint max_responses;
  const char *prompt;    /* how the first task's prompt begins */
  const char *models[8]; /* of the first task, in any order */
  const char *kind;      /* of the first task's form */
} Case;

static const Case cases[] = {
  { "arena-hard-2024",
    { "arena-hard/arena-hard-v0.1" },
    "arena-hard",
    ASSAY_JOIN_ID,
    61,
    3,
    3,
    "how does memory affect performance of aws lambda",
    { "gpt-3.5-turbo-0125", "gpt-4-0314", "gpt-4-0613" },
    "ranking.nway" },
  { "arena-hard-2024-files",
    { "arena-hard/arena-hard-v0.1/question.jsonl",
      "arena-hard/arena-hard-v0.1/model_answer/gpt-4-0314.jsonl",
      "arena-hard/arena-hard-v0.1/model_answer/gpt-4-0613.jsonl" },
    "arena-hard",
    ASSAY_JOIN_ID,
    61,
    2,
    2,
    "how does memory affect performance of aws lambda",
    { "gpt-4-0314", "gpt-4-0613" },
    "pairwise.overall" },
  { "arena-hard-2025",
    { "arena-hard/arena-hard-v0.1-2025-schema" },
    "arena-hard",
    ASSAY_JOIN_ID,
    20,
    2,
    2,
    "Regex to delect all <g> elements",
    { "gpt-3.5-turbo-0125", "gpt-4-0314" },
    "pairwise.overall" },
  { "arena-hard-2025-one-file",
    { "arena-hard/arena-hard-v0.1-2025-schema/model_answer/gpt-4-0314.jsonl" },
    "arena-hard",
    ASSAY_JOIN_NONE,
    20,
    1,
    1,
    "Write a program to record the daily transactions",
    { "gpt-4-0314" },
    "rubric.scale" },
  { "arena-hard-both",
    { "arena-hard" },
    "arena-hard",
    ASSAY_JOIN_ID,
    61,
    3,
    3,
    NULL,
    { "gpt-3.5-turbo-0125", "gpt-4-0314", "gpt-4-0613" },
    "ranking.nway" },
  { "vicuna",
    { "vicuna-blog-eval" },
    "vicuna",
    ASSAY_JOIN_ID,
    55,
    5,
    5,
    "How can I improve my time management skills?",
    { "alpaca-13b:v1", "bard:20230327", "gpt-3.5-turbo:20230327", "llama-13b:v1",
      "vicuna-13b:20230322-clean-lang" },
    "ranking.nway" },
  { "judgebench",
    { "judgebench" },
    "judgebench",
    ASSAY_JOIN_NONE,
    70,
    2,
    2,
    "In the brain stem, pathways for:",
    { "claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20240620" },
    "pairwise.overall" },
  { "judgebench-outputs",
    { "judgebench/outputs" },
    "judgebench",
    ASSAY_JOIN_NONE,
    15,
    2,
    2,
    " Use the following key to translate",
    { "claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20240620" },
    "pairwise.overall" },
  { "pandalm",
    { "pandalm-testset" },
    "pandalm",
    ASSAY_JOIN_NONE,
    360,
    2,
    2,
    "The sentence you are given might be too wordy, complicated, ",
    { "bloom-7b", "llama-7b" },
    "pairwise.overall" },
  { "llmbar-manual",
    { "llmbar/LLMBar/Adversarial/Manual/dataset.json" },
    "llmbar",
    ASSAY_JOIN_NONE,
    30,
    2,
    2,
    "What is the programing language lua used for?",
    { NULL },
    "pairwise.overall" },
  { "llmbar-mt-bench",
    { "llmbar/Processed" },
    "llmbar",
    ASSAY_JOIN_NONE,
    70,
    2,
    2,
    "x+y = 4z, x*y = 4z^2, express x-y in z",
    { NULL },
    "pairwise.overall" },
  { "llmbar",
    { "llmbar" },
    "llmbar",
    ASSAY_JOIN_NONE,
    100,
    2,
    2,
    NULL,
    { NULL },
    "pairwise.overall" },
  { "hh-rlhf",
    { "hh-rlhf" },
    "dialogue-pairs",
    ASSAY_JOIN_NONE,
    62,
    2,
    2,
    NULL,
    { NULL },
    "pairwise.overall" },
  { "open-assistant-trees",
    { "open-assistant/data/en_100_tree.jsonl" },
    "open-assistant-trees",
    ASSAY_JOIN_NONE,
    52,
    2,
    5,
    "What differences are there between ChatGPT and Instructional",
    { NULL },
    "ranking.nway" },
  { "open-assistant-samples-of-one",
    { "open-assistant/sampling_reports/"
      "2023-03-01_theblackcat102_pythia-1b-deduped-sft_sampling.json" },
    "open-assistant-samples",
    ASSAY_JOIN_NONE,
    30,
    7,
    7,
    "How can I promote an app that I have built?",
    { "theblackcat102/pythia-1b-deduped-sft", "theblackcat102/pythia-1b-deduped-sft",
      "theblackcat102/pythia-1b-deduped-sft", "theblackcat102/pythia-1b-deduped-sft",
      "theblackcat102/pythia-1b-deduped-sft", "theblackcat102/pythia-1b-deduped-sft",
      "theblackcat102/pythia-1b-deduped-sft" },
    "ranking.nway" },
  { "open-assistant-samples",
    { "open-assistant/sampling_reports" },
    "open-assistant-samples",
    ASSAY_JOIN_PROMPT,
    30,
    21,
    21,
    "How can I promote an app that I have built?",
    { NULL },
    "ranking.nway" },
  { "open-assistant-messages",
    { "open-assistant/realistic_seed_data.json" },
    "open-assistant-messages",
    ASSAY_JOIN_NONE,
    77,
    2,
    4,
    NULL,
    { NULL },
    "pairwise.overall" },
  { "open-assistant",
    { "open-assistant" },
    "open-assistant-trees",
    ASSAY_JOIN_NONE,
    159,
    2,
    21,
    NULL,
    { NULL },
    NULL },
  { "self-instruct",
    { "self-instruct-human-eval" },
    "self-instruct",
    ASSAY_JOIN_LINE,
    90,
    6,
    6,
    "Analyze the word choice, phrasing, punctuation, and capitali",
    { "davinci", "davinci-self-instruct", "davinci-t0-ft", "text-davinci-001", "text-davinci-002",
      "text-davinci-003" },
    "ranking.nway" },
  { "self-instruct-predictions",
    { "self-instruct-human-eval/predictions" },
    "self-instruct",
    ASSAY_JOIN_LINE,
    90,
    6,
    6,
    "Analyze the word choice, phrasing, punctuation, and capitali",
    { "davinci", "davinci-self-instruct", "davinci-t0-ft", "text-davinci-001", "text-davinci-002",
      "text-davinci-003" },
    "ranking.nway" },
  { "gsm8k",
    { "gsm8k-model-solutions" },
    "gsm8k",
    ASSAY_JOIN_NONE,
    150,
    4,
    4,
    "Toulouse has twice as many sheep as Charleston.",
    { "6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification" },
    "ranking.nway" },
  { "persian",
    { "persian-llm-eval" },
    "persian-llm-eval",
    ASSAY_JOIN_ID,
    75,
    5,
    5,
    "علی می گوید: «اگر گزارش امروز کامل شود،",
    { "claude-haiku-4-5", "claude-opus-4-7", "claude-sonnet-4-6", "gpt-5-mini", "gpt-5.5" },
    "ranking.nway" },
  { "fine-grained",
    { "fine-grained-rlhf" },
    "fine-grained-rlhf",
    ASSAY_JOIN_NONE,
    110,
    4,
    4,
    "Premier league record for most wins in a row?",
    { NULL },
    "ranking.nway" },
  { "factool-chinese",
    { "factool-claims/chinese" },
    "factool",
    ASSAY_JOIN_NONE,
    70,
    7,
    7,
    "论文Deep Residual Learning for Image Recognition的作者有哪些",
    { "yiyan", "doubao", "baichuan", "chatglm", "sensetime", "minimax", "gpt-4" },
    "ranking.nway" },
  { "factool-knowledge",
    { "factool-claims/knowledge_qa/knowledge_qa.jsonl" },
    "generic",
    ASSAY_JOIN_NONE,
    35,
    1,
    1,
    "Which country or city has the maximum number of nuclear powe",
    { NULL },
    "rubric.scale" },
  { "factool", { "factool-claims" }, "factool", ASSAY_JOIN_NONE, 285, 1, 7, NULL, { NULL }, NULL },
  { "japanese-mt-bench",
    { "japanese-mt-bench" },
    "mt-bench",
    ASSAY_JOIN_ID,
    50,
    4,
    4,
    "Boyer-Moore投票アルゴリズム",
    { "gpt-4", "gpt-4o", "japanese-stablelm-instruct-alpha-7b", "jslma-7b-ja-orca-11k-50ep" },
    "ranking.nway" },
  { "biggen-bench",
    { "biggen-bench-rubrics" },
    "biggen-bench",
    ASSAY_JOIN_NONE,
    113,
    1,
    1,
    "Compose a comprehensive itinerary for a client eager to disc",
    { "sample-model" },
    "rubric.scale" },
  { "ifeval",
    { "ifeval" },
    "ifeval",
    ASSAY_JOIN_LINE,
    130,
    1,
    1,
    "Write an email to my boss telling him that I am quitting. Th",
    { NULL },
    "constraints.check" },
};

static guint
count_model (AssayTask *task, const char *model)
{
  guint n = 0;

  for (guint i = 0; i < assay_task_get_n_responses (task); i++)
    n += g_strcmp0 (assay_document_get_model (assay_task_get_response (task, i)), model) == 0 ? 1
                                                                                              : 0;
  return n;
}

static void
check_models (AssayTask *task, const char *const *models)
{
  guint n = 0;

  for (guint i = 0; i < 8 && models[i] != NULL; i++)
    {
      guint n_wanted = 0;

      n++;
      for (guint j = 0; j < 8 && models[j] != NULL; j++)
        n_wanted += g_str_equal (models[i], models[j]) ? 1 : 0;
      g_assert_cmpuint (count_model (task, models[i]), ==, n_wanted);
    }
  if (n > 0)
    g_assert_cmpuint (assay_task_get_n_responses (task), ==, n);
}

static const char *
first_text (AssayTask *task)
{
  AssayDocument *first = assay_task_get_document (task, 0);

  if (assay_document_get_role (first) == ASSAY_DOCUMENT_SYSTEM)
    first = assay_task_get_document (task, 1);
  return assay_document_get_text (first);
}

static void
test_layout (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) files = import_support_find_data (c->paths);
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *layout = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  AssayImportJoin join;
  guint min = G_MAXUINT;
  guint max = 0;

  if (files == NULL)
    {
      g_test_skip ("The public sample data is not here.");
      return;
    }
  importer = assay_importer_new (files);
  mapping = import_support_detect (importer, &error);
  g_assert_no_error (error);
  words = assay_importer_describe (importer, mapping);
  g_test_message ("%s", words);
  tasks = import_support_read_all (importer, mapping, &error);
  g_assert_no_error (error);
  import_support_report (importer);

  g_object_get (mapping, "layout", &layout, "join", &join, NULL);
  g_assert_cmpstr (layout, ==, c->layout);
  g_assert_cmpint (join, ==, c->join);
  g_assert_cmpuint (tasks->len, ==, c->n_tasks);
  g_assert_cmpuint (assay_importer_get_n_tasks (importer), ==, c->n_tasks);
  g_assert_cmpuint (assay_importer_get_n_problems (importer), ==, 0);
  g_assert_cmpfloat_with_epsilon (assay_importer_get_fraction (importer), 1, 0.001);
  for (guint i = 0; i < tasks->len; i++)
    {
      AssayTask *task = g_ptr_array_index (tasks, i);

      min = MIN (min, assay_task_get_n_responses (task));
      max = MAX (max, assay_task_get_n_responses (task));
      g_assert_cmpstr (assay_task_get_prompt_text (task), !=, "");
      g_assert_true (g_hash_table_add (ids, (gpointer) assay_task_get_id (task)));
    }
  if (g_test_verbose ())
    {
      g_autoptr (JsonNode) node = assay_task_to_json (g_ptr_array_index (tasks, 0));
      g_autofree char *text = assay_json_to_pretty_string (node);

      g_test_message ("%s", text);
    }
  g_assert_cmpuint (min, ==, c->min_responses);
  g_assert_cmpuint (max, ==, c->max_responses);
  if (c->prompt != NULL && !g_str_has_prefix (first_text (g_ptr_array_index (tasks, 0)), c->prompt))
    g_assert_cmpstr (first_text (g_ptr_array_index (tasks, 0)), ==, c->prompt);
  check_models (g_ptr_array_index (tasks, 0), c->models);
  if (c->kind != NULL)
    g_assert_cmpstr (assay_task_get_kind (g_ptr_array_index (tasks, 0)), ==, c->kind);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import/layouts/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_layout);
    }
  return g_test_run ();
}
