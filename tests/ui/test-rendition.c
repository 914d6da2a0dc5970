/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-limits.h"
#include "assay-rendition.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "assay-paragraphs.h"

/* What holds for every rendition: one line is one paragraph of bounded length, parts lie side by
 * side, and exact parts are the source's own characters. */
static void
check_rendition (AssayRendition *rendition)
{
  const char *text = assay_rendition_get_text (rendition);
  const char *source = assay_markdown_get_source (assay_rendition_get_markdown (rendition));
  guint n_characters = 0;
  gsize n_bytes = 0;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint l = 0; l < assay_rendition_get_n_lines (rendition); l++)
    {
      const AssayLine *line = assay_rendition_get_line (rendition, l);

      if (l > 0)
        {
          g_assert_cmpint (text[n_bytes], ==, '\n');
          n_bytes++;
          n_characters++;
        }
      g_assert_cmpuint (line->text_start, ==, n_bytes);
      g_assert_cmpuint (line->start, ==, n_characters);
      g_assert_cmpint (g_utf8_strlen (text + line->text_start, line->text_end - line->text_start),
                       <=, ASSAY_PARAGRAPH_SPLIT_CHARACTERS + 16);
      for (gsize i = line->text_start; i < line->text_end; i++)
        g_assert_true (text[i] != '\n' && text[i] != '\r');

      for (guint p = line->first_part; p < line->first_part + line->n_parts; p++)
        {
          const AssayPart *part = assay_rendition_get_part (rendition, p);
          gsize length =
              g_utf8_offset_to_pointer (text + n_bytes, part->n_characters) - (text + n_bytes);

          g_assert_cmpuint (part->start, ==, n_characters);
          if (part->kind == ASSAY_PART_EXACT)
            g_assert_cmpmem (text + n_bytes, length, source + part->source_start,
                             part->source_end - part->source_start);
          n_characters += part->n_characters;
          n_bytes += length;
        }
      g_assert_cmpuint (line->text_end, ==, n_bytes);
    }
  g_assert_cmpuint (n_bytes, ==, strlen (text));
  g_assert_cmpuint (n_characters, ==, assay_rendition_get_n_characters (rendition));
}

static AssayRendition *
render (const char *source)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (source, -1);
  AssayRendition *rendition = assay_rendition_new (markdown, 0);

  check_rendition (rendition);
  return rendition;
}

static AssayRendition *
render_source (const char *source)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_plain (source, -1);
  AssayRendition *rendition = assay_rendition_new (markdown, 0);

  check_rendition (rendition);
  return rendition;
}

static void
check_text (const char *source, const char *expected)
{
  g_autoptr (AssayRendition) rendition = render (source);

  g_assert_cmpstr (assay_rendition_get_text (rendition), ==, expected);
}

static void
test_text (void)
{
  check_text ("", "");
  check_text ("a **b** `c`", "a b c");
  check_text ("# a\n\nb\nc", "a\nb\nc");
  check_text ("- a\n  - b\n- c", "•\ta\n◦\tb\n•\tc");
  check_text ("1. a\n2. b\n\n   c", "1.\ta\n2.\tb\nc");
  check_text ("- > a", "•\t\ta");
  check_text ("- [x] a\n- [ ] b", "☑\ta\n☐\tb");
  check_text ("1. ```\n   x\n   ```", "1.\t\nx");
  check_text ("a\n\n---\n\nb", "a\n\nb");
  check_text ("|a|\n|-|\n|b|\n\nc", "\uFFFC\nc");
  check_text ("x <script>alert(1)</script> &amp;", "x <script>alert(1)</script> &");
  check_text ("![a cat](http://h.example/x.png)", "Image: a cat (h.example)");
  check_text ("a\u202Eb", "a\u2068\u2009U+202E RLO\u2009\u2069b");
}

static void
test_deception (void)
{
  check_text ("[www.bank.com](http://evil.example/)",
              "www.bank.com\u2009\u2068\u2009leads to evil.example\u2009\u2069");
  check_text ("[www.bank.com](http://bank.com/x) [here](http://a.b)", "www.bank.com here");
}

