/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <stdlib.h>

#include "assay-backups.h"
#include "assay-json.h"
#include "power-work.h"

/* What was promised before the power went. */
typedef struct
{
  GArray *tried;         /* of gint64: the row of each number, from 1 */
  GHashTable *saved;     /* row → the newest number that was acknowledged */
  GHashTable *submitted; /* submission → itself */
  GHashTable *withdrawn; /* submission → itself: perhaps taken back */
  GHashTable *accepted;  /* submission → itself */
  GPtrArray *copies;     /* of file names */
  guint n_imported;      /* before the newest work that was acknowledged */
  guint n_pages;         /* the same */
} Promises;

static Promises *
promises_new (void)
{
  Promises *self = g_new0 (Promises, 1);

  self->tried = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (self->tried, 1);
  self->saved = g_hash_table_new (NULL, NULL);
  self->submitted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->withdrawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->copies = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
promises_free (Promises *self)
{
  g_array_unref (self->tried);
  g_hash_table_unref (self->saved);
  g_hash_table_unref (self->submitted);
  g_hash_table_unref (self->withdrawn);
  g_hash_table_unref (self->accepted);
  g_ptr_array_unref (self->copies);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Promises, promises_free)

static Promises *
hear (PowerCut *cut)
{
  Promises *self = promises_new ();
  guint n_imported = 0, n_pages = 0;

  for (guint i = 0; i < cut->n_said; i++)
    {
      g_auto (GStrv) words = g_strsplit (cut->said[i], " ", -1);
      gint64 row = words[1] != NULL ? g_ascii_strtoll (words[1], NULL, 10) : 0;

      if (g_str_equal (words[0], "try"))
        {
          g_assert_cmpuint (self->tried->len, ==, g_ascii_strtoull (words[2], NULL, 10));
          g_array_append_val (self->tried, row);
        }
      else if (g_str_equal (words[0], "saved") || g_str_equal (words[0], "submitted"))
        {
          g_hash_table_insert (self->saved, GINT_TO_POINTER (row),
                               GINT_TO_POINTER (atoi (words[2])));
          if (words[3] != NULL)
            g_hash_table_add (self->submitted, g_strdup (words[3]));
          /* Its sync makes durable what came before it. */
          self->n_imported = n_imported;
          self->n_pages = n_pages;
        }
      else if (g_str_equal (words[0], "queued"))
        g_hash_table_add (self->submitted, g_strdup (words[1]));
      else if (g_str_equal (words[0], "paged"))
        n_pages = row;
      else if (g_str_equal (words[0], "withdraw"))
        g_hash_table_add (self->withdrawn, g_strdup (words[1]));
      else if (g_str_equal (words[0], "accepted"))
        g_hash_table_add (self->accepted, g_strdup (words[1]));
      else if (g_str_equal (words[0], "imported"))
        n_imported = row;
      else if (g_str_equal (words[0], "copied"))
        g_ptr_array_add (self->copies, g_strdup (words[1]));
      else
        g_assert_cmpstr (words[0], ==, "cut");
    }
  return self;
}

/* Before the store is opened, which writes what a crash left out. */
static void
check_spool (PowerCut *cut, Promises *promises)
{
  GHashTableIter iter;
  gpointer submission;

  g_hash_table_iter_init (&iter, promises->submitted);
  while (g_hash_table_iter_next (&iter, &submission, NULL))
    {
      g_autofree char *name = g_strconcat (submission, ".json", NULL);
      g_autofree char *path = g_build_filename (cut->folder.path, "spool", name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (g_hash_table_contains (promises->withdrawn, submission))
        continue;
      if (g_file_get_contents (path, &text, NULL, NULL))
        node = assay_json_parse (text, -1, NULL);
      if (node == NULL)
        power_cut_lose (cut, "the rescue copy of %s", (char *) submission);
    }
}

static void
check_copies (PowerCut *cut, Promises *promises)
{
  g_autofree char *backups = test_folder_file (&cut->folder, "backup");
  g_autofree char *newest = assay_backups_find_newest (backups);

  for (guint i = 0; i < promises->copies->len; i++)
    {
      const char *name = promises->copies->pdata[i];
      g_autofree char *path = g_build_filename (backups, name, NULL);
      g_autoptr (AssayDatabase) database = NULL;
      g_autofree char *found = NULL;

      /* It goes when there is a newer one of its day; their names sort by time. */
      if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_strcmp0 (newest, path) > 0)
        continue;
      /* A file that is not there would be made, and be sound. */
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        database =
            assay_database_open (path, FALSE, assay_migrations_get_own ()->newest_version, NULL);
      if (database != NULL)
        found = assay_database_check (database, TRUE, NULL);
      if (g_strcmp0 (found, "ok") != 0)
        power_cut_lose (cut, "the copy %s", name);
    }
}

static guint
number_of (TestStore *store, gint64 row)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (max (CAST (substr (json_extract (body, '$.rationale'), 8) AS INTEGER)), 0)"
      " FROM (SELECT body FROM draft WHERE task = %" G_GINT64_FORMAT
      " UNION ALL SELECT body FROM judgement WHERE task = %" G_GINT64_FORMAT ")",
      row, row);

  return test_store_query_int (store, sql);
}

