/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "assay-json.h"
#include "assay-rescue-private.h"
#include "assay-store-private.h"

/* A damaged page hides the rows of a stretch of ids; so many are asked for one by one. */
#define MAX_PROBES 100000

/* Where it is not known how far the numbers went, they go on further ahead than any can have been
 * given since the last copy. */
#define NUMBER_GAP (G_GINT64_CONSTANT (1) << 32)
/* Nothing counts so far: what says so is damaged, and would leave no number for what comes. */
#define NUMBER_END (G_GINT64_CONSTANT (1) << 62)

/* In the order in which rows refer to one another. */
typedef struct
{
  const char *table;
  AssayRescueParts part;
  const char *columns;
  guint n_columns;
  /* What to read by from the other end; NULL for the row id. */
  const char *down;
  /* How a row that is there already is treated. */
  const char *conflict;
  /* NULL: the columns, and a value for each. */
  const char *select;
  const char *values;
  /* Columns that came with a later version of the schema, and the treatment then: the damaged file
   * may be of an earlier one. */
  const char *later;
  guint n_later;
  const char *later_conflict;
  /* The whole table came with a later version. */
  gboolean is_later;
} Salvage;

static const Salvage tables[] = {
  /* Not the cursor: what was lost must come again. The damaged file is later than any copy of it.
   */
  { "account", ASSAY_RESCUE_TASKS, "id, kind, title, created_at", 4, "id DESC", "DO NOTHING",
    .later = "address, settings", .n_later = 2,
    .later_conflict = "(id) DO UPDATE SET title = ?3, address = ?5, settings = ?6" },
  { "guideline", ASSAY_RESCUE_TASKS, "id, version, title, text, sha256, saved_at", 6, NULL,
    "DO NOTHING", .later = "must_acknowledge, acknowledged_at, summary_of_changes", .n_later = 3,
    .later_conflict =
        "(id, version) DO UPDATE SET must_acknowledge = ?7,"
        " acknowledged_at = coalesce (?8, acknowledged_at), summary_of_changes = ?9" },
  { "project", ASSAY_RESCUE_TASKS,
    "id, account, external_id, title, form, settings, guideline, guideline_version, created_at,"
    " changed_at",
    10, NULL, "DO NOTHING", .later = "terms", .n_later = 1 },
  { "task", ASSAY_RESCUE_TASKS,
    "id, project, task_id, external_id, position, state, title, kind, language, n_responses,"
    " est_minutes, pay_minor, pay_per_hour, currency, deadline_ms, guideline, guideline_version,"
    " digest, added_at",
    19, NULL, "DO NOTHING" },
  { "form", ASSAY_RESCUE_TASKS, "sha256, json", 2, NULL, "DO NOTHING" },
  /* The number of a form may have been given to another since. */
  { "task_content", ASSAY_RESCUE_TASKS, "task, form, json", 3, NULL, "DO NOTHING",
    "task, (SELECT f.sha256 FROM form f WHERE f.id = task_content.form), json",
    "?1, (SELECT id FROM form WHERE sha256 = ?2), ?3" },
  { "lease", ASSAY_RESCUE_TASKS,
    "task, id, state, granted_at, expires_at, renewals, training, form, form_version, submission",
    10, NULL,
    "(task) DO UPDATE SET id = ?2, state = ?3, granted_at = ?4, expires_at = ?5, renewals = ?6,"
    " training = ?7, form = ?8, form_version = ?9, submission = ?10",
    .is_later = TRUE },
  { "draft", ASSAY_RESCUE_DRAFTS,
    "task, judgement, digest, revision, active, is_empty, paragraphs, characters, answers,"
    " started_at, changed_at, body",
    12, NULL,
    "(task) DO UPDATE SET judgement = ?2, digest = ?3, revision = ?4, active = ?5, is_empty = ?6,"
    " paragraphs = ?7, characters = ?8, answers = ?9, started_at = ?10, changed_at = ?11,"
    /* The damaged file is later than any copy of it, whatever the clock said; but an old page may
     * have come back in it. */
    " body = ?12 WHERE judgement <> ?2 OR revision < ?4 OR (revision = ?4 AND active <> ?5)" },
  { "draft_revision", ASSAY_RESCUE_DRAFTS,
    "id, task, judgement, digest, reason, paragraphs, written_at, body", 8, NULL, "DO NOTHING" },
  { "judgement", ASSAY_RESCUE_JUDGEMENTS,
    "task, revision, id, submission, digest, outcome, rationale, submitted_at, body", 9, NULL,
    "DO NOTHING", .later = "lease, fate, fate_at", .n_later = 3,
    .later_conflict = "(submission) DO UPDATE SET fate = ?11, fate_at = ?12 WHERE ?11 IS NOT NULL"
                      " ON CONFLICT DO NOTHING" },
  { "feedback", ASSAY_RESCUE_TASKS, "account, id, submission, verdict, at, seen_at, json", 7, NULL,
    "(account, id) DO UPDATE SET submission = ?3, verdict = ?4, at = ?5, seen_at = ?6, json = ?7",
    .is_later = TRUE },
  { "setting", ASSAY_RESCUE_SETTINGS, "key, json", 2, "key DESC", "DO NOTHING" },
};

