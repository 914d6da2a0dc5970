/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What tells each of several files from the others: mostly the name of a model. @stems: GPtrArray
 * of file names without suffixes; cut only at underscores and dots, since names of models have
 * hyphens. (transfer full) GStrv beside it. */
GStrv assay_file_labels_make (GPtrArray *stems);

G_END_DECLS
