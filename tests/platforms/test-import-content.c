/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-exporter.h"
#include "assay-importer.h"
#include "assay-json.h"
#include "assay-preset.h"
#include "assay-questions.h"
#include "import-support.h"

/* What becomes of the fields of a record. */

static ImportTrial *
try_text (const char *name, const char *text)
{
  ImportTrial *trial = import_trial_new ();

  import_trial_write (trial, name, text, -1);
  import_trial_open (trial, name);
  import_trial_run (trial);
  return trial;
}

static char *
dump (AssayTask *task)
{
  g_autoptr (JsonNode) node = assay_task_to_json (task);

  return assay_json_to_string (node);
}

/* A public set, read as it is; NULL with a note if it is not there. */
static ImportTrial *
try_data (const char *path)
{
  const char *paths[] = { path, NULL };
  g_autoptr (GPtrArray) files = import_support_find_data (paths);
  ImportTrial *trial;

  if (files == NULL)
    {
      g_test_skip ("The public sample data is not here.");
      return NULL;
    }
  trial = import_trial_new ();
  trial->importer = assay_importer_new (files);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  return trial;
}

static const char *
get_model (AssayTask *task, guint response)
{
  return assay_document_get_model (assay_task_get_response (task, response));
}

/* No word of the source's verdicts is in any task. */
static void
test_verdicts (void)
{
  static const struct
  {
    const char *path;
    const char *words[6];
  } sets[] = {
    { "judgebench", { "A>B", "B>A", "\"decision\"", "\"judgment", "A=B" } },
    { "judgebench/outputs", { "A>B", "\"decision\"", "arena_hard" } },
    { "pandalm-testset", { "annotator", "gpt_result", "gpt_reason" } },
    { "llmbar", { "\"label\":1", "\"label\":2" } },
    { "hh-rlhf", { "\"chosen\"", "\"rejected\"" } },
    { "open-assistant/data", { "\"rank\"", "review_result", "emojis" } },
    { "gsm8k-model-solutions", { "is_correct" } },
    { "persian-llm-eval", { "predicted_index", "overall_score" } },
    { "fine-grained-rlhf", { "corrected-prediction", "error type", "\"preference\":[" } },
    { "factool-claims/chinese", { "factuality", "\"claims\"" } },
    { "vicuna-blog-eval", { "review_id", "reviewer" } },
    { "japanese-mt-bench", { "judgment", "user_prompt" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (ImportTrial) trial = try_data (sets[i].path);

      if (trial == NULL)
        return;
      for (guint j = 0; j < trial->tasks->len; j++)
        {
          AssayTask *task = import_trial_get (trial, j);
          g_autofree char *text = NULL;

          /* The form's own words are ours. */
          g_autoptr (JsonNode) node = assay_task_to_json (task);
          json_object_remove_member (assay_json_node_object (node), "form");
          text = assay_json_to_string (node);
          for (guint k = 0; k < 6 && sets[i].words[k] != NULL; k++)
            {
              if (strstr (text, sets[i].words[k]) != NULL)
                g_test_message ("%s: %s", sets[i].path, sets[i].words[k]);
              g_assert_null (strstr (text, sets[i].words[k]));
            }
        }
    }
}

/* The better one is not always the first. */
static void
test_neutral_order (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImportTrial) trial = NULL;
  guint n_first = 0;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text,
                            "{\"prompt\":\"P%u\",\"chosen\":\"good %u\",\"rejected\":\"bad %u\"}\n",
                            i, i, i);
  trial = try_text ("a.jsonl", text->str);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 200);
  for (guint i = 0; i < 200; i++)
    n_first += g_str_has_prefix (import_trial_get_response (trial, i, 0), "good") ? 1 : 0;
  g_assert_cmpuint (n_first, >, 60);
  g_assert_cmpuint (n_first, <, 140);
}

