/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <adwaita.h>
#include <libdex.h>

#include "assay-task-list-page.h"
#include "assay-task-row.h"
#include "store-fixture.h"
#include "widget-fixture.h"

/* What an inbox of a hundred thousand tasks costs in widgets: a counter of the performance rules.
 */

#define N_TASKS 100000
#define MAX_ROWS 220
/* Each is styled by itself. */
#define MAX_WIDGETS_OF_A_ROW 1

static guint
count_widgets (GtkWidget *top, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (top), type);

  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child, type);
  return n;
}

static gboolean
is_filled (GtkWidget *window)
{
  GtkWidget *row = widget_fixture_find (window, ASSAY_TYPE_TASK_ROW, NULL, NULL);
  AssayTaskSummary *summary =
      row != NULL ? assay_task_row_get_summary (ASSAY_TASK_ROW (row)) : NULL;

  return summary != NULL && assay_task_summary_get_loaded (summary);
}

static void
test_rows (void)
{
  g_autoptr (TestStore) test = test_store_new ();
  GtkWidget *window = adw_window_new ();
  AssayTaskListPage *page = g_object_new (ASSAY_TYPE_TASK_LIST_PAGE, NULL);
  GtkWidget *row;
  guint n_rows;

  test_store_execute (
      test, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)"
            " INSERT INTO task (project, task_id, position, title, kind, n_responses, est_minutes,"
            " pay_minor, digest, added_at)"
            " SELECT 1, 't' || i, i, 'Task ' || i, 'pairwise.overall', 2, 0, 0, 'd', 1 FROM n");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  assay_task_list_page_set_store (page, test->store);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_UNTIL (is_filled (window));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (assay_task_list_page_get_list (page))),
                    ==, N_TASKS);
  n_rows = count_widgets (window, ASSAY_TYPE_TASK_ROW);
  g_test_message ("%u rows", n_rows);
  g_assert_cmpuint (n_rows, >, 0);
  g_assert_cmpuint (n_rows, <=, MAX_ROWS);
  row = widget_fixture_find (window, ASSAY_TYPE_TASK_ROW, NULL, NULL);
  g_assert_cmpuint (count_widgets (row, GTK_TYPE_WIDGET), <=, MAX_WIDGETS_OF_A_ROW);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  adw_init ();

  g_test_add_func ("/inbox-rows/rows", test_rows);
  return g_test_run ();
}
