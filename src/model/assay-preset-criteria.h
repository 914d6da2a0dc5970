/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the presets, private to assay-preset.c: untranslated here, translated when a form is
 * made. The sets are those of task-kinds 7.5; definitions and anchors are our own. */

typedef struct
{
  const char *id;
  const char *label;
  const char *help;
  const char *low; /* what the lowest, the middle and the highest point mean; NULL for none */
  const char *middle;
  const char *high;
  gboolean neutral; /* a higher value is more, not better */
  gboolean allow_na;
} AssayPresetCriterion;

typedef struct
{
  const char *id;
  const char *text;
  int points; /* 0: the default */
  gboolean critical;
} AssayPresetItem;

typedef struct
{
  const char *id;
  const char *label;
  const char *help;
  gboolean exclusive;
} AssayPresetOption;

const AssayPresetCriterion *assay_preset_get_dimensions (guint *n);
const AssayPresetCriterion *assay_preset_get_five_attributes (guint *n);
const AssayPresetCriterion *assay_preset_get_seven_criteria (guint *n);
const AssayPresetCriterion *assay_preset_get_twelve_skills (guint *n);
const AssayPresetItem *assay_preset_get_checklist (guint *n);
const AssayPresetItem *assay_preset_get_constraints (guint *n);
const AssayPresetOption *assay_preset_get_request_labels (guint *n);
const AssayPresetOption *assay_preset_get_fault_labels (guint *n);
const AssayPresetOption *assay_preset_get_refusals (guint *n);

G_END_DECLS
