/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayField:
 *
 * A place that occurs in sample records, and what was found there.
 */
typedef struct
{
  char *path;   /* of assay-record-path.h */
  char *parent; /* "" at the top */
  char *name;   /* the last part, without escapes; "*" for the items of a list */
  GStrv words;  /* the name in lower case, taken apart: "responseA2" is response, a, 2 */
  guint depth;  /* 0 at the top */

  guint n_found;
  guint n_strings;
  guint n_numbers;
  guint n_booleans;
  guint n_objects;
  guint n_arrays;
  guint64 n_bytes;   /* of all strings */
  guint n_different; /* strings and numbers, as far as they were told apart */
  char *example;     /* (nullable) */

  GHashTable *seen;
} AssayField;

/**
 * AssayFieldTable:
 *
 * All places that occur in sample records, in order of appearance.
 */
typedef struct
{
  GPtrArray *fields; /* AssayField */
  GHashTable *by_path;
  guint n_records;
} AssayFieldTable;

AssayFieldTable *assay_field_table_new (void);
void assay_field_table_free (AssayFieldTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayFieldTable, assay_field_table_free)

void assay_field_table_add_record (AssayFieldTable *self, JsonNode *record);
AssayField *assay_field_table_find (AssayFieldTable *self, const char *path);
/* The field @name below @parent ("" for the top). */
AssayField *
assay_field_table_find_below (AssayFieldTable *self, const char *parent, const char *name);

/* More strings than anything else, and at least one that is not empty. */
gboolean assay_field_is_text (const AssayField *self);
gboolean assay_field_is_list (const AssayField *self);
gboolean assay_field_is_object (const AssayField *self);
guint assay_field_mean_bytes (const AssayField *self);
/* Whether one of the words of the name is in the list, which ends with NULL. */
gboolean assay_field_has_word (const AssayField *self, const char *const *words);

/* A name in lower case, taken apart at everything that is not a letter or a digit, between small
 * and capital letters and between letters and digits. (transfer full) */
GStrv assay_field_split_words (const char *name);

G_END_DECLS
