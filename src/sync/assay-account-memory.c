/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-memory.h"

#include "assay-json-read.h"

struct _AssayAccountMemory
{
  AssayStore *store; /* (owned) */
  char *key;         /* (owned) */
  JsonNode *node;    /* (owned): an object */
  gboolean loaded;
};

static char *
make_key (const char *account)
{
  return g_strconcat ("sync:", account, NULL);
}

AssayAccountMemory *
assay_account_memory_new (AssayStore *store, const char *account)
{
  AssayAccountMemory *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_new0 (AssayAccountMemory, 1);
  self->store = g_object_ref (store);
  self->key = make_key (account);
  self->node = assay_json_object_node_new (json_object_new ());
  return self;
}

void
assay_account_memory_free (AssayAccountMemory *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->store);
  g_free (self->key);
  json_node_unref (self->node);
  g_free (self);
}

gboolean
assay_account_memory_load (AssayAccountMemory *self, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->loaded)
    return TRUE;
  text = dex_await_string (assay_store_get_value (self->store, self->key), &load_error);
  if (text == NULL && !g_error_matches (load_error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  /* What cannot be read is nothing: then requests are new ones. */
  node = text != NULL ? assay_json_parse (text, -1, NULL) : NULL;
  if (node != NULL && assay_json_node_object (node) != NULL)
    {
      json_node_unref (self->node);
      self->node = g_steal_pointer (&node);
    }
  self->loaded = TRUE;
  return TRUE;
}

gboolean
assay_account_memory_save (AssayAccountMemory *self, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  text = assay_json_to_string (self->node);
  return dex_await (assay_store_set_value (self->store, self->key, text), error);
}

JsonObject *
assay_account_memory_get (AssayAccountMemory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return json_node_get_object (self->node);
}

JsonObject *
assay_account_memory_get_table (AssayAccountMemory *self, const char *member)
{
  JsonObject *all;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  all = json_node_get_object (self->node);
  if (assay_json_get_object (all, member) == NULL)
    json_object_set_object_member (all, member, json_object_new ());
  return assay_json_get_object (all, member);
}

DexFuture *
assay_account_memory_forget (AssayStore *store, const char *account)
{
  g_autofree char *key = NULL;

  dex_return_error_if_fail (ASSAY_IS_STORE (store));
  dex_return_error_if_fail (account != NULL);

  key = make_key (account);
  return assay_store_set_value (store, key, "{}");
}
