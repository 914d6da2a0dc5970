/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-answer-places.h"
#include "assay-export-prompt.h"
#include "assay-export-rewrite.h"
#include "assay-export-sink.h"
#include "assay-json.h"

/* The names in the report; a pipeline may read them. */
static const char *const drop_names[ASSAY_N_DROPS] = {
  [ASSAY_DROP_FORBIDDEN] = "export_forbidden",
  [ASSAY_DROP_DRAFT] = "draft",
  [ASSAY_DROP_EARLIER] = "earlier_revision",
  [ASSAY_DROP_OUTCOME] = "not_answered",
  [ASSAY_DROP_NO_PREFERENCE] = "no_preference",
  [ASSAY_DROP_NO_LABEL] = "neither_good_nor_bad",
  [ASSAY_DROP_NO_TEXT] = "no_text",
  [ASSAY_DROP_NO_CLAIMS] = "no_claims",
  [ASSAY_DROP_NO_ERRORS] = "no_errors_marked",
  [ASSAY_DROP_TIE] = "tie",
  [ASSAY_DROP_WEAK] = "below_strength",
  [ASSAY_DROP_WEAK_LABEL] = "responses_below_strength",
  [ASSAY_DROP_NOT_APPLICABLE] = "not_applicable",
  [ASSAY_DROP_CONVERSATION] = "conversation",
  [ASSAY_DROP_SPEAKERS] = "speakers",
  [ASSAY_DROP_MARKS] = "marks_in_text",
  [ASSAY_DROP_INCOMPLETE] = "incomplete",
  [ASSAY_DROP_UNFIT] = "unfit_scale",
};

static const char *const loss_names[ASSAY_N_LOSSES] = {
  [ASSAY_LOSS_RATIONALE] = "rationale",
  [ASSAY_LOSS_STRENGTH] = "strength",
  [ASSAY_LOSS_BOTH] = "both_good_or_bad",
  [ASSAY_LOSS_ANSWERS] = "other_answers",
  [ASSAY_LOSS_COMMENTS] = "comments",
  [ASSAY_LOSS_CHANGES] = "changes_and_sources",
  [ASSAY_LOSS_CLAIMS] = "claims_without_label",
  [ASSAY_LOSS_EVIDENCE] = "evidence_and_corrections",
  [ASSAY_LOSS_CONFIDENCE] = "confidence",
  [ASSAY_LOSS_FLAGS] = "flags",
  [ASSAY_LOSS_SALVAGE] = "handed_in_unfinished",
  [ASSAY_LOSS_PRIVATE_NOTE] = "private_note",
  [ASSAY_LOSS_SYSTEM] = "system_text",
  [ASSAY_LOSS_SOURCES] = "sources_and_references",
  [ASSAY_LOSS_MODELS] = "model_names",
  [ASSAY_LOSS_TOOL_CALLS] = "tool_calls",
  [ASSAY_LOSS_TURNS] = "turns_in_responses",
  [ASSAY_LOSS_TEXTS] = "texts_replaced_by_digests",
  [ASSAY_LOSS_LABELS] = "titles_and_labels",
  [ASSAY_LOSS_RECORD] = "times_order_guideline",
  [ASSAY_CHANGE_MEANS] = "pairs_from_means",
  [ASSAY_CHANGE_POINTS] = "pairs_from_points",
  [ASSAY_CHANGE_SHARE] = "labels_from_scores",
  [ASSAY_CHANGE_EXTREMES] = "labels_from_ranks",
  [ASSAY_CHANGE_FORMULA] = "formula_cells_quoted",
  [ASSAY_CHANGE_SPACES] = "tabs_and_breaks_made_spaces",
};

/* Line separators that are legal inside JSON strings, but that many a reader takes for the end of a
 * line. */
