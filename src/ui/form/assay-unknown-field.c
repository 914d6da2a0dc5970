/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-unknown-field.h"

#include "assay-visible-text.h"

#define TYPE_MAX_CHARACTERS 40

struct _AssayUnknownField
{
  AssayQuestionField parent_instance;

  GtkWidget *notice;
};

G_DEFINE_FINAL_TYPE (AssayUnknownField, assay_unknown_field, ASSAY_TYPE_QUESTION_FIELD)

static void
assay_unknown_field_build (AssayQuestionField *field)
{
  AssayUnknownField *self = ASSAY_UNKNOWN_FIELD (field);
  AssayQuestion *question = assay_question_field_get_question (field);
  g_autofree char *type =
      assay_visible_line (assay_question_get_type_name (question), TYPE_MAX_CHARACTERS);
  g_autofree char *text = NULL;
  GtkWidget *label;

  /* Translators: %s is the technical name of a kind of question */
  text = g_strdup_printf (_ ("This question (“%s”) needs a newer version of Assay. "
                             "What was answered elsewhere is kept."),
                          type);
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, NULL);
  /* A label takes the focus only for a selection; the keys must find this one too. */
  self->notice = g_object_new (GTK_TYPE_BOX, "focusable", TRUE, "accessible-role",
                               GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_box_append (GTK_BOX (self->notice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_widget_add_css_class (self->notice, "assay-notice");
  assay_question_field_append (field, self->notice);
}

static void
assay_unknown_field_show_answer (AssayQuestionField *field, JsonNode *answer)
{
}

static void
assay_unknown_field_list_stops (AssayQuestionField *field, GPtrArray *stops)
{
  g_ptr_array_add (stops, ASSAY_UNKNOWN_FIELD (field)->notice);
}

static void
assay_unknown_field_class_init (AssayUnknownFieldClass *klass)
{
  AssayQuestionFieldClass *field_class = ASSAY_QUESTION_FIELD_CLASS (klass);

  field_class->build = assay_unknown_field_build;
  field_class->show_answer = assay_unknown_field_show_answer;
  field_class->list_stops = assay_unknown_field_list_stops;
}

static void
assay_unknown_field_init (AssayUnknownField *self)
{
}
