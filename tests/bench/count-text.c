/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs one operation over a fixed text, so that Callgrind can count what it executes:
 *
 *   count-text OPERATION    parse, classify, align, diff or formulas
 *   count-text versions     of the libraries that are counted along, as one JSON line
 *
 * Only what happens in run_counted () is to be counted (--toggle-collect). The operation runs once
 * before that: types, tables and caches are made then. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gnu/libc-version.h>
#include <hb.h>
#include <pango/pango.h>
#include <string.h>

#include "assay-alignment.h"
#include "assay-differences.h"
#include "assay-markdown.h"
#include "assay-math-layout.h"
#include "assay-paragraphs.h"
#include "assay-words.h"

#define TEXT_BYTES 20000
#define SENTENCE_WORDS 24

/* %s is a sentence, which differs from place to place. */
static const char *const blocks[] = {
  "## What the answer says",
  "%s See [the source](https://example.org/budget \"Budget\") and `total (items)`. %s %s",
  "- **Lentils** and *rice* keep for a year\n- %s\n  1. soak them\n  2. %s\n- [x] bought",
  "| Item | Price | Keeps |\n|:---|---:|:---:|\n| Lentils | 2.40 | **a year** |\n"
  "| Rice \\| oats | 1.90 | `long` |\n| Eggs &amp; milk | 5.10 | a week |",
  "```python\ndef total(items):\n    return sum(item.price for item in items)  # all of them\n\n"
  "print(total(load(\"shop.csv\")))\n```",
  "The mean is $\\frac{1}{n}\\sum_{i=1}^{n} x_i$, and \\(e^{i\\pi} + 1 = 0\\). It costs $5 to $10.\n\n"
  "\\[ \\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2} \\]",
  "> %s\n>\n> > %s\n\n---",
  "### 预算与菜单\n\n一周的预算是三百元，其中米和豆类占一半。蔬菜每隔两天买一次，因为它们不能久放。"
  "鸡蛋和牛奶要放在冰箱里；ラーメンも買います。김치는 냉장고에 보관합니다.",
  "الميزانية الأسبوعية ثلاثمئة، نصفها للأرز والعدس. تُشترى الخضار كل يومين (Rice 1.90) لأنها لا تدوم طويلا.",
  "Ready 👍🏽 for the family 👨‍👩‍👧‍👦 in 🇫🇷: cafe\xcc\x81, naïve ~~dear~~ and <b>cheap</b>. %s\nA second line.",
  "Its checksum is 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, as was said. %s",
};

static const char *const words[] = {
  "the",     "answer", "keeps",  "to",  "what",    "was",     "asked",     "and",
  "gives",   "a",      "reason", "for", "each",    "step",    "so",        "that",
  "readers", "can",    "follow", "it",  "without", "looking", "anything",  "up",
  "while",   "the",    "other",  "one", "leaves",  "two",     "questions", "open",
};

static const char *const formulas[] = {
  "x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}",
  "\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}",
  "\\left( \\begin{matrix} a & b \\\\ c & d \\end{matrix} \\right)^{-1}",
  "\\hat{f}(\\xi) = \\int_{-\\infty}^{\\infty} f(x) e^{-2\\pi i x \\xi}\\,dx",
  "f(x) = \\begin{cases} x & \\text{if } x \\ge 0 \\\\ -x & \\text{otherwise} \\end{cases}",
};

typedef struct
{
  char *source;
  char *other_source;
  AssayMarkdown *markdown;
  AssayMarkdown *other;
  AssayUnits units[2];
  guint n_ids;
  gboolean *is_word;
  AssayMathFont *font;
} Input;

typedef struct
{
  const char *name;
  void (*run) (const Input *input);
} Operation;

typedef struct
{
  const Operation *operation;
  const Input *input;
} Job;

static void
add_sentence (GString *text, guint number, guint variant)
{
  /* Some of another text's sentences are the same, most of them nearly so. */
  guint changed = variant == 0 || number % 3 == 0 ? G_MAXUINT : number % SENTENCE_WORDS;

  for (guint i = 0; i < SENTENCE_WORDS; i++)
    {
      const char *word = i == changed
                             ? "instead"
                             : words[(number * 7 + i * (number % 5 + 1)) % G_N_ELEMENTS (words)];

      if (i == 0)
        g_string_append_printf (text, "%c%s", g_ascii_toupper (word[0]), word + 1);
      else
        g_string_append_printf (text, " %s", word);
    }
  g_string_append_c (text, '.');
}

