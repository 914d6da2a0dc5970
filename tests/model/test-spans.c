/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-limits.h"
#include "question-testing.h"

#define N_ROUNDS 300
#define MIXED                                                                                      \
  "Cafe\u0301 👩‍👩‍👧‍👦 ist gut.\r\nمرحبا بالعالم 🇩🇪, ok?\r\n\r\nZ̃̈ the end 𝔘𝔫𝔦."

#define TYPES                                                                                      \
  "'types': [{'id': 'accuracy', 'label': 'Accuracy', 'children': [{'id': 'omission', 'label': "    \
  "'Omission'}, {'id': 'addition', 'label': 'Addition'}]}, {'id': 'fluency', 'children': [{'id': " \
  "'punctuation', 'weights': {'minor': 0.1}}]}, {'id': 'nonsense', 'weight': 25, 'exclusive': "    \
  "true}, {'id': 'strength', 'children': [{'id': 'wit'}]}], 'positive_types': ['strength']"

static AssayTask *
task_with_texts (const char *first, const char *second)
{
  g_autoptr (JsonNode) node =
      json ("{'id': 't', 'prompt': 'Translate.', 'responses': [{'id': 'r1'}, {'id': 'r2'}], 'form':"
            " {'questions': [{'id': 'q', 'type': 'spans', 'scope': 'each-response', " TYPES "}]}}");
  JsonArray *responses = json_object_get_array_member (json_node_get_object (node), "responses");
  g_autoptr (GError) error = NULL;
  AssayTask *self;

  json_object_set_string_member (json_array_get_object_element (responses, 0), "content", first);
  json_object_set_string_member (json_array_get_object_element (responses, 1), "content", second);
  self = assay_task_new_from_json (node, &error);
  g_assert_no_error (error);
  return self;
}

/* A random stretch of @text, as a person may select it. */
static AssaySpan *
random_span (GRand *random, const char *text)
{
  gint32 length = (gint32) g_utf8_strlen (text, -1);

  return assay_span_new ("response:r1", text, (guint) g_rand_int_range (random, 0, length + 1),
                         (guint) g_rand_int_range (random, 0, length + 1));
}

static AssaySpan *
through_json (const AssaySpan *span)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  assay_span_write_json (span, object);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  text = assay_json_to_string (node);
  again = assay_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return assay_span_new_from_json (again);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (AssaySpan) span = random_span (random, MIXED);
      g_autoptr (AssaySpan) again = through_json (span);
      g_autofree char *quote = g_utf8_substring (MIXED, span->start, span->end);
      AssaySpanFinder finder;
      guint start;
      guint end;

      g_assert_cmpstr (span->quote, ==, quote);
      g_assert_cmpstr (again->quote, ==, quote);
      g_assert_cmpstr (again->prefix, ==, span->prefix);
      g_assert_cmpstr (again->suffix, ==, span->suffix);
      g_assert_cmpint (g_utf8_strlen (span->prefix, -1), <=, ASSAY_SPAN_CONTEXT_CHARACTERS);
      assay_span_finder_init (&finder, MIXED);
      g_assert_cmpint (assay_span_finder_find (&finder, again, &start, &end), ==, ASSAY_SPAN_THERE);
      g_assert_cmpuint (start, ==, span->start);
      g_assert_cmpuint (end, ==, span->end);
    }
}

