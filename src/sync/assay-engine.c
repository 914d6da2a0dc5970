/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-engine-private.h"
#include "assay-json.h"
#include "assay-open-platform.h"

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

static void secret_changed_cb (AssayPlatform *platform, const char *secret, AssayEngine *self);

/* What is shown for all together: the worst comes last. */
static guint
get_rank (AssayAccountState state)
{
  static const AssayAccountState ranks[] = {
    ASSAY_ACCOUNT_PAUSED,  ASSAY_ACCOUNT_STARTING,   ASSAY_ACCOUNT_OFFLINE,
    ASSAY_ACCOUNT_FAILING, ASSAY_ACCOUNT_SIGNED_OUT, ASSAY_ACCOUNT_INSECURE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (ranks[i] == state)
      return i;
  return 0;
}

static void
update (AssayEngine *self)
{
  guint n_signed_out = 0;
  gboolean busy = FALSE;
  gboolean online = self->syncs->len == 0;
  AssayAccountState worst = ASSAY_ACCOUNT_PAUSED;

  for (guint i = 0; i < self->syncs->len; i++)
    {
      AssayAccountSync *sync = self->syncs->pdata[i];
      AssayAccountState state = assay_account_sync_get_state (sync);

      busy |= assay_account_sync_get_busy (sync);
      n_signed_out += state == ASSAY_ACCOUNT_SIGNED_OUT;
      online |= state == ASSAY_ACCOUNT_ONLINE;
      if (get_rank (state) > get_rank (worst))
        worst = state;
    }
  if (online)
    worst = ASSAY_ACCOUNT_ONLINE;

  if (n_signed_out != self->n_signed_out)
    {
      self->n_signed_out = n_signed_out;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SIGNED_OUT]);
    }
  if (busy != self->busy)
    {
      self->busy = busy;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
  if (worst != self->state)
    {
      self->state = worst;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

static AssayAccount *
get_account (AssayEngine *self, guint i)
{
  return assay_account_sync_get_account (self->syncs->pdata[i]);
}

/* Secrets */

void
assay_engine_wipe (gpointer secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

gboolean
assay_engine_is_session_only (AssayAccount *account)
{
  return assay_json_get_boolean (assay_account_get_settings (account),
                                 ASSAY_ACCOUNT_SETTING_SESSION_ONLY, FALSE);
}

char *
assay_engine_make_label (AssayAccount *account)
{
  /* Translators: what the keyring shows of an entry; %s is a platform's name. */
  return g_strdup_printf (_ ("Assay: account at %s"), assay_account_get_title (account));
}

typedef struct
{
  AssayEngine *self;     /* (owned) */
  AssayAccount *account; /* (owned) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->self);
  g_object_unref (saving->account);
  g_free (saving);
}

/* One after another, so that the newest is what stays. */
static DexFuture *
save_secret_fiber (gpointer user_data)
{
  Saving *saving = user_data;
  AssayEngine *self = saving->self;
  const char *id = assay_account_get_id (saving->account);
  g_autofree char *label = assay_engine_make_label (saving->account);
  gboolean session_only = assay_engine_is_session_only (saving->account);
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (GError) error = NULL;
      char *secret = g_strdup (g_hash_table_lookup (self->unsaved, id));

      if (!dex_await (assay_secrets_save (self->secrets, id, label, secret, session_only), &error))
        {
          /* For as long as the program runs it is still known. */
          g_warning ("A new secret could not be kept: %s", error->message);
          dex_await (assay_secrets_save (self->secrets, id, label, secret, TRUE), NULL);
        }
      done = g_strcmp0 (g_hash_table_lookup (self->unsaved, id), secret) == 0;
      assay_engine_wipe (secret);
    }
  g_hash_table_remove (self->unsaved, id);
  return dex_future_new_true ();
}

static void
save_secret (AssayEngine *self, AssayAccount *account, const char *secret)
{
  const char *id = assay_account_get_id (account);
  gboolean saving = g_hash_table_contains (self->unsaved, id);
  Saving *data;

  g_hash_table_replace (self->unsaved, g_strdup (id), g_strdup (secret));
  if (saving)
    return;
  data = g_new0 (Saving, 1);
  data->self = g_object_ref (self);
  data->account = g_object_ref (account);
  dex_future_disown (dex_scheduler_spawn (NULL, 0, save_secret_fiber, data, saving_free));
}

static void
secret_changed_cb (AssayPlatform *platform, const char *secret, AssayEngine *self)
{
  const char *id = g_object_get_data (G_OBJECT (platform), "assay-account");
  AssayAccountSync *sync = assay_engine_find (self, id);

  if (sync != NULL)
    save_secret (self, assay_account_sync_get_account (sync), secret);
}

void
assay_engine_keep_secret_of (AssayEngine *self, AssayPlatform *platform, const char *account)
{
  g_object_set_data_full (G_OBJECT (platform), "assay-account", g_strdup (account), g_free);
  g_signal_connect_object (platform, "secret-changed", G_CALLBACK (secret_changed_cb), self, 0);
}

/* Making accounts */

AssayHttp *
assay_engine_get_http (AssayEngine *self, const char *authority, GError **error)
{
  AssayHttp *http;

  if (authority == NULL || *authority == '\0')
    {
      if (self->http == NULL)
        self->http = assay_http_new ();
      return self->http;
    }
  http = g_hash_table_lookup (self->https, authority);
  if (http != NULL)
    return http;
  http = assay_http_new_with_authority (authority, error);
  if (http != NULL)
    g_hash_table_insert (self->https, g_strdup (authority), http);
  return http;
}

AssayPlatformInfo *
assay_engine_read_info (AssayAccount *account)
{
  return assay_platform_info_new_from_json (json_object_get_member (
      assay_account_get_settings (account), ASSAY_ACCOUNT_SETTING_PLATFORM));
}

static AssayPlatform *
make_platform (AssayEngine *self, AssayAccount *account, const char *secret, GError **error)
{
  g_autoptr (AssayPlatformInfo) info = assay_engine_read_info (account);
  AssayHttp *http =
      assay_engine_get_http (self,
                             assay_json_get_string (assay_account_get_settings (account),
                                                    ASSAY_ACCOUNT_SETTING_AUTHORITY),
                             error);

  if (http == NULL)
    return NULL;
  return assay_open_platform_new (http, assay_account_get_id (account),
                                  assay_account_get_address (account), secret, info);
}

typedef struct
{
  AssayEngine *self;      /* (owned) */
  AssayAccountSync *sync; /* (owned) */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->self);
  g_object_unref (opening->sync);
  g_free (opening);
}

static DexFuture *
open_fiber (gpointer user_data)
{
  Opening *opening = user_data;
  AssayEngine *self = opening->self;
  AssayAccount *account = assay_account_sync_get_account (opening->sync);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatform) platform = NULL;
  char *secret =
      dex_await_string (assay_secrets_load (self->secrets, assay_account_get_id (account)), &error);

  if (secret == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  platform = make_platform (self, account, secret, &error);
  assay_engine_wipe (secret);
  if (platform == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  assay_engine_keep_secret_of (self, platform, assay_account_get_id (account));
  assay_account_sync_open (opening->sync, platform);
  return dex_future_new_true ();
}

static DexFuture *
open_account (AssayAccountSync *sync, gpointer owner)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->self = g_object_ref (ASSAY_ENGINE (owner));
  opening->sync = g_object_ref (sync);
  return dex_scheduler_spawn (NULL, 0, open_fiber, opening, opening_free);
}

AssayAccountSync *
assay_engine_make_sync (AssayEngine *self, AssayAccount *account, AssayPlatform *platform)
{
  AssayAccountSync *sync = assay_account_sync_new (self->store, self->worker, account, platform);

  assay_account_sync_follow (sync, self->reachability);
  assay_account_sync_set_opener (sync, open_account, G_OBJECT (self));
  return sync;
}

static int
compare_titles (AssayAccountSync *a, AssayAccountSync *b)
{
  AssayAccount *first = assay_account_sync_get_account (a);
  AssayAccount *second = assay_account_sync_get_account (b);
  int order = g_utf8_collate (assay_account_get_title (first), assay_account_get_title (second));

  return order != 0 ? order : strcmp (assay_account_get_id (first), assay_account_get_id (second));
}

void
assay_engine_insert (AssayEngine *self, AssayAccountSync *sync)
{
  guint position = 0;

  while (position < self->syncs->len && compare_titles (self->syncs->pdata[position], sync) < 0)
    position++;
  g_ptr_array_insert (self->syncs, (int) position, g_object_ref (sync));
  g_signal_connect_object (sync, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::busy", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  update (self);
}

void
assay_engine_remove (AssayEngine *self, AssayAccountSync *sync)
{
  guint position;

  if (!g_ptr_array_find (self->syncs, sync, &position))
    return;
  g_signal_handlers_disconnect_by_func (sync, update, self);
  g_ptr_array_remove_index (self->syncs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  update (self);
}

/* One whose file of authorities is gone is there all the same: nothing is lost, and its first round
 * says what is wrong. */
static void
load_account (AssayEngine *self, AssayAccount *account)
{
  g_autoptr (AssayPlatform) platform = make_platform (self, account, NULL, NULL);
  g_autoptr (AssayAccountSync) sync = NULL;

  if (platform == NULL)
    {
      g_autoptr (AssayPlatformInfo) info = assay_engine_read_info (account);

      platform = assay_open_platform_new (assay_engine_get_http (self, NULL, NULL),
                                          assay_account_get_id (account),
                                          assay_account_get_address (account), NULL, info);
    }
  sync = assay_engine_make_sync (self, account, platform);
  assay_engine_insert (self, sync);
  if (assay_json_get_boolean (assay_account_get_settings (account), ASSAY_ACCOUNT_SETTING_PAUSED,
                              FALSE))
    assay_account_sync_set_paused (sync, TRUE);
}

static DexFuture *
start_fiber (gpointer user_data)
{
  AssayEngine *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts =
      dex_await_boxed (assay_store_list_accounts (self->store), &error);

  if (accounts == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < accounts->len && !self->stopped; i++)
    {
      AssayAccount *account = accounts->pdata[i];

      if (g_strcmp0 (assay_account_get_kind (account), ASSAY_ACCOUNT_KIND_OPEN) == 0
          && !assay_account_is_local (account)
          && assay_engine_find (self, assay_account_get_id (account)) == NULL)
        load_account (self, account);
    }
  for (guint i = 0; i < self->syncs->len && !self->stopped; i++)
    assay_account_sync_begin (self->syncs->pdata[i]);
  return dex_future_new_true ();
}

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

  assay_engine_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->worker);
  g_clear_object (&self->secrets);
  g_clear_object (&self->reachability);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (assay_engine_parent_class)->dispose (object);
}

static void
assay_engine_finalize (GObject *object)
{
  AssayEngine *self = ASSAY_ENGINE (object);

  g_ptr_array_unref (self->syncs);
  g_hash_table_unref (self->https);
  g_hash_table_unref (self->unsaved);

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
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ASSAY_ACCOUNT_STARTING,
                                             ASSAY_ACCOUNT_PAUSED, ASSAY_ACCOUNT_ONLINE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_engine_init (AssayEngine *self)
{
  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  self->https = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, assay_engine_wipe);
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

DexFuture *
assay_engine_start (AssayEngine *self)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));

  self->stopped = FALSE;
  return dex_scheduler_spawn (NULL, 0, start_fiber, g_object_ref (self), g_object_unref);
}

