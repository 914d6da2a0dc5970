/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "assay-export-preference.h"
#include "assay-export-prompt.h"
#include "assay-export-sink.h"
#include "assay-presentation.h"
#include "assay-questions.h"
#include "assay-words.h"

#define ATTRIBUTE_MIN 0
#define ATTRIBUTE_MAX 4
#define PREFERENCE_STRENGTH 3
/* What the format writes for an evaluator who would take neither. */
#define NEITHER_STRENGTH (-100)
/* Of a hundred prompts, those that go to the "train" part. */
#define TRAIN_PERCENT 95

static const char *const attributes[] = { "helpfulness", "correctness", "coherence", "complexity",
                                          "verbosity" };

/* The five attributes on their own scale, or why the form does not have them. Nothing is rescaled
 * in silence. */
static gboolean
find_attributes (AssayExportSink *sink,
                 AssayTask *task,
                 AssayQuestion *questions[G_N_ELEMENTS (attributes)])
{
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      AssayQuestion *question = assay_form_find_question (form, attributes[i]);
      double min, max;

      if (question == NULL || !ASSAY_IS_SCALE_QUESTION (question)
          || assay_question_get_scope (question) != ASSAY_SCOPE_EACH_RESPONSE)
        {
          assay_export_sink_drop_unfit (
              sink,
              /* Translators: both are names: of a task, and of a criterion as it stands in a file.
               */
              g_strdup_printf (_ ("The form of “%s” has no criterion “%s” for each response."),
                               assay_task_get_id (task), attributes[i]));
          return FALSE;
        }
      min = assay_scale_question_get_min (ASSAY_SCALE_QUESTION (question));
      max = assay_scale_question_get_max (ASSAY_SCALE_QUESTION (question));
      if (min != ATTRIBUTE_MIN || max != ATTRIBUTE_MAX)
        {
          assay_export_sink_drop_unfit (
              sink,
              /* Translators: the first is the name of a task, the second that of a criterion. */
              g_strdup_printf (
                  _ ("In “%s” the scale of “%s” goes from %g to %g; the format needs 0 to 4."),
                  assay_task_get_id (task), attributes[i], min, max));
          return FALSE;
        }
      questions[i] = question;
    }
  return TRUE;
}

