/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-account-sync-private.h"
#include "assay-engine.h"
#include "assay-json.h"

/* Platforms keep a key for a day. */
#define KEY_LIFE_US (24 * G_TIME_SPAN_HOUR)
/* A platform that does not say how many tasks can be claimed at once. */
#define CLAIM_MAX_UNSAID 10
/* How long before its end a lease with work in it is spoken of. */
#define NEAR_US (30 * G_TIME_SPAN_MINUTE)
#define LONGEST_TIMER_SECONDS 600

#define TABLE_CLAIMS "claims"
#define TABLE_RENEWALS "renewals"

static const char *
get_id (AssayAccountSync *self)
{
  return assay_account_get_id (self->account);
}

/* Leases are changed by one at a time: a claim of the person waits for that of a round. */

static void
lock (AssayAccountSync *self)
{
  while (self->locked)
    {
      DexPromise *promise = dex_promise_new ();

      g_queue_push_tail (&self->lock_waiting, promise);
      dex_await (dex_ref (DEX_FUTURE (promise)), NULL);
    }
  self->locked = TRUE;
}

static void
unlock (AssayAccountSync *self)
{
  g_autoptr (DexPromise) first = g_queue_pop_head (&self->lock_waiting);

  self->locked = FALSE;
  if (first != NULL)
    dex_promise_resolve_boolean (first, TRUE);
}

/* Claiming */

static guint
get_claim_max (AssayAccountSync *self)
{
  JsonObject *settings = assay_account_get_settings (self->account);
  g_autoptr (AssayPlatformInfo) info =
      assay_platform_info_new_from_json (json_object_get_member (settings, "platform"));

  return info != NULL && info->claim_max > 0 ? info->claim_max : CLAIM_MAX_UNSAID;
}

/* A page of tasks that were claimed says nothing about where a pull goes on. */
static gboolean
store_claimed (AssayAccountSync *self, AssayPage *page, GError **error)
{
  assay_account_sync_note_present (self, page);
  return dex_await (assay_store_apply_page (self->store, get_id (self), page), error);
}

/* What an earlier claim of @project left open; NULL for none. */
static JsonObject *
get_open_claim (AssayAccountSync *self, const char *project)
{
  JsonObject *claims = assay_account_memory_get_table (self->memory, TABLE_CLAIMS);
  JsonObject *claim = assay_json_get_object (claims, project);

  if (claim == NULL || assay_json_get_string (claim, "key") == NULL
      || g_get_real_time () - assay_json_get_int (claim, "at", 0) > KEY_LIFE_US)
    return NULL;
  return claim;
}

/* The key is on the disk before the first byte leaves: whatever happens then, the same leases come
 * back for it. */
static JsonObject *
open_claim (AssayAccountSync *self, const char *project, guint count, GError **error)
{
  JsonObject *claims = assay_account_memory_get_table (self->memory, TABLE_CLAIMS);
  JsonObject *claim = json_object_new ();
  g_autofree char *key = g_uuid_string_random ();

  json_object_set_string_member (claim, "key", key);
  json_object_set_int_member (claim, "count", count);
  json_object_set_int_member (claim, "at", g_get_real_time ());
  json_object_set_object_member (claims, project, claim);
  if (assay_account_memory_save (self->memory, error))
    return claim;
  json_object_remove_member (claims, project);
  return NULL;
}

static gboolean
close_claim (AssayAccountSync *self, const char *project, GError **error)
{
  json_object_remove_member (assay_account_memory_get_table (self->memory, TABLE_CLAIMS), project);
  return assay_account_memory_save (self->memory, error);
}

/* One request. @asked: how many it asked for, which an earlier one may have decided. FALSE on
 * error;
 * @n is what came. */
static gboolean
claim_once (AssayAccountSync *self,
            const char *project,
            guint count,
            guint *asked,
            guint *n,
            GError **error)
{
  g_autoptr (GError) claim_error = NULL;
  g_autoptr (AssayPage) page = NULL;
  g_autofree char *key = NULL;
  JsonObject *claim = get_open_claim (self, project);

  if (claim == NULL)
    claim = open_claim (self, project, count, error);
  if (claim == NULL)
    return FALSE;
  key = g_strdup (assay_json_get_string (claim, "key"));
  *asked = (guint) CLAMP (assay_json_get_int (claim, "count", 1), 1, ASSAY_CLAIM_AHEAD_MOST);

  page =
      dex_await_object (assay_platform_claim (self->platform, project, *asked, key), &claim_error);
  if (page == NULL)
    {
      if (assay_account_sync_is_refusal (claim_error))
        close_claim (self, project, NULL);
      g_propagate_error (error, g_steal_pointer (&claim_error));
      return FALSE;
    }
  *n = assay_page_get_tasks (page)->len;
  return store_claimed (self, page, error) && close_claim (self, project, error);
}

