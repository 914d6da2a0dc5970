/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-criterion-panel.h"
#include "assay-form-key.h"
#include "assay-json.h"
#include "assay-point-bar.h"
#include "assay-rank-row.h"
#include "assay-text-area.h"
#include "pane-fixture.h"

#define MARKUP "a & b <b>x</b> <a href='file:///etc/passwd'>y</a>"

static void
focus (Pane *pane, const char *question, const char *response)
{
  g_assert_true (
      assay_form_view_focus_question (ASSAY_FORM_VIEW (pane->form_view), question, response));
}

static AssayPointBar *
get_bar (Pane *pane)
{
  GtkWidget *widget = pane_get_focus (pane);

  g_assert_true (ASSAY_IS_POINT_BAR (widget));
  return ASSAY_POINT_BAR (widget);
}

static void
assert_focused (Pane *pane, const char *question, const char *response)
{
  g_assert_cmpstr (assay_form_view_get_focused_question (ASSAY_FORM_VIEW (pane->form_view)), ==,
                   question);
  g_assert_cmpstr (assay_form_view_get_focused_response (ASSAY_FORM_VIEW (pane->form_view)), ==,
                   response);
}

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
test_pairwise (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  assert_focused (pane, "overall", NULL);
  g_assert_cmpint (assay_point_bar_get_selected (get_bar (pane)), ==, -1);
  g_assert_true (assay_judgement_is_empty (pane->judgement));

  /* From "left much better" to "right much better", and on to the next question. */
  g_assert_true (pane_press (pane, '1'));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":3}");
  assert_focused (pane, "budget", NULL);

  focus (pane, "overall", NULL);
  g_assert_cmpint (assay_point_bar_get_selected (get_bar (pane)), ==, 0);
  pane_press (pane, '7');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r2\",\"strength\":3}");
  focus (pane, "overall", NULL);
  g_assert_false (pane_press (pane, '8'));
  pane_press (pane, 'a');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
  focus (pane, "overall", NULL);
  pane_press (pane, 'b');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r2\",\"strength\":2}");
  focus (pane, "overall", NULL);
  pane_press (pane, 'g');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-good\",\"strength\":0}");
  focus (pane, "overall", NULL);
  pane_press (pane, 'x');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-bad\",\"strength\":0}");
  assert_focused (pane, "budget", NULL);

  /* Not applicable where it is offered, and only there. */
  pane_press (pane, 'n');
  pane_assert_answer (pane, "budget", NULL, "{\"na\":true}");
  focus (pane, "overall", NULL);
  g_assert_true (pane_press (pane, 'n'));
  g_assert_true (pane_says (pane, "“Not applicable” is not offered here."));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-bad\",\"strength\":0}");

  /* An even number of points has no middle: the fourth point is the last. */
  focus (pane, "forced", NULL);
  pane_press (pane, 't');
  pane_assert_answer (pane, "forced", NULL, "null");
  pane_press (pane, '4');
  pane_assert_answer (pane, "forced", NULL, "{\"choice\":\"r2\",\"strength\":2}");
  pane_close (pane);
}

/* A tie by its digit asks what kind of tie it is. */
static void
test_pairwise_tie (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, 3);
  GtkWidget *first;

  focus (pane, "overall", NULL);
  first = pane_get_focus (pane);
  pane_press (pane, '4');
  assert_focused (pane, "overall", NULL);
  g_assert_true (pane_get_focus (pane) != first);
  g_assert_cmpint (assay_point_bar_get_selected (get_bar (pane)), ==, -1);
  {
    g_autoptr (GPtrArray) issues = assay_judgement_validate (pane->judgement);
    gboolean found = FALSE;

    for (guint i = 0; i < issues->len; i++)
      found |= g_strcmp0 (assay_issue_get_question (g_ptr_array_index (issues, i)), "overall") == 0;
    g_assert_true (found);
  }
  pane_press (pane, '2');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-good\",\"strength\":0}");
  assert_focused (pane, "budget", NULL);

  /* No kind is asked for here. */
  pane_press (pane, '3');
  assert_focused (pane, "tone", NULL);
  pane_close (pane);
}

