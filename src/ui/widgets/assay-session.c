/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-session.h"

#include "assay-json.h"

#include "assay-practice.h"
#include "assay-workspace.h"

/* A task whose draft is kept. It outlives its page until the draft is on disk, so that a full disk
 * costs nothing that was typed: whoever opens the task again gets this very object. */
typedef struct
{
  AssayOpenTask *task;      /* (owned) */
  AssayDraftKeeper *keeper; /* (owned) */
  gboolean left;
  gboolean flushing;
  gboolean written; /* something changed since it was opened */
} LiveTask;

struct _AssaySession
{
  GObject parent_instance;

  char *folder;              /* (owned) */
  AssayStore *store;         /* (owned) (nullable) */
  AssayOutboxWorker *worker; /* (owned) (nullable) */
  AssayEngine *engine;       /* (owned) (nullable) */
  DexFuture *engine_started; /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
  GHashTable *live;          /* (owned) gint64 row → LiveTask */

  /* Read ahead. */
  DexFuture *foreseen; /* (owned) (nullable) */
  gint64 foreseen_row;

  AssaySessionState state;
  AssayDraftState drafts_state;
  char *drafts_error; /* (owned) (nullable) */
};

#define PLACE_KEY_PREFIX "place:"

G_DEFINE_FINAL_TYPE (AssaySession, assay_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_DRAFTS_STATE,
  PROP_DRAFTS_ERROR,
  PROP_N_WAITING,
  PROP_N_ATTENTION,
} AssaySessionProperty;

static GParamSpec *properties[PROP_N_ATTENTION + 1];

static void
live_task_free (gpointer data)
{
  LiveTask *live = data;

  g_clear_object (&live->keeper);
  g_clear_object (&live->task);
  g_free (live);
}

static void
set_state (AssaySession *self, AssaySessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
forget_foreseen (AssaySession *self)
{
  dex_clear (&self->foreseen);
  self->foreseen_row = 0;
}

/* The status line says no more than the worst draft allows. */
static void
update_drafts (AssaySession *self)
{
  AssayDraftState worst = ASSAY_DRAFT_SAVED;
  const char *message = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      AssayDraftKeeper *keeper = ((LiveTask *) value)->keeper;
      AssayDraftState state = assay_draft_keeper_get_state (keeper);

      worst = MAX (worst, state);
      if (state == ASSAY_DRAFT_FAILED && message == NULL)
        message = assay_draft_keeper_get_error_message (keeper);
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->drafts_error, message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFTS_ERROR]);
  if (self->drafts_state != worst)
    {
      self->drafts_state = worst;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFTS_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* What was written is soon on the person's other devices. */
static void
carry_draft (AssaySession *self, LiveTask *live)
{
  AssayEngine *engine = assay_session_get_engine (self);
  const char *account = assay_project_get_account (assay_open_task_get_project (live->task));
  AssayAccountSync *sync =
      engine != NULL && live->written ? assay_engine_find (engine, account) : NULL;

  if (sync != NULL)
    assay_account_sync_carry_drafts (sync);
}

/* Lets go of tasks that were left, once all of them is on disk. */
static void
release_left (AssaySession *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiveTask *live = value;

      if (live->left && !live->flushing
          && assay_draft_keeper_get_state (live->keeper) == ASSAY_DRAFT_SAVED)
        {
          carry_draft (self, live);
          g_signal_handlers_disconnect_by_data (live->keeper, self);
          g_hash_table_iter_remove (&iter);
        }
    }
}

static void
keeper_state_changed_cb (AssaySession *self, GParamSpec *pspec, AssayDraftKeeper *keeper)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiveTask *live = value;

      if (live->keeper == keeper && assay_draft_keeper_get_state (keeper) != ASSAY_DRAFT_SAVED)
        live->written = TRUE;
    }
  release_left (self);
  update_drafts (self);
}

/* A task without an answer has no draft, but it has a place where reading stopped. */

static char *
make_place_key (gint64 row)
{
  return g_strdup_printf (PLACE_KEY_PREFIX "%" G_GINT64_FORMAT, row);
}

static DexFuture *
placed_cb (DexFuture *future, gpointer user_data)
{
  return dex_future_new_true ();
}

/* Resolves when the place is stored or could not be: nobody is kept from closing for it. NULL where
 * the draft holds it, or there is none. */
static DexFuture *
store_place (AssaySession *self, LiveTask *live)
{
  AssayJudgement *judgement = assay_open_task_get_judgement (live->task);
  JsonObject *cursor = assay_judgement_get_cursor (judgement);
  g_autofree char *key = make_place_key (assay_open_task_get_row (live->task));
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (!assay_judgement_is_empty (judgement) || json_object_get_size (cursor) == 0)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, cursor);
  json = assay_json_to_string (node);
  return dex_future_finally (assay_store_set_value (self->store, key, json), placed_cb, NULL, NULL);
}

