/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libsecret keeps to one way of keeping secrets for as long as a process runs, so that each way has
 * a process of its own. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "assay-secrets.h"
#include "fake-keyring.h"
#include "store-fixture.h"

#define SECRET "{\"token\":\"s3cr3t-ünd-lang\"}"

static void
await_error (DexFuture *future, AssaySecretsError code)
{
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_error (error, ASSAY_SECRETS_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strstr (error->message, "s3cr3t"));
  dex_unref (future);
}

static void
assert_secret (AssaySecrets *secrets, const char *account, const char *expected)
{
  g_autofree char *secret = test_await_string (assay_secrets_load (secrets, account));

  g_assert_cmpstr (secret, ==, expected);
}

/* Runs the rest of the test in a process where libsecret begins anew; TRUE there. */
static gboolean
in_process (const char *const *environment)
{
  if (g_test_subprocess ())
    return TRUE;
  for (guint i = 0; environment[i] != NULL; i += 2)
    if (environment[i + 1] != NULL)
      g_setenv (environment[i], environment[i + 1], TRUE);
    else
      g_unsetenv (environment[i]);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  /* Whatever is logged on the way: never what is kept. */
  g_test_trap_assert_stderr_unmatched ("*s3cr3t*");
  g_test_trap_assert_stdout_unmatched ("*s3cr3t*");
  return FALSE;
}

static gboolean
with_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "keyring", NULL);
  const char *const environment[] = { "SECRET_BACKEND",
                                      "file",
                                      "SECRET_FILE_TEST_PATH",
                                      path,
                                      "SECRET_FILE_TEST_PASSWORD",
                                      "password",
                                      "G_MESSAGES_DEBUG",
                                      "all",
                                      NULL };

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  return in_process (environment);
}

static gboolean
without_bus (void)
{
  static const char *const environment[] = { "SECRET_BACKEND",
                                             "service",
                                             "DBUS_SESSION_BUS_ADDRESS",
                                             "unix:path=/nonexistent/bus",
                                             "G_MESSAGES_DEBUG",
                                             "all",
                                             NULL };

  return in_process (environment);
}

static void
test_kept (void)
{
  g_autoptr (AssaySecrets) secrets = NULL;
  g_autoptr (AssaySecrets) later = NULL;

  if (!with_file ())
    return;
  secrets = assay_secrets_new ("/profile/a");
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_NOT_FOUND);
  test_await (assay_secrets_save (secrets, "one", "Label", SECRET, FALSE));
  assert_secret (secrets, "one", SECRET);

  /* The next start of the program finds it. */
  later = assay_secrets_new ("/profile/a/");
  assert_secret (later, "one", SECRET);
  /* A newer one takes its place. */
  test_await (assay_secrets_save (later, "one", "Label", "newer", FALSE));
  assert_secret (secrets, "one", "newer");

  test_await (assay_secrets_forget (secrets, "one"));
  await_error (assay_secrets_load (later, "one"), ASSAY_SECRETS_ERROR_NOT_FOUND);
  /* There is none any more, and that is what was wanted. */
  test_await (assay_secrets_forget (secrets, "one"));
}

static void
test_told_apart (void)
{
  g_autoptr (AssaySecrets) a = NULL;
  g_autoptr (AssaySecrets) b = NULL;

  if (!with_file ())
    return;
  a = assay_secrets_new ("/profile/a");
  b = assay_secrets_new ("/profile/b");
  test_await (assay_secrets_save (a, "one", "Label", "a1", FALSE));
  test_await (assay_secrets_save (a, "two", "Label", "a2", FALSE));
  test_await (assay_secrets_save (b, "one", "Label", "b1", FALSE));
  test_await (assay_secrets_forget (a, "one"));
  await_error (assay_secrets_load (a, "one"), ASSAY_SECRETS_ERROR_NOT_FOUND);
  assert_secret (a, "two", "a2");
  assert_secret (b, "one", "b1");
}

static void
test_session_only (void)
{
  g_autoptr (AssaySecrets) secrets = NULL;
  g_autoptr (AssaySecrets) later = NULL;

  if (!with_file ())
    return;
  secrets = assay_secrets_new ("/profile/a");
  test_await (assay_secrets_save (secrets, "one", "Label", "old", FALSE));
  test_await (assay_secrets_save (secrets, "one", "Label", SECRET, TRUE));
  assert_secret (secrets, "one", SECRET);
  /* Nothing is left for the next start, not even the old one. */
  later = assay_secrets_new ("/profile/a");
  while (TRUE)
    {
      DexFuture *future = assay_secrets_load (later, "one");
      gboolean found;

      while (dex_future_is_pending (future))
        g_main_context_iteration (NULL, TRUE);
      found = dex_future_is_resolved (future);
      dex_unref (future);
      if (!found)
        break;
    }
  await_error (assay_secrets_load (later, "one"), ASSAY_SECRETS_ERROR_NOT_FOUND);

  /* Kept after all: not twice. */
  test_await (assay_secrets_save (secrets, "one", "Label", "kept", FALSE));
  assert_secret (later, "one", "kept");
  test_await (assay_secrets_save (later, "one", "Label", "other", FALSE));
  assert_secret (secrets, "one", "other");
  test_await (assay_secrets_save (secrets, "one", "Label", "again", TRUE));
  test_await (assay_secrets_forget (secrets, "one"));
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_NOT_FOUND);
}

static void
test_no_bus (void)
{
  g_autoptr (AssaySecrets) secrets = NULL;

  if (!without_bus ())
    return;
  secrets = assay_secrets_new ("/profile/a");
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_UNAVAILABLE);
  await_error (assay_secrets_save (secrets, "one", "Label", SECRET, FALSE),
               ASSAY_SECRETS_ERROR_UNAVAILABLE);
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_UNAVAILABLE);
  /* Until the program ends it works all the same. */
  test_await (assay_secrets_save (secrets, "one", "Label", SECRET, TRUE));
  assert_secret (secrets, "one", SECRET);
  test_await (assay_secrets_forget (secrets, "one"));
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_UNAVAILABLE);
}

/* The keyring is there, and the person closes its prompt. */
static void
test_locked (void)
{
  static const char *const environment[] = { "SECRET_BACKEND", "service", NULL };
  g_autoptr (FakeKeyring) keyring = NULL;
  g_autoptr (AssaySecrets) secrets = NULL;

  if (!in_process (environment))
    return;
  keyring = fake_keyring_new ();
  secrets = assay_secrets_new ("/profile/a");
  await_error (assay_secrets_load (secrets, "one"), ASSAY_SECRETS_ERROR_LOCKED);
  g_assert_cmpuint (fake_keyring_get_n_prompts (keyring), ==, 1);
  await_error (assay_secrets_save (secrets, "one", "Label", SECRET, FALSE),
               ASSAY_SECRETS_ERROR_LOCKED);
  g_assert_cmpuint (fake_keyring_get_n_prompts (keyring), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/secrets/kept", test_kept);
  g_test_add_func ("/secrets/told-apart", test_told_apart);
  g_test_add_func ("/secrets/session-only", test_session_only);
  g_test_add_func ("/secrets/locked", test_locked);
  g_test_add_func ("/secrets/no-bus", test_no_bus);

  return g_test_run ();
}