/* After the rows of the outbox, whose numbers may be others than they were. */
static const Salvage attempts = {
  "attempt",
  ASSAY_RESCUE_OUTBOX,
  "outbox, n, started_at, ended_at, class, status",
  6,
  "outbox DESC, n DESC",
  "(outbox, n) DO UPDATE SET ended_at = ?4, class = ?5, status = ?6 WHERE attempt.ended_at IS NULL",
  "(SELECT o.submission FROM outbox o WHERE o.id = attempt.outbox), n, started_at, ended_at, class,"
  " status",
  "(SELECT id FROM outbox WHERE submission = ?1), ?2, ?3, ?4, ?5, ?6"
};

typedef struct
{
  sqlite3 *source; /* (owned) */
  sqlite3 *target; /* borrowed */
  AssayRescueFigures *figures;
} Reader;

static const char *
get_select (const Salvage *table)
{
  return table->select != NULL ? table->select : table->columns;
}

static void
copy_row (Reader *self, sqlite3_stmt *row, guint first, guint n, sqlite3_stmt *insert)
{
  for (guint i = 0; i < n; i++)
    sqlite3_bind_value (insert, i + 1, sqlite3_column_value (row, first + i));
  /* What does not fit, as a row whose task is lost, is left in the damaged file. */
  if (sqlite3_step (insert) == SQLITE_DONE && sqlite3_changes (self->target) > 0)
    self->figures->n_rows++;
  sqlite3_reset (insert);
  sqlite3_clear_bindings (insert);
}

static void
note_unread (Reader *self, const Salvage *table)
{
  self->figures->unread |= table->part;
}

/* Up or down from one end until the end or an error; the last id that was read. */
static gint64
scan (Reader *self, const char *sql, const Salvage *table, sqlite3_stmt *insert, gboolean *whole)
{
  sqlite3_stmt *row = NULL;
  gint64 last = 0;
  int result = sqlite3_prepare_v2 (self->source, sql, -1, &row, NULL);

  if (result == SQLITE_OK)
    while ((result = sqlite3_step (row)) == SQLITE_ROW)
      {
        last = sqlite3_column_int64 (row, 0);
        copy_row (self, row, 1, table->n_columns, insert);
      }
  *whole = result == SQLITE_DONE;
  sqlite3_finalize (row);
  return last;
}

