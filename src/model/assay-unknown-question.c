/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-question-private.h"
#include "assay-unknown-question.h"

struct _AssayUnknownQuestion
{
  AssayQuestion parent_instance;
};

G_DEFINE_FINAL_TYPE (AssayUnknownQuestion, assay_unknown_question, ASSAY_TYPE_QUESTION)

static void
assay_unknown_question_validate (AssayQuestion *question,
                                 AssayTask *task,
                                 const char *response,
                                 JsonNode *answer,
                                 GPtrArray *issues)
{
  if (answer != NULL || !assay_question_get_required (question))
    return;
  /* Translators: %s is the name of a question. */
  assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "unknown", response, NULL,
                             g_strdup_printf (_ ("“%s” needs a newer version of this program."),
                                              assay_question_get_name (question)));
}

static void
assay_unknown_question_class_init (AssayUnknownQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  question_class->type_name = "";
  question_class->validate = assay_unknown_question_validate;
}

static void
assay_unknown_question_init (AssayUnknownQuestion *self)
{
}
