/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include <adwaita.h>
#include <libdex.h>
#include <string.h>

#include "assay-document-render.h"
#include "assay-document-table.h"
#include "assay-document-text-private.h"
#include "assay-limits.h"
#include "assay-link.h"
#include "document-fixture.h"

/* Selects the first place where @shown stands. */
static void
select_text (DocumentFixture *fixture, const char *shown)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  GtkTextIter start, from, to;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (
      gtk_text_iter_forward_search (&start, shown, GTK_TEXT_SEARCH_VISIBLE_ONLY, &from, &to, NULL));
  gtk_text_buffer_select_range (buffer, &from, &to);
}

/* The value of a property that the tags at a place agree on, the last one winning. */
static void
get_style (DocumentFixture *fixture, const char *shown, const char *property, GValue *value)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  g_autofree char *set = g_strconcat (property, "-set", NULL);
  GtkTextIter start, from;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, shown, GTK_TEXT_SEARCH_VISIBLE_ONLY, &from,
                                               NULL, NULL));
  tags = gtk_text_iter_get_tags (&from);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean is_set;

      g_object_get (l->data, set, &is_set, NULL);
      if (is_set)
        g_object_get_property (l->data, property, value);
    }
}

static int
get_int_style (DocumentFixture *fixture, const char *shown, const char *property)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_INT);
  get_style (fixture, shown, property, &value);
  return g_value_get_int (&value);
}

static void
test_styles (DocumentFixture *fixture, gconstpointer user_data)
{
  g_auto (GValue) style = G_VALUE_INIT;
  g_auto (GValue) underline = G_VALUE_INIT;
  g_auto (GValue) family = G_VALUE_INIT;
  g_auto (GValue) scale = G_VALUE_INIT;

  document_fixture_show (
      fixture,
      "# Heading\n\nplain **strong** *leaning* `code` [link](https://example.org)\n\n- item");
  document_fixture_assert_shown (fixture, "Heading\nplain strong leaning code link\n•\titem");
  g_assert_cmpint (get_int_style (fixture, "strong", "weight"), ==, 700);
  g_assert_cmpint (get_int_style (fixture, "plain", "weight"), ==, 0);
  g_assert_cmpint (get_int_style (fixture, "Heading", "weight"), ==, 800);
  g_assert_cmpint (get_int_style (fixture, "item", "indent"), <, 0);

  g_value_init (&style, PANGO_TYPE_STYLE);
  get_style (fixture, "leaning", "style", &style);
  g_assert_cmpint (g_value_get_enum (&style), ==, PANGO_STYLE_ITALIC);
  g_value_init (&underline, PANGO_TYPE_UNDERLINE);
  get_style (fixture, "link", "underline", &underline);
  g_assert_cmpint (g_value_get_enum (&underline), ==, PANGO_UNDERLINE_SINGLE);
  g_value_init (&family, G_TYPE_STRING);
  get_style (fixture, "code", "family", &family);
  g_assert_nonnull (g_value_get_string (&family));
  g_value_init (&scale, G_TYPE_DOUBLE);
  get_style (fixture, "Heading", "scale", &scale);
  g_assert_cmpfloat (g_value_get_double (&scale), >, 1.2);
}

static void
test_text_scale (DocumentFixture *fixture, gconstpointer user_data)
{
  g_auto (GValue) before = G_VALUE_INIT;
  g_auto (GValue) after = G_VALUE_INIT;

  document_fixture_show (fixture, "plain");
  g_value_init (&before, G_TYPE_DOUBLE);
  g_value_init (&after, G_TYPE_DOUBLE);
  get_style (fixture, "plain", "scale", &before);
  assay_document_view_set_text_scale (fixture->view, 2);
  get_style (fixture, "plain", "scale", &after);
  g_assert_cmpfloat_with_epsilon (g_value_get_double (&after), 2 * g_value_get_double (&before),
                                  1e-6);
}

