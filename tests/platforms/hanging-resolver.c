/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "hanging-resolver.h"

struct _HangingResolver
{
  GResolver parent_instance;
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
hanging_resolver_class_init (HangingResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = hanging_resolver_lookup_plain_async;
  resolver_class->lookup_by_name_finish = hanging_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = hanging_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = hanging_resolver_lookup_finish;
}

static void
hanging_resolver_init (HangingResolver *self)
{
}

GResolver *
hanging_resolver_new (void)
{
  return g_object_new (HANGING_TYPE_RESOLVER, NULL);
}