/* What is written before, behind or far from a span moves it, and changes nothing else. */
static void
test_text_changes (void)
{
  static const char *const inserted[] = { "x", "👍🏽", "\r\n", "é", "ألف ", "Two words. " };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_found = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (AssaySpan) span = random_span (random, MIXED);
      const char *more = inserted[i % G_N_ELEMENTS (inserted)];
      guint at = (guint) g_rand_int_range (random, 0, (gint32) g_utf8_strlen (MIXED, -1) + 1);
      const char *place = g_utf8_offset_to_pointer (MIXED, at);
      g_autofree char *before = g_strndup (MIXED, (gsize) (place - MIXED));
      g_autofree char *text = g_strconcat (before, more, place, NULL);
      g_autofree char *quote = NULL;
      AssaySpanFinder finder;
      AssaySpanState state;
      guint start = 0;
      guint end = 0;

      assay_span_finder_init (&finder, text);
      state = assay_span_finder_find (&finder, span, &start, &end);
      if (at > span->start && at < span->end)
        {
          g_assert_cmpint (state, ==, ASSAY_SPAN_DETACHED);
          continue;
        }
      if (state == ASSAY_SPAN_DETACHED)
        continue;
      n_found++;
      quote = g_utf8_substring (text, start, end);
      g_assert_cmpstr (quote, ==, span->quote);
      if (span->end - span->start > 3)
        g_assert_cmpuint (start, ==,
                          at <= span->start ? span->start + (guint) g_utf8_strlen (more, -1)
                                            : span->start);
    }
  g_assert_cmpuint (n_found, >, N_ROUNDS / 3);
}

static void
assert_found (const AssaySpan *span, const char *text, AssaySpanState wanted, guint wanted_start)
{
  AssaySpanFinder finder;
  guint start = 99;
  guint end = 99;

  assay_span_finder_init (&finder, text);
  g_assert_cmpint (assay_span_finder_find (&finder, span, &start, &end), ==, wanted);
  g_assert_cmpuint (start, ==, wanted_start);
}

static void
test_find (void)
{
  const char *text = "The cat sat on the mat. A dog sat on the cat.";
  g_autoptr (AssaySpan) sat = assay_span_new ("d", text, 8, 11);
  g_autoptr (AssaySpan) between = assay_span_new ("d", text, 24, 24);

  assert_found (sat, text, ASSAY_SPAN_THERE, 8);
  assert_found (sat, "So: the cat sat on the mat. A dog sat on the cat.", ASSAY_SPAN_MOVED, 12);
  /* One side changed, and the other is whole. */
  assert_found (sat, "Our kitten sat on the mat. A dog sat on the cat.", ASSAY_SPAN_MOVED, 11);
  /* Nothing tells two places apart. */
  assert_found (sat, "X. The cat sat on the mat. A dog. The cat sat on the mat. A dog",
                ASSAY_SPAN_DETACHED, 99);
  assert_found (sat, "A bird sat here, all the same.", ASSAY_SPAN_DETACHED, 99);
  assert_found (sat, "", ASSAY_SPAN_DETACHED, 99);
  assert_found (between, text, ASSAY_SPAN_THERE, 24);
  assert_found (between, "So: The cat sat on the mat. A dog sat on the cat.", ASSAY_SPAN_MOVED, 28);
  assert_found (between, "The cat sat on the mat. No dog.", ASSAY_SPAN_DETACHED, 99);
}

/* It must not take the square of the length. */
static void
test_find_hostile (void)
{
  g_autofree char *text = g_strnfill (2 * 1024 * 1024, 'a');
  g_autoptr (AssaySpan) span = assay_span_new ("d", text, 10, 1024 * 1024);
  g_autofree char *other = g_strconcat (text, "b", text, NULL);

  span->start += 8 * 1024 * 1024;
  span->end += 8 * 1024 * 1024;
  assert_found (span, other, ASSAY_SPAN_DETACHED, 99);
}

static AssayQuestion *
spans (const char *settings)
{
  g_autofree char *text = g_strdup_printf ("{'id': 'q', 'type': 'spans', %s%s}", settings, TYPES);

  return question (text);
}

