/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that are edited or written in the form. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rewrite-answer.h"
#include "assay-text-area.h"
#include "pane-fixture.h"

static GtkWidget *
find_check (Pane *pane, const char *label)
{
  g_autoptr (GPtrArray) checks = pane_find_all (pane, GTK_TYPE_CHECK_BUTTON);

  for (guint i = 0; i < checks->len; i++)
    if (g_strcmp0 (gtk_check_button_get_label (checks->pdata[i]), label) == 0)
      return checks->pdata[i];
  g_assert_not_reached ();
}

static GtkTextBuffer *
get_buffer (Pane *pane)
{
  g_autoptr (GPtrArray) areas = pane_find_all (pane, ASSAY_TYPE_TEXT_AREA);

  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (assay_text_area_get_text_view (areas->pdata[0])));
}

static void
wait_until_said (Pane *pane, const char *text)
{
  while (!pane_says (pane, text))
    g_main_context_iteration (NULL, TRUE);
}

/* What was fixed is said for the text as a whole, and that nothing needs a change only while
 * nothing was changed. */
static void
test_summary (void)
{
  AssayTask *task = pane_make_task ("[{\"id\": \"q\", \"type\": \"rewrite\", \"change_log\": "
                                    "\"summary\", \"effort\": true}]",
                                    1);
  g_autofree char *original =
      g_strdup (assay_document_get_text (assay_task_get_response (task, 0)));
  Pane *pane = pane_open (task, 1);
  GtkWidget *unchanged = find_check (pane, "No change needed");
  GtkWidget *tone = find_check (pane, "Tone");
  g_autofree char *edited = g_strconcat ("Hello. ", original, NULL);

  gtk_widget_grab_focus (tone);
  pane_press (pane, '6');
  pane_assert_answer (pane, "q", NULL, "{\"issues_fixed\": [\"tone\"]}");
  pane_press (pane, '6');
  pane_assert_answer (pane, "q", NULL, "null");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (unchanged), TRUE);
  pane_assert_answer (pane, "q", NULL, "{\"unchanged_ok\": true}");
  gtk_text_buffer_set_text (get_buffer (pane), edited, -1);
  g_assert_cmpstr (assay_rewrite_answer_get_text (
                       assay_judgement_get_answer (pane->judgement, "q", NULL)),
                   ==, edited);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (unchanged)));
  g_assert_false (gtk_widget_get_sensitive (unchanged));
  wait_until_said (pane, "+ Hello.");
  gtk_text_buffer_set_text (get_buffer (pane), original, -1);
  pane_assert_answer (pane, "q", NULL, "null");
  g_assert_false (pane_says (pane, "+ Hello."));
  pane_close (pane);
}

static void
test_writing (void)
{
  Pane *pane = pane_open (
      pane_make_task ("[{\"id\": \"q\", \"type\": \"rewrite\", \"mode\": \"write\"}]", 0), 1);

  gtk_widget_grab_focus (find_check (pane, "Answer"));
  pane_press (pane, '3');
  pane_assert_answer (pane, "q", NULL, "{\"mode\": \"refuse\"}");
  gtk_text_buffer_set_text (get_buffer (pane), "No.", -1);
  pane_assert_answer (pane, "q", NULL, "{\"mode\": \"refuse\", \"text\": \"No.\"}");
  g_assert_true (pane_says (pane, "1 word"));
  pane_close (pane);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/form-rewrite/summary", test_summary);
  g_test_add_func ("/form-rewrite/writing", test_writing);

  return g_test_run ();
}