static void
test_no_markup (DocumentFixture *fixture, gconstpointer user_data)
{
  const char *text =
      "a & b <b onclick='x'>x</b> <a href=\"file:///etc/passwd\">y</a> <span size='99'>";

  document_fixture_show (fixture, text);
  document_fixture_assert_shown (fixture, text);
  document_fixture_show (fixture, "|<span size='99'>a</span> & b|\n|-|\n|c|");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (
                       document_fixture_find (GTK_WIDGET (fixture->text), GTK_TYPE_LABEL))),
                   ==, "<span size='99'>a</span> & b");
}

static void
check_selection (DocumentFixture *fixture,
                 const char *shown,
                 const char *expected,
                 gsize start,
                 gsize end)
{
  g_autofree char *selection = NULL;
  gsize from = 0, to = 0;

  select_text (fixture, shown);
  selection = assay_document_view_dup_selection (fixture->view, &from, &to);
  g_assert_cmpstr (selection, ==, expected);
  g_assert_cmpuint (from, ==, start);
  g_assert_cmpuint (to, ==, end);
}

static void
test_selection (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autofree char *none = NULL;

  document_fixture_show (fixture, "😀 é **bold** &amp; end");
  none = assay_document_view_dup_selection (fixture->view, NULL, NULL);
  g_assert_null (none);
  check_selection (fixture, "é", "é", 2, 3);
  check_selection (fixture, "bold", "bold", 6, 10);
  check_selection (fixture, "ld & e", "ld** &amp; e", 8, 20);
  check_selection (fixture, "😀 é bold & end", "😀 é **bold** &amp; end", 0, 22);
}

static void
check_snapped (DocumentFixture *fixture, const char *selected, const char *expected)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  GtkTextIter start, end, caret;
  g_autofree char *text = NULL;

  for (gboolean backward = FALSE; backward <= TRUE; backward++)
    {
      select_text (fixture, selected);
      g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
      if (!backward)
        gtk_text_buffer_select_range (buffer, &end, &start);
      assay_document_text_snap_selection (fixture->text);
      g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
      g_free (text);
      text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      g_assert_cmpstr (text, ==, expected);
      /* Whoever goes on selecting does so from the same end. */
      gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
      g_assert_true (gtk_text_iter_equal (&caret, backward ? &start : &end));
    }
}

/* What the pointer selects becomes whole words, where passages are marked. */
static void
test_snap (DocumentFixture *fixture, gconstpointer user_data)
{
  document_fixture_show (fixture, "😀 so **bold words**, don’t you see مرحبا بكم today.");
  check_snapped (fixture, "ld wo", "ld wo");
  assay_document_view_set_marking (fixture->view, TRUE);
  check_snapped (fixture, "ld wo", "bold words");
  check_snapped (fixture, "ords, d", "words, don’t");
  check_snapped (fixture, " you ", "you");
  check_snapped (fixture, "you", "you");
  check_snapped (fixture, "رحبا ب", "مرحبا بكم");
  check_snapped (fixture, ", ", ",");
  assay_document_view_set_marking (fixture->view, FALSE);
  check_snapped (fixture, "ld wo", "ld wo");
}

static void
test_copy (DocumentFixture *fixture, gconstpointer user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->text));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  document_fixture_show (fixture, "1. **one**\n2. t\u200Bwo");
  select_text (fixture, "1.\tone\n2.\tt");
  g_signal_emit_by_name (fixture->text, "copy-clipboard");
  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_value_get_string (&value), ==, "1. one\n2. t");
}

