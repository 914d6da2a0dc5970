/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"

G_BEGIN_DECLS

/* Answers every question of @judgement somehow, so that it is valid, with @rationale in its
 * rationale. Returns what stays wrong, for example a question of a type that is not known here, in
 * a translated sentence; NULL if nothing does. (transfer full) */
char *assay_check_fill_judgement (AssayJudgement *judgement, const char *rationale);

G_END_DECLS
