/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The type trees of the presets that mark spans, private to assay-preset.c. The sets are those of
 * task-kinds 7.10 and 7.11; definitions are our own. */

/* Adds the members `types`, and `positive_types` and `severities` where they are not the usual
 * ones, to the question that @builder is in. @preset: "text-errors", "grounded-errors",
 * "summary-errors" or "mqm". */
void _assay_preset_add_span_settings (JsonBuilder *builder, const char *preset);

G_END_DECLS
