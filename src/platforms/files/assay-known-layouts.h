/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-mapping.h"

G_BEGIN_DECLS

/* The name under which the layout is known, or "generic"; static. */
const char *assay_known_layouts_recognize (AssayImportMapping *mapping);
/* What people call it, translated; static. */
const char *assay_known_layouts_get_title (const char *layout);

G_END_DECLS
