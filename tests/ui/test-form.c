/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-criterion-panel.h"
#include "assay-form-key.h"
#include "assay-point-bar.h"
#include "assay-text-area.h"
#include "pane-fixture.h"

#define MARKUP "a & b <b>x</b> <a href='file:///etc/passwd'>y</a>"

/* Keys mean the same on every layout. */

static void
test_keys (void)
{
  static const struct
  {
    guint keyval;
    guint keycode;
    GdkModifierType state;
    int digit;
    guint symbol;
  } cases[] = {
    { GDK_KEY_1, 10, 0, 1, GDK_KEY_1 },                 /* US */
    { GDK_KEY_ampersand, 10, 0, 1, GDK_KEY_ampersand }, /* AZERTY without Shift */
    { GDK_KEY_1, 10, GDK_SHIFT_MASK, 1, GDK_KEY_1 },    /* AZERTY with Shift */
    { GDK_KEY_agrave, 19, 0, 0, GDK_KEY_agrave },       /* AZERTY zero */
    { GDK_KEY_minus, 15, 0, 6, GDK_KEY_minus }, /* AZERTY: a sign that is a digit's place too */
    { GDK_KEY_exclam, 10, GDK_SHIFT_MASK, -1, GDK_KEY_exclam },
    { GDK_KEY_equal, 19, GDK_SHIFT_MASK, -1, GDK_KEY_equal }, /* German */
    { GDK_KEY_KP_7, 79, 0, 7, GDK_KEY_KP_7 },
    { GDK_KEY_KP_Up, 80, 0, -1, GDK_KEY_Up },
    { GDK_KEY_KP_Subtract, 82, 0, -1, GDK_KEY_minus },
    { 0x10006f1, 10, 0, 1, 0x10006f1 },           /* Persian digit */
    { GDK_KEY_Arabic_teh, 44, 0, -1, GDK_KEY_j }, /* Arabic, where j is */
    { GDK_KEY_Arabic_noon, 45, 0, -1, GDK_KEY_k },
    { GDK_KEY_Cyrillic_te, 57, 0, -1, GDK_KEY_n }, /* Russian, where n is */
    { GDK_KEY_Arabic_question_mark, 61, GDK_SHIFT_MASK, -1, GDK_KEY_question },
    { GDK_KEY_N, 57, GDK_LOCK_MASK, -1, GDK_KEY_n },
    { GDK_KEY_ISO_Left_Tab, 23, GDK_SHIFT_MASK, -1, GDK_KEY_Tab },
  };
  AssayFormKey key;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (assay_form_key_init (&key, cases[i].keyval, cases[i].keycode, cases[i].state));
      g_assert_cmpint (key.digit, ==, cases[i].digit);
      g_assert_cmphex (key.symbol, ==, cases[i].symbol);
    }
  g_assert_false (assay_form_key_init (&key, GDK_KEY_s, 39, GDK_CONTROL_MASK));
  g_assert_false (assay_form_key_init (&key, GDK_KEY_1, 10, GDK_SUPER_MASK));
}

static void
test_undo (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  AssayPointBar *bar;

  pane_focus (pane, "accuracy", "r1");
  bar = pane_get_bar (pane);
  pane_press (pane, '2');
  g_assert_cmpint (assay_point_bar_get_selected (bar), ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       2.0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "2: One fact that matters is wrong");
  assay_judgement_undo (pane->judgement);
  g_assert_cmpint (assay_point_bar_get_selected (bar), ==, -1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "not set");
  assay_judgement_redo (pane->judgement);
  g_assert_cmpint (assay_point_bar_get_selected (bar), ==, 1);
  assay_judgement_reset (pane->judgement);
  g_assert_cmpint (assay_point_bar_get_selected (bar), ==, -1);
  pane_close (pane);

  task = pane_load_task ("labels");
  pane = pane_open (task, 1);
  pane_focus (pane, "note", NULL);
  pane_type (pane, "Say when the money comes back.");
  pane_assert_answer (pane, "note", NULL, "\"Say when the money comes back.\"");
  while (assay_judgement_can_undo (pane->judgement))
    assay_judgement_undo (pane->judgement);
  {
    g_autofree char *text = assay_text_area_dup_text (
        ASSAY_TEXT_AREA (gtk_widget_get_ancestor (pane_get_focus (pane), ASSAY_TYPE_TEXT_AREA)));

    g_assert_cmpstr (text, ==, "");
  }
  pane_close (pane);
}