void
assay_engine_stop (AssayEngine *self)
{
  g_return_if_fail (ASSAY_IS_ENGINE (self));

  self->stopped = TRUE;
  for (guint i = 0; i < self->syncs->len; i++)
    assay_account_sync_stop (self->syncs->pdata[i]);
}

AssayAccountSync *
assay_engine_find (AssayEngine *self, const char *account)
{
  g_return_val_if_fail (ASSAY_IS_ENGINE (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  for (guint i = 0; i < self->syncs->len; i++)
    if (g_str_equal (assay_account_get_id (get_account (self, i)), account))
      return self->syncs->pdata[i];
  return NULL;
}

void
assay_engine_run (AssayEngine *self)
{
  g_return_if_fail (ASSAY_IS_ENGINE (self));

  for (guint i = 0; i < self->syncs->len; i++)
    dex_future_disown (assay_account_sync_run (self->syncs->pdata[i]));
}

void
assay_engine_set_paused (AssayEngine *self, const char *account, gboolean paused)
{
  AssayAccountSync *sync;
  JsonObject *settings;

  g_return_if_fail (ASSAY_IS_ENGINE (self));
  g_return_if_fail (account != NULL);

  sync = assay_engine_find (self, account);
  if (sync == NULL)
    return;
  settings = assay_account_get_settings (assay_account_sync_get_account (sync));
  json_object_set_boolean_member (settings, ASSAY_ACCOUNT_SETTING_PAUSED, paused);
  dex_future_disown (assay_store_save_account (self->store, assay_account_sync_get_account (sync)));
  assay_account_sync_set_paused (sync, paused);
}
