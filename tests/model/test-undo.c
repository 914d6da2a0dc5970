/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-checklist-question.h"
#include "assay-choice-question.h"
#include "assay-limits.h"
#include "assay-scale-question.h"
#include "assay-text-question.h"
#include "model-testing.h"

static const char form[] =
    "'ask_confidence': true, 'questions': ["
    "{'id': 'pref', 'type': 'pairwise'},"
    "{'id': 'kind', 'type': 'choice', 'options': ['a', 'b', 'c', 'ab'], 'other': true},"
    "{'id': 'score', 'type': 'scale', 'min': 1, 'max': 5, 'scope': 'each-response', 'comment': 'optional'},"
    "{'id': 'list', 'type': 'checklist', 'scope': 'each-response', 'items': [{'id': 'i', 'text': 't'}]},"
    "{'id': 'words', 'type': 'text'}]";

static AssayJudgement *
new_judgement (void)
{
  g_autoptr (AssayTask) task = task_with_form (2, form);

  return assay_judgement_new_with_seed (task, 3);
}

/* Takes @answer. */
static void
set (AssayJudgement *self, const char *question_id, const char *response, JsonNode *answer)
{
  g_autoptr (JsonNode) node = answer;

  assay_judgement_set_answer (self, question_id, response, node);
}

static void
assert_answer (AssayJudgement *self,
               const char *question_id,
               const char *response,
               const char *expected)
{
  assert_json (assay_json_copy (assay_judgement_get_answer (self, question_id, response)),
               expected);
}

static void
type_at (AssayJudgement *self, guint start, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *one = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

      assay_judgement_splice_rationale (self, start++, 0, one);
    }
}

/* What undo shows, one step after another, down to nothing. */
static void
assert_undone (AssayJudgement *self, const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_assert_true (assay_judgement_can_undo (self));
      assay_judgement_undo (self);
      g_assert_cmpstr (assay_judgement_get_rationale (self), ==, texts[i]);
    }
  g_assert_false (assay_judgement_can_undo (self));
}

static void
test_words (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  static const char *const steps[] = { "Größer als  ", "Größer ", "", NULL };

  type_at (self, 0, "Größer als  B");
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "Größer als  B");
  assert_undone (self, steps);
}

static void
test_deleting (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  static const char *const steps[] = { "one two", "one two three", "", NULL };

  assay_judgement_splice_rationale (self, 0, 0, "one two three");
  /* Backwards through a word and the space before it, then the next word. */
  for (guint at = 12; at >= 7; at--)
    assay_judgement_splice_rationale (self, at, 1, "");
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "one two");
  for (guint at = 6; at >= 4; at--)
    assay_judgement_splice_rationale (self, at, 1, "");
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "one ");
  assert_undone (self, steps);

  /* Forwards with Delete. */
  assay_judgement_splice_rationale (self, 0, 0, "abc");
  for (guint i = 0; i < 3; i++)
    assay_judgement_splice_rationale (self, 0, 1, "");
  assay_judgement_undo (self);
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "abc");
}

static void
test_runs (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  static const char *const steps[] = { "abXcd", "abcd", "ab", "", NULL };

  type_at (self, 0, "ab");
  assay_judgement_break_undo_group (self);
  type_at (self, 2, "cd");
  /* Somewhere else. */
  type_at (self, 2, "X");
  /* A paste is no typing; a key after it goes on in its last word. */
  assay_judgement_splice_rationale (self, 5, 0, " pasted");
  type_at (self, 12, "!");
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "abXcd pasted!");
  assert_undone (self, steps);
  while (assay_judgement_can_redo (self))
    assay_judgement_redo (self);
  g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "abXcd pasted!");
}

