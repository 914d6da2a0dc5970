/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-pairwise-field.h"

#include "assay-comment-popover.h"
#include "assay-limits.h"
#include "assay-pairwise-question.h"
#include "assay-point-bar.h"
#include "assay-visible-text.h"
#include "assay-widget.h"

struct _AssayPairwiseField
{
  AssayQuestionField parent_instance;

  GtkWidget *bar;
  GtkWidget *caption;
  GtkWidget *not_applicable;
  GtkWidget *both_bar;
  GtkWidget *reasons; /* (nullable) */
  GtkWidget *comment;
  GtkWidget *popover; /* (nullable): made when first needed */
  GArray *positions;  /* int: what each point of the bar means, negative for the left side */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (AssayPairwiseField, assay_pairwise_field, ASSAY_TYPE_QUESTION_FIELD)

static const AssayBoth both_values[] = { ASSAY_BOTH_NEUTRAL, ASSAY_BOTH_GOOD, ASSAY_BOTH_BAD };

static AssayPairwiseQuestion *
get_question (AssayPairwiseField *self)
{
  return ASSAY_PAIRWISE_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static AssayPresentation *
get_presentation (AssayPairwiseField *self)
{
  return assay_judgement_get_presentation (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

/* @place: 0 for the side that is shown first. NULL in a task that does not have two responses. */
static const char *
get_side (AssayPairwiseField *self, guint place)
{
  AssayPresentation *presentation = get_presentation (self);

  return place < assay_presentation_get_n (presentation)
             ? assay_presentation_get_response (presentation, place)
             : NULL;
}

static const char *
get_side_letter (AssayPairwiseField *self, guint place)
{
  const char *side = get_side (self, place);

  return side != NULL ? assay_presentation_get_letter (get_presentation (self), side) : "?";
}

static char *
describe_position (AssayPairwiseField *self, int position)
{
  return assay_visible_line (assay_pairwise_question_get_label_for (get_question (self), position),
                             ASSAY_LIMIT_LABEL_CHARACTERS);
}

static gboolean
get_position (AssayPairwiseField *self, JsonNode *answer, int *position, AssayBoth *both)
{
  const char *choice;
  int strength;

  if (!assay_pairwise_answer_get (answer, &choice, &strength, both))
    return FALSE;
  if (choice == NULL)
    *position = 0;
  else if (g_strcmp0 (choice, get_side (self, 0)) == 0)
    *position = -strength;
  else if (g_strcmp0 (choice, get_side (self, 1)) == 0)
    *position = strength;
  else
    return FALSE;
  return TRUE;
}

static void
set_choice (AssayPairwiseField *self, int position, AssayBoth both)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  const char *side = position != 0 ? get_side (self, position < 0 ? 0 : 1) : NULL;

  if (position != 0 && side == NULL)
    return;
  assay_question_field_take_answer (
      field, assay_pairwise_answer_with_choice (assay_question_field_get_answer (field), side,
                                                ABS (position), both));
}

static void
choose_and_advance (AssayPairwiseField *self, int position, AssayBoth both, gboolean advance)
{
  gboolean asks = position == 0 && both == ASSAY_BOTH_UNSET
                  && assay_pairwise_question_get_ask_both (get_question (self));

  set_choice (self, position, both);
  if (!advance)
    return;
  if (asks)
    gtk_widget_grab_focus (self->both_bar);
  else
    assay_question_field_advance (ASSAY_QUESTION_FIELD (self));
}

static void
set_not_applicable (AssayPairwiseField *self, gboolean not_applicable)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  JsonNode *answer = assay_question_field_get_answer (field);

  assay_question_field_take_answer (field,
                                    not_applicable ? assay_pairwise_answer_with_na (answer) : NULL);
}

static void
chosen_cb (AssayPairwiseField *self, int index, gboolean advance)
{
  int position = g_array_index (self->positions, int, index);
  AssayBoth both = ASSAY_BOTH_UNSET;
  int held;

  /* The kind of a tie that was said already stays. */
  if (position == 0
      && !(get_position (self, assay_question_field_get_answer (ASSAY_QUESTION_FIELD (self)), &held,
                         &both)
           && held == 0))
    both = assay_pairwise_question_get_ask_both (get_question (self)) ? ASSAY_BOTH_UNSET
                                                                      : ASSAY_BOTH_NEUTRAL;
  else if (position != 0)
    both = ASSAY_BOTH_UNSET;
  choose_and_advance (self, position, both, advance);
}

static void
both_chosen_cb (AssayPairwiseField *self, int index, gboolean advance)
{
  choose_and_advance (self, 0, both_values[index], advance);
}

static void
not_applicable_toggled_cb (AssayPairwiseField *self, GtkToggleButton *button)
{
  if (!self->showing)
    set_not_applicable (self, gtk_toggle_button_get_active (button));
}

static void
reason_toggled_cb (AssayPairwiseField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  g_autoptr (GStrvBuilder) chosen = NULL;
  g_auto (GStrv) reasons = NULL;

  if (self->showing)
    return;
  chosen = g_strv_builder_new ();
  for (GtkWidget *child = gtk_widget_get_first_child (self->reasons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));

      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        g_strv_builder_add (chosen, g_object_get_data (G_OBJECT (button), "assay-reason"));
    }
  reasons = g_strv_builder_end (chosen);
  assay_question_field_take_answer (
      field, assay_pairwise_answer_with_reasons (assay_question_field_get_answer (field),
                                                 (const char *const *) reasons));
}

static void
comment_edited_cb (AssayPairwiseField *self, const char *text)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  assay_question_field_take_answer (
      field, assay_pairwise_answer_with_comment (assay_question_field_get_answer (field), text));
}

