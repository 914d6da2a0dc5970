/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a resource of the contract must look like, as far as a client relies on it. */
typedef enum
{
  ASSAY_SHAPE_DISCOVERY,
  ASSAY_SHAPE_ME,
  ASSAY_SHAPE_PROJECT,
  ASSAY_SHAPE_GUIDELINE,
  ASSAY_SHAPE_LEASE,
  ASSAY_SHAPE_RECORD,
  ASSAY_SHAPE_CHANGE,
  ASSAY_SHAPE_INQUIRY,
  ASSAY_SHAPE_FEEDBACK,
  ASSAY_SHAPE_QUALIFICATION,
  ASSAY_SHAPE_EARNING,
} AssayShape;

/* The first thing that is wrong with @node, in a translated sentence that begins with its place
 * below @place; NULL if nothing is. (transfer full) */
char *assay_shape_check (AssayShape shape, JsonNode *node, const char *place);

G_END_DECLS
