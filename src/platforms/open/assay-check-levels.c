/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-check-run.h"
#include "assay-check-shapes.h"
#include "assay-json-read.h"

/* The levels beyond core. */

#define MAX_PAGES 100
#define DISPUTE "A check of the platform disputes this; nothing has to be done."
#define INQUIRY "A check of the platform asks this; nothing has to be answered."

/* Changes and feedback */

/* One page; @since may be NULL. NULL after the check failed. */
static AssayCheckAnswer *
read_page (AssayCheckRun *run, const char *segment, const char *since)
{
  g_autofree char *escaped = since == NULL ? NULL : g_uri_escape_string (since, NULL, FALSE);
  g_autofree char *query = since == NULL ? NULL : g_strconcat ("since=", escaped, NULL);
  const AssayCheckRequest request = { .query = query };
  g_autoptr (AssayCheckAnswer) answer = assay_check_ask (run, &request, segment, NULL);

  if (!assay_check_expect (run, answer, 200, NULL))
    return NULL;
  if (assay_json_get_array (answer->object, "items") == NULL
      || assay_json_get_string (answer->object, "next") == NULL
      || !json_object_has_member (answer->object, "more"))
    {
      assay_check_fail (run, _ ("A page is not {items, next, more}"));
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* Everything from @since on, as JsonNode of @shape. FALSE after the check failed. */
static gboolean
read_journal (AssayCheckRun *run,
              const char *segment,
              const char *since,
              AssayShape shape,
              GPtrArray *items)
{
  g_autofree char *cursor = g_strdup (since);

  for (guint page = 0; page < MAX_PAGES; page++)
    {
      g_autoptr (AssayCheckAnswer) answer = read_page (run, segment, cursor);
      JsonArray *array;

      if (answer == NULL)
        return FALSE;
      array = assay_json_get_array (answer->object, "items");
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *place = g_strdup_printf ("/items/%u", i);
          JsonNode *item = json_array_get_element (array, i);
          g_autofree char *fault = assay_shape_check (shape, item, place);

          if (fault != NULL)
            {
              assay_check_fail (run, "%s", fault);
              return FALSE;
            }
          g_ptr_array_add (items, json_node_ref (item));
        }
      if (!assay_json_get_boolean (answer->object, "more", FALSE))
        return TRUE;
      g_set_str (&cursor, assay_json_get_string (answer->object, "next"));
    }
  assay_check_fail (run, _ ("The list has no end"));
  return FALSE;
}

/* Submits something, so that something changes; its id, or NULL. (transfer full) */
static char *
submit_something (AssayCheckRun *run)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;

  submission = assay_check_claim_submission (run, "", NULL);
  if (submission == NULL)
    return NULL;
  answer = assay_check_submit (run, id, submission, NULL);
  return assay_check_expect (run, answer, 201, NULL) ? g_steal_pointer (&id) : NULL;
}

static void
check_changes (AssayCheckRun *run)
{
  g_autoptr (AssayCheckAnswer) start = read_page (run, "changes", NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *id = NULL;
  gboolean found = FALSE;

  if (start == NULL)
    return;
  if (json_array_get_length (assay_json_get_array (start->object, "items")) > 0)
    assay_check_fail (run, _ ("Without a cursor there are items; it should mean “from now on”"));
  id = submit_something (run);
  if (id == NULL)
    return;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (!read_journal (run, "changes", assay_json_get_string (start->object, "next"),
                     ASSAY_SHAPE_CHANGE, items))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *item = assay_json_node_object (items->pdata[i]);

      found |= g_strcmp0 (assay_json_get_string (item, "type"), "submission") == 0
               && g_strcmp0 (assay_json_get_string (item, "id"), id) == 0;
    }
  if (!found)
    assay_check_fail (run, _ ("A submission is not among the changes after it"));
  assay_check_note (run, ngettext ("%u change", "%u changes", items->len), items->len);
}

static void
check_cursor (AssayCheckRun *run)
{
  const AssayCheckRequest request = { .query = "since=assay-check-no-cursor" };
  g_autoptr (AssayCheckAnswer) answer = assay_check_ask (run, &request, "changes", NULL);

  assay_check_expect (run, answer, 410, "cursor-expired");
}

/* Drafts */

static JsonNode *
make_draft (AssayCheckLease *lease, const char *note)
{
  JsonObject *draft = json_object_new ();
  JsonObject *judgement = json_object_new ();

  json_object_set_string_member (judgement, "task_id", assay_task_get_id (lease->task));
  json_object_set_string_member (judgement, "rationale", note);
  json_object_set_object_member (draft, "judgement", judgement);
  json_object_set_string_member (draft, "device", "assay --check-platform");
  return assay_json_object_node_new (draft);
}

static AssayCheckAnswer *
put_draft (AssayCheckRun *run, AssayCheckLease *lease, const char *note, const char *if_match)
{
  g_autoptr (JsonNode) draft = make_draft (lease, note);
  const AssayCheckRequest request = { .method = "PUT", .body = draft, .if_match = if_match };

  return assay_check_ask (run, &request, "leases", lease->id, "draft", NULL);
}