static void
probe (Reader *self, const Salvage *table, sqlite3_stmt *insert, gint64 from, gint64 to)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE rowid = ?1",
                                          get_select (table), table->table);
  sqlite3_stmt *row = NULL;

  if (sqlite3_prepare_v2 (self->source, sql, -1, &row, NULL) != SQLITE_OK)
    return;
  for (gint64 id = from; id < to && id - from < MAX_PROBES; id++)
    {
      sqlite3_bind_int64 (row, 1, id);
      if (sqlite3_step (row) == SQLITE_ROW)
        copy_row (self, row, 1, table->n_columns, insert);
      sqlite3_reset (row);
    }
  sqlite3_finalize (row);
}

static char *
make_insert (const Salvage *table)
{
  g_autoptr (GString) places = g_string_new ("?1");

  for (guint i = 2; i <= table->n_columns; i++)
    g_string_append_printf (places, ", ?%u", i);
  if (table->values != NULL)
    g_string_assign (places, table->values);
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT %s", table->table,
                          table->columns, places->str, table->conflict);
}

/* Whether the damaged file was made with these columns; what of them can be read is another matter.
 */
static gboolean
has_columns (Reader *self, const char *table, const char *columns)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s LIMIT 0", columns, table);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (self->source, sql, -1, &statement, NULL);

  sqlite3_finalize (statement);
  return result != SQLITE_ERROR;
}

static void
salvage_columns (Reader *self, const Salvage *table)
{
  g_autofree char *insert_sql = make_insert (table);
  g_autofree char *up =
      g_strdup_printf ("SELECT %s, %s FROM %s NOT INDEXED%s", table->down == NULL ? "rowid" : "0",
                       get_select (table), table->table,
                       table->down == NULL ? " ORDER BY rowid" : "");
  sqlite3_stmt *insert = NULL;
  gboolean whole;
  gint64 first, last;

  if (sqlite3_prepare_v2 (self->target, insert_sql, -1, &insert, NULL) != SQLITE_OK)
    {
      g_warning ("Rows of “%s” cannot be rescued: %s", table->table, sqlite3_errmsg (self->target));
      return;
    }
  first = scan (self, up, table, insert, &whole);
  if (!whole)
    {
      g_autofree char *down =
          g_strdup_printf ("SELECT %s, %s FROM %s NOT INDEXED ORDER BY %s",
                           table->down == NULL ? "rowid" : "0", get_select (table), table->table,
                           table->down == NULL ? "rowid DESC" : table->down);

      note_unread (self, table);
      last = scan (self, down, table, insert, &whole);
      if (table->down == NULL)
        probe (self, table, insert, first + 1, last > 0 ? last : first + MAX_PROBES);
    }
  sqlite3_finalize (insert);
}

static void
salvage_table (Reader *self, const Salvage *table)
{
  Salvage whole = *table;
  g_autofree char *columns = NULL;

  if (table->is_later && !has_columns (self, table->table, "*"))
    return;
  if (table->later != NULL && has_columns (self, table->table, table->later))
    {
      columns = g_strconcat (table->columns, ", ", table->later, NULL);
      whole.columns = columns;
      whole.n_columns += table->n_later;
      if (table->later_conflict != NULL)
        whole.conflict = table->later_conflict;
    }
  salvage_columns (self, &whole);
}

