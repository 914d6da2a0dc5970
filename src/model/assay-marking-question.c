/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-marking-question.h"

G_DEFINE_INTERFACE (AssayMarkingQuestion, assay_marking_question, ASSAY_TYPE_QUESTION)

static void
assay_marking_question_default_init (AssayMarkingQuestionInterface *iface)
{
}

void
assay_marked_place_free (AssayMarkedPlace *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_clear_pointer (&self->span, assay_span_free);
  g_free (self);
}

gboolean
assay_marking_question_allows_document (AssayMarkingQuestion *self,
                                        const char *response,
                                        AssayDocument *document)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (document), FALSE);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->allows_document (self, response, document);
}

GPtrArray *
assay_marking_question_list_places (AssayMarkingQuestion *self, JsonNode *answer)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->list_places (self, answer);
}

JsonNode *
assay_marking_question_add (AssayMarkingQuestion *self,
                            JsonNode *answer,
                            const AssaySpan *span,
                            char **id)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);
  g_return_val_if_fail (span != NULL, NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->add (self, answer, span, id);
}

JsonNode *
assay_marking_question_remove (AssayMarkingQuestion *self, JsonNode *answer, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->remove (self, answer, id);
}

JsonNode *
assay_marking_question_follow (AssayMarkingQuestion *self, JsonNode *answer, AssayTask *task)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);
  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->follow (self, answer, task);
}

JsonNode *
assay_marking_question_without_texts (AssayMarkingQuestion *self, JsonNode *answer)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->without_texts (self, answer);
}

const char *
assay_marking_question_get_next_step (AssayMarkingQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);

  return ASSAY_MARKING_QUESTION_GET_IFACE (self)->get_next_step (self);
}

JsonNode *
assay_marking_question_attach (AssayMarkingQuestion *self,
                               JsonNode *answer,
                               const char *id,
                               AssayDocument *document,
                               const AssaySpan *span)
{
  AssayMarkingQuestionInterface *iface;

  g_return_val_if_fail (ASSAY_IS_MARKING_QUESTION (self), NULL);
  g_return_val_if_fail (id != NULL && span != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_DOCUMENT (document), NULL);

  iface = ASSAY_MARKING_QUESTION_GET_IFACE (self);
  return iface->attach != NULL ? iface->attach (self, answer, id, document, span) : NULL;
}
