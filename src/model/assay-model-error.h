/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayModelError:
 * @ASSAY_MODEL_ERROR_SYNTAX: not JSON, or not text
 * @ASSAY_MODEL_ERROR_MISSING: a required member is absent
 * @ASSAY_MODEL_ERROR_TYPE: a member has another type than it must
 * @ASSAY_MODEL_ERROR_RANGE: a value is outside what is allowed
 * @ASSAY_MODEL_ERROR_DUPLICATE: an id is used twice
 * @ASSAY_MODEL_ERROR_TOO_LARGE: a limit of assay-limits.h is exceeded
 * @ASSAY_MODEL_ERROR_VERSION: written by a newer program
 *
 * What can be wrong with data that is to become a model object. Every message is a translated
 * sentence that names the place, as a JSON Pointer where there is one.
 */
typedef enum
{
  ASSAY_MODEL_ERROR_SYNTAX,
  ASSAY_MODEL_ERROR_MISSING,
  ASSAY_MODEL_ERROR_TYPE,
  ASSAY_MODEL_ERROR_RANGE,
  ASSAY_MODEL_ERROR_DUPLICATE,
  ASSAY_MODEL_ERROR_TOO_LARGE,
  ASSAY_MODEL_ERROR_VERSION,
} AssayModelError;

#define ASSAY_MODEL_ERROR (assay_model_error_quark ())
GQuark assay_model_error_quark (void);

G_END_DECLS
