/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-constraint.h"
#include "assay-json-read.h"
#include "assay-language-guess.h"

#define PASS ASSAY_CONSTRAINT_PASS
#define FAIL ASSAY_CONSTRAINT_FAIL
#define UNKNOWN ASSAY_CONSTRAINT_UNKNOWN

#define ENGLISH "This is what the text says of it, and there is not much more to say than that."

typedef struct
{
  const char *type;
  const char *args; /* with ' for " */
  const char *text;
  AssayConstraintResult result;
} ConstraintCase;

static const ConstraintCase cases[] = {
  { "keywords:existence", "{'keywords': ['Alpha', 'beta']}", "alpha and BETA", PASS },
  { "keywords:existence", "{'keywords': ['alpha', 'gamma']}", "alpha and beta", FAIL },
  { "keywords:existence", "{'keywords': []}", "alpha", UNKNOWN },
  { "keywords:existence", "{'keywords': 'alpha'}", "alpha", UNKNOWN },
  { "keywords:forbidden_words", "{'forbidden_words': ['sleep']}", "They were asleep and sleepy.",
    PASS },
  { "keywords:forbidden_words", "{'forbidden_words': ['sleep']}", "asleep, then: Sleep!", FAIL },
  { "keywords:forbidden_words", "{'forbidden_words': ['über']}", "darüber hinaus", PASS },
  { "keywords:forbidden_words", "{'forbidden_words': ['über']}", "Über alles", FAIL },
  { "keywords:frequency", "{'keyword': 'a', 'frequency': 2, 'relation': 'at least'}", "A b a",
    PASS },
  { "keywords:frequency", "{'keyword': 'a', 'frequency': 2, 'relation': 'less than'}", "A b a",
    FAIL },
  { "keywords:frequency", "{'keyword': 'a', 'frequency': 2, 'rel': 'exact'}", "A b a a", FAIL },
  { "keywords:frequency", "{'keyword': 'a', 'frequency': -1}", "a", UNKNOWN },
  { "keywords:letter_frequency", "{'letter': '#', 'let_frequency': 3, 'let_relation': 'at least'}",
    "## a #", PASS },
  { "keywords:letter_frequency", "{'letter': 'E', 'let_frequency': 2, 'let_relation': 'less than'}",
    "eel", FAIL },
  { "language:response_language", "{'language': 'en'}", ENGLISH, PASS },
  { "language:response_language", "{'language': 'de'}", ENGLISH, FAIL },
  { "language:response_language", "{'language': 'en'}", "Too short.", UNKNOWN },
  { "length_constraints:number_sentences", "{'num_sentences': 3, 'relation': 'at least'}",
    "One. Two.", UNKNOWN },
  { "length_constraints:number_sentences", "{'num_sentences': 4, 'relation': 'at least'}",
    "One. Two.", FAIL },
  { "length_constraints:number_sentences", "{'num_sentences': 4, 'relation': 'less than'}",
    "One. Two.", PASS },
  { "length_constraints:number_words", "{'num_words': 4, 'relation': 'at least'}",
    "It's three_words here.", PASS },
  { "length_constraints:number_words", "{'num_words': 4, 'relation': 'less than'}",
    "It's three_words here.", FAIL },
  { "length_constraints:number_paragraphs", "{'num_paragraphs': 2}", "One\n\n***\n\nTwo\n", PASS },
  { "length_constraints:number_paragraphs", "{'num_paragraphs': 2}", "One\n***\nTwo\n***\n", PASS },
  { "length_constraints:number_paragraphs", "{'num_paragraphs': 2}", "One\n***\n\n***\nTwo", FAIL },
  { "length_constraints:number_paragraphs", "{'num_paragraphs': 2}", "One", FAIL },
  { "length_constraints:nth_paragraph_first_word",
    "{'num_paragraphs': 2, 'nth_paragraph': 2, 'first_word': 'second'}",
    "First.\n\n\"Second, and last.", PASS },
  { "length_constraints:nth_paragraph_first_word",
    "{'num_paragraphs': 2, 'nth_paragraph': 1, 'first_word': 'second'}", "First.\n\nSecond.",
    FAIL },
  { "length_constraints:nth_paragraph_first_word",
    "{'num_paragraphs': 3, 'nth_paragraph': 2, 'first_word': 'second'}", "First.\n\nSecond.",
    FAIL },
  { "detectable_content:number_placeholders", "{'num_placeholders': 2}",
    "[name] lives at [address]", PASS },
  { "detectable_content:number_placeholders", "{'num_placeholders': 3}",
    "[name] lives at [address]", FAIL },
  { "detectable_content:postscript", "{'postscript_marker': 'P.S.'}", "Text.\n\n  p. s. And this.",
    PASS },
  { "detectable_content:postscript", "{'postscript_marker': 'P.P.S'}", "Text.\nP.S. And this.",
    FAIL },
  { "detectable_format:number_bullet_lists", "{'num_bullets': 3}",
    "* one\n  * two\n- three\n**bold**", PASS },
  { "detectable_format:number_bullet_lists", "{'num_bullets': 2}", "* one\n* two\n* three", FAIL },
  { "detectable_format:constrained_response", "{}", "Well. My answer is maybe.", PASS },
  { "detectable_format:constrained_response", "{}", "Maybe.", FAIL },
  { "detectable_format:number_highlighted_sections", "{'num_highlights': 2}",
    "*one* and **two**, but not **", PASS },
  { "detectable_format:number_highlighted_sections", "{'num_highlights': 2}", "*one* and * *",
    FAIL },
  { "detectable_format:multiple_sections", "{'section_spliter': 'Section', 'num_sections': 2}",
    "Section 1\nx\nSection 2\ny", PASS },
  { "detectable_format:multiple_sections", "{'section_spliter': 'Section', 'num_sections': 3}",
    "Section 1\nx\nSection 2\ny", FAIL },
  { "detectable_format:json_format", "{}", "```json\n{\"a\": [1, 2]}\n```", PASS },
  { "detectable_format:json_format", "{}", "[1, 2]", PASS },
  { "detectable_format:json_format", "{}", "Here it is: {\"a\": 1}", FAIL },
  { "detectable_format:title", "{}", "<<A title>>\nText", PASS },
  { "detectable_format:title", "{}", "<< >>\n<<\n>>", FAIL },
  { "combination:two_responses", "{}", "One\n******\nTwo", PASS },
  { "combination:two_responses", "{}", "One\n******\nOne\n", FAIL },
  { "combination:two_responses", "{}", "One", FAIL },
  { "combination:repeat_prompt", "{'prompt_to_repeat': 'Say it.'}", " say it. I do.", PASS },
  { "combination:repeat_prompt", "{'prompt_to_repeat': 'Say it.'}", "I say it.", FAIL },
  { "startend:end_checker", "{'end_phrase': 'Any questions?'}", "\"Well. Any QUESTIONS?\" ", PASS },
  { "startend:end_checker", "{'end_phrase': 'Any questions?'}", "Any questions? No.", FAIL },
  { "startend:quotation", "{}", " \"All of it.\"\n", PASS },
  { "startend:quotation", "{}", "\"", FAIL },
  { "startend:quotation", "{}", "\"This\" and that", FAIL },
  { "change_case:capital_word_frequency",
    "{'capital_frequency': 3, 'capital_relation': 'less than'}", "A very BIG thing", UNKNOWN },
  { "change_case:capital_word_frequency",
    "{'capital_frequency': 5, 'capital_relation': 'less than'}", "A very BIG thing", PASS },
  { "change_case:capital_word_frequency",
    "{'capital_frequency': 5, 'capital_relation': 'at least'}", "A very BIG thing", FAIL },
  { "change_case:english_capital", "{}",
    "THIS IS WHAT THE TEXT SAYS OF IT, AND NOT MORE THAN THAT.", PASS },
  { "change_case:english_capital", "{}", ENGLISH, FAIL },
  { "change_case:english_capital", "{}", "TOO SHORT", UNKNOWN },
  { "change_case:english_lowercase", "{}",
    "this is what the text says of it, and not more than that.", PASS },
  { "change_case:english_lowercase", "{}", ENGLISH, FAIL },
  { "punctuation:no_comma", "{}", "One and two.", PASS },
  { "punctuation:no_comma", "{}", "One, two.", FAIL },
  { "x:max_chars", "{'n': 4}", " four ", PASS },
  { "x:max_chars", "{'n': 3}", " four ", FAIL },
  { "x:max_chars", "{}", "four", UNKNOWN },
  { "x:max_words", "{'n': 2}", "Two words.", PASS },
  { "x:max_words", "{'n': 1}", "Two words.", FAIL },
  { "x:max_lines", "{'n': 2}", "One\nTwo\n", PASS },
  { "x:max_lines", "{'n': 1}", "One\nTwo\n", FAIL },
  { "x:exact_items", "{'n': 2}", "1. one\n   - nested\n2. two\n", PASS },
  { "x:exact_items", "{'n': 3}", "- one\n- two\n", FAIL },
  { "x:exact_items", "{'n': 2}", "No list.", FAIL },
  { "x:exact_items", "{'n': 2}", "- one\n- two\n\nText\n\n1. one\n2. two\n", UNKNOWN },
  { "x:heading_levels", "{'allowed': [2, 3]}", "## Two\n\n### Three\n", PASS },
  { "x:heading_levels", "{'allowed': [2, 3]}", "# One\n", FAIL },
  { "x:heading_levels", "{}", "# One\n", UNKNOWN },
  { "x:table_columns", "{'n': 2}", "| a | b |\n|---|---|\n| 1 | 2 |\n", PASS },
  { "x:table_columns", "{'n': 3}", "| a | b |\n|---|---|\n| 1 | 2 |\n", FAIL },
  { "x:table_columns", "{'n': 3}", "No table.", FAIL },
  { "x:no_first_person", "{}", "They went to the US.", PASS },
  { "x:no_first_person", "{}", "They gave us time.", FAIL },
  { "x:no_first_person", "{}", "I’ll go.", FAIL },
  { "x:no_contractions", "{}", "It is not the dog's.", PASS },
  { "x:no_contractions", "{}", "They don’t.", FAIL },
  { "x:no_contractions", "{}", "It's here.", FAIL },
  { "x:no_emoji", "{}", "Plain → text © 2024", PASS },
  { "x:no_emoji", "{}", "Good 👍", FAIL },
  { "x:date_format", "{'pattern': '\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d'}",
    "From 2024-01-02 to 2024-02-03.", PASS },
  { "x:date_format", "{'pattern': '\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d'}",
    "From 2024-01-02 to March 3, 2024.", FAIL },
  { "x:date_format", "{'pattern': '\\\\d{4}'}", "No date.", UNKNOWN },
  { "x:number_format", "{'pattern': '\\\\d{1,3}(?:,\\\\d{3})*'}", "It cost 1,250 in all.", PASS },
  { "x:number_format", "{'pattern': '\\\\d{1,3}(?:,\\\\d{3})*'}", "It cost 1250 in all.", FAIL },
  { "x:regex", "{'pattern': '^Dear ', 'must': true}", "Well.\nDear all", PASS },
  { "x:regex", "{'pattern': 'sorry', 'must': false}", "We are sorry.", FAIL },
  { "x:regex", "{'pattern': '('}", "(", UNKNOWN },
  { "x:regex", "{'pattern': '(a+)+$'}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    UNKNOWN },
  { "no:such", "{}", "Text", UNKNOWN },
};

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) args = parse (cases[i].args);
      g_autofree char *evidence = NULL;
      AssayConstraintResult result =
          assay_constraint_check (cases[i].type, assay_json_node_object (args), cases[i].text,
                                  &evidence);

      g_test_message ("%s %s: %s: %s", cases[i].type, cases[i].args,
                      assay_constraint_result_to_string (result), evidence);
      g_assert_cmpstr (evidence, !=, NULL);
      g_assert_cmpint (result, ==, cases[i].result);
    }
}

