/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"
#include "assay-platform.h"

G_BEGIN_DECLS

/**
 * OpenFakeRequest:
 *
 * What the server was asked.
 */
typedef struct
{
  char *method;
  char *target; /* path and query */
  char *authorization;
  char *if_match;
  char *if_none_match;
  char *key;
  char *body;
} OpenFakeRequest;

/**
 * OpenFake:
 *
 * A platform that says what a test wants it to say, where the reference server cannot be that
 * wrong. In this process.
 */
typedef struct _OpenFake OpenFake;

/* Describes itself, with all levels but those that @without names ("sync drafts"; nullable). */
OpenFake *open_fake_new (const char *without);
void open_fake_free (OpenFake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenFake, open_fake_free)

/* "http://127.0.0.1:PORT" and "…/api" */
const char *open_fake_get_origin (OpenFake *self);
const char *open_fake_get_base (OpenFake *self);

/* @target: the path below the base with its query, or without it for any; with its "/" for one from
 * the root: "//oauth/token". @json: in single quotes where that is easier. Pairs of header names
 * and values follow, up to NULL. Each is said once, in order, and the last for ever. */
void open_fake_say (OpenFake *self,
                    const char *method,
                    const char *target,
                    guint status,
                    const char *json,
                    ...) G_GNUC_NULL_TERMINATED;
/* Closes the connection instead. */
void open_fake_drop (OpenFake *self, const char *method, const char *target);
/* Nothing of what was to be said about it is said any more. */
void open_fake_forget (OpenFake *self, const char *method, const char *target);

/* One project "p" with the form "f", and its guideline "g"; no leases and no feedback; nothing that
 * changed since "c0". */
void open_fake_furnish (OpenFake *self);
/* A lease that is held, in single quotes. @more: further members, "" for none. (transfer full) */
char *open_fake_make_lease (const char *id, const char *more);

/* OpenFakeRequest, in order. Borrowed. */
GPtrArray *open_fake_get_requests (OpenFake *self);
void open_fake_clear_requests (OpenFake *self);
/* Those whose method and target begin so. */
guint open_fake_count (OpenFake *self, const char *method, const char *target);

AssayPlatform *open_fake_new_platform (OpenFake *self, AssayHttp *http, const char *secret);

G_END_DECLS
