/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-condition.h"

G_BEGIN_DECLS

/* Calls @visit with the id of each question that the condition asks about. */
void assay_condition_foreach_question (AssayCondition *self, GFunc visit, gpointer user_data);

G_END_DECLS
