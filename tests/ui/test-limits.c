/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-format.h"
#include "assay-limits.h"
#include "assay-link.h"
#include "assay-rationale-counts.h"
#include "pane-fixture.h"

/* What is said at the soft limits, from the first thing beyond each. */

static void
test_questions (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) questions = g_string_new ("[");
      g_autofree char *said =
          g_strdup_printf ("This form has %d questions.", ASSAY_LIMIT_QUESTIONS_SOFT + delta);
      Pane *pane;

      for (int i = 0; i < ASSAY_LIMIT_QUESTIONS_SOFT + delta; i++)
        g_string_append_printf (questions, "%s{\"id\":%d,\"type\":\"text\"}", i > 0 ? "," : "", i);
      g_string_append (questions, "]");
      pane = pane_open (pane_make_task (questions->str, 1), 1);
      g_assert_cmpint (pane_says (pane, said), ==, delta > 0);
      /* It is no stop on the way to the first question. */
      gtk_window_set_focus (GTK_WINDOW (pane->window), NULL);
      g_assert_true (gtk_widget_child_focus (pane->form_view, GTK_DIR_TAB_FORWARD));
      g_assert_cmpstr (assay_form_view_get_focused_question (ASSAY_FORM_VIEW (pane->form_view)), ==,
                       "0");
      pane_close (pane);
    }
}

static void
test_options (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) questions =
          g_string_new ("[{\"id\":\"q\",\"type\":\"choice\",\"options\":[0");
      g_autoptr (GPtrArray) entries = NULL;
      Pane *pane;

      for (int i = 1; i < ASSAY_LIMIT_OPTIONS_SOFT + delta; i++)
        g_string_append_printf (questions, ",%d", i);
      g_string_append (questions, "]}]");
      pane = pane_open (pane_make_task (questions->str, 1), 1);
      entries = pane_find_all (pane, GTK_TYPE_SEARCH_ENTRY);
      g_assert_cmpuint (entries->len, ==, 1);
      g_assert_cmpstr (gtk_search_entry_get_placeholder_text (g_ptr_array_index (entries, 0)), ==,
                       delta > 0 ? "Search 51 options" : "Search options");
      pane_close (pane);
    }
}

static void
test_rationale (void)
{
  g_autoptr (AssayTask) task = pane_load_task ("pair");
  g_autoptr (JsonNode) json = assay_task_to_json (task);
  JsonObject *rationale = json_object_new ();
  JsonObject *form;
  g_autoptr (AssayTask) roomy = NULL;

  form = json_object_get_object_member (json_node_get_object (json), "form");
  json_object_set_int_member (rationale, "max", ASSAY_LIMIT_RATIONALE_CHARACTERS);
  json_object_set_object_member (form, "rationale", rationale);
  roomy = assay_task_new_from_json (json, NULL);
  g_assert_nonnull (roomy);

  for (int delta = -1; delta <= 1; delta++)
    {
      const AssayRationaleFacts facts = {
        .characters = ASSAY_LIMIT_RATIONALE_SOFT_CHARACTERS + delta,
        .words = 4000,
      };
      g_autofree char *said = assay_rationale_describe_length (&facts, assay_task_get_form (roomy));

      g_assert_cmpstr (said, ==, delta > 0 ? "4000 words · unusually long" : "4000 words");
    }
}

static void
test_addresses (void)
{
  static const char start[] = "https://example.org/";

  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *path = g_strnfill (ASSAY_LIMIT_URL_BYTES - strlen (start) + delta, 'a');
      g_autofree char *longest = g_strconcat (start, path, NULL);
      g_autofree char *description = assay_link_describe (longest);
      g_autofree char *long_path =
          g_strnfill (ASSAY_LIMIT_URL_SOFT_CHARACTERS - strlen (start) + delta, 'a');
      g_autofree char *shown = g_strconcat (start, long_path, NULL);
      g_autofree char *shown_description = assay_link_describe (shown);

      g_assert_cmpint (assay_link_can_open (longest), ==, delta <= 0);
      g_assert_cmpint (g_str_has_prefix (description, "Too long to be opened: "), ==, delta > 0);
      g_assert_true (assay_link_can_open (shown));
      g_assert_cmpint (g_str_has_suffix (shown_description, "…"), ==, delta > 0);
    }
}

static void
test_counts (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *tasks = assay_format_n_tasks (ASSAY_LIMIT_INBOX_SOFT_TASKS + delta);
      g_autofree char *waiting = assay_format_n_waiting (ASSAY_LIMIT_OUTBOX_SOFT_ROWS + delta);

      g_assert_cmpint (g_str_has_suffix (tasks, "unusually many"), ==, delta > 0);
      g_assert_cmpint (g_str_has_suffix (waiting, "unusually many"), ==, delta > 0);
    }
}

static void
test_large_task (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *notice = assay_format_large_task (ASSAY_LIMIT_TASK_JSON_SOFT_BYTES + delta);

      g_assert_cmpstr (notice, ==,
                       delta > 0 ? "This task is unusually large (4.0\u00A0MiB)." : NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  g_test_add_func ("/ui/limits/questions", test_questions);
  g_test_add_func ("/ui/limits/options", test_options);
  g_test_add_func ("/ui/limits/rationale", test_rationale);
  g_test_add_func ("/ui/limits/addresses", test_addresses);
  g_test_add_func ("/ui/limits/counts", test_counts);
  g_test_add_func ("/ui/limits/large-task", test_large_task);

  return g_test_run ();
}
