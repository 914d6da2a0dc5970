/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form-key.h"
#include "assay-form-section.h"
#include "assay-form-view.h"
#include "assay-removal-queue.h"

G_BEGIN_DECLS

struct _AssayFormView
{
  GtkWidget parent_instance;

  AssayJudgement *judgement;
  GPtrArray *sections;        /* AssayFormSection, in order */
  AssayRemovalQueue *removed; /* (owned) what was in the form before */
  GtkWidget *current;         /* (nullable): the stop that has or had the focus; weak pointer */
  GtkWidget *menu;            /* (nullable): made when first needed */
  GtkAdjustment *adjustment;  /* (owned) (nullable): of the viewport around */
  GtkWidget *root;            /* (not owned) (nullable) */
  gulong root_handler;
  char *focused_question;
  char *focused_response;
  gboolean by_response;
  gboolean check_spelling;
  char *spelling_language;
};

/* The stop that has, or had last, the focus. */
void _assay_form_view_set_current (AssayFormView *self, GtkWidget *stop);

/* Stops and the keys that go from one to the next. */
gboolean _assay_form_view_is_text (GtkWidget *widget);
AssayFormSection *_assay_form_view_find_section (AssayFormView *self, GtkWidget *inside);
GPtrArray *_assay_form_view_list_stops (AssayFormView *self);
GtkWidget *_assay_form_view_find_stop_around (AssayFormView *self, GtkWidget *inside);
GtkWidget *_assay_form_view_get_focus (AssayFormView *self);
void _assay_form_view_set_parked (AssayFormView *self, gboolean parked);
void _assay_form_view_scroll_to (AssayFormView *self, GtkWidget *stop);
gboolean _assay_form_view_go_to_stop (AssayFormView *self, GtkWidget *stop, gboolean enter);
void _assay_form_view_advance_cb (AssayFormView *self, GtkWidget *stop);
gboolean _assay_form_view_is_plain (const AssayFormKey *key);
gboolean
_assay_form_view_handle_key (AssayFormView *self, GtkWidget *stop, const AssayFormKey *key);
gboolean _assay_form_view_key_pressed_cb (AssayFormView *self,
                                          guint keyval,
                                          guint keycode,
                                          GdkModifierType state);

G_END_DECLS
