/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-join-index.h"

#define SLOTS_AT_FIRST 1024

/* An open hash of digests. 64 bits of a good digest do not meet twice in any number of records that
 * a disk holds. */
typedef struct
{
  guint64 *digests; /* 0 for a free slot */
  guint32 *values;
  gsize size;
  gsize n_used;
} DigestTable;

typedef struct
{
  guint32 first;
  guint32 last;
} Chain;

struct _AssayJoinIndex
{
  DigestTable keys;
  GArray *chains;  /* Chain of each key */
  GArray *entries; /* AssayJoinEntry */
};

struct _AssayKeySet
{
  DigestTable keys;
};

static guint64
digest (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 bytes[20];
  gsize length = sizeof (bytes);
  guint64 value;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_get_digest (checksum, bytes, &length);
  memcpy (&value, bytes, sizeof (value));
  return value != 0 ? value : 1;
}

static void
table_init (DigestTable *self)
{
  self->size = SLOTS_AT_FIRST;
  self->digests = g_new0 (guint64, self->size);
  self->values = g_new0 (guint32, self->size);
}

static void
table_clear (DigestTable *self)
{
  g_free (self->digests);
  g_free (self->values);
}

static gsize
find_slot (DigestTable *self, guint64 wanted)
{
  gsize slot = (gsize) wanted & (self->size - 1);

  while (self->digests[slot] != 0 && self->digests[slot] != wanted)
    slot = (slot + 1) & (self->size - 1);
  return slot;
}

static void
grow (DigestTable *self)
{
  DigestTable old = *self;

  self->size *= 2;
  self->digests = g_new0 (guint64, self->size);
  self->values = g_new0 (guint32, self->size);
  for (gsize i = 0; i < old.size; i++)
    {
      gsize slot;

      if (old.digests[i] == 0)
        continue;
      slot = find_slot (self, old.digests[i]);
      self->digests[slot] = old.digests[i];
      self->values[slot] = old.values[i];
    }
  table_clear (&old);
}

/* The value of @key; a new key gets @value. */
static guint32
look_up_or_add (DigestTable *self, const char *key, guint32 value, gboolean *is_new)
{
  guint64 wanted = digest (key);
  gsize slot = find_slot (self, wanted);

  *is_new = self->digests[slot] == 0;
  if (!*is_new)
    return self->values[slot];

  self->digests[slot] = wanted;
  self->values[slot] = value;
  if (++self->n_used * 4 > self->size * 3)
    grow (self);
  return value;
}

AssayJoinIndex *
assay_join_index_new (void)
{
  AssayJoinIndex *self = g_new0 (AssayJoinIndex, 1);

  table_init (&self->keys);
  self->chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  self->entries = g_array_new (FALSE, FALSE, sizeof (AssayJoinEntry));
  return self;
}

void
assay_join_index_free (AssayJoinIndex *self)
{
  table_clear (&self->keys);
  g_array_unref (self->chains);
  g_array_unref (self->entries);
  g_free (self);
}

guint
assay_join_index_add (AssayJoinIndex *self, const char *key, const AssayJoinEntry *entry)
{
  guint32 index = self->entries->len;
  AssayJoinEntry added = *entry;
  gboolean is_new;
  guint32 chain;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (key != NULL, 0);

  added.next = 0;
  g_array_append_val (self->entries, added);
  chain = look_up_or_add (&self->keys, key, self->chains->len, &is_new);
  if (is_new)
    {
      Chain first = { index, index };

      g_array_append_val (self->chains, first);
    }
  else
    {
      Chain *found = &g_array_index (self->chains, Chain, chain);

      g_array_index (self->entries, AssayJoinEntry, found->last).next = index + 1;
      found->last = index;
    }
  return chain;
}

guint
assay_join_index_get_n_keys (AssayJoinIndex *self)
{
  return self->chains->len;
}

const AssayJoinEntry *
assay_join_index_get_first (AssayJoinIndex *self, guint key)
{
  g_return_val_if_fail (key < self->chains->len, NULL);

  return &g_array_index (self->entries, AssayJoinEntry,
                         g_array_index (self->chains, Chain, key).first);
}

const AssayJoinEntry *
assay_join_index_get_next (AssayJoinIndex *self, const AssayJoinEntry *entry)
{
  return entry->next > 0 ? &g_array_index (self->entries, AssayJoinEntry, entry->next - 1) : NULL;
}

AssayKeySet *
assay_key_set_new (void)
{
  AssayKeySet *self = g_new0 (AssayKeySet, 1);

  table_init (&self->keys);
  return self;
}

void
assay_key_set_free (AssayKeySet *self)
{
  table_clear (&self->keys);
  g_free (self);
}

gboolean
assay_key_set_add (AssayKeySet *self, const char *key)
{
  gboolean is_new;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  look_up_or_add (&self->keys, key, 0, &is_new);
  return is_new;
}

gboolean
assay_key_set_contains (AssayKeySet *self, const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return self->keys.digests[find_slot (&self->keys, digest (key))] != 0;
}
