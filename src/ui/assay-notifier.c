/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-notifier.h"

#include <glib/gi18n.h>

#include "assay-format.h"
#include "assay-limits.h"
#include "assay-settings.h"
#include "assay-visible-text.h"

struct _AssayNotifier
{
  GObject parent_instance;

  GApplication *application;
  AssaySession *session; /* (owned) */
  AssayEngine *engine;   /* (owned) (nullable) */
  GSettings *settings;   /* (owned) */
  GPtrArray *accounts;   /* (owned) of AssayAccountSync that are listened to */
  GHashTable *told;      /* (owned) id → Told: what is shown now */
  gboolean watched;
};

G_DEFINE_FINAL_TYPE (AssayNotifier, assay_notifier, G_TYPE_OBJECT)

/* A clock that was set, or rounding, makes no other lease. */
#define SAME_END_US G_TIME_SPAN_MINUTE

/* What was said of a task; of an account, nothing. */
typedef struct
{
  gint64 row;           /* 0: of no task */
  AssayTaskState state; /* in which it is true */
  gint64 ends_at;       /* when the lease ends; 0: it does not matter */
} Told;

/* @told: (nullable): of no task. */
static void
tell (AssayNotifier *self, const char *id, GNotification *notification, const Told *told)
{
  static const Told of_no_task = { 0 };

  if (self->watched || !g_settings_get_boolean (self->settings, "notify"))
    return;
  g_hash_table_replace (self->told, g_strdup (id),
                        g_memdup2 (told != NULL ? told : &of_no_task, sizeof *told));
  g_application_send_notification (self->application, id, notification);
}

static void
take_back (AssayNotifier *self, const char *id)
{
  if (g_hash_table_remove (self->told, id))
    g_application_withdraw_notification (self->application, id);
}

static void
take_back_all (AssayNotifier *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_application_withdraw_notification (self->application, id);
      g_hash_table_iter_remove (&iter);
    }
}

static char *
dup_sign_in_id (AssayAccountSync *account)
{
  return g_strconcat ("sign-in-", assay_account_get_id (assay_account_sync_get_account (account)),
                      NULL);
}

static void
state_changed_cb (AssayNotifier *self, GParamSpec *pspec, AssayAccountSync *account)
{
  g_autofree char *id = dup_sign_in_id (account);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = NULL;

  if (assay_account_sync_get_state (account) != ASSAY_ACCOUNT_SIGNED_OUT)
    {
      take_back (self, id);
      return;
    }
  title = assay_visible_line (assay_account_get_title (assay_account_sync_get_account (account)),
                              ASSAY_LIMIT_LABEL_CHARACTERS);
  /* Translators: %s is the name of a platform. */
  body = g_strdup_printf (_ ("%s needs you to sign in again. Until then nothing is sent."), title);
  notification = g_notification_new (_ ("Sign-In Needed"));
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.account", "s",
                                                assay_account_get_id (
                                                    assay_account_sync_get_account (account)));
  tell (self, id, notification, NULL);
}

static void
tell_of_task (AssayNotifier *self,
              const char *kind,
              const Told *told,
              const char *title,
              const char *body,
              GNotificationPriority priority)
{
  g_autofree char *id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, told->row);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, priority);
  g_notification_set_default_action_and_target (notification, "app.open-task", "x", told->row);
  tell (self, id, notification, told);
}

static void
lease_near_cb (AssayNotifier *self, gint64 row, const char *title, gint64 seconds)
{
  g_autofree char *name = assay_visible_line (title, ASSAY_LIMIT_LABEL_CHARACTERS);
  g_autofree char *span = assay_format_span (seconds);
  /* Translators: how long is left, such as "12 min", and the title of a task. */
  g_autofree char *body = g_strdup_printf (_ ("%1$s left for %2$s"), span, name);
  const Told told = { row, ASSAY_TASK_STARTED, g_get_real_time () + seconds * G_USEC_PER_SEC };

  tell_of_task (self, "lease", &told, _ ("A Started Task Ends Soon"), body,
                G_NOTIFICATION_PRIORITY_HIGH);
}

static void
returned_cb (AssayNotifier *self, gint64 row, const char *title)
{
  g_autofree char *name = assay_visible_line (title, ASSAY_LIMIT_LABEL_CHARACTERS);
  const Told told = { row, ASSAY_TASK_RETURNED, 0 };

  tell_of_task (self, "returned", &told, _ ("Work Came Back"), name,
                G_NOTIFICATION_PRIORITY_NORMAL);
}

static gboolean
holds (const Told *told, const AssayTaskSummaryData *task)
{
  return task->state == told->state
         && (told->ends_at == 0 || task->lease_expires_us <= told->ends_at + SAME_END_US);
}

/* What the tasks that something was said of are now. One that is gone was never filled. */
typedef struct
{
  AssayNotifier *self;  /* (owned) */
  GPtrArray *summaries; /* (owned) of AssayTaskSummary */
} Review;

