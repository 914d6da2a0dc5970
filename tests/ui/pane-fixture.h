/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "assay-form-view.h"
#include "assay-judgement.h"
#include "assay-point-bar.h"

G_BEGIN_DECLS

/**
 * Pane:
 *
 * A window with a form view in it, as in the judgement pane, and keys that go to it as from a
 * keyboard.
 */
typedef struct
{
  GtkWidget *window;
  GtkWidget *form_view;
  GtkWidget *box; /* below the form view, for whatever else a test needs */
  AssayTask *task;
  AssayJudgement *judgement;
} Pane;

/* A task of tests/ui/data/form-tasks.json. (transfer full) */
AssayTask *pane_load_task (const char *id);
/* A task with the form @questions (JSON) and @n_responses responses r1, r2 … (transfer full) */
AssayTask *pane_make_task (const char *questions, guint n_responses);
/* (transfer full): @task is taken. */
Pane *pane_open (AssayTask *task, guint32 seed);
void pane_close (Pane *self);
/* A seed that shows @response first. */
guint32 pane_find_seed (AssayTask *task, const char *response);

/* Presses a key where the focus is; TRUE if a controller used it. */
gboolean pane_press_full (Pane *self, guint keyval, guint keycode, GdkModifierType state);
/* A key of a US keyboard by what stands on it. */
gboolean pane_press (Pane *self, char key);
gboolean pane_press_symbol (Pane *self, guint keyval);
/* Puts characters into the text field that has the focus, as an input method would. */
void pane_type (Pane *self, const char *text);

/* @response: (nullable). */
void pane_focus (Pane *self, const char *question, const char *response);
void pane_assert_focused (Pane *self, const char *question, const char *response);
GtkWidget *pane_get_focus (Pane *self);
/* The bar of points that has the focus. */
AssayPointBar *pane_get_bar (Pane *self);
/* Whether some visible label says @text. */
gboolean pane_says (Pane *self, const char *text);
/* All widgets of a type below the window, in order. (transfer container) */
GPtrArray *pane_find_all (Pane *self, GType type);
guint pane_count_widgets (GtkWidget *top);

/* @json: the answer, or "null" for none. */
#define pane_assert_answer(pane, question, response, json)                                         \
  pane_assert_answer_at (G_STRLOC, pane, question, response, json)
void pane_assert_answer_at (const char *place,
                            Pane *self,
                            const char *question,
                            const char *response,
                            const char *json);

G_END_DECLS
