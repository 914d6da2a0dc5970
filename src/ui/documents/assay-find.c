/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-find.h"

#include <string.h>

static gunichar
fold (gunichar c)
{
  return c < 0x80 ? (gunichar) g_ascii_tolower (c) : g_unichar_tolower (c);
}

/* The end of the match that begins at @text, or NULL. */
static const char *
match_here (const char *text, const char *needle)
{
  while (*needle != '\0')
    {
      if (*text == '\0' || fold (g_utf8_get_char (text)) != fold (g_utf8_get_char (needle)))
        return NULL;
      text = g_utf8_next_char (text);
      needle = g_utf8_next_char (needle);
    }
  return text;
}

gboolean
assay_find_next (const char *text,
                 gsize start,
                 const char *needle,
                 gsize *match_start,
                 gsize *match_end)
{
  gunichar first;

  g_return_val_if_fail (text != NULL && needle != NULL, FALSE);
  g_return_val_if_fail (match_start != NULL && match_end != NULL, FALSE);

  if (*needle == '\0')
    return FALSE;
  first = fold (g_utf8_get_char (needle));
  for (const char *p = text + start; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *end;

      if (fold (g_utf8_get_char (p)) != first)
        continue;
      end = match_here (p, needle);
      if (end != NULL)
        {
          *match_start = p - text;
          *match_end = end - text;
          return TRUE;
        }
    }
  return FALSE;
}
