/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-origin.h"
#include "assay-platform-error.h"

/* A name and a password are seen, so that they can be refused. */
#define URI_FLAGS SOUP_HTTP_URI_FLAGS

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS, sentence);
  return FALSE;
}

/* What a name or a number of a host is made of; GUri has decoded what was escaped. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0' || *host == '.' || *host == '-')
    return FALSE;
  if (g_hostname_is_ip_address (host))
    return strchr (host, '%') == NULL;
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '.' && *c != '-' && *c != '_')
      return FALSE;
  return TRUE;
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;
  return g_str_equal (g_uri_get_scheme (uri), "http") ? 80 : 443;
}

static gboolean
check (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
    return refuse (error, _ ("The address does not begin with “https://”."));
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _ ("The address holds a name or a password, which belongs elsewhere."));
  if (!is_host (g_uri_get_host (uri)))
    return refuse (error, _ ("The address does not name a server."));
  if (g_uri_get_port (uri) == 0)
    return refuse (error, _ ("The address has a port that cannot be."));
  if (g_str_equal (scheme, "http") && !is_this_machine (g_uri_get_host (uri)))
    return refuse (error, _ ("The address is not encrypted. It must begin with “https://”."));
  return TRUE;
}

GUri *
assay_origin_parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, NULL);

  if (strlen (url) > ASSAY_LIMIT_URL_BYTES)
    {
      refuse (error, _ ("The address is too long."));
      return NULL;
    }
  /* GUri would drop some of these, and others would break a line of a log or of a header. */
  for (const char *c = url; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || *c == 0x7f)
      {
        refuse (error, _ ("The address holds a space or an invisible character."));
        return NULL;
      }

  /* GUri's own sentence repeats the address. */
  uri = g_uri_parse (url, URI_FLAGS, NULL);
  if (uri == NULL)
    {
      refuse (error, _ ("This is not an address of the web."));
      return NULL;
    }
  if (!check (uri, error))
    return NULL;
  return g_uri_build (URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                      g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}

GUri *
assay_origin_resolve (GUri *base, const char *reference, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  uri = g_uri_parse_relative (base, reference, URI_FLAGS, NULL);
  if (uri == NULL)
    {
      refuse (error, _ ("This is not an address of the web."));
      return NULL;
    }
  /* The password too: it is what is refused. */
  url = g_uri_to_string (uri);
  return assay_origin_parse_url (url, error);
}

char *
assay_origin_resolve_next (const char *page_url, const char *next, GError **error)
{
  g_autoptr (GUri) page = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (page_url != NULL, NULL);
  g_return_val_if_fail (next != NULL, NULL);

  page = assay_origin_parse_url (page_url, error);
  if (page == NULL)
    return NULL;
  uri = assay_origin_resolve (page, next, NULL);
  if (uri == NULL || !assay_origin_equal (page, uri))
    {
      g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL,
                           _ ("The platform says that a list goes on at another server."));
      return NULL;
    }
  return g_uri_to_string (uri);
}

gboolean
assay_origin_equal (GUri *a, GUri *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && get_port (a) == get_port (b);
}

char *
assay_origin_to_string (GUri *uri)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host,
                     get_port (uri) == (g_str_equal (g_uri_get_scheme (uri), "http") ? 80 : 443)
                         ? -1
                         : get_port (uri),
                     "", NULL, NULL);
}

char *
assay_origin_build_path (const char *base, const char *const *segments, GError **error)
{
  g_autoptr (GString) url = NULL;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (segments != NULL, NULL);

  url = g_string_new (base);
  while (url->len > 0 && url->str[url->len - 1] == '/')
    g_string_truncate (url, url->len - 1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (*segments[i] == '\0' || g_str_equal (segments[i], ".") || g_str_equal (segments[i], ".."))
        {
          refuse (error, _ ("An empty name, or one of dots only, cannot be part of an address."));
          return NULL;
        }
      g_string_append_c (url, '/');
      g_string_append_uri_escaped (url, segments[i], NULL, FALSE);
    }
  return g_string_free_and_steal (g_steal_pointer (&url));
}
