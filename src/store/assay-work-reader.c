/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <sqlite3.h>

#include "assay-backups.h"
#include "assay-json.h"
#include "assay-store-private.h"
#include "assay-work-reader.h"

/* In the order in which a piece of work counts: what was submitted before the draft behind it. */
typedef struct
{
  AssayWorkKind kind;
  const char *table;
  /* The task, or NULL for what is none; the judgement; a number that tells revisions apart, or for
   * a draft whether it is worked on; submission, time, body. */
  const char *columns;
} Source;

static const Source sources[] = {
  { ASSAY_WORK_SUBMITTED, "judgement", "task, id, revision, submission, submitted_at, body" },
  { ASSAY_WORK_SUBMITTED, "outbox",
    /* A judgement in a platform's words has Assay's own within. */
    "iif (state = 'withdrawn' OR task GLOB '" ASSAY_STORE_SUBJECT_PREFIX "*', NULL,"
    " CAST(task AS INTEGER)), NULL, 0, submission, created_at,"
    " CASE WHEN json_valid (CAST(body AS TEXT)) AND json_type (CAST(body AS TEXT), '$.judgement')"
    " = 'object' THEN json_extract (CAST(body AS TEXT), '$.judgement') ELSE CAST(body AS TEXT) END" },
  { ASSAY_WORK_DRAFT, "draft",
    "iif (is_empty, NULL, task), judgement, active, NULL, changed_at, body" },
  { ASSAY_WORK_REVISION, "draft_revision", "task, judgement, id, NULL, written_at, body" },
};

typedef struct
{
  sqlite3 *handle;    /* (owned) (nullable) */
  sqlite3_stmt *task; /* (owned) (nullable) */
  GHashTable *seen;   /* (owned): keys of what was given out */
  AssayWorkFunc func;
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
  guint n_unread;
} Reader;

static gboolean add_key (Reader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* FALSE if it was there. */
static gboolean
add_key (Reader *self, const char *format, ...)
{
  va_list args;
  char *key;

  va_start (args, format);
  key = g_strdup_vprintf (format, args);
  va_end (args);
  return g_hash_table_add (self->seen, key);
}

/* Without its log a file that nobody may write to can still be read. */
static sqlite3 *
open_file (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  sqlite3 *handle = NULL;

  for (int immutable = 0; uri != NULL && immutable <= 1; immutable++)
    {
      g_autofree char *full = g_strconcat (uri, immutable ? "?immutable=1" : "?mode=ro", NULL);

      if (sqlite3_open_v2 (full, &handle,
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL)
          == SQLITE_OK)
        {
          sqlite3_busy_timeout (handle, 5000);
          if (sqlite3_exec (handle, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL)
              == SQLITE_OK)
            return handle;
        }
      sqlite3_close (handle);
      handle = NULL;
    }
  return NULL;
}

static AssayTask *
parse_task (sqlite3_stmt *row)
{
  const char *form_text = (const char *) sqlite3_column_text (row, 3);
  const char *text = (const char *) sqlite3_column_text (row, 4);
  g_autoptr (JsonNode) form_node =
      form_text != NULL ? assay_json_parse (form_text, -1, NULL) : NULL;
  g_autoptr (JsonNode) node = text != NULL ? assay_json_parse (text, -1, NULL) : NULL;
  g_autoptr (AssayForm) form =
      form_node != NULL ? assay_form_new_from_json (form_node, "", NULL) : NULL;

  return form != NULL && node != NULL
             ? assay_task_new_take_json (g_steal_pointer (&node), form, NULL)
             : NULL;
}

/* What the piece is about, as far as that can be read. */
static gboolean
give (Reader *self, AssayWorkItem *item, GError **error)
{
  g_autoptr (AssayTask) task = NULL;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->task != NULL)
    {
      sqlite3_bind_int64 (self->task, 1, item->task_row);
      if (sqlite3_step (self->task) == SQLITE_ROW)
        {
          item->task_id = (const char *) sqlite3_column_text (self->task, 0);
          item->title = (const char *) sqlite3_column_text (self->task, 1);
          item->project = (const char *) sqlite3_column_text (self->task, 2);
          if (item->kind != ASSAY_WORK_REVISION)
            item->task = task = parse_task (self->task);
        }
    }
  done = self->func (item, self->user_data, error);
  if (self->task != NULL)
    sqlite3_reset (self->task);
  return done;
}

/* Whether this is a piece that was not given out yet. */
static gboolean
is_new (Reader *self, const AssayWorkItem *item, const char *judgement, gint64 number)
{
  g_autofree char *submitted = g_strdup_printf ("submitted %s", judgement != NULL ? judgement : "");

  switch (item->kind)
    {
    case ASSAY_WORK_SUBMITTED:
      if (item->submission == NULL || !add_key (self, "submission %s", item->submission))
        return FALSE;
      g_hash_table_add (self->seen, g_steal_pointer (&submitted));
      return TRUE;
    case ASSAY_WORK_DRAFT:
      /* The draft behind a submission says nothing new. */
      return (number != 0 || !g_hash_table_contains (self->seen, submitted))
             && add_key (self, "draft %" G_GINT64_FORMAT, item->task_row);
    case ASSAY_WORK_REVISION:
    default:
      return add_key (self, "revision %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, item->task_row,
                      number);
    }
}

