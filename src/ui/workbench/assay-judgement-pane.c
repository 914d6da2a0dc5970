/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "assay-judgement-pane.h"

#include "assay-criterion-panel.h"
#include "assay-issues-panel.h"

/* By what the issues of flags point at them. */
#define FLAGS_ID "flags"
#define RATIONALE_ID "rationale"

struct _AssayJudgementPane
{
  GtkWidget parent_instance;

  /* Template widgets */
  AdwViewStack *stack;
  AdwViewStackPage *guideline_page;
  GtkScrolledWindow *form_scroller;
  AssayFeedbackView *feedback;
  AssayFormView *form;
  AssayRationaleEditor *rationale;
  AdwBin *guideline_bin;
  AdwBin *notes_bin;
  AssayIssuesPanel *issues;

  /* Made when they are first shown: most tasks are judged without them. */
  AssayGuidelineView *guideline;     /* (nullable) */
  AssayDocumentView *guideline_text; /* (nullable) */
  AssayNotesView *notes;             /* (nullable) */
  AssayJudgement *judgement;         /* (owned) (nullable) */
  double text_scale;
};

G_DEFINE_FINAL_TYPE (AssayJudgementPane, assay_judgement_pane, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_PAGE = 1,
  PROP_TEXT_SCALE,
} AssayJudgementPaneProperty;

enum
{
  SIGNAL_DISPUTE_REQUESTED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_TEXT_SCALE + 1];
static guint signals[N_SIGNALS];

static AssayNotesView *
ensure_notes (AssayJudgementPane *self)
{
  GtkWidget *scroller;

  if (self->notes != NULL)
    return self->notes;
  self->notes = g_object_new (ASSAY_TYPE_NOTES_VIEW, "margin-top", 6, "margin-bottom", 18,
                              "margin-start", 12, "margin-end", 12, NULL);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->notes));
  adw_bin_set_child (self->notes_bin, scroller);
  assay_notes_view_set_judgement (self->notes, self->judgement);
  return self->notes;
}

static void
place_activated_cb (AssayJudgementPane *self, guint64 start, guint64 length)
{
  assay_document_view_show_place (self->guideline_text, start, length);
}

static void
ensure_guideline (AssayJudgementPane *self)
{
  if (self->guideline != NULL)
    return;
  self->guideline_text = g_object_new (ASSAY_TYPE_DOCUMENT_VIEW, NULL);
  assay_document_view_set_label (self->guideline_text, _ ("Guideline"));
  assay_document_view_set_text_scale (self->guideline_text, self->text_scale);
  self->guideline = g_object_new (ASSAY_TYPE_GUIDELINE_VIEW, "child", self->guideline_text, NULL);
  g_signal_connect_object (self->guideline, "place-activated", G_CALLBACK (place_activated_cb),
                           self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->guideline_bin, GTK_WIDGET (self->guideline));
}

static void
page_changed_cb (AssayJudgementPane *self)
{
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "notes") == 0)
    ensure_notes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
focus_issue (AssayJudgementPane *self, AssayIssue *issue)
{
  if (g_strcmp0 (assay_issue_get_question (issue), FLAGS_ID) == 0)
    {
      adw_view_stack_set_visible_child_name (self->stack, "notes");
      assay_notes_view_focus_missing_note (ensure_notes (self));
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "judgement");
  if (assay_form_view_focus_issue (self->form, issue))
    return;
  /* A question that this version does not know has nothing to focus: the keys stay with the form.
   */
  if (g_strcmp0 (assay_issue_get_question (issue), RATIONALE_ID) != 0
      && assay_form_view_focus_first (self->form))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->rationale));
}

static void
dispute_requested_cb (AssayJudgementPane *self, AssayFeedback *feedback)
{
  g_signal_emit (self, signals[SIGNAL_DISPUTE_REQUESTED], 0, feedback);
}

static void
issue_activated_cb (AssayJudgementPane *self, AssayIssue *issue)
{
  focus_issue (self, issue);
}

static void
set_text_scale (AssayJudgementPane *self, double text_scale)
{
  if (self->text_scale == text_scale)
    return;
  self->text_scale = text_scale;
  if (self->guideline_text != NULL)
    assay_document_view_set_text_scale (self->guideline_text, text_scale);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT_SCALE]);
}

