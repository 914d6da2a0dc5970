/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-claims-answer.h"

#include <string.h>

#include "assay-json-read.h"
#include "assay-question-private.h"
#include "assay-span-list.h"

#define MEMBER "claims"
#define ID_PREFIX 'c'

static void
evidence_free (AssayEvidence *evidence)
{
  g_free (evidence->url);
  g_free (evidence->title);
  g_free (evidence->quote);
  g_free (evidence->accessed_at);
  g_free (evidence->stance);
  g_free (evidence->source_id);
  g_clear_pointer (&evidence->source_span, assay_span_free);
  g_free (evidence);
}

void
assay_claim_free (AssayClaim *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_clear_pointer (&self->span, assay_span_free);
  g_free (self->text);
  g_free (self->verdict);
  g_free (self->severity);
  g_free (self->subtype);
  g_free (self->correction);
  g_free (self->note);
  g_ptr_array_unref (self->evidence);
  g_free (self->citation);
  g_strfreev (self->cited);
  g_free (self);
}

static char *
dup_string (JsonObject *object, const char *member)
{
  return g_strdup (assay_json_get_string (object, member));
}

static AssaySpan *
read_span (JsonObject *evidence)
{
  JsonNode *node = json_object_get_member (evidence, "source_span");

  return node == NULL ? NULL : assay_span_new_from_json (node);
}

static GPtrArray *
read_evidence (JsonObject *claim)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) evidence_free);
  JsonArray *array = assay_json_get_array (claim, "evidence");

  for (guint i = 0; i < assay_span_list_get_length (array); i++)
    {
      JsonObject *object = assay_json_node_object (json_array_get_element (array, i));
      AssayEvidence *evidence = g_new0 (AssayEvidence, 1);

      /* What is none keeps its place, so that an index means the same to everybody. */
      if (object != NULL)
        *evidence = (AssayEvidence) { dup_string (object, "url"),
                                      dup_string (object, "title"),
                                      dup_string (object, "quote"),
                                      dup_string (object, "accessed_at"),
                                      dup_string (object, "stance"),
                                      dup_string (object, "source_id"),
                                      read_span (object) };
      g_ptr_array_add (list, evidence);
    }
  return list;
}

static GStrv
read_cited (JsonObject *claim)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = assay_json_get_array (claim, "cited");

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *id = assay_json_node_dup_id (json_array_get_element (array, i));

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

static AssayClaim *
read_claim (JsonObject *object)
{
  AssayClaim *claim = g_new0 (AssayClaim, 1);

  claim->id = dup_string (object, "id");
  claim->span = assay_span_list_dup_span (object);
  claim->text = dup_string (object, "text");
  if (claim->text == NULL)
    claim->text = g_strdup (claim->span != NULL ? claim->span->quote : "");
  claim->checkworthy = assay_json_get_boolean (object, "checkworthy", TRUE);
  claim->verdict = dup_string (object, "verdict");
  claim->severity = dup_string (object, "severity");
  claim->subtype = dup_string (object, "subtype");
  claim->correction = dup_string (object, "correction");
  claim->note = dup_string (object, "note");
  claim->evidence = read_evidence (object);
  claim->citation = dup_string (object, "citation_ok");
  claim->cited = read_cited (object);
  return claim;
}

GPtrArray *
assay_claims_answer_list (JsonNode *answer)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_claim_free);
  JsonArray *claims = assay_span_list_get (answer, MEMBER);

  for (guint i = 0; i < assay_span_list_get_length (claims); i++)
    {
      JsonObject *claim = assay_span_list_get_at (claims, i);

      if (claim != NULL)
        g_ptr_array_add (list, read_claim (claim));
    }
  return list;
}

guint
assay_claims_answer_get_n (JsonNode *answer)
{
  return assay_span_list_count (assay_span_list_get (answer, MEMBER));
}

