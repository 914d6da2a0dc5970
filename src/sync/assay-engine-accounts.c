/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-engine-private.h"
#include "assay-json-read.h"
#include "assay-open-platform.h"

/* Coming and going of accounts: each a fiber that does all of it or nothing. */

typedef struct
{
  AssayEngine *self; /* (owned) */
  char *account;     /* (nullable): its id */
  char *address;     /* (nullable) */
  char *authority;   /* (nullable) */
  char *secret;      /* (nullable): the newest */
  gboolean session_only;
  gboolean with_unsent;
} Change;

static Change *
change_new (AssayEngine *self, const char *account)
{
  Change *change = g_new0 (Change, 1);

  change->self = g_object_ref (self);
  change->account = g_strdup (account);
  return change;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->self);
  g_free (change->account);
  g_free (change->address);
  g_free (change->authority);
  assay_engine_wipe (change->secret);
  g_free (change);
}

static DexFuture *
refuse_unknown (void)
{
  return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND, "%s",
                                _ ("This account is not there any more."));
}

/* A trial may already trade the secret for another. */
static void
trial_secret_changed_cb (Change *change, const char *secret)
{
  assay_engine_wipe (change->secret);
  change->secret = g_strdup (secret);
}

/* Looks whether @change's secret is good at the platform. Resolves there and gives its platform. */
static AssayPlatformInfo *
try_secret (Change *change,
            const char *id,
            const char *address,
            AssayPlatform **platform,
            GError **error)
{
  AssayHttp *http = assay_engine_get_http (change->self, change->authority, error);

  if (http == NULL)
    return NULL;
  *platform = assay_open_platform_new (http, id, address, change->secret, NULL);
  g_signal_connect_swapped (*platform, "secret-changed", G_CALLBACK (trial_secret_changed_cb),
                            change);
  return dex_await_boxed (assay_platform_check (*platform), error);
}

static void
end_trial (Change *change, AssayPlatform *platform)
{
  if (platform != NULL)
    g_signal_handlers_disconnect_by_func (platform, trial_secret_changed_cb, change);
}

