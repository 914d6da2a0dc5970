/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-command-stack.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

/* The object's insides, for the files that it is split into: what changes it (assay-judgement.c),
 * its JSON (assay-judgement-json.c) and its rules (assay-judgement-rules.c). */
struct _AssayJudgement
{
  GObject parent_instance;

  AssayTask *task;                 /* (owned) */
  AssayPresentation *presentation; /* (owned) */
  char *id;
  int revision;
  guint64 generation;

  GHashTable *answers; /* (owned) answer key → sealed JsonNode */
  GString *rationale;  /* (owned) as shown */
  /* What else can be undone, as JSON by name: "confidence", "private_note", "outcome",
   * "flag:<code>". */
  GHashTable *fields; /* (owned) name → sealed JsonNode */

  AssayCommandStack *stack; /* (owned) */
  AssayCommand *group;      /* (owned) (nullable) while a group is recorded */
  JsonObject *cursor;       /* (owned) */
  GHashTable *read_to_end;  /* (owned) set of response ids */
  AssayEffort effort;
  guint typed_chars;
  guint pasted_chars;
  guint snippet_chars;
  guint deleted_chars;
  int guideline_version;
  char *guideline_sha256;
  gint64 guideline_acknowledged_at;
  gint64 created_at; /* UTC milliseconds, like the others; 0 for not yet */
  gint64 updated_at;
  gint64 submitted_at;
  gint64 acknowledged_at;
  JsonObject *unknown; /* (owned) members that this version does not know */
};

#define ASSAY_JUDGEMENT_FIELD_CONFIDENCE "confidence"
#define ASSAY_JUDGEMENT_FIELD_NOTE "private_note"
#define ASSAY_JUDGEMENT_FIELD_OUTCOME "outcome"
#define ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX "flag:"

/* The key of an answer; (transfer full). No id holds the separator: it is a control character. */
char *_assay_judgement_make_key (const char *question, const char *response);
/* Splits a key: the question's part is (transfer full), the response's borrowed from @key, NULL for
 * none. */
char *_assay_judgement_split_key (const char *key, const char **response);
JsonObject *_assay_judgement_get_outcome_object (AssayJudgement *self);

G_END_DECLS
