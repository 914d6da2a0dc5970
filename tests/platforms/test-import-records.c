/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "assay-import-file.h"
#include "assay-importer-private.h"
#include "assay-json.h"
#include "assay-limits.h"
#include "assay-record-reader.h"
#include "assay-splitter.h"
#include "assay-table-row.h"
#include "import-support.h"

/* The records of files in every form, with faults in them. */

static void
compress (const char *text, GByteArray *to)
{
  g_autoptr (GZlibCompressor) compressor =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bytes = g_converter_convert_bytes (G_CONVERTER (compressor), plain, &error);
  g_assert_no_error (error);
  g_byte_array_append (to, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

/* The records as compact JSON, and each problem as "!line". */
static GStrv
read_file (ImportTrial *trial, const char *name, const char *records, gsize limit)
{
  g_autofree char *path = g_build_filename (trial->folder, name, NULL);
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (AssayRecordReader) reader = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (AssayRecord) record = { 0 };
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (opened, g_file_new_for_path (path));
  files = assay_import_file_list (opened, NULL, &error);
  g_assert_no_error (error);
  assay_import_file_sniff (g_ptr_array_index (files, 0), NULL, &error);
  g_assert_no_error (error);
  reader = assay_record_reader_new (g_ptr_array_index (files, 0), records, limit, NULL, &error);
  g_assert_no_error (error);
  for (;;)
    {
      g_autofree char *sentence = NULL;
      AssayChunkStatus status = assay_record_reader_next (reader, &record, &sentence, &error);

      if (status == ASSAY_CHUNK_END)
        break;
      if (status == ASSAY_CHUNK_PROBLEM)
        {
          g_assert_nonnull (sentence);
          g_strv_builder_take (builder, g_strdup_printf ("!%" G_GUINT64_FORMAT, record.line));
        }
      else
        {
          g_autoptr (JsonNode) again = NULL;
          char *text = assay_json_to_string (record.node);

          /* What is found by its place is the same. */
          again = assay_record_read_at (g_ptr_array_index (files, 0), record.offset, record.length,
                                        NULL, &error);
          g_assert_no_error (error);
          g_assert_true (assay_json_equal (again, record.node));
          g_strv_builder_take (builder, text);
        }
    }
  if (error != NULL)
    g_strv_builder_take (builder, g_strdup ("!end"));
  return g_strv_builder_end (builder);
}

static void
expect_bytes (const char *name,
              const char *bytes,
              gsize length,
              const char *records,
              const char *wanted)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_auto (GStrv) found = NULL;
  g_autofree char *joined = NULL;

  import_trial_write (trial, name, bytes, (gssize) length);
  found = read_file (trial, name, records, ASSAY_LIMIT_IMPORT_LINE_BYTES);
  joined = g_strjoinv (" ", found);
  g_assert_cmpstr (joined, ==, wanted);
}

static void
expect (const char *name, const char *text, const char *records, const char *wanted)
{
  expect_bytes (name, text, strlen (text), records, wanted);
}

static void
test_lines (void)
{
  expect ("a.jsonl", "{\"a\":1}\n{\"a\":2}\n", NULL, "{\"a\":1} {\"a\":2}");
  expect ("a.jsonl", "{\"a\":1}\r\n\r\n  \n{\"a\":2}", NULL, "{\"a\":1} {\"a\":2}");
  expect ("a.jsonl", "\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}", NULL, "{\"a\":1} {\"a\":2}");
  /* A broken line costs itself alone. */
  expect ("a.jsonl", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n{\"a\":\"\xff\"}\n{\"a\":5}\n", NULL,
          "{\"a\":1} !2 {\"a\":3} !4 {\"a\":5}");
  expect ("a.jsonl", "{\"a\":1}\n{\"a\":\"x\\u0000\"}\n{\"a\":3}\n", NULL,
          "{\"a\":1} !2 {\"a\":3}");
  /* The name does not decide. */
  expect ("a.json", "{\"a\":1}\n{\"a\":2}\n", NULL, "{\"a\":1} {\"a\":2}");
}

/* A file that holds more than it may is read up to there. */
static void
test_file_limit (void)
{
  static const char text[] = "{\"a\":1}\n{\"a\":2}\n";

  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (GInputStream) stream =
          g_memory_input_stream_new_from_data (text, strlen (text), NULL);
      g_autoptr (AssaySplitter) splitter = assay_splitter_new (stream, ASSAY_SPLIT_LINES, NULL, ',',
                                                               100, strlen (text) - delta, NULL);
      AssayChunk chunk;
      guint n_records = 0;

      while (assay_splitter_next (splitter, &chunk) == ASSAY_CHUNK_RECORD)
        n_records++;
      g_assert_cmpuint (n_records, ==, delta > 0 ? 0 : 2);
      if (delta > 0)
        g_assert_error (assay_splitter_get_error (splitter), ASSAY_IMPORT_ERROR,
                        ASSAY_IMPORT_ERROR_TOO_LARGE);
      else
        g_assert_no_error (assay_splitter_get_error (splitter));
    }
}

/* In Assay's own form a member is there once; elsewhere the last one counts, as everywhere. */
static void
test_duplicates (void)
{
  g_autoptr (ImportTrial) own = import_trial_new ();
  g_autoptr (ImportTrial) foreign = import_trial_new ();

  import_trial_write (own, "a.jsonl",
                      "{\"type\":\"task\",\"id\":\"1\",\"prompt\":\"p\","
                      "\"responses\":[{\"id\":\"r\",\"content\":\"c\"}]}\n"
                      "{\"type\":\"task\",\"id\":\"2\",\"prompt\":\"p\","
                      "\"responses\":[{\"id\":\"r\",\"content\":\"c\",\"\\u0069d\":\"s\"}]}\n",
                      -1);
  import_trial_open (own, "a.jsonl");
  import_trial_run (own);
  g_assert_no_error (own->error);
  g_assert_cmpuint (own->tasks->len, ==, 1);
  g_assert_cmpstr (import_trial_get_problem (own, 0)->message, ==,
                   "A member is there twice. (at /responses/0/id, byte 83)");
  g_assert_cmpuint (import_trial_get_problem (own, 0)->line, ==, 2);

  import_trial_write (
      foreign, "a.jsonl",
      "{\"prompt\":\"p\",\"response_a\":\"x\",\"response_a\":\"a\",\"response_b\":\"b\"}\n", -1);
  import_trial_open (foreign, "a.jsonl");
  import_trial_run (foreign);
  g_assert_no_error (foreign->error);
  g_assert_cmpstr (import_trial_get_response (foreign, 0, 0), ==, "a");
}

/* Whoever opens a large file is told that it takes a while. */
static void
test_file_soft_limit (void)
{
  g_autofree char *fill = g_strnfill (100 * 1024, 'b');
  g_autofree char *record =
      g_strdup_printf ("{\"prompt\":\"p\",\"response_a\":\"a\",\"response_b\":\"%s\"}\n", fill);

  for (int delta = -1; delta <= 1; delta++)
    {
      g_autoptr (ImportTrial) trial = import_trial_new ();
      gsize length = (gsize) ASSAY_LIMIT_IMPORT_FILE_SOFT_BYTES + delta;
      g_autoptr (GString) text = g_string_sized_new (length + strlen (record));
      g_autofree char *words = NULL;
      g_autoptr (AssayImportMapping) mapping = NULL;
      g_autoptr (GError) error = NULL;

      while (text->len < length)
        g_string_append (text, record);
      import_trial_write (trial, "a.jsonl", text->str, (gssize) length);
      import_trial_open (trial, "a.jsonl");
      mapping = import_support_detect (trial->importer, &error);
      g_assert_no_error (error);
      words = assay_importer_describe (trial->importer, mapping);
      g_test_message ("%s", words);
      g_assert_cmpint (strstr (words, "takes a while to read") != NULL, ==, delta > 0);
    }
}

/* The break behind a record is not part of it, however it is written. */
static void
test_record_limit (void)
{
  static const char *const breaks[] = { "\n", "\r\n" };
  const gsize limit = 40;

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    for (int delta = -1; delta <= 1; delta++)
      {
        g_autoptr (ImportTrial) trial = import_trial_new ();
        g_autofree char *fill = g_strnfill (limit - strlen ("{\"a\":\"\"}") + delta, 'x');
        g_autofree char *cell = g_strnfill (limit - strlen ("1,") + delta, 'x');
        g_autofree char *lines =
            g_strconcat ("{\"a\":\"", fill, "\"}", breaks[i], "{\"a\":2}", breaks[i], NULL);
        g_autofree char *rows =
            g_strconcat ("a,b", breaks[i], "1,", cell, breaks[i], "2,y", breaks[i], NULL);
        g_auto (GStrv) of_lines = NULL;
        g_auto (GStrv) of_rows = NULL;

        import_trial_write (trial, "a.jsonl", lines, -1);
        of_lines = read_file (trial, "a.jsonl", NULL, limit);
        import_trial_write (trial, "a.csv", rows, -1);
        of_rows = read_file (trial, "a.csv", NULL, limit);
        g_assert_cmpuint (g_strv_length (of_lines), ==, 2);
        g_assert_cmpuint (g_strv_length (of_rows), ==, 2);
        g_assert_cmpint (*of_lines[0] == '!', ==, delta > 0);
        g_assert_cmpint (*of_rows[0] == '!', ==, delta > 0);
      }
}

static void
test_values (void)
{
  expect ("a.json", "[{\"a\":1},\n {\"a\":2}]", NULL, "{\"a\":1} {\"a\":2}");
  expect ("a.json", "  [ ]  ", NULL, "");
  expect ("a.json", "{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n", NULL, "{\"a\":1} {\"a\":2}");
  expect ("a.json", "[{\"a\":\"]}\\\"{[\"},{\"a\":2}]", NULL, "{\"a\":\"]}\\\"{[\"} {\"a\":2}");
  /* A bad one among good ones. */
  expect ("a.json", "[{\"a\":1},\n{\"a\" 2},\n{\"a\":3}]", NULL, "{\"a\":1} !2 {\"a\":3}");
  expect ("a.json", "[{\"a\":1}\n{\"a\":2}]", NULL, "{\"a\":1} !2 {\"a\":2}");
  expect ("a.json", "[{\"a\":1},,{\"a\":2}]", NULL, "{\"a\":1} !1 {\"a\":2}");
  expect ("a.json", "[{\"a\":1},{\"a\":2", NULL, "{\"a\":1} !1 !1");
  expect ("a.json", "[{\"a\":1}}", NULL, "{\"a\":1} !1");
  expect ("a.json", "[{\"a\":1}]]", NULL, "{\"a\":1} !1");
  /* The record that is not closed is given up where the next begins. */
  expect ("a.json", "{\n \"a\": 1\n}\n{\n \"a\": 2\n{\n \"a\": 3\n}\n", NULL,
          "{\"a\":1} !4 {\"a\":3}");
}

static void
test_nested (void)
{
  const char *wrapper =
      "{\"model\":\"m\",\"x\":[1,{\"samples\":0}],\"samples\":[{\"a\":1},{\"a\":2}],"
      "\"late\":\"l\"}";

  expect ("a.json", wrapper, "samples", "{\"a\":1} {\"a\":2}");
  expect ("a.json", "{\"x\":{\"a\":1},\"y\":{\"a\":2}}", "*", "{\"a\":1} {\"a\":2}");
  expect ("a.json", "{\"x\":{\"k\":{\"a\":1}},\"y\":{\"k\":{\"a\":2}}}", "*.k",
          "{\"a\":1} {\"a\":2}");
  expect ("a.json", "{\"x\":1}", "samples", "");
  expect ("a.json", "{\"x\" 1, \"samples\":[{\"a\":1}]}", "samples", "!1 {\"a\":1}");
}

static void
test_beside (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();

  /* What stands behind the records counts as well. */
  import_trial_write (
      trial, "a.json",
      "{\"results\":[{\"id\":\"1\",\"prompt\":\"P\",\"output\":\"O\"}],\"model_name\":\"m\"}", -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 1);
  g_assert_cmpstr (
      assay_document_get_model (assay_task_get_response (import_trial_get (trial, 0), 0)), ==, "m");
}

static void
test_csv (void)
{
  expect ("a.csv", "a,b\n1,2\n", NULL, "{\"a\":\"1\",\"b\":\"2\"}");
  expect ("a.csv", "a,b\r\n1,\"x\r\ny\"\r\n", NULL, "{\"a\":\"1\",\"b\":\"x\\r\\ny\"}");
  expect ("a.csv", "a,b\n\"he said \"\"no\"\", twice\",\n", NULL,
          "{\"a\":\"he said \\\"no\\\", twice\",\"b\":\"\"}");
  expect ("a.csv", "a;b\n1;2,5\n", NULL, "{\"a\":\"1\",\"b\":\"2,5\"}");
  expect ("a.csv", "a,a,\n1,2,3\n", NULL, "{\"a\":\"1\",\"a (2)\":\"2\",\"column 3\":\"3\"}");
  /* Too many cells are a fault, too few are empty ones. */
  expect ("a.csv", "a,b\n1,2,3\n4\n", NULL, "!2 {\"a\":\"4\"}");
  expect ("a.csv", "a,b\n1,2\n3,\"x\n4,5\n", NULL, "{\"a\":\"1\",\"b\":\"2\"} !3");
  expect ("a.csv", "a,b\n1,say \"x\"\n2,3\n", NULL,
          "{\"a\":\"1\",\"b\":\"say \\\"x\\\"\"} {\"a\":\"2\",\"b\":\"3\"}");
  expect ("a.tsv", "a\tb\n1\tsay \"x\n2\t\"q\"\"r\"\n", NULL,
          "{\"a\":\"1\",\"b\":\"say \\\"x\"} {\"a\":\"2\",\"b\":\"q\\\"r\"}");
}

static char *
to_utf16 (const char *text, gboolean big_endian, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes =
      g_convert (text, -1, big_endian ? "UTF-16BE" : "UTF-16LE", "UTF-8", NULL, length, &error);

  g_assert_no_error (error);
  return bytes;
}

/* What spreadsheets save as “Unicode text”, and records in it. Lines are counted in the text. */
static void
test_utf16 (void)
{
  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *table =
          to_utf16 ("\xEF\xBB\xBF"
                    "a\tb\r\n1\t\xF0\x9F\x98\x80 \xD7\xA9\r\n2\t3\t4\r\n5\t\"x\ny\"\r\n",
                    i == 1, &length);

      expect_bytes ("a.tsv", table, length, NULL,
                    "{\"a\":\"1\",\"b\":\"\xF0\x9F\x98\x80 \xD7\xA9\"} !3 "
                    "{\"a\":\"5\",\"b\":\"x\\ny\"}");
    }
  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *lines =
          to_utf16 ("\xEF\xBB\xBF{\"a\":\"\xE2\x82\xAC\"}\n{\"a\":\n{\"a\":\"3\"}\n", i == 1,
                    &length);

      expect_bytes ("a.jsonl", lines, length, NULL, "{\"a\":\"\xE2\x82\xAC\"} !2 {\"a\":\"3\"}");
    }
}

