/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-lease.h"

static const char *const state_names[] = { "held",     "submitted", "skipped",
                                           "released", "expired",   "withdrawn" };
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == ASSAY_LEASE_WITHDRAWN + 1);

G_DEFINE_BOXED_TYPE (AssayLease, assay_lease, assay_lease_copy, assay_lease_free)

const char *
assay_lease_state_to_string (AssayLeaseState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

gboolean
assay_lease_state_from_string (const char *text, AssayLeaseState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0)
      {
        *state = (AssayLeaseState) i;
        return TRUE;
      }
  return FALSE;
}

AssayLease *
assay_lease_new (const char *id)
{
  AssayLease *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (AssayLease, 1);
  self->id = g_strdup (id);
  return self;
}

AssayLease *
assay_lease_copy (const AssayLease *self)
{
  AssayLease *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->form = g_strdup (self->form);
  copy->submission = g_strdup (self->submission);
  return copy;
}

void
assay_lease_free (AssayLease *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->form);
  g_free (self->submission);
  g_free (self);
}

gboolean
assay_lease_is_held (const AssayLease *self, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state == ASSAY_LEASE_HELD && (self->expires_at == 0 || self->expires_at > now_us);
}
