/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-bidi.h"
#include "model-testing.h"

#define LRM "\u200E"
#define RLM "\u200F"
#define FSI "\u2068"
#define PDI "\u2069"

static void
test_isolate (void)
{
  static const struct
  {
    const char *name;
    const char *left_to_right; /* in a sentence that runs this way */
    const char *right_to_left;
  } cases[] = {
    { "", "", "" },
    { "Task 1", "Task 1", RLM FSI "Task 1" PDI },
    { "2025-11", "2025-11", RLM FSI "2025-11" PDI },
    { "מטלה 1", LRM FSI "מטלה 1" PDI, RLM FSI "מטלה 1" PDI },
    { "Task مرحبا 1", LRM FSI "Task مرحبا 1" PDI, RLM FSI "Task مرحبا 1" PDI },
    { "日本 1", "日本 1", RLM FSI "日本 1" PDI },
    /* What would end the isolate, or turn what comes behind it. */
    { "a" PDI "\u202Eb", "a\uFFFD\uFFFDb", RLM FSI "a\uFFFD\uFFFDb" PDI },
    { RLM "a", LRM FSI "\uFFFDa" PDI, RLM FSI "\uFFFDa" PDI },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_string (assay_bidi_isolate_in (cases[i].name, 1), cases[i].left_to_right);
      assert_string (assay_bidi_isolate_in (cases[i].name, -1), cases[i].right_to_left);
      /* Untranslated sentences run left to right. */
      assert_string (assay_bidi_isolate (cases[i].name), cases[i].left_to_right);
    }
}

static void
test_match (void)
{
  g_assert_cmpuint (assay_bidi_match_isolate (LRM FSI "a" PDI), ==, strlen (LRM FSI));
  g_assert_cmpuint (assay_bidi_match_isolate (RLM FSI PDI "b"), ==, strlen (RLM FSI));
  g_assert_cmpuint (assay_bidi_match_isolate (""), ==, 0);
  g_assert_cmpuint (assay_bidi_match_isolate ("a" LRM FSI PDI), ==, 0);
  g_assert_cmpuint (assay_bidi_match_isolate (FSI "a" PDI), ==, 0);
  g_assert_cmpuint (assay_bidi_match_isolate (LRM FSI "a"), ==, 0);
  g_assert_cmpuint (assay_bidi_match_isolate (LRM FSI "a" FSI PDI PDI), ==, 0);
}

static void
test_strip (void)
{
  assert_string (assay_bidi_strip (""), "");
  assert_string (assay_bidi_strip ("a b"), "a b");
  assert_string (assay_bidi_strip ("“" LRM FSI "מטלה 1" PDI "” and " RLM FSI "b" PDI RLM FSI PDI),
                 "“מטלה 1” and b");
  /* What somebody wrote stays. */
  assert_string (assay_bidi_strip (FSI "a" PDI LRM "b" LRM FSI), FSI "a" PDI LRM "b" LRM FSI);
}

/* The names in what a person is told about an answer. */
static void
assert_message (const char *question, const char *answer, const char *message)
{
  g_autoptr (JsonNode) node = json (question);
  g_autoptr (JsonNode) value = answer != NULL ? json (answer) : NULL;
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayQuestion) self = assay_question_new_from_json (node, "/questions/0", &error);

  g_assert_no_error (error);
  assay_question_validate (self, NULL, NULL, value, issues);
  g_assert_cmpuint (issues->len, >=, 1);
  g_assert_cmpstr (assay_issue_get_message (issues->pdata[0]), ==, message);
}

static void
test_messages (void)
{
  assert_message ("{'id': 'q', 'type': 'text', 'label': 'דיוק 1'}", NULL,
                  "“" LRM FSI "דיוק 1" PDI "” needs an answer.");
  assert_message ("{'id': 'q', 'type': 'text', 'label': 'Accuracy'}", NULL,
                  "“Accuracy” needs an answer.");
  assert_message ("{'id': 'q', 'type': 'text', 'label': 'a\u2069\u202Eb'}", NULL,
                  "“a\uFFFD\uFFFDb” needs an answer.");
  assert_message ("{'id': 'q', 'type': 'multi', 'label': 'דיוק', 'options': ['כן', 'b']}",
                  "['כן', 'כן']",
                  "“" LRM FSI "דיוק" PDI "” has the choice “" LRM FSI "כן" PDI "” twice.");
  assert_message ("{'id': 'q', 'type': 'choice', 'label': 'דיוק', 'options': ['a', 'b']}", "'כן'",
                  "“" LRM FSI "דיוק" PDI "” does not offer “" LRM FSI "כן" PDI "” any more.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/bidi/isolate", test_isolate);
  g_test_add_func ("/model/bidi/match", test_match);
  g_test_add_func ("/model/bidi/strip", test_strip);
  g_test_add_func ("/model/bidi/messages", test_messages);

  return g_test_run ();
}
