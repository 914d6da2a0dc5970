/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outcome.h"

#include <glib/gi18n.h>

/* Codes and limits: task-kinds, section 3.1. */
#define NOT_RATABLE_NOTE_MIN_CHARACTERS 10
#define NOT_RATABLE_NOTE_MAX_CHARACTERS 2000
#define EXPERTISE_NOTE_MIN_CHARACTERS 3
#define EXPERTISE_NOTE_MAX_CHARACTERS 200

static const char *const no_reasons[] = { NULL };
static const char *const not_ratable_reasons[] = { "prompt_unintelligible",
                                                   "prompt_incomplete",
                                                   "all_responses_empty",
                                                   "all_responses_truncated",
                                                   "wrong_language",
                                                   "responses_identical_files",
                                                   "needs_missing_attachment",
                                                   "other",
                                                   NULL };
static const char *const broken_task_reasons[] = { "does_not_load",
                                                   "attachment_missing",
                                                   "render_wrong",
                                                   "form_contradicts_guideline",
                                                   "duplicate_of_earlier",
                                                   "personal_data_exposed",
                                                   "submit_rejected",
                                                   "other",
                                                   NULL };
static const char *const skipped_reasons[] = { "too_long_for_pay",
                                               "no_time_before_deadline",
                                               "unclear_instructions",
                                               "conflict_of_interest",
                                               "seen_before",
                                               "other",
                                               NULL };

typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *const *reasons;
} Outcome;

static const Outcome outcomes[ASSAY_N_OUTCOMES] = {
  [ASSAY_OUTCOME_ANSWERED] = { "answered", NC_ ("outcome", "Answered"), N_ ("A judgement was made"),
                               no_reasons },
  [ASSAY_OUTCOME_NOT_RATABLE] = { "not_ratable", NC_ ("outcome", "Not Ratable"),
                                  N_ ("Nobody could judge this material as it is"),
                                  not_ratable_reasons },
  [ASSAY_OUTCOME_OUT_OF_EXPERTISE] = { "out_of_expertise", NC_ ("outcome", "Out of Expertise"),
                                       N_ ("Somebody else could judge it; the field is missing here"),
                                       no_reasons },
  [ASSAY_OUTCOME_BROKEN_TASK] = { "broken_task", NC_ ("outcome", "Broken Task"),
                                  N_ ("A technical fault"), broken_task_reasons },
  [ASSAY_OUTCOME_SKIPPED] = { "skipped", NC_ ("outcome", "Skip"),
                              N_ ("Pass, with no claim about the task"), skipped_reasons },
  [ASSAY_OUTCOME_DECLINED_CONTENT] = { "declined_content", NC_ ("outcome", "Decline Content"),
                                       N_ ("Not to work with this content; no reason is asked"),
                                       no_reasons },
};

static const struct
{
  const char *reason;
  const char *title;
} reason_titles[] = {
  { "prompt_unintelligible", NC_ ("reason", "The prompt cannot be understood") },
  { "prompt_incomplete", NC_ ("reason", "The prompt is incomplete") },
  { "all_responses_empty", NC_ ("reason", "All responses are empty") },
  { "all_responses_truncated", NC_ ("reason", "All responses are cut off") },
  { "wrong_language", NC_ ("reason", "Wrong language") },
  { "responses_identical_files", NC_ ("reason", "The responses are the same file") },
  { "needs_missing_attachment", NC_ ("reason", "An attachment that it needs is missing") },
  { "does_not_load", NC_ ("reason", "Something does not load") },
  { "attachment_missing", NC_ ("reason", "An attachment is missing") },
  { "render_wrong", NC_ ("reason", "Something is shown wrongly") },
  { "form_contradicts_guideline", NC_ ("reason", "The form contradicts the guideline") },
  { "duplicate_of_earlier", NC_ ("reason", "Duplicate of an earlier task") },
  { "personal_data_exposed", NC_ ("reason", "Personal data is exposed") },
  { "submit_rejected", NC_ ("reason", "The submission is rejected") },
  { "too_long_for_pay", NC_ ("reason", "Too long for the pay") },
  { "no_time_before_deadline", NC_ ("reason", "No time before the deadline") },
  { "unclear_instructions", NC_ ("reason", "The instructions are unclear") },
  { "conflict_of_interest", NC_ ("reason", "Conflict of interest") },
  { "seen_before", NC_ ("reason", "Seen before") },
  { "other", NC_ ("reason", "Other") },
};

static gboolean
is_outcome (AssayOutcome outcome)
{
  return outcome >= 0 && outcome < ASSAY_N_OUTCOMES;
}

const char *
assay_outcome_to_string (AssayOutcome outcome)
{
  g_return_val_if_fail (is_outcome (outcome), NULL);

  return outcomes[outcome].name;
}

gboolean
assay_outcome_from_string (const char *text, AssayOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, FALSE);

  for (guint i = 0; i < ASSAY_N_OUTCOMES; i++)
    {
      if (g_strcmp0 (text, outcomes[i].name) == 0)
        {
          *outcome = i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
assay_outcome_get_title (AssayOutcome outcome)
{
  g_return_val_if_fail (is_outcome (outcome), NULL);

  return g_dpgettext2 (NULL, "outcome", outcomes[outcome].title);
}

const char *
assay_outcome_get_description (AssayOutcome outcome)
{
  g_return_val_if_fail (is_outcome (outcome), NULL);

  return _ (outcomes[outcome].description);
}

const char *const *
assay_outcome_get_reasons (AssayOutcome outcome)
{
  g_return_val_if_fail (is_outcome (outcome), NULL);

  return outcomes[outcome].reasons;
}

const char *
assay_outcome_get_reason_title (AssayOutcome outcome, const char *reason)
{
  g_return_val_if_fail (is_outcome (outcome), NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reason_titles); i++)
    {
      if (g_str_equal (reason, reason_titles[i].reason))
        return g_dpgettext2 (NULL, "reason", reason_titles[i].title);
    }
  return reason;
}

void
assay_outcome_get_note_limits (AssayOutcome outcome, guint *min, guint *max)
{
  g_return_if_fail (is_outcome (outcome));
  g_return_if_fail (min != NULL && max != NULL);

  *min = *max = 0;
  if (outcome == ASSAY_OUTCOME_NOT_RATABLE)
    {
      *min = NOT_RATABLE_NOTE_MIN_CHARACTERS;
      *max = NOT_RATABLE_NOTE_MAX_CHARACTERS;
    }
  else if (outcome == ASSAY_OUTCOME_OUT_OF_EXPERTISE)
    {
      *min = EXPERTISE_NOTE_MIN_CHARACTERS;
      *max = EXPERTISE_NOTE_MAX_CHARACTERS;
    }
}
