/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "assay-task-summary.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_SORT_PROJECT_ORDER,
  ASSAY_SORT_DEADLINE,
  ASSAY_SORT_PAY,
  ASSAY_SORT_NEWEST,
} AssayTaskSort;

/**
 * AssayTaskQuery:
 *
 * Which tasks a list shows, and in which order. Plain; copied where it is kept.
 */
typedef struct
{
  gint64 project; /* 0: all */
  char *account;  /* NULL: all */
  guint states;   /* bit (1 << AssayTaskState); 0: all */
  char *kind;     /* NULL: all */
  char *language; /* NULL: all */
  char *text; /* full-text search over prompts, responses and own rationales; NULL or "": none */
  AssayTaskSort sort;
} AssayTaskQuery;

#define ASSAY_TYPE_TASK_QUERY (assay_task_query_get_type ())
GType assay_task_query_get_type (void);
AssayTaskQuery *assay_task_query_new (void);
AssayTaskQuery *assay_task_query_copy (const AssayTaskQuery *self);
void assay_task_query_free (AssayTaskQuery *self);
gboolean assay_task_query_equal (const AssayTaskQuery *a, const AssayTaskQuery *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayTaskQuery, assay_task_query_free)

G_END_DECLS
