/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-draft-choice-dialog.h"

#include "assay-answer-comparison.h"
#include "assay-document-view.h"
#include "assay-format.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

struct _AssayDraftChoiceDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkLabel *summary;
  AdwPreferencesGroup *answers;
  GtkWidget *own_group;
  AssayDocumentView *own_rationale;
  GtkWidget *other_group;
  AssayDocumentView *other_rationale;
  GtkWidget *keep_button;
};

G_DEFINE_FINAL_TYPE (AssayDraftChoiceDialog, assay_draft_choice_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
choose (AssayDraftChoiceDialog *self, gboolean take)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, take);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
keep_clicked_cb (AssayDraftChoiceDialog *self)
{
  choose (self, FALSE);
}

static void
take_clicked_cb (AssayDraftChoiceDialog *self)
{
  choose (self, TRUE);
}

static void
add_difference (AssayDraftChoiceDialog *self, const AssayAnswerComparison *comparison)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *own = assay_visible_line (comparison->own, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *other =
      assay_visible_line (comparison->other, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *title = assay_visible_line (comparison->label, ASSAY_LIMIT_LABEL_CHARACTERS);
  g_autofree char *subtitle = NULL;

  /* Translators: an answer in each of two drafts. */
  subtitle = g_strdup_printf (_ ("This computer: %1$s\nOther device: %2$s"), own, other);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  assay_widget_keep_words (row);
  adw_preferences_group_add (self->answers, row);
}

static void
show_answers (AssayDraftChoiceDialog *self, AssayJudgement *own, AssayJudgement *other)
{
  g_autoptr (GPtrArray) lines = assay_judgement_compare (own, other, NULL);
  guint n_same = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const AssayAnswerComparison *line = lines->pdata[i];

      if (line->agrees)
        n_same++;
      else
        add_difference (self, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->answers), n_same < lines->len);
  if (n_same > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u answer is the same.", "%u answers are the same.", n_same),
                           n_same);

      adw_preferences_group_set_description (self->answers, text);
    }
}

/* Responses are named as they are shown here. */
static void
show_rationale (GtkWidget *group,
                AssayDocumentView *view,
                AssayPresentation *presentation,
                const char *text)
{
  g_autoptr (AssayDocument) document = NULL;
  g_autofree char *shown = assay_presentation_tokens_to_shown (presentation, text);

  document =
      assay_document_new (ASSAY_DOCUMENT_REFERENCE, "draft",
                          *shown != '\0' ? shown : _ ("Nothing was written."), NULL, NULL, NULL);
  assay_document_view_set_document (view, document);
  gtk_widget_set_visible (group, TRUE);
}

static void
show_rationales (AssayDraftChoiceDialog *self, AssayJudgement *own, AssayJudgement *other)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (own);
  const char *here = assay_judgement_get_rationale (own);
  const char *there = assay_judgement_get_rationale (other);

  gtk_widget_set_visible (self->own_group, FALSE);
  gtk_widget_set_visible (self->other_group, FALSE);
  if (here == NULL)
    here = "";
  if (there == NULL)
    there = "";
  if (g_str_equal (here, there))
    return;
  show_rationale (self->own_group, self->own_rationale, presentation, here);
  show_rationale (self->other_group, self->other_rationale, presentation, there);
}

static char *
dup_summary (const AssayRemoteDraft *other)
{
  g_autofree char *device = other->device != NULL
                                ? assay_visible_line (other->device, ASSAY_LIMIT_LABEL_CHARACTERS)
                                : NULL;
  g_autofree char *ago =
      other->updated_at > 0 ? assay_format_ago (other->updated_at, g_get_real_time ()) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (device != NULL && ago != NULL)
    /* Translators: 1 is the name of a computer, 2 as in “5 minutes ago”. */
    g_string_printf (text, _ ("This task was also worked on at “%1$s”, %2$s."), device, ago);
  else if (device != NULL)
    g_string_printf (text, _ ("This task was also worked on at “%s”."), device);
  else
    g_string_assign (text, _ ("This task was also worked on at another device."));
  g_string_append_c (text, ' ');
  g_string_append (text, _ ("Choose which draft goes on. The other one is kept as an earlier "
                            "version."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assay_draft_choice_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_DRAFT_CHOICE_DIALOG);

  G_OBJECT_CLASS (assay_draft_choice_dialog_parent_class)->dispose (object);
}

static void
assay_draft_choice_dialog_class_init (AssayDraftChoiceDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_draft_choice_dialog_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (ASSAY_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-draft-choice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, answers);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, own_group);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, own_rationale);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, other_group);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, other_rationale);
  gtk_widget_class_bind_template_child (widget_class, AssayDraftChoiceDialog, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, keep_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_clicked_cb);
}

static void
assay_draft_choice_dialog_init (AssayDraftChoiceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_document_view_set_label (self->own_rationale,
                                 C_ ("heading of one of two drafts", "Rationale on This Computer"));
  assay_document_view_set_label (self->other_rationale, C_ ("heading of one of two drafts",
                                                            "Rationale on the Other Device"));
}

AdwDialog *
assay_draft_choice_dialog_new (AssayJudgement *judgement, const AssayRemoteDraft *other)
{
  AssayDraftChoiceDialog *self;
  g_autoptr (AssayJudgement) there = NULL;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (other != NULL, NULL);

  there =
      assay_judgement_new_from_json (assay_judgement_get_task (judgement), other->judgement, NULL);
  if (there == NULL)
    return NULL;
  self = g_object_new (ASSAY_TYPE_DRAFT_CHOICE_DIALOG, NULL);
  summary = dup_summary (other);
  gtk_label_set_text (self->summary, summary);
  show_answers (self, judgement, there);
  show_rationales (self, judgement, there);
  return ADW_DIALOG (self);
}
