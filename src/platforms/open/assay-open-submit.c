/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>

#include "assay-json-read.h"
#include "assay-open-private.h"
#include "assay-open-problem.h"

/* Handing in. Nothing counts as accepted without an answer that names what was handed in. */

/* A record may be changed between our reading it and our changing it; not again and again. */
#define MAX_REVISIONS 2

typedef struct
{
  AssayOpenPlatform *self; /* (owned) */
  char *submission;
  char *kind;
  char *method;
  char *target;
  GBytes *body; /* (owned) */
  gboolean again;

  char *url;      /* (owned): base and target */
  GStrv segments; /* (owned): of the target, unescaped */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_object_unref (delivery->self);
  g_free (delivery->submission);
  g_free (delivery->kind);
  g_free (delivery->method);
  g_free (delivery->target);
  g_bytes_unref (delivery->body);
  g_free (delivery->url);
  g_strfreev (delivery->segments);
  g_free (delivery);
}

static const char *
get_segment (Delivery *delivery, guint index)
{
  return index < g_strv_length (delivery->segments) ? delivery->segments[index] : "";
}

/* "/submissions/ID" → "submissions", "ID" */
static gboolean
take_target_apart (Delivery *delivery)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (*delivery->target != '/')
    return FALSE;
  parts = g_strsplit (delivery->target + 1, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *segment = g_uri_unescape_string (parts[i], NULL);

      if (segment == NULL || *segment == '\0' || g_str_equal (segment, ".")
          || g_str_equal (segment, ".."))
        {
          g_free (segment);
          return FALSE;
        }
      g_strv_builder_take (builder, segment);
    }
  delivery->segments = g_strv_builder_end (builder);
  return TRUE;
}

/* Receipts */

static void
copy_member (JsonObject *source, const char *member, JsonObject *target)
{
  JsonNode *node = json_object_get_member (source, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    json_object_set_member (target, member, assay_json_copy (node));
}

/* What of the answer is kept; NULL if it does not name what was handed in. (transfer full) */
typedef gboolean (*Names) (Delivery *delivery, JsonObject *answer);

static gboolean
names_submission (Delivery *delivery, JsonObject *answer)
{
  return g_strcmp0 (assay_json_get_string (answer, "id"), get_segment (delivery, 1)) == 0;
}

static gboolean
names_skip (Delivery *delivery, JsonObject *answer)
{
  return names_submission (delivery, answer)
         && g_strcmp0 (assay_json_get_string (answer, "state"), "skipped") == 0;
}

static gboolean
names_guideline (Delivery *delivery, JsonObject *answer)
{
  g_autofree char *version =
      g_strdup_printf ("%" G_GINT64_FORMAT, assay_json_get_int (answer, "version", -1));

  return names_submission (delivery, answer) && g_str_equal (version, get_segment (delivery, 2));
}

static gboolean
names_dispute (Delivery *delivery, JsonObject *answer)
{
  JsonObject *dispute = assay_json_get_object (answer, "dispute");

  return names_submission (delivery, answer) && dispute != NULL
         && assay_json_get_string (dispute, "text") != NULL;
}

static const struct
{
  const char *kind;
  const char *route;
  Names names;
} kinds[] = {
  { ASSAY_FRAME_KIND_JUDGEMENT, "/submissions/{id}", names_submission },
  { ASSAY_FRAME_KIND_SKIP, "/leases/{id}/skip", names_skip },
  { ASSAY_FRAME_KIND_ACKNOWLEDGEMENT, "/guidelines/{id}/{version}/ack", names_guideline },
  { ASSAY_FRAME_KIND_DISPUTE, "/feedback/{id}/dispute", names_dispute },
};

static char *
make_receipt (JsonObject *answer, const char *etag)
{
  static const char *const members[] = { "id",      "version",        "state",          "late",
                                         "counted", "editable_until", "acknowledged_at" };
  JsonObject *receipt = json_object_new ();
  g_autoptr (JsonNode) node = assay_json_object_node_new (receipt);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    copy_member (answer, members[i], receipt);
  if (etag != NULL)
    json_object_set_string_member (receipt, "etag", etag);
  return assay_json_to_string (node);
}

/* NULL and @error if the answer is no receipt. */
static char *
read_receipt (Delivery *delivery, guint kind, AssayHttpAnswer *answer, GError **error)
{
  JsonObject *object = assay_http_answer_get_object (answer);

  if (object != NULL && kinds[kind].names (delivery, object))
    return make_receipt (object, assay_http_answer_get_header (answer, "ETag"));
  g_propagate_error (
      error, assay_open_problem_new_unreadable (delivery->self->info->base,
                                                "what was handed in is not named in the answer"));
  return NULL;
}

/* Sending */

static AssayHttpAnswer *
put (Delivery *delivery, guint kind, const char *if_match, GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_TASK,
                             .method = delivery->method,
                             .route = kinds[kind].route,
                             .body = delivery->body,
                             .if_match = if_match,
                             .submission = delivery->submission };

  return assay_open_client_ask (delivery->self->client, &ask, delivery->url, error);
}

