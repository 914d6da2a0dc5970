/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-database.h"
#include "assay-outbox-item.h"

G_BEGIN_DECLS

/* Which rows, oldest first. */
typedef enum
{
  ASSAY_OUTBOX_ITEMS_UNSETTLED, /* not accepted, not withdrawn */
  ASSAY_OUTBOX_ITEMS_DUE,       /* ?1 now, ?2 account or NULL */
  ASSAY_OUTBOX_ITEMS_ONE,       /* ?1 the row's id */
} AssayOutboxItems;

/* How to bind what a kind of list asks for; NULL where it asks nothing. */
typedef struct
{
  gint64 number;
  const char *account;
} AssayOutboxItemsArguments;

/* (transfer full) GPtrArray of AssayOutboxItem. */
GPtrArray *assay_outbox_items_read (AssayDatabase *database,
                                    AssayOutboxItems which,
                                    const AssayOutboxItemsArguments *arguments,
                                    GError **error);
gboolean assay_outbox_state_from_string (const char *text, AssayOutboxState *state);

G_END_DECLS