static void
test_clear (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  pane_focus (pane, "budget", NULL);
  pane_press (pane, '1');
  pane_focus (pane, "budget", NULL);
  gtk_widget_activate_action (pane->form_view, "form.clear", NULL);
  pane_assert_answer (pane, "budget", NULL, "null");
  assay_judgement_undo (pane->judgement);
  pane_assert_answer (pane, "budget", NULL, "{\"choice\":\"r1\",\"strength\":2}");
  pane_close (pane);

  task = pane_load_task ("checklist");
  pane = pane_open (task, pane_find_seed (task, "r1"));
  pane_focus (pane, "items", "r1");
  pane_press (pane, 'y');
  pane_press (pane, 'y');
  pane_press (pane, 'n');
  pane_press_symbol (pane, GDK_KEY_Up);
  gtk_widget_activate_action (pane->form_view, "form.clear", NULL);
  pane_assert_answer (pane, "items", "r1", "{\"regret\":\"yes\"}");
  pane_assert_answer (pane, "items", "r2", "{\"regret\":\"yes\"}");
  pane_close (pane);
}

/* What has the focus is in sight, also when the panel below takes its room. */
static void
test_in_sight (void)
{
  Pane *pane = pane_open (pane_load_task ("three"), 1);
  GtkWidget *scroller = gtk_widget_get_ancestor (pane->form_view, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *panel = assay_criterion_panel_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  graphene_rect_t bounds;
  int height;

  assay_criterion_panel_set_form_view (ASSAY_CRITERION_PANEL (panel),
                                       ASSAY_FORM_VIEW (pane->form_view));
  g_object_ref (scroller);
  adw_window_set_content (ADW_WINDOW (pane->window), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  g_object_unref (scroller);
  gtk_box_append (GTK_BOX (box), panel);
  while (gtk_widget_get_height (scroller) == 0)
    g_main_context_iteration (NULL, TRUE);
  height = gtk_widget_get_height (scroller);

  pane_focus (pane, "c6", NULL);
  while (gtk_widget_get_height (scroller) == height)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_compute_bounds (pane_get_focus (pane), scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  pane_close (pane);
}

/* Plain keys are letters while a text field has the focus; Escape leaves it for the form. */
static void
test_text_layer (void)
{
  AssayTask *task = pane_load_task ("labels");
  Pane *pane = pane_open (task, 1);

  pane_focus (pane, "note", NULL);
  g_assert_true (GTK_IS_TEXT_VIEW (pane_get_focus (pane)));
  g_assert_false (pane_press (pane, 'j'));
  g_assert_false (pane_press (pane, '1'));
  pane_assert_focused (pane, "note", NULL);
  g_assert_true (pane_press_symbol (pane, GDK_KEY_Escape));
  g_assert_true (pane_get_focus (pane) == pane->form_view);
  pane_assert_focused (pane, "note", NULL);

  /* The form holds the place of the text field: keys go on from there, and Return goes back in. */
  g_assert_true (pane_press (pane, 'k'));
  pane_assert_focused (
      pane, "reply",
      assay_presentation_get_response (assay_judgement_get_presentation (pane->judgement), 1));
  g_assert_true (pane_press (pane, 'j'));
  pane_assert_focused (pane, "note", NULL);
  g_assert_true (pane_get_focus (pane) == pane->form_view);
  g_assert_false (pane_press_symbol (pane, GDK_KEY_Escape));
  g_assert_true (pane_press_symbol (pane, GDK_KEY_Return));
  g_assert_true (GTK_IS_TEXT_VIEW (pane_get_focus (pane)));
  g_assert_true (assay_judgement_is_empty (pane->judgement));
  pane_close (pane);
}

static void
test_choices (void)
{
  AssayTask *task = pane_load_task ("labels");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  GtkWidget *entry;

  pane_focus (pane, "intent", NULL);
  pane_press (pane, '2');
  pane_assert_answer (pane, "intent", NULL, "\"delivery\"");
  pane_assert_focused (pane, "traits", NULL);
  pane_press (pane, '1');
  pane_press (pane, '3');
  pane_assert_answer (pane, "traits", NULL, "[\"polite\",\"unclear\"]");
  pane_press (pane, '4');
  pane_assert_answer (pane, "traits", NULL, "[\"none\"]");
  pane_press (pane, '1');
  pane_assert_answer (pane, "traits", NULL, "[\"polite\"]");

  /* A question that does not apply is hidden, and keeps what was said. */
  g_assert_false (assay_form_view_focus_question (ASSAY_FORM_VIEW (pane->form_view), "why", NULL));
  pane_focus (pane, "intent", NULL);
  pane_press (pane, '1');
  pane_assert_focused (pane, "why", NULL);
  pane_focus (pane, "why", NULL);
  entry = pane_get_focus (pane);
  pane_type (pane, "the second of May");
  pane_assert_answer (pane, "why", NULL, "\"the second of May\"");
  pane_focus (pane, "intent", NULL);
  pane_press (pane, '3');
  g_assert_false (gtk_widget_get_mapped (entry));
  pane_focus (pane, "intent", NULL);
  pane_press (pane, '1');
  pane_focus (pane, "why", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (pane_get_focus (pane))), ==,
                   "the second of May");

  /* Short options that are asked for each response are one line each. */
  pane_focus (pane, "reply", "r1");
  pane_press (pane, '3');
  pane_assert_focused (pane, "reply", "r2");
  pane_press (pane, '1');
  pane_assert_answer (pane, "reply", "r1", "\"no\"");
  pane_assert_answer (pane, "reply", "r2", "\"yes\"");

  pane_focus (pane, "amount", NULL);
  pane_type (pane, "12,5");
  pane_assert_answer (pane, "amount", NULL, "12.5");
  pane_type (pane, "x");
  pane_assert_answer (pane, "amount", NULL, "null");
  pane_press_symbol (pane, GDK_KEY_Up);
  pane_assert_answer (pane, "amount", NULL, "0");
  pane_close (pane);
}

/* Words of one's own: chosen first, then written. */
static void
test_other (void)
{
  AssayTask *task = pane_load_task ("labels");
  Pane *pane = pane_open (task, 1);
  g_autoptr (GPtrArray) checks = pane_find_all (pane, GTK_TYPE_CHECK_BUTTON);
  guint n_other = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (checks, i);
      g_autofree char *wrong =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              "Other");

      if (wrong != NULL)
        continue;
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      g_assert_true (GTK_IS_TEXT (pane_get_focus (pane)));
      pane_type (pane, n_other == 0 ? "A refund" : "Rushed");
      n_other++;
    }
  g_assert_cmpuint (n_other, ==, 2);
  pane_assert_answer (pane, "intent", NULL, "{\"choice\":\"other\",\"other\":\"A refund\"}");
  pane_assert_answer (pane, "traits", NULL, "{\"other\":\"Rushed\"}");

  /* Another choice takes its place. */
  pane_focus (pane, "intent", NULL);
  pane_press (pane, '2');
  pane_assert_answer (pane, "intent", NULL, "\"delivery\"");
  pane_close (pane);
}

