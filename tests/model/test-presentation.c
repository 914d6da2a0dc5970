/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-limits.h"
#include "model-testing.h"

static char *
order_of (AssayPresentation *self)
{
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < assay_presentation_get_n (self); i++)
    g_string_append_printf (order, "%s ", assay_presentation_get_response (self, i));
  return g_string_free_and_steal (order);
}

static void
test_permutation (void)
{
  g_autoptr (AssayTask) four = task_with_form (4, "");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint32 seed = 0; seed < 2000; seed++)
    {
      g_autoptr (AssayPresentation) self = assay_presentation_new (four, seed);
      g_autoptr (AssayPresentation) again = assay_presentation_new (four, seed);
      g_autofree char *order = order_of (self);
      g_autofree char *order_again = order_of (again);

      g_assert_cmpstr (order, ==, order_again);
      g_assert_cmpuint (assay_presentation_get_n (self), ==, 4);
      for (guint i = 0; i < 4; i++)
        {
          const char *id = assay_presentation_get_response (self, i);
          const char letter[] = { 'A' + (char) i, '\0' };

          g_assert_cmpint (assay_presentation_get_place (self, id), ==, i);
          g_assert_cmpstr (assay_presentation_get_letter (self, id), ==, letter);
        }
      g_hash_table_add (seen, g_steal_pointer (&order));
    }
  /* Every one of the 4! orders comes up. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, 24);
}

/* Stored orders must come out the same in every later version. */
static void
test_seed_is_for_ever (void)
{
  g_autoptr (AssayTask) five = task_with_form (5, "");
  g_autoptr (AssayPresentation) one = assay_presentation_new (five, 1);
  g_autoptr (AssayPresentation) last = assay_presentation_new (five, G_MAXUINT32);

  assert_string (order_of (one), "r3 r2 r5 r4 r1 ");
  assert_string (order_of (last), "r3 r4 r2 r5 r1 ");
}

static void
test_fixed (void)
{
  g_autoptr (AssayTask) task = task_with_form (3, "'fixed_order': true");

  for (guint32 seed = 0; seed < 50; seed++)
    {
      g_autoptr (AssayPresentation) self = assay_presentation_new (task, seed);

      assert_string (order_of (self), "r1 r2 r3 ");
    }
}

static AssayPresentation *
load (AssayTask *task, const char *text)
{
  g_autoptr (JsonNode) node = json (text);

  return assay_presentation_new_from_json (assay_json_node_object (node), task);
}

static void
test_json (void)
{
  g_autoptr (AssayTask) task = task_with_form (3, "'fixed_order': true");
  const char *text =
      "{'order': ['r3', 'r1', 'r2'], 'seed': 4294967295, 'revealed_at': 77, 'columns': {'n': 2}}";
  g_autoptr (AssayPresentation) self = load (task, text);
  g_autoptr (AssayPresentation) changed =
      load (task, "{'order': ['gone', 'r3', 'r3', 7, null], 'seed': 'x'}");
  g_autoptr (AssayPresentation) empty = load (task, "{}");

  assert_json (assay_presentation_to_json (self), text);
  assert_string (order_of (self), "r3 r1 r2 ");
  /* The task may have changed: what is gone is not shown, what is new comes last. */
  assert_string (order_of (changed), "r3 r1 r2 ");
  assert_string (order_of (empty), "r1 r2 r3 ");
  g_assert_cmpint (assay_presentation_get_place (self, "gone"), ==, -1);
  g_assert_cmpstr (assay_presentation_get_letter (self, "gone"), ==, "?");
}

static void
test_tokens (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, "");
  g_autoptr (AssayPresentation) self = load (task, "{'order': ['r2', 'r1']}");
  static const char *const cases[][2] = {
    { "", "" },
    { "@A is better than @B.", "@{r2} is better than @{r1}." },
    { "(@A)", "(@{r2})" },
    { "@Aは良い", "@{r2}は良い" },
    { "mail me@A now", "mail me@A now" },
    { "@AB @A1 @A_ @C @a", "@AB @A1 @A_ @C @a" },
    { "@A/@B", "@{r2}/@{r1}" },
    { "@{r1}", "@{}{r1}" },
    { "@{r9} @{", "@{r9} @{" },
    { "@{}", "@{}{}" },
    { "@@A", "@@{r2}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stored = assay_presentation_tokens_to_stored (self, cases[i][0]);

      g_assert_cmpstr (stored, ==, cases[i][1]);
      assert_string (assay_presentation_tokens_to_shown (self, stored), cases[i][0]);
    }
  assert_string (assay_presentation_tokens_written (task, "@{r2} > @{r1}, @{}x, @{r9}",
                                                    "Response %d"),
                 "Response 2 > Response 1, @x, @{r9}");
  assert_string (assay_presentation_tokens_written (task, "@{r2}", "Answer %c (%d%%)"),
                 "Answer B (2%%)");
}

/* Ids may hold what ends a token. */
static void
test_odd_ids (void)
{
  g_autoptr (AssayTask) odd =
      task ("{'id': 't', 'form': {'fixed_order': true}, 'responses': [{'id': 'a}b', 'content': ''},"
            " {'id': '@{x', 'content': ''}, {'id': '100%', 'content': ''}]}");
  g_autoptr (AssayPresentation) self = assay_presentation_new (odd, 0);
  g_autofree char *stored = assay_presentation_tokens_to_stored (self, "@A @B @C");

  g_assert_cmpstr (stored, ==, "@{a%7Db} @{%40%7Bx} @{100%25}");
  assert_string (assay_presentation_tokens_to_shown (self, stored), "@A @B @C");
}

/* Whatever is typed is stored and shown again as it was. */
static void
test_tokens_round_trip (void)
{
  static const char *const pieces[] = { "@", "{", "}",  "A",     "B",   "C",   "r1", "r2", " ",
                                        "x", "1", "@A", "@{r1}", "@{}", "%7D", "é",  "日", "\n" };
  g_autoptr (AssayTask) task = task_with_form (2, "");

  for (guint32 seed = 0; seed < 5000; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (AssayPresentation) self = assay_presentation_new (task, seed);
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autofree char *stored = NULL;

      for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append (typed, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      stored = assay_presentation_tokens_to_stored (self, typed->str);
      assert_string (assay_presentation_tokens_to_shown (self, stored), typed->str);
    }
}

/* A text full of open braces must not be searched to its end for each of them. */
static void
test_hostile (void)
{
  g_autoptr (AssayTask) task = task_with_form (ASSAY_LIMIT_RESPONSES, "");
  g_autoptr (AssayPresentation) self = assay_presentation_new (task, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *stored = NULL;

  for (guint i = 0; i < ASSAY_LIMIT_RATIONALE_CHARACTERS / 2; i++)
    g_string_append (text, "@{");
  stored = assay_presentation_tokens_to_stored (self, text->str);
  assert_string (assay_presentation_tokens_to_shown (self, stored), text->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/presentation/permutation", test_permutation);
  g_test_add_func ("/presentation/seed-is-for-ever", test_seed_is_for_ever);
  g_test_add_func ("/presentation/fixed", test_fixed);
  g_test_add_func ("/presentation/json", test_json);
  g_test_add_func ("/presentation/tokens", test_tokens);
  g_test_add_func ("/presentation/tokens/odd-ids", test_odd_ids);
  g_test_add_func ("/presentation/tokens/round-trip", test_tokens_round_trip);
  g_test_add_func ("/presentation/tokens/hostile", test_hostile);

  return g_test_run ();
}
