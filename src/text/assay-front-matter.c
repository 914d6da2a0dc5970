/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-front-matter.h"

#include <string.h>

#include "assay-source-lines.h"

/* Longer than any that is meant as such. */
#define LINES_MAX 200

static gsize
trim_end (const char *line, gsize length)
{
  while (length > 0 && strchr (" \t\r", line[length - 1]) != NULL)
    length--;
  return length;
}

static gboolean
is_border (const char *line, gsize length, gboolean may_end)
{
  length = trim_end (line, length);
  return length == 3 && (memcmp (line, "---", 3) == 0 || (may_end && memcmp (line, "...", 3) == 0));
}

/* "key:" or "key: value". */
static gboolean
is_key (const char *line, gsize length)
{
  gsize at = 0;

  if (length == 0 || !g_ascii_isalpha (line[0]))
    return FALSE;
  while (at < length && (g_ascii_isalnum (line[at]) || line[at] == '_' || line[at] == '-'))
    at++;
  return at < length && line[at] == ':' && (at + 1 == length || line[at + 1] == ' ');
}

/* What continues the value of a key. */
static gboolean
is_rest (const char *line, gsize length)
{
  return length > 0
         && (line[0] == ' ' || line[0] == '\t' || line[0] == '#'
             || (length > 1 && line[0] == '-' && line[1] == ' '));
}

gsize
assay_front_matter_find (const char *source, gsize length)
{
  gsize at = 0;

  g_return_val_if_fail (source != NULL, 0);

  for (guint n = 0; n < LINES_MAX && at < length; n++)
    {
      gsize end = _assay_source_find_line_end (source, length, at);
      const char *line = source + at;
      gsize line_length = trim_end (line, end - at);

      if (n > 1 && is_border (line, end - at, TRUE))
        return at + line_length;
      if (n == 0 ? !is_border (line, end - at, FALSE)
                 : !is_key (line, line_length) && (n == 1 || !is_rest (line, line_length)))
        return 0;
      at = _assay_source_find_next_line (source, length, at);
    }
  return 0;
}
