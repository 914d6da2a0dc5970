/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-secrets.h"

#include <glib/gi18n.h>

struct _AssaySecrets
{
  GObject parent_instance;

  char *profile; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssaySecrets, assay_secrets, G_TYPE_OBJECT)
G_DEFINE_QUARK (assay-secrets-error-quark, assay_secrets_error)

static void
assay_secrets_finalize (GObject *object)
{
  AssaySecrets *self = ASSAY_SECRETS (object);

  g_free (self->profile);

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
}

AssaySecrets *
assay_secrets_new (const char *profile)
{
  AssaySecrets *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_SECRETS, NULL);
  self->profile = g_strdup (profile);
  return self;
}

static DexFuture *
refuse (void)
{
  return dex_future_new_reject (ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_UNAVAILABLE,
                                "Secrets are not there yet");
}

DexFuture *
assay_secrets_load (AssaySecrets *self, const char *account)
{
  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);
  return refuse ();
}

DexFuture *
assay_secrets_save (AssaySecrets *self,
                    const char *account,
                    const char *label,
                    const char *secret,
                    gboolean session_only)
{
  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (label != NULL);
  dex_return_error_if_fail (secret != NULL);
  return refuse ();
}

DexFuture *
assay_secrets_forget (AssaySecrets *self, const char *account)
{
  dex_return_error_if_fail (ASSAY_IS_SECRETS (self));
  dex_return_error_if_fail (account != NULL);
  return refuse ();
}
