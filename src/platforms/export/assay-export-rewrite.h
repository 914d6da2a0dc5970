/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-export-sink.h"
#include "assay-questions.h"

G_BEGIN_DECLS

/**
 * AssayExportRewrite:
 *
 * A text that was edited or written. Borrowed from the task and the judgement.
 */
typedef struct
{
  AssayQuestion *question;
  AssayDocument *original; /* NULL where one writes */
  const char *text;
} AssayExportRewrite;

/* In the order of the form and of the task's responses, those that were found good as they are
 * among them; blank ones are none. (transfer full) GArray of AssayExportRewrite. */
GArray *assay_export_list_rewrites (AssayTask *task, AssayJudgement *judgement);
/* Whether it is better than its original by what the person did. */
gboolean assay_export_rewrite_is_changed (const AssayExportRewrite *self);
/* What a format writes for a text of the person's: what was edited has words of the task, and is a
 * digest where those may not leave. @original: (nullable). (transfer full) */
char *assay_export_rewrite_text (AssayTask *task, AssayDocument *original, const char *text);
/* One message of the assistant. (transfer full) */
JsonArray *
assay_export_rewrite_messages (AssayTask *task, AssayDocument *original, const char *text);
/* Whether more is said in @answer than the text. */
gboolean assay_export_rewrite_says_more (JsonNode *answer);

G_END_DECLS
