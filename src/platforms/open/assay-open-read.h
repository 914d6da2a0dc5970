/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-page.h"

G_BEGIN_DECLS

/* The resources of data/platform-api/openapi.yaml as model objects. Pure; any thread. What is not
 * as it must be is refused with an ASSAY_MODEL_ERROR that names the place; nothing that a server
 * says does worse. The JSON may be sealed and is not changed. */

/* A reference to one version of a form or a guideline. FALSE if @member is none. @id: in
 * @object. */
gboolean
assay_open_read_ref (JsonObject *object, const char *member, const char **id, int *version);

/* @skew_us: how far the platform's clock is ahead of ours. (transfer full) */
AssayLease *assay_open_read_lease (JsonNode *node, gint64 skew_us, GError **error);
/* The task within a lease, with what was agreed on. @account: before the guideline's id.
 * (transfer full) */
AssayTask *
assay_open_read_task (JsonNode *lease, const char *account, AssayForm *form, GError **error);
/* With its terms; the form is set by who has it. (transfer full) */
AssayProject *assay_open_read_project (JsonNode *node, const char *account, GError **error);
/* @body: the text, where the guideline only says where it is. (transfer full) */
AssayGuideline *
assay_open_read_guideline (JsonNode *node, const char *account, const char *body, GError **error);

/**
 * AssayOpenList:
 * @items: in the node
 * @next: (nullable): in the node: where the list goes on
 * @more: the list says that it does
 *
 * The envelope of every list.
 */
typedef struct
{
  JsonArray *items;
  const char *next;
  gboolean more;
} AssayOpenList;

/* FALSE if @node is none. */
gboolean assay_open_read_list (JsonNode *node, AssayOpenList *list);

/**
 * AssayOpenChange:
 *
 * What `/changes` says of one thing; @type and @id are in the node.
 */
typedef struct
{
  const char *type;
  const char *id;
  gboolean deleted;
} AssayOpenChange;

/* FALSE where it says nothing. */
gboolean assay_open_read_change (JsonNode *node, AssayOpenChange *change);

G_END_DECLS
