/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-engine-private.h"

/* What the person hands in: the platform says how it takes it, the store keeps those bytes. */

typedef struct
{
  AssayStore *store;         /* (owned) */
  AssayPlatform *platform;   /* (owned) */
  AssayOpenTask *task;       /* (owned) */
  AssayJudgement *judgement; /* (owned) */
  GBytes *draft;             /* (owned) (nullable) */
  gint64 undo_window_us;
} Submission;

static void
submission_free (gpointer data)
{
  Submission *submission = data;

  g_object_unref (submission->store);
  g_object_unref (submission->platform);
  g_object_unref (submission->task);
  g_object_unref (submission->judgement);
  g_clear_pointer (&submission->draft, g_bytes_unref);
  g_free (submission);
}

static DexFuture *
submit_fiber (gpointer user_data)
{
  Submission *submission = user_data;
  gint64 row = assay_open_task_get_row (submission->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayLease) lease =
      dex_await_boxed (assay_store_load_lease (submission->store, row), &error);
  g_autoptr (AssayFrame) frame = NULL;

  /* The lease may be another than when the task was opened. */
  if (lease == NULL && !g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_clear_error (&error);
  frame = assay_platform_frame (submission->platform, assay_open_task_get_task (submission->task),
                                lease, submission->judgement, &error);
  if (frame == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return assay_store_submit_framed (submission->store, row, submission->judgement,
                                    submission->draft, frame, submission->undo_window_us);
}

DexFuture *
assay_engine_submit (AssayEngine *self,
                     AssayOpenTask *task,
                     AssayJudgement *judgement,
                     GBytes *draft,
                     gint64 undo_window_us)
{
  AssayAccountSync *sync;
  Submission *submission;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (ASSAY_IS_OPEN_TASK (task));
  dex_return_error_if_fail (ASSAY_IS_JUDGEMENT (judgement));

  sync = assay_engine_find (self, assay_project_get_account (assay_open_task_get_project (task)));
  if (sync == NULL)
    return assay_store_submit (self->store, assay_open_task_get_row (task), judgement, draft,
                               undo_window_us);
  submission = g_new0 (Submission, 1);
  submission->store = g_object_ref (self->store);
  submission->platform = g_object_ref (assay_account_sync_get_platform (sync));
  submission->task = g_object_ref (task);
  submission->judgement = g_object_ref (judgement);
  submission->draft = draft != NULL ? g_bytes_ref (draft) : NULL;
  submission->undo_window_us = undo_window_us;
  return dex_scheduler_spawn (NULL, 0, submit_fiber, submission, submission_free);
}

/* Small things that must arrive */

static DexFuture *
refuse_unsupported (void)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                _ ("This platform cannot do that."));
}

/* One that waits already says the same. */
static DexFuture *
queued_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL
      || g_error_matches (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_CONFLICT))
    return dex_future_new_true ();
  return dex_ref (future);
}

typedef struct
{
  AssayStore *store; /* (owned) */
  char *guideline;
  int version;
} Acknowledgement;

static void
acknowledgement_free (gpointer data)
{
  Acknowledgement *acknowledgement = data;

  g_object_unref (acknowledgement->store);
  g_free (acknowledgement->guideline);
  g_free (acknowledgement);
}

/* Here it counts only once it is sure to be told. */
static DexFuture *
acknowledged_cb (DexFuture *future, gpointer user_data)
{
  Acknowledgement *acknowledgement = user_data;

  return assay_store_acknowledge_guideline (acknowledgement->store, acknowledgement->guideline,
                                            acknowledgement->version);
}

DexFuture *
assay_engine_acknowledge (AssayEngine *self,
                          const char *account,
                          const char *guideline,
                          int version)
{
  AssayAccountSync *sync;
  Acknowledgement *acknowledgement;
  g_autoptr (AssayFrame) frame = NULL;
  g_autofree char *subject = NULL;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (guideline != NULL);

  sync = assay_engine_find (self, account);
  if (sync != NULL)
    frame = assay_platform_frame_acknowledgement (assay_account_sync_get_platform (sync), guideline,
                                                  version);
  if (frame == NULL)
    return refuse_unsupported ();
  subject = g_strdup_printf ("%s/%d", guideline, version);
  acknowledgement = g_new0 (Acknowledgement, 1);
  acknowledgement->store = g_object_ref (self->store);
  acknowledgement->guideline = g_strdup (guideline);
  acknowledgement->version = version;
  return dex_future_then (dex_future_finally (assay_store_queue (self->store, account, subject,
                                                                 frame),
                                              queued_cb, NULL, NULL),
                          acknowledged_cb, acknowledgement, acknowledgement_free);
}

/* A second one while the first waits is another text, and is refused. */
static DexFuture *
disputed_cb (DexFuture *future, gpointer user_data)
{
  return dex_future_new_true ();
}

DexFuture *
assay_engine_dispute (AssayEngine *self,
                      const char *account,
                      const char *feedback,
                      const char *text)
{
  AssayAccountSync *sync;
  g_autoptr (AssayFrame) frame = NULL;

  dex_return_error_if_fail (ASSAY_IS_ENGINE (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (feedback != NULL);
  dex_return_error_if_fail (text != NULL);

  sync = assay_engine_find (self, account);
  if (sync != NULL)
    frame = assay_platform_frame_dispute (assay_account_sync_get_platform (sync), feedback, text);
  if (frame == NULL)
    return refuse_unsupported ();
  return dex_future_then (assay_store_queue (self->store, account, feedback, frame), disputed_cb,
                          NULL, NULL);
}
