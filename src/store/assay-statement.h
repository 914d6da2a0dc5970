/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AssayDatabase AssayDatabase;

/**
 * AssayStatement:
 *
 * A prepared statement of one connection. Values and columns are counted from 1 and from 0, as in
 * SQLite. Strings are copied when bound; what a column getter returns is valid until the next step.
 */
typedef struct _AssayStatement AssayStatement;

AssayStatement *assay_statement_new (AssayDatabase *database, const char *sql, GError **error);
void assay_statement_free (AssayStatement *self);
void assay_statement_reset (AssayStatement *self);

void assay_statement_bind_int (AssayStatement *self, int place, gint64 value);
/* NULL binds NULL. */
void assay_statement_bind_text (AssayStatement *self, int place, const char *value);
void assay_statement_bind_null (AssayStatement *self, int place);
/* 0 binds NULL. */
void assay_statement_bind_number (AssayStatement *self, int place, gint64 value);
/* As a BLOB, byte for byte. */
void assay_statement_bind_blob (AssayStatement *self, int place, GBytes *value);
/* JSON text that is kept as bytes elsewhere. */
void assay_statement_bind_json (AssayStatement *self, int place, GBytes *value);

/* TRUE: a row. FALSE: the end, or an error, which is set; the statement is reset. */
gboolean assay_statement_step (AssayStatement *self, GError **error);
/* The same where both ends are ordinary: FALSE only on error. */
gboolean assay_statement_fetch (AssayStatement *self, gboolean *found, GError **error);
/* Runs it to the end. */
gboolean assay_statement_run (AssayStatement *self, GError **error);

gboolean assay_statement_is_null (AssayStatement *self, int column);
gint64 assay_statement_get_int (AssayStatement *self, int column);
const char *assay_statement_get_text (AssayStatement *self, int column);
char *assay_statement_dup_text (AssayStatement *self, int column);
/* The bytes of a text or blob, without an end mark. (transfer full) */
GBytes *assay_statement_dup_bytes (AssayStatement *self, int column);

/* The sqlite3 and sqlite3_stmt behind, for the two classes themselves. */
gpointer assay_database_get_handle (AssayDatabase *self);

G_END_DECLS
