/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdlib.h>

#include "power-work.h"

/* A second process makes a profile and works in it, and says what the store acknowledged. At random
 * operations its power is cut. This process opens what each cut left: it must be sound, hold
 * everything that was acknowledged, and be what the work was at one point of it.
 *
 * One number decides everything about a run but how its threads take turns; it is printed, and
 * `--seed NUMBER` repeats it. ASSAY_KEEP_CUTS names a folder for what lost something. */

#define N_CUTS 300
#define N_CUTS_LONG 3000
/* Operations between two cuts of a run; a run has some 2400. */
#define GAP 40
/* Every few, where the file itself is made. */
#define GAP_FIRST 4
#define N_CUTS_FIRST 600
/* Where the store is weakened on purpose, losses are found within so many. */
#define N_CUTS_WEAK 1000

static gint64 option_seed = -1;

/* Returns the number of cuts. */
static guint
run (const char *role, guint32 seed, guint *n_lost)
{
  g_autoptr (PowerRun) run = power_run_new (seed);

  power_run_start (run, role, g_str_equal (role, POWER_WORK_FIRST) ? GAP_FIRST : GAP);
  return power_run_check (run, power_work_check, NULL, n_lost);
}

static void
test_cuts (void)
{
  guint n_wanted = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? N_CUTS_LONG : N_CUTS;
  guint n_cuts = 0, n_lost = 0;

  if (option_seed >= 0)
    n_cuts = run (POWER_WORK_WHOLE, option_seed, &n_lost);
  else
    while (n_cuts < n_wanted)
      n_cuts += run (POWER_WORK_WHOLE, g_test_rand_int (), &n_lost);
  g_test_message ("%u cuts, %u with a loss", n_cuts, n_lost);
  g_assert_cmpuint (n_lost, ==, 0);
}

static void
test_first_start (void)
{
  guint n_cuts = 0, n_lost = 0;

  while (n_cuts < N_CUTS_FIRST)
    n_cuts += run (POWER_WORK_FIRST, g_test_rand_int (), &n_lost);
  g_test_message ("%u cuts, %u with a loss", n_cuts, n_lost);
  g_assert_cmpuint (n_lost, ==, 0);
}

/* A test that finds nothing where there is something to find would show nothing above. */
static void
test_finds_losses (gconstpointer role)
{
  guint n_cuts = 0, n_lost = 0;

  while (n_lost == 0 && n_cuts < N_CUTS_WEAK)
    n_cuts += run (role, g_test_rand_int (), &n_lost);
  g_test_message ("%u cuts, %u with a loss", n_cuts, n_lost);
  g_assert_cmpuint (n_lost, >, 0);
}

int
main (int argc, char *argv[])
{
  PowerVictim victim;

  if (power_victim_parse (&victim, argc, argv))
    power_work_run (&victim);
  if (argc == 3 && g_str_equal (argv[1], "--seed"))
    {
      option_seed = strtoul (argv[2], NULL, 10);
      argc = 1;
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add_func ("/power-loss/cuts", test_cuts);
  if (option_seed < 0)
    {
      g_test_add_func ("/power-loss/first-start", test_first_start);
      g_test_add_data_func ("/power-loss/finds-losses/sync", POWER_WORK_WEAK_SYNC,
                            test_finds_losses);
      g_test_add_data_func ("/power-loss/finds-losses/spool", POWER_WORK_WEAK_SPOOL,
                            test_finds_losses);
      g_test_add_data_func ("/power-loss/finds-losses/triggers", POWER_WORK_WEAK_TRIGGERS,
                            test_finds_losses);
    }

  return g_test_run ();
}
