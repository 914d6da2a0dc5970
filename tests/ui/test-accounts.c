/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person connects a platform, works for it and leaves it; the reference platform is a process
 * beside the program. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-driver-platform.h"
#include "assay-driver-script.h"
#include "fault-certificates.h"
#include "fault-server.h"

#define TITLE "Example Evaluations"

static void
replace_text (AssayDriver *driver, AtspiRole role, const char *field, const char *text)
{
  assay_driver_tab_to_named (driver, role, field);
  assay_driver_press (driver, "<Control>a");
  assay_driver_press (driver, "BackSpace");
  assay_driver_type (driver, text);
}

/* From the first page of the program to the question for the address. */
static void
open_address (AssayDriver *driver)
{
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_press_button (driver, "Connect a Platform…");
  assay_driver_wait_for (driver, ATSPI_ROLE_DIALOG, "Accounts");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
}

static void
look (AssayDriver *driver, const char *address)
{
  replace_text (driver, ATSPI_ROLE_TEXT, "Address", address);
  assay_driver_press (driver, "Return");
}

/* From an account's page, by way of the list. */
static void
close_account (AssayDriver *driver)
{
  assay_driver_press (driver, "Escape");
  assay_driver_wait_button (driver, "Add Account…");
  assay_driver_close_dialog (driver);
}

/* Told beneath the field and read out, with the focus back in the field. */
static void
assert_told (AssayDriver *driver, const char *text)
{
  assay_driver_wait_text (driver, text);
  assay_driver_wait_announced (driver, text);
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
}

static void
sign_in (AssayDriver *driver, AssayDriverPlatform *platform)
{
  look (driver, assay_driver_platform_get_address (platform));
  assay_driver_wait_text (driver, assay_driver_platform_get_host (platform));
  replace_text (driver, ATSPI_ROLE_TEXT, "Token", assay_driver_platform_get_token (platform));
  assay_driver_press (driver, "Return");
  /* There is no keyring in a test's session. */
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_press_button (driver, "Keep for This Session");
  assay_driver_wait_button (driver, "Test Connection");
}

static void
test_add (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  open_address (driver);
  sign_in (driver, platform);
  assay_driver_wait_text (driver, "Online");
  assay_driver_wait_text (driver, "Ada Example");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Criterion by criterion");
  assay_driver_press_button (driver, "Test Connection");
  assay_driver_wait_text (driver, "Tested just now");
  close_account (driver);
  assay_driver_wait_button (driver, "Online · All drafts saved");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, TITLE);

  /* The same once more is refused, and the way back leads to the list. */
  assay_driver_open_accounts (driver);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, TITLE);
  assay_driver_press_button (driver, "Add Account…");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  look (driver, assay_driver_platform_get_address (platform));
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  replace_text (driver, ATSPI_ROLE_TEXT, "Token", assay_driver_platform_get_token (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "is signed in at this platform already");
  assay_driver_quit (driver);
}

/* Each way in which an address can be wrong, told in words. */
static void
test_addresses (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (FaultServer) other = fault_server_new (FAULT_SERVER_PLAIN, NULL);
  g_autofree char *page = fault_server_dup_url (other, "none", "x");
  g_autofree char *host = g_strdup (assay_driver_platform_get_host (platform));

  open_address (driver);
  assay_driver_press (driver, "Return");
  assert_told (driver, "Type the platform’s address");
  look (driver, "http://example.org");
  assert_told (driver, "not encrypted");
  look (driver, page);
  assert_told (driver, "there is no platform that Assay can work with");

  /* What was told goes with the first change. */
  assay_driver_type (driver, "x");
  assay_driver_wait_gone (driver, ATSPI_ROLE_LABEL, "127.0.0.1…");

  assay_driver_platform_stop (platform);
  look (driver, host);
  assert_told (driver, "cannot be reached");

  /* A host alone is enough. */
  assay_driver_platform_start_again (platform);
  look (driver, host);
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_wait_text (driver, TITLE);
  assay_driver_press (driver, "Escape");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_close_dialog (driver);
  assay_driver_quit (driver);
}

/* No certificate that anybody knows: nothing is sent, and the way out is shown. */
static void
test_insecure (void)
{
  g_autoptr (FaultCertificates) certificates = fault_certificates_new ();
  g_autoptr (AssayDriver) driver = NULL;
  g_autoptr (FaultServer) server = NULL;
  g_autofree char *address = NULL;

  if (certificates == NULL)
    {
      g_test_skip ("openssl cannot make certificates here");
      return;
    }
  driver = assay_driver_new (NULL, NULL);
  server = fault_server_new (FAULT_SERVER_TLS, certificates->self_signed);
  address = fault_server_dup_url (server, "none", "x");
  open_address (driver);
  look (driver, address);
  assay_driver_wait_text (driver, "is not safe, and nothing was sent");
  assay_driver_wait_button (driver, "Certificate File");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_BUTTON);
  assay_driver_quit (driver);
}

static void
test_token (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  open_address (driver);
  look (driver, assay_driver_platform_get_address (platform));
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Paste the token");
  assay_driver_type (driver, "wrong");
  assay_driver_wait_gone (driver, ATSPI_ROLE_LABEL, "Paste the token…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "does not know this token");
  assay_driver_wait_announced (driver, "does not know this token");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);

  /* Nothing of it was kept. */
  assay_driver_press (driver, "Escape");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_close_dialog (driver);
  assay_driver_wait_button (driver, "Start Practising");
  assay_driver_quit (driver);
}

