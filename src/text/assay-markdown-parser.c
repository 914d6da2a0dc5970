/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown-private.h"

#include <md4c.h>
#include <string.h>

#include "assay-entities.h"
#include "assay-front-matter.h"
#include "assay-limits.h"
#include "assay-markdown-html.h"
#include "assay-markdown-writer.h"
#include "assay-math-spans.h"
#include "assay-source-lines.h"

/* md4c hands out pieces of its input, so their addresses say where they stand. What it reads is
 * `shadow`: the source, or a copy of the same length in which some delimiters are replaced, so that
 * formulas survive and money is no formula. Runs always take their bytes from the source. */

/* How often a document is read again because something that looked like a formula was none. */
#define ATTEMPTS 5

typedef struct
{
  const char *target; /* NULL for a link beyond the limit */
  gboolean is_image;
  guint n_runs; /* of the document when it began */
} Target;

typedef struct
{
  gsize start;
  gsize end;
} Range;

typedef struct
{
  AssayMarkdownWriter writer;
  const char *shadow;
  gboolean last_attempt;
  GArray *rejected; /* Range: delimiters that are none */
  GArray *targets;  /* Target */

  guint emphasis;
  guint strong;
  guint strike;
  guint code;
  guint n_links;  /* open ones */
  guint n_images; /* open ones */
  guint links_total;
  guint images_total;
  AssayHtmlState html;

  gboolean in_formula;
  gboolean formula_pending; /* the delimiter was not seen yet */
  AssaySpanStyle formula_style;
  AssayMathDelimiter formula_delimiter;
  gsize formula_start;
  gsize formula_content;
  guint formula_run;

  gsize code_mark;         /* where the closing mark of the last code span stands, or 0 */
  gboolean break_is_doubt; /* the line break before it may be none */
} Parser;

/* Says to the writer what the next runs are. */
static void
settle_style (Parser *self)
{
  AssaySpanStyle style;

  if (self->in_formula)
    style = self->formula_style;
  else
    style = (self->emphasis ? ASSAY_SPAN_EMPHASIS : 0) | (self->strong ? ASSAY_SPAN_STRONG : 0)
            | (self->strike ? ASSAY_SPAN_STRIKE : 0) | (self->code ? ASSAY_SPAN_CODE : 0)
            | assay_html_state_get_style (&self->html);
  self->writer.target = NULL;
  if (self->targets->len > 0)
    {
      style |= (self->n_links ? ASSAY_SPAN_LINK : 0) | (self->n_images ? ASSAY_SPAN_IMAGE : 0);
      self->writer.target = g_array_index (self->targets, Target, self->targets->len - 1).target;
    }
  self->writer.style = style;
}

/* What a block left open ends with it. */
static void
reset_spans (Parser *self)
{
  assay_html_state_reset (&self->html);
  self->emphasis = self->strong = self->strike = self->code = 0;
  self->n_links = self->n_images = 0;
  self->in_formula = self->formula_pending = FALSE;
  self->code_mark = 0;
  self->break_is_doubt = FALSE;
  g_array_set_size (self->targets, 0);
  settle_style (self);
}

