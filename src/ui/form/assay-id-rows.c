/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-id-rows.h"

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