static void
test_dialogue_marks (void)
{
  g_autoptr (ImportTrial) trial = try_text (
      "a.jsonl",
      "{\"chosen\":\"\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant: Because.\","
      "\"rejected\":\"\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant:\"}\n"
      "{\"chosen\":\"\\n\\nHuman: A\\n\\nAssistant: B\",\"rejected\":\"\\n\\nHuman: A\\n\\nAssistant: C\"}\n");
  AssayTask *task;

  task = import_trial_get (trial, 0);
  g_assert_cmpuint (assay_task_get_n_documents (task), ==, 5);
  g_assert_cmpstr (assay_document_get_text (assay_task_get_document (task, 0)), ==, "Hi");
  g_assert_cmpstr (assay_document_get_speaker (assay_task_get_document (task, 1)), ==, "assistant");
  g_assert_cmpstr (assay_task_get_prompt_text (task), ==, "Why?");
  /* An answer can be empty, and is still one. */
  g_assert_true (g_str_equal (import_trial_get_response (trial, 0, 0), "Because.")
                 || g_str_equal (import_trial_get_response (trial, 0, 0), ""));
  g_assert_cmpstr (import_trial_get_response (trial, 0, 0), !=,
                   import_trial_get_response (trial, 0, 1));
  g_assert_cmpstr (assay_task_get_prompt_text (import_trial_get (trial, 1)), ==, "A");
  g_assert_cmpstr (assay_task_get_kind (task), ==, "pairwise.overall");
}

/* Preference pairs as lists of messages, with and without a prompt of their own. */
static void
test_message_pairs (void)
{
  g_autoptr (ImportTrial) implicit = try_text (
      "a.jsonl",
      "{\"chosen\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"X\"}],"
      "\"rejected\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"Y\"}]}\n");
  g_autoptr (ImportTrial) explicit =
      try_text ("a.jsonl", "{\"prompt\":[{\"role\":\"user\",\"content\":\"Q\"}],"
                           "\"chosen\":[{\"role\":\"assistant\",\"content\":\"X\"}],"
                           "\"rejected\":[{\"role\":\"assistant\",\"content\":\"Y\"}]}\n");
  g_autoptr (ImportTrial) texts =
      try_text ("a.jsonl", "{\"prompt\":\"Q\",\"chosen\":\"X\",\"rejected\":\"Y\"}\n");
  ImportTrial *trials[] = { implicit, explicit, texts };

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      AssayTask *task = import_trial_get (trials[i], 0);

      g_assert_cmpuint (assay_task_get_n_documents (task), ==, 3);
      g_assert_cmpstr (assay_task_get_prompt_text (task), ==, "Q");
      g_assert_cmpuint (assay_task_get_n_responses (task), ==, 2);
      g_assert_cmpuint (strlen (import_trial_get_response (trials[i], 0, 0)), ==, 1);
    }
}

static void
test_conversations (void)
{
  g_autoptr (ImportTrial) sharegpt =
      try_text ("a.json",
                "[{\"id\":\"x\",\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},"
                "{\"from\":\"gpt\",\"value\":\"Hello\"},{\"from\":\"human\",\"value\":\"Bye\"},"
                "{\"from\":\"gpt\",\"value\":\"See you\"}]}]");
  g_autoptr (ImportTrial) arena = try_text (
      "a.jsonl",
      "{\"question_id\":\"q\",\"model_a\":\"m1\",\"model_b\":\"m2\",\"winner\":\"model_a\","
      "\"conversation_a\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"X\"}],"
      "\"conversation_b\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"Y\"}]}\n");
  g_autofree char *text = NULL;

  g_assert_cmpstr (assay_task_get_prompt_text (import_trial_get (sharegpt, 0)), ==, "Bye");
  g_assert_cmpstr (import_trial_get_response (sharegpt, 0, 0), ==, "See you");
  g_assert_cmpstr (assay_task_get_id (import_trial_get (sharegpt, 0)), ==, "x");

  g_assert_cmpstr (assay_task_get_prompt_text (import_trial_get (arena, 0)), ==, "Q");
  g_assert_cmpstr (import_trial_get_response (arena, 0, 0), ==, "X");
  g_assert_cmpstr (import_trial_get_response (arena, 0, 1), ==, "Y");
  g_assert_cmpstr (get_model (import_trial_get (arena, 0), 1), ==, "m2");
  text = dump (import_trial_get (arena, 0));
  g_assert_null (strstr (text, "winner"));
}

