/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All formulas of the collections that lie beside the sources: how many are typeset, and what
 * stands in the way of the others. */

#define G_LOG_DOMAIN "Assay"

#include <json-glib/json-glib.h>
#include <string.h>

#include "assay-markdown.h"
#include "assay-math-layout.h"

#define GOAL 0.99

static const char *const collections[] = {
  "imo-proofbench", "judgebench", "prm800k-samples", "factool-claims/math", "arena-hard",
};

typedef struct
{
  GHashTable *texts;    /* seen already */
  GHashTable *formulas; /* (set) with a letter for display or not */
  GHashTable *missing;  /* reason → GUINT count */
  guint n_all;
  guint n_formulas;
  guint n_typeset;
} Census;

static void
add_missing (Census *census, const GError *error, const char *formula)
{
  const char *kind = error->code == ASSAY_MATH_ERROR_UNKNOWN  ? "unknown"
                     : error->code == ASSAY_MATH_ERROR_SYNTAX ? "syntax"
                     : error->code == ASSAY_MATH_ERROR_FONT   ? "not in the font"
                                                              : "too large";
  g_autofree char *line = g_strescape (formula, "\\\"");
  char *reason = g_strdup_printf ("%s %s: %.100s", kind, error->message, line);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (census->missing, reason));

  g_hash_table_replace (census->missing, reason, GUINT_TO_POINTER (n + 1));
}

static void
add_formula (Census *census, const char *text, gsize length, gboolean is_display)
{
  g_autofree char *content = g_strndup (text, length);
  g_autofree char *key = g_strconcat (is_display ? "D" : "I", content, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AssayMathFormula) formula = NULL;
  g_autoptr (AssayMathLayout) layout = NULL;

  census->n_all++;
  if (!g_hash_table_add (census->formulas, g_steal_pointer (&key)))
    return;
  census->n_formulas++;
  formula = assay_math_parse (content, -1, &error);
  if (formula != NULL)
    layout = assay_math_layout_new (formula, assay_math_font_get_default (), is_display, &error);
  if (layout != NULL)
    census->n_typeset++;
  else
    add_missing (census, error, content);
}

static void
add_runs (Census *census, GArray *runs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i <= runs->len; i++)
    {
      const AssayRun *run = i < runs->len ? &g_array_index (runs, AssayRun, i) : NULL;
      gsize start = 0;

      if (run != NULL && run->style & ASSAY_SPAN_MATH)
        {
          g_string_append_len (text, run->text, run->length_bytes);
          continue;
        }
      while (start < text->len)
        {
          AssayMathDelimiter delimiter;
          gsize from, to;
          gsize length =
              assay_math_split (text->str + start, text->len - start, &delimiter, &from, &to);

          if (length == 0)
            {
              g_autoptr (GError) error =
                  g_error_new_literal (ASSAY_MATH_ERROR, ASSAY_MATH_ERROR_SYNTAX, "no formula");

              census->n_all++;
              census->n_formulas++;
              add_missing (census, error, text->str + start);
              break;
            }
          add_formula (census, text->str + start + from, to - from,
                       delimiter == ASSAY_MATH_DOUBLE_DOLLAR || delimiter == ASSAY_MATH_BRACKET);
          start += length;
        }
      g_string_truncate (text, 0);
    }
}

static void
add_text (Census *census, const char *text)
{
  g_autoptr (AssayMarkdown) markdown = NULL;

  if (!g_hash_table_add (census->texts, g_strdup (text)))
    return;
  markdown = assay_markdown_parse (text, -1);
  for (guint i = 0; i < assay_markdown_get_n_blocks (markdown); i++)
    {
      const AssayBlock *block = assay_markdown_get_block (markdown, i);

      add_runs (census, block->runs);
      for (guint r = 0; block->kind == ASSAY_BLOCK_TABLE && r < block->rows->len; r++)
        {
          GPtrArray *row = g_ptr_array_index (block->rows, r);

          for (guint c = 0; c < row->len; c++)
            add_runs (census, ((AssayTableCell *) g_ptr_array_index (row, c))->runs);
        }
    }
}

static void
add_node (Census *census, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

      for (GList *l = members; l != NULL; l = l->next)
        add_node (census, l->data);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (GList) elements = json_array_get_elements (json_node_get_array (node));

      for (GList *l = elements; l != NULL; l = l->next)
        add_node (census, l->data);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      add_text (census, json_node_get_string (node));
    }
}

/* One object after another, whether each has a line of its own or not. */
static void
add_json (Census *census, const char *data, gsize length)
{
  gsize start = 0;
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = data[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          continue;
        }
      if (c == '"')
        in_string = TRUE;
      else if ((c == '{' || c == '[') && depth++ == 0)
        start = i;
      else if ((c == '}' || c == ']') && depth > 0 && --depth == 0)
        {
          g_autoptr (JsonParser) parser = json_parser_new ();

          if (json_parser_load_from_data (parser, data + start, i + 1 - start, NULL))
            add_node (census, json_parser_get_root (parser));
        }
    }
}

static void
add_csv (Census *census, const char *data, gsize length)
{
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (data[i] == '"' && quoted && i + 1 < length && data[i + 1] == '"')
        g_string_append_c (field, data[++i]);
      else if (data[i] == '"')
        quoted = !quoted;
      else if (!quoted && (data[i] == ',' || data[i] == '\n' || data[i] == '\r'))
        {
          add_text (census, field->str);
          g_string_truncate (field, 0);
        }
      else
        g_string_append_c (field, data[i]);
    }
  add_text (census, field->str);
}

static void
add_path (Census *census, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  const char *name;
  gsize length;

  if (folder != NULL)
    {
      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          add_path (census, child);
        }
      return;
    }
  if (!g_file_get_contents (path, &data, &length, NULL) || !g_utf8_validate (data, length, NULL))
    return;
  if (g_str_has_suffix (path, ".csv"))
    add_csv (census, data, length);
  else if (g_str_has_suffix (path, ".json") || g_str_has_suffix (path, ".jsonl"))
    add_json (census, data, length);
}

static void
test_collections (void)
{
  Census all = { 0 };
  gboolean found = FALSE;

  if (assay_math_font_get_default () == NULL)
    {
      g_test_skip ("no font with a MATH table is installed");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (collections); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared",
                                                "data", collections[i], NULL);
      Census census = { 0 };
      GHashTableIter iter;
      gpointer reason, n;

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      found = TRUE;
      census.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      census.formulas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      census.missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      add_path (&census, path);
      g_test_message ("%s: %u formulas, %u of them different; %u typeset", collections[i],
                      census.n_all, census.n_formulas, census.n_typeset);
      g_hash_table_iter_init (&iter, census.missing);
      while (g_hash_table_iter_next (&iter, &reason, &n))
        g_test_message ("  missing: %s", (char *) reason);
      all.n_all += census.n_all;
      all.n_formulas += census.n_formulas;
      all.n_typeset += census.n_typeset;
      g_hash_table_unref (census.texts);
      g_hash_table_unref (census.formulas);
      g_hash_table_unref (census.missing);
    }
  if (!found)
    {
      g_test_skip ("the collections are not beside the source");
      return;
    }
  g_test_message ("all: %u of %u different formulas are typeset, %.2f %%", all.n_typeset,
                  all.n_formulas, 100.0 * all.n_typeset / MAX (all.n_formulas, 1));
  g_assert_cmpuint (all.n_formulas, >, 0);
  g_assert_cmpfloat (all.n_typeset, >=, GOAL * all.n_formulas);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text/math-coverage/collections", test_collections);

  return g_test_run ();
}
