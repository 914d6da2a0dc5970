/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assay-statement.h"

G_BEGIN_DECLS

/* "ASAY": the file is told from others by it. */
#define ASSAY_DATABASE_APPLICATION_ID 0x41534159

/* What a transaction's commit promises. */
typedef enum
{
  ASSAY_DURABILITY_BULK,   /* survives a kill; after a power cut it is imported again */
  ASSAY_DURABILITY_PERSON, /* on the disk when the commit returns */
} AssayDurability;

/**
 * AssayDatabase:
 *
 * One SQLite connection with the pragmas of the store, its prepared statements, and errors as
 * ASSAY_STORE_ERROR. Not thread-safe: it belongs to the thread that opened it.
 */
typedef struct _AssayDatabase AssayDatabase;

/* The thread that calls it must never wait for a disk, as the one of the interface: opening a
 * database on it is a programmer's error from then on. */
void assay_database_keep_off_this_thread (void);
/* Checks that the file is ours and not newer than @newest_version before anything is written; a
 * file that is refused stays as it was. @network: the file is not on a local disk, where
 * write-ahead logging does not work. */
AssayDatabase *
assay_database_open (const char *path, gboolean network, int newest_version, GError **error);
void assay_database_free (AssayDatabase *self);
const char *assay_database_get_path (AssayDatabase *self);
int assay_database_get_version (AssayDatabase *self);

/* Prepared once for a connection, borrowed, reset and without values. */
AssayStatement *assay_database_prepare (AssayDatabase *self, const char *sql, GError **error);
/* Statements without values or rows, one after the other. */
gboolean assay_database_execute (AssayDatabase *self, const char *sql, GError **error);
/* Ends what statements still read: an open cursor would keep a transaction alive. */
void assay_database_reset_statements (AssayDatabase *self);

gboolean assay_database_begin (AssayDatabase *self, AssayDurability durability, GError **error);
/* Only TRUE means that it is stored. A failure rolls back. */
gboolean assay_database_commit (AssayDatabase *self, GError **error);
void assay_database_rollback (AssayDatabase *self);

gint64 assay_database_get_last_row (AssayDatabase *self);
/* Rows that the last INSERT, UPDATE or DELETE changed. */
guint assay_database_get_n_changes (AssayDatabase *self);
/* Transactions that were committed since the connection was opened. */
guint64 assay_database_get_n_commits (AssayDatabase *self);
/* Statements run since the connection was opened; budgets are counted with it. */
guint64 assay_database_get_n_statements (AssayDatabase *self);
/* The disk failed under this connection: nothing that it says can be trusted. */
gboolean assay_database_get_broken (AssayDatabase *self);
/* The file could not be written when the connection was opened. It only reads, for good: where the
 * file can be written again, another connection can. */
gboolean assay_database_get_read_only (AssayDatabase *self);
/* Without a log, and for this connection alone: the file is not on a local disk. */
gboolean assay_database_get_network (AssayDatabase *self);
/* A check found damage: the connection is broken too. */
gboolean assay_database_get_damaged (AssayDatabase *self);
void assay_database_set_damaged (AssayDatabase *self);

/* Asked now and then while a statement runs; TRUE stops it with G_IO_ERROR_CANCELLED. */
typedef gboolean (*AssayDatabaseInterrupt) (gpointer user_data);
void assay_database_set_interrupt (AssayDatabase *self,
                                   AssayDatabaseInterrupt interrupt,
                                   gpointer user_data);

/* quick_check, or integrity_check if @thorough. "ok", or what SQLite found; NULL on error.
 * (transfer full) */
char *assay_database_check (AssayDatabase *self, gboolean thorough, GError **error);

/* Sets @error from an SQLite result code; for AssayStatement. Always FALSE. */
gboolean assay_database_fail (AssayDatabase *self, int code, GError **error);
void assay_database_count_statement (AssayDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayDatabase, assay_database_free)

G_END_DECLS