/* The state that was reached, by the steps that are allowed. */
static gboolean
restate (AssayDatabase *database, sqlite3_stmt *row)
{
  static const char *const states[] = { "accepted", "refused", "withdrawn", "queued", NULL };
  const char *state = (const char *) sqlite3_column_text (row, 10);
  const char *submission = (const char *) sqlite3_column_text (row, 1);
  AssayStatement *statement;

  if (!g_strv_contains (states, state))
    return TRUE;
  /* It is unknown by now; what was withdrawn was never sent, and so it may go there as well. */
  if (g_str_equal (state, "withdrawn"))
    {
      statement = assay_database_prepare (
          database,
          "UPDATE outbox SET state = 'queued' WHERE submission = ?1 AND state = 'unknown'", NULL);
      if (statement == NULL)
        return FALSE;
      assay_statement_bind_text (statement, 1, submission);
      if (!assay_statement_run (statement, NULL))
        return FALSE;
    }
  statement = assay_database_prepare (
      database,
      "UPDATE outbox SET state = ?2, receipt = ?3, attempts = ?4, next_at = ?5, changed_at = ?6"
      " WHERE submission = ?1 AND (state IN ('unknown', 'queued')"
      "  OR (state = 'refused' AND ?2 = 'withdrawn'))",
      NULL);
  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, submission);
  assay_statement_bind_text (statement, 2, state);
  assay_statement_bind_text (statement, 3, (const char *) sqlite3_column_text (row, 16));
  assay_statement_bind_int (statement, 4, sqlite3_column_int64 (row, 11));
  assay_statement_bind_int (statement, 5, sqlite3_column_int64 (row, 13));
  assay_statement_bind_int (statement, 6, sqlite3_column_int64 (row, 14));
  return assay_statement_run (statement, NULL);
}

static const Salvage outbox = {
  "outbox", ASSAY_RESCUE_OUTBOX,
  "submission, account, task, kind, method, target, body, body_sha256, created_at, state, attempts,"
  " 0, next_at, changed_at, last_class, receipt"
};

static void
salvage_outbox_row (Reader *self, AssayDatabase *database, sqlite3_stmt *row)
{
  sqlite3_stmt *insert = NULL;

  if (sqlite3_prepare_v2 (
          self->target,
          "INSERT INTO outbox (submission, account, task, kind, method, target, body, body_sha256,"
          " created_at, state, attempts, next_at, changed_at, last_class, receipt)"
          " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, iif (?10 = 'sending', 'unknown', ?10), ?11,"
          " ?13, ?14, ?15, ?16 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE submission = ?1)",
          -1, &insert, NULL)
      != SQLITE_OK)
    return;
  for (int i = 1; i <= 16; i++)
    sqlite3_bind_value (insert, i, sqlite3_column_value (row, i));
  if (sqlite3_step (insert) == SQLITE_DONE)
    {
      if (sqlite3_changes (self->target) > 0)
        self->figures->n_rows++;
      else
        restate (database, row);
    }
  sqlite3_finalize (insert);
}

static void
salvage_outbox (Reader *self, AssayDatabase *database)
{
  static const char *const orders[] = { "ORDER BY rowid", "ORDER BY rowid DESC" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT rowid, %s FROM outbox NOT INDEXED %s",
                                              outbox.columns, orders[i]);
      sqlite3_stmt *row = NULL;
      int result = sqlite3_prepare_v2 (self->source, sql, -1, &row, NULL);

      if (result == SQLITE_OK)
        while ((result = sqlite3_step (row)) == SQLITE_ROW)
          salvage_outbox_row (self, database, row);
      sqlite3_finalize (row);
      if (result == SQLITE_DONE)
        return;
      note_unread (self, &outbox);
    }
}

/* For reading alone: the damaged file is kept as it is, and its log with it. (transfer full)
 * (nullable) */
