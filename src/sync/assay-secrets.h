/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * AssaySecretsError:
 * @ASSAY_SECRETS_ERROR_UNAVAILABLE: there is no service that keeps secrets
 * @ASSAY_SECRETS_ERROR_LOCKED: the person did not unlock it
 * @ASSAY_SECRETS_ERROR_NOT_FOUND: nothing is kept for the account
 * @ASSAY_SECRETS_ERROR_FAILED: the service failed
 */
typedef enum
{
  ASSAY_SECRETS_ERROR_UNAVAILABLE,
  ASSAY_SECRETS_ERROR_LOCKED,
  ASSAY_SECRETS_ERROR_NOT_FOUND,
  ASSAY_SECRETS_ERROR_FAILED,
} AssaySecretsError;

#define ASSAY_SECRETS_ERROR (assay_secrets_error_quark ())
GQuark assay_secrets_error_quark (void);

#define ASSAY_TYPE_SECRETS (assay_secrets_get_type ())
/**
 * AssaySecrets:
 *
 * What accounts sign in with: in the system's secret service (inside a sandbox through the portal,
 * both by libsecret) and nowhere else; or, where the person chose that, in memory until the program
 * ends. Told apart by the profile's folder and the account's id.
 */
G_DECLARE_FINAL_TYPE (AssaySecrets, assay_secrets, ASSAY, SECRETS, GObject)

/* @profile: the folder of the profile. */
AssaySecrets *assay_secrets_new (const char *profile);
/* Resolves to a string. */
DexFuture *assay_secrets_load (AssaySecrets *self, const char *account);
/* @label: what the person sees of it in the system's keyring. Resolves to TRUE. */
DexFuture *assay_secrets_save (AssaySecrets *self,
                               const char *account,
                               const char *label,
                               const char *secret,
                               gboolean session_only);
/* Resolves to TRUE, also if there was none. */
DexFuture *assay_secrets_forget (AssaySecrets *self, const char *account);

G_END_DECLS
