/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-announce.h"
#include "assay-answer-places.h"
#include "assay-marking-question.h"
#include "assay-workbench-page-private.h"

/* The marks that answers hold, in the texts that they are on. */

typedef struct
{
  AssayMarkingQuestion *question; /* borrowed */
  const char *response;           /* (nullable) borrowed from the task */
  AssayMarkedPlace *mark;         /* (owned) */
} PlacedMark;

typedef struct
{
  AssaySpanFinder finder;
  GArray *marks; /* (owned) of AssayDocumentMark */
} MarkedText;

static void
placed_mark_free (PlacedMark *placed)
{
  assay_marked_place_free (placed->mark);
  g_free (placed);
}

static void
marked_text_free (MarkedText *text)
{
  g_array_unref (text->marks);
  g_free (text);
}

static gboolean
has_marks (AssayWorkbenchPage *self)
{
  AssayForm *form = self->judgement == NULL
                        ? NULL
                        : assay_task_get_form (assay_judgement_get_task (self->judgement));

  for (guint i = 0; form != NULL && i < assay_form_get_n_questions (form); i++)
    if (ASSAY_IS_MARKING_QUESTION (assay_form_get_question (form, i)))
      return TRUE;
  return FALSE;
}

static void
list_answer (AssayWorkbenchPage *self,
             AssayQuestion *question,
             const char *response,
             GPtrArray *list)
{
  g_autoptr (GPtrArray) marks = NULL;

  if (!assay_judgement_question_applies (self->judgement, question, response))
    return;
  marks = assay_marking_question_list_places (
      ASSAY_MARKING_QUESTION (question),
      assay_judgement_get_answer (self->judgement, assay_question_get_id (question), response));
  g_ptr_array_set_free_func (marks, NULL);
  for (guint i = 0; i < marks->len; i++)
    {
      PlacedMark *placed = g_new0 (PlacedMark, 1);

      placed->question = ASSAY_MARKING_QUESTION (question);
      placed->response = response;
      placed->mark = marks->pdata[i];
      g_ptr_array_add (list, placed);
    }
}

/* All marks, in the order of the form and of the responses as shown. (transfer full) */
static GPtrArray *
list_marks (AssayWorkbenchPage *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) placed_mark_free);
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = NULL;

      if (!ASSAY_IS_MARKING_QUESTION (question))
        continue;
      places = assay_judgement_list_places (self->judgement, question);
      for (guint j = 0; j < places->len; j++)
        list_answer (self, question, places->pdata[j], list);
    }
  return list;
}

static gboolean
is_current (AssayWorkbenchPage *self, const PlacedMark *placed)
{
  return self->current_mark != NULL
         && g_str_equal (self->current_mark[0],
                         assay_question_get_id (ASSAY_QUESTION (placed->question)))
         && g_str_equal (self->current_mark[1], placed->response != NULL ? placed->response : "")
         && g_str_equal (self->current_mark[2], placed->mark->id);
}

static void
set_current (AssayWorkbenchPage *self, const char *question, const char *response, const char *id)
{
  const char *const parts[] = { question, response != NULL ? response : "", id, NULL };

  g_strfreev (self->current_mark);
  self->current_mark = g_strdupv ((GStrv) parts);
}

/* Where a mark stands in its text, in bytes; FALSE if it has no place. */
static gboolean
find_place (AssaySpanFinder *finder, const AssaySpan *span, gsize *start, gsize *end)
{
  const char *place;
  guint first;
  guint last;

  switch (assay_span_finder_find (finder, span, &first, &last))
    {
    case ASSAY_SPAN_THERE:
      place = finder->at;
      break;
    case ASSAY_SPAN_MOVED:
      place = g_utf8_offset_to_pointer (finder->text, first);
      break;
    case ASSAY_SPAN_DETACHED:
    default:
      return FALSE;
    }
  *start = (gsize) (place - finder->text);
  *end = *start + strlen (span->quote);
  return TRUE;
}

static void
add_mark (AssayWorkbenchPage *self, GHashTable *texts, const PlacedMark *placed)
{
  static const AssayMarkLine lines[] = {
    [ASSAY_MARK_GRADE_OPEN] = ASSAY_MARK_LINE_OPEN,
    [ASSAY_MARK_GRADE_LIGHT] = ASSAY_MARK_LINE_SINGLE,
    [ASSAY_MARK_GRADE_GRAVE] = ASSAY_MARK_LINE_DOUBLE,
    [ASSAY_MARK_GRADE_GRAVEST] = ASSAY_MARK_LINE_WAVY,
    [ASSAY_MARK_GRADE_GOOD] = ASSAY_MARK_LINE_STRENGTH,
  };
  MarkedText *text =
      placed->mark->span == NULL ? NULL : g_hash_table_lookup (texts, placed->mark->span->document);
  AssayDocumentMark mark = { 0 };

  if (text == NULL || !find_place (&text->finder, placed->mark->span, &mark.start, &mark.end))
    return;
  mark.line = lines[placed->mark->grade];
  mark.is_current = is_current (self, placed);
  g_array_append_val (text->marks, mark);
}

