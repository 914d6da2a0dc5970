/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "assay-task.h"

G_BEGIN_DECLS

/* How many code points on either side of a span are kept with it. */
#define ASSAY_SPAN_CONTEXT_CHARACTERS 32u

/**
 * AssaySpan:
 *
 * A stretch of the raw text of a document (task-kinds, section 0): code points, [start, end). The
 * quote and what stands around it find the place again after the text changed.
 */
typedef struct
{
  char *document; /* its id */
  guint start;
  guint end;
  char *quote;
  char *prefix;
  char *suffix;
} AssaySpan;

typedef enum
{
  ASSAY_SPAN_THERE,    /* the quote stands where it stood */
  ASSAY_SPAN_MOVED,    /* it stands elsewhere, at one place alone */
  ASSAY_SPAN_DETACHED, /* at none, or at several that nothing tells apart */
} AssaySpanState;

/* @start and @end are clamped to the length of @text; the order of the two does not matter. */
AssaySpan *assay_span_new (const char *document, const char *text, guint start, guint end);
AssaySpan *assay_span_copy (const AssaySpan *self);
void assay_span_free (AssaySpan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssaySpan, assay_span_free)

/* NULL for what is no span. */
AssaySpan *assay_span_new_from_json (JsonNode *node);
/* Writes the members of the span into @target; others that are in it stay. */
void assay_span_write_json (const AssaySpan *self, JsonObject *target);

/**
 * AssaySpanFinder:
 *
 * Finds spans in one text. It goes on from the last place, so that many spans in the order of the
 * text take the time of one walk through it. On the stack; @text is borrowed.
 */
typedef struct
{
  const char *text;
  gsize length_bytes;
  const char *at;
  guint offset;
} AssaySpanFinder;

void assay_span_finder_init (AssaySpanFinder *self, const char *text);
/* Where @span stands in the text now. First where it was; then where its quote stands between its
 * prefix and its suffix; then where most of these is left, and at least half. At two such places it
 * is DETACHED, and @start and @end stay as they are. */
AssaySpanState
assay_span_finder_find (AssaySpanFinder *self, const AssaySpan *span, guint *start, guint *end);
/**
 * AssayTaskSpanFinder:
 *
 * The same over the documents of a task: many spans of one document, one after the other. Set to
 * `{ task }`, which is borrowed.
 */
typedef struct
{
  AssayTask *task;
  AssayDocument *document; /* (nullable): where the last span was */
  AssaySpanFinder finder;
} AssayTaskSpanFinder;

/* DETACHED if the task has no such document. */
AssaySpanState assay_task_span_finder_find (AssayTaskSpanFinder *self,
                                            const AssaySpan *span,
                                            guint *start,
                                            guint *end);
/* One span alone. */
AssaySpanState assay_span_find (const AssaySpan *self, AssayTask *task, guint *start, guint *end);

G_END_DECLS