/* One choice after another is not typing, though both are texts. */
static void
test_choices (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();

  set (self, "kind", NULL, assay_choice_answer_new ("a", NULL));
  set (self, "kind", NULL, assay_choice_answer_new ("ab", NULL));
  set (self, "kind", NULL, assay_choice_answer_new ("b", NULL));
  assay_judgement_undo (self);
  assert_answer (self, "kind", NULL, "'ab'");
  assay_judgement_undo (self);
  assert_answer (self, "kind", NULL, "'a'");
  assay_judgement_undo (self);
  assert_answer (self, "kind", NULL, NULL);

  set (self, "score", "r1", assay_scale_answer_new (1));
  set (self, "score", "r1", assay_scale_answer_new (2));
  set (self, "score", "r2", assay_scale_answer_new (3));
  assay_judgement_undo (self);
  assay_judgement_undo (self);
  assert_answer (self, "score", "r1", "1");
}

static void
test_comments (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  const char *text = "too long";

  set (self, "score", "r1", assay_scale_answer_new (2));
  for (guint n = 1; n <= strlen (text); n++)
    {
      g_autofree char *start = g_strndup (text, n);

      set (self, "score", "r1",
           assay_scale_answer_with_comment (assay_judgement_get_answer (self, "score", "r1"),
                                            start));
    }
  for (guint n = 1; n <= strlen (text); n++)
    {
      g_autofree char *start = g_strndup (text, n);

      set (self, "list", "r2",
           assay_checklist_answer_with_comment (assay_judgement_get_answer (self, "list", "r2"),
                                                "i", start));
    }
  for (guint n = 1; n <= strlen (text); n++)
    {
      g_autofree char *start = g_strndup (text, n);

      set (self, "words", NULL, assay_text_answer_new (start));
      assay_judgement_set_private_note (self, start);
    }

  /* The last two were typed key by key in turns: each key is a step of its own. */
  for (guint n = 0; n < 2 * strlen (text); n++)
    assay_judgement_undo (self);
  assert_answer (self, "words", NULL, NULL);
  g_assert_cmpstr (assay_judgement_get_private_note (self), ==, "");

  assert_answer (self, "list", "r2", "{'i': {'comment': 'too long'}}");
  assay_judgement_undo (self);
  assert_answer (self, "list", "r2", "{'i': {'comment': 'too '}}");
  assay_judgement_undo (self);
  assert_answer (self, "list", "r2", NULL);
  assay_judgement_undo (self);
  assert_answer (self, "score", "r1", "{'value': 2, 'comment': 'too '}");
  assay_judgement_undo (self);
  assert_answer (self, "score", "r1", "2");
  assay_judgement_undo (self);
  assert_answer (self, "score", "r1", NULL);
  g_assert_false (assay_judgement_can_undo (self));
}

static void
test_note (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  const char *text = "ask Ana";

  for (guint n = 1; n <= strlen (text); n++)
    {
      g_autofree char *start = g_strndup (text, n);

      assay_judgement_set_private_note (self, start);
    }
  assay_judgement_undo (self);
  g_assert_cmpstr (assay_judgement_get_private_note (self), ==, "ask ");
  assay_judgement_undo (self);
  g_assert_cmpstr (assay_judgement_get_private_note (self), ==, "");
  g_assert_false (assay_judgement_can_undo (self));
}

/* Everything that a person can do, in a random order, undone to nothing and done again. */
static void
act (AssayJudgement *self, GRand *rand)
{
  static const char *const words[] = { "x", " ", "ö", "@A", "better. ", "😀" };
  static const char *const choices[] = { "a", "b", "c" };
  guint length = (guint) g_utf8_strlen (assay_judgement_get_rationale (self), -1);
  const char *response = g_rand_boolean (rand) ? "r1" : "r2";
  guint at = (guint) g_rand_int_range (rand, 0, (gint32) length + 1);

  switch (g_rand_int_range (rand, 0, 13))
    {
    case 0:
      set (self, "kind", NULL,
           assay_choice_answer_new (choices[g_rand_int_range (rand, 0, 3)], NULL));
      break;
    case 1:
      set (self, "kind", NULL, NULL);
      break;
    case 2:
      set (self, "score", response, assay_scale_answer_new (g_rand_int_range (rand, 1, 6)));
      break;
    case 3:
      set (self, "score", response,
           assay_scale_answer_with_comment (assay_judgement_get_answer (self, "score", response),
                                            words[g_rand_int_range (rand, 0, 6)]));
      break;
    case 4:
    case 5:
    case 6:
      assay_judgement_splice_rationale (self, at, 0, words[g_rand_int_range (rand, 0, 6)]);
      break;
    case 7:
      assay_judgement_splice_rationale (self, at, (guint) g_rand_int_range (rand, 0, 4), "");
      break;
    case 8:
      assay_judgement_set_confidence (self, g_rand_int_range (rand, 0, 6));
      break;
    case 9:
      assay_judgement_set_flag (self, "edge_case",
                                g_rand_boolean (rand) ? words[g_rand_int_range (rand, 0, 6)]
                                                      : NULL);
      break;
    case 10:
      assay_judgement_set_outcome (self,
                                   (AssayOutcome) g_rand_int_range (rand, 0, ASSAY_N_OUTCOMES),
                                   "other", words[g_rand_int_range (rand, 0, 6)]);
      break;
    case 11:
      assay_judgement_set_rationale (self, words[g_rand_int_range (rand, 0, 6)]);
      break;
    default:
      if (g_rand_int_range (rand, 0, 5) == 0)
        assay_judgement_reset (self);
      else
        assay_judgement_set_private_note (self, words[g_rand_int_range (rand, 0, 6)]);
      break;
    }
}