void
_assay_workbench_page_update_marks (AssayWorkbenchPage *self)
{
  gboolean marking = has_marks (self);
  AssayTask *task;
  g_autoptr (GHashTable) texts = NULL;
  g_autoptr (GPtrArray) marks = NULL;

  assay_documents_pane_set_marking (self->documents, marking && self->keeper != NULL);
  if (!marking)
    return;
  task = assay_judgement_get_task (self->judgement);
  texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) marked_text_free);
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);
      MarkedText *text = g_new0 (MarkedText, 1);

      assay_span_finder_init (&text->finder, assay_document_get_text (document));
      text->marks = g_array_new (FALSE, FALSE, sizeof (AssayDocumentMark));
      g_hash_table_insert (texts, (gpointer) assay_document_get_id (document), text);
    }
  marks = list_marks (self);
  for (guint i = 0; i < marks->len; i++)
    add_mark (self, texts, marks->pdata[i]);
  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      const char *id = assay_document_get_id (assay_task_get_document (task, i));
      MarkedText *text = g_hash_table_lookup (texts, id);

      assay_documents_pane_set_marks (self->documents, id,
                                      (const AssayDocumentMark *) text->marks->data,
                                      text->marks->len);
    }
}

/* The response that marks in @document are about; NULL for the task as a whole. */
static const char *
choose_response (AssayWorkbenchPage *self, AssayQuestion *question, AssayDocument *document)
{
  if (assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
    return NULL;
  if (assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE)
    return assay_document_get_key (document);
  return assay_form_section_response_at (
      self->judgement, assay_documents_pane_get_current_response (self->documents));
}

static gboolean
takes_marks (AssayWorkbenchPage *self, AssayQuestion *question, AssayDocument *document)
{
  const char *response;

  if (question == NULL || !ASSAY_IS_MARKING_QUESTION (question))
    return FALSE;
  response = choose_response (self, question, document);
  return assay_judgement_question_applies (self->judgement, question, response)
         && assay_marking_question_allows_document (ASSAY_MARKING_QUESTION (question), response,
                                                    document);
}

/* The question that the person is at, if it takes marks there; else the first that does. */
static AssayQuestion *
choose_question (AssayWorkbenchPage *self, AssayDocument *document)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  const char *focused =
      assay_form_view_get_focused_question (assay_judgement_pane_get_form (self->pane));
  AssayQuestion *question = focused == NULL ? NULL : assay_form_find_question (form, focused);

  if (takes_marks (self, question, document))
    return question;
  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    if (takes_marks (self, assay_form_get_question (form, i), document))
      return assay_form_get_question (form, i);
  return NULL;
}

/* Plain keys act on the mark, and the focus stays in the text. */
static void
point_at (AssayWorkbenchPage *self)
{
  const char *response = self->current_mark[1][0] == '\0' ? NULL : self->current_mark[1];

  assay_judgement_pane_set_page (self->pane, "judgement");
  assay_form_view_point_at (assay_judgement_pane_get_form (self->pane), self->current_mark[0],
                            response, self->current_mark[2]);
}

/* Whoever went to a mark in the form goes on from there. */
static void
follow_focus (AssayWorkbenchPage *self)
{
  AssayQuestion *question = NULL;
  const char *response = NULL;
  const char *item = assay_form_view_get_focused_item (assay_judgement_pane_get_form (self->pane),
                                                       &question, &response);

  if (item != NULL && ASSAY_IS_MARKING_QUESTION (question))
    set_current (self, assay_question_get_id (question), response, item);
}

/* A passage of another text may say something of the mark that the person is at. */
static gboolean
attach (AssayWorkbenchPage *self, AssayDocument *document, guint start, guint end)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  AssayQuestion *question;
  const char *response;
  g_autoptr (AssaySpan) span = NULL;
  g_autoptr (JsonNode) answer = NULL;

  follow_focus (self);
  question =
      self->current_mark != NULL ? assay_form_find_question (form, self->current_mark[0]) : NULL;
  if (question == NULL || !ASSAY_IS_MARKING_QUESTION (question))
    return FALSE;
  response = self->current_mark[1][0] == '\0' ? NULL : self->current_mark[1];
  span = assay_span_new (assay_document_get_id (document), assay_document_get_text (document),
                         start, end);
  answer =
      assay_marking_question_attach (ASSAY_MARKING_QUESTION (question),
                                     assay_judgement_get_answer (self->judgement,
                                                                 self->current_mark[0], response),
                                     self->current_mark[2], document, span);
  if (answer == NULL)
    return FALSE;
  assay_judgement_set_answer (self->judgement, self->current_mark[0], response, answer);
  point_at (self);
  assay_announce (GTK_WIDGET (self), _ ("The passage is evidence for the claim now."));
  return TRUE;
}

