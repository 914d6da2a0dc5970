/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words and sentences: what is between them is white space, and all numbers agree. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-words.h"
#include "fuzz.h"

static void
check_tokens (const char *text, gsize length)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  gsize last = 0;

  assay_tokens_append (text, length, 0, tokens);
  for (guint i = 0; i <= tokens->len; i++)
    {
      const AssayToken *token = i < tokens->len ? &g_array_index (tokens, AssayToken, i) : NULL;
      gsize start = token != NULL ? token->start : length;

      g_assert_cmpuint (last, <=, start);
      for (const char *p = text + last; p < text + start; p = g_utf8_next_char (p))
        g_assert_true (g_unichar_isspace (g_utf8_get_char (p)));
      if (token == NULL)
        break;
      g_assert_cmpuint (token->start, <, token->end);
      fuzz_check_border (text, length, token->start);
      fuzz_check_border (text, length, token->end);
      last = token->end;
    }
}

static void
check_sentences (const char *text, gsize length)
{
  g_autoptr (GArray) sentences = assay_sentences_split (text);
  gsize last = 0;

  g_assert_cmpuint (sentences->len % 2, ==, 0);
  for (guint i = 0; i < sentences->len; i += 2)
    {
      gsize start = g_array_index (sentences, gsize, i);
      gsize end = g_array_index (sentences, gsize, i + 1);

      g_assert_cmpuint (last, <=, start);
      g_assert_cmpuint (start, <, end);
      fuzz_check_border (text, length, start);
      fuzz_check_border (text, length, end);
      last = end;
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) texts = fuzz_split_texts (data, size, 2);
  gsize length = strlen (texts[0]);
  g_auto (GStrv) words = assay_words_split (texts[0]);
  g_autofree char *folded = assay_words_fold_space (texts[0]);
  g_autofree char *folded_again = assay_words_fold_space (folded);
  double similarity = assay_words_similarity (texts[0], texts[1]);

  check_tokens (texts[0], length);
  check_sentences (texts[0], length);
  g_assert_cmpuint (g_strv_length (words), ==, assay_words_count (texts[0]));
  for (guint i = 0; words[i] != NULL; i++)
    fuzz_check_text (words[i]);
  fuzz_check_text (folded);
  g_assert_cmpstr (folded, ==, folded_again);
  g_assert_cmpuint (assay_characters_count_trimmed (texts[0]), <=, g_utf8_strlen (texts[0], -1));
  g_assert_true (similarity >= 0 && similarity <= 1);
  g_assert_cmpfloat (similarity, ==, assay_words_similarity (texts[1], texts[0]));
  return 0;
}
