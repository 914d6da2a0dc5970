/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-styles.h"

#include <adwaita.h>
#include <string.h>

#include "assay-link.h"

/* Everything in ems of the text's font. */
#define PAGE_MARGIN 1.3
#define LEVEL_WIDTH 1.9
#define CODE_PADDING 0.8
#define CODE_SCALE 0.92
#define LEADING 0.26
#define CODE_LEADING 0.08

typedef enum
{
  GAP_NONE,
  GAP_LINE,  /* between lines of one block */
  GAP_TIGHT, /* between items of a list */
  GAP_BLOCK,
  GAP_HEADING, /* under a heading */
  GAP_SECTION, /* over a heading */
} Gap;

/* What distinguishes the tags of lines. Two lines that agree in all of it share a tag. */
typedef union
{
  struct
  {
    guint gap : 3;
    guint heading : 3;
    guint margin_levels : 6;
    guint hang_levels : 6;
    guint hang_columns : 6;
    guint rtl : 1;
    guint is_code : 1;
    guint is_source : 1;
    guint is_first : 1;
    guint is_last : 1;
    guint is_rule : 1;
    guint wrap_by_character : 1;
    guint is_formula : 1;
  };
  guint64 bits;
} LineKey;

struct _AssayDocumentStyles
{
  GObject parent_instance;

  GtkTextTagTable *table;
  GHashTable *line_tags; /* LineKey.bits → GtkTextTag (borrowed from the table) */
  GHashTable *part_tags;
  GHashTable *depth_tags; /* pixels → GtkTextTag */
  GtkTextTag *match;
  GtkTextTag *current_match;
  GtkTextTag *differences[ASSAY_N_DIFFERENCE_LOOKS];
  GtkTextTag *marks[ASSAY_N_MARK_LINES][2]; /* by whether it is the current one */
  AssayDocumentMetrics metrics;
  AssayDocumentPalette palette;
  char *monospace;
  double text_scale;
  gboolean wrap_code;
};

G_DEFINE_FINAL_TYPE (AssayDocumentStyles, assay_document_styles, G_TYPE_OBJECT)

G_STATIC_ASSERT (sizeof (LineKey) == sizeof (guint64));

static const PangoUnderline mark_underlines[] = {
  [ASSAY_MARK_LINE_OPEN] = PANGO_UNDERLINE_NONE,
  [ASSAY_MARK_LINE_SINGLE] = PANGO_UNDERLINE_SINGLE,
  [ASSAY_MARK_LINE_DOUBLE] = PANGO_UNDERLINE_DOUBLE,
  [ASSAY_MARK_LINE_WAVY] = PANGO_UNDERLINE_ERROR,
  [ASSAY_MARK_LINE_STRENGTH] = PANGO_UNDERLINE_NONE,
};

static const double heading_scales[] = { 1, 1.5, 1.28, 1.12, 1.0, 1.0, 0.92 };

/* Part keys: the style bits, and the kind above them. */
#define PART_KIND_SHIFT 16
#define PART_IN_CODE (1u << 24)
#define PART_DEAD_LINK (1u << 25)

static guint
hash_int64 (gconstpointer key)
{
  return g_int64_hash (key);
}

static double
get_gap_ems (const LineKey *key)
{
  static const double sections[] = { 0, 1.3, 1.3, 1.15, 1.0, 0.9, 0.9 };

  switch ((Gap) key->gap)
    {
    case GAP_NONE:
      return 0;
    case GAP_LINE:
      return key->is_code ? CODE_LEADING : LEADING;
    case GAP_TIGHT:
      return LEADING + 0.12;
    case GAP_BLOCK:
      return 0.85;
    case GAP_HEADING:
      return 0.5;
    case GAP_SECTION:
      return sections[MIN (key->heading, 6)];
    default:
      g_assert_not_reached ();
    }
}

