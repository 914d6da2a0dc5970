/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-image.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-link.h"

/* What is decoded, by its first bytes: nothing that could name further addresses, and no format
 * that hardly anybody uses and hardly anybody tests. */
static const struct
{
  const char *type;
  const char *magic;
  gsize offset;
} formats[] = {
  { "png", "\x89PNG\r\n", 0 },
  { "jpeg", "\xFF\xD8\xFF", 0 },
  { "gif", "GIF8", 0 },
  { "webp", "WEBP", 8 },
};

static gboolean
is_near (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *bare = NULL;

  /* An IPv6 address stands in brackets. */
  if (*host == '[')
    bare = g_strndup (host + 1, strcspn (host + 1, "]"));
  address = g_inet_address_new_from_string (bare != NULL ? bare : host);
  if (address == NULL)
    /* A name without a dot is one of this network. */
    return strchr (host, '.') == NULL || g_str_has_suffix (host, ".localhost")
           || g_str_has_suffix (host, ".local") || g_str_has_suffix (host, ".internal");
  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address)
         || g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address)
         || g_inet_address_get_is_multicast (address);
}

gboolean
assay_image_can_load (const char *address)
{
  g_autofree char *host = NULL;
  gsize n_bytes;

  g_return_val_if_fail (address != NULL, FALSE);

  if (assay_link_get_image_data (address, &n_bytes) != NULL)
    return n_bytes <= ASSAY_LIMIT_IMAGE_BYTES;
  if (!assay_link_can_open (address) || g_ascii_strncasecmp (address, "https://", 8) != 0)
    return FALSE;
  host = assay_link_dup_host (address);
  return !is_near (host);
}

static GdkPixbufLoader *
new_loader (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gsize length = strlen (formats[i].magic);

      if (size >= formats[i].offset + length
          && memcmp (data + formats[i].offset, formats[i].magic, length) == 0)
        return gdk_pixbuf_loader_new_with_type (formats[i].type, NULL);
    }
  return NULL;
}

/* Before anything of that size is allocated. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gboolean *is_too_large)
{
  *is_too_large = (gint64) width * height > ASSAY_LIMIT_IMAGE_PIXELS;
  if (*is_too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GdkPixbuf *
decode (GBytes *bytes, gboolean *is_too_large)
{
  g_autoptr (GdkPixbufLoader) loader = new_loader (bytes);
  GdkPixbuf *pixbuf;
  gboolean is_whole;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), is_too_large);
  is_whole = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  /* Also a loader that failed has to be closed. */
  is_whole = gdk_pixbuf_loader_close (loader, NULL) && is_whole;
  pixbuf = is_whole && !*is_too_large ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

GdkTexture *
assay_image_decode (GBytes *bytes, GError **error)
{
  gboolean is_too_large = FALSE;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  pixbuf = decode (bytes, &is_too_large);
  if (pixbuf != NULL)
    return gdk_texture_new_for_pixbuf (pixbuf);
  if (is_too_large)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 /* Translators: %d is a number of millions of pixels */
                 _ ("It has more than %d megapixels."), ASSAY_LIMIT_IMAGE_PIXELS / 1000000);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("What is there is no image that can be shown."));
  return NULL;
}

static DexFuture *
decode_fiber (gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = assay_image_decode (user_data, &error);

  return texture != NULL ? dex_future_new_take_object (g_steal_pointer (&texture))
                         : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
decode_address_fiber (gpointer user_data)
{
  gsize length;
  guchar *content = g_base64_decode (assay_link_get_image_data (user_data, &length), &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (content, length);

  return decode_fiber (bytes);
}

static DexFuture *
answered_cb (DexFuture *future, gpointer user_data)
{
  AssayHttpAnswer *answer = g_value_get_object (dex_future_get_value (future, NULL));

  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, decode_fiber,
                              g_bytes_ref (assay_http_answer_get_body (answer)),
                              (GDestroyNotify) g_bytes_unref);
}

/* The sentences of AssayHttp are about platforms. */
static DexFuture *
failed_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const char *sentence;

  dex_future_get_value (future, &error);
  if (error->domain != ASSAY_PLATFORM_ERROR)
    return dex_future_new_for_error (g_steal_pointer (&error));
  switch (error->code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
    case ASSAY_PLATFORM_ERROR_PROXY:
      sentence = _ ("The site could not be reached, or stopped in the middle.");
      break;
    case ASSAY_PLATFORM_ERROR_INSECURE:
    case ASSAY_PLATFORM_ERROR_ADDRESS:
      sentence = _ ("There is no safe connection to the site.");
      break;
    case ASSAY_PLATFORM_ERROR_PROTOCOL:
      sentence = _ ("The site sent something else, or more than 20 MB.");
      break;
    default:
      sentence = _ ("The site does not have it, or does not give it out.");
      break;
    }
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "%s", sentence);
}

DexFuture *
assay_image_load (AssayHttp *http, const char *address)
{
  g_autoptr (AssayHttpRequest) request = NULL;
  gsize n_bytes;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  if (assay_link_get_image_data (address, &n_bytes) != NULL)
    return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, decode_address_fiber,
                                g_strdup (address), g_free);

  request = assay_http_request_new (ASSAY_HTTP_ATTACHMENT, "GET", address, "/{image}");
  /* The person was told of this site alone, and another may be on a network that is not asked. */
  assay_http_request_set_stays (request, TRUE);
  assay_http_request_set_limits (request, 0, 0, ASSAY_LIMIT_IMAGE_BYTES);
  return dex_future_catch (dex_future_then (assay_http_send (http, request), answered_cb, NULL,
                                            NULL),
                           failed_cb, NULL, NULL);
}
