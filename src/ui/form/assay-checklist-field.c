/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-checklist-field.h"

#include "assay-checklist-question.h"
#include "assay-comment-popover.h"
#include "assay-constraint-line.h"
#include "assay-constraint.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-point-bar.h"
#include "assay-visible-text.h"

#define ITEM_MAX_CHARACTERS 1000

/**
 * AssayVerdictCell:
 *
 * One item for one response (NULL: for the task as a whole).
 */
typedef struct
{
  guint item;
  const char *response; /* borrowed from the task */
  GtkWidget *bar;
  GtkWidget *comment;
} AssayVerdictCell;

typedef struct
{
  AssayMet met;
  const char *label;
} AssayVerdictLabel;

struct _AssayChecklistField
{
  AssayQuestionField parent_instance;

  GArray *cells;          /* AssayVerdictCell, in the order of travel */
  GArray *verdicts;       /* AssayMet: what the points of each bar mean */
  GPtrArray *item_issues; /* GtkWidget: one list of issues below each item */
  GtkWidget *score;
  GtkWidget *popover; /* (nullable): made when first needed */
};

G_DEFINE_FINAL_TYPE (AssayChecklistField, assay_checklist_field, ASSAY_TYPE_QUESTION_FIELD)

/* Translators: short verdicts on one item of a checklist, on narrow buttons */
static const AssayVerdictLabel verdict_labels[] = {
  { ASSAY_MET_YES, NC_ ("verdict", "Yes") },  { ASSAY_MET_PARTIAL, NC_ ("verdict", "Partly") },
  { ASSAY_MET_NO, NC_ ("verdict", "No") },    { ASSAY_MET_NA, NC_ ("verdict", "N/A") },
  { ASSAY_MET_UNSURE, NC_ ("verdict", "?") },
};

static AssayChecklistQuestion *
get_question (AssayChecklistField *self)
{
  return ASSAY_CHECKLIST_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static JsonNode *
get_answer (AssayChecklistField *self, const AssayVerdictCell *cell)
{
  return assay_judgement_get_answer (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)),
      assay_question_get_id (ASSAY_QUESTION (get_question (self))), cell->response);
}

static void
take_answer (AssayChecklistField *self, const AssayVerdictCell *cell, JsonNode *answer)
{
  g_autoptr (JsonNode) taken = answer;

  assay_judgement_set_answer (assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)),
                              assay_question_get_id (ASSAY_QUESTION (get_question (self))),
                              cell->response, taken);
}

static const AssayChecklistItem *
get_item (AssayChecklistField *self, const AssayVerdictCell *cell)
{
  return assay_checklist_question_get_item (get_question (self), cell->item);
}

static AssayVerdictCell *
find_cell (AssayChecklistField *self, GtkWidget *bar)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      AssayVerdictCell *cell = &g_array_index (self->cells, AssayVerdictCell, i);

      if (cell->bar == bar)
        return cell;
    }
  return NULL;
}

static void
set_verdict (AssayChecklistField *self, AssayVerdictCell *cell, AssayMet met, gboolean advance)
{
  take_answer (self, cell,
               assay_checklist_answer_with (get_answer (self, cell), get_item (self, cell)->id,
                                            met));
  if (advance)
    assay_form_section_advance (ASSAY_FORM_SECTION (self), cell->bar);
}

static void
chosen_cb (AssayChecklistField *self, int index, gboolean advance, GtkWidget *bar)
{
  set_verdict (self, find_cell (self, bar), g_array_index (self->verdicts, AssayMet, index),
               advance);
}

static void
comment_edited_cb (AssayChecklistField *self, const char *text)
{
  AssayVerdictCell *cell =
      find_cell (self, assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)));

  if (cell != NULL)
    take_answer (self, cell,
                 assay_checklist_answer_with_comment (get_answer (self, cell),
                                                      get_item (self, cell)->id, text));
}

