/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <string.h>

G_BEGIN_DECLS

/* The real program runs as a process of its own; a folder of its own holds profile and files. */
typedef struct
{
  char *folder;
  char *profile;
  const char *bus;    /* what the program is told about the session bus; NULL for none */
  const char *locale; /* LC_ALL; NULL for that of the test */
  const char *out;    /* where standard output goes; NULL for the result */
} Fixture;

typedef struct
{
  int status;
  char *out;
  char *err;
} Result;

void headless_result_clear (Result *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, headless_result_clear)

void headless_set_up (Fixture *fixture, gconstpointer user_data);
void headless_tear_down (Fixture *fixture, gconstpointer user_data);

/* Runs the program in the fixture's folder, while this process goes on answering. Fails the test if
 * it does not exit by itself. */
Result headless_run (Fixture *fixture, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* In the fixture's folder; (transfer full). */
char *headless_write_file (Fixture *fixture, const char *name, const char *text);
char *headless_read_file (Fixture *fixture, const char *name);
gboolean headless_exists (Fixture *fixture, const char *name);

#define assert_has(text, part)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr (text, part) == NULL)                                                               \
      g_test_message ("“%s” is not in: %s", part, text);                                           \
    g_assert_nonnull (strstr (text, part));                                                        \
  }                                                                                                \
  G_STMT_END

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, headless_set_up, function, headless_tear_down)

G_END_DECLS
