/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-id-rows.h"

#include "assay-issue.h"

GPtrArray *
assay_id_rows_arrange (GtkBox *box,
                       GPtrArray *rows,
                       const char *const *ids,
                       guint n_ids,
                       AssayIdRowsGetId get_id,
                       AssayIdRowsCreate create,
                       gpointer user_data)
{
  GPtrArray *arranged = g_ptr_array_new ();
  GtkWidget *before = NULL;

  g_return_val_if_fail (GTK_IS_BOX (box), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  for (guint n = 0; n < n_ids; n++)
    {
      GtkWidget *row = NULL;

      for (guint i = 0; i < rows->len && row == NULL; i++)
        if (g_str_equal (get_id (rows->pdata[i]), ids[n]))
          row = g_ptr_array_steal_index (rows, i);
      if (row == NULL)
        {
          row = create (user_data, ids[n]);
          gtk_box_insert_child_after (box, row, before);
        }
      else if (gtk_widget_get_prev_sibling (row) != before)
        gtk_box_reorder_child_after (box, row, before);
      before = row;
      g_ptr_array_add (arranged, row);
    }
  for (guint i = 0; i < rows->len; i++)
    gtk_box_remove (box, rows->pdata[i]);
  g_ptr_array_unref (rows);
  return arranged;
}

gpointer
assay_id_rows_find (GPtrArray *rows, const char *id, AssayIdRowsGetId get_id)
{
  g_return_val_if_fail (rows != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (get_id (rows->pdata[i]), id))
      return rows->pdata[i];
  return NULL;
}

void
assay_id_rows_set_issues (GPtrArray *rows,
                          GPtrArray *issues,
                          AssayIdRowsGetId get_id,
                          AssayIdRowsSetIssues set_issues)
{
  g_return_if_fail (rows != NULL);
  g_return_if_fail (issues != NULL);

  for (guint r = 0; r < rows->len; r++)
    {
      g_autoptr (GPtrArray) own = g_ptr_array_new ();

      for (guint i = 0; i < issues->len; i++)
        if (g_strcmp0 (assay_issue_get_item (issues->pdata[i]), get_id (rows->pdata[r])) == 0)
          g_ptr_array_add (own, issues->pdata[i]);
      set_issues (rows->pdata[r], own);
    }
}

GPtrArray *
assay_id_rows_list_other_issues (GPtrArray *issues)
{
  GPtrArray *rest = g_ptr_array_new ();

  g_return_val_if_fail (issues != NULL, rest);

  for (guint i = 0; i < issues->len; i++)
    if (assay_issue_get_item (issues->pdata[i]) == NULL)
      g_ptr_array_add (rest, issues->pdata[i]);
  return rest;
}
