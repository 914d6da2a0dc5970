/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-claims-question.h"

#include <glib/gi18n.h>

#include "assay-bidi.h"
#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "assay-question-private.h"

/* So much of a claim stands in a sentence about it. */
#define NAME_CHARACTERS 40

struct _AssayClaimsQuestion
{
  AssayQuestion parent_instance;

  GPtrArray *verdicts;  /* (owned) of AssayVerdict */
  GHashTable *evidence; /* (owned) ids of verdicts that need it */
  JsonObject *given;    /* (owned) (nullable) */
  guint min_sources;
  AssaySegmentation segmentation;
  AssayBasis basis;
  gboolean require_correction;
  gboolean ask_citations;
};

static void marking_init (AssayMarkingQuestionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AssayClaimsQuestion,
                               assay_claims_question,
                               ASSAY_TYPE_QUESTION,
                               G_IMPLEMENT_INTERFACE (ASSAY_TYPE_MARKING_QUESTION, marking_init))

static void
verdict_free (AssayVerdict *verdict)
{
  g_free (verdict->id);
  g_free (verdict->label);
  g_free (verdict->definition);
  g_free (verdict);
}

/* Reading the settings */

static void
add_verdict (AssayClaimsQuestion *self, const char *id, const char *label, const char *definition)
{
  AssayVerdict *verdict = g_new0 (AssayVerdict, 1);

  verdict->id = g_strdup (id);
  verdict->label = assay_json_dup_label (label);
  verdict->definition = g_strdup (definition);
  g_ptr_array_add (self->verdicts, verdict);
}

static gboolean
load_verdict (AssayClaimsQuestion *self, JsonObject *object, const char *place, GError **error)
{
  const char *id = assay_json_require_id (object, "id", place, error);
  const char *label = NULL;
  const char *definition = NULL;

  if (id == NULL || !assay_json_read_string (object, "label", place, &label, error)
      || !assay_json_read_string (object, "definition", place, &definition, error))
    return FALSE;
  if (assay_claims_question_find_verdict (self, id) >= 0)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_DUPLICATE,
                   _ ("%s: the id “%s” is there twice."), place, id);
      return FALSE;
    }
  add_verdict (self, id, label != NULL ? label : id, definition);
  return TRUE;
}

static void
add_usual_verdicts (AssayClaimsQuestion *self)
{
  guint n;
  const AssayUsualVerdict *usual = assay_usual_verdicts_get (&n);

  for (guint i = 0; i < n; i++)
    if (usual[i].basis == self->basis)
      add_verdict (self, usual[i].id, g_dpgettext2 (NULL, "verdict", usual[i].label),
                   _ (usual[i].definition));
}

