/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"
#include "assay-json.h"
#include "assay-server-defect.h"

G_BEGIN_DECLS

#define ASSAY_TYPE_SERVER_STATE (assay_server_state_get_type ())
/**
 * AssayServerState:
 *
 * What the reference server knows, in SQLite, and how it is set to behave. All times are UTC
 * milliseconds of its own clock, which a test can move.
 *
 * What the disk or SQL refuses ends the program: there is nobody to tell.
 *
 * Signals: `changed` after something was recorded for `/changes`.
 */
G_DECLARE_FINAL_TYPE (AssayServerState, assay_server_state, ASSAY, SERVER_STATE, GObject)

/* In @folder, which exists; what an earlier server left there is used. */
AssayServerState *assay_server_state_new (const char *folder, GError **error);
/* Whether nothing was put in yet. */
gboolean assay_server_state_is_empty (AssayServerState *self);
AssayDatabase *assay_server_state_get_database (AssayServerState *self);

gint64 assay_server_state_get_now (AssayServerState *self);
/* Moves the clock, also back. */
void assay_server_state_advance (AssayServerState *self, gint64 milliseconds);
/* "2026-02-01T10:00:00Z". (transfer full) */
char *assay_server_state_format_time (AssayServerState *self, gint64 time);

gboolean assay_server_state_has_defect (AssayServerState *self, AssayServerDefect defect);
void assay_server_state_set_defect (AssayServerState *self, AssayServerDefect defect);
/* At most @requests within @seconds, beginning now; 0 for no limit. */
void assay_server_state_set_rate (AssayServerState *self, guint requests, guint seconds);
/* Whether one more is too many; then @retry_after says how many seconds to wait. */
gboolean assay_server_state_count_request (AssayServerState *self, guint *retry_after);
void assay_server_state_set_maintenance (AssayServerState *self, gboolean maintenance);
gboolean assay_server_state_get_maintenance (AssayServerState *self);

/* Statements. @types: a letter for each value that follows: "s" a text (NULL for none), "i" a
 * gint64. The statement is borrowed and is one for each SQL: finish with it before the same SQL is
 * used again. */
AssayStatement *
assay_server_state_query (AssayServerState *self, const char *sql, const char *types, ...);
/* Whether there is another row. */
gboolean assay_server_row (AssayStatement *statement);
/* Runs it; returns how many rows it changed. */
guint assay_server_state_execute (AssayServerState *self, const char *sql, const char *types, ...);
/* The first column of the first row; 0 without one. */
gint64
assay_server_state_query_int (AssayServerState *self, const char *sql, const char *types, ...);
/* The same as a text; NULL without one. (transfer full) */
char *
assay_server_state_query_text (AssayServerState *self, const char *sql, const char *types, ...);
/* A column that holds JSON; NULL where it is NULL. (transfer full) */
JsonNode *assay_server_get_json (AssayStatement *statement, int column);

/* A new id: "l-12". @kind is "l". (transfer full) */
char *assay_server_state_make_id (AssayServerState *self, const char *kind);
/* @person: NULL for everybody. */
void assay_server_state_record_change (AssayServerState *self,
                                       const char *person,
                                       const char *type,
                                       const char *id,
                                       gboolean deleted);

G_END_DECLS