static void
test_settings (void)
{
  g_autoptr (AssayQuestion) self = spans ("'future': [1], 'max_per_doc': 5, 'score': true, ");
  AssaySpansQuestion *question_of_spans = ASSAY_SPANS_QUESTION (self);
  static const char *const omission[] = { "accuracy", "omission", NULL };
  static const char *const nothing[] = { "accuracy", "wit", NULL };
  static const char *const wit[] = { "strength", "wit", NULL };
  static const char *const no_path[] = { NULL };
  const AssaySpanType *type = assay_spans_question_find_type (question_of_spans, omission);
  g_autoptr (JsonNode) saved = assay_question_to_json (self);
  g_auto (GStrv) path = assay_span_type_dup_path (type);

  g_assert_true (ASSAY_IS_SPANS_QUESTION (self));
  g_assert_cmpuint (assay_spans_question_get_n_types (question_of_spans), ==, 8);
  g_assert_cmpuint (type->depth, ==, 1);
  g_assert_true (g_strv_equal (omission, (const char *const *) path));
  assert_string (assay_span_type_dup_title (type), "Accuracy › Omission");
  g_assert_null (assay_spans_question_find_type (question_of_spans, nothing));
  g_assert_null (assay_spans_question_find_type (question_of_spans, no_path));
  g_assert_true (assay_spans_question_find_type (question_of_spans, wit)->is_positive);
  g_assert_cmpuint (assay_spans_question_get_n_severities (question_of_spans), ==, 3);
  g_assert_cmpfloat (assay_spans_question_find_severity (question_of_spans, "critical")->weight, ==,
                     10);
  g_assert_true (assay_json_has (json_node_get_object (saved), "future"));

  assert_refused ("{'id': 'q', 'type': 'spans'}", ASSAY_MODEL_ERROR_MISSING, "/types");
  assert_refused ("{'id': 'q', 'type': 'spans', 'types': []}", ASSAY_MODEL_ERROR_RANGE, "/types");
  assert_refused ("{'id': 'q', 'type': 'spans', 'types': [{'id': 'a'}, {'id': 'a'}]}",
                  ASSAY_MODEL_ERROR_DUPLICATE, "/types/1");
  assert_refused ("{'id': 'q', 'type': 'spans', 'types': [{'id': 'a', 'children': [{'id': 'b', "
                  "'children': [{'id': 'c', 'children': [{'id': 'd'}]}]}]}]}",
                  ASSAY_MODEL_ERROR_TOO_LARGE, "/types/0/children/0/children/0/children");
  assert_refused ("{'id': 'q', 'type': 'spans', 'types': [{'id': 'a'}], 'documents': ['x']}",
                  ASSAY_MODEL_ERROR_RANGE, "/documents");
  assert_refused ("{'id': 'q', 'type': 'spans', 'types': [{'id': 'a'}], 'severities': [{'id': 's'},"
                  " {'id': 's'}]}",
                  ASSAY_MODEL_ERROR_DUPLICATE, "/severities");
}

/* Replaces @answer by what a function made of it. */
static void
become (JsonNode **answer, JsonNode *now)
{
  g_clear_pointer (answer, json_node_unref);
  *answer = now;
}

