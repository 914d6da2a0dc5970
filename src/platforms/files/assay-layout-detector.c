/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "assay-bidi.h"
#include "assay-field-roles.h"
#include "assay-field-words.h"
#include "assay-file-sample.h"
#include "assay-group-links.h"
#include "assay-importer.h"
#include "assay-known-layouts.h"
#include "assay-layout-detector.h"

#define ALIKE 0.6
#define MATCHES 0.5

/* The name of a group: its file's, or what the names of its files have in common. */
static char *
make_name (GPtrArray *samples, GPtrArray *groups)
{
  AssayFileSample *first = g_ptr_array_index (samples, 0);
  g_autofree char *name = NULL;

  if (samples->len == 1)
    {
      name = g_strdup (first->file->name);
    }
  else
    {
      gsize n_common = strlen (first->file->name);

      for (guint i = 1; i < samples->len; i++)
        {
          AssayFileSample *sample = g_ptr_array_index (samples, i);
          gsize n = 0;

          while (n < n_common && sample->file->name[n] == first->file->name[n])
            n++;
          n_common = n;
        }
      while (n_common > 0 && first->file->name[n_common - 1] != G_DIR_SEPARATOR
             && first->file->name[n_common - 1] != '_')
        n_common--;
      name = g_strdup_printf ("%.*s*", (int) n_common, first->file->name);
    }

  /* A colon separates the name from a path. */
  g_strdelimit (name, ":", '-');
  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (groups, i);

      if (g_str_equal (group->name, name))
        return g_strdup_printf ("%s (%u)", name, groups->len + 1);
    }
  return g_steal_pointer (&name);
}

/* A field that only one of two files has, and that makes them different things: questions and
 * answers share most of the rest. */
static gboolean
differ_in_substance (GStrv a, GStrv b)
{
  for (guint i = 0; a[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;

      if (g_strv_contains ((const char *const *) b, a[i]))
        continue;
      words = assay_field_split_words (a[i]);
      if (assay_field_words_response_score (words) > 2 || assay_field_words_prompt_score (words) > 2
          || assay_field_words_model_score (words) > 2)
        return TRUE;
    }
  return FALSE;
}

/* Puts samples of the same shape together; (transfer full) GPtrArray of GPtrArray of
 * AssayFileSample. */
static GPtrArray *
sort_by_shape (GPtrArray *samples)
{
  GPtrArray *shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (samples, i);
      GPtrArray *found = NULL;

      if (sample->nodes->len == 0)
        continue;
      for (guint j = 0; j < shapes->len && found == NULL; j++)
        {
          GPtrArray *shape = g_ptr_array_index (shapes, j);
          AssayFileSample *first = g_ptr_array_index (shape, 0);
          g_autoptr (AssayImportGroup) group = assay_import_group_new ("");

          g_strfreev (group->keys);
          group->keys = g_strdupv (first->names);
          g_set_str (&group->hint, first->hint);
          if (g_str_equal (first->records, sample->records)
              && !differ_in_substance (first->names, sample->names)
              && !differ_in_substance (sample->names, first->names)
              && assay_import_group_compare_keys (group, (const char *const *) sample->names,
                                                  sample->hint)
                     >= ALIKE)
            found = shape;
        }
      if (found == NULL)
        {
          found = g_ptr_array_new ();
          g_ptr_array_add (shapes, found);
        }
      g_ptr_array_add (found, sample);
    }
  return shapes;
}

static AssayImportGroup *
make_group (GPtrArray *shape, GPtrArray *groups)
{
  AssayFileSample *first = g_ptr_array_index (shape, 0);
  g_autofree char *name = make_name (shape, groups);
  AssayImportGroup *group = assay_import_group_new (name);

  g_strfreev (group->keys);
  group->keys = g_strdupv (first->names);
  g_set_str (&group->hint, first->hint);
  g_set_str (&group->records, first->records);
  assay_field_roles_assign (group, shape);

  if (g_str_equal (group->hint, ASSAY_HINT_REFERENCE)
      && assay_import_group_get_role (group) == ASSAY_GROUP_RESPONSES)
    {
      AssayResponsePath *response = g_ptr_array_index (group->responses, 0);

      assay_import_group_set_place (group, ASSAY_PLACE_REFERENCE, response->path);
      g_ptr_array_set_size (group->responses, 0);
    }
  /* Ids of what is not used would only stand in the way of the others'. */
  if (assay_import_group_get_role (group) == ASSAY_GROUP_IGNORED)
    {
      for (guint i = 0; i < ASSAY_N_PLACES; i++)
        assay_import_group_set_place (group, i, NULL);
    }
  return group;
}

gboolean
assay_layout_detector_is_whole (AssayImportMapping *mapping, guint set)
{
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);
  gboolean prompts = FALSE;
  gboolean responses = FALSE;

  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (groups, i);
      AssayGroupRole role = assay_import_group_get_role (group);

      if (group->set != set)
        continue;
      prompts = prompts || role == ASSAY_GROUP_TASKS || role == ASSAY_GROUP_PROMPTS;
      responses = responses || role == ASSAY_GROUP_TASKS || role == ASSAY_GROUP_RESPONSES;
    }
  return prompts && responses;
}

gboolean
assay_layout_detector_has_responses (AssayImportMapping *mapping)
{
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);

  for (guint i = 0; i < groups->len; i++)
    {
      AssayGroupRole role = assay_import_group_get_role (g_ptr_array_index (groups, i));

      if (role == ASSAY_GROUP_TASKS || role == ASSAY_GROUP_RESPONSES)
        return TRUE;
    }
  return FALSE;
}

