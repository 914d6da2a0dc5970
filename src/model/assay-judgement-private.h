/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-command-stack.h"
#include "assay-judgement.h"

G_BEGIN_DECLS

/* The object's insides, for the files that it is split into: what changes it (assay-judgement.c,
 * assay-judgement-fields.c),
 * its JSON (assay-judgement-json.c,
 * assay-judgement-load.c) and its rules (assay-judgement-rules.c). */
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
  /* What else can be undone, as JSON by name: "confidence", "private_note", "outcome", "salvage",
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
  gboolean refuses_paste; /* whatever the task says; not stored with it */
  int guideline_version;
  char *guideline_sha256;
  gint64 guideline_acknowledged_at;
  gint64 created_at; /* UTC milliseconds, like the others; 0 for not yet */
  gint64 updated_at;
  gint64 submitted_at;
  gint64 acknowledged_at;
  /* What it was read from, for the members that this version does not know. */
  JsonNode *source; /* (owned) (nullable), sealed */
};

#define ASSAY_JUDGEMENT_SCHEMA_VERSION 1

#define ASSAY_JUDGEMENT_FIELD_CONFIDENCE "confidence"
#define ASSAY_JUDGEMENT_FIELD_NOTE "private_note"
#define ASSAY_JUDGEMENT_FIELD_OUTCOME "outcome"
#define ASSAY_JUDGEMENT_FIELD_SALVAGE "salvage"
#define ASSAY_JUDGEMENT_FIELD_FLAG_PREFIX "flag:"

/* task-kinds 3.3: this flag sets itself at this confidence and below. */
#define ASSAY_JUDGEMENT_FLAG_LOW_CONFIDENCE "low_confidence"
#define ASSAY_JUDGEMENT_LOW_CONFIDENCE 2

/* The key of an answer; (transfer full). */
char *_assay_judgement_make_key (const char *question, const char *response);
/* Splits a key: the question's part is (transfer full), the response's borrowed from @key, NULL for
 * none. */
char *_assay_judgement_split_key (const char *key, const char **response);
/* The keys of a table, sorted: the same judgement always gives the same bytes. (transfer container)
 */
GPtrArray *_assay_judgement_sorted_keys (GHashTable *table);
/* Something that is stored is not as it was. */
void _assay_judgement_note_change (AssayJudgement *self);
/* One undoable change; @value is sealed. NULL removes the field. */
void _assay_judgement_set_field (AssayJudgement *self, const char *field, JsonNode *value);
JsonObject *_assay_judgement_get_outcome_object (AssayJudgement *self);
/* Spans of the answers go where they stand in the texts of the task as they are now. No command on
 * the stack: nothing that a person did. */
void _assay_judgement_follow_spans (AssayJudgement *self);
/* The confidence is so low that the flag sets itself. */
gboolean _assay_judgement_is_unsure (AssayJudgement *self);

G_END_DECLS
