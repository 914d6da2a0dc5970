/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-json.h"
#include "fuzz.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* Whatever the data, nothing may be asked of a function that it must not be asked. */
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  return 0;
}

char *
fuzz_dup_text (const guint8 *data, gsize size)
{
  g_autofree char *raw = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    raw[i] = data[i] == '\0' ? ' ' : (char) data[i];
  raw[size] = '\0';
  return g_utf8_make_valid (raw, (gssize) size);
}

GStrv
fuzz_split_texts (const guint8 *data, gsize size, guint n)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  gsize start = 0;

  for (guint i = 0; i < n; i++)
    {
      const guint8 *end =
          i + 1 < n && start < size ? memchr (data + start, '\0', size - start) : NULL;
      gsize length = end != NULL ? (gsize) (end - data) - start : size - start;

      g_strv_builder_take (texts, fuzz_dup_text (size > 0 ? data + start : NULL, length));
      start = MIN (size, start + length + 1);
    }
  return g_strv_builder_end (texts);
}

JsonNode *
fuzz_parse_object (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) node = assay_json_parse ((const char *) data, (gssize) size, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

gpointer
fuzz_read_back (const guint8 *data,
                gsize size,
                FuzzReadFunc read,
                FuzzWriteFunc write,
                gpointer again)
{
  GObject **second = again;
  g_autoptr (JsonNode) node = fuzz_parse_object (data, size);
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) written_again = NULL;
  g_autoptr (JsonNode) copy = NULL;
  g_autoptr (GObject) object = NULL;
  g_autoptr (GError) error = NULL;

  if (node == NULL)
    return NULL;
  object = read (node, &error);
  if (object == NULL)
    {
      fuzz_check_error (&error);
      return NULL;
    }
  written = write (object);
  copy = assay_json_copy (written);
  *second = read (copy, &error);
  g_assert_no_error (error);
  written_again = write (*second);
  fuzz_check_equal (written, written_again);
  return g_steal_pointer (&object);
}

void
fuzz_check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

void
fuzz_check_error (GError **error)
{
  g_assert_nonnull (*error);
  fuzz_check_text ((*error)->message);
  g_assert_cmpstr ((*error)->message, !=, "");
  g_clear_error (error);
}

void
fuzz_check_equal (JsonNode *a, JsonNode *b)
{
  if (!assay_json_equal (a, b))
    {
      g_autofree char *one = a != NULL ? assay_json_to_string (a) : g_strdup ("nothing");
      g_autofree char *other = b != NULL ? assay_json_to_string (b) : g_strdup ("nothing");

      g_error ("these differ:\n%s\n%s", one, other);
    }
}

void
fuzz_check_border (const char *text, gsize length, gsize offset)
{
  g_assert_cmpuint (offset, <=, length);
  g_assert_true (offset == length || (text[offset] & 0xC0) != 0x80);
}
