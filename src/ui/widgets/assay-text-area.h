/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_TEXT_AREA (assay_text_area_get_type ())
/**
 * AssayTextArea:
 *
 * A framed field for several lines (or, with `lines` = 1, one) that shows what an object holds and
 * reports what a person types. It has no undo of its own and obeys the paste policy of its
 * judgement.
 *
 * Properties: `placeholder`, `lines` (the height at which it starts; it grows to three times of
 * that, then scrolls), `with-spelling` (construct only: whether words can be marked that no
 * dictionary knows), and for such a field `check-spelling` (FALSE: whether they are, in a text that
 * is not very long) and `spelling-language` ("" for the desktop's; follows what is chosen in the
 * menu of the text).
 *
 * Signals: `edited` when the person changed the text.
 */
G_DECLARE_FINAL_TYPE (AssayTextArea, assay_text_area, ASSAY, TEXT_AREA, GtkWidget)

GtkWidget *assay_text_area_new (void);
GtkWidget *assay_text_area_new_with_spelling (void);
/* Reads what the first one with spelling, or the first code, would otherwise wait for. */
void assay_text_area_prepare_soon (void);
/* @text: (nullable). Changes only what differs, so that the cursor stays; emits nothing. */
void assay_text_area_show_text (AssayTextArea *self, const char *text);
/* (transfer full) */
char *assay_text_area_dup_text (AssayTextArea *self);
/* Where pasted text is asked for and counted; NULL for a field that is never sent. */
void assay_text_area_set_judgement (AssayTextArea *self, AssayJudgement *judgement);
void assay_text_area_set_editable (AssayTextArea *self, gboolean editable);
void assay_text_area_set_placeholder (AssayTextArea *self, const char *placeholder);
/* The widget that has the focus and the accessible role of a text box: to be labelled. */
GtkWidget *assay_text_area_get_text_view (AssayTextArea *self);
void assay_text_area_set_invalid (AssayTextArea *self, gboolean invalid, GtkWidget *message);

/* Makes @buffer hold @text by one replacement of what lies between the common ends. */
void assay_text_buffer_show (GtkTextBuffer *buffer, const char *text);

G_END_DECLS