AssayClaim *
assay_claims_answer_find (JsonNode *answer, const char *id)
{
  JsonObject *claim;

  g_return_val_if_fail (id != NULL, NULL);

  claim = assay_span_list_find (assay_span_list_get (answer, MEMBER), id);
  return claim == NULL ? NULL : read_claim (claim);
}

gboolean
assay_claims_answer_get_none_found (JsonNode *answer)
{
  JsonObject *object = assay_json_node_object (answer);

  return object != NULL && assay_json_get_boolean (object, "none_found", FALSE);
}

JsonNode *
assay_claims_answer_with_none_found (JsonNode *answer, gboolean none_found)
{
  JsonObject *object = assay_span_list_open (answer, MEMBER);

  if (none_found)
    json_object_set_boolean_member (object, "none_found", TRUE);
  else
    json_object_remove_member (object, "none_found");
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_claims_answer_add (JsonNode *answer, const AssaySpan *span, const char *text, char **id)
{
  JsonObject *object;
  JsonObject *claim;

  g_return_val_if_fail (span != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = assay_span_list_insert (object, MEMBER, ID_PREFIX, span);
  assay_answer_set_text (claim, "text", text != NULL ? text : span->quote);
  json_object_remove_member (object, "none_found");
  if (id != NULL)
    *id = dup_string (claim, "id");
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_claims_answer_remove (JsonNode *answer, const char *id)
{
  return assay_span_list_remove (answer, MEMBER, id);
}

JsonNode *
assay_claims_answer_with (JsonNode *answer, const char *id, const char *member, const char *text)
{
  return assay_span_list_with_text (answer, MEMBER, id, member, text);
}

/* The claim of an answer that was opened; NULL if it is not there. */
static JsonObject *
find_claim (JsonObject *object, const char *id)
{
  return assay_span_list_find (assay_json_get_array (object, MEMBER), id);
}

JsonNode *
assay_claims_answer_with_checkworthy (JsonNode *answer, const char *id, gboolean checkworthy)
{
  JsonObject *object;
  JsonObject *claim;

  g_return_val_if_fail (id != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = find_claim (object, id);
  if (claim != NULL && checkworthy)
    json_object_remove_member (claim, "checkworthy");
  else if (claim != NULL)
    json_object_set_boolean_member (claim, "checkworthy", FALSE);
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_claims_answer_with_cited (JsonNode *answer, const char *id, const char *const *sources)
{
  JsonObject *object;
  JsonObject *claim;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (sources != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = find_claim (object, id);
  if (claim != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; sources[i] != NULL; i++)
        json_array_add_string_element (array, sources[i]);
      json_object_set_array_member (claim, "cited", array);
    }
  return assay_span_list_close (object, MEMBER);
}

static JsonArray *
require_evidence (JsonObject *claim)
{
  JsonArray *array = assay_json_get_array (claim, "evidence");

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (claim, "evidence", array);
    }
  return array;
}

JsonNode *
assay_claims_answer_add_evidence (JsonNode *answer, const char *id, const AssayEvidence *evidence)
{
  JsonObject *object;
  JsonObject *claim;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (evidence != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = find_claim (object, id);
  if (claim != NULL)
    {
      JsonObject *added = json_object_new ();

      assay_answer_set_text (added, "url", evidence->url);
      assay_answer_set_text (added, "title", evidence->title);
      assay_answer_set_text (added, "quote", evidence->quote);
      assay_answer_set_text (added, "accessed_at", evidence->accessed_at);
      assay_answer_set_text (added, "stance", evidence->stance);
      assay_answer_set_text (added, "source_id", evidence->source_id);
      if (evidence->source_span != NULL)
        {
          JsonObject *span = json_object_new ();

          assay_span_write_json (evidence->source_span, span);
          json_object_set_object_member (added, "source_span", span);
        }
      json_array_add_object_element (require_evidence (claim), added);
    }
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_claims_answer_remove_evidence (JsonNode *answer, const char *id, guint index)
{
  JsonObject *object;
  JsonObject *claim;
  JsonArray *array;

  g_return_val_if_fail (id != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = find_claim (object, id);
  array = claim == NULL ? NULL : assay_json_get_array (claim, "evidence");
  if (index < assay_span_list_get_length (array))
    json_array_remove_element (array, index);
  if (array != NULL && json_array_get_length (array) == 0)
    json_object_remove_member (claim, "evidence");
  return assay_span_list_close (object, MEMBER);
}

JsonNode *
assay_claims_answer_with_evidence (JsonNode *answer,
                                   const char *id,
                                   guint index,
                                   const char *member,
                                   const char *text)
{
  JsonObject *object;
  JsonObject *claim;
  JsonArray *array;
  JsonObject *evidence = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  object = assay_span_list_open (answer, MEMBER);
  claim = find_claim (object, id);
  array = claim == NULL ? NULL : assay_json_get_array (claim, "evidence");
  if (index < assay_span_list_get_length (array))
    evidence = assay_json_node_object (json_array_get_element (array, index));
  if (evidence != NULL)
    assay_answer_set_text (evidence, member, text);
  return assay_span_list_close (object, MEMBER);
}

/* Splitting and joining */

static const char *
get_document_text (AssayTask *task, const AssaySpan *span)
{
  AssayDocument *document = span == NULL ? NULL : assay_task_find_document (task, span->document);

  return document == NULL ? NULL : assay_document_get_text (document);
}

/* Cut to the code points of its quote up to @first_end and from @second_start on; FALSE where its
 * place is not known. */
static gboolean
split_span (AssayTask *task,
            const AssaySpan *span,
            guint first_end,
            guint second_start,
            AssaySpan **first,
            AssaySpan **second)
{
  const char *text = get_document_text (task, span);
  guint start;
  guint end;

  if (text == NULL || assay_span_find (span, task, &start, &end) == ASSAY_SPAN_DETACHED)
    return FALSE;
  *first = assay_span_new (span->document, text, start, start + first_end);
  *second = assay_span_new (span->document, text, start + second_start, end);
  return TRUE;
}

JsonNode *
assay_claims_answer_split (JsonNode *answer,
                           const char *id,
                           guint at,
                           AssayTask *task,
                           char **second)
{
  g_autoptr (AssayClaim) claim = assay_claims_answer_find (answer, id);
  g_autoptr (AssaySpan) first_span = NULL;
  g_autoptr (AssaySpan) second_span = NULL;
  g_autoptr (JsonNode) shortened = NULL;
  g_autoptr (JsonNode) moved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint length;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  length = claim != NULL ? (guint) g_utf8_strlen (claim->text, -1) : 0;
  if (at >= length || claim->span == NULL)
    return NULL;
  before = g_strchomp (g_utf8_substring (claim->text, 0, at));
  after = g_strchug (g_strdup (g_utf8_offset_to_pointer (claim->text, at)));
  if (*before == '\0' || *after == '\0')
    return NULL;
  if (!g_str_equal (claim->text, claim->span->quote)
      || !split_span (task, claim->span, (guint) g_utf8_strlen (before, -1),
                      length - (guint) g_utf8_strlen (after, -1), &first_span, &second_span))
    {
      first_span = assay_span_copy (claim->span);
      second_span = assay_span_copy (claim->span);
    }
  shortened = assay_claims_answer_with (answer, id, "text", before);
  moved = assay_span_list_with_span (shortened, MEMBER, id, first_span);
  return assay_claims_answer_add (moved, second_span, after, second);
}

/* The next claim in the order of the answer that is about the same text. */
static AssayClaim *
find_next (JsonNode *answer, const AssayClaim *claim)
{
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  gboolean passed = FALSE;

  for (guint i = 0; i < claims->len; i++)
    {
      AssayClaim *other = claims->pdata[i];

      if (passed && other->span != NULL
          && g_str_equal (other->span->document, claim->span->document))
        return g_ptr_array_steal_index (claims, i);
      passed = passed || g_str_equal (other->id, claim->id);
    }
  return NULL;
}

static AssaySpan *
join_spans (AssayTask *task, const AssaySpan *one, const AssaySpan *other)
{
  const char *text = get_document_text (task, one);
  guint start, end, other_start, other_end;

  if (text == NULL || assay_span_find (one, task, &start, &end) == ASSAY_SPAN_DETACHED
      || assay_span_find (other, task, &other_start, &other_end) == ASSAY_SPAN_DETACHED)
    return assay_span_copy (one);
  return assay_span_new (one->document, text, MIN (start, other_start), MAX (end, other_end));
}

static void
move_evidence (JsonObject *from, JsonObject *to)
{
  JsonArray *array = assay_json_get_array (from, "evidence");

  for (guint i = 0; i < assay_span_list_get_length (array); i++)
    json_array_add_element (require_evidence (to), json_array_dup_element (array, i));
}

JsonNode *
assay_claims_answer_join (JsonNode *answer, const char *id, AssayTask *task)
{
  g_autoptr (AssayClaim) claim = assay_claims_answer_find (answer, id);
  g_autoptr (AssayClaim) next = NULL;
  g_autoptr (AssaySpan) span = NULL;
  g_autoptr (JsonNode) joined = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  JsonObject *target;

  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  next = claim == NULL || claim->span == NULL ? NULL : find_next (answer, claim);
  if (next == NULL)
    return NULL;
  span = join_spans (task, claim->span, next->span);
  text =
      g_str_equal (claim->text, claim->span->quote) && g_str_equal (next->text, next->span->quote)
          ? g_strdup (span->quote)
          : g_strconcat (claim->text, " ", next->text, NULL);
  object = assay_span_list_open (answer, MEMBER);
  target = find_claim (object, id);
  assay_answer_set_text (target, "text", text);
  assay_span_list_set_span (target, span);
  if (g_strcmp0 (claim->verdict, next->verdict) != 0)
    json_object_remove_member (target, "verdict");
  move_evidence (find_claim (object, next->id), target);
  joined = assay_span_list_close (object, MEMBER);
  return assay_claims_answer_remove (joined, next->id);
}

JsonNode *
assay_claims_answer_follow (JsonNode *answer, AssayTask *task)
{
  return assay_span_list_follow (answer, MEMBER, task);
}

static void
strip_evidence (JsonObject *claim)
{
  JsonArray *array = assay_json_get_array (claim, "evidence");

  for (guint i = 0; i < assay_span_list_get_length (array); i++)
    {
      JsonObject *evidence = assay_json_node_object (json_array_get_element (array, i));
      JsonObject *span = evidence == NULL ? NULL : assay_json_get_object (evidence, "source_span");

      if (span == NULL)
        continue;
      json_object_remove_member (evidence, "quote");
      json_object_remove_member (span, "quote");
      json_object_remove_member (span, "prefix");
      json_object_remove_member (span, "suffix");
    }
}

JsonNode *
assay_claims_answer_without_texts (JsonNode *answer)
{
  JsonNode *stripped = assay_span_list_without_texts (answer, MEMBER);
  JsonArray *claims = assay_span_list_get (stripped, MEMBER);
  JsonArray *before = assay_span_list_get (answer, MEMBER);

  /* A claim that still holds the words of the text is a quotation of it, too. */
  for (guint i = 0; i < assay_span_list_get_length (claims); i++)
    {
      JsonObject *claim = assay_json_node_object (json_array_get_element (claims, i));
      JsonObject *whole = assay_json_node_object (json_array_get_element (before, i));
      JsonObject *span = whole == NULL ? NULL : assay_json_get_object (whole, "span");

      if (claim != NULL)
        strip_evidence (claim);
      if (claim != NULL && span != NULL
          && g_strcmp0 (assay_json_get_string (span, "quote"),
                        assay_json_get_string (claim, "text"))
                 == 0)
        json_object_remove_member (claim, "text");
    }
  return stripped;
}
