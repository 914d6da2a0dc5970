/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives memory that was needed for a moment back to the system, when there is nothing else to do
 * and at most once a minute. What a large text or a full-size surface took for a moment stays with
 * the C library otherwise, mixed with what is in use, and adds up over a day's work. */
void assay_memory_give_back_soon (void);

G_END_DECLS