static void
test_direction (void)
{
  g_autoptr (AssayRendition) persian =
      render ("سلام دنیا\n\nhello\n\n123\n\n\u200Fسلام\n\n```\n}\n```");
  g_autoptr (AssayRendition) english = render ("hello\n\nسلام\n\n123");

  g_assert_cmpint (assay_rendition_get_direction (persian), ==, -1);
  g_assert_cmpint (assay_rendition_get_line (persian, 0)->direction, ==, -1);
  g_assert_cmpint (assay_rendition_get_line (persian, 1)->direction, ==, 1);
  g_assert_cmpint (assay_rendition_get_line (persian, 2)->direction, ==, -1);
  g_assert_cmpint (assay_rendition_get_line (persian, 3)->direction, ==, -1);
  g_assert_cmpint (assay_rendition_get_line (persian, 4)->direction, ==, 1);
  /* Where the first strong character is a label's or a neighbour's, a mark decides. */
  g_assert_true (
      g_str_has_suffix (assay_rendition_get_text (persian),
                        "hello\n\u200F123\n\u200F\u2068\u2009U+200F RLM\u2009\u2069سلام\n\u200E}"));
  g_assert_cmpint (assay_rendition_get_direction (english), ==, 1);
  g_assert_cmpint (assay_rendition_get_line (english, 1)->direction, ==, -1);
  g_assert_cmpint (assay_rendition_get_line (english, 2)->direction, ==, 1);
}

static void
check_map (const char *source, const char *shown, const char *expected)
{
  g_autoptr (AssayRendition) rendition = render (source);
  const char *text = assay_rendition_get_text (rendition);
  const char *place = strstr (text, shown);
  gsize start, end;
  guint from;

  g_assert_nonnull (place);
  from = g_utf8_strlen (text, place - text);
  if (expected == NULL)
    {
      g_assert_false (assay_rendition_map_to_source (
          rendition, from, from + g_utf8_strlen (shown, -1), &start, &end));
      return;
    }
  g_assert_true (assay_rendition_map_to_source (rendition, from, from + g_utf8_strlen (shown, -1),
                                                &start, &end));
  g_assert_cmpmem (source + start, end - start, expected, strlen (expected));
}

static void
test_map (void)
{
  check_map ("plain text", "ain te", "ain te");
  check_map ("a **bold** c", "bold", "bold");
  check_map ("a **bold** c", "a bo", "a **bo");
  check_map ("a **bold** c", "ld c", "ld** c");
  check_map ("x &amp; y", "&", "&amp;");
  check_map ("😀 **é** ü", "é ü", "é** ü");
  check_map ("- one\n- two", "one\n•\ttwo", "one\n- two");
  check_map ("- one", "•", NULL);
  check_map ("a\u202Eb", "U+202E", "\u202E");
  check_map ("> ```\n> x = 1\n> y = 2\n> ```", "x = 1\ny", "x = 1\n> y");
  check_map ("|a|\n|-|\n|b|\n\nc", "\uFFFC", "|a|\n|-|\n|b|");
}

static gboolean
skip_without_font (void)
{
  if (assay_math_font_get_default () != NULL)
    return FALSE;
  g_test_skip ("no font with a MATH table is installed");
  return TRUE;
}

static void
check_copy (const char *source, const char *expected)
{
  g_autoptr (AssayRendition) rendition = render (source);
  g_autofree char *copy =
      assay_rendition_dup_text (rendition, 0, assay_rendition_get_n_characters (rendition));

  g_assert_cmpstr (copy, ==, expected);
}

static void
test_copy (void)
{
  g_autofree char *line = g_strnfill (10000, 'x');

  check_copy ("a **b**\n\nc", "a b\nc");
  check_copy ("1. a\n- b", "1. a\n• b");
  check_copy ("a\u202Eb", "a\u202Eb");
  check_copy ("|a|b|\n|-|-|\n|c|d|", "|a|b|\n|-|-|\n|c|d|");
  /* Shown in pieces, copied in one. */
  check_copy (line, line);
}

static void
check_formula (const char *source, const char *shown)
{
  check_text (source, shown);
  check_copy (source, source);
}

/* One character of the shown text, which maps to its source and is copied as that. */
static void
test_formulas (void)
{
  if (skip_without_font ())
    return;
  check_formula ("a $x^2$ b", "a \uFFFC b");
  check_formula ("\\(a_1\\) b", "\uFFFC b");
  check_formula ("$a$ and $b$", "\uFFFC and \uFFFC");
  check_formula ("\\(a\\) \\(b\\)", "\uFFFC \uFFFC");
  check_formula ("costs $5 or $10", "costs $5 or $10");
  check_formula ("It costs $5 or $10. So $\\frac{n}{2}$ it is.",
                 "It costs $5 or $10. So \uFFFC it is.");
  check_map ("a \\(x_1\\) b", "\uFFFC", "\\(x_1\\)");
  check_map ("a \\(x_1\\) b", "a \uFFFC", "a \\(x_1\\)");
  check_map ("**$x$** &amp; $y$", "& \uFFFC", "&amp; $y$");
  check_map ("> $$a\n> b$$", "\uFFFC", "$$a\n> b$$");

  /* Displayed ones have a line of their own, where the source has none. */
  check_text ("so $$x=1$$ holds", "so \n\uFFFC \nholds");
  check_copy ("so $$x=1$$ holds", "so $$x=1$$ holds");
  check_text ("so\n$$x=1,$$\nwhere", "so\n\uFFFC\nwhere");
  check_text ("so \\[x=1\\], where", "so \n\uFFFC, \nwhere");
  check_copy ("so \\[x=1\\], where", "so \\[x=1\\], where");
  check_text ("- $$x$$", "•\t\uFFFC");

  /* A long one has places to break. */
  check_copy ("$a_1x_1+a_2x_2+a_3x_3+a_4x_4+a_5x_5=b_1+b_2+b_3$",
              "$a_1x_1+a_2x_2+a_3x_3+a_4x_4+a_5x_5=b_1+b_2+b_3$");
}

