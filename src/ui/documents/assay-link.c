/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-link.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-visible-text.h"

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"
#define THIN_SPACE "\u2009"

static char *
dup_part (const char *address, gboolean want_host)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;

  if (!g_uri_split (address, G_URI_FLAGS_PARSE_RELAXED, &scheme, NULL, &host, NULL, &path, NULL,
                    NULL, NULL))
    return NULL;
  if (!want_host)
    return g_steal_pointer (&scheme);
  if (g_strcmp0 (scheme, "mailto") == 0 && path != NULL && strrchr (path, '@') != NULL)
    return g_strdup (strrchr (path, '@') + 1);
  return g_steal_pointer (&host);
}

static const char *
skip_www (const char *host)
{
  return g_str_has_prefix (host, "www.") ? host + 4 : host;
}

/* The host that a piece of text names, if a reader would take it for an address; (transfer full)
 * (nullable). */
static char *
dup_shown_host (const char *shown)
{
  static const char *const endings[] = { ".com", ".org", ".net",  ".edu", ".gov", ".mil",
                                         ".int", ".io",  ".info", ".biz", ".app", ".bank" };
  g_autofree char *text = g_strstrip (g_strdup (shown));
  g_autofree char *address = NULL;

  if (*text == '\0' || strpbrk (text, " \t\n") != NULL)
    return NULL;
  if (strstr (text, "://") != NULL)
    {
      address = g_strdup (text);
    }
  else
    {
      const char *end = text + strcspn (text, "/?#");
      gboolean named = g_str_has_prefix (text, "www.");

      for (guint i = 0; i < G_N_ELEMENTS (endings) && !named; i++)
        {
          gsize n = strlen (endings[i]);

          named = (gsize) (end - text) > n && g_ascii_strncasecmp (end - n, endings[i], n) == 0;
        }
      if (!named)
        return NULL;
      address = strchr (text, '@') != NULL ? g_strconcat ("mailto:", text, NULL)
                                           : g_strconcat ("http://", text, NULL);
    }
  return assay_link_dup_host (address);
}

/* Whether a name mixes scripts, or is written in one that can pass for Latin under a Latin ending.
 */
static gboolean
imitates (const char *ascii_host)
{
  g_autofree char *host = NULL;
  g_auto (GStrv) labels = NULL;

  if (strstr (ascii_host, "xn--") == NULL)
    return FALSE;
  host = g_hostname_to_unicode (ascii_host);
  if (host == NULL)
    return TRUE;
  labels = g_strsplit (host, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gboolean latin = FALSE;
      gboolean alike = FALSE;
      gboolean other = FALSE;

      for (const char *p = labels[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          switch (g_unichar_get_script (g_utf8_get_char (p)))
            {
            case G_UNICODE_SCRIPT_COMMON:
            case G_UNICODE_SCRIPT_INHERITED:
              break;
            case G_UNICODE_SCRIPT_LATIN:
              latin = TRUE;
              break;
            case G_UNICODE_SCRIPT_CYRILLIC:
            case G_UNICODE_SCRIPT_GREEK:
            case G_UNICODE_SCRIPT_ARMENIAN:
            case G_UNICODE_SCRIPT_CHEROKEE:
              alike = TRUE;
              break;
            case G_UNICODE_SCRIPT_HAN:
            case G_UNICODE_SCRIPT_HIRAGANA:
            case G_UNICODE_SCRIPT_KATAKANA:
            case G_UNICODE_SCRIPT_HANGUL:
              break;
            default:
              other = TRUE;
              break;
            }
        }
      if ((latin && (alike || other))
          || (alike && g_str_is_ascii (labels[g_strv_length (labels) - 1])))
        return TRUE;
    }
  return FALSE;
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error)
      || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  dialog = adw_alert_dialog_new (_ ("The Link Could Not Be Opened"), error->message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, parent);
}

static void
response_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkWidget *parent = user_data;
  const char *address = g_object_get_data (G_OBJECT (dialog), "assay-address");

  if (g_strcmp0 (response, "open") != 0)
    return;
  launcher = gtk_uri_launcher_new (address);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, launched_cb,
                           g_object_ref (parent));
}

const char *
assay_link_get_image_data (const char *address, gsize *n_bytes)
{
  static const char prefix[] = "data:image/";
  static const char mark[] = ";base64";
  const char *data;
  gsize length;

  g_return_val_if_fail (address != NULL && n_bytes != NULL, NULL);

  data = strchr (address, ',');
  if (g_ascii_strncasecmp (address, prefix, strlen (prefix)) != 0 || data == NULL
      || (gsize) (data - address) < strlen (prefix) + strlen (mark)
      || g_ascii_strncasecmp (data - strlen (mark), mark, strlen (mark)) != 0)
    return NULL;
  data++;
  length = strcspn (data, "=");
  *n_bytes = length / 4 * 3 + length % 4 * 3 / 4;
  return data;
}

