/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver-platform.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "assay-driver-private.h"

#define MAX_ARGUMENTS 16

struct _AssayDriverPlatform
{
  char *folder;
  char *options;        /* (nullable) */
  GSubprocess *process; /* (owned) (nullable) */
  char *address;
  char *host;
  char *token;
};

static char *
read_value (GDataInputStream *lines, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, name));
  return g_strdup (line + strlen (name));
}

/* A test that fails ends at once, and takes it along: who reads its output would wait for both. */
static void
setup_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (AssayDriverPlatform *self)
{
  g_autofree char *binary =
      g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "tests", "server", "assay-platformd", NULL);
  const char *port = self->host != NULL ? strrchr (self->host, ':') + 1 : "0";
  const char *arguments[MAX_ARGUMENTS] = { binary,       "--control", "--data",
                                           self->folder, "--port",    port };
  g_auto (GStrv) options = g_strsplit (self->options != NULL ? self->options : "", " ", -1);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0, n = 6; options[i] != NULL && n + 1 < MAX_ARGUMENTS; i++)
    if (*options[i] != '\0')
      arguments[n++] = options[i];
  g_subprocess_launcher_set_child_setup (launcher, setup_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_free (self->address);
  g_free (self->token);
  g_free (self->host);
  self->address = read_value (lines, "address: ");
  self->token = read_value (lines, "token: ");
  uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->host = g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

AssayDriverPlatform *
assay_driver_platform_new (const char *options)
{
  AssayDriverPlatform *self = g_new0 (AssayDriverPlatform, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("assay-platform-XXXXXX", &error);
  g_assert_no_error (error);
  self->options = g_strdup (options);
  start (self);
  return self;
}

void
assay_driver_platform_free (AssayDriverPlatform *self)
{
  if (self->process != NULL)
    assay_driver_platform_stop (self);
  assay_driver_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->options);
  g_free (self->address);
  g_free (self->host);
  g_free (self->token);
  g_free (self);
}

const char *
assay_driver_platform_get_address (AssayDriverPlatform *self)
{
  return self->address;
}

const char *
assay_driver_platform_get_host (AssayDriverPlatform *self)
{
  return self->host;
}

const char *
assay_driver_platform_get_token (AssayDriverPlatform *self)
{
  return self->token;
}

void
assay_driver_platform_stop (AssayDriverPlatform *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
}

void
assay_driver_platform_start_again (AssayDriverPlatform *self)
{
  g_assert_null (self->process);
  start (self);
}

/* A whole answer to @request, whose connection is closed after it. (transfer full) */
static char *
ask (AssayDriverPlatform *self, const char *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GOutputStream) answer = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  connection = g_socket_client_connect_to_host (client, self->host, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (answer, g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (answer, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (answer, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (answer));
}

static gboolean
is_yes (const char *answer)
{
  return g_str_has_prefix (answer, "HTTP/1.1 2");
}

static void
assert_yes (const char *answer, const char *what)
{
  if (!is_yes (answer))
    g_error ("the platform answers to “%s”: %s", what, answer);
}

static char *
ask_control (AssayDriverPlatform *self, const char *command, const char *arguments)
{
  g_autofree char *request =
      g_strdup_printf ("POST /control/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: "
                       "application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                       command, self->host, strlen (arguments), arguments);

  return ask (self, request);
}

gboolean
assay_driver_platform_try_control (AssayDriverPlatform *self,
                                   const char *command,
                                   const char *arguments)
{
  g_autofree char *answer = ask_control (self, command, arguments);

  return is_yes (answer);
}

void
assay_driver_platform_control (AssayDriverPlatform *self,
                               const char *command,
                               const char *arguments)
{
  g_autofree char *answer = ask_control (self, command, arguments);

  assert_yes (answer, command);
}

char *
assay_driver_platform_dup_ledger (AssayDriverPlatform *self)
{
  g_autofree char *request =
      g_strdup_printf ("GET /control/ledger HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
                       self->host);
  g_autofree char *answer = ask (self, request);

  assert_yes (answer, "ledger");
  return g_strdup (strstr (answer, "\r\n\r\n") + 4);
}

void
assay_driver_connect (AssayDriver *self, AssayDriverPlatform *platform)
{
  g_autofree char *file = g_build_filename (assay_driver_get_profile (self), "token", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (file, platform->token, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  assay_driver_setenv (self, "ASSAY_CONNECT", platform->address);
  assay_driver_setenv (self, "ASSAY_CONNECT_TOKEN_FILE", file);
}
