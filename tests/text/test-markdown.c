/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown.h"

#include <string.h>

#include "assay-limits.h"
#include "markdown-checks.h"

typedef struct
{
  const char *source;
  const char *expected;
} Case;

static void
check_cases (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AssayMarkdown) document = assay_markdown_parse (cases[i].source, -1);
      g_autofree char *dump = dump_document (document);

      check_document (document);
      g_assert_cmpstr (dump, ==, cases[i].expected);
    }
}

static void
test_inline (void)
{
  static const Case cases[] = {
    { "", "" },
    { "\n\n \n", "" },
    { "a", "P[0-1] a\n" },
    { "*a* **b** ~~c~~ `d`", "P[0-19] {e:a} {s:b} {-:c} {c:d}\n" },
    { "***a** b*", "P[0-9] {es:a}{e: b}\n" },
    { "\\*a\\* &lt;b&gt; &nosuch; &#x41;&#0;",
      "P[0-35] *a* {@6-10:<}b{@11-15:>} &nosuch; {@25-31:A}{@31-35:\uFFFD}\n" },
    { "[t](http://h/?a=1&amp;b=2 'x')", "P[0-30] {l:t→http://h/?a=1&b=2}\n" },
    { "[t][r]\n\n[r]: http://h", "P[0-6] {l:t→http://h}\n" },
    { "![alt](i.png) ![](j.png)", "P[0-24] {i:alt→i.png} {i@14-14:→j.png}\n" },
    { "see www.a.org, <https://b.org> and c@d.org",
      "P[0-42] see {l:www.a.org→http://www.a.org}, {l:https://b.org→https://b.org} and "
      "{l:c@d.org→mailto:c@d.org}\n" },
    /* A closing mark at the beginning of a line is a mark, and not text. */
    { "``\nb\n``x\ny", "P[3-10] {c:b}x\\ny\n" },
    { "\\(\nb\n\\)# x", "P[0-10] {m:\\(\\nb\\n\\)}# x\n" },
    { "\\\\`e` \\`f`", "P[0-10] \\{c:e} `f`\n" },
    { "one\ntwo  \nthree\\\nfour\r\nfive",
      "P[0-27] one\\ntwo{@7-10:\\n}three{@15-17:\\n}four{@21-23:\\n}five\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_blocks (void)
{
  static const Case cases[] = {
    { "# A\n\nB\n=\n\n#\n", "H1[0-3] A\nH1[5-8] B\nH1[10-11]\n" },
    { "a\n\n---\n\n***\nb", "P[0-1] a\nR[3-6]\nR[8-11]\nP[12-13] b\n" },
    { "```c x\nint a;\n\n  b\n```\nt", "C(c)[0-22] int a;\\n\\n  b\nP[23-24] t\n" },
    { "~~~\n~~~\n\n    x\n     y", "C[0-7]\nC[9-21] x\\n y\n" },
    { "> ```\n> a\n> b\n> ```", "> C[0-19] a\\nb\n" },
    { "> a\n> b\n>\n> > c", "> P[0-7] a{@3-6:\\n}b\n|> P[10-15] c\n" },
    { "- a\n- b\n  1. c\n  2. d\n-", "* P[0-3] a\n* P[4-7] b\n.1. P[8-14] c\n.2. P[15-21] d\n"
                                     "* P[22-23]\n" },
    { "0. a\n\n   b\n1. c", "0.~ P[0-4] a\n.~ P[6-10] b\n1.~ P[11-15] c\n" },
    { "- [ ] a\n- [x] b\n- [X] c", "o P[0-7] a\nx P[8-15] b\nx P[16-23] c\n" },
    { "- > a\n  >\n  > b", "*> P[0-5] a\n.| P[10-15] b\n" },
    { "|a|b|c|\n|:-|:-:|-:|\n|1|**2**|\n|`x`|y\\|z||",
      "T[0-41] <a & =b & >c // 1 & {s:2} &  // {c:x} & y|z &\n" },
    { "a | b\n-|-\n", "T[0-9] <a & <b\n" },
    /* What stands behind a block is no part of it, however much it looks like its end. */
    { "|\n-|\nx\n     y", "T[0-6] < // x\nC[7-13]  y\n" },
    { "- ```\n` ````", "* C[0-5]\nP[6-12] ` ````\n" },
    { " - >```\n  >```\nx", "*> C[0-7]\n> C[8-14]\nP[15-16] x\n" },
    { "- ```\n-       ```", "* C[0-5]\n* C[6-17]   ```\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Lines of keys between two borders at the very beginning, and nothing else that looks like it. */
static void
test_front_matter (void)
{
  static const Case cases[] = {
    { "---\ntitle: A\ntags:\n- b\n  c\n# d\n---\n\n# E",
      "C(yaml)[0-34] ---\\ntitle: A\\ntags:\\n- b\\n  c\\n# d\\n---\nH1[36-39] E\n" },
    { "---\r\na-b: c\r\n...  \r\nx", "C(yaml)[0-18] ---\r\\na-b: c\r\\n...\nP[20-21] x\n" },
    { "---\na: b\n---", "C(yaml)[0-12] ---\\na: b\\n---\n" },
    { "---\n---\na", "R[0-3]\nR[4-7]\nP[8-9] a\n" },
    { "---\na: b", "R[0-3]\nP[4-8] a: b\n" },
    { "---\n**a**: b\n---", "R[0-3]\nH2[4-16] {s:a}: b\n" },
    { "---\na: b\n\nc\n---", "R[0-3]\nP[4-8] a: b\nH2[10-15] c\n" },
    { "\n---\na: b\n---", "R[1-4]\nH2[5-13] a: b\n" },
    { "---\nhttps://h\n---", "R[0-3]\nH2[4-17] https://h\n" },
  };
  g_autofree char *beginning = assay_markdown_make_beginning ("---\na: b\n---\n\n# C");

  check_cases (cases, G_N_ELEMENTS (cases));
  g_assert_cmpstr (beginning, ==, "C");
}

static void
test_html (void)
{
  static const Case cases[] = {
    { "a<br>b<BR/>c", "P[0-12] a{@1-5:\\n}b{@6-11:\\n}c\n" },
    { "a<br>  b", "P[0-8] a{@1-7:\\n}b\n" },
    { "H<sub>2</sub>O x<sup>2</sup>", "P[0-28] H{,:2}O x{^:2}\n" },
    { "<b>a</b> <i>b</i> <em>c</em> <strong>d</strong>", "P[0-47] {s:a} {e:b} {e:c} {s:d}\n" },
    { "<kbd>a</kbd> <u>b</u> <s>c</s>", "P[0-30] {c:a} {_:b} {-:c}\n" },
    /* Without an end, with an attribute, or unknown: text. */
    { "use <i> here", "P[0-12] use <i> here\n" },
    { "a </b> c", "P[0-8] a </b> c\n" },
    { "<b onclick='x'>a</b>", "P[0-20] <b onclick='x'>a</b>\n" },
    { "a <script>x</script> <img src=x> <!-- c -->",
      "P[0-43] a <script>x</script> <img src=x> <!-- c -->\n" },
    { "<i>a\n\nb</i>", "P[0-4] <i>a\nP[6-11] b</i>\n" },
    { "<div>\n<b>x</b>\n</div>\n\ny", "X[0-21] <div>\\n<b>x</b>\\n</div>\nP[23-24] y\n" },
    { "<details>\n<summary>S</summary>\n\nx\n\n</details>", "P[0-30] {s:S}\nP[32-33] x\n" },
    { "<script>\nalert(1)\n</script>", "X[0-27] <script>\\nalert(1)\\n</script>\n" },
    { "|a|\n|-|\n|x<br>y <b>z|", "T[0-21] <a // x{@10-14:\\n}y <b>z\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_math (void)
{
  static const Case cases[] = {
    { "$x$ and $$y_1*2*3$$", "P[0-19] {m:$x$} and {m$:$$y_1*2*3$$}\n" },
    { "\\(a_b*c*d\\) \\[x_1 = *y*\\]", "P[0-25] {m:\\(a_b*c*d\\)} {m$:\\[x_1 = *y*\\]}\n" },
    { "\\[\na = b_1\n\\]", "P[0-13] {m$:\\[\\na = b_1\\n\\]}\n" },
    { "> $$a\n> b_c$$", "> P[0-13] {m$:$$a\\n}{m$:b_c$$}\n" },
    { "値\\(x_1\\)です", "P[0-16] 値{m:\\(x_1\\)}です\n" },
    /* Money. */
    { "It costs $5 and *not* $10.", "P[0-26] It costs $5 and {e:not} $10.\n" },
    { "from $100 (or 100$) to $5-$10", "P[0-29] from $100 (or 100$) to $5-$10\n" },
    { "$20 for *two* people, 30$.", "P[0-26] $20 for {e:two} people, 30$.\n" },
    { "$1 costs $x + 1$ *now*", "P[0-22] $1 costs {m:$x + 1$} {e:now}\n" },
    { "$HOME/*a*/$USER", "P[0-15] $HOME/{e:a}/$USER\n" },
    /* Escapes, notes, boxes, code. */
    { "\\[*a*\\](http://h) \\[1\\] \\[ \\]", "P[0-29] [{e:a}](http://h) [1] [ ]\n" },
    { "[w](http://h/a_\\(b\\))", "P[0-21] {l:w→http://h/a_(b)}\n" },
    { "`\\(x\\)` ``\\(y\\)``", "P[0-17] {c:\\(x\\)} {c:\\(y\\)}\n" },
    { "```\n\\(x\\)\n```", "C[0-13] \\(x\\)\n" },
    { "\\(a `\\(b\\)` c\\)", "P[0-15] (a {c:\\(b\\)} c)\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Two lines show nothing of a column: what a model wrote keeps them, a guideline joins them. */
static void
test_prose (void)
{
  static const char source[] = "You do not\nsee who  \nwrote.";
  g_autoptr (AssayMarkdown) prose = assay_markdown_parse_prose (source, -1);
  g_autoptr (AssayMarkdown) response = assay_markdown_parse (source, -1);
  g_autofree char *joined = dump_document (prose);
  g_autofree char *kept = dump_document (response);

  check_document (prose);
  g_assert_nonnull (strstr (joined, "see who"));
  g_assert_null (strstr (joined, "not\\nsee"));
  g_assert_nonnull (strstr (joined, "\\n}wrote."));
  g_assert_nonnull (strstr (kept, "not\\nsee"));
}

static void
test_wrapped_by_hand (void)
{
  static const char wrapped[] =
      "Four score and seven years ago our fathers brought forth on this\n"
      "continent, a new nation, conceived in Liberty, and dedicated to the\n"
      "proposition that all men are created equal.";
  static const char verse[] =
      "Roses are red,\nviolets are blue,\nthis line is its own,\nand so is this too.";
  g_autoptr (AssayMarkdown) joined = assay_markdown_parse (wrapped, -1);
  g_autoptr (AssayMarkdown) kept = assay_markdown_parse (verse, -1);
  g_autofree char *joined_dump = dump_document (joined);
  g_autofree char *kept_dump = dump_document (kept);

  check_document (joined);
  g_assert_null (strstr (joined_dump, "\\n"));
  g_assert_nonnull (strstr (joined_dump, "this{@64-65: }continent"));
  g_assert_cmpuint (assay_markdown_get_n_blocks (kept), ==, 1);
  g_assert_nonnull (strstr (kept_dump, "red,\\nviolets are blue,\\nthis"));
}

static void
test_plain (void)
{
  g_autoptr (GString) text = g_string_new ("# a\n*b*\n");
  g_autoptr (AssayMarkdown) small = assay_markdown_plain (text->str, -1);
  g_autoptr (AssayMarkdown) large = NULL;
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *dump = dump_document (small);

  g_assert_cmpstr (dump, ==, "P[0-8] # a\\n*b*\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "line %u\n", i);
  large = assay_markdown_plain (text->str, text->len);
  check_document (large);
  g_assert_true (assay_markdown_get_is_plain (large));
  g_assert_cmpuint (assay_markdown_get_n_blocks (large), >, 5);
  for (guint i = 0; i < assay_markdown_get_n_blocks (large); i++)
    {
      const AssayRun *run = &g_array_index (assay_markdown_get_block (large, i)->runs, AssayRun, 0);

      g_string_append_len (shown, run->text, run->length_bytes);
      g_string_append_c (shown, '\n');
    }
  g_assert_cmpstr (shown->str, ==, text->str);
}

static AssayMarkdown *
parse_repeated (const char *unit, guint n, const char *end)
{
  g_autoptr (GString) text = g_string_sized_new (strlen (unit) * n + strlen (end));

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  g_string_append (text, end);
  return assay_markdown_parse (text->str, text->len);
}

static void
test_limits (void)
{
  static const struct
  {
    const char *unit;
    guint limit;
  } blocks = { "a\n\n", ASSAY_LIMIT_DOCUMENT_BLOCKS };

  for (int extra = -1; extra <= 1; extra++)
    {
      g_autoptr (AssayMarkdown) document = parse_repeated (blocks.unit, blocks.limit + extra, "");
      g_autoptr (AssayMarkdown) links =
          parse_repeated ("[a](b) ", ASSAY_LIMIT_DOCUMENT_LINKS + extra, "");
      g_autoptr (AssayMarkdown) images =
          parse_repeated ("![a](b) ", ASSAY_LIMIT_DOCUMENT_IMAGES + extra, "");
      g_autoptr (AssayMarkdown) columns = NULL;
      g_autoptr (AssayMarkdown) rows = NULL;
      g_autoptr (GString) table = g_string_new (NULL);
      GArray *runs = assay_markdown_get_block (links, 0)->runs;
      guint n_links = 0;
      guint n_images = 0;

      check_document (document);
      g_assert_cmpint (assay_markdown_get_is_plain (document), ==, extra > 0);
      g_assert_cmpuint (assay_markdown_get_n_dropped (document), ==, MAX (extra, 0));
      g_assert_cmpuint (assay_markdown_get_size (document)->n_blocks, ==, blocks.limit + extra);
      g_assert_cmpuint (assay_markdown_get_size (links)->n_links, ==,
                        ASSAY_LIMIT_DOCUMENT_LINKS + extra);
      g_assert_cmpuint (assay_markdown_get_size (images)->n_images, ==,
                        ASSAY_LIMIT_DOCUMENT_IMAGES + extra);

      for (guint i = 0; i < runs->len; i++)
        n_links += (g_array_index (runs, AssayRun, i).style & ASSAY_SPAN_LINK) != 0;
      g_assert_cmpuint (n_links, ==, ASSAY_LIMIT_DOCUMENT_LINKS + MIN (extra, 0));

      runs = assay_markdown_get_block (images, 0)->runs;
      for (guint i = 0; i < runs->len; i++)
        n_images += (g_array_index (runs, AssayRun, i).style & ASSAY_SPAN_IMAGE) != 0;
      g_assert_cmpuint (n_images, ==, ASSAY_LIMIT_DOCUMENT_IMAGES + MIN (extra, 0));

      for (int row = 0; row < 3; row++)
        {
          for (int i = 0; i < ASSAY_LIMIT_TABLE_COLUMNS + extra; i++)
            g_string_append (table, row == 1 ? "|-" : "|a");
          g_string_append (table, "|\n");
        }
      columns = assay_markdown_parse (table->str, -1);
      check_document (columns);
      g_assert_cmpuint (assay_markdown_get_size (columns)->n_text_tables, ==, extra > 0);
      g_assert_cmpuint (assay_markdown_get_n_blocks (columns), ==, 1);
      g_assert_cmpint (assay_markdown_get_block (columns, 0)->kind, ==,
                       extra > 0 ? ASSAY_BLOCK_CODE : ASSAY_BLOCK_TABLE);

      g_string_assign (table, "a|b\n-|-\n");
      for (int i = 1; i < ASSAY_LIMIT_TABLE_ROWS + extra; i++)
        g_string_append (table, "c|d\n");
      rows = assay_markdown_parse (table->str, -1);
      check_document (rows);
      g_assert_cmpuint (assay_markdown_get_n_blocks (rows), ==, 1);
      g_assert_cmpint (assay_markdown_get_block (rows, 0)->kind, ==,
                       extra > 0 ? ASSAY_BLOCK_CODE : ASSAY_BLOCK_TABLE);
    }
}

/* Stretches of one look: each letter here is one. */
static void
test_runs_limit (void)
{
  static const char *const ends[] = { "*a*", "*a*b", "*a*b*a*" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (AssayMarkdown) document =
          parse_repeated ("*a*b", ASSAY_LIMIT_DOCUMENT_RUNS / 2 - 1, ends[i]);

      g_assert_cmpint (assay_markdown_get_is_plain (document), ==, i == 2);
      g_assert_cmpuint (assay_markdown_get_n_dropped (document), ==, i == 2);
    }
}

static void
test_depth (void)
{
  for (int extra = -1; extra <= 1; extra++)
    {
      g_autoptr (AssayMarkdown) document =
          parse_repeated ("> ", ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS + extra, "x");

      check_document (document);
      g_assert_cmpuint (assay_markdown_get_n_blocks (document), ==, 1);
      g_assert_cmpuint (assay_markdown_get_block (document, 0)->marks->len, ==,
                        ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS + MIN (extra, 0));
      g_assert_cmpuint (assay_markdown_get_size (document)->depth, ==,
                        ASSAY_LIMIT_DOCUMENT_DEPTH_LEVELS + extra);
    }
}

static void
test_hostile (void)
{
  static const char *const units[] = {
    ">",     "> ",   "- ",   "1. ",    "[",     "![",     "*",       "**a",  "_a_*",   "`",
    "``",    "~~",   "$",    "$ $$",   "\\(",   "\\[a=",  "<b>",     "</b>", "<br>",   "<i><b>",
    "&amp;", "&",    "\n",   "\r",     "\r\n",  "\t",     " ",       "\\",   "\\\n",   "|",
    "a|\n",  "-|",   "#",    "# a\n",  "```\n", "~~~a\n", "a\n\n",   "\n>",  "[a](",   "[a](b)",
    "<a ",   "<!--", "www.", "a@b.c ", "*a_ ",  "a\n=\n", "- a\n  ", "* * ", "\u202E", "💥",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (AssayMarkdown) document = parse_repeated (units[i], 100000, "x");
      g_autoptr (AssayMarkdown) small = parse_repeated (units[i], 301, "\n\nx *y*");

      check_document (document);
      check_document (small);
    }
}

static void
test_long_lines (void)
{
  g_autofree char *line = g_strnfill (10 * 1000 * 1000, 'x');
  g_autofree char *fits = g_strnfill (ASSAY_LIMIT_DOCUMENT_BYTES, 'y');
  g_autoptr (AssayMarkdown) plain = assay_markdown_parse (line, -1);
  g_autoptr (AssayMarkdown) parsed = assay_markdown_parse (fits, -1);

  check_document (plain);
  g_assert_true (assay_markdown_get_is_plain (plain));
  g_assert_cmpuint (assay_markdown_get_n_blocks (plain), ==, 1);
  check_document (parsed);
  g_assert_false (assay_markdown_get_is_plain (parsed));
}

static void
test_reference (void)
{
  AssayMarkdown *document = assay_markdown_parse ("a", 1);
  GValue value = G_VALUE_INIT;

  g_value_init (&value, ASSAY_TYPE_MARKDOWN);
  g_value_set_boxed (&value, document);
  assay_markdown_unref (document);
  g_assert_cmpstr (assay_markdown_get_source (g_value_get_boxed (&value)), ==, "a");
  g_value_unset (&value);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/markdown/inline", test_inline);
  g_test_add_func ("/text/markdown/blocks", test_blocks);
  g_test_add_func ("/text/markdown/front-matter", test_front_matter);
  g_test_add_func ("/text/markdown/html", test_html);
  g_test_add_func ("/text/markdown/math", test_math);
  g_test_add_func ("/text/markdown/prose", test_prose);
  g_test_add_func ("/text/markdown/wrapped-by-hand", test_wrapped_by_hand);
  g_test_add_func ("/text/markdown/plain", test_plain);
  g_test_add_func ("/text/markdown/limits", test_limits);
  g_test_add_func ("/text/markdown/depth", test_depth);
  g_test_add_func ("/text/markdown/runs-limit", test_runs_limit);
  g_test_add_func ("/text/markdown/hostile", test_hostile);
  g_test_add_func ("/text/markdown/long-lines", test_long_lines);
  g_test_add_func ("/text/markdown/reference", test_reference);

  return g_test_run ();
}
