/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-forget.h"

#include <glib/gi18n.h>

#include "assay-account-words.h"
#include "assay-ask.h"
#include "assay-own-work.h"
#include "assay-store-accounts.h"

typedef struct
{
  AssaySession *session; /* (owned) */
  AssayAccount *account; /* (owned) */
  GtkWidget *parent;     /* (owned) */
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *forgetting = data;

  g_object_unref (forgetting->session);
  g_object_unref (forgetting->account);
  g_object_unref (forgetting->parent);
  g_free (forgetting);
}

static void
append_sentence (GString *text, char *sentence)
{
  g_autofree char *owned = sentence;

  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, owned);
}

static char *
describe_losses (const AssayAccountStock *stock)
{
  g_autofree char *tasks =
      g_strdup_printf (ngettext ("%u task", "%u tasks", stock->n_tasks), stock->n_tasks);
  g_autofree char *drafts =
      g_strdup_printf (ngettext ("%u draft", "%u drafts", stock->n_drafts), stock->n_drafts);
  g_autofree char *judgements =
      g_strdup_printf (ngettext ("%u judgement", "%u judgements", stock->n_judgements),
                       stock->n_judgements);

  /* Translators: "12 tasks", "2 drafts", "40 judgements". */
  return g_strdup_printf (_ ("From this computer go %1$s, %2$s and %3$s, with their guidelines and "
                             "feedback."),
                          tasks, drafts, judgements);
}

static AdwDialog *
create_dialog (Forgetting *forgetting, const AssayAccountStock *stock, const char *exported)
{
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  g_autofree char *title = assay_account_dup_title (forgetting->account);
  g_autoptr (GString) text = g_string_new (exported);

  adw_alert_dialog_format_heading (alert, _ ("Forget “%s”?"), title);
  append_sentence (text, describe_losses (stock));
  if (stock->n_unsent > 0)
    append_sentence (
        text,
        g_strdup_printf (
            ngettext ("%u submission was not sent yet. It is taken back, and never sent.",
                      "%u submissions were not sent yet. They are taken back, and never sent.",
                      stock->n_unsent),
            stock->n_unsent));
  append_sentence (text, g_strdup (_ ("What the platform has stays there. Tasks that you hold are "
                                      "given back to it.")));
  adw_alert_dialog_format_body (alert, "%s", text->str);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "export",
                                  _ ("_Export All My Work…"), "forget", _ ("_Forget"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  return dialog;
}

/* What may have arrived is neither sent again nor forgotten. */
static AdwDialog *
create_refusal (Forgetting *forgetting, const AssayAccountStock *stock)
{
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  g_autofree char *title = assay_account_dup_title (forgetting->account);

  adw_alert_dialog_format_heading (alert, _ ("“%s” Cannot Be Forgotten Now"), title);
  adw_alert_dialog_format_body (
      alert,
      ngettext ("%u submission may be on its way, and may have arrived. Wait until the outbox says "
                "what became of it.",
                "%u submissions may be on their way, and may have arrived. Wait until the outbox "
                "says what became of them.",
                stock->n_doubtful),
      stock->n_doubtful);
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Close"), "outbox", _ ("Show _Outbox"),
                                  NULL);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  return dialog;
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DexPromise *promise = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder != NULL)
    dex_promise_resolve_object (promise, g_steal_pointer (&folder));
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
  dex_unref (promise);
}

/* What is to be told of it; NULL where no folder was chosen. */
static char *
await_export (Forgetting *forgetting)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (DexPromise) promise = dex_promise_new ();
  g_autoptr (GFile) folder = NULL;
  g_autoptr (AssayOwnWork) work = NULL;
  g_autofree char *unsaved = NULL;
  g_autoptr (GError) error = NULL;

  gtk_file_dialog_set_title (dialog, _ ("Export All My Work to a Folder"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (forgetting->parent)),
                                 NULL, folder_chosen_cb, dex_ref (promise));
  folder = dex_await_object (dex_ref (DEX_FUTURE (promise)), NULL);
  if (folder == NULL)
    return NULL;
  unsaved = assay_session_dup_unsaved (forgetting->session);
  work = dex_await_boxed (assay_own_work_export (assay_session_get_folder (forgetting->session),
                                                 assay_session_get_store (forgetting->session),
                                                 folder, unsaved, NULL),
                          &error);
  return work != NULL ? assay_own_work_describe (work) : g_strdup (error->message);
}

static gboolean
await_stock (AssayStore *store, const char *account, AssayAccountStock *stock, GError **error)
{
  AssayAccountStock *taken = dex_await_boxed (assay_store_take_stock (store, account), error);

  if (taken == NULL)
    return FALSE;
  *stock = *taken;
  g_boxed_free (ASSAY_TYPE_ACCOUNT_STOCK, taken);
  return TRUE;
}

static DexFuture *
forget_fiber (gpointer user_data)
{
  Forgetting *forgetting = user_data;
  const char *id = assay_account_get_id (forgetting->account);
  g_autofree char *exported = NULL;

  while (TRUE)
    {
      AssayStore *store = assay_session_get_store (forgetting->session);
      AssayEngine *engine = assay_session_get_engine (forgetting->session);
      AssayAccountStock stock;
      g_autofree char *response = NULL;
      g_autoptr (GError) error = NULL;

      /* The workspace was closed, or what asked is gone. */
      if (store == NULL || gtk_widget_get_root (forgetting->parent) == NULL)
        return dex_future_new_false ();
      if (!await_stock (store, id, &stock, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      response = dex_await_string (assay_ask (stock.n_doubtful > 0
                                                  ? create_refusal (forgetting, &stock)
                                                  : create_dialog (forgetting, &stock, exported),
                                              forgetting->parent),
                                   NULL);
      if (g_strcmp0 (response, "export") == 0)
        {
          g_free (exported);
          exported = await_export (forgetting);
          continue;
        }
      if (g_strcmp0 (response, "outbox") == 0)
        gtk_widget_activate_action (forgetting->parent, "win.outbox", NULL);
      if (g_strcmp0 (response, "forget") != 0)
        return dex_future_new_false ();
      if (!dex_await (assay_engine_forget (engine, id, stock.n_unsent > 0), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      return dex_future_new_true ();
    }
}

DexFuture *
assay_account_forget_ask (AssaySession *session, AssayAccount *account, GtkWidget *parent)
{
  Forgetting *forgetting;

  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  forgetting = g_new0 (Forgetting, 1);
  forgetting->session = g_object_ref (session);
  forgetting->account = g_object_ref (account);
  forgetting->parent = g_object_ref (parent);
  return dex_scheduler_spawn (NULL, 0, forget_fiber, forgetting, forgetting_free);
}