static gboolean
open_comment (AssayChecklistField *self, AssayVerdictCell *cell)
{
  JsonNode *answer = get_answer (self, cell);
  const AssayChecklistItem *item = get_item (self, cell);
  g_autofree char *title = assay_visible_line (item->text, ASSAY_LIMIT_LABEL_CHARACTERS);

  if (self->popover == NULL)
    {
      self->popover = assay_comment_popover_new (
          assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "edited", G_CALLBACK (comment_edited_cb), self);
    }
  assay_comment_popover_open (
      ASSAY_COMMENT_POPOVER (self->popover), cell->bar, title,
      assay_checklist_answer_get_comment (answer, item->id),
      assay_checklist_question_needs_comment (get_question (self),
                                              assay_checklist_answer_get (answer, item->id)));
  return TRUE;
}

static void
comment_clicked_cb (AssayChecklistField *self, GtkWidget *bar)
{
  open_comment (self, find_cell (self, bar));
}

static AssayPoints *
make_points (AssayChecklistField *self, guint item)
{
  AssayPoints *points = assay_points_new ();

  for (guint i = 0; i < self->verdicts->len; i++)
    {
      AssayMet met = g_array_index (self->verdicts, AssayMet, i);
      const char *label = NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (verdict_labels); j++)
        {
          if (verdict_labels[j].met == met)
            label = verdict_labels[j].label;
        }
      assay_points_add (points, g_dpgettext2 (NULL, "verdict", label),
                        assay_checklist_question_get_label (get_question (self), item, met));
    }
  return points;
}

/* "2 points", "critical", "Fault present?": what a person must know before answering. (transfer
 * full) (nullable) */
static char *
describe_item (const AssayChecklistItem *item)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (item->points < 0)
    /* Translators: stands below an item that is worded as a fault, where "yes" is bad */
    g_strv_builder_add (builder, _ ("Fault present?"));
  if (item->points != 1)
    g_strv_builder_take (builder,
                         g_strdup_printf (ngettext ("%d point", "%d points", ABS (item->points)),
                                          item->points));
  if (item->critical)
    /* Translators: an item of a checklist that decides the whole */
    g_strv_builder_add (builder, C_ ("checklist", "critical"));
  parts = g_strv_builder_end (builder);
  return parts[0] != NULL ? g_strjoinv (" · ", parts) : NULL;
}

/* What can be tested is, and the person has the last word. */
static void
append_check (AssayChecklistField *self, GtkWidget *row, const AssayVerdictCell *cell)
{
  const AssayChecklistItem *item = get_item (self, cell);
  AssayTask *task =
      assay_judgement_get_task (assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
  GtkWidget *line;

  if (item->check == NULL || item->points < 0 || cell->response == NULL
      || !assay_constraint_is_known (item->check))
    return;
  line = assay_constraint_line_new ();
  assay_constraint_line_check (ASSAY_CONSTRAINT_LINE (line), item->check, item->check_args,
                               assay_task_find_response (task, cell->response));
  gtk_box_append (GTK_BOX (row), line);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (cell->bar), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  line, NULL, -1);
}

static void
append_cell (AssayChecklistField *self,
             GtkWidget *row,
             guint index,
             AssayPoints *points,
             const char *text,
             const char *response)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayPresentation *presentation =
      assay_judgement_get_presentation (assay_question_field_get_judgement (field));
  AssayVerdictCell cell = { .item = index, .response = response };
  g_autofree char *label = g_strdup (text);

  cell.bar = assay_point_bar_new (points);
  assay_point_bar_set_neutral (ASSAY_POINT_BAR (cell.bar), TRUE);
  if (response != NULL)
    {
      const char *letter = assay_presentation_get_letter (presentation, response);

      if (assay_presentation_get_n (presentation) > 1)
        assay_point_bar_set_ends (ASSAY_POINT_BAR (cell.bar), letter, NULL);
      g_free (label);
      label = g_strdup_printf (_ ("%s, response %s"), text, letter);
    }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (cell.bar), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
      GTK_ACCESSIBLE_PROPERTY_REQUIRED,
      assay_question_get_required (ASSAY_QUESTION (get_question (self))), -1);
  g_signal_connect_object (cell.bar, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell.bar, "comment-clicked", G_CALLBACK (comment_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), cell.bar);
  append_check (self, row, &cell);

  cell.comment =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, "visible", FALSE, NULL);
  gtk_widget_add_css_class (cell.comment, "caption");
  gtk_widget_add_css_class (cell.comment, "assay-comment");
  gtk_box_append (GTK_BOX (row), cell.comment);
  g_array_append_val (self->cells, cell);
}

