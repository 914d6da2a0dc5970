/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-rewrite-changes.h"

#include <stdlib.h>
#include <string.h>

#include "assay-alignment.h"
#include "assay-limits.h"
#include "assay-words.h"

/* A word decides more than a comma about which of two ways to match a sentence. */
#define WORD_WEIGHT 4
#define SIGN_WEIGHT 1
/* Between sentences that have no counterpart, fewer words in a row are chance. */
#define LOOSE_RUN 3
/* As many words in a row that stand between more that are new are chance as well. */
#define CHANCE_WORDS 2
/* Longer texts are aligned by sentence before words are compared. */
#define LONG_TEXT_TOKENS 8000
/* Among more changes than a person makes, none is looked for by what it says. */
#define MAX_SOUGHT_CHANGES 200
#define NONE G_MAXUINT

typedef struct
{
  const char *text;
  gsize length;
  GArray *tokens; /* AssayToken */
  guint *ids;
  GArray *starts;  /* guint: the first token of each unit, and their number */
  guint *partners; /* of each token: the one of the other text, or NONE */
} Side;

/* Tokens of both texts between which nothing was kept: from a and b up to their ends. */
typedef struct
{
  guint a;
  guint a_end;
  guint b;
  guint b_end;
} Gap;

G_DEFINE_BOXED_TYPE (AssayRewriteChanges,
                     assay_rewrite_changes,
                     assay_rewrite_changes_ref,
                     assay_rewrite_changes_unref)

static const AssayToken *
get_token (const Side *side, guint index)
{
  return &g_array_index (side->tokens, AssayToken, index);
}

/* Units are sentences, and end with the line. */
static void
side_init (Side *side, const char *text)
{
  side->text = text;
  side->length = strlen (text);
  side->tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  side->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  assay_tokens_append (text, side->length, 0, side->tokens);
  for (guint t = 0; t < side->tokens->len; t++)
    {
      const AssayToken *token = get_token (side, t);

      if (t == 0 || token->begins_sentence
          || memchr (text + token[-1].end, '\n', token->start - token[-1].end) != NULL)
        g_array_append_val (side->starts, t);
    }
  g_array_append_val (side->starts, side->tokens->len);
  side->ids = g_new (guint, side->tokens->len + 1);
  side->partners = g_new (guint, side->tokens->len + 1);
  for (guint t = 0; t < side->tokens->len; t++)
    side->partners[t] = NONE;
}

static void
side_clear (Side *side)
{
  g_array_unref (side->tokens);
  g_array_unref (side->starts);
  g_free (side->ids);
  g_free (side->partners);
}

typedef struct
{
  const char *text;
  gsize length;
  guint *id;
  gboolean is_word;
} Spelling;

static int
compare_spellings (gconstpointer a, gconstpointer b)
{
  const Spelling *one = a;
  const Spelling *other = b;

  if (one->length != other->length)
    return one->length < other->length ? -1 : 1;
  return memcmp (one->text, other->text, one->length);
}

/* Numbers for spellings, by sorting: no text can make this slow. Returns how many there are. */
static guint
number_tokens (Side *sides, gboolean **is_word, guint8 **weights)
{
  guint n = sides[0].tokens->len + sides[1].tokens->len;
  g_autofree Spelling *spellings = g_new (Spelling, n + 1);
  guint n_ids = 0;

  n = 0;
  for (guint s = 0; s < 2; s++)
    for (guint t = 0; t < sides[s].tokens->len; t++)
      {
        const AssayToken *token = get_token (&sides[s], t);

        spellings[n++] = (Spelling) { sides[s].text + token->start, token->end - token->start,
                                      &sides[s].ids[t], token->is_word };
      }
  qsort (spellings, n, sizeof *spellings, compare_spellings);
  *is_word = g_new0 (gboolean, n + 1);
  *weights = g_new0 (guint8, n + 1);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && compare_spellings (&spellings[i - 1], &spellings[i]) != 0)
        n_ids++;
      *spellings[i].id = n_ids;
      (*is_word)[n_ids] = spellings[i].is_word;
      (*weights)[n_ids] = spellings[i].is_word ? WORD_WEIGHT : SIGN_WEIGHT;
    }
  return n > 0 ? n_ids + 1 : 0;
}

static void
pair_tokens (Side *sides, guint a, guint b)
{
  sides[0].partners[a] = b;
  sides[1].partners[b] = a;
}

static void
match (Side *sides, Gap gap, const guint8 *weights, guint min_run)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (AssayPlacePair));

  assay_common_tokens_find (sides[0].ids + gap.a, gap.a_end - gap.a, sides[1].ids + gap.b,
                            gap.b_end - gap.b, weights, min_run, pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      AssayPlacePair pair = g_array_index (pairs, AssayPlacePair, i);

      pair_tokens (sides, gap.a + pair.a, gap.b + pair.b);
    }
}

