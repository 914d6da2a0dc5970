/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document-text.h"
#include "assay-documents-pane.h"
#include "assay-response-column.h"

G_BEGIN_DECLS

/**
 * DocumentsFixture:
 *
 * A window with the pane of a task's texts in it, and what the pane asked for.
 */
typedef struct
{
  GtkWidget *window;
  AssayDocumentsPane *pane;
  AssayTask *task;
  AssayPresentation *presentation;
  char *quoted_letter;
  char *quoted_text;
  GPtrArray *read;
} DocumentsFixture;

void documents_set_up (DocumentsFixture *fixture, gconstpointer user_data);
void documents_tear_down (DocumentsFixture *fixture, gconstpointer user_data);

/* A task with so many responses r0, r1 …, each with a needle in it. (transfer full) */
AssayTask *documents_make_task (guint n_responses);
void documents_show_task (DocumentsFixture *fixture, guint n_responses);
/* A task with these responses, not waited for. */
void documents_set_texts (DocumentsFixture *fixture, const char *const *texts);
/* The same, shown to their ends. */
void documents_show_texts (DocumentsFixture *fixture, const char *const *texts);
void documents_wait_until_filled (DocumentsFixture *fixture);

/* All widgets of a type below the pane, in order. (transfer container) */
GPtrArray *documents_find_all (DocumentsFixture *fixture, GType type);
AssayResponseColumn *documents_get_column (DocumentsFixture *fixture, guint place);
AssayDocumentText *documents_get_text (DocumentsFixture *fixture, guint place);
gboolean documents_is_visible (DocumentsFixture *fixture, guint place);
/* Which responses are seen: "AC". */
void documents_check_visible (DocumentsFixture *fixture, const char *expected);

G_END_DECLS
