/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person's work at a platform asks of the network, each against each thing that can go wrong
 * with it: the engine with its store stands before the server that breaks everything, and behind
 * that is the reference server. After each: no critical, the right state, a sentence, nothing lost;
 * and when the network is good again, everything comes to its end, each submission once.
 *
 * One fault of each class is taken for each operation; ASSAY_TEST_LONG=1 takes all. What is
 * reached is printed as a table. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "fault-lines.h"
#include "http-fixture.h"
#include "matrix-fixture.h"

/* Until it is disarmed: a list that cannot be read is asked for again in smaller parts, and what
 * leads to itself is followed. */
#define ALWAYS 1000
/* Of which the table has a column. */
static const guint classes[] = { 5, 9, 11, 12, 14, 15, 16, 17, 18, 21, 22 };

typedef enum
{
  PULL,    /* a round after signing in anew */
  REFRESH, /* a round whose token is spent */
  ROUND,   /* what a round does of itself */
  CALL,    /* what somebody waits for */
  OUTBOX,  /* what must arrive */
} Way;

/* What struck and what is done about it. */
typedef struct
{
  Matrix *matrix;
  const FaultLine *line;
  gint64 row;
  char *subject;
  int version;
  guint counter;
  const char *state; /* what was reached */
} Case;

typedef struct
{
  const char *name;
  Way way;
  const char *method;
  const char *part;
  /* Until it is next. */
  void (*prepare) (Case *self);
  /* CALL: the future. OUTBOX: queues it. */
  DexFuture *(*begin) (Case *self);
  /* Where the reference server has it. */
  guint (*count_done) (Case *self);
  /* A refusal of it is lived with: the round goes on. */
  gboolean tolerates_refusal;
} Operation;

/* Operations */

static void
prepare_listing (Case *self)
{
  matrix_forget_changes (self->matrix);
}

static void
prepare_tokens (Case *self)
{
  matrix_sign_in_with_tokens (self->matrix);
  matrix_run_well (self->matrix);
  matrix_spend_access (self->matrix);
}

static void
prepare_task (Case *self)
{
  self->row = matrix_claim (self->matrix);
}

static DexFuture *
begin_claim (Case *self)
{
  return assay_account_sync_claim (self->matrix->sync, self->matrix->project, 1);
}

static DexFuture *
begin_release (Case *self)
{
  return assay_account_sync_release (self->matrix->sync, self->row);
}

static void
prepare_renewal (Case *self)
{
  matrix_let_end_soon (self->matrix);
}

static DexFuture *
begin_load_draft (Case *self)
{
  return matrix_load_draft (self->matrix);
}

static DexFuture *
begin_save_draft (Case *self)
{
  return matrix_save_draft (self->matrix);
}

static void
prepare_saved_draft (Case *self)
{
  matrix_settle_draft (self->matrix);
}

static DexFuture *
begin_submit (Case *self)
{
  return matrix_judge (self->matrix, self->row, FALSE);
}

static DexFuture *
begin_skip (Case *self)
{
  return matrix_judge (self->matrix, self->row, TRUE);
}

static guint
count_submitted (Case *self)
{
  return matrix_count_in_ledger (self->matrix, self->row);
}

static guint
count_skipped (Case *self)
{
  return matrix_count_leases (self->matrix, self->row, "skipped");
}

static void
prepare_revision (Case *self)
{
  self->row = matrix_claim (self->matrix);
  matrix_finish (self->matrix, matrix_judge (self->matrix, self->row, FALSE));
  matrix_wait_sent (self->matrix, self->row);
  test_await (assay_store_reopen (self->matrix->test->store, self->row));
}

static void
prepare_guideline (Case *self)
{
  g_clear_pointer (&self->subject, g_free);
  self->version = matrix_publish_guideline (self->matrix, &self->subject);
}

static DexFuture *
begin_acknowledge (Case *self)
{
  return assay_engine_acknowledge (self->matrix->engine, matrix_get_account (self->matrix),
                                   self->subject, self->version);
}

static guint
count_acknowledged (Case *self)
{
  return (guint) assay_server_state_query_int (self->matrix->state,
                                               "SELECT count(*) FROM ack WHERE version = ?1", "i",
                                               (gint64) self->version);
}

