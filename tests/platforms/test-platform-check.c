/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check of platforms finds nothing wrong with the reference server, and everything that the
 * server can do wrong on purpose. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform-check.h"
#include "assay-platform-server.h"

typedef struct
{
  AssayPlatformServer *server; /* (owned) */
  AssayHttp *http;             /* (owned) */
  DexFuture *future;           /* (owned) */
  GPtrArray *results;          /* (owned), once it is settled */
} Walk;

static void
walk_free (Walk *walk)
{
  g_clear_object (&walk->server);
  g_clear_object (&walk->http);
  g_clear_pointer (&walk->future, dex_unref);
  g_clear_pointer (&walk->results, g_ptr_array_unref);
  g_free (walk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

static AssayPlatformServer *
start_server (AssayServerDefect defect)
{
  g_autoptr (GError) error = NULL;
  AssayPlatformServer *server = assay_platform_server_new (NULL, 1, &error);

  g_assert_no_error (error);
  assay_server_state_set_defect (assay_platform_server_get_state (server), defect);
  assay_platform_server_start (server, 0, &error);
  g_assert_no_error (error);
  return server;
}

static Walk *
walk_start (AssayServerDefect defect, gboolean with_token)
{
  Walk *walk = g_new0 (Walk, 1);

  walk->server = start_server (defect);
  walk->http = assay_http_new ();
  walk->future =
      assay_check_platform (walk->http, assay_platform_server_get_address (walk->server),
                            with_token ? assay_platform_server_get_token (walk->server) : NULL);
  return walk;
}

static void
walk_wait (Walk *walk)
{
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (walk->future))
    g_main_context_iteration (NULL, TRUE);
  walk->results = g_value_dup_boxed (dex_future_get_value (walk->future, &error));
  g_assert_no_error (error);
}

static const AssayCheckResult *
find_result (GPtrArray *results, const char *name)
{
  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      if (g_str_equal (result->name, name))
        return result;
    }
  g_error ("There is no check “%s”", name);
}

static guint
count_outcome (GPtrArray *results, AssayCheckOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      if (result->outcome == outcome)
        n++;
    }
  return n;
}

static void
show (GPtrArray *results, AssayCheckOutcome outcome)
{
  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      if (result->outcome == outcome)
        g_test_message ("%s %s: %s", result->level, result->name, result->seen);
    }
}

static void
test_reference (void)
{
  g_autoptr (Walk) walk = walk_start (ASSAY_SERVER_DEFECT_NONE, TRUE);

  walk_wait (walk);
  show (walk->results, ASSAY_CHECK_PASSED);
  show (walk->results, ASSAY_CHECK_FAILED);
  show (walk->results, ASSAY_CHECK_SKIPPED);
  g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_FAILED), ==, 0);
  g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_SKIPPED), ==, 0);
  g_assert_cmpuint (walk->results->len, >=, 40);
}

/* A second walk finds the traces of the first and nothing to object to. */
static void
test_twice (void)
{
  g_autoptr (Walk) walk = walk_start (ASSAY_SERVER_DEFECT_NONE, TRUE);

  walk_wait (walk);
  g_clear_pointer (&walk->results, g_ptr_array_unref);
  dex_clear (&walk->future);
  walk->future = assay_check_platform (walk->http, assay_platform_server_get_address (walk->server),
                                       assay_platform_server_get_token (walk->server));
  walk_wait (walk);
  show (walk->results, ASSAY_CHECK_FAILED);
  g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_FAILED), ==, 0);
}

