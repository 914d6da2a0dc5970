/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include "assay-server-state.h"

#define SCHEMA_VERSION 1

static const char schema[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT;"
    "CREATE TABLE counter (kind TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;"
    "CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL) STRICT;"
    /* A family is what one sign-in led to: access and refresh tokens that are revoked together. */
    "CREATE TABLE token (token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id),"
    " kind TEXT NOT NULL CHECK (kind IN ('personal', 'access', 'refresh')), scopes TEXT NOT NULL,"
    " family TEXT, expires_at INTEGER, used INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE code (code TEXT PRIMARY KEY, person TEXT NOT NULL, scopes TEXT NOT NULL,"
    " challenge TEXT NOT NULL, redirect TEXT NOT NULL, expires_at INTEGER NOT NULL,"
    " family TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE form (id TEXT, version INTEGER, body TEXT NOT NULL, PRIMARY KEY (id, version)) STRICT;"
    "CREATE TABLE guideline (id TEXT, version INTEGER, must_ack INTEGER NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY (id, version)) STRICT;"
    "CREATE TABLE ack (person TEXT, guideline TEXT, version INTEGER, at INTEGER NOT NULL,"
    " PRIMARY KEY (person, guideline, version)) STRICT;"
    "CREATE TABLE qualification (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE project (id TEXT PRIMARY KEY, position INTEGER NOT NULL, guideline TEXT,"
    " qualification TEXT, lease_seconds INTEGER, max_held INTEGER NOT NULL, renewals INTEGER NOT NULL,"
    " editable_seconds INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE task (id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES project (id),"
    " position INTEGER NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, gold TEXT) STRICT;"
    "CREATE INDEX task_of_project ON task (project, position);"
    "CREATE TABLE lease (id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, person TEXT NOT NULL,"
    " project TEXT NOT NULL, task TEXT NOT NULL REFERENCES task (id), state TEXT NOT NULL DEFAULT 'held'"
    " CHECK (state IN ('held', 'submitted', 'skipped', 'released', 'withdrawn')),"
    " granted_at INTEGER NOT NULL, expires_at INTEGER, renewals_left INTEGER NOT NULL,"
    " form TEXT NOT NULL, form_version INTEGER NOT NULL, guideline TEXT, guideline_version INTEGER,"
    " skip TEXT) STRICT;"
    "CREATE INDEX lease_of_task ON lease (task);"
    "CREATE INDEX lease_of_person ON lease (person, state);"
    "CREATE TABLE submission (id TEXT PRIMARY KEY, person TEXT NOT NULL, lease TEXT NOT NULL,"
    " project TEXT NOT NULL, task TEXT NOT NULL, content TEXT NOT NULL, judgement TEXT NOT NULL,"
    " received_at INTEGER NOT NULL, late INTEGER NOT NULL, counted INTEGER NOT NULL,"
    " state TEXT NOT NULL DEFAULT 'received'"
    " CHECK (state IN ('received', 'accepted', 'returned', 'rejected')), editable_until INTEGER) STRICT;"
    "CREATE INDEX submission_of_task ON submission (task);"
    "CREATE INDEX submission_of_lease ON submission (lease);"
    "CREATE TABLE file (id TEXT PRIMARY KEY, media_type TEXT NOT NULL, content TEXT NOT NULL) STRICT;"
    "CREATE TABLE draft (lease TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE inquiry (id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, lease TEXT NOT NULL,"
    " body TEXT NOT NULL) STRICT;"
    "CREATE TABLE feedback (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " person TEXT NOT NULL, dispute_until INTEGER, body TEXT NOT NULL) STRICT;"
    "CREATE TABLE earning (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " person TEXT NOT NULL, submission TEXT NOT NULL, amount_minor INTEGER NOT NULL,"
    " currency TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'pending', reason TEXT, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE change (n INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT, type TEXT NOT NULL,"
    " id TEXT NOT NULL, at INTEGER NOT NULL, deleted INTEGER NOT NULL) STRICT;"
    /* What a POST with a key was answered. */
    "CREATE TABLE answered (person TEXT, key TEXT, request TEXT NOT NULL, status INTEGER NOT NULL,"
    " body TEXT, PRIMARY KEY (person, key)) STRICT;";