static void
test_shapes (void)
{
  g_autoptr (ImportTrial) list =
      try_text ("a.json",
                "[{\"instruction\":\"Q\",\"completions\":[{\"model\":\"m\",\"response\":\"X\"},"
                "{\"model\":\"n\",\"response\":\"Y\"},{\"model\":\"o\",\"response\":\"Z\"}]}]");
  g_autoptr (ImportTrial) texts =
      try_text ("a.json", "[{\"question\":\"Q\",\"answers\":[\"X\",\"Y\"]}]");
  g_autoptr (ImportTrial) members =
      try_text ("a.json", "[{\"question\":\"Q\",\"outputs\":{\"gpt\":\"X\",\"llama\":\"Y\"}}]");
  g_autoptr (ImportTrial) row_each =
      try_text ("a.csv", "id,prompt,model,response\n1,P,m,A\n2,Q,m,B\n1,P,n,\"C\n\nD\"\n2,Q,n,E\n");
  g_autoptr (ImportTrial) one =
      try_text ("a.json", "{\"prompt\": \"P\",\n \"response_1\": \"X\",\n \"response_2\": \"Y\"}");

  g_assert_cmpuint (assay_task_get_n_responses (import_trial_get (list, 0)), ==, 3);
  g_assert_cmpstr (get_model (import_trial_get (list, 0), 2), ==, "o");
  g_assert_cmpstr (assay_task_get_kind (import_trial_get (list, 0)), ==, "ranking.nway");
  g_assert_cmpstr (import_trial_get_response (texts, 0, 1), ==, "Y");
  g_assert_cmpstr (get_model (import_trial_get (members, 0), 1), ==, "llama");
  g_assert_cmpuint (row_each->tasks->len, ==, 2);
  g_assert_cmpstr (import_trial_get_response (row_each, 0, 1), ==, "C\n\nD");
  g_assert_cmpstr (get_model (import_trial_get (row_each, 1), 1), ==, "n");
  g_assert_cmpuint (one->tasks->len, ==, 1);
}

static void
test_several_turns (void)
{
  g_autoptr (ImportTrial) trial = try_data ("japanese-mt-bench");
  AssayTask *task;
  const char *first;
  const char *last;
  g_autofree char *question = NULL;

  if (trial == NULL)
    return;
  task = import_trial_get (trial, 0);
  g_assert_cmpstr (assay_task_get_id (task), ==, "7");
  g_assert_cmpuint (assay_task_get_n_documents (task), ==, 2 + 1 + 4);
  g_assert_cmpint (assay_document_get_role (assay_task_get_document (task, 1)), ==,
                   ASSAY_DOCUMENT_TURN);
  g_assert_cmpint (assay_document_get_role (assay_task_get_document (task, 2)), ==,
                   ASSAY_DOCUMENT_REFERENCE);
  /* The answer to the second turn follows what was asked; a model that gave one answer only has
   * one. */
  first = import_trial_get_response (trial, 0, 0);
  question =
      g_strconcat ("\n\n---\n\n> ", assay_document_get_text (assay_task_get_document (task, 1)),
                   "\n\n", NULL);
  g_assert_nonnull (strstr (first, question));
  last = import_trial_get_response (trial, 0, 3);
  g_assert_null (strstr (last, "\n---\n"));
}

/* Exports one pair of @task, whose first response is chosen; (transfer full) the row. @report:
 * (out) what the exporter says of it. */
static JsonObject *
export_pair (AssayTask *task, const char *folder, const char *format, char **report)
{
  g_auto (GStrv) sentences = NULL;
  g_autofree char *path = g_build_filename (folder, "out.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (AssayProject) project = assay_project_new ("files", "p", "P");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task);
  AssayForm *form = assay_task_get_form (task);
  AssayExportOptions options = { .created_at_ms = 1 };
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find (format), target, project, &options);
  g_autoptr (JsonNode) answer = assay_json_parse ("{\"choice\":\"r1\",\"strength\":3}", -1, NULL);
  g_autoptr (JsonNode) row = NULL;
  g_autoptr (GError) error = NULL;

  assay_judgement_set_answer (judgement, assay_question_get_id (assay_form_get_question (form, 0)),
                              NULL, answer);
  assay_exporter_begin (exporter, &error);
  g_assert_no_error (error);
  assay_exporter_add (exporter, task, judgement, FALSE, &error);
  g_assert_no_error (error);
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);
  sentences = assay_exporter_dup_report (exporter);
  *report = g_strjoinv ("\n", sentences);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  row = assay_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (assay_json_node_object (row));
}

/* A member as text. (transfer full) */
static char *
dump_member (JsonObject *object, const char *member)
{
  return assay_json_to_string (json_object_get_member (object, member));
}