/* As many requests as it takes. @n: what came, also where a later request failed. */
static gboolean
claim (AssayAccountSync *self, const char *project, guint want, guint *n, GError **error)
{
  guint claim_max = get_claim_max (self);

  *n = 0;
  while (*n < want)
    {
      guint asked = 0;
      guint came = 0;

      if (!claim_once (self, project, MIN (want - *n, claim_max), &asked, &came, error))
        return FALSE;
      *n += came;
      if (came < asked)
        break;
    }
  return TRUE;
}

static guint
get_ahead (AssayProject *project)
{
  return (guint) CLAMP (assay_json_get_int (assay_project_get_settings (project),
                                            ASSAY_PROJECT_SETTING_AHEAD, 0),
                        0, ASSAY_CLAIM_AHEAD_MOST);
}

/* Whether the platform's terms let the person claim at all, as far as is known. */
static gboolean
may_claim (AssayProject *project)
{
  JsonObject *terms = assay_project_get_terms (project);
  const char *qualification;

  if (terms == NULL)
    return TRUE;
  qualification = assay_json_get_string_or (terms, "qualification", "granted");
  return g_str_equal (qualification, "granted")
         && g_str_equal (assay_json_get_string_or (terms, "modality", "text"), "text");
}

static guint
get_max_held (AssayProject *project)
{
  JsonObject *terms = assay_project_get_terms (project);
  JsonObject *lease = terms != NULL ? assay_json_get_object (terms, "lease") : NULL;

  return lease != NULL
             ? (guint) CLAMP (assay_json_get_int (lease, "max_held", G_MAXINT), 0, G_MAXINT)
             : G_MAXINT;
}

/* How many more tasks of @project are to be held. */
static guint
count_wanted (AssayProject *project, GPtrArray *leases)
{
  guint ahead = get_ahead (project);
  guint max_held = get_max_held (project);
  guint n_held = 0;
  guint n_unfinished = 0;

  for (guint i = 0; i < leases->len; i++)
    {
      const AssayLeasedTask *task = leases->pdata[i];

      if (task->project != assay_project_get_id (project))
        continue;
      n_held++;
      if (task->state == ASSAY_TASK_READY || task->state == ASSAY_TASK_STARTED)
        n_unfinished++;
    }
  if (n_unfinished >= ahead || n_held >= max_held)
    return 0;
  return MIN (ahead - n_unfinished, max_held - n_held);
}

/* A claim that an earlier round could not end is ended, whatever the person wants by now: its tasks
 * may be held for nobody. */
static gboolean
claim_ahead (AssayAccountSync *self, GPtrArray *projects, GPtrArray *leases, GError **error)
{
  gboolean metered =
      self->reachability != NULL && assay_reachability_get_metered (self->reachability);

  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *project = projects->pdata[i];
      g_autoptr (GError) claim_error = NULL;
      const char *external_id = assay_project_get_external_id (project);
      gboolean open = get_open_claim (self, external_id) != NULL;
      guint want = metered || !may_claim (project) ? 0 : count_wanted (project, leases);
      guint n;

      if (open)
        want = MAX (want, 1);
      if (want == 0)
        continue;
      if (assay_account_sync_is_over (self, error))
        return FALSE;
      assay_account_sync_set_progress (self, _ ("Claiming tasks…"));
      if (claim (self, external_id, want, &n, &claim_error))
        continue;
      if (!assay_account_sync_is_refusal (claim_error))
        {
          g_propagate_error (error, g_steal_pointer (&claim_error));
          return FALSE;
        }
      /* One project that gives nothing keeps no other from giving. */
      assay_account_sync_add_note (self, claim_error->message);
    }
  return TRUE;
}

/* Renewing */

static AssayProject *
find_project (GPtrArray *projects, gint64 id)
{
  for (guint i = 0; i < projects->len; i++)
    if (assay_project_get_id (projects->pdata[i]) == id)
      return projects->pdata[i];
  return NULL;
}

/* Who set to hold none ahead does not want what lies untouched. */
static gboolean
is_wanted (const AssayLeasedTask *task, AssayProject *project)
{
  if (task->state != ASSAY_TASK_READY)
    return TRUE;
  return project != NULL
         && (!assay_json_has (assay_project_get_settings (project), ASSAY_PROJECT_SETTING_AHEAD)
             || get_ahead (project) > 0);
}

