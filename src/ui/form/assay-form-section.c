/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-form-section.h"

G_DEFINE_INTERFACE (AssayFormSection, assay_form_section, GTK_TYPE_WIDGET)

enum
{
  ADVANCE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
assay_form_section_default_init (AssayFormSectionInterface *interface)
{
  signals[ADVANCE] = g_signal_new ("advance", ASSAY_TYPE_FORM_SECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
}

void
assay_form_section_refresh (AssayFormSection *self)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));

  ASSAY_FORM_SECTION_GET_IFACE (self)->refresh (self);
}

gboolean
assay_form_section_has_question (AssayFormSection *self, const char *question)
{
  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), FALSE);

  return ASSAY_FORM_SECTION_GET_IFACE (self)->has_question (self, question);
}

gboolean
assay_form_section_is_conditional (AssayFormSection *self)
{
  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), FALSE);

  return ASSAY_FORM_SECTION_GET_IFACE (self)->is_conditional (self);
}

void
assay_form_section_set_issues (AssayFormSection *self, GPtrArray *issues)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));

  ASSAY_FORM_SECTION_GET_IFACE (self)->set_issues (self, issues);
}

void
assay_form_section_list_stops (AssayFormSection *self, GPtrArray *stops)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));
  g_return_if_fail (stops != NULL);

  ASSAY_FORM_SECTION_GET_IFACE (self)->list_stops (self, stops);
}

void
assay_form_section_locate (AssayFormSection *self,
                           GtkWidget *stop,
                           AssayQuestion **question,
                           const char **response)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));
  g_return_if_fail (question != NULL && response != NULL);

  *question = NULL;
  *response = NULL;
  ASSAY_FORM_SECTION_GET_IFACE (self)->locate (self, stop, question, response);
}

GtkWidget *
assay_form_section_find_stop (AssayFormSection *self,
                              const char *question,
                              const char *response,
                              const char *item)
{
  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), NULL);
  g_return_val_if_fail (question != NULL, NULL);

  return ASSAY_FORM_SECTION_GET_IFACE (self)->find_stop (self, question, response, item);
}

const char *
assay_form_section_get_item (AssayFormSection *self, GtkWidget *stop)
{
  AssayFormSectionInterface *iface;

  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), NULL);

  iface = ASSAY_FORM_SECTION_GET_IFACE (self);
  return iface->get_item != NULL ? iface->get_item (self, stop) : NULL;
}

gboolean
assay_form_section_handle_key (AssayFormSection *self, GtkWidget *stop, const AssayFormKey *key)
{
  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return ASSAY_FORM_SECTION_GET_IFACE (self)->handle_key (self, stop, key);
}

void
assay_form_section_clear (AssayFormSection *self, GtkWidget *stop)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));
  g_return_if_fail (GTK_IS_WIDGET (stop));

  ASSAY_FORM_SECTION_GET_IFACE (self)->clear (self, stop);
}

void
assay_form_section_reveal (AssayFormSection *self, GtkWidget *stop)
{
  AssayFormSectionInterface *interface;

  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));

  interface = ASSAY_FORM_SECTION_GET_IFACE (self);
  if (interface->reveal != NULL)
    interface->reveal (self, stop);
}

GtkWidget *
assay_form_section_find_neighbour (AssayFormSection *self, GtkWidget *stop, int direction)
{
  AssayFormSectionInterface *interface;
  g_autoptr (GPtrArray) stops = NULL;
  guint place;

  g_return_val_if_fail (ASSAY_IS_FORM_SECTION (self), NULL);
  g_return_val_if_fail (direction == -1 || direction == 1, NULL);

  interface = ASSAY_FORM_SECTION_GET_IFACE (self);
  if (interface->find_neighbour != NULL)
    return interface->find_neighbour (self, stop, direction);
  stops = g_ptr_array_new ();
  interface->list_stops (self, stops);
  if (!g_ptr_array_find (stops, stop, &place) || (direction < 0 && place == 0)
      || (direction > 0 && place + 1 >= stops->len))
    return NULL;
  return g_ptr_array_index (stops, place + direction);
}

const char *
assay_form_section_response_at (AssayJudgement *judgement, guint place)
{
  AssayPresentation *presentation = assay_judgement_get_presentation (judgement);
  AssayTask *task = assay_judgement_get_task (judgement);

  return assay_document_get_key (
      assay_task_find_response (task, assay_presentation_get_response (presentation, place)));
}

void
assay_form_section_advance (AssayFormSection *self, GtkWidget *stop)
{
  g_return_if_fail (ASSAY_IS_FORM_SECTION (self));
  g_return_if_fail (GTK_IS_WIDGET (stop));

  g_signal_emit (self, signals[ADVANCE], 0, stop);
}
