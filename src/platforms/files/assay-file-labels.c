/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-file-labels.h"

static char *
common_part (GPtrArray *stems, gboolean from_end)
{
  const char *first = g_ptr_array_index (stems, 0);
  gsize length = strlen (first);
  gsize n = length;

  for (guint i = 1; i < stems->len; i++)
    {
      const char *stem = g_ptr_array_index (stems, i);
      gsize stem_length = strlen (stem);
      gsize same = 0;

      while (same < MIN (n, stem_length)
             && (from_end ? first[length - same - 1] == stem[stem_length - same - 1]
                          : first[same] == stem[same]))
        same++;
      n = same;
    }
  return from_end ? g_strdup (first + length - n) : g_strndup (first, n);
}

static void
strip_usual_words (char *stem)
{
  static const char *const ends[] = { "_predictions", "_outputs", "_answers", "_responses",
                                      "_results" };
  static const char *const begins[] = { "answer_", "answers_", "output_", "outputs_", "response_" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (stem, ends[i]) && strlen (stem) > strlen (ends[i]))
        stem[strlen (stem) - strlen (ends[i])] = '\0';
    }
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      if (g_str_has_prefix (stem, begins[i]) && strlen (stem) > strlen (begins[i]))
        memmove (stem, stem + strlen (begins[i]), strlen (stem) - strlen (begins[i]) + 1);
    }
}

GStrv
assay_file_labels_make (GPtrArray *stems)
{
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;
  GStrv labels;

  g_return_val_if_fail (stems != NULL, NULL);

  labels = g_new0 (char *, stems->len + 1);
  if (stems->len == 0)
    return labels;
  begin = stems->len > 1 ? common_part (stems, FALSE) : g_strdup ("");
  end = stems->len > 1 ? common_part (stems, TRUE) : g_strdup ("");
  while (*begin != '\0' && strchr ("_.", begin[strlen (begin) - 1]) == NULL)
    begin[strlen (begin) - 1] = '\0';
  while (*end != '\0' && strchr ("_.", *end) == NULL)
    memmove (end, end + 1, strlen (end));

  for (guint i = 0; i < stems->len; i++)
    {
      const char *stem = g_ptr_array_index (stems, i);
      gsize length = strlen (stem);

      if (strlen (begin) + strlen (end) < length)
        labels[i] = g_strndup (stem + strlen (begin), length - strlen (begin) - strlen (end));
      else
        labels[i] = g_strdup (stem);
      strip_usual_words (labels[i]);
    }
  return labels;
}