static void
test_issues (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);
  g_autoptr (GPtrArray) issues = NULL;
  AssayIssue *elsewhere =
      assay_issue_new (ASSAY_ISSUE_ERROR, "rat.min", "rationale", NULL, NULL, "");
  GtkWidget *cell;

  pane_focus (pane, "complexity", "r2");
  cell = pane_get_focus (pane);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  issues = assay_judgement_validate (pane->judgement);
  g_assert_cmpuint (issues->len, >, 0);
  assay_form_view_set_issues (ASSAY_FORM_VIEW (pane->form_view), issues);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (cell),
                                                   GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));

  g_assert_true (assay_form_view_focus_issue (ASSAY_FORM_VIEW (pane->form_view),
                                              g_ptr_array_index (issues, 0)));
  pane_assert_focused (pane, assay_issue_get_question (g_ptr_array_index (issues, 0)),
                       assay_issue_get_response (g_ptr_array_index (issues, 0)));
  g_assert_false (assay_form_view_focus_issue (ASSAY_FORM_VIEW (pane->form_view), elsewhere));
  g_object_unref (elsewhere);

  assay_form_view_set_issues (ASSAY_FORM_VIEW (pane->form_view), NULL);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (cell),
                                                    GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));
  pane_close (pane);
}

/* Roles, names and values of every bar, in every task. */
static void
test_accessible (void)
{
  static const char *const ids[] = { "pair", "rubric", "rank", "labels", "checklist", "three" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      Pane *pane = pane_open (pane_load_task (ids[i]), 1);
      g_autoptr (GPtrArray) bars = pane_find_all (pane, ASSAY_TYPE_POINT_BAR);
      g_autoptr (GPtrArray) areas = pane_find_all (pane, ASSAY_TYPE_TEXT_AREA);
      g_autoptr (GPtrArray) entries = pane_find_all (pane, GTK_TYPE_ENTRY);
      g_autoptr (GPtrArray) buttons = pane_find_all (pane, GTK_TYPE_BUTTON);

      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (pane->form_view), GTK_ACCESSIBLE_ROLE_FORM);
      for (guint j = 0; j < bars->len; j++)
        {
          gtk_test_accessible_assert_role (GTK_ACCESSIBLE (g_ptr_array_index (bars, j)),
                                           GTK_ACCESSIBLE_ROLE_SLIDER);
          g_assert_true (gtk_test_accessible_has_property (
              GTK_ACCESSIBLE (g_ptr_array_index (bars, j)), GTK_ACCESSIBLE_PROPERTY_LABEL));
          gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_ptr_array_index (bars, j)),
                                               GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "not set");
        }
      for (guint j = 0; j < areas->len; j++)
        g_assert_true (gtk_test_accessible_has_property (
            GTK_ACCESSIBLE (assay_text_area_get_text_view (g_ptr_array_index (areas, j))),
            GTK_ACCESSIBLE_PROPERTY_LABEL));
      for (guint j = 0; j < entries->len; j++)
        g_assert_true (gtk_test_accessible_has_property (
            GTK_ACCESSIBLE (g_ptr_array_index (entries, j)), GTK_ACCESSIBLE_PROPERTY_LABEL));
      for (guint j = 0; j < buttons->len; j++)
        {
          GtkWidget *button = g_ptr_array_index (buttons, j);

          if (gtk_widget_is_ancestor (button, pane->form_view)
              && gtk_button_get_icon_name (GTK_BUTTON (button)) != NULL)
            {
              g_assert_nonnull (gtk_widget_get_tooltip_text (button));
              g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL));
            }
        }
      /* Looking at a form answers nothing. */
      g_assert_true (assay_judgement_is_empty (pane->judgement));
      pane_close (pane);
    }
}

