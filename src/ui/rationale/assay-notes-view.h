/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_NOTES_VIEW (assay_notes_view_get_type ())
/**
 * AssayNotesView:
 *
 * What accompanies a judgement: the private note (never sent), confidence where the form asks for
 * it, and flags.
 *
 * Property: `judgement`.
 */
G_DECLARE_FINAL_TYPE (AssayNotesView, assay_notes_view, ASSAY, NOTES_VIEW, GtkWidget)

GtkWidget *assay_notes_view_new (void);
AssayJudgement *assay_notes_view_get_judgement (AssayNotesView *self);
void assay_notes_view_set_judgement (AssayNotesView *self, AssayJudgement *judgement);
/* Moves the focus to the flags, for the key `f`. */
void assay_notes_view_focus_flags (AssayNotesView *self);
/* The note of the first flag that needs one and has none. */
void assay_notes_view_focus_missing_note (AssayNotesView *self);

G_END_DECLS
