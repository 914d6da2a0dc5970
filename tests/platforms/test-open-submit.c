/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Handing in: framed by the contract, accepted only by a receipt that names it, and once. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-server-control.h"
#include "open-fake.h"
#include "open-fixture.h"

#define SUBMISSION "0f0e0d0c-1111-4222-8333-444444444444"

static char *
submit (AssayPlatform *platform, OpenOutgoing *outgoing, GError **error)
{
  return open_fixture_wait_string (assay_platform_submit (platform, &outgoing->outgoing), error);
}

static void
assert_refused (AssayPlatform *platform,
                OpenOutgoing *outgoing,
                AssayPlatformError code,
                AssayDelivery delivery)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = submit (platform, outgoing, &error);

  g_assert_null (receipt);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_error (error, ASSAY_PLATFORM_ERROR, (int) code);
  g_assert_cmpint (assay_platform_error_get_delivery (error), ==, delivery);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_receipt (const char *receipt, const char *id)
{
  g_autoptr (JsonNode) node = parse (receipt);

  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (node), "id"), ==, id);
}

static guint
count_ledger (OpenFixture *fixture)
{
  g_autoptr (JsonNode) ledger = assay_server_make_ledger (fixture->state);

  return json_array_get_length (
      assay_json_get_array (assay_json_node_object (ledger), "submissions"));
}

static OpenOutgoing *
frame_task (OpenFixture *fixture, AssayPageTask *task, const char *rationale)
{
  g_autoptr (AssayJudgement) judgement = open_fixture_judge (task->task, rationale);
  g_autoptr (GError) error = NULL;
  AssayFrame *frame =
      assay_platform_frame (fixture->platform, task->task, task->lease, judgement, &error);

  g_assert_no_error (error);
  return open_outgoing_new (frame, NULL, NULL);
}

/* The very bytes, as often as they are sent. */
static void
test_repeated (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (OpenOutgoing) outgoing = frame_task (fixture, task, "Because.");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpstr (outgoing->frame->kind, ==, ASSAY_FRAME_KIND_JUDGEMENT);
  g_assert_cmpstr (outgoing->frame->method, ==, "PUT");
  g_assert_cmpstr (outgoing->frame->target, ==, "/submissions/" ASSAY_FRAME_SUBMISSION);
  first = submit (fixture->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (first, outgoing->submission);
  outgoing->outgoing.again = TRUE;
  second = submit (fixture->platform, outgoing, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (count_ledger (fixture), ==, 1);
  node = parse (first);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (node), "state"), ==, "received");
  g_assert_nonnull (assay_json_get_string (assay_json_node_object (node), "etag"));
}

