/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-check-shapes.h"

#include <glib/gi18n.h>
#include <math.h>

#include "assay-json-read.h"

#define MAX_ID_CHARACTERS 300

typedef enum
{
  MEMBER_ID,
  MEMBER_TEXT,
  MEMBER_COUNT,    /* a whole number from 0 */
  MEMBER_INTEGER,  /* a whole number */
  MEMBER_POSITIVE, /* a whole number from 1 */
  MEMBER_TRUTH,
  MEMBER_TIME,
  MEMBER_DIGEST,
  MEMBER_CURRENCY,
  MEMBER_OBJECT,
  MEMBER_LIST,
} MemberKind;

typedef enum
{
  MEMBER_REQUIRED = 0,
  MEMBER_OPTIONAL = 1 << 0,
  MEMBER_NULLABLE = 1 << 1,
} MemberFlags;

/* @path: with slashes; what lies in an object that is absent is not asked for. */
typedef struct
{
  const char *path;
  MemberKind kind;
  MemberFlags flags;
  const char *const *words; /* what a text may be; NULL for anything */
} Member;

static const char *const levels[] = { "core",          "sync",      "drafts",
                                      "guidelines",    "questions", "feedback",
                                      "qualification", "pay",       NULL };
static const char *const pay_models[] = { "none", "per_task", "hourly", NULL };
static const char *const lease_states[] = { "held",    "submitted", "skipped", "released",
                                            "expired", "withdrawn", NULL };
static const char *const lease_kinds[] = { "work", "training", NULL };
static const char *const record_states[] = { "received", "accepted", "returned", "rejected", NULL };
static const char *const change_types[] = { "project",  "guideline",     "form",
                                            "lease",    "submission",    "feedback",
                                            "earnings", "qualification", NULL };
static const char *const feedback_kinds[] = { "gold", "review", "agreement", "comment", NULL };
static const char *const verdicts[] = { "pass",     "partial",  "fail", "accepted",
                                        "returned", "rejected", "none", NULL };
static const char *const dispute_states[] = { "open", "accepted", "refused", NULL };
static const char *const qualification_states[] = { "none",   "offered", "in-progress", "granted",
                                                    "failed", "expired", NULL };
static const char *const earning_states[] = { "pending", "approved", "rejected", "paid", NULL };