static void
test_answer (void)
{
  static const char *const omission[] = { "accuracy", "omission", NULL };
  g_autoptr (JsonNode) answer = json ("{'none_found': true, 'future': {'x': 1}}");
  g_autoptr (AssaySpan) late = assay_span_new ("response:r1", MIXED, 6, 13);
  g_autoptr (AssaySpan) early = assay_span_new ("response:r1", MIXED, 0, 5);
  g_autoptr (GPtrArray) marks = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const AssaySpanMark *mark;

  become (&answer, assay_spans_answer_add (answer, late, &first));
  become (&answer, assay_spans_answer_add (answer, early, &second));
  g_assert_cmpstr (first, ==, "e1");
  g_assert_cmpstr (second, ==, "e2");
  g_assert_false (assay_spans_answer_get_none_found (answer));
  become (&answer, assay_spans_answer_with_type (answer, second, omission));
  become (&answer, assay_spans_answer_with_severity (answer, second, "major"));
  become (&answer, assay_spans_answer_with_comment (answer, second, "why"));
  become (&answer, assay_spans_answer_with_suggestion (answer, second, "Kaffee"));
  become (&answer, assay_spans_answer_with_comment (answer, "e9", "nowhere"));

  marks = assay_spans_answer_list (answer);
  g_assert_cmpuint (marks->len, ==, 2);
  mark = marks->pdata[0];
  g_assert_cmpstr (mark->id, ==, "e2");
  g_assert_cmpstr (mark->span->quote, ==, "Cafe\u0301");
  g_assert_true (g_strv_equal ((const char *const *) mark->type_path, omission));
  g_assert_cmpstr (mark->severity, ==, "major");
  g_assert_cmpstr (mark->comment, ==, "why");
  g_assert_cmpstr (mark->suggestion, ==, "Kaffee");
  mark = marks->pdata[1];
  g_assert_cmpstr (mark->span->quote, ==, "👩‍👩‍👧‍👦");

  become (&answer, assay_spans_answer_with_type (answer, "e2", NULL));
  become (&answer, assay_spans_answer_with_comment (answer, "e2", ""));
  become (&answer, assay_spans_answer_remove (answer, "e1"));
  g_assert_cmpuint (assay_spans_answer_get_n (answer), ==, 1);
  become (&answer, assay_spans_answer_remove (answer, "e2"));
  assert_json (json_node_ref (answer), "{'future': {'x': 1}}");
  g_assert_null (assay_spans_answer_remove (NULL, "e1"));
  become (&answer, assay_spans_answer_with_none_found (NULL, TRUE));
  assert_json (json_node_ref (answer), "{'none_found': true}");
  g_assert_null (assay_spans_answer_with_none_found (answer, FALSE));
}

/* An error behind many strengths answers the question, and a range has what the whole list has. */
static void
test_many (void)
{
  static const char *const wit[] = { "strength", "wit", NULL };
  static const char *const omission[] = { "accuracy", "omission", NULL };
  g_autoptr (AssayQuestion) self = spans ("");
  g_autoptr (JsonNode) answer = json ("{'errors': [{'no': 'mark'}]}");
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", "Hello", 1, 3);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) range = NULL;
  g_autoptr (GPtrArray) beyond = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_free (last);
      become (&answer, assay_spans_answer_add (answer, span, &last));
      become (&answer, assay_spans_answer_with_type (answer, last, wit));
    }
  g_assert_false (assay_question_is_answered (self, answer));
  all = assay_spans_answer_list (answer);
  range = assay_spans_answer_list_range (answer, 10, 5);
  beyond = assay_spans_answer_list_range (answer, 40, 5);
  g_assert_cmpuint (all->len, ==, 40);
  g_assert_cmpuint (range->len, ==, 5);
  g_assert_cmpuint (beyond->len, ==, 0);
  for (guint i = 0; i < range->len; i++)
    g_assert_cmpstr (((AssaySpanMark *) range->pdata[i])->id, ==,
                     ((AssaySpanMark *) all->pdata[10 + i])->id);
  become (&answer, assay_spans_answer_with_type (answer, last, omission));
  g_assert_true (assay_question_is_answered (self, answer));
}

/* What this version does not understand survives every change. */
static void
test_unknown_members (void)
{
  g_autoptr (JsonNode) answer =
      json ("{'errors': [{'id': 'e1', 'span': {'doc': 'response:r1', 'start': 0, 'end': 1, 'hue': "
            "3}, 'votes': [1]}, {'no': 'mark'}], 'later': null}");
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", "Hello", 1, 3);

  become (&answer, assay_spans_answer_with_severity (answer, "e1", "minor"));
  become (&answer, assay_spans_answer_with_span (answer, "e1", span));
  assert_json (json_node_ref (answer),
               "{'errors': [{'id': 'e1', 'span': {'doc': 'response:r1', 'start': 1, 'end': 3, "
               "'quote': 'el', 'prefix': 'H', 'suffix': 'lo', 'hue': 3}, 'votes': [1], 'severity': "
               "'minor'}, {'no': 'mark'}], 'later': null}");
  become (&answer, assay_spans_answer_without_texts (answer));
  assert_json (json_node_ref (answer),
               "{'errors': [{'id': 'e1', 'span': {'doc': 'response:r1', 'start': 1, 'end': 3, "
               "'hue': 3}, 'votes': [1], 'severity': 'minor'}, {'no': 'mark'}], 'later': null}");
}