/* By unit first, then by word. */
static void
match_units (Side *sides, const gboolean *is_word, const guint8 *weights, guint n_ids)
{
  AssayUnits a = { sides[0].ids, (const guint *) sides[0].starts->data, sides[0].starts->len - 1 };
  AssayUnits b = { sides[1].ids, (const guint *) sides[1].starts->data, sides[1].starts->len - 1 };
  g_autoptr (GArray) moved = NULL;
  g_autoptr (GArray) pairs = assay_units_align (&a, &b, n_ids, is_word, &moved);
  Gap gap = { 0 };

  for (guint i = 0; i < pairs->len; i++)
    {
      AssayPlacePair pair = g_array_index (pairs, AssayPlacePair, i);

      gap.a_end = a.starts[pair.a];
      gap.b_end = b.starts[pair.b];
      match (sides, gap, weights, LOOSE_RUN);
      gap =
          (Gap) { a.starts[pair.a], a.starts[pair.a + 1], b.starts[pair.b], b.starts[pair.b + 1] };
      match (sides, gap, weights, 1);
      gap.a = gap.a_end;
      gap.b = gap.b_end;
    }
  gap.a_end = sides[0].tokens->len;
  gap.b_end = sides[1].tokens->len;
  match (sides, gap, weights, LOOSE_RUN);
}

/* Of most texts, all words are compared at once, for an edit may join and part sentences. */
static void
match_all (Side *sides)
{
  g_autofree gboolean *is_word = NULL;
  g_autofree guint8 *weights = NULL;
  guint n_ids = number_tokens (sides, &is_word, &weights);
  Gap all = { 0, sides[0].tokens->len, 0, sides[1].tokens->len };

  if (n_ids == 0)
    return;
  if (MAX (all.a_end, all.b_end) <= LONG_TEXT_TOKENS)
    match (sides, all, weights, 1);
  else
    match_units (sides, is_word, weights, n_ids);
}

static void
match_ends (Side *sides)
{
  guint n_a = sides[0].tokens->len;
  guint n_b = sides[1].tokens->len;
  g_autofree gboolean *is_word = NULL;
  g_autofree guint8 *weights = NULL;
  guint start = 0;

  number_tokens (sides, &is_word, &weights);
  for (; start < MIN (n_a, n_b) && sides[0].ids[start] == sides[1].ids[start]; start++)
    pair_tokens (sides, start, start);
  for (; n_a > start && n_b > start && sides[0].ids[n_a - 1] == sides[1].ids[n_b - 1]; n_a--, n_b--)
    pair_tokens (sides, n_a - 1, n_b - 1);
}

/* Whether a line ends before, within or behind the tokens from @first up to @end. */
static gboolean
has_line_end (const Side *side, guint first, guint end)
{
  gsize start = first == 0 ? 0 : get_token (side, first - 1)->end;
  gsize stop = end == side->tokens->len ? side->length : get_token (side, end)->start;

  return memchr (side->text + start, '\n', stop - start) != NULL;
}

static guint
count_words (const Side *side, guint start, guint end)
{
  guint n = 0;

  for (guint t = start; t < end; t++)
    n += get_token (side, t)->is_word;
  return n;
}

/* From what was kept up to what was kept next. */
static Gap
find_gap (const Side *sides, guint a, guint b)
{
  Gap gap = { a, a, b, b };

  while (gap.a_end < sides[0].tokens->len && sides[0].partners[gap.a_end] == NONE)
    gap.a_end++;
  while (gap.b_end < sides[1].tokens->len && sides[1].partners[gap.b_end] == NONE)
    gap.b_end++;
  return gap;
}

static guint
get_size (const Side *sides, Gap gap)
{
  return MAX (count_words (&sides[0], gap.a, gap.a_end), count_words (&sides[1], gap.b, gap.b_end));
}

/* A comma alone between two changes, or a word or two between long ones, is part of what was
 * written anew. */
static void
join_gaps (Side *sides)
{
  Gap gap = find_gap (sides, 0, 0);
  guint size = get_size (sides, gap);

  while (gap.a_end < sides[0].tokens->len && gap.b_end < sides[1].tokens->len)
    {
      guint first = gap.a_end;
      guint end = first;
      gboolean follows_change = gap.a_end > gap.a || gap.b_end > gap.b;
      guint n_kept;
      guint n_next;
      Gap next;

      while (end < sides[0].tokens->len && sides[0].partners[end] == gap.b_end + (end - first))
        end++;
      next = find_gap (sides, end, gap.b_end + (end - first));
      n_kept = count_words (&sides[0], first, end);
      n_next = get_size (sides, next);
      if (follows_change && (next.a_end > next.a || next.b_end > next.b)
          && !has_line_end (&sides[0], first, end)
          && (n_kept == 0 || (n_kept <= CHANCE_WORDS && MIN (size, n_next) > CHANCE_WORDS)))
        {
          for (guint t = first; t < end; t++)
            {
              sides[1].partners[sides[0].partners[t]] = NONE;
              sides[0].partners[t] = NONE;
            }
          size += n_kept + n_next;
        }
      else
        size = n_next;
      gap = next;
    }
}

