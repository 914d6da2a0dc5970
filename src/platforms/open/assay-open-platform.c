/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-discovery.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"

G_DEFINE_FINAL_TYPE (AssayOpenPlatform, assay_open_platform, ASSAY_TYPE_PLATFORM)

void
assay_open_listing_free (AssayOpenListing *self)
{
  if (self == NULL)
    return;
  g_free (self->run);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->validators);
  g_free (self);
}

static void
take_info (AssayOpenPlatform *self, const AssayPlatformInfo *info)
{
  AssayPlatformInfo *copy = assay_platform_info_copy (info);

  g_clear_pointer (&self->info, assay_platform_info_free);
  self->info = copy;
  assay_open_client_set_base (self->client, copy->base);
  assay_open_client_set_submission_bytes (self->client, copy->submission_bytes);
}

gboolean
assay_open_platform_ready (AssayOpenPlatform *self, GError **error)
{
  g_autoptr (AssayPlatformInfo) info = NULL;

  if (self->info != NULL)
    return TRUE;
  info = assay_open_discovery_ask (self->client, self->address, error);
  if (info == NULL)
    return FALSE;
  take_info (self, info);
  return TRUE;
}

gboolean
assay_open_platform_can (AssayOpenPlatform *self, AssayPlatformAbilities ability)
{
  return self->info != NULL && (self->info->abilities & ability) != 0;
}

static DexFuture *
check_fiber (gpointer user_data)
{
  AssayOpenPlatform *self = user_data;
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_PROBE, .route = "/me" };
  g_autoptr (AssayPlatformInfo) info = NULL;
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autofree char *url = NULL;
  g_autofree char *old_base = g_strdup (assay_open_client_get_base (self->client));
  GError *error = NULL;

  info = assay_open_discovery_ask (self->client, self->address, &error);
  if (info == NULL)
    return dex_future_new_for_error (error);
  if (!assay_open_client_has_secret (self->client))
    {
      take_info (self, info);
      return dex_future_new_take_boxed (ASSAY_TYPE_PLATFORM_INFO, g_steal_pointer (&info));
    }

  assay_open_client_set_base (self->client, info->base);
  url = assay_open_client_build_url (self->client, &error, "me", NULL);
  answer = url != NULL ? assay_open_client_ask (self->client, &ask, url, &error) : NULL;
  if (answer == NULL
      || !assay_open_discovery_read_person (info, assay_http_answer_get_json (answer), &error))
    {
      if (old_base != NULL)
        assay_open_client_set_base (self->client, old_base);
      return dex_future_new_for_error (error);
    }
  take_info (self, info);
  return dex_future_new_take_boxed (ASSAY_TYPE_PLATFORM_INFO, g_steal_pointer (&info));
}

static DexFuture *
assay_open_platform_check (AssayPlatform *platform)
{
  return dex_scheduler_spawn (NULL, 0, check_fiber, g_object_ref (platform), g_object_unref);
}

static AssayPlatformAbilities
assay_open_platform_get_abilities (AssayPlatform *platform)
{
  AssayOpenPlatform *self = ASSAY_OPEN_PLATFORM (platform);

  /* What every platform of the kind can do, before it is known. */
  return self->info != NULL
             ? self->info->abilities
             : ASSAY_PLATFORM_UPDATES | ASSAY_PLATFORM_REPEATABLE | ASSAY_PLATFORM_LEASES;
}

static void
secret_changed_cb (AssayOpenPlatform *self, const char *secret)
{
  g_signal_emit_by_name (self, "secret-changed", secret);
}

static void
assay_open_platform_finalize (GObject *object)
{
  AssayOpenPlatform *self = ASSAY_OPEN_PLATFORM (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->client);
  g_clear_pointer (&self->info, assay_platform_info_free);
  g_clear_pointer (&self->listing, assay_open_listing_free);
  g_hash_table_unref (self->seen_changes);
  g_hash_table_unref (self->seen_feedback);
  dex_clear (&self->pulling);
  g_clear_error (&self->trouble);
  g_free (self->trouble_cursor);
  g_free (self->account);
  g_free (self->address);

  G_OBJECT_CLASS (assay_open_platform_parent_class)->finalize (object);
}

static void
assay_open_platform_class_init (AssayOpenPlatformClass *klass)
{
  AssayPlatformClass *platform_class = ASSAY_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_open_platform_finalize;

  platform_class->get_abilities = assay_open_platform_get_abilities;
  platform_class->check = assay_open_platform_check;
  platform_class->pull = assay_open_platform_pull;
  platform_class->claim = assay_open_platform_claim;
  platform_class->renew = assay_open_platform_renew;
  platform_class->release = assay_open_platform_release;
  platform_class->frame = assay_open_platform_frame;
  platform_class->submit = assay_open_platform_submit;
  platform_class->frame_acknowledgement = assay_open_platform_frame_acknowledgement;
  platform_class->frame_dispute = assay_open_platform_frame_dispute;
  platform_class->load_draft = assay_open_platform_load_draft;
  platform_class->save_draft = assay_open_platform_save_draft;
}

static void
assay_open_platform_init (AssayOpenPlatform *self)
{
  self->seen_changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seen_feedback = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

AssayPlatform *
assay_open_platform_new (AssayHttp *http,
                         const char *account,
                         const char *address,
                         const char *secret,
                         const AssayPlatformInfo *info)
{
  AssayOpenPlatform *self;

  g_return_val_if_fail (ASSAY_IS_HTTP (http), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ASSAY_TYPE_OPEN_PLATFORM, NULL);
  self->account = g_strdup (account);
  self->address = g_strdup (address);
  self->client = assay_open_client_new (http, secret);
  self->catalogue = assay_open_catalogue_new (self->client, account);
  g_signal_connect_object (self->client, "secret-changed", G_CALLBACK (secret_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (info != NULL && *info->base != '\0')
    take_info (self, info);
  return ASSAY_PLATFORM (self);
}
