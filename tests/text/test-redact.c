/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a log does not give away. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib.h>

#include "assay-redact.h"

static void
assert_redacts (const char *line, const char *expected)
{
  g_autofree char *redacted = assay_redact_line (line);

  g_assert_cmpstr (redacted, ==, expected);
}

static void
test_secrets (void)
{
  assert_redacts ("GET https://ann:pa55@label.example/api/tasks/7?token=abc#x failed",
                  "GET https://label.example/… failed");
  assert_redacts ("Authorization: Bearer abc.def", "Authorization: Bearer …");
  assert_redacts ("Authorization: Token 12345", "Authorization: Token …");
  assert_redacts ("password=hunter2 was refused", "password=… was refused");
  assert_redacts ("the api_key: a-b was refused", "the api_key: … was refused");
  assert_redacts ("signed in as ann.o-neil@mail.example.org", "signed in as …@…");
  assert_redacts ("answer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 came", "answer … came");
}

static void
test_persons (void)
{
  g_autofree char *line = g_strdup_printf ("“%s/assay/assay.db” is damaged", g_get_home_dir ());
  g_autofree char *media = g_strdup_printf ("/media/%s/disk is full", g_get_user_name ());

  assert_redacts (line, "“~/assay/assay.db” is damaged");
  assert_redacts (media, "/media/…/disk is full");
}

/* What helps stays. */
static void
test_rest (void)
{
  assert_redacts ("A submission was not accepted (not-sent): Connection refused",
                  "A submission was not accepted (not-sent): Connection refused");
  assert_redacts ("The copy “/srv/backup/1-20260630T080000.000000Z.db” could not be written",
                  "The copy “/srv/backup/1-20260630T080000.000000Z.db” could not be written");
  assert_redacts ("", "");
  assert_redacts ("bad \xff bytes", "bad \xef\xbf\xbd bytes");
}

/* A hostile line takes no longer than a long one. */
static void
test_hostile (void)
{
  g_autofree char *stretch = g_strnfill (2000, 'a');
  g_autofree char *dotted = g_strdup_printf ("%s@%s.%s", stretch, stretch, stretch);
  g_autofree char *redacted = assay_redact_line (dotted);

  g_assert_null (strstr (redacted, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/redact/secrets", test_secrets);
  g_test_add_func ("/redact/persons", test_persons);
  g_test_add_func ("/redact/rest", test_rest);
  g_test_add_func ("/redact/hostile", test_hostile);

  return g_test_run ();
}