/* What comes from outside is shown as it is, never as markup or mnemonic. */
static void
test_markup (void)
{
  static const char *const questions =
      "["
      "{\"id\":\"p\",\"type\":\"choice\",\"label\":\"" MARKUP "\",\"group\":\"" MARKUP "\","
      " \"options\":[{\"id\":\"o\",\"label\":\"_" MARKUP "\",\"help\":\"" MARKUP "\"}]},"
      "{\"id\":\"c\",\"type\":\"checklist\",\"label\":\"" MARKUP "\",\"items\":["
      " {\"id\":\"i\",\"text\":\"" MARKUP "\",\"category\":\"" MARKUP "\"}]},"
      "{\"id\":\"s\",\"type\":\"scale\",\"label\":\"" MARKUP
      "\",\"min\":1,\"max\":3,\"help\":\"a\","
      " \"scope\":\"each-response\",\"anchors\":{\"1\":\"" MARKUP "\"}},"
      "{\"id\":\"n\",\"type\":\"number\",\"label\":\"" MARKUP "\",\"unit\":\"" MARKUP "\"},"
      "{\"id\":\"r\",\"type\":\"pairwise\",\"label\":\"" MARKUP "\",\"points\":3,"
      " \"labels\":[\"" MARKUP "\",\"=\",\"" MARKUP "\"],"
      " \"reasons\":[{\"id\":\"x\",\"label\":\"" MARKUP "\"}]},"
      "{\"id\":\"u\",\"type\":\"" MARKUP "\",\"label\":\"" MARKUP "\",\"required\":false}"
      "]";
  Pane *pane = pane_open (pane_make_task (questions, 2), 1);
  GtkWidget *panel = assay_criterion_panel_new ();
  g_autoptr (GPtrArray) labels = NULL;
  guint n_literal = 0;

  assay_criterion_panel_set_form_view (ASSAY_CRITERION_PANEL (panel),
                                       ASSAY_FORM_VIEW (pane->form_view));
  gtk_box_append (GTK_BOX (pane->box), panel);
  pane_focus (pane, "s", NULL);
  g_assert_true (gtk_widget_get_visible (panel));

  labels = pane_find_all (pane, GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (labels, i);

      if (strstr (gtk_label_get_text (label), "a & b") == NULL)
        continue;
      g_assert_false (gtk_label_get_use_markup (label));
      g_assert_false (gtk_label_get_use_underline (label));
      g_assert_nonnull (strstr (gtk_label_get_text (label), "<b>x</b>"));
      n_literal++;
    }
  g_assert_cmpuint (n_literal, >=, 10);
  pane_close (pane);
}

