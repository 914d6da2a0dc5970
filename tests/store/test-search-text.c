/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-database.h"
#include "assay-migrations.h"
#include "assay-search-text.h"
#include "store-fixture.h"

static AssayDatabase *
open_new (TestFolder *folder)
{
  g_autofree char *path = test_folder_file (folder, "assay.db");
  g_autofree char *backups = test_folder_file (folder, "backup");
  g_autoptr (GError) error = NULL;
  AssayDatabase *database =
      assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, &error);

  g_assert_no_error (error);
  assay_migrations_run (assay_migrations_get_own (), database, backups, &error);
  g_assert_no_error (error);
  return database;
}

static void
add (AssayDatabase *database, gint64 row, const char *text)
{
  g_autofree char *split = assay_search_text_split (text);
  g_autoptr (GError) error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database, "INSERT INTO search_rationale (rowid, rationale) VALUES (?1, ?2)", &error);

  g_assert_no_error (error);
  assay_statement_bind_int (statement, 1, row);
  assay_statement_bind_text (statement, 2, split);
  g_assert_true (assay_statement_run (statement, &error));
}

/* The rows that are found, as "1,3"; "-" if nothing can be searched for. */
static char *
find (AssayDatabase *database, const char *typed)
{
  g_autofree char *query = assay_search_text_make_query (typed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);
  AssayStatement *statement;

  if (query == NULL)
    return g_strdup ("-");
  statement = assay_database_prepare (
      database, "SELECT rowid FROM search_rationale WHERE search_rationale MATCH ?1 ORDER BY rowid",
      &error);
  g_assert_no_error (error);
  assay_statement_bind_text (statement, 1, query);
  while (assay_statement_step (statement, &error))
    g_string_append_printf (rows, "%s%" G_GINT64_FORMAT, rows->len > 0 ? "," : "",
                            assay_statement_get_int (statement, 0));
  if (error != NULL)
    g_error ("“%s” became “%s”: %s", typed, query, error->message);
  return g_string_free_and_steal (g_steal_pointer (&rows));
}

static void
assert_finds (AssayDatabase *database, const char *typed, const char *rows)
{
  g_autofree char *found = find (database, typed);

  if (g_strcmp0 (found, rows) != 0)
    g_error ("“%s” finds %s, not %s", typed, found, rows);
}

static void
test_words (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);

  add (database, 1, "The quick brown fox keeps to the budget");
  add (database, 2, "Señor Müller says naïve things about budgets");
  add (database, 3, "don't use C++; use https://example.org/a_b?c=1");

  assert_finds (database, "quick", "1");
  assert_finds (database, "QUICK fox", "1");
  assert_finds (database, "fox quick", "1");
  /* The last word may be unfinished, the others not. */
  assert_finds (database, "bud", "1,2");
  assert_finds (database, "bud fox", "");
  assert_finds (database, "the budg", "1");
  assert_finds (database, "senor muller", "2");
  assert_finds (database, "sen\xCC\x83or", "2");
  assert_finds (database, "example.org/a_b", "3");
  assert_finds (database, "don't", "3");
  assert_finds (database, "fox   ", "1");
  assert_finds (database, "zebra", "");
  /* A sign beside a word does not hide what the word finds. */
  assert_finds (database, "quick & fox", "1");
  assert_finds (database, "quick - fox", "1");
}

static void
test_scripts_without_spaces (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);

  add (database, 1, "東京タワーへの行き方を教えてください。");
  add (database, 2, "请写一首关于北京的诗, please");
  add (database, 3, "ช่วยเขียนอีเมลถึงลูกค้า");
  add (database, 4, "한국어로 번역해 주세요");
  add (database, 5, "हिन्दी में उत्तर दें");
  add (database, 6, "京東 の 話");

  assert_finds (database, "東京", "1");
  assert_finds (database, "京東", "6");
  assert_finds (database, "タワー", "1");
  assert_finds (database, "行き方", "1");
  assert_finds (database, "北京", "2");
  assert_finds (database, "北京 please", "2");
  assert_finds (database, "诗please", "2");
  assert_finds (database, "京", "1,2,6");
  assert_finds (database, "อีเมล", "3");
  assert_finds (database, "번역", "4");
  assert_finds (database, "हिन्दी", "5");
  assert_finds (database, "हिन्", "5");
}

