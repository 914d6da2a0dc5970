/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-engine.h"

#include <glib/gi18n.h>

struct _AssayEngine
{
  GObject parent_instance;

  AssayStore *store;               /* (owned) */
  AssayOutboxWorker *worker;       /* (owned) */
  AssaySecrets *secrets;           /* (owned) */
  AssayReachability *reachability; /* (owned) */
  GPtrArray *syncs;                /* (owned): of AssayAccountSync, by title */

  guint n_signed_out;
  gboolean busy;
  AssayAccountState state;
};

static void assay_engine_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayEngine,
                               assay_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      assay_engine_list_model_init))

typedef enum
{
  PROP_N_SIGNED_OUT = 1,
  PROP_BUSY,
  PROP_STATE,
} AssayEngineProperty;

static GParamSpec *properties[PROP_STATE + 1];

static GType
assay_engine_get_item_type (GListModel *model)
{
  return ASSAY_TYPE_ACCOUNT_SYNC;
}

static guint
assay_engine_get_n_items (GListModel *model)
{
  return ASSAY_ENGINE (model)->syncs->len;
}

static gpointer
assay_engine_get_item (GListModel *model, guint position)
{
  AssayEngine *self = ASSAY_ENGINE (model);

  return position < self->syncs->len ? g_object_ref (self->syncs->pdata[position]) : NULL;
}

static void
assay_engine_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = assay_engine_get_item_type;
  iface->get_n_items = assay_engine_get_n_items;
  iface->get_item = assay_engine_get_item;
}

static void
assay_engine_dispose (GObject *object)
{
  AssayEngine *self = ASSAY_ENGINE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->worker);
  g_clear_object (&self->secrets);
  g_clear_object (&self->reachability);

  G_OBJECT_CLASS (assay_engine_parent_class)->dispose (object);
}

static void
assay_engine_finalize (GObject *object)
{
  AssayEngine *self = ASSAY_ENGINE (object);

  g_ptr_array_unref (self->syncs);

  G_OBJECT_CLASS (assay_engine_parent_class)->finalize (object);
}

static void
assay_engine_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayEngine *self = ASSAY_ENGINE (object);

  switch ((AssayEngineProperty) prop_id)
    {
    case PROP_N_SIGNED_OUT:
      g_value_set_uint (value, self->n_signed_out);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_engine_class_init (AssayEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_engine_dispose;
  object_class->finalize = assay_engine_finalize;
  object_class->get_property = assay_engine_get_property;

  properties[PROP_N_SIGNED_OUT] =
      g_param_spec_uint ("n-signed-out", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, ASSAY_ACCOUNT_STARTING, ASSAY_ACCOUNT_PAUSED,
                        ASSAY_ACCOUNT_ONLINE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_engine_init (AssayEngine *self)
{
  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  self->state = ASSAY_ACCOUNT_ONLINE;
}

AssayEngine *
assay_engine_new (AssayStore *store,
                  AssayOutboxWorker *worker,
                  AssaySecrets *secrets,
                  AssayReachability *reachability)
{
  AssayEngine *self;

  g_return_val_if_fail (ASSAY_IS_STORE (store), NULL);
  g_return_val_if_fail (ASSAY_IS_OUTBOX_WORKER (worker), NULL);
  g_return_val_if_fail (ASSAY_IS_SECRETS (secrets), NULL);
  g_return_val_if_fail (ASSAY_IS_REACHABILITY (reachability), NULL);

  self = g_object_new (ASSAY_TYPE_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->worker = g_object_ref (worker);
  self->secrets = g_object_ref (secrets);
  self->reachability = g_object_ref (reachability);
  return self;
}

static DexFuture *
refuse (void)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
                                "Accounts are not there yet");
}

DexFuture *
assay_engine_start (AssayEngine *self)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return dex_future_new_true ();
}

void
assay_engine_stop (AssayEngine *self)
{
  g_return_if_fail (ASSAY_IS_ENGINE (self));
}

AssayAccountSync *
assay_engine_find (AssayEngine *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  for (guint i = 0; i < self->syncs->len; i++)
    {
      AssayAccountSync *sync = self->syncs->pdata[i];

      if (g_str_equal (assay_account_get_id (assay_account_sync_get_account (sync)), account))
        return sync;
    }
  return NULL;
}

void
assay_engine_run (AssayEngine *self)
{
  g_return_if_fail (ASSAY_IS_ENGINE (self));
}

DexFuture *
assay_engine_look (AssayEngine *self, const char *address, const char *authority)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

DexFuture *
assay_engine_add (AssayEngine *self,
                  const char *address,
                  const char *authority,
                  const char *secret,
                  gboolean session_only)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

DexFuture *
assay_engine_sign_in (AssayEngine *self,
                      const char *account,
                      const char *secret,
                      gboolean session_only)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

DexFuture *
assay_engine_test (AssayEngine *self, const char *account)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

void
assay_engine_set_paused (AssayEngine *self, const char *account, gboolean paused)
{
  g_return_if_fail (ASSAY_IS_ENGINE (self));
}

DexFuture *
assay_engine_forget (AssayEngine *self, const char *account, gboolean with_unsent)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

DexFuture *
assay_engine_submit (AssayEngine *self,
                     AssayOpenTask *task,
                     AssayJudgement *judgement,
                     GBytes *draft,
                     gint64 undo_window_us)
{
  AssayProject *project;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (ASSAY_IS_OPEN_TASK (task));

  project = assay_open_task_get_project (task);
  if (assay_engine_find (self, assay_project_get_account (project)) == NULL)
    return assay_store_submit (self->store, assay_open_task_get_row (task), judgement, draft,
                               undo_window_us);
  return refuse ();
}

DexFuture *
assay_engine_acknowledge (AssayEngine *self,
                          const char *account,
                          const char *guideline,
                          int version)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}

DexFuture *
assay_engine_dispute (AssayEngine *self,
                      const char *account,
                      const char *feedback,
                      const char *text)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  return refuse ();
}
