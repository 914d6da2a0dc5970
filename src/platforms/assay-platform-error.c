/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "assay-limits.h"
#include "assay-platform-error.h"

/* A form has so many questions; who objects to more is not read further. */
#define MAX_ISSUES ASSAY_LIMIT_QUESTIONS

typedef struct
{
  gboolean has_delivery;
  AssayDelivery delivery;
  guint status;
  gint64 wait_us;
  JsonNode *answer; /* (owned) (nullable): immutable */
  gboolean too_large;
  char *link; /* (nullable) */
} AssayPlatformErrorPrivate;

static const char *const code_names[] = {
  [ASSAY_PLATFORM_ERROR_OFFLINE] = "offline",
  [ASSAY_PLATFORM_ERROR_TIMED_OUT] = "timed-out",
  [ASSAY_PLATFORM_ERROR_SIGNED_OUT] = "signed-out",
  [ASSAY_PLATFORM_ERROR_NOT_ALLOWED] = "not-allowed",
  [ASSAY_PLATFORM_ERROR_NOT_FOUND] = "not-found",
  [ASSAY_PLATFORM_ERROR_CONFLICT] = "conflict",
  [ASSAY_PLATFORM_ERROR_GONE] = "gone",
  [ASSAY_PLATFORM_ERROR_REJECTED] = "rejected",
  [ASSAY_PLATFORM_ERROR_RATE_LIMITED] = "rate-limited",
  [ASSAY_PLATFORM_ERROR_SERVER_FAULT] = "server-fault",
  [ASSAY_PLATFORM_ERROR_PROTOCOL] = "protocol",
  [ASSAY_PLATFORM_ERROR_NOT_SUPPORTED] = "not-supported",
  [ASSAY_PLATFORM_ERROR_ADDRESS] = "address",
  [ASSAY_PLATFORM_ERROR_INSECURE] = "insecure",
  [ASSAY_PLATFORM_ERROR_PROXY] = "proxy",
  [ASSAY_PLATFORM_ERROR_INTERRUPTED] = "interrupted",
  [ASSAY_PLATFORM_ERROR_CANCELLED] = "cancelled",
};
G_STATIC_ASSERT (G_N_ELEMENTS (code_names) == ASSAY_PLATFORM_N_ERRORS);

static const char *const delivery_names[] = {
  [ASSAY_DELIVERY_UNKNOWN] = "unknown",       [ASSAY_DELIVERY_NOT_SENT] = "not-sent",
  [ASSAY_DELIVERY_SIGNED_OUT] = "signed-out", [ASSAY_DELIVERY_NOT_PROCESSED] = "not-processed",
  [ASSAY_DELIVERY_REFUSED] = "refused",       [ASSAY_DELIVERY_ANSWERED] = "answered",
};

static void
assay_platform_error_private_init (AssayPlatformErrorPrivate *private)
{
}

static void
assay_platform_error_private_copy (const AssayPlatformErrorPrivate *source,
                                   AssayPlatformErrorPrivate *target)
{
  *target = *source;
  if (source->answer != NULL)
    target->answer = json_node_ref (source->answer);
  target->link = g_strdup (source->link);
}

static void
assay_platform_error_private_clear (AssayPlatformErrorPrivate *private)
{
  g_clear_pointer (&private->answer, json_node_unref);
  g_clear_pointer (&private->link, g_free);
}

G_DEFINE_EXTENDED_ERROR (AssayPlatformError, assay_platform_error)

/* What a code means where nobody said more. */
static AssayDelivery
delivery_of_code (int code)
{
  switch ((AssayPlatformError) code)
    {
    case ASSAY_PLATFORM_ERROR_OFFLINE:
    case ASSAY_PLATFORM_ERROR_ADDRESS:
    case ASSAY_PLATFORM_ERROR_INSECURE:
    case ASSAY_PLATFORM_ERROR_PROXY:
      return ASSAY_DELIVERY_NOT_SENT;
    case ASSAY_PLATFORM_ERROR_SIGNED_OUT:
      return ASSAY_DELIVERY_SIGNED_OUT;
    case ASSAY_PLATFORM_ERROR_RATE_LIMITED:
      return ASSAY_DELIVERY_NOT_PROCESSED;
    case ASSAY_PLATFORM_ERROR_NOT_ALLOWED:
    case ASSAY_PLATFORM_ERROR_NOT_FOUND:
    case ASSAY_PLATFORM_ERROR_CONFLICT:
    case ASSAY_PLATFORM_ERROR_GONE:
    case ASSAY_PLATFORM_ERROR_REJECTED:
    case ASSAY_PLATFORM_ERROR_NOT_SUPPORTED:
      return ASSAY_DELIVERY_REFUSED;
    case ASSAY_PLATFORM_ERROR_TIMED_OUT:
    case ASSAY_PLATFORM_ERROR_SERVER_FAULT:
    case ASSAY_PLATFORM_ERROR_PROTOCOL:
    case ASSAY_PLATFORM_ERROR_INTERRUPTED:
    case ASSAY_PLATFORM_ERROR_CANCELLED:
    default:
      return ASSAY_DELIVERY_UNKNOWN;
    }
}

