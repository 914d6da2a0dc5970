/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-document-text.h"
#include "assay-document-view.h"

G_BEGIN_DECLS

/* A document in a window of its own. */
typedef struct
{
  GtkWidget *window;
  AssayDocumentView *view;
  AssayDocumentText *text;
} DocumentFixture;

void document_fixture_set_up (DocumentFixture *fixture, gconstpointer user_data);
void document_fixture_tear_down (DocumentFixture *fixture, gconstpointer user_data);
/* Shows @text and waits until all of it is there. */
void document_fixture_show (DocumentFixture *fixture, const char *text);
/* Each document that is shown has a text view of its own. */
void document_fixture_find_text (DocumentFixture *fixture);
void document_fixture_wait (DocumentFixture *fixture);
/* Looks for @text, and waits until it is marked; NULL for nothing. */
void document_fixture_search (DocumentFixture *fixture, const char *text, AssayPatternFlags flags);
/* (transfer full) */
char *document_fixture_dup_shown (DocumentFixture *fixture);
void document_fixture_assert_shown (DocumentFixture *fixture, const char *expected);
/* The first widget of @type at or below @widget. (nullable) */
GtkWidget *document_fixture_find (GtkWidget *widget, GType type);

#define DOCUMENT_ADD(path, function)                                                               \
  g_test_add (path, DocumentFixture, NULL, document_fixture_set_up, function,                      \
              document_fixture_tear_down)

G_END_DECLS
