/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-account-sync-private.h"
#include "assay-json.h"
#include "assay-outbox-policy.h"
#include "assay-secrets.h"

/* Between rounds that nobody asked for: at random, so that not everybody knocks at once. */
#define ROUND_SECONDS 300
#define ROUND_JITTER_SECONDS 60
/* How long after a task is left its draft is sent: those of a person who goes through several, at
 * once. */
#define DRAFTS_WAIT_US (5 * G_USEC_PER_SEC)
/* However soon a failed round may be tried again. */
#define SHORTEST_WAIT_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (AssayAccountSync, assay_account_sync, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_STATE,
  PROP_BUSY,
  PROP_MESSAGE,
  PROP_PROGRESS,
  PROP_LAST_SUCCESS,
} AssayAccountSyncProperty;

static GParamSpec *properties[PROP_LAST_SUCCESS + 1];

enum
{
  LEASE_NEAR,
  RETURNED,
  REMOVALS,
  DRAFT_CONFLICT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void start_round (AssayAccountSync *self);

static const char *
get_id (AssayAccountSync *self)
{
  return assay_account_get_id (self->account);
}

static void
set_state (AssayAccountSync *self, AssayAccountState state, const char *message)
{
  if (g_set_str (&self->message, message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_busy (AssayAccountSync *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
set_last_success (AssayAccountSync *self, gint64 last_success)
{
  if (self->last_success == last_success)
    return;
  self->last_success = last_success;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SUCCESS]);
}

static AssayAccountState
judge (const GError *error)
{
  if (error->domain == ASSAY_SECRETS_ERROR)
    return ASSAY_ACCOUNT_SIGNED_OUT;
  if (error->domain != ASSAY_PLATFORM_ERROR)
    return ASSAY_ACCOUNT_FAILING;
  switch ((AssayPlatformError) error->code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_PROXY:
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
      return ASSAY_ACCOUNT_OFFLINE;
    case ASSAY_PLATFORM_ERROR_SIGNED_OUT:
      return ASSAY_ACCOUNT_SIGNED_OUT;
    case ASSAY_PLATFORM_ERROR_INSECURE:
    case ASSAY_PLATFORM_ERROR_ADDRESS:
      return ASSAY_ACCOUNT_INSECURE;
    default:
      return ASSAY_ACCOUNT_FAILING;
    }
}

/* Whether nothing is to be tried before the person did something. */
static gboolean
waits_for_person (AssayAccountSync *self)
{
  return self->state == ASSAY_ACCOUNT_SIGNED_OUT || self->state == ASSAY_ACCOUNT_INSECURE
         || self->state == ASSAY_ACCOUNT_PAUSED;
}

static gboolean
timer_cb (gpointer user_data)
{
  AssayAccountSync *self = user_data;

  self->timer = 0;
  dex_future_disown (assay_account_sync_run (self));
  return G_SOURCE_REMOVE;
}

static void
schedule (AssayAccountSync *self, gint64 wait_us)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->stopped && !waits_for_person (self))
    {
      self->timer_at = g_get_monotonic_time () + wait_us;
      self->timer = g_timeout_add ((guint) (wait_us / 1000) + 1, timer_cb, self);
    }
}

static gboolean
is_not_ours (const GError *error)
{
  return g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED)
         || g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED);
}

/* TRUE where it leads to nothing being tried before the person did something. */
static gboolean
take_failure (AssayAccountSync *self, const GError *error)
{
  gint64 wait;

  /* Nobody waits for it any more, or the person paused it meanwhile. */
  if (is_not_ours (error) || self->state == ASSAY_ACCOUNT_PAUSED)
    return FALSE;
  g_message ("A round of an account failed: %s", error->message);
  set_state (self, judge (error), error->message);
  wait = assay_outbox_backoff_us (++self->n_failures, g_random_double ());
  wait = MAX (wait, SHORTEST_WAIT_US);
  schedule (self, MAX (wait, assay_platform_error_get_wait_us (error)));
  return waits_for_person (self);
}

static void
take_success (AssayAccountSync *self)
{
  self->n_failures = 0;
  set_last_success (self, g_get_real_time ());
  if (self->state != ASSAY_ACCOUNT_PAUSED)
    set_state (self, ASSAY_ACCOUNT_ONLINE, self->note);
  schedule (self, self->drafts_wait
                      ? DRAFTS_WAIT_US
                      : (gint64) ((ROUND_SECONDS + g_random_double () * ROUND_JITTER_SECONDS)
                                  * G_USEC_PER_SEC));
}

