/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-reachability.h"

#define LONGEST_DELAY_MS 5000

struct _AssayReachability
{
  GObject parent_instance;

  GNetworkMonitor *monitor; /* (owned) */
  gboolean available;
  gboolean metered;
  guint longest_delay_ms;
  guint timer;
};

G_DEFINE_FINAL_TYPE (AssayReachability, assay_reachability, G_TYPE_OBJECT)

typedef enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
} AssayReachabilityProperty;

static GParamSpec *properties[PROP_METERED + 1];

enum
{
  CAME_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
timer_cb (gpointer user_data)
{
  AssayReachability *self = user_data;

  self->timer = 0;
  g_signal_emit (self, signals[CAME_BACK], 0);
  return G_SOURCE_REMOVE;
}

/* A monitor says that something changed also where nothing did. */
static void
update (AssayReachability *self)
{
  gboolean available = g_network_monitor_get_network_available (self->monitor);
  gboolean metered = g_network_monitor_get_network_metered (self->monitor);

  if (metered != self->metered)
    {
      self->metered = metered;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METERED]);
    }
  if (available == self->available)
    return;
  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (available)
    self->timer =
        g_timeout_add ((guint) (g_random_double () * self->longest_delay_ms), timer_cb, self);
}

static void
assay_reachability_dispose (GObject *object)
{
  AssayReachability *self = ASSAY_REACHABILITY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (assay_reachability_parent_class)->dispose (object);
}

static void
assay_reachability_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayReachability *self = ASSAY_REACHABILITY (object);

  switch ((AssayReachabilityProperty) prop_id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, self->metered);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_reachability_class_init (AssayReachabilityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_reachability_dispose;
  object_class->get_property = assay_reachability_get_property;

  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE, readable);
  properties[PROP_METERED] = g_param_spec_boolean ("metered", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CAME_BACK] = g_signal_new ("came-back", ASSAY_TYPE_REACHABILITY, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_reachability_init (AssayReachability *self)
{
  self->longest_delay_ms = LONGEST_DELAY_MS;
}

AssayReachability *
assay_reachability_new (GNetworkMonitor *monitor)
{
  AssayReachability *self;

  g_return_val_if_fail (monitor == NULL || G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (ASSAY_TYPE_REACHABILITY, NULL);
  self->monitor = g_object_ref (monitor != NULL ? monitor : g_network_monitor_get_default ());
  self->available = g_network_monitor_get_network_available (self->monitor);
  self->metered = g_network_monitor_get_network_metered (self->monitor);
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::network-metered", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return self;
}

gboolean
assay_reachability_get_available (AssayReachability *self)
{
  g_return_val_if_fail (ASSAY_IS_REACHABILITY (self), FALSE);
  return self->available;
}

gboolean
assay_reachability_get_metered (AssayReachability *self)
{
  g_return_val_if_fail (ASSAY_IS_REACHABILITY (self), FALSE);
  return self->metered;
}

void
assay_reachability_set_longest_delay_ms (AssayReachability *self, guint longest_delay_ms)
{
  g_return_if_fail (ASSAY_IS_REACHABILITY (self));
  self->longest_delay_ms = longest_delay_ms;
}
