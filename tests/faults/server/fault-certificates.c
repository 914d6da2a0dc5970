/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "fault-certificates.h"

#define THIS_MACHINE "subjectAltName=IP:127.0.0.1,DNS:localhost"

/* openssl with its words in the NULL-terminated list. */
static gboolean
run_openssl (const char *const *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_strv_builder_add_many (builder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                           "ec_paramgen_curve:prime256v1", "-noenc", NULL);
  g_strv_builder_addv (builder, (const char **) words);
  argv = g_strv_builder_end (builder);
  process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                         NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

/* @from, @to: "YYYYMMDDHHMMSSZ", or NULL for a year from now. @authority: NULL signs itself. */
static char *
make (FaultCertificates *self,
      const char *name,
      const char *alternative,
      const char *from,
      const char *to,
      const char *authority)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.pem", self->folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", self->folder, name);
  g_autofree char *subject = g_strdup_printf ("/CN=%s", name);
  g_autofree char *certificate = NULL;
  g_autofree char *key_text = NULL;
  g_autofree char *both = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  g_strv_builder_add_many (builder, "-keyout", key, "-out", path, "-subj", subject, NULL);
  if (alternative != NULL)
    g_strv_builder_add_many (builder, "-addext", alternative, NULL);
  if (from != NULL)
    g_strv_builder_add_many (builder, "-not_before", from, "-not_after", to, NULL);
  else
    g_strv_builder_add_many (builder, "-days", "365", NULL);
  if (authority != NULL)
    g_strv_builder_add_many (builder, "-CA", authority, "-CAkey", authority, "-addext",
                             "basicConstraints=critical,CA:FALSE", NULL);
  words = g_strv_builder_end (builder);
  if (!run_openssl ((const char *const *) words)
      || !g_file_get_contents (path, &certificate, NULL, NULL)
      || !g_file_get_contents (key, &key_text, NULL, NULL))
    return NULL;

  both = g_strconcat (certificate, key_text, NULL);
  g_remove (key);
  return g_file_set_contents (path, both, -1, NULL) ? g_steal_pointer (&path) : NULL;
}

FaultCertificates *
fault_certificates_new (void)
{
  g_autoptr (FaultCertificates) self = g_new0 (FaultCertificates, 1);

  self->folder = g_dir_make_tmp ("fault-certificates-XXXXXX", NULL);
  if (self->folder == NULL)
    return NULL;
  self->authority = make (self, "authority", NULL, NULL, NULL, NULL);
  self->self_signed = make (self, "self-signed", THIS_MACHINE, NULL, NULL, NULL);
  if (self->authority == NULL || self->self_signed == NULL)
    return NULL;
  self->good = make (self, "good", THIS_MACHINE, NULL, NULL, self->authority);
  self->wrong_host =
      make (self, "wrong-host", "subjectAltName=DNS:example.org", NULL, NULL, self->authority);
  self->expired =
      make (self, "expired", THIS_MACHINE, "20150101000000Z", "20160101000000Z", self->authority);
  self->not_yet_valid = make (self, "not-yet-valid", THIS_MACHINE, "20900101000000Z",
                              "20910101000000Z", self->authority);
  if (self->good == NULL || self->wrong_host == NULL || self->expired == NULL
      || self->not_yet_valid == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

static void
remove_file (char **path)
{
  if (*path != NULL)
    g_remove (*path);
  g_clear_pointer (path, g_free);
}

void
fault_certificates_free (FaultCertificates *self)
{
  remove_file (&self->authority);
  remove_file (&self->good);
  remove_file (&self->self_signed);
  remove_file (&self->wrong_host);
  remove_file (&self->expired);
  remove_file (&self->not_yet_valid);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}
