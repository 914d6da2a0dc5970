/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses that may be used, and times that a server asks to wait. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-limits.h"
#include "assay-link-header.h"
#include "assay-origin.h"
#include "assay-platform-error.h"
#include "assay-retry-after.h"

static const char *const good_urls[] = {
  "https://example.org",
  "HTTPS://Example.ORG:8443/eval/v1?page=2#part",
  "https://127.0.0.1/",
  "https://[2001:db8::1]:8443/",
  "https://m\303\274nchen.example/",
  "http://127.0.0.1",
  "http://127.0.0.1:8080/x",
  "http://127.9.9.9/",
  "http://[::1]:80/",
  "http://localhost/",
  "http://LOCALHOST:3000/x?y=z",
};

static const char *const bad_urls[] = {
  "",
  "example.org",
  "//example.org/",
  "https:",
  "https:///path",
  "https://:443/",
  "http://example.org/",
  "http://127.0.0.1.example.org/",
  "http://localhost.example.org/",
  "http://localhost./",
  "http://a.localhost/",
  "http://127.1/",
  "http://0x7f000001/",
  "http://2130706433/",
  "http://0.0.0.0/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::]/",
  "http://10.0.0.1/",
  "http://127.0.0.1@example.org/",
  "http://localhost:x@example.org/",
  "https://someone:secret@example.org/",
  "https://someone@example.org/",
  "https://example.org:0/",
  "https://example.org:65536/",
  "https://example.org:port/",
  "https://exa mple.org/",
  "https://example.org/a b",
  "https://example.org/\r\nX: y",
  "https://example.org/\t",
  "https://example.org\\@evil.example/",
  "https://example%2eorg%2f/",
  "https://%65xample.org%00/",
  "https://-x.example/",
  "file:///etc/passwd",
  "ftp://example.org/",
  "javascript:alert(1)",
  "data:text/plain,x",
  "ws://localhost/",
};

static void
test_urls (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = assay_origin_parse_url (good_urls[i], &error);

      g_assert_no_error (error);
      g_assert_null (g_uri_get_fragment (uri));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = assay_origin_parse_url (bad_urls[i], &error);

      g_test_message ("%s", bad_urls[i]);
      g_assert_null (uri);
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_length (void)
{
  for (int more = -1; more <= 1; more++)
    {
      g_autoptr (GString) url = g_string_new ("https://example.org/");
      g_autoptr (GUri) uri = NULL;

      while (url->len < (gsize) (ASSAY_LIMIT_URL_BYTES + more))
        g_string_append_c (url, 'x');
      uri = assay_origin_parse_url (url->str, NULL);
      g_assert_cmpint (uri != NULL, ==, more <= 0);
    }
}

static void
test_origins (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean equal;
  } pairs[] = {
    { "https://example.org/a", "https://EXAMPLE.org:443/b?c", TRUE },
    { "http://localhost:80/", "http://localhost/", TRUE },
    { "https://example.org/", "https://example.org:8443/", FALSE },
    { "https://example.org/", "https://www.example.org/", FALSE },
    { "https://localhost/", "http://localhost/", FALSE },
    { "https://localhost:80/", "http://localhost/", FALSE },
    { "http://localhost/", "http://127.0.0.1/", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GUri) a = assay_origin_parse_url (pairs[i].a, NULL);
      g_autoptr (GUri) b = assay_origin_parse_url (pairs[i].b, NULL);
      g_autofree char *a_text = assay_origin_to_string (a);
      g_autofree char *b_text = assay_origin_to_string (b);

      g_assert_cmpint (assay_origin_equal (a, b), ==, pairs[i].equal);
      g_assert_cmpint (g_str_equal (a_text, b_text), ==, pairs[i].equal);
    }
}

static void
test_next (void)
{
  static const struct
  {
    const char *next;
    const char *expected;
  } rows[] = {
    { "?cursor=2", "https://example.org/eval/items?cursor=2" },
    { "/items?cursor=2", "https://example.org/items?cursor=2" },
    { "../items", "https://example.org/items" },
    { "https://example.org:443/x", "https://example.org/x" },
    { "https://example.org:8443/x", NULL },
    { "https://evil.example/x", NULL },
    { "//evil.example/x", NULL },
    { "http://example.org/x", NULL },
    { "http://localhost/x", NULL },
    { "https://a:b@example.org/x", NULL },
    { "file:///x", NULL },
    { "/x y", "https://example.org/x%20y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = assay_origin_resolve_next ("https://example.org/eval/items?cursor=1",
                                                        rows[i].next, &error);

      g_assert_cmpstr (url, ==, rows[i].expected);
      if (rows[i].expected == NULL)
        g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL);
    }
}