/* Each has a case that passes and one that fails. */
static void
test_all_types (void)
{
  const char *const *types = assay_constraint_list_types ();
  guint n = 0;

  for (; types[n] != NULL; n++)
    {
      gboolean passes = FALSE;
      gboolean fails = FALSE;

      g_assert_true (assay_constraint_is_known (types[n]));
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        if (g_str_equal (cases[i].type, types[n]))
          {
            passes |= cases[i].result == PASS;
            fails |= cases[i].result == FAIL;
          }
      if (!passes || !fails)
        g_error ("%s is not tried both ways", types[n]);
    }
  /* The rows of appendix A. */
  g_assert_cmpuint (n, ==, 25 + 12);
}

/* Whatever the text: a result, with evidence that is UTF-8. */
static void
test_odd_texts (void)
{
  static const char *const texts[] = { "",       " ",    "\"",   "*", "```",   "\n\n\n",
                                       "‏‎", "👍🏽", "<<>>", "[", "******" };
  const char *const *types = assay_constraint_list_types ();

  for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
    for (guint i = 0; types[i] != NULL; i++)
      {
        g_autofree char *evidence = NULL;

        assay_constraint_check (types[i], NULL, texts[k], &evidence);
        g_assert_cmpstr (evidence, !=, NULL);
        g_assert_true (g_utf8_validate (evidence, -1, NULL));
      }
}

