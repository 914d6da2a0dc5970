/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-feedback-view.h"

#include <glib/gi18n.h>

#include "assay-document-view.h"
#include "assay-format.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

/* More than these are shown on request: each is a document of its own. */
#define N_SHOWN_AT_ONCE 3
#define FEEDBACK_DATA "assay-feedback"

struct _AssayFeedbackView
{
  GtkWidget parent_instance;

  GPtrArray *feedback;       /* (owned) (nullable) of AssayTaskFeedback */
  AssayJudgement *judgement; /* (owned) (nullable) */
  gboolean with_disputes;
  gboolean show_all;
};

G_DEFINE_FINAL_TYPE (AssayFeedbackView, assay_feedback_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_DISPUTE_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void show_feedback (AssayFeedbackView *self);

static const char *
get_icon (AssayVerdict verdict)
{
  switch (verdict)
    {
    case ASSAY_VERDICT_PASS:
    case ASSAY_VERDICT_ACCEPTED:
      return "assay-sent-symbolic";
    case ASSAY_VERDICT_RETURNED:
    case ASSAY_VERDICT_PARTIAL:
      return "assay-returned-symbolic";
    case ASSAY_VERDICT_FAIL:
    case ASSAY_VERDICT_REJECTED:
      return "assay-refused-symbolic";
    case ASSAY_VERDICT_NONE:
    default:
      return "user-available-symbolic";
    }
}

static void
dispute_clicked_cb (AssayFeedbackView *self, GtkWidget *button)
{
  g_signal_emit (self, signals[SIGNAL_DISPUTE_REQUESTED], 0,
                 g_object_get_data (G_OBJECT (button), FEEDBACK_DATA));
}

static void
older_clicked_cb (AssayFeedbackView *self)
{
  self->show_all = TRUE;
  show_feedback (self);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* "Returned · Review", "Agrees in Part · Known Answer · 2 of 3" */
static char *
make_heading (AssayFeedback *feedback)
{
  const char *verdict = assay_verdict_get_title (assay_feedback_get_verdict (feedback));
  const char *kind = assay_feedback_kind_get_title (assay_feedback_get_kind (feedback));
  g_autofree char *score = NULL;
  double value, most;

  if (assay_feedback_get_score (feedback, &value, &most))
    /* Translators: a score, and the best that there is. Both may have fractions. */
    score = g_strdup_printf (_ ("%1$g of %2$g"), value, most);
  if (*verdict == '\0')
    return score != NULL ? g_strjoin (" · ", kind, score, NULL) : g_strdup (kind);
  return g_strjoin (" · ", verdict, kind, score, NULL);
}

static GtkWidget *
make_header (AssayFeedback *feedback)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon (assay_feedback_get_verdict (feedback)));
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *heading = make_heading (feedback);
  GtkWidget *title = make_label (heading, "heading");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_box_append (GTK_BOX (header), icon);
  gtk_box_append (GTK_BOX (texts), title);
  if (assay_feedback_get_at (feedback) > 0)
    {
      g_autofree char *time = assay_format_time (assay_feedback_get_at (feedback));

      gtk_box_append (GTK_BOX (texts), make_label (time, "caption"));
    }
  gtk_box_append (GTK_BOX (header), texts);
  return header;
}

/* "Accuracy, A"; the platform's own id where this version of the form has no such question. */
static char *
name_question (AssayFeedbackView *self, AssayQuestion *question, JsonObject *entry)
{
  const char *response = assay_json_get_string (entry, "response");
  g_autofree char *label =
      assay_visible_line (question != NULL ? assay_question_get_label (question)
                                           : assay_json_get_string_or (entry, "question", ""),
                          ASSAY_LIMIT_LABEL_CHARACTERS);
  const char *letter =
      response != NULL
          ? assay_presentation_get_letter (assay_judgement_get_presentation (self->judgement),
                                           response)
          : NULL;

  if (letter == NULL)
    return g_steal_pointer (&label);
  /* Translators: a question, and the letter of the response that it is asked about. */
  return g_strdup_printf (C_ ("question", "%1$s, %2$s"), label, letter);
}

static AssayQuestion *
find_question (AssayFeedbackView *self, JsonObject *entry)
{
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  const char *id = assay_json_get_string (entry, "question");

  return id != NULL ? assay_form_find_question (form, id) : NULL;
}

