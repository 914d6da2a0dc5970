/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-check-run.h"
#include "assay-check-shapes.h"
#include "assay-json-read.h"

/* Submitting, again, differently, and wrongly. */

/* A key cap, a letter and a calendar outside the basic plane, and one that is composed. */
#define ODD_CHARACTERS "🗓️ 𝒜 👩‍🔬 é"
#define FILLER_BYTES 1000000
#define UNKNOWN_MEMBER "assay_check_unknown"

static JsonNode *
get_judgement (JsonNode *node)
{
  JsonObject *object = assay_json_node_object (node);

  return object == NULL ? NULL : json_object_get_member (object, "judgement");
}

/* The same work, with another rationale. (transfer full) */
static JsonNode *
make_other (JsonNode *submission, const char *rationale)
{
  JsonNode *other = assay_json_copy (submission);

  json_object_set_string_member (assay_json_node_object (get_judgement (other)), "rationale",
                                 rationale);
  return other;
}

/* The record of a submission that was just taken. */
static gboolean
check_record (AssayCheckRun *run, AssayCheckAnswer *answer, const char *id, JsonNode *submission)
{
  g_autofree char *fault = answer->node == NULL
                               ? g_strdup (_ ("The answer is empty"))
                               : assay_shape_check (ASSAY_SHAPE_RECORD, answer->node, "");

  if (fault != NULL)
    {
      assay_check_fail (run, "%s", fault);
      return FALSE;
    }
  if (g_strcmp0 (assay_json_get_string (answer->object, "id"), id) != 0)
    assay_check_fail (run, _ ("The receipt names another submission"));
  if (answer->etag == NULL)
    assay_check_fail (run, _ ("The receipt has no ETag"));
  return assay_check_same (run, get_judgement (submission), get_judgement (answer->node),
                           "/judgement")
         && run->outcome != ASSAY_CHECK_FAILED;
}

/* FALSE after the check failed or was skipped: there is no submission to go on with. */
static gboolean
has_submission (AssayCheckRun *run)
{
  if (run->record == NULL)
    assay_check_skip (run, _ ("There is no submission to try it with"));
  return run->record != NULL;
}

static void
check_submit (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (AssayCheckAnswer) read = NULL;

  submission = assay_check_claim_submission (run, "", NULL);
  if (submission == NULL)
    return;
  answer = assay_check_submit (run, id, submission, NULL);
  if (!assay_check_expect (run, answer, 201, NULL) || !check_record (run, answer, id, submission))
    return;
  read = assay_check_get (run, "submissions", id, NULL);
  if (!assay_check_expect (run, read, 200, NULL)
      || !assay_check_same (run, answer->node, read->node, _ ("The record")))
    return;
  if (g_strcmp0 (answer->etag, read->etag) != 0)
    assay_check_fail (run, _ ("The same record has another ETag when it is read"));
  run->submission = g_steal_pointer (&id);
  run->submitted = g_steal_pointer (&submission);
  run->record = json_node_ref (answer->node);
  run->etag = g_strdup (answer->etag);
}

static void
check_repeated (AssayCheckRun *run)
{
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (!has_submission (run))
    return;
  answer = assay_check_submit (run, run->submission, run->submitted, NULL);
  if (assay_check_expect (run, answer, 200, NULL))
    assay_check_same (run, run->record, answer->node, _ ("The record"));
}

static void
check_differs (AssayCheckRun *run)
{
  g_autoptr (JsonNode) other = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (AssayCheckAnswer) read = NULL;

  if (!has_submission (run))
    return;
  other = make_other (run->submitted, "Something else, sent under the same id.");
  answer = assay_check_submit (run, run->submission, other, NULL);
  if (!assay_check_expect (run, answer, 409, "submission-differs"))
    return;
  if (assay_json_get_object (answer->object, "current") == NULL)
    assay_check_fail (run, _ ("%s is missing"), "/current");
  read = assay_check_get (run, "submissions", run->submission, NULL);
  if (assay_check_expect (run, read, 200, NULL))
    assay_check_same (run, run->record, read->node, _ ("The record"));
}

