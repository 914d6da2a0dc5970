/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-platform-error.h"

G_BEGIN_DECLS

/**
 * FaultLine:
 * @fault: a name from the table of the fault server
 * @number: the first of the lines of the fault list that it stands for; 0 for no fault
 * @get: the AssayPlatformError of a GET that it struck, or HTTP_ANSWERED
 * @put: the same of a PUT
 * @delivery: what that proves about the PUT
 * @commits: how often it was committed
 * @total_ms: a deadline that ends it soon; 0 where it ends by itself
 * @silence_ms: the same of the time without a byte
 *
 * What one exchange with a server that does so comes to.
 */
typedef struct
{
  const char *fault;
  guint number;
  int get;
  int put;
  AssayDelivery delivery;
  guint commits;
  guint total_ms;
  guint silence_ms;
} FaultLine;

/* Up to one without a name. */
extern const FaultLine fault_lines[];

G_END_DECLS
