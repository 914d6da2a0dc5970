/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayTableScan:
 *
 * Counts the cells of a row whose cells are quoted by the letter: a quotation mark opens a cell or
 * is part of it, and what closes a cell ends it.
 */
typedef struct
{
  enum
  {
    ASSAY_TABLE_CELL_START,
    ASSAY_TABLE_CELL_PLAIN,
    ASSAY_TABLE_CELL_QUOTED, /* the row goes on */
    ASSAY_TABLE_CELL_CLOSED,
    ASSAY_TABLE_CELL_BROKEN, /* it is not quoted that way */
  } state;
  guint n_cells;
} AssayTableScan;

void assay_table_scan_init (AssayTableScan *self);
/* Goes over a part of a row, with the line breaks within its cells. */
void assay_table_scan_feed (AssayTableScan *self, const char *text, gsize length, char separator);

/* Takes one row of a table apart (RFC 4180). @text must be valid UTF-8. Tables with tabs mostly
 * know no quotation marks, except around a whole cell; but where that does not give @n_columns (0:
 * not known) and RFC 4180 does, the row was written by that. (transfer full) GStrv. */
GStrv assay_table_row_split (const char *text, gsize length, char separator, guint n_columns);

/* The separator that a header uses most outside quotation marks: comma, semicolon or tab. */
char assay_table_guess_separator (const char *header, gsize length);

G_END_DECLS