static void
prepare_feedback (Case *self)
{
  g_clear_pointer (&self->subject, g_free);
  self->row = matrix_claim (self->matrix);
  matrix_finish (self->matrix, matrix_judge (self->matrix, self->row, FALSE));
  matrix_wait_sent (self->matrix, self->row);
  self->subject = matrix_reject (self->matrix, self->row);
}

static DexFuture *
begin_dispute (Case *self)
{
  return assay_engine_dispute (self->matrix->engine, matrix_get_account (self->matrix),
                               self->subject, "It says what was asked for.");
}

static guint
count_disputed (Case *self)
{
  return (guint) assay_server_state_query_int (
      self->matrix->state,
      "SELECT count(*) FROM feedback WHERE id = ?1 AND body ->> '$.dispute.text' IS NOT NULL", "s",
      self->subject);
}

static const Operation operations[] = {
  { "discovery", PULL, "GET", "/.well-known/", prepare_listing },
  { "me", PULL, "GET", "/me", prepare_listing },
  { "changes", PULL, "GET", "/changes", NULL },
  { "projects", PULL, "GET", "/projects", prepare_listing },
  { "form", PULL, "GET", "/forms/", prepare_listing, NULL, NULL, TRUE },
  { "guideline", PULL, "GET", "/guidelines/", prepare_listing, NULL, NULL, TRUE },
  { "leases", PULL, "GET", "/leases?", prepare_listing },
  { "feedback", PULL, "GET", "/feedback", prepare_listing },
  { "refresh", REFRESH, "POST", "/oauth/token", prepare_tokens },
  { "renew", ROUND, "POST", "/renew", prepare_renewal, NULL, NULL, TRUE },
  { "claim", CALL, "POST", "/leases", NULL, begin_claim },
  { "release", CALL, "DELETE", "/leases/", prepare_task, begin_release },
  { "save draft", CALL, "PUT", "/draft", prepare_saved_draft, begin_save_draft },
  { "load draft", CALL, "GET", "/draft", prepare_saved_draft, begin_load_draft },
  { "submit", OUTBOX, "PUT", "/submissions/", prepare_task, begin_submit, count_submitted },
  { "skip", OUTBOX, "PUT", "/skip", prepare_task, begin_skip, count_skipped },
  { "revise", OUTBOX, "PUT", "/submissions/", prepare_revision, begin_submit, NULL },
  { "acknowledge", OUTBOX, "PUT", "/ack", prepare_guideline, begin_acknowledge,
    count_acknowledged },
  { "dispute", OUTBOX, "PUT", "/dispute", prepare_feedback, begin_dispute, count_disputed },
};

/* What was reached. */
static char *cells[G_N_ELEMENTS (operations)][G_N_ELEMENTS (classes)];

/* What is right */

static AssayAccountState
judge_code (int code)
{
  switch (code)
    {
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
      return ASSAY_ACCOUNT_OFFLINE;
    case ASSAY_PLATFORM_ERROR_SIGNED_OUT:
      return ASSAY_ACCOUNT_SIGNED_OUT;
    default:
      return ASSAY_ACCOUNT_FAILING;
    }
}

static const char *
name_account_state (AssayAccountState state)
{
  static const char *const names[] = { "starting", "online",  "offline", "signed-out",
                                       "insecure", "failing", "paused" };

  return names[state];
}

static gboolean
is_refused (const FaultLine *line)
{
  return line->delivery == ASSAY_DELIVERY_REFUSED;
}

/* In bytes, or in what is in them. */
static gboolean
is_too_large (const FaultLine *line)
{
  static const char *const faults[] = { "endless", "gzip-bomb", "json-deep", "json-nodes", NULL };

  return g_strv_contains (faults, line->fault);
}

