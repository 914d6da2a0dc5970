/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands before a server of HTTP on this machine and cuts connections: some before a request went
 * on, some when it was answered and the answer is not yet sent back. On threads of its own; each
 * connection carries one request. */
typedef struct _CuttingProxy CuttingProxy;

/* @before, @after: which part of the requests, 0 to 1 each, is cut so. @seed: of the choice. */
CuttingProxy *cutting_proxy_new (guint16 upstream, double before, double after, guint32 seed);
/* Cuts what is open and waits for the threads. */
void cutting_proxy_free (CuttingProxy *self);
guint16 cutting_proxy_get_port (CuttingProxy *self);
/* For one that was made with 0, because its server has to know its address. */
void cutting_proxy_set_upstream (CuttingProxy *self, guint16 upstream);
/* From now on; 0 and 0 let everything through. */
void cutting_proxy_set_odds (CuttingProxy *self, double before, double after);
guint cutting_proxy_get_n_passed (CuttingProxy *self);
guint cutting_proxy_get_n_cut_before (CuttingProxy *self);
guint cutting_proxy_get_n_cut_after (CuttingProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CuttingProxy, cutting_proxy_free)

G_END_DECLS