/* Before anything was changed, a validator that never was is a stale one. */
static void
check_stale (AssayCheckRun *run)
{
  g_autoptr (JsonNode) other = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (!has_submission (run))
    return;
  other = make_other (run->submitted, "Something else, with a validator that is not right.");
  answer = assay_check_submit (run, run->submission, other, "\"assay-check\"");
  assay_check_expect (run, answer, 412, "precondition-failed");
}

static void
check_edit (AssayCheckRun *run)
{
  g_autoptr (JsonNode) other = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (AssayCheckAnswer) stale = NULL;
  JsonObject *record;

  if (!has_submission (run))
    return;
  record = assay_json_node_object (run->record);
  other = make_other (run->submitted, "The same work, once more considered.");
  answer = assay_check_submit (run, run->submission, other, run->etag);
  if (assay_json_get_string (record, "editable_until") == NULL)
    {
      assay_check_expect (run, answer, 409, "not-editable");
      assay_check_note (run, _ ("Submissions cannot be changed"));
      return;
    }
  if (!assay_check_expect (run, answer, 200, NULL)
      || !check_record (run, answer, run->submission, other))
    return;
  if (g_strcmp0 (answer->etag, run->etag) == 0)
    assay_check_fail (run, _ ("The ETag is the same after a change"));
  stale = assay_check_submit (run, run->submission, run->submitted, run->etag);
  assay_check_expect (run, stale, 412, "precondition-failed");
}

static void
check_second (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (!has_submission (run))
    return;
  answer = assay_check_submit (run, id, run->submitted, NULL);
  assay_check_expect (run, answer, 409, "submission-differs");
}

/* A pointer into what was sent: it leads to the judgement. */
static void
check_pointers (AssayCheckRun *run, JsonObject *problem)
{
  JsonArray *errors = assay_json_get_array (problem, "errors");

  if (errors == NULL || json_array_get_length (errors) == 0)
    {
      assay_check_fail (run, _ ("%s is missing"), "/errors");
      return;
    }
  for (guint i = 0; i < json_array_get_length (errors); i++)
    {
      JsonObject *error = assay_json_node_object (json_array_get_element (errors, i));
      const char *pointer = assay_json_get_string (error, "pointer");

      if (pointer == NULL || !g_str_has_prefix (pointer, "/judgement")
          || assay_json_get_string (error, "message") == NULL)
        {
          assay_check_fail (run, _ ("An error does not point into the judgement, or says nothing"));
          return;
        }
    }
  assay_check_note (run, "422, %s",
                    assay_json_get_string (
                        assay_json_node_object (json_array_get_element (errors, 0)), "pointer"));
}

