/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-criterion-panel.h"

#include "assay-help-label.h"
#include "assay-limits.h"
#include "assay-points.h"
#include "assay-scale-question.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

#define MAX_HEIGHT_PX 170
/* A shorter help stands in its field in full; a criterion has no room for any. */
#define SHORT_HELP_CHARACTERS 120
#define ANCHOR_MAX_CHARACTERS 600

struct _AssayCriterionPanel
{
  GtkWidget parent_instance;

  AssayFormView *form_view;
  AssayJudgement *judgement; /* (nullable): whose answers are followed */

  /* All NULL until there is something to say. */
  GtkWidget *scroller;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *definition;
  GtkWidget *anchors;
  char *shown_question; /* whose anchors are built */
};

G_DEFINE_FINAL_TYPE (AssayCriterionPanel, assay_criterion_panel, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_FORM_VIEW = 1,
} AssayCriterionPanelProperty;

static GParamSpec *properties[PROP_FORM_VIEW + 1];

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  assay_widget_keep_words (label);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Most forms have nothing to say here. */
static void
ensure_labels (AssayCriterionPanel *self)
{
  GtkWidget *box;

  if (self->scroller != NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->title = append_label (box, "", "caption-heading");
  self->definition = append_label (box, "", "caption");
  self->note =
      append_label (box, _ ("More is only more here, neither better nor worse."), "caption");
  self->anchors = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->anchors), 8);
  gtk_grid_set_row_spacing (GTK_GRID (self->anchors), 2);
  gtk_widget_add_css_class (self->anchors, "caption");
  gtk_box_append (GTK_BOX (box), self->anchors);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, NULL, -1);
}

static void
clear_anchors (AssayCriterionPanel *self)
{
  GtkWidget *child;

  if (self->scroller == NULL)
    return;
  while ((child = gtk_widget_get_first_child (self->anchors)) != NULL)
    gtk_grid_remove (GTK_GRID (self->anchors), child);
}

static void
build_anchors (AssayCriterionPanel *self, AssayScaleQuestion *question)
{
  guint n = assay_scale_question_get_n_points (question);
  int row = 0;

  for (guint i = 0; i < n && row < ASSAY_LIMIT_CHECKLIST_ITEMS; i++)
    {
      double value = assay_scale_question_get_point (question, i);
      const char *anchor = assay_scale_question_get_anchor (question, value);
      g_autofree char *number = NULL;
      g_autofree char *text = NULL;
      GtkWidget *label;

      if (anchor == NULL)
        continue;
      number = assay_points_format_number (value);
      text = assay_visible_line (anchor, ANCHOR_MAX_CHARACTERS);
      label = g_object_new (GTK_TYPE_LABEL, "label", number, "xalign", 1.0, "valign",
                            GTK_ALIGN_START, NULL);
      gtk_widget_add_css_class (label, "numeric");
      gtk_grid_attach (GTK_GRID (self->anchors), label, 0, row, 1, 1);
      label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                            PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
      assay_widget_keep_words (label);
      g_object_set_data (G_OBJECT (label), "assay-point", GUINT_TO_POINTER (i + 1));
      gtk_grid_attach (GTK_GRID (self->anchors), label, 1, row, 1, 1);
      row++;
    }
}

/* The anchor of the score that was given stands out, by weight and not by colour alone. */
static void
mark_anchor (AssayCriterionPanel *self, AssayScaleQuestion *question)
{
  const char *response = assay_form_view_get_focused_response (self->form_view);
  JsonNode *answer =
      assay_judgement_get_answer (self->judgement,
                                  assay_question_get_id (ASSAY_QUESTION (question)), response);
  double value;
  gboolean scored = assay_scale_answer_get_value (answer, &value);

  for (GtkWidget *child = gtk_widget_get_first_child (self->anchors); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      guint point = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "assay-point"));

      if (point == 0)
        continue;
      if (scored && assay_scale_question_get_point (question, point - 1) == value)
        gtk_widget_add_css_class (child, "assay-chosen-anchor");
      else
        gtk_widget_remove_css_class (child, "assay-chosen-anchor");
    }
}

/* Of what stands in no field itself, or NULL. */
static const char *
get_help (AssayQuestion *question)
{
  const char *help = question != NULL ? assay_question_get_help (question) : NULL;

  if (help != NULL && !ASSAY_IS_SCALE_QUESTION (question)
      && g_utf8_strlen (help, -1) <= SHORT_HELP_CHARACTERS)
    return NULL;
  return help;
}

static void
show_question (AssayCriterionPanel *self, AssayQuestion *question, AssayScaleQuestion *scale)
{
  const char *help = get_help (question);
  gboolean is_neutral = scale != NULL && assay_scale_question_get_neutral (scale);
  gboolean has_anchors = scale != NULL && assay_scale_question_has_anchors (scale);

  clear_anchors (self);
  if (help != NULL || is_neutral || has_anchors)
    {
      g_autofree char *title =
          assay_visible_line (assay_question_get_label (question), ASSAY_LIMIT_LABEL_CHARACTERS);

      ensure_labels (self);
      gtk_label_set_text (GTK_LABEL (self->title), title);
      assay_help_label_set_markdown (GTK_LABEL (self->definition), help);
      gtk_widget_set_visible (self->definition, help != NULL);
      gtk_widget_set_visible (self->note, is_neutral);
      if (has_anchors)
        build_anchors (self, scale);
      has_anchors = gtk_widget_get_first_child (self->anchors) != NULL;
      gtk_widget_set_visible (self->anchors, has_anchors);
      gtk_adjustment_set_value (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), help != NULL || is_neutral || has_anchors);
}

