/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-open-private.h"
#include "assay-open-read.h"
#include "assay-origin.h"

/* How the platform takes what is handed in. Pure. */

#define CLIENT_NAME "Assay"

static GBytes *
write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = assay_json_object_node_new (object);
  char *text = assay_json_to_string (node);

  return g_bytes_new_take (text, strlen (text));
}

/* @body: (transfer full). */
static AssayFrame *
make_frame (const char *kind, const char *const *segments, JsonObject *body, GError **error)
{
  g_autoptr (GBytes) bytes = write_object (body);
  g_autofree char *target = assay_origin_build_path ("", segments, error);

  return target != NULL ? assay_frame_new (kind, "PUT", target, bytes) : NULL;
}

static gboolean
refuse (GError **error, AssayPlatformError code, const char *sentence)
{
  g_set_error_literal (error, ASSAY_PLATFORM_ERROR, code, sentence);
  return FALSE;
}

static gboolean
check_lease (const AssayLease *lease, gboolean skip, GError **error)
{
  if (lease == NULL)
    return refuse (error, ASSAY_PLATFORM_ERROR_GONE,
                   _ ("The time for this task is over. It can be claimed again."));
  switch (lease->state)
    {
    case ASSAY_LEASE_HELD:
    /* The platform may still take it. */
    case ASSAY_LEASE_EXPIRED:
      return TRUE;
    case ASSAY_LEASE_SUBMITTED:
      return !skip
             || refuse (error, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED,
                        _ ("What was handed in already cannot be skipped."));
    case ASSAY_LEASE_WITHDRAWN:
      return refuse (error, ASSAY_PLATFORM_ERROR_GONE, _ ("The platform has withdrawn this task."));
    case ASSAY_LEASE_SKIPPED:
    case ASSAY_LEASE_RELEASED:
    default:
      return refuse (error, ASSAY_PLATFORM_ERROR_GONE,
                     _ ("This task was given back. It can be claimed again."));
    }
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static AssayFrame *
frame_skip (const AssayLease *lease, AssayJudgement *judgement, GError **error)
{
  const char *const segments[] = { "leases", lease->id, "skip", NULL };
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "outcome",
                                 assay_outcome_to_string (assay_judgement_get_outcome (judgement)));
  set_text (body, "outcome_reason", assay_judgement_get_outcome_reason (judgement));
  set_text (body, "outcome_note", assay_judgement_get_outcome_note (judgement));
  return make_frame (ASSAY_FRAME_KIND_SKIP, segments, body, error);
}

static AssayFrame *
frame_judgement (AssayTask *task, const AssayLease *lease, AssayJudgement *judgement)
{
  AssayForm *form = assay_task_get_form (task);
  JsonObject *body = json_object_new ();
  JsonObject *ref = json_object_new ();
  JsonObject *client = json_object_new ();
  g_autoptr (GBytes) bytes = NULL;

  json_object_set_string_member (body, "lease_id", lease->id);
  /* What was agreed on; the task has the same. */
  set_text (ref, "id", lease->form != NULL ? lease->form : assay_form_get_id (form));
  json_object_set_int_member (ref, "version",
                              lease->form != NULL ? lease->form_version
                                                  : assay_form_get_version (form));
  json_object_set_object_member (body, "form", ref);
  json_object_set_member (body, "judgement", assay_judgement_to_json (judgement, FALSE));
  json_object_set_string_member (client, "name", CLIENT_NAME);
  json_object_set_string_member (client, "version", PACKAGE_VERSION);
  json_object_set_object_member (body, "client", client);
  bytes = write_object (body);
  return assay_frame_new (ASSAY_FRAME_KIND_JUDGEMENT, "PUT", "/submissions/" ASSAY_FRAME_SUBMISSION,
                          bytes);
}

AssayFrame *
assay_open_platform_frame (AssayPlatform *platform,
                           AssayTask *task,
                           const AssayLease *lease,
                           AssayJudgement *judgement,
                           GError **error)
{
  AssayOutcome outcome = assay_judgement_get_outcome (judgement);
  gboolean skip = outcome != ASSAY_OUTCOME_ANSWERED && outcome != ASSAY_OUTCOME_NOT_RATABLE;

  if (!check_lease (lease, skip, error))
    return NULL;
  return skip ? frame_skip (lease, judgement, error) : frame_judgement (task, lease, judgement);
}

AssayFrame *
assay_open_platform_frame_acknowledgement (AssayPlatform *platform,
                                           const char *guideline,
                                           int version)
{
  AssayOpenPlatform *self = ASSAY_OPEN_PLATFORM (platform);
  g_autofree char *number = g_strdup_printf ("%d", version);
  const char *const segments[] = { "guidelines",
                                   assay_guideline_strip_id (self->account, guideline), number,
                                   "ack", NULL };

  if (!assay_open_platform_can (self, ASSAY_PLATFORM_ACKNOWLEDGES))
    return NULL;
  return make_frame (ASSAY_FRAME_KIND_ACKNOWLEDGEMENT, segments, json_object_new (), NULL);
}

AssayFrame *
assay_open_platform_frame_dispute (AssayPlatform *platform, const char *feedback, const char *text)
{
  AssayOpenPlatform *self = ASSAY_OPEN_PLATFORM (platform);
  const char *const segments[] = { "feedback", feedback, "dispute", NULL };
  JsonObject *body;

  if (!assay_open_platform_can (self, ASSAY_PLATFORM_DISPUTES))
    return NULL;
  body = json_object_new ();
  json_object_set_string_member (body, "text", text);
  return make_frame (ASSAY_FRAME_KIND_DISPUTE, segments, body, NULL);
}
