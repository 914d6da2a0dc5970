/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HANGING_RESOLVER_UNKNOWN "unknown.example.org"

#define HANGING_RESOLVER_DEAF "deaf.example.org"

/* Knows that there is nobody of the first name, and never answers about another until it is
 * cancelled, about the second not even then. */
#define HANGING_TYPE_RESOLVER (hanging_resolver_get_type ())
G_DECLARE_FINAL_TYPE (HangingResolver, hanging_resolver, HANGING, RESOLVER, GResolver)

GResolver *hanging_resolver_new (void);
/* Answers at last where it was deaf. */
void hanging_resolver_release (HangingResolver *self);

G_END_DECLS
