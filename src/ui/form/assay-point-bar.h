/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-form-key.h"
#include "assay-points.h"

G_BEGIN_DECLS

/* More points than this are a track with a number instead of a row of buttons. */
#define ASSAY_POINT_BAR_MAX_BUTTONS 11

typedef enum
{
  ASSAY_COMMENT_MARK_NONE,
  ASSAY_COMMENT_MARK_EMPTY,
  ASSAY_COMMENT_MARK_NEEDED,
  ASSAY_COMMENT_MARK_WRITTEN,
} AssayCommentMark;

#define ASSAY_TYPE_POINT_BAR (assay_point_bar_get_type ())
/**
 * AssayPointBar:
 *
 * A row of points of which at most one is chosen, and at first none. It is one widget however many
 * points there are, so that a rubric of a hundred cells stays light; a slider to assistive
 * technologies.
 *
 * It does not change what it shows: it reports what the person chose, and its owner shows it with
 * assay_point_bar_set_selected() once it is so.
 *
 * Keys: digits choose, Left and Right (h and l) step, Home and End.
 *
 * Signals: `chosen (index, advance)`, where advance says that the person is ready for the next
 * field; `comment-clicked` for the mark at its end.
 */
G_DECLARE_FINAL_TYPE (AssayPointBar, assay_point_bar, ASSAY, POINT_BAR, GtkWidget)

GtkWidget *assay_point_bar_new (AssayPoints *points);

AssayPoints *assay_point_bar_get_points (AssayPointBar *self);
void assay_point_bar_set_points (AssayPointBar *self, AssayPoints *points);
/* -1 for none. */
int assay_point_bar_get_selected (AssayPointBar *self);
void assay_point_bar_set_selected (AssayPointBar *self, int index);
/* What stands before and behind the points, or NULL. */
void assay_point_bar_set_ends (AssayPointBar *self, const char *start, const char *end);
void assay_point_bar_set_comment_mark (AssayPointBar *self, AssayCommentMark mark);
/* The chosen point is not shown as an achievement: more is only more. */
void assay_point_bar_set_neutral (AssayPointBar *self, gboolean neutral);
/* @message: the widget that says what is wrong, or NULL. */
void assay_point_bar_set_invalid (AssayPointBar *self, gboolean invalid, GtkWidget *message);
/* The least width at which all points can be told apart and hit. */
int assay_point_bar_get_comfortable_width (AssayPointBar *self);
gboolean assay_point_bar_handle_key (AssayPointBar *self, const AssayFormKey *key);

G_END_DECLS
