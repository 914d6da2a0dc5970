/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-find-bar.h"

#include "assay-announce.h"

struct _AssayFindBar
{
  GtkWidget parent_instance;

  GtkSearchBar *bar;
  GtkEditable *entry;
  GtkWidget *whole_words_button;
  GtkWidget *expression_button;
  GtkLabel *result;
  GtkWidget *previous_button;
  GtkWidget *next_button;

  gboolean active;
  char *words;       /* (nullable) that were read out last */
  GtkWidget *origin; /* (nullable) what had the focus before; weak pointer */
};

G_DEFINE_FINAL_TYPE (AssayFindBar, assay_find_bar, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ACTIVE = 1,
} AssayFindBarProperty;

enum
{
  CHANGED,
  MOVED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_ACTIVE + 1];
static guint signals[N_SIGNALS];

static void
search_changed_cb (AssayFindBar *self)
{
  if (self->active)
    g_signal_emit (self, signals[CHANGED], 0, gtk_editable_get_text (self->entry));
}

static void
next_cb (AssayFindBar *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
previous_cb (AssayFindBar *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
stop_cb (AssayFindBar *self)
{
  assay_find_bar_set_active (self, FALSE);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                AssayFindBar *self)
{
  gboolean backwards = (state & GDK_SHIFT_MASK) != 0;

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || !backwards)
    return GDK_EVENT_PROPAGATE;
  previous_cb (self);
  return GDK_EVENT_STOP;
}

static void
assay_find_bar_dispose (GObject *object)
{
  g_clear_weak_pointer (&ASSAY_FIND_BAR (object)->origin);
  g_clear_pointer (&ASSAY_FIND_BAR (object)->words, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_FIND_BAR);

  G_OBJECT_CLASS (assay_find_bar_parent_class)->dispose (object);
}

static void
assay_find_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayFindBar *self = ASSAY_FIND_BAR (object);

  switch ((AssayFindBarProperty) prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_find_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  AssayFindBar *self = ASSAY_FIND_BAR (object);

  switch ((AssayFindBarProperty) prop_id)
    {
    case PROP_ACTIVE:
      assay_find_bar_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_find_bar_class_init (AssayFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_find_bar_dispose;
  object_class->get_property = assay_find_bar_get_property;
  object_class->set_property = assay_find_bar_set_property;

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/documents/assay-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, whole_words_button);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, expression_button);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, result);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, AssayFindBar, next_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
assay_find_bar_init (AssayFindBar *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, self->entry);

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

GtkWidget *
assay_find_bar_new (void)
{
  return g_object_new (ASSAY_TYPE_FIND_BAR, NULL);
}

gboolean
assay_find_bar_get_active (AssayFindBar *self)
{
  g_return_val_if_fail (ASSAY_IS_FIND_BAR (self), FALSE);

  return self->active;
}

static GtkWidget *
find_focus (AssayFindBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

void
assay_find_bar_set_active (AssayFindBar *self, gboolean active)
{
  gboolean was_inside;

  g_return_if_fail (ASSAY_IS_FIND_BAR (self));

  if (active && self->active)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  if (self->active == !!active)
    return;
  self->active = !!active;
  if (self->active)
    g_set_weak_pointer (&self->origin, find_focus (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  if (self->active)
    {
      /* What is typed before the bar is painted for the first time is taken, too. */
      gtk_widget_realize (GTK_WIDGET (gtk_editable_get_delegate (self->entry)));
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  was_inside = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  g_signal_emit (self, signals[CHANGED], 0, NULL);
  if (was_inside && self->origin != NULL)
    gtk_widget_grab_focus (self->origin);
  g_clear_weak_pointer (&self->origin);
}

AssayPatternFlags
assay_find_bar_get_flags (AssayFindBar *self)
{
  AssayPatternFlags flags = ASSAY_PATTERN_PLAIN;

  g_return_val_if_fail (ASSAY_IS_FIND_BAR (self), flags);

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->whole_words_button)))
    flags |= ASSAY_PATTERN_WHOLE_WORDS;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->expression_button)))
    flags |= ASSAY_PATTERN_EXPRESSION;
  return flags;
}

static void
say (AssayFindBar *self, const char *shown, const char *words)
{
  GtkWidget *result = GTK_WIDGET (self->result);

  gtk_label_set_text (self->result, shown);
  gtk_widget_set_visible (result, *shown != '\0');
  gtk_widget_remove_css_class (result, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (result), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  if (g_set_str (&self->words, words) && *words != '\0'
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    assay_announce (GTK_WIDGET (self), words);
}

void
assay_find_bar_set_result (AssayFindBar *self, const char *shown, const char *words, gboolean found)
{
  g_return_if_fail (ASSAY_IS_FIND_BAR (self));
  g_return_if_fail (shown != NULL && words != NULL);

  say (self, shown, words);
  gtk_widget_set_sensitive (self->previous_button, found);
  gtk_widget_set_sensitive (self->next_button, found);
}

void
assay_find_bar_set_error (AssayFindBar *self, const char *sentence)
{
  g_return_if_fail (ASSAY_IS_FIND_BAR (self));
  g_return_if_fail (sentence != NULL);

  assay_find_bar_set_result (self, sentence, sentence, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->result), "error");
}