static void
delete_draft (AssayCheckRun *run, AssayCheckLease *lease)
{
  const AssayCheckRequest request = { .method = "DELETE" };
  g_autoptr (AssayCheckAnswer) answer =
      assay_check_ask (run, &request, "leases", lease->id, "draft", NULL);

  assay_check_expect (run, answer, 204, NULL);
}

static void
check_draft (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  g_autoptr (AssayCheckAnswer) none = NULL;
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) read = NULL;
  g_autoptr (AssayCheckAnswer) unasked = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;
  g_autoptr (AssayCheckAnswer) stale = NULL;

  if (lease == NULL)
    return;
  none = assay_check_get (run, "leases", lease->id, "draft", NULL);
  assay_check_expect (run, none, 404, "not-found");
  first = put_draft (run, lease, "Begun here.", NULL);
  if (!assay_check_expect (run, first, 200, NULL))
    return;
  if (first->etag == NULL)
    {
      assay_check_fail (run, _ ("A draft has no ETag"));
      return;
    }
  read = assay_check_get (run, "leases", lease->id, "draft", NULL);
  if (assay_check_expect (run, read, 200, NULL))
    assay_check_same (run, first->node, read->node, _ ("The draft"));

  unasked = put_draft (run, lease, "Written elsewhere.", NULL);
  assay_check_expect (run, unasked, 412, "precondition-failed");
  second = put_draft (run, lease, "Gone on with.", first->etag);
  if (!assay_check_expect (run, second, 200, NULL))
    return;
  stale = put_draft (run, lease, "Written elsewhere.", first->etag);
  assay_check_expect (run, stale, 412, "precondition-failed");
  delete_draft (run, lease);
  delete_draft (run, lease);
  assay_check_release (run, lease);
}

/* Guidelines */

static JsonObject *
find_unacknowledged (AssayCheckRun *run)
{
  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *project = assay_json_node_object (run->projects->pdata[i]);
      JsonObject *guideline = assay_json_get_object (project, "guideline");
      const char *qualification = assay_json_get_string (project, "qualification");

      if (guideline != NULL && json_object_has_member (guideline, "acknowledged_at")
          && assay_json_get_string (guideline, "acknowledged_at") == NULL
          && (qualification == NULL || g_str_equal (qualification, "granted")))
        return project;
    }
  return NULL;
}

static void
check_acknowledgement (AssayCheckRun *run)
{
  JsonObject *project = find_unacknowledged (run);
  JsonObject *guideline = assay_json_get_object (project, "guideline");
  g_autofree char *version =
      g_strdup_printf ("%" G_GINT64_FORMAT, assay_json_get_int (guideline, "version", 0));
  JsonObject *claim;
  g_autoptr (JsonNode) body = NULL;
  AssayCheckRequest request = { .method = "POST" };
  const AssayCheckRequest acknowledge = { .method = "PUT" };
  g_autoptr (AssayCheckAnswer) refused = NULL;
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;
  g_autoptr (AssayCheckLease) lease = NULL;

  if (project == NULL)
    {
      assay_check_skip (run, _ ("Every guideline was acknowledged already, or none has to be"));
      return;
    }
  claim = json_object_new ();
  request.body = body = assay_json_object_node_new (claim);
  json_object_set_string_member (claim, "project_id", assay_json_get_string (project, "id"));
  refused = assay_check_ask (run, &request, "leases", NULL);
  if (!assay_check_expect (run, refused, 403, "guidelines-not-acknowledged"))
    return;
  if (assay_json_get_object (refused->object, "guideline") == NULL)
    assay_check_fail (run, _ ("%s is missing"), "/guideline");
  first = assay_check_ask (run, &acknowledge, "guidelines", assay_json_get_string (guideline, "id"),
                           version, "ack", NULL);
  second = assay_check_ask (run, &acknowledge, "guidelines",
                            assay_json_get_string (guideline, "id"), version, "ack", NULL);
  if (!assay_check_expect (run, first, 200, NULL) || !assay_check_expect (run, second, 200, NULL)
      || !assay_check_same (run, first->node, second->node, _ ("The acknowledgement")))
    return;
  lease = assay_check_take_lease (run, project);
  if (lease != NULL)
    assay_check_release (run, lease);
}

static void
check_old_versions (AssayCheckRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *guideline =
          assay_json_get_object (assay_json_node_object (run->projects->pdata[i]), "guideline");
      gint64 version = assay_json_get_int (guideline, "version", 0) - 1;
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, version);
      g_autoptr (AssayCheckAnswer) answer = NULL;

      if (guideline == NULL || version < 1)
        continue;
      answer =
          assay_check_get (run, "guidelines", assay_json_get_string (guideline, "id"), text, NULL);
      assay_check_expect (run, answer, 200, NULL);
      n++;
    }
  if (n == 0)
    assay_check_skip (run, _ ("Every guideline is in its first version"));
}

/* Questions */