static void
check_round (const Operation *operation, Case *self)
{
  const FaultLine *line = self->line;
  AssayAccountState state = assay_account_sync_get_state (self->matrix->sync);
  const char *message = assay_account_sync_get_message (self->matrix->sync);
  gboolean reads = g_str_equal (operation->method, "GET");
  int code = reads ? line->get : line->put;

  self->state = name_account_state (state);
  if (state != ASSAY_ACCOUNT_ONLINE)
    {
      g_assert_nonnull (message);
      g_assert_cmpstr (message, !=, "");
    }
  /* Another is not who the account is of. */
  if (g_str_equal (operation->name, "me") && g_str_equal (line->fault, "other-receipt"))
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_SIGNED_OUT);
  /* What came as it should be may be what it must not be. */
  else if (code == HTTP_ANSWERED)
    g_assert_true (state == ASSAY_ACCOUNT_ONLINE || state == ASSAY_ACCOUNT_FAILING);
  else if (operation->tolerates_refusal && is_refused (line))
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
  /* What may not be seen is not there. */
  else if (g_str_equal (operation->name, "feedback")
           && (code == ASSAY_PLATFORM_ERROR_NOT_ALLOWED || code == ASSAY_PLATFORM_ERROR_NOT_FOUND))
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
  /* What is too large even by itself is left out. */
  else if (g_str_equal (operation->name, "leases") && is_too_large (line))
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
  /* A place in a list that is not known any more is none: it is read from its beginning. */
  else if ((g_str_equal (operation->name, "changes") || g_str_equal (operation->name, "feedback"))
           && code == ASSAY_PLATFORM_ERROR_GONE)
    g_assert_cmpint (state, ==, ASSAY_ACCOUNT_ONLINE);
  else
    g_assert_cmpint (state, ==, judge_code (code));
}

static guint
count_strikes (const Operation *operation, const FaultLine *line)
{
  return g_str_equal (operation->method, "GET") && line->get == ASSAY_PLATFORM_ERROR_PROTOCOL
             ? ALWAYS
             : 1;
}

static void
arm (const Operation *operation, Case *self)
{
  matrix_arm (self->matrix, operation->method, operation->part, self->line,
              count_strikes (operation, self->line));
}

static gboolean
is_identity (const Operation *operation)
{
  return g_str_equal (operation->name, "discovery") || g_str_equal (operation->name, "me");
}

static void
run_pull (const Operation *operation, Case *self)
{
  /* Signing in asks who is there itself, and begins the round in which all else is asked for. */
  if (!is_identity (operation))
    arm (operation, self);
  matrix_sign_in (self->matrix);
  if (is_identity (operation))
    arm (operation, self);
  matrix_wait_idle (self->matrix);
  g_assert_cmpuint (fault_server_get_n_struck (self->matrix->front), >, 0);
  check_round (operation, self);
  matrix_disarm (self->matrix);
  matrix_forget_changes (self->matrix);
  matrix_run_well (self->matrix);
}

/* A token that is refused is asked for once more where the first answer may have been lost. If the
 * server gave one that was lost, it takes the second request for a theft, and the person signs in.
 */
static AssayAccountState
expect_refresh (const FaultLine *line)
{
  switch (line->delivery)
    {
    case ASSAY_DELIVERY_UNKNOWN:
      return line->commits > 0 ? ASSAY_ACCOUNT_SIGNED_OUT : ASSAY_ACCOUNT_ONLINE;
    case ASSAY_DELIVERY_SIGNED_OUT:
      return ASSAY_ACCOUNT_SIGNED_OUT;
    /* 400 says that the grant is worth nothing (RFC 6749, 5.2), and 403 is no kinder. */
    case ASSAY_DELIVERY_REFUSED:
      return g_str_equal (line->fault, "400") || g_str_equal (line->fault, "403")
                 ? ASSAY_ACCOUNT_SIGNED_OUT
                 : ASSAY_ACCOUNT_FAILING;
    default:
      return ASSAY_ACCOUNT_FAILING;
    }
}

static void
run_refresh (const Operation *operation, Case *self)
{
  AssayAccountState state;
  const char *message;

  arm (operation, self);
  matrix_run (self->matrix);
  g_assert_cmpuint (fault_server_get_n_struck (self->matrix->front), >, 0);
  state = assay_account_sync_get_state (self->matrix->sync);
  message = assay_account_sync_get_message (self->matrix->sync);
  self->state = name_account_state (state);
  if (state != ASSAY_ACCOUNT_ONLINE)
    g_assert_cmpstr (message, !=, NULL);
  if (self->line->put != HTTP_ANSWERED)
    g_assert_cmpint (state, ==, expect_refresh (self->line));
  matrix_disarm (self->matrix);
  if (state == ASSAY_ACCOUNT_SIGNED_OUT)
    matrix_sign_in (self->matrix);
  matrix_run_well (self->matrix);
}