static void
configure_line_tag (AssayDocumentStyles *self, GtkTextTag *tag, const LineKey *key)
{
  const AssayDocumentMetrics *m = &self->metrics;
  gboolean monospace = key->is_code || key->is_source;
  double scale = self->text_scale * heading_scales[key->heading] * (monospace ? CODE_SCALE : 1);
  int padding = key->is_code ? m->code_padding : 0;
  int start = m->page_margin + key->margin_levels * m->level_width + padding;
  int end = m->page_margin + padding;
  int above = get_gap_ems (key) * m->em;
  gboolean wrap = !key->is_code || self->wrap_code;
  int hang = key->hang_levels * m->level_width + (wrap ? key->hang_columns * m->code_column : 0);

  if (key->is_code && key->is_first)
    above += padding;
  g_object_set (tag, "scale", scale, "left-margin", key->rtl ? end : start, "right-margin",
                key->rtl ? start : end, "indent", -hang, "pixels-above-lines", above,
                "pixels-below-lines", key->is_code && key->is_last ? padding : 0,
                "pixels-inside-wrap", (int) ((monospace ? CODE_LEADING : LEADING) * m->em),
                "wrap-mode",
                !wrap                    ? GTK_WRAP_NONE
                : key->wrap_by_character ? GTK_WRAP_CHAR
                                         : GTK_WRAP_WORD_CHAR,
                NULL);
  /* Nothing is shown that the text does not have. */
  g_object_set (tag, "insert-hyphens", FALSE, NULL);
  if (key->is_formula)
    g_object_set (tag, "justification", GTK_JUSTIFY_CENTER, NULL);
  if (monospace)
    g_object_set (tag, "family", self->monospace, NULL);
  if (key->heading > 0)
    g_object_set (tag, "weight", key->heading <= 2 ? 800 : 700, NULL);
  if (key->heading >= 5)
    g_object_set (tag, "foreground-rgba", &self->palette.dim, NULL);
  if (key->is_rule)
    g_object_set (tag, "scale", self->text_scale * 0.6, NULL);

  if (key->hang_levels > 0 || monospace)
    {
      int step = monospace ? 4 * m->code_column : m->level_width;
      g_autoptr (PangoTabArray) tabs = pango_tab_array_new (8, TRUE);

      for (int i = 0; i < 8; i++)
        pango_tab_array_set_tab (tabs, i, PANGO_TAB_LEFT, (i + 1) * step);
      g_object_set (tag, "tabs", tabs, NULL);
    }
}