static void
append_one_line (GString *target, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (strncmp (p, "\xE2\x80\xA8", 3) == 0)
        {
          g_string_append (target, "\\u2028");
          p += 2;
        }
      else if (strncmp (p, "\xE2\x80\xA9", 3) == 0)
        {
          g_string_append (target, "\\u2029");
          p += 2;
        }
      else if (strncmp (p, "\xC2\x85", 2) == 0)
        {
          g_string_append (target, "\\u0085");
          p += 1;
        }
      else
        {
          g_string_append_c (target, *p);
        }
    }
}

static gboolean
has_comment (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);
  JsonArray *array = assay_json_node_array (node);

  if (object != NULL)
    {
      g_autoptr (GList) members = NULL;

      if (assay_json_get_string_or (object, "comment", "")[0] != '\0')
        return TRUE;
      members = json_object_get_members (object);
      for (GList *l = members; l != NULL; l = l->next)
        if (has_comment (json_object_get_member (object, l->data)))
          return TRUE;
    }
  if (array != NULL)
    {
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (has_comment (json_array_get_element (array, i)))
          return TRUE;
    }
  return FALSE;
}

/* Calls @inspect for each answer that is there; stops when it says TRUE. */
static gboolean
any_answer (AssayExportSink *self,
            AssayTask *task,
            AssayJudgement *judgement,
            gboolean used,
            gboolean (*inspect) (JsonNode *answer))
{
  AssayForm *form = assay_task_get_form (task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);
      const char *id = assay_question_get_id (question);
      g_autoptr (GPtrArray) places = assay_task_list_places (task, question);

      if (g_hash_table_contains (self->used, id) != used)
        continue;
      for (guint j = 0; j < places->len; j++)
        {
          const char *response = places->pdata[j];
          JsonNode *answer = assay_judgement_get_answer (judgement, id, response);

          /* What a condition hides was not said. */
          if (answer != NULL && assay_judgement_question_applies (judgement, question, response)
              && (inspect == NULL || inspect (answer)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
count_lost_documents (AssayExportSink *self, AssayTask *task)
{
  gboolean system = FALSE, sources = FALSE, models = FALSE;

  for (guint i = 0; i < assay_task_get_n_documents (task); i++)
    {
      AssayDocument *document = assay_task_get_document (task, i);

      switch (assay_document_get_role (document))
        {
        case ASSAY_DOCUMENT_SYSTEM:
          system = TRUE;
          break;
        case ASSAY_DOCUMENT_SOURCE:
        case ASSAY_DOCUMENT_REFERENCE:
          sources = TRUE;
          break;
        case ASSAY_DOCUMENT_RESPONSE:
          models = models || assay_document_get_model (document) != NULL;
          break;
        case ASSAY_DOCUMENT_PROMPT:
        case ASSAY_DOCUMENT_TURN:
        default:
          break;
        }
    }

  if (system && (self->holds & ASSAY_HOLDS_SYSTEM) == 0)
    assay_export_sink_lose (self, ASSAY_LOSS_SYSTEM);
  if (sources)
    assay_export_sink_lose (self, ASSAY_LOSS_SOURCES);
  if (models && (self->holds & ASSAY_HOLDS_MODELS) == 0)
    assay_export_sink_lose (self, ASSAY_LOSS_MODELS);
  if (assay_export_loses_tool_calls (task, (self->holds & ASSAY_HOLDS_TOOL_CALLS) != 0))
    assay_export_sink_lose (self, ASSAY_LOSS_TOOL_CALLS);
  /* What holds calls holds lists of messages. */
  if ((self->holds & (ASSAY_HOLDS_TOOL_CALLS | ASSAY_HOLDS_NO_TEXTS)) == 0
      && assay_export_joins_turns (task))
    assay_export_sink_lose (self, ASSAY_LOSS_TURNS);
}

static char *
describe_drop (AssayDrop reason, guint64 count)
{
  gulong n = (gulong) count;

  switch (reason)
    {
    case ASSAY_DROP_FORBIDDEN:
      return g_strdup_printf (ngettext ("%lu task was left out: its terms forbid export.",
                                        "%lu tasks were left out: their terms forbid export.", n),
                              n);
    case ASSAY_DROP_DRAFT:
      return g_strdup_printf (ngettext ("%lu draft was left out.", "%lu drafts were left out.", n),
                              n);
    case ASSAY_DROP_EARLIER:
      return g_strdup_printf (
          ngettext ("%lu earlier revision was left out: the last one of a judgement counts.",
                    "%lu earlier revisions were left out: the last one of a judgement counts.", n),
          n);
    case ASSAY_DROP_OUTCOME:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: it says why the task could not be answered.",
                    "%lu judgements were left out: they say why the task could not be answered.",
                    n),
          n);
    case ASSAY_DROP_NO_PREFERENCE:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: it does not say which response is better.",
                    "%lu judgements were left out: they do not say which response is better.", n),
          n);
    case ASSAY_DROP_NO_LABEL:
      return g_strdup_printf (
          ngettext ("%lu response was left out: the judgement calls it neither good nor bad.",
                    "%lu responses were left out: the judgements call them neither good nor bad.",
                    n),
          n);
    case ASSAY_DROP_NO_TEXT:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: no text was edited or written in it.",
                    "%lu judgements were left out: no text was edited or written in them.", n),
          n);
    case ASSAY_DROP_NO_CLAIMS:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: no claim was checked in it.",
                    "%lu judgements were left out: no claim was checked in them.", n),
          n);
    case ASSAY_DROP_NO_ERRORS:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: nothing was said of errors in its texts.",
                    "%lu judgements were left out: nothing was said of errors in their texts.", n),
          n);
    case ASSAY_DROP_TIE:
      return g_strdup_printf (ngettext ("%lu tied pair was left out: the format has no ties.",
                                        "%lu tied pairs were left out: the format has no ties.", n),
                              n);
    case ASSAY_DROP_WEAK:
      return g_strdup_printf (
          ngettext (
              "%lu pair was left out: its preference is weaker than the least strength asked for.",
              "%lu pairs were left out: their preference is weaker than the least strength asked for.",
              n),
          n);
    case ASSAY_DROP_WEAK_LABEL:
      return g_strdup_printf (
          ngettext (
              "%lu response was left out: the preference is weaker than the least strength asked for.",
              "%lu responses were left out: the preferences are weaker than the least strength asked for.",
              n),
          n);
    case ASSAY_DROP_NOT_APPLICABLE:
      return g_strdup_printf (
          ngettext ("%lu comparison was left out: it was marked as not applicable.",
                    "%lu comparisons were left out: they were marked as not applicable.", n),
          n);
    case ASSAY_DROP_CONVERSATION:
      return g_strdup_printf (
          ngettext (
              "%lu judgement was left out: its conversation has a system text or several turns. A conversational format holds it.",
              "%lu judgements were left out: their conversations have a system text or several turns. A conversational format holds them.",
              n),
          n);
    case ASSAY_DROP_SPEAKERS:
      return g_strdup_printf (
          ngettext (
              "%lu judgement was left out: its conversation does not begin with a person, or a tool speaks or is called in it.",
              "%lu judgements were left out: their conversations do not begin with a person, or a tool speaks or is called in them.",
              n),
          n);
    case ASSAY_DROP_MARKS:
      return g_strdup_printf (
          ngettext (
              "%lu judgement was left out: one of its texts has the format's own dialogue marks in it.",
              "%lu judgements were left out: some of their texts have the format's own dialogue marks in them.",
              n),
          n);
    case ASSAY_DROP_INCOMPLETE:
      return g_strdup_printf (ngettext ("%lu response was left out: a score is missing.",
                                        "%lu responses were left out: a score is missing.", n),
                              n);
    case ASSAY_DROP_UNFIT:
      return g_strdup_printf (
          ngettext ("%lu judgement was left out: its form is not what the format needs.",
                    "%lu judgements were left out: their forms are not what the format needs.", n),
          n);
    default:
      g_assert_not_reached ();
    }
}

