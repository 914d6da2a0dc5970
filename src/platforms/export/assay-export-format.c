/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-export-sink.h"

#define CHOICES_OF_PAIRS                                                                           \
  (ASSAY_EXPORT_CHOICE_STRENGTH | ASSAY_EXPORT_CHOICE_TIES | ASSAY_EXPORT_CHOICE_RANK_PAIRS        \
   | ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS)

static const AssayExportKind kinds[] = {
  {
      .format = {
          .id = "assay",
          .title = N_("Assay"),
          .description = N_("Everything, without loss: tasks, judgements, guidelines. One JSON object per line."),
          .suffix = ".eval.jsonl",
      },
      .holds = ASSAY_HOLDS_TASKS | ASSAY_HOLDS_OUTCOMES | ASSAY_HOLDS_RATIONALE | ASSAY_HOLDS_STRENGTH
               | ASSAY_HOLDS_ANSWERS | ASSAY_HOLDS_DOCUMENTS | ASSAY_HOLDS_CONFIDENCE | ASSAY_HOLDS_FLAGS
               | ASSAY_HOLDS_RECORD | ASSAY_HOLDS_SYSTEM | ASSAY_HOLDS_BOTH | ASSAY_HOLDS_SALVAGE
               | ASSAY_HOLDS_TOOL_CALLS,
      .write_head = assay_export_own_write_head,
      .write_task = assay_export_own_write_task,
      .write = assay_export_own_write,
  },
  {
      .format = {
          .id = "trl-explicit",
          .title = N_("TRL preference, prompt apart"),
          .description = N_("Rows of prompt, chosen and rejected text, as preference trainers read them. For tasks with one turn."),
          .suffix = ".jsonl",
          .choices = CHOICES_OF_PAIRS,
      },
      .write = assay_export_trl_write_explicit,
  },
  {
      .format = {
          .id = "trl-implicit",
          .title = N_("TRL preference, prompt included"),
          .description = N_("Rows of chosen and rejected text that both begin with the prompt, as reward trainers read them. For tasks with one turn."),
          .suffix = ".jsonl",
          .choices = CHOICES_OF_PAIRS,
      },
      .write = assay_export_trl_write_implicit,
  },
  {
      .format = {
          .id = "trl-conversational",
          .title = N_("TRL conversational preference, prompt apart"),
          .description = N_("Rows of prompt, chosen and rejected as lists of messages. Holds system texts, several turns and calls of tools."),
          .suffix = ".jsonl",
          .choices = CHOICES_OF_PAIRS,
      },
      .holds = ASSAY_HOLDS_SYSTEM | ASSAY_HOLDS_TOOL_CALLS,
      .write = assay_export_trl_write_conversational,
  },
  {
      .format = {
          .id = "trl-conversational-implicit",
          .title = N_("TRL conversational preference, prompt included"),
          .description = N_("Rows of chosen and rejected conversations. Holds system texts, several turns and calls of tools."),
          .suffix = ".jsonl",
          .choices = CHOICES_OF_PAIRS,
      },
      .holds = ASSAY_HOLDS_SYSTEM | ASSAY_HOLDS_TOOL_CALLS,
      .write = assay_export_trl_write_conversational_implicit,
  },
  {
      .format = {
          .id = "trl-unpaired",
          .title = N_("TRL unpaired preference"),
          .description = N_("One row for each response that is called good or bad, with the conversation as a list of messages."),
          .suffix = ".jsonl",
          .choices = ASSAY_EXPORT_CHOICE_STRENGTH | ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS | ASSAY_EXPORT_CHOICE_GOOD_SHARE,
      },
      .holds = ASSAY_HOLDS_SYSTEM | ASSAY_HOLDS_BOTH | ASSAY_HOLDS_TOOL_CALLS,
      .write = assay_export_trl_write_unpaired,
  },
  {
      .format = {
          .id = "sft-messages",
          .title = N_("Conversations to learn from"),
          .description = N_("One row for each text that was edited or written: the conversation as a list of messages that ends with it."),
          .suffix = ".jsonl",
          .choices = ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS,
      },
      .holds = ASSAY_HOLDS_SYSTEM | ASSAY_HOLDS_TOOL_CALLS,
      .write = assay_export_sft_write_messages,
  },
  {
      .format = {
          .id = "sft-completion",
          .title = N_("Prompts and completions"),
          .description = N_("One row for each text that was edited or written, with its prompt apart. For tasks with one turn."),
          .suffix = ".jsonl",
          .choices = ASSAY_EXPORT_CHOICE_EXTRA_COLUMNS,
      },
      .write = assay_export_sft_write_completion,
  },
  {
      .format = {
          .id = "hh",
          .title = N_("Dialogue pairs"),
          .description = N_("Rows of chosen and rejected dialogues with “Human:” and “Assistant:” marks that differ in the last turn."),
          .suffix = ".jsonl",
          .choices = CHOICES_OF_PAIRS,
      },
      .write = assay_export_hh_write,
  },
  {
      .format = {
          .id = "helpsteer2",
          .title = N_("HelpSteer2 ratings"),
          .description = N_("One row for each response with the five attributes from 0 to 4. Other scales are refused."),
          .suffix = ".jsonl",
      },
      .write = assay_export_helpsteer2_write,
  },
  {
      .format = {
          .id = "helpsteer2-preference",
          .title = N_("HelpSteer2 preference"),
          .description = N_("One row for each comparison, with its strength from −3 to 3 and the rationale as statement and elaboration."),
          .suffix = ".jsonl",
          .choices = ASSAY_EXPORT_CHOICE_STRENGTH,
      },
      .holds = ASSAY_HOLDS_RATIONALE | ASSAY_HOLDS_STRENGTH,
      .write = assay_export_helpsteer2_preference_write,
  },
  {
      .format = {
          .id = "factscore",
          .title = N_("FActScore claims"),
          .description = N_("One row for each response whose claims were checked, by sentence: supported, not supported or irrelevant."),
          .suffix = ".jsonl",
      },
      .write = assay_export_claims_write,
  },
  {
      .format = {
          .id = "mqm",
          .title = N_("MQM errors"),
          .description = N_("A table between tabs with one line for each error that was marked, as translation is judged: source, text, category and severity."),
          .suffix = ".tsv",
      },
      .holds = ASSAY_HOLDS_MODELS,
      .write_head = assay_export_mqm_write_head,
      .write = assay_export_mqm_write,
  },
  {
      .format = {
          .id = "csv",
          .title = N_("Table of answers"),
          .description = N_("One row for each criterion, item or ranked response, for spreadsheets. Has no prompts and no responses."),
          .suffix = ".csv",
      },
      .holds = ASSAY_HOLDS_OUTCOMES | ASSAY_HOLDS_RATIONALE | ASSAY_HOLDS_STRENGTH | ASSAY_HOLDS_ANSWERS
               | ASSAY_HOLDS_DOCUMENTS | ASSAY_HOLDS_CONFIDENCE | ASSAY_HOLDS_BOTH | ASSAY_HOLDS_SALVAGE
               | ASSAY_HOLDS_NO_TEXTS,
      .write_head = assay_export_csv_write_head,
      .write = assay_export_csv_write,
  },
};

guint
assay_export_format_get_n (void)
{
  return G_N_ELEMENTS (kinds);
}

const AssayExportFormat *
assay_export_format_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (kinds), NULL);

  return &kinds[index].format;
}

const AssayExportFormat *
assay_export_format_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].format.id, id))
      return &kinds[i].format;
  return NULL;
}

const char *
assay_export_format_get_title (const AssayExportFormat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->title);
}

const char *
assay_export_format_get_description (const AssayExportFormat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->description);
}

const AssayExportKind *
assay_export_kind_get (const AssayExportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (&kinds[i].format == format)
      return &kinds[i];
  return NULL;
}
