/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-response-column.h"

#include "assay-widget.h"

#include <glib/gi18n.h>

struct _AssayResponseColumn
{
  GtkWidget parent_instance;

  AssayDocumentView *view;
  GtkWidget *letter_label;
  GtkWidget *pin_button;
  GtkWidget *length_button;
  GtkLabel *length_label;
  char *length; /* (nullable): as a sentence */

  char *letter;
  char *label;
  gboolean can_pin;
  gboolean pinned;
};

G_DEFINE_FINAL_TYPE (AssayResponseColumn, assay_response_column, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_DOCUMENT = 1,
  PROP_LETTER,
  PROP_CAN_PIN,
  PROP_PINNED,
} AssayResponseColumnProperty;

enum
{
  PIN_REQUESTED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_PINNED + 1];
static guint signals[N_SIGNALS];

static char *
format_words (AssayResponseColumn *self, guint n_words)
{
  return g_strdup_printf (ngettext ("%u word", "%u words", n_words), n_words);
}

static gboolean
is_counted (AssayResponseColumn *self, guint n_words)
{
  return n_words > 0;
}

/* What the button shows of the length is its beginning. */
static void
length_changed_cb (AssayResponseColumn *self)
{
  const AssayTextCounts *counts = assay_document_view_get_counts (self->view);
  g_auto (GStrv) parts = g_new0 (char *, 4);
  g_autofree char *lines = NULL;

  parts[0] = format_words (self, counts->n_words);
  parts[1] = g_strdup_printf (ngettext ("%u sentence", "%u sentences", counts->n_sentences),
                              counts->n_sentences);
  parts[2] = g_strdup_printf (ngettext ("%u character", "%u characters", counts->n_characters),
                              counts->n_characters);
  lines = g_strjoinv ("\n", parts);
  g_clear_pointer (&self->length, g_free);
  /* Translators: between the parts of an enumeration */
  self->length = g_strjoinv (_ (", "), parts);
  gtk_label_set_text (self->length_label, lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->length_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->length, -1);
}

/* To set the tooltip of a widget that is shown is to ask where the pointer is, and to wait. */
static gboolean
query_length_cb (AssayResponseColumn *self,
                 int x,
                 int y,
                 gboolean from_keyboard,
                 GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, self->length);
  return self->length != NULL;
}

