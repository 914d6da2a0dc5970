/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in with the browser, which is played by a thread. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-open-sign-in-private.h"
#include "open-browser.h"
#include "open-fixture.h"

static AssayPlatformInfo *
look (OpenFixture *fixture)
{
  g_autoptr (AssayPlatform) stranger =
      assay_open_platform_new (fixture->http, OPEN_ACCOUNT,
                               assay_platform_server_get_address (fixture->server), NULL, NULL);
  g_autoptr (GError) error = NULL;
  AssayPlatformInfo *info = open_fixture_wait_boxed (assay_platform_check (stranger), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (info->person, ==, "");
  return info;
}

static char *
begin (AssayOpenSignIn *sign_in)
{
  g_autoptr (GError) error = NULL;
  char *address = open_fixture_wait_string (assay_open_sign_in_begin (sign_in), &error);

  g_assert_no_error (error);
  return address;
}

static char *
get_field (const char *address, const char *name)
{
  g_autoptr (GHashTable) fields =
      g_uri_parse_params (strchr (address, '?') + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (fields, name));
}

/* What the person says on the server's page; where the browser is sent then. */
static char *
decide (const char *address, const char *decision)
{
  g_autofree char *query = g_strdup (strchr (address, '?') + 1);
  g_autofree char *endpoint = g_strndup (address, (gsize) (strchr (address, '?') - address));
  g_autofree char *body = g_strdup_printf ("%s&decision=%s", query, decision);
  g_autoptr (OpenPage) page = open_browser_visit ("POST", endpoint, body);

  g_assert_cmpuint (page->status, ==, 302);
  return g_strdup (page->location);
}

static void
test_allowed (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autoptr (AssayOpenSignIn) sign_in = assay_open_sign_in_new (fixture->http, info);
  g_autofree char *address = begin (sign_in);
  g_autofree char *method = get_field (address, "code_challenge_method");
  g_autofree char *redirect = get_field (address, "redirect_uri");
  DexFuture *finishing = assay_open_sign_in_finish (sign_in);
  g_autofree char *target = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (OpenPage) page = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (method, ==, "S256");
  g_assert_true (g_str_has_prefix (redirect, "http://127.0.0.1:"));
  target = decide (address, "allow");
  g_assert_true (g_str_has_prefix (target, redirect));
  page = open_browser_visit ("GET", target, NULL);
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_nonnull (strstr (page->body, "close this page"));

  secret = open_fixture_wait_string (finishing, &error);
  g_assert_no_error (error);
  g_set_str (&fixture->secret, secret);
  {
    g_autoptr (AssayPlatform) platform = open_fixture_new_platform (fixture, NULL);
    g_autoptr (AssayPlatformInfo) known =
        open_fixture_wait_boxed (assay_platform_check (platform), &error);

    g_assert_no_error (error);
    g_assert_cmpstr (known->person, !=, "");
  }
  /* It listens no more. */
  {
    g_autoptr (OpenPage) again = open_browser_visit ("GET", target, NULL);

    g_assert_cmpuint (again->status, ==, 0);
  }
}

static void
test_denied (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autoptr (AssayOpenSignIn) sign_in = assay_open_sign_in_new (fixture->http, info);
  g_autofree char *address = begin (sign_in);
  DexFuture *finishing = assay_open_sign_in_finish (sign_in);
  g_autofree char *target = decide (address, "deny");
  g_autoptr (OpenPage) page = open_browser_visit ("GET", target, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (page->status, ==, 200);
  g_assert_null (open_fixture_wait_string (finishing, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_ALLOWED);
}

/* Whoever else finds the port is not heard, and does not end it. */
static void
test_others (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autoptr (AssayOpenSignIn) sign_in = assay_open_sign_in_new (fixture->http, info);
  g_autofree char *address = begin (sign_in);
  g_autofree char *redirect = get_field (address, "redirect_uri");
  g_autofree char *state = get_field (address, "state");
  const char *const formats[] = {
    "%s",
    "%s?code=stolen&state=guessed",
    "%s?error=access_denied&state=guessed",
    "%s?code=stolen",
    "%s?state=%s",
    "%s?code=stolen&state=%s&iss=https%%3A%%2F%%2Felsewhere.example.org",
  };
  DexFuture *finishing = assay_open_sign_in_finish (sign_in);
  g_autofree char *target = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (OpenPage) page = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *wrong = g_strdup_printf (formats[i], redirect, state);
      g_autoptr (OpenPage) nothing = open_browser_visit ("GET", wrong, NULL);

      g_assert_cmpuint (nothing->status, >=, 400);
      g_assert_true (dex_future_is_pending (finishing));
    }
  target = decide (address, "allow");
  {
    g_autoptr (OpenPage) nothing = open_browser_visit ("POST", target, "");

    g_assert_cmpuint (nothing->status, >=, 400);
  }
  page = open_browser_visit ("GET", target, NULL);
  g_assert_cmpuint (page->status, ==, 200);
  secret = open_fixture_wait_string (finishing, &error);
  g_assert_no_error (error);
  g_assert_nonnull (secret);
}

static void
test_nobody_comes (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autoptr (AssayOpenSignIn) sign_in = assay_open_sign_in_new (fixture->http, info);
  g_autofree char *address = begin (sign_in);
  g_autofree char *redirect = get_field (address, "redirect_uri");
  g_autoptr (OpenPage) page = NULL;
  g_autoptr (GError) error = NULL;

  assay_open_sign_in_set_patience (sign_in, 1);
  g_assert_null (open_fixture_wait_string (assay_open_sign_in_finish (sign_in), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_TIMED_OUT);
  page = open_browser_visit ("GET", redirect, NULL);
  g_assert_cmpuint (page->status, ==, 0);
}

static void
test_given_up (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  AssayOpenSignIn *sign_in = assay_open_sign_in_new (fixture->http, info);
  g_autofree char *address = begin (sign_in);
  g_autofree char *redirect = get_field (address, "redirect_uri");
  DexFuture *finishing = assay_open_sign_in_finish (sign_in);
  g_autoptr (OpenPage) page = NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (sign_in);
  g_assert_null (open_fixture_wait_string (finishing, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CANCELLED);
  page = open_browser_visit ("GET", redirect, NULL);
  g_assert_cmpuint (page->status, ==, 0);
}

/* The server that is named is another one, or says that it is. */
static void
test_other_issuer (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autofree char *with_slash = g_strconcat (info->authorization_server, "/", NULL);
  g_autoptr (AssayOpenSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&info->authorization_server, with_slash);
  sign_in = assay_open_sign_in_new (fixture->http, info);
  g_assert_null (open_fixture_wait_string (assay_open_sign_in_begin (sign_in), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL);
}

static void
test_tokens_only (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatformInfo) info = look (fixture);
  g_autoptr (AssayOpenSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&info->authorization_server, g_free);
  sign_in = assay_open_sign_in_new (fixture->http, info);
  g_assert_null (open_fixture_wait_string (assay_open_sign_in_begin (sign_in), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/open/sign-in/allowed", test_allowed);
  g_test_add_func ("/platforms/open/sign-in/denied", test_denied);
  g_test_add_func ("/platforms/open/sign-in/others", test_others);
  g_test_add_func ("/platforms/open/sign-in/nobody-comes", test_nobody_comes);
  g_test_add_func ("/platforms/open/sign-in/given-up", test_given_up);
  g_test_add_func ("/platforms/open/sign-in/other-issuer", test_other_issuer);
  g_test_add_func ("/platforms/open/sign-in/tokens-only", test_tokens_only);

  return g_test_run ();
}
