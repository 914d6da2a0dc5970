/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-words.h"

#include <pango/pango.h>
#include <string.h>

/* Text is analysed in stretches, so that the attributes of a large document never stand in memory
 * all at once. A stretch ends with a line where it can, so that no word or sentence is cut. */
#define STRETCH_BYTES (64 * 1024)

#define SHINGLE_WORDS 5

/* What of a line is looked at for the word that a place is in. */
#define CONTEXT_CHARACTERS 100

typedef void (*StretchFunc) (const char *text, gsize length_bytes, gpointer user_data);

/* Where the first stretch of a longer text ends: behind its last line, else behind its last space,
 * else between characters. */
static gsize
find_cut (const char *text)
{
  gsize space = 0;
  gsize cut = STRETCH_BYTES;

  for (gsize end = STRETCH_BYTES; end > 0; end--)
    {
      if (text[end - 1] == '\n')
        return end;
      if (text[end - 1] == ' ' && space == 0)
        space = end;
    }
  if (space > 0)
    return space;
  while ((text[cut] & 0xC0) == 0x80)
    cut++;
  return cut;
}

static void
foreach_stretch (const char *text, gsize length, StretchFunc func, gpointer user_data)
{
  gsize start = 0;

  while (start < length)
    {
      gsize end = length;

      if (length - start > STRETCH_BYTES)
        end = start + find_cut (text + start);
      func (text + start, end - start, user_data);
      start = end;
    }
}

/* The attributes of the positions between characters, one more than there are characters. */
static PangoLogAttr *
get_attributes (const char *text, gsize length_bytes, gsize *n_characters)
{
  gsize n = g_utf8_strlen (text, length_bytes);
  PangoLogAttr *attributes = g_new0 (PangoLogAttr, n + 1);

  pango_get_log_attrs (text, length_bytes, -1, pango_language_from_string ("en"), attributes,
                       n + 1);
  *n_characters = n;
  return attributes;
}

typedef void (*WordFunc) (const char *word, gsize length_bytes, gpointer user_data);

typedef struct
{
  WordFunc func;
  gpointer user_data;
} WordClosure;

static void
foreach_word_in_stretch (const char *text, gsize length_bytes, gpointer user_data)
{
  WordClosure *closure = user_data;
  gsize n_characters;
  g_autofree PangoLogAttr *attributes = get_attributes (text, length_bytes, &n_characters);
  const char *start = text;
  const char *p = text;
  gboolean has_letter = FALSE;

  for (gsize i = 0; i < n_characters; i++)
    {
      has_letter = has_letter || g_unichar_isalnum (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
      if (i + 1 == n_characters || attributes[i + 1].is_word_boundary)
        {
          if (has_letter)
            closure->func (start, p - start, closure->user_data);
          start = p;
          has_letter = FALSE;
        }
    }
}

/* A word is what lies between two word boundaries and holds a letter or a digit. */
static void
foreach_word (const char *text, WordFunc func, gpointer user_data)
{
  WordClosure closure = { func, user_data };

  foreach_stretch (text, strlen (text), foreach_word_in_stretch, &closure);
}

static void
count_word (const char *word, gsize length_bytes, gpointer user_data)
{
  guint *n_words = user_data;

  *n_words += 1;
}

static void
add_word (const char *word, gsize length_bytes, gpointer user_data)
{
  GStrvBuilder *builder = user_data;

  g_strv_builder_take (builder, g_utf8_strdown (word, length_bytes));
}

static GHashTable *
make_shingles (const char *text)
{
  g_auto (GStrv) words = assay_words_split (text);
  GHashTable *shingles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (i + 1 < SHINGLE_WORDS)
        continue;
      g_hash_table_add (shingles, g_strjoin (" ", words[i - 4], words[i - 3], words[i - 2],
                                             words[i - 1], words[i], NULL));
    }
  return shingles;
}

typedef struct
{
  GArray *sentences;
  const char *origin;
} SentenceClosure;

static void
add_sentences_in_stretch (const char *text, gsize length_bytes, gpointer user_data)
{
  SentenceClosure *closure = user_data;
  gsize n_characters;
  g_autofree PangoLogAttr *attributes = get_attributes (text, length_bytes, &n_characters);
  const char *start = NULL;
  const char *end = NULL;
  const char *p = text;

  for (gsize i = 0; i <= n_characters; i++)
    {
      gboolean at_border = i == n_characters || (i > 0 && attributes[i].is_sentence_boundary);

      if (at_border && start != NULL)
        {
          gsize pair[2] = { start - closure->origin, end - closure->origin };

          g_array_append_vals (closure->sentences, pair, 2);
          start = NULL;
        }
      if (i == n_characters)
        break;
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        {
          start = start ? start : p;
          end = g_utf8_next_char (p);
        }
      p = g_utf8_next_char (p);
    }
}

typedef struct
{
  GArray *tokens;
  gsize offset;
  gboolean in_sentence;
} TokenClosure;

