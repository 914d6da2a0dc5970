/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-comparison.h"

#include <stdlib.h>
#include <string.h>

#include "assay-alignment.h"
#include "assay-common-tokens.h"
#include "assay-limits.h"
#include "assay-words.h"

/* A word decides more than a comma about which of two ways to match a sentence. */
#define WORD_WEIGHT 4
#define SIGN_WEIGHT 1
/* Between sentences that have no counterpart, fewer words in a row are chance. */
#define LOOSE_RUN 4

/* A run of the document within the text that is read. */
typedef struct
{
  gsize start;
  gsize source_start;
  gsize source_end;
  gboolean exact;
} Piece;

typedef struct
{
  AssayMarkdown *markdown;
  GString *text;
  GArray *pieces; /* Piece */
  GArray *tokens; /* AssayToken */
  guint *ids;
  GArray *starts; /* guint: the first token of each unit, and their number */
  gboolean *matched;
  gboolean *displaced; /* not matched, but said by the other side in another place */
} Side;

/* Which tokens a list of stretches is made of. */
typedef enum
{
  TOKENS_OWN = 1 << 0,
  TOKENS_DISPLACED = 1 << 1,
} Tokens;

struct _AssayComparison
{
  gboolean identical;
  gboolean too_long;
  gsize lengths[2];
  guint n_words_only[2];
  GArray *only[2];      /* AssayStretch */
  GArray *own[2];       /* AssayStretch */
  GArray *displaced[2]; /* AssayStretch */
  GArray *words[2];     /* gsize */
  GArray *passages;     /* AssayPassage */
  GArray *moved;        /* AssayPassage */
  GArray *added[2];     /* AssayStretch */
};

G_DEFINE_BOXED_TYPE (AssayComparison,
                     assay_comparison,
                     assay_comparison_ref,
                     assay_comparison_unref)

static void
comparison_clear (gpointer data)
{
  AssayComparison *self = data;

  for (guint s = 0; s < 2; s++)
    {
      g_array_unref (self->only[s]);
      g_array_unref (self->own[s]);
      g_array_unref (self->displaced[s]);
      g_array_unref (self->words[s]);
      g_array_unref (self->added[s]);
    }
  g_array_unref (self->passages);
  g_array_unref (self->moved);
}

/* What is read, with a line break between blocks and cells, so that no sentence goes over one. */
static void
add_runs (Side *side, GArray *runs, gboolean by_line)
{
  gsize start = side->text->len;
  guint first = side->tokens->len;

  for (guint i = 0; i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);
      Piece piece = { .start = side->text->len,
                      .source_start = run->source_start,
                      .source_end = run->source_end,
                      .exact = assay_markdown_run_is_exact (side->markdown, run) };

      if (run->length_bytes == 0)
        continue;
      g_string_append_len (side->text, run->text, run->length_bytes);
      g_array_append_val (side->pieces, piece);
    }
  assay_tokens_append (side->text->str + start, side->text->len - start, start, side->tokens);

  for (guint t = first; t < side->tokens->len; t++)
    {
      AssayToken *token = &g_array_index (side->tokens, AssayToken, t);
      gboolean begins = token->begins_sentence || t == first;

      /* Of code, each line is a unit. */
      if (by_line && t > first)
        begins =
            memchr (side->text->str + token[-1].end, '\n', token->start - token[-1].end) != NULL;
      if (begins)
        g_array_append_val (side->starts, t);
    }
}