static void
check_inquiry (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  g_autofree char *key = g_uuid_string_random ();
  JsonObject *inquiry;
  g_autoptr (JsonNode) body = NULL;
  AssayCheckRequest request = { .method = "POST", .key = key };
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;
  g_autoptr (AssayCheckAnswer) list = NULL;
  g_autofree char *fault = NULL;
  JsonArray *items;

  if (lease == NULL)
    return;
  inquiry = json_object_new ();
  request.body = body = assay_json_object_node_new (inquiry);
  json_object_set_string_member (inquiry, "text", INQUIRY);
  first = assay_check_ask (run, &request, "leases", lease->id, "questions", NULL);
  if (!assay_check_expect (run, first, 201, NULL))
    return;
  fault = assay_shape_check (ASSAY_SHAPE_INQUIRY, first->node, "");
  if (fault != NULL)
    assay_check_fail (run, "%s", fault);
  second = assay_check_ask (run, &request, "leases", lease->id, "questions", NULL);
  if (!assay_check_expect (run, second, 201, NULL))
    return;
  list = assay_check_get (run, "leases", lease->id, "questions", NULL);
  if (!assay_check_expect (run, list, 200, NULL))
    return;
  items = assay_json_get_array (list->object, "items");
  if (items == NULL || json_array_get_length (items) != 1)
    assay_check_fail (run, _ ("One question, sent twice with one key, is not there once"));
  assay_check_release (run, lease);
}

/* Feedback */

static void
check_feedback (AssayCheckRun *run)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  if (!read_journal (run, "feedback", NULL, ASSAY_SHAPE_FEEDBACK, items))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *item = assay_json_node_object (items->pdata[i]);

      if (g_strcmp0 (assay_json_get_string (item, "verdict"), "rejected") == 0
          && (assay_json_get_string (item, "message") == NULL
              || assay_json_get_string (item, "dispute_until") == NULL))
        assay_check_fail (run, _ ("A rejection has no reason, or no time for a dispute"));
    }
  assay_check_note (run, ngettext ("%u entry", "%u entries", items->len), items->len);
}

static gboolean
is_disputable (AssayCheckRun *run, JsonObject *item)
{
  const char *until = assay_json_get_string (item, "dispute_until");
  g_autoptr (GDateTime) end = until == NULL ? NULL : g_date_time_new_from_iso8601 (until, NULL);

  return end != NULL && g_date_time_to_unix_usec (end) > run->date
         && assay_json_get_object (item, "dispute") == NULL;
}

static JsonObject *
find_feedback (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *item = assay_json_node_object (items->pdata[i]);

      if (g_strcmp0 (assay_json_get_string (item, "id"), id) == 0)
        return item;
    }
  return NULL;
}

static void
dispute (AssayCheckRun *run, const char *id)
{
  JsonObject *text = json_object_new ();
  g_autoptr (JsonNode) body = assay_json_object_node_new (text);
  const AssayCheckRequest request = { .method = "PUT", .body = body };
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  JsonObject *entry;

  json_object_set_string_member (text, "text", DISPUTE);
  first = assay_check_ask (run, &request, "feedback", id, "dispute", NULL);
  second = assay_check_ask (run, &request, "feedback", id, "dispute", NULL);
  if (!assay_check_expect (run, first, 200, NULL) || !assay_check_expect (run, second, 200, NULL)
      || !read_journal (run, "feedback", NULL, ASSAY_SHAPE_FEEDBACK, items))
    return;
  entry = find_feedback (items, id);
  if (entry == NULL || assay_json_get_object (entry, "dispute") == NULL)
    assay_check_fail (run, _ ("A dispute is not with its feedback afterwards"));
}

static void
check_dispute (AssayCheckRun *run)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  if (!read_journal (run, "feedback", NULL, ASSAY_SHAPE_FEEDBACK, items))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *item = assay_json_node_object (items->pdata[i]);

      if (is_disputable (run, item))
        {
          dispute (run, assay_json_get_string (item, "id"));
          return;
        }
    }
  assay_check_skip (run, _ ("There is no feedback that could be disputed"));
}

/* Qualifications and money */

static void
check_list (AssayCheckRun *run, const char *segment, AssayShape shape)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  if (!assay_check_read_list (run, segment, items))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("/items/%u", i);
      g_autofree char *fault = assay_shape_check (shape, items->pdata[i], place);

      if (fault != NULL)
        {
          assay_check_fail (run, "%s", fault);
          return;
        }
    }
  assay_check_note (run, ngettext ("%u entry", "%u entries", items->len), items->len);
}

static void
check_qualifications (AssayCheckRun *run)
{
  check_list (run, "qualifications", ASSAY_SHAPE_QUALIFICATION);
}

static void
check_earnings (AssayCheckRun *run)
{
  check_list (run, "earnings", ASSAY_SHAPE_EARNING);
}

const AssayCheck assay_check_levels[] = {
  { "sync", "changes", check_changes },
  { "sync", "cursor", check_cursor },
  { "drafts", "draft", check_draft },
  { "guidelines", "acknowledgement", check_acknowledgement },
  { "guidelines", "old-versions", check_old_versions },
  { "questions", "question", check_inquiry },
  { "feedback", "feedback", check_feedback },
  { "feedback", "dispute", check_dispute },
  { "qualification", "qualifications", check_qualifications },
  { "pay", "earnings", check_earnings },
  { NULL },
};