static gboolean
give_row (Reader *self, const Source *source, sqlite3_stmt *row, GError **error)
{
  AssayWorkItem item = {
    .kind = source->kind,
    .task_row = sqlite3_column_int64 (row, 1),
    .submission = (const char *) sqlite3_column_text (row, 4),
    .time = sqlite3_column_int64 (row, 5),
    .body = (const char *) sqlite3_column_text (row, 6),
  };

  if (item.body == NULL || sqlite3_column_type (row, 1) == SQLITE_NULL
      || !is_new (self, &item, (const char *) sqlite3_column_text (row, 2),
                  sqlite3_column_int64 (row, 3)))
    return TRUE;
  return give (self, &item, error);
}

/* From one end to the other, or to what cannot be read; then from the other end. */
static gboolean
read_source (Reader *self, const Source *source, GError **error)
{
  static const char *const orders[] = { "ASC", "DESC" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT rowid, %s FROM %s NOT INDEXED ORDER BY rowid %s",
                           source->columns, source->table, orders[i]);
      sqlite3_stmt *row = NULL;
      gboolean going = TRUE;
      int result = sqlite3_prepare_v2 (self->handle, sql, -1, &row, NULL);

      if (result == SQLITE_OK)
        while (going && (result = sqlite3_step (row)) == SQLITE_ROW)
          going = give_row (self, source, row, error);
      sqlite3_finalize (row);
      if (!going)
        return FALSE;
      if (result == SQLITE_DONE)
        return TRUE;
      self->n_unread += i == 0;
    }
  return TRUE;
}

static gboolean
read_file (Reader *self, const char *path, GError **error)
{
  gboolean going = TRUE;

  self->handle = open_file (path);
  if (self->handle == NULL)
    {
      self->n_unread += G_N_ELEMENTS (sources);
      return TRUE;
    }
  sqlite3_prepare_v2 (self->handle,
                      "SELECT t.task_id, t.title,"
                      " (SELECT p.title FROM project p WHERE p.id = t.project),"
                      " (SELECT f.json FROM form f WHERE f.id = c.form), c.json"
                      " FROM task t LEFT JOIN task_content c ON c.task = t.id WHERE t.id = ?1",
                      -1, &self->task, NULL);
  for (guint i = 0; going && i < G_N_ELEMENTS (sources); i++)
    going = read_source (self, &sources[i], error);
  sqlite3_finalize (self->task);
  self->task = NULL;
  sqlite3_close (self->handle);
  self->handle = NULL;
  return going;
}

static gboolean
give_spooled (Reader *self, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  gsize size;
  AssayWorkItem item = { .kind = ASSAY_WORK_SUBMITTED };

  if (!g_file_get_contents (path, &text, &size, NULL))
    return TRUE;
  node = assay_json_parse (text, size, NULL);
  object = node != NULL ? assay_json_node_object (node) : NULL;
  if (object == NULL)
    return TRUE;
  item.task_row = assay_json_get_int (object, "task", 0);
  item.submission = assay_json_get_string (object, "submission");
  item.time = assay_json_get_int (object, "created_at", 0);
  item.body = assay_json_get_string (object, "record");
  if (item.body == NULL)
    item.body = assay_json_get_string (object, "body");
  if (item.body == NULL || assay_json_has (object, "subject") || !is_new (self, &item, NULL, 0))
    return TRUE;
  return give (self, &item, error);
}

static gboolean
read_spool (Reader *self, const char *folder, GError **error)
{
  g_autofree char *spool = g_build_filename (folder, "spool", NULL);
  g_autoptr (GDir) dir = g_dir_open (spool, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (spool, name, NULL);

      if (g_str_has_suffix (name, ".json") && !give_spooled (self, path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
assay_work_read (const char *folder,
                 const char *copy,
                 AssayWorkFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 guint *n_unread,
                 GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *database = NULL;
  g_autofree char *backups = NULL;
  Reader reader = {
    .seen = seen, .func = func, .user_data = user_data, .cancellable = cancellable
  };
  gboolean done;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (n_unread != NULL, FALSE);

  database = g_build_filename (folder, "assay.db", NULL);
  backups = g_build_filename (folder, "backup", NULL);
  done = read_file (&reader, copy != NULL ? copy : database, error);
  *n_unread = reader.n_unread;
  if (done && reader.n_unread > 0)
    {
      g_autofree char *newest = assay_backups_find_newest (backups);

      if (newest != NULL)
        done = read_file (&reader, newest, error);
    }
  return done && read_spool (&reader, folder, error);
}