/* What a model asks of tools, in a turn and in a response, is read, shown and handed on. */
static void
test_tools (void)
{
  static const char call[] =
      "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
      "\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"city\\\": \\\"Oslo\\\"}\"}}]}";
  static const char answer[] =
      "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"4 degrees\"}";
  static const char tools[] = "[{\"type\":\"function\",\"function\":{\"name\":\"find\"}}]";
  static const char old_call[] =
      "{\"role\":\"assistant\",\"content\":\"Wait.\",\"function_call\":{\"name\":\"find\",\"arguments\":{}}}";
  g_autofree char *record = g_strdup_printf (
      "{\"prompt\":[{\"role\":\"user\",\"content\":\"Q\"},%s,%s,{\"role\":\"user\",\"content\":\"R\"}],"
      "\"chosen\":[%s],\"rejected\":[%s],\"tools\":%s}\n",
      call, answer, call, old_call, tools);
  g_autoptr (ImportTrial) trial = try_text ("a.jsonl", record);
  AssayTask *task = import_trial_get (trial, 0);
  g_autoptr (JsonObject) row = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *rejected = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *report = NULL;
  gboolean is_first_old;

  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 0);
  g_assert_cmpstr (assay_document_get_text (assay_task_find_document (task, "turn:2")), ==,
                   "```\nfind ({\"city\": \"Oslo\"})\n```");
  g_assert_cmpstr (assay_document_get_text (assay_task_find_document (task, "turn:3")), ==,
                   "4 degrees");
  g_assert_cmpuint (assay_task_get_n_responses (task), ==, 2);
  /* In which order they stand is no verdict. */
  is_first_old = g_str_has_prefix (import_trial_get_response (trial, 0, 0), "Wait.");
  g_assert_cmpstr (import_trial_get_response (trial, 0, is_first_old ? 0 : 1), ==,
                   "Wait.\n\n```\nfind ({})\n```");
  g_assert_cmpstr (import_trial_get_response (trial, 0, is_first_old ? 1 : 0), ==,
                   "```\nfind ({\"city\": \"Oslo\"})\n```");

  row = export_pair (task, trial->folder, "trl-conversational", &report);
  g_assert_null (strstr (report, "tools"));
  prompt = dump_member (row, "prompt");
  chosen = dump_member (row, is_first_old ? "rejected" : "chosen");
  rejected = dump_member (row, is_first_old ? "chosen" : "rejected");
  offered = dump_member (row, "tools");
  g_assert_cmpstr (
      prompt, ==,
      "[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":"
      "[{\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":{\"city\":\"Oslo\"}}}]},"
      "{\"role\":\"tool\",\"content\":\"4 degrees\",\"name\":\"find\"},{\"role\":\"user\",\"content\":\"R\"}]");
  g_assert_cmpstr (
      chosen, ==,
      "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"type\":\"function\","
      "\"function\":{\"name\":\"find\",\"arguments\":{\"city\":\"Oslo\"}}}]}]");
  g_assert_cmpstr (
      rejected, ==,
      "[{\"role\":\"assistant\",\"content\":\"Wait.\",\"tool_calls\":[{\"type\":\"function\","
      "\"function\":{\"name\":\"find\",\"arguments\":{}}}]}]");
  g_assert_cmpstr (offered, ==, tools);
}

/* A response of several turns is handed on as these: one that answers the questions of the prompt
 * one by one has them between its answers. */
static void
test_turns_of_responses (void)
{
  g_autoptr (ImportTrial) dialogues = try_text (
      "a.jsonl",
      "{\"chosen\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"A\"},"
      "{\"role\":\"user\",\"content\":\"More\"},{\"role\":\"assistant\",\"content\":\"B\"}],"
      "\"rejected\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"C\"},"
      "{\"role\":\"user\",\"content\":\"More\"},{\"role\":\"assistant\",\"content\":\"D\"}]}\n");
  g_autoptr (ImportTrial) answers =
      try_text ("a.jsonl", "{\"turns\":[\"Q1\",\"Q2\"],\"output_1\":[\"A1\",\"A2\"],"
                           "\"output_2\":[\"B1\",\"B2\"]}\n");
  ImportTrial *trials[] = { dialogues, answers };
  static const char *const prompts[] = { "[{\"role\":\"user\",\"content\":\"Q\"}]",
                                         "[{\"role\":\"user\",\"content\":\"Q1\"}]" };
  static const char *const between[] = { "More", "Q2" };
  g_autoptr (JsonObject) texts = NULL;
  g_autofree char *losses = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autofree char *report = NULL;
      g_autoptr (JsonObject) row = export_pair (import_trial_get (trials[i], 0), trials[i]->folder,
                                                "trl-conversational", &report);
      g_autofree char *prompt = dump_member (row, "prompt");
      JsonArray *chosen = assay_json_get_array (row, "chosen");
      JsonObject *asked;

      g_assert_null (strstr (report, "several turns"));
      g_assert_cmpstr (prompt, ==, prompts[i]);
      g_assert_cmpuint (json_array_get_length (chosen), ==, 3);
      asked = json_array_get_object_element (chosen, 1);
      g_assert_cmpstr (assay_json_get_string (asked, "role"), ==, "user");
      g_assert_cmpstr (assay_json_get_string (asked, "content"), ==, between[i]);
      for (guint m = 0; m <= 2; m += 2)
        g_assert_cmpstr (assay_json_get_string (json_array_get_object_element (chosen, m), "role"),
                         ==, "assistant");
    }

  texts = export_pair (import_trial_get (dialogues, 0), dialogues->folder, "trl-explicit", &losses);
  g_assert_nonnull (strstr (losses, "The responses of 1 task have several turns"));
}

