/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-documents-pane.h"
#include "assay-form-section.h"
#include "assay-effort-clock.h"
#include "assay-judgement-pane.h"
#include "assay-veil.h"
#include "assay-workbench-page.h"

G_BEGIN_DECLS

/* The panes that F6 goes through, in reading order. */
typedef enum
{
  ASSAY_STOP_PROMPT,
  ASSAY_STOP_RESPONSES,
  ASSAY_STOP_FORM,
  ASSAY_STOP_RATIONALE,
} AssayWorkbenchStop;
#define ASSAY_N_STOPS (ASSAY_STOP_RATIONALE + 1)

struct _AssayWorkbenchPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  AdwWindowTitle *window_title;
  AdwToggleGroup *layout_toggle;
  GtkToggleButton *clock_button;
  GtkLabel *clock_label;
  GtkImage *clock_icon;
  AdwBanner *banner;
  GtkStack *stack;
  AssayVeil *veil; /* (nullable): made for the first text with a warning */
  AdwMultiLayoutView *layouts;
  GtkPaned *paned;
  GtkMenuButton *menu_button;
  GMenuModel *task_menu;
  AdwBottomSheet *sheet;
  GtkLabel *sheet_label;
  AssayDocumentsPane *documents;
  AssayJudgementPane *pane;
  GtkImage *saved_icon;
  GtkInscription *saved_label;
  GtkLabel *guideline_label;
  GtkLabel *lease_label;
  GtkWidget *submit_button;

  GSettings *settings;         /* (owned) */
  AssaySession *session;       /* (owned) */
  AssayTaskSequence *sequence; /* (owned) (nullable) */
  AssayOpenTask *task;         /* (owned) (nullable) */
  AssayJudgement *judgement;   /* (owned) (nullable) of the task */
  AssayDraftKeeper *keeper;    /* (owned) (nullable) none for what is submitted */
  AssayEffortClock *clock;     /* (owned) */
  GtkEventController *watcher; /* (nullable) the window's: sees each sign of the person */
  GtkWindow *window;           /* (nullable) where the watcher is */
  GStrv earlier;               /* (owned) (nullable) the last rationales of the project */
  gint64 earlier_project;
  GStrv current_mark; /* (owned) (nullable) its question, its response or "", its id */
  AssayGuideline *newest_guideline; /* (owned) (nullable) of the task's, once it is read */
  GPtrArray *notices; /* (owned) (nullable) of AssayIssue: what is to be said of the responses */

  gboolean preview;             /* of the text that is written */
  gboolean writing_differences; /* those shown are between it and its original */
  gboolean writing_wanted;      /* it gets the focus when it is shown */
  guint writing_rest;           /* source: the person does not type any more */
  GStrv written;                /* (owned) (nullable) its question, its response or "" */
  AssayDocument *written_text;  /* (owned) (nullable) as it was given to the texts last */

  guint texts_source;    /* the texts are still to be put in, or 0 */
  guint form_tick;       /* the form is still to be made, for the texts come first; or 0 */
  guint n_frames;        /* that the form still waits for */
  guint load_serial;     /* the load that counts; others came too late */
  gboolean skip_settled; /* go on until a task is open */
  gboolean submitting;
  gboolean stay;       /* after the submission under way */
  gint64 next_row;     /* asked for while the submission was under way, or 0 */
  gboolean lease_over; /* the banner says so */
  gboolean warned;     /* warnings were shown once for this task */
  gboolean split_applied;
  gboolean folding; /* the form, and with it what has the focus in it */
  gboolean placed; /* where the draft says that the person was; before, there is no place to keep */
  AssayWorkbenchStop stop; /* where F6 brought the focus last */
};

/* assay-workbench-page.c */
void _assay_workbench_page_update (AssayWorkbenchPage *self);
void _assay_workbench_page_say (AssayWorkbenchPage *self, const char *message);
gboolean _assay_workbench_page_is_open (AssayWorkbenchPage *self);
void
_assay_workbench_page_emit_submitted (AssayWorkbenchPage *self, gint64 row, const char *submission);
void _assay_workbench_page_emit_failed (AssayWorkbenchPage *self, const char *message);
void _assay_workbench_page_emit_finished (AssayWorkbenchPage *self);