static int
enter_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  _assay_markdown_writer_close_implicit (&self->writer);
  reset_spans (self);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      _assay_markdown_writer_open_level (&self->writer, &(AssayListMark) { .is_quote = TRUE });
      break;

    case MD_BLOCK_UL:
      _assay_markdown_writer_open_list (&self->writer, FALSE,
                                        ((MD_BLOCK_UL_DETAIL *) detail)->is_tight, 0);
      break;

    case MD_BLOCK_OL:
      {
        MD_BLOCK_OL_DETAIL *ordered = detail;

        _assay_markdown_writer_open_list (&self->writer, TRUE, ordered->is_tight, ordered->start);
        break;
      }

    case MD_BLOCK_LI:
      {
        MD_BLOCK_LI_DETAIL *item = detail;

        _assay_markdown_writer_open_item (&self->writer, !item->is_task           ? 0
                                                         : item->task_mark == ' ' ? 1
                                                                                  : 2);
        break;
      }

    case MD_BLOCK_HR:
      _assay_markdown_writer_open_block (&self->writer, ASSAY_BLOCK_RULE);
      break;

    case MD_BLOCK_H:
      _assay_markdown_writer_open_block (&self->writer, ASSAY_BLOCK_HEADING);
      self->writer.block.level = ((MD_BLOCK_H_DETAIL *) detail)->level;
      break;

    case MD_BLOCK_CODE:
      {
        MD_BLOCK_CODE_DETAIL *code = detail;

        _assay_markdown_writer_open_code (&self->writer, code->fence_char, code->lang.text,
                                          code->lang.size);
        break;
      }

    case MD_BLOCK_HTML:
      _assay_markdown_writer_open_block (&self->writer, ASSAY_BLOCK_HTML);
      break;

    case MD_BLOCK_P:
      _assay_markdown_writer_open_block (&self->writer, ASSAY_BLOCK_PARAGRAPH);
      break;

    case MD_BLOCK_TABLE:
      {
        MD_BLOCK_TABLE_DETAIL *table = detail;

        _assay_markdown_writer_open_table (&self->writer, table->col_count,
                                           table->head_row_count + table->body_row_count);
        break;
      }

    case MD_BLOCK_TR:
      if (!self->writer.table_is_text)
        _assay_block_add_row (&self->writer.block);
      break;

    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      if (!self->writer.table_is_text)
        {
          MD_ALIGN align = ((MD_BLOCK_TD_DETAIL *) detail)->align;

          self->writer.cell =
              _assay_block_add_cell (&self->writer.block, align == MD_ALIGN_CENTER  ? 0
                                                          : align == MD_ALIGN_RIGHT ? 1
                                                                                    : -1);
        }
      break;

    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    default:
      break;
    }
  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  switch (type)
    {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_LI:
      _assay_markdown_writer_close_implicit (&self->writer);
      _assay_markdown_writer_close_level (&self->writer);
      break;

    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      _assay_markdown_writer_close_implicit (&self->writer);
      _assay_markdown_writer_close_list (&self->writer);
      break;

    case MD_BLOCK_HR:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
      _assay_markdown_writer_close_block (&self->writer);
      break;

    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      self->writer.cell = NULL;
      self->writer.after_break = FALSE;
      break;

    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    default:
      break;
    }
  reset_spans (self);
  return 0;
}

/* An address with its entities resolved. */
static const char *
make_target (Parser *self, const MD_ATTRIBUTE *attribute)
{
  g_autoptr (GString) target = g_string_sized_new (attribute->size);
  gboolean from_shadow =
      attribute->text >= self->shadow && attribute->text < self->shadow + self->writer.length;
  const char *text =
      from_shadow ? self->writer.source + (attribute->text - self->shadow) : attribute->text;

  for (guint i = 0; attribute->size > 0 && attribute->substr_offsets[i] < attribute->size; i++)
    {
      const char *part = text + attribute->substr_offsets[i];
      gsize length = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
      gunichar c = 0;

      if (attribute->substr_types[i] == MD_TEXT_ENTITY)
        c = assay_entity_decode (part, length);
      if (c != 0)
        g_string_append_unichar (target, c);
      else
        g_string_append_len (target, part, length);
    }
  return g_string_chunk_insert_const (self->writer.document->strings, target->str);
}

static void
open_target (Parser *self, const MD_ATTRIBUTE *attribute, gboolean is_image)
{
  Target target = { .is_image = is_image, .n_runs = self->writer.runs_total };
  AssayMarkdownSize *size = &self->writer.document->size;

  size->n_links += !is_image;
  size->n_images += is_image;
  if (is_image ? self->images_total < ASSAY_LIMIT_DOCUMENT_IMAGES
               : self->links_total < ASSAY_LIMIT_DOCUMENT_LINKS)
    {
      self->links_total += !is_image;
      self->images_total += is_image;
      target.target = make_target (self, attribute);
      self->n_links += !is_image;
      self->n_images += is_image;
    }
  g_array_append_val (self->targets, target);
}