/* The values alone: no times, no stack. */
static char *
values_of (AssayJudgement *self)
{
  g_autoptr (JsonNode) node = assay_judgement_to_draft_json (self);
  JsonObject *object = assay_json_node_object (node);

  json_object_remove_member (object, "times");
  json_object_remove_member (object, "draft");
  return assay_json_to_canonical_string (node);
}

static AssayJudgement *
reload (AssayJudgement *self)
{
  g_autoptr (JsonNode) draft = assay_judgement_to_draft_json (self);
  g_autofree char *text = assay_json_to_string (draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) read =
      assay_json_parse_full (text, -1, ASSAY_JSON_REFUSE_DUPLICATES, &error);
  AssayJudgement *again = NULL;

  g_assert_no_error (error);
  again = assay_judgement_new_from_json (assay_judgement_get_task (self), read, &error);
  g_assert_no_error (error);
  return again;
}

static void
test_property (void)
{
  guint32 n_seeds = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? 1000 : 12;

  for (guint32 seed = 0; seed < n_seeds; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (AssayJudgement) self = new_judgement ();
      g_autofree char *empty = values_of (self);
      g_autofree char *full = NULL;
      g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < 60; i++)
        {
          act (self, rand);
          if (g_rand_int_range (rand, 0, 10) == 0)
            assay_judgement_undo (self);
          if (g_rand_int_range (rand, 0, 10) == 0)
            assay_judgement_redo (self);
          if (g_rand_int_range (rand, 0, 15) == 0)
            {
              AssayJudgement *again = reload (self);
              g_autofree char *before = values_of (self);
              g_autofree char *after = values_of (again);

              g_assert_cmpstr (after, ==, before);
              g_object_unref (self);
              self = again;
            }
        }
      full = values_of (self);
      while (assay_judgement_can_undo (self))
        {
          g_ptr_array_add (states, values_of (self));
          assay_judgement_undo (self);
        }
      assert_string (values_of (self), empty);
      g_assert_true (assay_judgement_is_empty (self));
      /* Redo passes through the same states, backwards. */
      for (guint i = states->len; i > 0; i--)
        {
          g_assert_true (assay_judgement_can_redo (self));
          assay_judgement_redo (self);
          assert_string (values_of (self), states->pdata[i - 1]);
        }
      while (assay_judgement_can_redo (self))
        assay_judgement_redo (self);
    }
}

static void
test_limit_commands (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  guint n = 0;

  for (int i = 0; i < ASSAY_LIMIT_UNDO_COMMANDS + 1; i++)
    set (self, "score", i % 2 == 0 ? "r1" : "r2", assay_scale_answer_new (i % 5 + 1));
  {
    g_autoptr (AssayJudgement) again = reload (self);

    for (; assay_judgement_can_undo (again); n++)
      assay_judgement_undo (again);
    g_assert_cmpuint (n, ==, ASSAY_LIMIT_UNDO_COMMANDS);
    /* The first change is past undoing. */
    assert_answer (again, "score", "r1", "1");
    assert_answer (again, "score", "r2", NULL);
    while (assay_judgement_can_redo (again))
      assay_judgement_redo (again);
    {
      g_autofree char *expected = values_of (self);

      assert_string (values_of (again), expected);
    }
  }
}

