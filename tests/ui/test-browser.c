/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person signs in with the browser: the desktop's default one is a script that says where it was
 * sent, and the test is the person in it. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-driver-platform.h"
#include "assay-driver-script.h"
#include "open-browser.h"

#define DENIED "You did not allow Assay to work for you there."

typedef struct
{
  char *folder;
  char *visited; /* a file with the address */
} Browser;

static void
write_file (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, &error);
  g_assert_no_error (error);
}

static Browser *
browser_new (AssayDriver *driver)
{
  Browser *self = g_new0 (Browser, 1);
  g_autofree char *applications = NULL;
  g_autofree char *script = NULL;
  g_autofree char *desktop = NULL;

  self->folder = g_build_filename (assay_driver_get_profile (driver), "desktop", NULL);
  self->visited = g_build_filename (self->folder, "visited", NULL);
  applications = g_build_filename (self->folder, "applications", NULL);
  g_assert_no_errno (g_mkdir_with_parents (applications, 0700));
  /* Whole, or not there. */
  script = g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" >'%s.new' && mv '%s.new' '%s'\n",
                            self->visited, self->visited, self->visited);
  write_file (self->folder, "browser", script, 0700);
  desktop = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\n"
                             "Exec=%s/browser %%u\nMimeType=x-scheme-handler/http;\n",
                             self->folder);
  write_file (applications, "browser.desktop", desktop, 0600);
  write_file (self->folder, "mimeapps.list",
              "[Default Applications]\nx-scheme-handler/http=browser.desktop\n", 0600);
  assay_driver_setenv (driver, "XDG_DATA_HOME", self->folder);
  assay_driver_setenv (driver, "XDG_CONFIG_HOME", self->folder);
  return self;
}

static void
browser_free (Browser *self)
{
  g_free (self->folder);
  g_free (self->visited);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Browser, browser_free)

static gboolean
has_visited (AssayDriver *driver, gpointer user_data)
{
  return g_file_test (((Browser *) user_data)->visited, G_FILE_TEST_EXISTS);
}

/* Where the program sent it. (transfer full) */
static char *
wait_for_visit (Browser *self, AssayDriver *driver)
{
  char *address = NULL;
  g_autoptr (GError) error = NULL;

  assay_driver_wait (driver, "the browser", has_visited, self);
  g_file_get_contents (self->visited, &address, NULL, &error);
  g_assert_no_error (error);
  g_unlink (self->visited);
  return address;
}

/* The server's page is answered, and the browser follows to where it is sent. */
static void
decide (const char *address, const char *decision)
{
  g_autofree char *endpoint = g_strndup (address, strcspn (address, "?"));
  g_autofree char *body =
      g_strdup_printf ("%s&decision=%s", address + strlen (endpoint) + 1, decision);
  g_autoptr (OpenPage) page = open_browser_visit ("POST", endpoint, body);
  g_autoptr (OpenPage) last = NULL;

  g_assert_cmpuint (page->status, ==, 302);
  last = open_browser_visit ("GET", page->location, NULL);
  g_assert_cmpuint (last->status, !=, 0);
}

/* From the first page of the program to the one that asks how to sign in. */
static void
open_sign_in (AssayDriver *driver, AssayDriverPlatform *platform)
{
  assay_driver_launch (driver, NULL, NULL);
  assay_driver_press_button (driver, "Connect a Platform…");
  assay_driver_wait_for (driver, ATSPI_ROLE_DIALOG, "Accounts");
  assay_driver_wait_focused_role (driver, ATSPI_ROLE_TEXT);
  assay_driver_type (driver, assay_driver_platform_get_address (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_button (driver, "Sign In With the Browser…");
}

static void
test_allowed (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (Browser) browser = browser_new (driver);
  g_autofree char *address = NULL;

  open_sign_in (driver, platform);
  assay_driver_press_button (driver, "Sign In With the Browser…");
  assay_driver_wait_text (driver, "Waiting for the browser…");
  address = wait_for_visit (browser, driver);
  g_assert_nonnull (strstr (address, assay_driver_platform_get_host (platform)));
  decide (address, "allow");
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_press_button (driver, "Keep for This Session");
  assay_driver_wait_button (driver, "Test Connection");
  assay_driver_wait_text (driver, "Ada Example");
  assay_driver_wait_text (driver, "Online");
  assay_driver_quit (driver);
}

/* Whoever says no there is told so here, and may say yes at once. */
static void
test_denied (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (Browser) browser = browser_new (driver);
  g_autofree char *address = NULL;
  g_autofree char *again = NULL;

  open_sign_in (driver, platform);
  assay_driver_press_button (driver, "Sign In With the Browser…");
  address = wait_for_visit (browser, driver);
  decide (address, "deny");
  assay_driver_wait_text (driver, DENIED);
  assay_driver_wait_announced (driver, DENIED);
  assay_driver_press_button (driver, "Sign In With the Browser…");
  again = wait_for_visit (browser, driver);
  g_assert_cmpstr (address, !=, again);
  decide (again, "allow");
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_quit (driver);
}

/* Whoever thought better of the browser takes the token. */
static void
test_stopped (void)
{
  g_autoptr (AssayDriver) driver = assay_driver_new (NULL, NULL);
  g_autoptr (AssayDriverPlatform) platform = assay_driver_platform_new (NULL);
  g_autoptr (Browser) browser = browser_new (driver);
  g_autofree char *address = NULL;

  open_sign_in (driver, platform);
  assay_driver_press_button (driver, "Sign In With the Browser…");
  address = wait_for_visit (browser, driver);
  assay_driver_press_button (driver, "Cancel");
  assay_driver_wait_gone (driver, ATSPI_ROLE_LABEL, "Waiting for the browser…");
  assay_driver_tab_to_named (driver, ATSPI_ROLE_TEXT, "Token");
  assay_driver_type (driver, assay_driver_platform_get_token (platform));
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Keep for This Session Only?");
  assay_driver_press_button (driver, "Keep for This Session");
  assay_driver_wait_button (driver, "Test Connection");
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/browser/allowed", test_allowed);
  g_test_add_func ("/browser/denied", test_denied);
  g_test_add_func ("/browser/stopped", test_stopped);

  return g_test_run ();
}
