/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-task.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_CITATION_LINE (assay_citation_line_get_type ())
/**
 * AssayCitationLine:
 *
 * Which sources a statement names, by their numbers, and whether it cites what it should.
 *
 * Signals: `chosen (citation)`, NULL for none; `cited-changed`.
 */
G_DECLARE_FINAL_TYPE (AssayCitationLine, assay_citation_line, ASSAY, CITATION_LINE, GtkWidget)

GtkWidget *assay_citation_line_new (AssayTask *task);
/* @citation: (nullable): assay-verdicts.h. @cited: ids of sources. @words: the statement, as it is
 * named to whoever does not see it. */
void assay_citation_line_show (AssayCitationLine *self,
                               const char *citation,
                               const char *const *cited,
                               const char *words);
/* (transfer full): ids of the sources that are chosen, and those that were shown and that the task
 * does not have. */
GStrv assay_citation_line_dup_cited (AssayCitationLine *self);

G_END_DECLS
