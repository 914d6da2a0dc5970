/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-importer.h"

G_BEGIN_DECLS

/* For tests: records larger than @bytes are left out. */
void assay_importer_set_record_limit (AssayImporter *self, gsize bytes);

G_END_DECLS
