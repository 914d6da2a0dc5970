/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes are what a person does to a judgement: write, answer, take back, close and open again.
 * Whatever it was, taking everything back leads to the beginning, and doing it again to the end. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "assay-judgement.h"
#include "assay-questions.h"
#include "fuzz.h"

/* Below what the stack of commands keeps, so that nothing falls off its end. */
#define STEPS_MAX 200
#define TEXT_MAX 60

static const char task_text[] =
    "{\"id\":\"t\",\"prompt\":\"Which one?\",\"responses\":[{\"id\":\"a\",\"content\":\"One.\"},"
    "{\"id\":\"b%\",\"content\":\"Two.\"},{\"id\":\"{c}\",\"content\":\"Three.\"}],\"form\":{"
    "\"ask_confidence\":true,\"salvage\":true,\"rationale\":{\"use\":\"required\",\"min\":5},"
    "\"questions\":["
    "{\"id\":\"pick\",\"type\":\"choice\",\"label\":\"Pick\",\"options\":[{\"id\":\"x\",\"label\":"
    "\"X\"},{\"id\":\"y\",\"label\":\"Y\"}]},"
    "{\"id\":\"many\",\"type\":\"multi\",\"label\":\"Many\",\"scope\":\"each-response\",\"options\":"
    "[{\"id\":\"x\",\"label\":\"X\"},{\"id\":\"y\",\"label\":\"Y\"}]},"
    "{\"id\":\"rank\",\"type\":\"rank\",\"label\":\"Rank\"},"
    "{\"id\":\"score\",\"type\":\"scale\",\"label\":\"Score\",\"scope\":\"each-response\",\"min\":1,"
    "\"max\":5},"
    "{\"id\":\"text\",\"type\":\"text\",\"label\":\"Say\"},"
    "{\"id\":\"number\",\"type\":\"number\",\"label\":\"How many\"},"
    "{\"id\":\"list\",\"type\":\"checklist\",\"label\":\"Met\",\"scope\":\"each-response\",\"items\":"
    "[{\"id\":\"i\",\"text\":\"It is\"},{\"id\":\"j\",\"text\":\"It is not\"}]},"
    "{\"id\":\"odd\",\"type\":\"not known yet\",\"label\":\"Odd\"}]}}";

static const char *const answers[] = {
  "\"x\"",
  "\"y\"",
  "[\"x\"]",
  "[\"y\",\"x\"]",
  "{\"value\":3,\"comment\":\"so\"}",
  "{\"value\":3,\"comment\":\"so so\"}",
  "{\"value\":\"na\"}",
  "4",
  "2.5",
  "\"some words\"",
  "\"some more words\"",
  "\"\"",
  "{\"i\":true}",
  "{\"i\":{\"met\":\"yes\",\"note\":\"n\"},\"j\":{\"met\":\"no\"}}",
  "[[\"a\"],[\"b%\",\"{c}\"]]",
  "{\"order\":[[\"a\"],[\"b%\"],[\"{c}\"]]}",
  "{\"choice\":\"x\",\"other\":\"\\u00e9\\u20ac\"}",
  "{\"choice\":\"x\",\"other\":\"\\u00e8\\u20ac\"}",
  "null",
  "[]",
  "{}",
};

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} Bytes;

static guint
next (Bytes *bytes)
{
  return bytes->at < bytes->size ? bytes->data[bytes->at++] : 0;
}

static char *
next_text (Bytes *bytes)
{
  gsize length = next (bytes) % TEXT_MAX;
  const guint8 *start = bytes->data + bytes->at;

  length = MIN (length, bytes->size - bytes->at);
  bytes->at += length;
  return fuzz_dup_text (start, length);
}

static JsonNode *
dup_content (AssayJudgement *judgement)
{
  JsonNode *node = assay_judgement_to_json (judgement, TRUE);

  json_object_remove_member (json_node_get_object (node), "effort");
  json_object_remove_member (json_node_get_object (node), "composition");
  json_object_remove_member (json_node_get_object (node), "times");
  return node;
}

static AssayJudgement *
reopen (AssayJudgement *judgement)
{
  g_autoptr (JsonNode) draft = assay_judgement_to_draft_json (judgement);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  AssayJudgement *opened;

  opened = assay_judgement_new_from_json (assay_judgement_get_task (judgement), draft, &error);
  g_assert_no_error (error);
  again = assay_judgement_to_draft_json (opened);
  fuzz_check_equal (draft, again);
  g_assert_cmpstr (assay_judgement_get_rationale (judgement), ==,
                   assay_judgement_get_rationale (opened));
  return opened;
}

