/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-json-read.h"
#include "assay-server-leases.h"

/* How long an address of a file works at least: less than a lease, so that clients have to ask
 * again. It stays the same for a minute, so that what holds it keeps its validator. */
#define ADDRESS_MS (10 * 60 * 1000)
#define SAME_ADDRESS_MS (60 * 1000)

typedef gboolean (*AttachmentFunc) (JsonObject *attachment, gpointer user_data);

/* Until @func says TRUE; then that one. */
static JsonObject *
foreach_attachment (JsonObject *task, AttachmentFunc func, gpointer user_data)
{
  static const char *const lists[] = { "turns", "sources", "references", "responses" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *documents = assay_json_get_array (task, lists[i]);

      for (guint j = 0; documents != NULL && j < json_array_get_length (documents); j++)
        {
          JsonArray *attachments =
              assay_json_get_array (assay_json_node_object (json_array_get_element (documents, j)),
                                    "attachments");

          for (guint k = 0; attachments != NULL && k < json_array_get_length (attachments); k++)
            {
              JsonObject *attachment =
                  assay_json_node_object (json_array_get_element (attachments, k));

              if (attachment != NULL && func (attachment, user_data))
                return attachment;
            }
        }
    }
  return NULL;
}

typedef struct
{
  AssayServerState *state;
  const char *origin;
} Signing;

static gboolean
sign (JsonObject *attachment, gpointer user_data)
{
  Signing *signing = user_data;
  const char *id = assay_json_get_string (attachment, "id");
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  gint64 now = assay_server_state_get_now (signing->state);
  gint64 until = now - now % SAME_ADDRESS_MS + SAME_ADDRESS_MS + ADDRESS_MS;
  g_autofree char *time = assay_server_state_format_time (signing->state, until);
  g_autofree char *href =
      g_strdup_printf ("%s/files/%s?until=%" G_GINT64_FORMAT, signing->origin, escaped, until);

  json_object_set_string_member (attachment, "href", href);
  json_object_set_string_member (attachment, "href_expires_at", time);
  return FALSE;
}

void
assay_server_sign_attachments (AssayServerState *state, JsonObject *task, const char *origin)
{
  Signing signing = { state, origin };

  g_return_if_fail (ASSAY_IS_SERVER_STATE (state));
  g_return_if_fail (task != NULL);
  g_return_if_fail (origin != NULL);

  foreach_attachment (task, sign, &signing);
}

static gboolean
has_id (JsonObject *attachment, gpointer id)
{
  return g_strcmp0 (assay_json_get_string (attachment, "id"), id) == 0;
}

JsonObject *
assay_server_find_attachment (JsonObject *task, const char *id)
{
  g_return_val_if_fail (task != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return foreach_attachment (task, has_id, (gpointer) id);
}
