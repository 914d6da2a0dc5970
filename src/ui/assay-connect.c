/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-connect.h"

#include "assay-open-platform.h"

#if ASSAY_DEVELOPMENT

static DexFuture *
added_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_printerr ("%s: %s\n", g_get_application_name (), error->message);
  return NULL;
}

#endif

void
assay_connect_from_environment (AssaySession *session)
{
#if ASSAY_DEVELOPMENT
  const char *address = g_getenv ("ASSAY_CONNECT");
  const char *file = g_getenv ("ASSAY_CONNECT_TOKEN_FILE");
  AssayEngine *engine;
  g_autofree char *token = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ASSAY_IS_SESSION (session));

  engine = assay_session_get_engine (session);
  if (engine == NULL || address == NULL || file == NULL)
    return;
  if (!g_file_get_contents (file, &token, NULL, &error))
    {
      g_printerr ("%s: %s\n", g_get_application_name (), error->message);
      return;
    }
  secret = assay_open_secret_new_for_token (g_strstrip (token));
  dex_future_disown (dex_future_finally (assay_engine_add (engine, address, NULL, secret, TRUE),
                                         added_cb, g_object_ref (session), g_object_unref));
#else
  g_return_if_fail (ASSAY_IS_SESSION (session));
#endif
}