static void
update (AssayCriterionPanel *self)
{
  AssayQuestion *question = NULL;
  AssayScaleQuestion *scale = NULL;
  const char *id = NULL;

  if (self->form_view != NULL && self->judgement != NULL)
    id = assay_form_view_get_focused_question (self->form_view);
  if (id != NULL)
    question =
        assay_form_find_question (assay_task_get_form (assay_judgement_get_task (self->judgement)),
                                  id);
  if (ASSAY_IS_SCALE_QUESTION (question))
    scale = ASSAY_SCALE_QUESTION (question);

  if (g_set_str (&self->shown_question, question != NULL ? id : NULL))
    show_question (self, question, scale);
  if (scale != NULL && self->scroller != NULL)
    mark_anchor (self, scale);
}

static void
follow_judgement (AssayCriterionPanel *self)
{
  AssayJudgement *judgement =
      self->form_view != NULL ? assay_form_view_get_judgement (self->form_view) : NULL;

  if (self->judgement != judgement)
    {
      if (self->judgement != NULL)
        g_signal_handlers_disconnect_by_data (self->judgement, self);
      g_set_object (&self->judgement, judgement);
      if (judgement != NULL)
        g_signal_connect_swapped (judgement, "changed", G_CALLBACK (update), self);
      /* Another form may use the same id. */
      g_clear_pointer (&self->shown_question, g_free);
      clear_anchors (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    }
  update (self);
}

static void
assay_criterion_panel_get_property (GObject *object,
                                    guint property,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  switch ((AssayCriterionPanelProperty) property)
    {
    case PROP_FORM_VIEW:
      g_value_set_object (value, ASSAY_CRITERION_PANEL (object)->form_view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_criterion_panel_set_property (GObject *object,
                                    guint property,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  switch ((AssayCriterionPanelProperty) property)
    {
    case PROP_FORM_VIEW:
      assay_criterion_panel_set_form_view (ASSAY_CRITERION_PANEL (object),
                                           g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_criterion_panel_dispose (GObject *object)
{
  AssayCriterionPanel *self = ASSAY_CRITERION_PANEL (object);

  if (self->judgement != NULL)
    g_signal_handlers_disconnect_by_data (self->judgement, self);
  if (self->form_view != NULL)
    g_signal_handlers_disconnect_by_data (self->form_view, self);
  g_clear_object (&self->judgement);
  g_clear_object (&self->form_view);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_criterion_panel_parent_class)->dispose (object);
}

static void
assay_criterion_panel_finalize (GObject *object)
{
  g_free (ASSAY_CRITERION_PANEL (object)->shown_question);

  G_OBJECT_CLASS (assay_criterion_panel_parent_class)->finalize (object);
}

static void
assay_criterion_panel_class_init (AssayCriterionPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = assay_criterion_panel_get_property;
  object_class->set_property = assay_criterion_panel_set_property;
  object_class->dispose = assay_criterion_panel_dispose;
  object_class->finalize = assay_criterion_panel_finalize;

  properties[PROP_FORM_VIEW] =
      g_param_spec_object ("form-view", NULL, NULL, ASSAY_TYPE_FORM_VIEW,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "assay-criterion-panel");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assay_criterion_panel_init (AssayCriterionPanel *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
assay_criterion_panel_new (void)
{
  return g_object_new (ASSAY_TYPE_CRITERION_PANEL, NULL);
}

AssayFormView *
assay_criterion_panel_get_form_view (AssayCriterionPanel *self)
{
  g_return_val_if_fail (ASSAY_IS_CRITERION_PANEL (self), NULL);

  return self->form_view;
}

void
assay_criterion_panel_set_form_view (AssayCriterionPanel *self, AssayFormView *form_view)
{
  g_return_if_fail (ASSAY_IS_CRITERION_PANEL (self));
  g_return_if_fail (form_view == NULL || ASSAY_IS_FORM_VIEW (form_view));

  if (self->form_view == form_view)
    return;
  if (self->form_view != NULL)
    g_signal_handlers_disconnect_by_data (self->form_view, self);
  g_set_object (&self->form_view, form_view);
  if (form_view != NULL)
    {
      g_signal_connect_swapped (form_view, "notify::judgement", G_CALLBACK (follow_judgement),
                                self);
      g_signal_connect_swapped (form_view, "notify::focused-question", G_CALLBACK (update), self);
      g_signal_connect_swapped (form_view, "notify::focused-response", G_CALLBACK (update), self);
    }
  follow_judgement (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORM_VIEW]);
}
