/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-model-error.h"
#include "assay-questions.h"
#include "model-testing.h"

static inline void
assert_refused (const char *text, AssayModelError code, const char *place)
{
  g_autoptr (JsonNode) node = json (text);
  g_autoptr (GError) error = NULL;
  AssayQuestion *self = assay_question_new_from_json (node, "/questions/0", &error);

  g_assert_null (self);
  g_assert_error (error, ASSAY_MODEL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, place));
}

/* The rules that @answer breaks, in their order; "" for none. */
static inline void
assert_rules (AssayQuestion *self, AssayTask *task, const char *answer, const char *rules)
{
  g_autoptr (JsonNode) node = answer == NULL ? NULL : json (answer);
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) found = g_string_new (NULL);

  assay_question_validate (self, task, NULL, node, issues);
  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];

      g_string_append_printf (found, "%s%s", i == 0 ? "" : " ", assay_issue_get_rule (issue));
      g_assert_cmpstr (assay_issue_get_question (issue), ==, assay_question_get_id (self));
      g_assert_cmpint (strlen (assay_issue_get_message (issue)), >, 0);
    }
  g_assert_cmpstr (found->str, ==, rules);
}

static inline gboolean
is_answered (AssayQuestion *self, const char *answer)
{
  g_autoptr (JsonNode) node = json (answer);

  return assay_question_is_answered (self, node);
}

static inline void
assert_described (AssayQuestion *self,
                  AssayPresentation *presentation,
                  const char *answer,
                  const char *text)
{
  g_autoptr (JsonNode) node = answer == NULL ? NULL : json (answer);

  assert_string (assay_question_describe_answer (self, presentation, node), text);
}

static inline void
assert_short (AssayQuestion *self, const char *answer, const char *value)
{
  g_autoptr (JsonNode) node = json (answer);

  assert_json (assay_question_short_value (self, node), value);
}