/* When the last round ended well is kept, but a failure to keep it is none of the round's. */
static void
keep_success (AssayAccountSync *self)
{
  json_object_set_int_member (assay_account_memory_get (self->memory), "last_success",
                              self->last_success);
  assay_account_memory_save (self->memory, NULL);
}

static DexFuture *
round_fiber (gpointer user_data)
{
  AssayAccountSync *self = user_data;
  g_autoptr (DexPromise) promise = NULL;
  g_autoptr (GError) error = NULL;

  self->round_opening = self->n_opened;
  if (assay_account_memory_load (self->memory, &error))
    {
      if (self->last_success == 0)
        set_last_success (self, assay_json_get_int (assay_account_memory_get (self->memory),
                                                    "last_success", 0));
      assay_account_round_run (self, &error);
    }
  assay_account_sync_set_progress (self, NULL);

  if (error != NULL && self->round_opening != self->n_opened)
    {
      /* The person signed in meanwhile: what failed is no more what it signs in with. */
      if (self->next == NULL)
        self->next = dex_promise_new ();
    }
  else if (error != NULL)
    assay_account_sync_fail (self, error);
  else
    {
      take_success (self);
      keep_success (self);
    }
  if (!self->stopped)
    assay_account_leases_watch (self);

  promise = g_steal_pointer (&self->current);
  if (self->next != NULL && (self->stopped || waits_for_person (self)))
    {
      g_autoptr (DexPromise) next = g_steal_pointer (&self->next);

      dex_promise_reject (next, error != NULL ? g_error_copy (error)
                                              : g_error_new_literal (ASSAY_PLATFORM_ERROR,
                                                                     ASSAY_PLATFORM_ERROR_CANCELLED,
                                                                     "stopped"));
    }
  if (self->next != NULL)
    start_round (self);
  else
    set_busy (self, FALSE);
  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_boolean (promise, TRUE);
  return dex_future_new_true ();
}

static void
start_round (AssayAccountSync *self)
{
  self->current = self->next != NULL ? g_steal_pointer (&self->next) : dex_promise_new ();
  self->drafts_wait = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  set_busy (self, TRUE);
  dex_future_disown (
      dex_scheduler_spawn (NULL, 0, round_fiber, g_object_ref (self), g_object_unref));
}

/* A round that nobody waits for. */
static void
run_if_welcome (AssayAccountSync *self)
{
  if (self->begun && !self->stopped && !waits_for_person (self))
    dex_future_disown (assay_account_sync_run (self));
}

static void
accepted_cb (AssayAccountSync *self, const char *account, const char *submission)
{
  /* The round that sends goes on to claim. */
  if (g_str_equal (account, get_id (self)) && !self->pushing)
    run_if_welcome (self);
}

/* The worker stopped it itself, and may be asked to try again. */
static void
stopped_cb (AssayAccountSync *self, const char *account, const GError *error)
{
  if (g_str_equal (account, get_id (self)) && !self->busy)
    take_failure (self, error);
}

/* What cannot be sent tells as much as what cannot be asked for. */
static void
unreached_cb (AssayAccountSync *self, const char *account, const GError *error)
{
  if (g_str_equal (account, get_id (self)) && !self->busy && self->state == ASSAY_ACCOUNT_ONLINE)
    take_failure (self, error);
}

static void
assay_account_sync_dispose (GObject *object)
{
  AssayAccountSync *self = ASSAY_ACCOUNT_SYNC (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->lease_timer, g_source_remove);
  g_clear_weak_pointer (&self->owner);
  g_clear_object (&self->store);
  g_clear_object (&self->worker);
  g_clear_object (&self->reachability);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (assay_account_sync_parent_class)->dispose (object);
}

static void
assay_account_sync_finalize (GObject *object)
{
  AssayAccountSync *self = ASSAY_ACCOUNT_SYNC (object);

  g_clear_object (&self->account);
  g_free (self->message);
  g_free (self->progress);
  g_free (self->note);
  assay_account_memory_free (self->memory);
  g_clear_pointer (&self->present, g_hash_table_unref);
  g_hash_table_unref (self->warned);
  g_hash_table_unref (self->touched);
  g_queue_clear_full (&self->lock_waiting, dex_unref);
  dex_clear (&self->current);
  dex_clear (&self->next);

  G_OBJECT_CLASS (assay_account_sync_parent_class)->finalize (object);
}

