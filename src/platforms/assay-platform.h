/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "assay-frame.h"
#include "assay-judgement.h"
#include "assay-page.h"
#include "assay-platform-error.h"
#include "assay-platform-info.h"

G_BEGIN_DECLS

/**
 * AssayOutgoing:
 * @kind: as the adapter said when the judgement was framed
 * @target: an address below the platform's, whole
 * @body: the very bytes, the same at each attempt
 * @again: an earlier attempt may have arrived
 *
 * What is to be delivered under the UUID @submission. Borrowed until the future settles.
 */
typedef struct
{
  const char *submission;
  const char *kind;
  const char *method;
  const char *target;
  GBytes *body;
  gboolean again;
} AssayOutgoing;

#define ASSAY_TYPE_PLATFORM (assay_platform_get_type ())
/**
 * AssayPlatform:
 *
 * Where tasks come from and judgements go, for one account. Abstract; what a subclass leaves out
 * rejects with NOT_SUPPORTED. Never touches the store.
 *
 * Every future rejects with an ASSAY_PLATFORM_ERROR that carries what is known about the request.
 * Main thread.
 *
 * Signal `secret-changed (secret)`: the platform gave a new one in the place of the old (a refresh
 * token that rotates). Whoever keeps secrets stores it at once; the old one is worth nothing.
 */
G_DECLARE_DERIVABLE_TYPE (AssayPlatform, assay_platform, ASSAY, PLATFORM, GObject)

struct _AssayPlatformClass
{
  GObjectClass parent_class;

  AssayPlatformAbilities (*get_abilities) (AssayPlatform *self);
  DexFuture *(*check) (AssayPlatform *self);
  DexFuture *(*pull) (AssayPlatform *self, const char *cursor);
  DexFuture *(*claim) (AssayPlatform *self, const char *project, guint count, const char *key);
  DexFuture *(*renew) (AssayPlatform *self, const char *lease, const char *key);
  DexFuture *(*release) (AssayPlatform *self, const char *lease);
  AssayFrame *(*frame) (AssayPlatform *self,
                        AssayTask *task,
                        const AssayLease *lease,
                        AssayJudgement *judgement,
                        GError **error);
  DexFuture *(*submit) (AssayPlatform *self, const AssayOutgoing *outgoing);
  AssayFrame *(*frame_acknowledgement) (AssayPlatform *self, const char *guideline, int version);
  AssayFrame *(*frame_dispute) (AssayPlatform *self, const char *feedback, const char *text);
  DexFuture *(*load_draft) (AssayPlatform *self, const char *lease);
  DexFuture *(*save_draft) (AssayPlatform *self,
                            const char *lease,
                            JsonNode *draft,
                            const char *etag);
};

/* What can be done there, as far as is known; more may be known after a check. */
AssayPlatformAbilities assay_platform_get_abilities (AssayPlatform *self);
/* Asks who is there and who we are. Resolves to an AssayPlatformInfo; also makes the platform know
 * its own address and abilities. */
DexFuture *assay_platform_check (AssayPlatform *self);

/* What is new since @cursor (NULL: everything), one page. Resolves to an AssayPage; where its
 * `more` is set, the next page is pulled from its cursor. A cursor that the platform does not know
 * any more is no error: the page begins a whole listing. */
DexFuture *assay_platform_pull (AssayPlatform *self, const char *cursor);

/* Claims up to @count tasks of the project with that external id. @key: a UUID; the same for a
 * repeat of the same claim. Resolves to an AssayPage without a cursor that holds the tasks with
 * their leases, none if there are none. */
DexFuture *
assay_platform_claim (AssayPlatform *self, const char *project, guint count, const char *key);
/* Asks for more time. Resolves to an AssayLease (boxed). CONFLICT: there is no more. */
DexFuture *assay_platform_renew (AssayPlatform *self, const char *lease, const char *key);
/* Gives the task back. Resolves to TRUE, also where it was not held any more. */
DexFuture *assay_platform_release (AssayPlatform *self, const char *lease);

/* How the platform takes @judgement, which is final. Pure. @lease: (nullable). Fails with
 * ASSAY_PLATFORM_ERROR where it cannot be handed in (NOT_SUPPORTED, GONE). Its
 * target may hold ASSAY_FRAME_SUBMISSION. (transfer full) */
AssayFrame *assay_platform_frame (AssayPlatform *self,
                                  AssayTask *task,
                                  const AssayLease *lease,
                                  AssayJudgement *judgement,
                                  GError **error);
/* Delivers it. Resolves to a string: the receipt. After an attempt of unknown end it may be sent
 * again where the platform is ASSAY_PLATFORM_REPEATABLE; the adapter looks first where it must. */
DexFuture *assay_platform_submit (AssayPlatform *self, const AssayOutgoing *outgoing);

/* The same for what is not a judgement; NULL where the platform has no place for it. */
AssayFrame *
assay_platform_frame_acknowledgement (AssayPlatform *self, const char *guideline, int version);
AssayFrame *
assay_platform_frame_dispute (AssayPlatform *self, const char *feedback, const char *text);

/**
 * AssayRemoteDraft:
 * @etag: what the next writer must know
 * @device: (nullable): where it was written; untrusted
 * @updated_at: UTC microseconds by the platform's clock
 * @judgement: as assay_judgement_to_draft_json() made it
 */
typedef struct
{
  char *etag;
  char *device;
  gint64 updated_at;
  JsonNode *judgement;
} AssayRemoteDraft;

#define ASSAY_TYPE_REMOTE_DRAFT (assay_remote_draft_get_type ())
GType assay_remote_draft_get_type (void);
AssayRemoteDraft *assay_remote_draft_copy (const AssayRemoteDraft *self);
void assay_remote_draft_free (AssayRemoteDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayRemoteDraft, assay_remote_draft_free)
/* Resolves to an AssayRemoteDraft (boxed), or rejects with NOT_FOUND. */
DexFuture *assay_platform_load_draft (AssayPlatform *self, const char *lease);
/* Keeps unfinished work there. @etag: of what it replaces; NULL where there is none. @draft: an
 * object with `judgement` and `device`. Resolves to an AssayRemoteDraft, without its judgement;
 * rejects with CONFLICT if another device wrote. */
DexFuture *assay_platform_save_draft (AssayPlatform *self,
                                      const char *lease,
                                      JsonNode *draft,
                                      const char *etag);

#define ASSAY_TYPE_LOCAL_PLATFORM (assay_local_platform_get_type ())
/**
 * AssayLocalPlatform:
 *
 * Task files and the practice workspace: a submission is accepted where it is, and its receipt is
 * its own id.
 */
G_DECLARE_FINAL_TYPE (AssayLocalPlatform,
                      assay_local_platform,
                      ASSAY,
                      LOCAL_PLATFORM,
                      AssayPlatform)

AssayPlatform *assay_local_platform_new (void);

G_END_DECLS
