/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayJoinEntry:
 *
 * Where one record lies.
 */
typedef struct
{
  guint64 offset;
  guint64 line;
  guint64 number;
  guint32 length;
  guint32 file;
  guint32 next; /* the next of the same key plus one; 0 for none */
} AssayJoinEntry;

/**
 * AssayJoinIndex:
 *
 * Which records of several files belong together. Holds places and digests of keys, no texts: about
 * a hundred bytes for each record.
 */
typedef struct _AssayJoinIndex AssayJoinIndex;

AssayJoinIndex *assay_join_index_new (void);
void assay_join_index_free (AssayJoinIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayJoinIndex, assay_join_index_free)

/* Returns the place of the key. */
guint assay_join_index_add (AssayJoinIndex *self, const char *key, const AssayJoinEntry *entry);
/* The number of different keys, in the order in which they were first added. */
guint assay_join_index_get_n_keys (AssayJoinIndex *self);
/* The first record of a key, and the one after @entry (NULL at the end); valid until the next
 * addition. */
const AssayJoinEntry *assay_join_index_get_first (AssayJoinIndex *self, guint key);
const AssayJoinEntry *assay_join_index_get_next (AssayJoinIndex *self, const AssayJoinEntry *entry);

/**
 * AssayKeySet:
 *
 * Which keys were there before, by digests.
 */
typedef struct _AssayKeySet AssayKeySet;

AssayKeySet *assay_key_set_new (void);
void assay_key_set_free (AssayKeySet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayKeySet, assay_key_set_free)
/* FALSE if it was there. */
gboolean assay_key_set_add (AssayKeySet *self, const char *key);
gboolean assay_key_set_contains (AssayKeySet *self, const char *key);

G_END_DECLS