/* The shown order never enters the record. */
static void
test_shown_order (void)
{
  for (guint i = 0; i < 8; i++)
    {
      AssayTask *task = pane_load_task ("pair");
      Pane *pane = pane_open (task, i);
      gboolean swapped = g_str_equal (
          assay_presentation_get_response (assay_judgement_get_presentation (pane->judgement), 0),
          "r2");

      focus (pane, "overall", NULL);
      pane_press (pane, swapped ? '6' : '2');
      pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
      focus (pane, "overall", NULL);
      pane_press (pane, swapped ? 'b' : 'a');
      pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
      pane_close (pane);

      task = pane_load_task ("rubric");
      pane = pane_open (task, i);
      focus (pane, "accuracy", "r2");
      pane_press (pane, '4');
      pane_assert_answer (pane, "accuracy", "r2", "4");
      pane_assert_answer (pane, "accuracy", "r1", "null");
      pane_close (pane);
    }
}

static void
test_rubric (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  double mean;

  /* Across the responses, then to the next criterion. */
  focus (pane, "accuracy", "r1");
  pane_press (pane, '5');
  assert_focused (pane, "accuracy", "r2");
  pane_press (pane, '2');
  assert_focused (pane, "following", "r1");
  pane_press (pane, '3');
  pane_press (pane, '4');
  assert_focused (pane, "uncertainty", "r1");
  pane_press (pane, 'n');
  pane_assert_answer (pane, "uncertainty", "r1", "{\"na\":true}");
  assert_focused (pane, "uncertainty", "r2");
  focus (pane, "accuracy", "r1");
  pane_press (pane, 'n');
  pane_assert_answer (pane, "accuracy", "r1", "5");

  /* A digit is what the button says: 0 is the first of 0 … 4. */
  focus (pane, "verbosity", "r1");
  pane_press (pane, '0');
  pane_assert_answer (pane, "verbosity", "r1", "0");
  g_assert_true (pane_press (pane, '4'));
  pane_assert_answer (pane, "verbosity", "r2", "4");
  focus (pane, "verbosity", "r1");
  g_assert_false (pane_press (pane, '5'));

  /* Steps stop at the ends. */
  focus (pane, "following", "r1");
  pane_press (pane, 'l');
  pane_assert_answer (pane, "following", "r1", "4");
  pane_press_symbol (pane, GDK_KEY_Right);
  pane_press_symbol (pane, GDK_KEY_Right);
  pane_assert_answer (pane, "following", "r1", "5");
  pane_press (pane, 'h');
  pane_press_symbol (pane, GDK_KEY_Home);
  pane_assert_answer (pane, "following", "r1", "1");

  g_assert_true (assay_judgement_get_weighted_mean (pane->judgement, "r1", &mean));
  pane_close (pane);
}

/* Response by response, the criteria of one come first; Tab still goes to the next response. */
static void
test_rubric_by_response (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  GtkWidget *cell;

  focus (pane, "accuracy", "r1");
  pane_press (pane, 'v');
  g_assert_true (assay_form_view_get_by_response (ASSAY_FORM_VIEW (pane->form_view)));
  pane_press (pane, '5');
  assert_focused (pane, "following", "r1");
  cell = pane_get_focus (pane);
  g_assert_true (pane_press_full (pane, GDK_KEY_Tab, 23, 0));
  assert_focused (pane, "following", "r2");
  g_assert_false (gtk_widget_get_child_visible (cell));
  g_assert_true (pane_press_full (pane, GDK_KEY_ISO_Left_Tab, 23, GDK_SHIFT_MASK));
  assert_focused (pane, "following", "r1");

  /* The last criterion of one leads to the first of the next. */
  focus (pane, "complexity", "r1");
  pane_press (pane, '3');
  assert_focused (pane, "accuracy", "r2");
  g_assert_true (gtk_widget_get_child_visible (pane_get_focus (pane)));
  pane_press (pane, 'v');
  g_assert_false (assay_form_view_get_by_response (ASSAY_FORM_VIEW (pane->form_view)));
  assert_focused (pane, "accuracy", "r2");
  pane_close (pane);
}

/* More points than buttons: digits are typed. */
static void
test_long_scale (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);

  focus (pane, "share", NULL);
  pane_press (pane, '7');
  pane_assert_answer (pane, "share", NULL, "7");
  pane_press (pane, '3');
  pane_assert_answer (pane, "share", NULL, "73");
  pane_press (pane, '9');
  pane_assert_answer (pane, "share", NULL, "9");
  pane_press_full (pane, GDK_KEY_Right, 0, GDK_SHIFT_MASK);
  pane_assert_answer (pane, "share", NULL, "19");
  g_assert_true (gtk_accessible_range_get_type () != 0);
  pane_press_symbol (pane, GDK_KEY_Return);
  assert_focused (pane, "thumb", NULL);

  /* Two points with short words show the words, and digits count them. */
  pane_press (pane, '2');
  pane_assert_answer (pane, "thumb", NULL, "1");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_bar (pane)),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Yes");
  pane_close (pane);
}