static void
close_target (Parser *self)
{
  Target target;

  /* md4c 0.5 can leave a link that it never entered. */
  if (self->targets->len == 0)
    return;
  target = g_array_index (self->targets, Target, self->targets->len - 1);

  /* An image without a description still has its place. */
  if (target.is_image && target.target != NULL && target.n_runs == self->writer.runs_total)
    {
      const char *mark = g_strstr_len (self->writer.source + self->writer.cursor,
                                       MIN (256, self->writer.length - self->writer.cursor), "![");
      gsize start = mark ? mark - self->writer.source : self->writer.cursor;

      _assay_markdown_writer_stretch_to (&self->writer, start);
      _assay_markdown_writer_add_run (&self->writer, "", 0, start, start);
    }
  if (target.target != NULL)
    {
      self->n_links -= !target.is_image;
      self->n_images -= target.is_image;
    }
  g_array_set_size (self->targets, self->targets->len - 1);
}

static void
open_formula (Parser *self, AssayMathDelimiter delimiter)
{
  self->in_formula = TRUE;
  self->formula_pending = FALSE;
  self->formula_delimiter = delimiter;
  self->formula_style = delimiter == ASSAY_MATH_DOUBLE_DOLLAR || delimiter == ASSAY_MATH_BRACKET
                            ? ASSAY_SPAN_MATH | ASSAY_SPAN_MATH_DISPLAY
                            : ASSAY_SPAN_MATH;
  self->formula_run = _assay_markdown_writer_get_runs (&self->writer)->len;
  settle_style (self);
}

/* Where the text of a span begins that begins with a line break, of which md4c hands out a copy. */
static gsize
find_content (Parser *self)
{
  const char *mark = self->in_formula ? "$" : "`";
  gsize length = self->writer.length;
  gsize at = self->writer.cursor;

  at += _assay_span_to (self->shadow, length, at, mark);
  return at + _assay_span (self->shadow, length, at, mark);
}

/* The first text of a formula, or of a code span that may be one, says where its delimiter stands.
 */
static void
find_formula_start (Parser *self, gsize offset)
{
  gsize content = offset;
  gsize n;

  self->formula_pending = FALSE;
  while (content > 0 && strchr (" \r\n", self->shadow[content - 1]) != NULL)
    content--;
  if (self->in_formula)
    {
      n = self->formula_delimiter == ASSAY_MATH_DOLLAR ? 1 : 2;
      if (content < self->writer.cursor + n || self->shadow[content - 1] != '$'
          || self->shadow[content - n] != '$')
        {
          self->in_formula = FALSE;
          settle_style (self);
          return;
        }
    }
  else
    {
      n = 2;
      /* Only where the marks are ours: `\\` before a code span is a backslash. */
      if (content < self->writer.cursor + n || self->shadow[content - 2] != '`'
          || self->writer.source[content - 2] != '\\')
        return;
      self->code--;
      open_formula (self, self->writer.source[content - 1] == '[' ? ASSAY_MATH_BRACKET
                                                                  : ASSAY_MATH_PARENTHESIS);
    }
  self->formula_start = content - n;
  self->formula_content = content;
  _assay_markdown_writer_add_source (&self->writer, content - n, offset - content + n);
}

static void
reject_formula (Parser *self, gsize closing, gsize n)
{
  Range ranges[2] = { { self->formula_start, self->formula_content }, { closing, closing + n } };

  if (!self->last_attempt)
    {
      /* What cannot close, behind a space, may open: "$5 or so, $x$". */
      guint n_ranges = self->formula_delimiter == ASSAY_MATH_DOLLAR
                               && strchr (" \r\n", self->writer.source[closing - 1]) != NULL
                           ? 1
                           : 2;

      g_array_append_vals (self->rejected, ranges, n_ranges);
      return;
    }
  for (guint i = self->formula_run; i < _assay_markdown_writer_get_runs (&self->writer)->len; i++)
    g_array_index (_assay_markdown_writer_get_runs (&self->writer), AssayRun, i).style &=
        ~(ASSAY_SPAN_MATH | ASSAY_SPAN_MATH_DISPLAY);
}

