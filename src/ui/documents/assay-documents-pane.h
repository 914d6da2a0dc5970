/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-mark.h"
#include "assay-presentation.h"
#include "assay-task.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_VIEW_MODE_SIDE_BY_SIDE,
  ASSAY_VIEW_MODE_DIFFERENCES,
  ASSAY_VIEW_MODE_ONE_AT_A_TIME,
} AssayViewMode;

#define ASSAY_TYPE_VIEW_MODE (assay_view_mode_get_type ())
GType assay_view_mode_get_type (void);

#define ASSAY_TYPE_DOCUMENTS_PANE (assay_documents_pane_get_type ())
/**
 * AssayDocumentsPane:
 *
 * All that is to be read of a task: above, what was asked and what it rests on, each text folding
 * away; below, the responses under their letters. Up to four stand side by side; of more, one is
 * pinned and another stands beside it. What wrote a response is never shown.
 *
 * In the view of differences two responses are compared, and words that only one of them has are
 * marked; of three or more the pinned one is compared with the one beside it.
 *
 * Properties: `view-mode`; `differences`: whether that is the view of differences, where FALSE goes
 * back to the view before; `linked-scrolling`: whether the other responses follow the one that is
 * scrolled, by passages that match; `paged`: one response at a time whatever the view; `narrow`:
 * one page at a time, the prompt among them; `show-source`; `text-scale`; `upper-height`: how much
 * of the height the person gave to the upper part, -1 for as much as it needs up to a third;
 * `current-response`: the place of the response that was chosen last; `finding`: whether the find
 * bar is shown; `draft`: what is shown of the text that is written.
 *
 * Actions, for menus and buttons within: `documents.show-source`, `documents.view-mode`,
 * `documents.differences`, `documents.linked-scrolling`,
 * `documents.larger-text`, `documents.smaller-text`, `documents.normal-text`,
 * `documents.focus-response(i)` (from 1), `documents.find`, `documents.quote`, `documents.mark`.
 * While the focus is in the pane: `m`, `d`, `y`, `+`, `-`; Ctrl+F, Ctrl+G, Ctrl+Shift+G, Ctrl+M,
 * Ctrl+1 … Ctrl+9.
 *
 * Signals: `quote-requested (letter, text)`, where the letter is NULL for a text that is no
 * response; `mark-requested (document, start, end)`, in characters of its text; `read-to-end
 * (response_id)`.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentsPane, assay_documents_pane, ASSAY, DOCUMENTS_PANE, GtkWidget)

GtkWidget *assay_documents_pane_new (void);
/* Shows @task in the order of @presentation; both NULL to show nothing. The way of showing stays.
 */
void assay_documents_pane_set_task (AssayDocumentsPane *self,
                                    AssayTask *task,
                                    AssayPresentation *presentation);
/* Whether a text of the task is on its way to the screen: the columns of a first task come a frame
 * before their texts. */
gboolean assay_documents_pane_get_begun (AssayDocumentsPane *self);
AssayTask *assay_documents_pane_get_task (AssayDocumentsPane *self);
/* Prepares the texts of a task that will be shown soon. */
void assay_documents_pane_prepare (AssayTask *task);

/* Shows a text that is being written as it will be read, behind the responses; NULL to take it
 * away. In the view of differences it is compared with @response (nullable), where what was taken
 * out is struck through. What is shown of it changes when the new text is ready to be painted. */
void assay_documents_pane_set_draft (AssayDocumentsPane *self,
                                     AssayDocument *draft,
                                     const char *response);
AssayDocument *assay_documents_pane_get_draft (AssayDocumentsPane *self);
gboolean assay_documents_pane_focus_draft (AssayDocumentsPane *self);

