/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-batch-service.h"

#include <glib/gi18n.h>

#define BATCH_PATH "/assay/Batch"
#define BATCH_INTERFACE ASSAY_APP_ID ".Batch"
/* Is the bus there at all? */
#define BUS_TIMEOUT_MS 5000

/* File names are bytes. */
static const char introspection[] = "<node><interface name='" BATCH_INTERFACE "'>"
                                    "<method name='Run'>"
                                    "<arg name='arguments' type='aay' direction='in'/>"
                                    "<arg name='folder' type='ay' direction='in'/>"
                                    "<arg name='profile' type='ay' direction='in'/>"
                                    "<arg name='status' type='i' direction='out'/>"
                                    "<arg name='out' type='s' direction='out'/>"
                                    "<arg name='err' type='s' direction='out'/>"
                                    "</method></interface></node>";

struct _AssayBatchService
{
  GObject parent_instance;

  AssayStore *store;    /* (owned) (nullable) */
  GDBusConnection *bus; /* (owned) (nullable) */
  guint registration;
  GPtrArray *waiting; /* Call; until it is known whether there is a store */
  gboolean settled;
};

G_DEFINE_FINAL_TYPE (AssayBatchService, assay_batch_service, G_TYPE_OBJECT)

typedef struct
{
  AssayBatch *batch;                 /* (owned) (nullable) */
  char *profile;                     /* (owned) */
  AssayBatchOutput *output;          /* (owned) */
  GDBusMethodInvocation *invocation; /* (owned) (nullable) */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->batch, assay_batch_free);
  g_clear_pointer (&call->output, assay_batch_output_free);
  g_clear_pointer (&call->profile, g_free);
  g_clear_object (&call->invocation);
  g_free (call);
}

static void
answer (Call *call, int status)
{
  g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation),
                                         g_variant_new ("(iss)", status, call->output->out->str,
                                                        call->output->err->str));
}

static DexFuture *
finished_cb (DexFuture *future, gpointer user_data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  answer (user_data, value != NULL ? g_value_get_int (value) : ASSAY_EXIT_FILE);
  return NULL;
}

static gboolean
is_profile (AssayStore *store, const char *profile)
{
  g_autofree char *folder = g_canonicalize_filename (assay_store_get_folder (store), NULL);

  return g_str_equal (folder, profile);
}

/* @call: (transfer full) */
static void
run_call (AssayBatchService *self, Call *call)
{
  if (self->store == NULL)
    {
      assay_batch_output_complain (call->output,
                                   _ ("The window has no profile open at the moment."));
      answer (call, ASSAY_EXIT_BUSY);
    }
  else if (!is_profile (self->store, call->profile))
    {
      assay_batch_output_complain (call->output,
                                   _ ("The window has another profile open than the one in use."));
      answer (call, ASSAY_EXIT_BUSY);
    }
  else
    {
      dex_future_disown (dex_future_finally (
          assay_batch_run (call->batch, self->store, call->output), finished_cb, call, call_free));
      return;
    }
  call_free (call);
}

static void
method_call_cb (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  AssayBatchService *self = user_data;
  g_autoptr (GVariant) list = g_variant_get_child_value (parameters, 0);
  g_autofree const char **argv = g_variant_get_bytestring_array (list, NULL);
  g_autoptr (GError) error = NULL;
  const char *folder;
  const char *profile;
  Call *call = g_new0 (Call, 1);

  g_variant_get_child (parameters, 1, "^&ay", &folder);
  g_variant_get_child (parameters, 2, "^&ay", &profile);
  call->invocation = invocation;
  call->profile = g_strdup (profile);
  call->output = assay_batch_output_new ();
  call->batch = assay_batch_parse (argv, folder, &error);

  if (call->batch == NULL)
    {
      answer (call, assay_batch_explain (error, call->output));
      call_free (call);
    }
  else if (self->settled)
    {
      run_call (self, call);
    }
  else
    {
      g_ptr_array_add (self->waiting, call);
    }
}

static void
assay_batch_service_dispose (GObject *object)
{
  AssayBatchService *self = ASSAY_BATCH_SERVICE (object);

  assay_batch_service_unexport (self);
  assay_batch_service_set_store (self, NULL);

  G_OBJECT_CLASS (assay_batch_service_parent_class)->dispose (object);
}

static void
assay_batch_service_finalize (GObject *object)
{
  AssayBatchService *self = ASSAY_BATCH_SERVICE (object);

  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (assay_batch_service_parent_class)->finalize (object);
}

static void
assay_batch_service_class_init (AssayBatchServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = assay_batch_service_dispose;
  object_class->finalize = assay_batch_service_finalize;
}

static void
assay_batch_service_init (AssayBatchService *self)
{
  self->waiting = g_ptr_array_new ();
}

AssayBatchService *
assay_batch_service_new (void)
{
  return g_object_new (ASSAY_TYPE_BATCH_SERVICE, NULL);
}

gboolean
assay_batch_service_export (AssayBatchService *self, GDBusConnection *bus, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (ASSAY_IS_BATCH_SERVICE (self), FALSE);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), FALSE);
  g_return_val_if_fail (self->registration == 0, FALSE);

  node = g_dbus_node_info_new_for_xml (introspection, error);
  if (node == NULL)
    return FALSE;
  self->registration = g_dbus_connection_register_object (bus, BATCH_PATH, node->interfaces[0],
                                                          &vtable, self, NULL, error);
  if (self->registration == 0)
    return FALSE;
  self->bus = g_object_ref (bus);
  return TRUE;
}

void
assay_batch_service_unexport (AssayBatchService *self)
{
  g_return_if_fail (ASSAY_IS_BATCH_SERVICE (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->bus, self->registration);
  self->registration = 0;
  g_clear_object (&self->bus);
}

void
assay_batch_service_set_store (AssayBatchService *self, AssayStore *store)
{
  g_return_if_fail (ASSAY_IS_BATCH_SERVICE (self));
  g_return_if_fail (store == NULL || ASSAY_IS_STORE (store));

  g_set_object (&self->store, store);
  self->settled = TRUE;
  while (self->waiting->len > 0)
    run_call (self, g_ptr_array_steal_index (self->waiting, 0));
}

/* Calls without a time limit wait for ever for a name that nobody has, and calls that start a
 * service would make a second window on a profile that is in use. */
static gboolean
has_owner (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", "NameHasOwner",
                                   g_variant_new ("(s)", ASSAY_APP_ID), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, BUS_TIMEOUT_MS, NULL, NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

gboolean
assay_batch_service_call (const char *const *argv,
                          const char *profile,
                          AssayBatchOutput *output,
                          int *status)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_get_current_dir ();
  g_autofree char *whole = NULL;
  const char *out;
  const char *err;

  g_return_val_if_fail (argv != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (output != NULL, FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL || !has_owner (bus))
    return FALSE;
  whole = g_canonicalize_filename (profile, NULL);
  reply = g_dbus_connection_call_sync (bus, ASSAY_APP_ID, BATCH_PATH, BATCH_INTERFACE, "Run",
                                       g_variant_new ("(^aay^ay^ay)", argv, folder, whole),
                                       G_VARIANT_TYPE ("(iss)"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                       G_MAXINT, NULL, &error);
  if (reply == NULL)
    {
      g_message ("The window could not be asked: %s", error->message);
      return FALSE;
    }
  g_variant_get (reply, "(i&s&s)", status, &out, &err);
  g_string_append (output->out, out);
  g_string_append (output->err, err);
  return TRUE;
}