/* "$5 and $10, so $x$": what begins as an amount of money ends with the formula that follows. All
 * openings but those of a formula are taken away, and the closing stays. FALSE where there is
 * nothing of the kind. */
static gboolean
reject_money (Parser *self, gsize closing, gunichar before, gunichar after)
{
  const char *source = self->writer.source;
  gsize opening = self->formula_start;
  gboolean found = FALSE;

  if (self->formula_delimiter != ASSAY_MATH_DOLLAR || self->last_attempt)
    return FALSE;
  for (gsize i = self->formula_content; i < closing; i++)
    {
      Range range = { opening, opening + 1 };

      if (source[i] == '\\')
        {
          i++;
          continue;
        }
      if (source[i] != '$')
        continue;
      g_array_append_val (self->rejected, range);
      opening = i;
      found = TRUE;
    }
  if (found
      && !assay_math_is_formula (ASSAY_MATH_DOLLAR, source + opening + 1, closing - opening - 1,
                                 before, after))
    {
      Range range = { opening, opening + 1 };

      g_array_append_val (self->rejected, range);
    }
  return found;
}

static void
close_formula (Parser *self)
{
  static const char *const closings[] = { "$", "$$", "\\)", "\\]" };
  const char *closing = closings[self->formula_delimiter];
  gsize n = strlen (closing);
  gsize at = self->writer.cursor;
  gunichar before, after;
  gboolean complete;

  while (at < self->writer.length && strchr (" \r\n", self->shadow[at]) != NULL)
    at++;
  complete = at + n <= self->writer.length && memcmp (self->writer.source + at, closing, n) == 0;
  if (!complete)
    n = self->formula_content - self->formula_start;

  before = self->formula_start > 0
               ? g_utf8_get_char (g_utf8_prev_char (self->writer.source + self->formula_start))
               : 0;
  after = at + n < self->writer.length ? g_utf8_get_char (self->writer.source + at + n) : 0;
  if (at + n <= self->writer.length)
    _assay_markdown_writer_add_source (&self->writer, self->writer.cursor,
                                       at + n - self->writer.cursor);
  if (complete && reject_money (self, at, before, after))
    self->in_formula = FALSE;
  else if (!complete
           || !assay_math_is_formula (self->formula_delimiter,
                                      self->writer.source + self->formula_content,
                                      at - self->formula_content, before, after))
    reject_formula (self, MIN (at, self->writer.length - n), n);
  self->in_formula = FALSE;
}

/* Where a code span ends with a line break that is not part of it, md4c 0.5 says the break and then
 * the span's closing mark once more as text. */
static void
expect_code_mark (Parser *self)
{
  gsize at = self->writer.cursor;

  self->code_mark = 0;
  if (at >= self->writer.length || strchr ("\r\n", self->shadow[at]) == NULL)
    return;
  at += _assay_span_to (self->shadow, self->writer.length, at, "`");
  if (at < self->writer.length)
    self->code_mark = at;
}

static void
settle_doubt (Parser *self)
{
  if (self->break_is_doubt)
    _assay_markdown_writer_add_soft_break (&self->writer);
  self->break_is_doubt = FALSE;
  self->code_mark = 0;
}

/* How many of the next bytes are that mark. */
static gsize
count_code_mark (Parser *self, MD_TEXTTYPE type, gboolean in_source, gsize offset, gsize size)
{
  if (self->code_mark == 0)
    return 0;
  if (type == MD_TEXT_NORMAL && in_source && offset == self->code_mark)
    {
      self->break_is_doubt = FALSE;
      self->code_mark = 0;
      return _assay_span (self->shadow, offset + size, offset, "`");
    }
  settle_doubt (self);
  return 0;
}

