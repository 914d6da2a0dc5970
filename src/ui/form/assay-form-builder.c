/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form-builder.h"

#include <glib/gi18n.h>

#include "assay-answer-places.h"
#include "assay-checklist-field.h"
#include "assay-choice-field.h"
#include "assay-claims-field.h"
#include "assay-form-section.h"
#include "assay-limits.h"
#include "assay-multi-field.h"
#include "assay-number-field.h"
#include "assay-pairwise-field.h"
#include "assay-question-field.h"
#include "assay-questions.h"
#include "assay-rank-field.h"
#include "assay-rewrite-field.h"
#include "assay-rubric-grid.h"
#include "assay-spans-field.h"
#include "assay-text-field.h"
#include "assay-unknown-field.h"
#include "assay-visible-text.h"

/**
 * AssayFieldRow:
 *
 * Which widget asks a type of question. @field: a subclass of AssayQuestionField; NULL: consecutive
 * questions form a rubric grid. @all_responses: one field serves all responses of a question that
 * is asked for each.
 */
typedef struct
{
  GType (*question) (void);
  GType (*field) (void);
  gboolean all_responses;
} AssayFieldRow;

/* A new question type is a field of its own and one row here. */
static const AssayFieldRow field_rows[] = {
  { assay_pairwise_question_get_type, assay_pairwise_field_get_type, TRUE },
  { assay_rank_question_get_type, assay_rank_field_get_type, TRUE },
  { assay_scale_question_get_type, NULL, TRUE },
  { assay_choice_question_get_type, assay_choice_field_get_type, FALSE },
  { assay_multi_question_get_type, assay_multi_field_get_type, FALSE },
  { assay_checklist_question_get_type, assay_checklist_field_get_type, TRUE },
  { assay_number_question_get_type, assay_number_field_get_type, FALSE },
  { assay_claims_question_get_type, assay_claims_field_get_type, FALSE },
  { assay_rewrite_question_get_type, assay_rewrite_field_get_type, FALSE },
  { assay_spans_question_get_type, assay_spans_field_get_type, FALSE },
  { assay_text_question_get_type, assay_text_field_get_type, FALSE },
  { assay_unknown_question_get_type, assay_unknown_field_get_type, TRUE },
};

typedef struct
{
  AssayJudgement *judgement; /* (not owned) */
  GtkWidget *parent;         /* (not owned) */
  GPtrArray *sections;       /* AssayFormSection */
} Builder;

static const AssayFieldRow *
find_field_row (AssayQuestion *question)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_rows); i++)
    {
      if (g_type_is_a (G_OBJECT_TYPE (question), field_rows[i].question ()))
        return &field_rows[i];
    }
  return &field_rows[G_N_ELEMENTS (field_rows) - 1];
}

static void
add_section (Builder *self, GtkWidget *section)
{
  gtk_widget_set_parent (section, self->parent);
  g_ptr_array_add (self->sections, section);
}

/* Whoever begins with a form of this size should know it. */
static void
add_length_notice (Builder *self, guint n_questions)
{
  g_autofree char *text = g_strdup_printf (ngettext ("This form has %u question.",
                                                     "This form has %u questions.", n_questions),
                                           n_questions);
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_parent (label, self->parent);
}

static void
add_group_title (Builder *self, const char *group)
{
  g_autofree char *text = assay_visible_line (group, ASSAY_LIMIT_LABEL_CHARACTERS);
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, "assay-group-title");
  gtk_widget_set_parent (label, self->parent);
}

static void
add_field (Builder *self,
           GType type,
           AssayQuestion *question,
           const char *response,
           gboolean show_title)
{
  add_section (self, g_object_new (type, "judgement", self->judgement, "question", question,
                                   "response", response, "show-title", show_title, NULL));
}

static void
add_fields (Builder *self, const AssayFieldRow *row, AssayQuestion *question)
{
  g_autoptr (GPtrArray) places = NULL;

  if (row->all_responses || assay_question_get_scope (question) == ASSAY_SCOPE_TASK)
    {
      add_field (self, row->field (), question, NULL, TRUE);
      return;
    }
  places = assay_judgement_list_places (self->judgement, question);
  for (guint i = 0; i < places->len; i++)
    add_field (self, row->field (), question, places->pdata[i], i == 0);
}

/* Takes the questions from @index on that belong into one grid; returns how many they are. */
static guint
add_grid (Builder *self, AssayForm *form, guint index)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new ();
  AssayScope scope = assay_question_get_scope (assay_form_get_question (form, index));
  g_autoptr (GPtrArray) places =
      assay_judgement_list_places (self->judgement, assay_form_get_question (form, index));
  GtkWidget *grid;

  for (guint i = index; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (!ASSAY_IS_SCALE_QUESTION (question) || assay_question_get_scope (question) != scope)
        break;
      g_ptr_array_add (questions, question);
    }
  if (places->len == 0)
    return questions->len;
  grid = assay_rubric_grid_new (self->judgement, questions);
  add_section (self, grid);
  return questions->len;
}

/* Below the last grid of several criteria, since the mean is over all of them. */
static void
choose_mean (Builder *self, AssayForm *form)
{
  guint n_criteria = 0;

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      n_criteria += ASSAY_IS_SCALE_QUESTION (question)
                    && assay_question_get_scope (question) == ASSAY_SCOPE_EACH_RESPONSE;
    }
  for (guint i = self->sections->len; i > 0 && n_criteria > 1; i--)
    {
      GtkWidget *section = g_ptr_array_index (self->sections, i - 1);

      if (ASSAY_IS_RUBRIC_GRID (section)
          && assay_rubric_grid_get_has_responses (ASSAY_RUBRIC_GRID (section)))
        {
          assay_rubric_grid_set_show_mean (ASSAY_RUBRIC_GRID (section), TRUE);
          return;
        }
    }
}

GPtrArray *
assay_form_build (AssayJudgement *judgement, GtkWidget *parent)
{
  Builder builder = { judgement, parent, g_ptr_array_new () };
  Builder *self = &builder;
  AssayForm *form = assay_task_get_form (assay_judgement_get_task (self->judgement));
  const char *group = NULL;

  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  if (assay_form_get_n_questions (form) > ASSAY_LIMIT_QUESTIONS_SOFT)
    add_length_notice (self, assay_form_get_n_questions (form));
  for (guint i = 0; i < assay_form_get_n_questions (form);)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const AssayFieldRow *row = find_field_row (question);
      const char *own_group = assay_question_get_group (question);

      if (row->field == NULL)
        {
          i += add_grid (self, form, i);
          group = NULL;
          continue;
        }
      if (own_group != NULL && g_strcmp0 (own_group, group) != 0)
        add_group_title (self, own_group);
      group = own_group;
      add_fields (self, row, question);
      i++;
    }
  choose_mean (self, form);
  return builder.sections;
}
