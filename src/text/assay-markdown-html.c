/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown-html.h"

#include "assay-markdown-private.h"

/* No tag with a meaning is longer than this, brackets included. */
#define TAG_BYTES 16

static const struct
{
  const char *name;
  AssaySpanStyle style;
  gboolean is_block; /* its end may be in another paragraph */
} tags[] = {
  { "br", ASSAY_SPAN_PLAIN, TRUE },         { "sub", ASSAY_SPAN_SUBSCRIPT, FALSE },
  { "sup", ASSAY_SPAN_SUPERSCRIPT, FALSE }, { "kbd", ASSAY_SPAN_CODE, FALSE },
  { "u", ASSAY_SPAN_UNDERLINE, FALSE },     { "s", ASSAY_SPAN_STRIKE, FALSE },
  { "b", ASSAY_SPAN_STRONG, FALSE },        { "i", ASSAY_SPAN_EMPHASIS, FALSE },
  { "em", ASSAY_SPAN_EMPHASIS, FALSE },     { "strong", ASSAY_SPAN_STRONG, FALSE },
  { "details", ASSAY_SPAN_PLAIN, TRUE },    { "summary", ASSAY_SPAN_STRONG, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tags) <= ASSAY_HTML_N_TAGS);

/* The index of a whole tag without attributes, or -1. */
static int
find_tag (const char *text, gsize length_bytes, gboolean *is_end)
{
  const char *end = text + length_bytes;
  const char *name;
  gsize n;

  if (length_bytes < 3 || length_bytes > TAG_BYTES || text[0] != '<' || end[-1] != '>')
    return -1;
  text++;
  end--;
  *is_end = *text == '/';
  if (*is_end)
    text++;
  else if (end[-1] == '/')
    end--;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  name = text;
  n = end - text;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strlen (tags[i].name) == n && g_ascii_strncasecmp (tags[i].name, name, n) == 0)
      return i;
  return -1;
}

static gsize
find_end_tag (const char *source, gsize length, gsize offset, guint tag)
{
  gsize n = strlen (tags[tag].name);

  for (gsize i = offset; i + n + 2 < length; i++)
    if (source[i] == '<' && source[i + 1] == '/' && source[i + n + 2] == '>'
        && g_ascii_strncasecmp (source + i + 2, tags[tag].name, n) == 0)
      return i;
  return G_MAXSIZE;
}

static gsize
find_empty_line (const char *source, gsize length, gsize offset)
{
  gsize i = offset + _assay_span_to (source, length, offset, "\n");

  while (i < length)
    {
      gsize next = i + 1 + _assay_span (source, length, i + 1, " \t\r>");

      if (next >= length || source[next] == '\n')
        return i;
      i = next + _assay_span_to (source, length, next, "\n");
    }
  return G_MAXSIZE;
}

static gboolean
has_end (AssayHtmlState *self,
         const char *source,
         gsize length,
         gsize offset,
         guint tag,
         gboolean one_line)
{
  gsize limit;

  if (self->next_end_tag[tag] <= offset)
    self->next_end_tag[tag] = find_end_tag (source, length, offset, tag);
  if (one_line)
    {
      if (self->next_line_end <= offset)
        self->next_line_end = offset + _assay_span_to (source, length, offset, "\n\r");
      limit = self->next_line_end;
    }
  else
    {
      if (self->next_empty_line <= offset)
        self->next_empty_line = find_empty_line (source, length, offset);
      limit = self->next_empty_line;
    }
  return self->next_end_tag[tag] < limit;
}

AssaySpanStyle
assay_html_state_get_style (const AssayHtmlState *self)
{
  AssaySpanStyle style = ASSAY_SPAN_PLAIN;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (self->open[i] > 0)
      style |= tags[i].style;
  return style;
}

AssayHtmlTag
assay_html_state_take (AssayHtmlState *self,
                       const char *source,
                       gsize source_bytes,
                       gsize offset,
                       gsize length_bytes,
                       gboolean one_line)
{
  gboolean is_end;
  int tag = find_tag (source + offset, length_bytes, &is_end);

  if (tag < 0)
    return ASSAY_HTML_TEXT;
  if (strcmp (tags[tag].name, "br") == 0)
    return is_end ? ASSAY_HTML_TEXT : ASSAY_HTML_BREAK;
  if (is_end)
    {
      if (self->open[tag] == 0)
        return tags[tag].is_block ? ASSAY_HTML_STYLE : ASSAY_HTML_TEXT;
      self->open[tag]--;
      return ASSAY_HTML_STYLE;
    }
  if (!tags[tag].is_block && !has_end (self, source, source_bytes, offset, tag, one_line))
    return ASSAY_HTML_TEXT;
  self->open[tag]++;
  return ASSAY_HTML_STYLE;
}

