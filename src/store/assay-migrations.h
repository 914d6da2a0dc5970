/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"

G_BEGIN_DECLS

/**
 * AssayMigrations:
 *
 * The numbered steps from one schema to the next. A value, so that tests can run steps that no
 * release has yet.
 */
typedef struct
{
  int newest_version;
  /* The SQL that makes @version out of the one before it. */
  GBytes *(*load) (int version, GError **error);
} AssayMigrations;

/* Those of this version of the program. */
const AssayMigrations *assay_migrations_get_own (void);

/* Brings the database to the newest version: all steps in one transaction, after a verified copy in
 * @backup_folder (none for a new database). On error the database is what it was. */
gboolean assay_migrations_run (const AssayMigrations *self,
                               AssayDatabase *database,
                               const char *backup_folder,
                               GError **error);

G_END_DECLS