static gboolean
has_required_question (AssayCheckLease *lease)
{
  AssayForm *form = assay_task_get_form (lease->task);

  for (guint i = 0; i < assay_form_get_n_questions (form); i++)
    {
      AssayQuestion *question = assay_form_get_question (form, i);

      if (assay_question_get_required (question) && assay_question_get_condition (question) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* What is refused leaves the lease as it was. */
static void
check_invalid (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (JsonNode) broken = NULL;
  g_autoptr (AssayCheckAnswer) refused = NULL;
  g_autoptr (AssayCheckAnswer) taken = NULL;

  submission = assay_check_claim_submission (run, "", &lease);
  if (submission == NULL)
    return;
  if (!has_required_question (lease))
    {
      assay_check_skip (run, _ ("The form requires nothing"));
      assay_check_release (run, lease);
      return;
    }
  broken = assay_json_copy (submission);
  json_object_set_object_member (assay_json_node_object (get_judgement (broken)), "answers",
                                 json_object_new ());
  refused = assay_check_submit (run, id, broken, NULL);
  if (!assay_check_expect (run, refused, 422, "answers-invalid"))
    return;
  check_pointers (run, refused->object);
  taken = assay_check_submit (run, id, submission, NULL);
  assay_check_expect (run, taken, 201, NULL);
}

static void
check_form_outdated (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  JsonObject *form;

  submission = assay_check_claim_submission (run, "", &lease);
  if (submission == NULL)
    return;
  form = assay_json_get_object (assay_json_node_object (submission), "form");
  json_object_set_int_member (form, "version", assay_json_get_int (form, "version", 0) + 1000);
  answer = assay_check_submit (run, id, submission, NULL);
  if (assay_check_expect (run, answer, 422, "form-outdated")
      && assay_json_get_object (answer->object, "form") == NULL)
    assay_check_fail (run, _ ("%s is missing"), "/form");
  assay_check_release (run, lease);
}

static void
check_unknown_lease (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (!has_submission (run))
    return;
  submission = assay_json_copy (run->submitted);
  json_object_set_string_member (assay_json_node_object (submission), "lease_id",
                                 "assay-check-none");
  answer = assay_check_submit (run, id, submission, NULL);
  assay_check_expect (run, answer, 409, "lease-expired");
}

/* Submits what was made from a whole submission by @change, and expects it back as it was. */
static void
check_kept (AssayCheckRun *run,
            void (*change) (JsonObject *submission, JsonObject *judgement),
            const char *rationale)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  g_autoptr (AssayCheckAnswer) read = NULL;

  submission = assay_check_claim_submission (run, rationale, NULL);
  if (submission == NULL)
    return;
  if (change != NULL)
    change (assay_json_node_object (submission),
            assay_json_node_object (get_judgement (submission)));
  answer = assay_check_submit (run, id, submission, NULL);
  if (!assay_check_expect (run, answer, 201, NULL) || !check_record (run, answer, id, submission))
    return;
  read = assay_check_get (run, "submissions", id, NULL);
  if (assay_check_expect (run, read, 200, NULL))
    assay_check_same (run, get_judgement (submission), get_judgement (read->node), "/judgement");
}

static void
add_unknown (JsonObject *submission, JsonObject *judgement)
{
  JsonObject *unknown = json_object_new ();

  json_object_set_string_member (unknown, "since", "a later version");
  json_object_set_object_member (judgement, UNKNOWN_MEMBER, unknown);
  json_object_set_boolean_member (submission, UNKNOWN_MEMBER, TRUE);
}

static void
check_unknown_members (AssayCheckRun *run)
{
  check_kept (run, add_unknown, "");
}

static void
check_characters (AssayCheckRun *run)
{
  check_kept (run, NULL, ODD_CHARACTERS);
}

static void
add_filler (JsonObject *submission, JsonObject *judgement)
{
  g_autofree char *filler = g_strnfill (FILLER_BYTES, 'x');

  json_object_set_string_member (judgement, UNKNOWN_MEMBER, filler);
}

static void
check_large (AssayCheckRun *run)
{
  check_kept (run, add_filler, "");
}

/* Cut off by us at some moment: whether it arrived is not known, and sending it again settles it.
 */
static void
check_cut (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  AssayCheckRequest request = { .method = "PUT", .total_ms = 1 };
  g_autoptr (AssayCheckAnswer) cut = NULL;
  g_autoptr (AssayCheckAnswer) again = NULL;
  g_autoptr (AssayCheckAnswer) last = NULL;

  submission = assay_check_claim_submission (run, "", NULL);
  if (submission == NULL)
    return;
  request.body = submission;
  cut = assay_check_ask (run, &request, "submissions", id, NULL);
  again = assay_check_submit (run, id, submission, NULL);
  if (!again->acceptable || (again->status != 200 && again->status != 201))
    {
      assay_check_fail (run, _ ("Expected %s, saw %s"), "200, 201", again->words);
      return;
    }
  last = assay_check_submit (run, id, submission, NULL);
  if (assay_check_expect (run, last, 200, NULL))
    assay_check_same (run, again->node, last->node, _ ("The record"));
  assay_check_note (run, "%s",
                    again->status == 200 ? _ ("It had arrived before the cut")
                                         : _ ("It had not arrived before the cut"));
}

const AssayCheck assay_check_submissions[] = {
  { "core", "submit", check_submit },
  { "core", "submit-repeated", check_repeated },
  { "core", "submit-cut", check_cut },
  { "core", "submit-differs", check_differs },
  { "core", "submit-stale", check_stale },
  { "core", "submit-second", check_second },
  { "core", "submit-edit", check_edit },
  { "core", "answers-invalid", check_invalid },
  { "core", "form-outdated", check_form_outdated },
  { "core", "lease-unknown", check_unknown_lease },
  { "core", "unknown-members", check_unknown_members },
  { "core", "characters", check_characters },
  { "core", "large-answer", check_large },
  { NULL },
};
