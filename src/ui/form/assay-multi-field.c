/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-multi-field.h"

#include "assay-issue-list.h"
#include "assay-multi-question.h"
#include "assay-option-list.h"
#include "assay-paste-guard.h"

struct _AssayMultiField
{
  AssayQuestionField parent_instance;

  GtkWidget *list;
  gboolean other_open;    /* chosen, and no word written yet */
  AssayPasteGuard *guard; /* (owned) (nullable): of the text of one's own */
};

G_DEFINE_FINAL_TYPE (AssayMultiField, assay_multi_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayMultiQuestion *
get_question (AssayMultiField *self)
{
  return ASSAY_MULTI_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static void
set_other (AssayMultiField *self, const char *text)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  g_auto (GStrv) ids = assay_multi_answer_dup_ids (assay_question_field_get_answer (field));

  assay_question_field_take_answer (field,
                                    assay_multi_answer_new ((const char *const *) ids, text));
}

static void
toggled_cb (AssayMultiField *self, const char *id, gboolean advance)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);
  JsonNode *held = assay_question_field_get_answer (field);

  if (id != NULL)
    {
      assay_question_field_take_answer (field,
                                        assay_multi_answer_toggle (get_question (self), held, id));
      return;
    }
  self->other_open = !self->other_open && assay_multi_answer_get_other (held) == NULL;
  if (!self->other_open)
    set_other (self, NULL);
  assay_form_section_refresh (ASSAY_FORM_SECTION (self));
}

static void
other_edited_cb (AssayMultiField *self, const char *text)
{
  self->other_open = TRUE;
  set_other (self, *text != '\0' ? text : NULL);
}

/* "Choose 1 to 3", or NULL. (transfer full) */
static char *
describe_limits (AssayMultiQuestion *question)
{
  guint min = assay_multi_question_get_min (question);
  guint max = assay_multi_question_get_max (question);

  if (min == 0 && max == 0)
    return NULL;
  if (min == max)
    return g_strdup_printf (ngettext ("Choose %u", "Choose %u", min), min);
  if (max == 0)
    return g_strdup_printf (ngettext ("Choose at least %u", "Choose at least %u", min), min);
  if (min == 0)
    return g_strdup_printf (ngettext ("Choose up to %u", "Choose up to %u", max), max);
  /* Translators: how many of several options may be chosen */
  return g_strdup_printf (_ ("Choose %u to %u"), min, max);
}

static void
assay_multi_field_build (AssayQuestionField *field)
{
  AssayMultiField *self = ASSAY_MULTI_FIELD (field);
  AssayMultiQuestion *question = get_question (self);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  g_autofree char *limits = NULL;
  GtkWidget *entry;

  limits = describe_limits (question);
  if (limits != NULL)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", limits, "xalign", 0.0, NULL);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      assay_question_field_append (field, label);
    }
  for (guint i = 0; i < assay_multi_question_get_n_options (question); i++)
    g_ptr_array_add (options, (gpointer) assay_multi_question_get_option (question, i));
  self->list = assay_option_list_new (options, TRUE, assay_multi_question_get_other (question),
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
assay_multi_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayMultiField *self = ASSAY_MULTI_FIELD (field);
  g_auto (GStrv) ids = assay_multi_answer_dup_ids (answer);
  const char *other = assay_multi_answer_get_other (answer);

  if (other != NULL)
    self->other_open = TRUE;
  else if (self->other_open)
    other = "";
  assay_option_list_show (ASSAY_OPTION_LIST (self->list), (const char *const *) ids, other);
}

static void
assay_multi_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  assay_option_list_set_invalid (ASSAY_OPTION_LIST (ASSAY_MULTI_FIELD (field)->list),
                                 assay_issue_list_has_error (ASSAY_ISSUE_LIST (message)), message);
}

static void
assay_multi_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  assay_option_list_list_stops (ASSAY_OPTION_LIST (ASSAY_MULTI_FIELD (field)->list), stops);
}

static gboolean
assay_multi_field_handle_key (AssayQuestionField *field, GtkWidget *stop, const AssayFormKey *key)
{
  return assay_option_list_handle_key (ASSAY_OPTION_LIST (ASSAY_MULTI_FIELD (field)->list), stop,
                                       key);
}

static void
assay_multi_field_dispose (GObject *object)
{
  g_clear_object (&ASSAY_MULTI_FIELD (object)->guard);

  G_OBJECT_CLASS (assay_multi_field_parent_class)->dispose (object);
}

static void
assay_multi_field_class_init (AssayMultiFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  object_class->dispose = assay_multi_field_dispose;
  field_class->build = assay_multi_field_build;
  field_class->show_answer = assay_multi_field_show_answer;
  field_class->show_issues = assay_multi_field_show_issues;
  field_class->list_stops = assay_multi_field_list_stops;
  field_class->handle_key = assay_multi_field_handle_key;
}

static void
assay_multi_field_init (AssayMultiField *self)
{
}
