/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-open-problem.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-exchange.h"
#include "assay-json-read.h"
#include "assay-origin.h"

typedef struct
{
  const char *name;
  AssayPlatformError code;
  const char *sentence;
} Problem;

static const Problem problems[] = {
  { "malformed", ASSAY_PLATFORM_ERROR_REJECTED,
    N_ ("The platform cannot read what Assay sent. This is a fault of Assay.") },
  { "not-authenticated", ASSAY_PLATFORM_ERROR_SIGNED_OUT,
    N_ ("The platform asks you to sign in again.") },
  { "not-qualified", ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
    N_ ("You are not qualified for this project yet.") },
  { "guidelines-not-acknowledged", ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
    N_ ("The guideline of this project has to be acknowledged first.") },
  { "client-not-allowed", ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
    N_ ("The platform does not let this be done with Assay; it may be possible in the browser.") },
  { "scope-missing", ASSAY_PLATFORM_ERROR_NOT_ALLOWED,
    N_ ("What you signed in with does not permit this. Sign in anew to permit it.") },
  { "lease-expired", ASSAY_PLATFORM_ERROR_GONE,
    N_ ("The time for this task is over. Your answer is kept.") },
  { "lease-not-renewable", ASSAY_PLATFORM_ERROR_CONFLICT,
    N_ ("There is no more time for this task.") },
  { "submission-differs", ASSAY_PLATFORM_ERROR_CONFLICT,
    N_ ("The platform has another answer of yours for this task.") },
  { "not-editable", ASSAY_PLATFORM_ERROR_CONFLICT,
    N_ ("What was handed in cannot be changed any more.") },
  { "dispute-closed", ASSAY_PLATFORM_ERROR_CONFLICT,
    N_ ("The time in which this feedback could be disputed is over.") },
  { "task-withdrawn", ASSAY_PLATFORM_ERROR_GONE,
    N_ ("The platform has withdrawn this task. Your answer is kept.") },
  { "precondition-failed", ASSAY_PLATFORM_ERROR_CONFLICT,
    N_ ("It was changed elsewhere in the meantime.") },
  { "answers-invalid", ASSAY_PLATFORM_ERROR_REJECTED, N_ ("The platform objects to the answers.") },
  { "form-outdated", ASSAY_PLATFORM_ERROR_REJECTED,
    N_ ("The questions of this task were changed. Look through your answers again.") },
  { "rate-limited", ASSAY_PLATFORM_ERROR_RATE_LIMITED, N_ ("The platform asks to wait.") },
  { "maintenance", ASSAY_PLATFORM_ERROR_RATE_LIMITED,
    N_ ("The platform is closed for maintenance.") },
};

static const Problem *
find_problem (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].name, name))
      return &problems[i];
  return NULL;
}

/* What it says beyond the type; NULL for nothing. (transfer full) */
static char *
dup_words (JsonObject *object)
{
  const char *words = assay_json_get_string (object, "detail");

  if (words == NULL || *words == '\0')
    words = assay_json_get_string (object, "title");
  return words != NULL && *words != '\0' ? assay_json_dup_label (words) : NULL;
}

static char *
describe (const Problem *problem, JsonObject *object)
{
  g_autofree char *pay = NULL;
  g_autofree char *words = NULL;

  if (object == NULL)
    return g_strdup (_ (problem->sentence));
  pay = assay_json_dup_label (assay_json_get_string (object, "pay"));
  if (pay != NULL)
    /* Translators: the first is a sentence, the second the words of a platform. */
    return g_strdup_printf (_ ("%s About the pay it says: “%s”"), _ (problem->sentence), pay);
  words = dup_words (object);
  if (words == NULL)
    return g_strdup (_ (problem->sentence));
  /* Translators: the first is a sentence, the second the words of a server */
  return g_strdup_printf (_ ("%s It says: “%s”"), _ (problem->sentence), words);
}

static char *
describe_size (guint submission_bytes)
{
  g_autofree char *size = NULL;

  if (submission_bytes == 0)
    return g_strdup (_ ("What was sent is larger than the platform takes. Your answer is kept."));
  size = g_format_size (submission_bytes);
  /* Translators: a size, like "1.0 MB". */
  return g_strdup_printf (_ ("What was sent is larger than the %s that the platform takes. Your "
                             "answer is kept."),
                          size);
}

