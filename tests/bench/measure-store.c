/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints, as one JSON line, how long the store takes for what a person waits for: each key of a
 * search over all tasks, and each change of a rationale until it is on the disk, with what one sync
 * of that disk takes beside it.
 *
 *   measure-store PROFILE
 *
 * The profile has one project of assay_profile_generate (). */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "assay-draft-keeper.h"
#include "assay-task-list.h"
#include "store-fixture.h"

#define N_CHANGES 120
#define KEYS_PER_SECOND 12
#define N_SYNCS 20
#define SYNC_BYTES 8192

static void
print_times (const char *name, GArray *times, gboolean last)
{
  g_print ("\"%s\":[", name);
  for (guint i = 0; i < times->len; i++)
    g_print ("%s%.2f", i > 0 ? "," : "", g_array_index (times, gint64, i) / 1000.0);
  g_print (last ? "]}\n" : "],");
}

static void
append_time (GArray *times, gint64 since)
{
  gint64 time = g_get_monotonic_time () - since;

  g_array_append_val (times, time);
}

static void
search (AssayStore *store, GArray *times)
{
  static const char *const typed[] = { "careful evidence", "summary", "the answer" };
  g_autoptr (AssayTaskList) list = assay_task_list_new (store);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (gsize n = 1; typed[i][n - 1] != '\0'; n++)
      {
        g_autofree char *text = g_strndup (typed[i], n);
        AssayTaskQuery query = { .text = text };
        gint64 start = g_get_monotonic_time ();

        assay_task_list_set_query (list, &query);
        while (assay_task_list_get_loading (list))
          g_main_context_iteration (NULL, TRUE);
        append_time (times, start);
      }
}

typedef struct
{
  AssayJudgement *judgement;
  AssayDraftKeeper *keeper;
  GArray *times;
  GArray *waiting; /* of gint64: when each change was made that is not known to be on the disk */
  guint n_changes;
} Writing;

static void
saved_cb (Writing *self)
{
  if (assay_draft_keeper_get_state (self->keeper) != ASSAY_DRAFT_SAVED)
    return;
  for (guint i = 0; i < self->waiting->len; i++)
    append_time (self->times, g_array_index (self->waiting, gint64, i));
  g_array_set_size (self->waiting, 0);
}

static gboolean
change_cb (gpointer user_data)
{
  Writing *self = user_data;
  gint64 now = g_get_monotonic_time ();

  g_array_append_val (self->waiting, now);
  assay_judgement_splice_rationale (self->judgement, 0, 0, "a");
  return ++self->n_changes < N_CHANGES;
}

static void
write_rationale (AssayStore *store, gint64 row, GArray *times)
{
  g_autoptr (AssayOpenTask) open = test_await_object (assay_store_load_task (store, row));
  g_autoptr (AssayDraftKeeper) keeper = NULL;
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
  Writing self = { assay_open_task_get_judgement (open), NULL, times, waiting, 0 };

  self.keeper = keeper = assay_draft_keeper_new (store, row, self.judgement);
  g_signal_connect_swapped (keeper, "notify::state", G_CALLBACK (saved_cb), &self);
  g_timeout_add (1000 / KEYS_PER_SECOND, change_cb, &self);
  while (self.n_changes < N_CHANGES || waiting->len > 0)
    g_main_context_iteration (NULL, TRUE);
  assay_draft_keeper_stop (keeper);
}

static void
sync_disk (const char *folder, GArray *times)
{
  g_autofree char *path = g_build_filename (folder, "sync-probe", NULL);
  static const char bytes[SYNC_BYTES];
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  for (guint i = 0; i < N_SYNCS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (write (fd, bytes, sizeof bytes) != sizeof bytes || fdatasync (fd) != 0)
        g_error ("%s: %s", path, g_strerror (errno));
      append_time (times, start);
    }
  close (fd);
  g_unlink (path);
}

static gint64
get_first_row (AssayStore *store)
{
  g_autoptr (AssayTaskList) list = assay_task_list_new (store);

  while (assay_task_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  return assay_task_list_get_row_id (list, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AssayStore) store = NULL;
  g_autoptr (GArray) searches = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) syncs = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (argc != 2)
    {
      g_printerr ("usage: measure-store PROFILE\n");
      return 2;
    }
  dex_init ();
  store = test_await_object (assay_store_open (argv[1]));
  search (store, searches);
  write_rationale (store, get_first_row (store), changes);
  sync_disk (argv[1], syncs);
  test_await (assay_store_close (store));
  g_print ("{");
  print_times ("search_key_ms", searches, FALSE);
  print_times ("durable_ms", changes, FALSE);
  print_times ("sync_ms", syncs, TRUE);
  return 0;
}