static void
run_round (const Operation *operation, Case *self)
{
  gint64 left = matrix_count_renewals (self->matrix);

  arm (operation, self);
  matrix_run (self->matrix);
  g_assert_cmpuint (fault_server_get_n_struck (self->matrix->front), >, 0);
  check_round (operation, self);
  matrix_disarm (self->matrix);
  if (is_refused (self->line))
    matrix_let_end_soon (self->matrix);
  matrix_run_well (self->matrix);
  /* Once, however often it was asked for. */
  g_assert_cmpint (matrix_count_renewals (self->matrix), ==, left - 1);
  g_assert_false (matrix_ends_soon (self->matrix));
}

static int
expect_code (const Operation *operation, const FaultLine *line)
{
  if (g_str_equal (operation->method, "GET"))
    return line->get;
  /* It waits for a body, and there is none. */
  if (g_str_equal (operation->method, "DELETE") && g_str_equal (line->fault, "reset-in-body"))
    return line->get;
  return line->put;
}

static void
run_call (const Operation *operation, Case *self)
{
  const FaultLine *line = self->line;
  int code = expect_code (operation, line);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  arm (operation, self);
  ok = matrix_settle (operation->begin (self), &error);
  g_assert_cmpuint (fault_server_get_n_struck (self->matrix->front), >, 0);
  self->state = ok ? "done" : assay_platform_error_to_string ((AssayPlatformError) error->code);
  if (!ok)
    {
      g_assert_cmpuint (error->domain, ==, ASSAY_PLATFORM_ERROR);
      g_assert_cmpstr (error->message, !=, "");
    }
  if (code == HTTP_ANSWERED)
    g_assert_true (ok || error->code == ASSAY_PLATFORM_ERROR_PROTOCOL);
  /* Nobody holds what is not there. */
  else if (g_str_equal (operation->name, "release")
           && (code == ASSAY_PLATFORM_ERROR_NOT_FOUND || code == ASSAY_PLATFORM_ERROR_GONE))
    g_assert_true (ok);
  else
    g_assert_error (error, ASSAY_PLATFORM_ERROR, code);
  matrix_disarm (self->matrix);
  g_clear_error (&error);
  if (!ok && g_str_equal (operation->name, "save draft"))
    matrix_settle_draft (self->matrix);
  if (!ok)
    {
      matrix_settle (operation->begin (self), &error);
      g_assert_no_error (error);
    }
  matrix_forget_changes (self->matrix);
  matrix_run_well (self->matrix);
}

static AssayOutboxState
expect_row (const FaultLine *line)
{
  switch (line->delivery)
    {
    case ASSAY_DELIVERY_REFUSED:
      return ASSAY_OUTBOX_REFUSED;
    case ASSAY_DELIVERY_SIGNED_OUT:
    case ASSAY_DELIVERY_NOT_PROCESSED:
    case ASSAY_DELIVERY_NOT_SENT:
      return ASSAY_OUTBOX_QUEUED;
    default:
      return ASSAY_OUTBOX_UNKNOWN;
    }
}

static void
run_outbox (const Operation *operation, Case *self)
{
  Matrix *matrix = self->matrix;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (AssayOutboxItem) again = NULL;
  AssayOutboxState state;

  /* Nothing leaves before it is known what it is. */
  assay_outbox_worker_stop (matrix->worker);
  matrix_finish (matrix, operation->begin (self));
  item = matrix_get_newest (matrix);
  arm (operation, self);
  matrix_send_once (matrix);
  state = matrix_get_row_state (matrix, item);
  self->state = assay_outbox_state_to_string (state);
  g_assert_cmpint (state, ==, expect_row (self->line));
  matrix_check_words (matrix, item, state);
  if (self->line->delivery == ASSAY_DELIVERY_SIGNED_OUT)
    g_assert_cmpint (assay_account_sync_get_state (matrix->sync), ==, ASSAY_ACCOUNT_SIGNED_OUT);
  else
    g_assert_cmpint (assay_account_sync_get_state (matrix->sync), ==, ASSAY_ACCOUNT_ONLINE);
  if (operation->count_done != NULL)
    g_assert_cmpuint (operation->count_done (self), ==, self->line->commits);

  matrix_disarm (matrix);
  if (state == ASSAY_OUTBOX_REFUSED)
    {
      if (assay_outbox_item_get_task_row (item) != 0)
        matrix_take_back (matrix, item);
      matrix_finish (matrix, operation->begin (self));
      again = matrix_get_newest (matrix);
      g_assert_cmpstr (assay_outbox_item_get_submission (again), !=,
                       assay_outbox_item_get_submission (item));
    }
  matrix_send_all (matrix);
  g_assert_cmpint (matrix_get_row_state (matrix, again != NULL ? again : item), ==,
                   ASSAY_OUTBOX_ACCEPTED);
  if (operation->count_done != NULL)
    g_assert_cmpuint (operation->count_done (self), ==, 1);
  if (g_str_equal (assay_outbox_item_get_kind (item), ASSAY_FRAME_KIND_JUDGEMENT))
    matrix_check_ledger (matrix, again != NULL ? again : item);
  matrix_run_well (matrix);
}