AssayViewMode assay_documents_pane_get_view_mode (AssayDocumentsPane *self);
void assay_documents_pane_set_view_mode (AssayDocumentsPane *self, AssayViewMode view_mode);
gboolean assay_documents_pane_get_narrow (AssayDocumentsPane *self);
void assay_documents_pane_set_narrow (AssayDocumentsPane *self, gboolean narrow);
gboolean assay_documents_pane_get_show_source (AssayDocumentsPane *self);
void assay_documents_pane_set_show_source (AssayDocumentsPane *self, gboolean show_source);
double assay_documents_pane_get_text_scale (AssayDocumentsPane *self);
void assay_documents_pane_set_text_scale (AssayDocumentsPane *self, double text_scale);
gboolean assay_documents_pane_get_against_all (AssayDocumentsPane *self);
void assay_documents_pane_set_against_all (AssayDocumentsPane *self, gboolean against_all);
gboolean assay_documents_pane_get_differences (AssayDocumentsPane *self);
void assay_documents_pane_set_differences (AssayDocumentsPane *self, gboolean differences);
gboolean assay_documents_pane_get_linked_scrolling (AssayDocumentsPane *self);
void assay_documents_pane_set_linked_scrolling (AssayDocumentsPane *self, gboolean linked);
gboolean assay_documents_pane_get_paged (AssayDocumentsPane *self);
void assay_documents_pane_set_paged (AssayDocumentsPane *self, gboolean paged);
int assay_documents_pane_get_upper_height (AssayDocumentsPane *self);
void assay_documents_pane_set_upper_height (AssayDocumentsPane *self, int upper_height);

/* Brings the response at @place (from 0, as shown) into view and gives it the focus; FALSE if there
 * is none. */
gboolean assay_documents_pane_focus_response (AssayDocumentsPane *self, guint place);
/* The place of the response chosen last. */
guint assay_documents_pane_get_current_response (AssayDocumentsPane *self);
/* Makes the response at @place the current one without moving the focus. */
void assay_documents_pane_set_current_response (AssayDocumentsPane *self, guint place);
/* How far the response at @place has been scrolled: a place in its text, in code points, 0 for its
 * beginning. Setting it works at once or when the response is shown. */
guint assay_documents_pane_get_reading_place (AssayDocumentsPane *self, guint place);
void
assay_documents_pane_set_reading_place (AssayDocumentsPane *self, guint place, guint character);
/* Where there are more responses than stand side by side: these two do. The focus stays. */
void assay_documents_pane_show_pair (AssayDocumentsPane *self, guint first, guint second);
/* Unfolds and focuses the next (1) or previous (-1) turn or other text above the responses, from
 * the one that has the focus on. FALSE if there is none. */
gboolean assay_documents_pane_step_context (AssayDocumentsPane *self, int step);
/* Gives the focus to the first text of the upper part; FALSE if there is none. */
gboolean assay_documents_pane_focus_prompt (AssayDocumentsPane *self);
/* One step of the text size up or down; 0 for the normal size. */
void assay_documents_pane_zoom (AssayDocumentsPane *self, int step);

/* What is selected, in the text that has or last had the focus: a stretch of its source, with
 * @start and @end (nullable) in code points. NULL if nothing is; (transfer full). */
char *assay_documents_pane_dup_selection (AssayDocumentsPane *self,
                                          AssayDocument **document,
                                          gsize *start,
                                          gsize *end);
/* Draws what a person marked in a document of the task; what was marked before is forgotten. */
void assay_documents_pane_set_marks (AssayDocumentsPane *self,
                                     const char *document,
                                     const AssayDocumentMark *marks,
                                     guint n);
/* Brings a stretch of a document into view and selects it; bytes. FALSE if there is no such
 * document. */
gboolean assay_documents_pane_show_place (AssayDocumentsPane *self,
                                          const char *document,
                                          gsize start,
                                          gsize length);
/* Whether a selection can be marked; Ctrl+M then marks, and does not quote. */
void assay_documents_pane_set_marking (AssayDocumentsPane *self, gboolean marking);
/* Emits `mark-requested` for the selection; FALSE if nothing is selected. */
gboolean assay_documents_pane_mark (AssayDocumentsPane *self);
/* Emits `quote-requested` for the selection; FALSE if nothing is selected. */
gboolean assay_documents_pane_quote (AssayDocumentsPane *self);
/* The one of the two that the selection is for; FALSE if nothing is selected. */
gboolean assay_documents_pane_take_selection (AssayDocumentsPane *self);
/* Opens the find bar, or gives it the focus. */
void assay_documents_pane_find (AssayDocumentsPane *self);
void assay_documents_pane_find_again (AssayDocumentsPane *self, int step);

G_END_DECLS
