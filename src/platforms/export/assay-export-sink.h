/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-exporter.h"

G_BEGIN_DECLS

/* Why a judgement, or a pair of its responses, gave no row. */
typedef enum
{
  ASSAY_DROP_FORBIDDEN,
  ASSAY_DROP_DRAFT,
  ASSAY_DROP_EARLIER,
  ASSAY_DROP_OUTCOME,
  ASSAY_DROP_NO_PREFERENCE,
  ASSAY_DROP_NO_LABEL,
  ASSAY_DROP_NO_TEXT,
  ASSAY_DROP_NO_CLAIMS,
  ASSAY_DROP_NO_ERRORS,
  ASSAY_DROP_TIE,
  ASSAY_DROP_WEAK,
  ASSAY_DROP_WEAK_LABEL,
  ASSAY_DROP_NOT_APPLICABLE,
  ASSAY_DROP_CONVERSATION,
  ASSAY_DROP_SPEAKERS,
  ASSAY_DROP_MARKS,
  ASSAY_DROP_INCOMPLETE,
  ASSAY_DROP_UNFIT,
} AssayDrop;
#define ASSAY_N_DROPS (ASSAY_DROP_UNFIT + 1)

/* What a format could not hold of judgements that gave rows, or how it had to be changed. */
typedef enum
{
  ASSAY_LOSS_RATIONALE,
  ASSAY_LOSS_STRENGTH,
  ASSAY_LOSS_BOTH,
  ASSAY_LOSS_ANSWERS,
  ASSAY_LOSS_COMMENTS,
  ASSAY_LOSS_CHANGES,
  ASSAY_LOSS_CLAIMS,
  ASSAY_LOSS_EVIDENCE,
  ASSAY_LOSS_CONFIDENCE,
  ASSAY_LOSS_FLAGS,
  ASSAY_LOSS_SALVAGE,
  ASSAY_LOSS_PRIVATE_NOTE,
  ASSAY_LOSS_SYSTEM,
  ASSAY_LOSS_SOURCES,
  ASSAY_LOSS_MODELS,
  ASSAY_LOSS_TOOL_CALLS,
  ASSAY_LOSS_TURNS,
  ASSAY_LOSS_TEXTS,
  ASSAY_LOSS_LABELS,
  ASSAY_LOSS_RECORD,
  ASSAY_CHANGE_MEANS,
  ASSAY_CHANGE_POINTS,
  ASSAY_CHANGE_SHARE,
  ASSAY_CHANGE_EXTREMES,
  ASSAY_CHANGE_FORMULA,
  ASSAY_CHANGE_SPACES,
} AssayLoss;
#define ASSAY_N_LOSSES (ASSAY_CHANGE_SPACES + 1)

typedef enum
{
  ASSAY_HOLDS_NOTHING = 0,
  ASSAY_HOLDS_TASKS = 1 << 0,    /* rows for tasks without a judgement */
  ASSAY_HOLDS_OUTCOMES = 1 << 1, /* judgements that say why there is no answer */
  ASSAY_HOLDS_RATIONALE = 1 << 2,
  ASSAY_HOLDS_STRENGTH = 1 << 3,
  ASSAY_HOLDS_ANSWERS = 1 << 4, /* every question, with comments */
  ASSAY_HOLDS_DOCUMENTS = 1 << 5,
  ASSAY_HOLDS_CONFIDENCE = 1 << 6,
  ASSAY_HOLDS_FLAGS = 1 << 7,
  ASSAY_HOLDS_RECORD = 1 << 8, /* times, shown order, guideline */
  ASSAY_HOLDS_SYSTEM = 1 << 9,
  ASSAY_HOLDS_BOTH = 1 << 10, /* both good, both bad */
  ASSAY_HOLDS_SALVAGE = 1 << 11,
  ASSAY_HOLDS_TOOL_CALLS = 1 << 12,
  ASSAY_HOLDS_NO_TEXTS = 1 << 13, /* nothing of the task's but its title and its form */
  ASSAY_HOLDS_MODELS = 1 << 14,
} AssayHolds;

/**
 * AssayExportSink:
 *
 * Where a format puts its rows, and where it says what it could not put. The exporter empties
 * `chunk` after each call.
 */
typedef struct
{
  AssayExportOptions options;
  AssayHolds holds;
  GString *chunk;
  guint64 n_rows;
  guint64 dropped[ASSAY_N_DROPS];
  guint64 lost[ASSAY_N_LOSSES];
  char *unfit;      /* why the first unfit judgement is */
  GHashTable *used; /* ids of the questions that the current judgement's rows hold */
} AssayExportSink;

