/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of responses and of a rationale: prompt, two responses, rationale, an earlier
 * rationale and a selection, set apart by NUL. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "assay-rationale-checks.h"
#include "assay-response-checks.h"
#include "fuzz.h"

#define QUOTED_CHARACTERS_MAX 210

static AssayTask *
make_task (char **texts)
{
  g_autoptr (JsonNode) node = assay_json_parse (
      "{\"id\":\"t\",\"prompt\":\"\",\"responses\":[{\"id\":\"a\",\"content\":\"\"},"
      "{\"id\":\"b\",\"content\":\"\"}],\"form\":{\"rationale\":{\"use\":\"optional\"},"
      "\"questions\":[{\"id\":\"q\",\"type\":\"pairwise\",\"label\":\"Better\",\"points\":7},"
      "{\"id\":\"s\",\"type\":\"scale\",\"label\":\"Clarity\",\"scope\":\"each_response\","
      "\"min\":1,\"max\":5}]}}",
      -1, NULL);
  JsonObject *object = json_node_get_object (node);
  JsonArray *responses = assay_json_get_array (object, "responses");
  AssayTask *task;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (object, "prompt", texts[0]);
  for (guint i = 0; i < 2; i++)
    json_object_set_string_member (json_array_get_object_element (responses, i), "content",
                                   texts[i + 1]);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return task;
}

static void
check_issues (GPtrArray *issues)
{
  for (guint i = 0; i < issues->len; i++)
    {
      fuzz_check_text (assay_issue_get_message (issues->pdata[i]));
      fuzz_check_text (assay_issue_get_rule (issues->pdata[i]));
      /* What a machine thinks of words never keeps anybody from submitting. */
      g_assert_cmpint (assay_issue_get_level (issues->pdata[i]), !=, ASSAY_ISSUE_ERROR);
    }
  g_ptr_array_unref (issues);
}

static void
check_tokens (AssayJudgement *judgement)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  const char *shown = assay_judgement_get_rationale (judgement);
  g_autofree char *stored = assay_judgement_dup_stored_rationale (judgement);
  g_autofree char *again = assay_presentation_tokens_to_shown (presentation, stored);
  g_autofree char *written =
      assay_presentation_tokens_written (assay_judgement_get_task (judgement), stored,
                                         "Response %d");

  fuzz_check_text (stored);
  fuzz_check_text (written);
  g_assert_cmpstr (shown, ==, again);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) texts = fuzz_split_texts (data, size, 6);
  const char *earlier[] = { texts[4], NULL };
  g_autoptr (AssayTask) task = make_task (texts);
  g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (task, (guint32) size);
  g_autofree char *quote = NULL;
  g_autofree char *stored = NULL;
  AssayRationaleFacts facts;

  assay_judgement_set_rationale (judgement, texts[3]);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==, texts[3]);
  check_issues (assay_response_check (judgement));
  check_issues (assay_rationale_check (judgement, earlier));
  check_issues (assay_rationale_check_text (judgement, earlier));
  check_tokens (judgement);

  facts = assay_rationale_get_facts (judgement);
  g_assert_cmpuint (facts.responses_named, <=, 2);
  g_assert_cmpuint (facts.characters, <=, g_utf8_strlen (texts[3], -1));
  quote = assay_rationale_quote ("A", texts[5]);
  fuzz_check_text (quote);
  g_assert_null (strpbrk (quote, "\r\n"));
  g_assert_cmpuint (g_utf8_strlen (quote, -1), <=, QUOTED_CHARACTERS_MAX);
  return 0;
}
