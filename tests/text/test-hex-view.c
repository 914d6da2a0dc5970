/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-hex-view.h"

static void
test_lines (void)
{
  g_autofree char *none = assay_hex_view (NULL, 0, 0);
  g_autofree char *view = assay_hex_view ("{\"a\":\"\xFF\0b<", 10, 16);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (view, ==,
                   "00000010  7b 22 61 22 3a 22 ff 00  {\"a\":\"··\n"
                   "00000018  62 3c                    b<");
}

/* The fault is always among what is shown, wherever it is. */
static void
test_fault (void)
{
  for (gsize place = 0; place < 200; place++)
    {
      g_autofree char *text = g_strnfill (200, 'x');
      g_autofree char *sound = assay_hex_view_of_fault (text, 200);
      g_autofree char *view = NULL;
      g_autofree char *nul = NULL;

      g_assert_null (sound);
      text[place] = '\xC0';
      view = assay_hex_view_of_fault (text, 200);
      g_assert_nonnull (g_strstr_len (view, -1, " c0"));
      text[place] = '\0';
      nul = assay_hex_view_of_fault (text, 200);
      g_assert_nonnull (g_strstr_len (nul, -1, " 00"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text/hex-view/lines", test_lines);
  g_test_add_func ("/text/hex-view/fault", test_fault);
  return g_test_run ();
}
