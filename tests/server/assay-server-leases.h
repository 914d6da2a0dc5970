/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-server-state.h"

G_BEGIN_DECLS

/* Whether the task t can be given out: ?1 is the person, ?3 the time. Where leases do not expire,
 * many people judge one task. */
#define ASSAY_SERVER_TASK_IS_FREE                                                                  \
  "t.withdrawn = 0"                                                                                \
  " AND NOT EXISTS (SELECT 1 FROM lease AS l WHERE l.task = t.id AND l.person = ?1"                \
  "  AND l.state IN ('submitted', 'skipped'))"                                                     \
  " AND NOT EXISTS (SELECT 1 FROM lease AS l JOIN project AS p ON p.id = l.project"                \
  "  WHERE l.task = t.id AND l.state = 'held' AND (l.expires_at IS NULL OR l.expires_at > ?3)"     \
  "  AND (l.person = ?1 OR p.lease_seconds IS NOT NULL))"                                          \
  " AND NOT EXISTS (SELECT 1 FROM submission AS s JOIN project AS p ON p.id = s.project"           \
  "  WHERE s.task = t.id AND s.counted AND p.lease_seconds IS NOT NULL)"

/**
 * AssayServerLease:
 *
 * What a lease is about, for who takes work under it.
 */
typedef struct
{
  char *id;
  char *project;
  char *task;
  char *state; /* of the contract, with "expired" */
  char *form;
  gint64 form_version;
  gint64 expires_at; /* 0 for never */
} AssayServerLease;

/* NULL if @person has no such lease. */
AssayServerLease *
assay_server_lease_load (AssayServerState *state, const char *person, const char *id);
void assay_server_lease_free (AssayServerLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayServerLease, assay_server_lease_free)

/* Whether its task could be given to @person anew. */
gboolean assay_server_lease_is_reclaimable (AssayServerLease *self,
                                            AssayServerState *state,
                                            const char *person);
/* Ends it: @state is "submitted", "skipped", "released" or "withdrawn". */
void assay_server_lease_end (AssayServerLease *self,
                             AssayServerState *state,
                             const char *person,
                             const char *end);

/* In assay-server-attachments.c. Gives the attachments of @task (a task's JSON) addresses that work
 * for a while. @origin: "http://127.0.0.1:8080". */
void assay_server_sign_attachments (AssayServerState *state, JsonObject *task, const char *origin);
/* The one of @id, borrowed from @task; NULL if there is none. */
JsonObject *assay_server_find_attachment (JsonObject *task, const char *id);

G_END_DECLS