/* Places in characters, asked for in ascending order. */
typedef struct
{
  const char *at;
  guint place;
} Counter;

static guint
count_to (Counter *counter, const char *at)
{
  counter->place += (guint) g_utf8_strlen (counter->at, at - counter->at);
  counter->at = at;
  return counter->place;
}

/* The text between two tokens that were kept, in both, without the white space that both begin and
 * end with. */
static void
add_region (AssayRewriteChanges *self, const Side *sides, Gap gap, Counter *counters)
{
  AssayRewriteRegion region;
  const char *start[2];
  const char *end[2];
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  for (guint s = 0; s < 2; s++)
    {
      guint first = s == 0 ? gap.a : gap.b;
      guint last = s == 0 ? gap.a_end : gap.b_end;

      start[s] = sides[s].text + (first == 0 ? 0 : get_token (&sides[s], first - 1)->end);
      end[s] =
          sides[s].text
          + (last == sides[s].tokens->len ? sides[s].length : get_token (&sides[s], last)->start);
    }
  while (start[0] < end[0] && start[1] < end[1]
         && g_utf8_get_char (start[0]) == g_utf8_get_char (start[1])
         && g_unichar_isspace (g_utf8_get_char (start[0])))
    for (guint s = 0; s < 2; s++)
      start[s] = g_utf8_next_char (start[s]);
  while (start[0] < end[0] && start[1] < end[1])
    {
      const char *a = g_utf8_prev_char (end[0]);
      const char *b = g_utf8_prev_char (end[1]);

      if (g_utf8_get_char (a) != g_utf8_get_char (b) || !g_unichar_isspace (g_utf8_get_char (a)))
        break;
      end[0] = a;
      end[1] = b;
    }
  if (start[0] == end[0] && start[1] == end[1])
    return;

  one = g_strndup (start[0], (gsize) (end[0] - start[0]));
  other = g_strndup (start[1], (gsize) (end[1] - start[1]));
  region.is_space = !assay_rewrite_differs (one, other);
  region.from_start = count_to (&counters[0], start[0]);
  region.from_end = count_to (&counters[0], end[0]);
  region.to_start = count_to (&counters[1], start[1]);
  region.to_end = count_to (&counters[1], end[1]);
  g_array_append_val (self->regions, region);
  if (!region.is_space)
    {
      guint n_deleted = count_words (&sides[0], gap.a, gap.a_end);
      guint n_inserted = count_words (&sides[1], gap.b, gap.b_end);

      self->n_words_deleted += n_deleted;
      self->n_words_inserted += n_inserted;
      self->n_word_edits += MAX (n_deleted, n_inserted);
      self->n_characters_deleted += region.from_end - region.from_start;
      self->n_characters_inserted += region.to_end - region.to_start;
    }
}

static void
collect (AssayRewriteChanges *self, const Side *sides)
{
  Counter counters[2] = { { sides[0].text, 0 }, { sides[1].text, 0 } };

  for (Gap gap = find_gap (sides, 0, 0);; gap = find_gap (sides, gap.a_end + 1, gap.b_end + 1))
    {
      add_region (self, sides, gap, counters);
      if (gap.a_end == sides[0].tokens->len || gap.b_end == sides[1].tokens->len)
        return;
    }
}

AssayRewriteChanges *
assay_rewrite_changes_new (const char *original, const char *edited)
{
  AssayRewriteChanges *self;
  Side sides[2] = { 0 };

  g_return_val_if_fail (original != NULL && edited != NULL, NULL);

  self = g_atomic_rc_box_new0 (AssayRewriteChanges);
  self->regions = g_array_new (FALSE, FALSE, sizeof (AssayRewriteRegion));
  side_init (&sides[0], original);
  side_init (&sides[1], edited);
  if (MAX (sides[0].length, sides[1].length) > ASSAY_LIMIT_COMPARISON_BYTES
      || strcmp (original, edited) == 0)
    match_ends (sides);
  else
    match_all (sides);
  join_gaps (sides);
  collect (self, sides);
  self->n_words = count_words (&sides[1], 0, sides[1].tokens->len);
  side_clear (&sides[0]);
  side_clear (&sides[1]);
  return self;
}