static AssayHttpAnswer *
get_record (Delivery *delivery, GError **error)
{
  const AssayOpenAsk ask = { .kind = ASSAY_HTTP_TASK,
                             .route = "/submissions/{id}",
                             .submission = delivery->submission };

  return assay_open_client_ask (delivery->self->client, &ask, delivery->url, error);
}

static gboolean
same_member (JsonObject *a, JsonObject *b, const char *member)
{
  JsonNode *left = json_object_get_member (a, member);
  JsonNode *right = json_object_get_member (b, member);

  return left != NULL && right != NULL && assay_json_equal (left, right);
}

static gboolean
same_form (JsonObject *a, JsonObject *b)
{
  JsonObject *left = assay_json_get_object (a, "form");
  JsonObject *right = assay_json_get_object (b, "form");

  return left != NULL && right != NULL && same_member (left, right, "id")
         && same_member (left, right, "version");
}

/* Whether the record holds what is to be handed in. */
static gboolean
holds_the_same (Delivery *delivery, AssayHttpAnswer *answer)
{
  g_autoptr (JsonNode) node = assay_json_parse_bytes (delivery->body, NULL);
  JsonObject *body = node != NULL ? assay_json_node_object (node) : NULL;
  JsonObject *record = assay_http_answer_get_object (answer);

  return body != NULL && record != NULL && names_submission (delivery, record)
         && same_member (body, record, "lease_id") && same_form (body, record)
         && same_member (body, record, "judgement");
}

/* A refusal is no proof that nothing is there: an earlier attempt may have arrived, whose answer
 * did not. Takes @refusal. */
static char *
look_after_refusal (Delivery *delivery, guint kind, GError *refusal, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (AssayHttpAnswer) answer = get_record (delivery, &trouble);

  if (answer == NULL && assay_platform_error_get_delivery (trouble) != ASSAY_DELIVERY_REFUSED)
    {
      g_error_free (refusal);
      g_propagate_error (error, assay_open_problem_deliver (trouble, ASSAY_DELIVERY_UNKNOWN));
      return NULL;
    }
  if (answer != NULL && holds_the_same (delivery, answer))
    {
      g_error_free (refusal);
      return read_receipt (delivery, kind, answer, error);
    }
  g_propagate_error (error, refusal);
  return NULL;
}

static char *
submit_once (Delivery *delivery, guint kind, GError **error)
{
  g_autoptr (AssayHttpAnswer) answer = NULL;
  GError *trouble = NULL;
  gboolean differs;

  answer = put (delivery, kind, NULL, &trouble);
  if (answer != NULL)
    return read_receipt (delivery, kind, answer, error);
  differs = g_strcmp0 (assay_platform_error_get_problem (trouble), "submission-differs") == 0;
  if (g_str_equal (delivery->kind, ASSAY_FRAME_KIND_JUDGEMENT)
      && assay_platform_error_get_delivery (trouble) == ASSAY_DELIVERY_REFUSED
      && (differs || delivery->again))
    return look_after_refusal (delivery, kind, trouble, error);
  g_propagate_error (error, trouble);
  return NULL;
}

