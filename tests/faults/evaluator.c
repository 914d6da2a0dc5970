/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An evaluator without a screen: signs in, claims, judges and submits whatever comes, until so many
 * judgements are accepted, in an ordinary profile and with everything that is below the interface.
 * It may be killed at any moment and started again.
 *
 *   evaluator PROFILE ADDRESS TOKEN N
 *
 * Says a line for each thing that the interface would have acknowledged:
 *
 *   draft ROW RATIONALE      it is on the disk
 *   submitted ID             it waits to be sent
 *   done                     N are accepted and nothing waits; the store is closed */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assay-check-answers.h"
#include "assay-draft-keeper.h"
#include "assay-engine.h"
#include "assay-json.h"
#include "assay-open-platform.h"

#define CLAIM_AHEAD 20
#define N_DRAFTS 5
/* Between two looks at what there is to do. */
#define PAUSE_MS 50

typedef struct
{
  GMainLoop *loop;
  const char *profile;
  const char *address;
  const char *token;
  guint n_wanted;

  AssayStore *store;         /* (owned) (nullable) */
  AssayOutboxWorker *worker; /* (owned) (nullable) */
  AssayEngine *engine;       /* (owned) (nullable) */
  AssayAccountSync *account; /* (nullable) of the engine */
  guint n_drafts;
} Evaluator;

/* Every acknowledged thing is out before anything else happens. */
static void
say (const char *what, const char *value)
{
  if (value != NULL)
    printf ("%s %s\n", what, value);
  else
    printf ("%s\n", what);
  fflush (stdout);
}

static void
fail (const char *what, const GError *error)
{
  fprintf (stderr, "evaluator: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (EXIT_FAILURE);
}

static void
pause_a_moment (void)
{
  dex_await (dex_timeout_new_msec (PAUSE_MS), NULL);
}

static const char *
get_account_id (Evaluator *self)
{
  return assay_account_get_id (assay_account_sync_get_account (self->account));
}

/* The network is bad: it is tried until it works. */
static void
add_account (Evaluator *self)
{
  g_autofree char *secret = assay_open_secret_new_for_token (self->token);
  g_autoptr (AssayAccountSync) first = NULL;

  while (g_list_model_get_n_items (G_LIST_MODEL (self->engine)) == 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayAccountSync) added =
          dex_await_object (assay_engine_add (self->engine, self->address, NULL, secret, TRUE),
                            &error);

      if (added == NULL && error->domain != ASSAY_PLATFORM_ERROR)
        fail ("the account cannot be added", error);
      if (added == NULL)
        pause_a_moment ();
    }
  first = g_list_model_get_item (G_LIST_MODEL (self->engine), 0);
  self->account = first;
}

/* The secret was in the memory of the one that was killed. */
static void
sign_in (Evaluator *self)
{
  g_autofree char *secret = assay_open_secret_new_for_token (self->token);

  if (assay_account_sync_get_state (self->account) == ASSAY_ACCOUNT_SIGNED_OUT)
    dex_await (assay_engine_sign_in (self->engine, get_account_id (self), secret, TRUE), NULL);
}

/* Nobody claims where a guideline waits to be read. */
static void
acknowledge (Evaluator *self, AssayProject *project)
{
  int version;
  g_autofree char *id = assay_project_dup_guideline_id (project, &version);
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *said;

  if (id == NULL)
    return;
  json = dex_await_string (assay_store_get_guideline_terms (self->store, id, version), NULL);
  node = json != NULL ? assay_json_parse (json, -1, NULL) : NULL;
  said = node != NULL ? assay_json_node_object (node) : NULL;
  if (said == NULL || !assay_json_get_boolean (said, "must_acknowledge", FALSE)
      || assay_json_get_boolean (said, "acknowledged", FALSE))
    return;
  if (dex_await (assay_engine_acknowledge (self->engine, get_account_id (self), id, version), NULL))
    dex_await (assay_store_acknowledge_guideline (self->store, id, version), NULL);
}

static void
ask_for_work (Evaluator *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects =
      dex_await_boxed (assay_store_list_projects (self->store), &error);

  if (projects == NULL)
    fail ("the projects cannot be listed", error);
  for (guint i = 0; i < projects->len; i++)
    {
      AssayProject *project = g_ptr_array_index (projects, i);
      JsonObject *settings = assay_project_get_settings (project);

      acknowledge (self, project);
      if (assay_json_get_int (settings, ASSAY_PROJECT_SETTING_AHEAD, 0) == CLAIM_AHEAD)
        continue;
      json_object_set_int_member (settings, ASSAY_PROJECT_SETTING_AHEAD, CLAIM_AHEAD);
      if (!dex_await_int64 (assay_store_save_project (self->store, project), &error))
        fail ("a project cannot be saved", error);
    }
}

static GBytes *
dup_draft (AssayJudgement *judgement)
{
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (judgement);
  char *text = assay_json_to_string (node);

  return g_bytes_new_take (text, strlen (text));
}