typedef struct
{
  AssayStore *store; /* (owned) */
  gint64 row;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_object_unref (loading->store);
  g_free (loading);
}

static DexFuture *
load_fiber (gpointer user_data)
{
  Loading *loading = user_data;
  g_autofree char *key = make_place_key (loading->row);
  g_autofree char *json = NULL;
  g_autoptr (AssayOpenTask) task = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AssayJudgement *judgement;

  task = dex_await_object (assay_store_load_task (loading->store, loading->row), &error);
  if (task == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  judgement = assay_open_task_get_judgement (task);
  if (assay_judgement_is_empty (judgement)
      && json_object_get_size (assay_judgement_get_cursor (judgement)) == 0)
    {
      json = dex_await_string (assay_store_get_value (loading->store, key), NULL);
      node = json != NULL ? assay_json_parse (json, -1, NULL) : NULL;
      if (assay_json_node_object (node) != NULL)
        assay_judgement_set_cursor (judgement, assay_json_node_object (node));
    }
  return dex_future_new_take_object (g_steal_pointer (&task));
}

static DexFuture *
load_task (AssaySession *self, gint64 row)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->store = g_object_ref (self->store);
  loading->row = row;
  return dex_scheduler_spawn (NULL, 0, load_fiber, loading, loading_free);
}

/* A task that was left, and whose draft is written a last time. */
typedef struct
{
  AssaySession *session; /* (owned) */
  gint64 row;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_object_unref (leaving->session);
  g_free (leaving);
}

static DexFuture *
left_cb (DexFuture *future, gpointer user_data)
{
  Leaving *leaving = user_data;
  LiveTask *live = g_hash_table_lookup (leaving->session->live, &leaving->row);

  if (live != NULL)
    live->flushing = FALSE;
  release_left (leaving->session);
  update_drafts (leaving->session);
  return NULL;
}