static void
test_languages (void)
{
  static const struct
  {
    const char *language;
    const char *text;
  } samples[] = {
    { "en", ENGLISH },
    { "de", "Das ist der Text, und er sagt nicht mehr als das, was auf der Seite steht." },
    { "fr", "C'est le texte que nous avons dans la main, et il ne dit pas plus que cela." },
    { "es", "Este es el texto que tenemos en la mano, y no dice más que lo que se ve." },
    { "it", "Questo è il testo che abbiamo in mano, e non dice più di quello che si vede." },
    { "pt", "Este é o texto que temos na mão, e não diz mais do que aquilo que se vê." },
    { "fi", "Tämä on se teksti, joka meillä on kädessä, ja se ei sano enempää kuin mitä näkyy." },
    { "vi", "Đây là văn bản của chúng tôi, và nó không nói nhiều hơn những gì đã được viết." },
    { "ru", "Это тот самый текст, и в нём ничего больше нет, кроме того, что мы видим." },
    { "uk", "Це той самий текст, і в ньому немає нічого більше, ніж те, що ми бачимо її очима." },
    { "bg", "Това е същият текст и в него няма нищо повече от това, което виждаме тъкмо сега." },
    { "ar", "هذا هو النص الذي بين أيدينا ولا يقول أكثر مما نراه هنا" },
    { "fa",
      "این متن چیزی بیشتر از آنچه می‌بینیم نمی‌گوید و پایان آن هم همین است" },
    { "ur", "یہ وہ تحریر ہے جو ہمارے ہاتھ میں ہے اور اس سے زیادہ کچھ نہیں کہتی" },
    { "he", "זה הטקסט שבידינו והוא לא אומר יותר ממה שאנחנו רואים כאן" },
    { "hi", "यह वह पाठ है जो हमारे पास है और इससे अधिक कुछ नहीं कहता है" },
    { "bn", "এটি সেই লেখা যা আমাদের হাতে আছে এবং এর বেশি কিছু বলে না" },
    { "ta", "இது நம் கையில் உள்ள உரை, இதற்கு மேல் எதுவும் சொல்லவில்லை" },
    { "th", "นี่คือข้อความที่อยู่ในมือเราและไม่ได้บอกอะไรมากกว่านี้" },
    { "ko", "이것은 우리 손에 있는 글이며 보이는 것보다 더 많은 것을 말하지 않습니다" },
    { "ja", "これは私たちの手元にある文章であり、見えている以上のことは述べていません" },
    { "zh", "这是我们手里的文字，它没有说出比我们看到的更多的东西，仅此而已" },
    { NULL, "Xqz wvk plomf grut zzan kweb trax olpim" },
    { NULL, "12345 67890 !!! ???" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_test_message ("%s", samples[i].text);
      g_assert_cmpstr (assay_language_guess (samples[i].text), ==, samples[i].language);
    }
}

/* The public suite's prompts with one model's responses: each of its instructions is known here and
 * says what it needs. What they come to is printed, one line for each kind. */
static void
count_results (JsonObject *record, const char *response, GHashTable *counts)
{
  JsonArray *types = assay_json_get_array (record, "instruction_id_list");
  JsonArray *args = assay_json_get_array (record, "kwargs");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      const char *type = assay_json_node_string (json_array_get_element (types, i));
      g_autofree char *evidence = NULL;
      AssayConstraintResult result;
      guint *row = g_hash_table_lookup (counts, type);

      g_assert_true (assay_constraint_is_known (type));
      if (row == NULL)
        {
          row = g_new0 (guint, 3);
          g_hash_table_insert (counts, g_strdup (type), row);
        }
      result =
          assay_constraint_check (type, assay_json_node_object (json_array_get_element (args, i)),
                                  response, &evidence);
      row[result]++;
      g_assert_null (strstr (evidence, "does not say its"));
      g_test_message ("%" G_GINT64_FORMAT " %s %s: %s", assay_json_get_int (record, "key", 0), type,
                      assay_constraint_result_to_string (result), evidence);
    }
}