/* Half a character costs its record; what stands after it is read. */
static void
test_utf16_broken (void)
{
  gsize length;
  g_autofree char *bytes =
      to_utf16 ("\xEF\xBB\xBF{\"a\":\"1\"}\n{\"a\":\"!\"}\n{\"a\":\"?\"}\n{\"a\":\"4\"}\n", FALSE,
                &length);

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      /* A half that waits for its other, and one that nothing came before. */
      if (bytes[i] == '!' && bytes[i + 1] == 0)
        bytes[i + 1] = (char) 0xD8;
      if (bytes[i] == '?' && bytes[i + 1] == 0)
        bytes[i + 1] = (char) 0xDC;
    }
  expect_bytes ("a.jsonl", bytes, length, NULL, "{\"a\":\"1\"} !2 !3 {\"a\":\"4\"}");
  /* The file ends within a character. */
  expect_bytes ("a.jsonl", bytes, length - 1, NULL, "{\"a\":\"1\"} !2 !3 !4");
}

/* The places of records hold for what is read again: answers that lie in several files. */
static void
test_utf16_joined (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  const char *const names[] = { "model_a.jsonl", "model_b.jsonl" };

  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *text = g_strdup_printf (
          "\xEF\xBB\xBF{\"id\":\"1\",\"prompt\":\"\xE2\x82\xAC?\",\"response\":\"%u one\"}\n"
          "{\"id\":\"2\",\"prompt\":\"Two?\",\"response\":\"%u two\"}\n",
          i, i);
      g_autofree char *bytes = to_utf16 (text, i == 1, &length);

      import_trial_write (trial, names[i], bytes, (gssize) length);
    }
  import_trial_open (trial, NULL);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpstr (import_trial_get_response (trial, 0, 1), ==, "1 one");
  g_assert_cmpstr (import_trial_get_response (trial, 1, 0), ==, "0 two");
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 0);
}

