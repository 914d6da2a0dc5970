/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-judgement.h"
#include "assay-platform-check.h"

G_BEGIN_DECLS

/* What the checks of a platform share; each level's are in a file of their own. All of it runs on
 * one fiber. */

/**
 * AssayCheckRun:
 *
 * One walk through the checks of one platform.
 */
typedef struct
{
  AssayHttp *http;        /* (owned) */
  char *address;          /* (owned): as it was given */
  char *token;            /* (owned) (nullable) */
  char *base;             /* (owned) (nullable): known after the discovery */
  JsonNode *discovery;    /* (owned) (nullable) */
  GPtrArray *projects;    /* (owned): of JsonNode */
  GHashTable *forms;      /* (owned): "id/version" → AssayForm */
  gint64 date;            /* of the last answer, in microseconds; -1: it had none */
  char *submission;       /* (owned) (nullable): the one that further checks are about */
  JsonNode *submitted;    /* (owned) (nullable): its request */
  JsonNode *record;       /* (owned) (nullable): its record */
  char *etag;             /* (owned) (nullable): of the record */
  GPtrArray *seen_leases; /* (owned): of JsonNode */

  /* Of the check that runs. */
  AssayCheckOutcome outcome;
  char *seen; /* (owned) (nullable) */
} AssayCheckRun;

typedef struct
{
  const char *level;
  const char *name;
  void (*run) (AssayCheckRun *run);
  gboolean without_token; /* can be tried without one */
} AssayCheck;

/* Terminated by a row without a name. */
extern const AssayCheck assay_check_account[];
extern const AssayCheck assay_check_leases[];
extern const AssayCheck assay_check_submissions[];
extern const AssayCheck assay_check_levels[];

/* Says how the check went; the first failure stays. Without a word it passed. */
void assay_check_fail (AssayCheckRun *run, const char *format, ...) G_GNUC_PRINTF (2, 3);
void assay_check_skip (AssayCheckRun *run, const char *sentence);
void assay_check_note (AssayCheckRun *run, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * AssayCheckRequest:
 *
 * What is asked; all that is NULL is left out.
 */
typedef struct
{
  const char *method; /* NULL: GET */
  JsonNode *body;     /* (transfer none) */
  const char *raw_body;
  const char *key; /* Idempotency-Key */
  const char *if_match;
  const char *if_none_match;
  const char *query; /* "since=…", escaped */
  const char *token; /* instead of the run's; "" for none */
  guint total_ms;    /* 0: as long as it takes */
} AssayCheckRequest;

/**
 * AssayCheckAnswer:
 * @status: 0: no answer at all
 * @words: in short, for a report: "409 submission-differs"
 * @acceptable: as a whole in order, whatever the status: JSON where JSON belongs
 */
typedef struct
{
  guint status;
  JsonNode *node;     /* (owned) (nullable) */
  JsonObject *object; /* in node */
  char *etag;         /* (nullable) */
  char *problem;      /* (nullable) */
  char *words;
  gboolean acceptable;
} AssayCheckAnswer;

void assay_check_answer_free (AssayCheckAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayCheckAnswer, assay_check_answer_free)

/* Below the base, with the segments of the path up to NULL. */
AssayCheckAnswer *assay_check_ask (AssayCheckRun *run,
                                   const AssayCheckRequest *request,
                                   const char *segment,
                                   ...) G_GNUC_NULL_TERMINATED;
AssayCheckAnswer *
assay_check_get (AssayCheckRun *run, const char *segment, ...) G_GNUC_NULL_TERMINATED;
/* At an address of its own. */
AssayCheckAnswer *
assay_check_ask_url (AssayCheckRun *run, const AssayCheckRequest *request, const char *url);

/* TRUE if it is that; otherwise the check failed. @problem: NULL where none is meant. */
gboolean assay_check_expect (AssayCheckRun *run,
                             AssayCheckAnswer *answer,
                             guint status,
                             const char *problem);
/* TRUE if both are the same JSON; otherwise the check failed, with @what in the sentence. */
gboolean
assay_check_same (AssayCheckRun *run, JsonNode *expected, JsonNode *actual, const char *what);

/* A project of texts that can be claimed from now; NULL where there is none. Borrowed. */
JsonObject *assay_check_find_project (AssayCheckRun *run);

/**
 * AssayCheckLease:
 *
 * A lease that was claimed for a check, and its task.
 */
typedef struct
{
  JsonNode *node;     /* (owned) */
  JsonObject *object; /* in node */
  const char *id;     /* in node */
  AssayTask *task;    /* (owned) */
} AssayCheckLease;

void assay_check_lease_free (AssayCheckLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayCheckLease, assay_check_lease_free)

/* Claims one task of @project; NULL for any. NULL after the check was failed or skipped. */
AssayCheckLease *assay_check_take_lease (AssayCheckRun *run, JsonObject *project);
/* Reads a lease that was answered; NULL after the check failed. */
AssayCheckLease *assay_check_read_lease (AssayCheckRun *run, JsonNode *node);
void assay_check_release (AssayCheckRun *run, AssayCheckLease *lease);
/* The form of a reference in @object; NULL after the check failed. Borrowed. */
AssayForm *assay_check_load_form (AssayCheckRun *run, JsonObject *object);

/* A whole, valid submission for @lease, with @rationale in it; NULL after the check was skipped
 * because the form is one that cannot be filled without a person. (transfer full) */
JsonNode *
assay_check_make_submission (AssayCheckRun *run, AssayCheckLease *lease, const char *rationale);
/* Claims any task, and makes a submission for it as above. @lease: (out) (optional): that of the
 * task. NULL after the check was failed or skipped; a task that cannot be filled in is given back.
 * (transfer full) */
JsonNode *
assay_check_claim_submission (AssayCheckRun *run, const char *rationale, AssayCheckLease **lease);
/* PUTs it. */
AssayCheckAnswer *
assay_check_submit (AssayCheckRun *run, const char *id, JsonNode *submission, const char *if_match);

/* Follows a list to its end: adds the items to @items, of JsonNode. FALSE after the check failed.
 */
gboolean assay_check_read_list (AssayCheckRun *run, const char *segment, GPtrArray *items);

G_END_DECLS
