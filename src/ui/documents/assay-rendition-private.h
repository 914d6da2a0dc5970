/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rendition.h"
#include "assay-visible-text.h"

G_BEGIN_DECLS

struct _AssayRendition
{
  AssayMarkdown *markdown;
  GString *text;
  GArray *lines;    /* AssayLine */
  GArray *parts;    /* AssayPart */
  GArray *formulas; /* AssayFormulaPlace */
  GStringChunk *strings;
  guint n_characters;
  guint n_words;
  int direction;
  guint marks[ASSAY_MARK_REPEAT + 1];
  guint n_tables;      /* shown as tables */
  guint n_text_tables; /* too large for that */
  guint n_long_codes;
  guint n_plain_codes; /* too long for colours */
  guint n_formulas;    /* typeset or not */
};

void _assay_rendition_build (AssayRendition *self);

G_END_DECLS
