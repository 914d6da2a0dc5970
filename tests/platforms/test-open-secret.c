/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens that end and are renewed: once for all, and never lost or sent where they do not belong.
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-server-tokens.h"
#include "open-fake.h"
#include "open-fixture.h"

#define SUBMISSION "0f0e0d0c-1111-4222-8333-444444444444"
#define UNAUTHORIZED "{'type':'/not-authenticated','title':'Who are you?','status':401}"
#define NEW_TOKENS                                                                                 \
  "{'access_token':'access-2','token_type':'Bearer','expires_in':900,'refresh_token':'refresh-2'}"

typedef struct
{
  OpenFake *fake;          /* (owned) */
  AssayHttp *http;         /* (owned) */
  AssayPlatform *platform; /* (owned) */
  GPtrArray *secrets;      /* (owned): as they changed */
  guint n_sent_before;     /* with a new one, before it was told */
} Stand;

static guint
count_bearer (OpenFake *fake, const char *bearer)
{
  GPtrArray *requests = open_fake_get_requests (fake);
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const OpenFakeRequest *request = requests->pdata[i];

      n += g_strcmp0 (request->authorization, bearer) == 0;
    }
  return n;
}

static void
secret_changed_cb (Stand *self, const char *secret)
{
  g_ptr_array_add (self->secrets, g_strdup (secret));
  self->n_sent_before += count_bearer (self->fake, "Bearer access-2");
}

static Stand *
stand_new (const char *endpoint)
{
  Stand *self = g_new0 (Stand, 1);
  g_autofree char *url = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (AssayPlatform) stranger = NULL;
  g_autoptr (AssayPlatformInfo) info = NULL;

  self->fake = open_fake_new (NULL);
  self->http = assay_http_new ();
  self->secrets = g_ptr_array_new_with_free_func (g_free);
  url = endpoint != NULL ? g_strdup (endpoint)
                         : g_strconcat (open_fake_get_origin (self->fake), "/oauth/token", NULL);
  secret = g_strdup_printf ("{\"access\":\"access-1\",\"refresh\":\"refresh-1\",\"expires_at\":1,"
                            "\"token_endpoint\":\"%s\",\"client_id\":\"native\"}",
                            url);
  stranger = open_fake_new_platform (self->fake, self->http, NULL);
  info = open_fixture_wait_boxed (assay_platform_check (stranger), NULL);
  self->platform = assay_open_platform_new (self->http, OPEN_ACCOUNT,
                                            open_fake_get_base (self->fake), secret, info);
  g_signal_connect_swapped (self->platform, "secret-changed", G_CALLBACK (secret_changed_cb), self);
  open_fake_clear_requests (self->fake);
  return self;
}

static void
stand_free (Stand *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->http);
  g_clear_pointer (&self->fake, open_fake_free);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stand, stand_free)

static DexFuture *
release (Stand *stand)
{
  return assay_platform_release (stand->platform, "l");
}

static void
assert_error (DexFuture *future, AssayPlatformError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (open_fixture_wait (future, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, (int) code);
  g_assert_null (strstr (error->message, "access-"));
  g_assert_null (strstr (error->message, "refresh-"));
}

/* With a server that takes a second use of a refresh token for a theft. */
static void
test_reference (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (JsonObject) tokens = NULL;
  g_autofree char *person =
      assay_server_state_query_text (fixture->state, "SELECT id FROM person ORDER BY rowid", "");
  const char *base = assay_platform_server_get_address (fixture->server);
  g_autofree char *origin = g_strndup (base, (gsize) (strstr (base, "/eval") - base));
  g_autoptr (AssayPlatform) platform = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *futures[4];

  tokens = assay_server_tokens_issue (fixture->state, person, "tasks submissions feedback earnings",
                                      "family");
  g_free (fixture->secret);
  fixture->secret = g_strdup_printf (
      "{\"access\":\"%s\",\"refresh\":\"%s\",\"token_endpoint\":\"%s/oauth/token\","
      "\"client_id\":\"%s\"}",
      json_object_get_string_member (tokens, "access_token"),
      json_object_get_string_member (tokens, "refresh_token"), origin,
      ASSAY_PLATFORM_SERVER_CLIENT_ID);
  platform = open_fixture_new_platform (fixture, NULL);
  for (guint round = 0; round < 3; round++)
    {
      open_fixture_control (fixture, "advance-clock", "{'milliseconds': 960000}");
      for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
        futures[i] = assay_platform_check (platform);
      for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
        {
          g_autoptr (AssayPlatformInfo) info = open_fixture_wait_boxed (futures[i], &error);

          g_assert_no_error (error);
          g_assert_nonnull (info);
        }
    }
}

static void
test_once (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) secret = NULL;
  DexFuture *futures[5];
  const OpenFakeRequest *refresh = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "DELETE", "/leases/l", 204, NULL, NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = release (stand);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    {
      g_assert_true (open_fixture_wait (futures[i], &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (open_fake_count (stand->fake, "POST", "//oauth/token"), ==, 1);
  g_assert_cmpuint (open_fake_count (stand->fake, "DELETE", "/leases/l"), ==,
                    2 * G_N_ELEMENTS (futures));
  g_assert_cmpuint (count_bearer (stand->fake, "Bearer access-2"), ==, G_N_ELEMENTS (futures));
  g_assert_cmpuint (stand->secrets->len, ==, 1);
  g_assert_cmpuint (stand->n_sent_before, ==, 0);
  secret = assay_json_parse (stand->secrets->pdata[0], -1, NULL);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (secret), "access"), ==,
                   "access-2");
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (secret), "refresh"), ==,
                   "refresh-2");
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (secret), "client_id"), ==,
                   "native");
  for (guint i = 0; i < open_fake_get_requests (stand->fake)->len; i++)
    if (strstr (((OpenFakeRequest *) open_fake_get_requests (stand->fake)->pdata[i])->target,
                "oauth")
        != NULL)
      refresh = open_fake_get_requests (stand->fake)->pdata[i];
  g_assert_null (refresh->authorization);
  g_assert_cmpstr (refresh->body, ==,
                   "grant_type=refresh_token&refresh_token=refresh-1&client_id=native");
}

