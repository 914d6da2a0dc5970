/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-source-lines.h"

#include "assay-markdown-private.h"

/* How long the longest line of a paragraph is that somebody wrapped by hand. */
#define WRAPPED_COLUMNS_MIN 56
#define WRAPPED_COLUMNS_MAX 100

gsize
_assay_source_find_line_start (const char *source, gsize length, gsize offset)
{
  while (offset > 0 && source[offset - 1] != '\n' && source[offset - 1] != '\r')
    offset--;
  return offset;
}

gsize
_assay_source_find_line_end (const char *source, gsize length, gsize offset)
{
  return offset + _assay_span_to (source, length, offset, "\n\r");
}

gsize
_assay_source_skip_line_break (const char *source, gsize length, gsize offset)
{
  if (source[offset] == '\r' && source[offset + 1] == '\n')
    return offset + 2;
  return source[offset] != '\0' ? offset + 1 : offset;
}

gsize
_assay_source_find_next_line (const char *source, gsize length, gsize offset)
{
  return _assay_source_skip_line_break (source, length,
                                        _assay_source_find_line_end (source, length, offset));
}

/* Whether @n or more of @c stand in the line at @offset, perhaps behind list and quotation marks.
 */
gboolean
_assay_source_line_has (const char *source,
                        gsize length,
                        gsize offset,
                        const char *characters,
                        guint n)
{
  gsize end = _assay_source_find_line_end (source, length, offset);

  for (gsize i = offset; i < end; i++)
    if (_assay_span (source, MIN (end, i + n), i, characters) >= n)
      return TRUE;
  return FALSE;
}

/* The place of the first fence in the line at @offset, and how long it is; the line's end if there
 * is none. */
static gsize
find_fence (const char *source, gsize length, gsize offset, gsize *n)
{
  gsize end = _assay_source_find_line_end (source, length, offset);

  for (gsize i = offset; i < end; i += MAX (*n, 1))
    {
      *n = source[i] == '`' || source[i] == '~'
               ? _assay_span (source, end, i, source[i] == '`' ? "`" : "~")
               : 0;
      if (*n >= 3)
        return i;
    }
  return end;
}

gsize
_assay_source_count_columns (const char *source, gsize start, gsize end)
{
  gsize columns = 0;

  for (gsize i = start; i < end; i++)
    columns += source[i] == '\t' ? 4 - columns % 4 : 1;
  return columns;
}

/* How long the mark is that an item begins with: a bullet, or a number with its sign; 0 if there is
 * none. */
static gsize
get_item_mark (const char *source, gsize at, gsize end)
{
  gsize n = _assay_span (source, end, at, "0123456789");

  if (n == 0)
    return at < end && strchr ("-+*", source[at]) != NULL ? 1 : 0;
  return at + n < end && strchr (".)", source[at + n]) != NULL ? n + 1 : 0;
}

/* Goes through what stands before a fence, @start … @end: the marks of the containers, or what the
 * lines after those begin with. For items, @widths says how many columns they indent; with @reads
 * it is read off the marks. FALSE where the containers are others. */
static gboolean
walk_containers (const char *source,
                 gsize start,
                 gsize end,
                 const gboolean *are_quotes,
                 guint n_containers,
                 gsize *widths,
                 gboolean reads)
{
  gsize at = start + _assay_span (source, end, start, " \t");
  gsize columns = _assay_source_count_columns (source, start, at);

  for (guint i = 0; i < n_containers; i++)
    {
      gsize mark = reads && !are_quotes[i] ? get_item_mark (source, at, end) : 0;
      gsize next;

      if (!are_quotes[i] && mark == 0)
        {
          if (columns < widths[i])
            return FALSE;
          columns -= widths[i];
          continue;
        }
      if (are_quotes[i] && (at == end || source[at] != '>'))
        return FALSE;
      mark = MAX (mark, 1);
      next = at + mark + _assay_span (source, end, at + mark, " \t");
      if (!are_quotes[i])
        widths[i] = columns + mark;
      columns = _assay_source_count_columns (source, start, next)
                - _assay_source_count_columns (source, start, at + mark);
      at = next;
      if (!are_quotes[i])
        {
          widths[i] += columns;
          columns = 0;
        }
      /* A space belongs to the mark. */
      columns -= MIN (columns, 1);
    }
  return at == end;
}