void
_assay_workbench_page_mark (AssayWorkbenchPage *self,
                            AssayDocument *document,
                            guint start,
                            guint end)
{
  AssayQuestion *question;
  const char *response;
  g_autoptr (AssaySpan) span = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *id = NULL;

  if (self->keeper == NULL || !_assay_workbench_page_is_open (self))
    return;
  question = choose_question (self, document);
  if (question == NULL && attach (self, document, start, end))
    return;
  if (question == NULL)
    {
      _assay_workbench_page_say (self, _ ("There is nothing to mark in this text"));
      return;
    }
  response = choose_response (self, question, document);
  span = assay_span_new (assay_document_get_id (document), assay_document_get_text (document),
                         start, end);
  answer = assay_marking_question_add (
      ASSAY_MARKING_QUESTION (question),
      assay_judgement_get_answer (self->judgement, assay_question_get_id (question), response),
      span, &id);
  set_current (self, assay_question_get_id (question), response, id);
  assay_judgement_set_answer (self->judgement, assay_question_get_id (question), response, answer);
  point_at (self);
  assay_announce (GTK_WIDGET (self),
                  assay_marking_question_get_next_step (ASSAY_MARKING_QUESTION (question)));
}

static void
show_mark (AssayWorkbenchPage *self, const PlacedMark *placed)
{
  AssayTask *task = assay_judgement_get_task (self->judgement);
  AssayDocument *document = placed->mark->span == NULL
                                ? NULL
                                : assay_task_find_document (task, placed->mark->span->document);
  AssaySpanFinder finder;
  gsize start;
  gsize end;

  set_current (self, assay_question_get_id (ASSAY_QUESTION (placed->question)), placed->response,
               placed->mark->id);
  _assay_workbench_page_update_marks (self);
  point_at (self);
  if (document != NULL)
    assay_span_finder_init (&finder, assay_document_get_text (document));
  if (document == NULL || !find_place (&finder, placed->mark->span, &start, &end))
    {
      _assay_workbench_page_say (self, _ ("The place of this mark was not found in the text"));
      return;
    }
  assay_documents_pane_show_place (self->documents, assay_document_get_id (document), start,
                                   end - start);
}

void
_assay_workbench_page_show_mark (AssayWorkbenchPage *self,
                                 const char *question,
                                 const char *response,
                                 const char *id)
{
  g_autoptr (GPtrArray) marks = NULL;

  if (!_assay_workbench_page_is_open (self))
    return;
  marks = list_marks (self);
  set_current (self, question, response, id);
  for (guint i = 0; i < marks->len; i++)
    if (is_current (self, marks->pdata[i]))
      {
        show_mark (self, marks->pdata[i]);
        return;
      }
}

gboolean
_assay_workbench_page_step_mark (AssayWorkbenchPage *self, int direction)
{
  g_autoptr (GPtrArray) marks = NULL;
  int to;

  if (!has_marks (self))
    return FALSE;
  marks = list_marks (self);
  if (marks->len == 0)
    return FALSE;
  follow_focus (self);
  to = direction > 0 ? 0 : (int) marks->len - 1;
  for (guint i = 0; i < marks->len; i++)
    if (is_current (self, marks->pdata[i]))
      to = (int) i + direction;
  if (to < 0 || to >= (int) marks->len)
    _assay_workbench_page_say (self, direction > 0 ? _ ("This is the last mark")
                                                   : _ ("This is the first mark"));
  else
    show_mark (self, marks->pdata[to]);
  return TRUE;
}

gboolean
_assay_workbench_page_remove_mark (AssayWorkbenchPage *self)
{
  g_autoptr (GPtrArray) marks = NULL;

  if (self->keeper == NULL || !has_marks (self))
    return FALSE;
  marks = list_marks (self);
  for (guint i = 0; i < marks->len; i++)
    {
      const PlacedMark *placed = marks->pdata[i];
      const char *question = assay_question_get_id (ASSAY_QUESTION (placed->question));
      g_autoptr (JsonNode) answer = NULL;

      if (!is_current (self, placed))
        continue;
      answer = assay_marking_question_remove (placed->question,
                                              assay_judgement_get_answer (self->judgement, question,
                                                                          placed->response),
                                              placed->mark->id);
      assay_judgement_set_answer (self->judgement, question, placed->response, answer);
      return TRUE;
    }
  return FALSE;
}
