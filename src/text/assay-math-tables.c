/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-private.h"

#include <string.h>

typedef enum
{
  COLUMNS_CENTERED,
  COLUMNS_IN_PAIRS, /* right and left in turn */
  COLUMNS_LEFT,
  COLUMNS_GIVEN,    /* by an argument */
  COLUMNS_LINES,    /* one, centred */
  COLUMNS_EQUATION, /* right, centred, left */
} Columns;

typedef struct
{
  const char *name;
  gunichar open;
  gunichar close;
  Columns columns;
  int style;
  double column_gap;
  double row_gap;
  gboolean has_argument; /* that says nothing that is needed */
} Environment;

/* The gap between columns is twice \arraycolsep; rows of displayed equations stand \jot apart. */
#define GAP 1.0
#define JOT 0.3

/* clang-format off */
static const Environment environments[] = {
  { "matrix", 0, 0, COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "pmatrix", '(', ')', COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "bmatrix", '[', ']', COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "Bmatrix", '{', '}', COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "vmatrix", '|', '|', COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "Vmatrix", 0x2016, 0x2016, COLUMNS_CENTERED, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "smallmatrix", 0, 0, COLUMNS_CENTERED, ASSAY_MATH_STYLE_SCRIPT, 0.5, 0, FALSE },
  { "array", 0, 0, COLUMNS_GIVEN, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "darray", 0, 0, COLUMNS_GIVEN, ASSAY_MATH_STYLE_DISPLAY, GAP, 0, FALSE },
  { "tabular", 0, 0, COLUMNS_GIVEN, ASSAY_MATH_STYLE_TEXT, GAP, 0, FALSE },
  { "subarray", 0, 0, COLUMNS_GIVEN, ASSAY_MATH_STYLE_SCRIPT, 0.5, 0, FALSE },
  { "cases", '{', 0, COLUMNS_LEFT, ASSAY_MATH_STYLE_TEXT, GAP, 0.2, FALSE },
  { "dcases", '{', 0, COLUMNS_LEFT, ASSAY_MATH_STYLE_DISPLAY, GAP, 0.2, FALSE },
  { "rcases", 0, '}', COLUMNS_LEFT, ASSAY_MATH_STYLE_TEXT, GAP, 0.2, FALSE },
  { "drcases", 0, '}', COLUMNS_LEFT, ASSAY_MATH_STYLE_DISPLAY, GAP, 0.2, FALSE },
  { "aligned", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 2, JOT, FALSE },
  { "align", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 2, JOT, FALSE },
  { "alignedat", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 0, JOT, TRUE },
  { "alignat", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 0, JOT, TRUE },
  { "flalign", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 2, JOT, FALSE },
  { "split", 0, 0, COLUMNS_IN_PAIRS, ASSAY_MATH_STYLE_DISPLAY, 2, JOT, FALSE },
  { "eqnarray", 0, 0, COLUMNS_EQUATION, ASSAY_MATH_STYLE_DISPLAY, 0.6, JOT, FALSE },
  { "gathered", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY, GAP, JOT, FALSE },
  { "gather", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY, GAP, JOT, FALSE },
  { "multline", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY, GAP, JOT, FALSE },
  { "equation", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY, GAP, JOT, FALSE },
  { "displaymath", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY, GAP, JOT, FALSE },
  { "math", 0, 0, COLUMNS_LINES, ASSAY_MATH_STYLE_TEXT, GAP, JOT, FALSE },
};
/* clang-format on */

static const Environment lines = { "lines", 0,   0,    COLUMNS_LINES, ASSAY_MATH_STYLE_DISPLAY,
                                   GAP,     JOT, FALSE };
static const Environment substack = { "substack", 0, 0,    COLUMNS_LINES, ASSAY_MATH_STYLE_SCRIPT,
                                      0.5,        0, FALSE };

typedef struct
{
  GPtrArray *cells; /* AssayMathNode */
  GArray *rows;     /* guint: how many cells are in each */
  AssayMathTable *table;
} Rows;

static void
rows_init (Rows *rows)
{
  rows->cells = g_ptr_array_new ();
  rows->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  rows->table = g_new0 (AssayMathTable, 1);
}

