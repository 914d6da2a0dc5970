/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is at an address, and who we are there; claiming, holding and giving back. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "assay-open-discovery.h"
#include "open-fake.h"
#include "open-fixture.h"

static void
test_check (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info =
      open_fixture_wait_boxed (assay_platform_check (fixture->platform), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (info->base, ==, assay_platform_server_get_address (fixture->server));
  g_assert_cmpstr (info->name, !=, "");
  g_assert_cmpstr (info->person, !=, "");
  g_assert_cmpuint (info->claim_max, ==, ASSAY_PLATFORM_SERVER_CLAIM_MAX);
  g_assert_cmpuint (info->submission_bytes, ==, ASSAY_PLATFORM_SERVER_SUBMISSION_BYTES);
  g_assert_cmpstr (info->client_id, ==, ASSAY_PLATFORM_SERVER_CLIENT_ID);
  g_assert_nonnull (info->authorization_server);
  g_assert_cmpint (info->abilities, ==, assay_platform_get_abilities (fixture->platform));
  g_assert_true ((info->abilities & ASSAY_PLATFORM_CHANGES) != 0);
  g_assert_true ((info->abilities & ASSAY_PLATFORM_DRAFTS) != 0);
  g_assert_true ((info->abilities & ASSAY_PLATFORM_LOCAL) == 0);
}

/* Any address of its host leads there. */
static void
test_address (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  const char *base = assay_platform_server_get_address (fixture->server);
  g_autofree char *origin = g_strndup (base, (gsize) (strstr (base, "/eval") - base));
  const char *const ends[] = { "", "/", "/eval/v1/", "/somewhere?else=1#there" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *address = g_strconcat (origin, ends[i], NULL);
      g_autoptr (AssayPlatform) platform =
          assay_open_platform_new (fixture->http, OPEN_ACCOUNT, address, NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayPlatformInfo) info =
          open_fixture_wait_boxed (assay_platform_check (platform), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (info->base, ==, base);
      g_assert_cmpstr (info->person, ==, "");
    }
}

static void
test_wrong_token (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  const char *const secrets[] = { "{\"token\":\"wrong\"}", "nonsense", "{}", "" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (AssayPlatform) platform = NULL;
      g_autoptr (GError) error = NULL;

      g_set_str (&fixture->secret, secrets[i]);
      platform = open_fixture_new_platform (fixture, NULL);
      g_assert_null (open_fixture_wait_boxed (assay_platform_check (platform), &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_SIGNED_OUT);
      g_assert_null (strstr (error->message, "wrong"));
    }
}

/* What describes no platform that can be used. */
static void
test_discoveries (void)
{
#define REST "'limits':{'claim_max':1,'submission_bytes':1}}"
  static const struct
  {
    const char *url;
    const char *answer;
    int code; /* -1: it is one */
    const char *words;
  } cases[] = {
    { "https://a.example.org", "{'protocol':'1.0','name':'N','base':'https://a.example.org'," REST,
      -1, "" },
    { "https://a.example.org",
      "{'protocol':'1.7','name':'N','base':'https://b.example.org/x'," REST, -1, "" },
    { "https://a.example.org", "{'protocol':'1.0','name':'N','base':'http://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "cannot be used" },
    { "https://a.example.org", "{'protocol':'1.0','name':'N','base':'http://127.0.0.1:1'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "cannot prove" },
    { "http://127.0.0.1:1", "{'protocol':'1.0','name':'N','base':'http://127.0.0.1:2'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "cannot prove" },
    { "http://127.0.0.1:1", "{'protocol':'1.0','name':'N','base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "cannot prove" },
    { "http://127.0.0.1:1", "{'protocol':'1.0','name':'N','base':'http://127.0.0.1:1/v/'," REST, -1,
      "" },
    { "https://a.example.org",
      "{'protocol':'1.0','name':'N','base':'https://me:secret@a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "" },
    { "https://a.example.org",
      "{'protocol':'1.0','name':'N','base':'https://a.example.org/?x=1'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "" },
    { "https://a.example.org", "{'protocol':'2.0','name':'N','base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "version 2.0" },
    { "https://a.example.org", "{'protocol':'10.0','name':'N','base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "version 10.0" },
    { "https://a.example.org", "{'protocol':1,'name':'N','base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "no evaluator platform" },
    { "https://a.example.org", "{'name':'N','base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "no evaluator platform" },
    { "https://a.example.org", "{'protocol':'1.0','name':7,'base':'https://a.example.org'," REST,
      ASSAY_PLATFORM_ERROR_PROTOCOL, "no evaluator platform" },
    { "https://a.example.org", "[]", ASSAY_PLATFORM_ERROR_PROTOCOL, "no evaluator platform" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (cases[i].answer), "'", '"');
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (json, -1, &error);
      g_autoptr (AssayPlatformInfo) info = NULL;

      g_assert_no_error (error);
      info = assay_open_discovery_read (node, cases[i].url, &error);
      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_false (g_str_has_suffix (info->base, "/"));
          continue;
        }
      g_assert_null (info);
      g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* What a platform says of itself and may not be followed is left out. */
static void
test_addresses_within (void)
{
  static const char json[] =
      "{\"protocol\":\"1.0\",\"name\":\"N\",\"base\":\"https://a.example.org\","
      "\"token_page\":\"javascript:alert(1)\",\"support\":\"file:///etc/passwd\","
      "\"authorization_servers\":[\"http://b.example.org\"],\"client_id\":\"c\","
      "\"conformance\":[\"sync\",7,\"magic\"],\"limits\":{\"claim_max\":-4},"
      "\"rules\":{\"offline_cache\":false,\"cache_max_hours\":24,"
      "\"assistive_writing_tools\":\"by-night\"}}";
  g_autoptr (JsonNode) node = assay_json_parse (json, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info =
      assay_open_discovery_read (node, "https://a.example.org", &error);

  g_assert_no_error (error);
  g_assert_null (info->token_page);
  g_assert_null (info->support);
  g_assert_null (info->authorization_server);
  g_assert_cmpuint (info->claim_max, ==, 0);
  g_assert_false (info->offline_cache);
  g_assert_cmpint (info->cache_max_hours, ==, 24);
  g_assert_false (info->spelling_allowed);
  g_assert_cmpint (info->abilities, ==,
                   ASSAY_PLATFORM_CHANGES | ASSAY_PLATFORM_UPDATES | ASSAY_PLATFORM_REPEATABLE
                       | ASSAY_PLATFORM_LEASES);
}

/* A page of the web, or of a network that asks to sign in. */
static void
test_nothing_there (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *type;
    int code;
  } cases[] = {
    { 200, "<html>Welcome", "text/html", ASSAY_PLATFORM_ERROR_PROTOCOL },
    { 404, "<html>Nothing", "text/html", ASSAY_PLATFORM_ERROR_NOT_FOUND },
    { 200, "", "application/json", ASSAY_PLATFORM_ERROR_PROTOCOL },
    { 302, "", "text/html", ASSAY_PLATFORM_ERROR_PROTOCOL },
    { 204, NULL, "text/html", ASSAY_PLATFORM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpenFake) fake = open_fake_new (NULL);
      g_autoptr (AssayHttp) http = assay_http_new ();
      g_autoptr (AssayPlatform) platform = open_fake_new_platform (fake, http, NULL);
      g_autoptr (GError) error = NULL;

      open_fake_forget (fake, "GET", "//.well-known/evaluator-platform");
      open_fake_say (fake, "GET", "//.well-known/evaluator-platform", cases[i].status,
                     cases[i].body, "Content-Type", cases[i].type, "Location",
                     "https://portal.example.org/", NULL);
      g_assert_null (open_fixture_wait_boxed (assay_platform_check (platform), &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, "There is no evaluator platform at that address.");
    }
}

/* Nothing is asked of an address that is not encrypted and not of this machine. */
static void
test_refused_addresses (void)
{
  static const char *const addresses[] = { "http://platform.example.org", "nonsense", "",
                                           "ftp://127.0.0.1/", "https://me:secret@example.org" };
  g_autoptr (AssayHttp) http = assay_http_new ();

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (AssayPlatform) platform =
          assay_open_platform_new (http, OPEN_ACCOUNT, addresses[i], NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (open_fixture_wait_boxed (assay_platform_check (platform), &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS);
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* What is not permitted is not offered. */
static void
test_scopes (void)
{
  g_autoptr (OpenFake) fake = open_fake_new (NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autofree char *secret = assay_open_secret_new_for_token (" token\n");
  g_autoptr (AssayPlatform) platform = open_fake_new_platform (fake, http, secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info = NULL;
  const OpenFakeRequest *request;

  open_fake_forget (fake, "GET", "/me");
  open_fake_say (fake, "GET", "/me", 200, "{'id':'p','name':'','scopes':['tasks']}", NULL);
  info = open_fixture_wait_boxed (assay_platform_check (platform), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->person, ==, "p");
  g_assert_false (info->abilities & ASSAY_PLATFORM_FEEDBACK);
  g_assert_false (info->abilities & ASSAY_PLATFORM_PAY);
  g_assert_true (info->abilities & ASSAY_PLATFORM_DRAFTS);
  /* The discovery is asked without it. */
  request = open_fake_get_requests (fake)->pdata[0];
  g_assert_null (request->authorization);
  request = open_fake_get_requests (fake)->pdata[1];
  g_assert_cmpstr (request->authorization, ==, "Bearer token");
}

/* What an earlier check found is not asked for again. */
static void
test_known (void)
{
  g_autoptr (OpenFake) fake = open_fake_new (NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autoptr (AssayPlatform) first = open_fake_new_platform (fake, http, NULL);
  g_autoptr (AssayPlatform) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPlatformInfo) info =
      open_fixture_wait_boxed (assay_platform_check (first), &error);
  g_autoptr (AssayPage) page = NULL;

  g_assert_no_error (error);
  open_fake_furnish (fake);
  open_fake_clear_requests (fake);
  second = assay_open_platform_new (http, OPEN_ACCOUNT, open_fake_get_base (fake), NULL, info);
  g_assert_cmpint (assay_platform_get_abilities (second), ==, info->abilities);
  page = open_fixture_pull (second, NULL);
  g_assert_cmpuint (open_fake_count (fake, "GET", "//.well-known"), ==, 0);
}

static void
test_claim (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = NULL;
  g_autoptr (AssayPage) again = NULL;
  g_autoptr (AssayPage) none = NULL;
  g_autoptr (GError) error = NULL;

  page = open_fixture_wait_object (assay_platform_claim (fixture->platform, "quick", 3, "key"),
                                   &error);
  g_assert_no_error (error);
  again = open_fixture_wait_object (assay_platform_claim (fixture->platform, "quick", 3, "key"),
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpuint (assay_page_get_tasks (page)->len, ==, 3);
  g_assert_cmpuint (assay_page_get_tasks (again)->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      AssayPageTask *one = assay_page_get_tasks (page)->pdata[i];
      AssayPageTask *other = assay_page_get_tasks (again)->pdata[i];

      g_assert_cmpstr (one->lease->id, ==, other->lease->id);
    }

  /* More than there are, and more than may be asked for at once. */
  g_clear_object (&page);
  page = open_fixture_wait_object (assay_platform_claim (fixture->platform, "quick", 900, "most"),
                                   &error);
  g_assert_no_error (error);
  none = open_fixture_wait_object (assay_platform_claim (fixture->platform, "quick", 1, "none"),
                                   &error);
  g_assert_no_error (error);
  g_assert_true (assay_page_is_empty (none));
}

/* An answer that is no claim. */
static void
test_claim_odd (void)
{
  static const char *const answers[] = { "{}", "[]", "{'leases':7}" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (OpenFake) fake = open_fake_new (NULL);
      g_autoptr (AssayHttp) http = assay_http_new ();
      g_autoptr (AssayPlatform) platform = open_fake_new_platform (fake, http, NULL);
      g_autoptr (GError) error = NULL;

      open_fake_say (fake, "POST", "/leases", 201, answers[i], NULL);
      g_assert_null (
          open_fixture_wait_object (assay_platform_claim (platform, "p", 900, "key"), &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_PROTOCOL);
      {
        const OpenFakeRequest *request =
            open_fake_get_requests (fake)->pdata[open_fake_get_requests (fake)->len - 1];

        g_assert_cmpstr (request->key, ==, "key");
        g_assert_cmpstr (request->body, ==, "{\"project_id\":\"p\",\"count\":20}");
      }
    }
}

static void
test_renew (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "criteria", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (AssayLease) lease = NULL;
  g_autoptr (AssayLease) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_more = NULL;
  g_autoptr (GError) unknown = NULL;

  open_fixture_control (fixture, "advance-clock", "{'milliseconds': 3600000}");
  lease = open_fixture_wait_boxed (assay_platform_renew (fixture->platform, task->lease->id, "key"),
                                   &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lease->id, ==, task->lease->id);
  g_assert_cmpuint (lease->renewals_left, ==, 0);
  again = open_fixture_wait_boxed (assay_platform_renew (fixture->platform, task->lease->id, "key"),
                                   &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->renewals_left, ==, 0);

  g_assert_null (open_fixture_wait_boxed (
      assay_platform_renew (fixture->platform, task->lease->id, "another"), &no_more));
  g_assert_error (no_more, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CONFLICT);
  g_assert_null (open_fixture_wait_boxed (
      assay_platform_renew (fixture->platform, "nobody's", "third"), &unknown));
  g_assert_error (unknown, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND);
}

static void
test_release (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "criteria", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  const char *const ids[] = { task->lease->id, task->lease->id, "nobody's" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (
          open_fixture_wait (assay_platform_release (fixture->platform, ids[i]), &error));
      g_assert_no_error (error);
    }
  assay_platform_server_stop (fixture->server);
  g_assert_false (
      open_fixture_wait (assay_platform_release (fixture->platform, task->lease->id), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_OFFLINE);
}

/* Their clock is not ours. */
static void
test_clock (void)
{
  static const struct
  {
    const char *date;
    gint64 seconds_left;
  } cases[] = {
    { "Thu, 01 Jan 2060 00:00:00 GMT", 600 },
    { "Sat, 01 Jan 2000 00:00:00 GMT", 60 * 365 * 86400 + 15 * 86400 + 600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpenFake) fake = open_fake_new (NULL);
      g_autoptr (AssayHttp) http = assay_http_new ();
      g_autoptr (AssayPlatform) platform = open_fake_new_platform (fake, http, NULL);
      g_autoptr (AssayLease) lease = NULL;
      g_autoptr (GError) error = NULL;
      gint64 left;

      open_fake_say (fake, "POST", "/leases/l/renew", 200,
                     "{'id':'l','state':'held','expires_at':'2060-01-01T00:10:00Z'}", "Date",
                     cases[i].date, NULL);
      lease = open_fixture_wait_boxed (assay_platform_renew (platform, "l", "key"), &error);
      g_assert_no_error (error);
      left = (lease->expires_at - g_get_real_time ()) / G_USEC_PER_SEC;
      g_assert_cmpint (left, >, cases[i].seconds_left - 60);
      g_assert_cmpint (left, <=, cases[i].seconds_left + 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/open/check", test_check);
  g_test_add_func ("/platforms/open/address", test_address);
  g_test_add_func ("/platforms/open/wrong-token", test_wrong_token);
  g_test_add_func ("/platforms/open/discoveries", test_discoveries);
  g_test_add_func ("/platforms/open/addresses-within", test_addresses_within);
  g_test_add_func ("/platforms/open/nothing-there", test_nothing_there);
  g_test_add_func ("/platforms/open/refused-addresses", test_refused_addresses);
  g_test_add_func ("/platforms/open/scopes", test_scopes);
  g_test_add_func ("/platforms/open/known", test_known);
  g_test_add_func ("/platforms/open/claim", test_claim);
  g_test_add_func ("/platforms/open/claim-odd", test_claim_odd);
  g_test_add_func ("/platforms/open/renew", test_renew);
  g_test_add_func ("/platforms/open/release", test_release);
  g_test_add_func ("/platforms/open/clock", test_clock);

  return g_test_run ();
}
