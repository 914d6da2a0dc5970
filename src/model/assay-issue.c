/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-issue.h"

struct _AssayIssue
{
  GObject parent_instance;

  AssayIssueLevel level;
  char *rule;
  char *question; /* (nullable) */
  char *response; /* (nullable) */
  char *item;     /* (nullable) */
  char *message;
};

G_DEFINE_FINAL_TYPE (AssayIssue, assay_issue, G_TYPE_OBJECT)

static void
assay_issue_finalize (GObject *object)
{
  AssayIssue *self = ASSAY_ISSUE (object);

  g_free (self->rule);
  g_free (self->question);
  g_free (self->response);
  g_free (self->item);
  g_free (self->message);

  G_OBJECT_CLASS (assay_issue_parent_class)->finalize (object);
}

static void
assay_issue_class_init (AssayIssueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_issue_finalize;
}

static void
assay_issue_init (AssayIssue *self)
{
}

AssayIssue *
assay_issue_new (AssayIssueLevel level,
                 const char *rule,
                 const char *question,
                 const char *response,
                 const char *item,
                 const char *message)
{
  AssayIssue *self;

  g_return_val_if_fail (rule != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_ISSUE, NULL);
  self->level = level;
  self->rule = g_strdup (rule);
  self->question = g_strdup (question);
  self->response = g_strdup (response);
  self->item = g_strdup (item);
  self->message = g_strdup (message);
  return self;
}

AssayIssueLevel
assay_issue_get_level (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), ASSAY_ISSUE_HINT);

  return self->level;
}

const char *
assay_issue_get_rule (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), NULL);

  return self->rule;
}

const char *
assay_issue_get_question (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), NULL);

  return self->question;
}

const char *
assay_issue_get_response (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), NULL);

  return self->response;
}

const char *
assay_issue_get_item (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), NULL);

  return self->item;
}

const char *
assay_issue_get_message (AssayIssue *self)
{
  g_return_val_if_fail (ASSAY_IS_ISSUE (self), NULL);

  return self->message;
}
