/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character that an HTML entity stands for (`&amp;`, `&#8212;`, `&#x2014;`); 0 if it is not
 * known. */
gunichar assay_entity_decode (const char *text, gsize length_bytes);

G_END_DECLS