static gboolean
open_comment (AssayPairwiseField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayCommentRule rule = assay_pairwise_question_get_comment_rule (get_question (self));

  if (rule == ASSAY_COMMENT_OFF)
    return FALSE;
  if (self->popover == NULL)
    {
      self->popover = assay_comment_popover_new (assay_question_field_get_judgement (field));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "edited", G_CALLBACK (comment_edited_cb), self);
    }
  assay_comment_popover_open (
      ASSAY_COMMENT_POPOVER (self->popover), self->bar, assay_question_field_get_title (field),
      assay_pairwise_answer_get_comment (assay_question_field_get_answer (field)),
      rule == ASSAY_COMMENT_REQUIRED);
  return TRUE;
}

static AssayPoints *
make_points (AssayPairwiseField *self)
{
  AssayPoints *points = assay_points_new ();
  AssayPairwiseQuestion *question = get_question (self);
  int strongest = assay_pairwise_question_get_max_strength (question);

  for (int position = -strongest; position <= strongest; position++)
    {
      g_autofree char *label = NULL;
      g_autofree char *description = NULL;

      if (position == 0 && !assay_pairwise_question_get_allow_tie (question))
        continue;
      label = g_strdup_printf ("%d", ABS (position));
      description = describe_position (self, position);
      assay_points_add (points, label, description);
      g_array_append_val (self->positions, position);
    }
  return points;
}

static AssayPoints *
make_both_points (void)
{
  AssayPoints *points = assay_points_new ();

  /* Translators: kinds of a tie between two responses */
  assay_points_add (points, C_ ("tie", "Equal"), _ ("Of the same quality"));
  assay_points_add (points, C_ ("tie", "Both Good"), _ ("Both would be acceptable"));
  assay_points_add (points, C_ ("tie", "Both Bad"), _ ("Neither would be acceptable"));
  return points;
}

static void
build_reasons (AssayPairwiseField *self)
{
  const char *const *ids = assay_pairwise_question_get_reason_ids (get_question (self));

  if (ids == NULL || ids[0] == NULL)
    return;
  self->reasons =
      g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "column-spacing", 4,
                    "row-spacing", 4, "max-children-per-line", 8, "homogeneous", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reasons), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reasons"), -1);
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *label =
          assay_visible_line (assay_pairwise_question_get_reason_label (get_question (self),
                                                                        ids[i]),
                              ASSAY_LIMIT_LABEL_CHARACTERS);
      GtkWidget *button = gtk_toggle_button_new_with_label (label);
      GtkWidget *child;

      gtk_widget_add_css_class (button, "assay-pill");
      g_object_set_data_full (G_OBJECT (button), "assay-reason", g_strdup (ids[i]), g_free);
      g_signal_connect_object (button, "toggled", G_CALLBACK (reason_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_flow_box_append (GTK_FLOW_BOX (self->reasons), button);
      child = gtk_widget_get_parent (button);
      gtk_widget_set_focusable (child, FALSE);
      gtk_widget_set_halign (child, GTK_ALIGN_START);
    }
  assay_question_field_append (ASSAY_QUESTION_FIELD (self), self->reasons);
}