static void
assay_account_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayAccountSync *self = ASSAY_ACCOUNT_SYNC (object);

  switch ((AssayAccountSyncProperty) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, self->progress);
      break;
    case PROP_LAST_SUCCESS:
      g_value_set_int64 (value, self->last_success);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_account_sync_class_init (AssayAccountSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_account_sync_dispose;
  object_class->finalize = assay_account_sync_finalize;
  object_class->get_property = assay_account_sync_get_property;

  properties[PROP_ACCOUNT] =
      g_param_spec_object ("account", NULL, NULL, ASSAY_TYPE_ACCOUNT, readable);
  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, ASSAY_ACCOUNT_STARTING, ASSAY_ACCOUNT_PAUSED,
                        ASSAY_ACCOUNT_STARTING, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, readable);
  properties[PROP_PROGRESS] = g_param_spec_string ("progress", NULL, NULL, NULL, readable);
  properties[PROP_LAST_SUCCESS] =
      g_param_spec_int64 ("last-success", NULL, NULL, 0, G_MAXINT64, 0, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[LEASE_NEAR] =
      g_signal_new ("lease-near", ASSAY_TYPE_ACCOUNT_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_INT64);
  signals[RETURNED] = g_signal_new ("returned", ASSAY_TYPE_ACCOUNT_SYNC, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[REMOVALS] =
      g_signal_new ("removals", ASSAY_TYPE_ACCOUNT_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, ASSAY_TYPE_REMOVALS | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[DRAFT_CONFLICT] =
      g_signal_new ("draft-conflict", ASSAY_TYPE_ACCOUNT_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
assay_account_sync_init (AssayAccountSync *self)
{
  self->warned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->lock_waiting);
}

AssayAccountSync *
assay_account_sync_new (AssayStore *store,
                        AssayOutboxWorker *worker,
                        AssayAccount *account,
                        AssayPlatform *platform)
{
  AssayAccountSync *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_OUTBOX_WORKER (worker), NULL);
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (ASSAY_IS_PLATFORM (platform), NULL);

  self = g_object_new (ASSAY_TYPE_ACCOUNT_SYNC, NULL);
  self->store = g_object_ref (store);
  self->worker = g_object_ref (worker);
  self->account = g_object_ref (account);
  self->platform = g_object_ref (platform);
  self->memory = assay_account_memory_new (store, assay_account_get_id (account));
  g_signal_connect_object (worker, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (worker, "unreached", G_CALLBACK (unreached_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (worker, "stopped", G_CALLBACK (stopped_cb), self, G_CONNECT_SWAPPED);
  return self;
}

AssayAccount *
assay_account_sync_get_account (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), NULL);
  return self->account;
}

AssayPlatform *
assay_account_sync_get_platform (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), NULL);
  return self->platform;
}

AssayAccountState
assay_account_sync_get_state (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), ASSAY_ACCOUNT_STARTING);
  return self->state;
}

const char *
assay_account_sync_get_message (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), NULL);
  return self->message;
}

gint64
assay_account_sync_get_last_success (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), 0);
  return self->last_success;
}

gboolean
assay_account_sync_get_busy (AssayAccountSync *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), FALSE);
  return self->busy;
}

DexFuture *
assay_account_sync_run (AssayAccountSync *self)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (self->stopped)
    return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED, "stopped");
  if (self->state == ASSAY_ACCOUNT_PAUSED)
    return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED, "%s",
                                  _ ("This account is paused."));
  if (!self->busy)
    {
      start_round (self);
      return dex_ref (DEX_FUTURE (self->current));
    }
  if (self->next == NULL)
    self->next = dex_promise_new ();
  return dex_ref (DEX_FUTURE (self->next));
}

void
assay_account_sync_carry_drafts (AssayAccountSync *self)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (self->busy)
    self->drafts_wait = TRUE;
  else if (self->state == ASSAY_ACCOUNT_ONLINE && self->timer != 0
           && (assay_platform_get_abilities (self->platform) & ASSAY_PLATFORM_DRAFTS) != 0
           && self->timer_at > g_get_monotonic_time () + DRAFTS_WAIT_US)
    schedule (self, DRAFTS_WAIT_US);
}

