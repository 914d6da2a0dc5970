/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"

G_BEGIN_DECLS

/**
 * AssayPreset:
 *
 * A named combination of question types and settings: kinds 7.1 to 7.8, 7.10, 7.11, 7.13, 7.14 and
 * 7.23, some in several common variants (the five attributes, the seven criteria, the twelve
 * skills …). The list is static; titles are translated.
 */
typedef struct
{
  const char *id;    /* "helpsteer-five" */
  const char *kind;  /* "rubric.scale" */
  const char *title; /* untranslated; use assay_preset_get_title () */
  const char *description;
  guint min_responses;
  guint max_responses;
} AssayPreset;

guint assay_preset_get_n (void);
const AssayPreset *assay_preset_get (guint index);
const AssayPreset *assay_preset_find (const char *id);
const char *assay_preset_get_title (const AssayPreset *self);
const char *assay_preset_get_description (const AssayPreset *self);
/* A new form with the preset's defaults. */
AssayForm *assay_preset_create_form (const AssayPreset *self);
/* What a person most likely wants to do with @n_responses: pairwise for 2, ranking for 3 and more,
 * a rubric for 1. */
const AssayPreset *assay_preset_suggest (guint n_responses);
/* A rubric of the criteria that a person typed, one per line, "Name: definition"; on @min…@max, at
 * most 1000 apart. Lines that name nothing are passed over, so the form can be empty. */
AssayForm *assay_preset_create_rubric (const char *criteria, int min, int max);
/* What a kind is called in lists ("Compare two", "Rubric" …), translated; the kind itself if
 * unknown. */
const char *assay_kind_get_title (const char *kind);

G_END_DECLS
