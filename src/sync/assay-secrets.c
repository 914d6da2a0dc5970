/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

struct _AssaySecrets
{
  GObject parent_instance;

  char *profile;       /* (owned) */
  GHashTable *session; /* (owned): account → secret, wiped when it is let go of */
  /* One call after another: where libsecret keeps a file, two at once spoil each other. */
  gboolean asking;
  GQueue waiting; /* of Call */
};

G_DEFINE_FINAL_TYPE (AssaySecrets, assay_secrets, G_TYPE_OBJECT)
G_DEFINE_QUARK (assay - secrets - error - quark, assay_secrets_error)

/* Found by in a keyring that is not ours alone: what is written there stays findable for ever. */
static const SecretSchema schema = {
  ASSAY_APP_ID ".Account",
  SECRET_SCHEMA_NONE,
  {
      { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

typedef enum
{
  LOAD,
  SAVE,
  FORGET,
} Deed;

/* One call of the service. */
typedef struct
{
  AssaySecrets *self; /* (owned) */
  Deed deed;
  char *label;            /* (nullable) */
  char *secret;           /* (nullable) */
  DexPromise *promise;    /* (owned) */
  GHashTable *attributes; /* (owned) */
} Call;

static void ask_next (AssaySecrets *self);

static void
wipe (gpointer secret)
{
  if (secret != NULL)
    secret_password_wipe (secret);
  g_free (secret);
}

/* The next one may begin. */
static void
call_end (Call *call)
{
  g_autoptr (AssaySecrets) self = call->self;

  dex_unref (call->promise);
  g_hash_table_unref (call->attributes);
  g_free (call->label);
  wipe (call->secret);
  g_free (call);
  self->asking = FALSE;
  ask_next (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_end)

/* What the service, the bus or the portal said becomes something that can be decided on. The words
 * of @error never hold a secret: libsecret has none in its own. */
static GError *
translate (const GError *error)
{
  if (error->domain == SECRET_ERROR && error->code == SECRET_ERROR_IS_LOCKED)
    return g_error_new_literal (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_LOCKED,
                                _ ("The keyring of this system stayed locked."));
  /* A prompt that the person closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new_literal (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_LOCKED,
                                _ ("The keyring of this system was not unlocked."));
  /* No bus, nobody there who keeps secrets, none that could be started, no such portal. */
  if (error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR
      || error->domain == G_SPAWN_ERROR)
    return g_error_new_literal (
        ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE,
        _ ("There is no keyring on this system that could keep what you sign in with."));
  return g_error_new (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_FAILED,
                      /* Translators: %s is what the keyring said, in its words. */
                      _ ("The keyring of this system failed: %s"), error->message);
}

static void
reject (Call *call, const GError *error)
{
  g_debug ("The keyring did not do it: %s", error->message);
  dex_promise_reject (call->promise, translate (error));
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    reject (call, error);
  else if (items != NULL)
    dex_promise_reject (call->promise,
                        g_error_new_literal (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_LOCKED,
                                             _ ("The keyring of this system was not unlocked.")));
  else
    dex_promise_reject (
        call->promise,
        g_error_new_literal (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_NOT_FOUND,
                             _ ("The keyring of this system holds nothing for this account.")));
  g_list_free_full (items, g_object_unref);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  char *secret;

  switch (call->deed)
    {
    case LOAD:
      secret = secret_password_lookup_finish (result, &error);
      if (secret != NULL)
        dex_promise_resolve_string (call->promise, secret);
      else if (error != NULL)
        reject (call, error);
      else
        {
          /* A keyring that stays locked answers like one that has nothing. */
          Call *search = g_steal_pointer (&call);

          secret_password_searchv (&schema, search->attributes, SECRET_SEARCH_NONE, NULL,
                                   searched_cb, search);
        }
      break;
    case SAVE:
      if (secret_password_store_finish (result, &error))
        dex_promise_resolve_boolean (call->promise, TRUE);
      else
        reject (call, error);
      break;
    case FORGET:
      secret_password_clear_finish (result, &error);
      if (error == NULL)
        dex_promise_resolve_boolean (call->promise, TRUE);
      else
        reject (call, error);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
ask_next (AssaySecrets *self)
{
  Call *call;

  if (self->asking)
    return;
  call = g_queue_pop_head (&self->waiting);
  if (call == NULL)
    return;
  self->asking = TRUE;
  switch (call->deed)
    {
    case LOAD:
      secret_password_lookupv (&schema, call->attributes, NULL, done_cb, call);
      break;
    case SAVE:
      secret_password_storev (&schema, call->attributes, SECRET_COLLECTION_DEFAULT, call->label,
                              call->secret, NULL, done_cb, call);
      break;
    case FORGET:
      secret_password_clearv (&schema, call->attributes, NULL, done_cb, call);
      break;
    default:
      g_assert_not_reached ();
    }
}

static DexFuture *
ask_service (AssaySecrets *self,
             const char *account,
             Deed deed,
             const char *label,
             const char *secret)
{
  Call *call = g_new0 (Call, 1);
  DexFuture *future;

  call->self = g_object_ref (self);
  call->deed = deed;
  call->label = g_strdup (label);
  call->secret = g_strdup (secret);
  call->promise = dex_promise_new ();
  call->attributes =
      secret_attributes_build (&schema, "profile", self->profile, "account", account, NULL);
  future = dex_ref (DEX_FUTURE (call->promise));
  g_queue_push_tail (&self->waiting, call);
  ask_next (self);
  return future;
}

static void
assay_secrets_finalize (GObject *object)
{
  AssaySecrets *self = ASSAY_SECRETS (object);

  g_free (self->profile);
  g_hash_table_unref (self->session);

  G_OBJECT_CLASS (assay_secrets_parent_class)->finalize (object);
}

static void
assay_secrets_class_init (AssaySecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_secrets_finalize;
}

static void
assay_secrets_init (AssaySecrets *self)
{
  g_queue_init (&self->waiting);
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
}

AssaySecrets *
assay_secrets_new (const char *profile)
{
  AssaySecrets *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_SECRETS, NULL);
  self->profile = g_canonicalize_filename (profile, NULL);
  return self;
}

DexFuture *
assay_secrets_load (AssaySecrets *self, const char *account)
{
  const char *secret;

  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);

  secret = g_hash_table_lookup (self->session, account);
  if (secret != NULL)
    return dex_future_new_for_string (secret);
  return ask_service (self, account, LOAD, NULL, NULL);
}

typedef struct
{
  AssaySecrets *self; /* (owned) */
  char *account;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_object_unref (kept->self);
  g_free (kept->account);
  g_free (kept);
}

/* What is in the keyring now need not be here as well. */
static DexFuture *
saved_cb (DexFuture *future, gpointer user_data)
{
  Kept *kept = user_data;

  g_hash_table_remove (kept->self->session, kept->account);
  return dex_future_new_true ();
}

DexFuture *
assay_secrets_save (AssaySecrets *self,
                    const char *account,
                    const char *label,
                    const char *secret,
                    gboolean session_only)
{
  Kept *kept;

  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (label != NULL);
  dex_return_error_if_fail (secret != NULL);

  if (session_only)
    {
      /* An older one in the keyring would come back at the next start. Whether there is a keyring
       * is just what may be in question. */
      if (g_hash_table_replace (self->session, g_strdup (account), g_strdup (secret)))
        dex_future_disown (ask_service (self, account, FORGET, NULL, NULL));
      return dex_future_new_true ();
    }
  kept = g_new0 (Kept, 1);
  kept->self = g_object_ref (self);
  kept->account = g_strdup (account);
  return dex_future_then (ask_service (self, account, SAVE, label, secret), saved_cb, kept,
                          kept_free);
}

/* Where nothing can be kept, nothing is kept. */
static DexFuture *
forgotten_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL
      || g_error_matches (error, ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE))
    return dex_future_new_true ();
  return dex_ref (future);
}

DexFuture *
assay_secrets_forget (AssaySecrets *self, const char *account)
{
  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);

  if (g_hash_table_remove (self->session, account))
    return dex_future_finally (ask_service (self, account, FORGET, NULL, NULL), forgotten_cb, NULL,
                               NULL);
  return ask_service (self, account, FORGET, NULL, NULL);
}