/* What became of reading before writing: nothing was sent, unless it was by an earlier attempt.
 * Takes @trouble. */
static GError *
not_sent (Delivery *delivery, GError *trouble)
{
  GError *error;

  if (delivery->again || assay_platform_error_get_delivery (trouble) != ASSAY_DELIVERY_UNKNOWN)
    return trouble;
  error = assay_open_problem_deliver (trouble, ASSAY_DELIVERY_NOT_SENT);
  g_error_free (trouble);
  return error;
}

/* A judgement that was handed in before, and is another now: what stands is replaced, if it is
 * what we read. */
static char *
submit_revision (Delivery *delivery, guint kind, GError **error)
{
  for (guint i = 0; i < MAX_REVISIONS; i++)
    {
      g_autoptr (AssayHttpAnswer) record = NULL;
      g_autoptr (AssayHttpAnswer) answer = NULL;
      GError *trouble = NULL;
      const char *etag;

      record = get_record (delivery, &trouble);
      if (record == NULL)
        {
          g_propagate_error (error, not_sent (delivery, trouble));
          return NULL;
        }
      if (holds_the_same (delivery, record))
        return read_receipt (delivery, kind, record, error);
      etag = assay_http_answer_get_header (record, "ETag");
      if (etag == NULL)
        {
          g_propagate_error (error, not_sent (delivery, assay_open_problem_new_unreadable (
                                                            delivery->self->info->base,
                                                            "a submission has no ETag")));
          return NULL;
        }
      answer = put (delivery, kind, etag, &trouble);
      if (answer != NULL)
        return read_receipt (delivery, kind, answer, error);
      if (assay_platform_error_get_status (trouble) != 412 || i + 1 == MAX_REVISIONS)
        {
          g_propagate_error (error, trouble);
          return NULL;
        }
      g_clear_error (&trouble);
    }
  g_return_val_if_reached (NULL);
}

static gboolean
find_kind (const char *name, guint *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, name))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static DexFuture *
submit_fiber (gpointer user_data)
{
  Delivery *delivery = user_data;
  AssayOpenPlatform *self = delivery->self;
  GError *error = NULL;
  gboolean revision;
  char *receipt;
  guint kind;

  if (!find_kind (delivery->kind, &kind) || !take_target_apart (delivery))
    return dex_future_new_reject (ASSAY_PLATFORM_ERROR, ASSAY_PLATFORM_ERROR_NOT_SUPPORTED, "%s",
                                  _ ("The platform has no place for what is to be sent."));
  if (!assay_open_platform_ready (self, &error))
    {
      g_autoptr (GError) trouble = error;

      /* That nobody is there says nothing of what is to be handed in. */
      return dex_future_new_for_error (assay_open_problem_deliver (
          trouble, delivery->again ? ASSAY_DELIVERY_UNKNOWN : ASSAY_DELIVERY_NOT_SENT));
    }
  delivery->url = g_strconcat (assay_open_client_get_base (self->client), delivery->target, NULL);

  revision = g_str_equal (delivery->kind, ASSAY_FRAME_KIND_JUDGEMENT)
             && !g_str_equal (get_segment (delivery, 1), delivery->submission);
  receipt =
      revision ? submit_revision (delivery, kind, &error) : submit_once (delivery, kind, &error);
  return receipt != NULL ? dex_future_new_take_string (receipt) : dex_future_new_for_error (error);
}

DexFuture *
assay_open_platform_submit (AssayPlatform *platform, const AssayOutgoing *outgoing)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->self = ASSAY_OPEN_PLATFORM (g_object_ref (platform));
  delivery->submission = g_strdup (outgoing->submission);
  delivery->kind = g_strdup (outgoing->kind);
  delivery->method = g_strdup (outgoing->method);
  delivery->target = g_strdup (outgoing->target);
  delivery->body = g_bytes_ref (outgoing->body);
  delivery->again = outgoing->again;
  return dex_scheduler_spawn (NULL, 0, submit_fiber, delivery, delivery_free);
}
