/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-export-sink.h"

G_BEGIN_DECLS

/**
 * AssayExportPair:
 *
 * One response over another. @is_graded: it comes from a comparison, which says how strong it is:
 * @strength has the sign of the judgement, negative for the task's first response and 0 for a tie.
 * Ranks and scores say nothing of it. @dimension is set where a task compares in
 * several respects without an overall verdict.
 */
typedef struct
{
  AssayDocument *chosen; /* borrowed from the task */
  AssayDocument *rejected;
  const char *edited; /* (nullable) borrowed from the answer: what @chosen became */
  gboolean is_graded;
  int strength;
  const char *dimension;
} AssayExportPair;

/* What formats write for the one that was chosen; both (transfer full). */
char *assay_export_pair_chosen_text (AssayTask *task, const AssayExportPair *pair);
JsonArray *assay_export_pair_chosen_messages (AssayTask *task, const AssayExportPair *pair);

/* What the judgement says about which response is better: from a comparison, else a ranking, else
 * scores, else points; and each text that was edited over its original. Pairs stand in the task's
 * own order, so the order shown never matters. What gives no pair is dropped with its reason.
 * (transfer full) GArray of AssayExportPair. */
GArray *assay_export_list_pairs (AssayExportSink *sink, AssayTask *task, AssayJudgement *judgement);

/* The comparison that decides: the only one, or the one
 * called "preference" or "overall"; NULL if there is none. */
AssayQuestion *assay_export_find_overall (AssayTask *task, AssayJudgement *judgement);

/**
 * AssayExportLabel:
 *
 * A response that the judgement calls good or bad by itself.
 */
typedef struct
{
  AssayDocument *response; /* borrowed from the task */
  gboolean good;
} AssayExportLabel;

/* (transfer full) GArray of AssayExportLabel, in the task's own order. */
GArray *
assay_export_list_labels (AssayExportSink *sink, AssayTask *task, AssayJudgement *judgement);

G_END_DECLS
