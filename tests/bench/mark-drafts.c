/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives every task of a profile a draft with so many marks in its first response, each of which
 * overlaps with the next.
 *
 *   mark-drafts PROFILE N
 *
 * The form's first question is one of marked passages. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdlib.h>

#include "assay-questions.h"
#include "store-fixture.h"

#define MARK_CHARACTERS 40u

static JsonNode *
make_marks (AssayTask *task, guint n)
{
  AssayQuestion *question = assay_form_get_question (assay_task_get_form (task), 0);
  AssaySpansQuestion *spans = ASSAY_SPANS_QUESTION (question);
  AssayDocument *response = assay_task_get_response (task, 0);
  const char *text = assay_document_get_text (response);
  guint length = (guint) g_utf8_strlen (text, -1);
  JsonArray *errors = json_array_new ();
  JsonObject *answer = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < n; i++)
    {
      guint start = (guint) ((guint64) i * (length - MARK_CHARACTERS) / n);
      g_autoptr (AssaySpan) span =
          assay_span_new (assay_document_get_id (response), text, start, start + MARK_CHARACTERS);
      const AssaySpanType *type =
          assay_spans_question_get_type_at (spans, i % assay_spans_question_get_n_types (spans));
      JsonObject *mark = json_object_new ();
      JsonObject *place = json_object_new ();
      JsonArray *path = json_array_new ();
      g_autofree char *id = g_strdup_printf ("m%u", i + 1);

      json_object_set_string_member (mark, "id", id);
      assay_span_write_json (span, place);
      json_object_set_object_member (mark, "span", place);
      json_array_add_string_element (path, type->id);
      json_object_set_array_member (mark, "type_path", path);
      json_object_set_string_member (mark, "severity", i % 3 == 0 ? "major" : "minor");
      json_array_add_object_element (errors, mark);
    }
  json_object_set_array_member (answer, "errors", errors);
  json_node_take_object (node, answer);
  return node;
}

static void
mark_task (AssayStore *store, gint64 row, guint n)
{
  g_autoptr (AssayOpenTask) open = test_await_object (assay_store_load_task (store, row));
  AssayJudgement *judgement = assay_open_task_get_judgement (open);
  AssayTask *task = assay_judgement_get_task (judgement);
  g_autoptr (JsonNode) marks = make_marks (task, n);
  g_autoptr (GBytes) draft = NULL;

  assay_judgement_set_answer (
      judgement, assay_question_get_id (assay_form_get_question (assay_task_get_form (task), 0)),
      assay_document_get_key (assay_task_get_response (task, 0)), marks);
  draft = test_draft_bytes (judgement);
  test_await (assay_store_save_draft (store, row, assay_judgement_get_id (judgement),
                                      assay_task_get_digest (task), draft, FALSE));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (GArray) rows = NULL;
  AssayTaskQuery all = { 0 };

  if (argc != 3)
    {
      g_printerr ("usage: mark-drafts PROFILE N\n");
      return 2;
    }
  dex_init ();
  store = test_await_object (assay_store_open (argv[1]));
  rows = test_await_boxed (assay_store_query_tasks (store, &all));
  for (guint i = 0; i < rows->len; i++)
    mark_task (store, g_array_index (rows, gint64, i), (guint) atoi (argv[2]));
  test_await (assay_store_close (store));
  return 0;
}