void
assay_html_state_reset (AssayHtmlState *self)
{
  memset (self->open, 0, sizeof self->open);
}

/* The length of what begins with "<" and may be a tag with a meaning; 0 if it is none. */
static gsize
get_tag_length (const char *text, gsize length_bytes)
{
  const char *close = memchr (text, '>', MIN (length_bytes, TAG_BYTES));
  gboolean is_end;

  if (close == NULL || find_tag (text, close + 1 - text, &is_end) < 0)
    return 0;
  return close + 1 - text;
}

static gboolean
has_only_known_tags (const GArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);
      const char *end = run->text + run->length_bytes;
      const char *p = run->text;

      while ((p = memchr (p, '<', end - p)) != NULL)
        {
          gsize length = get_tag_length (p, end - p);

          if (length == 0)
            return FALSE;
          p += length;
        }
    }
  return TRUE;
}

static gboolean
has_text (const GArray *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);

      for (gsize j = 0; j < run->length_bytes; j++)
        if (!g_ascii_isspace (run->text[j]))
          return TRUE;
    }
  return FALSE;
}

static void
convert_run (AssayMarkdown *document, const AssayRun *run, AssayHtmlState *state, GArray *runs)
{
  gboolean exact = assay_markdown_run_is_exact (document, run);
  const char *end = run->text + run->length_bytes;
  const char *p = run->text;

  while (p < end)
    {
      const char *tag_start = exact ? memchr (p, '<', end - p) : NULL;
      const char *text_end = tag_start ? tag_start : end;
      AssayRun part = *run;

      if (text_end > p)
        {
          part.style = assay_html_state_get_style (state);
          part.text = p;
          part.length_bytes = text_end - p;
          if (exact)
            {
              part.source_start = p - document->source;
              part.source_end = text_end - document->source;
            }
          _assay_runs_add (document, runs, &part);
        }
      p = text_end;
      if (tag_start != NULL)
        {
          gsize length = get_tag_length (tag_start, end - tag_start);
          gsize offset = tag_start - document->source;

          switch (assay_html_state_take (state, document->source, document->length_bytes, offset,
                                         length, FALSE))
            {
            case ASSAY_HTML_BREAK:
            case ASSAY_HTML_TEXT:
              part.style = assay_html_state_get_style (state);
              part.source_start = offset;
              part.source_end = offset + length;
              part.text = tag_start;
              part.length_bytes = length;
              if (g_ascii_strncasecmp (tag_start, "<br", 3) == 0)
                {
                  part.text = "\n";
                  part.length_bytes = 1;
                }
              _assay_runs_add (document, runs, &part);
              break;
            case ASSAY_HTML_STYLE:
            default:
              break;
            }
          p += length;
        }
    }
}

/* Takes line breaks off both ends: they came from the tags' own lines. */
static void
trim_runs (AssayMarkdown *document, GArray *runs)
{
  AssayRun *run;

  run = &g_array_index (runs, AssayRun, 0);
  while (run->length_bytes > 1 && run->text[0] == '\n'
         && assay_markdown_run_is_exact (document, run))
    {
      run->text++;
      run->length_bytes--;
      run->source_start++;
    }
  run = &g_array_index (runs, AssayRun, runs->len - 1);
  while (run->length_bytes > 1 && run->text[run->length_bytes - 1] == '\n'
         && assay_markdown_run_is_exact (document, run))
    {
      run->length_bytes--;
      run->source_end--;
    }
  while (runs->len > 1 && g_array_index (runs, AssayRun, runs->len - 1).text[0] == '\n'
         && g_array_index (runs, AssayRun, runs->len - 1).length_bytes == 1)
    g_array_set_size (runs, runs->len - 1);
  while (runs->len > 1 && g_array_index (runs, AssayRun, 0).text[0] == '\n'
         && g_array_index (runs, AssayRun, 0).length_bytes == 1)
    g_array_remove_index (runs, 0);
}

void
assay_html_convert_block (AssayMarkdown *document, AssayBlock *block)
{
  AssayHtmlState state = { 0 };
  GArray *runs;

  if (!has_only_known_tags (block->runs))
    return;
  runs = g_array_new (FALSE, FALSE, sizeof (AssayRun));
  for (guint i = 0; i < block->runs->len; i++)
    convert_run (document, &g_array_index (block->runs, AssayRun, i), &state, runs);

  if (has_text (runs))
    {
      trim_runs (document, runs);
      block->kind = ASSAY_BLOCK_PARAGRAPH;
    }
  else
    {
      g_array_set_size (runs, 0);
    }
  g_array_unref (block->runs);
  block->runs = runs;
}