/* assay-workbench-task.c */
void _assay_workbench_page_load (AssayWorkbenchPage *self, gint64 row, gboolean skip_settled);
/* Makes the form now, and puts the person where the draft has it, if that is still to be done. */
void _assay_workbench_page_finish_opening (AssayWorkbenchPage *self);
/* The texts stay until the next ones come. */
void _assay_workbench_page_let_go (AssayWorkbenchPage *self);

/* assay-workbench-status.c */
void _assay_workbench_page_update_title (AssayWorkbenchPage *self);
void _assay_workbench_page_update_saved (AssayWorkbenchPage *self);
gboolean _assay_workbench_page_query_saved_cb (AssayWorkbenchPage *self,
                                               int x,
                                               int y,
                                               gboolean by_keyboard,
                                               GtkTooltip *tooltip);
void _assay_workbench_page_update_guideline (AssayWorkbenchPage *self);
void _assay_workbench_page_update_clock (AssayWorkbenchPage *self);
void _assay_workbench_page_update_banner (AssayWorkbenchPage *self);
void _assay_workbench_page_update_sheet (AssayWorkbenchPage *self);

/* assay-workbench-notice.c */
/* The guideline changed since the task was begun, and nobody acknowledged it. */
gboolean _assay_workbench_page_is_guideline_stale (AssayWorkbenchPage *self);
void _assay_workbench_page_read_newest_guideline (AssayWorkbenchPage *self);
/* Shows what changed, to be acknowledged there. */
void _assay_workbench_page_show_guideline_changes (AssayWorkbenchPage *self);
void _assay_workbench_page_read_notices (AssayWorkbenchPage *self);
/* What the banner says of the responses, with what its button does, or NULL. */
char *_assay_workbench_page_dup_notice (AssayWorkbenchPage *self, const char **button);
/* Identical texts are equal once the person says so. */
void _assay_workbench_page_confirm_same (AssayWorkbenchPage *self);

/* assay-workbench-drafts.c */
/* Unfinished work came from another device, and is neither taken nor left. */
gboolean _assay_workbench_page_has_two_drafts (AssayWorkbenchPage *self);
/* Shows both, to choose from. */
void _assay_workbench_page_choose_draft (AssayWorkbenchPage *self);

/* assay-workbench-marks.c */
/* Draws the marks of the answers in the texts. */
void _assay_workbench_page_update_marks (AssayWorkbenchPage *self);
/* Marks characters of a document for the question that takes marks there. */
void _assay_workbench_page_mark (AssayWorkbenchPage *self,
                                 AssayDocument *document,
                                 guint start,
                                 guint end);
/* @response: "" for the task as a whole. */
void _assay_workbench_page_show_mark (AssayWorkbenchPage *self,
                                      const char *question,
                                      const char *response,
                                      const char *id);
/* The next mark (1) or the one before (-1); FALSE if there are none. */
gboolean _assay_workbench_page_step_mark (AssayWorkbenchPage *self, int direction);
/* Removes the mark that was made or shown last; FALSE if there is none. */
gboolean _assay_workbench_page_remove_mark (AssayWorkbenchPage *self);

/* assay-workbench-writing.c */
/* Shows or hides what is written among the texts, as the state wants it. */
void _assay_workbench_page_show_writing (AssayWorkbenchPage *self);
/* The same when the person has not typed for a moment. */
void _assay_workbench_page_writing_changed (AssayWorkbenchPage *self);
void _assay_workbench_page_leave_writing (AssayWorkbenchPage *self);
gboolean _assay_workbench_page_get_preview (AssayWorkbenchPage *self);
void _assay_workbench_page_set_preview (AssayWorkbenchPage *self, gboolean preview);
/* From the field of a text that is edited, between it and its original; else between responses. */
gboolean _assay_workbench_page_get_differences (AssayWorkbenchPage *self);
void _assay_workbench_page_set_differences (AssayWorkbenchPage *self, gboolean differences);
void _assay_workbench_page_watch_writing (AssayWorkbenchPage *self);