/* What cannot be typeset is shown as it stands, and what stands in the way is named. */
static void
test_formula_sources (void)
{
  if (skip_without_font ())
    return;
  check_text ("a $\\foo{x}$ b", "a $\\foo{x}$\u2009\u2068\u2009\\foo is not known\u2009\u2069 b");
  check_text ("\\(\\frac{1}{x\\)",
              "\\(\\frac{1}{x\\)\u2009\u2068\u2009cannot be typeset\u2009\u2069");
  check_map ("a $\\foo{x}$ b", "\\foo{", "\\foo{");
  check_copy ("a $\\foo{x}$ b", "a $\\foo{x}$ b");
}

static void
test_formula_limit (void)
{
  if (skip_without_font ())
    return;
  for (int d = -1; d <= 1; d++)
    {
      GString *source = g_string_new (NULL);
      g_autoptr (AssayRendition) rendition = NULL;
      g_autofree char *text = NULL;
      g_autofree char *notice = NULL;

      for (int i = 0; i < ASSAY_LIMIT_DOCUMENT_FORMULAS + d; i++)
        g_string_append (source, "$x$ ");
      text = g_string_free_and_steal (source);
      rendition = render (text);
      notice = assay_rendition_dup_notice (rendition);
      g_assert_cmpuint (assay_rendition_get_n_formulas (rendition), ==,
                        MIN (ASSAY_LIMIT_DOCUMENT_FORMULAS + d, ASSAY_LIMIT_DOCUMENT_FORMULAS));
      g_assert_cmpint (notice != NULL && strstr (notice, "Formulas after the first") != NULL, ==,
                       d > 0);
    }
}

static void
test_source (void)
{
  static const char *const sources[] = {
    "", "# a\n\n*b* [c](d)\n", "\n\n\na", "a\u202Eb\u200B", "\t\ta", "שלום\nabc\n123\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (AssayRendition) rendition = render_source (sources[i]);
      g_autofree char *copy =
          assay_rendition_dup_text (rendition, 0, assay_rendition_get_n_characters (rendition));
      g_autofree char *expected = g_strdup (sources[i]);

      if (g_str_has_suffix (expected, "\n"))
        expected[strlen (expected) - 1] = '\0';
      g_assert_cmpstr (copy, ==, expected);
    }
}

static void
test_words (void)
{
  g_autoptr (AssayRendition) rendition = render (
      "# One two\n\n1. three [four](http://example.org/a/b)\n\n|five|six|\n|-|-|\n|seven|8|");
  g_autoptr (AssayRendition) prose = render ("One *two*. Three?\n\nFour é");
  const AssayTextCounts *counts = assay_rendition_get_counts (rendition);

  g_assert_cmpuint (counts->n_words, ==, 8);
  counts = assay_rendition_get_counts (prose);
  g_assert_cmpuint (counts->n_words, ==, 5);
  g_assert_cmpuint (counts->n_sentences, ==, 3);
  g_assert_cmpuint (counts->n_characters, ==, strlen ("One two. Three?") + strlen ("Four e"));
}

static void
test_notice (void)
{
  g_autoptr (AssayRendition) plain = render ("nothing");
  g_autoptr (AssayRendition) marked = render ("a\u202Eb\u202C\u200B");
  g_autofree char *none = assay_rendition_dup_notice (plain);
  g_autofree char *notice = assay_rendition_dup_notice (marked);

  g_assert_null (none);
  g_assert_cmpstr (notice, ==, "Contains 2 direction marks, 1 invisible character");
}

