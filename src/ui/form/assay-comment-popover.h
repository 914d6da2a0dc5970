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
 * Signal: `edited (text)` at each change; the owner sets the answer and shows it with
 * assay_comment_popover_show_text().
 */
G_DECLARE_FINAL_TYPE (AssayCommentPopover,
                      assay_comment_popover,
                      ASSAY,
                      COMMENT_POPOVER,
                      GtkPopover)

GtkWidget *assay_comment_popover_new (AssayJudgement *judgement);
/* @about: a descendant of the popover's parent. @title: what is commented on. */
void assay_comment_popover_open (AssayCommentPopover *self,
                                 GtkWidget *about,
                                 const char *title,
                                 const char *text,
                                 gboolean required);
/* What the comment is about while the popover is open, else NULL. */
GtkWidget *assay_comment_popover_get_about (AssayCommentPopover *self);
void assay_comment_popover_show_text (AssayCommentPopover *self, const char *text);

G_END_DECLS
