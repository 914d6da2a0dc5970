/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-reachability.h"
#include "fake-network.h"

typedef struct
{
  guint n_available;
  guint n_metered;
  guint n_came_back;
} Heard;

static void
count_cb (guint *n)
{
  (*n)++;
}

static AssayReachability *
listen (FakeNetwork *network, Heard *heard)
{
  AssayReachability *reachability = assay_reachability_new (G_NETWORK_MONITOR (network));

  assay_reachability_set_longest_delay_ms (reachability, 0);
  g_signal_connect_swapped (reachability, "notify::available", G_CALLBACK (count_cb),
                            &heard->n_available);
  g_signal_connect_swapped (reachability, "notify::metered", G_CALLBACK (count_cb),
                            &heard->n_metered);
  g_signal_connect_swapped (reachability, "came-back", G_CALLBACK (count_cb), &heard->n_came_back);
  return reachability;
}

static void
test_comes_back (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (TRUE);
  Heard heard = { 0 };
  g_autoptr (AssayReachability) reachability = listen (network, &heard);

  g_assert_true (assay_reachability_get_available (reachability));
  /* It says that it changed, and did not. */
  fake_network_set (network, TRUE, FALSE);
  g_assert_cmpuint (heard.n_available, ==, 0);

  fake_network_set (network, FALSE, FALSE);
  g_assert_false (assay_reachability_get_available (reachability));
  g_assert_cmpuint (heard.n_available, ==, 1);
  fake_network_set (network, TRUE, FALSE);
  g_assert_cmpuint (heard.n_available, ==, 2);
  while (heard.n_came_back == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (heard.n_came_back, ==, 1);
}

/* Gone again before anybody was told. */
static void
test_flickers (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (FALSE);
  Heard heard = { 0 };
  g_autoptr (AssayReachability) reachability = listen (network, &heard);

  for (guint i = 0; i < 10; i++)
    {
      fake_network_set (network, TRUE, FALSE);
      fake_network_set (network, FALSE, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (heard.n_came_back, ==, 0);
  fake_network_set (network, TRUE, FALSE);
  while (heard.n_came_back == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (heard.n_came_back, ==, 1);
}

static void
test_metered (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (TRUE);
  Heard heard = { 0 };
  g_autoptr (AssayReachability) reachability = listen (network, &heard);

  g_assert_false (assay_reachability_get_metered (reachability));
  fake_network_set (network, TRUE, TRUE);
  g_assert_true (assay_reachability_get_metered (reachability));
  g_assert_cmpuint (heard.n_metered, ==, 1);
  g_assert_cmpuint (heard.n_available, ==, 0);
}

static void
test_goes_first (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (FALSE);
  Heard heard = { 0 };
  AssayReachability *reachability = listen (network, &heard);

  fake_network_set (network, TRUE, FALSE);
  g_assert_finalize_object (reachability);
  fake_network_set (network, FALSE, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (heard.n_came_back, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reachability/comes-back", test_comes_back);
  g_test_add_func ("/reachability/flickers", test_flickers);
  g_test_add_func ("/reachability/metered", test_metered);
  g_test_add_func ("/reachability/goes-first", test_goes_first);

  return g_test_run ();
}