/* Tables with tabs mostly know no quotation marks. Where lines make up whole rows only if they are
 * quoted, they are. */
static void
test_tabs_quoted (void)
{
  /* In the middle and in the last cell; with a tab in it; with doubled marks. */
  expect ("a.tsv", "a\tb\tc\n1\t\"x\ny\"\t2\n3\t4\t\"u\r\nv\"\r\n5\t6\t7\n", NULL,
          "{\"a\":\"1\",\"b\":\"x\\ny\",\"c\":\"2\"} {\"a\":\"3\",\"b\":\"4\",\"c\":\"u\\r\\nv\"} "
          "{\"a\":\"5\",\"b\":\"6\",\"c\":\"7\"}");
  expect ("a.tsv", "a\tb\n1\t\"x\ty\"\n2\t\"say \"\"no\"\"\n\ntwice\"", NULL,
          "{\"a\":\"1\",\"b\":\"x\\ty\"} {\"a\":\"2\",\"b\":\"say \\\"no\\\"\\n\\ntwice\"}");
  /* The line of what comes after is true. */
  expect ("a.tsv", "a\tb\n1\t\"x\n\ny\"\n2\t3\t4\n", NULL, "{\"a\":\"1\",\"b\":\"x\\n\\ny\"} !5");
  /* A mark that was only written stands for itself: never closed, closed within a cell, or where
   * each line is a row by itself. */
  expect ("a.tsv", "a\tb\n1\t\"x\n2\ty\n", NULL,
          "{\"a\":\"1\",\"b\":\"\\\"x\"} {\"a\":\"2\",\"b\":\"y\"}");
  expect ("a.tsv", "a\tb\n1\t\"x\n2\t\"q\" y\n", NULL,
          "{\"a\":\"1\",\"b\":\"\\\"x\"} {\"a\":\"2\",\"b\":\"\\\"q\\\" y\"}");
  expect ("a.tsv", "a\tb\n1\t\"x\n2\ty\"\n", NULL,
          "{\"a\":\"1\",\"b\":\"\\\"x\"} {\"a\":\"2\",\"b\":\"y\\\"\"}");
}

