/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-text-field.h"

#include "assay-issue-list.h"
#include "assay-paste-guard.h"
#include "assay-text-area.h"
#include "assay-text-question.h"
#include "assay-words.h"

struct _AssayTextField
{
  AssayQuestionField parent_instance;

  GtkWidget *area;  /* for several lines, or */
  GtkWidget *entry; /* for one */
  GtkWidget *counter;
  AssayPasteGuard *guard; /* (owned) (nullable): of the entry */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (AssayTextField, assay_text_field, ASSAY_TYPE_QUESTION_FIELD)

static AssayTextQuestion *
get_question (AssayTextField *self)
{
  return ASSAY_TEXT_QUESTION (assay_question_field_get_question (ASSAY_QUESTION_FIELD (self)));
}

static void
edited_cb (AssayTextField *self)
{
  g_autofree char *text = NULL;

  if (self->showing)
    return;
  if (self->area != NULL)
    text = assay_text_area_dup_text (ASSAY_TEXT_AREA (self->area));
  else
    text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  self->showing = TRUE;
  assay_question_field_take_answer (ASSAY_QUESTION_FIELD (self), assay_text_answer_new (text));
  self->showing = FALSE;
}

static void
focus_leave_cb (AssayTextField *self)
{
  assay_judgement_break_undo_group (
      assay_question_field_get_judgement (ASSAY_QUESTION_FIELD (self)));
}

static void
activate_cb (AssayTextField *self)
{
  assay_question_field_advance (ASSAY_QUESTION_FIELD (self));
}

/* "12 of 50 to 300 characters". (transfer full) */
static char *
describe_length (guint count, guint min, guint max, gboolean words)
{
  if (min > 0 && max > 0)
    return words
               ? g_strdup_printf (
                     /* Translators: how many words there are, and how many are asked for */
                     ngettext ("%u of %u to %u word", "%u of %u to %u words", max), count, min, max)
               : g_strdup_printf (ngettext ("%u of %u to %u character", "%u of %u to %u characters",
                                            max),
                                  count, min, max);
  if (min > 0)
    return words ? g_strdup_printf (ngettext ("%u of at least %u word", "%u of at least %u words",
                                              min),
                                    count, min)
                 : g_strdup_printf (ngettext ("%u of at least %u character",
                                              "%u of at least %u characters", min),
                                    count, min);
  return words ? g_strdup_printf (ngettext ("%u of at most %u word", "%u of at most %u words", max),
                                  count, max)
               : g_strdup_printf (ngettext ("%u of at most %u character",
                                            "%u of at most %u characters", max),
                                  count, max);
}

static void
update_counter (AssayTextField *self, const char *text)
{
  AssayTextQuestion *question = get_question (self);
  guint min_words = assay_text_question_get_min_words (question);
  guint max_words = assay_text_question_get_max_words (question);
  guint min = assay_text_question_get_min_chars (question);
  guint max = assay_text_question_get_max_chars (question);
  g_autofree char *words = NULL;
  g_autofree char *characters = NULL;
  g_autofree char *all = NULL;

  if (min_words > 0 || max_words > 0)
    words = describe_length (assay_words_count (text), min_words, max_words, TRUE);
  if (min > 0 || max > 0)
    characters = describe_length (assay_characters_count_trimmed (text), min, max, FALSE);
  if (words != NULL && characters != NULL)
    all = g_strdup_printf ("%s · %s", words, characters);
  else
    all = g_strdup (words != NULL ? words : characters);
  gtk_label_set_text (GTK_LABEL (self->counter), all != NULL ? all : "");
  gtk_widget_set_visible (self->counter, all != NULL);
}

static void
build_area (AssayTextField *self, const char *placeholder)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  self->area = assay_text_area_new ();
  assay_text_area_set_placeholder (ASSAY_TEXT_AREA (self->area), placeholder);
  assay_text_area_set_judgement (ASSAY_TEXT_AREA (self->area),
                                 assay_question_field_get_judgement (field));
  assay_question_field_label (field, assay_text_area_get_text_view (ASSAY_TEXT_AREA (self->area)));
  g_signal_connect_object (self->area, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  assay_question_field_append (field, self->area);
}

static void
build_entry (AssayTextField *self, const char *placeholder)
{
  AssayQuestionField *field = ASSAY_QUESTION_FIELD (self);

  self->entry = gtk_entry_new ();
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  assay_question_field_label (field, self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  self->guard =
      assay_paste_guard_new (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
  assay_paste_guard_set_judgement (self->guard, assay_question_field_get_judgement (field));
  g_signal_connect_swapped (self->guard, "refused", G_CALLBACK (assay_question_field_show_notice),
                            self);
  assay_question_field_append (field, self->entry);
}

static void
assay_text_field_build (AssayQuestionField *field)
{
  AssayTextField *self = ASSAY_TEXT_FIELD (field);
  AssayTextQuestion *question = get_question (self);
  const char *placeholder = assay_text_question_get_placeholder (question);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  if (assay_text_question_get_multiline (question))
    build_area (self, placeholder);
  else
    build_entry (self, placeholder);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  self->counter = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->counter, "caption");
  gtk_widget_add_css_class (self->counter, "dim-label");
  gtk_widget_add_css_class (self->counter, "numeric");
  assay_question_field_append (field, self->counter);
}

static void
assay_text_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
  AssayTextField *self = ASSAY_TEXT_FIELD (field);
  const char *text = assay_text_answer_get (answer);

  if (text == NULL)
    text = "";
  if (!self->showing)
    {
      self->showing = TRUE;
      if (self->area != NULL)
        assay_text_area_show_text (ASSAY_TEXT_AREA (self->area), text);
      else if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      self->showing = FALSE;
    }
  update_counter (self, text);
}

static void
assay_text_field_show_issues (AssayQuestionField *field, GPtrArray *issues, GtkWidget *message)
{
  AssayTextField *self = ASSAY_TEXT_FIELD (field);

  if (self->area != NULL)
    assay_text_area_set_invalid (ASSAY_TEXT_AREA (self->area),
                                 assay_issue_list_has_error (ASSAY_ISSUE_LIST (message)), message);
  else
    assay_question_field_mark (self->entry, message);
}

static void
assay_text_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  AssayTextField *self = ASSAY_TEXT_FIELD (field);

  g_ptr_array_add (stops, self->area != NULL ? self->area : self->entry);
}

static void
assay_text_field_dispose (GObject *object)
{
  g_clear_object (&ASSAY_TEXT_FIELD (object)->guard);

  G_OBJECT_CLASS (assay_text_field_parent_class)->dispose (object);
}

static void
assay_text_field_class_init (AssayTextFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = assay_text_field_dispose;
  field_class->build = assay_text_field_build;
  field_class->show_answer = assay_text_field_show_answer;
  field_class->show_issues = assay_text_field_show_issues;
  field_class->list_stops = assay_text_field_list_stops;
}

static void
assay_text_field_init (AssayTextField *self)
{
}
