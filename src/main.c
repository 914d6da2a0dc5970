/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <locale.h>

#include "assay-application.h"
#include "assay-database.h"
#include "assay-headless.h"
#include "assay-log.h"

/* There is no more than this to end; what never ends is not waited for. */
#define LAST_TURNS 100

int
main (int argc, char *argv[])
{
  g_autoptr (AssayApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  dex_init ();

  /* Before GTK is touched: it wants a display. */
  if (assay_headless_is_meant (argc, argv))
    return assay_headless_run (argc, argv);

  assay_database_keep_off_this_thread ();
  assay_log_install ();
  application = assay_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  /* What waited for an answer was told that none will come, and puts away what it holds. */
  for (guint i = 0; i < LAST_TURNS && g_main_context_iteration (NULL, FALSE); i++)
    ;
  return status;
}
