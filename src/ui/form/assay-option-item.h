/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assay-choice-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_OPTION_ITEM (assay_option_item_get_type ())
/**
 * AssayOptionItem:
 *
 * One option in a list model. Properties: `label` (to be searched), `chosen`.
 */
G_DECLARE_FINAL_TYPE (AssayOptionItem, assay_option_item, ASSAY, OPTION_ITEM, GObject)

/* @option is borrowed from its question. */
AssayOptionItem *assay_option_item_new (const AssayOption *option);
const AssayOption *assay_option_item_get_option (AssayOptionItem *self);
gboolean assay_option_item_get_chosen (AssayOptionItem *self);
void assay_option_item_set_chosen (AssayOptionItem *self, gboolean chosen);

G_END_DECLS