/* A server need not give another refresh token. */
static void
test_kept (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) secret = NULL;

  open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "DELETE", "/leases/l", 204, NULL, NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 200,
                 "{'access_token':'access-2','token_type':'bearer'}", NULL);
  g_assert_true (open_fixture_wait (release (stand), &error));
  secret = assay_json_parse (stand->secrets->pdata[0], -1, NULL);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (secret), "refresh"), ==,
                   "refresh-1");
}

static void
test_refused (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  DexFuture *futures[3];

  open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 400, "{'error':'invalid_grant'}", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    futures[i] = release (stand);
  for (guint i = 0; i < G_N_ELEMENTS (futures); i++)
    assert_error (futures[i], ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_assert_cmpuint (open_fake_count (stand->fake, "POST", "//oauth/token"), ==, 1);
  g_assert_cmpuint (stand->secrets->len, ==, 0);

  /* And nobody asks again. */
  open_fake_clear_requests (stand->fake);
  assert_error (release (stand), ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_assert_cmpuint (open_fake_get_requests (stand->fake)->len, ==, 0);
}

/* The new tokens were on their way when the connection broke. */
static void
test_lost (void)
{
  g_autoptr (Stand) spent = stand_new (NULL);
  g_autoptr (Stand) good = stand_new (NULL);
  g_autoptr (GError) error = NULL;

  open_fake_say (spent->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_drop (spent->fake, "POST", "//oauth/token");
  open_fake_say (spent->fake, "POST", "//oauth/token", 400, "{'error':'invalid_grant'}", NULL);
  assert_error (release (spent), ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_assert_cmpuint (open_fake_count (spent->fake, "POST", "//oauth/token"), ==, 2);

  open_fake_say (good->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (good->fake, "DELETE", "/leases/l", 204, NULL, NULL);
  open_fake_drop (good->fake, "POST", "//oauth/token");
  open_fake_say (good->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
  g_assert_true (open_fixture_wait (release (good), &error));
  g_assert_no_error (error);
}

/* What asks is not refused because the server that renews cannot be asked now. */
static void
test_not_now (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
    AssayDelivery delivery;
  } cases[] = {
    { 503, "{}", ASSAY_PLATFORM_ERROR_RATE_LIMITED, ASSAY_DELIVERY_NOT_PROCESSED },
    { 404, "{}", ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_DELIVERY_NOT_SENT },
    { 500, "{}", ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_DELIVERY_NOT_SENT },
    { 200, "{}", ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_NOT_SENT },
    { 200, "{'access_token':'access-2','token_type':'mac'}", ASSAY_PLATFORM_ERROR_PROTOCOL,
      ASSAY_DELIVERY_NOT_SENT },
    { 0, NULL, ASSAY_PLATFORM_ERROR_INTERRUPTED, ASSAY_DELIVERY_NOT_SENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Stand) stand = stand_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;

      open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
      if (cases[i].status == 0)
        open_fake_drop (stand->fake, "POST", "//oauth/token");
      else
        open_fake_say (stand->fake, "POST", "//oauth/token", cases[i].status, cases[i].body,
                       "Retry-After", "7", NULL);
      g_assert_false (open_fixture_wait (release (stand), &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
      g_assert_cmpint (assay_platform_error_get_delivery (error), ==, cases[i].delivery);

      /* It is tried again when something is asked for again. */
      open_fake_forget (stand->fake, "POST", "//oauth/token");
      open_fake_say (stand->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
      open_fake_forget (stand->fake, "DELETE", "/leases/l");
      open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
      open_fake_say (stand->fake, "DELETE", "/leases/l", 204, NULL, NULL);
      g_assert_true (open_fixture_wait (release (stand), &again));
      g_assert_no_error (again);
    }
}

/* A new token that is worth nothing, either. */
static void
test_again (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);

  open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
  assert_error (release (stand), ASSAY_PLATFORM_ERROR_SIGNED_OUT);
  g_assert_cmpuint (open_fake_count (stand->fake, "DELETE", "/leases/l"), ==, 2);
  g_assert_cmpuint (open_fake_count (stand->fake, "POST", "//oauth/token"), ==, 1);
}

/* Who asks first goes away; who asks too still gets it. */
static void
test_abandoned (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GError) error = NULL;
  DexFuture *first;
  DexFuture *second;

  open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "DELETE", "/leases/l", 204, NULL, NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
  first = release (stand);
  second = release (stand);
  while (open_fake_count (stand->fake, "POST", "//oauth/token") == 0)
    g_main_context_iteration (NULL, TRUE);
  dex_unref (first);
  g_assert_true (open_fixture_wait (second, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (open_fake_count (stand->fake, "POST", "//oauth/token"), ==, 1);
}

/* A refresh token is never sent in the clear. */
static void
test_endpoint (void)
{
  static const char *const endpoints[] = { "http://login.example.org/token", "nonsense", "",
                                           "https://me:secret@login.example.org/token" };

  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autoptr (Stand) stand = stand_new (endpoints[i]);

      open_fake_say (stand->fake, "DELETE", "/leases/l", 401, UNAUTHORIZED, NULL);
      assert_error (release (stand), ASSAY_PLATFORM_ERROR_SIGNED_OUT);
      g_assert_cmpuint (open_fake_get_requests (stand->fake)->len, ==, 1);
    }
}

/* A submission that got a 401 was not processed: it is handed in after all. */
static void
test_submission (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (OpenOutgoing) outgoing =
      open_outgoing_new (assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT",
                                          "/submissions/" ASSAY_FRAME_SUBMISSION, body),
                         SUBMISSION, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;

  open_fake_say (stand->fake, "PUT", "/submissions/" SUBMISSION, 401, UNAUTHORIZED, NULL);
  open_fake_say (stand->fake, "PUT", "/submissions/" SUBMISSION, 201,
                 "{'id':'" SUBMISSION "','state':'received'}", NULL);
  open_fake_say (stand->fake, "POST", "//oauth/token", 200, NEW_TOKENS, NULL);
  receipt = open_fixture_wait_string (assay_platform_submit (stand->platform, &outgoing->outgoing),
                                      &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
  g_assert_cmpuint (open_fake_count (stand->fake, "PUT", "/submissions"), ==, 2);
}

/* What the server says of our token is not passed on. */
static void
test_echo (void)
{
  g_autoptr (Stand) stand = stand_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = NULL;

  open_fake_say (stand->fake, "DELETE", "/leases/l", 422,
                 "{'type':'/answers-invalid','title':'No','status':422,"
                 "'errors':[{'pointer':'/a','code':'x','message':'Bearer access-1 is bad'}]}",
                 NULL);
  g_assert_false (open_fixture_wait (release (stand), &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_REJECTED);
  issues = assay_platform_error_list_issues (error);
  g_assert_cmpuint (issues->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/open/secret/reference", test_reference);
  g_test_add_func ("/platforms/open/secret/once", test_once);
  g_test_add_func ("/platforms/open/secret/kept", test_kept);
  g_test_add_func ("/platforms/open/secret/refused", test_refused);
  g_test_add_func ("/platforms/open/secret/lost", test_lost);
  g_test_add_func ("/platforms/open/secret/not-now", test_not_now);
  g_test_add_func ("/platforms/open/secret/again", test_again);
  g_test_add_func ("/platforms/open/secret/abandoned", test_abandoned);
  g_test_add_func ("/platforms/open/secret/endpoint", test_endpoint);
  g_test_add_func ("/platforms/open/secret/submission", test_submission);
  g_test_add_func ("/platforms/open/secret/echo", test_echo);

  return g_test_run ();
}
