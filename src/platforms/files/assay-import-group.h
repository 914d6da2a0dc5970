/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-import-mapping.h"

G_BEGIN_DECLS

/* What a file's place or its fields say beside the shape of its records. */
#define ASSAY_HINT_REFERENCE "reference"
#define ASSAY_HINT_JUDGEMENT "judgement"

/* What one record of a group is. */
typedef enum
{
  ASSAY_RECORDS_PLAIN,    /* fields */
  ASSAY_RECORDS_OWN,      /* a task in Assay's own form */
  ASSAY_RECORDS_TREE,     /* a tree of messages: each place with several answers is a task */
  ASSAY_RECORDS_MESSAGES, /* one message of such a tree, which names its parent */
} AssayRecordsKind;

/* What a group brings to a task. */
typedef enum
{
  ASSAY_GROUP_IGNORED,
  ASSAY_GROUP_TASKS, /* prompts and responses */
  ASSAY_GROUP_PROMPTS,
  ASSAY_GROUP_RESPONSES,
  ASSAY_GROUP_REFERENCES,
} AssayGroupRole;

typedef struct
{
  char *path;
  char *model; /* (nullable) */
} AssayResponsePath;

/* The places of a group that are one path or a sum of paths each. */
typedef enum
{
  ASSAY_PLACE_ID,
  ASSAY_PLACE_PROMPT,
  ASSAY_PLACE_SYSTEM,
  ASSAY_PLACE_TURNS,
  ASSAY_PLACE_REFERENCE,
  ASSAY_PLACE_TITLE,
  ASSAY_PLACE_LANGUAGE,
  ASSAY_PLACE_SOURCES,
  ASSAY_PLACE_RUBRIC,
  /* Of trees and messages: names of members. */
  ASSAY_PLACE_TEXT,
  ASSAY_PLACE_ROLE,
  ASSAY_PLACE_CHILDREN,
  ASSAY_PLACE_PARENT,
  ASSAY_N_PLACES,
} AssayPlace;

/**
 * AssayImportGroup:
 *
 * Files whose records have the same shape, and how these are read. Groups of one set make tasks
 * together.
 */
typedef struct
{
  char *name; /* for people and for qualified paths: the file, or the folder of several */
  GStrv keys; /* the shape: the names of the members at the top, sorted */
  char *hint; /* what the folder or the file's name says beside the shape ("reference"); "" for
                 nothing */
  char *records;
  AssayRecordsKind kind;
  guint set;
  guint set_apart; /* the set that it is in while nothing joins the groups */
  AssayImportJoin join;
  char *places[ASSAY_N_PLACES]; /* (nullable) each */
  GPtrArray *responses;         /* AssayResponsePath */
  gboolean dialogue_marks; /* responses are whole dialogues; what they begin with in common is the
                              prompt */
  /* The order of the responses in a record says which is better. */
  gboolean order_is_verdict;
} AssayImportGroup;

AssayImportGroup *assay_import_group_new (const char *name);
AssayImportGroup *assay_import_group_copy (AssayImportGroup *self);
void assay_import_group_free (AssayImportGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayImportGroup, assay_import_group_free)

AssayImportGroup *assay_import_group_new_from_json (JsonNode *node);
JsonNode *assay_import_group_to_json (AssayImportGroup *self);

void assay_import_group_set_place (AssayImportGroup *self, AssayPlace place, const char *path);
void assay_import_group_add_response (AssayImportGroup *self, const char *path, const char *model);
AssayGroupRole assay_import_group_get_role (AssayImportGroup *self);
/* How alike the shape of the group and a record with @keys are, 0…1. */
double
assay_import_group_compare_keys (AssayImportGroup *self, const char *const *keys, const char *hint);

/* (transfer full) */
AssayImportMapping *assay_import_mapping_copy (AssayImportMapping *self);
/* The groups of a mapping; GPtrArray of AssayImportGroup, borrowed. */
GPtrArray *assay_import_mapping_get_groups (AssayImportMapping *self);
void assay_import_mapping_add_group (AssayImportMapping *self, AssayImportGroup *group);
AssayImportJoin assay_import_mapping_get_set_join (AssayImportMapping *self, guint set);
guint assay_import_mapping_get_n_sets (AssayImportMapping *self);

G_END_DECLS