static gboolean
load_verdicts (AssayClaimsQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  g_autofree char *here = g_strconcat (place, "/verdicts", NULL);
  JsonArray *array = NULL;

  if (!assay_json_read_array (settings, "verdicts", place, &array, error))
    return FALSE;
  if (array == NULL)
    {
      add_usual_verdicts (self);
      return TRUE;
    }
  if (json_array_get_length (array) == 0)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_RANGE, _ ("%s is an empty list."),
                   here);
      return FALSE;
    }
  if (json_array_get_length (array) > ASSAY_LIMIT_OPTIONS)
    {
      g_set_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE,
                   _ ("%s has more than %d entries."), here, ASSAY_LIMIT_OPTIONS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place_of_one = g_strdup_printf ("%s/%u", here, i);
      JsonObject *object = assay_json_require_element (array, i, here, error);

      if (object == NULL || !load_verdict (self, object, place_of_one, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_evidence_rule (AssayClaimsQuestion *self,
                    JsonObject *settings,
                    const char *place,
                    GError **error)
{
  JsonArray *array = NULL;
  gint64 min_sources = 1;
  guint n;
  const AssayUsualVerdict *usual = assay_usual_verdicts_get (&n);

  if (!assay_json_read_array (settings, "require_evidence_for", place, &array, error)
      || !assay_json_read_int (settings, "min_sources", place, 0, 100, &min_sources, error))
    return FALSE;
  self->min_sources = (guint) min_sources;
  for (guint i = 0; array == NULL && i < n; i++)
    if (usual[i].needs_evidence)
      g_hash_table_add (self->evidence, g_strdup (usual[i].id));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *id = assay_json_node_dup_id (json_array_get_element (array, i));

      if (id != NULL)
        g_hash_table_add (self->evidence, id);
    }
  return TRUE;
}

static gboolean
load_segmentation (AssayClaimsQuestion *self,
                   JsonObject *settings,
                   const char *place,
                   GError **error)
{
  static const char *const names[] = { "manual", "sentence", "given", NULL };
  JsonObject *given = NULL;
  int index;

  if (!assay_json_read_object (settings, "given", place, &given, error))
    return FALSE;
  self->given = given != NULL ? json_object_ref (given) : NULL;
  index = given != NULL ? ASSAY_SEGMENTATION_GIVEN : ASSAY_SEGMENTATION_MANUAL;
  if (!assay_json_read_enum (settings, "segmentation", place, names, &index, error))
    return FALSE;
  self->segmentation = (AssaySegmentation) index;
  return TRUE;
}

static gboolean
load_basis (AssayClaimsQuestion *self, JsonObject *settings, const char *place, GError **error)
{
  static const char *const names[] = { "world", "sources", NULL };
  int index = ASSAY_BASIS_WORLD;

  if (!assay_json_read_enum (settings, "basis", place, names, &index, error))
    return FALSE;
  self->basis = (AssayBasis) index;
  return TRUE;
}

static gboolean
assay_claims_question_load (AssayQuestion *question,
                            JsonObject *settings,
                            const char *place,
                            GError **error)
{
  AssayClaimsQuestion *self = ASSAY_CLAIMS_QUESTION (question);

  return assay_json_read_boolean (settings, "require_correction", place, &self->require_correction,
                                  error)
         && assay_json_read_boolean (settings, "citations", place, &self->ask_citations, error)
         && load_basis (self, settings, place, error)
         && load_verdicts (self, settings, place, error)
         && load_evidence_rule (self, settings, place, error)
         && load_segmentation (self, settings, place, error);
}

/* What an answer says */

static gboolean
assay_claims_question_is_answered (AssayQuestion *question, JsonNode *answer)
{
  return assay_claims_answer_get_n (answer) > 0 || assay_claims_answer_get_none_found (answer);
}

static guint
count (GPtrArray *claims, const char *verdict)
{
  guint n = 0;

  for (guint i = 0; i < claims->len; i++)
    n += g_strcmp0 (((AssayClaim *) claims->pdata[i])->verdict, verdict) == 0;
  return n;
}

static char *
assay_claims_question_describe (AssayQuestion *question,
                                AssayPresentation *presentation,
                                JsonNode *answer)
{
  AssayClaimsQuestion *self = ASSAY_CLAIMS_QUESTION (question);
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_autofree char *list = NULL;
  double share;

  if (claims->len == 0)
    return assay_claims_answer_get_none_found (answer)
               ? g_strdup (C_ ("claims in a text", "None found"))
               : NULL;
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      const AssayVerdict *verdict = self->verdicts->pdata[i];
      guint n = count (claims, verdict->id);
      g_autofree char *label = NULL;

      if (n == 0)
        continue;
      label = assay_bidi_isolate (verdict->label);
      /* Translators: in a list: a verdict on claims, and how many claims got it. */
      g_strv_builder_take (builder, g_strdup_printf (_ ("%s: %u"), label, n));
    }
  if (count (claims, NULL) > 0)
    g_strv_builder_take (builder, g_strdup_printf (_ ("no verdict: %u"), count (claims, NULL)));
  if (assay_claims_answer_get_precision (answer, &share))
    /* Translators: the share of claims that are supported, in percent. */
    g_strv_builder_take (builder, g_strdup_printf (_ ("precision %.0f %%"), share * 100));
  if (self->ask_citations && assay_claims_answer_get_citation_precision (answer, &share))
    /* Translators: the share of citations that are right, in percent. */
    g_strv_builder_take (builder, g_strdup_printf (_ ("citation precision %.0f %%"), share * 100));
  if (self->ask_citations && assay_claims_answer_get_citation_recall (answer, &share))
    /* Translators: the share of statements that are supported by what they cite, in percent. */
    g_strv_builder_take (builder, g_strdup_printf (_ ("citation recall %.0f %%"), share * 100));
  parts = g_strv_builder_end (builder);
  list = g_strjoinv (", ", parts);
  /* Translators: how many claims a text makes, then how many got which verdict. */
  return g_strdup_printf (ngettext ("%u claim (%s)", "%u claims (%s)", claims->len), claims->len,
                          list);
}

/* Conditions ask whether there was anything to check. */
static JsonNode *
assay_claims_question_short_value (AssayQuestion *question, JsonNode *answer)
{
  if (assay_claims_answer_get_n (answer) > 0)
    return assay_json_string_new ("found");
  return assay_claims_answer_get_none_found (answer) ? assay_json_string_new ("none") : NULL;
}

/* What is wrong with it */

typedef struct
{
  AssayClaimsQuestion *self;
  AssayTask *task; /* (nullable) */
  const char *response;
  GPtrArray *issues;
  AssayTaskSpanFinder finder;
} Context;

static char *
dup_name (const AssayClaim *claim)
{
  g_autofree char *line = g_strdelimit (g_strdup (claim->text), "\r\n\t", ' ');

  if (g_utf8_strlen (line, -1) > NAME_CHARACTERS)
    {
      g_autofree char *beginning = g_utf8_substring (line, 0, NAME_CHARACTERS - 1);
      g_autofree char *shown = g_strconcat (beginning, "…", NULL);

      return assay_bidi_isolate (shown);
    }
  return assay_bidi_isolate (line);
}

/* @format has one %s, for the claim. */
static void
take_issue (Context *context, const AssayClaim *claim, const char *rule, const char *format)
    G_GNUC_PRINTF (4, 0);

static void
take_issue (Context *context, const AssayClaim *claim, const char *rule, const char *format)
{
  g_autofree char *name = dup_name (claim);

  assay_question_take_issue (ASSAY_QUESTION (context->self), context->issues, ASSAY_ISSUE_ERROR,
                             rule, context->response, claim->id, g_strdup_printf (format, name));
}

static void
take_counted_issue (Context *context, const AssayClaim *claim, const char *rule, char *message)
{
  assay_question_take_issue (ASSAY_QUESTION (context->self), context->issues, ASSAY_ISSUE_ERROR,
                             rule, context->response, claim->id, message);
}

static void
check_text (Context *context, const AssayClaim *claim)
{
  guint length = assay_text_length_trimmed (claim->text);
  g_autofree char *name = dup_name (claim);

  if (length < ASSAY_LIMIT_CLAIM_MIN_CHARACTERS)
    take_issue (context, claim, "text.min", _ ("The claim “%s” is too short to be one."));
  else if (length > ASSAY_LIMIT_CLAIM_CHARACTERS)
    take_counted_issue (context, claim, "text.max",
                        g_strdup_printf (_ ("The claim “%s” has more than %d characters: split "
                                            "it, or say it shorter."),
                                         name, ASSAY_LIMIT_CLAIM_CHARACTERS));
}

static gboolean
is_empty (const AssayEvidence *evidence)
{
  return assay_text_is_blank (evidence->url) && assay_text_is_blank (evidence->title)
         && assay_text_is_blank (evidence->quote) && assay_text_is_blank (evidence->source_id);
}

static void
check_evidence (Context *context, const AssayClaim *claim)
{
  guint min = context->self->min_sources;
  guint n = 0;
  g_autofree char *name = dup_name (claim);

  for (guint i = 0; i < claim->evidence->len; i++)
    {
      const AssayEvidence *evidence = claim->evidence->pdata[i];

      n += context->self->basis == ASSAY_BASIS_SOURCES ? !assay_text_is_blank (evidence->source_id)
                                                       : !is_empty (evidence);
      if (is_empty (evidence))
        take_issue (context, claim, "evidence.empty",
                    _ ("Evidence on “%s” is empty: fill it in, or remove it."));
      else if (assay_text_length_trimmed (evidence->quote) > ASSAY_LIMIT_EVIDENCE_CHARACTERS)
        take_counted_issue (context, claim, "evidence.max",
                            g_strdup_printf (_ ("A quotation on “%s” has more than %d characters."),
                                             name, ASSAY_LIMIT_EVIDENCE_CHARACTERS));
    }
  if (assay_claims_question_needs_evidence (context->self, claim->verdict) && n < min)
    take_counted_issue (
        context, claim, "evidence",
        context->self->basis == ASSAY_BASIS_SOURCES
            ? g_strdup_printf (_ ("“%s” needs a passage of the sources: select it there, and press "
                                  "Ctrl+M."),
                               name)
        : min == 1 ? g_strdup_printf (_ ("The verdict on “%s” needs evidence."), name)
                   /* Translators: %s is a claim. */
                   : g_strdup_printf (ngettext ("The verdict on “%s” needs %u source.",
                                                "The verdict on “%s” needs %u sources.", min),
                                      name, min));
}

static void
check_verdict (Context *context, const AssayClaim *claim)
{
  gboolean is_grave =
      g_strcmp0 (claim->severity, "major") == 0 || g_strcmp0 (claim->severity, "critical") == 0;

  if (claim->verdict == NULL)
    {
      if (claim->checkworthy)
        take_issue (context, claim, "verdict", _ ("The claim “%s” needs a verdict."));
      return;
    }
  if (assay_claims_question_find_verdict (context->self, claim->verdict) < 0)
    take_issue (context, claim, "option",
                _ ("The claim “%s” has a verdict that the form does not have."));
  if (context->self->require_correction && g_str_equal (claim->verdict, "refuted") && is_grave
      && assay_text_is_blank (claim->correction))
    take_issue (context, claim, "correction", _ ("The refuted claim “%s” needs a correction."));
}

/* What states nothing needs no citation. */
static void
check_citation (Context *context, const AssayClaim *claim)
{
  const AssayUsualVerdict *usual = assay_usual_verdict_find (claim->verdict);

  if (!context->self->ask_citations || !claim->checkworthy || claim->verdict == NULL)
    return;
  if (claim->citation != NULL && assay_citation_find (claim->citation) < 0)
    take_issue (context, claim, "option", _ ("The citation of “%s” has a value that is unknown."));
  else if (claim->citation == NULL && (usual == NULL || usual->states))
    take_issue (context, claim, "citation", _ ("Say of “%s” whether it cites what it should."));
}

static void
check_place (Context *context, const AssayClaim *claim)
{
  guint start;
  guint end;
  AssayDocument *document;

  if (claim->span == NULL
      || assay_task_span_finder_find (&context->finder, claim->span, &start, &end)
             == ASSAY_SPAN_DETACHED)
    {
      take_issue (context, claim, "span.detached",
                  _ ("“%s” is not where it was marked: mark it again, or remove the claim."));
      return;
    }
  document = assay_task_find_document (context->task, claim->span->document);
  if (!assay_marking_question_allows_document (ASSAY_MARKING_QUESTION (context->self),
                                               context->response, document))
    take_issue (context, claim, "span.document", _ ("“%s” is not in a text to be checked."));
}

static void
assay_claims_question_validate (AssayQuestion *question,
                                AssayTask *task,
                                const char *response,
                                JsonNode *answer,
                                GPtrArray *issues)
{
  AssayClaimsQuestion *self = ASSAY_CLAIMS_QUESTION (question);
  Context context = { self, task, response, issues, { task } };
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);

  if (claims->len > ASSAY_LIMIT_SPANS)
    {
      assay_question_take_issue (question, issues, ASSAY_ISSUE_ERROR, "max", response, NULL,
                                 g_strdup_printf (_ ("“%s” has more than %d claims."),
                                                  assay_question_get_name (question),
                                                  ASSAY_LIMIT_SPANS));
      return;
    }
  for (guint i = 0; i < claims->len; i++)
    {
      check_text (&context, claims->pdata[i]);
      check_verdict (&context, claims->pdata[i]);
      check_citation (&context, claims->pdata[i]);
      check_evidence (&context, claims->pdata[i]);
      if (task != NULL)
        check_place (&context, claims->pdata[i]);
    }
  if (claims->len > 0 && assay_claims_answer_get_none_found (answer))
    assay_question_take_issue (
        question, issues, ASSAY_ISSUE_ERROR, "none", response, NULL,
        g_strdup_printf (_ ("“%s”: nothing was found, and yet there are claims."),
                         assay_question_get_name (question)));
}

