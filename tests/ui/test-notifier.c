/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told outside the window, and taken back; the desktop that shows it is in this process. */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include <gio/gio.h>

#include "assay-notifier.h"
#include "assay-settings.h"
#include "assay-workspace.h"
#include "store-fixture.h"

#define ACCOUNT "5d0e8e1e-1111-4222-8333-123456789abc"

static const char interface[] = "<node><interface name='org.gtk.Notifications'>"
                                "<method name='AddNotification'>"
                                "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                "<arg type='a{sv}' direction='in'/></method>"
                                "<method name='RemoveNotification'>"
                                "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
                                "</method></interface></node>";

typedef struct
{
  GDBusConnection *bus;      /* (owned) */
  GApplication *application; /* (owned) */
  TestFolder *folder;        /* (owned) */
  AssaySession *session;     /* (owned) */
  AssayNotifier *notifier;   /* (owned) */
  GSettings *settings;       /* (owned) */
  AssayAccountSync *sync;    /* (owned) */
  GHashTable *shown;         /* (owned) id → title and body */
  guint n_shown;             /* ever */
  guint object;
  guint name;
  gboolean named;
} Fixture;

static void
call_cb (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *name,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *id;

  g_variant_get_child (parameters, 1, "&s", &id);
  if (g_str_equal (method, "RemoveNotification"))
    g_hash_table_remove (fixture->shown, id);
  else
    {
      g_autoptr (GVariant) content = g_variant_get_child_value (parameters, 2);
      const char *title = "";
      const char *body = "";

      g_variant_lookup (content, "title", "&s", &title);
      g_variant_lookup (content, "body", "&s", &body);
      g_hash_table_insert (fixture->shown, g_strdup (id), g_strdup_printf ("%s|%s", title, body));
      fixture->n_shown++;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
named_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->named = TRUE;
}

static void
own_desktop (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GError) error = NULL;

  fixture->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  fixture->object =
      g_dbus_connection_register_object (fixture->bus, "/org/gtk/Notifications",
                                         node->interfaces[0], &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->name =
      g_bus_own_name_on_connection (fixture->bus, "org.gtk.Notifications",
                                    G_BUS_NAME_OWNER_FLAGS_NONE, named_cb, NULL, fixture, NULL);
  while (!fixture->named)
    g_main_context_iteration (NULL, TRUE);
}

/* An account whose secret is nowhere. */
static void
add_account (AssayStore *store)
{
  g_autoptr (AssayAccount) account =
      assay_account_new (ACCOUNT, ASSAY_ACCOUNT_KIND_OPEN, "Example", "https://example.invalid/v1");

  test_await (assay_store_save_account (store, account));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  AssayStore *store;

  own_desktop (fixture);
  fixture->application = g_application_new ("dev.assay.Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  fixture->settings = assay_settings_new ();
  g_settings_reset (fixture->settings, "notify");
  fixture->folder = test_folder_new ();
  fixture->session = assay_session_new (fixture->folder->path);
  fixture->notifier = assay_notifier_new (fixture->application, fixture->session);
  assay_session_open (fixture->session);
  while (assay_session_get_state (fixture->session) == ASSAY_SESSION_OPENING)
    g_main_context_iteration (NULL, TRUE);
  store = assay_session_get_store (fixture->session);
  g_assert_nonnull (store);
  add_account (store);
  test_await (assay_workspace_install_practice (store));
  test_await (assay_session_start_engine (fixture->session));
  fixture->sync =
      g_object_ref (assay_engine_find (assay_session_get_engine (fixture->session), ACCOUNT));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  test_await (assay_session_close (fixture->session));
  g_clear_object (&fixture->notifier);
  g_clear_object (&fixture->sync);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->application);
  test_drain ();
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->bus, fixture->object);
  g_clear_object (&fixture->bus);
  g_hash_table_unref (fixture->shown);
  test_folder_free (fixture->folder);
}

static void
wait_shown (Fixture *fixture, const char *id, const char *text)
{
  while (!g_hash_table_contains (fixture->shown, id))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_hash_table_lookup (fixture->shown, id), ==, text);
}

static void
wait_gone (Fixture *fixture, const char *id)
{
  while (g_hash_table_contains (fixture->shown, id))
    g_main_context_iteration (NULL, TRUE);
}

static gint64
get_row (Fixture *fixture, guint i)
{
  const AssayTaskQuery query = { 0 };
  g_autoptr (GArray) rows = test_await_boxed (
      assay_store_query_tasks (assay_session_get_store (fixture->session), &query));

  return g_array_index (rows, gint64, i);
}

static char *
make_id (const char *kind, gint64 row)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, row);
}

static gboolean
run_execute (AssayJob *job, AssayDatabase *database, GError **error)
{
  return assay_database_execute (database, job->data, error);
}

