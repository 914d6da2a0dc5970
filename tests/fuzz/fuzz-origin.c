/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses: what may be used is encrypted or stays on this machine, reads back the same, and a
 * page leads to its own origin only. Three texts: an address, a reference or a "Link", an id. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "assay-limits.h"
#include "assay-link-header.h"
#include "assay-origin.h"
#include "assay-platform-error.h"
#include "fuzz.h"

/* Written once more from the start, so that a mistake is not made twice. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address == NULL)
    return g_ascii_strcasecmp (host, "localhost") == 0;
  return g_inet_address_get_is_loopback (address);
}

static void
check_uri (GUri *uri)
{
  g_autofree char *text = g_uri_to_string (uri);
  g_autofree char *origin = assay_origin_to_string (uri);
  g_autoptr (GUri) again = NULL;
  g_autoptr (GUri) origin_again = NULL;

  g_assert_true (
      g_str_equal (g_uri_get_scheme (uri), "https")
      || (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri))));
  g_assert_null (g_uri_get_userinfo (uri));
  g_assert_null (g_uri_get_fragment (uri));
  g_assert_true (g_str_is_ascii (text));
  for (const char *c = text; *c != '\0'; c++)
    g_assert_true ((guchar) *c > ' ' && *c != 0x7f);
  fuzz_check_text (origin);

  origin_again = assay_origin_parse_url (origin, NULL);
  g_assert_nonnull (origin_again);
  g_assert_true (assay_origin_equal (uri, origin_again));
  /* What was escaped may have become too long. */
  if (strlen (text) > ASSAY_LIMIT_URL_BYTES)
    return;
  again = assay_origin_parse_url (text, NULL);
  g_assert_nonnull (again);
  g_assert_true (assay_origin_equal (uri, again));
  g_assert_cmpstr (g_uri_get_path (uri), ==, g_uri_get_path (again));
  g_assert_cmpstr (g_uri_get_query (uri), ==, g_uri_get_query (again));
}

static void
check_next (const char *url, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next = assay_origin_resolve_next (url, reference, &error);
  g_autoptr (GUri) page = assay_origin_parse_url (url, NULL);
  g_autoptr (GUri) uri = NULL;

  if (next == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  uri = assay_origin_parse_url (next, NULL);
  if (uri != NULL)
    g_assert_true (assay_origin_equal (page, uri));
  else
    g_assert_cmpuint (strlen (next), >, ASSAY_LIMIT_URL_BYTES);
}

static void
check_segment (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = assay_origin_build_path ("https://example.org/a",
                                                  (const char *const[]) { id, "b", NULL }, &error);
  g_autoptr (GUri) uri = NULL;
  g_auto (GStrv) segments = NULL;
  g_autofree char *read_back = NULL;

  if (url == NULL)
    {
      fuzz_check_error (&error);
      return;
    }
  uri = assay_origin_parse_url (url, NULL);
  if (uri == NULL)
    {
      g_assert_cmpuint (strlen (url), >, ASSAY_LIMIT_URL_BYTES);
      return;
    }
  g_assert_null (g_uri_get_query (uri));
  segments = g_strsplit (g_uri_get_path (uri), "/", -1);
  g_assert_cmpuint (g_strv_length (segments), ==, 4);
  read_back = g_uri_unescape_string (segments[2], NULL);
  g_assert_cmpstr (read_back, ==, id);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) texts = fuzz_split_texts (data, size, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = assay_origin_parse_url (texts[0], &error);
  g_autofree char *link = assay_link_header_find (texts[1], "next");

  if (link != NULL)
    {
      fuzz_check_text (link);
      g_assert_null (strchr (link, '>'));
    }
  check_segment (texts[2]);
  if (uri == NULL)
    {
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
      fuzz_check_error (&error);
      check_next ("https://example.org/eval/items?c=1", texts[1]);
      return 0;
    }
  check_uri (uri);
  check_next (texts[0], texts[1]);
  return 0;
}