static void
assay_pairwise_field_build (AssayQuestionField *field)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (field);
  AssayPairwiseQuestion *question = get_question (self);
  g_autoptr (AssayPoints) points = make_points (self);
  g_autoptr (AssayPoints) both_points = make_both_points ();
  g_autofree char *both_title = NULL;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = assay_point_bar_new (points);
  assay_point_bar_set_ends (ASSAY_POINT_BAR (self->bar), get_side_letter (self, 0),
                            get_side_letter (self, 1));
  assay_question_field_label (field, self->bar);
  g_signal_connect_swapped (self->bar, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->bar, "comment-clicked", G_CALLBACK (open_comment), self);
  assay_question_field_append (field, self->bar);

  self->caption = g_object_new (GTK_TYPE_LABEL, "xalign", 0.5, "hexpand", TRUE, "wrap", TRUE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->caption, "caption");
  gtk_box_append (GTK_BOX (line), self->caption);
  self->not_applicable = gtk_toggle_button_new_with_label (C_ ("score", "N/A"));
  assay_widget_set_tooltip (self->not_applicable, _ ("Not Applicable"));
  gtk_widget_add_css_class (self->not_applicable, "assay-pill");
  gtk_widget_set_visible (self->not_applicable, assay_pairwise_question_get_allow_na (question));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->not_applicable),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Not applicable"), -1);
  g_signal_connect_object (self->not_applicable, "toggled", G_CALLBACK (not_applicable_toggled_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->not_applicable);
  assay_question_field_append (field, line);

  self->both_bar = assay_point_bar_new (both_points);
  /* Translators: %s is a question's label */
  both_title = g_strdup_printf (_ ("%s: kind of tie"), assay_question_field_get_title (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->both_bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  both_title, -1);
  g_signal_connect_swapped (self->both_bar, "chosen", G_CALLBACK (both_chosen_cb), self);
  assay_question_field_append (field, self->both_bar);

  build_reasons (self);

  self->comment =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->comment, "caption");
  gtk_widget_add_css_class (self->comment, "assay-comment");
  assay_question_field_append (field, self->comment);
}

static void
assay_pairwise_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (field);
  AssayCommentRule rule = assay_pairwise_question_get_comment_rule (get_question (self));
  const char *comment = assay_pairwise_answer_get_comment (answer);
  g_autofree char *shown = NULL;
  g_autofree char *caption = NULL;
  AssayBoth both = ASSAY_BOTH_UNSET;
  gboolean asks_both;
  int position = 0;
  int index = -1, both_index = -1;

  self->showing = TRUE;
  if (get_position (self, answer, &position, &both))
    {
      for (guint i = 0; i < self->positions->len; i++)
        {
          if (g_array_index (self->positions, int, i) == position)
            index = i;
        }
      caption = describe_position (self, position);
    }
  else if (assay_pairwise_answer_is_na (answer))
    {
      caption = g_strdup (_ ("Not applicable"));
    }
  assay_point_bar_set_selected (ASSAY_POINT_BAR (self->bar), index);
  /* A line is kept for it, so that nothing moves under the pointer. */
  gtk_label_set_text (GTK_LABEL (self->caption), caption != NULL ? caption : "\xc2\xa0");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->not_applicable),
                                assay_pairwise_answer_is_na (answer));

  asks_both =
      index >= 0 && position == 0 && assay_pairwise_question_get_ask_both (get_question (self));
  for (gsize i = 0; i < G_N_ELEMENTS (both_values); i++)
    {
      if (both_values[i] == both)
        both_index = i;
    }
  assay_point_bar_set_selected (ASSAY_POINT_BAR (self->both_bar), both_index);
  gtk_widget_set_visible (self->both_bar, asks_both);

  for (GtkWidget *child = self->reasons != NULL ? gtk_widget_get_first_child (self->reasons) : NULL;
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));

      gtk_toggle_button_set_active (
          GTK_TOGGLE_BUTTON (button),
          assay_pairwise_answer_has_reason (answer,
                                            g_object_get_data (G_OBJECT (button), "assay-reason")));
    }
  if (self->reasons != NULL)
    gtk_widget_set_visible (self->reasons, index >= 0);

  if (rule == ASSAY_COMMENT_OFF)
    assay_point_bar_set_comment_mark (ASSAY_POINT_BAR (self->bar), ASSAY_COMMENT_MARK_NONE);
  else if (comment != NULL)
    assay_point_bar_set_comment_mark (ASSAY_POINT_BAR (self->bar), ASSAY_COMMENT_MARK_WRITTEN);
  else
    assay_point_bar_set_comment_mark (ASSAY_POINT_BAR (self->bar), rule == ASSAY_COMMENT_REQUIRED
                                                                       ? ASSAY_COMMENT_MARK_NEEDED
                                                                       : ASSAY_COMMENT_MARK_EMPTY);
  shown = comment != NULL ? assay_visible_line (comment, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS) : NULL;
  gtk_label_set_text (GTK_LABEL (self->comment), shown != NULL ? shown : "");
  gtk_widget_set_visible (self->comment, comment != NULL);
  if (self->popover != NULL)
    assay_comment_popover_show_text (ASSAY_COMMENT_POPOVER (self->popover), comment);
  self->showing = FALSE;
}