AssayRewriteChanges *
assay_rewrite_changes_ref (AssayRewriteChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
changes_clear (gpointer data)
{
  AssayRewriteChanges *self = data;

  g_array_unref (self->regions);
}

void
assay_rewrite_changes_unref (AssayRewriteChanges *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, changes_clear);
}

double
assay_rewrite_changes_get_hter (AssayRewriteChanges *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_words == 0 ? 0 : (double) self->n_word_edits / self->n_words;
}

/* Taking on what is known */

/* How much of the original two changes share: 0 for none, and at least 1 where they meet. */
static guint
get_shared (const AssayRewriteChange *known, const AssayRewriteRegion *region)
{
  guint start = MAX (known->from_start, region->from_start);
  guint end = MIN (known->from_end, region->from_end);

  return start > end ? 0 : end - start + 1;
}

static char *
dup_key (const char *original, guint start, guint end, const char *text, guint to, guint to_end)
{
  glong n_original = g_utf8_strlen (original, -1);
  glong n_text = g_utf8_strlen (text, -1);
  g_autofree char *from =
      g_utf8_substring (original, MIN (start, n_original), MIN (end, n_original));
  g_autofree char *now = g_utf8_substring (text, MIN (to, n_text), MIN (to_end, n_text));

  return g_strconcat (from, "\n\x01\n", now, NULL);
}

static void
take_on (AssayRewriteChange *change, const AssayRewriteChange *known, GHashTable *taken)
{
  if (g_hash_table_add (taken, known->id))
    change->id = g_strdup (known->id);
  g_set_str (&change->category, known->category);
  g_set_str (&change->note, known->note);
}

/* One more than the greatest there is. */
static guint64
get_last_number (GPtrArray *known)
{
  guint64 last = 0;

  for (guint i = 0; i < known->len; i++)
    {
      const char *id = ((const AssayRewriteChange *) known->pdata[i])->id;
      guint64 number = 0;

      if (id[0] == 'c' && g_ascii_string_to_unsigned (id + 1, 10, 0, G_MAXUINT32, &number, NULL))
        last = MAX (last, number);
    }
  return last;
}

GPtrArray *
assay_rewrite_changes_carry (AssayRewriteChanges *self,
                             GPtrArray *known,
                             const char *original,
                             const char *known_text,
                             const char *edited)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_rewrite_change_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_content = NULL;
  guint64 last = 0;
  guint first = 0;

  g_return_val_if_fail (self != NULL && known != NULL, NULL);
  g_return_val_if_fail (original != NULL && edited != NULL, NULL);

  last = get_last_number (known);
  for (guint r = 0; r < self->regions->len; r++)
    {
      const AssayRewriteRegion *region = &g_array_index (self->regions, AssayRewriteRegion, r);
      const AssayRewriteChange *best = NULL;
      guint most = 0;
      AssayRewriteChange *change;

      if (region->is_space)
        continue;
      change = g_new0 (AssayRewriteChange, 1);
      change->from_start = region->from_start;
      change->from_end = region->from_end;
      change->to_start = region->to_start;
      change->to_end = region->to_end;
      g_ptr_array_add (changes, change);

      while (first < known->len
             && ((const AssayRewriteChange *) known->pdata[first])->from_end < region->from_start)
        first++;
      for (guint k = first; k < known->len; k++)
        {
          const AssayRewriteChange *one = known->pdata[k];
          guint shared = get_shared (one, region);

          if (one->from_start > region->from_end)
            break;
          if (shared > most)
            {
              best = one;
              most = shared;
            }
        }
      if (best != NULL)
        take_on (change, best, taken);
    }

  for (guint i = 0;
       known_text != NULL && i < changes->len && changes->len + known->len <= MAX_SOUGHT_CHANGES;
       i++)
    {
      AssayRewriteChange *change = changes->pdata[i];
      g_autofree char *key = NULL;
      const AssayRewriteChange *same;

      if (change->id != NULL || change->category != NULL)
        continue;
      if (by_content == NULL)
        {
          by_content = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          for (guint k = 0; k < known->len; k++)
            {
              AssayRewriteChange *one = known->pdata[k];

              if (!g_hash_table_contains (taken, one->id))
                g_hash_table_insert (by_content,
                                     dup_key (original, one->from_start, one->from_end, known_text,
                                              one->to_start, one->to_end),
                                     one);
            }
        }
      key = dup_key (original, change->from_start, change->from_end, edited, change->to_start,
                     change->to_end);
      same = g_hash_table_lookup (by_content, key);
      if (same != NULL && !g_hash_table_contains (taken, same->id))
        take_on (change, same, taken);
    }
  for (guint i = 0; i < changes->len; i++)
    {
      AssayRewriteChange *change = changes->pdata[i];

      if (change->id == NULL)
        change->id = g_strdup_printf ("c%" G_GUINT64_FORMAT, ++last);
    }
  return changes;
}
