/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the schema is installed. Without it GSettings would end the program without a word that
 * helps. */
gboolean assay_settings_exist (void);
/* The program's settings; (transfer full). All objects made here share their values. */
GSettings *assay_settings_new (void);

G_END_DECLS
