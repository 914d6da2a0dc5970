/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_tasks;
  guint n_drafts;
  /* Submitted and not to be sent for a day. */
  guint n_outbox;
  /* Words in each of a task's two answers. */
  guint n_words;
} AssayProfileShape;

/* Fills an empty store with one project of this shape: the same texts each time. Iterates the main
 * context. */
void assay_profile_generate (AssayStore *store, const AssayProfileShape *shape);

G_END_DECLS