/* As a round would: then the store says that something changed. */
static void
set_state (Fixture *fixture, gint64 row, const char *state)
{
  AssayStore *store = assay_session_get_store (fixture->session);
  char *sql =
      g_strdup_printf ("UPDATE task SET state = '%s' WHERE id = %" G_GINT64_FORMAT, state, row);

  test_await (_assay_store_push (store, assay_job_new (ASSAY_JOB_WORK, ASSAY_JOB_WRITE, run_execute,
                                                       sql, g_free)));
  g_signal_emit_by_name (store, "tasks-changed", (gint64) 0);
}

/* All that was asked of the store before is answered, and what followed from it was said. */
static void
settle (Fixture *fixture)
{
  get_row (fixture, 0);
  test_drain ();
  g_dbus_connection_flush_sync (fixture->bus, NULL, NULL);
}

static void
test_sign_in (Fixture *fixture, gconstpointer unused)
{
  wait_shown (fixture, "sign-in-" ACCOUNT,
              "Sign-In Needed|Example needs you to sign in again. Until then nothing is sent.");
  /* Nothing more is wanted of an account that is paused. */
  assay_engine_set_paused (assay_session_get_engine (fixture->session), ACCOUNT, TRUE);
  wait_gone (fixture, "sign-in-" ACCOUNT);
}

static void
test_returned (Fixture *fixture, gconstpointer unused)
{
  gint64 row = get_row (fixture, 0);
  g_autofree char *id = make_id ("returned", row);

  set_state (fixture, row, "returned");
  g_signal_emit_by_name (fixture->sync, "returned", row, "Score \n the <b>summary</b>");
  wait_shown (fixture, id, "Work Came Back|Score the <b>summary</b>");
  /* Something else changed. */
  set_state (fixture, get_row (fixture, 1), "sent");
  settle (fixture);
  g_assert_true (g_hash_table_contains (fixture->shown, id));
  /* It was accepted after all. */
  set_state (fixture, row, "sent");
  wait_gone (fixture, id);
}

static void
test_deadline (Fixture *fixture, gconstpointer unused)
{
  gint64 row = get_row (fixture, 0);
  g_autofree char *id = make_id ("lease", row);

  set_state (fixture, row, "started");
  g_signal_emit_by_name (fixture->sync, "lease-near", row, "Summary", (gint64) (20 * 60));
  wait_shown (fixture, id, "A Started Task Ends Soon|20 min left for Summary");
  set_state (fixture, row, "started");
  settle (fixture);
  g_assert_true (g_hash_table_contains (fixture->shown, id));
  /* Handed in, from here or from elsewhere. */
  set_state (fixture, row, "queued");
  wait_gone (fixture, id);
}

/* What is looked at is not told, and what was told was seen. */
static void
test_watched (Fixture *fixture, gconstpointer unused)
{
  gint64 row = get_row (fixture, 0);
  g_autofree char *id = make_id ("returned", row);

  wait_shown (fixture, "sign-in-" ACCOUNT,
              "Sign-In Needed|Example needs you to sign in again. Until then nothing is sent.");
  set_state (fixture, row, "returned");
  assay_notifier_set_watched (fixture->notifier, TRUE);
  wait_gone (fixture, "sign-in-" ACCOUNT);
  g_signal_emit_by_name (fixture->sync, "returned", row, "Seen");
  assay_notifier_set_watched (fixture->notifier, FALSE);
  g_signal_emit_by_name (fixture->sync, "returned", row, "Not seen");
  wait_shown (fixture, id, "Work Came Back|Not seen");
  g_assert_cmpuint (fixture->n_shown, ==, 2);
}

static void
test_off (Fixture *fixture, gconstpointer unused)
{
  gint64 row = get_row (fixture, 0);
  g_autofree char *id = make_id ("returned", row);

  wait_shown (fixture, "sign-in-" ACCOUNT,
              "Sign-In Needed|Example needs you to sign in again. Until then nothing is sent.");
  set_state (fixture, row, "returned");
  g_settings_set_boolean (fixture->settings, "notify", FALSE);
  wait_gone (fixture, "sign-in-" ACCOUNT);
  g_signal_emit_by_name (fixture->sync, "returned", row, "Off");
  g_settings_set_boolean (fixture->settings, "notify", TRUE);
  g_signal_emit_by_name (fixture->sync, "returned", row, "On");
  wait_shown (fixture, id, "Work Came Back|On");
  g_assert_cmpuint (fixture->n_shown, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, function)                                                                        \
  g_test_add ("/notifier/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("sign-in", test_sign_in);
  ADD ("returned", test_returned);
  ADD ("deadline", test_deadline);
  ADD ("watched", test_watched);
  ADD ("off", test_off);
#undef ADD

  return g_test_run ();
}