#define MARK(id, start, end, quote, more)                                                          \
  "{'id': '" id "', 'span': {'doc': 'response:r1', 'start': " #start ", 'end': " #end              \
  ", 'quote': '" quote "'}" more "}"
#define OMISSION ", 'type_path': ['accuracy', 'omission']"
#define MAJOR ", 'severity': 'major'"

static void
test_validation (void)
{
  g_autoptr (AssayQuestion) self = spans ("");
  g_autoptr (AssayQuestion) strict = spans ("'allow_overlap': false, 'max_per_doc': 1, 'comment': "
                                            "'required', ");
  g_autoptr (AssayQuestion) loose = spans ("'allow_zero_length': true, 'severities': [], ");
  g_autoptr (AssayTask) subject = task_with_texts ("Hello world", "");

  assert_rules (self, subject, NULL, "req");
  assert_rules (self, subject, "{}", "req");
  assert_rules (self, subject, "{'none_found': true}", "");
  assert_rules (self, subject, "{'errors': [" MARK ("a", 0, 5, "Hello", OMISSION MAJOR) "]}", "");
  assert_rules (self, subject, "{'errors': [" MARK ("a", 0, 5, "Hello", "") "]}", "type severity");
  assert_rules (self, subject,
                "{'errors': [" MARK ("a", 0, 5, "Hello", ", 'type_path': ['accuracy']" MAJOR) "]}",
                "type");
  assert_rules (self, subject,
                "{'errors': [" MARK ("a", 0, 5, "Hello",
                                     ", 'type_path': ['x'], 'severity': 'x'") "]}",
                "option option");
  assert_rules (self, subject, "{'errors': [" MARK ("a", 0, 5, "Hullo", OMISSION MAJOR) "]}",
                "span.detached");
  assert_rules (self, subject, "{'errors': [{'id': 'a'" OMISSION MAJOR "}]}", "span.detached");
  assert_rules (self, subject, "{'errors': [" MARK ("a", 2, 2, "", OMISSION MAJOR) "]}",
                "span.empty");
  assert_rules (loose, subject, "{'errors': [" MARK ("a", 2, 2, "", OMISSION) "]}", "");
  assert_rules (self, subject,
                "{'none_found': true, 'errors': [" MARK ("a", 0, 5, "Hello", OMISSION MAJOR) "]}",
                "none");
  assert_rules (self, subject,
                "{'errors': [" MARK ("a", 0, 5, "Hello", OMISSION MAJOR) ", " MARK (
                    "b", 6, 11, "world", ", 'type_path': ['nonsense']" MAJOR) "]}",
                "exclusive");
  /* A strength takes no severity, and stands beside "none found". */
  assert_rules (self, subject,
                "{'none_found': true, 'errors': [" MARK ("a", 0, 5, "Hello",
                                                         ", 'type_path': ['strength', 'wit']") "]}",
                "");
  assert_rules (self, subject,
                "{'errors': [" MARK ("a", 0, 5, "Hello", ", 'type_path': ['strength', 'wit']") "]}",
                "req");
  assert_rules (strict, subject,
                "{'errors': [" MARK ("a", 0, 7, "Hello w",
                                     OMISSION MAJOR
                                     ", 'comment': 'c'") ", " MARK ("b", 6, 11, "world",
                                                                    OMISSION MAJOR) "]}",
                "comment span.overlap max");
}

