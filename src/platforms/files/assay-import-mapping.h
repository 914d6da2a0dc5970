/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "assay-form.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_JOIN_NONE,   /* every record is a task of its own */
  ASSAY_JOIN_ID,     /* records of several files with the same id form one task */
  ASSAY_JOIN_PROMPT, /* … with the same prompt text */
  ASSAY_JOIN_LINE,   /* … at the same place in their files */
} AssayImportJoin;

GType assay_import_join_get_type (void);
#define ASSAY_TYPE_IMPORT_JOIN (assay_import_join_get_type ())

#define ASSAY_TYPE_IMPORT_MAPPING (assay_import_mapping_get_type ())
/**
 * AssayImportMapping:
 *
 * How the records of one or several files become tasks. Detected, corrected by the person,
 * remembered per layout (by `signature`).
 *
 * Files whose records have the same shape form a group; groups that make tasks together form a
 * set, joined in one way.
 *
 * Paths are dotted places in a record (`choices.0.turns`), with `*` for each item of a list and
 * `$key`, `$file`, `$line`, `$beside` for the key of the record, the name of its file, its place
 * and the members that stand beside the records. Where there are several groups, a path begins
 * with the group's name and a colon (`question.jsonl:prompt`), or holds for all of them. Paths
 * joined by ` + ` are set below one another.
 *
 * Properties (strings are paths, NULL for none), all writable: `layout` (the name of a known layout
 * or "generic"), `records` (where the records are in a file of the first group; "" for the root),
 * `id`, `prompt`, `system`, `turns`, `reference`, `title`, `language`, `sources`,
 * `rubric` (a record's own rubric, which goes before `form`), `join` (AssayImportJoin; of all sets
 * when it is written); responses: `response-paths` (GStrv: one path
 * per response, `*` for lists), `model-paths` (GStrv beside it, "" for none), `dialogue-marks`
 * (responses are whole dialogues, as messages or as text with "\n\nHuman:" marks), `form`
 * (AssayForm), `project-title`.
 */
G_DECLARE_FINAL_TYPE (AssayImportMapping, assay_import_mapping, ASSAY, IMPORT_MAPPING, GObject)

AssayImportMapping *assay_import_mapping_new (void);
AssayImportMapping *assay_import_mapping_new_from_json (JsonNode *node, GError **error);
JsonNode *assay_import_mapping_to_json (AssayImportMapping *self);
const char *assay_import_mapping_get_signature (AssayImportMapping *self);
AssayForm *assay_import_mapping_get_form (AssayImportMapping *self);
void assay_import_mapping_set_form (AssayImportMapping *self, AssayForm *form);
const char *assay_import_mapping_get_project_title (AssayImportMapping *self);
void assay_import_mapping_set_project_title (AssayImportMapping *self, const char *title);

G_END_DECLS
