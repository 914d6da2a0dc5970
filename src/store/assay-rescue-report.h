/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What in a damaged file could not be read to its end. */
typedef enum
{
  ASSAY_RESCUE_TASKS = 1 << 0, /* with their projects and guidelines */
  ASSAY_RESCUE_DRAFTS = 1 << 1,
  ASSAY_RESCUE_JUDGEMENTS = 1 << 2,
  ASSAY_RESCUE_OUTBOX = 1 << 3,
  ASSAY_RESCUE_SETTINGS = 1 << 4,
} AssayRescueParts;

/**
 * AssayRescueFigures:
 *
 * What a rescue came to.
 */
typedef struct
{
  gint64 copy_at;          /* when the copy was made that it began with, UTC us; 0 for none */
  guint n_rows;            /* read from the damaged file */
  guint n_spooled;         /* submissions that only their rescue copies had */
  AssayRescueParts unread; /* of the damaged file */
  guint n_drafts;          /* of the store afterwards, as are the next */
  guint n_judgements;
  guint n_waiting;
  guint n_doubtful; /* of them, submissions that may have arrived already */
} AssayRescueFigures;

#define ASSAY_TYPE_RESCUE_REPORT (assay_rescue_report_get_type ())
/**
 * AssayRescueReport:
 *
 * What was found when a store was damaged, what was kept and what could not be: a value, in figures
 * and in sentences for the person. It is kept in the store that the rescue made, so that it is told
 * even if the program ends before anybody saw it.
 */
G_DECLARE_FINAL_TYPE (AssayRescueReport, assay_rescue_report, ASSAY, RESCUE_REPORT, GObject)

/* @folder: where the damaged files lie. @time: of the rescue, UTC us. */
AssayRescueReport *
assay_rescue_report_new (const char *folder, gint64 time, const AssayRescueFigures *figures);
/* NULL if it is none. */
AssayRescueReport *assay_rescue_report_new_from_json (const char *json);
char *assay_rescue_report_to_json (AssayRescueReport *self);

const char *assay_rescue_report_get_folder (AssayRescueReport *self);
gint64 assay_rescue_report_get_time (AssayRescueReport *self);
const AssayRescueFigures *assay_rescue_report_get_figures (AssayRescueReport *self);

/* Translated sentences, without markup; (transfer full). */
char *assay_rescue_report_dup_found (AssayRescueReport *self);
char *assay_rescue_report_dup_kept (AssayRescueReport *self);
char *assay_rescue_report_dup_lost (AssayRescueReport *self);
/* NULL if no submission is in doubt. */
char *assay_rescue_report_dup_doubt (AssayRescueReport *self);
/* All of it in one paragraph, with the folder. */
char *assay_rescue_report_dup_text (AssayRescueReport *self);

G_END_DECLS
