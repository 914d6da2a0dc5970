/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-math-spans.h"

#include <string.h>

/* A formula is not longer. */
#define FORMULA_BYTES 8192
/* Words of so many letters are prose, unless a command made them. */
#define PROSE_LETTERS 4

typedef struct
{
  gboolean has_command; /* \frac, ^, _, { */
  gboolean has_operator;
  gboolean has_digit;
  gboolean has_letter;
  guint n_words; /* of two letters and more */
  guint n_long_words;
} Census;

static void
take_census (const char *text, gsize length_bytes, Census *census)
{
  const char *end = text + length_bytes;
  const char *p = text;

  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\\' && p + 1 < end)
        {
          census->has_command = TRUE;
          p++;
          while (p < end && g_ascii_isalpha (*p))
            p++;
          continue;
        }
      if (g_unichar_isalpha (c))
        {
          guint n_letters = 0;

          census->has_letter = TRUE;
          while (p < end && g_unichar_isalpha (g_utf8_get_char (p)))
            {
              n_letters++;
              p = g_utf8_next_char (p);
            }
          census->n_words += n_letters >= 2;
          census->n_long_words += n_letters >= PROSE_LETTERS;
          continue;
        }
      census->has_command = census->has_command || c == '^' || c == '_' || c == '{';
      census->has_operator = census->has_operator || (c < 0x80 && strchr ("+-*/=<>|!", c) != NULL)
                             || g_unichar_type (c) == G_UNICODE_MATH_SYMBOL;
      census->has_digit = census->has_digit || g_unichar_isdigit (c);
      p = g_utf8_next_char (p);
    }
}

/* The offset of the pair's end, or 0. A formula holds no empty line and no other pair. */
static gsize
find_bracket_end (const char *text, gsize length_bytes, gsize start, char closing)
{
  gsize limit = MIN (length_bytes, start + FORMULA_BYTES);
  gboolean line_is_empty = FALSE;

  for (gsize i = start; i + 1 < limit; i++)
    {
      char c = text[i];

      if (c == '\\')
        {
          if (text[i + 1] == closing)
            return i;
          if (text[i + 1] == '(' || text[i + 1] == '[')
            return 0;
          i++;
          line_is_empty = FALSE;
        }
      else if (c == '\n')
        {
          if (line_is_empty)
            return 0;
          line_is_empty = TRUE;
        }
      else if (c == '`')
        {
          return 0;
        }
      else if (c != ' ' && c != '\t' && c != '\r' && c != '>')
        {
          line_is_empty = FALSE;
        }
    }
  return 0;
}

gboolean
assay_math_is_formula (AssayMathDelimiter delimiter,
                       const char *content,
                       gsize length_bytes,
                       gunichar before,
                       gunichar after)
{
  Census census = { 0 };
  gboolean prose;

  g_return_val_if_fail (content != NULL, FALSE);

  if (length_bytes == 0 || length_bytes > FORMULA_BYTES)
    return FALSE;
  take_census (content, length_bytes, &census);
  prose = census.n_long_words >= 2 || census.n_words >= 5;

  switch (delimiter)
    {
    case ASSAY_MATH_DOLLAR:
      if (g_ascii_isspace (content[0]) || g_ascii_isspace (content[length_bytes - 1])
          || g_unichar_isdigit (after))
        return FALSE;
      if (census.has_command)
        return TRUE;
      /* "$100 (or 100$)", "$5/hour = $": an amount of money begins with a digit and goes on with
       * words. */
      if (g_ascii_isdigit (content[0]) && census.n_words > 0)
        return FALSE;
      return census.n_long_words == 0 || (census.has_operator && !prose);

    case ASSAY_MATH_DOUBLE_DOLLAR:
      return census.has_command || !prose;

    case ASSAY_MATH_PARENTHESIS:
    case ASSAY_MATH_BRACKET:
      /* "\[text\](address)" and "name_\(city\)" are escapes. */
      if (after == '(' || (delimiter == ASSAY_MATH_BRACKET && after == '['))
        return FALSE;
      if (census.has_command)
        return TRUE;
      if (before < 0x80 && (g_ascii_isalnum (before) || before == '_' || before == '/'))
        return FALSE;
      if (prose || !(census.has_letter || census.has_digit))
        return FALSE;
      /* "\\[1\\]", "\\[3, 4\\]" and "\\[ \\]" are notes and boxes. */
      if (delimiter == ASSAY_MATH_BRACKET)
        return census.has_letter && census.has_operator;
      return census.has_operator || census.has_digit || census.n_long_words == 0;
    }
  g_assert_not_reached ();
}

guint
assay_math_mark_brackets (char *text, gsize length_bytes)
{
  guint n_pairs = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (gsize i = 0; i + 1 < length_bytes; i++)
    {
      AssayMathDelimiter delimiter;
      gsize end;
      gunichar before, after;

      if (text[i] != '\\')
        continue;
      if (text[i + 1] != '(' && text[i + 1] != '[')
        {
          i++;
          continue;
        }
      delimiter = text[i + 1] == '(' ? ASSAY_MATH_PARENTHESIS : ASSAY_MATH_BRACKET;
      end = find_bracket_end (text, length_bytes, i + 2,
                              delimiter == ASSAY_MATH_PARENTHESIS ? ')' : ']');
      before = i > 0 ? g_utf8_get_char (g_utf8_prev_char (text + i)) : 0;
      after = end + 2 < length_bytes ? g_utf8_get_char (text + end + 2) : 0;
      if (end == 0 || before == '`' || after == '`'
          || !assay_math_is_formula (delimiter, text + i + 2, end - i - 2, before, after))
        {
          i++;
          continue;
        }
      memset (text + i, '`', 2);
      memset (text + end, '`', 2);
      n_pairs++;
      i = end + 1;
    }
  return n_pairs;
}
