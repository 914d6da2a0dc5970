/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-accounts-actions.h"

#include "assay-accounts-dialog.h"

/* What the actions act on; the window owns it with its group. */
typedef struct
{
  GtkWidget *window;     /* borrowed: it has the actions */
  AssaySession *session; /* (owned) */
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  Place *place = data;

  g_object_unref (place->session);
  g_free (place);
}

/* One dialog is enough: another would cover the same. */
static AssayAccountsDialog *
present (Place *place)
{
  AdwDialog *dialog =
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (place->window));

  if (assay_session_get_engine (place->session) == NULL)
    return NULL;
  if (ASSAY_IS_ACCOUNTS_DIALOG (dialog))
    return ASSAY_ACCOUNTS_DIALOG (dialog);
  return ASSAY_ACCOUNTS_DIALOG (assay_accounts_dialog_new (place->session));
}

static void
finish (Place *place, AssayAccountsDialog *dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), place->window);
}

static void
show_action (Place *place, GVariant *parameter, GSimpleAction *action)
{
  AssayAccountsDialog *dialog = present (place);

  if (dialog != NULL)
    finish (place, dialog);
}

static void
add_action (Place *place, GVariant *parameter, GSimpleAction *action)
{
  AssayAccountsDialog *dialog = present (place);

  if (dialog == NULL)
    return;
  assay_accounts_dialog_show_add (dialog);
  finish (place, dialog);
}

static void
show_account_action (Place *place, GVariant *parameter, GSimpleAction *action)
{
  AssayAccountsDialog *dialog = present (place);

  if (dialog == NULL)
    return;
  assay_accounts_dialog_show_account (dialog, g_variant_get_string (parameter, NULL));
  finish (place, dialog);
}

static void
sign_in_action (Place *place, GVariant *parameter, GSimpleAction *action)
{
  AssayAccountsDialog *dialog = present (place);
  const char *account = g_variant_get_string (parameter, NULL);

  if (dialog == NULL)
    return;
  assay_accounts_dialog_show_account (dialog, account);
  assay_accounts_dialog_show_sign_in (dialog, account);
  finish (place, dialog);
}

void
assay_accounts_add_actions (GtkWidget *window, AssaySession *session)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GCallback activate;
  } entries[] = {
    { "show", NULL, G_CALLBACK (show_action) },
    { "add", NULL, G_CALLBACK (add_action) },
    { "show-account", "s", G_CALLBACK (show_account_action) },
    { "sign-in", "s", G_CALLBACK (sign_in_action) },
  };
  g_autoptr (GSimpleActionGroup) group = NULL;

  g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window));
  g_return_if_fail (ASSAY_IS_SESSION (session));

  group = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new (entries[i].name, entries[i].parameter != NULL
                                                    ? G_VARIANT_TYPE (entries[i].parameter)
                                                    : NULL);
      Place *place = g_new0 (Place, 1);

      place->window = window;
      place->session = g_object_ref (session);
      g_signal_connect_data (action, "activate", entries[i].activate, place, place_free,
                             G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "accounts", G_ACTION_GROUP (group));
}