static int
enter_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  _assay_markdown_writer_need_block (&self->writer);
  settle_doubt (self);
  switch (type)
    {
    case MD_SPAN_EM:
      self->emphasis++;
      break;
    case MD_SPAN_STRONG:
      self->strong++;
      break;
    case MD_SPAN_DEL:
      self->strike++;
      break;
    case MD_SPAN_CODE:
      self->code++;
      self->formula_pending = TRUE;
      break;
    case MD_SPAN_A:
      open_target (self, &((MD_SPAN_A_DETAIL *) detail)->href, FALSE);
      break;
    case MD_SPAN_IMG:
      open_target (self, &((MD_SPAN_IMG_DETAIL *) detail)->src, TRUE);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
      open_formula (self, type == MD_SPAN_LATEXMATH ? ASSAY_MATH_DOLLAR : ASSAY_MATH_DOUBLE_DOLLAR);
      self->formula_pending = TRUE;
      break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
    default:
      break;
    }
  settle_style (self);
  return 0;
}

static void
leave_style (guint *depth)
{
  if (*depth > 0)
    *depth -= 1;
}

static int
leave_span_cb (MD_SPANTYPE type, void *detail, void *user_data)
{
  Parser *self = user_data;

  self->formula_pending = FALSE;
  settle_doubt (self);
  switch (type)
    {
    case MD_SPAN_EM:
      leave_style (&self->emphasis);
      break;
    case MD_SPAN_STRONG:
      leave_style (&self->strong);
      break;
    case MD_SPAN_DEL:
      leave_style (&self->strike);
      break;
    case MD_SPAN_CODE:
      expect_code_mark (self);
      if (self->in_formula)
        close_formula (self);
      else
        leave_style (&self->code);
      break;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
      close_target (self);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
      if (self->in_formula)
        close_formula (self);
      break;
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U:
    default:
      break;
    }
  settle_style (self);
  return 0;
}

static void
add_entity (Parser *self, gsize offset, gsize length)
{
  gunichar c = assay_entity_decode (self->writer.source + offset, length);
  char text[7] = { 0 };
  int n_bytes;

  if (c == 0)
    {
      _assay_markdown_writer_add_source (&self->writer, offset, length);
      return;
    }
  n_bytes = g_unichar_to_utf8 (c, text);
  _assay_markdown_writer_stretch_to (&self->writer, offset);
  _assay_markdown_writer_add_run (
      &self->writer, g_string_chunk_insert_const (self->writer.document->strings, text), n_bytes,
      offset, offset + length);
}

static void
add_html (Parser *self, gsize offset, gsize length)
{
  AssayHtmlTag tag = assay_html_state_take (&self->html, self->writer.source, self->writer.length,
                                            offset, length, self->writer.cell != NULL);
  settle_style (self);

  if (tag == ASSAY_HTML_TEXT)
    {
      _assay_markdown_writer_add_source (&self->writer, offset, length);
    }
  else if (tag == ASSAY_HTML_BREAK)
    {
      _assay_markdown_writer_stretch_to (&self->writer, offset);
      _assay_markdown_writer_add_run (&self->writer, "\n", 1, offset, offset + length);
      self->writer.after_break = TRUE;
    }
  /* A tag that gives a style is not shown; what follows begins behind it. */
}

