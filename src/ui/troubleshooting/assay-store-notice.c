/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-store-notice.h"

#include <glib/gi18n.h>

#include "assay-rescue-dialog.h"

#define NETWORK_KEY "told-network"

struct _AssayStoreNotice
{
  AdwBin parent_instance;

  AdwBanner *banner;         /* the child */
  AssaySession *session;     /* (owned) (nullable) */
  AssayRescueReport *report; /* (owned) (nullable) what the banner is about; NULL: the network */
};

G_DEFINE_FINAL_TYPE (AssayStoreNotice, assay_store_notice, ADW_TYPE_BIN)

static void
hide_banner (AssayStoreNotice *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  /* A banner that is not revealed is still read aloud. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show_banner (AssayStoreNotice *self, const char *title, const char *button)
{
  adw_banner_set_title (self->banner, title);
  adw_banner_set_button_label (self->banner, button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
present_report (AssayStoreNotice *self, AssayRescueReport *report)
{
  AssayStore *store = assay_session_get_store (self->session);

  adw_dialog_present (assay_rescue_dialog_new (report), GTK_WIDGET (self));
  if (store != NULL)
    dex_future_disown (assay_store_settle_rescue_report (store, report));
}

static void
clicked_cb (AssayStoreNotice *self)
{
  AssayStore *store = assay_session_get_store (self->session);

  hide_banner (self);
  if (self->report != NULL)
    {
      g_autoptr (AssayRescueReport) report = g_steal_pointer (&self->report);

      present_report (self, report);
    }
  else if (store != NULL)
    {
      dex_future_disown (assay_store_set_value (store, NETWORK_KEY, "true"));
    }
}

/* Somebody is at work: no dialog takes the keys away. */
static void
damage_found_cb (AssayStoreNotice *self, AssayRescueReport *report)
{
  g_set_object (&self->report, report);
  show_banner (self,
               _ ("The workspace was damaged and was put together again. What you have open is "
                  "saved anew."),
               _ ("_Details…"));
}

static DexFuture *
look_at_network_fiber (gpointer user_data)
{
  AssayStoreNotice *self = user_data;
  AssayStore *open = self->session != NULL ? assay_session_get_store (self->session) : NULL;
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (AssayStoreHealth) health = NULL;
  g_autofree char *told = NULL;

  /* It was closed before this had its turn. */
  if (open == NULL)
    return dex_future_new_true ();
  store = g_object_ref (open);
  health = dex_await_boxed (assay_store_get_health (store), NULL);
  if (health == NULL || !health->network)
    return dex_future_new_true ();
  told = dex_await_string (assay_store_get_value (store, NETWORK_KEY), NULL);
  if (told == NULL && self->report == NULL && self->banner != NULL)
    show_banner (self,
                 _ ("The workspace is on a network file system. Saving takes longer there, and no "
                    "other computer may use it at the same time."),
                 C_ ("banner", "_Got It"));
  return dex_future_new_true ();
}

static void
session_state_cb (AssayStoreNotice *self)
{
  AssayStore *store = assay_session_get_store (self->session);
  AssayRescueReport *report;

  if (store == NULL)
    return;
  g_signal_connect_object (store, "damage-found", G_CALLBACK (damage_found_cb), self,
                           G_CONNECT_SWAPPED);
  report = assay_store_get_rescue_report (store);
  if (report != NULL)
    {
      g_autoptr (AssayRescueReport) owned = g_object_ref (report);

      present_report (self, owned);
    }
  dex_future_disown (
      dex_scheduler_spawn (NULL, 0, look_at_network_fiber, g_object_ref (self), g_object_unref));
}

static void
assay_store_notice_dispose (GObject *object)
{
  AssayStoreNotice *self = ASSAY_STORE_NOTICE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->report);
  self->banner = NULL;

  G_OBJECT_CLASS (assay_store_notice_parent_class)->dispose (object);
}

static void
assay_store_notice_class_init (AssayStoreNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = assay_store_notice_dispose;
}

static void
assay_store_notice_init (AssayStoreNotice *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
assay_store_notice_set_session (AssayStoreNotice *self, AssaySession *session)
{
  g_return_if_fail (ASSAY_IS_STORE_NOTICE (self));
  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (session_state_cb), self);
  session_state_cb (self);
}
