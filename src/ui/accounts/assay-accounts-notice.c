/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-accounts-notice.h"

#include <glib/gi18n.h>

#include "assay-account-words.h"
#include "assay-removals-question.h"

struct _AssayAccountsNotice
{
  AdwBin parent_instance;

  AdwBanner *banner;     /* the child */
  AssaySession *session; /* (owned) (nullable) */
  AssayEngine *engine;   /* (owned) (nullable) */

  AssayRemovalsQuestion *question; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AssayAccountsNotice, assay_accounts_notice, ADW_TYPE_BIN)

static void
hide_banner (AssayAccountsNotice *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  /* A banner that is not revealed is still read aloud. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show_banner (AssayAccountsNotice *self, const char *title, const char *button)
{
  if (g_strcmp0 (adw_banner_get_title (self->banner), title) != 0)
    adw_banner_set_title (self->banner, title);
  adw_banner_set_button_label (self->banner, button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  adw_banner_set_revealed (self->banner, TRUE);
}

/* The only one; what is more than one is looked at in the list. */
static void
show_one (AssayAccountsNotice *self, AssayAccountSync *sync)
{
  AssayAccount *account = assay_account_sync_get_account (sync);
  g_autofree char *name = assay_account_dup_title (account);
  GtkActionable *banner = GTK_ACTIONABLE (self->banner);
  g_autofree char *title = NULL;

  gtk_actionable_set_action_name (banner, NULL);
  gtk_actionable_set_action_target (banner, "s", assay_account_get_id (account));
  if (assay_account_sync_get_state (sync) == ASSAY_ACCOUNT_SIGNED_OUT)
    {
      /* Translators: %s is the name of a platform. */
      title = g_strdup_printf (_ ("%s needs you to sign in again."), name);
      gtk_actionable_set_action_name (banner, "accounts.sign-in");
      show_banner (self, title, _ ("_Sign In…"));
      return;
    }
  /* Translators: %s is the name of a platform. */
  title =
      g_strdup_printf (_ ("There is no safe connection to %s. Nothing is sent or fetched."), name);
  gtk_actionable_set_action_name (banner, "accounts.show-account");
  show_banner (self, title, C_ ("banner", "_Details…"));
}

static void
update (AssayAccountsNotice *self)
{
  g_autoptr (AssayAccountSync) first = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->engine)); i++)
    {
      g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      if (!assay_account_state_needs_person (assay_account_sync_get_state (sync)))
        continue;
      if (n == 0)
        first = g_object_ref (sync);
      n++;
    }
  if (n == 0)
    hide_banner (self);
  else if (n == 1)
    show_one (self, first);
  else
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u account needs you.", "%u accounts need you.", n), n);

      /* No action ever has the other's target. */
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), NULL);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->banner), NULL);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "accounts.show");
      show_banner (self, title, _ ("_Accounts…"));
    }
}

static void
items_changed_cb (AssayAccountsNotice *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (AssayAccountSync) sync = g_list_model_get_item (G_LIST_MODEL (self->engine), i);

      g_signal_connect_object (sync, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
session_state_cb (AssayAccountsNotice *self)
{
  AssayEngine *engine = assay_session_get_engine (self->session);

  if (engine == NULL || self->engine != NULL)
    return;
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (engine)));
  assay_removals_question_begin (self->question);
}

static void
assay_accounts_notice_dispose (GObject *object)
{
  AssayAccountsNotice *self = ASSAY_ACCOUNTS_NOTICE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->question);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);
  self->banner = NULL;

  G_OBJECT_CLASS (assay_accounts_notice_parent_class)->dispose (object);
}

static void
assay_accounts_notice_class_init (AssayAccountsNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_accounts_notice_dispose;
}

static void
assay_accounts_notice_init (AssayAccountsNotice *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  hide_banner (self);
}

void
assay_accounts_notice_set_session (AssayAccountsNotice *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_ACCOUNTS_NOTICE (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->question = assay_removals_question_new (GTK_WIDGET (self), session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}