/* Claims as passages of the texts */

static gboolean
allows_document (AssayMarkingQuestion *question, const char *response, AssayDocument *document)
{
  return assay_document_get_role (document) == ASSAY_DOCUMENT_RESPONSE
         && (response == NULL || g_strcmp0 (assay_document_get_key (document), response) == 0);
}

static AssayMarkGrade
get_grade (const AssayClaim *claim)
{
  const AssayUsualVerdict *usual = assay_usual_verdict_find (claim->verdict);

  if (claim->verdict == NULL)
    return ASSAY_MARK_GRADE_OPEN;
  return usual != NULL ? usual->grade : ASSAY_MARK_GRADE_LIGHT;
}

static GPtrArray *
list_places (AssayMarkingQuestion *question, JsonNode *answer)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) assay_marked_place_free);
  g_autoptr (GPtrArray) claims = assay_claims_answer_list (answer);

  for (guint i = 0; i < claims->len; i++)
    {
      AssayClaim *claim = claims->pdata[i];
      AssayMarkedPlace *place = g_new0 (AssayMarkedPlace, 1);

      place->id = g_steal_pointer (&claim->id);
      place->span = g_steal_pointer (&claim->span);
      place->grade = get_grade (claim);
      g_ptr_array_add (places, place);
    }
  return places;
}

