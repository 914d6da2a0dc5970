/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-option-item.h"

struct _AssayOptionItem
{
  GObject parent_instance;

  const AssayOption *option;
  gboolean chosen;
};

G_DEFINE_FINAL_TYPE (AssayOptionItem, assay_option_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_LABEL = 1,
  PROP_CHOSEN,
} AssayOptionItemProperty;

static GParamSpec *properties[PROP_CHOSEN + 1];

static void
assay_option_item_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  AssayOptionItem *self = ASSAY_OPTION_ITEM (object);

  switch ((AssayOptionItemProperty) property)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->option->label);
      break;
    case PROP_CHOSEN:
      g_value_set_boolean (value, self->chosen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_option_item_set_property (GObject *object,
                                guint property,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch ((AssayOptionItemProperty) property)
    {
    case PROP_CHOSEN:
      assay_option_item_set_chosen (ASSAY_OPTION_ITEM (object), g_value_get_boolean (value));
      break;
    case PROP_LABEL:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
assay_option_item_class_init (AssayOptionItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = assay_option_item_get_property;
  object_class->set_property = assay_option_item_set_property;

  properties[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CHOSEN] =
      g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
assay_option_item_init (AssayOptionItem *self)
{
}

AssayOptionItem *
assay_option_item_new (const AssayOption *option)
{
  AssayOptionItem *self;

  g_return_val_if_fail (option != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPTION_ITEM, NULL);
  self->option = option;
  return self;
}

const AssayOption *
assay_option_item_get_option (AssayOptionItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OPTION_ITEM (self), NULL);

  return self->option;
}

gboolean
assay_option_item_get_chosen (AssayOptionItem *self)
{
  g_return_val_if_fail (ASSAY_IS_OPTION_ITEM (self), FALSE);

  return self->chosen;
}

void
assay_option_item_set_chosen (AssayOptionItem *self, gboolean chosen)
{
  g_return_if_fail (ASSAY_IS_OPTION_ITEM (self));

  chosen = !!chosen;
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}