static void
answer (AssayJudgement *judgement, Bytes *bytes)
{
  AssayTask *task = assay_judgement_get_task (judgement);
  AssayForm *form = assay_task_get_form (task);
  AssayQuestion *question =
      assay_form_get_question (form, next (bytes) % assay_form_get_n_questions (form));
  AssayDocument *response =
      assay_task_get_response (task, next (bytes) % assay_task_get_n_responses (task));
  guint which = next (bytes) % (G_N_ELEMENTS (answers) + 1);
  g_autoptr (JsonNode) node =
      which < G_N_ELEMENTS (answers) ? assay_json_parse (answers[which], -1, NULL) : NULL;

  /* A field writes ids as texts; where another producer wrote numbers, reading changes them. */
  if (node != NULL && assay_json_node_number (node, NULL) && !ASSAY_IS_SCALE_QUESTION (question)
      && !ASSAY_IS_NUMBER_QUESTION (question))
    return;
  assay_judgement_set_answer (judgement, assay_question_get_id (question),
                              assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE
                                  ? assay_document_get_key (response)
                                  : NULL,
                              node);
}

static void
act (AssayJudgement *judgement, Bytes *bytes)
{
  g_autofree char *text = NULL;

  switch (next (bytes) % 14)
    {
    case 0:
    case 1:
      {
        guint start = next (bytes);
        guint removed = next (bytes) % 8;

        text = next_text (bytes);
        assay_judgement_splice_rationale (judgement, start, removed, text);
        break;
      }
    case 2:
      text = next_text (bytes);
      assay_judgement_set_rationale (judgement, text);
      break;
    case 3:
    case 4:
      answer (judgement, bytes);
      break;
    case 5:
      assay_judgement_undo (judgement);
      break;
    case 6:
      assay_judgement_redo (judgement);
      break;
    case 7:
      assay_judgement_break_undo_group (judgement);
      break;
    case 8:
      assay_judgement_reset (judgement);
      break;
    case 9:
      assay_judgement_set_confidence (judgement, (int) next (bytes) % 6);
      break;
    case 10:
      text = next_text (bytes);
      assay_judgement_set_private_note (judgement, text);
      break;
    case 11:
      text = next_text (bytes);
      assay_judgement_set_flag (judgement, next (bytes) % 2 ? "low_quality" : "unsafe",
                                next (bytes) % 3 ? text : NULL);
      break;
    case 12:
      text = next_text (bytes);
      assay_judgement_set_outcome (judgement, (AssayOutcome) (next (bytes) % 3), "other", text);
      break;
    case 13:
    default:
      text = next_text (bytes);
      assay_judgement_set_salvage (judgement, next (bytes) % 2 ? text : NULL);
      break;
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  static AssayTask *task;
  Bytes bytes = { data, size, 0 };
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) last = NULL;
  g_autoptr (JsonNode) at_first = NULL;
  g_autoptr (JsonNode) at_last = NULL;

  if (task == NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (task_text, -1, &error);

      g_assert_no_error (error);
      task = assay_task_new_from_json (node, &error);
      g_assert_no_error (error);
    }
  judgement = assay_judgement_new_with_seed (task, next (&bytes));
  first = dup_content (judgement);
  for (guint i = 0; i < STEPS_MAX && bytes.at < size; i++)
    {
      act (judgement, &bytes);
      if (i % 7 == 0)
        {
          AssayJudgement *opened = reopen (judgement);
          g_autoptr (GPtrArray) issues = assay_judgement_validate (opened);

          g_object_unref (judgement);
          judgement = opened;
        }
    }

  while (assay_judgement_can_redo (judgement))
    assay_judgement_redo (judgement);
  last = dup_content (judgement);
  while (assay_judgement_can_undo (judgement))
    assay_judgement_undo (judgement);
  at_first = dup_content (judgement);
  fuzz_check_equal (first, at_first);
  while (assay_judgement_can_redo (judgement))
    assay_judgement_redo (judgement);
  at_last = dup_content (judgement);
  fuzz_check_equal (last, at_last);
  return 0;
}
