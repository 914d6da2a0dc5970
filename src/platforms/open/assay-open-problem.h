/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assay-platform-error.h"

G_BEGIN_DECLS

/* What a platform objects to, by the problem types of data/platform-api/openapi.yaml, as an error
 * with a sentence for the person and a code to act on. What it proves of the request stays as it
 * was. @secret: (nullable): nothing that is said, by whomever, holds it. @submission_bytes: the
 * platform's limit; 0 where it is not known. Takes @error. (transfer full) */
GError *assay_open_problem_explain (GError *error, const char *secret, guint submission_bytes);

/* A copy of @error that proves @delivery. (transfer full) */
GError *assay_open_problem_deliver (const GError *error, AssayDelivery delivery);

/* An answer that means yes, and is not what it must be. @what: for the log. */
GError *assay_open_problem_new_unreadable (const char *base, const char *what);

G_END_DECLS