static const Member discovery[] = {
  { "protocol", MEMBER_TEXT },
  { "name", MEMBER_TEXT },
  { "base", MEMBER_TEXT },
  { "conformance", MEMBER_LIST, MEMBER_REQUIRED, levels },
  { "limits", MEMBER_OBJECT },
  { "limits/claim_max", MEMBER_POSITIVE },
  { "limits/submission_bytes", MEMBER_POSITIVE },
  { "rules", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "rules/offline_cache", MEMBER_TRUTH, MEMBER_OPTIONAL },
  { "rules/cache_max_hours", MEMBER_COUNT, MEMBER_OPTIONAL },
  { NULL },
};
static const Member me[] = {
  { "id", MEMBER_ID },
  { "name", MEMBER_TEXT },
  { "scopes", MEMBER_LIST },
  { NULL },
};
static const Member project[] = {
  { "id", MEMBER_ID },
  { "title", MEMBER_TEXT },
  { "modality", MEMBER_TEXT },
  { "language", MEMBER_TEXT },
  { "form", MEMBER_OBJECT },
  { "form/id", MEMBER_ID },
  { "form/version", MEMBER_POSITIVE },
  { "guideline", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "guideline/id", MEMBER_ID },
  { "guideline/version", MEMBER_POSITIVE },
  { "guideline/sha256", MEMBER_DIGEST },
  { "guideline/acknowledged_at", MEMBER_TIME, MEMBER_OPTIONAL | MEMBER_NULLABLE },
  { "available", MEMBER_COUNT },
  { "submitted_by_me", MEMBER_COUNT },
  { "qualification", MEMBER_TEXT, MEMBER_OPTIONAL, qualification_states },
  { "deadline_at", MEMBER_TIME, MEMBER_OPTIONAL },
  { "estimate_seconds", MEMBER_POSITIVE, MEMBER_OPTIONAL },
  { "pay", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "pay/model", MEMBER_TEXT, MEMBER_REQUIRED, pay_models },
  { "pay/amount_minor", MEMBER_COUNT, MEMBER_OPTIONAL },
  { "pay/currency", MEMBER_CURRENCY, MEMBER_OPTIONAL },
  { "lease", MEMBER_OBJECT },
  { "lease/seconds", MEMBER_POSITIVE, MEMBER_NULLABLE },
  { "lease/max_held", MEMBER_POSITIVE },
  { "lease/renewals", MEMBER_COUNT },
  { NULL },
};
static const Member guideline[] = {
  { "id", MEMBER_ID },           { "version", MEMBER_POSITIVE },
  { "title", MEMBER_TEXT },      { "published_at", MEMBER_TIME },
  { "media_type", MEMBER_TEXT }, { "sha256", MEMBER_DIGEST },
  { "must_ack", MEMBER_TRUTH },  { NULL },
};
static const Member lease[] = {
  { "id", MEMBER_ID },
  { "project_id", MEMBER_ID },
  { "state", MEMBER_TEXT, MEMBER_REQUIRED, lease_states },
  { "kind", MEMBER_TEXT, MEMBER_REQUIRED, lease_kinds },
  { "granted_at", MEMBER_TIME },
  { "expires_at", MEMBER_TIME, MEMBER_NULLABLE },
  { "renewals_left", MEMBER_COUNT },
  { "form", MEMBER_OBJECT },
  { "form/id", MEMBER_ID },
  { "form/version", MEMBER_POSITIVE },
  { "guideline", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "guideline/id", MEMBER_ID },
  { "guideline/version", MEMBER_POSITIVE },
  { "guideline/sha256", MEMBER_DIGEST },
  { "pay", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "pay/model", MEMBER_TEXT, MEMBER_REQUIRED, pay_models },
  { "pay/amount_minor", MEMBER_COUNT, MEMBER_OPTIONAL },
  { "pay/currency", MEMBER_CURRENCY, MEMBER_OPTIONAL },
  { "task", MEMBER_OBJECT },
  { "task/id", MEMBER_ID },
  { NULL },
};
static const Member record[] = {
  { "id", MEMBER_ID },
  { "lease_id", MEMBER_ID },
  { "project_id", MEMBER_ID },
  { "task_id", MEMBER_ID },
  { "form", MEMBER_OBJECT },
  { "form/id", MEMBER_ID },
  { "form/version", MEMBER_POSITIVE },
  { "judgement", MEMBER_OBJECT },
  { "received_at", MEMBER_TIME },
  { "late", MEMBER_TRUTH },
  { "counted", MEMBER_TRUTH },
  { "state", MEMBER_TEXT, MEMBER_REQUIRED, record_states },
  { "editable_until", MEMBER_TIME, MEMBER_NULLABLE },
  { NULL },
};
static const Member change[] = {
  { "type", MEMBER_TEXT, MEMBER_REQUIRED, change_types },
  { "id", MEMBER_ID },
  { "at", MEMBER_TIME },
  { "deleted", MEMBER_TRUTH, MEMBER_OPTIONAL },
  { NULL },
};
static const Member inquiry[] = {
  { "id", MEMBER_ID },
  { "text", MEMBER_TEXT },
  { "asked_at", MEMBER_TIME },
  { "answer", MEMBER_TEXT, MEMBER_NULLABLE },
  { "answered_at", MEMBER_TIME, MEMBER_OPTIONAL },
  { NULL },
};
static const Member feedback[] = {
  { "id", MEMBER_ID },
  { "submission_id", MEMBER_ID },
  { "kind", MEMBER_TEXT, MEMBER_REQUIRED, feedback_kinds },
  { "verdict", MEMBER_TEXT, MEMBER_REQUIRED, verdicts },
  { "message", MEMBER_TEXT, MEMBER_OPTIONAL },
  { "per_question", MEMBER_LIST, MEMBER_OPTIONAL },
  { "at", MEMBER_TIME },
  { "dispute_until", MEMBER_TIME, MEMBER_OPTIONAL },
  { "dispute", MEMBER_OBJECT, MEMBER_OPTIONAL },
  { "dispute/text", MEMBER_TEXT },
  { "dispute/state", MEMBER_TEXT, MEMBER_REQUIRED, dispute_states },
  { "dispute/at", MEMBER_TIME },
  { NULL },
};
static const Member qualification[] = {
  { "id", MEMBER_ID },
  { "title", MEMBER_TEXT },
  { "state", MEMBER_TEXT, MEMBER_REQUIRED, qualification_states },
  { "retry_after", MEMBER_TIME, MEMBER_OPTIONAL },
  { "href", MEMBER_TEXT, MEMBER_OPTIONAL },
  { NULL },
};
static const Member earning[] = {
  { "id", MEMBER_ID },
  { "submission_id", MEMBER_ID, MEMBER_OPTIONAL },
  { "amount_minor", MEMBER_INTEGER },
  { "currency", MEMBER_CURRENCY },
  { "state", MEMBER_TEXT, MEMBER_REQUIRED, earning_states },
  { "at", MEMBER_TIME },
  { NULL },
};

static const Member *const shapes[] = {
  [ASSAY_SHAPE_DISCOVERY] = discovery, [ASSAY_SHAPE_ME] = me,
  [ASSAY_SHAPE_PROJECT] = project,     [ASSAY_SHAPE_GUIDELINE] = guideline,
  [ASSAY_SHAPE_LEASE] = lease,         [ASSAY_SHAPE_RECORD] = record,
  [ASSAY_SHAPE_CHANGE] = change,       [ASSAY_SHAPE_INQUIRY] = inquiry,
  [ASSAY_SHAPE_FEEDBACK] = feedback,   [ASSAY_SHAPE_QUALIFICATION] = qualification,
  [ASSAY_SHAPE_EARNING] = earning,
};

