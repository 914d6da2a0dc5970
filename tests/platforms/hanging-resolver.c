/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "hanging-resolver.h"

struct _HangingResolver
{
  GResolver parent_instance;

  GPtrArray *deaf; /* (owned): tasks */
};

G_DEFINE_FINAL_TYPE (HangingResolver, hanging_resolver, G_TYPE_RESOLVER)

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;

  g_task_return_error_if_cancelled (task);
}

static void
hanging_resolver_lookup_async (GResolver *resolver,
                               const char *hostname,
                               GResolverNameLookupFlags flags,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);

  if (g_str_equal (hostname, HANGING_RESOLVER_UNKNOWN))
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Not found");
      g_object_unref (task);
      return;
    }
  if (g_str_equal (hostname, HANGING_RESOLVER_DEAF))
    {
      g_task_set_check_cancellable (task, FALSE);
      g_ptr_array_add (HANGING_RESOLVER (resolver)->deaf, task);
      return;
    }
  g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, g_object_unref);
}

static void
hanging_resolver_lookup_plain_async (GResolver *resolver,
                                     const char *hostname,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  hanging_resolver_lookup_async (resolver, hostname, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT,
                                 cancellable, callback, user_data);
}

static GList *
hanging_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hanging_resolver_finalize (GObject *object)
{
  g_ptr_array_unref (HANGING_RESOLVER (object)->deaf);

  G_OBJECT_CLASS (hanging_resolver_parent_class)->finalize (object);
}

static void
hanging_resolver_class_init (HangingResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hanging_resolver_finalize;
  resolver_class->lookup_by_name_async = hanging_resolver_lookup_plain_async;
  resolver_class->lookup_by_name_finish = hanging_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = hanging_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = hanging_resolver_lookup_finish;
}

static void
hanging_resolver_init (HangingResolver *self)
{
  self->deaf = g_ptr_array_new_with_free_func (g_object_unref);
}

GResolver *
hanging_resolver_new (void)
{
  return g_object_new (HANGING_TYPE_RESOLVER, NULL);
}

void
hanging_resolver_release (HangingResolver *self)
{
  g_return_if_fail (HANGING_IS_RESOLVER (self));

  for (guint i = 0; i < self->deaf->len; i++)
    g_task_return_new_error (self->deaf->pdata[i], G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                             "Not found");
  g_ptr_array_set_size (self->deaf, 0);
}