/* assay-workbench-platform.c */
/* The account of the task, or NULL. */
AssayAccountSync *_assay_workbench_page_find_account (AssayWorkbenchPage *self);
/* How long the task is still reserved; each second. */
void _assay_workbench_page_update_lease (AssayWorkbenchPage *self);
/* The task was reserved for the person, and is not any more. */
gboolean _assay_workbench_page_is_lease_over (AssayWorkbenchPage *self);
/* That it is so, as a sentence, or NULL. */
char *_assay_workbench_page_dup_lease_notice (AssayWorkbenchPage *self);
gboolean _assay_workbench_page_can_give_back (AssayWorkbenchPage *self);
void _assay_workbench_page_confirm_give_back (AssayWorkbenchPage *self);
void _assay_workbench_page_read_feedback (AssayWorkbenchPage *self);
void _assay_workbench_page_dispute (AssayWorkbenchPage *self, AssayFeedback *feedback);
/* The newest guideline was acknowledged: the platform is told where it wants to know. */
void _assay_workbench_page_tell_acknowledgement (AssayWorkbenchPage *self);
/* What a pull brings to the task is read while it is followed. */
void _assay_workbench_page_follow_store (AssayWorkbenchPage *self, gboolean follow);

/* assay-workbench-place.c */
/* Puts the divider where the project has it, once there is a width to divide. */
/* What the person chose for the project of the task. */
void _assay_workbench_page_apply_settings (AssayWorkbenchPage *self);
void _assay_workbench_page_apply_split (AssayWorkbenchPage *self);
void _assay_workbench_page_keep_split (AssayWorkbenchPage *self);
void _assay_workbench_page_restore_upper_height (AssayWorkbenchPage *self);
void _assay_workbench_page_focus_form (AssayWorkbenchPage *self);
/* Opens the sheet, where the form lies in one. */
void _assay_workbench_page_show_judgement (AssayWorkbenchPage *self);
/* Closes the sheet, where the form lies in one. */
void _assay_workbench_page_show_documents (AssayWorkbenchPage *self);
void _assay_workbench_page_layout_changed (AssayWorkbenchPage *self);
void _assay_workbench_page_cover_texts (AssayWorkbenchPage *self);
/* Brings what has the focus in sight. */
void _assay_workbench_page_unfold_focus (AssayWorkbenchPage *self);
/* Keeps the keys on the page while there is no form to have them. */
void _assay_workbench_page_hold_focus (AssayWorkbenchPage *self);
/* Where the texts were read up to. */
void _assay_workbench_page_restore_reading (AssayWorkbenchPage *self);
/* Where the person was in the form. */
void _assay_workbench_page_restore_place (AssayWorkbenchPage *self);

/* assay-workbench-actions.c */
void _assay_workbench_page_install_actions (GtkWidgetClass *widget_class);
/* Says why an action does nothing now, and returns TRUE; FALSE if it can act. */
gboolean _assay_workbench_page_refuse (GtkWidget *widget, const char *action);
/* The plain keys of the page itself, after the form left them. */
gboolean _assay_workbench_page_handle_plain_key (AssayWorkbenchPage *self,
                                                 guint keyval,
                                                 guint keycode,
                                                 GdkModifierType state);
void _assay_workbench_page_update_actions (AssayWorkbenchPage *self);

/* assay-workbench-submit.c */
void _assay_workbench_page_submit (AssayWorkbenchPage *self, gboolean stay);
/* Without asking: a way out was chosen. */
void _assay_workbench_page_submit_outcome (AssayWorkbenchPage *self);
void _assay_workbench_page_go_on (AssayWorkbenchPage *self);
/* Lists all that stands against a submission. */
void _assay_workbench_page_show_issues (AssayWorkbenchPage *self);
/* What still stands against a submission after a change, where it is listed. */
void _assay_workbench_page_refresh_issues (AssayWorkbenchPage *self);
/* The last rationales of the project, to be taken up in this one. */
void _assay_workbench_page_read_earlier (AssayWorkbenchPage *self);

G_END_DECLS
