/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-platform-error.h"
#include "assay-tls-database.h"

struct _AssayTlsDatabase
{
  GTlsDatabase parent_instance;

  GTlsDatabase *system; /* (owned) */
  GTlsDatabase *file;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (AssayTlsDatabase, assay_tls_database, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
assay_tls_database_verify_chain (GTlsDatabase *database,
                                 GTlsCertificate *chain,
                                 const char *purpose,
                                 GSocketConnectable *identity,
                                 GTlsInteraction *interaction,
                                 GTlsDatabaseVerifyFlags flags,
                                 GCancellable *cancellable,
                                 GError **error)
{
  AssayTlsDatabase *self = ASSAY_TLS_DATABASE (database);
  GTlsCertificateFlags wrong;

  wrong = g_tls_database_verify_chain (self->system, chain, purpose, identity, interaction, flags,
                                       cancellable, error);
  if ((wrong & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0)
    return wrong;
  /* An error has no other flag than the generic one, so there is none here. */
  return g_tls_database_verify_chain (self->file, chain, purpose, identity, interaction, flags,
                                      cancellable, error);
}

static void
assay_tls_database_dispose (GObject *object)
{
  AssayTlsDatabase *self = ASSAY_TLS_DATABASE (object);

  g_clear_object (&self->system);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (assay_tls_database_parent_class)->dispose (object);
}

static void
assay_tls_database_class_init (AssayTlsDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_tls_database_dispose;
  G_TLS_DATABASE_CLASS (klass)->verify_chain = assay_tls_database_verify_chain;
}

static void
assay_tls_database_init (AssayTlsDatabase *self)
{
}

GTlsDatabase *
assay_tls_database_new (const char *path, GError **error)
{
  g_autoptr (AssayTlsDatabase) self = NULL;
  g_autoptr (GTlsDatabase) file = NULL;
  g_autolist (GTlsCertificate)
    certificates = NULL;
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  certificates = g_tls_certificate_list_new_from_file (path, NULL);
  absolute = g_canonicalize_filename (path, NULL);
  if (certificates != NULL)
    file = g_tls_file_database_new (absolute, NULL);
  if (file == NULL)
    {
      g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE,
                           _ ("The file holds no certificate of an authority."));
      return NULL;
    }

  self = g_object_new (ASSAY_TYPE_TLS_DATABASE, NULL);
  self->system = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  self->file = g_steal_pointer (&file);
  return G_TLS_DATABASE (g_steal_pointer (&self));
}
