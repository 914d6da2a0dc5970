/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-policy.h"
#include "assay-platform.h"

#define BACKOFF_BASE_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)
/* 2 s · 2⁹ is beyond the longest wait. */
#define BACKOFF_MAX_DOUBLINGS 9

AssayOutboxVerdict
assay_outbox_judge (const GError *error, const char *receipt)
{
  static const AssayOutboxVerdict unknown = { ASSAY_OUTBOX_UNKNOWN, ASSAY_OUTBOX_CLASS_UNKNOWN,
                                              ASSAY_OUTBOX_GO_ON };
  static const AssayOutboxVerdict refused = { ASSAY_OUTBOX_REFUSED, ASSAY_OUTBOX_CLASS_REFUSED,
                                              ASSAY_OUTBOX_GO_ON };

  if (error == NULL)
    {
      /* An answer without a receipt proves nothing. */
      if (receipt == NULL || *receipt == '\0')
        return unknown;
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_ACCEPTED, ASSAY_OUTBOX_CLASS_ACCEPTED,
                                    ASSAY_OUTBOX_GO_ON };
    }
  if (error->domain != ASSAY_PLATFORM_ERROR)
    return unknown;

  switch ((AssayPlatformError) error->code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_NOT_SENT,
                                    ASSAY_OUTBOX_GO_ON };
    case ASSAY_PLATFORM_ERROR_SIGNED_OUT:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_SIGNED_OUT,
                                    ASSAY_OUTBOX_SIGN_IN };
    case ASSAY_PLATFORM_ERROR_RATE_LIMITED:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_NOT_PROCESSED,
                                    ASSAY_OUTBOX_PAUSE };
    case ASSAY_PLATFORM_ERROR_NOT_ALLOWED:
    case ASSAY_PLATFORM_ERROR_NOT_FOUND:
    case ASSAY_PLATFORM_ERROR_CONFLICT:
    case ASSAY_PLATFORM_ERROR_GONE:
    case ASSAY_PLATFORM_ERROR_REJECTED:
    case ASSAY_PLATFORM_ERROR_NOT_SUPPORTED:
      return refused;
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_SERVER_FAULT:
    case ASSAY_PLATFORM_ERROR_PROTOCOL:
    default:
      return unknown;
    }
}

gint64
assay_outbox_backoff_us (guint attempts, double random)
{
  gint64 longest = BACKOFF_BASE_US << MIN (attempts, BACKOFF_MAX_DOUBLINGS);

  g_return_val_if_fail (random >= 0 && random < 1, ASSAY_BACKOFF_MAX_US);
  return (gint64) (random * (double) MIN (longest, ASSAY_BACKOFF_MAX_US));
}
