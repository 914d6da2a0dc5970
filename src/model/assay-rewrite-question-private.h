/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-rewrite-question.h"

G_BEGIN_DECLS

/* What is wrong with a text and with what is said of it: of the class, in a file of its own. */
void _assay_rewrite_question_validate (AssayQuestion *question,
                                       AssayTask *task,
                                       const char *response,
                                       JsonNode *answer,
                                       GPtrArray *issues);

G_END_DECLS
