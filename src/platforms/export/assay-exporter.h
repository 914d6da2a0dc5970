/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "assay-guideline.h"
#include "assay-judgement.h"
#include "assay-project.h"

G_BEGIN_DECLS

/**
 * AssayExportError:
 * @ASSAY_EXPORT_ERROR_FORBIDDEN: the terms of the tasks do not allow it
 * @ASSAY_EXPORT_ERROR_WRITE: the file cannot be written
 * @ASSAY_EXPORT_ERROR_FORMAT: no such format
 * @ASSAY_EXPORT_ERROR_UNFIT: none of the judgements has what the format needs
 */
typedef enum
{
  ASSAY_EXPORT_ERROR_FORBIDDEN,
  ASSAY_EXPORT_ERROR_WRITE,
  ASSAY_EXPORT_ERROR_FORMAT,
  ASSAY_EXPORT_ERROR_UNFIT,
} AssayExportError;

#define ASSAY_EXPORT_ERROR (assay_export_error_quark ())
GQuark assay_export_error_quark (void);

/* Which of the options below change what a format writes; drafts do for all. */
typedef enum
{
  ASSAY_EXPORT_CHOICE_NONE = 0,
  ASSAY_EXPORT_CHOICE_STRENGTH = 1 << 0,
  ASSAY_EXPORT_CHOICE_TIES = 1 << 1,
  ASSAY_EXPORT_CHOICE_RANK_PAIRS = 1 << 2,
  ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS = 1 << 3,
  ASSAY_EXPORT_CHOICE_GOOD_SHARE = 1 << 4,
} AssayExportChoices;

/**
 * AssayExportFormat:
 *
 * One row of the table of formats. Ids: "assay" (own, loss-free JSON Lines), "trl-explicit",
 * "trl-implicit", "trl-conversational", "trl-conversational-implicit", "trl-unpaired", "hh"
 * (dialogue pairs), "helpsteer2", "helpsteer2-preference", "factscore" (claims), "mqm" (marked
 * errors), "csv" (one row per criterion).
 */
typedef struct
{
  const char *id;
  const char *title; /* untranslated; use the getter */
  const char *description;
  const char *suffix; /* ".jsonl" */
  AssayExportChoices choices;
} AssayExportFormat;

guint assay_export_format_get_n (void);
const AssayExportFormat *assay_export_format_get (guint index);
const AssayExportFormat *assay_export_format_find (const char *id);
const char *assay_export_format_get_title (const AssayExportFormat *self);
const char *assay_export_format_get_description (const AssayExportFormat *self);

/* Which pairs a ranking gives. */
typedef enum
{
  ASSAY_RANK_PAIRS_ALL, /* every two responses with different ranks */
  ASSAY_RANK_PAIRS_ADJACENT,
  ASSAY_RANK_PAIRS_BEST, /* the best against each of the others */
} AssayRankPairs;

/* The part of its scale from which a scored response counts as good in formats that know only good
 * and bad. */
#define ASSAY_EXPORT_GOOD_SHARE 0.75

/**
 * AssayExportOptions:
 *
 * All zeros are the defaults.
 *
 * @min_abs_strength: pairs below it are dropped and counted; 0 is 1.
 * @ties_both_orders: FALSE: tied pairs are dropped and counted.
 * @extra_columns: `id`, `strength` and `margin` in the rows of pairs.
 * @good_share: 0 is ASSAY_EXPORT_GOOD_SHARE.
 * @created_at_ms: for headers; 0 for now (tests fix it: the same data and options give the same
 * bytes).
 */
typedef struct
{
  gboolean with_drafts;
  int min_abs_strength;
  gboolean ties_both_orders;
  gboolean extra_columns;
  AssayRankPairs rank_pairs;
  double good_share;
  gint64 created_at_ms;
} AssayExportOptions;

#define ASSAY_TYPE_EXPORTER (assay_exporter_get_type ())
/**
 * AssayExporter:
 *
 * Writes judgements for a training pipeline, row by row in bounded memory, into a temporary file
 * beside the target that is synced and renamed at the end. Says in its report what the format could
 * not hold. Any thread, one at a time.
 *
 * Rows come out by task id, then by judgement id, whatever the order in which they were added: the
 * rows themselves wait on disk, only their places are kept in memory.
 */
G_DECLARE_FINAL_TYPE (AssayExporter, assay_exporter, ASSAY, EXPORTER, GObject)

AssayExporter *assay_exporter_new (const AssayExportFormat *format,
                                   GFile *target,
                                   AssayProject *project,
                                   const AssayExportOptions *options);
gboolean assay_exporter_begin (AssayExporter *self, GError **error);
/* Formats that hold guidelines write it; the report names its version. */
void assay_exporter_add_guideline (AssayExporter *self, AssayGuideline *guideline);
/* @judgement may be NULL: formats with tasks of their own still write the task, once where it comes
 * twice in a row, with its judgement and with the draft that is to take its place. FALSE only if
 * the file cannot be written: what does not fit the format is counted in the report. */
gboolean assay_exporter_add (AssayExporter *self,
                             AssayTask *task,
                             AssayJudgement *judgement,
                             gboolean is_draft,
                             GError **error);
/* Only the last revision of a judgement is work that counts: the report says how many others there
 * are. */
void assay_exporter_add_earlier (AssayExporter *self, guint n_revisions);
/* A task, or its judgement, that the store has and cannot be read: the report names it and says
 * why.
 * @why: a translated sentence. */
void assay_exporter_add_unread (AssayExporter *self,
                                const char *task_id,
                                const char *title,
                                const char *why);
/* Renames into place, writes `<name>.report.json`. Without this call nothing is left under the
 * target's name. FORBIDDEN and UNFIT are found here, when there is nothing to write for that reason
 * alone. */
gboolean assay_exporter_finish (AssayExporter *self, GError **error);
void assay_exporter_abort (AssayExporter *self);

guint64 assay_exporter_get_n_rows (AssayExporter *self);
guint64 assay_exporter_get_n_dropped (AssayExporter *self);
/* Translated sentences: what was dropped and what the format could not hold, with counts. (transfer
 * full) GStrv */
GStrv assay_exporter_dup_report (AssayExporter *self);

G_END_DECLS
