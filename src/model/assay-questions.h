/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* All question types. Each is a file of its own; this header is the list that the registry in
 * assay-question.c reads. */
#include "assay-checklist-question.h"
#include "assay-choice-question.h"
#include "assay-claims-question.h"
#include "assay-multi-question.h"
#include "assay-number-question.h"
#include "assay-pairwise-question.h"
#include "assay-rank-question.h"
#include "assay-rewrite-question.h"
#include "assay-scale-question.h"
#include "assay-spans-question.h"
#include "assay-text-question.h"
#include "assay-unknown-question.h"