static void
test_undo (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  AssayPointBar *bar;

  focus (pane, "accuracy", "r1");
  bar = get_bar (pane);
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
  focus (pane, "note", NULL);
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

  focus (pane, "budget", NULL);
  pane_press (pane, '1');
  focus (pane, "budget", NULL);
  gtk_widget_activate_action (pane->form_view, "form.clear", NULL);
  pane_assert_answer (pane, "budget", NULL, "null");
  assay_judgement_undo (pane->judgement);
  pane_assert_answer (pane, "budget", NULL, "{\"choice\":\"r1\",\"strength\":2}");
  pane_close (pane);

  task = pane_load_task ("checklist");
  pane = pane_open (task, pane_find_seed (task, "r1"));
  focus (pane, "items", "r1");
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

  focus (pane, "c6", NULL);
  while (gtk_widget_get_height (scroller) == height)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_compute_bounds (pane_get_focus (pane), scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  pane_close (pane);
}

static void
test_comment (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);
  GtkWidget *cell;

  focus (pane, "accuracy", "r1");
  cell = pane_get_focus (pane);
  pane_press (pane, 'c');
  g_assert_true (GTK_IS_TEXT_VIEW (pane_get_focus (pane)));
  pane_type (pane, "1 sum ");
  pane_assert_answer (pane, "accuracy", "r1", "{\"comment\":\"1 sum \"}");
  g_assert_true (pane_press_full (pane, GDK_KEY_Return, 36, GDK_CONTROL_MASK));
  g_assert_true (pane_get_focus (pane) == cell);
  pane_press (pane, '2');
  pane_assert_answer (pane, "accuracy", "r1", "{\"comment\":\"1 sum \",\"value\":2}");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "1 sum");
  /* No comment is asked for here. */
  focus (pane, "verbosity", "r1");
  g_assert_false (pane_press (pane, 'c'));
  pane_close (pane);
}

/* Plain keys are letters while a text field has the focus; Escape leaves it for the form. */
static void
test_text_layer (void)
{
  AssayTask *task = pane_load_task ("labels");
  Pane *pane = pane_open (task, 1);

  focus (pane, "note", NULL);
  g_assert_true (GTK_IS_TEXT_VIEW (pane_get_focus (pane)));
  g_assert_false (pane_press (pane, 'j'));
  g_assert_false (pane_press (pane, '1'));
  assert_focused (pane, "note", NULL);
  g_assert_true (pane_press_symbol (pane, GDK_KEY_Escape));
  g_assert_true (pane_get_focus (pane) == pane->form_view);
  assert_focused (pane, "note", NULL);

  /* The form holds the place of the text field: keys go on from there, and Return goes back in. */
  g_assert_true (pane_press (pane, 'k'));
  assert_focused (
      pane, "reply",
      assay_presentation_get_response (assay_judgement_get_presentation (pane->judgement), 1));
  g_assert_true (pane_press (pane, 'j'));
  assert_focused (pane, "note", NULL);
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

  focus (pane, "intent", NULL);
  pane_press (pane, '2');
  pane_assert_answer (pane, "intent", NULL, "\"delivery\"");
  assert_focused (pane, "traits", NULL);
  pane_press (pane, '1');
  pane_press (pane, '3');
  pane_assert_answer (pane, "traits", NULL, "[\"polite\",\"unclear\"]");
  pane_press (pane, '4');
  pane_assert_answer (pane, "traits", NULL, "[\"none\"]");
  pane_press (pane, '1');
  pane_assert_answer (pane, "traits", NULL, "[\"polite\"]");

  /* A question that does not apply is hidden, and keeps what was said. */
  g_assert_false (assay_form_view_focus_question (ASSAY_FORM_VIEW (pane->form_view), "why", NULL));
  focus (pane, "intent", NULL);
  pane_press (pane, '1');
  assert_focused (pane, "why", NULL);
  focus (pane, "why", NULL);
  entry = pane_get_focus (pane);
  pane_type (pane, "the second of May");
  pane_assert_answer (pane, "why", NULL, "\"the second of May\"");
  focus (pane, "intent", NULL);
  pane_press (pane, '3');
  g_assert_false (gtk_widget_get_mapped (entry));
  focus (pane, "intent", NULL);
  pane_press (pane, '1');
  focus (pane, "why", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (pane_get_focus (pane))), ==,
                   "the second of May");

  /* Short options that are asked for each response are one line each. */
  focus (pane, "reply", "r1");
  pane_press (pane, '3');
  assert_focused (pane, "reply", "r2");
  pane_press (pane, '1');
  pane_assert_answer (pane, "reply", "r1", "\"no\"");
  pane_assert_answer (pane, "reply", "r2", "\"yes\"");

  focus (pane, "amount", NULL);
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
  focus (pane, "intent", NULL);
  pane_press (pane, '2');
  pane_assert_answer (pane, "intent", NULL, "\"delivery\"");
  pane_close (pane);
}