static char *
describe_loss (AssayLoss loss, guint64 count, double share)
{
  gulong n = (gulong) count;

  switch (loss)
    {
    case ASSAY_LOSS_RATIONALE:
      return g_strdup_printf (
          ngettext (
              "The format has no place for rationales: that of %lu judgement is not in the file.",
              "The format has no place for rationales: those of %lu judgements are not in the file.",
              n),
          n);
    case ASSAY_LOSS_STRENGTH:
      return g_strdup_printf (
          ngettext (
              "The format does not hold how strong a preference is: that of %lu pair is not in the file.",
              "The format does not hold how strong a preference is: that of %lu pairs is not in the file.",
              n),
          n);
    case ASSAY_LOSS_BOTH:
      return g_strdup_printf (
          ngettext ("The format cannot say that both are good or both are bad: %lu tie lost it.",
                    "The format cannot say that both are good or both are bad: %lu ties lost it.",
                    n),
          n);
    case ASSAY_LOSS_ANSWERS:
      return g_strdup_printf (
          ngettext ("%lu judgement has answers to further questions that are not in the file.",
                    "%lu judgements have answers to further questions that are not in the file.",
                    n),
          n);
    case ASSAY_LOSS_COMMENTS:
      return g_strdup_printf (ngettext ("The comments in %lu judgement are not in the file.",
                                        "The comments in %lu judgements are not in the file.", n),
                              n);
    case ASSAY_LOSS_CHANGES:
      return g_strdup_printf (
          ngettext (
              "What was said of the text written in %lu judgement, such as its changes or its sources, is not in the file.",
              "What was said of the texts written in %lu judgements, such as their changes or their sources, is not in the file.",
              n),
          n);
    case ASSAY_LOSS_CLAIMS:
      return g_strdup_printf (
          ngettext (
              "Of %lu response, claims that cannot be checked or have no verdict are not in the file.",
              "Of %lu responses, claims that cannot be checked or have no verdict are not in the file.",
              n),
          n);
    case ASSAY_LOSS_EVIDENCE:
      return g_strdup_printf (
          ngettext (
              "The evidence, corrections and notes on the claims of %lu response are not in the file.",
              "The evidence, corrections and notes on the claims of %lu responses are not in the file.",
              n),
          n);
    case ASSAY_LOSS_CONFIDENCE:
      return g_strdup_printf (ngettext ("The confidence of %lu judgement is not in the file.",
                                        "The confidence of %lu judgements is not in the file.", n),
                              n);
    case ASSAY_LOSS_FLAGS:
      return g_strdup_printf (ngettext ("The flags on %lu judgement are not in the file.",
                                        "The flags on %lu judgements are not in the file.", n),
                              n);
    case ASSAY_LOSS_SALVAGE:
      return g_strdup_printf (
          ngettext ("%lu judgement was handed in unfinished, which the file does not say.",
                    "%lu judgements were handed in unfinished, which the file does not say.", n),
          n);
    case ASSAY_LOSS_PRIVATE_NOTE:
      return g_strdup_printf (
          ngettext (
              "The private note on %lu judgement was left out: such notes are never handed on.",
              "The private notes on %lu judgements were left out: such notes are never handed on.",
              n),
          n);
    case ASSAY_LOSS_SYSTEM:
      return g_strdup_printf (
          ngettext (
              "The format has no place for system texts: that of %lu task is not in the file.",
              "The format has no place for system texts: those of %lu tasks are not in the file.",
              n),
          n);
    case ASSAY_LOSS_SOURCES:
      return g_strdup_printf (
          ngettext ("The sources and references of %lu task are not in the file.",
                    "The sources and references of %lu tasks are not in the file.", n),
          n);
    case ASSAY_LOSS_MODELS:
      return g_strdup_printf (ngettext ("The names of the models in %lu task are not in the file.",
                                        "The names of the models in %lu tasks are not in the file.",
                                        n),
                              n);
    case ASSAY_LOSS_TOOL_CALLS:
      return g_strdup_printf (ngettext ("The calls of tools in %lu task are not in the file.",
                                        "The calls of tools in %lu tasks are not in the file.", n),
                              n);
    case ASSAY_LOSS_TURNS:
      return g_strdup_printf (
          ngettext ("The responses of %lu task have several turns; each is one text in the file.",
                    "The responses of %lu tasks have several turns; each is one text in the file.",
                    n),
          n);
    case ASSAY_LOSS_LABELS:
      return g_strdup_printf (
          ngettext (
              "%lu task allows only your own words to be exported: its title and the labels of its form are left out.",
              "%lu tasks allow only your own words to be exported: their titles and the labels of their forms are left out.",
              n),
          n);
    case ASSAY_LOSS_TEXTS:
      return g_strdup_printf (
          ngettext (
              "%lu task allows only your own words to be exported: its texts are replaced by their SHA-256.",
              "%lu tasks allow only your own words to be exported: their texts are replaced by their SHA-256.",
              n),
          n);
    case ASSAY_LOSS_RECORD:
      return g_strdup (_ (
          "The time spent, the order shown and the guideline version are only in Assay's own format."));
    case ASSAY_CHANGE_MEANS:
      return g_strdup_printf (
          ngettext ("%lu pair was made from a difference in weighted mean scores.",
                    "%lu pairs were made from differences in weighted mean scores.", n),
          n);
    case ASSAY_CHANGE_POINTS:
      return g_strdup_printf (ngettext ("%lu pair was made from a difference in checklist points.",
                                        "%lu pairs were made from differences in checklist points.",
                                        n),
                              n);
    case ASSAY_CHANGE_SHARE:
      return g_strdup_printf (
          /* Translators: the second number is a percentage. */
          ngettext (
              "%1$lu response counts as good or bad by its score: good from %2$d %% of the scale.",
              "%1$lu responses count as good or bad by their scores: good from %2$d %% of the scale.",
              n),
          n, (int) (share * 100 + 0.5));
    case ASSAY_CHANGE_EXTREMES:
      return g_strdup_printf (
          ngettext ("%lu response counts as good or bad because it was ranked best or worst.",
                    "%lu responses count as good or bad because they were ranked best or worst.",
                    n),
          n);
    case ASSAY_CHANGE_FORMULA:
      return g_strdup_printf (
          ngettext (
              "%lu cell began like a formula and got an apostrophe in front, so that no spreadsheet runs it.",
              "%lu cells began like a formula and got an apostrophe in front, so that no spreadsheet runs them.",
              n),
          n);
    case ASSAY_CHANGE_SPACES:
      return g_strdup_printf (
          ngettext ("Tabs and line breaks in the texts of %lu judgement became spaces.",
                    "Tabs and line breaks in the texts of %lu judgements became spaces.", n),
          n);
    default:
      g_assert_not_reached ();
    }
}

