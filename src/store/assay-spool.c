/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "assay-folder.h"
#include "assay-json.h"
#include "assay-outbox-item-private.h"
#include "assay-spool.h"
#include "assay-store-error.h"

#define SUFFIX ".json"

static char *
make_path (const char *folder, const char *submission)
{
  g_autofree char *name = g_strconcat (submission, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

/* The body stands in it as a string: rescue needs the very bytes. */
static char *
make_text (AssayOutboxItem *item, const char *record)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *body = NULL;
  GBytes *bytes = assay_outbox_item_get_body (item);

  /* Empty bytes have no address. */
  body = g_bytes_get_size (bytes) > 0
             ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
             : g_strdup ("");
  json_object_set_string_member (object, "submission", assay_outbox_item_get_submission (item));
  json_object_set_string_member (object, "account", assay_outbox_item_get_account (item));
  json_object_set_int_member (object, "task", assay_outbox_item_get_task_row (item));
  if (assay_outbox_item_get_subject (item) != NULL)
    json_object_set_string_member (object, "subject", assay_outbox_item_get_subject (item));
  json_object_set_string_member (object, "kind", assay_outbox_item_get_kind (item));
  json_object_set_string_member (object, "method", assay_outbox_item_get_method (item));
  json_object_set_string_member (object, "target", assay_outbox_item_get_target (item));
  json_object_set_int_member (object, "created_at", assay_outbox_item_get_created_at (item));
  json_object_set_string_member (object, "body", body);
  if (record != NULL)
    json_object_set_string_member (object, "record", record);
  json_node_set_object (node, object);
  return assay_json_to_string (node);
}

gboolean
assay_spool_write (const char *folder, AssayOutboxItem *item, const char *record, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (ASSAY_IS_OUTBOX_ITEM (item), FALSE);

  if (!assay_folder_make (folder))
    {
      g_set_error (error, ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_READ_ONLY,
                   _ ("The folder “%s” cannot be made (%s)."), folder, g_strerror (errno));
      return FALSE;
    }
  path = make_path (folder, assay_outbox_item_get_submission (item));
  text = make_text (item, record);
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

void
assay_spool_remove (const char *folder, const char *submission)
{
  g_autofree char *path = NULL;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (submission != NULL);

  path = make_path (folder, submission);
  if (g_unlink (path) != 0 && errno != ENOENT)
    g_warning ("“%s” cannot be removed: %s", path, g_strerror (errno));
}

/* Whether the file of @submission is still needed; TRUE on error. */
static gboolean
is_needed (AssayDatabase *database, const char *submission, gint64 now_us)
{
  AssayStatement *statement =
      assay_database_prepare (database,
                              "SELECT state, changed_at FROM outbox WHERE submission = ?1", NULL);
  g_autoptr (GError) error = NULL;
  gboolean needed = TRUE;

  if (statement == NULL)
    return TRUE;
  assay_statement_bind_text (statement, 1, submission);
  if (assay_statement_step (statement, &error))
    {
      const char *state = assay_statement_get_text (statement, 0);

      if (g_strcmp0 (state, "withdrawn") == 0)
        needed = FALSE;
      else if (g_strcmp0 (state, "accepted") == 0)
        needed = assay_statement_get_int (statement, 1) > now_us - ASSAY_SPOOL_KEEP_US;
      assay_statement_reset (statement);
    }
  /* A file without a row is the very case that the spool is for: it stays. */
  return needed;
}

/* (transfer full) (nullable) */
static char *
dup_record (AssayDatabase *database, const char *submission)
{
  AssayStatement *statement =
      assay_database_prepare (database, "SELECT body FROM judgement WHERE submission = ?1", NULL);
  char *record = NULL;

  if (statement == NULL)
    return NULL;
  assay_statement_bind_text (statement, 1, submission);
  if (assay_statement_step (statement, NULL))
    {
      record = assay_statement_dup_text (statement, 0);
      assay_statement_reset (statement);
    }
  return record;
}

gboolean
assay_spool_tidy (const char *folder, AssayDatabase *database, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (database != NULL, FALSE);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *submission = NULL;

      /* A copy that was cut off while it was written. */
      if (strstr (name, SUFFIX ".") != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
          continue;
        }
      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      submission = g_strndup (name, strlen (name) - strlen (SUFFIX));
      if (!is_needed (database, submission, now_us))
        assay_spool_remove (folder, submission);
    }

  waiting = assay_outbox_items_read (database, ASSAY_OUTBOX_ITEMS_UNSETTLED, NULL, error);
  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i < waiting->len; i++)
    {
      AssayOutboxItem *item = waiting->pdata[i];
      g_autofree char *path = make_path (folder, assay_outbox_item_get_submission (item));

      g_autofree char *record = NULL;

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      record = dup_record (database, assay_outbox_item_get_submission (item));
      if (!assay_spool_write (folder, item, record, error))
        return FALSE;
    }
  return TRUE;
}