static void
rows_clear (Rows *rows)
{
  g_clear_pointer (&rows->cells, g_ptr_array_unref);
  g_clear_pointer (&rows->rows, g_array_unref);
  g_clear_pointer (&rows->table, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static const Environment *
find_environment (const char *name)
{
  gsize length = strlen (name);

  if (length > 0 && name[length - 1] == '*')
    length--;
  for (guint i = 0; i < G_N_ELEMENTS (environments); i++)
    if (_assay_math_is_command (name, length, environments[i].name))
      return &environments[i];
  return NULL;
}

static gboolean
at_command (AssayMathParser *self, const char *name)
{
  gsize n = strlen (name);

  return (gsize) (self->end - self->p) >= n && memcmp (self->p, name, n) == 0
         && !(self->p + n < self->end && g_ascii_isalpha (self->p[n]) && g_ascii_isalpha (name[1]));
}

/* {c|c} and the like. */
static gboolean
parse_columns (AssayMathParser *self, AssayMathTable *table)
{
  g_autofree char *raw = NULL;
  guint n = 0;

  _assay_math_skip_spaces (self);
  if (self->p < self->end && *self->p == '[')
    while (self->p < self->end && *self->p++ != ']')
      ;
  raw = _assay_math_parse_raw (self);
  if (raw == NULL)
    return FALSE;
  for (const char *p = raw; *p != '\0'; p++)
    {
      if (*p == '|' && n < ASSAY_MATH_COLUMNS_MAX)
        {
          table->edges |= G_GUINT64_CONSTANT (1) << n;
        }
      else if ((*p == '@' || *p == '!' || *p == '>' || *p == 'p') && p[1] == '{')
        {
          /* What stands between columns, and how wide one is. */
          if (*p == 'p' && n < ASSAY_MATH_COLUMNS_MAX)
            table->align[n++] = 'l';
          while (p[1] != '\0' && *p != '}')
            p++;
        }
      else if (*p == 'l' || *p == 'c' || *p == 'r')
        {
          if (n >= ASSAY_MATH_COLUMNS_MAX)
            return _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, "array", -1);
          table->align[n++] = *p;
        }
      else if (*p != ' ' && *p != ':')
        {
          return _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, raw, -1);
        }
    }
  return TRUE;
}

/* Behind a row: the distance that \\ may be given, and lines. */
static void
parse_row_start (AssayMathParser *self, Rows *rows)
{
  static const char *const rules[] = { "\\hline", "\\hdashline", "\\toprule", "\\midrule",
                                       "\\bottomrule" };

  for (;;)
    {
      gboolean found = FALSE;

      _assay_math_skip_spaces (self);
      for (guint i = 0; i < G_N_ELEMENTS (rules) && !found; i++)
        if (at_command (self, rules[i]))
          {
            self->p += strlen (rules[i]);
            if (rows->rows->len <= ASSAY_MATH_COLUMNS_MAX)
              rows->table->rules[rows->rows->len - 1]++;
            found = TRUE;
          }
      if (!found)
        return;
    }
}

static void
parse_row_gap (AssayMathParser *self)
{
  const char *p = self->p;

  if (p < self->end && *p == '*')
    p++;
  if (p < self->end && *p == '[')
    {
      const char *q = p + 1;

      while (q < self->end && (g_ascii_isalnum (*q) || strchr (".- +", *q) != NULL))
        q++;
      /* "\\[1.5ex]", but not a cell that begins with a bracket. */
      if (q < self->end && *q == ']' && q - p > 2 && g_ascii_isalpha (q[-1]))
        p = q + 1;
    }
  self->p = p;
}

static void
add_cell (Rows *rows, AssayMathNode *cell)
{
  g_ptr_array_add (rows->cells, cell);
  g_array_index (rows->rows, guint, rows->rows->len - 1)++;
}

static void
add_row (Rows *rows)
{
  guint none = 0;

  g_array_append_val (rows->rows, none);
}

/* What comes behind the last \\ is a row only if there is something in it. */
static void
drop_empty_row (Rows *rows)
{
  guint n = g_array_index (rows->rows, guint, rows->rows->len - 1);

  if (n == 0)
    g_array_set_size (rows->rows, rows->rows->len - 1);
  if (n != 1)
    return;
  if (((AssayMathNode *) g_ptr_array_index (rows->cells, rows->cells->len - 1))->first != NULL)
    return;
  g_ptr_array_set_size (rows->cells, rows->cells->len - 1);
  g_array_set_size (rows->rows, rows->rows->len - 1);
}

static AssayMathNode *
make_table (AssayMathParser *self, Rows *rows, const Environment *environment)
{
  AssayMathNode *node = _assay_math_node_new (self, ASSAY_MATH_TABLE);
  AssayMathTable *table = rows->table;
  guint cell = 0;

  drop_empty_row (rows);
  table->n_rows = rows->rows->len;
  for (guint r = 0; r < table->n_rows; r++)
    table->n_columns = MAX (table->n_columns, g_array_index (rows->rows, guint, r));
  if (table->n_columns > ASSAY_MATH_COLUMNS_MAX)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, environment->name, -1);
      return NULL;
    }
  table->column_gap = environment->column_gap;
  table->row_gap = environment->row_gap;
  table->in_pairs = environment->columns == COLUMNS_IN_PAIRS;
  for (guint c = 0; c < table->n_columns; c++)
    switch (environment->columns)
      {
      case COLUMNS_IN_PAIRS:
        table->align[c] = c % 2 == 0 ? 'r' : 'l';
        break;
      case COLUMNS_LEFT:
        table->align[c] = 'l';
        break;
      case COLUMNS_EQUATION:
        table->align[c] = "rcl"[c % 3];
        break;
      case COLUMNS_GIVEN:
        if (table->align[c] == '\0')
          table->align[c] = 'c';
        break;
      case COLUMNS_CENTERED:
      case COLUMNS_LINES:
      default:
        table->align[c] = 'c';
        break;
      }
  table->align[table->n_columns] = '\0';

  /* Every row has all columns. */
  for (guint r = 0; r < table->n_rows; r++)
    {
      guint n = g_array_index (rows->rows, guint, r);

      for (guint c = 0; c < table->n_columns; c++)
        {
          self->n_cells++;
          if (self->n_cells > ASSAY_MATH_CELLS)
            {
              _assay_math_fail (self, ASSAY_MATH_ERROR_TOO_LARGE, environment->name, -1);
              return NULL;
            }
          _assay_math_node_append (node, c < n ? g_ptr_array_index (rows->cells, cell++)
                                               : _assay_math_node_new (self, ASSAY_MATH_GROUP));
        }
    }
  node->level = environment->style;
  node->table = g_steal_pointer (&rows->table);
  return node;
}