static void
test_tables (void)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GString) cell = g_string_new ("|a|\n|-|\n|");
  g_autoptr (AssayRendition) as_text = NULL;
  g_autoptr (AssayRendition) long_cell = NULL;

  for (guint row = 0; row < 3; row++)
    {
      for (guint i = 0; i < 30; i++)
        g_string_append (wide, row == 1 ? "|-" : "|a");
      g_string_append (wide, "|\n");
    }
  as_text = render (wide->str);
  g_assert_false (assay_rendition_line_is_table (as_text, assay_rendition_get_line (as_text, 0)));
  g_assert_true (g_str_has_prefix (assay_rendition_get_text (as_text), "|a|a|a|"));

  for (guint i = 0; i < 1000; i++)
    g_string_append (cell, "word ");
  g_string_append (cell, "|\n");
  long_cell = render (cell->str);
  g_assert_false (
      assay_rendition_line_is_table (long_cell, assay_rendition_get_line (long_cell, 0)));
}

static void
test_hostile (void)
{
  static const char *const units[] = {
    "x=1;",   " ",      "\t",      "\n",           "\r",
    "\r\n",   "\u2028", "a\u0301", "\u202E\u202D", "> ",
    "- ",     "|a",     "|\n",     "བོད",           "👩‍👩‍👧‍👦",
    "[a](b)", "![](c)", "```\n",   "`a",           "*a_",
    "<b>",    "$a$ ",   "\\(x\\)", "سلام a ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (AssayRendition) rendered = NULL;
      g_autoptr (AssayRendition) source = NULL;

      for (guint j = 0; j < 20000; j++)
        g_string_append (text, units[i]);
      rendered = render (text->str);
      source = render_source (text->str);
    }
}

/* Every example of the specification and every string that is known to break programs. */
static void
test_published (gconstpointer user_data)
{
  const char *source_dir = g_getenv ("ASSAY_SOURCE_DIR");
  g_autofree char *path =
      g_build_filename (source_dir ? source_dir : ".", "..", "shared", "data", user_data, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("The sample data is not here");
      return;
    }
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text =
          JSON_NODE_HOLDS_OBJECT (node)
              ? json_object_get_string_member (json_node_get_object (node), "markdown")
              : json_node_get_string (node);
      g_autoptr (AssayRendition) rendered = render (text);
      g_autoptr (AssayRendition) source = render_source (text);
    }
}

/* Beyond what is laid out quickly as a widget, a table is its source. */
static gboolean
is_shown_as_table (guint n_columns, guint n_rows)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AssayMarkdown) markdown = NULL;
  g_autoptr (AssayRendition) rendition = NULL;

  for (guint row = 0; row < n_rows + 1; row++)
    {
      for (guint column = 0; column < n_columns; column++)
        g_string_append (text, row == 1 ? "|-" : "|a");
      g_string_append (text, "|\n");
    }
  markdown = assay_markdown_parse (text->str, -1);
  rendition = assay_rendition_new (markdown, 0);
  return assay_rendition_line_is_table (rendition, assay_rendition_get_line (rendition, 0));
}

static void
test_table_limits (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_assert_cmpint (is_shown_as_table (ASSAY_LIMIT_TABLE_SOFT_COLUMNS + delta, 2), ==,
                       delta <= 0);
      g_assert_cmpint (is_shown_as_table (1, ASSAY_LIMIT_TABLE_SOFT_ROWS + delta), ==, delta <= 0);
    }
}