static void
test_rank (void)
{
  AssayTask *task = pane_load_task ("rank");
  Pane *pane = pane_open (task, 1);
  AssayPresentation *presentation = assay_judgement_get_presentation (pane->judgement);
  const char *a = assay_presentation_get_response (presentation, 0);
  const char *b = assay_presentation_get_response (presentation, 1);
  const char *c = assay_presentation_get_response (presentation, 2);
  const char *d = assay_presentation_get_response (presentation, 3);
  g_autofree char *as_shown =
      g_strdup_printf ("{\"order\":[[\"%s\"],[\"%s\"],[\"%s\"],[\"%s\"]]}", a, b, c, d);
  g_autofree char *d_second =
      g_strdup_printf ("{\"order\":[[\"%s\"],[\"%s\"],[\"%s\"],[\"%s\"]]}", a, d, b, c);
  g_autofree char *tied =
      g_strdup_printf ("{\"order\":[[\"%s\",\"%s\"],[\"%s\"],[\"%s\"]]}", a, d, b, c);
  g_autofree char *ends = g_strdup_printf ("{\"best\":\"%s\",\"worst\":\"%s\"}", b, a);
  GtkWidget *row;

  /* There is no order until the person gives one. */
  focus (pane, "order", a);
  pane_assert_answer (pane, "order", NULL, "null");
  pane_press (pane, 'o');
  pane_assert_answer (pane, "order", NULL, as_shown);
  assay_judgement_undo (pane->judgement);
  pane_assert_answer (pane, "order", NULL, "null");

  focus (pane, "order", NULL);
  g_assert_true (ASSAY_IS_RANK_ROW (pane_get_focus (pane)));
  pane_press (pane, 'j');
  pane_press (pane, 'j');
  pane_press_symbol (pane, GDK_KEY_Down);
  assert_focused (pane, "order", d);
  row = pane_get_focus (pane);
  pane_press (pane, '2');
  pane_assert_answer (pane, "order", NULL, d_second);
  g_assert_true (pane_get_focus (pane) == row);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 2);
  pane_press (pane, '=');
  pane_assert_answer (pane, "order", NULL, tied);
  pane_press (pane, '=');
  pane_assert_answer (pane, "order", NULL, d_second);

  /* Picked up with Space, carried with the arrows; Alt with an arrow does it in one. */
  pane_press_symbol (pane, GDK_KEY_space);
  pane_press_symbol (pane, GDK_KEY_Down);
  pane_press_symbol (pane, GDK_KEY_Down);
  pane_press_symbol (pane, GDK_KEY_space);
  pane_assert_answer (pane, "order", NULL, as_shown);
  g_assert_true (pane_press_full (pane, GDK_KEY_Up, 111, GDK_ALT_MASK));
  g_assert_true (pane_press_full (pane, GDK_KEY_Up, 111, GDK_ALT_MASK));
  pane_assert_answer (pane, "order", NULL, d_second);

  /* One response is not both ends. */
  focus (pane, "ends", NULL);
  pane_press (pane, 'b');
  pane_press (pane, 'w');
  pane_press (pane, 'j');
  pane_press (pane, 'b');
  pane_assert_answer (pane, "ends", NULL, ends);
  pane_close (pane);
}

