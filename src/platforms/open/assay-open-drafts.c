/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"

/* Unfinished work, carried from one device to another. */

typedef struct
{
  AssayOpenPlatform *self; /* (owned) */
  char *lease;
  GBytes *body; /* (owned) (nullable): to be kept; NULL: to be loaded */
  char *etag;   /* (nullable) */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->self);
  g_free (call->lease);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->etag);
  g_free (call);
}

static AssayRemoteDraft *
read_draft (AssayHttpAnswer *answer, gboolean with_judgement)
{
  JsonObject *object = assay_http_answer_get_object (answer);
  JsonObject *judgement = object != NULL ? assay_json_get_object (object, "judgement") : NULL;
  const char *etag = assay_http_answer_get_header (answer, "ETag");
  gint64 updated = 0;
  AssayRemoteDraft *draft;

  if (etag == NULL || (with_judgement && judgement == NULL))
    return NULL;
  draft = g_new0 (AssayRemoteDraft, 1);
  draft->etag = g_strdup (etag);
  if (object != NULL)
    {
      draft->device = assay_json_dup_label (assay_json_get_string (object, "device"));
      if (assay_json_read_time (object, "updated_at", "", &updated, NULL))
        draft->updated_at = updated * 1000;
    }
  if (with_judgement)
    draft->judgement = json_node_ref (json_object_get_member (object, "judgement"));
  return draft;
}

static DexFuture *
draft_fiber (gpointer user_data)
{
  Call *call = user_data;
  AssayOpenPlatform *self = call->self;
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_TASK,
                             .method = call->body != NULL ? "PUT" : "GET",
                             .route = "/leases/{id}/draft",
                             .body = call->body,
                             .if_match = call->etag };
  g_autoptr (AssayHttpAnswer) answer = NULL;
  g_autofree char *url = NULL;
  AssayRemoteDraft *draft;
  GError *error = NULL;

  if (!assay_open_platform_ready (self, &error))
    return dex_future_new_for_error (error);
  if (!assay_open_platform_can (self, ASSAY_PLATFORM_DRAFTS))
    return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                  _ ("This platform keeps no unfinished work."));
  url = assay_open_client_build_url (self->client, &error, "leases", call->lease, "draft", NULL);
  answer = url != NULL ? assay_open_client_ask (self->client, &ask, url, &error) : NULL;
  if (answer == NULL)
    return dex_future_new_for_error (error);
  draft = read_draft (answer, call->body == NULL);
  if (draft == NULL)
    return dex_future_new_for_error (assay_open_problem_new_unreadable (
        self->info->base, "a draft has no judgement or no ETag"));
  return dex_future_new_take_boxed (ASSAY_TYPE_REMOTE_DRAFT, draft);
}

/* Takes @body. */
static DexFuture *
spawn (AssayPlatform *platform, const char *lease, GBytes *body, const char *etag)
{
  Call *call = g_new0 (Call, 1);

  call->self = ASSAY_OPEN_PLATFORM (g_object_ref (platform));
  call->lease = g_strdup (lease);
  call->body = body;
  call->etag = g_strdup (etag);
  return dex_scheduler_spawn (NULL, 0, draft_fiber, call, call_free);
}

DexFuture *
assay_open_platform_load_draft (AssayPlatform *platform, const char *lease)
{
  return spawn (platform, lease, NULL, NULL);
}

DexFuture *
assay_open_platform_save_draft (AssayPlatform *platform,
                                const char *lease,
                                JsonNode *draft,
                                const char *etag)
{
  char *text = assay_json_to_string (draft);

  return spawn (platform, lease, g_bytes_new_take (text, strlen (text)), etag);
}