static void
append_item (AssayChecklistField *self, guint index)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayJudgement *judgement = assay_question_field_get_judgement (field);
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  const AssayChecklistItem *item = assay_checklist_question_get_item (get_question (self), index);
  g_autoptr (AssayPoints) points = make_points (self, index);
  g_autofree char *text = assay_visible_line (item->text, ITEM_MAX_CHARACTERS);
  g_autofree char *caption = describe_item (item);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *label;

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (row), label);
  if (caption != NULL)
    {
      label = g_object_new (GTK_TYPE_LABEL, "label", caption, "xalign", 0.0, NULL);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (row), label);
    }

  if (assay_question_get_scope (ASSAY_QUESTION (get_question (self))) == ASSAY_SCOPE_TASK)
    append_cell (self, row, index, points, text, NULL);
  else if (assay_question_field_get_response (field) != NULL)
    append_cell (self, row, index, points, text, assay_question_field_get_response (field));
  else
    for (guint place = 0; place < assay_presentation_get_n (presentation); place++)
      append_cell (self, row, index, points, text,
                   assay_form_section_response_at (judgement, place));

  label = assay_issue_list_new ();
  gtk_box_append (GTK_BOX (row), label);
  g_ptr_array_add (self->item_issues, label);
  gtk_widget_add_css_class (row, "assay-checklist-row");
  assay_question_field_append (field, row);
}

static void
assay_checklist_field_build (AssayQuestionField *field)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  AssayChecklistQuestion *question = get_question (self);
  const char *category = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (verdict_labels); i++)
    {
      if (assay_checklist_question_allows (question, verdict_labels[i].met))
        g_array_append_val (self->verdicts, verdict_labels[i].met);
    }

  for (guint i = 0; i < assay_checklist_question_get_n_items (question); i++)
    {
      const AssayChecklistItem *item = assay_checklist_question_get_item (question, i);

      if (item->category != NULL && g_strcmp0 (item->category, category) != 0)
        {
          g_autofree char *text = assay_visible_line (item->category, ASSAY_LIMIT_LABEL_CHARACTERS);
          GtkWidget *label =
              g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

          gtk_widget_add_css_class (label, "assay-group-title");
          assay_question_field_append (field, label);
        }
      category = item->category;
      append_item (self, i);
    }

  self->score = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->score, "caption");
  gtk_widget_add_css_class (self->score, "dim-label");
  gtk_widget_add_css_class (self->score, "numeric");
  assay_question_field_append (field, self->score);
}

static void
show_cell (AssayChecklistField *self, const AssayVerdictCell *cell)
{
  JsonNode *answer = get_answer (self, cell);
  const char *id = get_item (self, cell)->id;
  AssayMet met = assay_checklist_answer_get (answer, id);
  const char *comment = assay_checklist_answer_get_comment (answer, id);
  g_autofree char *shown = NULL;
  int selected = -1;

  for (guint i = 0; i < self->verdicts->len; i++)
    {
      if (g_array_index (self->verdicts, AssayMet, i) == met)
        selected = i;
    }
  assay_point_bar_set_selected (ASSAY_POINT_BAR (cell->bar), selected);
  if (comment != NULL)
    assay_point_bar_set_comment_mark (ASSAY_POINT_BAR (cell->bar), ASSAY_COMMENT_MARK_WRITTEN);
  else
    assay_point_bar_set_comment_mark (ASSAY_POINT_BAR (cell->bar),
                                      assay_checklist_question_needs_comment (get_question (self),
                                                                              met)
                                          ? ASSAY_COMMENT_MARK_NEEDED
                                          : ASSAY_COMMENT_MARK_EMPTY);
  shown = comment != NULL ? assay_visible_line (comment, ASSAY_LIMIT_LABEL_TEXT_CHARACTERS) : NULL;
  gtk_label_set_text (GTK_LABEL (cell->comment), shown != NULL ? shown : "");
  gtk_widget_set_visible (cell->comment, comment != NULL);
  if (self->popover != NULL
      && assay_comment_popover_get_about (ASSAY_COMMENT_POPOVER (self->popover)) == cell->bar)
    assay_comment_popover_show_text (ASSAY_COMMENT_POPOVER (self->popover), comment);
}