/* 40 criteria and 3 responses: a cell is one widget, and one more once it is scored. */
static void
test_light (void)
{
  g_autoptr (GString) questions = g_string_new ("[");
  Pane *pane;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (
        questions,
        "%s{\"id\":\"q%u\",\"type\":\"scale\",\"label\":\"Criterion %u\","
        "\"scope\":\"each-response\",\"min\":1,\"max\":5,\"comment\":\"optional\"}",
        i > 0 ? "," : "", i, i);
  g_string_append_c (questions, ']');
  pane = pane_open (pane_make_task (questions->str, 3), 1);
  g_assert_cmpuint (pane_count_widgets (pane->form_view), <=, 40 * (3 + 5) + 40);
  pane_focus (pane, "q0", NULL);
  for (guint i = 0; i < 120; i++)
    g_assert_true (pane_press (pane, '3'));
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("q%u", i);

      pane_assert_answer (pane, id, "r1", "3");
      pane_assert_answer (pane, id, "r2", "3");
      pane_assert_answer (pane, id, "r3", "3");
    }
  g_assert_cmpuint (pane_count_widgets (pane->form_view), <=, 40 * (6 + 5) + 40);
  /* The last field stays where it is. */
  pane_assert_focused (
      pane, "q39",
      assay_presentation_get_response (assay_judgement_get_presentation (pane->judgement), 2));
  pane_close (pane);
}

/* A submitted judgement is shown, and stays as it is. */
static void
test_final (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  pane_focus (pane, "overall", NULL);
  pane_press (pane, '1');
  assay_judgement_finalize_submission (pane->judgement, 1);
  g_assert_false (
      assay_form_view_focus_question (ASSAY_FORM_VIEW (pane->form_view), "overall", NULL));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":3}");
  assay_judgement_reopen (pane->judgement);
  pane_focus (pane, "overall", NULL);
  pane_press (pane, '7');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r2\",\"strength\":3}");
  pane_close (pane);
}