static void
assay_pairwise_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (field);
  gboolean error = FALSE;
  gboolean tie = gtk_widget_get_visible (self->both_bar);

  for (guint i = 0; i < issues->len; i++)
    error |= assay_issue_get_level (g_ptr_array_index (issues, i)) == ASSAY_ISSUE_ERROR;
  assay_point_bar_set_invalid (ASSAY_POINT_BAR (self->bar), error && !tie, message);
  assay_point_bar_set_invalid (ASSAY_POINT_BAR (self->both_bar), error && tie, message);
}

static void
assay_pairwise_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (field);

  g_ptr_array_add (stops, self->bar);
  if (gtk_widget_get_visible (self->both_bar))
    g_ptr_array_add (stops, self->both_bar);
}

static gboolean
assay_pairwise_field_handle_key (AssayQuestionField *field,
                                 GtkWidget *stop,
                                 const AssayFormKey *key)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (field);
  AssayPairwiseQuestion *question = get_question (self);
  gboolean tie = assay_pairwise_question_get_allow_tie (question);
  gboolean both = tie && assay_pairwise_question_get_ask_both (question);
  int middle = (assay_pairwise_question_get_max_strength (question) + 1) / 2;

  if (stop == self->bar || stop == self->both_bar)
    {
      if (assay_point_bar_handle_key (ASSAY_POINT_BAR (stop), key))
        return TRUE;
    }
  if (assay_form_key_is (key, GDK_KEY_a))
    choose_and_advance (self, -middle, ASSAY_BOTH_UNSET, TRUE);
  else if (assay_form_key_is (key, GDK_KEY_b))
    choose_and_advance (self, middle, ASSAY_BOTH_UNSET, TRUE);
  else if (assay_form_key_is (key, GDK_KEY_t) && tie)
    choose_and_advance (self, 0, ASSAY_BOTH_NEUTRAL, TRUE);
  else if (assay_form_key_is (key, GDK_KEY_g) && both)
    choose_and_advance (self, 0, ASSAY_BOTH_GOOD, TRUE);
  else if (assay_form_key_is (key, GDK_KEY_x) && both)
    choose_and_advance (self, 0, ASSAY_BOTH_BAD, TRUE);
  else if (assay_form_key_is (key, GDK_KEY_t) || assay_form_key_is (key, GDK_KEY_g)
           || assay_form_key_is (key, GDK_KEY_x))
    assay_question_field_show_notice (field, _ ("This kind of tie is not offered here."));
  else if (assay_form_key_is (key, GDK_KEY_n) && !assay_pairwise_question_get_allow_na (question))
    assay_question_field_show_notice (field, _ ("“Not applicable” is not offered here."));
  else if (assay_form_key_is (key, GDK_KEY_n))
    {
      set_not_applicable (self, TRUE);
      assay_question_field_advance (field);
    }
  else if (assay_form_key_is (key, GDK_KEY_c))
    return open_comment (self);
  else
    return FALSE;
  return TRUE;
}

static void
assay_pairwise_field_dispose (GObject *object)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_pairwise_field_parent_class)->dispose (object);
}

static void
assay_pairwise_field_finalize (GObject *object)
{
  AssayPairwiseField *self = ASSAY_PAIRWISE_FIELD (object);

  g_array_unref (self->positions);

  G_OBJECT_CLASS (assay_pairwise_field_parent_class)->finalize (object);
}

static void
assay_pairwise_field_class_init (AssayPairwiseFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  object_class->dispose = assay_pairwise_field_dispose;
  object_class->finalize = assay_pairwise_field_finalize;
  field_class->build = assay_pairwise_field_build;
  field_class->show_answer = assay_pairwise_field_show_answer;
  field_class->show_issues = assay_pairwise_field_show_issues;
  field_class->list_stops = assay_pairwise_field_list_stops;
  field_class->handle_key = assay_pairwise_field_handle_key;
}

static void
assay_pairwise_field_init (AssayPairwiseField *self)
{
  self->positions = g_array_new (FALSE, FALSE, sizeof (int));
}
