/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings the program to a scene as a person would, and takes a picture of its window.
 *
 *   shoot list | SCENE FILE
 */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-driver.h"

/* Without a compositor a window has a frame where its shadow would be; the caller cuts it off. */
#define FRAME 5

typedef struct
{
  const char *name;
  void (*act) (AssayDriver *driver);
  int width;
  int height;
} Scene;

static void
act_welcome (AssayDriver *driver)
{
  g_autoptr (AtspiAccessible) button = NULL;

  assay_driver_launch (driver, NULL, NULL);
  button = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Start Practising");
}

static gboolean
is_sensitive (AssayDriver *driver, gpointer user_data)
{
  return assay_driver_has_state (user_data, ATSPI_STATE_SENSITIVE);
}

static void
act_differences (AssayDriver *driver)
{
  g_autofree char *file = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "tests", "ui", "data",
                                            "six-tasks.jsonl", NULL);
  g_autoptr (AtspiAccessible) confirm = NULL;
  g_autoptr (AtspiAccessible) row = NULL;

  assay_driver_launch (driver, file, NULL);
  confirm = assay_driver_find (driver, ATSPI_ROLE_BUTTON, "Import");
  assay_driver_wait (driver, "the preview", is_sensitive, confirm);
  assay_driver_press (driver, "<Alt>i");
  assay_driver_wait_gone (driver, ATSPI_ROLE_BUTTON, "Import");
  row = assay_driver_find (driver, ATSPI_ROLE_LIST_ITEM, "Which answer explains tides better?…");
  assay_driver_press (driver, "Return");
  assay_driver_wait_text (driver, "Submit");
  assay_driver_press (driver, "<Control>d");
  assay_driver_wait_text (driver, "have no counterpart");
}

static const Scene scenes[] = {
  { "welcome", act_welcome, 1280, 800 },
  { "differences", act_differences, 1280, 800 },
  { "dark-differences", act_differences, 1280, 800 },
};

int
main (int argc, char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], "list"))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
        g_print ("%s\n", scenes[i].name);
      return 0;
    }
  if (argc != 3)
    {
      g_printerr ("usage: shoot list | SCENE FILE\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autoptr (AssayDriver) driver = NULL;

      if (!g_str_equal (scenes[i].name, argv[1]))
        continue;
      driver = assay_driver_new (NULL, NULL);
      scenes[i].act (driver);
      assay_driver_resize (driver, scenes[i].width + 2 * FRAME, scenes[i].height + 2 * FRAME);
      assay_driver_screenshot_window (driver, argv[2]);
      assay_driver_quit (driver);
      return 0;
    }
  g_printerr ("no such scene: %s\n", argv[1]);
  return 2;
}
