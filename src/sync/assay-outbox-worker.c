/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-worker.h"

#include "assay-outbox-account.h"
#include "assay-outbox-policy.h"
#include "assay-outbox-words.h"

/* Where the store itself cannot write, nothing is sent either. */
#define STORE_PAUSE_SECONDS 30
/* A platform that asks for less gets at least this. */
#define SHORTEST_PAUSE_US G_USEC_PER_SEC
/* Until a network that answers in the place of others is looked at again. */
#define SUSPICION_PAUSE_US (30 * G_TIME_SPAN_SECOND)
/* The clock may be set while a timer runs, and the machine may sleep. */
#define LONGEST_TIMER_SECONDS 600

struct _AssayOutboxWorker
{
  GObject parent_instance;

  AssayStore *store;               /* (owned) */
  AssayReachability *reachability; /* (owned) (nullable) */
  GPtrArray *accounts;             /* (owned): of AssayOutboxAccount */
  guint timer;
  gboolean started;
  DexFuture *stopping; /* (owned) rejected when no more is to be waited for */

  gboolean counting;
  gboolean count_again;
  guint n_waiting;
  guint n_attention;
};

/* What a fiber works with. */
typedef struct
{
  AssayOutboxWorker *worker;   /* (owned) */
  AssayOutboxAccount *account; /* (owned) */
} Delivery;

G_DEFINE_FINAL_TYPE (AssayOutboxWorker, assay_outbox_worker, G_TYPE_OBJECT)

typedef enum
{
  PROP_N_WAITING = 1,
  PROP_N_ATTENTION,
} AssayOutboxWorkerProperty;

static GParamSpec *properties[PROP_N_ATTENTION + 1];

enum
{
  ACCEPTED,
  STOPPED,
  UNREACHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void serve (AssayOutboxWorker *self, AssayOutboxAccount *after);
static void look (AssayOutboxWorker *self);

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_object_unref (delivery->worker);
  assay_outbox_account_unref (delivery->account);
  g_free (delivery);
}

static gboolean
may_send (AssayOutboxWorker *self, AssayOutboxAccount *account)
{
  return self->started && !account->stopped && !account->paused && !account->removed
         && account->pause_until <= g_get_monotonic_time ();
}

static gboolean
is_origin_busy (AssayOutboxWorker *self, AssayOutboxAccount *account)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *other = self->accounts->pdata[i];

      if (other->running && assay_outbox_account_shares_origin (account, other))
        return TRUE;
    }
  return FALSE;
}

/* A platform that asks for less means everybody who asks it. */
static void
pause_origin (AssayOutboxWorker *self, AssayOutboxAccount *account, gint64 wait)
{
  gint64 until = g_get_monotonic_time () + wait;

  account->pause_until = MAX (account->pause_until, until);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *other = self->accounts->pdata[i];

      if (assay_outbox_account_shares_origin (account, other))
        other->pause_until = MAX (other->pause_until, until);
    }
}

/* It sends, or will as soon as another account of its origin is done. */
static gboolean
is_under_way (AssayOutboxWorker *self, AssayOutboxAccount *account)
{
  return account->running || (may_send (self, account) && is_origin_busy (self, account));
}

static gboolean
timer_cb (gpointer user_data)
{
  AssayOutboxWorker *self = user_data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* One timer, for whatever is due first. */
static void
update_timer (AssayOutboxWorker *self)
{
  gint64 now = g_get_real_time ();
  gint64 monotonic_now = g_get_monotonic_time ();
  gint64 shortest = -1;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->started)
    return;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *account = self->accounts->pdata[i];
      gint64 wait;

      if (account->running || account->stopped || account->paused || account->next_due < 0)
        continue;
      wait = MAX (MAX (account->next_due - now, account->pause_until - monotonic_now), 0);
      if (shortest < 0 || wait < shortest)
        shortest = wait;
    }

  if (shortest >= 0)
    self->timer =
        g_timeout_add (MIN (shortest / 1000 + 1, LONGEST_TIMER_SECONDS * 1000), timer_cb, self);
}