static void
side_init (Side *side, AssayMarkdown *markdown)
{
  side->markdown = markdown;
  side->text = g_string_sized_new (strlen (assay_markdown_get_source (markdown)) + 1);
  side->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  side->tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  side->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);
      gboolean by_line = block->kind == ASSAY_BLOCK_CODE || block->kind == ASSAY_BLOCK_HTML;

      if (block->kind == ASSAY_BLOCK_TABLE)
        for (guint r = 0; r < block->rows->len; r++)
          {
            GPtrArray *row = g_ptr_array_index (block->rows, r);

            for (guint c = 0; c < row->len; c++)
              add_runs (side, ((AssayTableCell *) g_ptr_array_index (row, c))->runs, FALSE);
          }
      add_runs (side, block->runs, by_line);
    }
  g_array_append_val (side->starts, side->tokens->len);
  side->ids = g_new (guint, side->tokens->len + 1);
  side->matched = g_new0 (gboolean, side->tokens->len + 1);
  side->displaced = g_new0 (gboolean, side->tokens->len + 1);
}

static void
side_clear (Side *side)
{
  g_string_free (side->text, TRUE);
  g_array_unref (side->pieces);
  g_array_unref (side->tokens);
  g_array_unref (side->starts);
  g_free (side->ids);
  g_free (side->matched);
  g_free (side->displaced);
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

/* Numbers for spellings, by sorting: no text can make this slow, as it could a hash table. Returns
 * how many there are. */
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
        const AssayToken *token = &g_array_index (sides[s].tokens, AssayToken, t);

        spellings[n++] = (Spelling) { sides[s].text->str + token->start, token->end - token->start,
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

/* Sets what stands for a token where both ranges have it, in the same order. */
static void
find_common (const Side *sides,
             guint a,
             guint a_end,
             guint b,
             guint b_end,
             const guint8 *weights,
             guint min_run,
             gboolean *in_a,
             gboolean *in_b)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (AssayPlacePair));

  assay_common_tokens_find (sides[0].ids + a, a_end - a, sides[1].ids + b, b_end - b, weights,
                            min_run, pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      AssayPlacePair pair = g_array_index (pairs, AssayPlacePair, i);

      in_a[a + pair.a] = TRUE;
      in_b[b + pair.b] = TRUE;
    }
}

static void
match (Side *sides,
       guint a,
       guint a_end,
       guint b,
       guint b_end,
       const guint8 *weights,
       guint min_run)
{
  find_common (sides, a, a_end, b, b_end, weights, min_run, sides[0].matched, sides[1].matched);
}

static const Piece *
find_piece (const Side *side, gsize offset)
{
  guint low = 0;
  guint high = side->pieces->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (side->pieces, Piece, middle).start <= offset)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (side->pieces, Piece, low);
}

/* What the tokens from the first to the last were made from. */
static AssayStretch
get_stretch (const Side *side, guint first, guint last)
{
  gsize start = g_array_index (side->tokens, AssayToken, first).start;
  gsize end = g_array_index (side->tokens, AssayToken, last).end;
  const Piece *first_piece = find_piece (side, start);
  const Piece *last_piece = find_piece (side, end - 1);

  return (AssayStretch) {
    first_piece->source_start + (first_piece->exact ? start - first_piece->start : 0),
    last_piece->exact ? last_piece->source_start + (end - last_piece->start)
                      : last_piece->source_end,
  };
}

static gboolean
is_wanted (const Side *side, guint token, Tokens wanted)
{
  return !side->matched[token]
         && (wanted & (side->displaced[token] ? TOKENS_DISPLACED : TOKENS_OWN)) != 0;
}

/* Neighbours within one unit are one stretch. */
static void
collect_stretches (GArray *stretches, const Side *side, Tokens wanted)
{
  for (guint u = 0; u + 1 < side->starts->len; u++)
    {
      guint end = g_array_index (side->starts, guint, u + 1);

      for (guint t = g_array_index (side->starts, guint, u); t < end; t++)
        {
          guint first = t;
          AssayStretch stretch;

          while (t < end && is_wanted (side, t, wanted))
            t++;
          if (t == first)
            continue;
          stretch = get_stretch (side, first, t - 1);
          if (stretch.start < stretch.end)
            g_array_append_val (stretches, stretch);
        }
    }
}