/* What spreadsheets on other systems write. */
static void
test_table_origins (void)
{
  expect ("a.csv", "\xEF\xBB\xBF\"a\",b\n1,2\n", NULL, "{\"a\":\"1\",\"b\":\"2\"}");
  /* Carriage returns alone, in both kinds of table, and the lines are counted. */
  expect ("a.csv", "a,b\r1,\"x\ry\"\r2,3,4\r5,6", NULL,
          "{\"a\":\"1\",\"b\":\"x\\ry\"} !4 {\"a\":\"5\",\"b\":\"6\"}");
  expect ("a.tsv", "a\tb\r1\t2\r3\t4\t5\r6\t7\r", NULL,
          "{\"a\":\"1\",\"b\":\"2\"} !3 {\"a\":\"6\",\"b\":\"7\"}");
  expect ("a.tsv", "a\tb\r\n\r\n1\t2\r\n", NULL, "{\"a\":\"1\",\"b\":\"2\"}");
}

/* A NUL byte behind the part that is looked at first costs its own row. */
static void
test_table_nul (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GString) text = g_string_new ("id,prompt,answer1,answer2\n");
  GPtrArray *problems;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%u,Question %u?,yes,no\n", i, i);
  g_string_append_len (text, "x,Wh\0at?,yes,no\n", strlen ("x,What?,yes,no\n") + 1);
  g_string_append (text, "y,Last?,yes,no\n");
  import_trial_write (trial, "a.csv", text->str, (gssize) text->len);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 20001);
  problems = assay_importer_get_problems (trial->importer);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpuint (import_trial_get_problem (trial, 0)->line, ==, 20002);
  g_assert_nonnull (strstr (import_trial_get_problem (trial, 0)->message, "NUL"));
}

