/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "assay-platform-error.h"

G_BEGIN_DECLS

/* What a platform can do beyond taking judgements; the interface shows only that. */
typedef enum
{
  ASSAY_PLATFORM_NONE = 0,
  ASSAY_PLATFORM_LOCAL = 1 << 0,   /* no network: always online, never signed out */
  ASSAY_PLATFORM_UPDATES = 1 << 1, /* a settled judgement can be revised */
} AssayPlatformAbilities;

#define ASSAY_TYPE_PLATFORM (assay_platform_get_type ())
/**
 * AssayPlatform:
 *
 * Where tasks come from and judgements go. Abstract; what a subclass leaves out rejects with
 * NOT_SUPPORTED. Never touches the store.
 */
G_DECLARE_DERIVABLE_TYPE (AssayPlatform, assay_platform, ASSAY, PLATFORM, GObject)

struct _AssayPlatformClass
{
  GObjectClass parent_class;

  AssayPlatformAbilities abilities;
  /* Delivers frozen bytes under a submission UUID. Resolves to a string: the receipt. */
  DexFuture *(*submit) (AssayPlatform *self,
                        const char *submission,
                        const char *kind,
                        const char *target,
                        GBytes *body);
};

AssayPlatformAbilities assay_platform_get_abilities (AssayPlatform *self);
DexFuture *assay_platform_submit (AssayPlatform *self,
                                  const char *submission,
                                  const char *kind,
                                  const char *target,
                                  GBytes *body);

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