static JsonNode *
add_place (AssayMarkingQuestion *question, JsonNode *answer, const AssaySpan *span, char **id)
{
  return assay_claims_answer_add (answer, span, NULL, id);
}

static JsonNode *
remove_place (AssayMarkingQuestion *question, JsonNode *answer, const char *id)
{
  return assay_claims_answer_remove (answer, id);
}

static JsonNode *
follow (AssayMarkingQuestion *question, JsonNode *answer, AssayTask *task)
{
  return assay_claims_answer_follow (answer, task);
}

static JsonNode *
without_texts (AssayMarkingQuestion *question, JsonNode *answer)
{
  return assay_claims_answer_without_texts (answer);
}

/* A passage of a source is evidence. */
static JsonNode *
attach (AssayMarkingQuestion *question,
        JsonNode *answer,
        const char *id,
        AssayDocument *document,
        const AssaySpan *span)
{
  AssayDocumentRole role = assay_document_get_role (document);
  g_autofree char *title = g_strdup (assay_document_get_title (document));
  g_autofree char *key = g_strdup (assay_document_get_key (document));
  const AssayEvidence evidence = {
    .title = title, .quote = span->quote, .source_id = key, .source_span = (AssaySpan *) span
  };

  if (role != ASSAY_DOCUMENT_SOURCE && role != ASSAY_DOCUMENT_REFERENCE)
    return NULL;
  return assay_claims_answer_add_evidence (answer, id, &evidence);
}