static void
configure_part_tag (AssayDocumentStyles *self, GtkTextTag *tag, guint key)
{
  const AssayDocumentPalette *palette = &self->palette;
  AssaySpanStyle style = key & ((1u << PART_KIND_SHIFT) - 1);
  AssayPartKind kind = (key >> PART_KIND_SHIFT) & 0xFF;
  gboolean in_code = (key & PART_IN_CODE) != 0;
  double scale = 1;

  if (style & ASSAY_SPAN_EMPHASIS)
    g_object_set (tag, "style", PANGO_STYLE_ITALIC, NULL);
  if (style & ASSAY_SPAN_STRONG)
    g_object_set (tag, "weight", 700, NULL);
  if (style & ASSAY_SPAN_STRIKE)
    g_object_set (tag, "strikethrough", TRUE, "foreground-rgba", &palette->dim, NULL);
  if (style & ASSAY_SPAN_UNDERLINE)
    g_object_set (tag, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  if (style & (ASSAY_SPAN_CODE | ASSAY_SPAN_MATH) && !in_code)
    {
      scale *= CODE_SCALE;
      g_object_set (tag, "family", self->monospace, NULL);
    }
  if (style & ASSAY_SPAN_CODE && !in_code)
    g_object_set (tag, "background-rgba", &palette->tint, NULL);
  if (style & ASSAY_SPAN_MATH)
    g_object_set (tag, "foreground-rgba", &palette->formula, NULL);
  if (style & ASSAY_SPAN_IMAGE)
    g_object_set (tag, "background-rgba", &palette->tint, "foreground-rgba", &palette->dim, NULL);
  if (style & ASSAY_SPAN_LINK && !(key & PART_DEAD_LINK))
    g_object_set (tag, "foreground-rgba", &palette->link, "underline", PANGO_UNDERLINE_SINGLE,
                  NULL);
  if (key & PART_DEAD_LINK)
    g_object_set (tag, "underline", PANGO_UNDERLINE_DOUBLE, NULL);
  if (style & (ASSAY_SPAN_SUBSCRIPT | ASSAY_SPAN_SUPERSCRIPT))
    {
      double rise = style & ASSAY_SPAN_SUPERSCRIPT ? 0.32 : -0.16;

      scale *= 0.75;
      g_object_set (tag, "rise", (int) (rise * self->metrics.em * PANGO_SCALE), NULL);
    }

  switch (kind)
    {
    case ASSAY_PART_MARK:
      scale *= 0.78;
      g_object_set (tag, "foreground-rgba", &palette->mark, "background-rgba", &palette->mark_tint,
                    "weight", 600, "style", PANGO_STYLE_NORMAL, NULL);
      break;
    case ASSAY_PART_MARKER:
      g_object_set (tag, "foreground-rgba", &palette->dim, NULL);
      break;
    case ASSAY_PART_DECORATION:
      g_object_set (tag, "foreground-rgba", &palette->dim, NULL);
      break;
    case ASSAY_PART_EXACT:
    case ASSAY_PART_ATOMIC:
    case ASSAY_PART_FORMULA:
    default:
      break;
    }
  if (scale != 1)
    g_object_set (tag, "scale", scale, NULL);
}

static void
mix (GdkRGBA *result, const GdkRGBA *a, const GdkRGBA *b, double t)
{
  result->red = a->red + (b->red - a->red) * t;
  result->green = a->green + (b->green - a->green) * t;
  result->blue = a->blue + (b->blue - a->blue) * t;
  result->alpha = 1;
}

static void
fade (GdkRGBA *result, const GdkRGBA *color, double alpha)
{
  *result = *color;
  result->alpha = alpha;
}

static void
update_palette (AssayDocumentStyles *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  AssayDocumentPalette *p = &self->palette;
  gboolean dark = adw_style_manager_get_dark (manager);
  gboolean contrast = adw_style_manager_get_high_contrast (manager);
  GdkRGBA purple = dark ? (GdkRGBA) { 0.86, 0.54, 0.87, 1 } : (GdkRGBA) { 0.51, 0.24, 0.61, 1 };
  GdkRGBA amber = dark ? (GdkRGBA) { 0.97, 0.72, 0.2, 1 } : (GdkRGBA) { 0.56, 0.35, 0.0, 1 };

  gtk_widget_get_color (widget, &p->text);
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager), dark,
                                       &p->link);
  fade (&p->dim, &p->text, contrast ? 0.9 : 0.65);
  fade (&p->faint, &p->text, contrast ? 0.8 : 0.4);
  fade (&p->tint, &p->text, contrast ? 0.1 : 0.06);
  fade (&p->border, &p->text, contrast ? 0.5 : 0.12);
  fade (&p->bar, &p->text, contrast ? 0.7 : 0.2);
  mix (&p->formula, &purple, &p->text, contrast ? 0.5 : 0.15);
  mix (&p->mark, &amber, &p->text, contrast ? 0.5 : 0.1);
  fade (&p->mark_tint, &amber, dark ? 0.22 : 0.18);
  p->only = contrast ? p->text
            : dark   ? (GdkRGBA) { 0.56, 0.94, 0.64, 1 }
                     : (GdkRGBA) { 0.11, 0.48, 0.26, 1 };
  p->marked = p->mark;
  fade (&p->marked_tint, &p->mark, contrast ? 0.22 : 0.14);
  fade (&p->current_tint, &p->mark, contrast ? 0.45 : 0.36);
  fade (&p->only_tint, &p->only, contrast ? 0.22 : dark ? 0.2 : 0.14);
  p->gone = contrast ? p->text
            : dark   ? (GdkRGBA) { 1, 0.58, 0.55, 1 }
                     : (GdkRGBA) { 0.7, 0.11, 0.13, 1 };
  fade (&p->gone_tint, &p->gone, contrast ? 0.22 : dark ? 0.2 : 0.12);
  p->match = dark ? (GdkRGBA) { 0.42, 0.36, 0.0, 1 } : (GdkRGBA) { 0.99, 0.93, 0.55, 1 };
  p->current_match = dark ? (GdkRGBA) { 0.78, 0.47, 0.0, 1 } : (GdkRGBA) { 1, 0.74, 0.28, 1 };
  p->match_text = dark ? (GdkRGBA) { 1, 1, 1, 1 } : (GdkRGBA) { 0, 0, 0, 1 };
}

static void
update_metrics (AssayDocumentStyles *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  g_autoptr (PangoFontDescription) code =
      pango_font_description_from_string (adw_style_manager_get_monospace_font_name (manager));
  PangoFontMetrics *metrics;
  AssayDocumentMetrics *m = &self->metrics;
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  m->em = MAX (size, 6) * self->text_scale;
  m->page_margin = PAGE_MARGIN * m->em;
  m->level_width = LEVEL_WIDTH * m->em;
  m->code_padding = CODE_PADDING * m->em;

  g_free (self->monospace);
  self->monospace = g_strdup (pango_font_description_get_family (code));
  pango_font_description_set_absolute_size (code, m->em * CODE_SCALE * PANGO_SCALE);
  metrics = pango_context_get_metrics (context, code, NULL);
  m->code_column = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);
}

