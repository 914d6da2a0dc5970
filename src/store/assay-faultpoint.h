/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "config.h"

G_BEGIN_DECLS

/* A border that a test kills the process at: where the environment's ASSAY_FAULTPOINT has this
 * name, nothing after it runs. Nothing at all in a release. */
#if ASSAY_FAULTPOINTS
#define ASSAY_FAULTPOINT(name) assay_faultpoint_reach (name)
void assay_faultpoint_reach (const char *name);
#else
#define ASSAY_FAULTPOINT(name) ((void) 0)
#endif

G_END_DECLS
