/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "markdown-checks.h"

#include <string.h>

typedef struct
{
  AssayMarkdown *document;
  const char *source;
  gsize length;
  gsize last;
} Checker;

static gboolean
is_border (Checker *self, gsize offset)
{
  return offset == self->length || (self->source[offset] & 0xC0) != 0x80;
}

static void
check_runs (Checker *self, GArray *runs, const AssayBlock *block)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);

      g_assert_cmpuint (run->source_start, <=, run->source_end);
      g_assert_cmpuint (run->source_end, <=, self->length);
      g_assert_cmpuint (self->last, <=, run->source_start);
      g_assert_true (is_border (self, run->source_start));
      g_assert_true (is_border (self, run->source_end));
      g_assert_true (g_utf8_validate_len (run->text, run->length_bytes, NULL));
      g_assert_cmpuint (block->source_start, <=, run->source_start);
      g_assert_cmpuint (run->source_end, <=, block->source_end);
      if (assay_markdown_run_is_exact (self->document, run))
        g_assert_cmpmem (run->text, run->length_bytes, self->source + run->source_start,
                         run->source_end - run->source_start);
      if (run->style & (ASSAY_SPAN_LINK | ASSAY_SPAN_IMAGE))
        g_assert_nonnull (run->target);
      self->last = run->source_end;
    }
}

void
check_document (AssayMarkdown *document)
{
  Checker self = { .document = document, .source = assay_markdown_get_source (document) };
  gsize block_end = 0;

  self.length = strlen (self.source);
  for (guint i = 0; i < assay_markdown_get_n_blocks (document); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (document, i);

      g_assert_cmpuint (block_end, <=, block->source_start);
      g_assert_cmpuint (block->source_start, <=, block->source_end);
      g_assert_cmpuint (block->source_end, <=, self.length);
      g_assert_true (is_border (&self, block->source_start));
      g_assert_true (is_border (&self, block->source_end));
      block_end = block->source_end;

      check_runs (&self, block->runs, block);
      for (guint r = 0; block->rows != NULL && r < block->rows->len; r++)
        {
          GPtrArray *row = g_ptr_array_index (block->rows, r);

          for (guint c = 0; c < row->len; c++)
            check_runs (&self, ((AssayTableCell *) g_ptr_array_index (row, c))->runs, block);
        }
    }
}

static void
dump_runs (AssayMarkdown *document, GArray *runs, GString *out)
{
  static const char codes[] = "esc-lim$_,^";

  for (guint i = 0; i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);
      gboolean atomic = !assay_markdown_run_is_exact (document, run);

      if (run->style != 0 || atomic)
        g_string_append_c (out, '{');
      for (guint bit = 0; bit < strlen (codes); bit++)
        if (run->style & (1 << bit))
          g_string_append_c (out, codes[bit]);
      if (atomic)
        g_string_append_printf (out, "@%zu-%zu", run->source_start, run->source_end);
      if (run->style != 0 || atomic)
        g_string_append_c (out, ':');
      for (gsize j = 0; j < run->length_bytes; j++)
        if (run->text[j] == '\n')
          g_string_append (out, "\\n");
        else
          g_string_append_c (out, run->text[j]);
      if (run->target != NULL)
        g_string_append_printf (out, "→%s", run->target);
      if (run->style != 0 || atomic)
        g_string_append_c (out, '}');
    }
}

static void
dump_marks (GArray *marks, GString *out)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const AssayListMark *mark = &g_array_index (marks, AssayListMark, i);

      if (mark->is_quote)
        g_string_append (out, mark->first ? ">" : "|");
      else if (!mark->first)
        g_string_append_c (out, '.');
      else if (mark->is_ordered)
        g_string_append_printf (out, "%u.", mark->ordinal);
      else
        g_string_append_c (out, mark->task == 0 ? '*' : mark->task == 1 ? 'o' : 'x');
      if (!mark->is_quote && !mark->is_tight)
        g_string_append_c (out, '~');
    }
  if (marks->len > 0)
    g_string_append_c (out, ' ');
}

char *
dump_document (AssayMarkdown *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < assay_markdown_get_n_blocks (document); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (document, i);

      dump_marks (block->marks, out);
      g_string_append_c (out, "PHCXRT"[block->kind]);
      if (block->kind == ASSAY_BLOCK_HEADING)
        g_string_append_printf (out, "%u", block->level);
      if (block->language != NULL)
        g_string_append_printf (out, "(%s)", block->language);
      g_string_append_printf (out, "[%zu-%zu] ", block->source_start, block->source_end);
      dump_runs (document, block->runs, out);
      for (guint r = 0; block->rows != NULL && r < block->rows->len; r++)
        {
          GPtrArray *row = g_ptr_array_index (block->rows, r);

          g_string_append (out, r > 0 ? " // " : "");
          for (guint c = 0; c < row->len; c++)
            {
              AssayTableCell *cell = g_ptr_array_index (row, c);

              g_string_append (out, c > 0 ? " & " : "");
              if (r == 0)
                g_string_append_c (out, "<=>"[cell->align + 1]);
              dump_runs (document, cell->runs, out);
            }
        }
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
  return g_string_free_and_steal (out);
}