static char *
make_code (gsize n_bytes)
{
  g_autoptr (GString) text = g_string_new ("```c\n");
  gsize start = text->len;

  for (gsize i = 1; i <= n_bytes; i++)
    g_string_append_c (text, i % 80 == 0 && i < n_bytes ? '\n' : 'a');
  g_assert_cmpuint (text->len - start, ==, n_bytes);
  g_string_append (text, "\n```");
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
make_repeated (const char *unit, gsize n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (*unit == '\0')
    return make_code (n);
  for (gsize i = 0; i < n; i++)
    g_string_append (text, unit);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* A soft limit says how large the text is, another one what it changed; each from the first thing
 * beyond it. */
static void
test_limit_notices (void)
{
  static const struct
  {
    const char *unit; /* "" for a byte of a code block */
    gsize limit;
    const char *clause; /* of the notice, one beyond the limit */
  } cases[] = {
    { "x", ASSAY_LIMIT_DOCUMENT_SOFT_BYTES, "Unusually large: 256.0\u00A0KiB of text" },
    { "a\n\n", ASSAY_LIMIT_DOCUMENT_SOFT_BLOCKS, "Unusually large: 2001 blocks" },
    { "a\n\n", ASSAY_LIMIT_DOCUMENT_BLOCKS, "Too many blocks to be laid out: the source is shown" },
    { "> ", ASSAY_LIMIT_DOCUMENT_SOFT_DEPTH_LEVELS, "Unusually large: 17 levels deep" },
    { "> ", ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS,
      "What is nested deeper than 32 levels is shown at that level" },
    { "[a](b) ", ASSAY_LIMIT_DOCUMENT_SOFT_LINKS, "Unusually large: 501 links" },
    { "[a](b) ", ASSAY_LIMIT_DOCUMENT_LINKS, "Links after the first 5000 are shown as text" },
    { "![a](b) ", ASSAY_LIMIT_DOCUMENT_SOFT_IMAGES, "Unusually large: 51 images" },
    { "![a](b) ", ASSAY_LIMIT_DOCUMENT_IMAGES, "Images after the first 500 are shown as text" },
    { "|a|\n|-|\n\n", ASSAY_LIMIT_CHILD_SOFT_WIDGETS, "Unusually large: 51 tables" },
    { "|a|\n|-|\n\n", ASSAY_LIMIT_CHILD_WIDGETS, "1 large table is shown as text" },
    { "", ASSAY_LIMIT_HIGHLIGHT_SOFT_BYTES, "1 long piece of code" },
    { "", ASSAY_LIMIT_HIGHLIGHT_BYTES, "1 long piece of code is shown without colours" },
    { "x", ASSAY_LIMIT_DOCUMENT_BYTES, "Longer than 8 MiB: the source is shown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int delta = -1; delta <= 1; delta++)
      {
        g_autofree char *text = make_repeated (cases[i].unit, cases[i].limit + delta);
        g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
        g_autoptr (AssayRendition) rendition = assay_rendition_new (markdown, 0);
        g_autofree char *notice = assay_rendition_dup_notice (rendition);

        g_test_message ("%s × %zu: %s", cases[i].unit, cases[i].limit + delta, notice);
        g_assert_cmpint (notice != NULL && strstr (notice, cases[i].clause) != NULL, ==, delta > 0);
      }
}

/* One long line is enough to leave the colours out. */
static void
test_code_line_limit (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *line = g_strnfill (ASSAY_LIMIT_HIGHLIGHT_LINE_BYTES + delta, 'a');
      g_autofree char *text = g_strdup_printf ("```c\nint a;\n%s\n```", line);
      g_autoptr (AssayMarkdown) markdown = assay_markdown_parse (text, -1);
      g_autoptr (AssayRendition) rendition = assay_rendition_new (markdown, 0);

      g_assert_true (assay_rendition_code_has_colors (rendition, 0, 0));
      g_assert_cmpint (assay_rendition_code_has_colors (rendition, 0, 1), ==, delta <= 0);
    }
}

/* Whoever looks at the source sees all of it as it is. */
static void
test_source_notice (void)
{
  g_autofree char *text = make_repeated ("[a](b) ", ASSAY_LIMIT_DOCUMENT_LINKS + 1);
  g_autoptr (AssayMarkdown) markdown = assay_markdown_plain (text, -1);
  g_autoptr (AssayRendition) rendition = assay_rendition_new (markdown, 0);
  g_autofree char *notice = assay_rendition_dup_notice (rendition);

  g_assert_null (notice);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ui/rendition/text", test_text);
  g_test_add_func ("/ui/rendition/deception", test_deception);
  g_test_add_func ("/ui/rendition/direction", test_direction);
  g_test_add_func ("/ui/rendition/map", test_map);
  g_test_add_func ("/ui/rendition/copy", test_copy);
  g_test_add_func ("/ui/rendition/formulas", test_formulas);
  g_test_add_func ("/ui/rendition/formula-sources", test_formula_sources);
  g_test_add_func ("/ui/rendition/formula-limit", test_formula_limit);
  g_test_add_func ("/ui/rendition/source", test_source);
  g_test_add_func ("/ui/rendition/words", test_words);
  g_test_add_func ("/ui/rendition/notice", test_notice);
  g_test_add_func ("/ui/rendition/tables", test_tables);
  g_test_add_func ("/ui/rendition/table-limits", test_table_limits);
  g_test_add_func ("/ui/rendition/limit-notices", test_limit_notices);
  g_test_add_func ("/ui/rendition/code-line-limit", test_code_line_limit);
  g_test_add_func ("/ui/rendition/source-notice", test_source_notice);
  g_test_add_func ("/ui/rendition/hostile", test_hostile);
  g_test_add_data_func ("/ui/rendition/commonmark", "markdown-conformance/commonmark.0.31.2.json",
                        test_published);
  g_test_add_data_func ("/ui/rendition/naughty",
                        "text-and-parser-torture/naughty-strings/blns.json", test_published);

  return g_test_run ();
}
