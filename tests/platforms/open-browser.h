/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OpenPage:
 * @status: 0: nobody listens
 * @location: (nullable)
 *
 * What a browser gets.
 */
typedef struct
{
  guint status;
  char *location;
  char *body;
} OpenPage;

void open_page_free (OpenPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenPage, open_page_free)

/* Asks for @url as a browser does that belongs to somebody else: on another thread, while the main
 * context runs. @body: (nullable): the fields of a form. (transfer full) */
OpenPage *open_browser_visit (const char *method, const char *url, const char *body);

G_END_DECLS
