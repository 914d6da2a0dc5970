/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-scale-question.h"

G_BEGIN_DECLS

/**
 * AssayPoints:
 *
 * The points among which an [class@PointBar] lets a person choose: short labels, what each means,
 * and its number for assistive technologies. Shared by all bars of a question; those of a long
 * scale are made only when asked for. Reference counted.
 */
typedef struct _AssayPoints AssayPoints;
#define ASSAY_TYPE_POINTS (assay_points_get_type ())
GType assay_points_get_type (void);

AssayPoints *assay_points_new (void);
/* The points of a scale, and "N/A" behind them where it is allowed. */
AssayPoints *assay_points_new_for_scale (AssayScaleQuestion *question);
AssayPoints *assay_points_ref (AssayPoints *self);
void assay_points_unref (AssayPoints *self);

/* @description: what the point means, or NULL. */
void assay_points_add (AssayPoints *self, const char *label, const char *description);
guint assay_points_get_n (AssayPoints *self);
/* Places on the scale, without "N/A". */
guint assay_points_get_n_values (AssayPoints *self);
/* (transfer full) */
char *assay_points_dup_label (AssayPoints *self, guint index);
/* (nullable) */
const char *assay_points_get_description (AssayPoints *self, guint index);
/* The label and what it means, as one text. (transfer full) */
char *assay_points_dup_text (AssayPoints *self, guint index);
double assay_points_get_value (AssayPoints *self, guint index);
/* The nearest place of the scale. */
guint assay_points_find_value (AssayPoints *self, double value);
/* The point that a typed digit means: the one that it labels where all labels are single digits,
 * else the n-th (0: the tenth). -1 if there is none. */
int assay_points_find_digit (AssayPoints *self, int digit);
/* The place whose label is exactly @typed, or -1. */
int assay_points_find_label (AssayPoints *self, const char *typed);

/* "4", "4.5": as short as the number allows, in the locale's manner. (transfer full) */
char *assay_points_format_number (double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayPoints, assay_points_unref)

G_END_DECLS