static void
test_gzip (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_auto (GStrv) found = NULL;
  g_auto (GStrv) cut = NULL;
  g_autofree char *joined = NULL;

  /* Two members, as parallel compressors write them. */
  compress ("{\"a\":1}\n{\"a\":", bytes);
  compress ("2}\n{\"a\":3}\n", bytes);
  import_trial_write (trial, "a.jsonl.gz", (const char *) bytes->data, bytes->len);
  found = read_file (trial, "a.jsonl.gz", NULL, ASSAY_LIMIT_IMPORT_LINE_BYTES);
  joined = g_strjoinv (" ", found);
  g_assert_cmpstr (joined, ==, "{\"a\":1} {\"a\":2} {\"a\":3}");

  /* Cut off, the beginning is kept. */
  import_trial_write (trial, "b.jsonl.gz", (const char *) bytes->data, bytes->len - 12);
  cut = read_file (trial, "b.jsonl.gz", NULL, ASSAY_LIMIT_IMPORT_LINE_BYTES);
  g_assert_cmpstr (cut[g_strv_length (cut) - 1], ==, "!end");
  g_assert_cmpstr (cut[0], ==, "{\"a\":1}");

  /* A byte-order mark is one of the text, not of the file around it. */
  g_byte_array_set_size (bytes, 0);
  compress ("\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n", bytes);
  expect_bytes ("c.jsonl.gz", (const char *) bytes->data, bytes->len, NULL, "{\"a\":1} {\"a\":2}");
}

