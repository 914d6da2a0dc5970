/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"

G_BEGIN_DECLS

/* Scenes of texts that are edited and written; each brings the program there. */
void act_rewrite (AssayDriver *driver);
void act_rewrite_differences (AssayDriver *driver);
void act_write (AssayDriver *driver);
void act_write_preview (AssayDriver *driver);

G_END_DECLS
