/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-open-platform.h"
#include "assay-platform-server.h"

G_BEGIN_DECLS

#define OPEN_ACCOUNT "5d0e8e1e-1111-4222-8333-123456789abc"

/**
 * OpenFixture:
 *
 * The reference server in this process, and the platform that speaks to it.
 */
typedef struct
{
  AssayPlatformServer *server; /* (owned) */
  AssayServerState *state;
  AssayHttp *http;         /* (owned) */
  AssayPlatform *platform; /* (owned) */
  char *secret;
} OpenFixture;

/* @n_copies: of each task. Checked, unless that is left to the test. */
OpenFixture *open_fixture_new (guint n_copies);
void open_fixture_free (OpenFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenFixture, open_fixture_free)

/* Another platform for the same server; @info: (nullable). (transfer full) */
AssayPlatform *open_fixture_new_platform (OpenFixture *self, const AssayPlatformInfo *info);

/* One of assay-server-control.h; @arguments: its JSON, in single quotes where that is easier. */
void open_fixture_control (OpenFixture *self, const char *command, const char *arguments);

/* Wait; take @future. */
gboolean open_fixture_wait (DexFuture *future, GError **error);
gpointer open_fixture_wait_object (DexFuture *future, GError **error);
gpointer open_fixture_wait_boxed (DexFuture *future, GError **error);
char *open_fixture_wait_string (DexFuture *future, GError **error);

/* Must succeed. (transfer full) */
AssayPage *open_fixture_pull (AssayPlatform *platform, const char *cursor);
/* To the last page, whose cursor it gives. @pages: (nullable): takes them. (transfer full) */
char *open_fixture_pull_all (AssayPlatform *platform, const char *cursor, GPtrArray *pages);
AssayPage *open_fixture_claim (OpenFixture *self, const char *project, guint count);

/* A judgement of @task that is whole, with @rationale in it. (transfer full) */
AssayJudgement *open_fixture_judge (AssayTask *task, const char *rationale);

/**
 * OpenOutgoing:
 *
 * An AssayOutgoing with what it points to.
 */
typedef struct
{
  AssayOutgoing outgoing;
  AssayFrame *frame; /* (owned) */
  char *submission;
  char *target;
} OpenOutgoing;

/* As the store would hand it in. @submission: (nullable): a new one. @first: (nullable): that under
 * which the task was handed in first. Takes @frame. */
OpenOutgoing *open_outgoing_new (AssayFrame *frame, const char *submission, const char *first);
void open_outgoing_free (OpenOutgoing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenOutgoing, open_outgoing_free)

G_END_DECLS