static int
text_cb (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user_data)
{
  Parser *self = user_data;
  gboolean in_source = text >= self->shadow && text < self->shadow + self->writer.length;
  gsize offset = in_source ? text - self->shadow : self->writer.cursor;
  gsize mark;

  if (size == 0)
    return 0;
  _assay_markdown_writer_need_block (&self->writer);
  if (type == MD_TEXT_SOFTBR && self->code_mark != 0 && !self->break_is_doubt)
    {
      self->break_is_doubt = TRUE;
      return 0;
    }
  mark = count_code_mark (self, type, in_source, offset, size);
  offset += mark;
  size -= mark;
  if (size == 0)
    return 0;
  if (self->formula_pending)
    find_formula_start (self, in_source ? offset : find_content (self));

  switch (type)
    {
    case MD_TEXT_SOFTBR:
      _assay_markdown_writer_add_soft_break (&self->writer);
      break;

    case MD_TEXT_BR:
      _assay_markdown_writer_add_line_break (&self->writer, "\n");
      break;

    case MD_TEXT_ENTITY:
      add_entity (self, offset, size);
      break;

    case MD_TEXT_HTML:
      if (self->writer.block.kind != ASSAY_BLOCK_HTML && in_source)
        {
          add_html (self, offset, size);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
      if (in_source)
        _assay_markdown_writer_add_source (&self->writer, offset, size);
      else if (text[0] == '\n')
        _assay_markdown_writer_add_line_break (&self->writer, "\n");
      else if (self->writer.block.kind == ASSAY_BLOCK_CODE
               || self->writer.block.kind == ASSAY_BLOCK_HTML)
        self->writer.indent += size;
      else
        _assay_markdown_writer_add_line_break (
            &self->writer,
            self->formula_style & ASSAY_SPAN_MATH_DISPLAY && self->in_formula ? "\n" : " ");
      break;

    case MD_TEXT_NULLCHAR:
      _assay_markdown_writer_add_run (&self->writer, "\uFFFD", 3, self->writer.cursor,
                                      MIN (self->writer.cursor + 1, self->writer.length));
      break;

    case MD_TEXT_NORMAL:
    default:
      if (in_source)
        _assay_markdown_writer_add_source (&self->writer, offset, size);
      break;
    }
  return 0;
}

static gboolean
parse_once (Parser *self)
{
  static const MD_PARSER parser = {
    .flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS,
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = enter_span_cb,
    .leave_span = leave_span_cb,
    .text = text_cb,
  };
  gboolean success;

  self->targets = g_array_new (FALSE, FALSE, sizeof (Target));
  success = md_parse (self->shadow, self->writer.length, &parser, self) == 0;
  g_array_unref (self->targets);
  return success;
}

/* Takes away the meaning of delimiters that are none, without changing the length. */
static void
patch_rejected (char *shadow, const char *source, GArray *rejected)
{
  for (guint i = 0; i < rejected->len; i++)
    {
      Range *range = &g_array_index (rejected, Range, i);

      for (gsize at = range->start; at < range->end; at++)
        shadow[at] = source[at] == '$' ? '%' : source[at];
    }
}

/* Empty lines in its place. */
static void
hide_front_matter (char *shadow, gsize end)
{
  for (gsize at = 0; at < end; at++)
    if (shadow[at] != '\n' && shadow[at] != '\r')
      shadow[at] = ' ';
}

gboolean
_assay_markdown_fill (AssayMarkdown *document)
{
  g_autofree char *shadow = g_strndup (document->source, document->length_bytes);
  gsize front = assay_front_matter_find (document->source, document->length_bytes);

  hide_front_matter (shadow, front);
  assay_math_mark_brackets (shadow, document->length_bytes);
  for (guint attempt = 0; attempt < ATTEMPTS; attempt++)
    {
      g_autoptr (GArray) rejected = g_array_new (FALSE, FALSE, sizeof (Range));
      Parser parser = {
        .shadow = shadow,
        .last_attempt = attempt + 1 == ATTEMPTS,
        .rejected = rejected,
      };
      gboolean success;

      _assay_markdown_clear_blocks (document);
      _assay_markdown_writer_init (&parser.writer, document);
      if (front > 0)
        _assay_markdown_writer_add_front_matter (&parser.writer, front);
      success = parse_once (&parser);
      _assay_markdown_writer_clear (&parser.writer);
      if (!success)
        return FALSE;
      if (rejected->len == 0)
        break;
      patch_rejected (shadow, document->source, rejected);
    }
  return TRUE;
}