/* Whether what stands before the fence in the line at @offset is what a line of the containers
 * begins with: the marks of its quotations, and as many columns as the items indent. Of those that
 * began in an earlier line than @opening the narrowest are assumed. */
static gboolean
is_inside (const char *source,
           gsize opening,
           gsize fence,
           gsize offset,
           gsize at,
           const gboolean *are_quotes,
           guint n_containers)
{
  g_autofree gsize *widths = g_new (gsize, n_containers + 1);

  for (guint i = 0; i < n_containers; i++)
    widths[i] = 2;
  if (!walk_containers (source, opening, fence, are_quotes, n_containers, widths, TRUE))
    for (guint i = 0; i < n_containers; i++)
      widths[i] = 2;
  return walk_containers (source, offset, at, are_quotes, n_containers, widths, FALSE);
}

gboolean
_assay_source_line_closes_fence (const char *source,
                                 gsize length,
                                 gsize opening,
                                 gsize offset,
                                 const gboolean *are_quotes,
                                 guint n_containers)
{
  gsize end = _assay_source_find_line_end (source, length, offset);
  gsize at = offset + _assay_span (source, end, offset, " \t>");
  gsize n_opening = 0;
  gsize n = 0;
  gsize fence, columns;
  guint n_quotes = 0;

  fence = find_fence (source, length, opening, &n_opening);
  if (at == end || find_fence (source, length, offset, &n) != at || source[at] != source[fence]
      || n < n_opening || _assay_span (source, end, at + n, " \t") != end - at - n)
    return FALSE;

  /* One that stands outside the quotation or the item opens another block. */
  if (!is_inside (source, opening, fence, offset, at, are_quotes, n_containers))
    return FALSE;
  for (guint i = 0; i < n_containers; i++)
    n_quotes += are_quotes[i];
  if (n_quotes == n_containers)
    return TRUE;
  columns = _assay_source_count_columns (source, opening, fence);
  /* Where a bullet stands before it, the fence begins the item; else it may be indented further. */
  if (_assay_span (source, fence, opening, " \t>") == fence - opening)
    columns = MAX (2 * (n_containers - n_quotes), columns - MIN (columns, 3));
  return _assay_source_count_columns (source, offset, at) + 2 * n_quotes >= columns;
}

gboolean
_assay_source_line_is_empty (const char *source, gsize length, gsize offset)
{
  gsize end = _assay_source_find_line_end (source, length, offset);

  return _assay_span (source, end, offset, " \t>") == end - offset;
}

/* Whether a person wrapped the paragraph at a column: then the first word of each line would not
 * have fitted the line before it. */
gboolean
_assay_source_is_wrapped_by_hand (const char *source, gsize length, gsize first, gsize last)
{
  gsize longest = 0;

  for (int pass = 0; pass < 2; pass++)
    {
      gsize line = _assay_source_find_line_start (source, length, first);

      while (line < last)
        {
          gsize end = _assay_source_find_line_end (source, length, line);
          gsize next = _assay_source_find_next_line (source, length, line);
          gsize n = g_utf8_strlen (source + line, end - line);

          if (pass == 0)
            longest = MAX (longest, n);
          else if (next < last)
            {
              gsize word = next + _assay_span (source, length, next, " \t>");
              gsize word_length = _assay_span_to (source, length, word, " \t\r\n");

              if (n + 1 + g_utf8_strlen (source + word, word_length) <= longest)
                return FALSE;
            }
          line = next > line ? next : last;
        }
      if (longest < WRAPPED_COLUMNS_MIN || longest > WRAPPED_COLUMNS_MAX)
        return FALSE;
    }
  return TRUE;
}