static void
test_limit (void)
{
  /* One less, as many, one more than the limit, in each form. */
  for (guint form = 0; form < 3; form++)
    {
      for (int extra = -1; extra <= 1; extra++)
        {
          g_autoptr (ImportTrial) trial = import_trial_new ();
          g_autofree char *padding = g_strnfill ((gsize) (92 + extra), 'x');
          g_autofree char *record = g_strdup_printf ("{\"a\":\"%s\"}", padding);
          g_autofree char *text = NULL;
          g_auto (GStrv) found = NULL;

          if (form == 0)
            text = g_strdup_printf ("%s\n{\"b\":1}\n", record);
          else if (form == 1)
            text = g_strdup_printf ("[%s,\n{\"b\":1}]", record);
          else
            text = g_strdup_printf ("a,b\n%s%s,1\n2,3\n", padding, "xxxxxx");
          import_trial_write (trial, form == 2 ? "a.csv" : "a.json", text, -1);
          found = read_file (trial, form == 2 ? "a.csv" : "a.json", NULL, 100);
          g_assert_cmpuint (g_strv_length (found), ==, 2);
          g_assert_cmpint (found[0][0] == '!', ==, extra > 0);
          g_assert_cmpint (found[1][0] == '!', ==, FALSE);
        }
    }
}

