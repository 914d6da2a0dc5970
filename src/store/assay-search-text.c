/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-search-text.h"

/* More than anybody types; a pasted page must not become a query of ten thousand words. */
#define MAX_QUERY_WORDS 16
#define MAX_QUERY_CHARACTERS 300

static gboolean
writes_no_spaces (gunichar c)
{
  /* Most text is Latin, and asking for the script is a search in a table. */
  if (c < 0x0E00)
    return FALSE;

  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_YI:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What the tokenizer takes as part of a word: see version-001.sql. */
static gboolean
is_word_character (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
append_split (GString *split, const char *text, gsize length)
{
  gboolean was_single = FALSE;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* A mark stays with the character that carries it. */
      if (!g_unichar_ismark (c))
        {
          gboolean is_single = writes_no_spaces (c);

          if (is_single || was_single)
            g_string_append_c (split, ' ');
          was_single = is_single;
        }
      g_string_append_len (split, p, g_utf8_next_char (p) - p);
    }
}

/* As a quoted string, in which only the quotation mark has a meaning. */
static void
append_word (GString *query, const char *word, gsize length)
{
  if (query->len > 0)
    g_string_append_c (query, ' ');
  g_string_append_c (query, '"');
  append_split (query, word, length);
  g_string_append_c (query, '"');
}

static gboolean
has_byte_from (const char *text, gsize length, guchar lowest)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] >= lowest)
      return TRUE;
  return FALSE;
}

char *
assay_search_text_split (const char *text)
{
  g_autoptr (GString) split = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  /* Below U+0800 every script writes spaces, and most texts have nothing beyond it. */
  length = strlen (text);
  if (!has_byte_from (text, length, 0xE0))
    return g_strndup (text, length);

  split = g_string_sized_new (length + length / 8);
  append_split (split, text, length);
  return g_string_free_and_steal (g_steal_pointer (&split));
}

char *
assay_search_text_make_query (const char *typed)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *valid = NULL;
  const char *p;
  guint n_words = 0, n_characters = 0;

  if (typed == NULL)
    return NULL;

  valid = g_utf8_make_valid (typed, -1);
  p = valid;
  while (*p != '\0' && n_words < MAX_QUERY_WORDS && n_characters < MAX_QUERY_CHARACTERS)
    {
      const char *start = p;
      gboolean has_word = FALSE;

      while (*p != '\0' && *p != '"' && !g_unichar_isspace (g_utf8_get_char (p))
             && n_characters < MAX_QUERY_CHARACTERS)
        {
          has_word |= is_word_character (g_utf8_get_char (p));
          p = g_utf8_next_char (p);
          n_characters++;
        }
      /* A word of nothing but signs would make the whole query match nothing. */
      if (has_word)
        {
          append_word (query, start, p - start);
          n_words++;
        }
      /* Quotation marks separate words like spaces do, so that none ever needs escaping. */
      while (*p == '"' || (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);
    }

  if (n_words == 0)
    return NULL;
  g_string_append_c (query, '*');
  return g_string_free_and_steal (g_steal_pointer (&query));
}