static const char *
get_question_verdict (JsonObject *entry)
{
  const char *verdict = assay_json_get_string (entry, "verdict");

  if (g_strcmp0 (verdict, "pass") == 0)
    return assay_verdict_get_title (ASSAY_VERDICT_PASS);
  if (g_strcmp0 (verdict, "partial") == 0)
    return assay_verdict_get_title (ASSAY_VERDICT_PARTIAL);
  if (g_strcmp0 (verdict, "fail") == 0)
    return assay_verdict_get_title (ASSAY_VERDICT_FAIL);
  return NULL;
}

static GtkWidget *
make_question (AssayFeedbackView *self, JsonObject *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AssayQuestion *question = find_question (self, entry);
  g_autofree char *name = name_question (self, question, entry);
  const char *verdict = get_question_verdict (entry);
  const char *message = assay_json_get_string (entry, "message");
  JsonNode *expected = json_object_get_member (entry, "expected");
  g_autofree char *title = NULL;

  if (verdict != NULL)
    /* Translators: a question, and whether its answer was right, as in “Accuracy: Agrees”. */
    title = g_strdup_printf (C_ ("feedback", "%1$s: %2$s"), name, verdict);
  gtk_box_append (GTK_BOX (box), make_label (title != NULL ? title : name, NULL));
  if (expected != NULL && question != NULL)
    {
      g_autofree char *answer = assay_question_describe_answer (
          question, assay_judgement_get_presentation (self->judgement), expected);
      g_autofree char *shown = assay_visible_line (answer, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);
      /* Translators: %s is an answer. */
      g_autofree char *line = g_strdup_printf (_ ("Expected: %s"), shown);

      gtk_box_append (GTK_BOX (box), make_label (line, "caption"));
    }
  if (message != NULL)
    {
      g_autofree char *shown = assay_visible_line (message, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);

      gtk_box_append (GTK_BOX (box), make_label (shown, "caption"));
    }
  return box;
}

static void
add_questions (AssayFeedbackView *self, GtkBox *card, AssayFeedback *feedback)
{
  JsonArray *entries =
      assay_json_get_array (assay_json_node_object (assay_feedback_get_json (feedback)),
                            "per_question");
  guint n = entries != NULL ? MIN (json_array_get_length (entries), ASSAY_LIMIT_QUESTIONS) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = assay_json_node_object (json_array_get_element (entries, i));

      if (entry != NULL)
        gtk_box_append (card, make_question (self, entry));
    }
}

static void
add_message (GtkBox *card, AssayFeedback *feedback)
{
  g_autoptr (AssayDocument) document = NULL;
  GtkWidget *view;

  if (*assay_feedback_get_message (feedback) == '\0')
    return;
  view = assay_document_view_new ();
  document = assay_document_new (ASSAY_DOCUMENT_REFERENCE, assay_feedback_get_id (feedback),
                                 assay_feedback_get_message (feedback), NULL, NULL, NULL);
  assay_document_view_set_fit_content (ASSAY_DOCUMENT_VIEW (view), TRUE);
  assay_document_view_set_label (ASSAY_DOCUMENT_VIEW (view), _ ("Comment"));
  assay_document_view_set_document (ASSAY_DOCUMENT_VIEW (view), document);
  gtk_box_append (card, view);
}

static const char *
get_dispute_title (AssayFeedback *feedback)
{
  const char *state = assay_feedback_get_dispute (feedback, "state");

  if (g_strcmp0 (state, "accepted") == 0)
    return _ ("Your dispute was accepted");
  if (g_strcmp0 (state, "refused") == 0)
    return _ ("Your dispute was refused");
  return _ ("Your dispute is being looked at");
}

