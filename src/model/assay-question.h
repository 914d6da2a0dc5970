/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-condition.h"
#include "assay-issue.h"

G_BEGIN_DECLS

typedef struct _AssayPresentation AssayPresentation;
typedef struct _AssayTask AssayTask;

typedef enum
{
  ASSAY_SCOPE_TASK,
  ASSAY_SCOPE_EACH_RESPONSE,
  ASSAY_SCOPE_EACH_SOURCE,
} AssayScope;

#define ASSAY_TYPE_QUESTION (assay_question_get_type ())
/**
 * AssayQuestion:
 *
 * One item of a form. Abstract; each question type is a subclass that reads its settings and says
 * what an answer is. A question is immutable after it was loaded, and keeps the JSON that it was
 * loaded from: what this version does not understand survives.
 *
 * An answer is a [struct@Json.Node] in the shape that the type defines; absent (NULL) means not
 * answered. Nodes that are part of a judgement are sealed: make a new one to change an answer.
 */
G_DECLARE_DERIVABLE_TYPE (AssayQuestion, assay_question, ASSAY, QUESTION, GObject)

struct _AssayQuestionClass
{
  GObjectClass parent_class;

  /* The `type` in JSON. */
  const char *type_name;

  /* @settings may be normalised (ids become strings); they are sealed afterwards. */
  gboolean (*load) (AssayQuestion *self, JsonObject *settings, const char *place, GError **error);
  gboolean (*is_answered) (AssayQuestion *self, JsonNode *answer);
  void (*validate) (AssayQuestion *self,
                    AssayTask *task,
                    const char *response,
                    JsonNode *answer,
                    GPtrArray *issues);
  /* Only called with an answer. */
  char *(*describe) (AssayQuestion *self, AssayPresentation *presentation, JsonNode *answer);
  /* The value that conditions compare; (transfer full) (nullable). */
  JsonNode *(*short_value) (AssayQuestion *self, JsonNode *answer);
};

/* Reads one question; an unknown `type` gives an AssayUnknownQuestion, never an error. */
AssayQuestion *assay_question_new_from_json (JsonNode *node, const char *place, GError **error);
JsonNode *assay_question_to_json (AssayQuestion *self);

const char *assay_question_get_id (AssayQuestion *self);
const char *assay_question_get_type_name (AssayQuestion *self);
const char *assay_question_get_label (AssayQuestion *self);
/* Markdown, or NULL. */
const char *assay_question_get_help (AssayQuestion *self);
gboolean assay_question_get_required (AssayQuestion *self);
AssayScope assay_question_get_scope (AssayQuestion *self);
AssayCondition *assay_question_get_condition (AssayQuestion *self);
/* Criteria that carry a group name are shown under it; NULL for none. */
const char *assay_question_get_group (AssayQuestion *self);

gboolean assay_question_is_answered (AssayQuestion *self, JsonNode *answer);
/* Appends AssayIssue objects to @issues: "req" where a required answer is missing, and whatever the
 * type checks. */
void assay_question_validate (AssayQuestion *self,
                              AssayTask *task,
                              const char *response,
                              JsonNode *answer,
                              GPtrArray *issues);
/* The answer in a few translated words, for comparisons and lists; "—" for none. Responses are
 * named by the letters of
 * @presentation. (transfer full) */
char *assay_question_describe_answer (AssayQuestion *self,
                                      AssayPresentation *presentation,
                                      JsonNode *answer);
JsonNode *assay_question_short_value (AssayQuestion *self, JsonNode *answer);

G_END_DECLS
