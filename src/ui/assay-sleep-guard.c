/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "assay-sleep-guard.h"

#define LOGIND_NAME "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"

struct _AssaySleepGuard
{
  GObject parent_instance;

  AssaySleepGuardFunc prepare;
  gpointer user_data;
  GCancellable *cancellable; /* (owned) */
  GDBusConnection *bus;      /* (owned) (nullable) */
  guint subscription;
  int inhibitor; /* the file descriptor that holds suspend back, or -1 */
};

G_DEFINE_FINAL_TYPE (AssaySleepGuard, assay_sleep_guard, G_TYPE_OBJECT)

static void
let_go (AssaySleepGuard *self)
{
  if (self->inhibitor >= 0)
    g_close (self->inhibitor, NULL);
  self->inhibitor = -1;
}

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssaySleepGuard) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply = NULL;
  int index;

  /* Without an inhibitor, the signal may come too late; there is nothing else to do about it. */
  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result,
                                                           NULL);
  if (reply == NULL || fds == NULL)
    return;
  g_variant_get (reply, "(h)", &index);
  let_go (self);
  self->inhibitor = g_unix_fd_list_get (fds, index, NULL);
}

static void
inhibit (AssaySleepGuard *self)
{
  g_dbus_connection_call_with_unix_fd_list (
      self->bus, LOGIND_NAME, LOGIND_PATH, LOGIND_MANAGER, "Inhibit",
      g_variant_new ("(ssss)", "sleep", g_get_application_name (), _ ("Saving drafts"), "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable,
      inhibited_cb, g_object_ref (self));
}

static DexFuture *
prepared_cb (DexFuture *future, gpointer user_data)
{
  let_go (user_data);
  return NULL;
}

static void
prepare_for_sleep_cb (GDBusConnection *bus,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  AssaySleepGuard *self = user_data;
  gboolean going_to_sleep;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &going_to_sleep);
  if (going_to_sleep)
    dex_future_disown (dex_future_finally (self->prepare (self->user_data), prepared_cb,
                                           g_object_ref (self), g_object_unref));
  else
    inhibit (self);
}

static void
got_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AssaySleepGuard) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->bus = g_steal_pointer (&bus);
  self->subscription =
      g_dbus_connection_signal_subscribe (self->bus, LOGIND_NAME, LOGIND_MANAGER, "PrepareForSleep",
                                          LOGIND_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                          prepare_for_sleep_cb, self, NULL);
  inhibit (self);
}

static void
assay_sleep_guard_dispose (GObject *object)
{
  AssaySleepGuard *self = ASSAY_SLEEP_GUARD (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->bus);
  let_go (self);

  G_OBJECT_CLASS (assay_sleep_guard_parent_class)->dispose (object);
}

static void
assay_sleep_guard_finalize (GObject *object)
{
  AssaySleepGuard *self = ASSAY_SLEEP_GUARD (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (assay_sleep_guard_parent_class)->finalize (object);
}

static void
assay_sleep_guard_class_init (AssaySleepGuardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_sleep_guard_dispose;
  object_class->finalize = assay_sleep_guard_finalize;
}

static void
assay_sleep_guard_init (AssaySleepGuard *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
}

AssaySleepGuard *
assay_sleep_guard_new (AssaySleepGuardFunc prepare, gpointer user_data)
{
  AssaySleepGuard *self;

  g_return_val_if_fail (prepare != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_SLEEP_GUARD, NULL);
  self->prepare = prepare;
  self->user_data = user_data;
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, got_bus_cb, g_object_ref (self));
  return self;
}
