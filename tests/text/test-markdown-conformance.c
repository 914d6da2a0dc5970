/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "assay-markdown.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "markdown-checks.h"

/* The published examples, where the sample data lies beside the source tree. */
static char *
find_data (const char *name)
{
  const char *source_dir = g_getenv ("ASSAY_SOURCE_DIR");
  g_autofree char *path = NULL;

  if (source_dir == NULL)
    return NULL;
  path = g_build_filename (source_dir, "..", "shared", "data", "markdown-conformance", name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static void
check_source (const char *source)
{
  g_autoptr (AssayMarkdown) document = assay_markdown_parse (source, -1);
  g_autoptr (AssayMarkdown) plain = assay_markdown_plain (source, -1);

  check_document (document);
  check_document (plain);
}

static void
test_examples (gconstpointer user_data)
{
  g_autofree char *path = find_data (user_data);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *examples;

  if (path == NULL)
    {
      g_test_skip ("The Markdown examples are not here");
      return;
    }
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  examples = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (examples), >, 20);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    {
      JsonObject *example = json_array_get_object_element (examples, i);

      check_source (json_object_get_string_member (example, "markdown"));
    }
}

/* Markdown, a line with a full stop and HTML between two fences. */
static void
check_example_file (const char *path)
{
  static const char fence[] = "````````````````````````````````";
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  if (!g_utf8_validate (contents, -1, NULL))
    return;
  check_source (contents);
  parts = g_strsplit (contents, fence, -1);
  for (guint i = 1; parts[i] != NULL && parts[i + 1] != NULL; i += 2)
    {
      char *source = strchr (parts[i], '\n');
      char *end = source ? strstr (source, "\n.\n") : NULL;
      g_autoptr (GString) text = NULL;

      if (end == NULL)
        continue;
      end[1] = '\0';
      text = g_string_new (source + 1);
      g_string_replace (text, "→", "\t", 0);
      check_source (text->str);
    }
}

static void
test_folder (gconstpointer user_data)
{
  g_autofree char *path = find_data (user_data);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  if (path == NULL)
    {
      g_test_skip ("The Markdown examples are not here");
      return;
    }
  dir = g_dir_open (path, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (!g_file_test (file, G_FILE_TEST_IS_DIR))
        check_example_file (file);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/text/markdown-conformance/commonmark", "commonmark.0.31.2.json",
                        test_examples);
  g_test_add_data_func ("/text/markdown-conformance/gfm", "gfm.0.29.json", test_examples);
  g_test_add_data_func ("/text/markdown-conformance/cmark-gfm", "cmark-gfm", test_folder);
  g_test_add_data_func ("/text/markdown-conformance/bench-samples", "cmark-gfm/bench-samples",
                        test_folder);
  g_test_add_data_func ("/text/markdown-conformance/md4c", "md4c", test_folder);

  return g_test_run ();
}