static gboolean
wants_renewal (const AssayLeasedTask *task, AssayProject *project, gint64 now)
{
  const AssayLease *lease = task->lease;

  return lease->expires_at > 0 && assay_lease_is_held (lease, now) && lease->renewals_left > 0
         && lease->granted_at < lease->expires_at
         && lease->expires_at - now < (lease->expires_at - lease->granted_at) / 3
         && is_wanted (task, project);
}

/* The key of a renewal that was begun and of whose end nothing is known. One that is known to have
 * come, from wherever, is behind: its key would bring the old answer again, and no more time. */
static char *
dup_open_key (JsonObject *renewals, const AssayLease *lease)
{
  JsonObject *open = assay_json_get_object (renewals, lease->id);

  if (open == NULL || assay_json_get_int (open, "left", -1) != lease->renewals_left)
    return NULL;
  return g_strdup (assay_json_get_string (open, "key"));
}

static gboolean
renew (AssayAccountSync *self, const AssayLeasedTask *task, GError **error)
{
  JsonObject *renewals = assay_account_memory_get_table (self->memory, TABLE_RENEWALS);
  g_autofree char *key = dup_open_key (renewals, task->lease);
  g_autoptr (GError) renew_error = NULL;
  g_autoptr (AssayLease) lease = NULL;

  if (key == NULL)
    {
      JsonObject *open = json_object_new ();

      key = g_uuid_string_random ();
      json_object_set_string_member (open, "key", key);
      json_object_set_int_member (open, "left", task->lease->renewals_left);
      json_object_set_object_member (renewals, task->lease->id, open);
      if (!assay_account_memory_save (self->memory, error))
        {
          json_object_remove_member (renewals, task->lease->id);
          return FALSE;
        }
    }
  lease =
      dex_await_boxed (assay_platform_renew (self->platform, task->lease->id, key), &renew_error);
  if (lease == NULL)
    {
      if (!assay_account_sync_is_refusal (renew_error))
        {
          g_propagate_error (error, g_steal_pointer (&renew_error));
          return FALSE;
        }
      /* It ends when it ends. */
      lease = assay_lease_copy (task->lease);
      lease->renewals_left = 0;
    }
  if (!dex_await (assay_store_update_lease (self->store, get_id (self), lease), error))
    return FALSE;
  json_object_remove_member (renewals, task->lease->id);
  return assay_account_memory_save (self->memory, error);
}

static gboolean
renew_due (AssayAccountSync *self, GPtrArray *projects, GPtrArray *leases, GError **error)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < leases->len; i++)
    {
      const AssayLeasedTask *task = leases->pdata[i];

      if (!wants_renewal (task, find_project (projects, task->project), now))
        continue;
      if (assay_account_sync_is_over (self, error) || !renew (self, task, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
assay_account_sync_list_projects (AssayAccountSync *self, GError **error)
{
  g_autoptr (GPtrArray) all = dex_await_boxed (assay_store_list_projects (self->store), error);
  GPtrArray *own;

  if (all == NULL)
    return NULL;
  own = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (assay_project_get_account (all->pdata[i]), get_id (self)) == 0)
      g_ptr_array_add (own, g_object_ref (all->pdata[i]));
  return own;
}

static gboolean
has_leases (AssayAccountSync *self)
{
  return (assay_platform_get_abilities (self->platform) & ASSAY_PLATFORM_LEASES) != 0;
}

gboolean
assay_account_leases_keep (AssayAccountSync *self, GError **error)
{
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GPtrArray) leases = NULL;
  gboolean ok;

  if (!has_leases (self))
    return TRUE;
  projects = assay_account_sync_list_projects (self, error);
  if (projects == NULL)
    return FALSE;
  lock (self);
  leases = dex_await_boxed (assay_store_list_leases (self->store, get_id (self)), error);
  ok = leases != NULL && renew_due (self, projects, leases, error)
       && claim_ahead (self, projects, leases, error);
  unlock (self);
  return ok;
}

/* Watching */

static DexFuture *
watch_fiber (gpointer user_data)
{
  AssayAccountSync *self = user_data;

  if (!self->stopped)
    assay_account_leases_watch (self);
  return dex_future_new_true ();
}

static gboolean
lease_timer_cb (gpointer user_data)
{
  AssayAccountSync *self = user_data;

  self->lease_timer = 0;
  dex_future_disown (
      dex_scheduler_spawn (NULL, 0, watch_fiber, g_object_ref (self), g_object_unref));
  return G_SOURCE_REMOVE;
}

void
assay_account_leases_watch (AssayAccountSync *self)
{
  g_autoptr (GPtrArray) leases =
      dex_await_boxed (assay_store_list_leases (self->store, get_id (self)), NULL);
  gint64 now = g_get_real_time ();
  gint64 next = G_MAXINT64;

  for (guint i = 0; leases != NULL && i < leases->len; i++)
    {
      const AssayLeasedTask *task = leases->pdata[i];
      gint64 left = task->lease->expires_at - now;

      if (task->lease->expires_at == 0 || left <= 0 || task->state != ASSAY_TASK_STARTED
          || g_hash_table_contains (self->warned, task->lease->id))
        continue;
      if (left > NEAR_US)
        next = MIN (next, left - NEAR_US);
      /* More time can be had only from a platform that can be reached. */
      else if (task->lease->renewals_left == 0 || self->state != ASSAY_ACCOUNT_ONLINE)
        {
          g_hash_table_add (self->warned, g_strdup (task->lease->id));
          assay_account_sync_emit_lease_near (self, task->row, task->title, left / G_USEC_PER_SEC);
        }
    }
  g_clear_handle_id (&self->lease_timer, g_source_remove);
  if (next < G_MAXINT64 && !self->stopped)
    self->lease_timer = g_timeout_add ((guint) MIN (next / 1000 + 1, LONGEST_TIMER_SECONDS * 1000),
                                       lease_timer_cb, self);
}

/* What the person asks for */

typedef struct
{
  AssayAccountSync *self; /* (owned) */
  gint64 row;
  guint count;
} Wish;

static Wish *
wish_new (AssayAccountSync *self, gint64 row, guint count)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->row = row;
  wish->count = count;
  return wish;
}

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->self);
  g_free (wish);
}