static void
collect_words (AssayComparison *self, AssaySide s, const Side *side)
{
  for (guint t = 0; t < side->tokens->len; t++)
    if (g_array_index (side->tokens, AssayToken, t).is_word)
      {
        gsize start = get_stretch (side, t, t).start;

        g_array_append_val (self->words[s], start);
        self->n_words_only[s] += !side->matched[t];
      }
}

static AssayUnits
get_units (const Side *side)
{
  return (AssayUnits) { side->ids, (const guint *) side->starts->data, side->starts->len - 1 };
}

static gboolean
has_words (const Side *side, guint unit)
{
  guint end = g_array_index (side->starts, guint, unit + 1);

  for (guint t = g_array_index (side->starts, guint, unit); t < end; t++)
    if (g_array_index (side->tokens, AssayToken, t).is_word && !side->matched[t])
      return TRUE;
  return FALSE;
}

/* Units that are in no pair. */
static void
collect_added (AssayComparison *self, AssaySide s, const Side *side, GArray *chain, GArray *moved)
{
  guint n_units = side->starts->len - 1;
  g_autofree gboolean *paired = g_new0 (gboolean, n_units + 1);

  for (guint i = 0; i < chain->len + moved->len; i++)
    {
      AssayPlacePair pair = i < chain->len ? g_array_index (chain, AssayPlacePair, i)
                                           : g_array_index (moved, AssayPlacePair, i - chain->len);

      paired[s == ASSAY_SIDE_A ? pair.a : pair.b] = TRUE;
    }
  for (guint u = 0; u < n_units; u++)
    if (!paired[u] && has_words (side, u))
      {
        AssayStretch stretch = get_stretch (side, g_array_index (side->starts, guint, u),
                                            g_array_index (side->starts, guint, u + 1) - 1);

        g_array_append_val (self->added[s], stretch);
      }
}

static AssayPassage
get_passage (const Side *sides, AssayPlacePair pair)
{
  AssayPassage passage;

  for (guint s = 0; s < 2; s++)
    {
      guint unit = s == 0 ? pair.a : pair.b;

      passage.sides[s] = get_stretch (&sides[s], g_array_index (sides[s].starts, guint, unit),
                                      g_array_index (sides[s].starts, guint, unit + 1) - 1);
    }
  return passage;
}

static void
compare (AssayComparison *self, Side *sides)
{
  g_autofree gboolean *is_word = NULL;
  g_autofree guint8 *weights = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GArray) moved = NULL;
  guint n_ids = number_tokens (sides, &is_word, &weights);
  AssayUnits a = get_units (&sides[0]);
  AssayUnits b = get_units (&sides[1]);
  guint done_a = 0;
  guint done_b = 0;

  pairs = assay_units_align (&a, &b, n_ids, is_word, &moved);
  for (guint i = 0; i < pairs->len; i++)
    {
      AssayPlacePair pair = g_array_index (pairs, AssayPlacePair, i);
      guint start_a = a.starts[pair.a];
      guint start_b = b.starts[pair.b];
      AssayPassage passage;

      match (sides, done_a, start_a, done_b, start_b, weights, LOOSE_RUN);
      done_a = a.starts[pair.a + 1];
      done_b = b.starts[pair.b + 1];
      match (sides, start_a, done_a, start_b, done_b, weights, 1);
      passage = get_passage (sides, pair);
      g_array_append_val (self->passages, passage);
    }
  match (sides, done_a, sides[0].tokens->len, done_b, sides[1].tokens->len, weights, LOOSE_RUN);
  for (guint i = 0; i < moved->len; i++)
    {
      AssayPlacePair pair = g_array_index (moved, AssayPlacePair, i);
      AssayPassage passage = get_passage (sides, pair);

      find_common (sides, a.starts[pair.a], a.starts[pair.a + 1], b.starts[pair.b],
                   b.starts[pair.b + 1], weights, 1, sides[0].displaced, sides[1].displaced);
      g_array_append_val (self->moved, passage);
    }
  for (guint s = 0; s < 2; s++)
    {
      collect_words (self, s, &sides[s]);
      collect_stretches (self->only[s], &sides[s], TOKENS_OWN | TOKENS_DISPLACED);
      collect_stretches (self->own[s], &sides[s], TOKENS_OWN);
      collect_stretches (self->displaced[s], &sides[s], TOKENS_DISPLACED);
      collect_added (self, s, &sides[s], pairs, moved);
    }
}

