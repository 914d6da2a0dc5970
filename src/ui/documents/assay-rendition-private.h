/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rendition.h"
#include "assay-visible-text.h"

G_BEGIN_DECLS

struct _AssayRendition
{
  AssayMarkdown *markdown;
  GString *text;
  GArray *lines; /* AssayLine */
  GArray *parts; /* AssayPart */
  GStringChunk *strings;
  guint n_characters;
  guint n_words;
  int direction;
  guint marks[ASSAY_MARK_REPEAT + 1];
};

void _assay_rendition_build (AssayRendition *self);

G_END_DECLS