/* A platform that calls a repeat a conflict is asked what it has. */
static void
test_repeat_is_conflict (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (OpenOutgoing) outgoing = frame_task (fixture, task, "Because.");
  g_autoptr (OpenOutgoing) other = frame_task (fixture, task, "Because of something else.");
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;

  g_free (submit (fixture->platform, outgoing, &error));
  g_assert_no_error (error);
  open_fixture_control (fixture, "set-defect", "{'name': 'repeat-is-conflict'}");
  receipt = submit (fixture->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (receipt, outgoing->submission);

  /* The same id for something else, and another id for the same lease, stay a no. */
  g_set_str (&other->submission, outgoing->submission);
  g_set_str (&other->target, outgoing->target);
  other->outgoing.submission = other->submission;
  other->outgoing.target = other->target;
  assert_refused (fixture->platform, other, ASSAY_PLATFORM_ERROR_CONFLICT, ASSAY_DELIVERY_REFUSED);
  {
    g_autoptr (OpenOutgoing) second = frame_task (fixture, task, "Another.");

    assert_refused (fixture->platform, second, ASSAY_PLATFORM_ERROR_CONFLICT,
                    ASSAY_DELIVERY_REFUSED);
  }
  g_assert_cmpuint (count_ledger (fixture), ==, 1);
}

static void
test_revised (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (OpenOutgoing) first = frame_task (fixture, task, "Because.");
  g_autoptr (AssayJudgement) judgement = open_fixture_judge (task->task, "On second thoughts.");
  g_autoptr (AssayLease) lease = assay_lease_copy (task->lease);
  g_autoptr (OpenOutgoing) revision = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *again = NULL;

  g_free (submit (fixture->platform, first, &error));
  g_assert_no_error (error);
  lease->state = ASSAY_LEASE_SUBMITTED;
  lease->submission = g_strdup (first->submission);
  revision = open_outgoing_new (assay_platform_frame (fixture->platform, task->task, lease,
                                                      judgement, &error),
                                NULL, first->submission);
  g_assert_no_error (error);
  receipt = submit (fixture->platform, revision, &error);
  g_assert_no_error (error);
  assert_receipt (receipt, first->submission);
  again = submit (fixture->platform, revision, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, receipt);
  g_assert_cmpuint (count_ledger (fixture), ==, 1);

  /* Once nothing can be changed any more. */
  open_fixture_control (fixture, "advance-clock", "{'milliseconds': 864000000}");
  {
    g_autoptr (AssayJudgement) late = open_fixture_judge (task->task, "Much later.");
    g_autoptr (OpenOutgoing) outgoing =
        open_outgoing_new (assay_platform_frame (fixture->platform, task->task, lease, late,
                                                 &error),
                           NULL, first->submission);

    assert_refused (fixture->platform, outgoing, ASSAY_PLATFORM_ERROR_CONFLICT,
                    ASSAY_DELIVERY_REFUSED);
  }
}

static void
test_skipped (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (AssayJudgement) judgement = assay_judgement_new (task->task);
  g_autoptr (OpenOutgoing) outgoing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  g_autoptr (JsonNode) body = NULL;

  assay_judgement_set_outcome (judgement, ASSAY_OUTCOME_BROKEN_TASK, "does_not_load",
                               "Nothing is to be seen.");
  assay_judgement_finalize_submission (judgement, 1);
  outgoing = open_outgoing_new (assay_platform_frame (fixture->platform, task->task, task->lease,
                                                      judgement, &error),
                                NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (outgoing->frame->kind, ==, ASSAY_FRAME_KIND_SKIP);
  body = assay_json_parse_bytes (outgoing->frame->body, NULL);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (body), "outcome"), ==,
                   "broken_task");
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (body), "outcome_reason"), ==,
                   "does_not_load");
  receipt = submit (fixture->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (receipt, task->lease->id);
  g_free (submit (fixture->platform, outgoing, &error));
  g_assert_no_error (error);
}

static void
test_without_lease (void)
{
  static const struct
  {
    AssayLeaseState state;
    int code;
  } cases[] = {
    { ASSAY_LEASE_HELD, -1 },
    { ASSAY_LEASE_EXPIRED, -1 },
    { ASSAY_LEASE_SUBMITTED, -1 },
    { ASSAY_LEASE_SKIPPED, ASSAY_PLATFORM_ERROR_GONE },
    { ASSAY_LEASE_RELEASED, ASSAY_PLATFORM_ERROR_GONE },
    { ASSAY_LEASE_WITHDRAWN, ASSAY_PLATFORM_ERROR_GONE },
  };
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (AssayJudgement) judgement = open_fixture_judge (task->task, "Because.");
  g_autoptr (GError) none = NULL;

  g_assert_null (assay_platform_frame (fixture->platform, task->task, NULL, judgement, &none));
  g_assert_error (none, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE);
  g_assert_nonnull (strstr (none->message, "claimed again"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AssayLease) lease = assay_lease_copy (task->lease);
      g_autoptr (AssayFrame) frame = NULL;
      g_autoptr (GError) error = NULL;

      lease->state = cases[i].state;
      frame = assay_platform_frame (fixture->platform, task->task, lease, judgement, &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
    }
}

/* What the platform objects to, in our words and its own. */

static void
test_expired (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "quick", 2);
  AssayPageTask *late = assay_page_get_tasks (page)->pdata[0];
  AssayPageTask *gone = assay_page_get_tasks (page)->pdata[1];
  g_autoptr (OpenOutgoing) outgoing = frame_task (fixture, late, "Because.");
  g_autoptr (OpenOutgoing) released = frame_task (fixture, gone, "Because.");
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  g_autoptr (JsonNode) node = NULL;

  open_fixture_wait (assay_platform_release (fixture->platform, gone->lease->id), &error);
  g_assert_no_error (error);
  open_fixture_control (fixture, "advance-clock", "{'milliseconds': 10000}");
  receipt = submit (fixture->platform, outgoing, &error);
  g_assert_no_error (error);
  node = parse (receipt);
  g_assert_true (assay_json_get_boolean (assay_json_node_object (node), "late", FALSE));

  assert_refused (fixture->platform, released, ASSAY_PLATFORM_ERROR_GONE, ASSAY_DELIVERY_REFUSED);
}

