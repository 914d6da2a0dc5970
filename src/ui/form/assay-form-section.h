/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-key.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_FORM_SECTION (assay_form_section_get_type ())
/**
 * AssayFormSection:
 *
 * A part of the form view: the field of one question, or a grid of several. It shows what the
 * judgement holds when it is told to, and sets answers when the person acts.
 *
 * A *stop* is a widget inside that takes the focus when a person goes from field to field.
 *
 * Signal: `advance (stop)` when the person is done with a stop.
 */
G_DECLARE_INTERFACE (AssayFormSection, assay_form_section, ASSAY, FORM_SECTION, GtkWidget)

struct _AssayFormSectionInterface
{
  GTypeInterface parent_interface;

  /* Shows what holds now, and hides what does not apply. */
  void (*refresh) (AssayFormSection *self);
  gboolean (*has_question) (AssayFormSection *self, const char *question);
  /* Whether anything shown depends on other answers. */
  gboolean (*is_conditional) (AssayFormSection *self);
  /* All issues of the judgement, or NULL; the section picks its own. */
  void (*set_issues) (AssayFormSection *self, GPtrArray *issues);
  /* Appends those that can take the focus now, in order; borrowed. */
  void (*list_stops) (AssayFormSection *self, GPtrArray *stops);
  /* The question and response (or NULL) that @stop belongs to. */
  void (*locate) (AssayFormSection *self,
                  GtkWidget *stop,
                  AssayQuestion **question,
                  const char **response);
  /* The stop for a place in the judgement, which is brought about where a list is not shown as a
   * whole; @response and @item may be NULL. */
  GtkWidget *(*find_stop) (AssayFormSection *self,
                           const char *question,
                           const char *response,
                           const char *item);
  /* Optional: which of several items of an answer @stop is about; NULL for none. */
  const char *(*get_item) (AssayFormSection *self, GtkWidget *stop);
  gboolean (*handle_key) (AssayFormSection *self, GtkWidget *stop, const AssayFormKey *key);
  /* Takes back what was answered at @stop. */
  void (*clear) (AssayFormSection *self, GtkWidget *stop);
  /* Optional: makes @stop one that can take the focus, where not all are seen at once. */
  void (*reveal) (AssayFormSection *self, GtkWidget *stop);
  /* Optional: the stop above (-1) or below (1) @stop, NULL at the border; without it, the neighbour
   * in the list. */
  GtkWidget *(*find_neighbour) (AssayFormSection *self, GtkWidget *stop, int direction);
};

void assay_form_section_refresh (AssayFormSection *self);
gboolean assay_form_section_has_question (AssayFormSection *self, const char *question);
gboolean assay_form_section_is_conditional (AssayFormSection *self);
void assay_form_section_set_issues (AssayFormSection *self, GPtrArray *issues);
void assay_form_section_list_stops (AssayFormSection *self, GPtrArray *stops);
void assay_form_section_locate (AssayFormSection *self,
                                GtkWidget *stop,
                                AssayQuestion **question,
                                const char **response);
GtkWidget *assay_form_section_find_stop (AssayFormSection *self,
                                         const char *question,
                                         const char *response,
                                         const char *item);
const char *assay_form_section_get_item (AssayFormSection *self, GtkWidget *stop);
gboolean
assay_form_section_handle_key (AssayFormSection *self, GtkWidget *stop, const AssayFormKey *key);
void assay_form_section_clear (AssayFormSection *self, GtkWidget *stop);
void assay_form_section_reveal (AssayFormSection *self, GtkWidget *stop);
GtkWidget *
assay_form_section_find_neighbour (AssayFormSection *self, GtkWidget *stop, int direction);
/* The id of the response at a place as shown; it lives as long as the task. */
const char *assay_form_section_response_at (AssayJudgement *judgement, guint place);
void assay_form_section_advance (AssayFormSection *self, GtkWidget *stop);

G_END_DECLS
