/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-driver.h"

G_BEGIN_DECLS

/* Scenes of what stands in a text; each brings the program there. */
void act_maths (AssayDriver *driver);
void act_constructs (AssayDriver *driver);
void act_constructs_b (AssayDriver *driver);
void act_image (AssayDriver *driver);
void act_image_cell (AssayDriver *driver);

G_END_DECLS
