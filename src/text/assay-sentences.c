/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-sentences.h"

GArray *
assay_sentences_find (AssayMarkdown *markdown)
{
  g_autoptr (AssayMarkdown) nothing = assay_markdown_plain ("", 0);
  g_autoptr (AssayComparison) comparison = NULL;
  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (AssayStretch));
  const AssayStretch *added;
  guint n;

  g_return_val_if_fail (markdown != NULL, NULL);

  /* What a text says beyond one that says nothing. */
  comparison = assay_comparison_new (markdown, nothing);
  added = assay_comparison_get_added (comparison, ASSAY_SIDE_A, &n);
  if (n > 0)
    g_array_append_vals (sentences, added, n);
  return sentences;
}