static void
test_rubric (void)
{
  g_autoptr (ImportTrial) trial = try_data ("biggen-bench-rubrics");
  AssayTask *task;
  AssayForm *form;
  AssayQuestion *question;

  if (trial == NULL)
    return;
  task = import_trial_get (trial, 0);
  g_assert_cmpstr (assay_task_get_id (task), ==, "planning_travel_plan_6");
  g_assert_cmpint (assay_document_get_role (assay_task_get_document (task, 0)), ==,
                   ASSAY_DOCUMENT_SYSTEM);
  form = assay_task_get_form (task);
  g_assert_cmpuint (assay_form_get_n_questions (form), ==, 1);
  question = assay_form_get_question (form, 0);
  g_assert_true (ASSAY_IS_SCALE_QUESTION (question));
  g_assert_cmpuint (assay_scale_question_get_n_points (ASSAY_SCALE_QUESTION (question)), ==, 5);
  g_assert_true (
      g_str_has_prefix (assay_scale_question_get_anchor (ASSAY_SCALE_QUESTION (question), 1),
                        "The itinerary is basic"));
  g_assert_true (g_str_has_prefix (assay_question_get_help (question), "Does the response"));
  /* Each task has its own. */
  g_assert_cmpstr (assay_question_get_help (assay_form_get_question (
                       assay_task_get_form (import_trial_get (trial, 1)), 0)),
                   !=, assay_question_get_help (question));
}

static void
test_sources_and_choices (void)
{
  g_autoptr (ImportTrial) fine = try_data ("fine-grained-rlhf");
  g_autoptr (ImportTrial) persian = NULL;
  AssayDocument *source;

  if (fine == NULL)
    return;
  source = assay_task_find_document (import_trial_get (fine, 0), "source:1");
  g_assert_nonnull (source);
  g_assert_cmpstr (assay_document_get_title (source), ==, "2005–06 Chelsea F.C. season");
  g_assert_nonnull (strstr (assay_document_get_text (source), "92nd competitive season"));
  g_assert_nonnull (assay_task_find_document (import_trial_get (fine, 0), "reference:1"));

  persian = try_data ("persian-llm-eval");
  g_assert_nonnull (strstr (assay_task_get_prompt_text (import_trial_get (persian, 0)),
                            "\n\n1. گزارش امروز کامل نشده است\n2. "));
}