static void
test_copy_code (DocumentFixture *fixture, gconstpointer user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->text));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  document_fixture_show (fixture, "before\n\n1. ```c\n   int a;\n\n     b;\n   ```\n\nafter");
  document_fixture_assert_shown (fixture, "before\n1.\t\nint a;\n\n  b;\nafter");
  g_assert_cmpint (_assay_document_text_find_code (fixture->text, 0), ==, -1);
  g_assert_cmpint (_assay_document_text_find_code (fixture->text, 1), ==, -1);
  for (guint line = 2; line <= 4; line++)
    g_assert_cmpint (_assay_document_text_find_code (fixture->text, line), ==, 2);
  g_assert_cmpint (_assay_document_text_find_code (fixture->text, 5), ==, -1);
  _assay_document_text_copy_code (fixture->text, 2);
  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_value_get_string (&value), ==, "int a;\n\n  b;");
}

static void
test_source (DocumentFixture *fixture, gconstpointer user_data)
{
  document_fixture_show (fixture, "# a\n\n**b** | c\n");
  assay_document_text_set_rendition (fixture->text, NULL);
  assay_document_view_set_show_source (fixture->view, TRUE);
  document_fixture_wait (fixture);
  document_fixture_assert_shown (fixture, "# a\n\n**b** | c");
  check_selection (fixture, "**b**", "**b**", 5, 10);
  assay_document_text_set_rendition (fixture->text, NULL);
  assay_document_view_set_show_source (fixture->view, FALSE);
  document_fixture_wait (fixture);
  document_fixture_assert_shown (fixture, "a\nb | c");
}

static void
test_search (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  document_fixture_show (fixture, "Find **find** fine\n\n|find|x|\n|-|-|\n|y|refind|\n\nFIND");
  document_fixture_search (fixture, "find", ASSAY_PATTERN_PLAIN);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 5);
  assay_document_view_show_match (fixture->view, 4);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 2);
  document_fixture_search (fixture, "nowhere", ASSAY_PATTERN_PLAIN);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 0);

  /* The search outlasts the document that it was begun in. */
  document_fixture_search (fixture, "ß", ASSAY_PATTERN_PLAIN);
  document_fixture_show (fixture, "Straße, STRASSE, ẞ");
  while (assay_document_view_get_findings (fixture->view) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 2);
  document_fixture_search (fixture, NULL, ASSAY_PATTERN_PLAIN);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 0);
}

static void
check_found (DocumentFixture *fixture, const char *text, AssayPatternFlags flags, guint n)
{
  document_fixture_search (fixture, text, flags);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, n);
  g_assert_false (assay_findings_get_gave_up (assay_document_view_get_findings (fixture->view)));
}

static void
test_search_in_words (DocumentFixture *fixture, gconstpointer user_data)
{
  document_fixture_show (fixture, "Cat, cats, *cat*\n\n|cat|a 60 b|\n|-|-|\n|concat|7|\n\n- cat");
  check_found (fixture, "cat", ASSAY_PATTERN_PLAIN, 6);
  check_found (fixture, "cat", ASSAY_PATTERN_WHOLE_WORDS, 4);
  check_found (fixture, "[0-9]+", ASSAY_PATTERN_EXPRESSION, 2);
  check_found (fixture, "[0-9]+", ASSAY_PATTERN_PLAIN, 0);
  check_found (fixture, "^cat$", ASSAY_PATTERN_EXPRESSION, 1);
  check_found (fixture, "cat.*cat", ASSAY_PATTERN_EXPRESSION, 1);
}

