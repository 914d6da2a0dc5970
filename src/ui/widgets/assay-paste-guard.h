/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_PASTE_GUARD (assay_paste_guard_get_type ())
/**
 * AssayPasteGuard:
 *
 * Takes over what arrives in a text field from the clipboard, the primary selection or a drop, and
 * asks the task's paste policy (task-kinds 6.6). Text of the task itself and text that was cut or
 * copied in a field of the same judgement always passes. What passes is inserted as plain text and
 * counted as pasted.
 *
 * Signal: `refused (message)` with a sentence to be shown beside the field.
 */
G_DECLARE_FINAL_TYPE (AssayPasteGuard, assay_paste_guard, ASSAY, PASTE_GUARD, GObject)

/* @field: a GtkTextView or a GtkText; not kept alive. The guard lives as long as its caller keeps
 * it. */
AssayPasteGuard *assay_paste_guard_new (GtkWidget *field);
/* NULL: nothing is guarded or counted. */
void assay_paste_guard_set_judgement (AssayPasteGuard *self, AssayJudgement *judgement);
/* TRUE while the guard itself inserts. */
gboolean assay_paste_guard_get_inserting (AssayPasteGuard *self);
/* Whether the policy of @judgement's task lets @text in. */
gboolean assay_paste_guard_permits (AssayJudgement *judgement, const char *text);

G_END_DECLS