void
assay_export_helpsteer2_write (AssayExportSink *sink,
                               AssayTask *task,
                               AssayJudgement *judgement,
                               gboolean is_draft)
{
  AssayQuestion *questions[G_N_ELEMENTS (attributes)];
  g_autofree char *prompt = NULL;

  if (!find_attributes (sink, task, questions))
    return;
  prompt = assay_export_prompt_marked (sink, task);
  if (prompt == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    assay_export_sink_use (sink, questions[i]);
  for (guint r = 0; r < assay_task_get_n_responses (task); r++)
    {
      AssayDocument *response = assay_task_get_response (task, r);
      g_autofree char *text = assay_export_text (task, response);
      g_autoptr (JsonObject) row = json_object_new ();
      gboolean complete = TRUE;

      json_object_set_string_member (row, "prompt", prompt);
      json_object_set_string_member (row, "response", text);
      for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
        {
          JsonNode *answer = assay_judgement_get_answer (judgement, attributes[i],
                                                         assay_document_get_key (response));
          double value;

          /* A half point is no point of theirs, and what a condition hides was not said. */
          if (!assay_judgement_question_applies (judgement, questions[i],
                                                 assay_document_get_key (response))
              || !assay_scale_answer_get_value (answer, &value) || value != trunc (value)
              || value < ATTRIBUTE_MIN || value > ATTRIBUTE_MAX)
            {
              complete = FALSE;
              break;
            }
          json_object_set_int_member (row, attributes[i], (gint64) value);
        }
      if (!complete)
        {
          assay_export_sink_drop (sink, ASSAY_DROP_INCOMPLETE);
          continue;
        }
      if (is_draft)
        json_object_set_boolean_member (row, "draft", TRUE);
      assay_export_sink_add_object (sink, g_steal_pointer (&row));
    }
}

/* By the prompt, so that one prompt never falls on both sides, whether its words may leave or not.
 */
static const char *
choose_split (AssayTask *task)
{
  g_autofree char *prompt = assay_export_prompt_marked (NULL, task);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof (digest);
  guint64 value = 0;

  g_checksum_update (checksum, (const guchar *) prompt, (gssize) strlen (prompt));
  g_checksum_get_digest (checksum, digest, &length);
  for (guint i = 0; i < 8; i++)
    value = value << 8 | digest[i];
  return value % 100 < TRAIN_PERCENT ? "train" : "validation";
}

/* The first sentence, and the rest. */
static void
split_statement (const char *rationale, char **statement, char **elaboration)
{
  g_autofree char *text = g_strstrip (g_strdup (rationale));
  g_autoptr (GArray) sentences = assay_sentences_split (text);
  gsize end = strlen (text);

  if (sentences->len >= 2)
    end = g_array_index (sentences, gsize, 1);
  *statement = g_strchomp (g_strndup (text, end));
  *elaboration = g_strdup (g_strchug (text + end));
}

static void
write_preference_row (AssayExportSink *sink,
                      AssayTask *task,
                      AssayJudgement *judgement,
                      const char *prompt,
                      int strength,
                      AssayBoth both,
                      gboolean is_draft)
{
  g_autofree char *first = assay_export_text (task, assay_task_get_response (task, 0));
  g_autofree char *second = assay_export_text (task, assay_task_get_response (task, 1));
  g_autofree char *stored = assay_judgement_dup_stored_rationale (judgement);
  g_autofree char *rationale = assay_presentation_tokens_written (task, stored, "@Response %d");
  g_autofree char *statement = NULL;
  g_autofree char *elaboration = NULL;
  gboolean neither = strength == 0 && both == ASSAY_BOTH_BAD;
  JsonObject *row;
  JsonObject *raw;
  JsonArray *similar;
  JsonArray *all;

  split_statement (rationale, &statement, &elaboration);

  similar = json_array_new ();
  if (!neither)
    {
      JsonObject *own = json_object_new ();

      json_object_set_string_member (own, "statement", statement);
      json_object_set_string_member (own, "elaboration", elaboration);
      json_object_set_int_member (own, "strength", strength);
      json_array_add_object_element (similar, own);
    }
  raw = json_object_new ();
  json_object_set_int_member (raw, "strength", neither ? NEITHER_STRENGTH : strength);
  json_object_set_string_member (raw, "justification", rationale);
  all = json_array_new ();
  json_array_add_object_element (all, raw);

  row = json_object_new ();
  json_object_set_string_member (row, "split", choose_split (task));
  json_object_set_string_member (row, "prompt", prompt);
  json_object_set_string_member (row, "response_1", first);
  json_object_set_string_member (row, "response_2", second);
  json_object_set_int_member (row, "preference_strength", strength);
  json_object_set_string_member (row, "preference_statement", statement);
  json_object_set_string_member (row, "preference_elaboration", elaboration);
  json_object_set_array_member (row, "three_most_similar_preferences", similar);
  json_object_set_array_member (row, "all_preferences_unprocessed", all);
  if (is_draft)
    json_object_set_boolean_member (row, "draft", TRUE);
  assay_export_sink_add_object (sink, row);
}

void
assay_export_helpsteer2_preference_write (AssayExportSink *sink,
                                          AssayTask *task,
                                          AssayJudgement *judgement,
                                          gboolean is_draft)
{
  AssayQuestion *overall = assay_export_find_overall (task, judgement);
  g_autofree char *prompt = NULL;
  JsonNode *answer;
  AssayBoth both = ASSAY_BOTH_UNSET;
  int strength, points;

  if (overall == NULL || assay_task_get_n_responses (task) != 2)
    {
      assay_export_sink_drop_unfit (
          sink,
          /* Translators: the name of a task. */
          g_strdup_printf (_ ("“%s” is not a single comparison of two responses."),
                           assay_task_get_id (task)));
      return;
    }
  points = assay_pairwise_question_get_max_strength (ASSAY_PAIRWISE_QUESTION (overall));
  if (points != PREFERENCE_STRENGTH)
    {
      assay_export_sink_drop_unfit (
          sink,
          /* Translators: the first is the name of a task. */
          g_strdup_printf (_ ("In “%s” preferences go up to strength %d; the format needs 3."),
                           assay_task_get_id (task), points));
      return;
    }

  answer = assay_judgement_get_answer (judgement, assay_question_get_id (overall), NULL);
  if (assay_pairwise_answer_is_na (answer))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NOT_APPLICABLE);
      return;
    }
  if (!assay_pairwise_answer_get_signed (answer, task, &strength))
    {
      assay_export_sink_drop (sink, ASSAY_DROP_NO_PREFERENCE);
      return;
    }
  if (strength != 0 && ABS (strength) < sink->options.min_abs_strength)
    {
      assay_export_sink_drop (sink, ASSAY_DROP_WEAK);
      return;
    }
  prompt = assay_export_prompt_marked (sink, task);
  if (prompt == NULL)
    return;
  assay_export_sink_use (sink, overall);
  assay_pairwise_answer_get (answer, NULL, NULL, &both);
  if (strength == 0 && both == ASSAY_BOTH_GOOD)
    assay_export_sink_lose (sink, ASSAY_LOSS_BOTH);
  write_preference_row (sink, task, judgement, prompt, strength, both, is_draft);
}
