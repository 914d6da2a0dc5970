/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-check-run.h"
#include "assay-check-shapes.h"
#include "assay-json-read.h"

/* Claiming, holding and giving back. */

#define CLAIMED 3
/* Leases that are longer are not waited for. */
#define MAX_WAIT_SECONDS 10
#define POLL_MS 200

static JsonNode *
make_claim (JsonObject *project, guint count)
{
  JsonObject *claim = json_object_new ();

  json_object_set_string_member (claim, "project_id", assay_json_get_string (project, "id"));
  json_object_set_int_member (claim, "count", count);
  return assay_json_object_node_new (claim);
}

static gint64
parse_time (const char *text)
{
  g_autoptr (GDateTime) moment = text == NULL ? NULL : g_date_time_new_from_iso8601 (text, NULL);

  return moment == NULL ? -1 : g_date_time_to_unix_usec (moment);
}

static gint64
get_expiry (JsonObject *lease)
{
  return parse_time (assay_json_get_string (lease, "expires_at"));
}

static gboolean
check_lease (AssayCheckRun *run, JsonNode *node, JsonObject *project, const char *place)
{
  g_autofree char *fault = assay_shape_check (ASSAY_SHAPE_LEASE, node, place);
  g_autoptr (AssayCheckLease) lease = NULL;

  if (fault != NULL)
    {
      assay_check_fail (run, "%s", fault);
      return FALSE;
    }
  lease = assay_check_read_lease (run, node);
  if (lease == NULL)
    return FALSE;
  if (g_strcmp0 (assay_json_get_string (lease->object, "state"), "held") != 0)
    assay_check_fail (run, _ ("A lease that was claimed just now is not “held”"));
  if (g_strcmp0 (assay_json_get_string (lease->object, "project_id"),
                 assay_json_get_string (project, "id"))
      != 0)
    assay_check_fail (run, _ ("A lease is of another project"));
  if (run->date >= 0 && get_expiry (lease->object) >= 0 && get_expiry (lease->object) <= run->date)
    assay_check_fail (run, _ ("A new lease ended already, by the Date of its answer"));
  return run->outcome != ASSAY_CHECK_FAILED;
}

/* No task is there twice. */
static void
check_distinct (AssayCheckRun *run, JsonArray *leases)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (leases); i++)
    {
      JsonObject *lease = assay_json_node_object (json_array_get_element (leases, i));
      const char *task = assay_json_get_string (assay_json_get_object (lease, "task"), "id");

      if (task != NULL && !g_hash_table_add (seen, (gpointer) task))
        assay_check_fail (run, _ ("The task %s was leased twice"), task);
    }
}

static void
release_all (AssayCheckRun *run, JsonArray *leases)
{
  for (guint i = 0; leases != NULL && i < json_array_get_length (leases); i++)
    {
      const AssayCheckRequest request = { .method = "DELETE" };
      const char *id =
          assay_json_get_string (assay_json_node_object (json_array_get_element (leases, i)), "id");
      g_autoptr (AssayCheckAnswer) answer =
          id == NULL ? NULL : assay_check_ask (run, &request, "leases", id, NULL);
    }
}

static void
check_claim (AssayCheckRun *run)
{
  JsonObject *project = assay_check_find_project (run);
  g_autoptr (JsonNode) body = NULL;
  AssayCheckRequest request = { .method = "POST" };
  g_autoptr (AssayCheckAnswer) answer = NULL;
  JsonArray *leases;

  if (project == NULL)
    {
      assay_check_skip (run, _ ("There is no project with tasks that could be claimed for it"));
      return;
    }
  request.body = body = make_claim (project, CLAIMED);
  answer = assay_check_ask (run, &request, "leases", NULL);
  if (!assay_check_expect (run, answer, 201, NULL))
    return;
  leases = assay_json_get_array (answer->object, "leases");
  if (leases == NULL)
    {
      assay_check_fail (run, _ ("%s is missing"), "/leases");
      return;
    }
  if (json_array_get_length (leases) > CLAIMED)
    assay_check_fail (run, _ ("More leases than were asked for"));
  if (json_array_get_length (leases) == 0)
    assay_check_fail (run, _ ("No lease, and the project said that there are tasks"));
  check_distinct (run, leases);
  for (guint i = 0; i < json_array_get_length (leases); i++)
    {
      g_autofree char *place = g_strdup_printf ("/leases/%u", i);

      check_lease (run, json_array_get_element (leases, i), project, place);
      g_ptr_array_add (run->seen_leases, json_node_ref (json_array_get_element (leases, i)));
    }
  release_all (run, leases);
  assay_check_note (
      run, ngettext ("%u lease of “%s”", "%u leases of “%s”", json_array_get_length (leases)),
      json_array_get_length (leases), assay_json_get_string (project, "title"));
}

