/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ASSAY_TYPE_TLS_DATABASE (assay_tls_database_get_type ())
/**
 * AssayTlsDatabase:
 *
 * Trusts whom the system trusts, and the authorities in one file beside: an account whose platform
 * has an authority of its own can still load an attachment from elsewhere.
 */
G_DECLARE_FINAL_TYPE (AssayTlsDatabase, assay_tls_database, ASSAY, TLS_DATABASE, GTlsDatabase)

/* @path: a PEM file. NULL and ASSAY_PLATFORM_ERROR_INSECURE where it holds no certificate. Blocks.
 */
GTlsDatabase *assay_tls_database_new (const char *path, GError **error);

G_END_DECLS
