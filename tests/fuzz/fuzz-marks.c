/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text, the same text after an edit, and what a person does to passages of it: mark, split, join,
 * judge, prove, remove. Whatever it was, each mark has an id of its own and a place in the text,
 * and after the edit it is found where the same words are, or not at all. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-arithmetic.h"
#include "assay-citations.h"
#include "assay-json.h"
#include "assay-presentation.h"
#include "assay-questions.h"
#include "assay-task.h"
#include "fuzz.h"

#define STEPS_MAX 60

static const char form[] =
    "{\"questions\":[{\"id\":\"spans\",\"type\":\"spans\",\"scope\":\"each-response\",\"types\":[{"
    "\"id\":\"x\",\"children\":[{\"id\":\"y\"}]}]},{\"id\":\"claims\",\"type\":\"claims\",\"scope\":"
    "\"each-response\",\"basis\":\"sources\",\"citations\":true,\"require_correction\":true}]}";

typedef struct
{
  const char *at;
  const char *text; /* of the response */
  AssayTask *task;
  AssayMarkingQuestion *question;
  JsonNode *answer; /* (owned) (nullable) */
} Person;

static AssayTask *
make_task (const char *text)
{
  g_autoptr (JsonNode) node = assay_json_parse (
      "{\"id\":\"t\",\"prompt\":\"p\",\"responses\":[{\"id\":\"r\"}],\"sources\":[{\"id\":\"s\","
      "\"content\":\"A source says what it says.\"}]}",
      -1, NULL);
  g_autoptr (JsonNode) questions = assay_json_parse (form, -1, NULL);
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_node_get_object (node);
  AssayTask *task;

  json_object_set_string_member (
      json_array_get_object_element (json_object_get_array_member (object, "responses"), 0),
      "content", text);
  json_object_set_member (object, "form", g_steal_pointer (&questions));
  task = assay_task_new_from_json (node, &error);
  if (task == NULL)
    fuzz_check_error (&error);
  return task;
}

static guint
next (Person *person)
{
  return *person->at == '\0' ? 0 : (guint8) *person->at++;
}

static void
take (Person *person, JsonNode *answer)
{
  g_clear_pointer (&person->answer, json_node_unref);
  person->answer = answer;
}

/* One of the marks that there are. */
static char *
choose (Person *person)
{
  g_autoptr (GPtrArray) places =
      assay_marking_question_list_places (person->question, person->answer);

  if (places->len == 0)
    return NULL;
  return g_strdup (((AssayMarkedPlace *) places->pdata[next (person) % places->len])->id);
}

static guint
count (Person *person)
{
  g_autoptr (GPtrArray) places =
      assay_marking_question_list_places (person->question, person->answer);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < places->len; i++)
    {
      const AssayMarkedPlace *place = places->pdata[i];

      g_assert_nonnull (place->id);
      g_assert_true (g_hash_table_add (ids, place->id));
    }
  return places->len;
}

static void
mark (Person *person)
{
  guint length = (guint) g_utf8_strlen (person->text, -1);
  guint start = (next (person) * 7 + next (person)) % (length + 1);
  guint end = MIN (length, start + 1 + next (person));
  guint before = count (person);
  g_autoptr (AssaySpan) span = NULL;
  g_autofree char *id = NULL;

  if (start >= end)
    return;
  span = assay_span_new ("response:r", person->text, start, end);
  take (person, assay_marking_question_add (person->question, person->answer, span, &id));
  g_assert_nonnull (id);
  g_assert_cmpuint (count (person), ==, before + 1);
}

static void
remove_mark (Person *person)
{
  guint before = count (person);
  g_autofree char *id = choose (person);

  if (id == NULL)
    return;
  take (person, assay_marking_question_remove (person->question, person->answer, id));
  g_assert_cmpuint (count (person), ==, before - 1);
}

static void
prove (Person *person)
{
  AssayDocument *source = assay_task_find_document (person->task, "source:s");
  const char *text = assay_document_get_text (source);
  g_autoptr (AssaySpan) span = assay_span_new ("source:s", text, 2, 8);
  g_autofree char *id = choose (person);
  JsonNode *answer = id == NULL ? NULL
                                : assay_marking_question_attach (person->question, person->answer,
                                                                 id, source, span);

  if (answer != NULL)
    take (person, answer);
}

static void
judge (Person *person)
{
  static const char *const verdicts[] = { "full", "partial", "none", "no_claim", "what", NULL };
  static const char *const citations[] = { "correct", "wrong", "missing", "perhaps", NULL };
  g_autofree char *id = choose (person);

  if (id == NULL || !ASSAY_IS_CLAIMS_QUESTION (person->question))
    return;
  take (person, assay_claims_answer_with (person->answer, id, "verdict",
                                          verdicts[next (person) % G_N_ELEMENTS (verdicts)]));
  take (person, assay_claims_answer_with (person->answer, id, "citation_ok",
                                          citations[next (person) % G_N_ELEMENTS (citations)]));
}