static const char *
get_next_step (AssayMarkingQuestion *question)
{
  return _ ("Claim added. Type the letter of the verdict, or e for evidence.");
}

static void
marking_init (AssayMarkingQuestionInterface *iface)
{
  iface->allows_document = allows_document;
  iface->list_places = list_places;
  iface->add = add_place;
  iface->remove = remove_place;
  iface->follow = follow;
  iface->without_texts = without_texts;
  iface->get_next_step = get_next_step;
  iface->attach = attach;
}

static void
assay_claims_question_finalize (GObject *object)
{
  AssayClaimsQuestion *self = ASSAY_CLAIMS_QUESTION (object);

  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_pointer (&self->evidence, g_hash_table_unref);
  g_clear_pointer (&self->given, json_object_unref);

  G_OBJECT_CLASS (assay_claims_question_parent_class)->finalize (object);
}

static void
assay_claims_question_class_init (AssayClaimsQuestionClass *klass)
{
  AssayQuestionClass *question_class = ASSAY_QUESTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = assay_claims_question_finalize;

  question_class->type_name = "claims";
  question_class->load = assay_claims_question_load;
  question_class->is_answered = assay_claims_question_is_answered;
  question_class->validate = assay_claims_question_validate;
  question_class->describe = assay_claims_question_describe;
  question_class->short_value = assay_claims_question_short_value;
}

