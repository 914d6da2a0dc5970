/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-layout-private.h"

/* A row is as high and as deep as a line of text, in ems, and a little more where what it holds is
 * higher. */
#define STRUT_HEIGHT 0.84
#define STRUT_DEPTH 0.36
#define ROW_SKIP 0.14
#define EDGE 0.5
#define RULE 0.04
#define RULE_GAP 0.2

typedef struct
{
  double height;
  double depth;
  double y; /* of its baseline, down from the table's top */
} Row;

static double
get_gap (const AssayMathTable *table, guint column)
{
  if (table->in_pairs)
    return column % 2 == 0 ? table->column_gap : 0;
  return table->column_gap;
}

static void
align_cells (Layout *self, const AssayMathTable *table, GArray *cells, double scale, Box *box)
{
  double x = table->edges != 0 ? EDGE * scale : 0;

  for (guint c = 0; c < table->n_columns; c++)
    {
      double width = 0;

      if (c > 0)
        x += get_gap (table, c) * scale;
      for (guint r = 0; r < table->n_rows; r++)
        width = MAX (width, g_array_index (cells, Box, r * table->n_columns + c).width);
      for (guint r = 0; r < table->n_rows; r++)
        {
          Box *cell = &g_array_index (cells, Box, r * table->n_columns + c);
          double rest = width - cell->width;

          _assay_math_box_move (self, cell,
                                x
                                    + (table->align[c] == 'l'   ? 0
                                       : table->align[c] == 'r' ? rest
                                                                : rest / 2),
                                0);
        }
      if (table->edges & (G_GUINT64_CONSTANT (1) << c))
        {
          double edge = c == 0 ? 0 : x - get_gap (table, c) * scale / 2;

          _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, edge, -box->height, RULE,
                                box->height + box->depth);
        }
      x += width;
    }
  if (table->edges != 0)
    x += EDGE * scale;
  if (table->n_columns < ASSAY_MATH_COLUMNS_MAX
      && table->edges & (G_GUINT64_CONSTANT (1) << table->n_columns))
    _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, x - RULE, -box->height, RULE,
                          box->height + box->depth);
  box->width = x;
}

static double
count_rules (const AssayMathTable *table, guint row)
{
  return row < ASSAY_MATH_COLUMNS_MAX ? MIN (table->rules[row], 2) : 0;
}

void
_assay_math_layout_table (Layout *self, const AssayMathNode *node, Style style, Box *box)
{
  const AssayMathTable *table = node->table;
  Style inner = { MAX (node->level, style.level >= ASSAY_MATH_STYLE_SCRIPT ? style.level : 0),
                  style.cramped };
  double scale = _assay_math_scale (self, inner);
  double axis = _assay_math_axis (self, style);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Box));
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));
  const AssayMathNode *cell_node = node->first;
  double y = 0;

  _assay_math_box_open (self, box);
  g_array_set_size (rows, table->n_rows);
  for (guint r = 0; r < table->n_rows; r++)
    {
      Row *row = &g_array_index (rows, Row, r);
      double height = STRUT_HEIGHT * scale;
      double depth = STRUT_DEPTH * scale;

      for (guint c = 0; c < table->n_columns; c++, cell_node = cell_node->next)
        {
          Box cell;

          /* A relation that begins the right side of a pair has its space all the same. */
          _assay_math_layout_list (self, cell_node, inner,
                                   table->in_pairs && c % 2 == 1 && cell_node->first != NULL,
                                   &cell);
          cell.width += cell.italic;
          row->height = MAX (row->height, cell.height);
          row->depth = MAX (row->depth, cell.depth);
          g_array_append_val (cells, cell);
        }
      row->height = row->height > height ? row->height + ROW_SKIP * scale / 2 : height;
      row->depth = row->depth > depth ? row->depth + ROW_SKIP * scale / 2 : depth;
      if (r > 0)
        y += table->row_gap * scale;
      if (count_rules (table, r) > 0)
        {
          y += r > 0 ? RULE_GAP * scale / 2 : 0;
        }
      y += row->height;
      row->y = y;
      y += row->depth;
    }

  box->height = y / 2 + axis;
  box->depth = y / 2 - axis;
  for (guint r = 0; r < table->n_rows; r++)
    for (guint c = 0; c < table->n_columns; c++)
      _assay_math_box_move (self, &g_array_index (cells, Box, r * table->n_columns + c), 0,
                            g_array_index (rows, Row, r).y - box->height);
  align_cells (self, table, cells, scale, box);
  for (guint r = 0; r <= table->n_rows; r++)
    for (guint i = 0; i < count_rules (table, r); i++)
      {
        double top = r < table->n_rows
                         ? g_array_index (rows, Row, r).y - g_array_index (rows, Row, r).height
                         : y;

        _assay_math_add_rule (self, ASSAY_MATH_RULE_FILL, 0, top - box->height + i * 3 * RULE,
                              box->width, RULE);
      }
  _assay_math_box_close (self, box);
}