static void
test_checklist (void)
{
  AssayTask *task = pane_load_task ("checklist");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  pane_press (pane, 'y');
  assert_focused (pane, "items", "r2");
  pane_press (pane, 'n');
  assert_focused (pane, "items", "r1");
  pane_press (pane, 'p');
  pane_press (pane, '-');
  pane_press (pane, '?');
  pane_press (pane, '3');
  pane_assert_answer (pane, "items", "r1",
                      "{\"handover\":\"unsure\",\"number\":\"partial\",\"regret\":\"yes\"}");
  pane_assert_answer (pane, "items", "r2",
                      "{\"handover\":\"no\",\"number\":\"na\",\"regret\":\"no\"}");
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

  focus (pane, "complexity", "r2");
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
  assert_focused (pane, assay_issue_get_question (g_ptr_array_index (issues, 0)),
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
  focus (pane, "s", NULL);
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
  focus (pane, "q0", NULL);
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
  assert_focused (
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

  focus (pane, "overall", NULL);
  pane_press (pane, '1');
  assay_judgement_finalize_submission (pane->judgement, 1);
  g_assert_false (
      assay_form_view_focus_question (ASSAY_FORM_VIEW (pane->form_view), "overall", NULL));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":3}");
  assay_judgement_reopen (pane->judgement);
  focus (pane, "overall", NULL);
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

  focus (pane, "overall", NULL);
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

/* Many responses are compared two at a time; each comparison is part of the draft and undone by
 * itself. */
static void
test_rank_pairs (void)
{
  AssayTask *task = pane_make_task ("[{\"id\": \"order\", \"type\": \"rank\", \"label\": \"Order\","
                                    "\"required\": true, \"mode\": \"full\"}]",
                                    9);
  Pane *pane = pane_open (task, 1);
  AssayQuestion *question = assay_form_get_question (assay_task_get_form (task), 0);
  g_autoptr (GPtrArray) buttons = pane_find_all (pane, GTK_TYPE_BUTTON);
  guint n = 0;

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), "Compare in _Pairs") == 0)
      g_signal_emit_by_name (buttons->pdata[i], "clicked");
  g_assert_true (pane_says (pane, "1 of at most 21"));
  g_assert_true (pane_press (pane, '1'));
  g_assert_true (pane_says (pane, "2 of at most 21"));
  g_assert_true (pane_press (pane, '2'));
  assay_judgement_undo (pane->judgement);
  g_assert_true (pane_says (pane, "2 of at most 21"));
  g_assert_false (assay_question_is_answered (
      question, assay_judgement_get_answer (pane->judgement, "order", NULL)));
  while (!assay_question_is_answered (question,
                                      assay_judgement_get_answer (pane->judgement, "order", NULL)))
    {
      g_assert_true (pane_press (pane, n % 3 == 0 ? '=' : '1'));
      g_assert_cmpuint (++n, <=, 21);
    }
  assay_judgement_undo (pane->judgement);
  g_assert_false (assay_question_is_answered (
      question, assay_judgement_get_answer (pane->judgement, "order", NULL)));
  g_assert_true (pane_says (pane, "of at most 21"));
  pane_close (pane);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/form/keys", test_keys);
  g_test_add_func ("/form/pairwise", test_pairwise);
  g_test_add_func ("/form/pairwise-tie", test_pairwise_tie);
  g_test_add_func ("/form/shown-order", test_shown_order);
  g_test_add_func ("/form/rubric", test_rubric);
  g_test_add_func ("/form/rubric-by-response", test_rubric_by_response);
  g_test_add_func ("/form/long-scale", test_long_scale);
  g_test_add_func ("/form/undo", test_undo);
  g_test_add_func ("/form/clear", test_clear);
  g_test_add_func ("/form/in-sight", test_in_sight);
  g_test_add_func ("/form/comment", test_comment);
  g_test_add_func ("/form/text-layer", test_text_layer);
  g_test_add_func ("/form/choices", test_choices);
  g_test_add_func ("/form/other", test_other);
  g_test_add_func ("/form/rank", test_rank);
  g_test_add_func ("/form/checklist", test_checklist);
  g_test_add_func ("/form/issues", test_issues);
  g_test_add_func ("/form/accessible", test_accessible);
  g_test_add_func ("/form/markup", test_markup);
  g_test_add_func ("/form/light", test_light);
  g_test_add_func ("/form/final", test_final);
  g_test_add_func ("/form/replace", test_replace);
  g_test_add_func ("/form/rank-pairs", test_rank_pairs);
  g_test_add_func ("/form/custom", test_custom);
  return g_test_run ();
}