static void
test_files_beside (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();

  /* One file with the prompts, two with answers; what else lies there is no concern. */
  import_trial_write (trial, "question.jsonl",
                      "{\"question_id\":1,\"text\":\"P\"}\n{\"question_id\":2,\"text\":\"Q\"}\n"
                      "{\"question_id\":3,\"text\":\"R\"}\n",
                      -1);
  import_trial_write (trial, "m.jsonl",
                      "{\"question_id\":\"2\",\"model_id\":\"m\",\"text\":\"m2\"}\n"
                      "{\"question_id\":\"1\",\"model_id\":\"m\",\"text\":\"m1\"}\n",
                      -1);
  import_trial_write (trial, "n.jsonl",
                      "{\"question_id\":1,\"model_id\":\"n\",\"text\":\"n1\"}\n"
                      "{\"question_id\":2,\"model_id\":\"n\",\"text\":\"n2\"}\n"
                      "{\"question_id\":9,\"model_id\":\"n\",\"text\":\"n9\"}\n",
                      -1);
  import_trial_write (trial, "README.md", "{\"question_id\":1}", -1);
  import_trial_write (trial, "settings.json", "{\"seed\":1}", -1);
  import_trial_write (trial, "broken.json", "{\"seed\":", -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpstr (import_trial_get_response (trial, 0, 0), ==, "m1");
  g_assert_cmpstr (import_trial_get_response (trial, 0, 1), ==, "n1");
  g_assert_cmpstr (import_trial_get_response (trial, 1, 0), ==, "m2");
  /* A prompt without an answer, an answer without a prompt, and a file that is broken. */
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 3);
  g_assert_cmpstr (import_trial_get_problem (trial, 0)->file, ==, "broken.json");
  g_assert_cmpstr (import_trial_get_problem (trial, 1)->file, ==, "question.jsonl");
  g_assert_cmpuint (import_trial_get_problem (trial, 1)->line, ==, 3);
  g_assert_cmpstr (import_trial_get_problem (trial, 2)->file, ==, "n.jsonl");
  g_assert_cmpuint (import_trial_get_problem (trial, 2)->line, ==, 3);
}