/* RFC 3339 with Z: what g_date_time_new_from_iso8601 () reads beside that is not meant. */
static gboolean
is_time (const char *text)
{
  g_autoptr (GDateTime) moment = text == NULL ? NULL : g_date_time_new_from_iso8601 (text, NULL);

  return moment != NULL && g_str_has_suffix (text, "Z") && strlen (text) >= 20 && text[4] == '-'
         && text[10] == 'T' && text[13] == ':';
}

static gboolean
is_all_of (const char *text, gsize length, const char *characters)
{
  return text != NULL && strlen (text) == length && strspn (text, characters) == length;
}

static gboolean
is_whole_number (JsonNode *node, double min)
{
  double number;

  return assay_json_node_number (node, &number) && number == trunc (number) && number >= min;
}

/* What it should be, for a sentence; NULL if it is. */
static const char *
find_fault (const Member *member, JsonNode *node)
{
  const char *text = assay_json_node_string (node);
  JsonArray *list = assay_json_node_array (node);

  switch (member->kind)
    {
    case MEMBER_ID:
      return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= MAX_ID_CHARACTERS
                 ? NULL
                 : _ ("an id, as a text");
    case MEMBER_TEXT:
      return text != NULL ? NULL : _ ("a text");
    case MEMBER_COUNT:
      return is_whole_number (node, 0) ? NULL : _ ("a whole number from 0");
    case MEMBER_INTEGER:
      return is_whole_number (node, -G_MAXDOUBLE) ? NULL : _ ("a whole number");
    case MEMBER_POSITIVE:
      return is_whole_number (node, 1) ? NULL : _ ("a whole number from 1");
    case MEMBER_TRUTH:
      return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
                 ? NULL
                 : _ ("true or false");
    case MEMBER_TIME:
      return is_time (text) ? NULL : _ ("a time in UTC, like 2026-02-01T10:00:00Z");
    case MEMBER_DIGEST:
      return is_all_of (text, 64, "0123456789abcdef") ? NULL : _ ("64 hexadecimal digits");
    case MEMBER_CURRENCY:
      return is_all_of (text, 3, G_CSET_A_2_Z) ? NULL : _ ("a currency’s three letters");
    case MEMBER_OBJECT:
      return assay_json_node_object (node) != NULL ? NULL : _ ("an object");
    case MEMBER_LIST:
      return list != NULL ? NULL : _ ("a list");
    default:
      g_assert_not_reached ();
    }
}

/* A word that is not among those that are known; NULL if all are. */
static const char *
find_unknown_word (const Member *member, JsonNode *node)
{
  JsonArray *list = assay_json_node_array (node);

  if (member->words == NULL)
    return NULL;
  if (list == NULL)
    return g_strv_contains (member->words, assay_json_node_string (node))
               ? NULL
               : assay_json_node_string (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *word = assay_json_node_string (json_array_get_element (list, i));

      if (word == NULL || !g_strv_contains (member->words, word))
        return word == NULL ? "?" : word;
    }
  return NULL;
}

/* The object that holds the last part of @path; NULL where it is absent. */
static JsonObject *
find_parent (JsonObject *object, const char *path, const char **name)
{
  const char *slash = strchr (path, '/');
  g_autofree char *first = NULL;

  if (slash == NULL)
    {
      *name = path;
      return object;
    }
  first = g_strndup (path, (gsize) (slash - path));
  *name = slash + 1;
  return assay_json_get_object (object, first);
}

static char *
check_member (const Member *member, JsonObject *object, const char *place)
{
  const char *name;
  JsonObject *parent = find_parent (object, member->path, &name);
  JsonNode *node = parent == NULL ? NULL : json_object_get_member (parent, name);
  const char *fault;
  const char *word;

  if (parent == NULL || (node == NULL && (member->flags & MEMBER_OPTIONAL) != 0))
    return NULL;
  if (node == NULL)
    return g_strdup_printf (_ ("%s/%s is missing"), place, member->path);
  if (JSON_NODE_HOLDS_NULL (node) && (member->flags & MEMBER_NULLABLE) != 0)
    return NULL;
  fault = find_fault (member, node);
  if (fault != NULL)
    /* Translators: a place; then what should be there, like "a whole number". */
    return g_strdup_printf (_ ("%s/%s is not %s"), place, member->path, fault);
  word = find_unknown_word (member, node);
  if (word != NULL)
    /* Translators: a place; then a word that stands there and is not in the contract. */
    return g_strdup_printf (_ ("%s/%s has the word “%s”, which is not known"), place, member->path,
                            word);
  return NULL;
}

char *
assay_shape_check (AssayShape shape, JsonNode *node, const char *place)
{
  JsonObject *object;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (place != NULL, NULL);

  object = assay_json_node_object (node);
  if (object == NULL)
    return g_strdup_printf (_ ("%s is not an object"), place);
  for (const Member *member = shapes[shape]; member->path != NULL; member++)
    {
      char *fault = check_member (member, object, place);

      if (fault != NULL)
        return fault;
    }
  return NULL;
}
