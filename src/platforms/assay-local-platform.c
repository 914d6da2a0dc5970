/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-platform.h"

struct _AssayLocalPlatform
{
  AssayPlatform parent_instance;
};

G_DEFINE_FINAL_TYPE (AssayLocalPlatform, assay_local_platform, ASSAY_TYPE_PLATFORM)

/* The store has it already: that is what accepts it. */
static DexFuture *
assay_local_platform_submit (AssayPlatform *platform, const AssayOutgoing *outgoing)
{
  return dex_future_new_for_string (outgoing->submission);
}

static AssayPlatformAbilities
assay_local_platform_get_abilities (AssayPlatform *platform)
{
  return ASSAY_PLATFORM_LOCAL | ASSAY_PLATFORM_UPDATES | ASSAY_PLATFORM_REPEATABLE;
}

static void
assay_local_platform_class_init (AssayLocalPlatformClass *klass)
{
  AssayPlatformClass *platform_class = ASSAY_PLATFORM_CLASS (klass);

  platform_class->get_abilities = assay_local_platform_get_abilities;
  platform_class->submit = assay_local_platform_submit;
}

static void
assay_local_platform_init (AssayLocalPlatform *self)
{
}

AssayPlatform *
assay_local_platform_new (void)
{
  return g_object_new (ASSAY_TYPE_LOCAL_PLATFORM, NULL);
}
