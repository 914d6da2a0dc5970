/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-settings.h"

gboolean
assay_settings_exist (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, ASSAY_APP_ID, TRUE);
  return schema != NULL;
}

GSettings *
assay_settings_new (void)
{
  g_return_val_if_fail (assay_settings_exist (), NULL);

  return g_settings_new (ASSAY_APP_ID);
}
