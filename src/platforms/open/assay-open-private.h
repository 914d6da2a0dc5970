/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-open-catalogue.h"
#include "assay-open-client.h"
#include "assay-open-cursor.h"
#include "assay-open-platform.h"

G_BEGIN_DECLS

/* What the files of AssayOpenPlatform know of one another. What awaits runs on a fiber of the main
 * thread. */

/**
 * AssayOpenListing:
 * @run: as in the cursors of its pages
 * @seen: places in lists, and from where each was reached
 * @n_items: so far
 * @n_empty: pages without anything, one after another
 * @limit: how many leases are asked for at once
 * @is_cut: what follows one of its pages cannot be known
 * @has_validators: each page of it can be asked for again on a condition
 * @validators: (of AssayOpenValidator): of each page
 *
 * A whole listing that is on its way, or the last one. Another process does not go on with it:
 * what it did not see would seem to be gone.
 */
typedef struct
{
  char *run;
  GHashTable *seen;
  guint n_items;
  guint n_empty;
  guint limit;
  gboolean is_cut;
  gboolean has_validators;
  GPtrArray *validators;
} AssayOpenListing;

typedef struct
{
  char *url;
  char *etag;
  const char *route;
} AssayOpenValidator;

struct _AssayOpenPlatform
{
  AssayPlatform parent_instance;

  char *account;
  char *address;
  AssayOpenClient *client;       /* (owned) */
  AssayOpenCatalogue *catalogue; /* (owned) */
  AssayPlatformInfo *info;       /* (owned) (nullable): once it is known */

  DexPromise *pulling;       /* (owned) (nullable): whoever pulls next waits for it */
  AssayOpenListing *listing; /* (owned) (nullable) */
  GHashTable *seen_changes;  /* (owned): the same of `/changes`, since there was nothing more */
  GHashTable *seen_feedback; /* (owned): and of `/feedback` */
  /* What went wrong after all of a page was read, and the cursor after it. */
  GError *trouble;      /* (owned) (nullable) */
  char *trouble_cursor; /* (nullable) */
};

/* Finds the platform where it is not known yet. */
gboolean assay_open_platform_ready (AssayOpenPlatform *self, GError **error);
gboolean assay_open_platform_can (AssayOpenPlatform *self, AssayPlatformAbilities ability);

void assay_open_listing_free (AssayOpenListing *self);

/* How far the platform's clock is ahead of ours, by its answer; 0 where that is not said. */
gint64 assay_open_get_skew (AssayHttpAnswer *answer);

/* Adds the leases in @answer to @page: those that are held with their tasks, the others alone.
 * @member: the list's name; NULL where the answer is one lease. Takes @answer, so that its JSON
 * goes away on another thread. FALSE and @error if what belongs to them cannot be known now. */
gboolean assay_open_add_leases (AssayOpenPlatform *self,
                                AssayPage *page,
                                AssayHttpAnswer *answer,
                                const char *member,
                                GError **error);
gboolean
assay_open_add_project (AssayOpenPlatform *self, AssayPage *page, JsonNode *node, GError **error);

/* What happens since the cursor; the page has its cursor. FALSE with no @error: the platform does
 * not know the cursor any more, or what changed is only seen in a whole listing. */
gboolean assay_open_pull_changes (AssayOpenPlatform *self,
                                  AssayOpenCursor *cursor,
                                  AssayPage *page,
                                  GError **error);
/* One page of feedback; moves @cursor. @more: (out): there is another; @endless: set if that is one
 * that was there already. */
gboolean assay_open_pull_feedback (AssayOpenPlatform *self,
                                   AssayOpenCursor *cursor,
                                   AssayPage *page,
                                   gboolean *more,
                                   GError **endless,
                                   GError **error);
/* Asks for one page of a list. @etag: (nullable): only if it is another one. */
AssayHttpAnswer *assay_open_ask_list (AssayOpenPlatform *self,
                                      const char *url,
                                      const char *route,
                                      const char *etag,
                                      GError **error);
/* "…/leases?limit=200&cursor=…" (transfer full) */
char *assay_open_build_list_url (AssayOpenPlatform *self,
                                 const char *segment,
                                 guint limit,
                                 const char *parameter,
                                 const char *value,
                                 GError **error);
/* FALSE if @place was reached from elsewhere before: a list that runs in a circle. A page that is
 * asked for once more leads where it led. */
gboolean assay_open_come_from (GHashTable *seen, const char *place, const char *from);
/* Keeps what is on the page before @cursor, and fails when what follows is pulled. Takes @error. */
void
assay_open_fail_afterwards (AssayOpenPlatform *self, const AssayOpenCursor *cursor, GError *error);
GError *assay_open_new_endless (void);

#define ASSAY_OPEN_PAGE_ITEMS 200

/* Vfuncs in files of their own. */
DexFuture *assay_open_platform_pull (AssayPlatform *platform, const char *cursor);
DexFuture *assay_open_platform_submit (AssayPlatform *platform, const AssayOutgoing *outgoing);
DexFuture *assay_open_platform_load_draft (AssayPlatform *platform, const char *lease);
DexFuture *assay_open_platform_save_draft (AssayPlatform *platform,
                                           const char *lease,
                                           JsonNode *draft,
                                           const char *etag);
AssayFrame *assay_open_platform_frame (AssayPlatform *platform,
                                       AssayTask *task,
                                       const AssayLease *lease,
                                       AssayJudgement *judgement,
                                       GError **error);
AssayFrame *assay_open_platform_frame_acknowledgement (AssayPlatform *platform,
                                                       const char *guideline,
                                                       int version);
AssayFrame *
assay_open_platform_frame_dispute (AssayPlatform *platform, const char *feedback, const char *text);
DexFuture *assay_open_platform_claim (AssayPlatform *platform,
                                      const char *project,
                                      guint count,
                                      const char *key);
DexFuture *assay_open_platform_renew (AssayPlatform *platform, const char *lease, const char *key);
DexFuture *assay_open_platform_release (AssayPlatform *platform, const char *lease);

G_END_DECLS
