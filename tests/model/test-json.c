/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "assay-json-read.h"
#include "assay-limits.h"
#include "assay-model-error.h"
#include "model-testing.h"

static void
assert_refused_full (const char *text,
                     gssize length,
                     AssayJsonFlags flags,
                     AssayModelError code,
                     const char *place)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = assay_json_parse_full (text, length, flags, &error);

  g_assert_null (node);
  g_assert_error (error, ASSAY_MODEL_ERROR, (int) code);
  if (place != NULL)
    g_assert_nonnull (strstr (error->message, place));
}

static void
assert_refused (const char *text, AssayModelError code, const char *place)
{
  assert_refused_full (text, -1, ASSAY_JSON_DEFAULT, code, place);
}

static void
test_syntax (void)
{
  static const char *const bad[] = {
    "",
    " ",
    "{",
    "[",
    "]",
    "}",
    "[1,]",
    "[,1]",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "[1 2]",
    "1 2",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "0x1",
    "tru",
    "nul",
    "NaN",
    "Infinity",
    "'a'",
    "\"a",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\uD800\"",
    "\"\\uD800\\u0041\"",
    "\"\\uDC00\"",
    "\"\t\"",
    "// c\n1",
    "/* c */ 1",
    "[1] x",
    "{\"a\":1 \"b\":2}",
    "{1:2}",
    "[}",
    "{]",
    "\"\\",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], ASSAY_MODEL_ERROR_SYNTAX, NULL);
}

static void
test_round_trip (void)
{
  static const char *const good[] = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "0.1",
    "2.5",
    "1e+300",
    "-1.5e-07",
    "4.0",
    "\"\"",
    "\"a\\\"\\\\\\n\\t\\r\\b\\f\\u0001\\u007f/\"",
    "\"ä€😀\"",
    "[]",
    "{}",
    "[1,[2,[3,{}]],{\"b\":[],\"a\":null}]",
    "{\"z\":1,\"a\":2}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (good[i], -1, &error);
      g_autoptr (JsonNode) copy = assay_json_copy (node);
      g_autofree char *pretty = assay_json_to_pretty_string (copy);
      g_autoptr (JsonNode) again = assay_json_parse (pretty, -1, &error);

      g_assert_no_error (error);
      assert_string (assay_json_to_string (node), good[i]);
      assert_string (assay_json_to_string (copy), good[i]);
      g_assert_true (assay_json_equal (node, again));
    }
}

static void
test_escapes (void)
{
  g_autoptr (JsonNode) node = assay_json_parse ("\"\\u00e4\\uD83D\\uDE00\\/\"", -1, NULL);

  g_assert_cmpstr (assay_json_node_string (node), ==, "ä😀/");
}

static void
test_numbers (void)
{
  static const double values[] = {
    0.1, 0.7, 1.0 / 3, 1e22, 123456789.123456789, 5e-324, 1.7976931348623157e308
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), values[i]);
      g_autofree char *text = assay_json_to_string (node);
      g_autoptr (JsonNode) again = assay_json_parse (text, -1, NULL);
      double value;

      g_assert_true (assay_json_node_number (again, &value));
      g_assert_cmpfloat (value, ==, values[i]);
    }
  {
    g_autoptr (JsonNode) endless = json_node_init_double (json_node_alloc (), INFINITY);

    assert_string (assay_json_to_string (endless), "null");
    g_assert_false (assay_json_node_number (endless, NULL));
  }

  assert_refused ("{\"n\":9223372036854775808}", ASSAY_MODEL_ERROR_RANGE, "/n");
  assert_refused ("{\"n\":-9223372036854775809}", ASSAY_MODEL_ERROR_RANGE, "/n");
  assert_refused ("[0, 1e400]", ASSAY_MODEL_ERROR_RANGE, "/1");
  assert_refused ("[0, -1e400]", ASSAY_MODEL_ERROR_RANGE, "/1");
}

