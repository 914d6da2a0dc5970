/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A form has rows with controls for so many at a time. */
#define ASSAY_ROW_PAGER_ROWS 25u

#define ASSAY_TYPE_ROW_PAGER (assay_row_pager_get_type ())
/**
 * AssayRowPager:
 *
 * Which part of a long list has rows; hidden where all of it has.
 *
 * Signal: `turned` when the person wants another part.
 */
G_DECLARE_FINAL_TYPE (AssayRowPager, assay_row_pager, ASSAY, ROW_PAGER, GtkWidget)

GtkWidget *assay_row_pager_new (void);
/* How many there are now; the part stays where it is, as far as it can. */
void assay_row_pager_set_n (AssayRowPager *self, guint n);
/* [first, end) */
guint assay_row_pager_get_first (AssayRowPager *self);
guint assay_row_pager_get_end (AssayRowPager *self);
/* Goes to the part with @index; TRUE if it is another one. */
gboolean assay_row_pager_reveal (AssayRowPager *self, guint index);
/* Appends the buttons that lead anywhere; borrowed. */
void assay_row_pager_list_stops (AssayRowPager *self, GPtrArray *stops);

G_END_DECLS