/* Whatever is looked for: the window answers, it ends, and it is known what was left out. */
static void
test_search_limits (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autofree char *letters = g_strnfill (3 * ASSAY_LIMIT_FIND_MATCHES, 'a');
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (AssayPattern) endless = NULL;
  AssayFindings *findings;

  for (guint i = 0; i < strlen (letters); i += 1000)
    g_string_append_printf (lines, "%.1000s bcd!\n\n", letters + i);
  document_fixture_show (fixture, lines->str);
  document_fixture_search (fixture, "a", ASSAY_PATTERN_PLAIN);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==,
                    ASSAY_LIMIT_FIND_MATCHES);
  g_assert_true (assay_findings_get_cut (assay_document_view_get_findings (fixture->view)));

  document_fixture_search (fixture, "(a|a)*b", ASSAY_PATTERN_EXPRESSION);
  findings = assay_document_view_get_findings (fixture->view);
  g_assert_true (assay_findings_get_gave_up (findings));

  /* What is not wanted any more is not shown when it is there. */
  endless = assay_pattern_new ("(a|a)*b", ASSAY_PATTERN_EXPRESSION, NULL);
  assay_document_view_search (fixture->view, endless);
  g_assert_null (assay_document_view_get_findings (fixture->view));
  document_fixture_search (fixture, "bcd", ASSAY_PATTERN_PLAIN);
  findings = assay_document_view_get_findings (fixture->view);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==,
                    3 * ASSAY_LIMIT_FIND_MATCHES / 1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (assay_document_view_get_findings (fixture->view) == findings);
}

static void
test_search_cancelled (void)
{
  g_autoptr (AssayMarkdown) markdown = assay_markdown_parse ("one two one", -1);
  g_autoptr (AssayRendition) rendition = assay_rendition_new (markdown, 0);
  g_autoptr (AssayPattern) pattern = assay_pattern_new ("one", ASSAY_PATTERN_PLAIN, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (AssayFindings) findings = assay_findings_new (rendition, pattern, cancellable);
  guint n;

  assay_findings_get_places (findings, &n);
  g_assert_cmpuint (n, ==, 2);
  g_cancellable_cancel (cancellable);
  g_assert_null (assay_findings_new (rendition, pattern, cancellable));
}

static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter *location,
                const char *text,
                int length,
                guint *n_insertions)
{
  *n_insertions += 1;
}

/* Wherever a word is broken, no hyphen is shown that the text does not have. */
static void
test_no_hyphens (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkWidget *table;
  GtkWidget *label;
  PangoAttrList *attributes;
  g_autoptr (PangoAttrIterator) iterator = NULL;
  PangoAttribute *attribute;
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  document_fixture_show (fixture,
                         "# Heading\n\nWords *with* `code`.\n\n> quoted\n\n- item\n\n    code\n\n"
                         "|cell|\n|-|\n|Donaudampfschifffahrtsgesellschaftskapitän|");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  gtk_text_buffer_get_start_iter (buffer, &iter);
  do
    {
      g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
      gboolean inserts = TRUE;

      for (GSList *l = tags; l != NULL; l = l->next)
        {
          gboolean is_set;

          g_object_get (l->data, "insert-hyphens-set", &is_set, NULL);
          if (is_set)
            g_object_get (l->data, "insert-hyphens", &inserts, NULL);
        }
      g_assert_false (inserts);
    }
  while (gtk_text_iter_forward_char (&iter));

  table = document_fixture_find (GTK_WIDGET (fixture->text), ASSAY_TYPE_DOCUMENT_TABLE);
  label = document_fixture_find (table, GTK_TYPE_LABEL);
  attributes = gtk_label_get_attributes (GTK_LABEL (label));
  iterator = pango_attr_list_get_iterator (attributes);
  attribute = pango_attr_iterator_get (iterator, PANGO_ATTR_INSERT_HYPHENS);
  g_assert_nonnull (attribute);
  g_assert_cmpint (((PangoAttrInt *) attribute)->value, ==, FALSE);
}

static void
test_insertions (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AssayMarkdown *markdown;
  guint n_insertions = 0;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, "Paragraph **%u** with `some` [styles](https://a.b).\n\n%s", i,
                            i % 10 == 0 ? "|a|b|\n|-|-|\n|c|d|\n\n" : "");
  /* What is empty is not made anew. */
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text)), "insert-text",
                    G_CALLBACK (insert_text_cb), &n_insertions);
  document_fixture_show (fixture, text->str);
  markdown = assay_rendition_get_markdown (assay_document_text_get_rendition (fixture->text));
  g_assert_cmpuint (n_insertions, >, 0);
  g_assert_cmpuint (n_insertions, <=, assay_markdown_get_n_blocks (markdown) + 1);
}