/* The next task takes the place of the last, and nothing of it stays behind. */
static void
test_replace (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, 1);
  AssayTask *other_task = pane_load_task ("rubric");
  AssayJudgement *other = assay_judgement_new_with_seed (other_task, 1);

  pane_focus (pane, "overall", NULL);
  assay_form_view_set_judgement (ASSAY_FORM_VIEW (pane->form_view), other);
  g_assert_null (assay_form_view_get_focused_question (ASSAY_FORM_VIEW (pane->form_view)));
  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  pane_press (pane, '1');
  g_assert_true (assay_judgement_is_empty (pane->judgement));
  g_assert_false (assay_judgement_is_empty (other));
  assay_form_view_set_judgement (ASSAY_FORM_VIEW (pane->form_view), NULL);
  /* The window lets go of the last focus with its next frame. */
  g_object_add_weak_pointer (G_OBJECT (other_task), (gpointer *) &other_task);
  g_clear_object (&other);
  g_object_unref (other_task);
  while (other_task != NULL)
    g_main_context_iteration (NULL, TRUE);
  pane_close (pane);
}

/* A question of a newer version can be focused and is never answered; what depends on an answer for
 * one response is asked for that response alone. */
static void
test_custom (void)
{
  AssayTask *task = pane_make_task (
      "[{\"id\": \"q\", \"type\": \"hologram\", \"label\": \"Turn it\", \"required\": true},"
      "{\"id\": \"a\", \"type\": \"choice\", \"label\": \"Short?\", \"scope\": \"each-response\","
      "\"required\": true, \"options\": [{\"id\": \"y\", \"label\": \"Yes\"},"
      "{\"id\": \"n\", \"label\": \"No\"}]},"
      "{\"id\": \"b\", \"type\": \"number\", \"label\": \"Words to cut\", \"min\": 1,"
      "\"scope\": \"each-response\", \"required\": true,"
      "\"when\": {\"question\": \"a\", \"in\": [\"n\"]}}]",
      2);
  Pane *pane = pane_open (task, 1);
  g_autoptr (GPtrArray) issues = NULL;
  guint unknown = 0;
  guint cut = 0;

  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  g_assert_nonnull (pane_get_focus (pane));
  g_assert_false (pane_says (pane, "Words to cut"));
  g_assert_true (pane_press (pane, 'j'));
  g_assert_true (pane_press (pane, '2'));
  g_assert_true (pane_says (pane, "Words to cut"));
  g_assert_true (pane_press (pane, '1'));
  issues = assay_judgement_validate (pane->judgement);
  for (guint i = 0; i < issues->len; i++)
    {
      unknown += g_str_equal (assay_issue_get_rule (issues->pdata[i]), "unknown");
      cut += g_strcmp0 (assay_issue_get_question (issues->pdata[i]), "b") == 0;
    }
  g_assert_cmpuint (unknown, ==, 1);
  g_assert_cmpuint (cut, ==, 1);
  pane_close (pane);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/form/keys", test_keys);
  g_test_add_func ("/form/undo", test_undo);
  g_test_add_func ("/form/clear", test_clear);
  g_test_add_func ("/form/in-sight", test_in_sight);
  g_test_add_func ("/form/text-layer", test_text_layer);
  g_test_add_func ("/form/choices", test_choices);
  g_test_add_func ("/form/other", test_other);
  g_test_add_func ("/form/issues", test_issues);
  g_test_add_func ("/form/accessible", test_accessible);
  g_test_add_func ("/form/markup", test_markup);
  g_test_add_func ("/form/light", test_light);
  g_test_add_func ("/form/final", test_final);
  g_test_add_func ("/form/replace", test_replace);
  g_test_add_func ("/form/custom", test_custom);
  return g_test_run ();
}
