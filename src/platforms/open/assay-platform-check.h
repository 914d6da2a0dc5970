/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-http.h"

G_BEGIN_DECLS

typedef enum
{
  ASSAY_CHECK_PASSED,
  ASSAY_CHECK_FAILED,
  ASSAY_CHECK_SKIPPED, /* it could not be tried there, or needs what is not declared */
} AssayCheckOutcome;

/**
 * AssayCheckResult:
 * @level: as in the contract: "core", "sync" …
 * @name: the check's own, stable: "submit-repeated"
 * @seen: a translated sentence
 *
 * What one check of a platform came to.
 */
typedef struct
{
  const char *level;
  const char *name;
  AssayCheckOutcome outcome;
  char *seen;
} AssayCheckResult;

/* Goes through data/platform-api/openapi.yaml with the platform at @address (its base, or any
 * address of its host) and says what it does. Claims, answers and gives back real tasks: meant for
 * an account that is there for tests.
 *
 * @token: a bearer token; NULL tries only what needs none.
 *
 * Resolves to a GPtrArray of AssayCheckResult, in the order of the checks; never rejects for what
 * the platform does. Main thread. */
DexFuture *assay_check_platform (AssayHttp *http, const char *address, const char *token);

G_END_DECLS