static void
assay_claims_question_init (AssayClaimsQuestion *self)
{
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);
  self->evidence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

guint
assay_claims_question_get_n_verdicts (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), 0);

  return self->verdicts->len;
}

const AssayVerdict *
assay_claims_question_get_verdict (AssayClaimsQuestion *self, guint index)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), NULL);
  g_return_val_if_fail (index < self->verdicts->len, NULL);

  return self->verdicts->pdata[index];
}

int
assay_claims_question_find_verdict (AssayClaimsQuestion *self, const char *id)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), -1);

  for (guint i = 0; i < self->verdicts->len; i++)
    if (g_strcmp0 (((AssayVerdict *) self->verdicts->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

gboolean
assay_claims_question_needs_evidence (AssayClaimsQuestion *self, const char *verdict)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), FALSE);

  return verdict != NULL && g_hash_table_contains (self->evidence, verdict);
}

guint
assay_claims_question_get_min_sources (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), 0);

  return self->min_sources;
}

AssaySegmentation
assay_claims_question_get_segmentation (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), ASSAY_SEGMENTATION_MANUAL);

  return self->segmentation;
}

JsonNode *
assay_claims_question_begin_with_given (AssayClaimsQuestion *self,
                                        AssayTask *task,
                                        const char *response)
{
  JsonNode *answer = NULL;

  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), NULL);
  g_return_val_if_fail (ASSAY_IS_TASK (task), NULL);

  for (guint d = 0; self->given != NULL && d < assay_task_get_n_documents (task); d++)
    {
      AssayDocument *document = assay_task_get_document (task, d);
      JsonArray *given = NULL;

      if (allows_document (ASSAY_MARKING_QUESTION (self), response, document))
        given = assay_json_get_array (self->given, assay_document_get_key (document));
      for (guint i = 0; given != NULL && i < MIN (json_array_get_length (given), ASSAY_LIMIT_SPANS);
           i++)
        {
          JsonObject *one = assay_json_node_object (json_array_get_element (given, i));
          gint64 start = one != NULL ? assay_json_get_int (one, "start", 0) : -1;
          gint64 end = one != NULL ? assay_json_get_int (one, "end", 0) : -1;
          g_autoptr (AssaySpan) span = NULL;
          g_autoptr (JsonNode) before = answer;

          if (start < 0 || end <= start || end > G_MAXINT)
            {
              answer = g_steal_pointer (&before);
              continue;
            }
          span = assay_span_new (assay_document_get_id (document),
                                 assay_document_get_text (document), (guint) start, (guint) end);
          answer =
              assay_claims_answer_add (before, span, assay_json_get_string (one, "text"), NULL);
        }
    }
  return answer;
}

AssayBasis
assay_claims_question_get_basis (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), ASSAY_BASIS_WORLD);

  return self->basis;
}

gboolean
assay_claims_question_get_ask_citations (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), FALSE);

  return self->ask_citations;
}

gboolean
assay_claims_question_get_require_correction (AssayClaimsQuestion *self)
{
  g_return_val_if_fail (ASSAY_IS_CLAIMS_QUESTION (self), FALSE);

  return self->require_correction;
}
