/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-guideline-changes.h"

/* What differs, a line for each: kind, title, what it was called, before → after. */
static char *
describe (const char *before, const char *after)
{
  static const char *const kinds[] = { "added", "removed", "changed", "renamed" };
  g_autoptr (GPtrArray) changes = assay_guideline_compare (before, after);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const AssayRuleChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s [%s] (%s) %s → %s\n", kinds[change->kind], change->title,
                              change->old_title != NULL ? change->old_title : "", change->before,
                              change->after);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check (const char *before, const char *after, const char *expected)
{
  g_autofree char *found = describe (before, after);

  g_assert_cmpstr (found, ==, expected);
}

#define OLD                                                                                        \
  "Read this first.\n\n# Accuracy\n\nBe strict.\n\n## Dates\n\nA year is enough.\n\n"              \
  "# Style\n\nPlain words.\n"

static void
test_same (void)
{
  check (OLD, OLD, "");
  check ("", "", "");
  /* Neither empty lines nor the way to write a heading make a difference. */
  check (OLD,
         "\n\nRead this first.\n\nAccuracy\n========\n\n\nBe strict.\n\n## Dates ##\n"
         "A year is enough.\n\n# Style\n\nPlain words.\n\n\n",
         "");
}

static void
test_changed (void)
{
  check (OLD,
         "Read this first.\n\n# Accuracy\n\nBe strict.\n\n## Dates\n\nThe day is needed.\n\n"
         "# Style\n\nPlain words.\n",
         "changed [Dates] () A year is enough. → The day is needed.\n");
  /* What stands before the first heading is a rule too. */
  check (OLD,
         "Read all of this.\n\n# Accuracy\n\nBe strict.\n\n## Dates\n\nA year is enough.\n\n"
         "# Style\n\nPlain words.\n",
         "changed [] () Read this first. → Read all of this.\n");
}

static void
test_added_and_removed (void)
{
  check (OLD,
         "Read this first.\n\n# Accuracy\n\nBe strict.\n\n# Style\n\nPlain words.\n\n"
         "# Safety\n\nNo harm.\n",
         "removed [Dates] () A year is enough. → \nadded [Safety] ()  → No harm.\n");
  check (OLD, "",
         "removed [] () Read this first. → \nremoved [Accuracy] () Be strict. → \n"
         "removed [Dates] () A year is enough. → \nremoved [Style] () Plain words. → \n");
  check ("", "# Only\n\nOne.", "added [Only] ()  → One.\n");
}

static void
test_renamed (void)
{
  check (OLD,
         "Read this first.\n\n# Truth\n\nBe strict.\n\n## Dates\n\nA year is enough.\n\n"
         "# Style\n\nPlain words.\n",
         "renamed [Truth] (Accuracy) Be strict. → Be strict.\n");
}

/* A rule that only moved is the same; what was removed is told all the same, wherever it stood. */
static void
test_moved (void)
{
  check (OLD,
         "Read this first.\n\n# Style\n\nPlain words.\n\n# Accuracy\n\nBe strict.\n\n## Dates\n\n"
         "A year is enough.\n",
         "");
  check ("# A\n\n1\n\n# B\n\n2\n\n# C\n\n3\n", "# C\n\n3\n\n# A\n\n1\n", "removed [B] () 2 → \n");
}

/* The first of a title belongs to the first of that title. */
static void
test_same_titles (void)
{
  check ("# Example\n\none\n\n# Example\n\ntwo\n", "# Example\n\none\n\n# Example\n\nthree\n",
         "changed [Example] () two → three\n");
  check ("# Example\n\none\n", "# Example\n\none\n\n# Example\n\ntwo\n",
         "added [Example] ()  → two\n");
}

/* Code is no heading, and a heading in a quotation belongs to its rule. */
static void
test_not_headings (void)
{
  check ("# A\n\n```\n# no\n```\n\n> # quoted\n", "# A\n\n```\n# yes\n```\n\n> # quoted\n",
         "changed [A] () ```\n# no\n```\n\n> # quoted → ```\n# yes\n```\n\n> # quoted\n");
}

/* Every rule that is gone is named once, in time that grows with the number of rules. */
static void
test_many (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autoptr (GPtrArray) changes = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (before, "# Old %u\n\ntext %u\n\n", i, i);
      g_string_append_printf (after, "# New %u\n\nother %u\n\n", i, i);
    }
  changes = assay_guideline_compare (before->str, after->str);
  g_assert_cmpuint (changes->len, ==, 10000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/guideline-changes/same", test_same);
  g_test_add_func ("/guideline-changes/changed", test_changed);
  g_test_add_func ("/guideline-changes/added-and-removed", test_added_and_removed);
  g_test_add_func ("/guideline-changes/renamed", test_renamed);
  g_test_add_func ("/guideline-changes/moved", test_moved);
  g_test_add_func ("/guideline-changes/same-titles", test_same_titles);
  g_test_add_func ("/guideline-changes/not-headings", test_not_headings);
  g_test_add_func ("/guideline-changes/many", test_many);

  return g_test_run ();
}
