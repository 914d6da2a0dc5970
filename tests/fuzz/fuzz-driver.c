/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a target over its stored corpus as an ordinary test: each input as it is and cut off at many
 * places, then the collections of hostile data where they lie beside the sources. With names of
 * files, it runs those: `fuzz-json crash-…`. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "fuzz.h"

#define PREFIXES_OF_EACH 48
#define LARGEST_BYTES (1024 * 1024)
/* The rules ask for 50 ms for so many bytes. */
#define REFERENCE_BYTES (64 * 1024)

/* Paths below the collections, divided by colons: of files that are inputs, and of JSON files whose
 * texts are. */
#ifndef FUZZ_FILES
#define FUZZ_FILES ""
#endif
#ifndef FUZZ_TEXTS
#define FUZZ_TEXTS ""
#endif

static guint n_inputs;
static gint64 slowest_us;
static char *slowest;

static void
run (const char *name, const char *data, gsize size)
{
  /* Exactly as large as it says, so that reading beyond it is found. */
  g_autofree guint8 *copy = g_memdup2 (data, size);
  gint64 before = g_get_monotonic_time ();
  gint64 took;

  LLVMFuzzerTestOneInput (copy, size);
  n_inputs++;
  took = g_get_monotonic_time () - before;
  if (size >= REFERENCE_BYTES / 16)
    took = took * REFERENCE_BYTES / (gint64) size;
  if (took > slowest_us)
    {
      slowest_us = took;
      g_set_str (&slowest, name);
    }
}

static void
run_prefixes (const char *name, const char *data, gsize size)
{
  gsize step = 1 + size / PREFIXES_OF_EACH;

  for (gsize length = 0; length < size; length += step)
    run (name, data, length);
}

static void
start (void)
{
  n_inputs = 0;
  slowest_us = 0;
  g_set_str (&slowest, "none");
}

/* Only said: what a clock shows on a busy machine decides nothing. */
static void
report (void)
{
  g_test_message ("%u inputs; the slowest, %s, took %.1f ms (where it is large, for 64 KiB of it)",
                  n_inputs, slowest, (double) slowest_us / 1000.0);
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (paths, (GCompareFunc) strcmp);
  return paths;
}

static void
test_corpus (void)
{
  g_autofree char *folder =
      g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", FUZZ_TARGET, NULL);
  g_autoptr (GPtrArray) paths = list_files (folder);

  /* A target without seeds tests nothing. */
  g_assert_cmpuint (paths->len, >, 0);
  start ();
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *data = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;

      g_file_get_contents (paths->pdata[i], &data, &size, &error);
      g_assert_no_error (error);
      g_test_message ("%s", (char *) paths->pdata[i]);
      run (paths->pdata[i], data, size);
      run_prefixes (paths->pdata[i], data, size);
    }
  report ();
}

static void
run_texts (const char *name, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        run_texts (name, member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        run_texts (name, json_array_get_element (array, i));
    }
  else if (assay_json_node_string (node) != NULL)
    run (name, json_node_get_string (node), strlen (json_node_get_string (node)));
}

static void
run_collection (const char *path, gboolean texts)
{
  g_autoptr (GPtrArray) paths = list_files (path);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    g_ptr_array_add (paths, g_strdup (path));
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *data = NULL;
      g_autoptr (JsonNode) node = NULL;
      gsize size;

      if (!g_file_get_contents (paths->pdata[i], &data, &size, NULL) || size > LARGEST_BYTES)
        continue;
      if (!texts)
        run (paths->pdata[i], data, size);
      else if ((node = assay_json_parse (data, (gssize) size, NULL)) != NULL)
        run_texts (paths->pdata[i], node);
    }
}

static void
test_collections (void)
{
  static const struct
  {
    const char *paths;
    gboolean texts;
  } collections[] = { { FUZZ_FILES, FALSE }, { FUZZ_TEXTS, TRUE } };
  const char *source = g_getenv ("ASSAY_SOURCE_DIR");
  g_autofree char *data =
      g_build_filename (source != NULL ? source : ".", "..", "shared", "data", NULL);

  if (!g_file_test (data, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the collections of public data are not beside the sources");
      return;
    }
  start ();
  for (guint i = 0; i < G_N_ELEMENTS (collections); i++)
    {
      g_auto (GStrv) paths = g_strsplit (collections[i].paths, ":", -1);

      for (guint p = 0; paths[p] != NULL; p++)
        {
          g_autofree char *path = g_build_filename (data, paths[p], NULL);

          run_collection (path, collections[i].texts);
        }
    }
  g_assert_cmpuint (n_inputs, >, 0);
  report ();
}

int
main (int argc, char *argv[])
{
  if (argc > 1 && argv[1][0] != '-')
    {
      LLVMFuzzerInitialize (&argc, &argv);
      for (int i = 1; i < argc; i++)
        {
          g_autofree char *data = NULL;
          g_autoptr (GError) error = NULL;
          gsize size;

          if (!g_file_get_contents (argv[i], &data, &size, &error))
            g_error ("%s", error->message);
          start ();
          run (argv[i], data, size);
          g_print ("%s: %.1f ms\n", argv[i], (double) slowest_us / 1000.0);
        }
      return 0;
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  g_test_add_func ("/fuzz/" FUZZ_TARGET "/corpus", test_corpus);
  if (sizeof (FUZZ_FILES FUZZ_TEXTS) > 1)
    g_test_add_func ("/fuzz/" FUZZ_TARGET "/collections", test_collections);
  return g_test_run ();
}