static GError *
copy (const GError *error, AssayPlatformError code, AssayDelivery delivery, const char *message)
{
  GError *result = assay_platform_error_new (code, delivery, message);
  JsonNode *answer = assay_platform_error_get_answer (error);

  assay_platform_error_set_status (result, assay_platform_error_get_status (error));
  assay_platform_error_set_wait_us (result, assay_platform_error_get_wait_us (error));
  if (answer != NULL)
    assay_platform_error_set_answer (result, answer);
  if (assay_platform_error_get_too_large (error))
    assay_platform_error_set_too_large (result, assay_platform_error_get_link (error));
  return result;
}

/* A server that says our token back to us says nothing. */
static GError *
hide_secret (GError *error, const char *secret)
{
  JsonNode *answer = assay_platform_error_get_answer (error);
  g_autofree char *text = answer != NULL ? assay_json_to_string (answer) : NULL;
  g_autofree char *sentence = NULL;
  GError *result;

  if (secret == NULL || *secret == '\0'
      || (strstr (error->message, secret) == NULL
          && (text == NULL || strstr (text, secret) == NULL)))
    return error;
  sentence = assay_exchange_describe ((AssayPlatformError) error->code, NULL);
  result = assay_platform_error_new ((AssayPlatformError) error->code,
                                     assay_platform_error_get_delivery (error), sentence);
  assay_platform_error_set_status (result, assay_platform_error_get_status (error));
  assay_platform_error_set_wait_us (result, assay_platform_error_get_wait_us (error));
  g_error_free (error);
  return result;
}

GError *
assay_open_problem_explain (GError *error, const char *secret, guint submission_bytes)
{
  AssayDelivery delivery;
  const Problem *problem;
  g_autofree char *sentence = NULL;
  AssayPlatformError code;
  GError *result;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != ASSAY_PLATFORM_ERROR)
    return error;
  error = hide_secret (error, secret);
  code = (AssayPlatformError) error->code;
  delivery = assay_platform_error_get_delivery (error);
  problem = find_problem (assay_platform_error_get_problem (error));
  if (g_strcmp0 (assay_platform_error_get_problem (error), "too-large") == 0
      || assay_platform_error_get_status (error) == 413)
    sentence = describe_size (submission_bytes);
  else if (problem != NULL)
    sentence = describe (problem, assay_json_node_object (assay_platform_error_get_answer (error)));
  /* A word in the answer of a server that failed proves nothing. */
  if (sentence == NULL || delivery == ASSAY_DELIVERY_UNKNOWN)
    return error;
  if (delivery == ASSAY_DELIVERY_REFUSED && problem != NULL
      && problem->code != ASSAY_PLATFORM_ERROR_RATE_LIMITED
      && problem->code != ASSAY_PLATFORM_ERROR_SIGNED_OUT)
    code = problem->code;
  result = copy (error, code, delivery, sentence);
  g_error_free (error);
  return result;
}

GError *
assay_open_problem_deliver (const GError *error, AssayDelivery delivery)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != ASSAY_PLATFORM_ERROR)
    return assay_platform_error_new (ASSAY_PLATFORM_ERROR_PROTOCOL, delivery, error->message);
  return copy (error, (AssayPlatformError) error->code, delivery, error->message);
}

GError *
assay_open_problem_new_unreadable (const char *base, const char *what)
{
  g_autoptr (GUri) uri = base != NULL ? assay_origin_parse_url (base, NULL) : NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (what != NULL, NULL);

  g_message ("An answer of a platform is not what it must be: %s", what);
  sentence = assay_exchange_describe (ASSAY_PLATFORM_ERROR_PROTOCOL,
                                      uri != NULL ? g_uri_get_host (uri) : NULL);
  return assay_platform_error_new (ASSAY_PLATFORM_ERROR_PROTOCOL, ASSAY_DELIVERY_UNKNOWN, sentence);
}
