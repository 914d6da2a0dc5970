/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AssayOpenStage:
 * @ASSAY_OPEN_PROJECTS: of a whole listing
 * @ASSAY_OPEN_LEASES: of a whole listing
 * @ASSAY_OPEN_FEEDBACK: of a whole listing
 * @ASSAY_OPEN_CHANGES: after one, where changes are told
 * @ASSAY_OPEN_AGAIN: after one, where they are not
 */
typedef enum
{
  ASSAY_OPEN_PROJECTS,
  ASSAY_OPEN_LEASES,
  ASSAY_OPEN_FEEDBACK,
  ASSAY_OPEN_CHANGES,
  ASSAY_OPEN_AGAIN,
} AssayOpenStage;

/**
 * AssayOpenCursor:
 * @stage: what the next page is of
 * @run: (nullable): the whole listing that it is in
 * @at: (nullable): where the stage's list goes on
 * @at_url: (nullable): the same where the platform says it by a `Link` alone
 * @changes: (nullable): the platform's cursor of `/changes`
 * @feedback: (nullable): and of `/feedback`
 * @feedback_waits: there is feedback to read before other changes
 * @changes_wait: and changes after it
 *
 * Where a pull is.
 */
typedef struct
{
  AssayOpenStage stage;
  char *run;
  char *at;
  char *at_url;
  char *changes;
  char *feedback;
  gboolean feedback_waits;
  gboolean changes_wait;
} AssayOpenCursor;

/* NULL if @text is none. (transfer full) */
AssayOpenCursor *assay_open_cursor_parse (const char *text);
/* (transfer full) */
char *assay_open_cursor_to_string (const AssayOpenCursor *self);
void assay_open_cursor_free (AssayOpenCursor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayOpenCursor, assay_open_cursor_free)

gboolean assay_open_cursor_is_in_listing (const AssayOpenCursor *self);
/* The first page of @stage. */
void assay_open_cursor_enter (AssayOpenCursor *self, AssayOpenStage stage);

G_END_DECLS