/* What happened must be written down, however long the store takes to be able to. Where the program
 * ends before, the row is one of which nothing is known. */
static gboolean
record (AssayOutboxWorker *self,
        AssayOutboxItem *item,
        const AssayOutboxVerdict *verdict,
        const char *receipt,
        guint status,
        gint64 next_at)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;

      if (dex_await (assay_store_outbox_end (
                         self->store, assay_outbox_item_get_id (item), verdict->state,
                         verdict->result_class, (int) status,
                         verdict->state == ASSAY_OUTBOX_ACCEPTED ? receipt : NULL, next_at),
                     &error))
        return TRUE;
      if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED)
          || g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT))
        return FALSE;
      g_warning ("The result of a submission could not be stored: %s", error->message);
      if (!self->started)
        return FALSE;
      dex_await (dex_future_first (dex_ref (self->stopping),
                                   dex_timeout_new_seconds (STORE_PAUSE_SECONDS), NULL),
                 NULL);
    }
}

/* What said yes without a receipt may have been the page of a network that wants to be paid.
 * Nothing more is sent to it before the platform itself answered. */
static gboolean
is_platform_there (AssayOutboxWorker *self, AssayOutboxAccount *account)
{
  g_autoptr (GError) error = NULL;

  if (!account->suspicious)
    return TRUE;
  if (dex_await (assay_platform_check (account->platform), &error)
      || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED))
    {
      account->suspicious = FALSE;
      return may_send (self, account);
    }
  g_message ("The platform does not answer as it should: %s", error->message);
  if (assay_outbox_judge (error, NULL).consequence == ASSAY_OUTBOX_STOP)
    {
      assay_outbox_account_stop (account, error);
      g_signal_emit (self, signals[STOPPED], 0, account->id, error);
    }
  account->pause_until =
      g_get_monotonic_time () + MAX (SUSPICION_PAUSE_US, assay_platform_error_get_wait_us (error));
  return FALSE;
}

/* One attempt for one row. FALSE: this account is done for now. */
static gboolean
deliver (AssayOutboxWorker *self, AssayOutboxAccount *account, AssayOutboxItem *item)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  AssayOutboxVerdict verdict;
  AssayOutgoing outgoing;
  gint64 wait = 0;
  gboolean recorded;

  if (!is_platform_there (self, account))
    return FALSE;
  /* Committed before the first byte leaves. */
  if (!dex_await (assay_store_outbox_begin (self->store, assay_outbox_item_get_id (item)), &error))
    {
      if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT))
        return TRUE;
      account->pause_until = g_get_monotonic_time () + STORE_PAUSE_SECONDS * G_TIME_SPAN_SECOND;
      return FALSE;
    }

  outgoing = (AssayOutgoing) {
    .submission = assay_outbox_item_get_submission (item),
    .kind = assay_outbox_item_get_kind (item),
    .method = assay_outbox_item_get_method (item),
    .target = assay_outbox_item_get_target (item),
    .body = assay_outbox_item_get_body (item),
    .again = assay_outbox_item_get_state (item) == ASSAY_OUTBOX_UNKNOWN,
  };
  receipt = dex_await_string (assay_platform_submit (account->platform, &outgoing), &error);
  verdict = assay_outbox_judge (error, receipt);
  if (verdict.state == ASSAY_OUTBOX_QUEUED || verdict.state == ASSAY_OUTBOX_UNKNOWN)
    wait = assay_outbox_backoff_us (assay_outbox_item_get_attempts (item) + 1, g_random_double ());
  if (verdict.consequence == ASSAY_OUTBOX_PAUSE)
    {
      wait = MAX (wait, SHORTEST_PAUSE_US);
      if (error != NULL)
        wait = MAX (wait, assay_platform_error_get_wait_us (error));
      pause_origin (self, account, wait);
    }
  account->suspicious =
      verdict.state == ASSAY_OUTBOX_UNKNOWN
      && (error == NULL || assay_platform_error_get_delivery (error) == ASSAY_DELIVERY_ANSWERED
          || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL));
  if (verdict.consequence == ASSAY_OUTBOX_STOP)
    assay_outbox_account_stop (account, error);
  if (error != NULL)
    g_message ("A submission was not accepted (%s): %s", verdict.result_class, error->message);

  /* Before the row says that it was refused. */
  if (verdict.state == ASSAY_OUTBOX_REFUSED && error != NULL)
    dex_future_disown (assay_outbox_words_keep (self->store, outgoing.submission, error));
  recorded = record (self, item, &verdict, receipt,
                     error != NULL ? assay_platform_error_get_status (error) : 0,
                     wait > 0 ? g_get_real_time () + wait : 0);
  if (verdict.consequence == ASSAY_OUTBOX_STOP)
    g_signal_emit (self, signals[STOPPED], 0, account->id, error);
  if (g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_OFFLINE))
    g_signal_emit (self, signals[UNREACHED], 0, account->id, error);
  if (recorded && verdict.state == ASSAY_OUTBOX_ACCEPTED)
    g_signal_emit (self, signals[ACCEPTED], 0, account->id, outgoing.submission);
  return recorded && may_send (self, account);
}

