/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "Assay"

#include "config.h"

#include "assay-document-render.h"

#include "assay-limits.h"

/* Pango and md4c do not recurse, but they are not written for the smallest of stacks. */
#define STACK_BYTES (512 * 1024)

typedef struct
{
  AssayDocument *document;
  gboolean as_source;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->document);
  g_free (request);
}

static DexFuture *
render_fiber (gpointer user_data)
{
  Request *request = user_data;
  const char *text = assay_document_get_text (request->document);
  g_autoptr (AssayMarkdown) markdown = NULL;
  AssayDirection direction = assay_document_get_direction (request->document);

  if (request->as_source)
    markdown = assay_markdown_plain (text, -1);
  else if (assay_document_get_role (request->document) == ASSAY_DOCUMENT_GUIDELINE)
    markdown = assay_markdown_parse_prose (text, -1);
  else
    markdown = assay_markdown_parse (text, -1);
  return dex_future_new_take_boxed (
      ASSAY_TYPE_RENDITION, assay_rendition_new (markdown, direction == ASSAY_DIRECTION_RTL   ? -1
                                                           : direction == ASSAY_DIRECTION_LTR ? 1
                                                                                              : 0));
}

DexFuture *
assay_document_render (AssayDocument *document, gboolean as_source)
{
  static GQuark quarks[2];
  DexFuture *future;
  Request *request;

  g_return_val_if_fail (ASSAY_IS_DOCUMENT (document), NULL);

  if (quarks[0] == 0)
    {
      quarks[0] = g_quark_from_static_string ("assay-rendition");
      quarks[1] = g_quark_from_static_string ("assay-rendition-of-source");
    }
  future = g_object_get_qdata (G_OBJECT (document), quarks[!!as_source]);
  if (future == NULL)
    {
      request = g_new0 (Request, 1);
      request->document = g_object_ref (document);
      request->as_source = as_source;
      future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_BYTES,
                                    render_fiber, request, request_free);
      g_object_set_qdata_full (G_OBJECT (document), quarks[!!as_source], future, dex_unref);
    }
  return dex_ref (future);
}
