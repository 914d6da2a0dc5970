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

  if (error == NULL)
    {
      /* An answer without a receipt proves nothing. */
      if (receipt == NULL || *receipt == '\0')
        return unknown;
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_ACCEPTED, ASSAY_OUTBOX_CLASS_ACCEPTED,
                                    ASSAY_OUTBOX_GO_ON };
    }

  switch (assay_platform_error_get_delivery (error))
    {
    case ASSAY_DELIVERY_NOT_SENT:
      return (AssayOutboxVerdict) {
        ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_NOT_SENT,
        /* Whatever goes to a server that is not who it says, or to an address that must not be,
         * ends the same way until the person did something. */
        g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_INSECURE)
                || g_error_matches (error, ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_ADDRESS)
            ? ASSAY_OUTBOX_STOP
            : ASSAY_OUTBOX_GO_ON
      };
    case ASSAY_DELIVERY_SIGNED_OUT:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_SIGNED_OUT,
                                    ASSAY_OUTBOX_STOP };
    case ASSAY_DELIVERY_NOT_PROCESSED:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_QUEUED, ASSAY_OUTBOX_CLASS_NOT_PROCESSED,
                                    ASSAY_OUTBOX_PAUSE };
    case ASSAY_DELIVERY_REFUSED:
      return (AssayOutboxVerdict) { ASSAY_OUTBOX_REFUSED, ASSAY_OUTBOX_CLASS_REFUSED,
                                    ASSAY_OUTBOX_GO_ON };
    /* An error about an answer that said yes: no receipt. */
    case ASSAY_DELIVERY_ANSWERED:
    case ASSAY_DELIVERY_UNKNOWN:
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