AssayExportSink *
assay_export_sink_new (const AssayExportOptions *options, AssayHolds holds)
{
  AssayExportSink *self = g_new0 (AssayExportSink, 1);

  if (options != NULL)
    self->options = *options;
  if (self->options.min_abs_strength < 1)
    self->options.min_abs_strength = 1;
  if (self->options.good_share <= 0)
    self->options.good_share = ASSAY_EXPORT_GOOD_SHARE;
  if (self->options.created_at_ms == 0)
    self->options.created_at_ms = g_get_real_time () / 1000;
  self->holds = holds;
  self->chunk = g_string_new (NULL);
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
assay_export_sink_free (AssayExportSink *self)
{
  g_string_free (self->chunk, TRUE);
  g_hash_table_unref (self->used);
  g_free (self->unfit);
  g_free (self);
}

void
assay_export_sink_add_object (AssayExportSink *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = assay_json_to_string (node);
  append_one_line (self->chunk, text);
  g_string_append_c (self->chunk, '\n');
  self->n_rows++;
}

void
assay_export_sink_drop (AssayExportSink *self, AssayDrop reason)
{
  self->dropped[reason]++;
}

void
assay_export_sink_drop_unfit (AssayExportSink *self, char *why)
{
  assay_export_sink_drop (self, ASSAY_DROP_UNFIT);
  if (self->unfit == NULL)
    self->unfit = why;
  else
    g_free (why);
}

void
assay_export_sink_lose (AssayExportSink *self, AssayLoss loss)
{
  self->lost[loss]++;
}

void
assay_export_sink_use (AssayExportSink *self, AssayQuestion *question)
{
  g_hash_table_add (self->used, g_strdup (assay_question_get_id (question)));
}

void
assay_export_sink_count_losses (AssayExportSink *self, AssayTask *task, AssayJudgement *judgement)
{
  const char *note = assay_judgement_get_private_note (judgement);

  if ((self->holds & ASSAY_HOLDS_RATIONALE) == 0
      && assay_judgement_get_rationale (judgement)[0] != '\0')
    assay_export_sink_lose (self, ASSAY_LOSS_RATIONALE);
  if ((self->holds & ASSAY_HOLDS_ANSWERS) == 0)
    {
      if (any_answer (self, task, judgement, FALSE, NULL))
        assay_export_sink_lose (self, ASSAY_LOSS_ANSWERS);
      if (any_answer (self, task, judgement, TRUE, has_comment))
        assay_export_sink_lose (self, ASSAY_LOSS_COMMENTS);
      if (any_answer (self, task, judgement, TRUE, assay_export_rewrite_says_more))
        assay_export_sink_lose (self, ASSAY_LOSS_CHANGES);
    }
  if ((self->holds & ASSAY_HOLDS_CONFIDENCE) == 0 && assay_judgement_get_confidence (judgement) > 0)
    assay_export_sink_lose (self, ASSAY_LOSS_CONFIDENCE);
  if ((self->holds & ASSAY_HOLDS_FLAGS) == 0 && assay_judgement_has_flags (judgement))
    assay_export_sink_lose (self, ASSAY_LOSS_FLAGS);
  if ((self->holds & ASSAY_HOLDS_SALVAGE) == 0 && assay_judgement_get_salvage (judgement) != NULL)
    assay_export_sink_lose (self, ASSAY_LOSS_SALVAGE);
  if (note != NULL && note[0] != '\0')
    assay_export_sink_lose (self, ASSAY_LOSS_PRIVATE_NOTE);
  if ((self->holds & ASSAY_HOLDS_DOCUMENTS) == 0)
    count_lost_documents (self, task);
  if ((self->holds & ASSAY_HOLDS_RECORD) == 0)
    assay_export_sink_lose (self, ASSAY_LOSS_RECORD);
}

guint64
assay_export_sink_get_n_dropped (AssayExportSink *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < ASSAY_N_DROPS; i++)
    sum += self->dropped[i];
  return sum;
}

void
assay_export_sink_describe (AssayExportSink *self, GStrvBuilder *sentences)
{
  for (guint i = 0; i < ASSAY_N_DROPS; i++)
    {
      if (self->dropped[i] > 0)
        g_strv_builder_take (sentences, describe_drop (i, self->dropped[i]));
      if (i == ASSAY_DROP_UNFIT && self->unfit != NULL)
        g_strv_builder_add (sentences, self->unfit);
    }
  for (guint i = 0; i < ASSAY_N_LOSSES; i++)
    if (self->lost[i] > 0)
      g_strv_builder_take (sentences, describe_loss (i, self->lost[i], self->options.good_share));
}

static JsonObject *
counts_to_object (const guint64 *counts, const char *const *names, guint n)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      json_object_set_int_member (object, names[i], (gint64) counts[i]);
  return object;
}

void
assay_export_sink_add_counts (AssayExportSink *self, JsonObject *report)
{
  json_object_set_object_member (report, "dropped",
                                 counts_to_object (self->dropped, drop_names, ASSAY_N_DROPS));
  json_object_set_object_member (report, "lost",
                                 counts_to_object (self->lost, loss_names, ASSAY_N_LOSSES));
}