static char *
describe_score (AssayChecklistField *self, const AssayVerdictCell *cell)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
  AssayChecklistScore score =
      assay_checklist_question_score (get_question (self), get_answer (self, cell));
  g_autofree char *points = NULL;
  g_autofree char *text = NULL;

  if (score.answered == 0)
    return NULL;
  if (score.max > 0)
    /* Translators: points reached, the greatest possible, and their ratio in percent */
    points = g_strdup_printf (_ ("%g of %g points (%.0f %%)"), score.points, score.max,
                              score.fraction * 100);
  else
    points = g_strdup_printf (ngettext ("%g point", "%g points", (gulong) ABS (score.points)),
                              score.points);
  if (score.failed)
    /* Translators: %s are points; the result is failed because of a critical item */
    text = g_strdup_printf (_ ("%s, failed by a critical item"), points);
  else
    text = g_steal_pointer (&points);
  if (cell->response == NULL || assay_presentation_get_n (presentation) < 2)
    return g_steal_pointer (&text);
  /* Translators: a response's letter and its points */
  return g_strdup_printf (C_ ("checklist", "%s: %s"),
                          assay_presentation_get_letter (presentation, cell->response), text);
}

static void
assay_checklist_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  g_autoptr (GString) scores = g_string_new (NULL);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const AssayVerdictCell *cell = &g_array_index (self->cells, AssayVerdictCell, i);
      g_autofree char *score = NULL;

      show_cell (self, cell);
      /* The cells of the first item stand for all responses. */
      if (cell->item == 0)
        score = describe_score (self, cell);
      if (score != NULL)
        g_string_append_printf (scores, "%s%s", scores->len > 0 ? "\n" : "", score);
    }
  gtk_label_set_text (GTK_LABEL (self->score), scores->str);
  gtk_widget_set_visible (self->score, scores->len > 0);
}

static void
assay_checklist_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < issues->len; i++)
    {
      if (assay_issue_get_item (g_ptr_array_index (issues, i)) == NULL)
        g_ptr_array_add (rest, g_ptr_array_index (issues, i));
    }
  assay_issue_list_set_issues (ASSAY_ISSUE_LIST (message), rest);

  for (guint item = 0; item < self->item_issues->len; item++)
    {
      const char *id = assay_checklist_question_get_item (get_question (self), item)->id;
      g_autoptr (GPtrArray) own = g_ptr_array_new ();

      for (guint i = 0; i < issues->len; i++)
        {
          if (g_strcmp0 (assay_issue_get_item (g_ptr_array_index (issues, i)), id) == 0)
            g_ptr_array_add (own, g_ptr_array_index (issues, i));
        }
      assay_issue_list_set_issues (ASSAY_ISSUE_LIST (g_ptr_array_index (self->item_issues, item)),
                                   own);
    }

  for (guint i = 0; i < self->cells->len; i++)
    {
      const AssayVerdictCell *cell = &g_array_index (self->cells, AssayVerdictCell, i);
      GtkWidget *list = g_ptr_array_index (self->item_issues, cell->item);
      const char *id = get_item (self, cell)->id;
      gboolean invalid = FALSE;

      for (guint j = 0; j < issues->len; j++)
        {
          AssayIssue *issue = g_ptr_array_index (issues, j);

          invalid |= assay_issue_get_level (issue) == ASSAY_ISSUE_ERROR
                     && g_strcmp0 (assay_issue_get_item (issue), id) == 0
                     && (assay_issue_get_response (issue) == NULL
                         || g_strcmp0 (assay_issue_get_response (issue), cell->response) == 0);
        }
      assay_point_bar_set_invalid (ASSAY_POINT_BAR (cell->bar), invalid, list);
    }
}

