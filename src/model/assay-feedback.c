/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-feedback.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-json-read.h"
#include "assay-model-error.h"

struct _AssayFeedback
{
  GObject parent_instance;

  JsonNode *json;
  /* Borrowed from it. */
  const char *id;
  const char *submission;
  const char *message;

  AssayFeedbackKind kind;
  AssayVerdict verdict;
  gint64 at;
  gint64 dispute_until;
};

G_DEFINE_FINAL_TYPE (AssayFeedback, assay_feedback, G_TYPE_OBJECT)

static const char *const kind_names[] = { "gold", "review", "agreement", "comment" };
static const char *const verdict_names[] = { "none",     "pass",     "partial", "fail",
                                             "accepted", "returned", "rejected" };

const char *
assay_feedback_kind_get_title (AssayFeedbackKind kind)
{
  switch (kind)
    {
    case ASSAY_FEEDBACK_GOLD:
      return C_ ("feedback", "Known Answer");
    case ASSAY_FEEDBACK_REVIEW:
      return C_ ("feedback", "Review");
    case ASSAY_FEEDBACK_AGREEMENT:
      return C_ ("feedback", "Agreement With Others");
    case ASSAY_FEEDBACK_COMMENT:
    default:
      return C_ ("feedback", "Comment");
    }
}

const char *
assay_verdict_get_title (AssayVerdict verdict)
{
  switch (verdict)
    {
    case ASSAY_VERDICT_PASS:
      return C_ ("verdict", "Agrees");
    case ASSAY_VERDICT_PARTIAL:
      return C_ ("verdict", "Agrees in Part");
    case ASSAY_VERDICT_FAIL:
      return C_ ("verdict", "Disagrees");
    case ASSAY_VERDICT_ACCEPTED:
      return C_ ("verdict", "Accepted");
    case ASSAY_VERDICT_RETURNED:
      return C_ ("verdict", "Returned");
    case ASSAY_VERDICT_REJECTED:
      return C_ ("verdict", "Rejected");
    case ASSAY_VERDICT_NONE:
    default:
      return "";
    }
}

static void
assay_feedback_finalize (GObject *object)
{
  AssayFeedback *self = ASSAY_FEEDBACK (object);

  g_clear_pointer (&self->json, json_node_unref);

  G_OBJECT_CLASS (assay_feedback_parent_class)->finalize (object);
}

static void
assay_feedback_class_init (AssayFeedbackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_feedback_finalize;
}

static void
assay_feedback_init (AssayFeedback *self)
{
}

/* What a later version of the protocol calls otherwise is shown with its message alone. */
static guint
find_name (const char *name, const char *const *names, guint n_names, guint fallback)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return i;
  return fallback;
}

AssayFeedback *
assay_feedback_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (AssayFeedback) self = g_object_new (ASSAY_TYPE_FEEDBACK, NULL);
  JsonObject *object;

  g_return_val_if_fail (node != NULL, NULL);

  self->json = assay_json_copy (node);
  object = assay_json_node_object (self->json);
  if (object == NULL)
    {
      g_set_error_literal (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE,
                           _ ("The feedback is not an object."));
      return NULL;
    }
  self->id = assay_json_require_string (object, "id", "", error);
  self->submission =
      self->id != NULL ? assay_json_require_string (object, "submission_id", "", error) : NULL;
  if (self->submission == NULL
      || !assay_json_read_string (object, "message", "", &self->message, error)
      || !assay_json_read_time (object, "at", "", &self->at, error)
      || !assay_json_read_time (object, "dispute_until", "", &self->dispute_until, error))
    return NULL;
  self->kind = (AssayFeedbackKind) find_name (assay_json_get_string (object, "kind"), kind_names,
                                              G_N_ELEMENTS (kind_names), ASSAY_FEEDBACK_COMMENT);
  self->verdict =
      (AssayVerdict) find_name (assay_json_get_string (object, "verdict"), verdict_names,
                                G_N_ELEMENTS (verdict_names), ASSAY_VERDICT_NONE);
  self->at *= 1000;
  self->dispute_until *= 1000;
  json_node_seal (self->json);
  return g_steal_pointer (&self);
}

JsonNode *
assay_feedback_get_json (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), NULL);

  return self->json;
}

const char *
assay_feedback_get_id (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), NULL);

  return self->id;
}

const char *
assay_feedback_get_submission (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), NULL);

  return self->submission;
}

AssayFeedbackKind
assay_feedback_get_kind (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), ASSAY_FEEDBACK_COMMENT);

  return self->kind;
}

AssayVerdict
assay_feedback_get_verdict (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), ASSAY_VERDICT_NONE);

  return self->verdict;
}

gboolean
assay_feedback_get_score (AssayFeedback *self, double *score, double *max_score)
{
  JsonObject *object;

  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), FALSE);
  g_return_val_if_fail (score != NULL, FALSE);
  g_return_val_if_fail (max_score != NULL, FALSE);

  object = assay_json_node_object (self->json);
  *max_score = assay_json_get_double (object, "max_score", 0);
  *score = assay_json_get_double (object, "score", 0);
  return assay_json_has (object, "score") && *max_score > 0;
}

const char *
assay_feedback_get_message (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), NULL);

  return self->message != NULL ? self->message : "";
}

gint64
assay_feedback_get_at (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), 0);

  return self->at;
}

gint64
assay_feedback_get_dispute_until (AssayFeedback *self)
{
  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), 0);

  return self->dispute_until;
}

const char *
assay_feedback_get_dispute (AssayFeedback *self, const char *member)
{
  JsonObject *dispute;

  g_return_val_if_fail (ASSAY_IS_FEEDBACK (self), NULL);
  g_return_val_if_fail (member != NULL, NULL);

  dispute = assay_json_get_object (assay_json_node_object (self->json), "dispute");
  return dispute != NULL ? assay_json_get_string (dispute, member) : NULL;
}
