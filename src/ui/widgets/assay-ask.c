/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-ask.h"

static void
answer (DexPromise *promise, const char *response)
{
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_string (promise, g_strdup (response));
}

static void
destroyed_cb (DexPromise *promise, AdwAlertDialog *dialog)
{
  answer (promise, adw_alert_dialog_get_close_response (dialog));
}

DexFuture *
assay_ask (AdwDialog *dialog, GtkWidget *parent)
{
  DexPromise *promise;

  g_return_val_if_fail (ADW_IS_ALERT_DIALOG (dialog), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  promise = dex_promise_new ();
  g_signal_connect_data (dialog, "response", G_CALLBACK (answer), dex_ref (promise),
                         (GClosureNotify) (void (*) (void)) dex_unref, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "destroy", G_CALLBACK (destroyed_cb), dex_ref (promise),
                         (GClosureNotify) (void (*) (void)) dex_unref, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, parent);
  return DEX_FUTURE (promise);
}
