/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-outbox-item.h"

G_BEGIN_DECLS

/* The longest that a row which failed waits for its next attempt. */
#define ASSAY_BACKOFF_MAX_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

/* What the attempt says about those that follow it. */
typedef enum
{
  ASSAY_OUTBOX_GO_ON,
  ASSAY_OUTBOX_PAUSE, /* the platform asks for less: nothing of the account until the row is due */
  ASSAY_OUTBOX_STOP,  /* nothing of the account until the person did something */
} AssayOutboxConsequence;

typedef struct
{
  AssayOutboxState state;
  const char *result_class; /* ASSAY_OUTBOX_CLASS_… */
  AssayOutboxConsequence consequence;
} AssayOutboxVerdict;

/* What becomes of a row after an attempt; @error NULL: @receipt came. What the attempt proves is
 * decided by assay_exchange_judge() and carried by the error; here it becomes a state. */
AssayOutboxVerdict assay_outbox_judge (const GError *error, const char *receipt);
/* random (0, min (600 s, 2 s · 2ⁿ)) for attempt n; @random: 0 ≤ random < 1. */
gint64 assay_outbox_backoff_us (guint attempts, double random);

G_END_DECLS