/* The second text of a pair leaves blocks out and has some in another order. */
static char *
make_text (guint variant)
{
  g_autoptr (GString) text = g_string_new ("# A week's budget\n\n");
  guint n_sentences = 0;

  for (guint n = 0; text->len < TEXT_BYTES; n++)
    {
      guint place = variant != 0 && n % 8 >= 6 ? n ^ 1 : n;
      g_auto (GStrv) parts = g_strsplit (blocks[place % G_N_ELEMENTS (blocks)], "%s", -1);

      if (variant != 0 && n % 13 == 12)
        continue;
      n_sentences = place * 4;
      for (guint i = 0; parts[i] != NULL; i++)
        {
          if (i > 0)
            add_sentence (text, n_sentences++, variant);
          g_string_append (text, parts[i]);
        }
      g_string_append (text, "\n\n");
    }
  /* A paragraph that is split. */
  for (guint i = 0; i < 40; i++)
    add_sentence (text, i, variant);
  g_string_append_c (text, '\n');
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The sentences of each line, and a number for each spelling. */
static void
make_units (const char *text, AssayUnits *units, GHashTable *ids, GArray *is_word)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AssayToken));
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint *numbers;

  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      guint first = tokens->len;

      assay_tokens_append (line, length, line - text, tokens);
      for (guint t = first; t < tokens->len; t++)
        if (t == first || g_array_index (tokens, AssayToken, t).begins_sentence)
          g_array_append_val (starts, t);
      line += length + (line[length] != '\0');
    }
  units->n_units = starts->len;
  g_array_append_val (starts, tokens->len);
  numbers = g_new (guint, tokens->len + 1);
  for (guint t = 0; t < tokens->len; t++)
    {
      const AssayToken *token = &g_array_index (tokens, AssayToken, t);
      char *spelling = g_strndup (text + token->start, token->end - token->start);
      gboolean word = token->is_word;
      gpointer id;

      if (!g_hash_table_lookup_extended (ids, spelling, NULL, &id))
        {
          id = GUINT_TO_POINTER (is_word->len);
          g_array_append_val (is_word, word);
          g_hash_table_insert (ids, g_steal_pointer (&spelling), id);
        }
      numbers[t] = GPOINTER_TO_UINT (id);
      g_free (spelling);
    }
  units->ids = numbers;
  units->starts = (const guint *) g_array_free (starts, FALSE);
}

static void
input_init (Input *input)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *is_word = g_array_new (FALSE, FALSE, sizeof (gboolean));

  input->source = make_text (0);
  input->other_source = make_text (1);
  input->markdown = assay_markdown_parse (input->source, -1);
  input->other = assay_markdown_parse (input->other_source, -1);
  make_units (input->source, &input->units[0], ids, is_word);
  make_units (input->other_source, &input->units[1], ids, is_word);
  input->n_ids = is_word->len;
  input->is_word = (gboolean *) g_array_free (is_word, FALSE);
  input->font = assay_math_font_get_default ();
  if (input->font == NULL)
    g_error ("no font with a MATH table is installed");
}

static void
input_clear (Input *input)
{
  g_free (input->source);
  g_free (input->other_source);
  g_clear_pointer (&input->markdown, assay_markdown_unref);
  g_clear_pointer (&input->other, assay_markdown_unref);
  for (guint s = 0; s < 2; s++)
    {
      g_free ((gpointer) input->units[s].ids);
      g_free ((gpointer) input->units[s].starts);
    }
  g_free (input->is_word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

static void
parse (const Input *input)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (input->source, -1);

  g_assert_cmpuint (assay_markdown_get_n_blocks (markdown), >, 0);
}

static void
classify (const Input *input)
{
  for (const char *line = input->source; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");
      g_autoptr (GArray) pieces = assay_paragraph_classify (line, length);

      line += length + (line[length] != '\0');
    }
}

static void
align (const Input *input)
{
  g_autoptr (GArray) moved = NULL;
  g_autoptr (GArray) pairs =
      assay_units_align (&input->units[0], &input->units[1], input->n_ids, input->is_word, &moved);

  g_assert_cmpuint (pairs->len, >, 0);
}

static void
diff (const Input *input)
{
  g_autoptr (AssayComparison) comparison = assay_comparison_new (input->markdown, input->other);
  AssaySide side = ASSAY_SIDE_A;
  g_autoptr (AssayDifferences) differences = assay_differences_new (&comparison, &side, 1);
  guint n_places;

  assay_differences_get_places (differences, &n_places);
  g_assert_cmpuint (n_places, >, 0);
}

static void
lay_out_formulas (const Input *input)
{
  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AssayMathFormula) formula = assay_math_parse (formulas[i], -1, &error);
      g_autoptr (AssayMathLayout) layout = NULL;

      g_assert_no_error (error);
      layout = assay_math_layout_new (formula, input->font, i % 2 == 0, &error);
      g_assert_no_error (error);
    }
}

static G_NO_INLINE void
run_counted (const Job *job)
{
  job->operation->run (job->input);
  /* What stands last could become a jump, which leaves the function. */
  asm volatile ("" ::: "memory");
}

static gpointer
run_thread (gpointer user_data)
{
  const Job *job = user_data;

  job->operation->run (job->input);
  run_counted (job);
  return NULL;
}

static void
print_versions (void)
{
  g_print ("{\"libc\":\"%s\",\"glib\":\"%u.%u.%u\",\"pango\":\"%s\",\"harfbuzz\":\"%s\","
           "\"compiler\":\"%s\"}\n",
           gnu_get_libc_version (), glib_major_version, glib_minor_version, glib_micro_version,
           pango_version_string (), hb_version_string (), __VERSION__);
}

static const Operation operations[] = {
  { "parse", parse }, { "classify", classify },         { "align", align },
  { "diff", diff },   { "formulas", lay_out_formulas },
};

static const Operation *
find_operation (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (name, operations[i].name))
      return &operations[i];
  return NULL;
}

int
main (int argc, char *argv[])
{
  g_auto (Input) input = { 0 };
  const char *name = argc == 2 ? argv[1] : "";
  Job job = { find_operation (name), &input };

  if (g_str_equal (name, "versions"))
    {
      print_versions ();
      return 0;
    }
  if (job.operation == NULL)
    {
      g_printerr ("usage: count-text parse|classify|align|diff|formulas|versions\n");
      return 2;
    }
  input_init (&input);
  /* In a thread, which has a heap of its own: fontconfig leaves another one behind each time. */
  g_thread_join (g_thread_new ("counted", run_thread, &job));
  return 0;
}