static void
review_free (gpointer data)
{
  Review *review = data;

  g_object_unref (review->self);
  g_ptr_array_unref (review->summaries);
  g_free (review);
}

static const AssayTaskSummaryData *
find_task (GPtrArray *summaries, gint64 row)
{
  for (guint i = 0; i < summaries->len; i++)
    if (assay_task_summary_get_row (summaries->pdata[i]) == row)
      return assay_task_summary_get_data (summaries->pdata[i]);
  return NULL;
}

static DexFuture *
reviewed_cb (DexFuture *future, gpointer user_data)
{
  Review *review = user_data;
  AssayNotifier *self = review->self;
  GHashTableIter iter;
  gpointer id, value;

  if (dex_future_get_value (future, NULL) == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Told *told = value;
      const AssayTaskSummaryData *task =
          told->row != 0 ? find_task (review->summaries, told->row) : NULL;

      /* Not asked about, if it was told since. */
      if (task == NULL || holds (told, task))
        continue;
      g_application_withdraw_notification (self->application, id);
      g_hash_table_iter_remove (&iter);
    }
  return NULL;
}

/* What was told of a task may be so no more: it was done elsewhere, or there is more time. */
static void
tasks_changed_cb (AssayNotifier *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;
  Review *review;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Told *) value)->row != 0)
      g_ptr_array_add (summaries, assay_task_summary_new (((Told *) value)->row));
  if (store == NULL || summaries->len == 0)
    return;
  review = g_new0 (Review, 1);
  review->self = g_object_ref (self);
  review->summaries = g_ptr_array_ref (summaries);
  dex_future_disown (dex_future_finally (assay_store_fill_summaries (store, summaries), reviewed_cb,
                                         review, review_free));
}

static void
listen (AssayNotifier *self, AssayAccountSync *account)
{
  g_ptr_array_add (self->accounts, g_object_ref (account));
  g_signal_connect_object (account, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "lease-near", G_CALLBACK (lease_near_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "returned", G_CALLBACK (returned_cb), self, G_CONNECT_SWAPPED);
  state_changed_cb (self, NULL, account);
}

/* An account that was forgotten has nothing more to say. */
static void
forget (AssayNotifier *self, AssayAccountSync *account)
{
  g_autofree char *id = dup_sign_in_id (account);

  g_signal_handlers_disconnect_by_data (account, self);
  take_back (self, id);
}

static gboolean
is_listed (AssayNotifier *self, AssayAccountSync *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->engine)); i++)
    {
      g_autoptr (AssayAccountSync) item = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      if (item == account)
        return TRUE;
    }
  return FALSE;
}

static void
accounts_changed_cb (AssayNotifier *self)
{
  for (guint i = self->accounts->len; i > 0; i--)
    {
      AssayAccountSync *account = g_ptr_array_index (self->accounts, i - 1);

      if (is_listed (self, account))
        continue;
      forget (self, account);
      g_ptr_array_remove_index (self->accounts, i - 1);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->engine)); i++)
    {
      g_autoptr (AssayAccountSync) account = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      if (!g_ptr_array_find (self->accounts, account, NULL))
        listen (self, account);
    }
}

static void
session_changed_cb (AssayNotifier *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->engine != NULL)
    return;
  self->engine = g_object_ref (engine);
  g_signal_connect_object (assay_session_get_store (self->session), "task-changed",
                           G_CALLBACK (tasks_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assay_session_get_store (self->session), "tasks-changed",
                           G_CALLBACK (tasks_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
}

static void
notify_changed_cb (AssayNotifier *self)
{
  if (!g_settings_get_boolean (self->settings, "notify"))
    take_back_all (self);
}

static void
assay_notifier_dispose (GObject *object)
{
  AssayNotifier *self = ASSAY_NOTIFIER (object);

  for (guint i = 0; self->accounts != NULL && i < self->accounts->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->accounts, i), self);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->told, g_hash_table_unref);

  G_OBJECT_CLASS (assay_notifier_parent_class)->dispose (object);
}

static void
assay_notifier_class_init (AssayNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_notifier_dispose;
}

static void
assay_notifier_init (AssayNotifier *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->settings = assay_settings_new ();
  g_signal_connect_object (self->settings, "changed::notify", G_CALLBACK (notify_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

AssayNotifier *
assay_notifier_new (GApplication *application, AssaySession *session)
{
  AssayNotifier *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (ASSAY_IS_SESSION (session), NULL);

  self = g_object_new (ASSAY_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
  return self;
}

void
assay_notifier_set_watched (AssayNotifier *self, gboolean watched)
{
  g_return_if_fail (ASSAY_IS_NOTIFIER (self));

  self->watched = watched;
  if (watched)
    take_back_all (self);
}
