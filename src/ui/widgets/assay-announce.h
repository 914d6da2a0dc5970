/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has @text, a translated sentence, said by a screen reader in the name of @widget when it is free.
 */
void assay_announce (GtkWidget *widget, const char *text);

G_END_DECLS