static void
test_nul_and_encoding (void)
{
  assert_refused ("{\"a\":{\"b\":[0,\"x\\u0000y\"]}}", ASSAY_MODEL_ERROR_SYNTAX, "/a/b/1");
  assert_refused ("{\"a\\u0000\":1}", ASSAY_MODEL_ERROR_SYNTAX, NULL);
  assert_refused_full ("\"a\0b\"", 5, ASSAY_JSON_DEFAULT, ASSAY_MODEL_ERROR_SYNTAX, NULL);
  assert_refused ("\"\xff\"", ASSAY_MODEL_ERROR_SYNTAX, "byte 1");
  assert_refused ("\"\xed\xa0\x80\"", ASSAY_MODEL_ERROR_SYNTAX, NULL);
  {
    g_autoptr (JsonNode) node = assay_json_parse ("\xEF\xBB\xBF[1]", -1, NULL);

    g_assert_nonnull (assay_json_node_array (node));
  }
}

static void
test_places (void)
{
  assert_refused ("{\"a/b\":{\"~\":[0,{\"x\":tru}]}}", ASSAY_MODEL_ERROR_SYNTAX, "/a~1b/~0/1/x");
  assert_refused ("[[],[1,2,x]]", ASSAY_MODEL_ERROR_SYNTAX, "/1/2");
}

static void
test_duplicates (void)
{
  const char *text = "{\"a\":[{\"x\":1,\"y\":{\"x\":2},\"\\u0078\":3}]}";
  g_autoptr (JsonNode) node = assay_json_parse (text, -1, NULL);
  g_autoptr (JsonNode) fine = NULL;

  g_assert_nonnull (node);
  assert_refused_full (text, -1, ASSAY_JSON_REFUSE_DUPLICATES, ASSAY_MODEL_ERROR_DUPLICATE,
                       "/a/0/x");
  fine = assay_json_parse_full ("[{\"x\":1},{\"x\":{\"x\":1}}]", -1, ASSAY_JSON_REFUSE_DUPLICATES,
                                NULL);
  g_assert_nonnull (fine);
}

static char *
nested (guint levels)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < levels; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "0");
  for (guint i = levels; i > 0; i--)
    g_string_append (text, (i - 1) % 2 == 0 ? "]" : "}");
  return g_string_free_and_steal (text);
}

static void
test_limit_depth (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autofree char *text = nested ((guint) (ASSAY_LIMIT_JSON_DEPTH_LEVELS + delta));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = assay_json_parse (text, -1, &error);

      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
  {
    g_autofree char *text = nested (100000);

    assert_refused (text, ASSAY_MODEL_ERROR_TOO_LARGE, NULL);
  }
}

static void
test_limit_nodes (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new ("[0");
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      /* The list itself counts too. */
      for (int i = 2; i < ASSAY_LIMIT_JSON_NODES + delta; i++)
        g_string_append (text, ",0");
      g_string_append_c (text, ']');
      node = assay_json_parse (text->str, -1, &error);
      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
}

static void
test_limit_string (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      gsize length = (gsize) (ASSAY_LIMIT_JSON_STRING_BYTES + delta);
      g_autofree char *text = g_malloc (length + 3);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      memset (text, 'x', length + 2);
      text[0] = text[length + 1] = '"';
      text[length + 2] = '\0';
      node = assay_json_parse (text, -1, &error);
      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
}

static void
test_limit_size (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      gsize length = (gsize) (ASSAY_LIMIT_TASK_JSON_BYTES + delta);
      g_autofree char *text = g_malloc (length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      memset (text, ' ', length);
      text[length - 1] = '1';
      bytes = g_bytes_new_take (g_steal_pointer (&text), length);
      node = assay_json_parse_bytes (bytes, &error);
      if (delta <= 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TOO_LARGE);
    }
}

