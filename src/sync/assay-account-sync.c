/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-sync.h"

#include <glib/gi18n.h>

struct _AssayAccountSync
{
  GObject parent_instance;

  AssayStore *store;         /* (owned) */
  AssayOutboxWorker *worker; /* (owned) */
  AssayAccount *account;     /* (owned) */
  AssayPlatform *platform;   /* (owned) */

  AssayAccountState state;
  char *message;  /* (owned) (nullable) */
  char *progress; /* (owned) (nullable) */
  gint64 last_success;
  gboolean busy;
};

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
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
assay_account_sync_dispose (GObject *object)
{
  AssayAccountSync *self = ASSAY_ACCOUNT_SYNC (object);

  g_clear_object (&self->store);
  g_clear_object (&self->worker);
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
}

static void
assay_account_sync_init (AssayAccountSync *self)
{
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

static DexFuture *
refuse (void)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
                                "Accounts are not there yet");
}

DexFuture *
assay_account_sync_run (AssayAccountSync *self)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  return refuse ();
}

void
assay_account_sync_stop (AssayAccountSync *self)
{
  g_return_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
}

DexFuture *
assay_account_sync_claim (AssayAccountSync *self, gint64 project, guint count)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  return refuse ();
}

DexFuture *
assay_account_sync_release (AssayAccountSync *self, gint64 task_row)
{
  dex_return_error_if_fail (ASSAY_IS_ACCOUNT_SYNC (self));
  return refuse ();
}