static void
run_case (const Operation *operation, Case *self)
{
  g_test_message ("%s × %s", operation->name, self->line->fault);
  matrix_wait_idle (self->matrix);
  if (operation->prepare != NULL)
    operation->prepare (self);
  matrix_wait_idle (self->matrix);
  switch (operation->way)
    {
    case PULL:
      run_pull (operation, self);
      break;
    case REFRESH:
      run_refresh (operation, self);
      break;
    case ROUND:
      run_round (operation, self);
      break;
    case CALL:
      run_call (operation, self);
      break;
    case OUTBOX:
    default:
      run_outbox (operation, self);
    }
  matrix_check (self->matrix);
}

static void
note_cell (char **cell, const char *state)
{
  g_autofree char *before = *cell;

  if (before != NULL && strstr (before, state) != NULL)
    *cell = g_steal_pointer (&before);
  else
    *cell = before != NULL ? g_strconcat (before, "/", state, NULL) : g_strdup (state);
}

/* Which of the class is taken where not all are: another one for each operation. */
static gboolean
is_taken (const Operation *operation, const FaultLine *line)
{
  guint index = 0;
  guint n = 0;

  if (line->number == 0)
    return FALSE;
  if (g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0
      || (operation->way == OUTBOX && g_str_equal (line->fault, "commit-close")))
    return TRUE;
  for (const FaultLine *other = fault_lines; other->fault != NULL; other++)
    if (other->number == line->number)
      {
        index = other == line ? n : index;
        n++;
      }
  return (guint) (operation - operations) % n == index;
}

static void
test_operation (gconstpointer data)
{
  const Operation *operation = data;
  Matrix *matrix = matrix_new ();
  const char *only = g_getenv ("ASSAY_MATRIX_FAULT");

  for (const FaultLine *line = fault_lines; line->fault != NULL; line++)
    {
      Case one = { .matrix = matrix, .line = line };

      if (only != NULL ? !g_str_equal (only, line->fault) : !is_taken (operation, line))
        continue;
      run_case (operation, &one);
      for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
        if (classes[i] == line->number)
          note_cell (&cells[operation - operations][i], one.state);
      g_free (one.subject);
    }
  matrix_free (matrix);
}

static void
print_table (void)
{
  g_autoptr (GString) head = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_string_append_printf (head, " %-12u", classes[i]);
  g_print ("Columns: the line of the fault list with which a class begins. The lines 1 to 4, 10"
           " and 26 to 28 are below all operations: test-http-tls, -connections, -redirects.\n");
  g_print ("%-12s%s\n", "", head->str);
  for (guint k = 0; k < G_N_ELEMENTS (operations); k++)
    {
      g_autoptr (GString) row = g_string_new (NULL);

      for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
        {
          g_string_append_printf (row, " %-12s", cells[k][i] != NULL ? cells[k][i] : "-");
          g_clear_pointer (&cells[k][i], g_free);
        }
      g_print ("%-12s%s\n", operations[k].name, row->str);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/matrix/", operations[i].name, NULL);

      g_strdelimit (path, " ", '-');
      g_test_add_data_func (path, &operations[i], test_operation);
    }
  status = g_test_run ();
  print_table ();
  return status;
}
