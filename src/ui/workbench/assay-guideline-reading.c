/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-guideline-reading.h"

#include <glib/gi18n.h>

#include "assay-guideline-dialog.h"
#include "assay-json.h"
#include "assay-store-accounts.h"

typedef struct
{
  AssaySession *session; /* (owned) */
  AssayStore *store;     /* (owned) */
  GtkWidget *parent;     /* (owned) */
  gint64 row;

  AssayProject *project;     /* (owned) (nullable) */
  AssayGuideline *guideline; /* (owned) (nullable) */
  int seen;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->session);
  g_object_unref (reading->store);
  g_object_unref (reading->parent);
  g_clear_object (&reading->project);
  g_clear_object (&reading->guideline);
  g_free (reading);
}

/* What the person acknowledged last, to be compared with. */
static int
find_seen (Reading *reading, GPtrArray *versions)
{
  for (guint i = 0; i < versions->len; i++)
    {
      AssayGuideline *version = g_ptr_array_index (versions, i);
      int number = assay_guideline_get_version (version);
      g_autofree char *json = NULL;
      g_autoptr (JsonNode) terms = NULL;

      if (number >= assay_guideline_get_version (reading->guideline))
        continue;
      json = dex_await_string (assay_store_get_guideline_terms (
                                   reading->store, assay_guideline_get_id (version), number),
                               NULL);
      terms = json != NULL ? assay_json_parse (json, -1, NULL) : NULL;
      if (terms != NULL
          && (assay_json_get_boolean (assay_json_node_object (terms), "acknowledged", FALSE)
              || !assay_json_get_boolean (assay_json_node_object (terms), "must_acknowledge",
                                          FALSE)))
        return number;
    }
  return 0;
}

static DexFuture *
read_fiber (gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects =
      dex_await_boxed (assay_store_list_projects (reading->store), &error);
  g_autoptr (GPtrArray) versions = NULL;
  g_autofree char *id = NULL;
  int version;

  for (guint i = 0; projects != NULL && i < projects->len; i++)
    if (assay_project_get_id (g_ptr_array_index (projects, i)) == reading->row)
      reading->project = g_object_ref (g_ptr_array_index (projects, i));
  if (reading->project == NULL)
    return dex_future_new_true ();
  id = assay_project_dup_guideline_id (reading->project, &version);
  if (id == NULL)
    return dex_future_new_true ();

  reading->guideline =
      dex_await_object (assay_store_load_guideline (reading->store, id, version), &error);
  if (reading->guideline == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  versions = dex_await_boxed (assay_store_list_guideline_versions (reading->store, id), NULL);
  if (versions != NULL)
    reading->seen = find_seen (reading, versions);
  return dex_future_new_true ();
}

/* Where what was acknowledged is told. */
typedef struct
{
  AssaySession *session; /* (owned) */
  char *account;
} Telling;

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_object_unref (telling->session);
  g_free (telling->account);
  g_free (telling);
}

static void
telling_closure_free (gpointer data, GClosure *closure)
{
  telling_free (data);
}

static DexFuture *
told_cb (DexFuture *future, gpointer user_data)
{
  Telling *telling = user_data;
  AssayEngine *engine = assay_session_get_engine (telling->session);
  AssayAccountSync *account = engine != NULL ? assay_engine_find (engine, telling->account) : NULL;

  if (account != NULL)
    dex_future_disown (assay_account_sync_run (account));
  return NULL;
}

static void
acknowledged_cb (AssayGuidelineDialog *dialog, gpointer user_data)
{
  Telling *telling = user_data;
  AssayStore *store = assay_session_get_store (telling->session);
  AssayEngine *engine = assay_session_get_engine (telling->session);
  AssayGuideline *guideline = assay_guideline_dialog_get_guideline (dialog);
  const char *id = assay_guideline_get_id (guideline);
  int version = assay_guideline_get_version (guideline);
  Telling *after;

  if (store == NULL || engine == NULL)
    return;
  dex_future_disown (assay_store_acknowledge_guideline (store, id, version));
  after = g_new0 (Telling, 1);
  after->session = g_object_ref (telling->session);
  after->account = g_strdup (telling->account);
  dex_future_disown (
      dex_future_finally (assay_engine_acknowledge (engine, telling->account, id, version), told_cb,
                          after, telling_free));
}

static DexFuture *
dialog_loaded_cb (DexFuture *future, gpointer user_data)
{
  Reading *reading = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  Telling *telling;

  if (value == NULL || !gtk_widget_get_mapped (reading->parent))
    return NULL;
  telling = g_new0 (Telling, 1);
  telling->session = g_object_ref (reading->session);
  telling->account = g_strdup (assay_project_get_account (reading->project));
  g_signal_connect_data (g_value_get_object (value), "acknowledged", G_CALLBACK (acknowledged_cb),
                         telling, telling_closure_free, G_CONNECT_DEFAULT);
  adw_dialog_present (g_value_get_object (value), reading->parent);
  return NULL;
}

static DexFuture *
read_cb (DexFuture *future, gpointer user_data)
{
  Reading *reading = user_data;

  if (reading->guideline == NULL)
    return dex_future_new_reject (ASSAY_STORE_ERROR, ASSAY_STORE_ERROR_NOT_FOUND, "%s",
                                  _ ("The guideline is not here yet."));
  return assay_guideline_dialog_load (reading->store, reading->guideline, reading->seen,
                                      reading->row);
}

void
assay_guideline_reading_begin (AssaySession *session, gint64 project, GtkWidget *parent)
{
  AssayStore *store;
  Reading *reading;
  DexFuture *future;

  g_return_if_fail (ASSAY_IS_SESSION (session));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  store = assay_session_get_store (session);
  if (store == NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->session = g_object_ref (session);
  reading->store = g_object_ref (store);
  reading->parent = g_object_ref (parent);
  reading->row = project;
  /* The record is freed once, by the last of the steps. */
  future = dex_future_then (dex_scheduler_spawn (NULL, 0, read_fiber, reading, NULL), read_cb,
                            reading, NULL);
  dex_future_disown (dex_future_finally (future, dialog_loaded_cb, reading, reading_free));
}
