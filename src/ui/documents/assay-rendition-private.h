/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rendition.h"
#include "assay-visible-text.h"

G_BEGIN_DECLS

/* A table that is shown as one. */
typedef struct
{
  const AssayBlock *block;
  GPtrArray *cells; /* AssayCellText, row by row */
} AssayTableText;

struct _AssayRendition
{
  AssayMarkdown *markdown;
  GString *text;
  GArray *lines;     /* AssayLine */
  GArray *parts;     /* AssayPart */
  GArray *formulas;  /* AssayFormulaPlace */
  GPtrArray *tables; /* AssayTableText */
  GStringChunk *strings;
  guint n_characters;
  AssayTextCounts counts;
  int direction;
  guint marks[ASSAY_MARK_REPEAT + 1];
  guint n_text_tables; /* too large for that */
  guint n_long_codes;
  guint n_plain_codes; /* too long for colours */
  guint n_formulas;    /* typeset or not */
};

void _assay_rendition_build (AssayRendition *self);

G_END_DECLS
