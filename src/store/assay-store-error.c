/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-store-error.h"

G_DEFINE_QUARK (assay - store - error - quark, assay_store_error)
