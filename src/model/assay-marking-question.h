/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"
#include "assay-span.h"

G_BEGIN_DECLS

/* How a marked passage is judged, so far as its drawing shows it. */
typedef enum
{
  ASSAY_MARK_GRADE_OPEN,
  ASSAY_MARK_GRADE_LIGHT,
  ASSAY_MARK_GRADE_GRAVE,
  ASSAY_MARK_GRADE_GRAVEST,
  ASSAY_MARK_GRADE_GOOD,
} AssayMarkGrade;

typedef struct
{
  char *id;
  AssaySpan *span; /* (nullable) */
  AssayMarkGrade grade;
} AssayMarkedPlace;

void assay_marked_place_free (AssayMarkedPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayMarkedPlace, assay_marked_place_free)

#define ASSAY_TYPE_MARKING_QUESTION (assay_marking_question_get_type ())
/**
 * AssayMarkingQuestion:
 *
 * A question whose answers are about passages of the texts: a person marks them where they stand.
 * Functions that give an answer give a new one, (transfer full), NULL where nothing is left.
 */
G_DECLARE_INTERFACE (AssayMarkingQuestion,
                     assay_marking_question,
                     ASSAY,
                     MARKING_QUESTION,
                     AssayQuestion)

struct _AssayMarkingQuestionInterface
{
  GTypeInterface parent_interface;

  gboolean (*allows_document) (AssayMarkingQuestion *self,
                               const char *response,
                               AssayDocument *document);
  GPtrArray *(*list_places) (AssayMarkingQuestion *self, JsonNode *answer);
  JsonNode *(*add) (AssayMarkingQuestion *self, JsonNode *answer, const AssaySpan *span, char **id);
  JsonNode *(*remove) (AssayMarkingQuestion *self, JsonNode *answer, const char *id);
  JsonNode *(*follow) (AssayMarkingQuestion *self, JsonNode *answer, AssayTask *task);
  JsonNode *(*without_texts) (AssayMarkingQuestion *self, JsonNode *answer);
  const char *(*get_next_step) (AssayMarkingQuestion *self);
  /* May be absent. */
  JsonNode *(*attach) (AssayMarkingQuestion *self,
                       JsonNode *answer,
                       const char *id,
                       AssayDocument *document,
                       const AssaySpan *span);
};

/* Whether passages of @document may be marked for @response (NULL where it is asked once). */
gboolean assay_marking_question_allows_document (AssayMarkingQuestion *self,
                                                 const char *response,
                                                 AssayDocument *document);
/* Of AssayMarkedPlace, in the order of the answer; (transfer full). */
GPtrArray *assay_marking_question_list_places (AssayMarkingQuestion *self, JsonNode *answer);
/* @id: (out) (transfer full) (optional). */
JsonNode *assay_marking_question_add (AssayMarkingQuestion *self,
                                      JsonNode *answer,
                                      const AssaySpan *span,
                                      char **id);
JsonNode *
assay_marking_question_remove (AssayMarkingQuestion *self, JsonNode *answer, const char *id);
/* With the places where they stand in @task now; NULL if none has moved. */
JsonNode *
assay_marking_question_follow (AssayMarkingQuestion *self, JsonNode *answer, AssayTask *task);
/* Without a word of the documents. */
JsonNode *assay_marking_question_without_texts (AssayMarkingQuestion *self, JsonNode *answer);
/* With a passage of another text added to what is said of the place @id; NULL where such a question
 * takes none from @document. */
JsonNode *assay_marking_question_attach (AssayMarkingQuestion *self,
                                         JsonNode *answer,
                                         const char *id,
                                         AssayDocument *document,
                                         const AssaySpan *span);
/* What to do after a passage was marked, a translated sentence. */
const char *assay_marking_question_get_next_step (AssayMarkingQuestion *self);

G_END_DECLS