/* Nothing here may say a word on standard error, whatever the type. */
static void
test_typed_access (void)
{
  g_autoptr (JsonNode) node =
      json ("{'s': 'x', 'i': 3, 'd': 2.5, 'w': 4.0, 'b': true, 'n': null, 'a': [1], 'o': {}}");
  JsonObject *object = assay_json_node_object (node);
  static const char *const names[] = { "s", "i", "d", "w", "b", "n", "a", "o", "gone" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];

      g_assert_cmpstr (assay_json_get_string (object, name), ==, i == 0 ? "x" : NULL);
      g_assert_cmpstr (assay_json_get_string_or (object, name, "y"), ==, i == 0 ? "x" : "y");
      g_assert_cmpint (assay_json_get_int (object, name, -7), ==, i == 1 ? 3 : i == 3 ? 4 : -7);
      g_assert_cmpfloat (assay_json_get_double (object, name, -7), ==,
                         i == 1   ? 3
                         : i == 2 ? 2.5
                         : i == 3 ? 4
                                  : -7);
      g_assert_cmpint (assay_json_get_boolean (object, name, FALSE), ==, i == 4);
      g_assert_cmpint (assay_json_get_boolean (object, name, TRUE), ==, TRUE);
      g_assert_cmpint (assay_json_get_array (object, name) != NULL, ==, i == 6);
      g_assert_cmpint (assay_json_get_object (object, name) != NULL, ==, i == 7);
      g_assert_cmpint (assay_json_has (object, name), ==, i < 8);
    }
  g_assert_null (assay_json_get_string (NULL, "s"));
  g_assert_null (assay_json_node_string (NULL));
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "s")), "x");
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "i")), "3");
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "w")), "4");
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "d")), "2.5");
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "b")), NULL);
  assert_string (assay_json_node_dup_id (json_object_get_member (object, "n")), NULL);
}

static void
test_required (void)
{
  g_autoptr (JsonNode) node = json ("{'s': 'x', 'n': null, 'a': [], 'o': {}}");
  JsonObject *object = assay_json_node_object (node);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (assay_json_require_string (object, "s", "/p", &error), ==, "x");
  g_assert_nonnull (assay_json_require_array (object, "a", "/p", &error));
  g_assert_nonnull (assay_json_require_object (object, "o", "/p", &error));
  g_assert_no_error (error);
  g_assert_null (assay_json_require_string (object, "gone", "/p", &error));
  g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "/p/gone"));
  g_clear_error (&error);
  g_assert_null (assay_json_require_string (object, "n", "/p", &error));
  g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (assay_json_require_array (object, "s", "/p", &error));
  g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE);
  g_assert_nonnull (strstr (error->message, "/p/s"));
  g_clear_error (&error);
  g_assert_null (assay_json_require_object (object, "a", "/p", &error));
  g_assert_error (error, ASSAY_MODEL_ERROR, ASSAY_MODEL_ERROR_TYPE);
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean equal;
  } cases[] = {
    { "{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}", TRUE },
    { "1", "1.0", TRUE },
    { "[1, 2]", "[2, 1]", FALSE },
    { "{'a': null}", "{}", FALSE },
    { "{'a': null}", "{'b': null}", FALSE },
    { "'1'", "1", FALSE },
    { "true", "1", FALSE },
    { "null", "false", FALSE },
    { "9007199254740993", "9007199254740992", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) a = json (cases[i].a);
      g_autoptr (JsonNode) b = json (cases[i].b);
      g_autofree char *left = assay_json_to_canonical_string (a);
      g_autofree char *right = assay_json_to_canonical_string (b);

      g_assert_cmpint (assay_json_equal (a, b), ==, cases[i].equal);
      g_assert_cmpint (assay_json_equal (b, a), ==, cases[i].equal);
      g_assert_cmpint (g_str_equal (left, right), ==, cases[i].equal);
    }
}