static void
add_dispute (AssayFeedbackView *self, GtkBox *card, AssayFeedback *feedback)
{
  const char *reply = assay_feedback_get_dispute (feedback, "reply");
  const char *text = assay_feedback_get_dispute (feedback, "text");
  gint64 until = assay_feedback_get_dispute_until (feedback);

  if (text != NULL)
    {
      g_autofree char *own = assay_visible_line (text, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);

      gtk_box_append (card, make_label (get_dispute_title (feedback), "heading"));
      gtk_box_append (card, make_label (own, "caption"));
      if (reply != NULL)
        {
          g_autofree char *shown = assay_visible_line (reply, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS);

          gtk_box_append (card, make_label (shown, NULL));
        }
    }
  else if (self->with_disputes && until > g_get_real_time ())
    {
      g_autofree char *end = assay_format_time (until);
      /* Translators: %s is a time. */
      g_autofree char *tooltip = g_strdup_printf (_ ("Until %s"), end);
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Dispute…"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      assay_widget_set_tooltip (button, tooltip);
      g_object_set_data_full (G_OBJECT (button), FEEDBACK_DATA, g_object_ref (feedback),
                              g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (dispute_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (card, button);
    }
}

static GtkWidget *
make_card (AssayFeedbackView *self, AssayFeedback *feedback)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *heading = make_heading (feedback);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "assay-feedback");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  gtk_box_append (GTK_BOX (card), make_header (feedback));
  add_message (GTK_BOX (card), feedback);
  add_questions (self, GTK_BOX (card), feedback);
  add_dispute (self, GTK_BOX (card), feedback);
  return card;
}

static void
show_feedback (AssayFeedbackView *self)
{
  guint n = self->feedback != NULL && self->judgement != NULL ? self->feedback->len : 0;
  guint n_shown = self->show_all ? n : MIN (n, N_SHOWN_AT_ONCE);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < n_shown; i++)
    {
      const AssayTaskFeedback *entry = g_ptr_array_index (self->feedback, i);

      gtk_widget_set_parent (make_card (self, entry->feedback), GTK_WIDGET (self));
    }
  if (n_shown < n)
    {
      g_autofree char *label =
          g_strdup_printf (ngettext ("Show %u _Older", "Show %u _Older", n - n_shown), n - n_shown);
      GtkWidget *button = gtk_button_new_with_mnemonic (label);

      gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (older_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
  assay_widget_keep_words (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

/* What is shown stays as it is, with the focus in it, while nothing new was said. */
static gboolean
is_shown (AssayFeedbackView *self, GPtrArray *feedback, AssayJudgement *judgement)
{
  if (self->feedback == NULL || feedback == NULL || feedback->len != self->feedback->len
      || self->judgement != judgement)
    return FALSE;
  for (guint i = 0; i < feedback->len; i++)
    {
      const AssayTaskFeedback *a = g_ptr_array_index (self->feedback, i);
      const AssayTaskFeedback *b = g_ptr_array_index (feedback, i);

      if (!assay_json_equal (assay_feedback_get_json (a->feedback),
                             assay_feedback_get_json (b->feedback)))
        return FALSE;
    }
  return TRUE;
}

static void
assay_feedback_view_dispose (GObject *object)
{
  AssayFeedbackView *self = ASSAY_FEEDBACK_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->feedback, g_ptr_array_unref);
  g_clear_object (&self->judgement);

  G_OBJECT_CLASS (assay_feedback_view_parent_class)->dispose (object);
}

static void
assay_feedback_view_class_init (AssayFeedbackViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_feedback_view_dispose;

  signals[SIGNAL_DISPUTE_REQUESTED] =
      g_signal_new ("dispute-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, ASSAY_TYPE_FEEDBACK);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_feedback_view_init (AssayFeedbackView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Feedback"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
assay_feedback_view_new (void)
{
  return g_object_new (ASSAY_TYPE_FEEDBACK_VIEW, NULL);
}

void
assay_feedback_view_set_feedback (AssayFeedbackView *self,
                                  GPtrArray *feedback,
                                  AssayJudgement *judgement,
                                  gboolean with_disputes)
{
  g_return_if_fail (ASSAY_IS_FEEDBACK_VIEW (self));
  g_return_if_fail (judgement == NULL || ASSAY_IS_JUDGEMENT (judgement));

  /* Most tasks have none, before and after. */
  if ((feedback == NULL || feedback->len == 0) && self->feedback == NULL)
    return;
  if (self->with_disputes == with_disputes && is_shown (self, feedback, judgement))
    return;
  g_clear_pointer (&self->feedback, g_ptr_array_unref);
  if (feedback != NULL && feedback->len > 0)
    self->feedback = g_ptr_array_ref (feedback);
  g_set_object (&self->judgement, judgement);
  self->with_disputes = with_disputes;
  self->show_all = FALSE;
  show_feedback (self);
}