/* The draft must not grow with everything that was ever pasted and replaced. */
static void
test_limit_bytes (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *stored = NULL;
  g_autoptr (JsonNode) draft = NULL;

  for (guint i = 0; i < 100; i++)
    {
      text[0] = (char) ('a' + i % 26);
      text[19999] = (char) ('a' + i % 26);
      assay_judgement_set_rationale (self, text);
    }
  draft = assay_judgement_to_draft_json (self);
  stored = assay_json_to_string (draft);
  g_assert_cmpuint (strlen (stored), <, 400 * 1024);
  g_assert_true (assay_judgement_can_undo (self));

  /* One change that is larger than the whole stack can still be undone. */
  {
    g_autofree char *huge = g_strnfill (ASSAY_LIMIT_RATIONALE_CHARACTERS, 'y');

    assay_judgement_set_rationale (self, huge);
    assay_judgement_set_rationale (self, "");
    g_assert_true (assay_judgement_can_undo (self));
    assay_judgement_undo (self);
    g_assert_true (g_str_equal (assay_judgement_get_rationale (self), huge));
  }
}

static void
test_limit_rationale (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (AssayJudgement) self = new_judgement ();
      g_autoptr (GString) text = g_string_new (NULL);

      for (int i = 0; i < ASSAY_LIMIT_RATIONALE_CHARACTERS + delta; i++)
        g_string_append (text, "ü");
      assay_judgement_set_rationale (self, text->str);
      g_assert_cmpint (g_utf8_strlen (assay_judgement_get_rationale (self), -1), ==,
                       MIN (ASSAY_LIMIT_RATIONALE_CHARACTERS + delta,
                            ASSAY_LIMIT_RATIONALE_CHARACTERS));
      /* Replacing needs no more room than it frees. */
      assay_judgement_splice_rationale (self, 0, 2, "ab");
      g_assert_true (g_str_has_prefix (assay_judgement_get_rationale (self), "abü"));
      assay_judgement_undo (self);
      g_assert_true (g_str_equal (assay_judgement_get_rationale (self), text->str) == (delta <= 0));
    }
}

/* A stack that does not belong to the draft is dropped, and nothing else happens. */
static void
test_foreign_stack (void)
{
  static const char *const stacks[] = {
    "{'commands': [{'kind': 'text', 'start': 3, 'removed': '', 'inserted': 'zzz'}], 'position': 1}",
    "{'commands': [{'kind': 'text', 'start': 300, 'removed': '', 'inserted': 'kept'}], 'position': 1}",
    "{'commands': [{'kind': 'answer', 'key': 'kind', 'after': 'b'}], 'position': 1}",
    "{'commands': [{'kind': 'field', 'key': 'confidence', 'after': 3}], 'position': 1}",
    "{'commands': [{'kind': 'group', 'parts': [{'kind': 'answer', 'key': 'kind', 'after': 'b'}]}], 'position': 1}",
    "{'commands': [{'kind': 'melt'}], 'position': 1}",
    "{'commands': [{'kind': 'text'}], 'position': 1}",
    "{'commands': [{'kind': 'answer'}], 'position': 1}",
    "{'commands': [3], 'position': 1}",
    "{'commands': 'x', 'position': 99}",
    "{'position': -4}",
    "{}",
  };
  g_autoptr (AssayTask) task = task_with_form (2, form);

  for (guint i = 0; i < G_N_ELEMENTS (stacks); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'id': 'j', 'answers': {'kind': 'a'}, 'rationale': 'kept', 'draft': {'undo': %s}}",
          stacks[i]);
      g_autoptr (JsonNode) node = json (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayJudgement) self = assay_judgement_new_from_json (task, node, &error);

      g_assert_no_error (error);
      assay_judgement_undo (self);
      assay_judgement_redo (self);
      g_assert_cmpstr (assay_judgement_get_rationale (self), ==, "kept");
      assert_answer (self, "kind", NULL, "'a'");
      g_assert_false (assay_judgement_can_undo (self));
      g_assert_false (assay_judgement_can_redo (self));
    }
}