static void
configure_match_tags (AssayDocumentStyles *self)
{
  g_object_set (self->differences[ASSAY_DIFFERENCE_OWN], "background-rgba",
                &self->palette.only_tint, "underline", PANGO_UNDERLINE_SINGLE, "underline-rgba",
                &self->palette.only, NULL);
  g_object_set (self->differences[ASSAY_DIFFERENCE_DISPLACED], "underline", PANGO_UNDERLINE_DOUBLE,
                "underline-rgba", &self->palette.only, NULL);
  g_object_set (self->differences[ASSAY_DIFFERENCE_GONE], "background-rgba",
                &self->palette.gone_tint, "strikethrough", TRUE, "strikethrough-rgba",
                &self->palette.gone, NULL);
  g_object_set (self->match, "background-rgba", &self->palette.match, "foreground-rgba",
                &self->palette.match_text, NULL);
  g_object_set (self->current_match, "background-rgba", &self->palette.current_match,
                "foreground-rgba", &self->palette.match_text, NULL);
}

static void
configure_mark_tags (AssayDocumentStyles *self)
{
  for (guint line = 0; line < ASSAY_N_MARK_LINES; line++)
    for (guint current = 0; current < 2; current++)
      {
        GtkTextTag *tag = self->marks[line][current];

        g_object_set (tag, "background-rgba",
                      current ? &self->palette.current_tint : &self->palette.marked_tint, NULL);
        if (mark_underlines[line] != PANGO_UNDERLINE_NONE)
          g_object_set (tag, "underline", mark_underlines[line], "underline-rgba",
                        &self->palette.marked, NULL);
        if (line == ASSAY_MARK_LINE_STRENGTH)
          g_object_set (tag, "overline", PANGO_OVERLINE_SINGLE, "overline-rgba",
                        &self->palette.marked, NULL);
      }
}

static GtkTextTag *
add_tag (AssayDocumentStyles *self)
{
  g_autoptr (GtkTextTag) tag = gtk_text_tag_new (NULL);

  gtk_text_tag_table_add (self->table, tag);
  /* Matches lie over everything else, whenever it was made, and differences next to them. */
  if (self->differences[ASSAY_N_DIFFERENCE_LOOKS - 1] != NULL)
    {
      int top = gtk_text_tag_table_get_size (self->table) - 1;

      for (guint i = 0; i < ASSAY_N_MARK_LINES * 2; i++)
        gtk_text_tag_set_priority (self->marks[i / 2][i % 2], top);
      for (guint i = 0; i < ASSAY_N_DIFFERENCE_LOOKS; i++)
        gtk_text_tag_set_priority (self->differences[i], top);
      gtk_text_tag_set_priority (self->match, top);
      gtk_text_tag_set_priority (self->current_match, top);
    }
  return tag;
}

static gboolean
is_in_list (const AssayBlock *block)
{
  for (guint i = 0; i < block->marks->len; i++)
    if (!g_array_index (block->marks, AssayListMark, i).is_quote)
      return TRUE;
  return FALSE;
}

static Gap
find_gap (AssayRendition *rendition, guint index)
{
  AssayMarkdown *markdown = assay_rendition_get_markdown (rendition);
  const AssayLine *line = assay_rendition_get_line (rendition, index);
  const AssayBlock *block = assay_rendition_get_block (rendition, line);
  const AssayBlock *previous;

  if (index == 0)
    return GAP_NONE;
  if (assay_markdown_get_is_plain (markdown))
    return GAP_LINE;
  if (assay_rendition_get_line (rendition, index - 1)->is_marker)
    return GAP_TIGHT;
  if (!line->is_first && !line->is_marker)
    return GAP_LINE;
  if (block->kind == ASSAY_BLOCK_HEADING)
    return GAP_SECTION;
  previous = assay_markdown_get_block (markdown, line->block - 1);
  if (previous->kind == ASSAY_BLOCK_HEADING)
    return GAP_HEADING;
  if (block->marks->len > 0 && is_in_list (previous))
    {
      AssayListMark *mark = &g_array_index (block->marks, AssayListMark, block->marks->len - 1);

      if (!mark->is_quote && mark->is_tight)
        return GAP_TIGHT;
    }
  return GAP_BLOCK;
}