static void
assay_checklist_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);

  for (guint i = 0; i < self->cells->len; i++)
    g_ptr_array_add (stops, g_array_index (self->cells, AssayVerdictCell, i).bar);
}

static GtkWidget *
assay_checklist_field_find_item (AssayQuestionField *field, const char *response, const char *item)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  GtkWidget *unanswered = NULL;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const AssayVerdictCell *cell = &g_array_index (self->cells, AssayVerdictCell, i);

      if (response != NULL && g_strcmp0 (response, cell->response) != 0)
        continue;
      if (item != NULL && g_str_equal (get_item (self, cell)->id, item))
        return cell->bar;
      if (item == NULL && unanswered == NULL
          && assay_point_bar_get_selected (ASSAY_POINT_BAR (cell->bar)) < 0)
        unanswered = cell->bar;
    }
  return unanswered;
}

static const char *
assay_checklist_field_get_response_of (AssayQuestionField *field, GtkWidget *stop)
{
  AssayVerdictCell *cell = find_cell (ASSAY_CHECKLIST_FIELD (field), stop);

  return cell != NULL ? cell->response : NULL;
}

static gboolean
assay_checklist_field_handle_key (AssayQuestionField *field,
                                  GtkWidget *stop,
                                  const AssayFormKey *key)
{
  static const struct
  {
    guint symbol;
    AssayMet met;
  } keys[] = {
    { GDK_KEY_y, ASSAY_MET_YES },           { GDK_KEY_n, ASSAY_MET_NO },
    { GDK_KEY_p, ASSAY_MET_PARTIAL },       { GDK_KEY_minus, ASSAY_MET_NA },
    { GDK_KEY_question, ASSAY_MET_UNSURE },
  };
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  AssayVerdictCell *cell = find_cell (self, stop);

  if (cell == NULL)
    return FALSE;
  if (assay_point_bar_handle_key (ASSAY_POINT_BAR (cell->bar), key))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!assay_form_key_is (key, keys[i].symbol))
        continue;
      if (assay_checklist_question_allows (get_question (self), keys[i].met))
        set_verdict (self, cell, keys[i].met, TRUE);
      else
        assay_question_field_show_notice (field, _ ("This verdict is not offered here."));
      return TRUE;
    }
  if (assay_form_key_is (key, GDK_KEY_c))
    return open_comment (self, cell);
  return FALSE;
}

static void
assay_checklist_field_clear (AssayQuestionField *field, GtkWidget *stop)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (field);
  AssayVerdictCell *cell = find_cell (self, stop);

  if (cell != NULL)
    set_verdict (self, cell, ASSAY_MET_UNSET, FALSE);
}

static void
assay_checklist_field_dispose (GObject *object)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (assay_checklist_field_parent_class)->dispose (object);
}

static void
assay_checklist_field_finalize (GObject *object)
{
  AssayChecklistField *self = ASSAY_CHECKLIST_FIELD (object);

  g_array_unref (self->cells);
  g_array_unref (self->verdicts);
  g_ptr_array_unref (self->item_issues);

  G_OBJECT_CLASS (assay_checklist_field_parent_class)->finalize (object);
}

static void
assay_checklist_field_class_init (AssayChecklistFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  object_class->dispose = assay_checklist_field_dispose;
  object_class->finalize = assay_checklist_field_finalize;
  field_class->build = assay_checklist_field_build;
  field_class->show_answer = assay_checklist_field_show_answer;
  field_class->show_issues = assay_checklist_field_show_issues;
  field_class->list_stops = assay_checklist_field_list_stops;
  field_class->find_item = assay_checklist_field_find_item;
  field_class->get_response_of = assay_checklist_field_get_response_of;
  field_class->clear = assay_checklist_field_clear;
  field_class->handle_key = assay_checklist_field_handle_key;
}

static void
assay_checklist_field_init (AssayChecklistField *self)
{
  self->cells = g_array_new (FALSE, TRUE, sizeof (AssayVerdictCell));
  self->verdicts = g_array_new (FALSE, FALSE, sizeof (AssayMet));
  self->item_issues = g_ptr_array_new ();
}
