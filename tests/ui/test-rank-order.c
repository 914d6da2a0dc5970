/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-rank-merge.h"
#include "assay-rank-order.h"
#include "assay-rank-question.h"

#include <stdlib.h>
#include <string.h>

static const char *const responses[] = { "a", "b", "c", "d", "e", NULL };

/* "a bc d" is a, then b and c together, then d. */
static AssayRankOrder *
make (const char *text, guint places)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) groups = g_strsplit (text, " ", -1);

  for (guint i = 0; groups[i] != NULL && *groups[i] != '\0'; i++)
    {
      g_autoptr (GStrvBuilder) group = g_strv_builder_new ();

      for (const char *p = groups[i]; *p != '\0'; p++)
        g_strv_builder_take (group, g_strndup (p, 1));
      g_ptr_array_add (order, g_strv_builder_end (group));
    }
  return assay_rank_order_new (responses, order, places);
}

static int
compare_responses (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Within a tie the order says nothing. */
static void
assert_order (AssayRankOrder *order, const char *expected)
{
  g_autoptr (GPtrArray) answer = assay_rank_order_to_answer (order);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < answer->len; i++)
    {
      GStrv tied = g_ptr_array_index (answer, i);
      g_autofree char *group = NULL;

      qsort (tied, g_strv_length (tied), sizeof (char *), compare_responses);
      group = g_strjoinv ("", tied);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", group);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static guint
find (AssayRankOrder *order, const char *response)
{
  int place = assay_rank_order_find (order, response);

  g_assert_cmpint (place, >=, 0);
  return place;
}

typedef struct
{
  const char *before;
  guint places;
  char what; /* u up, d down, = tie, digit: rank, o confirm, < > before the first, behind all */
  const char *response;
  const char *after;
} Case;

static void
test_moves (void)
{
  static const Case cases[] = {
    /* The first move gives everything a rank. */
    { "", 0, 'u', "b", "b a c d e" },
    { "", 0, 'd', "e", "a b c d e" },
    { "", 0, 'u', "a", "a b c d e" },
    { "", 0, 'o', "a", "a b c d e" },
    { "", 0, '=', "c", "a bc d e" },
    { "", 0, '1', "e", "e a b c d" },
    /* Single ones pass single ones, and ties as a whole. */
    { "a b c d e", 0, 'u', "c", "a c b d e" },
    { "a b c d e", 0, 'd', "a", "b a c d e" },
    { "a b c d e", 0, 'd', "e", "a b c d e" },
    { "ab c d e", 0, 'u', "c", "c ab d e" },
    { "a bc d e", 0, 'd', "a", "bc a d e" },
    /* Who leaves a tie ends beside it. */
    { "a bc d e", 0, 'u', "c", "a c b d e" },
    { "a bc d e", 0, 'd', "b", "a c b d e" },
    { "a bcd e", 0, 'u', "c", "a c bd e" },
    { "a bcd e", 0, 'd', "b", "a cd b e" },
    { "ab c d e", 0, 'u', "a", "a b c d e" },
    /* Ties. */
    { "a b c d e", 0, '=', "a", "a b c d e" },
    { "a b c d e", 0, '=', "b", "ab c d e" },
    { "ab c d e", 0, '=', "c", "abc d e" },
    { "ab c d e", 0, '=', "b", "a b c d e" },
    { "a bc d e", 0, '=', "b", "ab c d e" },
    /* Ranks by number; into the middle of a tie means before it. */
    { "a b c d e", 0, '1', "e", "e a b c d" },
    { "a b c d e", 0, '5', "a", "b c d e a" },
    { "a b c d e", 0, '3', "a", "b c a d e" },
    { "a b c d e", 0, '3', "c", "a b c d e" },
    { "a b c d e", 0, '9', "c", "a b c d e" },
    { "abc d e", 0, '2', "e", "e abc d" },
    { "a bc d e", 0, '4', "b", "a c d b e" },
    /* Dragging. */
    { "a b c d e", 0, '<', "d", "d a b c e" },
    { "a b c d e", 0, '>', "b", "a c d e b" },
    { "", 0, '>', "b", "a c d e b" },
    /* Only the best two have ranks; whoever is pushed out has none. */
    { "", 2, 'u', "d", "d" },
    { "d", 2, 'u', "b", "d b" },
    { "d b", 2, 'u', "a", "d a" },
    { "d b", 2, '1', "e", "e d" },
    { "d b", 2, '3', "e", "d b" },
    { "d b", 2, 'd', "b", "d" },
    { "d b", 2, 'd', "a", "d b" },
    { "d b", 2, 'd', "d", "b d" },
    { "d b", 2, '=', "a", "d ab" },
    { "d ab", 2, 'u', "c", "d c" },
    { "d b", 2, '>', "d", "b" },
    { "", 2, 'o', "a", "a b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];
      g_autoptr (AssayRankOrder) order = make (one->before, one->places);
      guint place = find (order, one->response);

      g_test_message ("%s: %c %s", one->before, one->what, one->response);
      switch (one->what)
        {
        case 'u':
          assay_rank_order_move_up (order, place);
          break;
        case 'd':
          assay_rank_order_move_down (order, place);
          break;
        case '=':
          assay_rank_order_toggle_tie (order, place);
          break;
        case 'o':
          assay_rank_order_confirm (order);
          break;
        case '<':
          assay_rank_order_move_before (order, place, 0);
          break;
        case '>':
          assay_rank_order_move_before (order, place, assay_rank_order_get_n (order));
          break;
        default:
          assay_rank_order_set_rank (order, place, one->what - '0');
        }
      assert_order (order, one->after);
      g_assert_cmpuint (assay_rank_order_get_n (order), ==, 5);
    }
}

static void
test_ranks (void)
{
  g_autoptr (AssayRankOrder) order = make ("b ac", 0);

  g_assert_cmpuint (assay_rank_order_get_rank (order, find (order, "b")), ==, 1);
  g_assert_cmpuint (assay_rank_order_get_rank (order, find (order, "a")), ==, 2);
  g_assert_cmpuint (assay_rank_order_get_rank (order, find (order, "c")), ==, 2);
  g_assert_cmpuint (assay_rank_order_get_rank (order, find (order, "d")), ==, 0);
  g_assert_true (assay_rank_order_is_tied (order, find (order, "c")));
  g_assert_false (assay_rank_order_is_tied (order, find (order, "b")));
  g_assert_false (assay_rank_order_is_tied (order, find (order, "d")));
  g_assert_cmpint (assay_rank_order_find (order, "z"), ==, -1);
}

/* Whatever is done in whatever order: every response is there once. */
static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint places = (guint) g_test_rand_int_range (0, 6);
      g_autoptr (AssayRankOrder) order = make ("", places);

      for (guint step = 0; step < 12; step++)
        {
          guint place = (guint) g_test_rand_int_range (0, 5);
          char seen[6] = "";

          switch (g_test_rand_int_range (0, 5))
            {
            case 0:
              assay_rank_order_move_up (order, place);
              break;
            case 1:
              assay_rank_order_move_down (order, place);
              break;
            case 2:
              assay_rank_order_toggle_tie (order, place);
              break;
            case 3:
              assay_rank_order_set_rank (order, place, (guint) g_test_rand_int_range (0, 7));
              break;
            default:
              assay_rank_order_move_before (order, place, (guint) g_test_rand_int_range (0, 6));
            }
          g_assert_cmpuint (assay_rank_order_get_n (order), ==, 5);
          g_assert_cmpuint (assay_rank_order_get_n_ranked (order), <=, 5);
          for (guint i = 0; i < 5; i++)
            {
              const char *response = assay_rank_order_get_response (order, i);
              guint rank = assay_rank_order_get_rank (order, i);

              g_assert_null (strchr (seen, *response));
              seen[i] = *response;
              g_assert_cmpuint (rank, <=, places > 0 && places < 5 ? places : 5);
              g_assert_cmpuint (rank == 0, ==, i >= assay_rank_order_get_n_ranked (order));
            }
        }
    }
}

/* Any true order comes out, ties included, with no more questions than promised. */
static void
test_merge (void)
{
  for (guint round = 0; round < 200; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 27);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) ids = NULL;
      int quality[26];
      g_autoptr (JsonNode) answer = NULL;
      g_autoptr (GPtrArray) order = NULL;
      const char *first;
      const char *second;
      guint asked = 0;
      int above = G_MAXINT;
      guint found = 0;

      for (guint i = 0; i < n; i++)
        {
          char id[] = { (char) ('a' + i), '\0' };

          quality[i] = g_test_rand_int_range (0, 12);
          g_strv_builder_add (builder, id);
        }
      ids = g_strv_builder_end (builder);
      while ((order = assay_rank_merge ((const char *const *) ids,
                                        answer != NULL ? assay_rank_answer_get_comparisons (answer)
                                                       : NULL,
                                        &first, &second))
             == NULL)
        {
          JsonNode *next =
              assay_rank_answer_with_comparison (answer, first, second,
                                                 quality[*second - 'a'] - quality[*first - 'a']);

          g_clear_pointer (&answer, json_node_unref);
          answer = next;
          asked++;
        }
      g_assert_cmpuint (asked, <=, assay_rank_merge_get_max (n));
      for (guint i = 0; i < order->len; i++)
        {
          char **group = order->pdata[i];
          int own = quality[**group - 'a'];

          g_assert_cmpint (own, <, above);
          above = own;
          for (guint j = 0; group[j] != NULL; j++, found++)
            g_assert_cmpint (quality[*group[j] - 'a'], ==, own);
        }
      g_assert_cmpuint (found, ==, n);
    }
  /* ⌈N·log2 N⌉ of the task kinds. */
  g_assert_cmpuint (assay_rank_merge_get_max (9), <=, 29);
  g_assert_cmpuint (assay_rank_merge_get_max (26), <=, 123);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/rank-order/moves", test_moves);
  g_test_add_func ("/rank-order/ranks", test_ranks);
  g_test_add_func ("/rank-order/random", test_random);
  g_test_add_func ("/rank-order/merge", test_merge);
  return g_test_run ();
}
