/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-platform.h"

G_DEFINE_ABSTRACT_TYPE (AssayPlatform, assay_platform, G_TYPE_OBJECT)

static DexFuture *
assay_platform_real_submit (AssayPlatform *self,
                            const char *submission,
                            const char *kind,
                            const char *target,
                            GBytes *body)
{
  return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                _ ("This platform takes no judgements."));
}

static void
assay_platform_class_init (AssayPlatformClass *klass)
{
  klass->submit = assay_platform_real_submit;
}

static void
assay_platform_init (AssayPlatform *self)
{
}

AssayPlatformAbilities
assay_platform_get_abilities (AssayPlatform *self)
{
  g_return_val_if_fail (ASSAY_IS_PLATFORM (self), ASSAY_PLATFORM_NONE);
  return ASSAY_PLATFORM_GET_CLASS (self)->abilities;
}

DexFuture *
assay_platform_submit (AssayPlatform *self,
                       const char *submission,
                       const char *kind,
                       const char *target,
                       GBytes *body)
{
  dex_return_error_if_fail (ASSAY_IS_PLATFORM (self));
  dex_return_error_if_fail (submission != NULL);
  dex_return_error_if_fail (kind != NULL);
  dex_return_error_if_fail (body != NULL);

  return ASSAY_PLATFORM_GET_CLASS (self)->submit (self, submission, kind, target, body);
}
