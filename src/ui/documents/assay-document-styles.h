/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-document-mark.h"
#include "assay-rendition.h"

G_BEGIN_DECLS

/* Sizes in pixels, for the present font and text size. */
typedef struct
{
  double em;
  int page_margin; /* at the sides of the text */
  int level_width; /* of a list or quotation */
  int code_padding;
  int code_column; /* the width of a character of code */
} AssayDocumentMetrics;

typedef struct
{
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA faint;
  GdkRGBA link;
  GdkRGBA tint;   /* behind code */
  GdkRGBA border; /* around code and tables; visible in high contrast */
  GdkRGBA bar;    /* beside quotations */
  GdkRGBA formula;
  GdkRGBA mark;
  GdkRGBA mark_tint;
  GdkRGBA marked;       /* under what a person marked */
  GdkRGBA marked_tint;  /* behind it */
  GdkRGBA current_tint; /* behind the mark that is the current one */
  GdkRGBA only;         /* under words that one response alone has */
  GdkRGBA only_tint;    /* behind them */
  GdkRGBA gone;         /* through words that were taken out of the text that is written */
  GdkRGBA gone_tint;    /* behind them */
  GdkRGBA match;
  GdkRGBA match_text;
  GdkRGBA current_match;
} AssayDocumentPalette;

/* How words are marked that one of the compared documents has. */
typedef enum
{
  ASSAY_DIFFERENCE_OWN,       /* no other has them: underlined */
  ASSAY_DIFFERENCE_DISPLACED, /* the others have them in another place: underlined twice */
  ASSAY_DIFFERENCE_GONE,      /* taken out of the text that is written: struck through */
} AssayDifferenceLook;
#define ASSAY_N_DIFFERENCE_LOOKS (ASSAY_DIFFERENCE_GONE + 1)

#define ASSAY_TYPE_DOCUMENT_STYLES (assay_document_styles_get_type ())
/**
 * AssayDocumentStyles:
 *
 * The tags of one document view: few, made when first needed, and changed in place when the font,
 * the text size or the colours of the desktop change.
 */
G_DECLARE_FINAL_TYPE (AssayDocumentStyles, assay_document_styles, ASSAY, DOCUMENT_STYLES, GObject)

AssayDocumentStyles *assay_document_styles_new (void);
/* Whether lines of code are wrapped, as they are by default; before anything is shown. */
void assay_document_styles_set_wrap_code (AssayDocumentStyles *self, gboolean wrap_code);
gboolean assay_document_styles_get_wrap_code (AssayDocumentStyles *self);
GtkTextTagTable *assay_document_styles_get_table (AssayDocumentStyles *self);
/* Takes fonts and colours from @widget. Returns whether anything changed: changing a tag lays the
 * text out anew. */
gboolean
assay_document_styles_update (AssayDocumentStyles *self, GtkWidget *widget, double text_scale);
const AssayDocumentMetrics *assay_document_styles_get_metrics (AssayDocumentStyles *self);
const AssayDocumentPalette *assay_document_styles_get_palette (AssayDocumentStyles *self);

/* (transfer none) */
GtkTextTag *assay_document_styles_get_line_tag (AssayDocumentStyles *self,
                                                AssayRendition *rendition,
                                                guint line);
/* NULL for plain text. */
GtkTextTag *assay_document_styles_get_part_tag (AssayDocumentStyles *self,
                                                const AssayPart *part,
                                                gboolean in_code);
/* For what is drawn in the place of a character and reaches @depth pixels below the baseline; NULL
 * for 0. Not changed with the text size. */
GtkTextTag *assay_document_styles_get_depth_tag (AssayDocumentStyles *self, int depth);
/* The size of a line's text beside that of a paragraph. */
double assay_document_styles_get_line_scale (AssayDocumentStyles *self,
                                             AssayRendition *rendition,
                                             guint line);
GtkTextTag *assay_document_styles_get_match_tag (AssayDocumentStyles *self, gboolean current);
/* For what a person marked. */
GtkTextTag *assay_document_styles_get_mark_tag (AssayDocumentStyles *self,
                                                AssayMarkLine line,
                                                gboolean current);
/* What stands under such a mark; the one for strengths has its line above it. */
PangoUnderline assay_document_styles_get_mark_underline (AssayMarkLine line);
GtkTextTag *
assay_document_styles_get_difference_tag (AssayDocumentStyles *self, AssayDifferenceLook look);
/* The space above a line that is empty so that blocks stand apart. */
int
assay_document_styles_get_gap (AssayDocumentStyles *self, AssayRendition *rendition, guint line);

G_END_DECLS
