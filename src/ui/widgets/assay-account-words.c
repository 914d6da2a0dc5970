/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-words.h"

#include <glib/gi18n.h>

#include "assay-format.h"
#include "assay-json.h"
#include "assay-visible-text.h"

#define TITLE_CHARACTERS 80
#define HOST_CHARACTERS 120

static const struct
{
  const char *title;
  const char *name;
  const char *icon_name;
} states[] = {
  [ASSAY_ACCOUNT_STARTING] = { NC_ ("account", "Connecting"), NC_ ("account", "connecting"),
                               "content-loading-symbolic" },
  [ASSAY_ACCOUNT_ONLINE] = { NC_ ("account", "Online"), NC_ ("account", "online"),
                             "object-select-symbolic" },
  [ASSAY_ACCOUNT_OFFLINE] = { NC_ ("account", "Offline"), NC_ ("account", "offline"),
                              "network-offline-symbolic" },
  [ASSAY_ACCOUNT_SIGNED_OUT] = { NC_ ("account", "Signed Out"), NC_ ("account", "signed out"),
                                 "dialog-password-symbolic" },
  [ASSAY_ACCOUNT_INSECURE] = { NC_ ("account", "No Safe Connection"),
                               NC_ ("account", "no safe connection"), "channel-insecure-symbolic" },
  [ASSAY_ACCOUNT_FAILING] = { NC_ ("account", "Has Problems"), NC_ ("account", "has problems"),
                              "dialog-warning-symbolic" },
  [ASSAY_ACCOUNT_PAUSED] = { NC_ ("account", "Paused"), NC_ ("account", "paused"),
                             "media-playback-pause-symbolic" },
};

const char *
assay_account_state_get_title (AssayAccountState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "account", states[state].title);
}

const char *
assay_account_state_get_name (AssayAccountState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "account", states[state].name);
}

const char *
assay_account_state_get_icon_name (AssayAccountState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].icon_name;
}

gboolean
assay_account_state_needs_person (AssayAccountState state)
{
  return state == ASSAY_ACCOUNT_SIGNED_OUT || state == ASSAY_ACCOUNT_INSECURE;
}

char *
assay_account_describe (AssayAccountSync *sync)
{
  g_autofree char *progress = NULL;
  g_autofree char *ago = NULL;
  const char *message;
  gint64 last;

  g_return_val_if_fail (ASSAY_IS_ACCOUNT_SYNC (sync), NULL);

  g_object_get (sync, "progress", &progress, NULL);
  if (progress != NULL)
    return g_steal_pointer (&progress);
  message = assay_account_sync_get_message (sync);
  last = assay_account_sync_get_last_success (sync);
  ago = last > 0 ? assay_format_ago (last, g_get_real_time ()) : NULL;
  if (message != NULL && ago != NULL)
    /* Translators: a sentence about what is wrong; then "5 minutes ago". */
    return g_strdup_printf (_ ("%1$s Last contact: %2$s."), message, ago);
  if (message != NULL)
    return g_strdup (message);
  if (ago != NULL)
    /* Translators: %s is "5 minutes ago". */
    return g_strdup_printf (_ ("Last contact %s"), ago);
  return g_strdup (_ ("No contact yet"));
}

char *
assay_account_dup_title (AssayAccount *account)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);

  return assay_visible_line (assay_account_get_title (account), TITLE_CHARACTERS);
}

AssayPlatformInfo *
assay_account_dup_info (AssayAccount *account)
{
  JsonObject *settings;

  g_return_val_if_fail (ASSAY_IS_ACCOUNT (account), NULL);

  settings = assay_account_get_settings (account);
  if (assay_json_get_object (settings, "platform") == NULL)
    return NULL;
  return assay_platform_info_new_from_json (json_object_get_member (settings, "platform"));
}

char *
assay_account_dup_host (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0')
    return assay_visible_line (address, HOST_CHARACTERS);
  if (g_uri_get_port (uri) > 0)
    {
      g_autofree char *whole = g_strdup_printf ("%s:%d", host, g_uri_get_port (uri));

      return assay_visible_line (whole, HOST_CHARACTERS);
    }
  return assay_visible_line (host, HOST_CHARACTERS);
}