gboolean
assay_link_can_open (const char *address)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  if (strlen (address) > ASSAY_LIMIT_URL_BYTES)
    return FALSE;
  scheme = dup_part (address, FALSE);
  if (scheme == NULL)
    return FALSE;
  if (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0
      && strcmp (scheme, "mailto") != 0)
    return FALSE;
  host = assay_link_dup_host (address);
  return *host != '\0';
}

char *
assay_link_dup_host (const char *address)
{
  g_autofree char *host = NULL;
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  host = dup_part (address, TRUE);
  if (host == NULL)
    return g_strdup ("");
  ascii = g_hostname_to_ascii (host);
  return g_ascii_strdown (ascii ? ascii : host, -1);
}

gboolean
assay_link_is_deceptive (const char *address, const char *shown)
{
  g_autofree char *host = NULL;
  g_autofree char *shown_host = NULL;

  g_return_val_if_fail (address != NULL && shown != NULL, FALSE);

  host = assay_link_dup_host (address);
  if (imitates (host))
    return TRUE;
  shown_host = dup_shown_host (shown);
  return shown_host != NULL && strcmp (skip_www (host), skip_www (shown_host)) != 0;
}

char *
assay_link_dup_before (AssaySpanStyle style)
{
  /* Translators: stands before the description of a picture that is not loaded */
  return style & ASSAY_SPAN_IMAGE ? g_strdup (_ ("Image: ")) : NULL;
}

char *
assay_link_dup_after (AssaySpanStyle style,
                      const char *address,
                      const char *shown,
                      gboolean *is_warning)
{
  g_autofree char *host = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *place = NULL;
  gsize n_bytes;

  g_return_val_if_fail (address != NULL && shown != NULL, NULL);
  g_return_val_if_fail (is_warning != NULL, NULL);

  *is_warning = FALSE;
  if (style & ASSAY_SPAN_IMAGE && assay_link_get_image_data (address, &n_bytes) != NULL)
    {
      g_autofree char *size = g_format_size (n_bytes);

      /* Translators: behind the description of a picture that is not shown yet; %s is its size */
      place = g_strdup_printf (_ ("(%s in this text)"), size);
      return g_strconcat (*shown ? " " : "", place, NULL);
    }
  host = assay_link_dup_host (address);
  if (style & ASSAY_SPAN_IMAGE)
    return *host ? g_strdup_printf (*shown ? " (%s)" : "(%s)", host) : NULL;
  if (!assay_link_is_deceptive (address, shown))
    return NULL;
  *is_warning = TRUE;
  /* Translators: %s is the site that a link really leads to, where its text says something else */
  warning = g_strdup_printf (_ ("leads to %s"), *host ? host : address);
  return g_strconcat (FIRST_STRONG_ISOLATE THIN_SPACE, warning, THIN_SPACE POP_ISOLATE, NULL);
}

char *
assay_link_describe (const char *address)
{
  g_autofree char *host = NULL;
  g_autofree char *line = NULL;
  gsize n_bytes;

  g_return_val_if_fail (address != NULL, NULL);

  if (assay_link_get_image_data (address, &n_bytes) != NULL)
    return g_strdup (_ ("The image is in this text"));
  host = assay_link_dup_host (address);
  line = assay_visible_line (address, ASSAY_LIMIT_URL_SOFT_CHARACTERS);
  if (strlen (address) > ASSAY_LIMIT_URL_BYTES)
    /* Translators: %s is the address of a link */
    return g_strdup_printf (_ ("Too long to be opened: %s"), line);
  if (!assay_link_can_open (address))
    /* Translators: %s is the address of a link that the program refuses to open */
    return g_strdup_printf (_ ("Does not open: %s"), line);
  return g_strdup_printf ("%s\n%s", host, line);
}

void
assay_link_ask_to_open (const char *address, GtkWidget *parent)
{
  g_autofree char *host = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *line = NULL;
  AdwDialog *dialog;

  g_return_if_fail (address != NULL);
  g_return_if_fail (GTK_IS_WIDGET (parent));

  host = assay_link_dup_host (address);
  line = assay_visible_line (address, ASSAY_LIMIT_URL_SOFT_CHARACTERS);
  if (!assay_link_can_open (address))
    {
      dialog = adw_alert_dialog_new (strlen (address) > ASSAY_LIMIT_URL_BYTES
                                         ? _ ("This Link Is Too Long to Be Opened")
                                         : _ ("This Link Does Not Open"),
                                     line);
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
      adw_dialog_present (dialog, parent);
      return;
    }

  /* Translators: %s is the name of a web site */
  heading = g_strdup_printf (_ ("Open %s?"), host);
  dialog = adw_alert_dialog_new (heading, line);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open",
                                  _ ("_Open"), NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "assay-address", g_strdup (address), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), parent, 0);
  adw_dialog_present (dialog, parent);
}
