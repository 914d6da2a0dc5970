/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "platformd"

#include "config.h"

#include <gio/gio.h>

#include "assay-json-read.h"
#include "assay-server-demo.h"
#include "platformd-resources.h"

#define RESOURCE "/platformd/demo/"

static JsonNode *
load_resource (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes == NULL ? NULL : assay_json_parse_bytes (bytes, error);
}

static char *
take_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  char *text = node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : assay_json_to_string (node);

  json_object_remove_member (object, member);
  return text;
}

static char *
write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = assay_json_object_node_new (json_object_ref (object));

  return assay_json_to_string (node);
}

static void
add_person (AssayServerState *state, JsonObject *person, guint position)
{
  assay_server_state_execute (state, "INSERT INTO person VALUES (?1, ?2, ?3)", "sss",
                              assay_json_get_string (person, "id"),
                              assay_json_get_string (person, "name"),
                              assay_json_get_string (person, "language"));
}

static void
add_form (AssayServerState *state, JsonObject *form, guint position)
{
  g_autofree char *text = write_object (form);

  assay_server_state_execute (state, "INSERT INTO form VALUES (?1, ?2, ?3)", "sis",
                              assay_json_get_string (form, "id"),
                              assay_json_get_int (form, "version", 1), text);
}

/* The text is in a file of its own. */
static void
add_guideline (AssayServerState *state, JsonObject *guideline, guint position)
{
  g_autofree char *file = g_strconcat (RESOURCE, assay_json_get_string (guideline, "file"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (file, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *body = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *text = NULL;

  if (bytes == NULL)
    g_error ("%s", error->message);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  json_object_remove_member (guideline, "file");
  json_object_set_string_member (guideline, "media_type", "text/markdown");
  json_object_set_string_member (guideline, "body", body);
  json_object_set_string_member (guideline, "sha256", sha256);
  text = write_object (guideline);
  assay_server_state_execute (state, "INSERT INTO guideline VALUES (?1, ?2, ?3, ?4)", "siis",
                              assay_json_get_string (guideline, "id"),
                              assay_json_get_int (guideline, "version", 1),
                              (gint64) assay_json_get_boolean (guideline, "must_ack", FALSE), text);
}

static void
add_qualification (AssayServerState *state, JsonObject *qualification, guint position)
{
  g_autofree char *text = write_object (qualification);

  assay_server_state_execute (state, "INSERT INTO qualification VALUES (?1, ?2, ?3)", "sis",
                              assay_json_get_string (qualification, "id"), (gint64) position, text);
}

static void
add_file (AssayServerState *state, JsonObject *file, guint position)
{
  assay_server_state_execute (state, "INSERT INTO file VALUES (?1, ?2, ?3)", "sss",
                              assay_json_get_string (file, "id"),
                              assay_json_get_string (file, "media_type"),
                              assay_json_get_string (file, "content"));
}

static void
add_task (AssayServerState *state,
          const char *project,
          JsonObject *task,
          gint64 position,
          guint copy)
{
  g_autoptr (JsonNode) source = assay_json_object_node_new (json_object_ref (task));
  g_autoptr (JsonNode) node = assay_json_copy (source);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *gold = take_text (object, "gold");
  g_autofree char *id = g_strdup (assay_json_get_string (object, "id"));
  g_autofree char *text = NULL;

  if (copy > 0)
    {
      g_autofree char *copy_id = g_strdup_printf ("%s-%u", id, copy + 1);

      g_set_str (&id, copy_id);
      json_object_set_string_member (object, "id", id);
    }
  text = write_object (object);
  assay_server_state_execute (
      state, "INSERT INTO task (id, project, position, body, gold) VALUES (?1, ?2, ?3, ?4, ?5)",
      "ssiss", id, project, position, text, gold);
}

static void
add_project (AssayServerState *state, JsonObject *project, guint position, guint n_copies)
{
  JsonObject *lease = assay_json_get_object (project, "lease");
  JsonArray *tasks = assay_json_get_array (project, "tasks");
  gint64 own_copies = assay_json_get_int (project, "copies", 1);
  g_autofree char *id = g_strdup (assay_json_get_string (project, "id"));
  g_autofree char *text = NULL;
  g_autoptr (JsonArray) kept = json_array_ref (tasks);
  gint64 seconds = assay_json_get_int (lease, "seconds", 0);
  gint64 max_held = assay_json_get_int (lease, "max_held", 5);
  gint64 renewals = assay_json_get_int (lease, "renewals", 0);
  gint64 editable = assay_json_get_int (project, "editable_seconds", 0);
  g_autofree char *guideline = g_strdup (assay_json_get_string (project, "guideline"));
  g_autofree char *qualification = g_strdup (assay_json_get_string (project, "qualification"));
  g_autofree char *kind = g_strdup (assay_json_get_string_or (project, "lease_kind", "work"));
  static const char *const internal[] = {
    "tasks", "copies", "lease", "editable_seconds", "guideline", "qualification", "lease_kind"
  };

  for (guint i = 0; i < G_N_ELEMENTS (internal); i++)
    json_object_remove_member (project, internal[i]);
  text = write_object (project);
  assay_server_state_execute (
      state, "INSERT INTO project VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, ?8, ?9, ?10)",
      "sissiiiiss", id, (gint64) position, guideline, qualification, seconds, max_held, renewals,
      editable, kind, text);
  for (guint copy = 0; copy < n_copies * own_copies; copy++)
    for (guint i = 0; i < json_array_get_length (kept); i++)
      add_task (state, id, json_array_get_object_element (kept, i),
                (gint64) copy * json_array_get_length (kept) + i, copy);
}

static void
add_all (AssayServerState *state,
         JsonObject *demo,
         const char *member,
         void (*add) (AssayServerState *, JsonObject *, guint))
{
  JsonArray *list = assay_json_get_array (demo, member);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    add (state, json_array_get_object_element (list, i), i);
}

gboolean
assay_server_demo_load (AssayServerState *state, guint n_copies, GError **error)
{
  AssayDatabase *database = assay_server_state_get_database (state);
  g_autoptr (JsonNode) demo = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *projects;
  JsonObject *object;

  /* Asked for by name: a linker leaves out of a static library what nobody asks for. */
  g_resources_register (platformd_get_resource ());
  demo = load_resource ("demo.json", error);
  node = demo == NULL ? NULL : load_resource ("projects.json", error);
  projects = node == NULL ? NULL : assay_json_node_array (node);
  object = demo == NULL ? NULL : assay_json_node_object (demo);
  if (object == NULL || projects == NULL
      || !assay_database_begin (database, ASSAY_DURABILITY_BULK, error))
    return FALSE;
  add_all (state, object, "people", add_person);
  add_all (state, object, "forms", add_form);
  add_all (state, object, "guidelines", add_guideline);
  add_all (state, object, "qualifications", add_qualification);
  add_all (state, object, "files", add_file);
  for (guint i = 0; i < json_array_get_length (projects); i++)
    add_project (state, json_array_get_object_element (projects, i), i, n_copies);
  return assay_database_commit (database, error);
}