/* Nothing that was leased so far tells what is known about it. */
static void
check_blindness (AssayCheckRun *run)
{
  if (run->seen_leases->len == 0)
    assay_check_skip (run, _ ("Nothing was leased"));
  for (guint i = 0; i < run->seen_leases->len; i++)
    {
      JsonObject *task =
          assay_json_get_object (assay_json_node_object (run->seen_leases->pdata[i]), "task");
      JsonArray *responses = assay_json_get_array (task, "responses");
      JsonObject *policy = assay_json_get_object (task, "policy");

      if (task != NULL && json_object_has_member (task, "gold"))
        assay_check_fail (run, _ ("A task brings its known answer along, in %s"), "/task/gold");
      if (g_strcmp0 (assay_json_get_string (policy, "reveal_models"), "after_submit") == 0)
        continue;
      for (guint j = 0; responses != NULL && j < json_array_get_length (responses); j++)
        if (assay_json_get_string (assay_json_node_object (json_array_get_element (responses, j)),
                                   "model")
            != NULL)
          assay_check_fail (run, _ ("A response names its model"));
    }
}

static void
check_claim_repeated (AssayCheckRun *run)
{
  JsonObject *project = assay_check_find_project (run);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) other = NULL;
  AssayCheckRequest request = { .method = "POST", .key = key };
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;
  g_autoptr (AssayCheckAnswer) misused = NULL;

  if (project == NULL)
    {
      assay_check_skip (run, _ ("There is no project with tasks that could be claimed for it"));
      return;
    }
  request.body = body = make_claim (project, 1);
  first = assay_check_ask (run, &request, "leases", NULL);
  second = assay_check_ask (run, &request, "leases", NULL);
  if (assay_check_expect (run, first, 201, NULL) && assay_check_expect (run, second, 201, NULL)
      && !assay_json_equal (first->node, second->node))
    {
      assay_check_fail (run, _ ("A repeated claim with the same key gave other leases"));
      release_all (run, assay_json_get_array (second->object, "leases"));
    }
  request.body = other = make_claim (project, 2);
  misused = assay_check_ask (run, &request, "leases", NULL);
  assay_check_expect (run, misused, 422, "key-reused");
  release_all (run, assay_json_get_array (first->object, "leases"));
}

static void
check_held (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;
  gboolean found = FALSE;

  if (lease == NULL)
    return;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (assay_check_read_list (run, "leases", items))
    {
      for (guint i = 0; i < items->len; i++)
        found |= g_strcmp0 (assay_json_get_string (assay_json_node_object (items->pdata[i]), "id"),
                            lease->id)
                 == 0;
      if (!found)
        assay_check_fail (run, _ ("A lease that is held is not in the list of them"));
    }
  answer = assay_check_get (run, "leases", lease->id, NULL);
  if (assay_check_expect (run, answer, 200, NULL)
      && g_strcmp0 (assay_json_get_string (answer->object, "id"), lease->id) != 0)
    assay_check_fail (run, _ ("Another lease was answered than the one that was asked for"));
  assay_check_release (run, lease);
}

static void
check_renew (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  g_autofree char *key = g_uuid_string_random ();
  const AssayCheckRequest request = { .method = "POST", .key = key };
  g_autoptr (AssayCheckAnswer) first = NULL;
  g_autoptr (AssayCheckAnswer) second = NULL;

  if (lease == NULL)
    return;
  first = assay_check_ask (run, &request, "leases", lease->id, "renew", NULL);
  if (assay_json_get_int (lease->object, "renewals_left", 0) == 0 || get_expiry (lease->object) < 0)
    assay_check_expect (run, first, 409, "lease-not-renewable");
  else if (assay_check_expect (run, first, 200, NULL))
    {
      if (get_expiry (first->object) <= get_expiry (lease->object))
        assay_check_fail (run, _ ("A renewed lease does not end later"));
      second = assay_check_ask (run, &request, "leases", lease->id, "renew", NULL);
      if (assay_check_expect (run, second, 200, NULL)
          && get_expiry (second->object) != get_expiry (first->object))
        assay_check_fail (run, _ ("A repeated renewal with the same key renewed again"));
      assay_check_note (run, _ ("From %s to %s"),
                        assay_json_get_string (lease->object, "expires_at"),
                        assay_json_get_string (first->object, "expires_at"));
    }
  assay_check_release (run, lease);
}

