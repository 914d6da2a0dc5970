/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "import-support.h"

#define PATHS_MAX 8
#define PAGE 37

GPtrArray *
import_support_find_data (const char *const *paths)
{
  const char *source = g_getenv ("ASSAY_SOURCE_DIR");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < PATHS_MAX && paths[i] != NULL; i++)
    {
      g_autofree char *path =
          g_build_filename (source != NULL ? source : ".", "..", "shared", "data", paths[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return NULL;
      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  return g_steal_pointer (&files);
}

static DexFuture *
wake_cb (DexFuture *future, gpointer user_data)
{
  g_main_context_wakeup (NULL);
  return NULL;
}

const GValue *
import_support_wait (DexFuture *future, GError **error)
{
  /* The value lives as long as the future, and the next wait comes after its use. */
  static DexFuture *last;
  DexFuture *waiting = dex_future_finally (dex_ref (future), wake_cb, NULL, NULL);

  while (dex_future_is_pending (waiting))
    g_main_context_iteration (NULL, TRUE);
  dex_unref (waiting);
  dex_clear (&last);
  last = future;
  return dex_future_get_value (future, error);
}

AssayImportMapping *
import_support_detect (AssayImporter *importer, GError **error)
{
  const GValue *value = import_support_wait (assay_importer_detect (importer), error);

  return value != NULL ? g_value_dup_object (value) : NULL;
}

GPtrArray *
import_support_preview (AssayImporter *importer,
                        AssayImportMapping *mapping,
                        guint limit,
                        GError **error)
{
  const GValue *value =
      import_support_wait (assay_importer_preview (importer, mapping, limit), error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

GPtrArray *
import_support_read_all (AssayImporter *importer, AssayImportMapping *mapping, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (;;)
    {
      const GValue *value =
          import_support_wait (assay_importer_read_page (importer, mapping, PAGE, NULL), error);
      GPtrArray *page;

      if (value == NULL)
        return NULL;
      page = g_value_get_boxed (value);
      if (page->len == 0)
        return g_steal_pointer (&tasks);
      g_assert_cmpuint (page->len, <=, PAGE);
      for (guint i = 0; i < page->len; i++)
        g_ptr_array_add (tasks, g_object_ref (g_ptr_array_index (page, i)));
    }
}

void
import_support_report (AssayImporter *importer)
{
  GPtrArray *problems = assay_importer_get_problems (importer);

  for (guint i = 0; i < MIN (problems->len, 20); i++)
    {
      AssayImportProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *place = assay_import_problem_describe_place (problem);

      g_test_message ("%s: %s", place, problem->message);
    }
}

ImportTrial *
import_trial_new (void)
{
  ImportTrial *self = g_new0 (ImportTrial, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("assay-import-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

void
import_trial_free (ImportTrial *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_clear_object (&self->mapping);
  g_clear_object (&self->importer);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_error (&self->error);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}

void
import_trial_write (ImportTrial *self, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

void
import_trial_open (ImportTrial *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (path));
  self->importer = assay_importer_new (files);
}

void
import_trial_run (ImportTrial *self)
{
  if (self->importer == NULL)
    import_trial_open (self, NULL);
  self->mapping = import_support_detect (self->importer, &self->error);
  if (self->mapping == NULL)
    return;
  self->tasks = import_support_read_all (self->importer, self->mapping, &self->error);
  import_support_report (self->importer);
}

AssayTask *
import_trial_get (ImportTrial *self, guint index)
{
  g_assert_no_error (self->error);
  g_assert_nonnull (self->tasks);
  g_assert_cmpuint (index, <, self->tasks->len);
  return g_ptr_array_index (self->tasks, index);
}

const char *
import_trial_get_response (ImportTrial *self, guint task, guint response)
{
  AssayTask *found = import_trial_get (self, task);

  if (response >= assay_task_get_n_responses (found))
    return NULL;
  return assay_document_get_text (assay_task_get_response (found, response));
}

AssayImportProblem *
import_trial_get_problem (ImportTrial *self, guint index)
{
  GPtrArray *problems = assay_importer_get_problems (self->importer);

  g_assert_cmpuint (index, <, problems->len);
  return g_ptr_array_index (problems, index);
}