void
assay_account_sync_stop (AssayAccountSync *self)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->lease_timer, g_source_remove);
}

void
assay_account_sync_follow (AssayAccountSync *self, AssayReachability *reachability)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  g_return_if_fail (ASSAY_IS_REACHABILITY (reachability));
  g_return_if_fail (self->reachability == NULL);

  self->reachability = g_object_ref (reachability);
  g_signal_connect_object (reachability, "came-back", G_CALLBACK (run_if_welcome), self,
                           G_CONNECT_SWAPPED);
}

void
assay_account_sync_begin (AssayAccountSync *self)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  self->begun = TRUE;
  self->stopped = FALSE;
  run_if_welcome (self);
}

void
assay_account_sync_set_opener (AssayAccountSync *self, AssayAccountOpener opener, GObject *owner)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  g_return_if_fail (opener != NULL);
  g_return_if_fail (self->owner == NULL);

  self->opener = opener;
  g_set_weak_pointer (&self->owner, owner);
}

void
assay_account_sync_open (AssayAccountSync *self, AssayPlatform *platform)
{
  g_autofree char *origin = NULL;

  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  g_return_if_fail (ASSAY_IS_PLATFORM (platform));

  g_set_object (&self->platform, platform);
  self->opened = TRUE;
  self->n_opened++;
  self->checked_at = 0;
  if (self->state == ASSAY_ACCOUNT_SIGNED_OUT || self->state == ASSAY_ACCOUNT_INSECURE)
    set_state (self, ASSAY_ACCOUNT_STARTING, NULL);
  origin = assay_account_sync_dup_origin (self);
  assay_outbox_worker_add_account (self->worker, get_id (self), platform, origin,
                                   self->state == ASSAY_ACCOUNT_PAUSED);
}

DexFuture *
assay_account_sync_wait_open (AssayAccountSync *self)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (self->opened || self->opener == NULL || self->owner == NULL)
    return dex_future_new_true ();
  return self->opener (self, self->owner);
}

void
assay_account_sync_fail (AssayAccountSync *self, const GError *error)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  g_return_if_fail (error != NULL);

  if (take_failure (self, error))
    assay_outbox_worker_stop_account (self->worker, get_id (self));
}

void
assay_account_sync_set_paused (AssayAccountSync *self, gboolean paused)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (paused == (self->state == ASSAY_ACCOUNT_PAUSED))
    return;
  assay_outbox_worker_set_paused (self->worker, get_id (self), paused);
  set_state (self, paused ? ASSAY_ACCOUNT_PAUSED : ASSAY_ACCOUNT_STARTING, NULL);
  if (paused)
    g_clear_handle_id (&self->timer, g_source_remove);
  else
    run_if_welcome (self);
}

void
assay_account_sync_set_progress (AssayAccountSync *self, const char *progress)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (g_set_str (&self->progress, progress))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
assay_account_sync_add_note (AssayAccountSync *self, const char *note)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));

  if (self->note == NULL)
    self->note = g_strdup (note);
}

gboolean
assay_account_sync_is_over (AssayAccountSync *self, GError **error)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (self), TRUE);

  if (!self->stopped && self->state != ASSAY_ACCOUNT_PAUSED)
    return FALSE;
  g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED, "stopped");
  return TRUE;
}

void
assay_account_sync_emit_removals (AssayAccountSync *self,
                                  gint64 project,
                                  const AssayRemovals *removals)
{
  g_signal_emit (self, signals[REMOVALS], 0, project, removals);
}

void
assay_account_sync_emit_returned (AssayAccountSync *self, gint64 row, const char *title)
{
  g_signal_emit (self, signals[RETURNED], 0, row, title);
}

void
assay_account_sync_emit_lease_near (AssayAccountSync *self,
                                    gint64 row,
                                    const char *title,
                                    gint64 seconds)
{
  g_signal_emit (self, signals[LEASE_NEAR], 0, row, title, seconds);
}

void
assay_account_sync_emit_draft_conflict (AssayAccountSync *self, gint64 row, const char *device)
{
  g_signal_emit (self, signals[DRAFT_CONFLICT], 0, row, device);
}

gboolean
assay_account_sync_is_refusal (const GError *error)
{
  return error->domain == ASSAY_PLATFORM_ERROR
         && assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_REFUSED;
}
