/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-json.h"
#include "assay-judgement.h"

/* JSON as it is written in a test: apostrophes stand for quotation marks. */
static inline JsonNode *
json (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse (quoted, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static inline void
assert_same_json (JsonNode *a, JsonNode *b)
{
  g_autofree char *left = a == NULL ? NULL : assay_json_to_canonical_string (a);
  g_autofree char *right = b == NULL ? NULL : assay_json_to_canonical_string (b);

  g_assert_cmpstr (left, ==, right);
}

/* Takes @actual. */
static inline void
assert_json (JsonNode *actual, const char *expected)
{
  g_autoptr (JsonNode) node = actual;
  g_autoptr (JsonNode) wanted = expected == NULL ? NULL : json (expected);

  assert_same_json (node, wanted);
}

static inline AssayQuestion *
question (const char *text)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayQuestion *self = assay_question_new_from_json (node, "/questions/0", &error);

  g_assert_no_error (error);
  g_assert_nonnull (self);
  return self;
}

static inline AssayTask *
task (const char *text)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayTask *self = assay_task_new_from_json (node, &error);

  g_assert_no_error (error);
  g_assert_nonnull (self);
  return self;
}

/* A task with responses r1 … rN and the members of @form. */
static inline AssayTask *
task_with_form (guint n_responses, const char *form)
{
  g_autoptr (GString) text = g_string_new ("{'id': 't1', 'prompt': 'Say hello.', 'responses': [");

  for (guint i = 1; i <= n_responses; i++)
    g_string_append_printf (text, "%s{'id': 'r%u', 'content': 'Hello number %u.'}",
                            i == 1 ? "" : ", ", i, i);
  g_string_append_printf (text, "], 'form': {%s}}", form);
  return task (text->str);
}

/* Takes @string. */
static inline void
assert_string (char *string, const char *expected)
{
  g_autofree char *owned = string;

  g_assert_cmpstr (owned, ==, expected);
}

static inline AssayIssue *
find_issue (GPtrArray *issues, const char *rule, const char *question_id, const char *response)
{
  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];

      if (g_str_equal (assay_issue_get_rule (issue), rule)
          && g_strcmp0 (assay_issue_get_question (issue), question_id) == 0
          && g_strcmp0 (assay_issue_get_response (issue), response) == 0)
        return issue;
    }
  return NULL;
}
