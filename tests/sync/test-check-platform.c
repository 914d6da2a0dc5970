/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `assay --check-platform`, as a vendor runs it: the reference server is in this process. */

#include "config.h"

#include "assay-batch.h"
#include "assay-platform-server.h"
#include "headless-fixture.h"

static AssayPlatformServer *
start_server (Fixture *fixture, AssayServerDefect defect)
{
  g_autoptr (GError) error = NULL;
  AssayPlatformServer *server = assay_platform_server_new (NULL, 1, &error);
  g_autofree char *line = NULL;
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  assay_server_state_set_defect (assay_platform_server_get_state (server), defect);
  assay_platform_server_start (server, 0, &error);
  g_assert_no_error (error);
  /* As an editor leaves it. */
  line = g_strconcat (assay_platform_server_get_token (server), "\n", NULL);
  path = headless_write_file (fixture, "token", line);
  return server;
}

static char *
find_line (const char *text, const char *part)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], part) != NULL)
      return g_strdup (lines[i]);
  g_error ("“%s” is not in: %s", part, text);
}

static void
test_passes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayPlatformServer) server = start_server (fixture, ASSAY_SERVER_DEFECT_NONE);
  g_auto (Result) result =
      headless_run (fixture, "--check-platform", assay_platform_server_get_address (server),
                    "--token-file", "token", NULL);
  g_autofree char *line = NULL;

  g_test_message ("%s", result.out);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_OK);
  g_assert_cmpstr (result.err, ==, "");
  assert_has (result.out, " 0 failed, 0 not tried.\n");
  g_assert_null (strstr (result.out, "FAILED"));
  line = find_line (result.out, "submit-repeated");
  g_assert_true (g_str_has_prefix (line, "core "));
  assert_has (line, "passed");
  /* The token is nobody's to read, and the profile is none of this command's business. */
  g_assert_null (strstr (result.out, assay_platform_server_get_token (server)));
  g_assert_false (headless_exists (fixture, "profile"));
}

static void
test_fails (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayPlatformServer) server =
      start_server (fixture, ASSAY_SERVER_DEFECT_LAST_WRITER_WINS);
  g_auto (Result) result = headless_run (fixture, "--token-file=token", "--check-platform",
                                         assay_platform_server_get_address (server), NULL);
  g_autofree char *line = find_line (result.out, "FAILED");

  g_assert_cmpint (result.status, ==, ASSAY_EXIT_PARTLY);
  assert_has (line, "core ");
  assert_has (line, "submit-differs");
  assert_has (line, "409 submission-differs");
}

/* Only the host is known, and no token: the little that can be tried is. */
static void
test_without_token (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (AssayPlatformServer) server = start_server (fixture, ASSAY_SERVER_DEFECT_NONE);
  g_autofree char *host = g_strdup (assay_platform_server_get_address (server));
  g_auto (Result) result = { 0 };

  *strstr (host, "/eval/v1") = '\0';
  result = headless_run (fixture, "--check-platform", host, NULL);
  g_assert_cmpint (result.status, ==, ASSAY_EXIT_OK);
  assert_has (result.out, "2 passed, 0 failed, ");
}

static void
test_tokens (Fixture *fixture, gconstpointer user_data)
{
  static const char *const contents[] = { "", " \n", "two words", "with\ncontrol", "\xff" };
  g_auto (Result) missing = headless_run (fixture, "--check-platform", "http://127.0.0.1:1",
                                          "--token-file", "nowhere", NULL);

  g_assert_cmpint (missing.status, ==, ASSAY_EXIT_FILE);
  assert_has (missing.err, "nowhere");
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *path = headless_write_file (fixture, "token", contents[i]);
      g_auto (Result) result = headless_run (fixture, "--check-platform", "http://127.0.0.1:1",
                                             "--token-file", "token", NULL);

      g_assert_cmpint (result.status, ==, ASSAY_EXIT_FILE);
      assert_has (result.err, "token: This file holds no token");
      g_assert_cmpstr (result.out, ==, "");
    }
}

static void
test_misuse (Fixture *fixture, gconstpointer user_data)
{
  static const char *const lines[][4] = {
    { "--token-file=token", "--list-presets" },
    { "--check-platform" },
    { "--check-platform=http://127.0.0.1:1", "file.json" },
    { "--check-platform=http://127.0.0.1:1", "--drafts" },
    { "--check-platform=http://127.0.0.1:1", "--project=P" },
    { "--check-platform=http://127.0.0.1:1", "--import" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Result) result =
          headless_run (fixture, lines[i][0], lines[i][1], lines[i][2], lines[i][3], NULL);

      g_assert_cmpint (result.status, ==, ASSAY_EXIT_USAGE);
      g_assert_cmpstr (result.out, ==, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sync/check-platform/passes", test_passes);
  ADD ("/sync/check-platform/fails", test_fails);
  ADD ("/sync/check-platform/without-token", test_without_token);
  ADD ("/sync/check-platform/tokens", test_tokens);
  ADD ("/sync/check-platform/misuse", test_misuse);

  return g_test_run ();
}
