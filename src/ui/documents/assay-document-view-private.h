/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "assay-document-text.h"
#include "assay-document-view.h"
#include "assay-removal-queue.h"

G_BEGIN_DECLS

struct _AssayDocumentView
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *clamp;
  AssayDocumentText *text;
  AssayRemovalQueue *removed; /* (owned) texts that were shown before */
  char *label;                /* (nullable) what the text is called */

  AssayDocument *document;
  DexFuture *rendering;
  guint generation;
  char *notice;
  double text_scale;
  AssayTextCounts counts;
  gboolean show_source;
  gboolean fit_content;
  gboolean read_to_end;

  /* A place that is shown as soon as it is there. */
  gboolean place_wanted;
  gboolean place_pending; /* the person has not moved away from it since */
  guint place_source;
  guint fit_source;
  guint end_source;
  gsize place_start;
  gsize place_length;
};

G_END_DECLS
