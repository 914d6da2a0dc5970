/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver.h"

/* The driver itself: what it types arrives, what it reads is there, and what it starts ends. */

static AssayDriver *
launch_specimen (void)
{
  g_autofree char *binary =
      g_build_filename (g_getenv ("ASSAY_BUILD_ROOT"), "tests", "ui", "driver", "specimen", NULL);
  AssayDriver *driver = assay_driver_new (binary, NULL);

  assay_driver_launch (driver, NULL, NULL);
  return driver;
}

static void
test_types_any_text (void)
{
  static const char text[] =
      "The quick brown fox, (42) @A: “Grüße” — 日本語 עברית ½ 🙂\nand a second line; 100 %!";
  g_autoptr (AssayDriver) driver = launch_specimen ();
  g_autoptr (AtspiAccessible) notes = assay_driver_find (driver, ATSPI_ROLE_TEXT, "Notes");
  g_autofree char *read = NULL;

  assay_driver_wait_focused (driver, notes);
  assay_driver_type (driver, text);
  assay_driver_wait_text (driver, "100 %!");
  read = assay_driver_get_text (notes);
  g_assert_cmpstr (read, ==, text);
  assay_driver_quit (driver);
}

static void
test_presses_and_sees (void)
{
  g_autoptr (AssayDriver) driver = launch_specimen ();
  g_autoptr (AtspiAccessible) button = NULL;
  g_autoptr (AtspiAccessible) check = NULL;
  g_autoptr (AtspiAccessible) nothing = NULL;

  g_assert_true (assay_driver_has_text (driver, "Waiting"));
  assay_driver_press (driver, "Tab");
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Press…");
  assay_driver_wait_focused (driver, button);
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Pressed");
  g_assert_false (assay_driver_has_text (driver, "Waiting"));

  assay_driver_press (driver, "Tab");
  check = assay_driver_find (driver, ATSPI_ROLE_CHECK_BOX, "Check Me");
  assay_driver_wait_focused (driver, check);
  g_assert_false (assay_driver_has_state (check, ATSPI_STATE_CHECKED));
  assay_driver_press (driver, "space");
  assay_driver_wait_state (driver, check, ATSPI_STATE_CHECKED, TRUE);

  nothing = assay_driver_peek (driver, ATSPI_ROLE_BUTTON, "Not There");
  g_assert_null (nothing);
  assay_driver_quit (driver);
}

static void
test_kills_and_starts_again (void)
{
  g_autoptr (AssayDriver) driver = launch_specimen ();

  g_assert_true (assay_driver_is_running (driver));
  assay_driver_kill (driver);
  g_assert_false (assay_driver_is_running (driver));
  assay_driver_launch (driver, NULL, NULL);
  g_assert_true (assay_driver_has_text (driver, "Waiting"));
  assay_driver_quit (driver);
}

/* The width and height in a PNG's header. */
static void
assert_png_size (const char *file, guint width, guint height)
{
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &data, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 24);
  g_assert_cmpmem (data + 1, 3, "PNG", 3);
  g_assert_cmpuint (GUINT32_FROM_BE (*(guint32 *) (gpointer) (data + 16)), ==, width);
  g_assert_cmpuint (GUINT32_FROM_BE (*(guint32 *) (gpointer) (data + 20)), ==, height);
}

static void
test_resizes_and_takes_pictures (void)
{
  g_autoptr (AssayDriver) driver = launch_specimen ();
  g_autofree char *file =
      g_build_filename (assay_driver_get_profile (driver), "specimen.png", NULL);

  assay_driver_resize (driver, 500, 420);
  assay_driver_screenshot_window (driver, file);
  assert_png_size (file, 500, 420);
  assay_driver_quit (driver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/driver/types-any-text", test_types_any_text);
  g_test_add_func ("/driver/presses-and-sees", test_presses_and_sees);
  g_test_add_func ("/driver/kills-and-starts-again", test_kills_and_starts_again);
  g_test_add_func ("/driver/resizes-and-takes-pictures", test_resizes_and_takes_pictures);
  return g_test_run ();
}