static void
test_parsed_once (void)
{
  g_autoptr (AssayDocument) document =
      assay_document_new (ASSAY_DOCUMENT_PROMPT, NULL, "text", NULL, NULL, NULL);
  g_autoptr (DexFuture) first = assay_document_render (document, FALSE);
  g_autoptr (DexFuture) second = assay_document_render (document, FALSE);
  g_autoptr (DexFuture) source = assay_document_render (document, TRUE);

  g_assert_true (first == second);
  g_assert_true (first != source);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_left = user_data;

  (*n_left)--;
  return *n_left > 0;
}

/* A tick comes before its frame: the third comes after two. */
static void
wait_for_frames (DocumentFixture *fixture)
{
  guint n_left = 3;

  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->view), tick_cb, &n_left, NULL);
  while (n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_read_to_end (DocumentFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkAdjustment *adjustment;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "A paragraph.\n\n");
  /* A text that follows another is filled sometimes before, sometimes after its first frame. */
  for (guint round = 0; round < 10; round++)
    {
      g_autofree char *shorter = g_strdup_printf ("short %u", round);
      g_autofree char *longer = g_strdup_printf ("%sThe end of %u.", text->str, round);

      document_fixture_show (fixture, shorter);
      while (!assay_document_view_get_read_to_end (fixture->view))
        g_main_context_iteration (NULL, TRUE);
      document_fixture_show (fixture, longer);
      wait_for_frames (fixture);
      g_assert_false (assay_document_view_get_read_to_end (fixture->view));
    }
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->text));
  while (!assay_document_view_get_read_to_end (fixture->view))
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_hostile (DocumentFixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *before;
    const char *unit;
    guint n;
  } texts[] = {
    { "", "x=1;", 2500 },     { "a", " ", 10000 },
    { "", "\t", 50000 },      { "", "\n", 200000 },
    { "", "line\r", 20000 },  { "", "\u2028", 5000 },
    { "", "བོད", 3400 },       { "", "ភាសាខ្មែរ", 1200 },
    { "a", "\u0301", 10000 }, { "", "👩‍👩‍👧‍👦", 2000 },
    { "", "QUJDREVG", 6250 }, { "", "\u202E\u202D", 5000 },
    { "", "> ", 100000 },     { "```js\n", "var x=y+z;", 2000 },
    { "|", "a|", 3000 },      { "", "word ", 20000 },
  };

  /* Each of these froze a text view for seconds or minutes before it was tamed. A fifth of it still
   * does; under a sanitizer, where every allocation is slow, it is enough. */
  guint divisor = g_strcmp0 (g_getenv ("ASSAY_TEST_LONG"), "1") == 0 ? 1 : 5;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_new (texts[i].before);
      GtkAdjustment *adjustment;

      for (guint j = 0; j < texts[i].n / divisor; j++)
        g_string_append (text, texts[i].unit);
      document_fixture_show (fixture, text->str);
      adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->text));
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
test_lifetime (void)
{
  g_autoptr (AssayDocument) document =
      assay_document_new (ASSAY_DOCUMENT_RESPONSE, "r1", "text", NULL, NULL, NULL);
  GtkWidget *view = g_object_ref_sink (assay_document_view_new ());
  g_autoptr (DexFuture) future = NULL;

  /* Gone before its document was parsed. */
  assay_document_view_set_document (ASSAY_DOCUMENT_VIEW (view), document);
  g_assert_finalize_object (view);
  future = assay_document_render (document, FALSE);
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_links (void)
{
  static const struct
  {
    const char *address;
    gboolean can_open;
    const char *host;
  } addresses[] = {
    { "https://example.org/a?b=c#d", TRUE, "example.org" },
    { "http://EXAMPLE.org", TRUE, "example.org" },
    { "mailto:a@example.org", TRUE, "example.org" },
    { "https://пример.рф/", TRUE, "xn--e1afmkfd.xn--p1ai" },
    { "https://", FALSE, "" },
    { "file:///etc/passwd", FALSE, "" },
    { "javascript:alert(1)", FALSE, "" },
    { "data:text/html,x", FALSE, "" },
    { "vnd.own:x", FALSE, "" },
    { "/relative", FALSE, "" },
    { "", FALSE, "" },
  };
  static const struct
  {
    const char *address;
    const char *shown;
    gboolean deceptive;
  } pairs[] = {
    { "https://example.org/a", "here", FALSE },
    { "https://example.org/a", "https://example.org", FALSE },
    { "https://example.org/a", "www.example.org", FALSE },
    { "https://example.org/a", "https://example.com", TRUE },
    { "https://example.org/a", "example.com/login", TRUE },
    { "https://example.org/README.md", "README.md", FALSE },
    { "mailto:a@example.org", "b@bank.com", TRUE },
    { "https://пример.рф/", "пример", FALSE },
    { "https://аррӏе.com/", "sign in", TRUE },
    { "https://paypаl.example/", "pay", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *host = assay_link_dup_host (addresses[i].address);

      g_assert_cmpint (assay_link_can_open (addresses[i].address), ==, addresses[i].can_open);
      g_assert_cmpstr (host, ==, addresses[i].host);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpint (assay_link_is_deceptive (pairs[i].address, pairs[i].shown), ==,
                     pairs[i].deceptive);
}

static char *
make_long (gsize n_bytes)
{
  char *text = g_strnfill (n_bytes, 'a');

  for (gsize i = 79; i + 1 < n_bytes; i += 80)
    text[i] = i % 800 == 79 ? '\n' : ' ';
  memcpy (text + n_bytes - strlen ("zebra"), "zebra", strlen ("zebra"));
  return text;
}

static void
show_until_it_rests (DocumentFixture *fixture, gsize n_bytes)
{
  g_autofree char *text = make_long (n_bytes);
  g_autoptr (AssayDocument) document =
      assay_document_new (ASSAY_DOCUMENT_RESPONSE, "r1", text, NULL, NULL, NULL);

  assay_document_view_set_document (fixture->view, document);
  document_fixture_find_text (fixture);
  while (assay_document_text_get_rendition (fixture->text) == NULL
         || fixture->text->fill_source != 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Of a very long text only the beginning is shown, until somebody wants more of it. */
static void
test_long (DocumentFixture *fixture, gconstpointer user_data)
{
  GtkTextBuffer *buffer;
  GtkAdjustment *adjustment = assay_document_view_get_adjustment (fixture->view);
  gsize start, end;
  g_autofree char *all = NULL;

  for (int delta = -1; delta <= 1; delta++)
    {
      show_until_it_rests (fixture, ASSAY_LIMIT_DOCUMENT_SOFT_BYTES + delta);
      g_assert_true (assay_document_text_get_filled (fixture->text));
      g_assert_cmpint (assay_document_view_get_notice (fixture->view) != NULL, ==, delta > 0);
    }

  show_until_it_rests (fixture, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->text));
  g_assert_false (assay_document_text_get_filled (fixture->text));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), >=, ASSAY_LIMIT_DOCUMENT_SOFT_BYTES);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), <, 2 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES);
  g_assert_false (assay_document_view_get_read_to_end (fixture->view));
  while (gtk_adjustment_get_page_size (adjustment) < 1)
    g_main_context_iteration (NULL, TRUE);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  document_fixture_wait (fixture);

  show_until_it_rests (fixture, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES + 1);
  g_assert_false (assay_document_text_get_filled (fixture->text));
  g_signal_emit_by_name (fixture->text, "select-all", TRUE);
  all = assay_document_view_dup_selection (fixture->view, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES + 1);

  show_until_it_rests (fixture, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES + 2);
  g_assert_false (assay_document_text_get_filled (fixture->text));
  assay_document_view_show_place (fixture->view, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES, 1);
  document_fixture_wait (fixture);

  show_until_it_rests (fixture, 3 * ASSAY_LIMIT_DOCUMENT_SOFT_BYTES + 3);
  g_assert_false (assay_document_text_get_filled (fixture->text));
  document_fixture_search (fixture, "zebra", ASSAY_PATTERN_PLAIN);
  document_fixture_wait (fixture);
  g_assert_cmpuint (assay_document_view_get_n_matches (fixture->view), ==, 1);
}