static void
issue_free (gpointer data)
{
  AssayPlatformIssue *issue = data;

  g_free (issue->pointer);
  g_free (issue->code);
  g_free (issue->message);
  g_free (issue);
}

const char *
assay_platform_error_to_string (AssayPlatformError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (code_names), NULL);
  return code_names[code];
}

const char *
assay_delivery_to_string (AssayDelivery delivery)
{
  g_return_val_if_fail (delivery < G_N_ELEMENTS (delivery_names), NULL);
  return delivery_names[delivery];
}

GError *
assay_platform_error_new (AssayPlatformError code, AssayDelivery delivery, const char *message)
{
  GError *error;
  AssayPlatformErrorPrivate *private;

  g_return_val_if_fail (message != NULL, NULL);

  error = g_error_new_literal (ASSAY_PLATFORM_ERROR, (int) code, message);
  private = assay_platform_error_get_private (error);
  private->has_delivery = TRUE;
  private->delivery = delivery;
  return error;
}

AssayDelivery
assay_platform_error_get_delivery (const GError *error)
{
  const AssayPlatformErrorPrivate *private;

  g_return_val_if_fail (error != NULL, ASSAY_DELIVERY_UNKNOWN);

  if (error->domain != ASSAY_PLATFORM_ERROR)
    return ASSAY_DELIVERY_UNKNOWN;
  private = assay_platform_error_get_private (error);
  return private->has_delivery ? private->delivery : delivery_of_code (error->code);
}

guint
assay_platform_error_get_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);
  return error->domain == ASSAY_PLATFORM_ERROR ? assay_platform_error_get_private (error)->status
                                               : 0;
}

gboolean
assay_platform_error_get_too_large (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);
  return error->domain == ASSAY_PLATFORM_ERROR
         && assay_platform_error_get_private (error)->too_large;
}

const char *
assay_platform_error_get_link (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return error->domain == ASSAY_PLATFORM_ERROR ? assay_platform_error_get_private (error)->link
                                               : NULL;
}

gint64
assay_platform_error_get_wait_us (const GError *error)
{
  g_return_val_if_fail (error != NULL, 0);
  return error->domain == ASSAY_PLATFORM_ERROR ? assay_platform_error_get_private (error)->wait_us
                                               : 0;
}

JsonNode *
assay_platform_error_get_answer (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return error->domain == ASSAY_PLATFORM_ERROR ? assay_platform_error_get_private (error)->answer
                                               : NULL;
}

const char *
assay_platform_error_get_problem (const GError *error)
{
  JsonObject *object = assay_json_node_object (assay_platform_error_get_answer (error));
  const char *type = object != NULL ? assay_json_get_string (object, "type") : NULL;
  const char *end;

  if (type == NULL)
    return NULL;
  /* "https://example.org/problems/lease-expired", or the last part alone. */
  end = strrchr (type, '/');
  if (end != NULL)
    type = end + 1;
  return *type != '\0' ? type : NULL;
}

GPtrArray *
assay_platform_error_list_issues (const GError *error)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func (issue_free);
  JsonObject *object = assay_json_node_object (assay_platform_error_get_answer (error));
  JsonArray *array = object != NULL ? assay_json_get_array (object, "errors") : NULL;
  guint n = array != NULL ? MIN (json_array_get_length (array), MAX_ISSUES) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *element = assay_json_node_object (json_array_get_element (array, i));
      AssayPlatformIssue *issue;
      const char *message;

      if (element == NULL)
        continue;
      message = assay_json_get_string (element, "message");
      /* RFC 9457 itself calls it so. */
      if (message == NULL)
        message = assay_json_get_string (element, "detail");
      issue = g_new0 (AssayPlatformIssue, 1);
      issue->pointer = g_strdup (assay_json_get_string_or (element, "pointer", ""));
      issue->code = g_strdup (assay_json_get_string (element, "code"));
      issue->message = g_strdup (message);
      g_ptr_array_add (issues, issue);
    }
  return issues;
}

void
assay_platform_error_set_status (GError *error, guint status)
{
  g_return_if_fail (error != NULL && error->domain == ASSAY_PLATFORM_ERROR);
  assay_platform_error_get_private (error)->status = status;
}

void
assay_platform_error_set_too_large (GError *error, const char *link)
{
  AssayPlatformErrorPrivate *private;

  g_return_if_fail (error != NULL && error->domain == ASSAY_PLATFORM_ERROR);
  private = assay_platform_error_get_private (error);
  private->too_large = TRUE;
  g_set_str (&private->link, link);
}

void
assay_platform_error_set_wait_us (GError *error, gint64 wait_us)
{
  g_return_if_fail (error != NULL && error->domain == ASSAY_PLATFORM_ERROR);
  g_return_if_fail (wait_us >= 0);
  assay_platform_error_get_private (error)->wait_us = wait_us;
}

void
assay_platform_error_set_answer (GError *error, JsonNode *answer)
{
  AssayPlatformErrorPrivate *private;

  g_return_if_fail (error != NULL && error->domain == ASSAY_PLATFORM_ERROR);
  g_return_if_fail (answer != NULL && json_node_is_immutable (answer));

  private = assay_platform_error_get_private (error);
  g_clear_pointer (&private->answer, json_node_unref);
  private->answer = json_node_ref (answer);
}
