/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The target of the first link in @value, that of a "Link" (RFC 8288), whose relation is @relation
 * in any case; NULL without. Not resolved and not checked. Any thread. (transfer full) */
char *assay_link_header_find (const char *value, const char *relation);

G_END_DECLS
