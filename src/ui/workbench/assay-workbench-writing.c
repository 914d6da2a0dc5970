/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-announce.h"
#include "assay-answer-places.h"
#include "assay-rewrite-question.h"
#include "assay-workbench-page-private.h"

/* What is written in the form, among the texts as it will be read. */

/* Whoever types is not disturbed. */
#define REST_MSEC 150

static AssayForm *
get_form (AssayWorkbenchPage *self)
{
  return assay_task_get_form (assay_judgement_get_task (self->judgement));
}

/* The question if it is one of a text, and is asked there. */
static AssayRewriteQuestion *
look_up (AssayWorkbenchPage *self, const char *id, const char *response)
{
  AssayQuestion *question = id != NULL ? assay_form_find_question (get_form (self), id) : NULL;

  if (question == NULL || !ASSAY_IS_REWRITE_QUESTION (question)
      || !assay_judgement_question_applies (self->judgement, question, response))
    return NULL;
  return ASSAY_REWRITE_QUESTION (question);
}

static AssayRewriteQuestion *
find_focused (AssayWorkbenchPage *self, const char **response)
{
  AssayFormView *view = assay_judgement_pane_get_form (self->pane);

  *response = assay_form_view_get_focused_response (view);
  return look_up (self, assay_form_view_get_focused_question (view), *response);
}

static AssayRewriteQuestion *
find_first (AssayWorkbenchPage *self, const char **response)
{
  AssayForm *form = get_form (self);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      g_autoptr (GPtrArray) places = NULL;

      if (!ASSAY_IS_REWRITE_QUESTION (question))
        continue;
      places = assay_judgement_list_places (self->judgement, question);
      for (guint j = 0; j < places->len; j++)
        {
          *response = places->pdata[j];
          if (assay_judgement_question_applies (self->judgement, question, *response))
            return ASSAY_REWRITE_QUESTION (question);
        }
    }
  return NULL;
}

/* The text that the person is at, or was at last; else the first of the form. */
static AssayRewriteQuestion *
find_subject (AssayWorkbenchPage *self, const char **response)
{
  AssayRewriteQuestion *question;

  if (self->judgement == NULL)
    return NULL;
  question = find_focused (self, response);
  if (question == NULL && self->written != NULL)
    {
      *response = *self->written[1] != '\0' ? self->written[1] : NULL;
      question = look_up (self, self->written[0], *response);
    }
  return question != NULL ? question : find_first (self, response);
}

/* The original that the person edits; NULL where nothing is edited. */
static AssayDocument *
find_original (AssayWorkbenchPage *self)
{
  const char *response = NULL;
  AssayRewriteQuestion *question = find_subject (self, &response);

  return question != NULL ? assay_rewrite_question_get_original (
                                question, assay_judgement_get_task (self->judgement), response)
                          : NULL;
}

static gboolean
has_two_responses (AssayWorkbenchPage *self)
{
  return assay_task_get_n_responses (assay_judgement_get_task (self->judgement)) > 1;
}

/* The focus is in the field of a text that is edited. */
static gboolean
is_editing (AssayWorkbenchPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const char *response = NULL;

  return self->judgement != NULL && focus != NULL
         && gtk_widget_is_ancestor (focus, GTK_WIDGET (assay_judgement_pane_get_form (self->pane)))
         && find_focused (self, &response) != NULL && find_original (self) != NULL;
}

/* Of a task with one response, the differences can only be those. */
static gboolean
shows_differences (AssayWorkbenchPage *self)
{
  return assay_documents_pane_get_differences (self->documents) && self->judgement != NULL
         && find_original (self) != NULL
         && (self->writing_differences || !has_two_responses (self));
}

static void
forget_written (AssayWorkbenchPage *self)
{
  g_clear_pointer (&self->written, g_strfreev);
  g_clear_object (&self->written_text);
}

void
_assay_workbench_page_show_writing (AssayWorkbenchPage *self)
{
  const char *response = NULL;
  AssayRewriteQuestion *question = find_subject (self, &response);
  AssayDocument *original;
  const char *text;

  g_clear_handle_id (&self->writing_rest, g_source_remove);
  if (question == NULL || assay_documents_pane_get_task (self->documents) == NULL
      || !(self->preview || shows_differences (self)))
    {
      forget_written (self);
      assay_documents_pane_set_draft (self->documents, NULL, NULL);
      return;
    }
  original = find_original (self);
  text = assay_rewrite_question_get_text (
      question, assay_judgement_get_task (self->judgement), response,
      assay_judgement_get_answer (self->judgement,
                                  assay_question_get_id (ASSAY_QUESTION (question)), response));
  if (self->written != NULL && g_strcmp0 (self->written[1], response != NULL ? response : "") == 0
      && g_str_equal (self->written[0], assay_question_get_id (ASSAY_QUESTION (question)))
      && g_str_equal (assay_document_get_text (self->written_text), text))
    return;
  forget_written (self);
  self->written =
      g_strdupv ((char *[]) { (char *) assay_question_get_id (ASSAY_QUESTION (question)),
                              (char *) (response != NULL ? response : ""), NULL });
  self->written_text =
      assay_document_new (ASSAY_DOCUMENT_REFERENCE, "draft", text, NULL, NULL, NULL);
  assay_documents_pane_set_draft (self->documents, self->written_text,
                                  original != NULL ? assay_document_get_key (original) : NULL);
}

