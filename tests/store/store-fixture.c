/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <glib/gstdio.h>

#include "store-fixture.h"

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

TestFolder *
test_folder_new (void)
{
  TestFolder *self = g_new0 (TestFolder, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("assay-store-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

void
test_folder_free (TestFolder *self)
{
  g_chmod (self->path, 0700);
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

char *
test_folder_file (TestFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

static const GValue *
settle (DexFuture *future, GError **error)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error);
}

void
test_await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  settle (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

gpointer
test_await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gpointer object;

  g_assert_no_error (error);
  object = g_value_dup_object (value);
  g_assert_nonnull (object);
  dex_unref (future);
  return object;
}

gpointer
test_await_boxed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gpointer boxed;

  g_assert_no_error (error);
  boxed = g_value_dup_boxed (value);
  g_assert_nonnull (boxed);
  dex_unref (future);
  return boxed;
}

char *
test_await_string (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  char *string;

  g_assert_no_error (error);
  string = g_value_dup_string (value);
  g_assert_nonnull (string);
  dex_unref (future);
  return string;
}

gint64
test_await_int64 (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  gint64 number;

  g_assert_no_error (error);
  number = g_value_get_int64 (value);
  dex_unref (future);
  return number;
}

guint
test_await_uint (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = settle (future, &error);
  guint number;

  g_assert_no_error (error);
  number = g_value_get_uint (value);
  dex_unref (future);
  return number;
}

void
test_await_error (DexFuture *future, AssayStoreError code)
{
  g_autoptr (GError) error = NULL;

  settle (future, &error);
  g_assert_error (error, ASSAY_STORE_ERROR, (int) code);
  /* A sentence, not a code. */
  g_assert_true (g_str_has_suffix (error->message, "."));
  dex_unref (future);
}

void
test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

gint64
test_query_int (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  AssayStatement *statement = assay_database_prepare (database, sql, &error);
  gint64 number;

  g_assert_no_error (error);
  g_assert_true (assay_statement_step (statement, &error));
  number = assay_statement_get_int (statement, 0);
  assay_statement_reset (statement);
  return number;
}

char *
test_query_text (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  AssayStatement *statement = assay_database_prepare (database, sql, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_true (assay_statement_step (statement, &error));
  text = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);
  return text;
}

void
test_execute (AssayDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  assay_database_execute (database, sql, &error);
  g_assert_no_error (error);
}
