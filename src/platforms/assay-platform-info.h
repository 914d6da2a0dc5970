/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * AssayPlatformAbilities:
 * @ASSAY_PLATFORM_LOCAL: no network: always online, never signed out
 * @ASSAY_PLATFORM_UPDATES: a settled judgement can be revised
 * @ASSAY_PLATFORM_REPEATABLE: the same bytes under the same id can be sent again without harm
 * @ASSAY_PLATFORM_LEASES: tasks are claimed, for a time
 * @ASSAY_PLATFORM_DRAFTS: unfinished work is carried between devices
 * @ASSAY_PLATFORM_ACKNOWLEDGES: guidelines are acknowledged
 * @ASSAY_PLATFORM_FEEDBACK: what became of submissions is told
 * @ASSAY_PLATFORM_DISPUTES: feedback can be disputed
 * @ASSAY_PLATFORM_PAY: what was earned is told
 * @ASSAY_PLATFORM_CHANGES: what changed is told, so that a pull need not list everything
 *
 * What a platform can do beyond taking judgements; the interface shows only that.
 */
typedef enum
{
  ASSAY_PLATFORM_NONE = 0,
  ASSAY_PLATFORM_LOCAL = 1 << 0,
  ASSAY_PLATFORM_UPDATES = 1 << 1,
  ASSAY_PLATFORM_REPEATABLE = 1 << 2,
  ASSAY_PLATFORM_LEASES = 1 << 3,
  ASSAY_PLATFORM_DRAFTS = 1 << 4,
  ASSAY_PLATFORM_ACKNOWLEDGES = 1 << 5,
  ASSAY_PLATFORM_FEEDBACK = 1 << 6,
  ASSAY_PLATFORM_DISPUTES = 1 << 7,
  ASSAY_PLATFORM_PAY = 1 << 8,
  ASSAY_PLATFORM_CHANGES = 1 << 9,
} AssayPlatformAbilities;

/**
 * AssayPlatformInfo:
 * @name: the platform's, untrusted
 * @person: the name of who is signed in; "" if nobody was asked for
 * @person_id: what the platform calls them in its own words; "" if nobody was asked for
 * @base: what its addresses begin with
 * @token_page: (nullable): where a person makes a token
 * @authorization_server: (nullable): where a person signs in with the browser
 * @client_id: (nullable): ours there
 * @support: (nullable)
 * @claim_max: how many tasks can be claimed at once; 0 where it is not said
 * @submission_bytes: 0 where it is not said
 * @offline_cache: whether tasks may be kept here
 * @cache_max_hours: documents of settled tasks are erased after it; -1 for no limit
 * @spelling_allowed: whether spelling may be checked
 *
 * What a platform says about itself. A value.
 */
typedef struct
{
  char *name;
  char *person;
  char *person_id;
  char *base;
  char *token_page;
  char *authorization_server;
  char *client_id;
  char *support;
  AssayPlatformAbilities abilities;
  guint claim_max;
  guint submission_bytes;
  gboolean offline_cache;
  int cache_max_hours;
  gboolean spelling_allowed;
} AssayPlatformInfo;

#define ASSAY_TYPE_PLATFORM_INFO (assay_platform_info_get_type ())
GType assay_platform_info_get_type (void);
AssayPlatformInfo *assay_platform_info_new (void);
AssayPlatformInfo *assay_platform_info_copy (const AssayPlatformInfo *self);
void assay_platform_info_free (AssayPlatformInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayPlatformInfo, assay_platform_info_free)

/* As it is kept with the account, so that a start without a network knows what the platform can do.
 * (transfer full). */
JsonNode *assay_platform_info_to_json (const AssayPlatformInfo *self);
/* NULL if @node is none. (transfer full) */
AssayPlatformInfo *assay_platform_info_new_from_json (JsonNode *node);
/* By what the platform calls them; by their names where it does not say. */
gboolean
assay_platform_info_is_same_person (const AssayPlatformInfo *self, const AssayPlatformInfo *other);

G_END_DECLS