static LineKey
make_line_key (AssayRendition *rendition, guint index)
{
  const AssayLine *line = assay_rendition_get_line (rendition, index);
  const AssayBlock *block = assay_rendition_get_block (rendition, line);
  LineKey key = { .bits = 0 };

  key.gap = find_gap (rendition, index);
  key.heading = block->kind == ASSAY_BLOCK_HEADING ? CLAMP (block->level, 1, 6) : 0;
  key.margin_levels = MIN (line->margin_levels, 63);
  key.hang_levels = MIN (line->hang_levels, 63);
  key.hang_columns = line->hang_columns;
  key.rtl = line->direction < 0;
  key.is_code = line->is_code;
  key.is_source = assay_markdown_get_is_plain (assay_rendition_get_markdown (rendition));
  key.is_first = line->is_first;
  key.is_last = line->is_last;
  key.is_rule = block->kind == ASSAY_BLOCK_RULE && !line->is_marker;
  key.wrap_by_character = line->wrap_by_character;
  key.is_formula = line->is_formula;
  return key;
}

static void
assay_document_styles_finalize (GObject *object)
{
  AssayDocumentStyles *self = ASSAY_DOCUMENT_STYLES (object);

  g_clear_pointer (&self->line_tags, g_hash_table_unref);
  g_clear_pointer (&self->part_tags, g_hash_table_unref);
  g_clear_pointer (&self->depth_tags, g_hash_table_unref);
  g_clear_object (&self->table);
  g_clear_pointer (&self->monospace, g_free);

  G_OBJECT_CLASS (assay_document_styles_parent_class)->finalize (object);
}

static void
assay_document_styles_class_init (AssayDocumentStylesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_document_styles_finalize;
}

static void
assay_document_styles_init (AssayDocumentStyles *self)
{
  self->table = gtk_text_tag_table_new ();
  self->line_tags = g_hash_table_new_full (hash_int64, g_int64_equal, g_free, NULL);
  self->part_tags = g_hash_table_new (NULL, NULL);
  self->depth_tags = g_hash_table_new (NULL, NULL);
  self->text_scale = 1;
  self->wrap_code = TRUE;
  self->match = add_tag (self);
  self->current_match = add_tag (self);
  for (guint i = 0; i < ASSAY_N_MARK_LINES * 2; i++)
    self->marks[i / 2][i % 2] = add_tag (self);
  for (guint i = 0; i < ASSAY_N_DIFFERENCE_LOOKS; i++)
    self->differences[i] = add_tag (self);
}

AssayDocumentStyles *
assay_document_styles_new (void)
{
  return g_object_new (ASSAY_TYPE_DOCUMENT_STYLES, NULL);
}

void
assay_document_styles_set_wrap_code (AssayDocumentStyles *self, gboolean wrap_code)
{
  g_return_if_fail (ASSAY_IS_DOCUMENT_STYLES (self));
  g_return_if_fail (g_hash_table_size (self->line_tags) == 0);

  self->wrap_code = wrap_code;
}

gboolean
assay_document_styles_get_wrap_code (AssayDocumentStyles *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), TRUE);

  return self->wrap_code;
}

GtkTextTagTable *
assay_document_styles_get_table (AssayDocumentStyles *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);

  return self->table;
}

gboolean
assay_document_styles_update (AssayDocumentStyles *self, GtkWidget *widget, double text_scale)
{
  AssayDocumentMetrics metrics;
  AssayDocumentPalette palette;
  g_autofree char *monospace = NULL;
  GHashTableIter iter;
  gpointer key, tag;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  metrics = self->metrics;
  palette = self->palette;
  monospace = g_strdup (self->monospace);
  self->text_scale = text_scale;
  update_palette (self, widget);
  update_metrics (self, widget);
  if (memcmp (&metrics, &self->metrics, sizeof metrics) == 0
      && memcmp (&palette, &self->palette, sizeof palette) == 0
      && g_strcmp0 (monospace, self->monospace) == 0)
    return FALSE;
  configure_match_tags (self);
  configure_mark_tags (self);

  g_hash_table_iter_init (&iter, self->line_tags);
  while (g_hash_table_iter_next (&iter, &key, &tag))
    configure_line_tag (self, tag, &(LineKey) { .bits = *(guint64 *) key });
  g_hash_table_iter_init (&iter, self->part_tags);
  while (g_hash_table_iter_next (&iter, &key, &tag))
    configure_part_tag (self, tag, GPOINTER_TO_UINT (key));
  return TRUE;
}

