/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* error: submission is blocked; warning: it asks once; hint: it never blocks. */
typedef enum
{
  ASSAY_ISSUE_HINT,
  ASSAY_ISSUE_WARNING,
  ASSAY_ISSUE_ERROR,
} AssayIssueLevel;

#define ASSAY_TYPE_ISSUE (assay_issue_get_type ())
/**
 * AssayIssue:
 *
 * What a check has to say about a judgement. Points at a question (and a response, and an item or a
 * field inside the answer), or at the rationale (question id `rationale`), or at nothing in
 * particular. Immutable.
 */
G_DECLARE_FINAL_TYPE (AssayIssue, assay_issue, ASSAY, ISSUE, GObject)

/* @rule: the stable name of the rule, for example "req" or "rat.min". @message: a translated
 * sentence. */
AssayIssue *assay_issue_new (AssayIssueLevel level,
                             const char *rule,
                             const char *question,
                             const char *response,
                             const char *item,
                             const char *message);
AssayIssueLevel assay_issue_get_level (AssayIssue *self);
const char *assay_issue_get_rule (AssayIssue *self);
const char *assay_issue_get_question (AssayIssue *self);
const char *assay_issue_get_response (AssayIssue *self);
const char *assay_issue_get_item (AssayIssue *self);
const char *assay_issue_get_message (AssayIssue *self);

G_END_DECLS