AssayExportSink *assay_export_sink_new (const AssayExportOptions *options, AssayHolds holds);
void assay_export_sink_free (AssayExportSink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayExportSink, assay_export_sink_free)

/* A line of its own. @object: (transfer full) */
void assay_export_sink_add_object (AssayExportSink *self, JsonObject *object);
void assay_export_sink_drop (AssayExportSink *self, AssayDrop reason);
/* Drops a judgement whose form is not what the format needs; @why is a translated sentence,
 * (transfer full). */
void assay_export_sink_drop_unfit (AssayExportSink *self, char *why);
void assay_export_sink_lose (AssayExportSink *self, AssayLoss loss);
void assay_export_sink_use (AssayExportSink *self, AssayQuestion *question);
/* Counts what the rows of this judgement do not hold. */
void
assay_export_sink_count_losses (AssayExportSink *self, AssayTask *task, AssayJudgement *judgement);

guint64 assay_export_sink_get_n_dropped (AssayExportSink *self);
/* Appends translated sentences. */
void assay_export_sink_describe (AssayExportSink *self, GStrvBuilder *sentences);
/* Adds the members `dropped` and `lost`: counts by name, those that are not 0. */
void assay_export_sink_add_counts (AssayExportSink *self, JsonObject *report);

/**
 * AssayExportKind:
 *
 * What the table of formats knows of one format.
 */
typedef struct
{
  AssayExportFormat format;
  AssayHolds holds;
  /* The first lines of the file, or NULL. */
  void (*write_head) (AssayExportSink *sink);
  /* Rows for the task itself, or NULL. */
  void (*write_task) (AssayExportSink *sink, AssayTask *task);
  void (*write) (AssayExportSink *sink,
                 AssayTask *task,
                 AssayJudgement *judgement,
                 gboolean is_draft);
} AssayExportKind;

const AssayExportKind *assay_export_kind_get (const AssayExportFormat *format);

/* One file per family of formats. */
void assay_export_own_write_head (AssayExportSink *sink);
void assay_export_own_write_guideline (AssayExportSink *sink,
                                       AssayGuideline *guideline,
                                       gboolean with_text);
void assay_export_own_write_task (AssayExportSink *sink, AssayTask *task);
void assay_export_own_write (AssayExportSink *sink,
                             AssayTask *task,
                             AssayJudgement *judgement,
                             gboolean is_draft);
void assay_export_trl_write_explicit (AssayExportSink *sink,
                                      AssayTask *task,
                                      AssayJudgement *judgement,
                                      gboolean is_draft);
void assay_export_trl_write_implicit (AssayExportSink *sink,
                                      AssayTask *task,
                                      AssayJudgement *judgement,
                                      gboolean is_draft);
void assay_export_trl_write_conversational (AssayExportSink *sink,
                                            AssayTask *task,
                                            AssayJudgement *judgement,
                                            gboolean is_draft);
void assay_export_trl_write_conversational_implicit (AssayExportSink *sink,
                                                     AssayTask *task,
                                                     AssayJudgement *judgement,
                                                     gboolean is_draft);
void assay_export_trl_write_unpaired (AssayExportSink *sink,
                                      AssayTask *task,
                                      AssayJudgement *judgement,
                                      gboolean is_draft);
void assay_export_hh_write (AssayExportSink *sink,
                            AssayTask *task,
                            AssayJudgement *judgement,
                            gboolean is_draft);
void assay_export_helpsteer2_write (AssayExportSink *sink,
                                    AssayTask *task,
                                    AssayJudgement *judgement,
                                    gboolean is_draft);
void assay_export_helpsteer2_preference_write (AssayExportSink *sink,
                                               AssayTask *task,
                                               AssayJudgement *judgement,
                                               gboolean is_draft);
void assay_export_sft_write_messages (AssayExportSink *sink,
                                      AssayTask *task,
                                      AssayJudgement *judgement,
                                      gboolean is_draft);
void assay_export_sft_write_completion (AssayExportSink *sink,
                                        AssayTask *task,
                                        AssayJudgement *judgement,
                                        gboolean is_draft);
void assay_export_claims_write (AssayExportSink *sink,
                                AssayTask *task,
                                AssayJudgement *judgement,
                                gboolean is_draft);
void assay_export_mqm_write_head (AssayExportSink *sink);
void assay_export_mqm_write (AssayExportSink *sink,
                             AssayTask *task,
                             AssayJudgement *judgement,
                             gboolean is_draft);
void assay_export_csv_write_head (AssayExportSink *sink);
void assay_export_csv_write (AssayExportSink *sink,
                             AssayTask *task,
                             AssayJudgement *judgement,
                             gboolean is_draft);

G_END_DECLS