/* An id is one segment, whatever is in it. */
static void
test_segments (void)
{
  static const char *const ids[] = {
    "plain", "a/b",  "a?b", "a#b", "a%b", "a%2Fb", "../x", "a b", "\360\237\230\200",
    "a\nb",  "a\\b", "...",
  };
  static const char *const refused[] = { "", ".", ".." };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url =
          assay_origin_build_path ("https://example.org/eval/v1//",
                                   (const char *const[]) { "submissions", ids[i], "draft", NULL },
                                   &error);
      g_autoptr (GUri) uri = assay_origin_parse_url (url, &error);
      g_auto (GStrv) segments = NULL;
      g_autofree char *id = NULL;

      g_assert_no_error (error);
      g_assert_null (g_uri_get_query (uri));
      segments = g_strsplit (g_uri_get_path (uri), "/", -1);
      g_assert_cmpuint (g_strv_length (segments), ==, 6);
      id = g_uri_unescape_string (segments[4], NULL);
      g_assert_cmpstr (id, ==, ids[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (assay_origin_build_path ("https://example.org",
                                              (const char *const[]) { refused[i], NULL }, &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
    }
}

static void
test_links (void)
{
  static const struct
  {
    const char *value;
    const char *target;
  } rows[] = {
    { "<a>; rel=next", "a" },
    { "<a>; rel=\"next\"", "a" },
    { "<a>; REL=Next", "a" },
    { "<a>; rel=prev, <b>; rel=next", "b" },
    { "<a,b>; rel=prev,<c,d>;rel=\"last next\"", "c,d" },
    { "<a>; title=\"<x>; rel=next, <y>\"; rel=prev, <b>; rel=next", "b" },
    { "<a>; title=\"\\\", \"; rel=next", "a" },
    { "<a>; rel=nextish", NULL },
    { "<a>; rel", NULL },
    { "<a>", NULL },
    { "<a", NULL },
    { "a; rel=next", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *target = assay_link_header_find (rows[i].value, "next");

      g_test_message ("%s", rows[i].value);
      g_assert_cmpstr (target, ==, rows[i].target);
    }
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *value;
    gint64 seconds;
  } rows[] = {
    { "0", 1 },
    { "1", 1 },
    { "120", 120 },
    { " 30 ", 30 },
    { "86400", 86400 },
    { "86401", 86400 },
    { "1000000000", 86400 },
    { "99999999999999999999999999", 86400 },
    { "-5", 1 },
    { "+5", 1 },
    { "", 1 },
    { "soon", 1 },
    { "1.5", 1 },
    { "\377\376", 1 },
    { "Thu, 01 Jan 2026 00:00:40 GMT", 40 },
    { "Thu, 01 Jan 2026 00:00:00 GMT", 1 },
    { "Wed, 31 Dec 2025 23:59:59 GMT", 1 },
    { "Sat, 03 Jan 2026 00:00:00 GMT", 86400 },
    { "Thursday, 01-Jan-26 00:01:00 GMT", 60 },
    { "Thu Jan  1 00:01:00 2026", 60 },
    { "Thu, 99 Jan 2026 00:00:40 GMT", 1 },
  };
  gint64 now = assay_retry_after_parse_date ("Thu, 01 Jan 2026 00:00:00 GMT");

  g_assert_cmpint (now, ==, G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].value);
      g_assert_cmpint (assay_retry_after_parse (rows[i].value, now), ==,
                       rows[i].seconds * G_USEC_PER_SEC);
    }
  g_assert_cmpint (assay_retry_after_parse_date ("yesterday"), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/origin/urls", test_urls);
  g_test_add_func ("/origin/length", test_length);
  g_test_add_func ("/origin/origins", test_origins);
  g_test_add_func ("/origin/next", test_next);
  g_test_add_func ("/origin/segments", test_segments);
  g_test_add_func ("/origin/links", test_links);
  g_test_add_func ("/retry-after/values", test_retry_after);

  return g_test_run ();
}
