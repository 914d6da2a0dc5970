/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-batch.h"

G_BEGIN_DECLS

/* `--check-platform`: asks the platform, and writes a line for each check into @output. On a fiber
 * of the main thread. PARTLY if a check failed. */
AssayExit assay_batch_check_platform (const AssayBatch *batch, AssayBatchOutput *output);

G_END_DECLS