static int
compare_passages (gconstpointer a, gconstpointer b)
{
  const AssayPassage *one = a;
  const AssayPassage *other = b;

  return one->sides[0].start < other->sides[0].start ? -1
                                                     : one->sides[0].start > other->sides[0].start;
}

static void
mirror_passages (GArray *passages)
{
  for (guint i = 0; i < passages->len; i++)
    {
      AssayPassage *passage = &g_array_index (passages, AssayPassage, i);
      AssayStretch stretch = passage->sides[0];

      passage->sides[0] = passage->sides[1];
      passage->sides[1] = stretch;
    }
}

static void
swap_arrays (GArray **arrays)
{
  GArray *first = arrays[0];

  arrays[0] = arrays[1];
  arrays[1] = first;
}

static void
mirror (AssayComparison *self)
{
  guint n_words_only = self->n_words_only[0];
  gsize length = self->lengths[0];

  self->n_words_only[0] = self->n_words_only[1];
  self->n_words_only[1] = n_words_only;
  self->lengths[0] = self->lengths[1];
  self->lengths[1] = length;
  swap_arrays (self->only);
  swap_arrays (self->own);
  swap_arrays (self->displaced);
  swap_arrays (self->words);
  swap_arrays (self->added);
  mirror_passages (self->passages);
  mirror_passages (self->moved);
  g_array_sort (self->moved, compare_passages);
}

AssayComparison *
assay_comparison_new (AssayMarkdown *a, AssayMarkdown *b)
{
  AssayComparison *self;
  int order;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  self = g_atomic_rc_box_new0 (AssayComparison);
  for (guint i = 0; i < 2; i++)
    {
      self->only[i] = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
      self->own[i] = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
      self->displaced[i] = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
      self->words[i] = g_array_new (FALSE, FALSE, sizeof (gsize));
      self->added[i] = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
    }
  self->passages = g_array_new (FALSE, FALSE, sizeof (AssayPassage));
  self->moved = g_array_new (FALSE, FALSE, sizeof (AssayPassage));
  /* Where two ways to match are equally good, the order must not decide. */
  order = strcmp (assay_markdown_get_source (a), assay_markdown_get_source (b));
  if (order > 0)
    {
      AssayMarkdown *first = a;

      a = b;
      b = first;
    }
  self->identical = order == 0;
  self->lengths[0] = strlen (assay_markdown_get_source (a));
  self->lengths[1] = strlen (assay_markdown_get_source (b));
  self->too_long = MAX (self->lengths[0], self->lengths[1]) > ASSAY_LIMIT_COMPARISON_BYTES;

  if (!self->identical && !self->too_long)
    {
      Side sides[2] = { 0 };

      side_init (&sides[0], a);
      side_init (&sides[1], b);
      compare (self, sides);
      side_clear (&sides[0]);
      side_clear (&sides[1]);
    }
  if (order > 0)
    mirror (self);
  return self;
}

AssayComparison *
assay_comparison_ref (AssayComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
assay_comparison_unref (AssayComparison *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, comparison_clear);
}

gboolean
assay_comparison_get_identical (AssayComparison *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->identical;
}

gboolean
assay_comparison_get_same_words (AssayComparison *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->identical || (!self->too_long && self->only[0]->len == 0 && self->only[1]->len == 0);
}

gboolean
assay_comparison_get_too_long (AssayComparison *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->too_long;
}

