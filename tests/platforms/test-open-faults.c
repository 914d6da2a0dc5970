/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The adapter against the server that breaks everything, delivering as the outbox does: what is
 * accepted is there, what may be there is never called refused, and no other bytes ever are. Faults
 * that only take time are those of AssayHttp: see test-http-faults.c. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-server.h"
#include "open-fixture.h"

#define SUBMISSION "0f0e0d0c-1111-4222-8333-444444444444"
#define BODY "{\"lease_id\":\"l\",\"form\":{\"id\":\"f\",\"version\":1},\"judgement\":{\"a\":1}}"
#define MAX_ATTEMPTS 4

typedef enum
{
  ACCEPTED, /* once the fault is over */
  REFUSED,
  SIGNED_OUT,
} Expected;

static const struct
{
  const char *fault;
  Expected once;     /* where it strikes once */
  guint n_committed; /* and how often the same bytes arrived then */
} lines[] = {
  { "reset-in-body", ACCEPTED, 1 },
  { "close", ACCEPTED, 1 },
  { "reset", ACCEPTED, 1 },
  { "commit-close", ACCEPTED, 2 },
  { "commit-500", ACCEPTED, 2 },
  { "commit-502", ACCEPTED, 2 },
  { "commit-504", ACCEPTED, 2 },
  { "500", ACCEPTED, 1 },
  { "503", ACCEPTED, 1 },
  { "503-seconds", ACCEPTED, 1 },
  { "408", ACCEPTED, 1 },
  { "429", ACCEPTED, 1 },
  { "429-seconds", ACCEPTED, 1 },
  { "302-same", ACCEPTED, 1 },
  { "307-same", ACCEPTED, 1 },
  { "302-host", ACCEPTED, 1 },
  { "length-larger", ACCEPTED, 1 },
  { "chunk-cut", ACCEPTED, 1 },
  { "chunk-unended", ACCEPTED, 1 },
  { "gzip-truncated", ACCEPTED, 1 },
  { "interim-close", ACCEPTED, 1 },
  { "header-long", ACCEPTED, 1 },
  { "status-garbage", ACCEPTED, 1 },
  { "http-0.9", ACCEPTED, 1 },
  { "html", ACCEPTED, 1 },
  { "html-as-json", ACCEPTED, 1 },
  { "untyped", ACCEPTED, 1 },
  { "empty", ACCEPTED, 1 },
  { "no-content", ACCEPTED, 1 },
  { "other-json", ACCEPTED, 1 },
  { "other-receipt", ACCEPTED, 1 },
  { "json-not-utf8", ACCEPTED, 1 },
  { "json-nul", ACCEPTED, 1 },
  { "json-deep", ACCEPTED, 1 },
  { "json-nodes", ACCEPTED, 1 },
  { "json-huge-number", ACCEPTED, 1 },
  { "json-trailing", ACCEPTED, 1 },
  { "json-two-roots", ACCEPTED, 1 },
  { "no-projects", ACCEPTED, 1 },
  { "400", REFUSED, 0 },
  { "403", REFUSED, 0 },
  { "404", REFUSED, 0 },
  { "409", REFUSED, 0 },
  { "410", REFUSED, 0 },
  { "413", REFUSED, 0 },
  { "422", REFUSED, 0 },
  { "451", REFUSED, 0 },
  { "401", SIGNED_OUT, 0 },
};