/* Until what is kept is the newest. */
static gboolean
keep_secret (Change *change, AssayAccount *account, GError **error)
{
  g_autofree char *label = assay_engine_make_label (account);
  gboolean done = FALSE;

  while (!done)
    {
      char *secret = g_strdup (change->secret);
      gboolean ok =
          dex_await (assay_secrets_save (change->self->secrets, assay_account_get_id (account),
                                         label, secret, change->session_only),
                     error);

      done = g_str_equal (secret, change->secret);
      assay_engine_wipe (secret);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static void
describe_settings (Change *change, AssayAccount *account, const AssayPlatformInfo *info)
{
  JsonObject *settings = assay_account_get_settings (account);

  json_object_set_member (settings, ASSAY_ACCOUNT_SETTING_PLATFORM,
                          assay_platform_info_to_json (info));
  json_object_set_boolean_member (settings, ASSAY_ACCOUNT_SETTING_SESSION_ONLY,
                                  change->session_only);
  if (change->authority != NULL)
    json_object_set_string_member (settings, ASSAY_ACCOUNT_SETTING_AUTHORITY, change->authority);
}

/* Adding */

static gboolean
is_there (AssayEngine *self, const AssayPlatformInfo *info, GError **error)
{
  for (guint i = 0; i < self->syncs->len; i++)
    {
      g_autoptr (AssayPlatformInfo) other =
          assay_engine_read_info (assay_account_sync_get_account (self->syncs->pdata[i]));

      if (other == NULL || g_strcmp0 (other->base, info->base) != 0
          || !assay_platform_info_is_same_person (other, info))
        continue;
      g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT,
                   /* Translators: the name of a person and that of a platform. */
                   _ ("The account of %s at %s is there already."), info->person, info->name);
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_title (AssayEngine *self, const char *title)
{
  for (guint i = 0; i < self->syncs->len; i++)
    if (g_str_equal (assay_account_get_title (
                         assay_account_sync_get_account (self->syncs->pdata[i])),
                     title))
      return TRUE;
  return FALSE;
}

static char *
make_title (AssayEngine *self, const AssayPlatformInfo *info)
{
  g_autofree char *title = assay_json_dup_label (*info->name != '\0' ? info->name : info->base);
  g_autofree char *person = NULL;
  g_autofree char *whole = NULL;

  if (!has_title (self, title) || *info->person == '\0')
    return g_steal_pointer (&title);
  person = assay_json_dup_label (info->person);
  /* Translators: the name of a platform, and that of the person who has an account there. */
  whole = g_strdup_printf (_ ("%s (%s)"), title, person);
  return g_steal_pointer (&whole);
}

static void
undo_add (Change *change)
{
  g_autoptr (GError) error = NULL;

  if (!dex_await (assay_store_forget_account (change->self->store, change->account, TRUE), &error))
    g_warning ("An account without its secret stays: %s", error->message);
  dex_await (assay_secrets_forget (change->self->secrets, change->account), NULL);
}

static DexFuture *
add_account (Change *change, AssayPlatform *platform, const AssayPlatformInfo *info)
{
  AssayEngine *self = change->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayAccount) account = NULL;
  g_autoptr (AssayAccountSync) sync = NULL;
  g_autofree char *title = NULL;

  if (is_there (self, info, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  title = make_title (self, info);
  account = assay_account_new (change->account, ASSAY_ACCOUNT_KIND_OPEN, title,
                               *info->base != '\0' ? info->base : change->address);
  describe_settings (change, account, info);
  if (!dex_await (assay_store_save_account (self->store, account), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* It may have been added twice at the same time. */
  if (!keep_secret (change, account, &error) || is_there (self, info, &error))
    {
      undo_add (change);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  end_trial (change, platform);
  assay_engine_keep_secret_of (self, platform, change->account);
  sync = assay_engine_make_sync (self, account, platform);
  assay_account_sync_open (sync, platform);
  assay_engine_insert (self, sync);
  if (!self->stopped)
    assay_account_sync_begin (sync);
  return dex_future_new_for_object (sync);
}

static DexFuture *
add_fiber (gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatform) platform = NULL;
  g_autoptr (AssayPlatformInfo) info =
      try_secret (change, change->account, change->address, &platform, &error);
  DexFuture *future = info != NULL ? add_account (change, platform, info)
                                   : dex_future_new_for_error (g_steal_pointer (&error));

  end_trial (change, platform);
  return future;
}

DexFuture *
assay_engine_add (AssayEngine *self,
                  const char *address,
                  const char *authority,
                  const char *secret,
                  gboolean session_only)
{
  g_autofree char *id = NULL;
  Change *change;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (address != NULL);
  dex_return_error_if_fail (secret != NULL);

  id = g_uuid_string_random ();
  change = change_new (self, id);
  change->address = g_strdup (address);
  change->authority = g_strdup (authority);
  change->secret = g_strdup (secret);
  change->session_only = session_only;
  return dex_scheduler_spawn (NULL, 0, add_fiber, change, change_free);
}

DexFuture *
assay_engine_look (AssayEngine *self, const char *address, const char *authority)
{
  g_autoptr (AssayPlatform) platform = NULL;
  g_autoptr (GError) error = NULL;
  AssayHttp *http;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (address != NULL);

  http = assay_engine_get_http (self, authority, &error);
  if (http == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  platform = assay_open_platform_new (http, "", address, NULL, NULL);
  return assay_platform_check (platform);
}

/* Signing in again */

static DexFuture *
sign_in (Change *change,
         AssayAccountSync *sync,
         AssayPlatform *platform,
         const AssayPlatformInfo *info)
{
  AssayEngine *self = change->self;
  AssayAccount *account = assay_account_sync_get_account (sync);
  g_autoptr (AssayPlatformInfo) known = assay_engine_read_info (account);
  g_autoptr (GError) error = NULL;

  if (known != NULL && *known->person != '\0' && !assay_platform_info_is_same_person (known, info))
    return dex_future_new_reject (
        ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
        /* Translators: the names of two persons. */
        _ ("This is the account of %s, and not that of %s. Add the other one as an account of its "
           "own."),
        known->person, info->person);
  if (!keep_secret (change, account, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* It was forgotten meanwhile. */
  if (assay_engine_find (self, change->account) != sync)
    {
      dex_await (assay_secrets_forget (self->secrets, change->account), NULL);
      return refuse_unknown ();
    }
  describe_settings (change, account, info);
  end_trial (change, platform);
  assay_engine_keep_secret_of (self, platform, change->account);
  assay_account_sync_open (sync, platform);
  if (!dex_await (assay_store_save_account (self->store, account), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* What waited for this goes first. */
  assay_outbox_worker_send_now (self->worker, change->account);
  dex_future_disown (assay_account_sync_run (sync));
  return dex_future_new_true ();
}

static DexFuture *
sign_in_fiber (gpointer user_data)
{
  Change *change = user_data;
  AssayAccountSync *found = assay_engine_find (change->self, change->account);
  g_autoptr (AssayAccountSync) sync = found != NULL ? g_object_ref (found) : NULL;
  g_autoptr (AssayPlatform) platform = NULL;
  g_autoptr (AssayPlatformInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  AssayAccount *account;
  DexFuture *future;

  if (sync == NULL)
    return refuse_unknown ();
  account = assay_account_sync_get_account (sync);
  change->authority = g_strdup (assay_json_get_string (assay_account_get_settings (account),
                                                       ASSAY_ACCOUNT_SETTING_AUTHORITY));
  info =
      try_secret (change, change->account, assay_account_get_address (account), &platform, &error);
  future = info != NULL ? sign_in (change, sync, platform, info)
                        : dex_future_new_for_error (g_steal_pointer (&error));
  end_trial (change, platform);
  return future;
}

DexFuture *
assay_engine_sign_in (AssayEngine *self,
                      const char *account,
                      const char *secret,
                      gboolean session_only)
{
  Change *change;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (secret != NULL);

  change = change_new (self, account);
  change->secret = g_strdup (secret);
  change->session_only = session_only;
  return dex_scheduler_spawn (NULL, 0, sign_in_fiber, change, change_free);
}

/* Trying */

static DexFuture *
test_fiber (gpointer user_data)
{
  Change *change = user_data;
  AssayAccountSync *found = assay_engine_find (change->self, change->account);
  g_autoptr (AssayAccountSync) sync = found != NULL ? g_object_ref (found) : NULL;
  g_autoptr (AssayPlatformInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (sync == NULL)
    return refuse_unknown ();
  if (dex_await (assay_account_sync_wait_open (sync), &error))
    info = dex_await_boxed (assay_platform_check (assay_account_sync_get_platform (sync)), &error);
  if (info == NULL)
    {
      assay_account_sync_fail (sync, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (assay_account_sync_get_state (sync) != ASSAY_ACCOUNT_ONLINE)
    dex_future_disown (assay_account_sync_run (sync));
  return dex_future_new_take_boxed (ASSAY_TYPE_PLATFORM_INFO, g_steal_pointer (&info));
}

DexFuture *
assay_engine_test (AssayEngine *self, const char *account)
{
  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (account != NULL);

  return dex_scheduler_spawn (NULL, 0, test_fiber, change_new (self, account), change_free);
}

/* Forgetting */

/* Whether the store will not let go of it: then nothing is given back either. */
static gboolean
is_kept_back (Change *change)
{
  g_autoptr (GError) error = NULL;
  g_autofree AssayAccountStock *stock =
      dex_await_boxed (assay_store_take_stock (change->self->store, change->account), &error);

  return stock == NULL || stock->n_doubtful > 0 || (stock->n_unsent > 0 && !change->with_unsent);
}

static DexFuture *
forget_fiber (gpointer user_data)
{
  Change *change = user_data;
  AssayEngine *self = change->self;
  AssayAccountSync *found = assay_engine_find (self, change->account);
  g_autoptr (AssayAccountSync) sync = found != NULL ? g_object_ref (found) : NULL;
  g_autoptr (GError) error = NULL;

  if (sync == NULL)
    return refuse_unknown ();
  if (is_kept_back (change))
    return assay_store_forget_account (self->store, change->account, change->with_unsent);
  assay_account_leases_release_unused (sync);
  assay_account_sync_stop (sync);
  assay_outbox_worker_remove_platform (self->worker, change->account);
  if (!dex_await (assay_store_forget_account (self->store, change->account, change->with_unsent),
                  &error))
    {
      if (sync->opened)
        assay_account_sync_open (sync, assay_account_sync_get_platform (sync));
      assay_account_sync_begin (sync);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  assay_engine_remove (self, sync);
  dex_await (assay_account_memory_forget (self->store, change->account), NULL);
  if (!dex_await (assay_secrets_forget (self->secrets, change->account), &error))
    g_warning ("The secret of an account that is forgotten stays: %s", error->message);
  return dex_future_new_true ();
}

DexFuture *
assay_engine_forget (AssayEngine *self, const char *account, gboolean with_unsent)
{
  Change *change;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (account != NULL);

  change = change_new (self, account);
  change->with_unsent = with_unsent;
  return dex_scheduler_spawn (NULL, 0, forget_fiber, change, change_free);
}
