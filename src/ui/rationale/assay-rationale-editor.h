/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_RATIONALE_EDITOR (assay_rationale_editor_get_type ())
/**
 * AssayRationaleEditor:
 *
 * Where the reason is written: the text of a judgement's rationale, its length against the limits,
 * and quiet marks on what it names. Undo is the judgement's. Hides itself where the form asks for
 * no rationale.
 *
 * Properties: `judgement`, `spelling-enabled` (TRUE), `spelling-language` ("" for the desktop's;
 * follows what is chosen in the context menu).
 */
G_DECLARE_FINAL_TYPE (AssayRationaleEditor,
                      assay_rationale_editor,
                      ASSAY,
                      RATIONALE_EDITOR,
                      GtkWidget)

GtkWidget *assay_rationale_editor_new (void);

AssayJudgement *assay_rationale_editor_get_judgement (AssayRationaleEditor *self);
void assay_rationale_editor_set_judgement (AssayRationaleEditor *self, AssayJudgement *judgement);
gboolean assay_rationale_editor_get_spelling_enabled (AssayRationaleEditor *self);
void assay_rationale_editor_set_spelling_enabled (AssayRationaleEditor *self, gboolean enabled);
/* What the project says; TRUE by default. */
void assay_rationale_editor_set_spelling_allowed (AssayRationaleEditor *self, gboolean allowed);
/* The guideline's, which can be completed beside the names of criteria. (nullable) */
void assay_rationale_editor_set_headings (AssayRationaleEditor *self, const char *const *headings);

/* The person's last rationales in the project, NULL-terminated, for the mark on reuse; NULL for
 * none. */
void assay_rationale_editor_set_earlier (AssayRationaleEditor *self, const char *const *earlier);
/* @issues: (nullable) (element-type AssayIssue): what submission has to say; those of the rationale
 * are shown. */
void assay_rationale_editor_set_issues (AssayRationaleEditor *self, GPtrArray *issues);
/* Inserts `@A: “…”` at the cursor, on a line of its own, and takes the focus. @letter: NULL for no
 * response. */
void assay_rationale_editor_insert_quotation (AssayRationaleEditor *self,
                                              const char *letter,
                                              const char *text);
/* The cursor in code points, for the place that a draft keeps. */
guint assay_rationale_editor_get_cursor (AssayRationaleEditor *self);
void assay_rationale_editor_set_cursor (AssayRationaleEditor *self, guint position);

G_END_DECLS