static void
test_hostile (void)
{
  static const char *const typed[] = {
    "\"",
    "\"\"",
    "\"a",
    "a\"b",
    "\"a\" \"b\"",
    "'",
    "''; DROP TABLE task; --",
    "*",
    "a*",
    "*a",
    "a**",
    "^a",
    "a^b",
    "-a",
    "a -b",
    "NOT",
    "AND",
    "OR",
    "NEAR",
    "NEAR(",
    "NEAR(a b, 5)",
    "a AND",
    "AND a",
    "NOT NOT",
    "a OR OR b",
    "(",
    ")",
    "((((((((((((((((((((((((((((((",
    "a)",
    "(a",
    "{",
    "{title} : a",
    "title:a",
    "title : a",
    "- title : a",
    ":",
    "a:b:c",
    "+",
    "a + b",
    "a+",
    ",",
    "\\",
    "\\\"",
    "%",
    "_",
    "\t\n\r\v\f",
    "\x01\x02\x7f",
    "\xEF\xBF\xBD",
    "\xFF\xFE",
    "\xC3",
    "a\xE2\x80\xAE"
    "b",
    "\xE2\x80\x8B",
    "\xCC\x81",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
    "e\xCC\x81\xCC\x81\xCC\x81",
    "\xEE\x80\x80",
    "\xF3\xA0\x80\x81",
    "rank:bm25(10)",
    "search_task",
    "?1",
    ":x @y $z",
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);

  add (database, 1, "a b c title NOT near");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *found = find (database, typed[i]);

      g_assert_nonnull (found);
    }

  /* The operators are words like others. */
  assert_finds (database, "NOT", "1");
  assert_finds (database, "NEAR(a", "");
  assert_finds (database, "title", "1");
  assert_finds (database, "a\"b", "1");
  assert_finds (database, "!!!", "-");
  assert_finds (database, "\"\"", "-");
  assert_finds (database, "", "-");
  assert_finds (database, NULL, "-");
}

/* Every pair and triple of the signs that mean something, and random bytes. */
static void
test_combinations (void)
{
  static const char signs[] = "\"*^-+():{},'\\ aAN";
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);

  for (guint i = 0; i < sizeof signs - 1; i++)
    for (guint j = 0; j < sizeof signs - 1; j++)
      for (guint k = 0; k < sizeof signs - 1; k++)
        {
          const char typed[] = { signs[i], signs[j], signs[k], '\0' };
          g_autofree char *found = find (database, typed);

          g_assert_nonnull (found);
        }

  for (guint i = 0; i < 3000; i++)
    {
      char typed[33];
      g_autofree char *found = NULL;

      for (guint j = 0; j < sizeof typed - 1; j++)
        typed[j] = g_test_rand_int_range (1, 256);
      typed[sizeof typed - 1] = '\0';
      found = find (database, typed);
      g_assert_nonnull (found);
    }
}

static void
test_long (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (AssayDatabase) database = open_new (folder);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *found = NULL;
  g_autofree char *found_line = NULL;
  g_autofree char *query = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append (words, "a ");
      g_string_append (line, "東");
    }
  found = find (database, words->str);
  found_line = find (database, line->str);
  g_assert_cmpstr (found, ==, "");
  g_assert_cmpstr (found_line, ==, "");

  /* A pasted page is cut, not refused. */
  query = assay_search_text_make_query (line->str);
  g_assert_cmpuint (strlen (query), <, 4096);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/search-text/words", test_words);
  g_test_add_func ("/search-text/scripts-without-spaces", test_scripts_without_spaces);
  g_test_add_func ("/search-text/hostile", test_hostile);
  g_test_add_func ("/search-text/combinations", test_combinations);
  g_test_add_func ("/search-text/long", test_long);

  return g_test_run ();
}
