/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-draft-keeper-private.h"
#include "assay-json.h"
#include "assay-store-private.h"

#define WRITE_INTERVAL_US (250 * G_TIME_SPAN_MILLISECOND)

static const guint retry_seconds[] = { 1, 5, 30 };

/* A flush, and the write that it waits for. */
typedef struct
{
  DexPromise *promise; /* (owned) */
  guint64 write;
} Waiter;

/* No judgement ever gets there. */
#define NO_GENERATION G_MAXUINT64

struct _AssayDraftKeeper
{
  GObject parent_instance;

  AssayStore *store;         /* (owned) */
  AssayJudgement *judgement; /* (owned) */
  gint64 task_row;
  AssayDraftClock clock;

  /* Writes are counted; the newest one may be in flight. */
  guint64 n_writes;
  gboolean in_flight;
  guint64 written_generation; /* of the newest write */
  guint64 saved_generation;   /* of the newest write that is on disk */
  GBytes *written;            /* (owned) (nullable): what the newest write wrote */
  gint64 last_write_us;
  guint timeout;
  guint n_failures;
  /* The store has a draft of it, so that an empty judgement is written as well. */
  gboolean is_stored;

  GPtrArray *waiters; /* (owned): of Waiter */
  AssayDraftState state;
  char *error_message; /* (nullable) */
  gboolean disk_full;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (AssayDraftKeeper, assay_draft_keeper, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (AssayDraftState,
                    assay_draft_state,
                    G_DEFINE_ENUM_VALUE (ASSAY_DRAFT_SAVED, "saved"),
                    G_DEFINE_ENUM_VALUE (ASSAY_DRAFT_DIRTY, "dirty"),
                    G_DEFINE_ENUM_VALUE (ASSAY_DRAFT_FAILED, "failed"))

typedef enum
{
  PROP_STATE = 1,
  PROP_ERROR_MESSAGE,
} AssayDraftKeeperProperty;

static GParamSpec *properties[PROP_ERROR_MESSAGE + 1];

enum
{
  SIGNAL_WRITING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void write_now (AssayDraftKeeper *self);

static void
waiter_free (Waiter *waiter)
{
  if (dex_future_is_pending (DEX_FUTURE (waiter->promise)))
    dex_promise_reject (waiter->promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                              "The keeper was stopped"));
  dex_unref (waiter->promise);
  g_free (waiter);
}

static gboolean
is_dirty (AssayDraftKeeper *self)
{
  return assay_judgement_get_generation (self->judgement) != self->saved_generation;
}

/* The state follows from what is known; nothing sets it by hand. */
static void
update_state (AssayDraftKeeper *self, const GError *error)
{
  const char *error_message = error != NULL ? error->message : NULL;
  AssayDraftState state = ASSAY_DRAFT_SAVED;

  if (!self->stopped && self->n_failures > 0)
    state = ASSAY_DRAFT_FAILED;
  else if (!self->stopped && is_dirty (self))
    state = ASSAY_DRAFT_DIRTY;

  if (state != ASSAY_DRAFT_FAILED)
    error_message = NULL;
  else if (error_message == NULL)
    error_message = self->error_message;
  if (error != NULL)
    self->disk_full = g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_FULL);
  if (error_message != self->error_message && g_set_str (&self->error_message, error_message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
  if (state != self->state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

static void
remove_timeout (AssayDraftKeeper *self)
{
  if (self->timeout != 0)
    self->clock.remove_timeout (self->timeout, self->clock.data);
  self->timeout = 0;
}

static gboolean
timeout_cb (gpointer user_data)
{
  AssayDraftKeeper *self = user_data;

  self->timeout = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

/* At most one write in flight and one pending: whatever changes meanwhile goes with the pending
 * one. */
static void
schedule (AssayDraftKeeper *self)
{
  guint milliseconds;

  if (self->stopped || self->in_flight || self->timeout != 0 || !is_dirty (self))
    return;

  if (self->n_failures > 0)
    {
      milliseconds = 1000 * retry_seconds[MIN (self->n_failures, G_N_ELEMENTS (retry_seconds)) - 1];
    }
  else
    {
      gint64 due = self->last_write_us + WRITE_INTERVAL_US;
      gint64 now = self->clock.get_time_us (self->clock.data);

      /* Rounded up, or a timeout would come a little too early and then wait again. */
      milliseconds = self->n_writes > 0 && due > now ? (due - now + 999) / 1000 : 0;
    }
  self->timeout = self->clock.add_timeout (milliseconds, timeout_cb, self, self->clock.data);
}

static void
settle_waiters (AssayDraftKeeper *self, const GError *error)
{
  for (guint i = 0; i < self->waiters->len;)
    {
      Waiter *waiter = self->waiters->pdata[i];

      if (waiter->write > self->n_writes)
        {
          i++;
          continue;
        }
      if (error != NULL)
        dex_promise_reject (waiter->promise, g_error_copy (error));
      else
        dex_promise_resolve_boolean (waiter->promise, TRUE);
      g_ptr_array_remove_index (self->waiters, i);
    }
}

static DexFuture *
written_cb (DexFuture *future, gpointer user_data)
{
  AssayDraftKeeper *self = user_data;
  g_autoptr (GError) error = NULL;

  self->in_flight = FALSE;
  if (dex_future_get_value (future, &error) != NULL)
    {
      self->saved_generation = self->written_generation;
      self->n_failures = 0;
      self->is_stored = TRUE;
    }
  else
    {
      g_clear_pointer (&self->written, g_bytes_unref);
      if (!self->stopped)
        {
          g_warning ("A draft could not be saved: %s", error->message);
          self->n_failures++;
        }
    }

  update_state (self, error);
  settle_waiters (self, error);
  if (self->waiters->len > 0)
    write_now (self);
  else
    schedule (self);
  return dex_future_new_true ();
}

static GBytes *
serialise (AssayDraftKeeper *self)
{
  g_autoptr (JsonNode) node = NULL;
  char *text;

  g_signal_emit (self, signals[SIGNAL_WRITING], 0);
  node = assay_judgement_to_draft_json (self->judgement);
  text = assay_json_to_string (node);
  return g_bytes_new_take (text, strlen (text));
}

static DexFuture *
save (AssayDraftKeeper *self, GBytes *draft)
{
  return assay_store_save_draft (self->store, self->task_row,
                                 assay_judgement_get_id (self->judgement),
                                 assay_task_get_digest (assay_judgement_get_task (self->judgement)),
                                 draft, assay_judgement_is_empty (self->judgement));
}

/* A judgement that was never touched leaves no trace, and one that is settled is no draft. */
static gboolean
can_write (AssayDraftKeeper *self)
{
  return !self->stopped && !assay_judgement_get_final (self->judgement)
         && (self->is_stored || is_dirty (self));
}

/* @serialised: (nullable): the draft as it is, where that is at hand. */
static void
write_serialised (AssayDraftKeeper *self, GBytes *serialised)
{
  g_autoptr (GBytes) draft = NULL;

  if (self->in_flight)
    return;
  if (!can_write (self))
    {
      /* Nobody waits for a write that never comes. */
      g_ptr_array_set_size (self->waiters, 0);
      return;
    }

  remove_timeout (self);
  draft = serialised != NULL ? g_bytes_ref (serialised) : serialise (self);
  self->n_writes++;
  self->in_flight = TRUE;
  self->last_write_us = self->clock.get_time_us (self->clock.data);
  self->written_generation = assay_judgement_get_generation (self->judgement);
  g_clear_pointer (&self->written, g_bytes_unref);
  self->written = g_bytes_ref (draft);

  dex_future_disown (
      dex_future_finally (save (self, draft), written_cb, g_object_ref (self), g_object_unref));
}

static void
write_now (AssayDraftKeeper *self)
{
  write_serialised (self, NULL);
}

static void
changed_cb (AssayDraftKeeper *self)
{
  update_state (self, NULL);
  schedule (self);
}

static gint64
real_get_time_us (gpointer data)
{
  return g_get_monotonic_time ();
}

static guint
real_add_timeout (guint milliseconds, GSourceFunc function, gpointer user_data, gpointer data)
{
  return g_timeout_add (milliseconds, function, user_data);
}

static void
real_remove_timeout (guint id, gpointer data)
{
  g_source_remove (id);
}

static void
assay_draft_keeper_dispose (GObject *object)
{
  AssayDraftKeeper *self = ASSAY_DRAFT_KEEPER (object);

  if (self->clock.remove_timeout != NULL)
    remove_timeout (self);
  /* Whoever drops the keeper without a flush still loses nothing. */
  if (self->judgement != NULL && is_dirty (self) && can_write (self))
    {
      g_autoptr (GBytes) draft = serialise (self);

      self->n_writes++;
      dex_future_disown (save (self, draft));
    }
  if (self->store != NULL && self->n_writes > 0)
    _assay_store_note_work (self->store);
  self->stopped = TRUE;
  g_ptr_array_set_size (self->waiters, 0);
  g_clear_object (&self->judgement);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (assay_draft_keeper_parent_class)->dispose (object);
}

static void
assay_draft_keeper_finalize (GObject *object)
{
  AssayDraftKeeper *self = ASSAY_DRAFT_KEEPER (object);

  g_clear_pointer (&self->written, g_bytes_unref);
  g_ptr_array_unref (self->waiters);
  g_free (self->error_message);

  G_OBJECT_CLASS (assay_draft_keeper_parent_class)->finalize (object);
}

static void
assay_draft_keeper_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayDraftKeeper *self = ASSAY_DRAFT_KEEPER (object);

  switch ((AssayDraftKeeperProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error_message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_draft_keeper_class_init (AssayDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_draft_keeper_dispose;
  object_class->finalize = assay_draft_keeper_finalize;
  object_class->get_property = assay_draft_keeper_get_property;

  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, ASSAY_TYPE_DRAFT_STATE, ASSAY_DRAFT_SAVED, readable);
  properties[PROP_ERROR_MESSAGE] =
      g_param_spec_string ("error-message", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_WRITING] = g_signal_new ("writing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_draft_keeper_init (AssayDraftKeeper *self)
{
  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
}

AssayDraftKeeper *
_assay_draft_keeper_new_with_clock (AssayStore *store,
                                    gint64 task_row,
                                    AssayJudgement *judgement,
                                    const AssayDraftClock *clock)
{
  AssayDraftKeeper *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  self = g_object_new (ASSAY_TYPE_DRAFT_KEEPER, NULL);
  self->store = g_object_ref (store);
  self->task_row = task_row;
  self->judgement = g_object_ref (judgement);
  self->clock = *clock;
  /* As it comes from the store it has the generation 0. */
  self->is_stored = !assay_judgement_is_empty (judgement);
  g_signal_connect_object (judgement, "notify::generation", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}

AssayDraftKeeper *
assay_draft_keeper_new (AssayStore *store, gint64 task_row, AssayJudgement *judgement)
{
  static const AssayDraftClock real = { real_get_time_us, real_add_timeout, real_remove_timeout,
                                        NULL };

  return _assay_draft_keeper_new_with_clock (store, task_row, judgement, &real);
}

AssayDraftState
assay_draft_keeper_get_state (AssayDraftKeeper *self)
{
  g_return_val_if_fail (ASSAY_IS_DRAFT_KEEPER (self), ASSAY_DRAFT_SAVED);
  return self->state;
}

const char *
assay_draft_keeper_get_error_message (AssayDraftKeeper *self)
{
  g_return_val_if_fail (ASSAY_IS_DRAFT_KEEPER (self), NULL);
  return self->error_message;
}

DexFuture *
assay_draft_keeper_flush (AssayDraftKeeper *self)
{
  g_autoptr (GBytes) draft = NULL;
  DexFuture *future;
  Waiter *waiter;

  g_return_val_if_fail (ASSAY_IS_DRAFT_KEEPER (self), NULL);

  /* Where nothing was entered since, the cursor or the time worked may still have moved. */
  if (!self->in_flight && !is_dirty (self) && can_write (self) && self->written != NULL)
    {
      draft = serialise (self);
      if (g_bytes_equal (draft, self->written))
        return dex_future_new_true ();
    }
  if (!self->in_flight && !can_write (self))
    return dex_future_new_true ();

  waiter = g_new0 (Waiter, 1);
  waiter->promise = dex_promise_new ();
  /* What is in flight now may be older than what is asked for. */
  waiter->write =
      self->in_flight
              && self->written_generation == assay_judgement_get_generation (self->judgement)
          ? self->n_writes
          : self->n_writes + 1;
  g_ptr_array_add (self->waiters, waiter);
  future = dex_ref (DEX_FUTURE (waiter->promise));
  write_serialised (self, draft);
  return future;
}

void
assay_draft_keeper_distrust (AssayDraftKeeper *self)
{
  g_return_if_fail (ASSAY_IS_DRAFT_KEEPER (self));

  if (self->stopped || assay_judgement_get_final (self->judgement)
      || (!self->is_stored && !self->in_flight))
    return;
  self->saved_generation = NO_GENERATION;
  /* What is in flight may have been written before the loss. */
  self->written_generation = NO_GENERATION;
  changed_cb (self);
}

void
assay_draft_keeper_stop (AssayDraftKeeper *self)
{
  g_return_if_fail (ASSAY_IS_DRAFT_KEEPER (self));

  if (self->stopped)
    return;
  self->stopped = TRUE;
  remove_timeout (self);
  update_state (self, NULL);
}

gboolean
assay_draft_keeper_get_disk_full (AssayDraftKeeper *self)
{
  g_return_val_if_fail (ASSAY_IS_DRAFT_KEEPER (self), FALSE);

  return self->state == ASSAY_DRAFT_FAILED && self->disk_full;
}
