/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <signal.h>
#include <unistd.h>

#include "assay-faultpoint.h"

#if ASSAY_FAULTPOINTS
void
assay_faultpoint_reach (const char *name)
{
  if (g_strcmp0 (g_getenv ("ASSAY_FAULTPOINT"), name) == 0)
    kill (getpid (), SIGKILL);
}
#endif
