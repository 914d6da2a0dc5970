/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-context-item.h"

#include "assay-widget.h"

#include <glib/gi18n.h>

struct _AssayContextItem
{
  GtkWidget parent_instance;

  GtkWidget *fold_button;
  AssayDocumentView *view;

  AssayDocument *document;
  char *title;
  gboolean expanded;
};

G_DEFINE_FINAL_TYPE (AssayContextItem, assay_context_item, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_EXPANDED,
} AssayContextItemProperty;

static GParamSpec *properties[PROP_EXPANDED + 1];

static char *
get_arrow (AssayContextItem *self, gboolean expanded)
{
  return g_strdup (expanded ? "pan-down-symbolic" : "pan-end-symbolic");
}

static char *
format_words (AssayContextItem *self, guint n_words)
{
  return g_strdup_printf (ngettext ("%u word", "%u words", n_words), n_words);
}

static gboolean
is_counted (AssayContextItem *self, guint n_words)
{
  return n_words > 0;
}

static gboolean
has_notice (AssayContextItem *self, const char *notice, gboolean expanded)
{
  return expanded && notice != NULL && *notice != '\0';
}

static void
fold_clicked_cb (AssayContextItem *self)
{
  assay_context_item_set_expanded (self, !self->expanded);
}

static void
copy_clicked_cb (AssayContextItem *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          assay_document_get_text (self->document));
}

static gboolean
assay_context_item_grab_focus (GtkWidget *widget)
{
  AssayContextItem *self = ASSAY_CONTEXT_ITEM (widget);

  return gtk_widget_grab_focus (self->expanded ? GTK_WIDGET (self->view) : self->fold_button);
}

static void
assay_context_item_dispose (GObject *object)
{
  AssayContextItem *self = ASSAY_CONTEXT_ITEM (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), ASSAY_TYPE_CONTEXT_ITEM);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (assay_context_item_parent_class)->dispose (object);
}

static void
assay_context_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AssayContextItem *self = ASSAY_CONTEXT_ITEM (object);

  switch ((AssayContextItemProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_context_item_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  AssayContextItem *self = ASSAY_CONTEXT_ITEM (object);

  switch ((AssayContextItemProperty) prop_id)
    {
    case PROP_TITLE:
      if (g_set_str (&self->title, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_EXPANDED:
      assay_context_item_set_expanded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
assay_context_item_class_init (AssayContextItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = assay_context_item_dispose;
  object_class->get_property = assay_context_item_get_property;
  object_class->set_property = assay_context_item_set_property;
  widget_class->grab_focus = assay_context_item_grab_focus;
  widget_class->focus = assay_widget_focus_children;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_EXPANDED] =
      g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ASSAY_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ASSAY_RESOURCE_PREFIX
                                               "/documents/assay-context-item.ui");
  gtk_widget_class_bind_template_child (widget_class, AssayContextItem, fold_button);
  gtk_widget_class_bind_template_child (widget_class, AssayContextItem, view);
  gtk_widget_class_bind_template_callback (widget_class, get_arrow);
  gtk_widget_class_bind_template_callback (widget_class, format_words);
  gtk_widget_class_bind_template_callback (widget_class, is_counted);
  gtk_widget_class_bind_template_callback (widget_class, has_notice);
  gtk_widget_class_bind_template_callback (widget_class, fold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "assay-context-item");
}

static void
assay_context_item_init (AssayContextItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  assay_widget_keep_words (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold_button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               FALSE, -1);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
assay_context_item_new (void)
{
  return g_object_new (ASSAY_TYPE_CONTEXT_ITEM, NULL);
}

void
assay_context_item_show (AssayContextItem *self,
                         AssayDocument *document,
                         const char *title,
                         gboolean expanded)
{
  g_return_if_fail (ASSAY_IS_CONTEXT_ITEM (self));
  g_return_if_fail (ASSAY_IS_DOCUMENT (document));
  g_return_if_fail (title != NULL);

  g_object_set (self, "title", title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  assay_document_view_set_label (self->view, title);
  assay_document_view_set_document (self->view, NULL);
  g_set_object (&self->document, document);
  assay_context_item_set_expanded (self, expanded);
  if (self->expanded)
    assay_context_item_load (self);
}

const char *
assay_context_item_get_title (AssayContextItem *self)
{
  g_return_val_if_fail (ASSAY_IS_CONTEXT_ITEM (self), NULL);

  return self->title;
}

gboolean
assay_context_item_get_expanded (AssayContextItem *self)
{
  g_return_val_if_fail (ASSAY_IS_CONTEXT_ITEM (self), FALSE);

  return self->expanded;
}

void
assay_context_item_set_expanded (AssayContextItem *self, gboolean expanded)
{
  g_return_if_fail (ASSAY_IS_CONTEXT_ITEM (self));

  if (self->expanded == !!expanded)
    return;
  self->expanded = !!expanded;
  if (self->expanded)
    assay_context_item_load (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold_button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               self->expanded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

AssayDocumentView *
assay_context_item_get_view (AssayContextItem *self)
{
  g_return_val_if_fail (ASSAY_IS_CONTEXT_ITEM (self), NULL);

  return self->view;
}

void
assay_context_item_load (AssayContextItem *self)
{
  g_return_if_fail (ASSAY_IS_CONTEXT_ITEM (self));

  assay_document_view_set_document (self->view, self->document);
}