static AssayPlatform *
new_platform (AssayHttp *http, FaultServer *server, const char *fault)
{
  g_autofree char *secret = assay_open_secret_new_for_token ("a-token-to-hide");
  g_autofree char *url = fault_server_dup_url (server, fault, "");
  g_autoptr (AssayPlatformInfo) info = assay_platform_info_new ();

  if (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  g_set_str (&info->base, url);
  info->abilities = ASSAY_PLATFORM_REPEATABLE | ASSAY_PLATFORM_UPDATES | ASSAY_PLATFORM_LEASES
                    | ASSAY_PLATFORM_CHANGES;
  return assay_open_platform_new (http, OPEN_ACCOUNT, url, secret, info);
}

/* As often as the outbox would; TRUE if it was accepted. */
static gboolean
deliver (AssayPlatform *platform, AssayDelivery *last)
{
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  g_autoptr (OpenOutgoing) outgoing =
      open_outgoing_new (assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT",
                                          "/submissions/" ASSAY_FRAME_SUBMISSION, body),
                         SUBMISSION, NULL);

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *receipt =
          open_fixture_wait_string (assay_platform_submit (platform, &outgoing->outgoing), &error);

      if (receipt != NULL)
        return TRUE;
      g_assert_cmpuint (error->domain, ==, ASSAY_PLATFORM_ERROR);
      g_assert_null (strstr (error->message, "a-token-to-hide"));
      *last = assay_platform_error_get_delivery (error);
      g_assert_cmpint (*last, !=, ASSAY_DELIVERY_ANSWERED);
      if (*last == ASSAY_DELIVERY_REFUSED || *last == ASSAY_DELIVERY_SIGNED_OUT)
        return FALSE;
      outgoing->outgoing.again |= *last == ASSAY_DELIVERY_UNKNOWN;
    }
  return FALSE;
}

static void
assert_ledger (FaultServer *server)
{
  g_autoptr (GBytes) committed = fault_server_dup_committed (server, SUBMISSION);

  g_assert_false (fault_server_has_committed_nothing (server));
  if (committed != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));

      g_assert_true (g_bytes_equal (committed, body));
    }
}

/* It strikes once. */
static void
test_once (gconstpointer data)
{
  guint line = GPOINTER_TO_UINT (data);
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autofree char *fault = g_strconcat (lines[line].fault, "@1", NULL);
  g_autoptr (AssayPlatform) platform = new_platform (http, server, fault);
  AssayDelivery last = ASSAY_DELIVERY_ANSWERED;

  g_assert_cmpint (deliver (platform, &last), ==, lines[line].once == ACCEPTED);
  if (lines[line].once == REFUSED)
    g_assert_cmpint (last, ==, ASSAY_DELIVERY_REFUSED);
  if (lines[line].once == SIGNED_OUT)
    g_assert_cmpint (last, ==, ASSAY_DELIVERY_SIGNED_OUT);
  g_assert_cmpuint (fault_server_count_commits (server, SUBMISSION), ==, lines[line].n_committed);
  assert_ledger (server);
}

/* It always strikes: nothing is ever accepted, and what may have arrived is not called refused. */
static void
test_always (gconstpointer data)
{
  guint line = GPOINTER_TO_UINT (data);
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autoptr (AssayPlatform) platform = new_platform (http, server, lines[line].fault);
  AssayDelivery last = ASSAY_DELIVERY_ANSWERED;

  g_assert_false (deliver (platform, &last));
  if (lines[line].once == ACCEPTED)
    g_assert_cmpint (last, !=, ASSAY_DELIVERY_REFUSED);
  assert_ledger (server);
}

/* No page comes from an answer that is none. */
static void
test_pull (gconstpointer data)
{
  guint line = GPOINTER_TO_UINT (data);
  g_autoptr (FaultServer) server = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autoptr (AssayPlatform) platform = new_platform (http, server, lines[line].fault);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayPage) page =
      open_fixture_wait_object (assay_platform_pull (platform, NULL), &error);

  g_assert_null (page);
  g_assert_cmpuint (error->domain, ==, ASSAY_PLATFORM_ERROR);
  g_assert_null (strstr (error->message, "a-token-to-hide"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  /* libsoup warns of some of it. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *once = g_strconcat ("/platforms/open/faults/once/", lines[i].fault, NULL);
      g_autofree char *always =
          g_strconcat ("/platforms/open/faults/always/", lines[i].fault, NULL);
      g_autofree char *pull = g_strconcat ("/platforms/open/faults/pull/", lines[i].fault, NULL);

      g_test_add_data_func (once, GUINT_TO_POINTER (i), test_once);
      g_test_add_data_func (always, GUINT_TO_POINTER (i), test_always);
      /* Who asks only has no body that could be cut. */
      if (!g_str_equal (lines[i].fault, "reset-in-body"))
        g_test_add_data_func (pull, GUINT_TO_POINTER (i), test_pull);
    }
  return g_test_run ();
}
