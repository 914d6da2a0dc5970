/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "assay-server-state.h"

G_BEGIN_DECLS

/**
 * AssayServerRequest:
 *
 * One request to the API and the answer to it. Handlers read the public members and say the answer
 * with one of the functions below; it is sent after the transaction was committed, and never
 * before.
 */
typedef struct
{
  AssayServerState *state;    /* (owned) */
  SoupServerMessage *message; /* (owned) */
  const char *method;
  char *base;        /* "http://127.0.0.1:8080/eval/v1" */
  GStrv segments;    /* of the path below the base, unescaped */
  GHashTable *query; /* (nullable) */
  char *token;       /* (nullable) */
  char *person;      /* (nullable) */
  char *scopes;      /* (nullable): with spaces between */
  JsonObject *body;  /* (nullable): in @body_node */
  JsonNode *body_node;

  guint status; /* 0: nothing was said yet */
  JsonNode *answer;
  gboolean is_problem;
  gboolean pending; /* the answer comes later: see assay-server-waiting.h */
} AssayServerRequest;

AssayServerRequest *
assay_server_request_new (AssayServerState *state, SoupServerMessage *message, const char *base);
void assay_server_request_free (AssayServerRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayServerRequest, assay_server_request_free)

/* "" where there is no such segment. */
const char *assay_server_request_get_segment (AssayServerRequest *self, guint index);
/* NULL if absent. */
const char *assay_server_request_get_query (AssayServerRequest *self, const char *name);
const char *assay_server_request_get_header (AssayServerRequest *self, const char *name);
/* The version in the path; 0 if it is none. */
gint64 assay_server_request_get_version (AssayServerRequest *self, guint index);
/* Reads the body as a JSON object; FALSE after it failed the request. An absent one is an empty
 * object where @optional. */
gboolean assay_server_request_read_body (AssayServerRequest *self, gboolean optional);
/* A member that must be there; NULL after it failed the request. */
const char *assay_server_request_require (AssayServerRequest *self, const char *member);

/* @answer: (transfer full) */
void assay_server_request_answer (AssayServerRequest *self, guint status, JsonNode *answer);
void
assay_server_request_answer_object (AssayServerRequest *self, guint status, JsonObject *answer);
void assay_server_request_answer_nothing (AssayServerRequest *self);
/* One of x-problem-types, with its status. @members: (transfer full) (nullable): beside those of
 * RFC 9457. @detail: (nullable). */
void assay_server_request_fail (AssayServerRequest *self,
                                const char *problem,
                                JsonObject *members,
                                const char *detail);
/* (transfer full) */
typedef JsonNode *(*AssayServerItemFunc) (AssayServerRequest *self,
                                          guint index,
                                          gpointer user_data);
/* As assay_server_request_answer_list() of @n_items, of which only those of the page are made. */
void assay_server_request_answer_page (AssayServerRequest *self,
                                       guint n_items,
                                       AssayServerItemFunc make_item,
                                       gpointer user_data);
/* `{"items", "next"}` of @items (transfer full) that are numbered: the pages begin after the
 * query's `cursor`, a place in the list. */
void assay_server_request_answer_list (AssayServerRequest *self, JsonArray *items);

/* The strong validator of a representation. (transfer full) */
char *assay_server_make_etag (JsonNode *representation);
/* Whether If-Match names @representation; TRUE too without that header. */
gboolean assay_server_request_matches (AssayServerRequest *self, JsonNode *representation);

/* Writes what was said into the message. */
void assay_server_request_send (AssayServerRequest *self);

G_END_DECLS