/* Whoever does not want it in memory alone has no account. */
static void
test_session_only_refused (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  open_address (driver);
  look (driver, assay_driver_platform_get_address (platform));
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  replace_text (driver, ATSPI_ROLE_TEXT, "Token", assay_driver_platform_get_token (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_press (driver, "Escape");
  assay_driver_wait_gone (driver, ATSPI_ROLE_ALERT, NULL);
  assay_driver_wait_button (driver, "Sign In");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_press (driver, "Escape");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_close_dialog (driver);
  assay_driver_wait_button (driver, "Start Practising");
  assay_driver_quit (driver);
}

/* Signed in as by "./dev run --connect", which is quicker. */
static void
launch_connected (AssayDriver *driver, AssayDriverPlatform *platform)
{
  assay_driver_connect (driver, platform);
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, "Criterion by criterion…");
}

static void
test_claim (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  launch_connected (driver, platform);
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_wait_text (driver, "30 Tasks Are Available");
  assay_driver_press_button (driver, "Claim 5");
  assay_driver_wait_announced (driver, "5 tasks claimed");
  assay_driver_wait_tasks (driver, NULL);
  assay_driver_wait_text (driver, "5 tasks");

  /* More are offered below the list. */
  assay_driver_wait_text (driver, "25 Tasks Are Available");
  assay_driver_press_button (driver, "Claim 5");
  assay_driver_wait_text (driver, "10 tasks");

  /* Why there is none to claim. */
  assay_driver_choose_place (driver, "Medical answers…");
  assay_driver_wait_text (driver, "needs a qualification");
  g_assert_null (assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Claim…"));
  assay_driver_quit (driver);
}

static void
test_forget (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  launch_connected (driver, platform);
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_press_button (driver, "Claim 5");
  assay_driver_wait_text (driver, "5 tasks");
  /* The row of the account leads to its page. */
  assay_driver_choose_place (driver, TITLE);
  assay_driver_wait_button (driver, "Test Connection");
  assay_driver_press_button (driver, "Forget Account…");
  assay_driver_wait_text (driver, "Forget “" TITLE "”?");
  assay_driver_wait_text (driver, "5 tasks, 0 drafts and 0 judgements");
  assay_driver_wait_button (driver, "Export All My Work…");
  assay_driver_press_button (driver, "Forget");
  assay_driver_wait_announced (driver, "forgotten");
  assay_driver_wait_text (driver, "No Accounts");
  assay_driver_wait_gone (driver, ATSPI_ROLE_ALERT, NULL);
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_BUTTON);
  assay_driver_close_dialog (driver);
  assay_driver_wait_button (driver, "Start Practising");
  assay_driver_quit (driver);
}

/* The platform goes and comes back. */
static void
test_offline (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  launch_connected (driver, platform);
  assay_driver_wait_button (driver, "Online · All drafts saved");
  assay_driver_platform_stop (platform);
  assay_driver_press (driver, "F5");
  assay_driver_wait_button (driver, "Offline · All drafts saved");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, TITLE ", offline");
  assay_driver_choose_place (driver, "Criterion by criterion…");
  assay_driver_wait_text (driver, "cannot be reached");
  assay_driver_press_button (driver, "Try Again");
  assay_driver_wait_text (driver, "cannot be reached");
  assay_driver_wait_button (driver, "Try Again");
  /* From here on the program may have found out by itself, before a key is pressed. */
  assay_driver_platform_start_again (platform);
  assay_driver_press (driver, "F5");
  assay_driver_wait_button (driver, "Online · All drafts saved");
  assay_driver_wait_button (driver, "Claim 5");
  assay_driver_quit (driver);
}

/* What was kept in memory is gone at the next start: one banner says so, and leads to signing in.
 */
static void
test_signed_out (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);

  open_address (driver);
  sign_in (driver, platform);
  assay_driver_quit (driver);

  assay_driver_launch (driver, NULL, NULL);
  assay_driver_wait_button (driver, "Signed Out · All drafts saved");
  assay_driver_wait_for (driver, ATSPI_ROLE_LIST_ITEM, TITLE ", signed out");
  assay_driver_wait_text (driver, TITLE " needs you to sign in again.");
  assay_driver_press_button (driver, "Sign In…");
  assay_driver_wait_for (driver, ATSPI_ROLE_TEXT, "Token");
  replace_text (driver, ATSPI_ROLE_TEXT, "Token", assay_driver_platform_get_token (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_press_button (driver, "Keep for This Session");
  assay_driver_wait_button (driver, "Test Connection");
  close_account (driver);
  assay_driver_wait_button (driver, "Online · All drafts saved");
  g_assert_false (assay_driver_has_text (driver, "needs you to sign in again"));
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounts/add", test_add);
  g_test_add_func ("/accounts/addresses", test_addresses);
  g_test_add_func ("/accounts/insecure", test_insecure);
  g_test_add_func ("/accounts/token", test_token);
  g_test_add_func ("/accounts/session-only-refused", test_session_only_refused);
  g_test_add_func ("/accounts/claim", test_claim);
  g_test_add_func ("/accounts/forget", test_forget);
  g_test_add_func ("/accounts/offline", test_offline);
  g_test_add_func ("/accounts/signed-out", test_signed_out);

  return g_test_run ();
}
