/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-typing.h"

/* Longer than the pauses between words. */
#define REST_US (1 * G_TIME_SPAN_SECOND)

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("assay-typing");
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  gint64 *pressed_at = user_data;

  *pressed_at = g_get_monotonic_time ();
  return GDK_EVENT_PROPAGATE;
}

void
assay_typing_watch (GtkWindow *window)
{
  GtkEventController *keys;
  gint64 *pressed_at;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (g_object_get_qdata (G_OBJECT (window), get_quark ()) == NULL);

  keys = gtk_event_controller_key_new ();
  pressed_at = g_new0 (gint64, 1);
  g_object_set_qdata_full (G_OBJECT (window), get_quark (), pressed_at, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), pressed_at);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

guint
assay_typing_get_wait (GtkWidget *widget)
{
  GtkRoot *root;
  const gint64 *pressed_at;
  gint64 rested;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  root = gtk_widget_get_root (widget);
  pressed_at = root != NULL ? g_object_get_qdata (G_OBJECT (root), get_quark ()) : NULL;
  if (pressed_at == NULL || *pressed_at == 0)
    return 0;
  rested = g_get_monotonic_time () - *pressed_at;
  return rested < REST_US ? (guint) ((REST_US - rested) / G_TIME_SPAN_MILLISECOND) + 1 : 0;
}
