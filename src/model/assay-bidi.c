/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-bidi.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEFT_TO_RIGHT_MARK "\u200E"
#define RIGHT_TO_LEFT_MARK "\u200F"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"
#define REPLACEMENT "\uFFFD"

int
assay_bidi_get_direction (gunichar c)
{
  if (c == 0x200E)
    return 1;
  if (c == 0x200F || c == 0x61C)
    return -1;
  if (!g_unichar_isalpha (c))
    return 0;
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)
                 || (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF)
             ? -1
             : 1;
}

gboolean
assay_bidi_is_control (gunichar c)
{
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
         || (c >= 0x2066 && c <= 0x2069);
}

/* A locale says what is asked for; a sentence says what there is. */
static int
get_sentence_direction (void)
{
  for (const char *p = _ ("“%s” needs an answer."); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int direction;

      /* The conversion is no word. */
      if (c == '%')
        {
          p++;
          continue;
        }
      direction = assay_bidi_get_direction (c);
      if (direction != 0)
        return direction;
    }
  return 1;
}

char *
assay_bidi_isolate (const char *text)
{
  return assay_bidi_isolate_in (text, get_sentence_direction ());
}

char *
assay_bidi_isolate_in (const char *text, int sentence)
{
  g_autoptr (GString) string = NULL;
  gboolean needed = sentence < 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (sentence != 0, NULL);

  if (*text == '\0')
    return g_strdup (text);
  string = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      needed = needed || assay_bidi_get_direction (c) < 0;
      if (assay_bidi_is_control (c))
        g_string_append (string, REPLACEMENT);
      else
        g_string_append_unichar (string, c);
    }
  if (needed)
    {
      g_string_prepend (string, FIRST_STRONG_ISOLATE);
      g_string_prepend (string, sentence < 0 ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK);
      g_string_append (string, POP_ISOLATE);
    }
  return g_string_free_and_steal (g_steal_pointer (&string));
}

gsize
assay_bidi_match_isolate (const char *text)
{
  static const char *const beginnings[] = {
    LEFT_TO_RIGHT_MARK FIRST_STRONG_ISOLATE,
    RIGHT_TO_LEFT_MARK FIRST_STRONG_ISOLATE,
  };

  g_return_val_if_fail (text != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      gsize length = strlen (beginnings[i]);

      if (!g_str_has_prefix (text, beginnings[i]))
        continue;
      for (const char *p = text + length; *p != '\0'; p = g_utf8_next_char (p))
        {
          if (assay_bidi_is_control (g_utf8_get_char (p)))
            return g_utf8_get_char (p) == ASSAY_BIDI_POP_ISOLATE ? length : 0;
        }
    }
  return 0;
}

char *
assay_bidi_strip (const char *text)
{
  g_autoptr (GString) string = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  string = g_string_new (NULL);
  while (*text != '\0')
    {
      gsize length = assay_bidi_match_isolate (text);
      const char *end;

      if (length == 0)
        {
          const char *next = g_utf8_next_char (text);

          g_string_append_len (string, text, next - text);
          text = next;
          continue;
        }
      text += length;
      end = strstr (text, POP_ISOLATE);
      g_string_append_len (string, text, end - text);
      text = end + strlen (POP_ISOLATE);
    }
  return g_string_free_and_steal (g_steal_pointer (&string));
}
