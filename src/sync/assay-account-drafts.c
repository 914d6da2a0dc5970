/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-account-sync-private.h"
#include "assay-json-read.h"

/* Unfinished work between devices. Nothing that was written is ever taken away: what comes from
 * elsewhere becomes the draft only where there is none; where both are, the person chooses, and
 * until then neither goes over the other. */

#define TABLE_DRAFTS "drafts"
/* In what is known of a draft: the other one, which waits for the choice. */
#define MEMBER_OTHER "other"

/* One leased task, and what is known of its draft at the platform. */
typedef struct
{
  AssayAccountSync *self;
  const AssayLeasedTask *leased;
  AssayOpenTask *open; /* (owned) */
  JsonNode *local;     /* (owned) */
  char *digest;        /* of @local */
} Draft;

static void
draft_clear (Draft *draft)
{
  g_clear_object (&draft->open);
  g_clear_pointer (&draft->local, json_node_unref);
  g_free (draft->digest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static char *
digest_draft (JsonNode *node)
{
  g_autofree char *text = assay_json_to_canonical_string (node);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static JsonObject *
get_known (Draft *draft)
{
  return assay_json_get_object (assay_account_memory_get_table (draft->self->memory, TABLE_DRAFTS),
                                draft->leased->lease->id);
}

/* @digest: of what the platform has; NULL if it is not what is here. */
static void
set_known (Draft *draft, const char *etag, const char *digest)
{
  JsonObject *known = json_object_new ();

  json_object_set_string_member (known, "etag", etag);
  if (digest != NULL)
    json_object_set_string_member (known, "digest", digest);
  json_object_set_object_member (assay_account_memory_get_table (draft->self->memory, TABLE_DRAFTS),
                                 draft->leased->lease->id, known);
}

static const char *
get_known_string (Draft *draft, const char *member)
{
  JsonObject *known = get_known (draft);

  return known != NULL ? assay_json_get_string (known, member) : NULL;
}

static gboolean
has_other (Draft *draft)
{
  JsonObject *known = get_known (draft);

  return known != NULL && assay_json_get_object (known, MEMBER_OTHER) != NULL;
}

static void
set_other (Draft *draft, const AssayRemoteDraft *remote)
{
  JsonObject *other = json_object_new ();

  set_known (draft, remote->etag, NULL);
  json_object_set_int_member (other, "task", draft->leased->row);
  json_object_set_int_member (other, "updated_at", remote->updated_at);
  if (remote->device != NULL)
    json_object_set_string_member (other, "device", remote->device);
  json_object_set_member (other, "judgement", json_node_copy (remote->judgement));
  json_object_set_object_member (get_known (draft), MEMBER_OTHER, other);
}

static gboolean
load (Draft *draft, GError **error)
{
  AssayJudgement *judgement;

  draft->open =
      dex_await_object (assay_store_load_task (draft->self->store, draft->leased->row), error);
  if (draft->open == NULL)
    return FALSE;
  judgement = assay_open_task_get_judgement (draft->open);
  if (judgement == NULL)
    return TRUE;
  draft->local = assay_judgement_to_draft_json (judgement);
  draft->digest = digest_draft (draft->local);
  return TRUE;
}

/* What is there: NULL without an error for nothing. */
static AssayRemoteDraft *
ask (Draft *draft, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayRemoteDraft *remote =
      dex_await_boxed (assay_platform_load_draft (draft->self->platform, draft->leased->lease->id),
                       &local_error);

  if (remote == NULL && !assay_account_sync_is_refusal (local_error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return remote;
}

/* Takes what another device wrote. */
static gboolean
take (Draft *draft, const AssayRemoteDraft *remote, GError **error)
{
  AssayTask *task = assay_open_task_get_task (draft->open);
  g_autoptr (AssayJudgement) judgement =
      assay_judgement_new_from_json (task, remote->judgement, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) body = NULL;
  char *text;
  gboolean adopted;

  /* Whatever cannot be read here is no draft of this task. */
  if (judgement == NULL)
    {
      set_known (draft, remote->etag, draft->digest);
      return TRUE;
    }
  text = assay_json_to_string (remote->judgement);
  body = g_bytes_new_take (text, strlen (text));
  adopted = dex_await_boolean (assay_store_offer_draft (draft->self->store, draft->leased->row,
                                                        assay_judgement_get_id (judgement),
                                                        assay_task_get_digest (task), body),
                               &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (adopted)
    {
      g_autofree char *digest = digest_draft (remote->judgement);

      set_known (draft, remote->etag, digest);
      return TRUE;
    }
  set_other (draft, remote);
  assay_account_sync_emit_draft_conflict (draft->self, draft->leased->row, remote->device);
  return TRUE;
}

static gboolean
look (Draft *draft, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (AssayRemoteDraft) remote = ask (draft, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (remote == NULL || g_strcmp0 (remote->etag, get_known_string (draft, "etag")) == 0)
    return TRUE;
  if (draft->local != NULL && assay_json_equal (draft->local, remote->judgement))
    {
      set_known (draft, remote->etag, draft->digest);
      return TRUE;
    }
  return take (draft, remote, error);
}

static gboolean
send_once (Draft *draft, gboolean *conflict, GError **error)
{
  JsonObject *settings = assay_account_get_settings (draft->self->account);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (object);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (AssayRemoteDraft) remote = NULL;

  json_object_set_member (object, "judgement", json_node_copy (draft->local));
  json_object_set_string_member (object, "device",
                                 assay_json_get_string_or (settings, "device", "Assay"));
  remote =
      dex_await_boxed (assay_platform_save_draft (draft->self->platform, draft->leased->lease->id,
                                                  node, get_known_string (draft, "etag")),
                       &local_error);
  *conflict = g_error_matches (local_error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CONFLICT)
              && g_strcmp0 (assay_platform_error_get_problem (local_error), "lease-expired") != 0;
  if (remote != NULL)
    {
      set_known (draft, remote->etag, draft->digest);
      return TRUE;
    }
  /* It is kept here; that it cannot be kept there as well is no failure of a round. */
  if (assay_account_sync_is_refusal (local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
send (Draft *draft, GError **error)
{
  gboolean conflict;

  if (!send_once (draft, &conflict, error))
    return FALSE;
  if (!conflict)
    return TRUE;
  /* Another device wrote: its text is taken first. */
  return look (draft, error) && (has_other (draft) || send_once (draft, &conflict, error));
}

static gboolean
exchange_one (AssayAccountSync *self, const AssayLeasedTask *leased, GError **error)
{
  g_auto (Draft) draft = { .self = self, .leased = leased };
  gboolean touched = g_hash_table_contains (self->touched, leased->lease->id);

  if (leased->state != ASSAY_TASK_STARTED && !(touched && leased->state == ASSAY_TASK_READY))
    return TRUE;
  if (!load (&draft, error))
    return FALSE;
  if (touched && !look (&draft, error))
    return FALSE;
  return leased->state != ASSAY_TASK_STARTED || draft.local == NULL || has_other (&draft)
         || g_strcmp0 (draft.digest, get_known_string (&draft, "digest")) == 0
         || send (&draft, error);
}

/* What is held no more need not be known any longer. */
static void
prune (AssayAccountSync *self, GPtrArray *leases)
{
  JsonObject *table = assay_account_memory_get_table (self->memory, TABLE_DRAFTS);
  g_autoptr (GHashTable) held = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) members = json_object_get_members (table);

  for (guint i = 0; i < leases->len; i++)
    g_hash_table_add (held, ((AssayLeasedTask *) leases->pdata[i])->lease->id);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_hash_table_contains (held, l->data))
      json_object_remove_member (table, l->data);
}

gboolean
assay_account_drafts_exchange (AssayAccountSync *self, GError **error)
{
  g_autoptr (GPtrArray) leases = NULL;
  gint64 now = g_get_real_time ();
  gboolean ok = TRUE;

  if ((assay_platform_get_abilities (self->platform) & ASSAY_PLATFORM_DRAFTS) == 0)
    return TRUE;
  leases =
      dex_await_boxed (assay_store_list_leases (self->store, assay_account_get_id (self->account)),
                       error);
  if (leases == NULL)
    return FALSE;
  for (guint i = 0; i < leases->len && ok; i++)
    {
      const AssayLeasedTask *leased = leases->pdata[i];

      if (!assay_lease_is_held (leased->lease, now))
        continue;
      ok = !assay_account_sync_is_over (self, error) && exchange_one (self, leased, error);
      if (ok)
        g_hash_table_remove (self->touched, leased->lease->id);
    }
  if (ok)
    {
      g_hash_table_remove_all (self->touched);
      prune (self, leases);
    }
  return assay_account_memory_save (self->memory, ok ? error : NULL) && ok;
}

/* What is known of the draft of @task_row, if another one waits beside it. Borrowed. */
static JsonObject *
find_known (AssayAccountSync *self, gint64 task_row)
{
  JsonObject *table = assay_account_memory_get_table (self->memory, TABLE_DRAFTS);
  g_autoptr (GList) members = json_object_get_members (table);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *known = assay_json_get_object (table, l->data);
      JsonObject *other = known != NULL ? assay_json_get_object (known, MEMBER_OTHER) : NULL;

      if (other != NULL && assay_json_get_int (other, "task", 0) == task_row)
        return known;
    }
  return NULL;
}

AssayRemoteDraft *
assay_account_sync_dup_other_draft (AssayAccountSync *self, gint64 task_row)
{
  JsonObject *known;
  JsonObject *other;
  AssayRemoteDraft *result;

  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), NULL);

  known = find_known (self, task_row);
  if (known == NULL)
    return NULL;
  other = assay_json_get_object (known, MEMBER_OTHER);
  result = g_new0 (AssayRemoteDraft, 1);
  result->etag = g_strdup (assay_json_get_string (known, "etag"));
  result->device = g_strdup (assay_json_get_string (other, "device"));
  result->updated_at = assay_json_get_int (other, "updated_at", 0);
  result->judgement = json_node_copy (json_object_get_member (other, "judgement"));
  return result;
}

typedef struct
{
  AssayAccountSync *self;
  gint64 task_row;
  AssayRemoteDraft *other;
  gboolean take;
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_object_unref (settling->self);
  assay_remote_draft_free (settling->other);
  g_free (settling);
}

static gboolean
replace (Settling *settling, GError **error)
{
  AssayStore *store = settling->self->store;
  g_autoptr (AssayOpenTask) open =
      dex_await_object (assay_store_load_task (store, settling->task_row), error);
  g_autoptr (AssayJudgement) judgement = NULL;
  g_autoptr (GBytes) body = NULL;
  AssayTask *task;
  char *text;

  if (open == NULL)
    return FALSE;
  task = assay_open_task_get_task (open);
  judgement = assay_judgement_new_from_json (task, settling->other->judgement, error);
  if (judgement == NULL)
    return FALSE;
  text = assay_json_to_string (settling->other->judgement);
  body = g_bytes_new_take (text, strlen (text));
  return dex_await (assay_store_replace_draft (store, settling->task_row,
                                               assay_judgement_get_id (judgement),
                                               assay_task_get_digest (task), body),
                    error);
}

static DexFuture *
settle_fiber (gpointer user_data)
{
  Settling *settling = user_data;
  AssayAccountSync *self = settling->self;
  JsonObject *known;
  GError *error = NULL;

  if (settling->take && !replace (settling, &error))
    return dex_future_new_for_error (error);
  known = find_known (self, settling->task_row);
  /* Unless a newer one came meanwhile, which is another choice. */
  if (known != NULL
      && g_strcmp0 (assay_json_get_string (known, "etag"), settling->other->etag) == 0)
    {
      json_object_remove_member (known, MEMBER_OTHER);
      if (settling->take)
        {
          g_autofree char *digest = digest_draft (settling->other->judgement);

          json_object_set_string_member (known, "digest", digest);
        }
    }
  if (!assay_account_memory_save (self->memory, &error))
    return dex_future_new_for_error (error);
  assay_account_sync_carry_drafts (self);
  return dex_future_new_true ();
}

DexFuture *
assay_account_sync_settle_draft (AssayAccountSync *self, gint64 task_row, gboolean take)
{
  Settling *settling;
  AssayRemoteDraft *other;

  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  other = assay_account_sync_dup_other_draft (self, task_row);
  if (other == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("There is no other draft of this task any more."));
  settling = g_new0 (Settling, 1);
  settling->self = g_object_ref (self);
  settling->task_row = task_row;
  settling->other = other;
  settling->take = take;
  return dex_scheduler_spawn (NULL, 0, settle_fiber, settling, settling_free);
}
