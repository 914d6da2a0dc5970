/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-step.h"

#include "assay-announce.h"
#include "assay-widget.h"

struct _AssayAccountStep
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *button;
  GtkLabel *text;
  GtkWidget *cancel_button;

  gboolean busy;
};

G_DEFINE_FINAL_TYPE (AssayAccountStep, assay_account_step, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
  PROP_SUGGESTED,
} AssayAccountStepProperty;

static GParamSpec *properties[PROP_SUGGESTED + 1];

enum
{
  SIGNAL_CLICKED,
  SIGNAL_CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clicked_cb (AssayAccountStep *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
cancelled_cb (AssayAccountStep *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static gboolean
assay_account_step_grab_focus (GtkWidget *widget)
{
  AssayAccountStep *self = ASSAY_ACCOUNT_STEP (widget);

  return gtk_widget_grab_focus (self->busy ? self->cancel_button : self->button);
}

static void
assay_account_step_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayAccountStep *self = ASSAY_ACCOUNT_STEP (object);

  switch ((AssayAccountStepProperty) prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_button_get_label (GTK_BUTTON (self->button)));
      break;
    case PROP_SUGGESTED:
      g_value_set_boolean (value, gtk_widget_has_css_class (self->button, "suggested-action"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_account_step_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  AssayAccountStep *self = ASSAY_ACCOUNT_STEP (object);

  switch ((AssayAccountStepProperty) prop_id)
    {
    case PROP_LABEL:
      gtk_button_set_label (GTK_BUTTON (self->button), g_value_get_string (value));
      break;
    case PROP_SUGGESTED:
      if (g_value_get_boolean (value))
        gtk_widget_add_css_class (self->button, "suggested-action");
      else
        gtk_widget_remove_css_class (self->button, "suggested-action");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_account_step_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_ACCOUNT_STEP);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (assay_account_step_parent_class)->dispose (object);
}

static void
assay_account_step_class_init (AssayAccountStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  static const char *const names[N_SIGNALS] = {
    [SIGNAL_CLICKED] = "clicked",
    [SIGNAL_CANCELLED] = "cancelled",
  };

  object_class->get_property = assay_account_step_get_property;
  object_class->set_property = assay_account_step_set_property;
  object_class->dispose = assay_account_step_dispose;
  widget_class->focus = assay_widget_focus_children;
  widget_class->grab_focus = assay_account_step_grab_focus;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_SUGGESTED] = g_param_spec_boolean ("suggested", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/accounts/assay-account-step.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayAccountStep, stack);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountStep, button);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountStep, text);
  gtk_widget_class_bind_template_child (widget_class, AssayAccountStep, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
}

static void
assay_account_step_init (AssayAccountStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
assay_account_step_set_busy (AssayAccountStep *self, const char *text)
{
  gboolean had_focus;

  g_return_if_fail (ASSAY_IS_ACCOUNT_STEP (self));

  if (self->stack == NULL)
    return;
  had_focus = has_focus (GTK_WIDGET (self));
  self->busy = text != NULL;
  if (text != NULL)
    {
      gtk_label_set_text (self->text, text);
      assay_announce (GTK_WIDGET (self), text);
    }
  gtk_stack_set_visible_child_name (self->stack, text != NULL ? "busy" : "button");
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

gboolean
assay_account_step_get_busy (AssayAccountStep *self)
{
  g_return_val_if_fail (ASSAY_IS_ACCOUNT_STEP (self), FALSE);

  return self->busy;
}
