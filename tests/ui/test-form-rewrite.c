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

static GtkTextTag *
find_tag_at (GtkTextBuffer *buffer, int offset, GtkTextTag *wanted)
{
  GtkTextIter iter;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      PangoUnderline underline = PANGO_UNDERLINE_NONE;

      g_object_get (l->data, "underline", &underline, NULL);
      if (wanted != NULL ? l->data == wanted : underline == PANGO_UNDERLINE_SINGLE)
        return l->data;
    }
  return NULL;
}

typedef struct
{
  GtkTextTag *tag;
  int first; /* character that it was set for or taken from */
} Touched;

static void
touched_cb (GtkTextBuffer *buffer,
            GtkTextTag *tag,
            GtkTextIter *start,
            GtkTextIter *end,
            Touched *touched)
{
  if (tag == touched->tag)
    touched->first = MIN (touched->first, gtk_text_iter_get_offset (start));
}

/* A text view lays out anew whatever is touched, and a letter is waited for. */
static void
test_places (void)
{
  AssayTask *task = pane_make_task ("[{\"id\": \"q\", \"type\": \"rewrite\", \"change_log\": "
                                    "\"summary\"}]",
                                    1);
  const char *original = assay_document_get_text (assay_task_get_response (task, 0));
  g_autofree char *edited = g_strconcat ("Hello. ", original, NULL);
  Pane *pane = pane_open (task, 1);
  GtkTextBuffer *buffer = get_buffer (pane);
  Touched touched = { .first = G_MAXINT };
  int length;
  GtkTextIter end;

  gtk_text_buffer_set_text (buffer, edited, -1);
  wait_until_said (pane, "+ Hello.");
  touched.tag = find_tag_at (buffer, 0, NULL);
  g_assert_nonnull (touched.tag);
  g_signal_connect (buffer, "apply-tag", G_CALLBACK (touched_cb), &touched);
  g_signal_connect (buffer, "remove-tag", G_CALLBACK (touched_cb), &touched);

  length = gtk_text_buffer_get_char_count (buffer);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, " Goodbye.", -1);
  wait_until_said (pane, "Goodbye.");
  g_assert_cmpint (touched.first, >, (int) strlen ("Hello. "));
  g_assert_cmpint (touched.first, <=, length + 1);
  g_assert_true (find_tag_at (buffer, 0, touched.tag) != NULL);
  g_assert_true (find_tag_at (buffer, length + 1, touched.tag) != NULL);

  /* What is as it was is not underlined. */
  gtk_text_buffer_set_text (buffer, original, -1);
  while (find_tag_at (buffer, 0, touched.tag) != NULL || pane_says (pane, "+ Hello."))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (buffer, &touched);
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
  g_test_add_func ("/form-rewrite/places", test_places);
  g_test_add_func ("/form-rewrite/writing", test_writing);

  return g_test_run ();
}