static void
assay_judgement_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayJudgementPane *self = ASSAY_JUDGEMENT_PANE (object);

  switch ((AssayJudgementPaneProperty) prop_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, assay_judgement_pane_get_page (self));
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_judgement_pane_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  AssayJudgementPane *self = ASSAY_JUDGEMENT_PANE (object);

  switch ((AssayJudgementPaneProperty) prop_id)
    {
    case PROP_PAGE:
      assay_judgement_pane_set_page (self, g_value_get_string (value));
      break;
    case PROP_TEXT_SCALE:
      set_text_scale (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_judgement_pane_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&ASSAY_JUDGEMENT_PANE (object)->judgement);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_JUDGEMENT_PANE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_judgement_pane_parent_class)->dispose (object);
}

static void
assay_judgement_pane_class_init (AssayJudgementPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_judgement_pane_get_property;
  object_class->set_property = assay_judgement_pane_set_property;
  object_class->dispose = assay_judgement_pane_dispose;

  properties[PROP_PAGE] =
      g_param_spec_string ("page", NULL, NULL, "judgement",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TEXT_SCALE] =
      g_param_spec_double ("text-scale", NULL, NULL, 0.1, 10, 1,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_DISPUTE_REQUESTED] =
      g_signal_new ("dispute-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, ASSAY_TYPE_FEEDBACK);

  g_type_ensure (ASSAY_TYPE_CRITERION_PANEL);
  g_type_ensure (ASSAY_TYPE_FEEDBACK_VIEW);
  g_type_ensure (ASSAY_TYPE_FORM_VIEW);
  g_type_ensure (ASSAY_TYPE_ISSUES_PANEL);
  g_type_ensure (ASSAY_TYPE_RATIONALE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-judgement-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, guideline_page);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, form_scroller);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, feedback);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, form);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, rationale);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, guideline_bin);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, notes_bin);
  gtk_widget_class_bind_template_child (widget_class, AssayJudgementPane, issues);
  gtk_widget_class_bind_template_callback (widget_class, dispute_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, issue_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

/* A page is told of by its title as it stands, with the mark of the mnemonic. */
static void
name_pages (AssayJudgementPane *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->stack);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
      g_autoptr (GString) name = g_string_new (adw_view_stack_page_get_title (page));

      g_string_replace (name, "_", "", 1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name->str, -1);
    }
}

static void
assay_judgement_pane_init (AssayJudgementPane *self)
{
  self->text_scale = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  name_pages (self);
  /* The texts of the form are written as the rationale is. */
  g_object_bind_property (self->rationale, "checks-spelling", self->form, "check-spelling",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->rationale, "spelling-language", self->form, "spelling-language",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

void
assay_judgement_pane_set_judgement (AssayJudgementPane *self, AssayJudgement *judgement)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  g_set_object (&self->judgement, judgement);
  assay_judgement_pane_set_issues (self, NULL);
  /* What stands below the form stays where it is: the next one is probably as high. */
  if (gtk_widget_get_height (GTK_WIDGET (self->form)) > 0)
    gtk_widget_set_size_request (GTK_WIDGET (self->form), -1,
                                 gtk_widget_get_height (GTK_WIDGET (self->form)));
  assay_form_view_set_judgement (self->form, NULL);
  assay_rationale_editor_set_judgement (self->rationale, judgement);
  if (self->notes != NULL)
    assay_notes_view_set_judgement (self->notes, judgement);
}

void
assay_judgement_pane_show_form (AssayJudgementPane *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  gtk_widget_set_size_request (GTK_WIDGET (self->form), -1, -1);
  assay_form_view_set_judgement (self->form, self->judgement);
}

void
assay_judgement_pane_set_feedback (AssayJudgementPane *self,
                                   GPtrArray *feedback,
                                   AssayJudgement *judgement,
                                   gboolean with_disputes)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  assay_feedback_view_set_feedback (self->feedback, feedback, judgement, with_disputes);
}