/* The answer of one response is about its own text. */
static void
test_documents (void)
{
  g_autoptr (AssayTask) subject = task_with_texts ("Hello", "Hello");
  AssayForm *form = assay_task_get_form (subject);
  AssaySpansQuestion *self = ASSAY_SPANS_QUESTION (assay_form_get_question (form, 0));
  g_autoptr (AssayQuestion) both = spans ("'documents': ['response', 'prompt'], ");
  AssayDocument *prompt = assay_task_find_document (subject, "prompt");
  AssayDocument *first = assay_task_get_response (subject, 0);

  g_assert_true (assay_spans_question_allows_document (self, "r1", first));
  g_assert_false (assay_spans_question_allows_document (self, "r2", first));
  g_assert_true (assay_spans_question_allows_document (self, NULL, first));
  g_assert_false (assay_spans_question_allows_document (self, "r1", prompt));
  g_assert_true (assay_spans_question_allows_document (ASSAY_SPANS_QUESTION (both), "r1", prompt));
}

static void
assert_penalty (AssayQuestion *self, const char *answer, double penalty)
{
  g_autoptr (JsonNode) node = json (answer);

  g_assert_cmpfloat_with_epsilon (
      assay_spans_question_get_penalty (ASSAY_SPANS_QUESTION (self), node), penalty, 1e-9);
}

static void
test_derived (void)
{
  g_autoptr (AssayQuestion) self = spans ("'score': true, ");
  g_autoptr (AssayTask) subject = task_with_texts ("one two three four", "five six");
  const char *two = "{'errors': [" MARK ("a", 0, 3, "one", OMISSION MAJOR) ", " MARK (
      "b", 4, 7, "two", ", 'type_path': ['fluency', 'punctuation'], 'severity': 'minor'") "]}";
  g_autoptr (JsonNode) answer = json (two);
  double score;

  assert_penalty (self, two, 5.1);
  assert_penalty (self, "{'none_found': true}", 0);
  assert_penalty (self,
                  "{'errors': [" MARK ("a", 0, 3, "one", OMISSION MAJOR) ", " MARK (
                      "b", 4, 7, "two", ", 'type_path': ['nonsense'], 'severity': 'minor'") "]}",
                  25);
  assert_penalty (
      self,
      "{'errors': [" MARK ("a", 0, 3, "one",
                           ", 'type_path': ['strength', 'wit'], 'severity': 'major'") "]}",
      0);
  g_assert_true (
      assay_spans_question_get_score (ASSAY_SPANS_QUESTION (self), subject, "r2", answer, &score));
  g_assert_cmpfloat (score, ==, 0);
  g_assert_false (
      assay_spans_question_get_score (ASSAY_SPANS_QUESTION (self), subject, "r1", NULL, &score));
  become (&answer, json ("{'errors': [" MARK ("a", 0, 3, "one", ", 'severity': 'minor'") "]}"));
  g_assert_true (
      assay_spans_question_get_score (ASSAY_SPANS_QUESTION (self), subject, "r1", answer, &score));
  g_assert_cmpfloat (score, ==, 75);

  assert_described (self, NULL, two, "2 errors, penalty 5.1");
  assert_described (self, NULL, "{'none_found': true}", "None found");
  assert_described (self, NULL, "{}", "—");
  assert_short (self, two, "'found'");
  assert_short (self, "{'none_found': true}", "'none'");
}

