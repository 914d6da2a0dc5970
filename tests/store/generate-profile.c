/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdlib.h>

#include "assay-profile-generator.h"
#include "store-fixture.h"

static guint
read_number (int argc, char *argv[], int place, guint fallback)
{
  guint64 number;

  if (argc <= place)
    return fallback;
  if (!g_ascii_string_to_unsigned (argv[place], 10, 0, 1000000, &number, NULL))
    {
      g_printerr ("Not a number up to a million: %s\n", argv[place]);
      exit (2);
    }
  return number;
}

/* Makes a profile for measuring. */
int
main (int argc, char *argv[])
{
  g_autoptr (AssayStore) store = NULL;
  AssayProfileShape shape;
  gint64 start = g_get_monotonic_time ();

  if (argc < 3)
    {
      g_printerr ("Usage: %s FOLDER TASKS [DRAFTS [OUTBOX [WORDS]]]\n", argv[0]);
      return 2;
    }
  shape = (AssayProfileShape) {
    .n_tasks = read_number (argc, argv, 2, 0),
    .n_drafts = read_number (argc, argv, 3, 0),
    .n_outbox = read_number (argc, argv, 4, 0),
    .n_words = read_number (argc, argv, 5, 60),
  };

  dex_init ();
  store = test_await_object (assay_store_open (argv[1]));
  assay_profile_generate (store, &shape);
  test_await (assay_store_close (store));
  g_print ("%u tasks, %u drafts, %u waiting in %s, in %.1f s\n", shape.n_tasks, shape.n_drafts,
           shape.n_outbox, argv[1], (g_get_monotonic_time () - start) / 1e6);
  return 0;
}
