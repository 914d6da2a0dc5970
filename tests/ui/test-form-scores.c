/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-json.h"
#include "pane-fixture.h"
#include "widget-fixture.h"

/* Questions about each response by itself: scales, rubrics, checklists. */

static void
test_rubric (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));
  double mean;

  /* Across the responses, then to the next criterion. */
  pane_focus (pane, "accuracy", "r1");
  pane_press (pane, '5');
  pane_assert_focused (pane, "accuracy", "r2");
  pane_press (pane, '2');
  pane_assert_focused (pane, "following", "r1");
  pane_press (pane, '3');
  pane_press (pane, '4');
  pane_assert_focused (pane, "uncertainty", "r1");
  pane_press (pane, 'n');
  pane_assert_answer (pane, "uncertainty", "r1", "{\"na\":true}");
  pane_assert_focused (pane, "uncertainty", "r2");
  pane_focus (pane, "accuracy", "r1");
  pane_press (pane, 'n');
  pane_assert_answer (pane, "accuracy", "r1", "5");

  /* A digit is what the button says: 0 is the first of 0 … 4. */
  pane_focus (pane, "verbosity", "r1");
  pane_press (pane, '0');
  pane_assert_answer (pane, "verbosity", "r1", "0");
  g_assert_true (pane_press (pane, '4'));
  pane_assert_answer (pane, "verbosity", "r2", "4");
  pane_focus (pane, "verbosity", "r1");
  g_assert_false (pane_press (pane, '5'));

  /* Steps stop at the ends. */
  pane_focus (pane, "following", "r1");
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

  pane_focus (pane, "accuracy", "r1");
  pane_press (pane, 'v');
  g_assert_true (assay_form_view_get_by_response (ASSAY_FORM_VIEW (pane->form_view)));
  pane_press (pane, '5');
  pane_assert_focused (pane, "following", "r1");
  cell = pane_get_focus (pane);
  g_assert_true (pane_press_full (pane, GDK_KEY_Tab, 23, 0));
  pane_assert_focused (pane, "following", "r2");
  g_assert_false (gtk_widget_get_child_visible (cell));
  g_assert_true (pane_press_full (pane, GDK_KEY_ISO_Left_Tab, 23, GDK_SHIFT_MASK));
  pane_assert_focused (pane, "following", "r1");

  /* The last criterion of one leads to the first of the next. */
  pane_focus (pane, "complexity", "r1");
  pane_press (pane, '3');
  pane_assert_focused (pane, "accuracy", "r2");
  g_assert_true (gtk_widget_get_child_visible (pane_get_focus (pane)));
  pane_press (pane, 'v');
  g_assert_false (assay_form_view_get_by_response (ASSAY_FORM_VIEW (pane->form_view)));
  pane_assert_focused (pane, "accuracy", "r2");
  pane_close (pane);
}

/* More points than buttons: digits are typed. */
static void
test_long_scale (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);

  pane_focus (pane, "share", NULL);
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
  pane_assert_focused (pane, "thumb", NULL);

  /* Two points with short words show the words, and digits count them. */
  pane_press (pane, '2');
  pane_assert_answer (pane, "thumb", NULL, "1");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (pane_get_bar (pane)),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Yes");
  pane_close (pane);
}

static void
test_comment (void)
{
  AssayTask *task = pane_load_task ("rubric");
  Pane *pane = pane_open (task, 1);
  GtkWidget *cell;

  pane_focus (pane, "accuracy", "r1");
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
  pane_focus (pane, "verbosity", "r1");
  g_assert_false (pane_press (pane, 'c'));
  pane_close (pane);
}

static void
test_checklist (void)
{
  AssayTask *task = pane_load_task ("checklist");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  pane_press (pane, 'y');
  pane_assert_focused (pane, "items", "r2");
  pane_press (pane, 'n');
  pane_assert_focused (pane, "items", "r1");
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

/* What a check finds stands below the verdicts of each response, and the evidence is no markup. */
static void
test_checked (void)
{
  static const char *const lines[] = {
    "Check: not followed. Found: <b>",
    "Check: followed. 0 commas; asked for: exactly 0",
    "Check: not followed. 2 commas; asked for: exactly 0",
  };
  g_autofree char *json = g_strdelimit (
      g_strdup ("{'id': 'checked', 'prompt': 'Without a comma.', 'responses': ["
                "{'id': 'r1', 'content': 'One <b>'}, {'id': 'r2', 'content': 'One, two, three'}],"
                "'form': {'id': 'f', 'version': 1, 'kind': 'constraints.check', 'title': 'Form',"
                "'questions': [{'id': 'items', 'type': 'checklist', 'label': 'Instructions',"
                "'scope': 'each-response', 'words': 'followed', 'items': ["
                "{'id': 'comma', 'text': 'No comma', 'check': {'type': 'punctuation:no_comma'}},"
                "{'id': 'mark', 'text': 'No bold', 'check': {'type': 'x:no_markup'}},"
                "{'id': 'word', 'text': 'No mark',"
                " 'check': {'type': 'keywords:forbidden_words',"
                "           'args': {'forbidden_words': ['<b>']}}}]}]}}"),
      "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);
  AssayTask *task;
  Pane *pane;

  g_assert_no_error (error);
  task = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  pane = pane_open (task, pane_find_seed (task, "r1"));
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkWidget *label;

      WAIT_UNTIL ((label = widget_fixture_find (pane->form_view, GTK_TYPE_LABEL, "label", lines[i]))
                  != NULL);
      g_assert_true (gtk_widget_get_mapped (label));
    }
  pane_close (pane);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/form/rubric", test_rubric);
  g_test_add_func ("/form/rubric-by-response", test_rubric_by_response);
  g_test_add_func ("/form/long-scale", test_long_scale);
  g_test_add_func ("/form/comment", test_comment);
  g_test_add_func ("/form/checklist", test_checklist);
  g_test_add_func ("/form/checked", test_checked);

  return g_test_run ();
}