/* A draft follows its text; what was handed in stays as it was. */
static void
test_draft_follows (void)
{
  g_autoptr (AssayTask) before = task_with_texts (MIXED, "");
  g_autofree char *text = g_strconcat ("🙂 Ja: ", MIXED, NULL);
  g_autoptr (AssayTask) after = task_with_texts (text, "");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (before, 1);
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", MIXED, 6, 13);
  g_autoptr (JsonNode) answer = assay_spans_answer_add (NULL, span, NULL);
  g_autoptr (AssayJudgement) again = NULL;
  g_autoptr (AssaySpanMark) mark = NULL;
  g_autoptr (JsonNode) draft = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (AssayJudgement) final = NULL;

  assay_judgement_set_answer (judgement, "q", "r1", answer);
  draft = assay_judgement_to_draft_json (judgement);
  again = assay_judgement_new_from_json (after, draft, NULL);
  mark = assay_spans_answer_find (assay_judgement_get_answer (again, "q", "r1"), "e1");
  g_assert_cmpuint (mark->span->start, ==, 12);
  g_assert_cmpstr (mark->span->quote, ==, "👩‍👩‍👧‍👦");
  g_assert_true (g_str_has_prefix (mark->span->prefix, "🙂 Ja: Caf"));

  assay_judgement_finalize_submission (judgement, 1000);
  record = assay_judgement_to_json (judgement, FALSE);
  final = assay_judgement_new_from_json (after, record, NULL);
  assert_same_json (assay_judgement_get_answer (final, "q", "r1"),
                    assay_judgement_get_answer (judgement, "q", "r1"));
}

/* What is typed about a mark is taken back by the word, like everywhere. */
static void
test_undo_typing (void)
{
  g_autoptr (AssayTask) subject = task_with_texts ("Hello", "");
  g_autoptr (AssayJudgement) judgement = assay_judgement_new_with_seed (subject, 1);
  g_autoptr (AssaySpan) span = assay_span_new ("response:r1", "Hello", 0, 2);
  g_autoptr (JsonNode) answer = assay_spans_answer_add (NULL, span, NULL);
  static const char *const typed[] = { "w", "wr", "wro", "wron" };
  g_autoptr (AssaySpanMark) mark = NULL;

  assay_judgement_set_answer (judgement, "q", "r1", answer);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (JsonNode) now =
          assay_spans_answer_with_comment (assay_judgement_get_answer (judgement, "q", "r1"), "e1",
                                           typed[i]);

      assay_judgement_set_answer (judgement, "q", "r1", now);
    }
  assay_judgement_undo (judgement);
  mark = assay_spans_answer_find (assay_judgement_get_answer (judgement, "q", "r1"), "e1");
  g_assert_nonnull (mark);
  g_assert_null (mark->comment);
  assay_judgement_undo (judgement);
  g_assert_null (assay_judgement_get_answer (judgement, "q", "r1"));
}

static void
test_limit (void)
{
  g_autoptr (AssayTask) subject = task_with_texts ("Hello world", "");
  g_autoptr (AssayQuestion) self = spans ("");

  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) answer = g_string_new ("{'errors': [");

      for (int i = 0; i < ASSAY_LIMIT_SPANS + delta; i++)
        g_string_append_printf (answer,
                                "%s{'id': 'e%d', 'span': {'doc': 'response:r1', 'start': 0, 'end': "
                                "5, 'quote': 'Hello'}" OMISSION MAJOR "}",
                                i == 0 ? "" : ", ", i);
      g_string_append (answer, "]}");
      assert_rules (self, subject, answer->str, delta <= 0 ? "" : "max");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spans/round-trip", test_round_trip);
  g_test_add_func ("/spans/text-changes", test_text_changes);
  g_test_add_func ("/spans/find", test_find);
  g_test_add_func ("/spans/find-hostile", test_find_hostile);
  g_test_add_func ("/spans/settings", test_settings);
  g_test_add_func ("/spans/answer", test_answer);
  g_test_add_func ("/spans/many", test_many);
  g_test_add_func ("/spans/unknown-members", test_unknown_members);
  g_test_add_func ("/spans/validation", test_validation);
  g_test_add_func ("/spans/documents", test_documents);
  g_test_add_func ("/spans/derived", test_derived);
  g_test_add_func ("/spans/draft-follows", test_draft_follows);
  g_test_add_func ("/spans/undo-typing", test_undo_typing);
  g_test_add_func ("/spans/limit", test_limit);
  return g_test_run ();
}