static void
divide (Person *person, gboolean split)
{
  guint before = count (person);
  g_autofree char *id = choose (person);
  JsonNode *answer;

  if (id == NULL || !ASSAY_IS_CLAIMS_QUESTION (person->question))
    return;
  answer = split ? assay_claims_answer_split (person->answer, id, next (person), person->task, NULL)
                 : assay_claims_answer_join (person->answer, id, person->task);
  if (answer == NULL)
    return;
  take (person, answer);
  g_assert_cmpuint (count (person), ==, split ? before + 1 : before - 1);
}

/* What is said of it is text, and it comes back from its JSON. */
static void
check_answer (Person *person)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayPresentation) presentation = assay_presentation_new (person->task, 1);
  AssayQuestion *question = ASSAY_QUESTION (person->question);
  g_autofree char *described = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (JsonNode) stripped = NULL;

  assay_question_validate (question, person->task, "r", person->answer, issues);
  for (guint i = 0; i < issues->len; i++)
    fuzz_check_text (assay_issue_get_message (issues->pdata[i]));
  described = assay_question_describe_answer (question, presentation, person->answer);
  fuzz_check_text (described);
  if (person->answer == NULL)
    return;
  json = assay_json_to_string (person->answer);
  back = assay_json_parse (json, -1, NULL);
  fuzz_check_equal (person->answer, back);
  stripped = assay_marking_question_without_texts (person->question, person->answer);
  g_assert_nonnull (stripped);
}

/* Where a mark is found, its words are there. */
static void
check_places (Person *person, AssayTask *edited)
{
  AssayDocument *document = assay_task_find_document (edited, "response:r");
  const char *text = assay_document_get_text (document);
  guint length = (guint) g_utf8_strlen (text, -1);
  JsonNode *followed = assay_marking_question_follow (person->question, person->answer, edited);
  g_autoptr (GPtrArray) places = NULL;

  if (followed != NULL)
    take (person, followed);
  places = assay_marking_question_list_places (person->question, person->answer);
  for (guint i = 0; i < places->len; i++)
    {
      const AssayMarkedPlace *place = places->pdata[i];
      g_autofree char *words = NULL;
      guint start;
      guint end;

      if (place->span == NULL
          || assay_span_find (place->span, edited, &start, &end) == ASSAY_SPAN_DETACHED)
        continue;
      g_assert_cmpuint (start, <, end);
      g_assert_cmpuint (end, <=, length);
      words = g_utf8_substring (text, start, end);
      g_assert_cmpstr (words, ==, place->span->quote);
    }
}

static void
act (Person *person)
{
  for (guint i = 0; i < STEPS_MAX && *person->at != '\0'; i++)
    switch (next (person) % 8)
      {
      case 0:
      case 1:
      case 2:
        mark (person);
        break;
      case 3:
        remove_mark (person);
        break;
      case 4:
        prove (person);
        break;
      case 5:
        judge (person);
        break;
      case 6:
        divide (person, TRUE);
        break;
      default:
        divide (person, FALSE);
        break;
      }
}

static void
check_sums (const char *text)
{
  static const char *const ids[] = { "a", "doc-2", "c", NULL };
  g_autoptr (GPtrArray) sums = assay_arithmetic_find (text);
  gsize length = strlen (text);
  g_autoptr (GArray) cited = assay_citations_find (text, 0, length, ids);
  gsize at = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      const AssaySum *sum = sums->pdata[i];

      fuzz_check_border (text, length, sum->start);
      fuzz_check_border (text, length, sum->end);
      g_assert_cmpuint (sum->start, >=, at);
      g_assert_cmpuint (sum->end, >, sum->start);
      fuzz_check_text (sum->result);
      at = sum->end;
    }
  for (guint i = 0; i < cited->len; i++)
    {
      g_assert_cmpuint (g_array_index (cited, guint, i), <, 3);
      g_assert_true (i == 0
                     || g_array_index (cited, guint, i) > g_array_index (cited, guint, i - 1));
    }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) texts = fuzz_split_texts (data, size, 3);
  g_autoptr (AssayTask) task = make_task (texts[0]);
  g_autoptr (AssayTask) edited = make_task (texts[1]);

  check_sums (texts[0]);
  for (guint i = 0; task != NULL && i < 2; i++)
    {
      Person person = { .at = texts[2], .text = texts[0], .task = task };

      person.question =
          ASSAY_MARKING_QUESTION (assay_form_get_question (assay_task_get_form (task), i));
      act (&person);
      check_answer (&person);
      check_places (&person, task);
      if (edited != NULL)
        check_places (&person, edited);
      g_clear_pointer (&person.answer, json_node_unref);
    }
  return 0;
}