/* Cells and rows up to \end, which is not taken. */
static gboolean
parse_rows (AssayMathParser *self, Rows *rows)
{
  add_row (rows);
  parse_row_start (self, rows);
  for (;;)
    {
      AssayMathNode *cell = _assay_math_parse_list (self, ASSAY_MATH_UNTIL_CELL);

      if (cell == NULL)
        return FALSE;
      add_cell (rows, cell);
      if (*self->p == '&')
        {
          self->p++;
        }
      else if (at_command (self, "\\\\") || at_command (self, "\\cr"))
        {
          self->p += self->p[1] == '\\' ? 2 : 3;
          parse_row_gap (self);
          add_row (rows);
          parse_row_start (self, rows);
        }
      else
        {
          return TRUE;
        }
    }
}

AssayMathNode *
_assay_math_parse_environment (AssayMathParser *self)
{
  g_autofree char *name = _assay_math_parse_raw (self);
  g_autofree char *end = NULL;
  g_auto (Rows) rows = { 0 };
  const Environment *environment;
  AssayMathNode *table;
  AssayMathNode *node;
  gsize length;

  if (name == NULL)
    return NULL;
  environment = find_environment (name);
  if (environment == NULL)
    {
      g_autofree char *what = g_strdup_printf ("\\begin{%s}", name);

      _assay_math_fail (self, ASSAY_MATH_ERROR_UNKNOWN, what, -1);
      return NULL;
    }
  rows_init (&rows);
  _assay_math_skip_spaces (self);
  /* [t] and the like: where an inner table stands. */
  if (self->end - self->p > 2 && *self->p == '[' && self->p[2] == ']'
      && strchr ("tcblr", self->p[1]) != NULL)
    self->p += 3;
  if (environment->columns == COLUMNS_GIVEN && !parse_columns (self, rows.table))
    return NULL;
  if (environment->has_argument)
    {
      g_autofree char *raw = _assay_math_parse_raw (self);

      if (raw == NULL)
        return NULL;
    }
  if (!parse_rows (self, &rows))
    return NULL;

  _assay_math_take_command (self, &length);
  end = _assay_math_parse_raw (self);
  if (end == NULL)
    return NULL;
  if (strcmp (end, name) != 0)
    {
      _assay_math_fail (self, ASSAY_MATH_ERROR_SYNTAX, "\\end", -1);
      return NULL;
    }
  table = make_table (self, &rows, environment);
  if (table == NULL || (environment->open == 0 && environment->close == 0))
    return table;

  node = _assay_math_node_new (self, ASSAY_MATH_FENCED);
  node->atom = ASSAY_MATH_INNER;
  node->character = environment->open;
  node->closing = environment->close;
  _assay_math_node_append (node, table);
  return node;
}

AssayMathNode *
_assay_math_make_lines (AssayMathParser *self, GPtrArray *lists)
{
  AssayMathNode *group = _assay_math_node_new (self, ASSAY_MATH_GROUP);
  g_auto (Rows) rows = { 0 };
  AssayMathNode *table;

  rows_init (&rows);
  for (guint i = 0; i < lists->len; i++)
    {
      add_row (&rows);
      add_cell (&rows, g_ptr_array_index (lists, i));
    }
  table = make_table (self, &rows, &lines);
  if (table == NULL)
    return NULL;
  _assay_math_node_append (group, table);
  group->is_lines = TRUE;
  return group;
}

void
_assay_math_skip_newline (AssayMathParser *self)
{
  self->p += 2;
  parse_row_gap (self);
}

AssayMathNode *
_assay_math_parse_substack (AssayMathParser *self)
{
  AssayMathNode *argument = _assay_math_parse_argument (self);

  if (argument == NULL)
    return NULL;
  if (argument->is_lines)
    {
      AssayMathNode *table = argument->first;

      table->level = substack.style;
      table->table->row_gap = substack.row_gap;
      table->table->column_gap = substack.column_gap;
    }
  return argument;
}