static gboolean
rested_cb (gpointer user_data)
{
  AssayWorkbenchPage *self = user_data;

  self->writing_rest = 0;
  _assay_workbench_page_show_writing (self);
  return G_SOURCE_REMOVE;
}

void
_assay_workbench_page_writing_changed (AssayWorkbenchPage *self)
{
  g_clear_handle_id (&self->writing_rest, g_source_remove);
  if (self->preview || assay_documents_pane_get_differences (self->documents))
    self->writing_rest = g_timeout_add (REST_MSEC, rested_cb, self);
}

void
_assay_workbench_page_leave_writing (AssayWorkbenchPage *self)
{
  g_clear_handle_id (&self->writing_rest, g_source_remove);
  self->writing_differences = FALSE;
  self->writing_wanted = FALSE;
  forget_written (self);
}

/* Where the form lies over the texts, one of the two has the focus. */
static void
turn (AssayWorkbenchPage *self, gboolean to_text)
{
  const char *response = NULL;
  AssayRewriteQuestion *question = find_subject (self, &response);

  self->writing_wanted = to_text && assay_documents_pane_get_narrow (self->documents);
  if (to_text || question == NULL || !assay_documents_pane_get_narrow (self->documents))
    return;
  _assay_workbench_page_show_judgement (self);
  assay_form_view_focus_question (assay_judgement_pane_get_form (self->pane),
                                  assay_question_get_id (ASSAY_QUESTION (question)), response);
}

gboolean
_assay_workbench_page_get_preview (AssayWorkbenchPage *self)
{
  return self->preview;
}

void
_assay_workbench_page_set_preview (AssayWorkbenchPage *self, gboolean preview)
{
  const char *response = NULL;

  if (self->preview == preview)
    return;
  if (preview && find_subject (self, &response) == NULL)
    {
      _assay_workbench_page_say (self, _ ("This task asks for no text to preview"));
      return;
    }
  self->preview = preview;
  turn (self, preview);
  _assay_workbench_page_show_writing (self);
  assay_announce (GTK_WIDGET (self),
                  preview ? _ ("Your text is shown as it will be read") : _ ("Preview closed"));
  g_object_notify (G_OBJECT (self), "preview");
}

gboolean
_assay_workbench_page_get_differences (AssayWorkbenchPage *self)
{
  return assay_documents_pane_get_differences (self->documents)
         && (!is_editing (self) || shows_differences (self));
}

void
_assay_workbench_page_set_differences (AssayWorkbenchPage *self, gboolean differences)
{
  self->writing_differences = differences && is_editing (self);
  if (self->writing_differences || !differences)
    turn (self, differences);
  /* Another view compares anew what is written. */
  forget_written (self);
  assay_documents_pane_set_differences (self->documents, differences);
  _assay_workbench_page_show_writing (self);
  g_object_notify (G_OBJECT (self), "differences");
}

static void
differences_cb (AssayWorkbenchPage *self)
{
  g_object_notify (G_OBJECT (self), "differences");
  if (self->judgement == NULL)
    return;
  if (!assay_documents_pane_get_differences (self->documents))
    self->writing_differences = FALSE;
  else if (!has_two_responses (self) && find_original (self) == NULL)
    _assay_workbench_page_say (self, _ ("This task has no two responses to compare"));
  _assay_workbench_page_show_writing (self);
}

static void
draft_cb (AssayWorkbenchPage *self)
{
  if (!self->writing_wanted || assay_documents_pane_get_draft (self->documents) == NULL)
    return;
  self->writing_wanted = FALSE;
  _assay_workbench_page_show_documents (self);
  assay_documents_pane_focus_draft (self->documents);
}

/* The preview is of the text that the person is at. */
static void
focused_cb (AssayWorkbenchPage *self)
{
  if (self->judgement == NULL)
    return;
  if (self->preview || self->writing_differences)
    _assay_workbench_page_show_writing (self);
  g_object_notify (G_OBJECT (self), "differences");
}

void
_assay_workbench_page_watch_writing (AssayWorkbenchPage *self)
{
  AssayFormView *form = assay_judgement_pane_get_form (self->pane);

  g_signal_connect_object (self->documents, "notify::differences", G_CALLBACK (differences_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->documents, "notify::draft", G_CALLBACK (draft_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::focused-question", G_CALLBACK (focused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::focused-response", G_CALLBACK (focused_cb), self,
                           G_CONNECT_SWAPPED);
}
