/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform.h"

#include <glib/gi18n.h>

G_DEFINE_ABSTRACT_TYPE (AssayPlatform, assay_platform, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (AssayRemoteDraft,
                     assay_remote_draft,
                     assay_remote_draft_copy,
                     assay_remote_draft_free)

typedef enum
{
  SIGNAL_SECRET_CHANGED,
} AssayPlatformSignal;

static guint signals[SIGNAL_SECRET_CHANGED + 1];

static DexFuture *
refuse (void)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                _ ("This platform cannot do that."));
}

static AssayPlatformAbilities
assay_platform_real_get_abilities (AssayPlatform *self)
{
  return ASSAY_PLATFORM_NONE;
}

static DexFuture *
assay_platform_real_check (AssayPlatform *self)
{
  return refuse ();
}

static DexFuture *
assay_platform_real_pull (AssayPlatform *self, const char *cursor)
{
  return refuse ();
}

static DexFuture *
assay_platform_real_claim (AssayPlatform *self, const char *project, guint count, const char *key)
{
  return refuse ();
}

static DexFuture *
assay_platform_real_renew (AssayPlatform *self, const char *lease, const char *key)
{
  return refuse ();
}

static DexFuture *
assay_platform_real_release (AssayPlatform *self, const char *lease)
{
  return refuse ();
}

static AssayFrame *
assay_platform_real_frame (AssayPlatform *self,
                           AssayTask *task,
                           const AssayLease *lease,
                           AssayJudgement *judgement,
                           GError **error)
{
  g_set_error_literal (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
                       _ ("This platform takes no judgements."));
  return NULL;
}

static DexFuture *
assay_platform_real_submit (AssayPlatform *self, const AssayOutgoing *outgoing)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                _ ("This platform takes no judgements."));
}

static AssayFrame *
assay_platform_real_frame_acknowledgement (AssayPlatform *self, const char *guideline, int version)
{
  return NULL;
}

static AssayFrame *
assay_platform_real_frame_dispute (AssayPlatform *self, const char *feedback, const char *text)
{
  return NULL;
}

static DexFuture *
assay_platform_real_load_draft (AssayPlatform *self, const char *lease)
{
  return refuse ();
}

static DexFuture *
assay_platform_real_save_draft (AssayPlatform *self,
                                const char *lease,
                                JsonNode *draft,
                                const char *etag)
{
  return refuse ();
}

static void
assay_platform_class_init (AssayPlatformClass *klass)
{
  klass->get_abilities = assay_platform_real_get_abilities;
  klass->check = assay_platform_real_check;
  klass->pull = assay_platform_real_pull;
  klass->claim = assay_platform_real_claim;
  klass->renew = assay_platform_real_renew;
  klass->release = assay_platform_real_release;
  klass->frame = assay_platform_real_frame;
  klass->submit = assay_platform_real_submit;
  klass->frame_acknowledgement = assay_platform_real_frame_acknowledgement;
  klass->frame_dispute = assay_platform_real_frame_dispute;
  klass->load_draft = assay_platform_real_load_draft;
  klass->save_draft = assay_platform_real_save_draft;

  signals[SIGNAL_SECRET_CHANGED] =
      g_signal_new ("secret-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
assay_platform_init (AssayPlatform *self)
{
}

AssayPlatformAbilities
assay_platform_get_abilities (AssayPlatform *self)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM (self), ASSAY_PLATFORM_NONE);

  return ASSAY_PLATFORM_GET_CLASS (self)->get_abilities (self);
}

DexFuture *
assay_platform_check (AssayPlatform *self)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));

  return ASSAY_PLATFORM_GET_CLASS (self)->check (self);
}

DexFuture *
assay_platform_pull (AssayPlatform *self, const char *cursor)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));

  return ASSAY_PLATFORM_GET_CLASS (self)->pull (self, cursor);
}

DexFuture *
assay_platform_claim (AssayPlatform *self, const char *project, guint count, const char *key)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (project != NULL);
  dex_return_error_if_fail (count > 0);
  dex_return_error_if_fail (key != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->claim (self, project, count, key);
}

DexFuture *
assay_platform_renew (AssayPlatform *self, const char *lease, const char *key)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (lease != NULL);
  dex_return_error_if_fail (key != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->renew (self, lease, key);
}

DexFuture *
assay_platform_release (AssayPlatform *self, const char *lease)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (lease != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->release (self, lease);
}

AssayFrame *
assay_platform_frame (AssayPlatform *self,
                      AssayTask *task,
                      const AssayLease *lease,
                      AssayJudgement *judgement,
                      GError **error)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM (self), NULL);
  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);
  g_return_val_if_fail (ASSAY_IS_JUDGEMENT (judgement), NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->frame (self, task, lease, judgement, error);
}

DexFuture *
assay_platform_submit (AssayPlatform *self, const AssayOutgoing *outgoing)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (outgoing != NULL);
  dex_return_error_if_fail (outgoing->submission != NULL);
  dex_return_error_if_fail (outgoing->kind != NULL);
  dex_return_error_if_fail (outgoing->body != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->submit (self, outgoing);
}

AssayFrame *
assay_platform_frame_acknowledgement (AssayPlatform *self, const char *guideline, int version)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM (self), NULL);
  g_return_val_if_fail (guideline != NULL, NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->frame_acknowledgement (self, guideline, version);
}

AssayFrame *
assay_platform_frame_dispute (AssayPlatform *self, const char *feedback, const char *text)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM (self), NULL);
  g_return_val_if_fail (feedback != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->frame_dispute (self, feedback, text);
}

AssayRemoteDraft *
assay_remote_draft_copy (const AssayRemoteDraft *self)
{
  AssayRemoteDraft *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->etag = g_strdup (self->etag);
  copy->device = g_strdup (self->device);
  copy->judgement = self->judgement != NULL ? json_node_ref (self->judgement) : NULL;
  return copy;
}

void
assay_remote_draft_free (AssayRemoteDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->etag);
  g_free (self->device);
  g_clear_pointer (&self->judgement, json_node_unref);
  g_free (self);
}

DexFuture *
assay_platform_load_draft (AssayPlatform *self, const char *lease)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (lease != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->load_draft (self, lease);
}

DexFuture *
assay_platform_save_draft (AssayPlatform *self,
                           const char *lease,
                           JsonNode *draft,
                           const char *etag)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (lease != NULL);
  dex_return_error_if_fail (draft != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->save_draft (self, lease, draft, etag);
}