guint
assay_comparison_get_n_words_only (AssayComparison *self, AssaySide side)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B, 0);

  return self->n_words_only[side];
}

const AssayStretch *
assay_comparison_get_only (AssayComparison *self, AssaySide side, guint *n_stretches)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B && n_stretches != NULL, NULL);

  *n_stretches = self->only[side]->len;
  return (const AssayStretch *) self->only[side]->data;
}

const AssayStretch *
assay_comparison_get_own (AssayComparison *self, AssaySide side, guint *n_stretches)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B && n_stretches != NULL, NULL);

  *n_stretches = self->own[side]->len;
  return (const AssayStretch *) self->own[side]->data;
}

const AssayStretch *
assay_comparison_get_displaced (AssayComparison *self, AssaySide side, guint *n_stretches)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B && n_stretches != NULL, NULL);

  *n_stretches = self->displaced[side]->len;
  return (const AssayStretch *) self->displaced[side]->data;
}

/* How many words begin before @offset. */
static guint
count_words_before (const GArray *words, gsize offset)
{
  guint low = 0;
  guint high = words->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (words, gsize, middle) < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
assay_comparison_count_words (AssayComparison *self, AssaySide side, AssayStretch stretch)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B, 0);
  g_return_val_if_fail (stretch.start <= stretch.end, 0);

  return count_words_before (self->words[side], stretch.end)
         - count_words_before (self->words[side], stretch.start);
}

const AssayPassage *
assay_comparison_get_passages (AssayComparison *self, guint *n_passages)
{
  g_return_val_if_fail (self != NULL && n_passages != NULL, NULL);

  *n_passages = self->passages->len;
  return (const AssayPassage *) self->passages->data;
}

const AssayPassage *
assay_comparison_get_moved (AssayComparison *self, guint *n_passages)
{
  g_return_val_if_fail (self != NULL && n_passages != NULL, NULL);

  *n_passages = self->moved->len;
  return (const AssayPassage *) self->moved->data;
}

const AssayStretch *
assay_comparison_get_added (AssayComparison *self, AssaySide side, guint *n_stretches)
{
  g_return_val_if_fail (self != NULL && side <= ASSAY_SIDE_B && n_stretches != NULL, NULL);

  *n_stretches = self->added[side]->len;
  return (const AssayStretch *) self->added[side]->data;
}

static gsize
interpolate (gsize offset, gsize start, gsize end, gsize other_start, gsize other_end)
{
  if (other_end <= other_start)
    return other_start;
  if (end <= start || offset >= end)
    return other_end;
  if (offset <= start)
    return other_start;
  return other_start
         + (gsize) ((double) (offset - start) / (double) (end - start) * (other_end - other_start));
}

gsize
assay_comparison_map (AssayComparison *self, AssaySide from, gsize offset)
{
  const AssayPassage *passages;
  AssaySide to = from == ASSAY_SIDE_A ? ASSAY_SIDE_B : ASSAY_SIDE_A;
  AssayPassage before = { 0 };
  AssayPassage after = { 0 };
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL && from <= ASSAY_SIDE_B, 0);

  if (self->identical)
    return MIN (offset, self->lengths[to]);
  passages = (const AssayPassage *) self->passages->data;
  /* The first passage that ends behind the offset. */
  high = self->passages->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (passages[middle].sides[from].end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->passages->len && passages[low].sides[from].start <= offset)
    return interpolate (offset, passages[low].sides[from].start, passages[low].sides[from].end,
                        passages[low].sides[to].start, passages[low].sides[to].end);

  if (low > 0)
    before = passages[low - 1];
  if (low < self->passages->len)
    after = passages[low];
  else
    for (guint s = 0; s < 2; s++)
      after.sides[s].start = self->lengths[s];
  return interpolate (offset, before.sides[from].end, after.sides[from].start, before.sides[to].end,
                      after.sides[to].start);
}
