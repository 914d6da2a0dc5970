/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-account-sync-private.h"
#include "assay-engine-private.h"
#include "assay-json.h"
#include "assay-store-accounts.h"

#define INTERVAL_US G_TIME_SPAN_HOUR

/* How long texts are kept after a task is settled: as the person set for the project, and no longer
 * than the platform allows. Negative: for ever. */
static gint64
get_span (AssayProject *project, const AssayPlatformInfo *info)
{
  gint64 days = assay_json_get_int (assay_project_get_settings (project),
                                    ASSAY_PROJECT_SETTING_FORGET_DAYS, 0);
  gint64 own = days > 0 ? MIN (days, ASSAY_FORGET_DAYS_MOST) * G_TIME_SPAN_DAY : -1;
  gint64 allowed =
      info != NULL && info->cache_max_hours >= 0 ? info->cache_max_hours * G_TIME_SPAN_HOUR : -1;

  if (own < 0 || allowed < 0)
    return MAX (own, allowed);
  return MIN (own, allowed);
}

gboolean
assay_account_retention_keep (AssayAccountSync *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (AssayPlatformInfo) info = assay_engine_read_info (self->account);
  g_autoptr (GPtrArray) projects = NULL;

  if (self->retained_at != 0 && now - self->retained_at < INTERVAL_US)
    return TRUE;
  projects = assay_account_sync_list_projects (self, error);
  if (projects == NULL)
    return FALSE;
  for (guint i = 0; i < projects->len; i++)
    {
      gint64 span = get_span (projects->pdata[i], info);

      if (span >= 0
          && !dex_await (assay_store_forget_texts (self->store,
                                                   assay_project_get_id (projects->pdata[i]),
                                                   g_get_real_time () - span),
                         error))
        return FALSE;
    }
  self->retained_at = now;
  return TRUE;
}
