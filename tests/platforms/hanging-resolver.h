/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HANGING_RESOLVER_UNKNOWN "unknown.example.org"

/* Knows that there is nobody of that name, and never answers about another until it is cancelled.
 */
#define HANGING_TYPE_RESOLVER (hanging_resolver_get_type ())
G_DECLARE_FINAL_TYPE (HangingResolver, hanging_resolver, HANGING, RESOLVER, GResolver)

GResolver *hanging_resolver_new (void);

G_END_DECLS