static void
check_release (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (lease == NULL)
    return;
  assay_check_release (run, lease);
  assay_check_release (run, lease);
  submission = assay_check_make_submission (run, lease, "");
  if (submission == NULL)
    return;
  answer = assay_check_submit (run, id, submission, NULL);
  assay_check_expect (run, answer, 409, "lease-expired");
}

static void
check_skip (AssayCheckRun *run)
{
  g_autoptr (AssayCheckLease) lease = assay_check_take_lease (run, NULL);
  JsonObject *skip;
  g_autoptr (JsonNode) body = NULL;
  AssayCheckRequest request = { .method = "PUT" };

  if (lease == NULL)
    return;
  skip = json_object_new ();
  body = assay_json_object_node_new (skip);
  json_object_set_string_member (skip, "outcome", "skipped");
  request.body = body;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (AssayCheckAnswer) answer =
          assay_check_ask (run, &request, "leases", lease->id, "skip", NULL);

      /* The first has no reason; the third is a repeat. */
      if (i == 0)
        assay_check_expect (run, answer, 422, "answers-invalid");
      else if (assay_check_expect (run, answer, 200, NULL)
               && g_strcmp0 (assay_json_get_string (answer->object, "state"), "skipped") != 0)
        assay_check_fail (run, _ ("A lease that was skipped is not “skipped”"));
      json_object_set_string_member (skip, "outcome_reason", "conflict_of_interest");
    }
}

/* The shortest lease that can be waited for; NULL if all are longer. */
static JsonObject *
find_short_project (AssayCheckRun *run)
{
  for (guint i = 0; i < run->projects->len; i++)
    {
      JsonObject *project = assay_json_node_object (run->projects->pdata[i]);
      gint64 seconds =
          assay_json_get_int (assay_json_get_object (project, "lease"), "seconds", G_MAXINT);

      if (seconds <= MAX_WAIT_SECONDS && assay_json_get_int (project, "available", 0) > 0)
        return project;
    }
  return NULL;
}

/* Until the platform's own clock says that @lease ended. FALSE after the check failed. */
static gboolean
wait_for_expiry (AssayCheckRun *run, AssayCheckLease *lease)
{
  gint64 expires_at = get_expiry (lease->object);

  for (guint i = 0; i < MAX_WAIT_SECONDS * 2 * 1000 / POLL_MS; i++)
    {
      g_autoptr (AssayCheckAnswer) answer = assay_check_get (run, "leases", lease->id, NULL);

      if (!assay_check_expect (run, answer, 200, NULL))
        return FALSE;
      if (run->date >= expires_at)
        return TRUE;
      dex_await (dex_timeout_new_msec (POLL_MS), NULL);
    }
  assay_check_fail (run, _ ("The platform’s clock stands still"));
  return FALSE;
}

static void
check_expiry (AssayCheckRun *run)
{
  JsonObject *project = find_short_project (run);
  g_autoptr (AssayCheckLease) lease = NULL;
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonNode) submission = NULL;
  g_autoptr (AssayCheckAnswer) state = NULL;
  g_autoptr (AssayCheckAnswer) answer = NULL;

  if (project == NULL)
    {
      assay_check_skip (run, _ ("No project has leases of at most 10 seconds; offer one to have "
                                "this checked"));
      return;
    }
  lease = assay_check_take_lease (run, project);
  submission = lease == NULL ? NULL : assay_check_make_submission (run, lease, "");
  if (submission == NULL || !wait_for_expiry (run, lease))
    return;
  state = assay_check_get (run, "leases", lease->id, NULL);
  if (assay_check_expect (run, state, 200, NULL)
      && g_strcmp0 (assay_json_get_string (state->object, "state"), "expired") != 0)
    assay_check_fail (run, _ ("A lease is “%s” after its end"),
                      assay_json_get_string_or (state->object, "state", ""));

  answer = assay_check_submit (run, id, submission, NULL);
  if (answer->status == 409)
    assay_check_expect (run, answer, 409, "lease-expired");
  else if (assay_check_expect (run, answer, 201, NULL)
           && !assay_json_get_boolean (answer->object, "late", FALSE))
    assay_check_fail (run, _ ("A late submission was taken without saying that it is late"));
  assay_check_note (run, "%s",
                    answer->status == 201 ? _ ("Taken, and said to be late")
                                          : _ ("Refused as late"));
}

const AssayCheck assay_check_leases[] = {
  { "core", "claim", check_claim },
  { "core", "claim-repeated", check_claim_repeated },
  { "core", "held", check_held },
  { "core", "renew", check_renew },
  { "core", "release", check_release },
  { "core", "skip", check_skip },
  { "core", "expiry", check_expiry },
  { "core", "blindness", check_blindness },
  { NULL },
};