void
assay_judgement_pane_set_guideline (AssayJudgementPane *self, AssayGuideline *guideline)
{
  AssayGuideline *shown = NULL;
  g_auto (GStrv) headings = NULL;

  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));
  g_return_if_fail (guideline == NULL || ASSAY_IS_GUIDELINE (guideline));

  if (guideline != NULL)
    {
      ensure_guideline (self);
      shown = assay_guideline_view_get_guideline (self->guideline);
    }
  /* The same guideline stays where it was read. */
  if (guideline != NULL
      && (shown == NULL
          || g_strcmp0 (assay_guideline_get_sha256 (shown), assay_guideline_get_sha256 (guideline))
                 != 0))
    {
      g_autoptr (AssayDocument) document =
          assay_document_new (ASSAY_DOCUMENT_GUIDELINE, "guideline",
                              assay_guideline_get_text (guideline), NULL, NULL, NULL);

      assay_document_view_set_document (self->guideline_text, document);
      assay_guideline_view_set_guideline (self->guideline, guideline);
    }
  headings = guideline != NULL ? assay_guideline_view_dup_headings (self->guideline) : NULL;
  assay_rationale_editor_set_headings (self->rationale, (const char *const *) headings);
  if (guideline == NULL
      && g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "guideline") == 0)
    adw_view_stack_set_visible_child_name (self->stack, "judgement");
  adw_view_stack_page_set_visible (self->guideline_page, guideline != NULL);
}

const char *
assay_judgement_pane_get_page (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), NULL);

  return adw_view_stack_get_visible_child_name (self->stack);
}

void
assay_judgement_pane_set_page (AssayJudgementPane *self, const char *page)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  adw_view_stack_set_visible_child_name (self->stack, page);
}

AssayFormView *
assay_judgement_pane_get_form (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), NULL);

  return self->form;
}

AssayRationaleEditor *
assay_judgement_pane_get_rationale (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), NULL);

  return self->rationale;
}

AssayNotesView *
assay_judgement_pane_get_notes (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), NULL);

  return ensure_notes (self);
}

void
assay_judgement_pane_set_issues (AssayJudgementPane *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  assay_form_view_set_issues (self->form, issues);
  assay_rationale_editor_set_issues (self->rationale, issues);
  assay_issues_panel_set_issues (self->issues, issues);
}

gboolean
assay_judgement_pane_get_issues_shown (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), FALSE);

  return assay_issues_panel_get_shown (self->issues);
}

gboolean
assay_judgement_pane_focus_next_issue (AssayJudgementPane *self)
{
  AssayIssue *issue;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), FALSE);

  issue = assay_issues_panel_next (self->issues);
  if (issue == NULL)
    return FALSE;
  focus_issue (self, issue);
  return TRUE;
}

void
assay_judgement_pane_focus_form (AssayJudgementPane *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  adw_view_stack_set_visible_child_name (self->stack, "judgement");
  if (!assay_form_view_focus_first (self->form))
    gtk_widget_grab_focus (GTK_WIDGET (self->rationale));
}

void
assay_judgement_pane_focus_rationale (AssayJudgementPane *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  adw_view_stack_set_visible_child_name (self->stack, "judgement");
  gtk_widget_grab_focus (GTK_WIDGET (self->rationale));
}

void
assay_judgement_pane_show_guideline (AssayJudgementPane *self)
{
  const char *id;

  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  if (!adw_view_stack_page_get_visible (self->guideline_page))
    return;
  adw_view_stack_set_visible_child_name (self->stack, "guideline");
  id = assay_form_view_get_focused_question (self->form);
  if (self->judgement != NULL && id != NULL)
    {
      AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
      AssayQuestion *question = assay_form_find_question (form, id);

      if (question != NULL)
        assay_guideline_view_show_place_of (self->guideline, assay_question_get_label (question));
    }
  gtk_widget_child_focus (GTK_WIDGET (self->guideline), GTK_DIR_TAB_FORWARD);
}

void
assay_judgement_pane_search_guideline (AssayJudgementPane *self)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  if (!adw_view_stack_page_get_visible (self->guideline_page))
    return;
  adw_view_stack_set_visible_child_name (self->stack, "guideline");
  assay_guideline_view_focus_search (self->guideline);
}

double
assay_judgement_pane_get_scroll (AssayJudgementPane *self)
{
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT_PANE (self), 0);

  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->form_scroller));
}

void
assay_judgement_pane_set_scroll (AssayJudgementPane *self, double value)
{
  g_return_if_fail (ASSAY_IS_JUDGEMENT_PANE (self));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->form_scroller), value);
}
