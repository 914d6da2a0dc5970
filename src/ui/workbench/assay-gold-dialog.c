/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-gold-dialog.h"

#include "assay-document-view.h"
#include "assay-practice.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

struct _AssayGoldDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkLabel *summary;
  AdwPreferencesGroup *answers;
  GtkWidget *explanation_group;
  AssayDocumentView *explanation;
  GtkWidget *rationale_group;
  AssayDocumentView *rationale;
  GtkWidget *next_button;
};

G_DEFINE_FINAL_TYPE (AssayGoldDialog, assay_gold_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_TRY_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
next_clicked_cb (AssayGoldDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
again_clicked_cb (AssayGoldDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_comparison (AssayGoldDialog *self, const AssayAnswerComparison *comparison)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (comparison->agrees ? "assay-sent-symbolic"
                                                                     : "assay-refused-symbolic");
  g_autofree char *own = assay_visible_line (comparison->own, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *gold = assay_visible_line (comparison->other, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
  g_autofree char *title = assay_visible_line (comparison->label, ASSAY_LIMIT_LABEL_CHARACTERS);
  g_autofree char *subtitle = NULL;

  if (comparison->agrees)
    /* Translators: an answer that is the same as the reference. */
    subtitle = g_strdup_printf (_ ("%s, as in the reference"), own);
  else
    /* Translators: one's own answer, then the reference's. */
    subtitle = g_strdup_printf (_ ("Your answer: %1$s\nReference: %2$s"), own, gold);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (icon, comparison->agrees ? "success" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  comparison->agrees ? _ ("Agrees") : _ ("Differs"), -1);
  assay_widget_set_tooltip (icon, comparison->agrees ? _ ("Agrees") : _ ("Differs"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  assay_widget_keep_words (row);
  adw_preferences_group_add (self->answers, row);
}

/* Responses are named as they were shown. */
static void
show_text (GtkWidget *group,
           AssayDocumentView *view,
           AssayPresentation *presentation,
           const char *text)
{
  g_autoptr (AssayDocument) document = NULL;
  g_autofree char *shown = NULL;

  gtk_widget_set_visible (group, text != NULL && *text != '\0');
  if (text == NULL || *text == '\0')
    return;
  shown = assay_presentation_tokens_to_shown (presentation, text);
  document = assay_document_new (ASSAY_DOCUMENT_REFERENCE, "gold", shown, NULL, NULL, NULL);
  assay_document_view_set_document (view, document);
}

static void
assay_gold_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_GOLD_DIALOG);

  G_OBJECT_CLASS (assay_gold_dialog_parent_class)->dispose (object);
}

static void
assay_gold_dialog_class_init (AssayGoldDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_gold_dialog_dispose;

  signals[SIGNAL_TRY_AGAIN] = g_signal_new ("try-again", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ASSAY_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/workbench/assay-gold-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, answers);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, explanation_group);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, rationale_group);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, rationale);
  gtk_widget_class_bind_template_child (widget_class, AssayGoldDialog, next_button);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
}

static void
assay_gold_dialog_init (AssayGoldDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_document_view_set_label (self->explanation, _ ("Explanation"));
  assay_document_view_set_label (self->rationale, _ ("Reference Rationale"));
}

AdwDialog *
assay_gold_dialog_new (AssayTask *task, AssayJudgement *judgement)
{
  AssayGoldDialog *self;
  AssayPresentation *presentation;
  g_autoptr (GPtrArray) comparisons = NULL;
  g_autofree char *summary = NULL;
  guint agreeing = 0;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  self = g_object_new (ASSAY_TYPE_GOLD_DIALOG, NULL);
  comparisons = assay_gold_compare (task, judgement);
  for (guint i = 0; comparisons != NULL && i < comparisons->len; i++)
    {
      const AssayAnswerComparison *comparison = g_ptr_array_index (comparisons, i);

      agreeing += comparison->agrees ? 1 : 0;
      add_comparison (self, comparison);
    }
  if (comparisons != NULL)
    summary = g_strdup_printf (ngettext ("%1$u of %2$u answer agrees with the reference",
                                         "%1$u of %2$u answers agree with the reference",
                                         comparisons->len),
                               agreeing, comparisons->len);
  gtk_label_set_text (self->summary, summary != NULL ? summary : "");
  presentation = assay_judgement_get_presentation (judgement);
  show_text (self->explanation_group, self->explanation, presentation,
             assay_gold_get_explanation (task));
  show_text (self->rationale_group, self->rationale, presentation, assay_gold_get_rationale (task));
  return ADW_DIALOG (self);
}
