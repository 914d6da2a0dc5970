/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-claim-offer.h"

#include <glib/gi18n.h>

#include "assay-account-words.h"
#include "assay-format.h"
#include "assay-json.h"

/* More at once would be taken from others for longer than they are worked on. */
#define CLAIM_AT_ONCE 5

struct _AssayClaimOffer
{
  GObject parent_instance;

  AssaySession *session;  /* (owned) (nullable) */
  AssayEngine *engine;    /* (owned) (nullable) */
  AssayStore *store;      /* (owned) (nullable) */
  AssayProject *project;  /* (owned) (nullable) */
  AssayAccountSync *sync; /* (owned) (nullable) */

  gint64 told;      /* how many the platform said there are … */
  guint n_claimed;  /* … and how many were claimed since it said so */
  guint n_held;     /* tasks of it that are not done */
  gboolean unread;  /* its guideline must be acknowledged first */
  guint generation; /* of the project, so that a late answer is not taken for another's */
  gboolean reading;
  gboolean read_wanted;
  gboolean claiming;

  char *title;       /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  char *label;       /* (owned) (nullable) */
  const char *action;
  GVariant *target; /* (owned) (nullable) */
  guint count;
};

G_DEFINE_FINAL_TYPE (AssayClaimOffer, assay_claim_offer, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void read_store (AssayClaimOffer *self);

/* (transfer floating) (nullable) @target */
static void
set_step (AssayClaimOffer *self, char *label, const char *action, GVariant *target)
{
  g_free (self->label);
  self->label = label;
  self->action = action;
  g_clear_pointer (&self->target, g_variant_unref);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
}

static void
set_description (AssayClaimOffer *self, char *description)
{
  g_free (self->description);
  self->description = description;
}

static GVariant *
get_account_target (AssayClaimOffer *self)
{
  return g_variant_new_string (assay_account_get_id (assay_account_sync_get_account (self->sync)));
}

/* "Each is yours for 4 hours. USD 4.50 each, about 5 min." */
static char *
describe_terms (AssayClaimOffer *self)
{
  JsonObject *terms = assay_project_get_terms (self->project);
  gint64 seconds = assay_json_get_int (assay_json_get_object (terms, "lease"), "seconds", 0);
  g_autofree char *duration = seconds > 0 ? assay_format_duration (seconds) : NULL;

  if (duration == NULL)
    return g_strdup (_ ("Claimed tasks are kept here and can be worked on without a network."));
  /* Translators: %s is "4 hours". */
  return g_strdup_printf (_ ("Claimed tasks are kept here, can be worked on without a network, and "
                             "are yours for %s."),
                          duration);
}

/* Whether the account is such that a claim can be tried. */
static gboolean
check_account (AssayClaimOffer *self)
{
  g_autofree char *name = assay_account_dup_title (assay_account_sync_get_account (self->sync));

  switch (assay_account_sync_get_state (self->sync))
    {
    case ASSAY_ACCOUNT_SIGNED_OUT:
      set_description (self, g_strdup_printf (_ ("%s needs you to sign in again."), name));
      set_step (self, g_strdup (_ ("_Sign In…")), "accounts.sign-in", get_account_target (self));
      return FALSE;
    case ASSAY_ACCOUNT_PAUSED:
      set_description (self, g_strdup (_ ("This account is paused. Nothing can be claimed until it "
                                          "goes on.")));
      set_step (self, g_strdup (_ ("_Show Account…")), "accounts.show-account",
                get_account_target (self));
      return FALSE;
    case ASSAY_ACCOUNT_INSECURE:
      set_description (
          self,
          g_strdup_printf (_ ("There is no safe connection to %s. Nothing is sent or fetched."),
                           name));
      set_step (self, g_strdup (_ ("_Show Account…")), "accounts.show-account",
                get_account_target (self));
      return FALSE;
    case ASSAY_ACCOUNT_OFFLINE:
      /* Translators: %s is the name of a platform. */
      set_description (self,
                       g_strdup_printf (_ ("%s cannot be reached. Tasks can be claimed as soon "
                                           "as it can."),
                                        name));
      set_step (self, g_strdup (_ ("_Try Again")), "win.refresh", NULL);
      return FALSE;
    case ASSAY_ACCOUNT_STARTING:
    case ASSAY_ACCOUNT_ONLINE:
    case ASSAY_ACCOUNT_FAILING:
    default:
      return TRUE;
    }
}

static gboolean
check_person (AssayClaimOffer *self)
{
  const char *qualification =
      assay_json_get_string (assay_project_get_terms (self->project), "qualification");

  if (qualification != NULL && !g_str_equal (qualification, "granted"))
    {
      const char *text =
          _ ("The platform has not qualified you for this project. Ask it how to get "
             "there.");

      if (g_str_equal (qualification, "offered") || g_str_equal (qualification, "in-progress"))
        text = _ ("This project needs a qualification, which the platform offers you. Finish its "
                  "training first.");
      else if (g_str_equal (qualification, "expired"))
        text = _ ("Your qualification for this project has expired. Ask the platform how to renew "
                  "it.");
      set_description (self, g_strdup (text));
      return FALSE;
    }
  if (self->unread)
    {
      set_description (self, g_strdup (_ ("The guideline of this project must be read and "
                                          "acknowledged before tasks can be claimed.")));
      set_step (self, g_strdup (_ ("_Read Guideline…")), "win.read-guideline",
                g_variant_new_int64 (assay_project_get_id (self->project)));
      return FALSE;
    }
  return TRUE;
}

static void
update (AssayClaimOffer *self)
{
  JsonObject *terms = self->project != NULL ? assay_project_get_terms (self->project) : NULL;
  gint64 told = CLAMP (assay_json_get_int (terms, "available", 0), 0, G_MAXINT);
  gint64 available = MAX (told - (told == self->told ? self->n_claimed : 0), 0);
  gint64 most = assay_json_get_int (assay_json_get_object (terms, "lease"), "max_held", G_MAXINT);
  gint64 count = MIN (MIN (available, CLAIM_AT_ONCE), MAX (most - (gint64) self->n_held, 0));
  guint n = (guint) available;

  if (self->told != told)
    self->n_claimed = 0;
  self->told = told;
  self->count = 0;
  g_clear_pointer (&self->title, g_free);
  set_description (self, NULL);
  set_step (self, NULL, NULL, NULL);
  if (self->sync != NULL)
    {
      self->title =
          n > 0
              ? g_strdup_printf (ngettext ("%u Task Is Available", "%u Tasks Are Available", n), n)
              : g_strdup (_ ("No Tasks Are Available"));
      if (!check_account (self) || !check_person (self))
        ;
      else if (n == 0)
        set_description (self, g_strdup (_ ("They are listed here when the platform has some.")));
      else if (count == 0)
        set_description (self,
                         g_strdup (_ (
                             "You hold as many as the platform allows. Finish some of them first, "
                             "or give some back.")));
      else
        {
          self->count = (guint) count;
          set_description (self, describe_terms (self));
          /* Translators: a button: claim so many tasks. */
          set_step (self,
                    g_strdup_printf (ngettext ("_Claim %u", "_Claim %u", self->count), self->count),
                    "tasks.claim", NULL);
        }
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What the store is asked for one project. */
typedef struct
{
  AssayClaimOffer *offer; /* (owned) */
  AssayStore *store;      /* (owned) */
  gint64 project;
  char *guideline; /* (owned) (nullable) */
  int version;
  guint generation;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->offer);
  g_object_unref (reading->store);
  g_free (reading->guideline);
  g_free (reading);
}

static gboolean
await_unread (Reading *reading)
{
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *terms;

  if (reading->guideline == NULL)
    return FALSE;
  json = dex_await_string (
      assay_store_get_guideline_terms (reading->store, reading->guideline, reading->version), NULL);
  node = json != NULL ? assay_json_parse (json, -1, NULL) : NULL;
  terms = assay_json_node_object (node);
  return assay_json_get_boolean (terms, "must_acknowledge", FALSE)
         && !assay_json_get_boolean (terms, "acknowledged", FALSE);
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Reading *reading = user_data;
  AssayClaimOffer *self = reading->offer;
  g_autoptr (GArray) counts = NULL;
  gboolean unread;

  counts = dex_await_boxed (assay_store_count_tasks (reading->store, reading->project), NULL);
  unread = await_unread (reading);
  self->reading = FALSE;
  if (self->read_wanted)
    {
      read_store (self);
      if (self->reading)
        return dex_future_new_true ();
    }
  if (reading->generation != self->generation || counts == NULL)
    return dex_future_new_true ();
  self->n_held = 0;
  for (guint state = 0; state < counts->len; state++)
    if (state == ASSAY_TASK_READY || state == ASSAY_TASK_STARTED)
      self->n_held += g_array_index (counts, guint, state);
  self->unread = unread;
  update (self);
  return dex_future_new_true ();
}

static void
read_store (AssayClaimOffer *self)
{
  Reading *reading;

  self->read_wanted = self->reading;
  if (self->reading || self->sync == NULL || self->store == NULL)
    return;
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->offer = g_object_ref (self);
  reading->store = g_object_ref (self->store);
  reading->project = assay_project_get_id (self->project);
  reading->guideline = assay_project_dup_guideline_id (self->project, &reading->version);
  reading->generation = self->generation;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, read_fiber, reading, reading_free));
}

