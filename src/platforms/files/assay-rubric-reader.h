/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-form.h"

G_BEGIN_DECLS

/* A record's own rubric (`criteria` with `score1_description` … `score5_description`) as a form:
 * one scale with anchors, and a written reason. NULL if the value is no such rubric. (transfer
 * full) JSON of an AssayForm. */
JsonNode *assay_rubric_reader_make_form (JsonNode *rubric);

G_END_DECLS
