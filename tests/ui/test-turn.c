/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-turn.h"

#define BUDGET_USEC (2 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  guint *iteration;
  guint n_turns;
  guint last_turn;
} Worker;

static gboolean
work_cb (gpointer user_data)
{
  Worker *worker = user_data;

  if (assay_turn_is_spent (BUDGET_USEC))
    return G_SOURCE_CONTINUE;
  while (!assay_turn_is_spent (BUDGET_USEC))
    ;
  worker->last_turn = *worker->iteration;
  worker->n_turns++;
  return worker->n_turns < 3;
}

/* Four who each take all that there is do not take it four times in one turn. */
static void
test_shared (void)
{
  guint iteration = 0;
  Worker workers[4] = { 0 };
  guint n_done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      workers[i].iteration = &iteration;
      g_idle_add (work_cb, &workers[i]);
    }
  while (n_done < G_N_ELEMENTS (workers))
    {
      guint n_worked = 0;

      iteration++;
      g_main_context_iteration (NULL, TRUE);
      n_done = 0;
      for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
        {
          n_worked += workers[i].last_turn == iteration;
          n_done += workers[i].n_turns == 3;
        }
      /* None where the machine took the time before the first came to its turn. */
      g_assert_cmpuint (n_worked, <=, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/turn/shared", test_shared);

  return g_test_run ();
}