static void
find_sync (AssayClaimOffer *self)
{
  AssayAccountSync *sync =
      self->engine != NULL && self->project != NULL
          ? assay_engine_find (self->engine, assay_project_get_account (self->project))
          : NULL;

  if (sync != self->sync)
    {
      if (self->sync != NULL)
        g_signal_handlers_disconnect_by_data (self->sync, self);
      g_set_object (&self->sync, sync);
      if (sync != NULL)
        g_signal_connect_object (sync, "notify::state", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
    }
  read_store (self);
  update (self);
}

static void
session_state_cb (AssayClaimOffer *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->engine != NULL)
    return;
  self->engine = g_object_ref (engine);
  self->store = g_object_ref (assay_session_get_store (self->session));
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (find_sync), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "tasks-changed", G_CALLBACK (read_store), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "task-changed", G_CALLBACK (read_store), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "projects-changed", G_CALLBACK (read_store), self,
                           G_CONNECT_SWAPPED);
  find_sync (self);
}

static DexFuture *
claimed_cb (DexFuture *future, gpointer user_data)
{
  AssayClaimOffer *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->claiming = FALSE;
  if (value == NULL)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, error->message);
  else if (g_value_get_uint (value) == 0)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, _ ("No task was left: others were quicker"));
  else
    {
      guint n = g_value_get_uint (value);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u task claimed", "%u tasks claimed", n), n);

      self->n_claimed += n;
      g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
    }
  read_store (self);
  update (self);
  return NULL;
}

