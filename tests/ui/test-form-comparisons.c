/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-point-bar.h"
#include "assay-rank-row.h"
#include "pane-fixture.h"

/* Questions that set responses against one another. */

static void
test_pairwise (void)
{
  AssayTask *task = pane_load_task ("pair");
  Pane *pane = pane_open (task, pane_find_seed (task, "r1"));

  g_assert_true (assay_form_view_focus_first (ASSAY_FORM_VIEW (pane->form_view)));
  pane_assert_focused (pane, "overall", NULL);
  g_assert_cmpint (assay_point_bar_get_selected (pane_get_bar (pane)), ==, -1);
  g_assert_true (assay_judgement_is_empty (pane->judgement));

  /* From "left much better" to "right much better", and on to the next question. */
  g_assert_true (pane_press (pane, '1'));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":3}");
  pane_assert_focused (pane, "budget", NULL);

  pane_focus (pane, "overall", NULL);
  g_assert_cmpint (assay_point_bar_get_selected (pane_get_bar (pane)), ==, 0);
  pane_press (pane, '7');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r2\",\"strength\":3}");
  pane_focus (pane, "overall", NULL);
  g_assert_false (pane_press (pane, '8'));
  pane_press (pane, 'a');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
  pane_focus (pane, "overall", NULL);
  pane_press (pane, 'b');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r2\",\"strength\":2}");
  pane_focus (pane, "overall", NULL);
  pane_press (pane, 'g');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-good\",\"strength\":0}");
  pane_focus (pane, "overall", NULL);
  pane_press (pane, 'x');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-bad\",\"strength\":0}");
  pane_assert_focused (pane, "budget", NULL);

  /* Not applicable where it is offered, and only there. */
  pane_press (pane, 'n');
  pane_assert_answer (pane, "budget", NULL, "{\"na\":true}");
  pane_focus (pane, "overall", NULL);
  g_assert_true (pane_press (pane, 'n'));
  g_assert_true (pane_says (pane, "“Not applicable” is not offered here."));
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-bad\",\"strength\":0}");

  /* An even number of points has no middle: the fourth point is the last. */
  pane_focus (pane, "forced", NULL);
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

  pane_focus (pane, "overall", NULL);
  first = pane_get_focus (pane);
  pane_press (pane, '4');
  pane_assert_focused (pane, "overall", NULL);
  g_assert_true (pane_get_focus (pane) != first);
  g_assert_cmpint (assay_point_bar_get_selected (pane_get_bar (pane)), ==, -1);
  {
    g_autoptr (GPtrArray) issues = assay_judgement_validate (pane->judgement);
    gboolean found = FALSE;

    for (guint i = 0; i < issues->len; i++)
      found |= g_strcmp0 (assay_issue_get_question (g_ptr_array_index (issues, i)), "overall") == 0;
    g_assert_true (found);
  }
  pane_press (pane, '2');
  pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"both-good\",\"strength\":0}");
  pane_assert_focused (pane, "budget", NULL);

  /* No kind is asked for here. */
  pane_press (pane, '3');
  pane_assert_focused (pane, "tone", NULL);
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

      pane_focus (pane, "overall", NULL);
      pane_press (pane, swapped ? '6' : '2');
      pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
      pane_focus (pane, "overall", NULL);
      pane_press (pane, swapped ? 'b' : 'a');
      pane_assert_answer (pane, "overall", NULL, "{\"choice\":\"r1\",\"strength\":2}");
      pane_close (pane);

      task = pane_load_task ("rubric");
      pane = pane_open (task, i);
      pane_focus (pane, "accuracy", "r2");
      pane_press (pane, '4');
      pane_assert_answer (pane, "accuracy", "r2", "4");
      pane_assert_answer (pane, "accuracy", "r1", "null");
      pane_close (pane);
    }
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
  pane_focus (pane, "order", a);
  pane_assert_answer (pane, "order", NULL, "null");
  pane_press (pane, 'o');
  pane_assert_answer (pane, "order", NULL, as_shown);
  assay_judgement_undo (pane->judgement);
  pane_assert_answer (pane, "order", NULL, "null");

  pane_focus (pane, "order", NULL);
  g_assert_true (ASSAY_IS_RANK_ROW (pane_get_focus (pane)));
  pane_press (pane, 'j');
  pane_press (pane, 'j');
  pane_press_symbol (pane, GDK_KEY_Down);
  pane_assert_focused (pane, "order", d);
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
  pane_focus (pane, "ends", NULL);
  pane_press (pane, 'b');
  pane_press (pane, 'w');
  pane_press (pane, 'j');
  pane_press (pane, 'b');
  pane_assert_answer (pane, "ends", NULL, ends);
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

  g_test_add_func ("/form/pairwise", test_pairwise);
  g_test_add_func ("/form/pairwise-tie", test_pairwise_tie);
  g_test_add_func ("/form/shown-order", test_shown_order);
  g_test_add_func ("/form/rank", test_rank);
  g_test_add_func ("/form/rank-pairs", test_rank_pairs);

  return g_test_run ();
}