/* FALSE: this one is not to be judged now. */
static gboolean
judge (Evaluator *self, gint64 row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayOpenTask) open =
      dex_await_object (assay_store_load_task (self->store, row), &error);
  g_autoptr (AssayDraftKeeper) keeper = NULL;
  g_autoptr (AssayJudgement) final = NULL;
  g_autoptr (AssayOutboxItem) item = NULL;
  g_autoptr (GBytes) draft = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *rationale = g_strdup_printf (
      "Task %" G_GINT64_FORMAT ": one of them says what was asked for, the other does not.", row);
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT " %s", row, rationale);
  g_autofree char *left = NULL;
  AssayJudgement *judgement;
  const AssayLease *lease;

  if (open == NULL)
    return FALSE;
  judgement = assay_open_task_get_judgement (open);
  lease = assay_open_task_get_lease (open);
  if (lease == NULL || !assay_lease_is_held (lease, g_get_real_time ()))
    return FALSE;
  if (assay_open_task_get_state (open) == ASSAY_TASK_STARTED && self->n_drafts < N_DRAFTS
      && row % 7 == 0)
    return FALSE;

  keeper = assay_draft_keeper_new (self->store, row, judgement);
  left = assay_check_fill_judgement (judgement, rationale);
  if (left != NULL)
    return FALSE;
  if (!dex_await (assay_draft_keeper_flush (keeper), &error))
    fail ("a draft cannot be saved", error);
  say ("draft", line);
  /* Some stay as they are. */
  if (row % 7 == 0 && self->n_drafts < N_DRAFTS)
    {
      self->n_drafts++;
      return FALSE;
    }

  assay_draft_keeper_stop (keeper);
  draft = dup_draft (judgement);
  node = assay_judgement_to_draft_json (judgement);
  final = assay_judgement_new_from_json (assay_open_task_get_task (open), node, &error);
  if (final == NULL)
    fail ("a judgement cannot be read back", error);
  assay_judgement_finalize_submission (final, g_get_real_time () / 1000);
  item = dex_await_object (assay_engine_submit (self->engine, open, final, draft, 0), &error);
  if (item == NULL)
    {
      fprintf (stderr, "evaluator: not submitted: %s\n", error->message);
      return FALSE;
    }
  say ("submitted", assay_outbox_item_get_submission (item));
  return TRUE;
}

static guint
judge_all (Evaluator *self)
{
  AssayTaskQuery query = { 0 };
  g_autoptr (GArray) rows = dex_await_boxed (assay_store_query_tasks (self->store, &query), NULL);
  guint n = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr (AssayOpenTask) open =
          dex_await_object (assay_store_load_task (self->store, row), NULL);

      if (open != NULL
          && (assay_open_task_get_state (open) == ASSAY_TASK_READY
              || assay_open_task_get_state (open) == ASSAY_TASK_STARTED)
          && judge (self, row))
        n++;
    }
  return n;
}

static guint
count (Evaluator *self, AssayTaskState state)
{
  g_autoptr (GArray) counts = dex_await_boxed (assay_store_count_tasks (self->store, 0), NULL);

  return counts != NULL ? g_array_index (counts, guint, state) : 0;
}

static DexFuture *
work_fiber (gpointer user_data)
{
  Evaluator *self = user_data;
  g_autoptr (AssaySecrets) secrets = NULL;
  g_autoptr (AssayReachability) reachability = assay_reachability_new (NULL);
  g_autoptr (GError) error = NULL;

  self->store = dex_await_object (assay_store_open (self->profile), &error);
  if (self->store == NULL)
    fail ("the store cannot be opened", error);
  self->worker = assay_outbox_worker_new (self->store);
  secrets = assay_secrets_new (self->profile);
  self->engine = assay_engine_new (self->store, self->worker, secrets, reachability);
  assay_outbox_worker_start (self->worker);
  if (!dex_await (assay_engine_start (self->engine), &error))
    fail ("the engine does not start", error);
  add_account (self);

  while (count (self, ASSAY_TASK_SENT) < self->n_wanted
         || assay_outbox_worker_get_n_waiting (self->worker) > 0)
    {
      sign_in (self);
      ask_for_work (self);
      dex_await (assay_account_sync_run (self->account), NULL);
      if (count (self, ASSAY_TASK_SENT) + count (self, ASSAY_TASK_QUEUED) >= self->n_wanted
          || judge_all (self) == 0)
        pause_a_moment ();
    }

  assay_engine_stop (self->engine);
  assay_outbox_worker_stop (self->worker);
  if (!dex_await (assay_store_close (self->store), &error))
    fail ("the store cannot be closed", error);
  say ("done", NULL);
  g_main_loop_quit (self->loop);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Evaluator self = { .loop = loop };

  if (argc != 5)
    {
      fprintf (stderr, "usage: evaluator PROFILE ADDRESS TOKEN N\n");
      return 2;
    }
  self.profile = argv[1];
  self.address = argv[2];
  self.token = argv[3];
  self.n_wanted = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  dex_init ();
  dex_future_disown (dex_scheduler_spawn (NULL, 0, work_fiber, &self, NULL));
  g_main_loop_run (loop);
  g_clear_object (&self.engine);
  g_clear_object (&self.worker);
  g_clear_object (&self.store);
  return 0;
}