static void
add_tokens_in_stretch (const char *text, gsize length_bytes, gpointer user_data)
{
  TokenClosure *closure = user_data;
  gsize n_characters;
  g_autofree PangoLogAttr *attributes = get_attributes (text, length_bytes, &n_characters);
  const char *start = text;
  const char *p = text;
  gboolean is_word = FALSE;
  gboolean is_space = TRUE;

  for (gsize i = 0; i < n_characters; i++)
    {
      gunichar c = g_utf8_get_char (p);

      if (i > 0 && attributes[i].is_sentence_boundary)
        closure->in_sentence = FALSE;
      is_word = is_word || g_unichar_isalnum (c);
      is_space = is_space && g_unichar_isspace (c);
      p = g_utf8_next_char (p);
      if (i + 1 < n_characters && !attributes[i + 1].is_word_boundary)
        continue;
      if (!is_space)
        {
          AssayToken token = { .start = closure->offset + (start - text),
                               .end = closure->offset + (p - text),
                               .is_word = is_word,
                               .begins_sentence = !closure->in_sentence };

          closure->in_sentence = TRUE;
          g_array_append_val (closure->tokens, token);
        }
      start = p;
      is_word = FALSE;
      is_space = TRUE;
    }
  closure->offset += length_bytes;
}

guint
assay_words_count (const char *text)
{
  guint n_words = 0;

  g_return_val_if_fail (text != NULL, 0);

  foreach_word (text, count_word, &n_words);
  return n_words;
}

GStrv
assay_words_split (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (text != NULL, NULL);

  foreach_word (text, add_word, builder);
  return g_strv_builder_end (builder);
}

guint
assay_characters_count_trimmed (const char *text)
{
  const char *end;

  g_return_val_if_fail (text != NULL, 0);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text)
    {
      const char *previous = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (previous)))
        break;
      end = previous;
    }
  return g_utf8_strlen (text, end - text);
}

double
assay_words_similarity (const char *a, const char *b)
{
  g_autoptr (GHashTable) shingles_a = NULL;
  g_autoptr (GHashTable) shingles_b = NULL;
  GHashTableIter iter;
  gpointer shingle;
  guint n_common = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  shingles_a = make_shingles (a);
  shingles_b = make_shingles (b);
  if (g_hash_table_size (shingles_a) == 0 || g_hash_table_size (shingles_b) == 0)
    return 0;

  g_hash_table_iter_init (&iter, shingles_a);
  while (g_hash_table_iter_next (&iter, &shingle, NULL))
    if (g_hash_table_contains (shingles_b, shingle))
      n_common++;
  return (double) n_common
         / (g_hash_table_size (shingles_a) + g_hash_table_size (shingles_b) - n_common);
}

GArray *
assay_sentences_split (const char *text)
{
  SentenceClosure closure = { NULL, text };

  g_return_val_if_fail (text != NULL, NULL);

  closure.sentences = g_array_new (FALSE, FALSE, sizeof (gsize));
  foreach_stretch (text, strlen (text), add_sentences_in_stretch, &closure);
  return closure.sentences;
}

/* From @place, no further than @n characters and the line's end; @step is 1 or -1. */
static const char *
go (const char *text, const char *place, guint n, int step)
{
  while (n-- > 0
         && (step > 0 ? *place != '\0' && *place != '\n' : place > text && place[-1] != '\n'))
    place = step > 0 ? g_utf8_next_char (place) : g_utf8_prev_char (place);
  return place;
}

/* How many characters it is from @place to the end of the word that it is in. */
static guint
measure_rest_of_word (const char *text, const char *place, int step)
{
  const char *start = go (text, place, CONTEXT_CHARACTERS, -1);
  const char *end = go (text, place, CONTEXT_CHARACTERS, 1);
  gsize n_characters;
  g_autofree PangoLogAttr *attributes = get_attributes (start, end - start, &n_characters);
  gssize i = g_utf8_strlen (start, place - start);
  guint n = 0;

  for (; i > 0 && i < (gssize) n_characters && !attributes[i].is_word_boundary; i += step)
    n++;
  return n;
}

void
assay_words_widen (const char *text, guint *start, guint *end)
{
  const char *first;
  const char *last;
  const char *p;

  g_return_if_fail (text != NULL);
  g_return_if_fail (start != NULL && end != NULL);

  if (*start >= *end)
    return;
  first = g_utf8_offset_to_pointer (text, *start);
  last = g_utf8_offset_to_pointer (first, *end - *start);
  for (p = first; p < last && g_unichar_isspace (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    ;
  /* Of white space alone. */
  if (p == last)
    return;
  *start += (guint) g_utf8_strlen (first, p - first);
  first = p;
  for (p = last; g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (p)));
       p = g_utf8_prev_char (p))
    *end -= 1;
  last = p;
  *start -= measure_rest_of_word (text, first, -1);
  *end += measure_rest_of_word (text, last, 1);
}

char *
assay_words_fold_space (const char *text)
{
  GString *folded;
  gboolean pending = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  folded = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          pending = folded->len > 0;
          continue;
        }
      if (pending)
        g_string_append_c (folded, ' ');
      pending = FALSE;
      g_string_append_unichar (folded, c);
    }
  return g_string_free_and_steal (folded);
}

void
assay_tokens_append (const char *text, gsize length_bytes, gsize origin, GArray *tokens)
{
  TokenClosure closure = { tokens, origin, FALSE };

  g_return_if_fail (text != NULL && tokens != NULL);

  foreach_stretch (text, length_bytes, add_tokens_in_stretch, &closure);
}