/* A limit that is much smaller than what the reader takes at once, and records that are much
 * larger. */
static void
test_large_records (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *padding = g_strnfill (300000, 'x');
  g_auto (GStrv) found = NULL;

  for (guint i = 0; i < 5; i++)
    g_string_append_printf (text, "{\"i\":%u,\"a\":\"%s\"}\n{\"i\":%u}\n", i,
                            i % 2 == 0 ? padding : "", i);
  import_trial_write (trial, "a.jsonl", text->str, (gssize) text->len);
  found = read_file (trial, "a.jsonl", NULL, 100000);
  g_assert_cmpuint (g_strv_length (found), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (found[i][0] == '!', ==, i == 0 || i == 4 || i == 8);
}

/* The importer says which line, and goes on. */
static void
test_report (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  AssayImportProblem *problem;
  g_autofree char *place = NULL;

  import_trial_write (trial, "a.jsonl",
                      "{\"id\":1,\"prompt\":\"P\",\"response_a\":\"A\",\"response_b\":\"B\"}\n"
                      "{\"id\":2,\"prompt\":\"P\",\"response_a\":\n"
                      "[1,2]\n"
                      "{\"id\":4,\"prompt\":\"\",\"response_a\":\"A\",\"response_b\":\"B\"}\n"
                      "{\"id\":5,\"prompt\":\"P\"}\n"
                      "{\"id\":6,\"prompt\":\"P\",\"response_a\":\"A\",\"response_b\":\"B\"}\n",
                      -1);
  import_trial_run (trial);
  g_assert_no_error (trial->error);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpstr (assay_task_get_id (import_trial_get (trial, 1)), ==, "6");
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 4);
  g_assert_cmpuint (import_trial_get_problem (trial, 0)->line, ==, 2);
  g_assert_cmpuint (import_trial_get_problem (trial, 1)->line, ==, 3);
  problem = import_trial_get_problem (trial, 2);
  g_assert_cmpuint (problem->line, ==, 4);
  g_assert_cmpstr (problem->field, ==, "prompt");
  g_assert_cmpstr (import_trial_get_problem (trial, 3)->field, ==, "response_a");
  place = assay_import_problem_describe_place (problem);
  g_assert_cmpstr (place, ==, "a.jsonl, line 4, field “prompt”");
}

/* More problems than are kept are still counted. */
static void
test_many_problems (void)
{
  g_autoptr (ImportTrial) trial = import_trial_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (
      text, "{\"prompt\":\"P\",\"response\":\"R\"}\n{\"prompt\":\"Q\",\"response\":\"R\"}\n");
  for (guint i = 0; i < 1500; i++)
    g_string_append (text, "{\"prompt\":\"P\"}\n");
  import_trial_write (trial, "a.jsonl", text->str, -1);
  import_trial_run (trial);
  g_assert_cmpuint (trial->tasks->len, ==, 2);
  g_assert_cmpuint (assay_importer_get_n_problems (trial->importer), ==, 1500);
  g_assert_cmpuint (assay_importer_get_problems (trial->importer)->len, ==, 1000);
}