static gboolean
has_text (AssayResponseColumn *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
pin_clicked_cb (AssayResponseColumn *self)
{
  /* What is pinned is the pane's to say; the button shows it. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pin_button), self->pinned);
  g_signal_emit (self, signals[PIN_REQUESTED], 0);
}

static void
copy_clicked_cb (AssayResponseColumn *self)
{
  AssayDocument *document = assay_document_view_get_document (self->view);

  if (document != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                            assay_document_get_text (document));
}

static gboolean
assay_response_column_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ASSAY_RESPONSE_COLUMN (widget)->view));
}

static void
assay_response_column_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_RESPONSE_COLUMN);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&ASSAY_RESPONSE_COLUMN (object)->length, g_free);
  g_clear_pointer (&ASSAY_RESPONSE_COLUMN (object)->letter, g_free);
  g_clear_pointer (&ASSAY_RESPONSE_COLUMN (object)->label, g_free);

  G_OBJECT_CLASS (assay_response_column_parent_class)->dispose (object);
}

static void
assay_response_column_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  AssayResponseColumn *self = ASSAY_RESPONSE_COLUMN (object);

  switch ((AssayResponseColumnProperty) prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, assay_document_view_get_document (self->view));
      break;
    case PROP_LETTER:
      g_value_set_string (value, self->letter);
      break;
    case PROP_CAN_PIN:
      g_value_set_boolean (value, self->can_pin);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_response_column_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  AssayResponseColumn *self = ASSAY_RESPONSE_COLUMN (object);

  switch ((AssayResponseColumnProperty) prop_id)
    {
    case PROP_DOCUMENT:
      assay_response_column_set_document (self, g_value_get_object (value));
      break;
    case PROP_LETTER:
      assay_response_column_set_letter (self, g_value_get_string (value));
      break;
    case PROP_CAN_PIN:
      assay_response_column_set_can_pin (self, g_value_get_boolean (value));
      break;
    case PROP_PINNED:
      assay_response_column_set_pinned (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_response_column_class_init (AssayResponseColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read_write =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = assay_response_column_dispose;
  object_class->get_property = assay_response_column_get_property;
  object_class->set_property = assay_response_column_set_property;
  widget_class->grab_focus = assay_response_column_grab_focus;
  widget_class->focus = assay_widget_focus_children;

  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, ASSAY_TYPE_DOCUMENT, read_write);
  properties[PROP_LETTER] = g_param_spec_string ("letter", NULL, NULL, NULL, read_write);
  properties[PROP_CAN_PIN] = g_param_spec_boolean ("can-pin", NULL, NULL, FALSE, read_write);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, read_write);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[PIN_REQUESTED] = g_signal_new ("pin-requested", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ASSAY_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/documents/assay-response-column.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayResponseColumn, view);
  gtk_widget_class_bind_template_child (widget_class, AssayResponseColumn, letter_label);
  gtk_widget_class_bind_template_child (widget_class, AssayResponseColumn, pin_button);
  gtk_widget_class_bind_template_child (widget_class, AssayResponseColumn, length_button);
  gtk_widget_class_bind_template_child (widget_class, AssayResponseColumn, length_label);
  gtk_widget_class_bind_template_callback (widget_class, format_words);
  gtk_widget_class_bind_template_callback (widget_class, is_counted);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, query_length_cb);
  gtk_widget_class_bind_template_callback (widget_class, pin_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "assay-response-column");
}

static void
assay_response_column_init (AssayResponseColumn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_widget_keep_words (GTK_WIDGET (self));
  g_signal_connect_object (self->view, "notify::n-words", G_CALLBACK (length_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
assay_response_column_new (void)
{
  return g_object_new (ASSAY_TYPE_RESPONSE_COLUMN, NULL);
}

const char *
assay_response_column_get_letter (AssayResponseColumn *self)
{
  g_return_val_if_fail (ASSAY_IS_RESPONSE_COLUMN (self), NULL);

  return self->letter;
}

static void
set_names (AssayResponseColumn *self, const char *letter, const char *label)
{
  if (!g_set_str (&self->letter, letter))
    return;
  g_set_str (&self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  assay_document_view_set_label (self->view, label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LETTER]);
}

void
assay_response_column_set_letter (AssayResponseColumn *self, const char *letter)
{
  g_autofree char *label = NULL;

  g_return_if_fail (ASSAY_IS_RESPONSE_COLUMN (self));
  g_return_if_fail (letter != NULL);

  /* Translators: %s is a letter: the response's name */
  label = g_strdup_printf (_ ("Response %s"), letter);
  set_names (self, letter, label);
}

void
assay_response_column_set_name (AssayResponseColumn *self, const char *name)
{
  g_return_if_fail (ASSAY_IS_RESPONSE_COLUMN (self));
  g_return_if_fail (name != NULL);

  set_names (self, name, name);
  gtk_widget_add_css_class (self->letter_label, "name");
}

const char *
assay_response_column_get_label (AssayResponseColumn *self)
{
  g_return_val_if_fail (ASSAY_IS_RESPONSE_COLUMN (self), NULL);

  return self->label;
}

void
assay_response_column_set_document (AssayResponseColumn *self, AssayDocument *document)
{
  g_return_if_fail (ASSAY_IS_RESPONSE_COLUMN (self));

  if (assay_document_view_get_document (self->view) == document)
    return;
  assay_document_view_set_document (self->view, document);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

AssayDocumentView *
assay_response_column_get_view (AssayResponseColumn *self)
{
  g_return_val_if_fail (ASSAY_IS_RESPONSE_COLUMN (self), NULL);

  return self->view;
}

void
assay_response_column_set_can_pin (AssayResponseColumn *self, gboolean can_pin)
{
  g_return_if_fail (ASSAY_IS_RESPONSE_COLUMN (self));

  if (self->can_pin == !!can_pin)
    return;
  self->can_pin = !!can_pin;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_PIN]);
}

void
assay_response_column_set_pinned (AssayResponseColumn *self, gboolean pinned)
{
  g_return_if_fail (ASSAY_IS_RESPONSE_COLUMN (self));

  if (self->pinned == !!pinned)
    return;
  self->pinned = !!pinned;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINNED]);
}
