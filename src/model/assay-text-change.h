/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayTextChange:
 *
 * How one text became another: at @start, in characters, @removed was replaced by @inserted.
 */
typedef struct
{
  guint start;
  char *removed;
  char *inserted;
} AssayTextChange;

void assay_text_change_init (AssayTextChange *self, const char *before, const char *after);
void assay_text_change_clear (AssayTextChange *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AssayTextChange, assay_text_change_clear)

/* If @next is the key after @self in the same run of typing or deleting, and the same word, makes
 * @self cover both. */
gboolean assay_text_change_join (AssayTextChange *self, const AssayTextChange *next);

/* If two values differ in nothing but one text that a person writes (a comment, an answer in own
 * words, a note), says where it is and how it changed. @is_text: a bare string is such a text, not
 * an id. @path is (transfer full). Both values may be NULL. */
gboolean assay_text_change_find (JsonNode *before,
                                 JsonNode *after,
                                 gboolean is_text,
                                 char **path,
                                 AssayTextChange *change);

G_END_DECLS