static AssayImportGroup *
find_role (AssayImportMapping *mapping, AssayGroupRole role)
{
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);

  for (guint i = 0; i < groups->len; i++)
    {
      AssayImportGroup *group = g_ptr_array_index (groups, i);

      if (assay_import_group_get_role (group) == role)
        return group;
    }
  return NULL;
}

/* As it stands in a sentence. */
static char *
dup_name_of_group (AssayImportGroup *group)
{
  return group != NULL ? assay_bidi_isolate (group->name) : NULL;
}

static void
explain (AssayImportMapping *mapping, GPtrArray *samples, GError **error)
{
  AssayImportGroup *prompts = find_role (mapping, ASSAY_GROUP_PROMPTS);
  AssayImportGroup *responses = find_role (mapping, ASSAY_GROUP_RESPONSES);
  gboolean unreadable = samples->len > 0;
  AssayFileSample *broken = NULL;
  g_autofree char *prompts_name = dup_name_of_group (prompts);
  g_autofree char *responses_name = dup_name_of_group (responses);
  g_autofree char *file_name = NULL;

  for (guint i = 0; i < samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (samples, i);

      unreadable = unreadable && sample->unreadable;
      if (broken == NULL && sample->problem != NULL && sample->nodes->len == 0)
        broken = sample;
    }

  if (broken != NULL)
    file_name = assay_bidi_isolate (broken->file->name);
  else if (samples->len == 1)
    file_name = assay_bidi_isolate (((AssayFileSample *) samples->pdata[0])->file->name);

  if (prompts != NULL && responses == NULL && samples->len == 1)
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                 _ ("“%s” has prompts but no responses. Open the files with the responses "
                    "together with it."),
                 prompts_name);
  else if (prompts != NULL && responses == NULL)
    g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                         _ ("These files have prompts but no responses. Open the files with the "
                            "responses together with them."));
  else if (responses != NULL && prompts == NULL && samples->len == 1)
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                 _ ("“%s” has responses but no prompts. Open the file with the prompts "
                    "together with it."),
                 responses_name);
  else if (responses != NULL && prompts == NULL)
    g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                         _ ("These files have responses but no prompts. Open the file with the "
                            "prompts together with them."));
  else if (prompts != NULL)
    g_set_error (
        error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
        _ ("The responses in “%s” do not belong to the prompts in “%s”: their ids differ."),
        responses_name, prompts_name);
  else if (unreadable)
    g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_UNREADABLE, broken->problem);
  else if (broken != NULL && strstr (broken->problem, broken->file->name) != NULL)
    g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS, broken->problem);
  else if (broken != NULL && broken->problem_line > 0)
    {
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, broken->problem_line);

      g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                   /* Translators: a file name, a line number, and a sentence that says what is
                    * wrong there. */
                   _ ("“%s” cannot be read as tasks. Line %s: %s"), file_name, line,
                   broken->problem);
    }
  else if (broken != NULL)
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                 _ ("“%s” cannot be read as tasks: %s"), file_name, broken->problem);
  else if (samples->len == 1
           && ((AssayFileSample *) g_ptr_array_index (samples, 0))->file->size == 0)
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS, _ ("“%s” is empty."),
                 file_name);
  else if (samples->len == 1)
    g_set_error (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                 _ ("Nothing in “%s” looks like prompts and responses."), file_name);
  else
    g_set_error_literal (error, ASSAY_IMPORT_ERROR, ASSAY_IMPORT_ERROR_NOT_TASKS,
                         _ ("Nothing in these files looks like prompts and responses."));
}

AssayImportMapping *
assay_layout_detector_detect (GPtrArray *samples, GError **error)
{
  g_autoptr (AssayImportMapping) mapping = assay_import_mapping_new ();
  g_autoptr (GPtrArray) shapes = NULL;
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);
  gboolean any_whole = FALSE;

  g_return_val_if_fail (samples != NULL, NULL);

  shapes = sort_by_shape (samples);
  for (guint i = 0; i < shapes->len; i++)
    assay_import_mapping_add_group (mapping, make_group (g_ptr_array_index (shapes, i), groups));
  assay_group_links_assign (groups, shapes);

  for (guint set = 0; set < assay_import_mapping_get_n_sets (mapping); set++)
    any_whole = any_whole || assay_layout_detector_is_whole (mapping, set);
  if (!any_whole)
    {
      explain (mapping, samples, error);
      return NULL;
    }
  g_object_set (mapping, "layout", assay_known_layouts_recognize (mapping), NULL);
  return g_steal_pointer (&mapping);
}

GPtrArray *
assay_layout_detector_match (GPtrArray *samples, AssayImportMapping *mapping)
{
  GPtrArray *groups = assay_import_mapping_get_groups (mapping);
  GPtrArray *matches = g_ptr_array_new ();

  for (guint i = 0; i < samples->len; i++)
    {
      AssayFileSample *sample = g_ptr_array_index (samples, i);
      AssayImportGroup *best = NULL;
      double best_score = MATCHES;

      for (guint j = 0; j < groups->len && sample->nodes->len > 0; j++)
        {
          AssayImportGroup *group = g_ptr_array_index (groups, j);
          double score =
              assay_import_group_compare_keys (group, (const char *const *) sample->names,
                                               sample->hint);

          /* Another shape with the same names lies elsewhere in its file. */
          if (g_str_equal (group->records, sample->records))
            score += 0.1;
          if (score > best_score)
            {
              best = group;
              best_score = score;
            }
        }
      g_ptr_array_add (matches, best);
    }
  return matches;
}