/* Which check has to notice. */
static const struct
{
  AssayServerDefect defect;
  const char *check;
} noticed[] = {
  { ASSAY_SERVER_DEFECT_HTML_NOT_FOUND, "not-found" },
  { ASSAY_SERVER_DEFECT_ERRORS_AS_200, "sign-in" },
  { ASSAY_SERVER_DEFECT_MEDIA_TYPE, "me" },
  { ASSAY_SERVER_DEFECT_TOKEN_IN_ME, "me" },
  { ASSAY_SERVER_DEFECT_OPEN_DOOR, "sign-in" },
  { ASSAY_SERVER_DEFECT_NO_ETAG, "validators" },
  { ASSAY_SERVER_DEFECT_IGNORES_IF_NONE_MATCH, "validators" },
  { ASSAY_SERVER_DEFECT_WRONG_DIGEST, "guidelines" },
  { ASSAY_SERVER_DEFECT_CLAIM_TWICE, "claim-repeated" },
  { ASSAY_SERVER_DEFECT_KEY_FOR_ANYTHING, "claim-repeated" },
  { ASSAY_SERVER_DEFECT_SAME_TASK_TWICE, "claim" },
  { ASSAY_SERVER_DEFECT_GOLD_SHOWS, "blindness" },
  { ASSAY_SERVER_DEFECT_LOCAL_TIMES, "claim" },
  { ASSAY_SERVER_DEFECT_RENEWS_TWICE, "renew" },
  { ASSAY_SERVER_DEFECT_REPEAT_IS_CONFLICT, "submit-repeated" },
  { ASSAY_SERVER_DEFECT_REPEAT_IS_NEW, "submit-repeated" },
  { ASSAY_SERVER_DEFECT_LAST_WRITER_WINS, "submit-differs" },
  { ASSAY_SERVER_DEFECT_IGNORES_IF_MATCH, "submit-stale" },
  { ASSAY_SERVER_DEFECT_SECOND_SUBMISSION, "submit-second" },
  { ASSAY_SERVER_DEFECT_ACCEPTS_ANYTHING, "answers-invalid" },
  { ASSAY_SERVER_DEFECT_POINTS_NOWHERE, "answers-invalid" },
  { ASSAY_SERVER_DEFECT_REFUSES_UNKNOWN, "unknown-members" },
  { ASSAY_SERVER_DEFECT_DROPS_UNKNOWN, "unknown-members" },
  { ASSAY_SERVER_DEFECT_LOSES_CHARACTERS, "characters" },
  { ASSAY_SERVER_DEFECT_SMALL_LIMIT, "large-answer" },
  { ASSAY_SERVER_DEFECT_ANY_LEASE, "release" },
  { ASSAY_SERVER_DEFECT_NEVER_LATE, "expiry" },
  { ASSAY_SERVER_DEFECT_SKIP_ONCE, "skip" },
  { ASSAY_SERVER_DEFECT_RELEASE_ONCE, "release" },
  { ASSAY_SERVER_DEFECT_CURSOR_FORGIVEN, "cursor" },
  { ASSAY_SERVER_DEFECT_FORGETS_CHANGES, "changes" },
  { ASSAY_SERVER_DEFECT_DRAFT_OVERWRITES, "draft" },
  { ASSAY_SERVER_DEFECT_NO_ACKNOWLEDGEMENT, "acknowledgement" },
  { ASSAY_SERVER_DEFECT_FORGETS_GUIDELINES, "old-versions" },
  { ASSAY_SERVER_DEFECT_ASKS_TWICE, "question" },
  { ASSAY_SERVER_DEFECT_LOSES_DISPUTES, "dispute" },
  { ASSAY_SERVER_DEFECT_OWN_STATES, "qualifications" },
  { ASSAY_SERVER_DEFECT_FRACTIONAL_MONEY, "earnings" },
  { ASSAY_SERVER_DEFECT_NO_LIMITS, "discovery" },
  { ASSAY_SERVER_DEFECT_NUMBERS_AS_TEXT, "projects" },
  { ASSAY_SERVER_DEFECT_FORGETS_FORMS, "forms" },
  { ASSAY_SERVER_DEFECT_HIDES_LEASES, "held" },
  { ASSAY_SERVER_DEFECT_ANY_FORM, "form-outdated" },
  { ASSAY_SERVER_DEFECT_LEASE_NOT_FOUND, "lease-unknown" },
  { ASSAY_SERVER_DEFECT_FAILS_ON_GARBAGE, "malformed" },
  { ASSAY_SERVER_DEFECT_OWN_VERDICTS, "feedback" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (noticed) == ASSAY_SERVER_N_DEFECTS - 1);

static void
add_failures (GPtrArray *results, GHashTable *failed)
{
  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      if (result->outcome == ASSAY_CHECK_FAILED)
        g_hash_table_add (failed, (gpointer) result->name);
    }
}

/* All at once: each has a server of its own. A check that none of them makes fail is none. */
static void
test_defects (void)
{
  g_autoptr (GPtrArray) walks = g_ptr_array_new_with_free_func ((GDestroyNotify) walk_free);
  g_autoptr (GHashTable) failed = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *results = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (noticed); i++)
    g_ptr_array_add (walks, walk_start (noticed[i].defect, TRUE));
  for (guint i = 0; i < walks->len; i++)
    {
      Walk *walk = walks->pdata[i];
      const AssayCheckResult *result;

      walk_wait (walk);
      results = walk->results;
      add_failures (results, failed);
      result = find_result (results, noticed[i].check);
      g_test_message ("%s: %s says “%s”; %u checks failed",
                      assay_server_defect_get_name (noticed[i].defect), result->name, result->seen,
                      count_outcome (walk->results, ASSAY_CHECK_FAILED));
      if (result->outcome != ASSAY_CHECK_FAILED)
        g_test_fail_printf ("%s was not noticed", assay_server_defect_get_name (noticed[i].defect));
    }
  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      if (!g_hash_table_contains (failed, result->name))
        g_test_fail_printf ("Nothing makes the check %s fail", result->name);
    }
}

static void
test_without_token (void)
{
  g_autoptr (Walk) walk = walk_start (ASSAY_SERVER_DEFECT_NONE, FALSE);

  walk_wait (walk);
  g_assert_cmpint (find_result (walk->results, "discovery")->outcome, ==, ASSAY_CHECK_PASSED);
  g_assert_cmpint (find_result (walk->results, "sign-in")->outcome, ==, ASSAY_CHECK_PASSED);
  g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_PASSED), ==, 2);
  g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_FAILED), ==, 0);
}

/* Nobody listens, or the address may not be used. */
static void
test_unreachable (void)
{
  g_autoptr (Walk) walk = walk_start (ASSAY_SERVER_DEFECT_NONE, TRUE);
  g_autofree char *address = g_strdup (assay_platform_server_get_address (walk->server));
  const char *const addresses[] = { address, "http://platform.example.org/eval", "nonsense", "" };

  walk_wait (walk);
  assay_platform_server_stop (walk->server);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_clear_pointer (&walk->results, g_ptr_array_unref);
      dex_clear (&walk->future);
      walk->future = assay_check_platform (walk->http, addresses[i], "token");
      walk_wait (walk);
      g_test_message ("%s", find_result (walk->results, "discovery")->seen);
      g_assert_cmpint (find_result (walk->results, "discovery")->outcome, ==, ASSAY_CHECK_FAILED);
      g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_FAILED), ==, 1);
      g_assert_cmpuint (count_outcome (walk->results, ASSAY_CHECK_PASSED), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/check/reference", test_reference);
  g_test_add_func ("/platforms/check/twice", test_twice);
  g_test_add_func ("/platforms/check/defects", test_defects);
  g_test_add_func ("/platforms/check/without-token", test_without_token);
  g_test_add_func ("/platforms/check/unreachable", test_unreachable);

  return g_test_run ();
}
