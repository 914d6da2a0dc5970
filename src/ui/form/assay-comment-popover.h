/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-judgement.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_COMMENT_POPOVER (assay_comment_popover_get_type ())
/**
 * AssayCommentPopover:
 *
 * Where a comment on one answer is written. One serves a whole field or grid: its owner makes it a
 * child of its own and opens it at the widget that the comment is about.
 *
 * Signals: `edited (text)` at each change; the owner sets the answer and shows it with
 * assay_comment_popover_show_text(). `suggested (text)`: the same of the text that should stand
 * there, in one that asks for it.
 */
G_DECLARE_FINAL_TYPE (AssayCommentPopover,
                      assay_comment_popover,
                      ASSAY,
                      COMMENT_POPOVER,
                      GtkPopover)

GtkWidget *assay_comment_popover_new (AssayJudgement *judgement);
/* One that also asks what should stand in the place of what it is about. */
GtkWidget *assay_comment_popover_new_with_suggestion (AssayJudgement *judgement);
/* @about: a descendant of the popover's parent. @title: what is commented on. */
void assay_comment_popover_open (AssayCommentPopover *self,
                                 GtkWidget *about,
                                 const char *title,
                                 const char *text,
                                 gboolean required);
/* What the comment is about while the popover is open, else NULL. */
GtkWidget *assay_comment_popover_get_about (AssayCommentPopover *self);
void assay_comment_popover_show_text (AssayCommentPopover *self, const char *text);
void assay_comment_popover_show_suggestion (AssayCommentPopover *self, const char *suggestion);

G_END_DECLS