static sqlite3 *
open_damaged (const char *path)
{
  sqlite3 *source = NULL;

  if (sqlite3_open_v2 (path, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      sqlite3_close (source);
      return NULL;
    }
  sqlite3_db_config (source, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return source;
}

gboolean
assay_rescue_salvage (AssayDatabase *database,
                      const char *damaged,
                      AssayRescueFigures *figures,
                      GError **error)
{
  Reader reader = { NULL, assay_database_get_handle (database), figures };

  g_return_val_if_fail (damaged != NULL, FALSE);

  reader.source = open_damaged (damaged);
  if (reader.source == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    salvage_table (&reader, &tables[i]);
  salvage_outbox (&reader, database);
  salvage_table (&reader, &attempts);
  sqlite3_close (reader.source);
  return TRUE;
}

/* The last number that the damaged file gave to a row of @table; 0 for none. FALSE where that
 * cannot be read. */
static gboolean
read_last_number (sqlite3 *source, const char *table, gint64 *number)
{
  sqlite3_stmt *statement = NULL;
  int result;

  *number = 0;
  result = sqlite3_prepare_v2 (source, "SELECT seq FROM sqlite_sequence WHERE name = ?1", -1,
                               &statement, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  if (result == SQLITE_OK)
    while ((result = sqlite3_step (statement)) == SQLITE_ROW)
      *number = MAX (*number, sqlite3_column_int64 (statement, 0));
  sqlite3_finalize (statement);
  return result == SQLITE_DONE && *number < NUMBER_END;
}

static gboolean
continue_after (AssayDatabase *database, const char *table, gint64 number, GError **error)
{
  static const char *const steps[] = {
    "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2"
    " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
    "UPDATE sqlite_sequence SET seq = ?2 WHERE name = ?1 AND seq < ?2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AssayStatement *statement = assay_database_prepare (database, steps[i], error);

      if (statement == NULL)
        return FALSE;
      assay_statement_bind_text (statement, 1, table);
      assay_statement_bind_int (statement, 2, number);
      if (!assay_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* The largest number that rows of @table have, had or are called by in what was rescued. */
static gboolean
find_last_number (AssayDatabase *database, const char *table, gint64 *number, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  AssayStatement *statement = assay_database_prepare (
      database,
      "SELECT ifnull (max (number), 0) FROM (SELECT seq AS number FROM sqlite_sequence"
      "  WHERE name = ?1 UNION ALL SELECT CAST(task AS INTEGER) FROM outbox WHERE ?1 = 'task')"
      " WHERE number < ?2",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_text (statement, 1, table);
  assay_statement_bind_int (statement, 2, NUMBER_END);
  if (!assay_statement_step (statement, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *number = assay_statement_get_int (statement, 0);
  assay_statement_reset (statement);
  return TRUE;
}

gboolean
assay_rescue_continue_numbers (AssayDatabase *database, const char *damaged, GError **error)
{
  static const char *const numbered[] = { "project", "task" };
  sqlite3 *source;
  gboolean done = TRUE;

  g_return_val_if_fail (damaged != NULL, FALSE);

  source = open_damaged (damaged);
  for (guint i = 0; done && i < G_N_ELEMENTS (numbered); i++)
    {
      gint64 given = 0, seen = 0;
      gboolean known = source != NULL && read_last_number (source, numbered[i], &given);

      done = find_last_number (database, numbered[i], &seen, error)
             && continue_after (database, numbered[i],
                                known ? MAX (given, seen) : seen + NUMBER_GAP, error);
    }
  sqlite3_close (source);
  return done;
}

static gboolean
insert_spooled (AssayDatabase *database, JsonObject *object, GError **error)
{
  const char *body = assay_json_get_string_or (object, "body", "");
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) sha256 = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *task = NULL;
  const char *subject;
  guint8 digest[32];
  gsize size = sizeof digest;
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO outbox (submission, account, task, kind, method, target, body, body_sha256,"
      " state, created_at, changed_at, last_class)"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'unknown', ?9, ?9, 'rescued'"
      " WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE submission = ?1)"
      " AND NOT EXISTS (SELECT 1 FROM outbox WHERE account = ?2 AND task = ?3 AND kind = ?4"
      "  AND state IN ('queued', 'sending', 'unknown'))",
      error);

  if (statement == NULL)
    return FALSE;
  g_checksum_update (checksum, (const guchar *) body, strlen (body));
  g_checksum_get_digest (checksum, digest, &size);
  sha256 = g_bytes_new (digest, size);
  subject = assay_json_get_string (object, "subject");
  task = subject != NULL
             ? g_strconcat (ASSAY_STORE_SUBJECT_PREFIX, subject, NULL)
             : g_strdup_printf ("%" G_GINT64_FORMAT, assay_json_get_int (object, "task", 0));
  assay_statement_bind_text (statement, 1, assay_json_get_string_or (object, "submission", ""));
  assay_statement_bind_text (statement, 2, assay_json_get_string_or (object, "account", ""));
  assay_statement_bind_text (statement, 3, task);
  assay_statement_bind_text (statement, 4, assay_json_get_string_or (object, "kind", ""));
  assay_statement_bind_text (statement, 5, assay_json_get_string_or (object, "method", ""));
  assay_statement_bind_text (statement, 6, assay_json_get_string_or (object, "target", ""));
  assay_statement_bind_blob (statement, 7, bytes);
  assay_statement_bind_blob (statement, 8, sha256);
  assay_statement_bind_int (statement, 9, assay_json_get_int (object, "created_at", 0));
  return assay_statement_run (statement, error);
}

/* The judgement that was sent: an older copy has it in the body alone. */
static gboolean
insert_judgement (AssayDatabase *database, JsonObject *object, GError **error)
{
  const char *record =
      assay_json_get_string_or (object, "record", assay_json_get_string_or (object, "body", ""));
  AssayStatement *statement = assay_database_prepare (
      database,
      "INSERT INTO judgement (task, revision, id, submission, digest, outcome, rationale,"
      " submitted_at, body, lease)"
      " SELECT t.id, coalesce (json_extract (?3, '$.revision'), 1),"
      "  coalesce (json_extract (?3, '$.id'), ?2), ?2, t.digest,"
      "  coalesce (json_extract (?3, '$.outcome'), 'answered'),"
      "  coalesce (json_extract (?3, '$.rationale'), ''), ?4, ?3,"
      "  (SELECT id FROM lease WHERE task = t.id) FROM task t WHERE t.id = ?1"
      " ON CONFLICT DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  assay_statement_bind_int (statement, 1, assay_json_get_int (object, "task", 0));
  assay_statement_bind_text (statement, 2, assay_json_get_string_or (object, "submission", ""));
  assay_statement_bind_text (statement, 3, record);
  assay_statement_bind_int (statement, 4, assay_json_get_int (object, "created_at", 0));
  return assay_statement_run (statement, error);
}

static gboolean
is_object (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? assay_json_parse (text, -1, NULL) : NULL;

  return assay_json_node_object (node) != NULL;
}

static gboolean
is_whole (JsonObject *object)
{
  JsonNode *task = json_object_get_member (object, "task");
  JsonNode *created = json_object_get_member (object, "created_at");
  const char *body = assay_json_get_string (object, "body");
  const char *record = assay_json_get_string (object, "record");

  return task != NULL && json_node_get_value_type (task) == G_TYPE_INT64 && created != NULL
         && json_node_get_value_type (created) == G_TYPE_INT64
         && *assay_json_get_string_or (object, "submission", "") != '\0' && body != NULL
         && (record == NULL || is_object (record))
         /* What is about something else may say it all with its address. */
         && (is_object (body) || assay_json_get_string (object, "subject") != NULL);
}

gboolean
assay_rescue_merge_spool (AssayDatabase *database,
                          const char *spool,
                          AssayRescueFigures *figures,
                          GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (spool != NULL, FALSE);

  dir = g_dir_open (spool, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (spool, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;
      JsonObject *object;
      gsize size;

      if (!g_str_has_suffix (name, ".json") || !g_file_get_contents (path, &text, &size, NULL))
        continue;
      node = assay_json_parse (text, size, NULL);
      object = node != NULL ? assay_json_node_object (node) : NULL;
      if (object == NULL || !is_whole (object))
        continue;
      if (!insert_spooled (database, object, error))
        return FALSE;
      if (assay_database_get_n_changes (database) == 0)
        continue;
      figures->n_spooled++;
      if (!insert_judgement (database, object, error))
        return FALSE;
    }
  return TRUE;
}
