/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Markdown to blocks, whose offsets lead back to the source. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "markdown-checks.h"

/* The source view shows every byte. */
static void
check_plain (const char *text)
{
  g_autoptr (AssayMarkdown) plain = assay_markdown_plain (text, -1);
  g_autoptr (GString) shown = g_string_new (NULL);

  check_document (plain);
  g_assert_true (assay_markdown_get_is_plain (plain));
  for (guint i = 0; i < assay_markdown_get_n_blocks (plain); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (plain, i);

      for (guint r = 0; r < block->runs->len; r++)
        {
          const AssayRun *run = &g_array_index (block->runs, AssayRun, r);

          g_assert_true (assay_markdown_run_is_exact (plain, run));
          g_string_append_len (shown, run->text, (gssize) run->length_bytes);
        }
    }
  for (const char *p = text, *s = shown->str; *p != '\0'; p++)
    if (*p == *s)
      s++;
    else
      g_assert_true (*p == '\n' || *p == '\r');
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (AssayMarkdown) document = assay_markdown_parse (text, -1);
  g_autoptr (AssayMarkdown) prose = assay_markdown_parse_prose (text, -1);

  g_assert_cmpstr (assay_markdown_get_source (document), ==, text);
  check_document (document);
  check_document (prose);
  check_plain (text);
  return 0;
}
