/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-outbox-account.h"

AssayOutboxAccount *
assay_outbox_account_new (const char *id)
{
  AssayOutboxAccount *self = g_rc_box_new0 (AssayOutboxAccount);

  self->id = g_strdup (id);
  self->next_due = -1;
  self->pushes = g_ptr_array_new_with_free_func (dex_unref);
  return self;
}

static void
clear (gpointer account)
{
  AssayOutboxAccount *self = account;

  g_free (self->id);
  g_free (self->origin);
  g_clear_object (&self->platform);
  g_clear_error (&self->stop_error);
  g_ptr_array_unref (self->pushes);
}

void
assay_outbox_account_unref (gpointer account)
{
  g_rc_box_release_full (account, clear);
}

gboolean
assay_outbox_account_is_repeatable (AssayOutboxAccount *self)
{
  return (assay_platform_get_abilities (self->platform) & ASSAY_PLATFORM_REPEATABLE) != 0;
}

gboolean
assay_outbox_account_shares_origin (AssayOutboxAccount *self, AssayOutboxAccount *other)
{
  return self == other || (self->origin != NULL && g_strcmp0 (self->origin, other->origin) == 0);
}

gboolean
assay_outbox_account_can_deliver (AssayOutboxAccount *self, AssayOutboxItem *item)
{
  return assay_outbox_item_get_state (item) == ASSAY_OUTBOX_QUEUED
         || assay_outbox_account_is_repeatable (self);
}

void
assay_outbox_account_stop (AssayOutboxAccount *self, const GError *error)
{
  g_return_if_fail (error != NULL);

  self->stopped = TRUE;
  g_clear_error (&self->stop_error);
  self->stop_error = g_error_copy (error);
}

void
assay_outbox_account_bar (AssayOutboxAccount *self)
{
  self->stopped = self->barred = TRUE;
  g_clear_error (&self->stop_error);
}

void
assay_outbox_account_resume (AssayOutboxAccount *self)
{
  self->stopped = self->barred = FALSE;
  g_clear_error (&self->stop_error);
}

void
assay_outbox_account_settle_pushes (AssayOutboxAccount *self)
{
  g_autoptr (GPtrArray) pushes = g_steal_pointer (&self->pushes);

  self->pushes = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < pushes->len; i++)
    if (self->stopped && self->stop_error != NULL)
      dex_promise_reject (pushes->pdata[i], g_error_copy (self->stop_error));
    else
      dex_promise_resolve_boolean (pushes->pdata[i], TRUE);
}
