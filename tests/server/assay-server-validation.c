/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-judgement.h"
#include "assay-server-content.h"
#include "assay-server-validation.h"

static void
append_segment (GString *pointer, const char *segment)
{
  g_string_append_c (pointer, '/');
  for (const char *p = segment; *p != '\0'; p++)
    if (*p == '~')
      g_string_append (pointer, "~0");
    else if (*p == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *p);
}

static void
take_error (JsonArray *errors, const char *pointer, const char *code, const char *message)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "pointer", pointer);
  json_object_set_string_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_array_add_object_element (errors, error);
}

/* Where the record has what @issue speaks of. */
static char *
make_pointer (AssayIssue *issue)
{
  static const struct
  {
    const char *rule;
    const char *member;
  } members[] = {
    { "out.reason", "outcome_reason" }, { "out.note", "outcome_note" },  { "out.skip", "outcome" },
    { "read", "read_to_end" },          { "salvage", "salvage_reason" },
  };
  const char *question = assay_issue_get_question (issue);
  g_autoptr (GString) pointer = g_string_new ("/judgement");

  if (g_strcmp0 (question, "rationale") == 0 || g_strcmp0 (question, "flags") == 0)
    append_segment (pointer, question);
  else if (question != NULL)
    {
      g_string_append (pointer, "/answers");
      append_segment (pointer, question);
      if (assay_issue_get_response (issue) != NULL)
        append_segment (pointer, assay_issue_get_response (issue));
    }
  else
    for (guint i = 0; i < G_N_ELEMENTS (members); i++)
      if (g_str_equal (members[i].rule, assay_issue_get_rule (issue)))
        append_segment (pointer, members[i].member);
  return g_string_free_and_steal (g_steal_pointer (&pointer));
}

static AssayTask *
load_task (AssayServerState *state, AssayServerLease *lease)
{
  g_autoptr (AssayForm) form = assay_server_load_form (state, lease->form, lease->form_version);
  g_autofree char *text =
      assay_server_state_query_text (state, "SELECT body FROM task WHERE id = ?1", "s",
                                     lease->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);
  AssayTask *task = node == NULL ? NULL : assay_task_new_with_form (node, form, &error);

  if (task == NULL)
    g_error ("The task %s is none: %s", lease->task, error->message);
  return task;
}

JsonArray *
assay_server_validate_judgement (AssayServerState *state,
                                 AssayServerLease *lease,
                                 JsonObject *judgement)
{
  JsonArray *errors = json_array_new ();
  g_autoptr (AssayTask) task = NULL;
  g_autoptr (AssayJudgement) loaded = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AssayOutcome outcome;

  if (assay_server_state_has_defect (state, ASSAY_SERVER_DEFECT_ACCEPTS_ANYTHING))
    return errors;

  task = load_task (state, lease);
  node = assay_json_object_node_new (json_object_ref (judgement));
  loaded = assay_judgement_new_from_json (task, node, &error);
  if (loaded == NULL)
    {
      take_error (errors, "/judgement", "type", error->message);
      return errors;
    }
  if (g_strcmp0 (assay_json_get_string (judgement, "task_id"), lease->task) != 0)
    take_error (errors, "/judgement/task_id", "task", "This is not the task of the lease.");
  outcome = assay_judgement_get_outcome (loaded);
  if (outcome != ASSAY_OUTCOME_ANSWERED && outcome != ASSAY_OUTCOME_NOT_RATABLE)
    take_error (errors, "/judgement/outcome", "option", "This outcome is a skip.");

  issues = assay_judgement_validate (loaded);
  for (guint i = 0; i < issues->len; i++)
    {
      AssayIssue *issue = issues->pdata[i];
      g_autofree char *pointer = make_pointer (issue);

      if (assay_issue_get_level (issue) == ASSAY_ISSUE_ERROR)
        take_error (errors, pointer, assay_issue_get_rule (issue), assay_issue_get_message (issue));
    }
  return errors;
}