/* Everything that is due, oldest first. */
static gboolean
deliver_due (AssayOutboxWorker *self, AssayOutboxAccount *account, GError **error)
{
  g_autoptr (GPtrArray) items =
      dex_await_boxed (assay_store_list_due (self->store, account->id, g_get_real_time ()), error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      AssayOutboxItem *item = items->pdata[i];

      if (assay_outbox_account_can_deliver (account, item) && !deliver (self, account, item))
        break;
    }
  return TRUE;
}

static DexFuture *
deliver_fiber (gpointer user_data)
{
  Delivery *delivery = user_data;
  AssayOutboxWorker *self = delivery->worker;
  AssayOutboxAccount *account = delivery->account;
  g_autoptr (GError) error = NULL;

  do
    {
      account->again = FALSE;
      if (!deliver_due (self, account, &error))
        break;
      account->next_due =
          dex_await_int64 (assay_store_next_due (self->store, account->id,
                                                 assay_outbox_account_is_repeatable (account)),
                           &error);
    }
  while (error == NULL && account->again && may_send (self, account));

  account->running = FALSE;
  assay_outbox_account_settle_pushes (account);
  if (error != NULL)
    {
      account->next_due = -1;
      if (!g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED))
        {
          g_warning ("The outbox could not be read: %s", error->message);
          account->next_due = 0;
          account->pause_until = g_get_monotonic_time () + STORE_PAUSE_SECONDS * G_TIME_SPAN_SECOND;
        }
    }
  serve (self, account);
  return dex_future_new_true ();
}

/* Begins with every account that can go on, or with those alone that waited for @after. */
static void
serve (AssayOutboxWorker *self, AssayOutboxAccount *after)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *account = self->accounts->pdata[i];
      Delivery *delivery;

      if (!account->again
          || (after != NULL
              && (account == after || !assay_outbox_account_shares_origin (account, after)))
          || !may_send (self, account) || is_origin_busy (self, account))
        continue;

      account->running = TRUE;
      delivery = g_new0 (Delivery, 1);
      delivery->worker = g_object_ref (self);
      delivery->account = g_rc_box_acquire (account);
      dex_future_disown (dex_scheduler_spawn (NULL, 0, deliver_fiber, delivery, delivery_free));
    }
  for (guint i = 0; i < self->accounts->len; i++)
    if (!is_under_way (self, self->accounts->pdata[i]))
      assay_outbox_account_settle_pushes (self->accounts->pdata[i]);
  update_timer (self);
}

static void
look (AssayOutboxWorker *self)
{
  if (!self->started)
    return;

  for (guint i = 0; i < self->accounts->len; i++)
    ((AssayOutboxAccount *) self->accounts->pdata[i])->again = TRUE;
  serve (self, NULL);
}

static void count (AssayOutboxWorker *self);