static void
test_ids (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  /* The same ids in two files that have nothing to do with each other, and twice in one. */
  import_trial_write (trial, "a.jsonl",
                      "{\"id\":1,\"prompt\":\"P1\",\"response\":\"X\"}\n"
                      "{\"id\":1,\"prompt\":\"P2\",\"response\":\"Y\"}\n",
                      -1);
  import_trial_write (trial, "b.jsonl", "{\"id\":1,\"prompt\":\"P3\",\"response\":\"Z\"}\n", -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (
        g_hash_table_add (ids, (gpointer) assay_task_get_id (import_trial_get (trial, i))));
  g_assert_cmpstr (assay_task_get_id (import_trial_get (trial, 0)), ==, "1");
  g_assert_cmpstr (assay_task_get_external_id (import_trial_get (trial, 1)), ==, "1");
}

static void
test_errors (void)
{
  g_autoptr (ImportTrial) prompts = try_text ("q.jsonl", "{\"id\":1,\"prompt\":\"P\"}\n");
  g_autoptr (ImportTrial) answers = try_text ("r.jsonl", "{\"id\":1,\"response\":\"P\"}\n");
  g_autoptr (ImportTrial) nothing = try_text ("n.jsonl", "{\"x\":1}\n{\"x\":2}\n");
  g_autoptr (ImportTrial) broken = try_text ("b.json", "{\"x\":");
  g_autoptr (ImportTrial) binary = import_trial_new ();
  g_autoptr (ImportTrial) missing = import_trial_new ();
  g_autoptr (ImportTrial) empty = import_trial_new ();

  g_assert_error (prompts->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
  g_assert_nonnull (strstr (prompts->error->message, "no responses"));
  g_assert_nonnull (strstr (prompts->error->message, "q.jsonl"));
  g_assert_error (answers->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
  g_assert_nonnull (strstr (answers->error->message, "no prompts"));
  g_assert_error (nothing->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
  g_assert_error (broken->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
  g_assert_nonnull (strstr (broken->error->message, "b.json"));

  import_trial_write (binary, "b.json",
                      "\x7f"
                      "ELF\0\0\0",
                      7);
  import_trial_open (binary, "b.json");
  import_trial_run (binary);
  g_assert_error (binary->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
  import_trial_open (missing, "nothing.json");
  import_trial_run (missing);
  g_assert_error (missing->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE);
  import_trial_run (empty);
  g_assert_error (empty->error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS);
}

static void
test_too_many_responses (void)
{
  g_autoptr (GString) text = g_string_new ("{\"prompt\":\"P\",\"responses\":[");
  g_autoptr (ImportTrial) trial = NULL;

  for (guint i = 0; i < 27; i++)
    g_string_append_printf (text, "%s\"R%u\"", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  trial = try_text ("a.json", text->str);
  g_assert_cmpuint (assay_task_get_n_responses (import_trial_get (trial, 0)), ==, 26);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 1);
}

static void
test_own_form (void)
{
  g_autoptr (ImportTrial) trial = try_text (
      "a.json",
      "[{\"id\":\"one\",\"prompt\":\"P\",\"responses\":[{\"id\":\"x\",\"content\":\"X\",\"model\":\"m\"},"
      "{\"id\":\"y\",\"content\":\"Y\"}],\"house\":\"kept\"},"
      "{\"id\":\"two\",\"turns\":[{\"role\":\"user\",\"content\":\"Q\"}],\"responses\":["
      "{\"id\":\"x\",\"content\":\"X\"}],\"form\":{\"id\":\"f\",\"kind\":\"label.classify\",\"questions\":["
      "{\"id\":\"q\",\"type\":\"text\",\"label\":\"L\"}]}},"
      "{\"id\":\"three\",\"prompt\":\"P\",\"responses\":[{\"content\":\"no id\"}]}]");
  g_autofree char *text = NULL;

  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 1);
  g_assert_cmpuint (import_trial_get_problem (trial, 0)->record, ==, 3);
  /* A form of its own, or the usual one; what is not known stays. */
  g_assert_cmpstr (assay_task_get_kind (import_trial_get (trial, 0)), ==, "pairwise.overall");
  g_assert_cmpstr (assay_form_get_id (assay_task_get_form (import_trial_get (trial, 1))), ==, "f");
  text = dump (import_trial_get (trial, 0));
  g_assert_nonnull (strstr (text, "\"house\":\"kept\""));
  g_assert_nonnull (assay_task_find_document (import_trial_get (trial, 0), "response:y"));
}

/* What Assay exported comes back as it was; judgements stay with those who made them. */
static void
test_export_read_back (void)
{
  g_autoptr (ImportTrial) first = try_text (
      "a.jsonl",
      "{\"id\":1,\"prompt\":\"P\",\"output_1\":\"X\",\"output_2\":\"Y\",\"model_1\":\"m\"}\n"
      "{\"id\":2,\"prompt\":\"Q\",\"output_1\":\"Z\",\"output_2\":\"W\",\"model_1\":\"m\"}\n");
  g_autoptr (ImportTrial) second = import_trial_new ();
  g_autofree char *path = g_build_filename (second->folder, "b.eval.jsonl", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (AssayProject) project = assay_project_new ("files", "p", "P");
  AssayExportOptions options = { .created_at_ms = 1 };
  g_autoptr (AssayExporter) exporter =
      assay_exporter_new (assay_export_format_find ("assay"), target, project, &options);
  g_autofree char *layout = NULL;
  g_autoptr (GError) error = NULL;

  assay_exporter_begin (exporter, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AssayJudgement) judgement = assay_judgement_new (import_trial_get (first, i));

      assay_exporter_add (exporter, import_trial_get (first, i), i == 0 ? judgement : NULL, FALSE,
                          &error);
      g_assert_no_error (error);
    }
  assay_exporter_finish (exporter, &error);
  g_assert_no_error (error);

  import_trial_run (second);
  g_assert_no_error (second->error);
  g_object_get (second->mapping, "layout", &layout, NULL);
  g_assert_cmpstr (layout, ==, "assay");
  g_assert_cmpuint (second->tasks->len, ==, 2);
  g_assert_cmpuint (assay_importer_get_n_problems (second->importer), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) before = assay_task_to_json (import_trial_get (first, i));
      g_autoptr (JsonNode) after = assay_task_to_json (import_trial_get (second, i));

      g_assert_true (assay_json_equal (before, after));
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/content/verdicts", test_verdicts);
  g_test_add_func ("/import/content/neutral-order", test_neutral_order);
  g_test_add_func ("/import/content/dialogue-marks", test_dialogue_marks);
  g_test_add_func ("/import/content/message-pairs", test_message_pairs);
  g_test_add_func ("/import/content/conversations", test_conversations);
  g_test_add_func ("/import/content/shapes", test_shapes);
  g_test_add_func ("/import/content/several-turns", test_several_turns);
  g_test_add_func ("/import/content/tools", test_tools);
  g_test_add_func ("/import/content/turns-of-responses", test_turns_of_responses);
  g_test_add_func ("/import/content/rubric", test_rubric);
  g_test_add_func ("/import/content/sources-and-choices", test_sources_and_choices);
  g_test_add_func ("/import/content/files-beside", test_files_beside);
  g_test_add_func ("/import/content/ids", test_ids);
  g_test_add_func ("/import/content/errors", test_errors);
  g_test_add_func ("/import/content/too-many-responses", test_too_many_responses);
  g_test_add_func ("/import/content/own-form", test_own_form);
  g_test_add_func ("/import/content/export-read-back", test_export_read_back);
  return g_test_run ();
}