const AssayDocumentMetrics *
assay_document_styles_get_metrics (AssayDocumentStyles *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);

  return &self->metrics;
}

const AssayDocumentPalette *
assay_document_styles_get_palette (AssayDocumentStyles *self)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);

  return &self->palette;
}

GtkTextTag *
assay_document_styles_get_line_tag (AssayDocumentStyles *self,
                                    AssayRendition *rendition,
                                    guint line)
{
  LineKey key;
  GtkTextTag *tag;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);
  g_return_val_if_fail (rendition != NULL, NULL);

  key = make_line_key (rendition, line);
  tag = g_hash_table_lookup (self->line_tags, &key.bits);
  if (tag == NULL)
    {
      tag = add_tag (self);
      gtk_text_tag_set_priority (tag, 0);
      configure_line_tag (self, tag, &key);
      g_hash_table_insert (self->line_tags, g_memdup2 (&key.bits, sizeof key.bits), tag);
    }
  return tag;
}

GtkTextTag *
assay_document_styles_get_part_tag (AssayDocumentStyles *self,
                                    const AssayPart *part,
                                    gboolean in_code)
{
  guint key;
  GtkTextTag *tag;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);
  g_return_val_if_fail (part != NULL, NULL);

  /* A formula that is drawn has its own letters. */
  if (part->kind == ASSAY_PART_FORMULA)
    return NULL;
  if (part->style == ASSAY_SPAN_PLAIN && part->kind <= ASSAY_PART_ATOMIC)
    return NULL;
  key = part->style
        | (part->kind == ASSAY_PART_ATOMIC ? ASSAY_PART_EXACT : part->kind) << PART_KIND_SHIFT
        | (in_code ? PART_IN_CODE : 0);
  if (part->style & ASSAY_SPAN_LINK && part->target != NULL && !assay_link_can_open (part->target))
    key |= PART_DEAD_LINK;

  tag = g_hash_table_lookup (self->part_tags, GUINT_TO_POINTER (key));
  if (tag == NULL)
    {
      tag = add_tag (self);
      configure_part_tag (self, tag, key);
      g_hash_table_insert (self->part_tags, GUINT_TO_POINTER (key), tag);
    }
  return tag;
}

GtkTextTag *
assay_document_styles_get_depth_tag (AssayDocumentStyles *self, int depth)
{
  GtkTextTag *tag;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);

  if (depth == 0)
    return NULL;
  tag = g_hash_table_lookup (self->depth_tags, GINT_TO_POINTER (depth));
  if (tag == NULL)
    {
      tag = add_tag (self);
      g_object_set (tag, "rise", -depth * PANGO_SCALE, NULL);
      g_hash_table_insert (self->depth_tags, GINT_TO_POINTER (depth), tag);
    }
  return tag;
}

double
assay_document_styles_get_line_scale (AssayDocumentStyles *self,
                                      AssayRendition *rendition,
                                      guint line)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), 1);
  g_return_val_if_fail (rendition != NULL, 1);

  return heading_scales[make_line_key (rendition, line).heading];
}

GtkTextTag *
assay_document_styles_get_match_tag (AssayDocumentStyles *self, gboolean current)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);

  return current ? self->current_match : self->match;
}

GtkTextTag *
assay_document_styles_get_mark_tag (AssayDocumentStyles *self, AssayMarkLine line, gboolean current)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);
  g_return_val_if_fail (line < ASSAY_N_MARK_LINES, NULL);

  return self->marks[line][current ? 1 : 0];
}

PangoUnderline
assay_document_styles_get_mark_underline (AssayMarkLine line)
{
  g_return_val_if_fail (line < ASSAY_N_MARK_LINES, PANGO_UNDERLINE_NONE);

  return mark_underlines[line];
}

GtkTextTag *
assay_document_styles_get_difference_tag (AssayDocumentStyles *self, AssayDifferenceLook look)
{
  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), NULL);
  g_return_val_if_fail (look < ASSAY_N_DIFFERENCE_LOOKS, NULL);

  return self->differences[look];
}

int
assay_document_styles_get_gap (AssayDocumentStyles *self, AssayRendition *rendition, guint line)
{
  LineKey key;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT_STYLES (self), 0);
  g_return_val_if_fail (rendition != NULL, 0);

  key = make_line_key (rendition, line);
  return get_gap_ems (&key) * self->metrics.em;
}