static DexFuture *
claim_fiber (gpointer user_data)
{
  Wish *wish = user_data;
  AssayAccountSync *self = wish->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  AssayProject *project;
  guint n = 0;

  if (!assay_account_memory_load (self->memory, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  projects = assay_account_sync_list_projects (self, &error);
  if (projects == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  project = find_project (projects, wish->row);
  if (project == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("This project is not there any more."));
  lock (self);
  claim (self, assay_project_get_external_id (project), wish->count, &n, &error);
  unlock (self);
  /* What came is there, whatever became of the rest. */
  if (n == 0 && error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_uint (n);
}

DexFuture *
assay_account_sync_claim (AssayAccountSync *self, gint64 project, guint count)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  dex_return_error_if_fail (count > 0);

  return dex_scheduler_spawn (NULL, 0, claim_fiber,
                              wish_new (self, project, MIN (count, ASSAY_CLAIM_AHEAD_MOST)),
                              wish_free);
}

/* The platform first: what it was not told of it would hold for nobody. */
static gboolean
release (AssayAccountSync *self, const AssayLease *lease, GError **error)
{
  g_autoptr (AssayPage) page = NULL;
  AssayLease *ended;

  if (!dex_await (assay_platform_release (self->platform, lease->id), error))
    return FALSE;
  ended = assay_lease_copy (lease);
  ended->state = ASSAY_LEASE_RELEASED;
  page = assay_page_new ();
  g_ptr_array_add (assay_page_get_leases (page), ended);
  return dex_await (assay_store_apply_page (self->store, get_id (self), page), error);
}

static DexFuture *
release_fiber (gpointer user_data)
{
  Wish *wish = user_data;
  AssayAccountSync *self = wish->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayLease) lease = NULL;

  lock (self);
  lease = dex_await_boxed (assay_store_load_lease (self->store, wish->row), &error);
  if (lease != NULL)
    release (self, lease, &error);
  unlock (self);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
assay_account_sync_release (AssayAccountSync *self, gint64 task_row)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  return dex_scheduler_spawn (NULL, 0, release_fiber, wish_new (self, task_row, 0), wish_free);
}

void
assay_account_leases_release_unused (AssayAccountSync *self)
{
  g_autoptr (GPtrArray) leases = NULL;
  g_autoptr (GError) error = NULL;

  if (!has_leases (self) || self->state != ASSAY_ACCOUNT_ONLINE)
    return;
  lock (self);
  leases = dex_await_boxed (assay_store_list_leases (self->store, get_id (self)), &error);
  for (guint i = 0; leases != NULL && i < leases->len && error == NULL; i++)
    {
      const AssayLeasedTask *task = leases->pdata[i];

      if (task->state != ASSAY_TASK_READY || release (self, task->lease, &error)
          || !assay_account_sync_is_refusal (error))
        continue;
      g_clear_error (&error);
    }
  unlock (self);
}
