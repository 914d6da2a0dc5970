/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "assay-driver.h"

G_BEGIN_DECLS

/**
 * AssayDriverPlatform:
 *
 * The reference platform as a process beside the driven program.
 */
typedef struct _AssayDriverPlatform AssayDriverPlatform;

/* @options: (nullable): more for its command line, with spaces between. Waits until it listens. */
AssayDriverPlatform *assay_driver_platform_new (const char *options);
/* Ends it: from then on nothing answers at its address. */
void assay_driver_platform_free (AssayDriverPlatform *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayDriverPlatform, assay_driver_platform_free)

const char *assay_driver_platform_get_address (AssayDriverPlatform *self);
/* "127.0.0.1:8080", as it is shown. */
const char *assay_driver_platform_get_host (AssayDriverPlatform *self);
const char *assay_driver_platform_get_token (AssayDriverPlatform *self);
/* Nothing answers any more, until it goes on. */
void assay_driver_platform_stop (AssayDriverPlatform *self);
/* At the same address. */
void assay_driver_platform_start_again (AssayDriverPlatform *self);
/* Has it do something by itself, see tests/server/assay-server-control.c. */
void assay_driver_platform_control (AssayDriverPlatform *self,
                                    const char *command,
                                    const char *arguments);
/* Whether it could: it does not where what it is to act on has not arrived. */
gboolean assay_driver_platform_try_control (AssayDriverPlatform *self,
                                            const char *command,
                                            const char *arguments);
/* What it has of submissions, see assay_server_make_ledger (): JSON. (transfer full) */
char *assay_driver_platform_dup_ledger (AssayDriverPlatform *self);
/* Programs that are launched from now on are signed in there for as long as they run, as by
 * "./dev run --connect". */
void assay_driver_connect (AssayDriver *self, AssayDriverPlatform *platform);

G_END_DECLS
