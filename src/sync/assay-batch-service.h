/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-batch.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_BATCH_SERVICE (assay_batch_service_get_type ())
/**
 * AssayBatchService:
 *
 * Where the process that has the profile open takes commands from processes that find it in use.
 * An object on the session bus, under the application's own name.
 *
 * (GApplication's command lines would do the same, but an application that takes those also gets
 * every file that is opened as one.)
 */
G_DECLARE_FINAL_TYPE (AssayBatchService, assay_batch_service, ASSAY, BATCH_SERVICE, GObject)

AssayBatchService *assay_batch_service_new (void);
/* For GApplication's dbus_register and dbus_unregister. */
gboolean assay_batch_service_export (AssayBatchService *self, GDBusConnection *bus, GError **error);
void assay_batch_service_unexport (AssayBatchService *self);
/* NULL: no profile is open, and none will be. Until this is called, commands wait. */
void assay_batch_service_set_store (AssayBatchService *self, AssayStore *store);

/* The other side: hands a command on, and waits. FALSE if nobody is there to take it; the service
 * is never started for that. @profile: which one is meant. */
gboolean assay_batch_service_call (const char *const *argv,
                                   const char *profile,
                                   AssayBatchOutput *output,
                                   int *status);

G_END_DECLS
