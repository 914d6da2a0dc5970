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

#if ASSAY_DEVELOPMENT
/* The account that is there already; (nullable). */
static char *
dup_account (AssayEngine *engine, const char *address)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (engine)); i++)
    {
      g_autoptr (AssayAccountSync) item = g_list_model_get_item (G_LIST_MODEL (engine), i);
      AssayAccount *account = assay_account_sync_get_account (item);

      if (g_strcmp0 (assay_account_get_address (account), address) == 0)
        return g_strdup (assay_account_get_id (account));
    }
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
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *future;

  g_return_if_fail (ASSAY_IS_SESSION (session));

  engine = assay_session_get_engine (session);
  if (engine == NULL || address == NULL || file == NULL)
    return;
  there = dup_account (engine, address);
  if (!g_file_get_contents (file, &token, NULL, &error))
    {
      g_printerr ("%s: %s\n", g_get_application_name (), error->message);
      return;
    }
  secret = assay_open_secret_new_for_token (g_strstrip (token));
  /* The secret of an earlier start was in its memory. */
  future = there != NULL ? assay_engine_sign_in (engine, there, secret, TRUE)
                         : assay_engine_add (engine, address, NULL, secret, TRUE);
  dex_future_disown (dex_future_finally (future, added_cb, g_object_ref (session), g_object_unref));
#else
  g_return_if_fail (ASSAY_IS_SESSION (session));
#endif
}
