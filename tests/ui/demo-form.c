/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the judgement pane by itself with sample tasks of every question type. Not installed; for
 * looking at it: build-aux/with-session _build/…/tests/ui/demo-form --task rubric --width 400
 * --picture /tmp/rubric.png */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>

#include "assay-json.h"
#include "assay-judgement-pane.h"
#include "assay-ways-out-dialog.h"

static char *task_id = NULL;
static char *picture = NULL;
static char *text = NULL;
static char *answers = NULL;
static char *focus = NULL;
static int width = 400;
static int height = 860;
static int seed = 1;
static gboolean dark = FALSE;
static gboolean mirrored = FALSE;
static gboolean by_response = FALSE;
static gboolean issues = FALSE;
static gboolean spelling = FALSE;
static char *page = NULL;
static gboolean ways_out = FALSE;
static double scale = 1;
static double scroll = 0;

static const GOptionEntry options[] = {
  { "task", 0, 0, G_OPTION_ARG_STRING, &task_id, "Which task", "ID" },
  { "answers", 0, 0, G_OPTION_ARG_STRING, &answers, "Answers to begin with", "JSON" },
  { "text", 0, 0, G_OPTION_ARG_STRING, &text, "A rationale to begin with", "TEXT" },
  { "focus", 0, 0, G_OPTION_ARG_STRING, &focus, "Where to begin", "QUESTION" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Pixels", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Pixels", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "For the order of the responses", "N" },
  { "scroll", 0, 0, G_OPTION_ARG_DOUBLE, &scroll, "How far down", "PIXELS" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark style", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &mirrored, "Right to left", NULL },
  { "by-response", 0, 0, G_OPTION_ARG_NONE, &by_response, "Read rubrics by response", NULL },
  { "issues", 0, 0, G_OPTION_ARG_NONE, &issues, "Show what is missing", NULL },
  { "spelling", 0, 0, G_OPTION_ARG_NONE, &spelling, "Check the spelling", NULL },
  { "page", 0, 0, G_OPTION_ARG_STRING, &page, "judgement, guideline or notes", "NAME" },
  { "ways-out", 0, 0, G_OPTION_ARG_NONE, &ways_out, "Show the ways out", NULL },
  { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &scale, "How large text is", "FACTOR" },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture, "Save a picture and end", "FILE" },
  { NULL },
};

static AssayTask *
load_task (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR") != NULL ? g_getenv ("ASSAY_SOURCE_DIR") : ".",
                        "tests", "ui", "data", "form-tasks.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *tasks;

  if (!g_file_get_contents (path, &content, NULL, &error)
      || (root = assay_json_parse (content, -1, &error)) == NULL)
    g_error ("%s", error->message);
  tasks = assay_json_node_array (root);
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      AssayTask *task = assay_task_new_from_json (json_array_get_element (tasks, i), &error);

      if (task == NULL)
        g_error ("%s", error->message);
      if (task_id == NULL || g_str_equal (assay_task_get_id (task), task_id))
        return task;
      g_object_unref (task);
    }
  g_error ("No task %s", task_id);
}

/* {"question": answer} or {"question": {"@r1": answer}} for one response. */
static void
fill (AssayJudgement *judgement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  g_autoptr (GList) members = NULL;

  if (answers == NULL)
    return;
  root = assay_json_parse (answers, -1, &error);
  if (root == NULL)
    g_error ("%s", error->message);
  object = assay_json_node_object (root);
  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      JsonObject *each = assay_json_node_object (node);
      g_autoptr (GList) responses = each != NULL ? json_object_get_members (each) : NULL;
      gboolean for_each = responses != NULL && *(const char *) responses->data == '@';

      if (!for_each)
        assay_judgement_set_answer (judgement, l->data, NULL, node);
      for (GList *r = responses; for_each && r != NULL; r = r->next)
        assay_judgement_set_answer (judgement, l->data, (const char *) r->data + 1,
                                    json_object_get_member (each, r->data));
    }
}

static gboolean
end_cb (gpointer user_data)
{
  GtkWidget *window = user_data;
  g_autoptr (GError) error = NULL;
  const char *const argv[] = { "import", "-window", "root", picture, NULL };
  guint n = 0;
  GQueue queue = G_QUEUE_INIT;

  g_queue_push_tail (&queue, window);
  while (!g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      n++;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_print ("%u widgets\n", n);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                     &error))
    g_printerr ("%s\n", error->message);
  gtk_window_destroy (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static gboolean
start_cb (gpointer user_data)
{
  AssayJudgementPane *pane = user_data;

  if (focus != NULL)
    assay_form_view_focus_question (assay_judgement_pane_get_form (pane), focus, NULL);
  if (scroll > 0)
    assay_judgement_pane_set_scroll (pane, scroll);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application)
{
  g_autoptr (AssayTask) task = load_task ();
  g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (task, seed);
  g_autoptr (AssayGuideline) guideline =
      assay_guideline_new ("demo", 1, "Demo", "# Rules\n\nWhat counts.\n\n## Accuracy\n\nSums.");
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  AssayJudgementPane *pane = g_object_new (ASSAY_TYPE_JUDGEMENT_PANE, NULL);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
  if (mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  fill (judgement);
  if (text != NULL)
    assay_judgement_set_rationale (judgement, text);

  assay_form_view_set_by_response (assay_judgement_pane_get_form (pane), by_response);
  assay_rationale_editor_set_spelling_enabled (assay_judgement_pane_get_rationale (pane), spelling);
  assay_judgement_pane_set_judgement (pane, judgement);
  assay_judgement_pane_show_form (pane);
  assay_judgement_pane_set_guideline (pane, guideline);
  if (page != NULL)
    assay_judgement_pane_set_page (pane, page);
  if (issues)
    {
      g_autoptr (GPtrArray) found = assay_judgement_validate (judgement);

      assay_judgement_pane_set_issues (pane, found);
    }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (pane));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), toolbar);
  gtk_window_set_title (GTK_WINDOW (window), assay_task_get_title (task));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (300, start_cb, pane);
  if (ways_out)
    adw_dialog_present (assay_ways_out_dialog_new (judgement), window);
  if (picture != NULL)
    g_timeout_add (1200, end_cb, window);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  application =
      g_object_new (ADW_TYPE_APPLICATION, "application-id", "dev.assay.Demo", "flags",
                    G_APPLICATION_NON_UNIQUE, "resource-base-path", ASSAY_RESOURCE_PREFIX, NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
