/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-question.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_UNKNOWN_QUESTION (assay_unknown_question_get_type ())
/**
 * AssayUnknownQuestion:
 *
 * A question of a type that this version does not know. It keeps its JSON, is shown as "needs a
 * newer version", and blocks submission while it is required: it is never dropped and never
 * submitted empty.
 */
G_DECLARE_FINAL_TYPE (AssayUnknownQuestion,
                      assay_unknown_question,
                      ASSAY,
                      UNKNOWN_QUESTION,
                      AssayQuestion)

G_END_DECLS