static void
worker_changed_cb (AssaySession *self, GParamSpec *pspec, AssayOutboxWorker *worker)
{
  const char *name = g_param_spec_get_name (pspec);

  if (g_str_equal (name, "n-waiting"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
  else if (g_str_equal (name, "n-attention"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ATTENTION]);
}

static void
task_changed_cb (AssaySession *self, gint64 row, AssayStore *store)
{
  if (row == self->foreseen_row)
    forget_foreseen (self);
}

/* What is worked on is newer than all that could be rescued. */
static void
damage_found_cb (AssaySession *self)
{
  GHashTableIter iter;
  gpointer value;

  forget_foreseen (self);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    assay_draft_keeper_distrust (((LiveTask *) value)->keeper);
}

static DexFuture *
opened_cb (DexFuture *future, gpointer user_data)
{
  AssaySession *self = user_data;
  g_autoptr (AssayPlatform) local = NULL;
  g_autoptr (AssayReachability) reachability = NULL;
  g_autoptr (AssaySecrets) secrets = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->state != ASSAY_SESSION_OPENING)
    return NULL;

  if (value == NULL)
    {
      g_message ("The workspace could not be opened: %s", error->message);
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      set_state (self, ASSAY_SESSION_FAILED);
      return NULL;
    }

  self->store = g_value_dup_object (value);
  g_signal_connect_object (self->store, "task-changed", G_CALLBACK (task_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "tasks-changed", G_CALLBACK (forget_foreseen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "damage-found", G_CALLBACK (damage_found_cb), self,
                           G_CONNECT_SWAPPED);

  local = assay_local_platform_new ();
  self->worker = assay_outbox_worker_new (self->store);
  assay_outbox_worker_add_platform (self->worker, ASSAY_FILES_ACCOUNT, local);
  assay_outbox_worker_add_platform (self->worker, ASSAY_PRACTICE_ACCOUNT, local);
  g_signal_connect_object (self->worker, "notify", G_CALLBACK (worker_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reachability = assay_reachability_new (NULL);
  assay_outbox_worker_follow (self->worker, reachability);
  assay_outbox_worker_start (self->worker);
  secrets = assay_secrets_new (self->folder);
  self->engine = assay_engine_new (self->store, self->worker, secrets, reachability);

  set_state (self, ASSAY_SESSION_OPEN);
  return NULL;
}

/* The engine first: it hands over what it has, and asks for nothing more. */
static void
stop_sending (AssaySession *self)
{
  if (self->engine != NULL)
    assay_engine_stop (self->engine);
  if (self->worker != NULL)
    assay_outbox_worker_stop (self->worker);
}

static DexFuture *
flushed_for_close_cb (DexFuture *future, gpointer user_data)
{
  AssaySession *self = user_data;

  forget_foreseen (self);
  g_hash_table_remove_all (self->live);
  stop_sending (self);
  if (self->store == NULL)
    return dex_future_new_for_boolean (TRUE);
  set_state (self, ASSAY_SESSION_CLOSED);
  return assay_store_close (self->store);
}

static void
assay_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssaySession *self = ASSAY_SESSION (object);

  switch ((AssaySessionProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_DRAFTS_STATE:
      g_value_set_int (value, self->drafts_state);
      break;
    case PROP_DRAFTS_ERROR:
      g_value_set_string (value, self->drafts_error);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, assay_session_get_n_waiting (self));
      break;
    case PROP_N_ATTENTION:
      g_value_set_uint (value, assay_session_get_n_attention (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_session_dispose (GObject *object)
{
  AssaySession *self = ASSAY_SESSION (object);

  forget_foreseen (self);
  g_hash_table_remove_all (self->live);
  stop_sending (self);
  dex_clear (&self->engine_started);
  g_clear_object (&self->engine);
  g_clear_object (&self->worker);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (assay_session_parent_class)->dispose (object);
}

static void
assay_session_finalize (GObject *object)
{
  AssaySession *self = ASSAY_SESSION (object);

  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->drafts_error, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (assay_session_parent_class)->finalize (object);
}

static void
assay_session_class_init (AssaySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_session_get_property;
  object_class->dispose = assay_session_dispose;
  object_class->finalize = assay_session_finalize;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, ASSAY_SESSION_OPENING, ASSAY_SESSION_CLOSED,
                        ASSAY_SESSION_OPENING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFTS_STATE] =
      g_param_spec_int ("drafts-state", NULL, NULL, ASSAY_DRAFT_SAVED, ASSAY_DRAFT_FAILED,
                        ASSAY_DRAFT_SAVED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFTS_ERROR] = g_param_spec_string ("drafts-error", NULL, NULL, NULL,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ATTENTION] = g_param_spec_uint ("n-attention", NULL, NULL, 0, G_MAXUINT, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_session_init (AssaySession *self)
{
  self->state = ASSAY_SESSION_CLOSED;
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, live_task_free);
}

AssaySession *
assay_session_new (const char *folder)
{
  AssaySession *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_SESSION, NULL);
  self->folder = g_strdup (folder);
  return self;
}

const char *
assay_session_get_folder (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->folder;
}

void
assay_session_open (AssaySession *self)
{
  g_return_if_fail (ASSAY_IS_SESSION (self));
  g_return_if_fail (self->store == NULL);

  if (self->state == ASSAY_SESSION_OPENING)
    return;
  g_clear_error (&self->error);
  set_state (self, ASSAY_SESSION_OPENING);
  dex_future_disown (dex_future_finally (assay_store_open (self->folder), opened_cb,
                                         g_object_ref (self), g_object_unref));
}

AssaySessionState
assay_session_get_state (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), ASSAY_SESSION_FAILED);

  return self->state;
}

const GError *
assay_session_get_error (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->error;
}

AssayStore *
assay_session_get_store (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->state == ASSAY_SESSION_OPEN ? self->store : NULL;
}

AssayOutboxWorker *
assay_session_get_worker (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->worker;
}

AssayEngine *
assay_session_get_engine (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->state == ASSAY_SESSION_OPEN ? self->engine : NULL;
}

DexFuture *
assay_session_start_engine (AssaySession *self)
{
  AssayEngine *engine;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  engine = assay_session_get_engine (self);
  if (engine == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CLOSED,
                                  "The workspace is not open");
  if (self->engine_started == NULL)
    self->engine_started = assay_engine_start (engine);
  return dex_ref (self->engine_started);
}

DexFuture *
assay_session_load_task (AssaySession *self, gint64 row)
{
  LiveTask *live;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  live = g_hash_table_lookup (self->live, &row);
  if (live != NULL)
    return dex_future_new_for_object (live->task);
  if (self->foreseen_row == row && self->foreseen != NULL)
    {
      self->foreseen_row = 0;
      return g_steal_pointer (&self->foreseen);
    }
  return load_task (self, row);
}

DexFuture *
assay_session_foresee_task (AssaySession *self, gint64 row)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  if (g_hash_table_contains (self->live, &row))
    return assay_session_load_task (self, row);
  if (row != self->foreseen_row || self->foreseen == NULL)
    {
      forget_foreseen (self);
      self->foreseen = load_task (self, row);
      self->foreseen_row = row;
    }
  return dex_ref (self->foreseen);
}

AssayDraftKeeper *
assay_session_keep_draft (AssaySession *self, AssayOpenTask *task)
{
  LiveTask *live;
  gint64 row;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);
  g_return_val_if_fail (ASSAY_IS_OPEN_TASK (task), NULL);

  row = assay_open_task_get_row (task);
  live = g_hash_table_lookup (self->live, &row);
  if (live == NULL)
    {
      live = g_new0 (LiveTask, 1);
      live->task = g_object_ref (task);
      live->keeper =
          assay_draft_keeper_new (self->store, row, assay_open_task_get_judgement (task));
      g_signal_connect_object (live->keeper, "notify::state", G_CALLBACK (keeper_state_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_hash_table_insert (self->live, g_memdup2 (&row, sizeof row), live);
    }
  live->left = FALSE;
  update_drafts (self);
  return live->keeper;
}

void
assay_session_leave_task (AssaySession *self, gint64 row)
{
  LiveTask *live;
  Leaving *leaving;
  DexFuture *place;

  g_return_if_fail (ASSAY_IS_SESSION (self));

  live = g_hash_table_lookup (self->live, &row);
  if (live == NULL)
    return;
  /* Also where all answers are saved: the cursor and the time are not a change, and wait for this.
   */
  place = store_place (self, live);
  if (place != NULL)
    dex_future_disown (place);
  live->left = TRUE;
  live->flushing = TRUE;
  leaving = g_new0 (Leaving, 1);
  leaving->session = g_object_ref (self);
  leaving->row = row;
  dex_future_disown (
      dex_future_finally (assay_draft_keeper_flush (live->keeper), left_cb, leaving, leaving_free));
}

void
assay_session_drop_draft (AssaySession *self, gint64 row)
{
  LiveTask *live;

  g_return_if_fail (ASSAY_IS_SESSION (self));

  live = g_hash_table_lookup (self->live, &row);
  if (live == NULL)
    return;
  assay_draft_keeper_stop (live->keeper);
  g_signal_handlers_disconnect_by_data (live->keeper, self);
  g_hash_table_remove (self->live, &row);
  update_drafts (self);
}

AssayDraftState
assay_session_get_drafts_state (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), ASSAY_DRAFT_FAILED);

  return self->drafts_state;
}

gboolean
assay_session_get_disk_full (AssaySession *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), FALSE);

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (assay_draft_keeper_get_disk_full (((LiveTask *) value)->keeper))
      return TRUE;
  return FALSE;
}

char *
assay_session_dup_unsaved (AssaySession *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiveTask *live = value;
      AssayJudgement *judgement = assay_open_task_get_judgement (live->task);
      AssayTask *task = assay_judgement_get_task (judgement);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *line = NULL;

      if (assay_draft_keeper_get_state (live->keeper) == ASSAY_DRAFT_SAVED)
        continue;
      node = assay_judgement_to_json (judgement, TRUE);
      json_object_set_string_member (json_node_get_object (node), "type", "judgement");
      json_object_set_string_member (json_node_get_object (node), "task_id",
                                     assay_task_get_id (task));
      line = assay_json_to_string (node);
      g_string_append_printf (lines, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

const char *
assay_session_get_drafts_error (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return self->drafts_error;
}

guint
assay_session_get_n_waiting (AssaySession *self)
{
  guint n = 0;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), 0);

  if (self->worker != NULL)
    g_object_get (self->worker, "n-waiting", &n, NULL);
  return n;
}

guint
assay_session_get_n_attention (AssaySession *self)
{
  guint n = 0;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), 0);

  if (self->worker != NULL)
    g_object_get (self->worker, "n-attention", &n, NULL);
  return n;
}

DexFuture *
assay_session_flush (AssaySession *self)
{
  g_autoptr (GPtrArray) futures = NULL;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  futures = g_ptr_array_new_with_free_func (dex_unref);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DexFuture *place = store_place (self, value);

      g_ptr_array_add (futures, assay_draft_keeper_flush (((LiveTask *) value)->keeper));
      if (place != NULL)
        g_ptr_array_add (futures, place);
    }
  if (futures->len == 0)
    return dex_future_new_for_boolean (TRUE);
  /* All are tried, whatever becomes of the first. */
  return dex_future_allv ((DexFuture **) futures->pdata, futures->len);
}

DexFuture *
assay_session_close (AssaySession *self)
{
  g_return_val_if_fail (ASSAY_IS_SESSION (self), NULL);

  return dex_future_then (assay_session_flush (self), flushed_for_close_cb, g_object_ref (self),
                          g_object_unref);
}