struct _AssayServerState
{
  GObject parent_instance;

  AssayDatabase *database; /* (owned) */
  gint64 clock_offset;     /* milliseconds */
  AssayServerDefect defect;
  gboolean maintenance;

  guint rate_requests;
  guint rate_seconds;
  gint64 rate_since;
  guint rate_count;
};

G_DEFINE_FINAL_TYPE (AssayServerState, assay_server_state, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} AssayServerStateSignal;

static guint signals[N_SIGNALS];

static void
assay_server_state_finalize (GObject *object)
{
  AssayServerState *self = ASSAY_SERVER_STATE (object);

  g_clear_pointer (&self->database, assay_database_free);

  G_OBJECT_CLASS (assay_server_state_parent_class)->finalize (object);
}

static void
assay_server_state_class_init (AssayServerStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = assay_server_state_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
assay_server_state_init (AssayServerState *self)
{
}

static gboolean
create_tables (AssayServerState *self, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d;", SCHEMA_VERSION);

  if (assay_database_get_version (self->database) == SCHEMA_VERSION)
    return TRUE;
  return assay_database_begin (self->database, ASSAY_DURABILITY_PERSON, error)
         && assay_database_execute (self->database, schema, error)
         && assay_database_execute (self->database, version, error)
         && assay_database_commit (self->database, error);
}

AssayServerState *
assay_server_state_new (const char *folder, GError **error)
{
  g_autoptr (AssayServerState) self = g_object_new (ASSAY_TYPE_SERVER_STATE, NULL);
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, "platform.db", NULL);
  self->database = assay_database_open (path, FALSE, SCHEMA_VERSION, error);
  if (self->database == NULL || !create_tables (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
assay_server_state_is_empty (AssayServerState *self)
{
  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), TRUE);

  return assay_server_state_query_int (self, "SELECT count(*) FROM person", "") == 0;
}

AssayDatabase *
assay_server_state_get_database (AssayServerState *self)
{
  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), NULL);

  return self->database;
}

gint64
assay_server_state_get_now (AssayServerState *self)
{
  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), 0);

  return g_get_real_time () / 1000 + self->clock_offset;
}

void
assay_server_state_advance (AssayServerState *self, gint64 milliseconds)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (self));

  self->clock_offset += milliseconds;
}

char *
assay_server_state_format_time (AssayServerState *self, gint64 time)
{
  g_autoptr (GDateTime) moment = NULL;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), NULL);

  moment = g_date_time_new_from_unix_utc (time / 1000);
  return g_date_time_format (moment,
                             assay_server_state_has_defect (self, ASSAY_SERVER_DEFECT_LOCAL_TIMES)
                                 ? "%Y-%m-%dT%H:%M:%S"
                                 : "%Y-%m-%dT%H:%M:%SZ");
}

gboolean
assay_server_state_has_defect (AssayServerState *self, AssayServerDefect defect)
{
  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), FALSE);

  return self->defect == defect;
}

void
assay_server_state_set_defect (AssayServerState *self, AssayServerDefect defect)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (self));

  self->defect = defect;
}

void
assay_server_state_set_rate (AssayServerState *self, guint requests, guint seconds)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (self));

  self->rate_requests = requests;
  self->rate_seconds = MAX (seconds, 1);
  self->rate_since = assay_server_state_get_now (self);
  self->rate_count = 0;
}

gboolean
assay_server_state_count_request (AssayServerState *self, guint *retry_after)
{
  gint64 now, end;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), FALSE);
  g_return_val_if_fail (retry_after != NULL, FALSE);

  if (self->rate_requests == 0)
    return FALSE;
  now = assay_server_state_get_now (self);
  end = self->rate_since + self->rate_seconds * G_GINT64_CONSTANT (1000);
  if (now >= end)
    {
      self->rate_since = now;
      self->rate_count = 0;
    }
  if (self->rate_count < self->rate_requests)
    {
      self->rate_count++;
      return FALSE;
    }
  *retry_after = (guint) ((end - now + 999) / 1000);
  return TRUE;
}