static void
test_public_suite (void)
{
  g_autofree char *folder =
      g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data", "ifeval", NULL);
  g_autofree char *prompts_path = g_build_filename (folder, "input_data.jsonl", NULL);
  g_autofree char *responses_path =
      g_build_filename (folder, "input_response_data_gpt4_20231107_145030.jsonl", NULL);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *prompts = NULL;
  g_autofree char *responses = NULL;
  g_auto (GStrv) prompt_lines = NULL;
  g_auto (GStrv) response_lines = NULL;
  const char *const *types = assay_constraint_list_types ();

  if (!g_file_get_contents (prompts_path, &prompts, NULL, NULL)
      || !g_file_get_contents (responses_path, &responses, NULL, NULL))
    {
      g_test_skip ("../shared/data/ifeval is not there");
      return;
    }
  prompt_lines = g_strsplit (prompts, "\n", -1);
  response_lines = g_strsplit (responses, "\n", -1);
  for (guint i = 0; prompt_lines[i] != NULL && *prompt_lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) record = assay_json_parse (prompt_lines[i], -1, NULL);
      const char *prompt = assay_json_get_string (assay_json_node_object (record), "prompt");

      for (guint k = 0; response_lines[k] != NULL && *response_lines[k] != '\0'; k++)
        {
          g_autoptr (JsonNode) answer = assay_json_parse (response_lines[k], -1, NULL);
          JsonObject *object = assay_json_node_object (answer);

          if (g_str_equal (assay_json_get_string (object, "prompt"), prompt))
            count_results (assay_json_node_object (record),
                           assay_json_get_string (object, "response"), counts);
        }
    }
  g_assert_cmpuint (g_hash_table_size (counts), >, 20);
  g_print ("# %-50s %5s %5s %8s\n", "", "pass", "fail", "unknown");
  for (guint i = 0; types[i] != NULL; i++)
    {
      const guint *row = g_hash_table_lookup (counts, types[i]);

      if (row != NULL)
        g_print ("# %-50s %5u %5u %8u\n", types[i], row[PASS], row[FAIL], row[UNKNOWN]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraint/cases", test_cases);
  g_test_add_func ("/constraint/all-types", test_all_types);
  g_test_add_func ("/constraint/odd-texts", test_odd_texts);
  g_test_add_func ("/constraint/languages", test_languages);
  g_test_add_func ("/constraint/public-suite", test_public_suite);
  return g_test_run ();
}