typedef struct
{
  GString *mirror;
  guint n_changed;
  char *question;
  char *response;
} Watch;

static void
mirror_splice (AssayJudgement *self,
               guint start,
               guint removed,
               const char *inserted,
               gpointer user_data)
{
  Watch *watch = user_data;
  const char *from = g_utf8_offset_to_pointer (watch->mirror->str, start);
  const char *to = g_utf8_offset_to_pointer (from, removed);
  gssize position = from - watch->mirror->str;

  g_string_erase (watch->mirror, position, to - from);
  g_string_insert (watch->mirror, position, inserted);
}

static void
note_change (AssayJudgement *self,
             const char *question_id,
             const char *response,
             gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_changed++;
  g_set_str (&watch->question, question_id);
  g_set_str (&watch->response, response);
}

/* An editor that only follows the signal has the same text, whatever is done and undone. */
static void
test_signals (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  Watch watch = { .mirror = g_string_new (NULL) };
  guint64 generation = assay_judgement_get_generation (self);

  g_signal_connect (self, "rationale-spliced", G_CALLBACK (mirror_splice), &watch);
  g_signal_connect (self, "changed", G_CALLBACK (note_change), &watch);
  for (guint i = 0; i < 1000; i++)
    {
      act (self, rand);
      if (g_rand_int_range (rand, 0, 3) == 0)
        assay_judgement_undo (self);
      if (g_rand_int_range (rand, 0, 6) == 0)
        assay_judgement_redo (self);
      g_assert_cmpstr (watch.mirror->str, ==, assay_judgement_get_rationale (self));
      g_assert_cmpuint (assay_judgement_get_generation (self), >=, generation);
      generation = assay_judgement_get_generation (self);
    }

  set (self, "score", "r2", NULL);
  watch.n_changed = 0;
  set (self, "score", "r2", assay_scale_answer_new (4));
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_cmpstr (watch.question, ==, "score");
  g_assert_cmpstr (watch.response, ==, "r2");
  /* What is there already is no change. */
  generation = assay_judgement_get_generation (self);
  set (self, "score", "r2", assay_scale_answer_new (4));
  g_assert_cmpuint (watch.n_changed, ==, 1);
  g_assert_cmpuint (assay_judgement_get_generation (self), ==, generation);

  g_string_free (watch.mirror, TRUE);
  g_free (watch.question);
  g_free (watch.response);
}

/* The caller's node may be changed by the caller; what is kept is sealed. */
static void
test_answers_are_sealed (void)
{
  g_autoptr (AssayJudgement) self = new_judgement ();
  g_autoptr (JsonNode) node = json ("{'value': 2, 'comment': 'x'}");

  assay_judgement_set_answer (self, "score", "r1", node);
  json_object_set_string_member (json_node_get_object (node), "comment", "y");
  assert_answer (self, "score", "r1", "{'value': 2, 'comment': 'x'}");
  g_assert_true (json_node_is_immutable (assay_judgement_get_answer (self, "score", "r1")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/undo/words", test_words);
  g_test_add_func ("/undo/deleting", test_deleting);
  g_test_add_func ("/undo/runs", test_runs);
  g_test_add_func ("/undo/choices", test_choices);
  g_test_add_func ("/undo/comments", test_comments);
  g_test_add_func ("/undo/note", test_note);
  g_test_add_func ("/undo/property", test_property);
  g_test_add_func ("/undo/limit/commands", test_limit_commands);
  g_test_add_func ("/undo/limit/bytes", test_limit_bytes);
  g_test_add_func ("/undo/limit/rationale", test_limit_rationale);
  g_test_add_func ("/undo/foreign-stack", test_foreign_stack);
  g_test_add_func ("/undo/signals", test_signals);
  g_test_add_func ("/undo/answers-are-sealed", test_answers_are_sealed);

  return g_test_run ();
}
