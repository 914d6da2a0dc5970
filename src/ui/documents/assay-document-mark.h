/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a mark is drawn, so that its weight is seen without colour. */
typedef enum
{
  ASSAY_MARK_LINE_OPEN,   /* not graded yet: a tint alone */
  ASSAY_MARK_LINE_SINGLE, /* the lightest */
  ASSAY_MARK_LINE_DOUBLE,
  ASSAY_MARK_LINE_WAVY,
  ASSAY_MARK_LINE_STRENGTH, /* above the text */
} AssayMarkLine;
#define ASSAY_N_MARK_LINES (ASSAY_MARK_LINE_STRENGTH + 1)

/**
 * AssayDocumentMark:
 *
 * A stretch of a document's text that a person marked; bytes. Of marks that overlap, the later
 * one's line is seen.
 */
typedef struct
{
  gsize start;
  gsize end;
  AssayMarkLine line;
  gboolean is_current;
} AssayDocumentMark;

G_END_DECLS
