/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rendition-private.h"

G_BEGIN_DECLS

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"
#define OBJECT_REPLACEMENT "\uFFFC"
#define THIN_SPACE "\u2009"

/* A part of the line that is being made; bytes in that line. */
typedef struct
{
  gsize start;
  gsize length;
  AssayPart part;
  AssayMathLayout *layout; /* of a formula; owned by the builder's list */
  guint layout_piece;
} Piece;

typedef struct
{
  AssayRendition *rendition;
  AssayMarkdown *markdown;
  const char *source;
  gboolean mixed; /* has text in both directions */

  guint block_index;
  const AssayBlock *block;
  gboolean is_code;
  int block_direction;
  gboolean block_is_begun;

  GString *line;
  GArray *pieces; /* Piece */
  gsize last_source_end;
  GPtrArray *layouts;       /* AssayMathLayout, until the line is done */
  gboolean line_is_formula; /* the one that is being made */
  gboolean line_continues;  /* there is no break before it in the source */
  gsize skip;               /* bytes of the next run that were added already */

  AssaySpanStyle last_style;
  const char *last_target;
  GString *link_text;
} Builder;

void _assay_builder_add_piece (Builder *self,
                               const char *text,
                               gsize length,
                               AssayPartKind kind,
                               AssaySpanStyle style,
                               const char *target,
                               gsize source_start,
                               gsize source_end);
void _assay_builder_add_run (Builder *self, const AssayRun *run, AssayLine *line);
void _assay_builder_change_target (Builder *self, AssaySpanStyle style, const char *target);
void _assay_builder_finish_line (Builder *self, const AssayLine *pattern);
/* The formulas that begin with run @first of @runs; returns how many runs they take. */
guint _assay_builder_add_formulas (Builder *self, GArray *runs, guint first, AssayLine *line);

G_END_DECLS
