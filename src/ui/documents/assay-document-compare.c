/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-compare.h"

#include "assay-document-render.h"

#define STACK_BYTES (512 * 1024)

typedef struct
{
  DexFuture *renderings[2];
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  dex_unref (request->renderings[0]);
  dex_unref (request->renderings[1]);
  g_free (request);
}

static DexFuture *
compare_fiber (gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (AssayRendition) a = NULL;
  g_autoptr (AssayRendition) b = NULL;
  g_autoptr (GError) error = NULL;

  a = dex_await_boxed (dex_ref (request->renderings[0]), &error);
  if (a != NULL)
    b = dex_await_boxed (dex_ref (request->renderings[1]), &error);
  if (b == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (ASSAY_TYPE_COMPARISON,
                                    assay_comparison_new (assay_rendition_get_markdown (a),
                                                          assay_rendition_get_markdown (b)));
}

DexFuture *
assay_document_compare (AssayDocument *a, AssayDocument *b)
{
  Request *request;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT (a) && ASSAY_IS_DOCUMENT (b), NULL);

  request = g_new0 (Request, 1);
  request->renderings[0] = assay_document_render (a, FALSE);
  request->renderings[1] = assay_document_render (b, FALSE);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES, compare_fiber,
                              request, request_free);
}