static void
test_guess_separator (void)
{
  g_assert_cmpint (assay_table_guess_separator ("a,b;c,d", 7), ==, ',');
  g_assert_cmpint (assay_table_guess_separator ("\"a,b,c\";d", 9), ==, ';');
  g_assert_cmpint (assay_table_guess_separator ("a\tb", 3), ==, '\t');
  g_assert_cmpint (assay_table_guess_separator ("abc", 3), ==, ',');
}

static void
open_torture (const char *path)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AssayImporter) importer = NULL;
  g_autoptr (AssayImportMapping) mapping = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (files, g_file_new_for_path (path));
  importer = assay_importer_new (files);
  mapping = import_support_detect (importer, &error);
  if (mapping == NULL)
    {
      g_assert_true (g_error_matches (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS));
      g_assert_cmpstr (error->message, !=, "");
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  tasks = import_support_read_all (importer, mapping, &error);
  g_assert_no_error (error);
  g_assert_true (tasks->len > 0 || assay_importer_get_n_problems (importer) > 0);
}

static guint
walk_torture (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += walk_torture (path);
          continue;
        }
      open_torture (path);
      n++;
    }
  return n;
}

/* Broken, hostile and foreign files: tasks, problems or a sentence, and no crash. */
static void
test_torture (gconstpointer data)
{
  const char *paths[] = { data, NULL };
  g_autoptr (GPtrArray) found = import_support_find_data (paths);
  g_autofree char *folder = NULL;

  if (found == NULL)
    {
      g_test_skip ("The public sample data is not here.");
      return;
    }
  folder = g_file_get_path (g_ptr_array_index (found, 0));
  g_assert_cmpuint (walk_torture (folder), >, 0);
  /* And all at once. */
  open_torture (folder);
}

int
main (int argc, char *argv[])
{
  static const char *const sets[] = { "text-and-parser-torture",
                                      "ifeval",
                                      "xstest",
                                      "ilf-code-feedback",
                                      "imo-proofbench",
                                      "wmt23-mqm-side-by-side",
                                      "label-studio-tasks",
                                      "label-studio-templates",
                                      "inspect-eval-logs",
                                      "alce-human-eval",
                                      "refchecker-claims",
                                      "deep-research-bench",
                                      "prm800k-samples",
                                      "hanna-rationale-study",
                                      "ragas-metric-annotations",
                                      "fastchat-mt-bench",
                                      "markdown-conformance" };

  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/records/lines", test_lines);
  g_test_add_func ("/import/records/record-limit", test_record_limit);
  g_test_add_func ("/import/records/file-limit", test_file_limit);
  g_test_add_func ("/import/records/duplicates", test_duplicates);
  g_test_add_func ("/import/records/file-soft-limit", test_file_soft_limit);
  g_test_add_func ("/import/records/values", test_values);
  g_test_add_func ("/import/records/nested", test_nested);
  g_test_add_func ("/import/records/beside", test_beside);
  g_test_add_func ("/import/records/csv", test_csv);
  g_test_add_func ("/import/records/utf16", test_utf16);
  g_test_add_func ("/import/records/utf16-broken", test_utf16_broken);
  g_test_add_func ("/import/records/utf16-joined", test_utf16_joined);
  g_test_add_func ("/import/records/tabs-quoted", test_tabs_quoted);
  g_test_add_func ("/import/records/table-origins", test_table_origins);
  g_test_add_func ("/import/records/table-nul", test_table_nul);
  g_test_add_func ("/import/records/gzip", test_gzip);
  g_test_add_func ("/import/records/limit", test_limit);
  g_test_add_func ("/import/records/large", test_large_records);
  g_test_add_func ("/import/records/report", test_report);
  g_test_add_func ("/import/records/many-problems", test_many_problems);
  g_test_add_func ("/import/records/guess-separator", test_guess_separator);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *path = g_strconcat ("/import/torture/", sets[i], NULL);

      g_test_add_data_func (path, sets[i], test_torture);
    }
  return g_test_run ();
}
