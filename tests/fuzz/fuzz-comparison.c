/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two texts, set apart by NUL: what is left when the differences are taken away is the same on both
 * sides, and comparing the other way round gives the mirror image. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-comparison.h"
#include "assay-words.h"
#include "fuzz.h"

static char *
dup_rest (AssayComparison *comparison, AssaySide side, const char *source)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  const AssayStretch *only;
  guint n;
  guint i = 0;

  only = assay_comparison_get_only (comparison, side, &n);
  assay_tokens_append (source, strlen (source), 0, tokens);
  for (guint t = 0; t < tokens->len; t++)
    {
      const AssayToken *token = &g_array_index (tokens, AssayToken, t);

      while (i < n && only[i].end <= token->start)
        i++;
      if (i < n && only[i].start <= token->start)
        {
          g_assert_cmpuint (token->end, <=, only[i].end);
          continue;
        }
      g_string_append_len (text, source + token->start, (gssize) (token->end - token->start));
      g_string_append_c (text, ' ');
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_map (AssayComparison *comparison, AssaySide from, gsize length, gsize other_length)
{
  gsize last = 0;

  for (gsize offset = 0; offset <= length; offset += 1 + length / 200)
    {
      gsize mapped = assay_comparison_map (comparison, from, offset);

      g_assert_cmpuint (mapped, >=, last);
      g_assert_cmpuint (mapped, <=, other_length);
      last = mapped;
    }
}

static void
check_stretches (AssayComparison *comparison, AssayComparison *mirrored, char **sources)
{
  const AssayPassage *passages;
  guint n_passages;

  for (guint s = 0; s < 2; s++)
    {
      guint n, n_mirrored;
      gsize last = 0;
      gsize length = strlen (sources[s]);
      const AssayStretch *only = assay_comparison_get_only (comparison, s, &n);
      const AssayStretch *in_mirror = assay_comparison_get_only (mirrored, 1 - s, &n_mirrored);

      g_assert_cmpuint (n, ==, n_mirrored);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (only[i].start, >=, last);
          g_assert_cmpuint (only[i].start, <, only[i].end);
          fuzz_check_border (sources[s], length, only[i].start);
          fuzz_check_border (sources[s], length, only[i].end);
          g_assert_cmpuint (only[i].start, ==, in_mirror[i].start);
          g_assert_cmpuint (only[i].end, ==, in_mirror[i].end);
          last = only[i].end;
        }
      g_assert_cmpuint (assay_comparison_get_n_words_only (comparison, s), ==,
                        assay_comparison_get_n_words_only (mirrored, 1 - s));
      check_map (comparison, s, length, strlen (sources[1 - s]));
    }
  passages = assay_comparison_get_passages (comparison, &n_passages);
  for (guint i = 0; i < n_passages; i++)
    for (guint s = 0; s < 2; s++)
      {
        const AssayStretch *stretch = &passages[i].sides[s];

        g_assert_cmpuint (stretch->start, <=, stretch->end);
        fuzz_check_border (sources[s], strlen (sources[s]), stretch->start);
        fuzz_check_border (sources[s], strlen (sources[s]), stretch->end);
        if (i > 0)
          g_assert_cmpuint (stretch->start, >=, passages[i - 1].sides[s].end);
      }
}

static void
check (char **sources, gboolean plain)
{
  g_autoptr (AssayMarkdown) a =
      plain ? assay_markdown_plain (sources[0], -1) : assay_markdown_parse (sources[0], -1);
  g_autoptr (AssayMarkdown) b =
      plain ? assay_markdown_plain (sources[1], -1) : assay_markdown_parse (sources[1], -1);
  g_autoptr (AssayComparison) comparison = assay_comparison_new (a, b);
  g_autoptr (AssayComparison) mirrored = assay_comparison_new (b, a);

  check_stretches (comparison, mirrored, sources);
  g_assert_cmpint (assay_comparison_get_identical (comparison), ==,
                   g_str_equal (sources[0], sources[1]));
  if (plain)
    {
      g_autofree char *rest_a = dup_rest (comparison, ASSAY_SIDE_A, sources[0]);
      g_autofree char *rest_b = dup_rest (comparison, ASSAY_SIDE_B, sources[1]);

      g_assert_cmpstr (rest_a, ==, rest_b);
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) sources = fuzz_split_texts (data, size, 2);

  check (sources, TRUE);
  check (sources, FALSE);
  return 0;
}