static void
test_withdrawn (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (OpenOutgoing) outgoing = frame_task (fixture, task, "Because.");
  g_autofree char *arguments = g_strdup_printf ("{'task': '%s'}", assay_task_get_id (task->task));
  g_autoptr (GError) error = NULL;

  open_fixture_control (fixture, "withdraw-task", arguments);
  g_assert_null (submit (fixture->platform, outgoing, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_GONE);
  g_assert_nonnull (strstr (error->message, "Work that was begun is paid in full."));
}

static void
test_invalid (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (AssayJudgement) empty = assay_judgement_new (task->task);
  g_autoptr (OpenOutgoing) outgoing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  const AssayPlatformIssue *issue;

  assay_judgement_finalize_submission (empty, 1);
  outgoing = open_outgoing_new (
      assay_platform_frame (fixture->platform, task->task, task->lease, empty, NULL), NULL, NULL);
  g_assert_null (submit (fixture->platform, outgoing, &error));
  g_assert_error (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_REJECTED);
  g_assert_cmpint (assay_platform_error_get_delivery (error), ==, ASSAY_DELIVERY_REFUSED);
  issues = assay_platform_error_list_issues (error);
  g_assert_cmpuint (issues->len, >, 0);
  issue = issues->pdata[0];
  g_assert_true (g_str_has_prefix (issue->pointer, "/judgement/"));
}

static void
test_claim_refused (void)
{
  static const struct
  {
    const char *project;
    int code;
    const char *word;
  } cases[] = {
    { "everyday", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, "acknowledged" },
    { "medical", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, "qualified" },
    { "none", ASSAY_PLATFORM_ERROR_NOT_FOUND, "" },
    { "..", ASSAY_PLATFORM_ERROR_NOT_FOUND, "" },
  };
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_fixture_wait_object (
          assay_platform_claim (fixture->platform, cases[i].project, 1, "key"), &error));
      g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

static void
test_paused (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  g_autoptr (OpenOutgoing) outgoing =
      frame_task (fixture, assay_page_get_tasks (page)->pdata[0], "Because.");
  g_autoptr (GError) error = NULL;

  open_fixture_control (fixture, "set-maintenance", "{'on': true}");
  assert_refused (fixture->platform, outgoing, ASSAY_PLATFORM_ERROR_RATE_LIMITED,
                  ASSAY_DELIVERY_NOT_PROCESSED);
  open_fixture_control (fixture, "set-maintenance", "{'on': false}");
  open_fixture_control (fixture, "set-rate", "{'requests': 1, 'seconds': 60}");
  g_free (submit (fixture->platform, outgoing, &error));
  g_assert_no_error (error);
  assert_refused (fixture->platform, outgoing, ASSAY_PLATFORM_ERROR_RATE_LIMITED,
                  ASSAY_DELIVERY_NOT_PROCESSED);
}

/* Answers that the reference server never gives */

typedef struct
{
  OpenFake *fake;          /* (owned) */
  AssayHttp *http;         /* (owned) */
  AssayPlatform *platform; /* (owned) */
} Stand;

static Stand *
stand_new (void)
{
  Stand *self = g_new0 (Stand, 1);
  g_autofree char *secret = assay_open_secret_new_for_token ("a-token-to-hide");
  g_autoptr (GError) error = NULL;

  self->fake = open_fake_new (NULL);
  self->http = assay_http_new ();
  self->platform = open_fake_new_platform (self->fake, self->http, secret);
  g_assert_true (open_fixture_wait (assay_platform_check (self->platform), &error));
  g_assert_no_error (error);
  open_fake_clear_requests (self->fake);
  return self;
}

static void
stand_free (Stand *self)
{
  g_clear_object (&self->platform);
  g_clear_object (&self->http);
  g_clear_pointer (&self->fake, open_fake_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stand, stand_free)

#define BODY                                                                                         \
  "{\"lease_id\":\"l\",\"form\":{\"id\":\"f\",\"version\":1},\"judgement\":{\"answers\":{\"q\":1}}," \
  "\"client\":{\"name\":\"Assay\",\"version\":\"1\"}}"
#define RECORD                                                                                     \
  "{'id':'" SUBMISSION "','lease_id':'l','form':{'version':1.0,'id':'f'},"                         \
  "'judgement':{'answers':{'q':1}},'state':'received','late':false,'counted':true,"                \
  "'editable_until':null}"
#define OTHER_RECORD                                                                               \
  "{'id':'" SUBMISSION "','lease_id':'l','form':{'version':1,'id':'f'},"                           \
  "'judgement':{'answers':{'q':2}},'state':'received','late':false,'counted':true,"                \
  "'editable_until':null}"
#define DIFFERS "{'type':'https://x/submission-differs','title':'Differs','status':409}"
#define STALE "{'type':'https://x/precondition-failed','title':'Stale','status':412}"

static OpenOutgoing *
new_outgoing (const char *kind, const char *target, const char *submission, const char *first)
{
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));

  return open_outgoing_new (assay_frame_new (kind, "PUT", target, body), submission, first);
}

