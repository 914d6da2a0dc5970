/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ASSAY_LEASE_HELD,
  ASSAY_LEASE_SUBMITTED,
  ASSAY_LEASE_SKIPPED,
  ASSAY_LEASE_RELEASED,
  ASSAY_LEASE_EXPIRED, /* a submission may still come in time */
  ASSAY_LEASE_WITHDRAWN,
} AssayLeaseState;

/* As in the open platform API and in the store: "held". */
const char *assay_lease_state_to_string (AssayLeaseState state);
gboolean assay_lease_state_from_string (const char *text, AssayLeaseState *state);

/**
 * AssayLease:
 * @id: the platform's
 * @expires_at: by this machine's clock, UTC microseconds; 0 for never
 * @granted_at: the same
 * @renewals_left: how often more time can be asked for
 * @training: its result is shown at once
 * @form: (nullable): the platform's name of the form that was agreed on
 * @form_version: 0 for none
 * @submission: (nullable): under which it was judged
 *
 * A platform's claim of one task for one person, for a time. A value.
 */
typedef struct
{
  char *id;
  AssayLeaseState state;
  gint64 granted_at;
  gint64 expires_at;
  guint renewals_left;
  gboolean training;
  char *form;
  int form_version;
  char *submission;
} AssayLease;

#define ASSAY_TYPE_LEASE (assay_lease_get_type ())
GType assay_lease_get_type (void);
AssayLease *assay_lease_new (const char *id);
AssayLease *assay_lease_copy (const AssayLease *self);
void assay_lease_free (AssayLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AssayLease, assay_lease_free)

/* It can be judged at @now_us (UTC). */
gboolean assay_lease_is_held (const AssayLease *self, gint64 now_us);

G_END_DECLS
