/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-batch-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-platform-check.h"

/* More is no token, but some other file. */
#define MAX_TOKEN_BYTES (16 * 1024)

static void
complain (AssayBatchOutput *output, GFile *file, const char *sentence)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *message = g_strdup_printf ("%s: %s", name, sentence);

  assay_batch_output_complain (output, message);
}

/* What RFC 6750 allows in a header. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

/* The token that @file holds, without white space around it; NULL after a complaint. To be wiped.
 * (transfer full) */
static char *
read_token (GFile *file, AssayBatchOutput *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dex_await_boxed (dex_file_load_contents_bytes (file), &error);
  g_autofree char *text = NULL;
  gsize length;

  if (bytes == NULL)
    {
      complain (output, file, error->message);
      return NULL;
    }
  length = g_bytes_get_size (bytes);
  if (length <= MAX_TOKEN_BYTES)
    text = g_strndup (length == 0 ? "" : g_bytes_get_data (bytes, NULL), length);
  if (text == NULL || !is_token (g_strstrip (text)))
    {
      complain (output, file, _ ("This file holds no token: one word, and nothing else."));
      return NULL;
    }
  return g_steal_pointer (&text);
}

static const char *
name_outcome (AssayCheckOutcome outcome)
{
  switch (outcome)
    {
    case ASSAY_CHECK_PASSED:
      return C_ ("check", "passed");
    case ASSAY_CHECK_FAILED:
      return C_ ("check", "FAILED");
    case ASSAY_CHECK_SKIPPED:
      return C_ ("check", "not tried");
    default:
      g_assert_not_reached ();
    }
}

/* In columns as wide as the reader's letters, which bytes are not. */
static void
append_column (GString *out, const char *text, glong width)
{
  g_string_append (out, text);
  for (glong i = g_utf8_strlen (text, -1); i < width; i++)
    g_string_append_c (out, ' ');
}

static void
append_row (GString *out,
            const char *level,
            const char *name,
            const char *outcome,
            const char *seen)
{
  append_column (out, level, 15);
  append_column (out, name, 18);
  append_column (out, outcome, 11);
  assay_batch_append_line (out, seen);
}

static AssayExit
report (GPtrArray *results, AssayBatchOutput *output)
{
  guint n[ASSAY_CHECK_SKIPPED + 1] = { 0 };
  g_autofree char *sum = NULL;

  append_row (output->out, _ ("LEVEL"), _ ("CHECK"), _ ("RESULT"), _ ("SEEN"));
  for (guint i = 0; i < results->len; i++)
    {
      const AssayCheckResult *result = results->pdata[i];

      append_row (output->out, result->level, result->name, name_outcome (result->outcome),
                  result->seen);
      n[result->outcome]++;
    }
  sum = g_strdup_printf (_ ("%u passed, %u failed, %u not tried."), n[ASSAY_CHECK_PASSED],
                         n[ASSAY_CHECK_FAILED], n[ASSAY_CHECK_SKIPPED]);
  assay_batch_append_line (output->out, sum);
  return n[ASSAY_CHECK_FAILED] == 0 ? ASSAY_EXIT_OK : ASSAY_EXIT_PARTLY;
}

AssayExit
assay_batch_check_platform (const AssayBatch *batch, AssayBatchOutput *output)
{
  g_autoptr (AssayHttp) http = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *future;
  char *token = NULL;

  g_return_val_if_fail (batch != NULL, ASSAY_EXIT_USAGE);
  g_return_val_if_fail (output != NULL, ASSAY_EXIT_USAGE);

  if (batch->token_file != NULL)
    {
      token = read_token (batch->token_file, output);
      if (token == NULL)
        return ASSAY_EXIT_FILE;
    }
  http = assay_http_new ();
  future = assay_check_platform (http, batch->address, token);
  if (token != NULL)
    explicit_bzero (token, strlen (token));
  g_free (token);
  results = dex_await_boxed (future, &error);
  if (results == NULL)
    return assay_batch_explain (error, output);
  return report (results, output);
}