static void
assay_claim_offer_dispose (GObject *object)
{
  AssayClaimOffer *self = ASSAY_CLAIM_OFFER (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);
  g_clear_object (&self->project);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (assay_claim_offer_parent_class)->dispose (object);
}

static void
assay_claim_offer_finalize (GObject *object)
{
  AssayClaimOffer *self = ASSAY_CLAIM_OFFER (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->target, g_variant_unref);

  G_OBJECT_CLASS (assay_claim_offer_parent_class)->finalize (object);
}

static void
assay_claim_offer_class_init (AssayClaimOfferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_claim_offer_dispose;
  object_class->finalize = assay_claim_offer_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
assay_claim_offer_init (AssayClaimOffer *self)
{
}

AssayClaimOffer *
assay_claim_offer_new (void)
{
  return g_object_new (ASSAY_TYPE_CLAIM_OFFER, NULL);
}

void
assay_claim_offer_set_session (AssayClaimOffer *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_CLAIM_OFFER (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}

void
assay_claim_offer_set_project (AssayClaimOffer *self, AssayProject *project)
{
  g_return_if_fail (ASSAY_IS_CLAIM_OFFER (self));
  g_return_if_fail (project == NULL || ASSAY_IS_PROJECT (project));

  /* It may be the same, with other terms. */
  if (self->project == NULL || project == NULL
      || assay_project_get_id (self->project) != assay_project_get_id (project))
    {
      self->generation++;
      self->n_claimed = 0;
      self->n_held = 0;
      self->unread = FALSE;
    }
  g_set_object (&self->project, project);
  find_sync (self);
}

gboolean
assay_claim_offer_get_exists (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), FALSE);

  return self->sync != NULL;
}

const char *
assay_claim_offer_get_title (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), NULL);

  return self->title;
}

const char *
assay_claim_offer_get_description (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), NULL);

  return self->description;
}

guint
assay_claim_offer_get_count (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), 0);

  return self->count;
}

const char *
assay_claim_offer_get_label (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), NULL);

  return self->label;
}

const char *
assay_claim_offer_get_action (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), NULL);

  return self->action;
}

GVariant *
assay_claim_offer_get_target (AssayClaimOffer *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIM_OFFER (self), NULL);

  return self->target;
}

void
assay_claim_offer_claim (AssayClaimOffer *self)
{
  g_return_if_fail (ASSAY_IS_CLAIM_OFFER (self));

  if (self->count == 0 || self->claiming || self->sync == NULL)
    return;
  self->claiming = TRUE;
  dex_future_disown (dex_future_finally (
      assay_account_sync_claim (self->sync, assay_project_get_id (self->project), self->count),
      claimed_cb, g_object_ref (self), g_object_unref));
}