static OpenOutgoing *
new_judgement (const char *first)
{
  return new_outgoing (ASSAY_FRAME_KIND_JUDGEMENT, "/submissions/" ASSAY_FRAME_SUBMISSION,
                       first != NULL ? NULL : SUBMISSION, first);
}

/* An answer that means yes and names something else proves nothing. */
static void
test_no_receipt (void)
{
  static const struct
  {
    const char *kind;
    const char *target;
    const char *answer;
  } cases[] = {
    { "judgement", "/submissions/" SUBMISSION, "{}" },
    { "judgement", "/submissions/" SUBMISSION, "[]" },
    { "judgement", "/submissions/" SUBMISSION, "{'id':'another'}" },
    { "judgement", "/submissions/" SUBMISSION, "{'id':7}" },
    { "skip", "/leases/l/skip", "{'id':'l','state':'held'}" },
    { "skip", "/leases/l/skip", "{'id':'m','state':'skipped'}" },
    { "acknowledgement", "/guidelines/g/3/ack", "{'id':'g','version':2}" },
    { "acknowledgement", "/guidelines/g/3/ack", "{'id':'h','version':3}" },
    { "dispute", "/feedback/f/dispute", "{'id':'f'}" },
    { "dispute", "/feedback/f/dispute", "{'id':'g','dispute':{'text':'No.','state':'open'}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Stand) stand = stand_new ();
      g_autoptr (OpenOutgoing) outgoing =
          new_outgoing (cases[i].kind, cases[i].target, SUBMISSION, NULL);

      open_fake_say (stand->fake, "PUT", cases[i].target, 200, cases[i].answer, NULL);
      assert_refused (stand->platform, outgoing, ASSAY_PLATFORM_ERROR_PROTOCOL,
                      ASSAY_DELIVERY_UNKNOWN);
    }
}

static void
test_receipts (void)
{
  static const struct
  {
    const char *kind;
    const char *target;
    const char *answer;
    const char *receipt;
  } cases[] = {
    { "judgement", "/submissions/" SUBMISSION, RECORD, NULL },
    { "skip", "/leases/l/skip", "{'id':'l','state':'skipped'}",
      "{\"id\":\"l\",\"state\":\"skipped\"}" },
    { "acknowledgement", "/guidelines/g/3/ack", "{'id':'g','version':3,'acknowledged_at':'now'}",
      "{\"id\":\"g\",\"version\":3,\"acknowledged_at\":\"now\"}" },
    { "dispute", "/feedback/f/dispute", "{'id':'f','dispute':{'text':'No.','state':'open'}}",
      "{\"id\":\"f\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Stand) stand = stand_new ();
      g_autoptr (OpenOutgoing) outgoing =
          new_outgoing (cases[i].kind, cases[i].target, SUBMISSION, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *receipt = NULL;
      const OpenFakeRequest *request;

      open_fake_say (stand->fake, "PUT", cases[i].target, 200, cases[i].answer, NULL);
      receipt = submit (stand->platform, outgoing, &error);
      g_assert_no_error (error);
      if (cases[i].receipt != NULL)
        g_assert_cmpstr (receipt, ==, cases[i].receipt);
      request = open_fake_get_requests (stand->fake)->pdata[0];
      g_assert_cmpstr (request->body, ==, BODY);
      g_assert_cmpstr (request->authorization, ==, "Bearer a-token-to-hide");
      g_assert_null (request->if_match);
    }
}

/* Read back after a conflict. */
static void
test_read_back (void)
{
  g_autoptr (OpenOutgoing) outgoing = new_judgement (NULL);
  g_autoptr (Stand) same = stand_new ();
  g_autoptr (Stand) other = stand_new ();
  g_autoptr (Stand) silent = stand_new ();
  g_autoptr (Stand) refused = stand_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *later = NULL;

  open_fake_say (same->fake, "PUT", "/submissions/" SUBMISSION, 409, DIFFERS, NULL);
  open_fake_say (same->fake, "GET", "/submissions/" SUBMISSION, 200, RECORD, NULL);
  receipt = submit (same->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (receipt, SUBMISSION);

  open_fake_say (other->fake, "PUT", "/submissions/" SUBMISSION, 409, DIFFERS, NULL);
  open_fake_say (other->fake, "GET", "/submissions/" SUBMISSION, 200, OTHER_RECORD, NULL);
  assert_refused (other->platform, outgoing, ASSAY_PLATFORM_ERROR_CONFLICT, ASSAY_DELIVERY_REFUSED);

  /* Nobody can tell yet. */
  open_fake_say (silent->fake, "PUT", "/submissions/" SUBMISSION, 409, DIFFERS, NULL);
  open_fake_drop (silent->fake, "GET", "/submissions/" SUBMISSION);
  assert_refused (silent->platform, outgoing, ASSAY_PLATFORM_ERROR_INTERRUPTED,
                  ASSAY_DELIVERY_UNKNOWN);

  /* A no to what may have arrived before. */
  open_fake_say (refused->fake, "PUT", "/submissions/" SUBMISSION, 409,
                 "{'type':'/lease-expired','title':'Over','status':409}", NULL);
  open_fake_say (refused->fake, "GET", "/submissions/" SUBMISSION, 200, RECORD, NULL);
  assert_refused (refused->platform, outgoing, ASSAY_PLATFORM_ERROR_GONE, ASSAY_DELIVERY_REFUSED);
  outgoing->outgoing.again = TRUE;
  later = submit (refused->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (later, SUBMISSION);
}

static void
test_revision_races (void)
{
  g_autoptr (OpenOutgoing) outgoing = new_judgement (SUBMISSION);
  g_autoptr (Stand) once = stand_new ();
  g_autoptr (Stand) always = stand_new ();
  g_autoptr (Stand) same = stand_new ();
  g_autoptr (Stand) silent = stand_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *as_it_is = NULL;
  const OpenFakeRequest *last;

  open_fake_say (once->fake, "GET", "/submissions/" SUBMISSION, 200, OTHER_RECORD, "ETag", "\"1\"",
                 NULL);
  open_fake_say (once->fake, "GET", "/submissions/" SUBMISSION, 200, OTHER_RECORD, "ETag", "\"2\"",
                 NULL);
  open_fake_say (once->fake, "PUT", "/submissions/" SUBMISSION, 412, STALE, NULL);
  open_fake_say (once->fake, "PUT", "/submissions/" SUBMISSION, 200, RECORD, "ETag", "\"3\"", NULL);
  receipt = submit (once->platform, outgoing, &error);
  g_assert_no_error (error);
  assert_receipt (receipt, SUBMISSION);
  g_assert_cmpuint (open_fake_get_requests (once->fake)->len, ==, 4);
  last = open_fake_get_requests (once->fake)->pdata[3];
  g_assert_cmpstr (last->if_match, ==, "\"2\"");

  open_fake_say (always->fake, "GET", "/submissions/" SUBMISSION, 200, OTHER_RECORD, "ETag",
                 "\"1\"", NULL);
  open_fake_say (always->fake, "PUT", "/submissions/" SUBMISSION, 412, STALE, NULL);
  assert_refused (always->platform, outgoing, ASSAY_PLATFORM_ERROR_CONFLICT,
                  ASSAY_DELIVERY_REFUSED);
  g_assert_cmpuint (open_fake_get_requests (always->fake)->len, ==, 4);

  open_fake_say (same->fake, "GET", "/submissions/" SUBMISSION, 200, RECORD, "ETag", "\"1\"", NULL);
  as_it_is = submit (same->platform, outgoing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open_fake_get_requests (same->fake)->len, ==, 1);

  /* Nothing was sent but a question. */
  open_fake_drop (silent->fake, "GET", "/submissions/" SUBMISSION);
  assert_refused (silent->platform, outgoing, ASSAY_PLATFORM_ERROR_INTERRUPTED,
                  ASSAY_DELIVERY_NOT_SENT);
}

static void
test_problems (void)
{
  static const struct
  {
    guint status;
    const char *answer;
    int code;
    AssayDelivery delivery;
    const char *words;
  } cases[] = {
    { 413, "{'type':'/too-large','title':'Large','status':413}", ASSAY_PLATFORM_ERROR_REJECTED,
      ASSAY_DELIVERY_REFUSED, "1.0" },
    { 422, "{'type':'/form-outdated','title':'Old','status':422}", ASSAY_PLATFORM_ERROR_REJECTED,
      ASSAY_DELIVERY_REFUSED, "questions" },
    { 403, "{'type':'/client-not-allowed','title':'No','status':403}",
      ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_DELIVERY_REFUSED, "browser" },
    { 403, "{'type':'/scope-missing','title':'No','scope':'submissions','status':403}",
      ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_DELIVERY_REFUSED, "Sign in anew" },
    { 400, "{'type':'/malformed','title':'No','status':400}", ASSAY_PLATFORM_ERROR_REJECTED,
      ASSAY_DELIVERY_REFUSED, "fault of Assay" },
    { 409, "{'type':'/not-editable','title':'Fixed','status':409}", ASSAY_PLATFORM_ERROR_CONFLICT,
      ASSAY_DELIVERY_REFUSED, "Fixed" },
    { 403, "{'type':'/something-new','title':'Words of theirs','status':403}",
      ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_DELIVERY_REFUSED, "Words of theirs" },
    { 403, "{}", ASSAY_PLATFORM_ERROR_NOT_ALLOWED, ASSAY_DELIVERY_REFUSED, "" },
    /* What a server that failed says proves nothing. */
    { 500, "{'type':'/lease-expired','title':'Over','status':409}",
      ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_DELIVERY_UNKNOWN, "" },
    { 503, "{'type':'/maintenance','title':'Closed','status':503}",
      ASSAY_PLATFORM_ERROR_SERVER_FAULT, ASSAY_DELIVERY_UNKNOWN, "" },
    { 302, "{}", ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_UNKNOWN, "" },
    { 409, "{'type':'/lease-expired','detail':'Your a-token-to-hide is over','status':409}",
      ASSAY_PLATFORM_ERROR_CONFLICT, ASSAY_DELIVERY_REFUSED, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Stand) stand = stand_new ();
      g_autoptr (OpenOutgoing) outgoing = new_judgement (NULL);
      g_autoptr (GError) error = NULL;

      open_fake_say (stand->fake, "PUT", "/submissions/" SUBMISSION, cases[i].status,
                     cases[i].answer, NULL);
      g_assert_null (submit (stand->platform, outgoing, &error));
      g_test_message ("%u: %s", cases[i].status, error->message);
      g_assert_error (error, ASSAY_PLATFORM_ERROR, cases[i].code);
      g_assert_cmpint (assay_platform_error_get_delivery (error), ==, cases[i].delivery);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "a-token-to-hide"));
      g_assert_cmpuint (assay_platform_error_get_status (error), ==, cases[i].status);
    }
}

/* A platform that is not found is not one that refuses. */
static void
test_nobody_there (void)
{
  g_autoptr (OpenFake) fake = open_fake_new (NULL);
  g_autoptr (AssayHttp) http = assay_http_new ();
  g_autoptr (AssayPlatform) platform = open_fake_new_platform (fake, http, NULL);
  g_autoptr (OpenOutgoing) outgoing = new_judgement (NULL);

  open_fake_forget (fake, "GET", "//.well-known/evaluator-platform");
  assert_refused (platform, outgoing, ASSAY_PLATFORM_ERROR_NOT_FOUND, ASSAY_DELIVERY_NOT_SENT);
  outgoing->outgoing.again = TRUE;
  assert_refused (platform, outgoing, ASSAY_PLATFORM_ERROR_NOT_FOUND, ASSAY_DELIVERY_UNKNOWN);
}

/* What is framed and has no place there. */
static void
test_other_frames (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPlatform) unknown = open_fixture_new_platform (fixture, NULL);
  g_autoptr (AssayFrame) frame = NULL;
  g_autoptr (AssayFrame) dispute = NULL;
  g_autoptr (AssayFrame) strange = NULL;
  g_autoptr (OpenOutgoing) outgoing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (assay_platform_frame_acknowledgement (unknown, OPEN_ACCOUNT "/g", 1));
  g_assert_null (assay_platform_frame_dispute (unknown, "f", "No."));
  g_assert_true (open_fixture_wait (assay_platform_check (fixture->platform), &error));
  frame = assay_platform_frame_acknowledgement (fixture->platform, OPEN_ACCOUNT "/a/b?", 2);
  g_assert_cmpstr (frame->target, ==, "/guidelines/a%2Fb%3F/2/ack");
  dispute = assay_platform_frame_dispute (fixture->platform, "f 1", "No.");
  g_assert_cmpstr (dispute->target, ==, "/feedback/f%201/dispute");
  g_assert_cmpstr (dispute->kind, ==, ASSAY_FRAME_KIND_DISPUTE);
  g_assert_null (assay_platform_frame_dispute (fixture->platform, "..", "No."));

  outgoing = new_outgoing ("something", "/somewhere/1", SUBMISSION, NULL);
  assert_refused (fixture->platform, outgoing, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
                  ASSAY_DELIVERY_REFUSED);
}

/* Drafts */

static void
test_drafts (void)
{
  g_autoptr (OpenFixture) fixture = open_fixture_new (1);
  g_autoptr (AssayPage) page = open_fixture_claim (fixture, "open", 1);
  AssayPageTask *task = assay_page_get_tasks (page)->pdata[0];
  g_autoptr (JsonNode) draft =
      parse ("{\"judgement\":{\"rationale\":\"Per\"},\"device\":\"Desk\"}");
  g_autoptr (AssayRemoteDraft) kept = NULL;
  g_autoptr (AssayRemoteDraft) loaded = NULL;
  g_autoptr (AssayRemoteDraft) newer = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) conflict = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (open_fixture_wait_boxed (
      assay_platform_load_draft (fixture->platform, task->lease->id), &none));
  g_assert_error (none, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_FOUND);
  kept = open_fixture_wait_boxed (
      assay_platform_save_draft (fixture->platform, task->lease->id, draft, NULL), &error);
  g_assert_no_error (error);
  g_assert_null (kept->judgement);
  loaded = open_fixture_wait_boxed (assay_platform_load_draft (fixture->platform, task->lease->id),
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->etag, ==, kept->etag);
  g_assert_cmpstr (loaded->device, ==, "Desk");
  g_assert_cmpint (loaded->updated_at, >, 0);
  g_assert_cmpstr (assay_json_get_string (assay_json_node_object (loaded->judgement), "rationale"),
                   ==, "Per");

  json_object_set_string_member (assay_json_node_object (draft), "device", "Lap");
  newer = open_fixture_wait_boxed (
      assay_platform_save_draft (fixture->platform, task->lease->id, draft, kept->etag), &error);
  g_assert_no_error (error);
  g_assert_null (open_fixture_wait_boxed (
      assay_platform_save_draft (fixture->platform, task->lease->id, draft, kept->etag),
      &conflict));
  g_assert_error (conflict, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_CONFLICT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/platforms/open/submit/repeated", test_repeated);
  g_test_add_func ("/platforms/open/submit/repeat-is-conflict", test_repeat_is_conflict);
  g_test_add_func ("/platforms/open/submit/revised", test_revised);
  g_test_add_func ("/platforms/open/submit/skipped", test_skipped);
  g_test_add_func ("/platforms/open/submit/without-lease", test_without_lease);
  g_test_add_func ("/platforms/open/submit/expired", test_expired);
  g_test_add_func ("/platforms/open/submit/withdrawn", test_withdrawn);
  g_test_add_func ("/platforms/open/submit/invalid", test_invalid);
  g_test_add_func ("/platforms/open/submit/claim-refused", test_claim_refused);
  g_test_add_func ("/platforms/open/submit/paused", test_paused);
  g_test_add_func ("/platforms/open/submit/no-receipt", test_no_receipt);
  g_test_add_func ("/platforms/open/submit/receipts", test_receipts);
  g_test_add_func ("/platforms/open/submit/read-back", test_read_back);
  g_test_add_func ("/platforms/open/submit/revision-races", test_revision_races);
  g_test_add_func ("/platforms/open/submit/problems", test_problems);
  g_test_add_func ("/platforms/open/submit/nobody-there", test_nobody_there);
  g_test_add_func ("/platforms/open/submit/other-frames", test_other_frames);
  g_test_add_func ("/platforms/open/submit/drafts", test_drafts);

  return g_test_run ();
}
