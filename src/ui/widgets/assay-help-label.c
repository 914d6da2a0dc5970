/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-help-label.h"

#include <string.h>

#include "assay-markdown.h"
#include "assay-paragraphs.h"
#include "assay-visible-text.h"

/* A label lays out all of its text at once; this much stays cheap. */
#define HELP_MAX_CHARACTERS 2000
#define SOURCE_BYTES_PER_CHARACTER 8

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

/* What cannot be seen is named. */
static void
append_visible (GString *text, const AssayRun *run)
{
  g_autoptr (GArray) pieces = assay_visible_text_split (run->text, run->length_bytes);

  for (guint i = 0; i < pieces->len; i++)
    {
      const AssayVisiblePiece *piece = &g_array_index (pieces, AssayVisiblePiece, i);

      if (piece->label != NULL)
        g_string_append_printf (text, "[%s]", piece->label);
      else
        g_string_append_len (text, run->text + piece->start, piece->end - piece->start);
    }
}

static void
append_runs (GString *text, PangoAttrList *attributes, GArray *runs, gboolean strong)
{
  guint block_start = text->len;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AssayRun *run = &g_array_index (runs, AssayRun, i);
      guint start = text->len;

      append_visible (text, run);
      if ((run->style & ASSAY_SPAN_STRONG) != 0)
        add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, text->len);
      if ((run->style & ASSAY_SPAN_EMPHASIS) != 0)
        add_attribute (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, text->len);
      if ((run->style & ASSAY_SPAN_CODE) != 0)
        add_attribute (attributes, pango_attr_family_new ("monospace"), start, text->len);
      if ((run->style & ASSAY_SPAN_STRIKE) != 0)
        add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, text->len);
    }
  if (strong)
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), block_start, text->len);
}

static void
append_marks (GString *text, GArray *marks)
{
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const AssayListMark *mark = &g_array_index (marks, AssayListMark, i);

      if (!mark->first || mark->is_quote)
        g_string_append (text, "   ");
      else if (mark->ordinal > 0)
        g_string_append_printf (text, "%u. ", mark->ordinal);
      else
        g_string_append (text, "• ");
    }
}

static void
append_block (GString *text, PangoAttrList *attributes, const AssayBlock *block)
{
  append_marks (text, block->marks);
  append_runs (text, attributes, block->runs, block->kind == ASSAY_BLOCK_HEADING);
  for (guint row = 0; block->rows != NULL && row < block->rows->len; row++)
    {
      GPtrArray *cells = g_ptr_array_index (block->rows, row);

      if (row > 0)
        g_string_append_c (text, '\n');
      for (guint cell = 0; cell < cells->len; cell++)
        {
          const AssayTableCell *content = g_ptr_array_index (cells, cell);

          if (cell > 0)
            g_string_append (text, "  ·  ");
          append_runs (text, attributes, content->runs, row == 0);
        }
    }
}

static gboolean
is_tight (const AssayBlock *block)
{
  return block->marks->len > 0
         && g_array_index (block->marks, AssayListMark, block->marks->len - 1).is_tight;
}

/* The end of what fits into @max_lines and @max_characters; NULL if all does. */
static const char *
find_end (const char *text, guint max_lines, guint max_characters)
{
  const char *end = text;
  const char *word_end = NULL;
  guint n_lines = 1;

  for (guint n = 0; *end != '\0' && n < max_characters; n++)
    {
      if (g_unichar_isspace (g_utf8_get_char (end)))
        word_end = end;
      if (*end == '\n' && n_lines++ == max_lines)
        break;
      end = g_utf8_next_char (end);
    }
  if (*end == '\0')
    return NULL;
  /* Where there are no spaces between words, any place will do. */
  return word_end != NULL && word_end > text + (end - text) / 2 ? word_end : end;
}

static void
set_text (GtkLabel *label, const char *text, gsize length, PangoAttrList *attributes)
{
  gtk_label_set_wrap_mode (label, assay_paragraph_needs_character_wrap (text, length)
                                      ? PANGO_WRAP_CHAR
                                      : PANGO_WRAP_WORD_CHAR);
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

static PangoAttrList *
new_attributes (void)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

void
assay_help_label_set_markdown (GtkLabel *label, const char *markdown)
{
  g_autoptr (AssayMarkdown) parsed = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GString) text = NULL;

  g_return_if_fail (GTK_IS_LABEL (label));

  if (markdown == NULL)
    {
      gtk_label_set_text (label, "");
      gtk_label_set_attributes (label, NULL);
      return;
    }

  parsed = assay_markdown_parse_prose (markdown, -1);
  attributes = new_attributes ();
  text = g_string_new (NULL);
  for (guint i = 0; i < assay_markdown_get_n_blocks (parsed); i++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      append_block (text, attributes, assay_markdown_get_block (parsed, i));
      if (g_utf8_strlen (text->str, -1) > HELP_MAX_CHARACTERS)
        {
          g_string_truncate (text,
                             g_utf8_offset_to_pointer (text->str, HELP_MAX_CHARACTERS) - text->str);
          g_string_append (text, "…");
          break;
        }
    }
  set_text (label, text->str, text->len, attributes);
}

void
assay_help_label_set_beginning (GtkLabel *label,
                                const char *document,
                                guint max_lines,
                                guint max_characters)
{
  g_autoptr (AssayMarkdown) parsed = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GString) text = NULL;
  const char *end;
  gsize length;
  gboolean in_list = FALSE;

  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (document != NULL);

  /* Marks and addresses are not shown, but there is an end to them as well. */
  length = strnlen (document, (gsize) max_characters * SOURCE_BYTES_PER_CHARACTER);
  while (length > 0 && (document[length] & 0xc0) == 0x80)
    length--;
  parsed = assay_markdown_parse (document, (gssize) length);
  attributes = new_attributes ();
  text = g_string_new (NULL);
  for (guint i = 0; i < assay_markdown_get_n_blocks (parsed); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (parsed, i);

      if (text->len > 0)
        g_string_append (text, in_list && is_tight (block) ? "\n" : "\n\n");
      append_block (text, attributes, block);
      in_list = is_tight (block);
    }
  end = find_end (text->str, max_lines, max_characters);
  if (end != NULL || document[length] != '\0')
    {
      if (end != NULL)
        g_string_truncate (text, (gsize) (end - text->str));
      g_strchomp (text->str);
      g_string_truncate (text, strlen (text->str));
      g_string_append (text, " …");
    }
  set_text (label, text->str, text->len, attributes);
}
