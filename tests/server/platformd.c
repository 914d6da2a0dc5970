/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference server as a process. What a script needs goes to standard output: a line each with
 * the address and the token. */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>

#include "assay-platform-server.h"

static int
list_defects (void)
{
  for (AssayServerDefect i = ASSAY_SERVER_DEFECT_NONE + 1; i < ASSAY_SERVER_N_DEFECTS; i++)
    g_print ("%-24s %s\n", assay_server_defect_get_name (i),
             assay_server_defect_get_description (i));
  return 0;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static int
fail (const char *message)
{
  g_printerr ("assay-platformd: %s\n", message);
  return 1;
}

int
main (int argc, char *argv[])
{
  int port = 0;
  int copies = 1;
  g_autofree char *folder = NULL;
  g_autofree char *defect = NULL;
  g_autofree char *token_file = NULL;
  g_autofree char *public_address = NULL;
  gboolean control = FALSE;
  gboolean show_defects = FALSE;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "Where to listen; 0 for a free one", "PORT" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where the database is kept", "FOLDER" },
    { "copies", 0, 0, G_OPTION_ARG_INT, &copies, "Each demonstration task so many times", "N" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file, "Write the token to a file", "FILE" },
    { "public-address", 0, 0, G_OPTION_ARG_STRING, &public_address,
      "What the discovery names, for a server that is behind something else", "URL" },
    { "control", 0, 0, G_OPTION_ARG_NONE, &control, "Take POST /control/…", NULL },
    { "defect", 0, 0, G_OPTION_ARG_STRING, &defect, "Do one thing wrong", "NAME" },
    { "list-defects", 0, 0, G_OPTION_ARG_NONE, &show_defects, "Say what can be wrong", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a platform to evaluate for");
  g_autoptr (AssayPlatformServer) server = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail (error->message);
  if (show_defects)
    return list_defects ();

  server = assay_platform_server_new (folder, (guint) CLAMP (copies, 1, 100000), &error);
  if (server == NULL
      || !assay_platform_server_start (server, (guint) CLAMP (port, 0, G_MAXUINT16), &error))
    return fail (error->message);
  assay_platform_server_set_control (server, control);
  assay_platform_server_set_public_address (server, public_address);
  if (defect != NULL)
    {
      AssayServerDefect found = assay_server_defect_find (defect);

      if (found == ASSAY_SERVER_DEFECT_NONE)
        return fail ("There is no such defect; --list-defects names them.");
      assay_server_state_set_defect (assay_platform_server_get_state (server), found);
    }
  if (token_file != NULL
      && !g_file_set_contents_full (token_file, assay_platform_server_get_token (server), -1,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return fail (error->message);

  g_print ("address: %s\ntoken: %s\n", assay_platform_server_get_address (server),
           assay_platform_server_get_token (server));
  fflush (stdout);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