static DexFuture *
counted_cb (DexFuture *future, gpointer user_data)
{
  AssayOutboxWorker *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  self->counting = FALSE;
  if (value != NULL)
    {
      GArray *counts = g_value_get_boxed (value);
      guint n_waiting = g_array_index (counts, guint, 0);
      guint n_attention = g_array_index (counts, guint, 1);

      if (n_waiting != self->n_waiting)
        {
          self->n_waiting = n_waiting;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
        }
      if (n_attention != self->n_attention)
        {
          self->n_attention = n_attention;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ATTENTION]);
        }
    }
  if (self->count_again)
    count (self);
  return dex_future_new_true ();
}

static void
count (AssayOutboxWorker *self)
{
  self->count_again = self->counting;
  if (self->counting)
    return;
  self->counting = TRUE;
  dex_future_disown (dex_future_finally (assay_store_count_outbox (self->store), counted_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
outbox_changed_cb (AssayOutboxWorker *self)
{
  count (self);
  look (self);
}

static void
came_back_cb (AssayOutboxWorker *self)
{
  if (self->started)
    dex_future_disown (assay_store_make_oldest_due (self->store));
}

static void
assay_outbox_worker_dispose (GObject *object)
{
  AssayOutboxWorker *self = ASSAY_OUTBOX_WORKER (object);

  assay_outbox_worker_stop (self);
  g_clear_object (&self->reachability);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (assay_outbox_worker_parent_class)->dispose (object);
}

static void
assay_outbox_worker_finalize (GObject *object)
{
  AssayOutboxWorker *self = ASSAY_OUTBOX_WORKER (object);

  g_ptr_array_unref (self->accounts);
  dex_unref (self->stopping);

  G_OBJECT_CLASS (assay_outbox_worker_parent_class)->finalize (object);
}

static void
assay_outbox_worker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayOutboxWorker *self = ASSAY_OUTBOX_WORKER (object);

  switch ((AssayOutboxWorkerProperty) prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;
    case PROP_N_ATTENTION:
      g_value_set_uint (value, self->n_attention);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_outbox_worker_class_init (AssayOutboxWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_outbox_worker_dispose;
  object_class->finalize = assay_outbox_worker_finalize;
  object_class->get_property = assay_outbox_worker_get_property;

  properties[PROP_N_WAITING] =
      g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_ATTENTION] =
      g_param_spec_uint ("n-attention", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACCEPTED] = g_signal_new ("accepted", ASSAY_TYPE_OUTBOX_WORKER, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[STOPPED] = g_signal_new ("stopped", ASSAY_TYPE_OUTBOX_WORKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[UNREACHED] = g_signal_new ("unreached", ASSAY_TYPE_OUTBOX_WORKER, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
assay_outbox_worker_init (AssayOutboxWorker *self)
{
  self->accounts = g_ptr_array_new_with_free_func (assay_outbox_account_unref);
  self->stopping = DEX_FUTURE (dex_cancellable_new ());
}

static AssayOutboxAccount *
find_account (AssayOutboxWorker *self, const char *id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *account = self->accounts->pdata[i];

      if (g_str_equal (account->id, id))
        return account;
    }
  return NULL;
}

AssayOutboxWorker *
assay_outbox_worker_new (AssayStore *store)
{
  AssayOutboxWorker *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);

  self = g_object_new (ASSAY_TYPE_OUTBOX_WORKER, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (outbox_changed_cb), self,
                           G_CONNECT_SWAPPED);
  count (self);
  return self;
}

void
assay_outbox_worker_add_platform (AssayOutboxWorker *self, const char *id, AssayPlatform *platform)
{
  assay_outbox_worker_add_account (self, id, platform, NULL, FALSE);
}

void
assay_outbox_worker_add_account (AssayOutboxWorker *self,
                                 const char *id,
                                 AssayPlatform *platform,
                                 const char *origin,
                                 gboolean paused)
{
  AssayOutboxAccount *account;

  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (ASSAY_IS_PLATFORM (platform));

  account = find_account (self, id);
  if (account == NULL)
    {
      account = assay_outbox_account_new (id);
      g_ptr_array_add (self->accounts, account);
    }
  g_set_object (&account->platform, platform);
  g_set_str (&account->origin, origin);
  account->paused = paused;
  assay_outbox_account_resume (account);
  look (self);
}

void
assay_outbox_worker_remove_platform (AssayOutboxWorker *self, const char *id)
{
  AssayOutboxAccount *account;

  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (id != NULL);

  account = find_account (self, id);
  if (account == NULL)
    return;
  account->removed = TRUE;
  if (!account->running)
    assay_outbox_account_settle_pushes (account);
  g_ptr_array_remove (self->accounts, account);
  update_timer (self);
}

void
assay_outbox_worker_set_paused (AssayOutboxWorker *self, const char *id, gboolean paused)
{
  AssayOutboxAccount *account;

  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (id != NULL);

  account = find_account (self, id);
  if (account == NULL || account->paused == paused)
    return;
  account->paused = paused;
  look (self);
}

void
assay_outbox_worker_stop_account (AssayOutboxWorker *self, const char *id)
{
  AssayOutboxAccount *account;

  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (id != NULL);

  account = find_account (self, id);
  if (account != NULL)
    assay_outbox_account_bar (account);
}

void
assay_outbox_worker_resume_account (AssayOutboxWorker *self, const char *id)
{
  AssayOutboxAccount *account;

  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (id != NULL);

  account = find_account (self, id);
  if (account == NULL || !account->stopped)
    return;
  assay_outbox_account_resume (account);
  look (self);
}

DexFuture *
assay_outbox_worker_push (AssayOutboxWorker *self, const char *id)
{
  AssayOutboxAccount *account;
  DexPromise *promise;

  dex_return_error_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  dex_return_error_if_fail (id != NULL);

  account = find_account (self, id);
  if (account == NULL)
    return dex_future_new_true ();
  look (self);
  if (!is_under_way (self, account))
    return dex_future_new_true ();
  promise = dex_promise_new ();
  g_ptr_array_add (account->pushes, dex_ref (promise));
  return DEX_FUTURE (promise);
}

void
assay_outbox_worker_follow (AssayOutboxWorker *self, AssayReachability *reachability)
{
  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));
  g_return_if_fail (ASSAY_IS_REACHABILITY (reachability));
  g_return_if_fail (self->reachability == NULL);

  self->reachability = g_object_ref (reachability);
  g_signal_connect_object (reachability, "came-back", G_CALLBACK (came_back_cb), self,
                           G_CONNECT_SWAPPED);
}

void
assay_outbox_worker_start (AssayOutboxWorker *self)
{
  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));

  self->started = TRUE;
  if (dex_future_is_rejected (self->stopping))
    {
      dex_unref (self->stopping);
      self->stopping = DEX_FUTURE (dex_cancellable_new ());
    }
  look (self);
}

void
assay_outbox_worker_stop (AssayOutboxWorker *self)
{
  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));

  /* What is on its way is finished and recorded. */
  self->started = FALSE;
  dex_cancellable_cancel (DEX_CANCELLABLE (self->stopping));
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
assay_outbox_worker_send_now (AssayOutboxWorker *self, const char *account_id)
{
  g_return_if_fail (ASSAY_IS_OUTBOX_WORKER (self));

  for (guint i = 0; i < self->accounts->len; i++)
    {
      AssayOutboxAccount *account = self->accounts->pdata[i];

      if (account_id != NULL && !g_str_equal (account_id, account->id))
        continue;
      if (!account->barred)
        assay_outbox_account_resume (account);
      account->pause_until = 0;
    }
  /* The store says that the outbox changed, and that wakes us. */
  dex_future_disown (assay_store_make_due (self->store, account_id));
}

guint
assay_outbox_worker_get_n_waiting (AssayOutboxWorker *self)
{
  g_return_val_if_fail (ASSAY_IS_OUTBOX_WORKER (self), 0);
  return self->n_waiting;
}