static void
test_copy_is_deep (void)
{
  g_autoptr (JsonNode) node = json ("{'a': {'b': ['x']}}");
  g_autoptr (JsonNode) copy = NULL;

  json_node_seal (node);
  copy = assay_json_copy (node);
  json_object_set_int_member (assay_json_get_object (assay_json_node_object (copy), "a"), "c", 1);
  assert_string (assay_json_to_string (node), "{\"a\":{\"b\":[\"x\"]}}");
}

/* What goes from one thread to another is one node, with one count. */
static void
test_between_threads (void)
{
  g_autoptr (JsonNode) node = json ("{'a': {'b': ['x']}}");
  g_autoptr (JsonNode) copy = NULL;

  json_node_seal (node);
  copy = g_boxed_copy (ASSAY_TYPE_JSON_NODE, node);
  g_assert_true (copy == node);
  g_clear_pointer (&node, json_node_unref);
  assert_string (assay_json_to_string (copy), "{\"a\":{\"b\":[\"x\"]}}");
}

static void
test_copy_unknown (void)
{
  g_autoptr (JsonNode) source = json ("{'a': 1, 'b': {'c': [2]}, 'd': 'x'}");
  const char *const known[] = { "a", NULL };
  g_autoptr (JsonObject) target = json_object_new ();

  assay_json_copy_unknown (assay_json_node_object (source), known, target);
  g_assert_cmpuint (json_object_get_size (target), ==, 2);
  g_assert_cmpstr (assay_json_get_string (target, "d"), ==, "x");
}

static void
test_labels (void)
{
  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *label = NULL;

      for (int i = 0; i < ASSAY_LIMIT_LABEL_CHARACTERS + delta; i++)
        g_string_append (text, "ä");
      label = assay_json_dup_label (text->str);
      if (delta <= 0)
        g_assert_cmpstr (label, ==, text->str);
      else
        {
          g_assert_cmpint (g_utf8_strlen (label, -1), ==, ASSAY_LIMIT_LABEL_CHARACTERS);
          g_assert_true (g_str_has_suffix (label, "ä…"));
        }
    }
}

/* The public suite of JSON parsers' torture, where it is at hand. */
static void
test_torture (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ASSAY_SOURCE_DIR"), "..", "shared", "data",
                                              "text-and-parser-torture", "json-test-suite", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  if (dir == NULL)
    {
      g_test_skip ("the torture files are not here");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (!g_str_has_suffix (name, ".json") || !g_file_get_contents (path, &text, &length, NULL))
        continue;
      n_files++;
      node = assay_json_parse (text, (gssize) length, &error);
      if (name[0] == 'n')
        {
          if (node != NULL)
            g_test_fail_printf ("%s was accepted", name);
        }
      /* NUL is valid JSON, and would cut every C string. */
      else if (name[0] == 'y' && node == NULL && strstr (name, "null_escape") == NULL)
        g_test_fail_printf ("%s: %s", name, error->message);
      if (node != NULL)
        {
          g_autofree char *written = assay_json_to_string (node);
          g_autoptr (JsonNode) again = assay_json_parse (written, -1, &error);

          g_assert_true (assay_json_equal (node, again));
        }
    }
  g_assert_cmpuint (n_files, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json/syntax", test_syntax);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/nul-and-encoding", test_nul_and_encoding);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/duplicates", test_duplicates);
  g_test_add_func ("/json/limit/depth", test_limit_depth);
  g_test_add_func ("/json/limit/nodes", test_limit_nodes);
  g_test_add_func ("/json/limit/string", test_limit_string);
  g_test_add_func ("/json/limit/size", test_limit_size);
  g_test_add_func ("/json/typed-access", test_typed_access);
  g_test_add_func ("/json/required", test_required);
  g_test_add_func ("/json/equal", test_equal);
  g_test_add_func ("/json/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/json/between-threads", test_between_threads);
  g_test_add_func ("/json/copy-unknown", test_copy_unknown);
  g_test_add_func ("/json/limit/label", test_labels);
  g_test_add_func ("/json/torture", test_torture);

  return g_test_run ();
}
