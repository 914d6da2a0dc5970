/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-citations.h"

#include <string.h>

static const char *const ids[] = { "a", "b", "doc-3", "d", "e", NULL };

/* What stands between the bars; @expected: numbers of sources. */
static void
check (const char *marked, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (marked, "|", 3);
  g_autofree char *text = g_strjoinv ("", parts);
  gsize start = strlen (parts[0]);
  g_autoptr (GArray) found = assay_citations_find (text, start, start + strlen (parts[1]), ids);
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (said, "%s%u", i > 0 ? " " : "", g_array_index (found, guint, i) + 1);
  g_assert_cmpstr (said->str, ==, expected);
}

static void
test_marks (void)
{
  check ("|It is blue [1].|", "1");
  check ("|It is blue [2][1], and big [4].|", "1 2 4");
  check ("|It is blue [1, 3].|", "1 3");
  check ("|It is blue [2–4].|", "2 3 4");
  check ("|It is blue [2-4].|", "2 3 4");
  check ("|It is blue【2】.|", "2");
  check ("|It is blue [^5].|", "5");
  check ("|It is blue [Source 2].|", "2");
  check ("|It is blue [Docs 1 3].|", "1 3");
  check ("|It is blue [doc-3], 🌕 قمر [b].|", "2 3");
  check ("|It is blue [2](https://example.org).|", "2");
}

static void
test_none (void)
{
  check ("|It is blue.|", "");
  check ("|It is [rather] blue [see 2 apples].|", "");
  check ("|It is blue [source].|", "");
  check ("|It is blue [|", "");
  check ("|It is blue [6], [0] and [1000000000].|", "");
  check ("|An array[1|", "");
  check ("||", "");
}

/* A citation behind a sentence is its own, and not that of the next one. */
static void
test_place (void)
{
  check ("|It is blue.| [1] It is big [2].", "1");
  check ("It is blue. |[1] It is big [2].|", "2");
  check ("It is blue. |[1]|", "1");
  check ("|It is blue.|\n\n[1] It is big.", "");
  check ("[1] |It is blue.| And big [2].", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/citations/marks", test_marks);
  g_test_add_func ("/citations/none", test_none);
  g_test_add_func ("/citations/place", test_place);
  return g_test_run ();
}
