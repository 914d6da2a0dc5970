/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-import-description.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-file-sample.h"
#include "assay-import-file.h"
#include "assay-import-group.h"
#include "assay-known-layouts.h"
#include "assay-limits.h"

#define OWN_SUFFIX ".eval"

/* The innermost folder that all that was opened is in. (transfer full) (nullable) */
static GFile *
find_common_folder (GPtrArray *opened)
{
  GFile *folder = g_file_get_parent (g_ptr_array_index (opened, 0));

  for (guint i = 1; i < opened->len; i++)
    while (folder != NULL && !g_file_has_prefix (g_ptr_array_index (opened, i), folder))
      {
        GFile *parent = g_file_get_parent (folder);

        g_object_unref (folder);
        folder = parent;
      }
  return folder;
}

char *
assay_import_description_suggest_title (GPtrArray *opened, GPtrArray *files)
{
  static const char *const empty_names[] = { "data",    "dataset",    "test",     "train",
                                             "dev",     "validation", "question", "questions",
                                             "answers", "output",     "outputs",  "results",
                                             "tasks",   NULL };
  g_autoptr (GFile) folder = NULL;
  GFile *first = g_ptr_array_index (opened, 0);
  AssayImportFile *file = g_ptr_array_index (files, 0);
  g_autofree char *lower = g_utf8_strdown (file->stem, -1);
  g_autofree char *name = NULL;

  if (opened->len == 1 && !g_file_equal (first, file->file))
    folder = g_object_ref (first);
  else if (opened->len > 1 || g_strv_contains (empty_names, lower))
    folder = find_common_folder (opened);
  /* Files that have nothing but the root in common. */
  if (folder == NULL || !g_file_has_parent (folder, NULL))
    {
      /* Our own files have two suffixes. */
      gsize length =
          g_str_has_suffix (file->stem, OWN_SUFFIX) ? strlen (file->stem) - strlen (OWN_SUFFIX) : 0;

      return length > 0 ? g_strndup (file->stem, length) : g_strdup (file->stem);
    }
  name = g_file_get_basename (folder);
  return g_filename_display_name (name);
}

/* What the responses are joined by, or NULL. */
static char *
describe_join (AssayImportMapping *mapping)
{
  g_autofree char *id = NULL;

  switch (assay_import_mapping_get_set_join (mapping, 0))
    {
    case ASSAY_JOIN_ID:
      g_object_get (mapping, "id", &id, NULL);
      if (id != NULL && strchr (id, '+') == NULL)
        {
          /* Translators: How the files of answers are brought together. %s is the name of a field.
           */
          return g_strdup_printf (_ ("joined by “%s”"),
                                  strrchr (id, ':') != NULL ? strrchr (id, ':') + 1 : id);
        }
      return g_strdup (_ ("joined by id"));
    case ASSAY_JOIN_PROMPT:
      return g_strdup (_ ("joined by the text of the prompt"));
    case ASSAY_JOIN_LINE:
      return g_strdup (_ ("joined by line"));
    case ASSAY_JOIN_NONE:
    default:
      return NULL;
    }
}

/* As they are stored; what a compressed file holds is known only at its end. */
static guint64
get_size (GPtrArray *files)
{
  guint64 size = 0;

  for (guint i = 0; i < files->len; i++)
    size += ((const AssayImportFile *) g_ptr_array_index (files, i))->size;
  return size;
}

char *
assay_import_description_make (GPtrArray *files,
                               GPtrArray *samples,
                               AssayImportMapping *mapping,
                               guint n_files,
                               guint n_responses_min,
                               guint n_responses_max)
{
  g_autofree char *layout = NULL;
  g_autofree char *responses = NULL;
  g_autofree char *counted = NULL;
  g_autofree char *join = NULL;
  guint64 size;
  const char *title;

  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (samples != NULL, NULL);
  g_return_val_if_fail (ASSAY_IS_IMPORT_MAPPING (mapping), NULL);

  g_object_get (mapping, "layout", &layout, NULL);
  title = assay_known_layouts_get_title (layout);
  for (guint i = 0; g_str_equal (layout, "assay") && i < samples->len; i++)
    if (assay_file_sample_has_type (g_ptr_array_index (samples, i), "judgement"))
      title = _ ("Assay Tasks and Judgements");
  if (n_responses_min == n_responses_max)
    responses = g_strdup_printf (ngettext ("%u response to each prompt",
                                           "%u responses to each prompt", n_responses_max),
                                 n_responses_max);
  else
    responses = g_strdup_printf (ngettext ("%u to %u response to each prompt",
                                           "%u to %u responses to each prompt", n_responses_max),
                                 n_responses_min, n_responses_max);
  size = get_size (files);
  if (size > (guint64) ASSAY_LIMIT_IMPORT_FILE_SOFT_BYTES)
    {
      g_autofree char *shown = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: a number of files, and how large they are together, as in "2 files of 1.2 GiB
       * together, which take a while to read". */
      counted = g_strdup_printf (ngettext ("%u file of %s, which takes a while to read",
                                           "%u files of %s together, which take a while to read",
                                           n_files),
                                 n_files, shown);
    }
  else
    {
      counted = g_strdup_printf (ngettext ("%u file", "%u files", n_files), n_files);
    }
  join = describe_join (mapping);
  if (join == NULL)
    /* Translators: The layout of the files that are opened, then what is in them, then their
     * number. */
    return g_strdup_printf (_ ("%s: %s, %s"), title, responses, counted);
  /* Translators: The layout of the files that are opened, what is in them, their number, and what
   * joins them. */
  return g_strdup_printf (_ ("%s: %s, %s, %s"), title, responses, counted, join);
}
