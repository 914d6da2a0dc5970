/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-choice-question.h"
#include "assay-form-key.h"

G_BEGIN_DECLS

/* More options than this get a search entry and a list that makes rows for what is seen. */
#define ASSAY_OPTION_LIST_MAX_ROWS 12

#define ASSAY_TYPE_OPTION_LIST (assay_option_list_get_type ())
/**
 * AssayOptionList:
 *
 * The options of a question, as radio or check rows, and a text of one's own where that is allowed.
 * It shows what its owner says is chosen and reports what the person does.
 *
 * Signals: `toggled (id, advance)` when the person picks an option (or takes it back, where several
 * are allowed), with an id of NULL for the text of one's own; `other-edited (text)`.
 */
G_DECLARE_FINAL_TYPE (AssayOptionList, assay_option_list, ASSAY, OPTION_LIST, GtkWidget)

/* @options: (element-type AssayOption) (transfer none): the options live as long as their question,
 * which the caller keeps. @multiple: check rows. @other: offer a text of one's own. */
GtkWidget *
assay_option_list_new (GPtrArray *options, gboolean multiple, gboolean other, const char *label);
/* @chosen: ids, NULL-terminated. @other: the text of one's own, "" for none yet, NULL if that is
 * not chosen. */
void assay_option_list_show (AssayOptionList *self, const char *const *chosen, const char *other);
void assay_option_list_list_stops (AssayOptionList *self, GPtrArray *stops);
/* The row that @stop is or belongs to picks its neighbour, a digit the n-th. */
gboolean
assay_option_list_handle_key (AssayOptionList *self, GtkWidget *stop, const AssayFormKey *key);
void assay_option_list_set_invalid (AssayOptionList *self, gboolean invalid, GtkWidget *message);
/* The entry for a text of one's own, or NULL. */
GtkWidget *assay_option_list_get_other_entry (AssayOptionList *self);

G_END_DECLS
