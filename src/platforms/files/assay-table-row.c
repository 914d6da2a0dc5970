/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-table-row.h"

static void
take_cell (GStrvBuilder *cells, GString *cell)
{
  g_strv_builder_take (cells, g_strndup (cell->str, cell->len));
  g_string_truncate (cell, 0);
}

/* What stands between a pair of quotation marks around a whole cell, with doubled ones made single.
 */
static void
unquote (GString *cell)
{
  if (cell->len < 2 || cell->str[0] != '"' || cell->str[cell->len - 1] != '"')
    return;
  for (gsize i = 1; i + 1 < cell->len; i++)
    {
      if (cell->str[i] != '"')
        continue;
      if (i + 2 >= cell->len || cell->str[i + 1] != '"')
        return;
      i++;
    }
  g_string_truncate (cell, cell->len - 1);
  g_string_erase (cell, 0, 1);
  g_string_replace (cell, "\"\"", "\"", 0);
}

static GStrv
split_by_tabs (const char *text, gsize length)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);

  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && text[i] != '\t')
        {
          g_string_append_c (cell, text[i]);
          continue;
        }
      unquote (cell);
      take_cell (cells, cell);
    }
  return g_strv_builder_end (cells);
}

static GStrv
split_quoted (const char *text, gsize length, char separator)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  gboolean was_quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c != '"')
            g_string_append_c (cell, c);
          else if (i + 1 < length && text[i + 1] == '"')
            g_string_append_c (cell, text[++i]);
          else
            quoted = FALSE;
        }
      else if (c == '"' && cell->len == 0 && !was_quoted)
        {
          quoted = TRUE;
          was_quoted = TRUE;
        }
      else if (c == separator)
        {
          take_cell (cells, cell);
          was_quoted = FALSE;
        }
      else
        {
          g_string_append_c (cell, c);
        }
    }
  take_cell (cells, cell);
  return g_strv_builder_end (cells);
}

void
assay_table_scan_init (AssayTableScan *self)
{
  g_return_if_fail (self != NULL);

  self->state = ASSAY_TABLE_CELL_START;
  self->n_cells = 1;
}

void
assay_table_scan_feed (AssayTableScan *self, const char *text, gsize length, char separator)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < length && self->state != ASSAY_TABLE_CELL_BROKEN; i++)
    {
      gboolean mark = text[i] == '"';

      if (self->state == ASSAY_TABLE_CELL_QUOTED)
        {
          if (mark)
            self->state = ASSAY_TABLE_CELL_CLOSED;
        }
      else if (text[i] == separator)
        {
          self->state = ASSAY_TABLE_CELL_START;
          self->n_cells++;
        }
      else if (self->state == ASSAY_TABLE_CELL_CLOSED)
        {
          /* A doubled mark. */
          self->state = mark ? ASSAY_TABLE_CELL_QUOTED : ASSAY_TABLE_CELL_BROKEN;
        }
      else if (self->state == ASSAY_TABLE_CELL_START)
        {
          self->state = mark ? ASSAY_TABLE_CELL_QUOTED : ASSAY_TABLE_CELL_PLAIN;
        }
    }
}

static gboolean
is_quoted_row (const char *text, gsize length, char separator, guint n_columns)
{
  AssayTableScan scan;

  assay_table_scan_init (&scan);
  assay_table_scan_feed (&scan, text, length, separator);
  return scan.state != ASSAY_TABLE_CELL_BROKEN && scan.state != ASSAY_TABLE_CELL_QUOTED
         && scan.n_cells == n_columns;
}

GStrv
assay_table_row_split (const char *text, gsize length, char separator, guint n_columns)
{
  g_auto (GStrv) cells = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (separator != '\t')
    return split_quoted (text, length, separator);
  cells = split_by_tabs (text, length);
  /* A line break is here only if it stood within a cell. */
  if (n_columns > 0
      && (g_strv_length (cells) != n_columns || memchr (text, '\n', length) != NULL
          || memchr (text, '\r', length) != NULL)
      && is_quoted_row (text, length, separator, n_columns))
    return split_quoted (text, length, separator);
  return g_steal_pointer (&cells);
}

char
assay_table_guess_separator (const char *header, gsize length)
{
  static const char candidates[] = ",;\t";
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  g_return_val_if_fail (header != NULL, ',');

  for (gsize i = 0; i < length && (quoted || header[i] != '\n'); i++)
    {
      const char *found;

      if (header[i] == '"')
        quoted = !quoted;
      else if (!quoted && header[i] != '\0' && (found = strchr (candidates, header[i])) != NULL)
        counts[found - candidates]++;
    }
  for (guint i = 1; i + 1 < G_N_ELEMENTS (candidates); i++)
    {
      if (counts[i] > counts[best])
        best = i;
    }
  return candidates[best];
}
