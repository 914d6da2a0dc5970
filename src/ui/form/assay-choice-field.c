/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-choice-field.h"

#include "assay-choice-question.h"
#include "assay-issue-list.h"
#include "assay-limits.h"
#include "assay-option-list.h"
#include "assay-paste-guard.h"
#include "assay-point-bar.h"
#include "assay-visible-text.h"

/* Options that are asked for each response stand in one line, if they fit into a narrow pane. */
#define LINE_MAX_OPTIONS 5
#define LINE_MAX_CHARACTERS 30

struct _AssayChoiceField
{
  AssayQuestionField parent_instance;

  GtkWidget *list;        /* (nullable): rows, or */
  GtkWidget *bar;         /* (nullable): one line */
  AssayPasteGuard *guard; /* (owned) (nullable): of the text of one's own */
};

G_DEFINE_FINAL_TYPE (AssayChoiceField, assay_choice_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayChoiceQuestion *
get_question (AssayChoiceField *self)
{
  return ASSAY_CHOICE_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static void
toggled_cb (AssayChoiceField *self, const char *id, gboolean advance)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  if (id == NULL)
    {
      /* The words may have been there before. */
      const char *held = assay_choice_answer_get_other (assay_question_field_get_answer (field));

      assay_question_field_take_answer (field, assay_choice_answer_new ("other", held));
      return;
    }
  assay_question_field_take_answer (field, assay_choice_answer_new (id, NULL));
  if (advance)
    assay_question_field_advance (field);
}

static void
chosen_cb (AssayChoiceField *self, int index, gboolean advance)
{
  toggled_cb (self, assay_choice_question_get_option (get_question (self), index)->id, advance);
}

static void
other_edited_cb (AssayChoiceField *self, const char *text)
{
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self),
                                    assay_choice_answer_new ("other", *text != '\0' ? text : NULL));
}

static gboolean
fits_line (AssayChoiceField *self)
{
  AssayChoiceQuestion *question = get_question (self);
  guint n = assay_choice_question_get_n_options (question);
  glong n_characters = 0;

  if (assay_question_field_get_response (ASSAY_QUESTION_FIELD (self)) == NULL
      || n > LINE_MAX_OPTIONS || assay_choice_question_get_other (question))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const AssayOption *option = assay_choice_question_get_option (question, i);

      if (option->help != NULL)
        return FALSE;
      n_characters += g_utf8_strlen (option->label, -1);
    }
  return n_characters <= LINE_MAX_CHARACTERS;
}

static void
build_bar (AssayChoiceField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayChoiceQuestion *question = get_question (self);
  g_autoptr (AssayPoints) points = assay_points_new ();

  for (guint i = 0; i < assay_choice_question_get_n_options (question); i++)
    {
      g_autofree char *label =
          assay_visible_line (assay_choice_question_get_option (question, i)->label,
                              ASSAY_LIMIT_LABEL_CHARACTERS);

      assay_points_add (points, label, NULL);
    }
  self->bar = assay_point_bar_new (points);
  assay_point_bar_set_ends (ASSAY_POINT_BAR (self->bar), assay_question_field_get_letter (field),
                            NULL);
  assay_question_field_hide_letter (field);
  assay_question_field_label (field, self->bar);
  g_signal_connect_object (self->bar, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  assay_question_field_append (field, self->bar);
}

static void
build_list (AssayChoiceField *self)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  AssayChoiceQuestion *question = get_question (self);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  GtkWidget *entry;

  for (guint i = 0; i < assay_choice_question_get_n_options (question); i++)
    g_ptr_array_add (options, (gpointer) assay_choice_question_get_option (question, i));
  self->list = assay_option_list_new (options, FALSE, assay_choice_question_get_other (question),
                                      assay_question_field_get_title (field));
  assay_question_field_label (field, self->list);
  g_signal_connect_swapped (self->list, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (self->list, "other-edited", G_CALLBACK (other_edited_cb), self);
  assay_question_field_append (field, self->list);

  entry = assay_option_list_get_other_entry (ASSAY_OPTION_LIST (self->list));
  if (entry != NULL)
    {
      self->guard =
          assay_paste_guard_new (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))));
      assay_paste_guard_set_judgement (self->guard, assay_question_field_get_judgement (field));
      g_signal_connect_swapped (self->guard, "refused",
                                G_CALLBACK (assay_question_field_show_notice), self);
    }
}

static void
assay_choice_field_build (AssayQuestionField *field)
{
  AssayChoiceField *self = ASSAY_CHOICE_FIELD (field);

  if (fits_line (self))
    build_bar (self);
  else
    build_list (self);
}

static void
show_in_bar (AssayChoiceField *self, const char *choice)
{
  AssayChoiceQuestion *question = get_question (self);
  int selected = -1;

  for (guint i = 0; choice != NULL && i < assay_choice_question_get_n_options (question); i++)
    {
      if (g_str_equal (assay_choice_question_get_option (question, i)->id, choice))
        selected = i;
    }
  assay_point_bar_set_selected (ASSAY_POINT_BAR (self->bar), selected);
}

static void
assay_choice_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayChoiceField *self = ASSAY_CHOICE_FIELD (field);
  const char *choice = assay_choice_answer_get_choice (answer);
  const char *other = assay_choice_answer_get_other (answer);

  if (self->bar != NULL)
    {
      show_in_bar (self, choice);
      return;
    }
  if (other == NULL && g_strcmp0 (choice, "other") == 0)
    other = "";
  assay_option_list_show (ASSAY_OPTION_LIST (self->list), (const char *const[]) { choice, NULL },
                          other);
}

static void
assay_choice_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayChoiceField *self = ASSAY_CHOICE_FIELD (field);
  gboolean invalid = assay_issue_list_has_error (ASSAY_ISSUE_LIST (message));

  if (self->bar != NULL)
    assay_point_bar_set_invalid (ASSAY_POINT_BAR (self->bar), invalid, message);
  else
    assay_option_list_set_invalid (ASSAY_OPTION_LIST (self->list), invalid, message);
}

static void
assay_choice_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayChoiceField *self = ASSAY_CHOICE_FIELD (field);

  if (self->bar != NULL)
    g_ptr_array_add (stops, self->bar);
  else
    assay_option_list_list_stops (ASSAY_OPTION_LIST (self->list), stops);
}

static gboolean
assay_choice_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  AssayChoiceField *self = ASSAY_CHOICE_FIELD (field);

  if (self->bar != NULL)
    return assay_point_bar_handle_key (ASSAY_POINT_BAR (self->bar), key);
  return assay_option_list_handle_key (ASSAY_OPTION_LIST (self->list), stop, key);
}

static void
assay_choice_field_dispose (GObject *object)
{
  g_clear_object (&ASSAY_CHOICE_FIELD (object)->guard);

  G_OBJECT_CLASS (assay_choice_field_parent_class)->dispose (object);
}

static void
assay_choice_field_class_init (AssayChoiceFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  object_class->dispose = assay_choice_field_dispose;
  field_class->build = assay_choice_field_build;
  field_class->show_answer = assay_choice_field_show_answer;
  field_class->show_issues = assay_choice_field_show_issues;
  field_class->list_stops = assay_choice_field_list_stops;
  field_class->handle_key = assay_choice_field_handle_key;
}

static void
assay_choice_field_init (AssayChoiceField *self)
{
}
