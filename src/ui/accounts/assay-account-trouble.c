/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-trouble.h"

#include <glib/gi18n.h>

#include "assay-announce.h"

/* What is the same whether the platform is looked for or signed in to; NULL for anything else. */
static char *
describe_network (const GError *error, const char *host)
{
  if (error->domain != ASSAY_PLATFORM_ERROR)
    return NULL;
  switch ((AssayPlatformError) error->code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
      /* Translators: %s is the name of a server. */
      return g_strdup_printf (_ ("%s cannot be reached. Check the address for typing errors, and "
                                 "whether this computer is online."),
                              host);
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
      /* Translators: %s is the name of a server. */
      return g_strdup_printf (_ ("%s did not answer in time. Try again in a while."), host);
    case ASSAY_PLATFORM_ERROR_RATE_LIMITED:
      /* Translators: %s is the name of a server. */
      return g_strdup_printf (_ ("%s was asked too often. Try again in a few minutes."), host);
    case ASSAY_PLATFORM_ERROR_SERVER_FAULT:
      /* Translators: %s is the name of a server. */
      return g_strdup_printf (
          _ ("%s has a problem of its own just now. Try again later, or ask the "
             "platform about it."),
          host);
    case ASSAY_PLATFORM_ERROR_INSECURE:
      /* Translators: %1$s is the name of a server, %2$s a sentence that says why. */
      return g_strdup_printf (_ ("The connection to %1$s is not safe, and nothing was sent. %2$s"),
                              host, error->message);
    case ASSAY_PLATFORM_ERROR_PROXY:
      /* Translators: %s is a sentence that says why. */
      return g_strdup_printf (_ ("%s Sign in to this network first, as in a browser."),
                              error->message);
    default:
      return NULL;
    }
}

char *
assay_account_trouble_with_address (const GError *error, const char *host, AssayAccountField *field)
{
  char *network;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  *field = g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE)
               ? ASSAY_ACCOUNT_FIELD_AUTHORITY
               : ASSAY_ACCOUNT_FIELD_ADDRESS;
  network = describe_network (error, host);
  if (network != NULL)
    return network;
  if (g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND)
      || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL)
      || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE)
      || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED))
    /* Translators: %s is the name of a server. */
    return g_strdup_printf (_ ("%s answers, but there is no platform that Assay can work with. Ask "
                               "the platform for the address for evaluation programs."),
                            host);
  return g_strdup (error->message);
}

char *
assay_account_trouble_with_secret (const GError *error, const char *host)
{
  char *network;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);

  network = describe_network (error, host);
  if (network != NULL)
    return network;
  if (g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT))
    return g_strdup (_ ("The platform does not know this token. Copy the whole of it once more, or "
                        "make a new one there."));
  if (g_error_matches (error, ASSAY_SECRETS_ERROR, ASSAY_SECRETS_ERROR_LOCKED))
    return g_strdup (_ ("The keyring stayed locked, so nothing was kept. Unlock it when asked, and "
                        "try again."));
  if (g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT))
    return g_strdup (_ ("This person is signed in at this platform already. Nothing was changed."));
  return g_strdup (error->message);
}

/* What has the focus within an entry row, and is what assistive technology tells of. */
static GtkAccessible *
get_accessible (GtkWidget *row)
{
  GtkEditable *delegate =
      GTK_IS_EDITABLE (row) ? gtk_editable_get_delegate (GTK_EDITABLE (row)) : NULL;

  return delegate != NULL ? GTK_ACCESSIBLE (delegate) : GTK_ACCESSIBLE (row);
}

void
assay_account_trouble_show (GtkWidget *row, GtkLabel *label, const char *text)
{
  GtkAccessible *accessible;

  g_return_if_fail (GTK_IS_WIDGET (row));
  g_return_if_fail (GTK_IS_LABEL (label));

  accessible = get_accessible (row);
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (text == NULL)
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
      return;
    }
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, label, NULL,
                                  -1);
  gtk_widget_grab_focus (row);
  assay_announce (row, text);
}
