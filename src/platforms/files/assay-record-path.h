/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Paths: names of members and places in lists, separated by dots; `*` for each item of a list or
 * each member of an object, a negative place counts from the end, `\` takes the meaning from the
 * next character. First may stand `$key`, `$file`,
 * `$line`, `$column` or `$beside` (what stands beside the records); last may stand `split(_,1)`:
 * the second part of a text cut at underscores. Several paths joined by ` + ` are taken one after
 * the other. */

/**
 * AssayRecordContext:
 *
 * A record, and what paths with a dollar sign stand for.
 */
typedef struct
{
  JsonNode *node;
  JsonObject *beside; /* (nullable) */
  const char *key;    /* (nullable) */
  const char *file;   /* (nullable) */
  const char *column; /* (nullable) */
  guint64 number;
} AssayRecordContext;

/**
 * AssayRecordMatch:
 *
 * What a path led to. @stars: for each `*` of the path, the name or place that it stood for.
 * @column: the name of the column of the record that it lies in, or of the member that the last `*`
 * stood for.
 */
typedef struct
{
  JsonNode *node;
  GStrv stars;
  char *column;
} AssayRecordMatch;

void assay_record_match_free (AssayRecordMatch *self);

/* The parts of a path, without their escapes. (transfer full) */
GStrv assay_record_path_split (const char *path);
/* A member's name as a part of a path. (transfer full) */
char *assay_record_path_escape (const char *name);
/* The paths that are joined by plus signs. (transfer full) */
GStrv assay_record_path_split_sum (const char *paths);

/* All that @path leads to, in order; (transfer full) GPtrArray of AssayRecordMatch. */
GPtrArray *assay_record_path_find_all (const char *path, const AssayRecordContext *context);
/* The first that it leads to, where its stars stand for @stars (nullable) as far as they go;
 * (transfer full) (nullable). */
JsonNode *assay_record_path_find (const char *path,
                                  const AssayRecordContext *context,
                                  const char *const *stars);

/* What a value says as text: a text itself, a number, the texts of a list (numbered where
 * @numbered), the answer in an object. NULL if there is no text in it. (transfer full) */
char *assay_record_value_text (JsonNode *node, gboolean numbered);
/* The text of the sum of paths; the parts are set off by an empty line. NULL if there is none.
 * (transfer full) */
char *assay_record_path_text (const char *paths, const AssayRecordContext *context);

G_END_DECLS
