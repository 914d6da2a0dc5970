/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-model-error.h"

G_DEFINE_QUARK (assay - model - error - quark, assay_model_error)