void
assay_server_state_set_maintenance (AssayServerState *self, gboolean maintenance)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (self));

  self->maintenance = maintenance;
}

gboolean
assay_server_state_get_maintenance (AssayServerState *self)
{
  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), FALSE);

  return self->maintenance;
}

/* Statements */

static AssayStatement *
prepare (AssayServerState *self, const char *sql, const char *types, va_list args)
{
  g_autoptr (GError) error = NULL;
  AssayStatement *statement = assay_database_prepare (self->database, sql, &error);

  if (statement == NULL)
    g_error ("%s: %s", sql, error->message);
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        assay_statement_bind_text (statement, i + 1, va_arg (args, const char *));
        break;
      case 'i':
        assay_statement_bind_int (statement, i + 1, va_arg (args, gint64));
        break;
      default:
        g_assert_not_reached ();
      }
  return statement;
}

gboolean
assay_server_row (AssayStatement *statement)
{
  g_autoptr (GError) error = NULL;
  gboolean row;

  g_return_val_if_fail (statement != NULL, FALSE);

  row = assay_statement_step (statement, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  return row;
}

AssayStatement *
assay_server_state_query (AssayServerState *self, const char *sql, const char *types, ...)
{
  AssayStatement *statement;
  va_list args;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), NULL);

  va_start (args, types);
  statement = prepare (self, sql, types, args);
  va_end (args);
  return statement;
}

guint
assay_server_state_execute (AssayServerState *self, const char *sql, const char *types, ...)
{
  AssayStatement *statement;
  va_list args;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), 0);

  va_start (args, types);
  statement = prepare (self, sql, types, args);
  va_end (args);
  while (assay_server_row (statement))
    ;
  return assay_database_get_n_changes (self->database);
}

gint64
assay_server_state_query_int (AssayServerState *self, const char *sql, const char *types, ...)
{
  AssayStatement *statement;
  gint64 value = 0;
  va_list args;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), 0);

  va_start (args, types);
  statement = prepare (self, sql, types, args);
  va_end (args);
  if (assay_server_row (statement))
    value = assay_statement_get_int (statement, 0);
  assay_statement_reset (statement);
  return value;
}

char *
assay_server_state_query_text (AssayServerState *self, const char *sql, const char *types, ...)
{
  AssayStatement *statement;
  char *value = NULL;
  va_list args;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), NULL);

  va_start (args, types);
  statement = prepare (self, sql, types, args);
  va_end (args);
  if (assay_server_row (statement))
    value = assay_statement_dup_text (statement, 0);
  assay_statement_reset (statement);
  return value;
}

JsonNode *
assay_server_get_json (AssayStatement *statement, int column)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_return_val_if_fail (statement != NULL, NULL);

  if (assay_statement_is_null (statement, column))
    return NULL;
  node = assay_json_parse (assay_statement_get_text (statement, column), -1, &error);
  if (node == NULL)
    g_error ("What was stored is no JSON: %s", error->message);
  return node;
}

char *
assay_server_state_make_id (AssayServerState *self, const char *kind)
{
  gint64 n;

  g_return_val_if_fail (ASSAY_IS_SERVER_STATE (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  n = assay_server_state_query_int (
      self,
      "INSERT INTO counter VALUES (?1, 1) ON CONFLICT (kind) DO UPDATE SET value = value + 1"
      " RETURNING value",
      "s", kind);
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, n);
}

void
assay_server_state_record_change (AssayServerState *self,
                                  const char *person,
                                  const char *type,
                                  const char *id,
                                  gboolean deleted)
{
  g_return_if_fail (ASSAY_IS_SERVER_STATE (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (id != NULL);

  if (assay_server_state_has_defect (self, ASSAY_SERVER_DEFECT_FORGETS_CHANGES)
      && g_str_equal (type, "submission"))
    return;
  assay_server_state_execute (
      self, "INSERT INTO change (person, type, id, at, deleted) VALUES (?1, ?2, ?3, ?4, ?5)",
      "sssii", person, type, id, assay_server_state_get_now (self), (gint64) deleted);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
