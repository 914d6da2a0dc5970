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

static const Scene scenes[] = {
  { "welcome", act_welcome, 1280, 800 },
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
