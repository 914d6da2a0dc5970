/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-presentation.h"

G_BEGIN_DECLS

/* (transfer full) */
AssayPresentation *assay_presentation_with_revealed_at (AssayPresentation *self, gint64 time_ms);

G_END_DECLS
