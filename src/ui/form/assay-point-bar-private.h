/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-point-bar.h"

G_BEGIN_DECLS

struct _AssayPointBar
{
  GtkWidget parent_instance;

  AssayPoints *points;
  char *start;
  char *end;
  GtkWidget *thumb; /* made when a point is first chosen */
  AssayCommentMark mark;
  gboolean neutral;
  int selected;
  int hovered;
  int previewed; /* while a track is dragged */
  GString *typed;

  /* measured with the present font */
  int label_width;
  int other_width; /* of a point that is no value, 0 if there is none */
  int label_height;
  int start_width;
  int end_width;
};

/* Where its parts are, and how they are drawn. */
gboolean _assay_point_bar_is_track (AssayPointBar *self);
gboolean _assay_point_bar_is_mirrored (AssayPointBar *self);
/* With the present font; the measures hold until they are forgotten. */
void _assay_point_bar_ensure_measured (AssayPointBar *self);
void _assay_point_bar_forget_measures (AssayPointBar *self);
/* The points or the track, from left to right as drawn. */
void _assay_point_bar_get_row (AssayPointBar *self, double *x, double *width);
void _assay_point_bar_get_point_box (AssayPointBar *self, guint index, graphene_rect_t *box);
/* -1 if there is none. */
int _assay_point_bar_find_point_at (AssayPointBar *self, double pointer_x);
gboolean _assay_point_bar_is_on_mark (AssayPointBar *self, double pointer_x);

void _assay_point_bar_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline);
void _assay_point_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline);
void _assay_point_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
