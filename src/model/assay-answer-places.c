/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-answer-places.h"

#include <glib/gi18n.h>

GPtrArray *
assay_task_list_sources (AssayTask *self)
{
  GPtrArray *sources = g_ptr_array_new ();

  g_return_val_if_fail (ASSAY_IS_TASK (self), sources);

  for (guint i = 0; i < assay_task_get_n_documents (self); i++)
    {
      AssayDocument *document = assay_task_get_document (self, i);

      if (assay_document_get_role (document) == ASSAY_DOCUMENT_SOURCE)
        g_ptr_array_add (sources, document);
    }
  return sources;
}

static GPtrArray *
list_keys (GPtrArray *documents)
{
  GPtrArray *places = g_ptr_array_new ();

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (places, (gpointer) assay_document_get_key (documents->pdata[i]));
  return places;
}

/* @presentation: (nullable): for the task's own order of responses. */
static GPtrArray *
list_places (AssayTask *task, AssayQuestion *question, AssayPresentation *presentation)
{
  g_autoptr (GPtrArray) documents = NULL;

  switch (assay_question_get_scope (question))
    {
    case ASSAY_SCOPE_EACH_RESPONSE:
      documents = g_ptr_array_new ();
      for (guint i = 0; i < assay_task_get_n_responses (task); i++)
        g_ptr_array_add (
            documents,
            presentation != NULL
                ? assay_task_find_response (task, assay_presentation_get_response (presentation, i))
                : assay_task_get_response (task, i));
      return list_keys (documents);
    case ASSAY_SCOPE_EACH_SOURCE:
      documents = assay_task_list_sources (task);
      return list_keys (documents);
    case ASSAY_SCOPE_TASK:
    default:
      documents = g_ptr_array_new ();
      g_ptr_array_add (documents, NULL);
      return g_steal_pointer (&documents);
    }
}

GPtrArray *
assay_task_list_places (AssayTask *self, AssayQuestion *question)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), NULL);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), NULL);

  return list_places (self, question, NULL);
}

gboolean
assay_task_has_place (AssayTask *self, AssayQuestion *question, const char *place)
{
  g_return_val_if_fail (ASSAY_IS_TASK (self), FALSE);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), FALSE);

  if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK || place == NULL)
    return (assay_question_get_scope (question) == ASSAY_SCOPE_TASK) == (place == NULL);
  if (assay_question_get_scope (question) == ASSAY_SCOPE_EACH_SOURCE)
    return assay_task_find_source (self, place) >= 0;
  return assay_task_find_response (self, place) != NULL;
}

GPtrArray *
assay_judgement_list_places (AssayJudgement *self, AssayQuestion *question)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), NULL);

  return list_places (assay_judgement_get_task (self), question,
                      assay_judgement_get_presentation (self));
}

char *
assay_judgement_dup_place_mark (AssayJudgement *self, AssayQuestion *question, const char *place)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (self), NULL);
  g_return_val_if_fail (ASSAY_IS_QUESTION (question), NULL);

  if (place == NULL)
    return NULL;
  if (assay_question_get_scope (question) == ASSAY_SCOPE_EACH_SOURCE)
    return g_strdup_printf ("%d",
                            assay_task_find_source (assay_judgement_get_task (self), place) + 1);
  return g_strdup (assay_presentation_get_letter (assay_judgement_get_presentation (self), place));
}

char *
assay_judgement_dup_place_name (AssayJudgement *self,
                                AssayQuestion *question,
                                const char *place,
                                const char *name)
{
  g_autofree char *mark = assay_judgement_dup_place_mark (self, question, place);

  g_return_val_if_fail (name != NULL, NULL);

  if (mark == NULL)
    return g_strdup (name);
  if (assay_question_get_scope (question) == ASSAY_SCOPE_EACH_SOURCE)
    /* Translators: a question's label and the number of the source that it is asked for */
    return g_strdup_printf (_ ("%s, source %s"), name, mark);
  /* Translators: a question's label and the letter of the response that it is asked for */
  return g_strdup_printf (_ ("%s, response %s"), name, mark);
}

int
assay_task_find_source (AssayTask *self, const char *id)
{
  g_autoptr (GPtrArray) sources = NULL;

  g_return_val_if_fail (ASSAY_IS_TASK (self), -1);

  sources = assay_task_list_sources (self);
  for (guint i = 0; i < sources->len; i++)
    if (g_strcmp0 (assay_document_get_key (sources->pdata[i]), id) == 0)
      return (int) i;
  return -1;
}