static int
get_wanted_height (DocumentFixture *fixture)
{
  GtkWidget *text = GTK_WIDGET (fixture->text);
  int height;

  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (text), NULL, &height,
                      NULL, NULL);
  return height;
}

/* A text as high as its content is so at every width: its lines are broken anew only once it has
 * the width, which is after it was given a height. */
static void
test_fit_content (DocumentFixture *fixture, gconstpointer user_data)
{
  static const int margins[] = { 0, 290, 160, 250, 60 };
  GtkWidget *text = GTK_WIDGET (fixture->text);
  GtkWidget *view = g_object_ref (GTK_WIDGET (fixture->view));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_box_append (GTK_BOX (box), view);
  g_object_unref (view);
  assay_document_view_set_fit_content (fixture->view, TRUE);
  document_fixture_show (fixture,
                         "Judge each answer by itself, as if there were no other.\n\n"
                         "- **Correct**: 5 where nothing is wrong, 1 where following it does harm\n"
                         "- **Complete**: does it cover what the person needs to begin?\n\n"
                         "Below 3 say in a few words what is missing or wrong.\n");
  for (gsize i = 0; i < G_N_ELEMENTS (margins); i++)
    {
      gtk_widget_set_margin_end (scroller, margins[i]);
      while (gtk_widget_get_width (text) != 500 - margins[i]
             || gtk_widget_get_height (text) != get_wanted_height (fixture))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (gtk_widget_get_height (text), >, 5 * 14);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  adw_init ();

  DOCUMENT_ADD ("/ui/documents/styles", test_styles);
  DOCUMENT_ADD ("/ui/documents/text-scale", test_text_scale);
  DOCUMENT_ADD ("/ui/documents/no-markup", test_no_markup);
  DOCUMENT_ADD ("/ui/documents/selection", test_selection);
  DOCUMENT_ADD ("/ui/documents/snap", test_snap);
  DOCUMENT_ADD ("/ui/documents/copy", test_copy);
  DOCUMENT_ADD ("/ui/documents/copy-code", test_copy_code);
  DOCUMENT_ADD ("/ui/documents/source", test_source);
  DOCUMENT_ADD ("/ui/documents/search", test_search);
  DOCUMENT_ADD ("/ui/documents/search-in-words", test_search_in_words);
  DOCUMENT_ADD ("/ui/documents/search-limits", test_search_limits);
  g_test_add_func ("/ui/documents/search-cancelled", test_search_cancelled);
  DOCUMENT_ADD ("/ui/documents/no-hyphens", test_no_hyphens);
  DOCUMENT_ADD ("/ui/documents/insertions", test_insertions);
  DOCUMENT_ADD ("/ui/documents/read-to-end", test_read_to_end);
  DOCUMENT_ADD ("/ui/documents/long", test_long);
  DOCUMENT_ADD ("/ui/documents/fit-content", test_fit_content);
  DOCUMENT_ADD ("/ui/documents/hostile", test_hostile);
  g_test_add_func ("/ui/documents/parsed-once", test_parsed_once);
  g_test_add_func ("/ui/documents/lifetime", test_lifetime);
  g_test_add_func ("/ui/documents/links", test_links);

  return g_test_run ();
}
