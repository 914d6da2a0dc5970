/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-effort-clock.h"

#define DEFAULT_IDLE_TIME_S 60

struct _AssayEffortClock
{
  GObject parent_instance;

  AssayEffort *effort; /* (nullable) the caller's */
  gint64 settled_us;   /* until when time is in the effort */
  gint64 input_us;     /* the last sign of the person */
  gint64 rest_us;      /* what is less than a millisecond, kept for the next time */
  guint idle_time_s;
  gboolean focused;
  gboolean paused;
  AssayClockState state;
  guint tick_source;
  AssayEffortTimeFunc get_time;
};

G_DEFINE_FINAL_TYPE (AssayEffortClock, assay_effort_clock, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_ACTIVE_MS,
  PROP_PAUSED,
  PROP_FOCUSED,
  PROP_IDLE_TIME,
} AssayEffortClockProperty;

static GParamSpec *properties[PROP_IDLE_TIME + 1];

static gint64
take_ms (AssayEffortClock *self, gint64 duration_us)
{
  gint64 total = duration_us + self->rest_us;

  self->rest_us = total % 1000;
  return total / 1000;
}

static AssayClockState
find_state (AssayEffortClock *self, gint64 now)
{
  if (self->effort == NULL)
    return ASSAY_CLOCK_STOPPED;
  if (self->paused)
    return ASSAY_CLOCK_PAUSED;
  if (!self->focused || now - self->input_us >= self->idle_time_s * G_USEC_PER_SEC)
    return ASSAY_CLOCK_IDLE;
  return ASSAY_CLOCK_RUNNING;
}

/* Time belongs to the state in which it passed; within the running state, to idleness from the
 * moment at which the person had given no sign for the idle time. */
static void
settle (AssayEffortClock *self, gint64 now)
{
  gint64 from = self->settled_us;

  self->settled_us = now;
  if (self->effort == NULL || now <= from)
    return;

  switch (self->state)
    {
    case ASSAY_CLOCK_RUNNING:
      {
        gint64 until = CLAMP (self->input_us + self->idle_time_s * G_USEC_PER_SEC, from, now);

        self->effort->active_ms += take_ms (self, until - from);
        self->effort->idle_ms += (now - until) / 1000;
        break;
      }
    case ASSAY_CLOCK_IDLE:
      self->effort->idle_ms += take_ms (self, now - from);
      break;
    case ASSAY_CLOCK_PAUSED:
      self->effort->paused_ms += take_ms (self, now - from);
      break;
    case ASSAY_CLOCK_STOPPED:
    default:
      break;
    }
}

static gboolean tick_cb (gpointer user_data);

static void
update (AssayEffortClock *self)
{
  gint64 now = self->get_time ();
  AssayClockState state;

  settle (self, now);
  state = find_state (self, now);
  if (state == ASSAY_CLOCK_RUNNING && self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
  else if (state != ASSAY_CLOCK_RUNNING)
    g_clear_handle_id (&self->tick_source, g_source_remove);

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE_MS]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
tick_cb (gpointer user_data)
{
  AssayEffortClock *self = user_data;

  update (self);
  return self->tick_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
assay_effort_clock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayEffortClock *self = ASSAY_EFFORT_CLOCK (object);

  switch ((AssayEffortClockProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ACTIVE_MS:
      g_value_set_int64 (value, assay_effort_clock_get_active_ms (self));
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_FOCUSED:
      g_value_set_boolean (value, self->focused);
      break;
    case PROP_IDLE_TIME:
      g_value_set_uint (value, self->idle_time_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_effort_clock_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  AssayEffortClock *self = ASSAY_EFFORT_CLOCK (object);

  switch ((AssayEffortClockProperty) prop_id)
    {
    case PROP_PAUSED:
      assay_effort_clock_set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_FOCUSED:
      assay_effort_clock_set_focused (self, g_value_get_boolean (value));
      break;
    case PROP_IDLE_TIME:
      if (self->idle_time_s == g_value_get_uint (value))
        break;
      settle (self, self->get_time ());
      self->idle_time_s = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_STATE:
    case PROP_ACTIVE_MS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_effort_clock_dispose (GObject *object)
{
  AssayEffortClock *self = ASSAY_EFFORT_CLOCK (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->effort = NULL;

  G_OBJECT_CLASS (assay_effort_clock_parent_class)->dispose (object);
}

static void
assay_effort_clock_class_init (AssayEffortClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_effort_clock_get_property;
  object_class->set_property = assay_effort_clock_set_property;
  object_class->dispose = assay_effort_clock_dispose;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, ASSAY_CLOCK_STOPPED, ASSAY_CLOCK_PAUSED,
                        ASSAY_CLOCK_STOPPED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVE_MS] = g_param_spec_int64 ("active-ms", NULL, NULL, 0, G_MAXINT64, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAUSED] =
      g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FOCUSED] =
      g_param_spec_boolean ("focused", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IDLE_TIME] =
      g_param_spec_uint ("idle-time", NULL, NULL, 1, G_MAXUINT, DEFAULT_IDLE_TIME_S,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_effort_clock_init (AssayEffortClock *self)
{
  self->idle_time_s = DEFAULT_IDLE_TIME_S;
  self->get_time = g_get_monotonic_time;
}

AssayEffortClock *
assay_effort_clock_new (void)
{
  return g_object_new (ASSAY_TYPE_EFFORT_CLOCK, NULL);
}

void
assay_effort_clock_set_time_func (AssayEffortClock *self, AssayEffortTimeFunc get_time)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));
  g_return_if_fail (get_time != NULL);

  self->get_time = get_time;
}

void
assay_effort_clock_tick (AssayEffortClock *self)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  update (self);
}

void
assay_effort_clock_set_effort (AssayEffortClock *self, AssayEffort *effort)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  if (self->effort == effort)
    return;
  settle (self, self->get_time ());
  self->effort = effort;
  self->rest_us = 0;
  self->settled_us = self->input_us = self->get_time ();
  update (self);
}

AssayClockState
assay_effort_clock_get_state (AssayEffortClock *self)
{
  g_return_val_if_fail (ASSAY_IS_EFFORT_CLOCK (self), ASSAY_CLOCK_STOPPED);

  return self->state;
}

gint64
assay_effort_clock_get_active_ms (AssayEffortClock *self)
{
  g_return_val_if_fail (ASSAY_IS_EFFORT_CLOCK (self), 0);

  return self->effort != NULL ? self->effort->active_ms : 0;
}

void
assay_effort_clock_poke (AssayEffortClock *self)
{
  gint64 now;

  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  now = self->get_time ();

  /* What passed in idleness is settled before it ends. */
  settle (self, now);
  self->input_us = now;
  if (self->state == ASSAY_CLOCK_IDLE)
    update (self);
}

void
assay_effort_clock_set_focused (AssayEffortClock *self, gboolean focused)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  if (self->focused == focused)
    return;
  settle (self, self->get_time ());
  self->focused = focused;
  if (focused)
    self->input_us = self->get_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOCUSED]);
  update (self);
}

void
assay_effort_clock_set_paused (AssayEffortClock *self, gboolean paused)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  if (self->paused == paused)
    return;
  settle (self, self->get_time ());
  self->paused = paused;
  if (!paused)
    self->input_us = self->get_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  update (self);
}

void
assay_effort_clock_settle (AssayEffortClock *self)
{
  g_return_if_fail (ASSAY_IS_EFFORT_CLOCK (self));

  settle (self, self->get_time ());
}
