/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text and what is typed to find it, set apart by NUL: no query is ever a syntax error, and every
 * text is found by itself. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <string.h>

#include "assay-database.h"
#include "assay-migrations.h"
#include "assay-search-text.h"
#include "fuzz.h"
#include "store-fixture.h"

static AssayDatabase *
get_database (void)
{
  static AssayDatabase *database;

  if (database == NULL)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "assay.db");
      g_autofree char *backups = test_folder_file (folder, "backup");
      g_autoptr (GError) error = NULL;

      database =
          assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);
      g_assert_no_error (error);
      assay_migrations_run (assay_migrations_get_own (), database, backups, &error);
      g_assert_no_error (error);
      /* The folder goes; the open files stay, and nothing is ever synced. */
      test_execute (database, "PRAGMA synchronous=OFF; BEGIN");
    }
  return database;
}

static void
set_text (AssayDatabase *database, const char *text)
{
  g_autofree char *split = assay_search_text_split (text);
  g_autoptr (GError) error = NULL;
  AssayStatement *statement;

  fuzz_check_text (split);
  for (const char *p = text, *s = split; *p != '\0' || *s != '\0';)
    if (*p == *s)
      p++, s++;
    else
      g_assert_cmpint (*s++, ==, ' ');
  test_execute (database, "DELETE FROM search_rationale");
  statement = assay_database_prepare (
      database, "INSERT INTO search_rationale (rowid, rationale) VALUES (1, ?1)", &error);
  g_assert_no_error (error);
  assay_statement_bind_text (statement, 1, split);
  g_assert_true (assay_statement_run (statement, &error));
}

/* Whether it is found; TRUE where there is nothing to search for. */
static gboolean
find (AssayDatabase *database, const char *typed)
{
  g_autofree char *query = assay_search_text_make_query (typed);
  g_autoptr (GError) error = NULL;
  AssayStatement *statement;
  gboolean found;

  if (query == NULL)
    return TRUE;
  fuzz_check_text (query);
  statement = assay_database_prepare (
      database, "SELECT rowid FROM search_rationale WHERE search_rationale MATCH ?1", &error);
  g_assert_no_error (error);
  assay_statement_bind_text (statement, 1, query);
  found = assay_statement_step (statement, &error);
  if (error != NULL)
    g_error ("“%s” became “%s”: %s", typed, query, error->message);
  while (assay_statement_step (statement, &error))
    ;
  return found;
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_auto (GStrv) texts = fuzz_split_texts (data, size, 2);
  AssayDatabase *database = get_database ();

  set_text (database, texts[0]);
  find (database, texts[1]);
  if (!find (database, texts[0]))
    g_error ("“%s” does not find itself", texts[0]);
  return 0;
}
