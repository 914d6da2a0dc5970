/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-export-sink.h"

G_BEGIN_DECLS

/* The texts of a task in the shapes that formats want. Where the task allows only the person's own
 * words to leave, every text is "sha256:" and the digest. A function that cannot give its shape
 * drops the judgement with the reason and returns NULL. */

/* What was said, without the calls of tools that a person is shown below it. */
const char *assay_export_content (AssayTask *task, AssayDocument *document);
/* What a format writes for one document; (transfer full). */
char *assay_export_text (AssayTask *task, AssayDocument *document);

/* One text, for tasks with a single turn and no system text. (transfer full) */
char *assay_export_prompt_text (AssayExportSink *sink, AssayTask *task);
/* A list of messages, system text first; always possible. Questions that the turns of a response
 * answer one by one stand between those answers, the first alone here. (transfer full) */
JsonArray *assay_export_prompt_messages (AssayTask *task);
/* Adds what was said in @document, a turn or a response: {"role", "content"}, with the tool's name,
 * or with the calls of tools; several where a response is made of several turns. */
void assay_export_add_messages (JsonArray *messages, AssayTask *task, AssayDocument *document);
/* The tools that the model was offered, or NULL. (transfer full) */
JsonArray *assay_export_dup_tools (AssayTask *task);
/* Whether calls of tools in the task are not in its messages: none is where there is no place for
 * them (@holds), and none that is not a function's name and an object. */
gboolean assay_export_loses_tool_calls (AssayTask *task, gboolean holds);
/* Whether a response is made of several turns, which are one text outside lists of messages. */
gboolean assay_export_joins_turns (AssayTask *task);
/* "\n\nHuman: …\n\nAssistant:", without a system text. (transfer full) */
char *assay_export_prompt_dialogue (AssayExportSink *sink, AssayTask *task);
/* The first turn as it is, the later ones behind "<extra_id_1>" marks. (transfer full) Without a
 * @sink, the task's own words, to be hashed. */
char *assay_export_prompt_marked (AssayExportSink *sink, AssayTask *task);

G_END_DECLS