/* Everything up to some moment, and nothing after it. */
static void
check_prefix (PowerCut *cut, Promises *promises, TestStore *store)
{
  guint numbers[POWER_WORK_TASKS + 1] = { 0 };
  guint newest = 0;

  for (gint64 row = 1; row <= POWER_WORK_TASKS; row++)
    {
      guint saved = GPOINTER_TO_INT (g_hash_table_lookup (promises->saved, GINT_TO_POINTER (row)));

      numbers[row] = number_of (store, row);
      newest = MAX (newest, numbers[row]);
      if (numbers[row] < saved)
        power_cut_lose (cut, "row %d: %u was saved, %u is there", (int) row, saved, numbers[row]);
    }
  for (gint64 row = 1; row <= POWER_WORK_TASKS; row++)
    {
      guint expected = 0;

      for (guint i = 1; i < promises->tried->len && i <= newest; i++)
        if (g_array_index (promises->tried, gint64, i) == row)
          expected = i;
      if (numbers[row] != expected)
        power_cut_lose (cut, "row %d: %u is there beside %u, not %u", (int) row, numbers[row],
                        newest, expected);
    }
  if (power_cut_count (store, "task", "1") < promises->n_imported)
    power_cut_lose (cut, "some of the %u tasks that were imported", promises->n_imported);
}

static void
check_outbox (PowerCut *cut, Promises *promises, TestStore *store)
{
  GHashTableIter iter;
  gpointer submission;

  g_hash_table_iter_init (&iter, promises->submitted);
  while (g_hash_table_iter_next (&iter, &submission, NULL))
    if (power_cut_count (store, "outbox", "submission = '%s'", (char *) submission) != 1)
      power_cut_lose (cut, "submission %s", (char *) submission);
  g_hash_table_iter_init (&iter, promises->accepted);
  while (g_hash_table_iter_next (&iter, &submission, NULL))
    if (power_cut_count (store, "outbox", "submission = '%s' AND state = 'accepted'",
                         (char *) submission)
        != 1)
      power_cut_lose (cut, "the receipt of %s", (char *) submission);

  if (power_cut_count (store, "outbox", "state = 'sending'") != 0)
    power_cut_lose (cut, "something is still on its way");
  if (power_cut_count (store, "outbox", "state <> 'withdrawn' AND kind = 'judgement'")
      != power_cut_count (store, "judgement", "1"))
    power_cut_lose (cut, "the outbox and the judgements differ");
}

/* A page is there with the cursor behind it and with all that is on it, or not at all. */
static void
check_pages (PowerCut *cut, Promises *promises, TestStore *store)
{
  guint n_pages = test_store_query_int (
      store, "SELECT ifnull (max (CAST (cursor AS INTEGER)), 0) FROM account WHERE id = 'open'");

  if (n_pages < promises->n_pages)
    power_cut_lose (cut, "page %u of a pull: %u is the newest", promises->n_pages, n_pages);
  if (power_cut_count (store, "feedback", "1") != n_pages)
    power_cut_lose (cut, "the feedback of %u pages", n_pages);
  if (n_pages > 0
      && power_cut_count (store, "lease", "expires_at = %u", n_pages) != POWER_WORK_LEASED)
    power_cut_lose (cut, "the leases of page %u", n_pages);
  if (power_cut_count (store, "task",
                       "state = 'returned' AND id NOT IN (SELECT task FROM draft WHERE active)")
      != 0)
    power_cut_lose (cut, "the draft of what came back");
}

/* Copies that were cut off while they were written. */
static void
check_tidy (PowerCut *cut)
{
  g_autofree char *spool = test_folder_file (&cut->folder, "spool");
  g_autoptr (GDir) dir = g_dir_open (spool, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, ".json"))
      power_cut_lose (cut, "“%s” is left in the spool", name);
}

void
power_work_check (PowerCut *cut, gpointer user_data)
{
  g_autoptr (Promises) promises = hear (cut);
  TestStore *store;

  check_spool (cut, promises);
  check_copies (cut, promises);
  power_cut_check_sound (cut);
  /* It would be rescued, and that is another test. */
  if (cut->losses->len > 0)
    return;

  store = power_cut_open (cut, NULL);
  check_tidy (cut);
  check_prefix (cut, promises, store);
  check_outbox (cut, promises, store);
  check_pages (cut, promises, store);
  power_cut_close (store);
}
